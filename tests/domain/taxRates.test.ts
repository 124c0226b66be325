import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taxOf } from '#finance/billing/tax.ts';
import { checkRates, taxRateOn } from '#finance/taxProfile/rates.ts';
import { addDays, effectiveOn } from '#kernel/period.ts';

const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2020-01-01', days));
const basisPoints = fc.integer({ min: 0, max: 10_000 });
/** Rates that begin on different days, in any order, none of which says when it ends. */
const open = fc.uniqueArray(fc.record({ effectiveFrom: day, basisPoints }), { selector: ({ effectiveFrom }) => effectiveFrom, minLength: 1, maxLength: 8 });

describe('the rates of a tax profile', () => {
  test('follow each other without a gap: each ends on the day before the next', () => {
    fc.assert(
      fc.property(open, (given) => {
        const rates = checkRates(given);
        expect(rates.map(({ effectiveFrom }) => effectiveFrom)).toEqual(given.map(({ effectiveFrom }) => effectiveFrom).sort());
        for (const [index, rate] of rates.entries()) {
          const next = rates[index + 1];
          expect(rate.effectiveTo).toBe(next ? addDays(next.effectiveFrom, -1) : null);
        }
      }),
    );
  });

  test('give on each day the one that began last, and none before the first', () => {
    fc.assert(
      fc.property(open, day, (given, on) => {
        const last = given.filter(({ effectiveFrom }) => effectiveFrom <= on).sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
        expect(taxRateOn({ exempt: false, rates: checkRates(given) }, on)).toBe(last && BigInt(last.basisPoints));
        expect(taxRateOn({ exempt: true, rates: checkRates(given) }, on)).toBe(0n);
      }),
    );
  });

  test('that are checked again are the same', () => {
    fc.assert(fc.property(open, (given) => void expect(checkRates(checkRates(given))).toEqual(checkRates(given))));
  });

  test('that say when they end may leave days without a rate, and never lie over each other', () => {
    const ended = fc.record({ effectiveFrom: day, basisPoints, days: fc.integer({ min: -3, max: 400 }) });
    fc.assert(
      fc.property(fc.array(ended, { minLength: 1, maxLength: 5 }), day, (wishes, on) => {
        const given = wishes.map(({ days, ...rate }) => ({ ...rate, effectiveTo: addDays(rate.effectiveFrom, days) }));
        const sorted = [...given].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
        const sound = sorted.every(
          (rate, index) => rate.effectiveTo >= rate.effectiveFrom && rate.effectiveTo < (sorted[index + 1]?.effectiveFrom ?? '9999-12-31'),
        );
        if (!sound) return void expect(() => checkRates(given)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'rates' }));
        const holding = given.filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && on <= effectiveTo);
        expect(holding.length).toBeLessThan(2);
        expect(effectiveOn(checkRates(given), on)?.basisPoints).toBe(holding[0]?.basisPoints);
      }),
    );
  });
});

describe('the tax of an invoice', () => {
  const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
  const rule = (points: number) => ({ code: 'T', exempt: false, rates: checkRates([{ basisPoints: points, effectiveFrom: '2020-01-01' }]) });

  test('is the sum of its lines’, each within half a unit of its share, and as much for a credit note', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 12 }), basisPoints, (amounts, points) => {
        const tax = taxOf(amounts, rule(points), '2026-01-01');
        if ('failure' in tax) throw new Error(tax.failure);
        expect(tax.lineTaxes.reduce((sum, each) => sum + each, 0n)).toBe(tax.totalMinor);
        tax.lineTaxes.forEach((line, index) => {
          const off = line * 10_000n - (amounts[index] ?? 0n) * BigInt(points);
          expect(off <= 5_000n && off >= -5_000n).toBe(true);
        });
        const credited = taxOf(
          amounts.map((each) => -each),
          rule(points),
          '2026-01-01',
        );
        expect(credited).toEqual({ lineTaxes: tax.lineTaxes.map((each) => -each), totalMinor: -tax.totalMinor });
      }),
    );
  });

  test.each([
    ['no profile', undefined, '2026-01-01', /no tax profile/],
    ['no rate yet', rule(1900), '2019-12-31', /T has no rate for 2019-12-31/],
    ['no rates at all', { code: 'T', exempt: false, rates: [] }, '2026-01-01', /T has no rate/],
  ])('cannot be told with %s', (_, given, on, why) => expect(taxOf([100n], given, on)).toEqual({ failure: expect.stringMatching(why) }));

  test('of who is exempt is nothing, whatever the rates', () => {
    expect(taxOf([100n, -3n], { ...rule(1900), exempt: true }, '2019-01-01')).toEqual({ lineTaxes: [0n, 0n], totalMinor: 0n });
  });
});
