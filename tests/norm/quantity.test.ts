import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pricedLine } from '#finance/document/quantity.ts';
import { by, exact, rounded, same, times } from '../support/en16931/exact.ts';

const number = (text: string) => exact(text) ?? { over: 0n, under: 1n };
const line = (more: Partial<Parameters<typeof pricedLine>[0]>) =>
  pricedLine({ seconds: 3600n, amountMinor: 100_00n, rateMinor: 100_00n, currency: 'EUR', ...more });

describe('a line', () => {
  test.each([
    ['says hours and the rate', {}, { quantity: '1', unit: 'HUR', price: '100.00', base: null }],
    ['says a part of an hour', { seconds: 900n, amountMinor: 25_00n }, { quantity: '0.25', unit: 'HUR', price: '100.00', base: null }],
    ['counts minutes where hours have no end', { seconds: 3000n, amountMinor: 83_33n }, { quantity: '50', unit: 'MIN', price: '100.00', base: '60' }],
    ['counts seconds where minutes do not', { seconds: 100n, amountMinor: 2_78n }, { quantity: '100', unit: 'SEC', price: '100.00', base: '3600' }],
    [
      'that is a sum of rounded entries says what an hour came to',
      { seconds: 7200n, amountMinor: 200_01n },
      { quantity: '2', unit: 'HUR', price: '100.005', base: null },
    ],
    ['of an expense says one', { seconds: null, rateMinor: null, amountMinor: 47_11n }, { quantity: '1', unit: 'EA', price: '47.11', base: null }],
    [
      'that takes back says less than nothing, at a price that is not',
      { seconds: -3600n, amountMinor: -100_00n },
      { quantity: '-1', unit: 'HUR', price: '100.00', base: null },
    ],
    ['of an expense that takes back', { seconds: null, amountMinor: -5n, rateMinor: null }, { quantity: '-1', unit: 'EA', price: '0.05', base: null }],
    ['whose time adds up to nothing says its amount once', { seconds: 0n, amountMinor: 1n }, { quantity: '1', unit: 'EA', price: '0.01', base: null }],
    ['whose time and amount differ in sign says its amount once', { seconds: -60n, amountMinor: 1n }, { quantity: '1', unit: 'EA', price: '0.01', base: null }],
    [
      'of yen says a price that gives the yen back',
      { seconds: 3000n, amountMinor: 8333n, rateMinor: 10_000n, currency: 'JPY' },
      { quantity: '50', unit: 'MIN', price: '9999.6', base: '60' },
    ],
    [
      'of dinars keeps their three digits in the price',
      { amountMinor: 12_340n, rateMinor: 12_340n, currency: 'KWD' },
      { quantity: '1', unit: 'HUR', price: '12.340', base: null },
    ],
  ] as const)('%s', (_, wish, said) => {
    expect(line(wish)).toEqual(said);
  });

  test('is always price times quantity, to the hundredth, at a price that is not below zero', () => {
    const currencies = fc.constantFrom('EUR', 'JPY');
    const rate = fc.option(fc.bigInt(0n, 1_000_000n), { nil: null });
    fc.assert(
      fc.property(
        fc.bigInt(-3_000_000n, 3_000_000n),
        fc.bigInt(-10_000_000_000n, 10_000_000_000n),
        rate,
        currencies,
        (seconds, amountMinor, rateMinor, currency) => {
          const { quantity, price, base } = pricedLine({ seconds, amountMinor, rateMinor, currency });
          const amount = rounded(by(times(number(price), number(quantity)), number(base ?? '1')));
          expect(number(price).over >= 0n).toBe(true);
          return same(amount, { over: amountMinor, under: currency === 'EUR' ? 100n : 1n });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('says the rate itself wherever rate times time, rounded once, is the amount', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 3_000_000n), fc.bigInt(1n, 1_000_000n), (seconds, rateMinor) => {
        const amountMinor = (rateMinor * seconds * 2n + 3600n) / 7200n;
        const { price } = pricedLine({ seconds, amountMinor, rateMinor, currency: 'EUR' });
        return amountMinor === 0n || same(number(price), { over: rateMinor, under: 100n });
      }),
    );
  });
});
