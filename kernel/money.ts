import { minorDigits } from './currency.ts';
import { divideRounded, formatDecimal, parseDecimal, type Rounding } from './decimal.ts';
import { Refused } from './errors.ts';

/** Minor units (cents) and the ISO 4217 code they count in. */
export type Money = { minor: bigint; currency: string };

/** Money as the contract shows it: `{ amount: "12.50", currency: "USD" }`. */
export function showMoney(money: Money): { amount: string; currency: string } {
  return { amount: formatDecimal(money.minor, minorDigits(money.currency)), currency: money.currency };
}

/** Money in a sentence: `12.50 USD`. */
export function sayMoney(money: Money): string {
  const { amount, currency } = showMoney(money);
  return `${amount} ${currency}`;
}

/** A nullable column pair as contract money. */
export function showMinor(minor: bigint | null, currency: string | null): { amount: string; currency: string } | null {
  return minor === null || currency === null ? null : showMoney({ minor, currency });
}

/** Minor units of one amount at most: sums of thousands of them still fit the database's 64 bits. */
const mostMinor = 10n ** 15n;

/** True for as many minor units as one amount may have. */
export function isAmount(minor: bigint): boolean {
  return minor <= mostMinor && minor >= -mostMinor;
}

/** Reads the contract's money; more digits than the currency has are refused, never rounded. */
export function readMoney(input: { amount: string; currency: string }, field: string): Money {
  const minor = parseDecimal(input.amount, minorDigits(input.currency));
  if (minor === undefined) {
    const digits = minorDigits(input.currency);
    throw new Refused('VALIDATION_FAILED', `${field}: ${input.amount} is not an amount of ${input.currency} (at most ${digits} fraction digits).`, { field });
  }
  if (!isAmount(minor)) throw new Refused('VALIDATION_FAILED', `${field}: ${input.amount} is more than an amount may be.`, { field });
  return { minor, currency: input.currency };
}

/** Price of a duration at a rate per hour, rounded once, per line. */
export function priceOfSeconds(ratePerHour: bigint, seconds: bigint, rounding: Rounding): bigint {
  return divideRounded(ratePerHour * seconds, 3600n, rounding);
}

/** Basis points (1/100 of a per cent) of an amount, rounded once. */
export function portionOf(minor: bigint, basisPoints: bigint, rounding: Rounding): bigint {
  return divideRounded(minor * basisPoints, 10_000n, rounding);
}

/** Splits a total by weights without losing a unit (largest remainder, ties to the earlier part). */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be non-negative with a positive sum');
  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const parts = weights.map((weight, index) => ({ index, share: (magnitude * weight) / sum, rest: (magnitude * weight) % sum }));
  let left = magnitude - parts.reduce((a, part) => a + part.share, 0n);
  for (const part of [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map((part) => part.share * sign);
}
