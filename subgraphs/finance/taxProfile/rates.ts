import { Refused } from '#kernel/errors.ts';
import { addDays, type CalendarDate, effectiveOn } from '#kernel/period.ts';

/** A tax rate and the days on which it holds; `effectiveTo` is null while it is open. */
export type TaxRate = { basisPoints: number; effectiveFrom: CalendarDate; effectiveTo: CalendarDate | null };

type Given = { basisPoints: number; effectiveFrom: CalendarDate; effectiveTo?: CalendarDate | null | undefined };

/** The rate of a profile on a day in basis points: 0 when exempt, undefined when there is none, which is TAX_FAILED at posting. */
export function taxRateOn(profile: { exempt: boolean; rates: readonly TaxRate[] }, date: CalendarDate): bigint | undefined {
  if (profile.exempt) return 0n;
  const rate = effectiveOn(profile.rates, date);
  return rate && BigInt(rate.basisPoints);
}

/** Sorts rates by date, ends each where the next begins unless it says when, and refuses overlaps. */
export function checkRates(rates: readonly Given[]): TaxRate[] {
  const sorted = [...rates].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return sorted.map((rate, index) => {
    const next = sorted[index + 1];
    const effectiveTo = rate.effectiveTo ?? (next ? addDays(next.effectiveFrom, -1) : null);
    if (rate.basisPoints < 0 || rate.basisPoints > 10_000) throw refusal(`A tax rate has 0 to 10000 basis points, not ${rate.basisPoints}.`);
    if (effectiveTo !== null && effectiveTo < rate.effectiveFrom) throw refusal(`The rate from ${rate.effectiveFrom} would end before it starts.`);
    if (next && effectiveTo !== null && effectiveTo >= next.effectiveFrom)
      throw refusal(`The rates from ${rate.effectiveFrom} and ${next.effectiveFrom} overlap.`);
    return { basisPoints: rate.basisPoints, effectiveFrom: rate.effectiveFrom, effectiveTo };
  });
}

function refusal(message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field: 'rates' });
}
