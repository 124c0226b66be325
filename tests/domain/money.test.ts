import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minorDigits } from '#kernel/currency.ts';
import { divideRounded, formatDecimal, hoursOfSeconds, isDecimal, parseDecimal, secondsOfHours } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { allocate, portionOf, priceOfSeconds, readMoney, showMinor, showMoney } from '#kernel/money.ts';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const scale = fc.integer({ min: 0, max: 9 });

describe('decimals', () => {
  test('read what they wrote, at every scale', () => {
    fc.assert(fc.property(amount, scale, (units, digits) => void expect(parseDecimal(formatDecimal(units, digits), digits)).toBe(units)));
  });

  test('take trailing zeros beyond the scale, and nothing else beyond it', () => {
    expect(parseDecimal('1.5000', 2)).toBe(150n);
    expect(parseDecimal('1.505', 2)).toBeUndefined();
    expect(parseDecimal('-0.5', 1)).toBe(-5n);
    expect(parseDecimal('7', 0)).toBe(7n);
  });

  test.each(['', ' ', '1e3', '.5', '5.', '0x1', '--1', '1,000', 'NaN', '1_000', '+1'])('refuse %j', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(parseDecimal(text, 2)).toBeUndefined();
  });

  test.each([
    [25n, 10n, 'HALF_UP', 3n],
    [25n, 10n, 'HALF_EVEN', 2n],
    [35n, 10n, 'HALF_EVEN', 4n],
    [-25n, 10n, 'HALF_UP', -3n],
    [-25n, 10n, 'HALF_EVEN', -2n],
    [24n, 10n, 'HALF_UP', 2n],
    [26n, 10n, 'HALF_EVEN', 3n],
    [0n, 10n, 'HALF_UP', 0n],
  ] as const)('%s / %s rounded %s is %s', (numerator, denominator, rounding, expected) => {
    expect(divideRounded(numerator, denominator, rounding)).toBe(expected);
  });

  test('are never further off than half a unit, and symmetric about zero', () => {
    const rounding = fc.constantFrom('HALF_UP' as const, 'HALF_EVEN' as const);
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 6n }), rounding, (numerator, denominator, how) => {
        const rounded = divideRounded(numerator, denominator, how);
        const off = rounded * denominator - numerator;
        expect((off < 0n ? -off : off) * 2n <= denominator).toBe(true);
        expect(divideRounded(-numerator, denominator, how)).toBe(-rounded);
      }),
    );
  });

  test('refuse to divide by nothing', () => {
    expect(() => divideRounded(1n, 0n, 'HALF_UP')).toThrow(RangeError);
  });
});

describe('hours', () => {
  test('of hundredths and of minutes come back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), (hundredths) => void expect(secondsOfHours(formatDecimal(hundredths, 2))).toBe(hundredths * 36n)),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 604_800n }), (seconds) => {
        const hours = hoursOfSeconds(seconds);
        const millionths = parseDecimal(hours, 6) ?? -1n;
        const off = millionths * 3600n - seconds * 1_000_000n;
        expect(off <= 1800n && off >= -1800n).toBe(true);
        if ((seconds * 100n) % 3600n === 0n) expect(hours).toMatch(/^\d+\.\d\d$/);
      }),
    );
  });

  test('that are no whole number of seconds are refused', () => {
    expect(secondsOfHours('0.0001')).toBeUndefined();
    expect(secondsOfHours('0.01')).toBe(36n);
    expect(secondsOfHours('1.5')).toBe(5400n);
    expect(secondsOfHours('eight')).toBeUndefined();
  });
});

describe('money', () => {
  test('has as many digits as its currency', () => {
    expect(showMoney({ minor: 1234n, currency: 'USD' })).toEqual({ amount: '12.34', currency: 'USD' });
    expect(showMoney({ minor: 1234n, currency: 'JPY' })).toEqual({ amount: '1234', currency: 'JPY' });
    expect(showMoney({ minor: -5n, currency: 'KWD' })).toEqual({ amount: '-0.005', currency: 'KWD' });
    expect(showMinor(null, 'USD')).toBeNull();
    expect(showMinor(1n, null)).toBeNull();
  });

  test('is never rounded on the way in', () => {
    expect(readMoney({ amount: '10.50', currency: 'USD' }, 'rate')).toEqual({ minor: 1050n, currency: 'USD' });
    expect(() => readMoney({ amount: '10.505', currency: 'USD' }, 'rate')).toThrow(Refused);
    expect(() => readMoney({ amount: '1.5', currency: 'JPY' }, 'rate')).toThrow('at most 0 fraction digits');
  });

  test('comes back as it was shown', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'), (minor, currency) => {
        expect(readMoney(showMoney({ minor, currency }), 'amount')).toEqual({ minor, currency });
        expect(showMoney({ minor, currency }).amount.split('.')[1]?.length ?? 0).toBe(minorDigits(currency));
      }),
    );
  });

  test('of time is the rate by the hour, rounded once', () => {
    expect(priceOfSeconds(18_080n, 5400n, 'HALF_UP')).toBe(27_120n);
    expect(priceOfSeconds(1n, 1800n, 'HALF_UP')).toBe(1n);
    expect(priceOfSeconds(1n, 1800n, 'HALF_EVEN')).toBe(0n);
    expect(portionOf(999n, 875n, 'HALF_UP')).toBe(87n);
  });

  test('split by weights loses no cent and gives nobody more than a cent too much', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 12 }).filter((all) => all.some((weight) => weight > 0n));
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares);
        const sum = shares.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, index) => {
          const off = part * sum - total * (shares[index] ?? 0n);
          expect(off < sum && off > -sum).toBe(true);
        });
      }),
    );
  });

  test('cannot be split by nothing', () => {
    expect(() => allocate(1n, [0n])).toThrow(RangeError);
    expect(() => allocate(1n, [-1n, 2n])).toThrow(RangeError);
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
  });
});
