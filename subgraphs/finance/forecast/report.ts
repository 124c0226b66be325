import type { CalendarDate } from '#kernel/period.ts';
import type { Priced } from '../actual/assess.ts';

/** Why a number is not known, or only a part of it. */
export const gapCodes = [
  'RATE_NOT_FOUND',
  'LABOR_CATEGORY_MISSING',
  'PROJECT_NOT_BILLABLE',
  'CURRENCY_MISMATCH',
  'LEGAL_ENTITY_UNKNOWN',
  'EMPLOYEE_UNKNOWN',
  'TOO_FAR_AHEAD',
  'NOT_SOLD_BY_TIME',
  'OPEN_ENDED',
  'SHARED',
  'AMOUNT_UNKNOWN',
] as const;
export type GapCode = (typeof gapCodes)[number];
export type GapFigure = 'SALES' | 'COST' | 'CONTRACTED' | 'RECOGNIZED' | 'BILLED' | 'COST_TO_DATE';

/** A number that is missing: of which work or line, and why. */
export type ForecastGap = {
  figure: GapFigure;
  code: GapCode;
  message: string;
  assignmentId: string | null;
  contractLineId: string | null;
  employeeId: string | null;
  startDate: CalendarDate | null;
  endDate: CalendarDate | null;
  seconds: bigint | null;
};

/** Work of one assignment in a week, at one rate each way. */
export type ForecastLine = {
  assignmentId: string;
  employeeId: string;
  laborCategoryId: string | null;
  contractLineId: string | null;
  confirmed: boolean;
  /** Null behind the last week that was asked for. */
  weekStart: CalendarDate | null;
  startDate: CalendarDate;
  endDate: CalendarDate;
  seconds: bigint;
  /** Null where nothing is sold by time, or no rate is known: then a gap says so. */
  sales: Priced | null;
  cost: Priced | null;
  gaps: readonly Pick<ForecastGap, 'figure' | 'code' | 'message'>[];
};

/** Sums over lines: confirmed and tentative apart; `unpriced` are the seconds that lack a rate they need. */
export type Sums = {
  confirmedSeconds: bigint;
  tentativeSeconds: bigint;
  confirmedSales: bigint;
  tentativeSales: bigint;
  confirmedCost: bigint;
  tentativeCost: bigint;
  unpricedSeconds: bigint;
};

export const noSums: Sums = {
  confirmedSeconds: 0n,
  tentativeSeconds: 0n,
  confirmedSales: 0n,
  tentativeSales: 0n,
  confirmedCost: 0n,
  tentativeCost: 0n,
  unpricedSeconds: 0n,
};

export function addSums(one: Sums, other: Sums): Sums {
  return {
    confirmedSeconds: one.confirmedSeconds + other.confirmedSeconds,
    tentativeSeconds: one.tentativeSeconds + other.tentativeSeconds,
    confirmedSales: one.confirmedSales + other.confirmedSales,
    tentativeSales: one.tentativeSales + other.tentativeSales,
    confirmedCost: one.confirmedCost + other.confirmedCost,
    tentativeCost: one.tentativeCost + other.tentativeCost,
    unpricedSeconds: one.unpricedSeconds + other.unpricedSeconds,
  };
}

/** A number that nobody misses: that nothing is sold by time is known. */
export const isKnown = ({ code }: Pick<ForecastGap, 'code'>): boolean => code === 'NOT_SOLD_BY_TIME';

/** The sums of one line. */
export function sumsOf({ confirmed, seconds, sales, cost, gaps }: ForecastLine): Sums {
  const unpricedSeconds = gaps.every(isKnown) ? 0n : seconds;
  const [sold, spent] = [sales?.minor ?? 0n, cost?.minor ?? 0n];
  return confirmed
    ? { ...noSums, confirmedSeconds: seconds, confirmedSales: sold, confirmedCost: spent, unpricedSeconds }
    : { ...noSums, tentativeSeconds: seconds, tentativeSales: sold, tentativeCost: spent, unpricedSeconds };
}

/** A line of the contract, and what of it is the project's. */
export type ContractedLine = {
  contractLineId: string;
  name: string;
  method: string;
  minor: bigint | null;
  gap: Pick<ForecastGap, 'code' | 'message'> | undefined;
};
