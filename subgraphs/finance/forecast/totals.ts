import type { ForecastTotalRow, ForecastWeekRow, ProjectForecastRow } from '../tables.ts';
import { addSums, noSums, type Sums } from './report.ts';

type Sum = Omit<ForecastTotalRow, 'weeks' | 'later'> & { weeks: ForecastWeekRow[]; later: ForecastWeekRow };

const nothing = {
  ...{ projects: 0, incomplete: 0, contracted: 0n, recognized: 0n, billed: 0n, backlog: 0n, scheduled: 0n, unscheduled: 0n },
  ...{ cost: 0n, toComplete: 0n, atCompletion: 0n, revenueAtCompletion: 0n, marginToDate: 0n, marginAtCompletion: 0n, costOfComplete: 0n },
};

/** Sums by currency: what is sold in that of the contract, what it costs in that of the books; they are never added to each other. */
export function totalsOf() {
  const totals = new Map<string, Sum>();

  function add(row: ProjectForecastRow): void {
    const { currency, booksCurrency } = row.known;
    for (const each of new Set([currency, booksCurrency]))
      if (each) totals.set(each, { ...added(totals.get(each) ?? empty(each, row), row, each), currency: each });
  }

  return { add, all: (): ForecastTotalRow[] => [...totals.values()].toSorted((one, other) => (one.currency < other.currency ? -1 : 1)) };
}

function empty(currency: string, { weeks, later }: ProjectForecastRow): Sum {
  const blank = (week: ForecastWeekRow): ForecastWeekRow => ({ ...week, sums: noSums, currency, booksCurrency: currency });
  return { ...nothing, currency, weeks: weeks.map(blank), later: blank(later) };
}

function added(sum: Sum, row: ProjectForecastRow, currency: string): Sum {
  const { known, figures } = row;
  const sales = known.currency === currency;
  const costs = known.booksCurrency === currency;
  const sold = sales ? [known.contractedMinor, known.recognizedMinor, known.billedMinor, figures.scheduled] : [];
  const spent = costs ? [known.costMinor, figures.toComplete] : [];
  const plus = (part: bigint, applies: boolean, minor: bigint | null) => part + ((applies ? minor : null) ?? 0n);
  const both = sales && costs;
  return {
    currency,
    projects: sum.projects + 1,
    incomplete: sum.incomplete + ([...sold, ...spent].includes(null) ? 1 : 0),
    contracted: plus(sum.contracted, sales, known.contractedMinor),
    recognized: plus(sum.recognized, sales, known.recognizedMinor),
    billed: plus(sum.billed, sales, known.billedMinor),
    backlog: plus(sum.backlog, sales, figures.backlog),
    scheduled: plus(sum.scheduled, sales, figures.scheduled),
    unscheduled: plus(sum.unscheduled, sales, figures.unscheduled),
    revenueAtCompletion: plus(sum.revenueAtCompletion, sales, figures.revenueAtCompletion),
    cost: plus(sum.cost, costs, known.costMinor),
    toComplete: plus(sum.toComplete, costs, figures.toComplete),
    atCompletion: plus(sum.atCompletion, costs, figures.atCompletion),
    costOfComplete: plus(sum.costOfComplete, costs, figures.atCompletion === null ? null : known.costMinor),
    marginToDate: plus(sum.marginToDate, both, figures.marginToDate),
    marginAtCompletion: plus(sum.marginAtCompletion, both, figures.marginAtCompletion),
    weeks: sum.weeks.map((week, index) => plusWeek(week, row.weeks[index], { sales, costs })),
    later: plusWeek(sum.later, row.later, { sales, costs }),
  };
}

/** Hours go with what they sell for; where that is in another currency, or nothing, with what they cost only where nothing is sold at all. */
function plusWeek(sum: ForecastWeekRow, week: ForecastWeekRow | undefined, { sales, costs }: { sales: boolean; costs: boolean }): ForecastWeekRow {
  if (!week) return sum;
  const { confirmedSales, tentativeSales, confirmedCost, tentativeCost, ...seconds } = week.sums;
  const own: Sums = {
    ...noSums,
    ...(sales || week.currency === null ? seconds : {}),
    ...(sales ? { confirmedSales, tentativeSales } : {}),
    ...(costs ? { confirmedCost, tentativeCost } : {}),
  };
  return { ...sum, sums: addSums(sum.sums, own) };
}
