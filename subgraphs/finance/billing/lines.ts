import type { Rounding } from '#kernel/decimal.ts';
import { priceOfSeconds } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';

/** Actuals that one invoice line bills: of one contract line, project and labor category, or, told apart by `label`, of one expense or fee. */
export type LineGroup = {
  transactionClass: 'TIME' | 'EXPENSE' | 'FEE';
  contractLineId: string | null;
  projectId: string | null;
  laborCategoryId: string | null;
  label: string | null;
};

type Names = { project: string; laborCategory: string | undefined };

const nouns = { TIME: 'Professional services', EXPENSE: 'Expenses', FEE: 'Fee' } as const;

/** What the line says on paper. */
export function describeLine(group: LineGroup, names: Names): string {
  const what = group.transactionClass === 'TIME' ? names.laborCategory : group.label;
  return `${names.project}: ${what ?? nouns[group.transactionClass]}`.slice(0, 255);
}

const classOrder = { TIME: 0, EXPENSE: 1, FEE: 2 } as const;

type OnPaper = { description: string; kind: keyof typeof classOrder; project: string; supplyStartDate: CalendarDate };

/** The order on paper: by project, then time before expenses before fees, then by text and by the first day of the work. */
export function paperOrder(a: OnPaper, b: OnPaper): number {
  const byKind = a.project.localeCompare(b.project) || classOrder[a.kind] - classOrder[b.kind] || a.description.localeCompare(b.description);
  return byKind || a.supplyStartDate.localeCompare(b.supplyStartDate);
}

/** What priced the time behind a line: `ways` counts the pairs of rate and rounding, the unrated among them; rate and policy are one of those. */
export type LineRates = { ways: number; rateMinor: bigint | null; policy: Rounding | null };

export type LinePricing = {
  rounding: 'PER_LINE' | 'PER_ACTUAL' | 'NONE';
  rate: { minor: bigint; policy: Rounding; difference: bigint } | null;
};

/** A line as it was before its discount. */
export function undiscounted<Line extends { amountMinor: bigint; discountMinor: bigint }>(line: Line): Line {
  return { ...line, amountMinor: line.amountMinor + line.discountMinor };
}

/** Whether a line is its rate times its time, or a sum of actuals that were rounded each. */
export function pricingOf({ seconds, amountMinor }: { seconds: bigint | null; amountMinor: bigint }, { ways, rateMinor, policy }: LineRates): LinePricing {
  if (policy === null || seconds === null) return { rounding: 'NONE', rate: null };
  // Without a rate there was one in another currency.
  if (ways > 1 || rateMinor === null) return { rounding: 'PER_ACTUAL', rate: null };
  const difference = amountMinor - priceOfSeconds(rateMinor, seconds, policy);
  return { rounding: difference === 0n ? 'PER_LINE' : 'PER_ACTUAL', rate: { minor: rateMinor, policy, difference } };
}
