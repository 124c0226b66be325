import { portionOf } from '#kernel/money.ts';
import { type CalendarDate, effectiveOn } from '#kernel/period.ts';

/** How a customer is taxed: rates with the days on which they hold, or none at all. */
export type TaxRule = { code: string; exempt: boolean; rates: readonly { basisPoints: number; effectiveFrom: string; effectiveTo: string | null }[] };

export type TaxAnswer = { lineTaxes: bigint[]; totalMinor: bigint } | { failure: string };

/** Tax of lines on the invoice's date: each line's is rounded half up once, and the invoice's is their sum. */
export function taxOf(lineAmounts: readonly bigint[], rule: TaxRule | undefined, on: CalendarDate): TaxAnswer {
  if (!rule) return { failure: 'The customer has no tax profile of the legal entity that bills.' };
  if (rule.exempt) return { lineTaxes: lineAmounts.map(() => 0n), totalMinor: 0n };
  const rate = effectiveOn(rule.rates, on);
  if (!rate) return { failure: `Tax profile ${rule.code} has no rate for ${on}.` };
  const lineTaxes = lineAmounts.map((minor) => portionOf(minor, BigInt(rate.basisPoints), 'HALF_UP'));
  return { lineTaxes, totalMinor: lineTaxes.reduce((sum, tax) => sum + tax, 0n) };
}
