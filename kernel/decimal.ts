/** Exact decimals as scaled bigints: no float ever touches money or hours. */

const decimalText = /^(-?)(\d{1,24})(?:\.(\d{1,18}))?$/;

/** True for plain decimal text such as `12`, `-0.5`, `1034.25`; exponents and blanks are no decimals. */
export function isDecimal(text: string): boolean {
  return decimalText.test(text);
}

/** Reads `text` as an integer count of 10^-scale; undefined when it is no decimal or has more digits than `scale`. */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = decimalText.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > scale) return undefined;
  const units = BigInt(whole + kept.padEnd(scale, '0'));
  return sign ? -units : units;
}

/** Writes a count of 10^-scale as decimal text with exactly `scale` fraction digits. */
export function formatDecimal(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export type Rounding = 'HALF_UP' | 'HALF_EVEN';

/** Divides and rounds; HALF_UP rounds halves away from zero, as invoices do. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && (rounding === 'HALF_UP' || quotient % 2n === 1n));
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** Seconds as decimal hours: exact when six digits can say it (36 s = 0.01 h), else rounded half up to six, which no other second shares. */
export function hoursOfSeconds(seconds: bigint): string {
  const millionths = divideRounded(seconds * 1_000_000n, 3600n, 'HALF_UP');
  const text = formatDecimal(millionths, 6);
  return text.replace(/(\.\d\d\d*?)0+$/, '$1');
}

/** What the database's 64 bits hold, with room for sums. */
export const mostSeconds = 10n ** 15n;

/** Fraction digits that hours may have. */
const hourDigits = 18;

/**
 * Decimal hours as the whole seconds that they say exactly, or that six digits of them name: whatever `hoursOfSeconds` shows is read back. Undefined
 * when they name none (0.8333 h is 0.12 s off), or more than anybody counts.
 */
export function secondsOfHours(hours: string): bigint | undefined {
  const units = parseDecimal(hours, hourDigits);
  if (units === undefined) return undefined;
  const one = 10n ** BigInt(hourDigits);
  const seconds = divideRounded(units * 3600n, one, 'HALF_UP');
  if (seconds > mostSeconds || seconds < -mostSeconds) return undefined;
  const off = units * 3600n - seconds * one;
  const half = (3600n * one) / 2_000_000n;
  return off <= half && off >= -half ? seconds : undefined;
}

/** Writes decimal text as a locale does. Intl takes the text as it is: no amount becomes a float. */
export function localDecimals(locale: string, digits: { least: number; most: number }): (decimal: string) => string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits.least, maximumFractionDigits: digits.most });
  return (decimal) => format.format(decimal as `${number}`);
}
