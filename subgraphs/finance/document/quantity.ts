import { minorDigits } from '#kernel/currency.ts';
import { divideRounded, formatDecimal } from '#kernel/decimal.ts';
import { priceOfSeconds } from '#kernel/money.ts';

/** Units of UN/ECE Recommendation 20: hours, minutes, seconds, each. */
export type Unit = 'HUR' | 'MIN' | 'SEC' | 'EA';

/** What a line counts and what one, or `base`, of it costs: price x quantity / base, rounded half up once, is the line's amount. The price is never below zero. */
export type Priced = { quantity: string; unit: Unit; price: string; base: string | null };

type Line = { seconds: bigint | null; amountMinor: bigint; rateMinor: bigint | null; currency: string };

/** Quantity and price of a line: its rate and its time where these give its amount, else what its sum comes to per hour, or the amount once. */
export function pricedLine({ seconds, amountMinor, rateMinor, currency }: Line): Priced {
  const digits = minorDigits(currency);
  if (seconds === null || seconds === 0n || (amountMinor !== 0n && seconds < 0n !== amountMinor < 0n)) return once(amountMinor, digits);
  const time = timeOf(seconds);
  // EN 16931 rounds to hundredths, also where the currency has none.
  const finer = 10n ** BigInt(Math.max(0, 2 - digits));
  if (rateMinor !== null && rateMinor >= 0n && priceOfSeconds(rateMinor * finer, seconds, 'HALF_UP') === amountMinor * finer)
    return { ...time, price: formatDecimal(rateMinor, digits) };
  return { ...time, price: hourlyOf(amountMinor, { seconds, digits }) };
}

function once(amountMinor: bigint, digits: number): Priced {
  const below = amountMinor < 0n;
  return { quantity: below ? '-1' : '1', unit: 'EA', price: formatDecimal(below ? -amountMinor : amountMinor, digits), base: null };
}

/** Hours, where six digits say them exactly; else minutes or seconds, of which the price is that of an hour of them. */
function timeOf(seconds: bigint): Pick<Priced, 'quantity' | 'unit' | 'base'> {
  if ((seconds * 1_000_000n) % 3600n === 0n) return { quantity: shortest((seconds * 1_000_000n) / 3600n, 6), unit: 'HUR', base: null };
  if (seconds % 60n === 0n) return { quantity: String(seconds / 60n), unit: 'MIN', base: '60' };
  return { quantity: String(seconds), unit: 'SEC', base: '3600' };
}

/** The price of an hour that gives a sum back, to the hundredth: so many digits more than the currency has as the hours need. */
function hourlyOf(amountMinor: bigint, { seconds, digits }: { seconds: bigint; digits: number }): string {
  const time = seconds < 0n ? -seconds : seconds;
  const amount = amountMinor < 0n ? -amountMinor : amountMinor;
  const more = String(time / 3600n).length + 2 + Math.max(0, 2 - digits);
  const price = divideRounded(amount * 3600n * 10n ** BigInt(more), time, 'HALF_UP');
  return shortest(price, digits + more, digits);
}

/** Decimal text without zeros at its end, beyond the digits that are kept. */
function shortest(units: bigint, scale: number, kept = 0): string {
  const [whole = '0', fraction = ''] = formatDecimal(units, scale).split('.');
  const short = fraction.slice(0, kept) + fraction.slice(kept).replace(/0+$/, '');
  return short === '' ? whole : `${whole}.${short}`;
}
