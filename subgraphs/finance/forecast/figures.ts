import { type ForecastGap, isKnown, type Sums } from './report.ts';

/** What is known of a project's money to a day, and of the work that is planned after it. Amounts of sales and of cost may be in two currencies. */
export type Known = {
  currency: string | null;
  booksCurrency: string | null;
  contractedMinor: bigint | null;
  recognizedMinor: bigint | null;
  billedMinor: bigint | null;
  costMinor: bigint | null;
  planned: Sums;
  gaps: readonly ForecastGap[];
};

/** What follows from it; null where a number that it needs is not known. */
export type Figures = {
  backlog: bigint | null;
  scheduled: bigint | null;
  unscheduled: bigint | null;
  toComplete: bigint | null;
  atCompletion: bigint | null;
  revenueAtCompletion: bigint | null;
  marginToDate: bigint | null;
  marginAtCompletion: bigint | null;
  /** Hundredths of a per cent. */
  completeBasisPoints: bigint | null;
};

type Maybe = bigint | null;
const plus = (one: Maybe, other: Maybe): Maybe => (one === null || other === null ? null : one + other);
const less = (one: Maybe, other: Maybe): Maybe => (one === null || other === null ? null : one - other);

/** Confirmed work alone counts: what is tentative is shown beside it. */
export function figuresOf({ currency, booksCurrency, contractedMinor, recognizedMinor, costMinor, planned, gaps }: Known): Figures {
  const lacks = (figure: ForecastGap['figure']) => gaps.some((gap) => gap.figure === figure && !isKnown(gap));
  const scheduled = lacks('SALES') ? null : planned.confirmedSales;
  const toComplete = lacks('COST') ? null : planned.confirmedCost;
  const backlog = less(contractedMinor, recognizedMinor);
  const atCompletion = plus(costMinor, toComplete);
  const revenueAtCompletion = contractedMinor ?? plus(recognizedMinor, scheduled);
  const comparable = currency !== null && currency === booksCurrency;
  return {
    ...{ backlog, scheduled, unscheduled: less(backlog, scheduled), toComplete, atCompletion, revenueAtCompletion },
    marginToDate: comparable ? less(recognizedMinor, costMinor) : null,
    marginAtCompletion: comparable ? less(revenueAtCompletion, atCompletion) : null,
    completeBasisPoints: shareOf(costMinor, atCompletion),
  };
}

/** Cost to date in hundredths of a per cent of all cost, rounded half up; null where there is none. */
export function shareOf(done: Maybe, all: Maybe): Maybe {
  if (done === null || all === null || all <= 0n) return null;
  return (done * 20_000n + all) / (2n * all);
}
