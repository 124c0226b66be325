import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupsOf, taxOf } from '#finance/billing/tax.ts';
import { checkRates, taxRateOn } from '#finance/taxProfile/rates.ts';
import { portionOf } from '#kernel/money.ts';
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
  const line = fc.record({ amountMinor: amount, day }).map(({ amountMinor, day: on }) => ({ amountMinor, supplyStartDate: on, supplyEndDate: on }));
  const sum = (numbers: readonly bigint[]) => numbers.reduce((total, each) => total + each, 0n);
  /** From the first day of the range of days, so that every line has a rate. */
  const complete = open.map((rates) => checkRates([{ basisPoints: 700, effectiveFrom: '2019-01-01' }, ...rates]));

  test('is by rate the tax on the net of that rate, and by line the rate of its day; lines add up to it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), complete, (lines, rates) => {
        const tax = taxOf(lines, { code: 'T', exempt: false, rates });
        if ('failure' in tax) throw new Error(tax.failure);
        expect(tax.lines.map(({ basisPoints: points }) => points)).toEqual(lines.map(({ supplyEndDate }) => effectiveOn(rates, supplyEndDate)?.basisPoints));
        const groups = groupsOf(
          tax.lines.map(({ basisPoints: taxBasisPoints, taxMinor }, index) => ({ taxBasisPoints, taxMinor, amountMinor: lines[index]?.amountMinor ?? 0n })),
        );
        for (const { basisPoints: points, netMinor, taxMinor } of groups) expect(taxMinor).toBe(portionOf(netMinor, BigInt(points), 'HALF_UP'));
        expect(sum(groups.map(({ netMinor }) => netMinor))).toBe(sum(lines.map(({ amountMinor }) => amountMinor)));
        expect(sum(groups.map(({ taxMinor }) => taxMinor))).toBe(tax.totalMinor);
        expect(sum(tax.lines.map(({ taxMinor }) => taxMinor))).toBe(tax.totalMinor);
        const credited = taxOf(
          lines.map((each) => ({ ...each, amountMinor: -each.amountMinor })),
          { code: 'T', exempt: false, rates },
        );
        expect(credited).toEqual({ lines: tax.lines.map((each) => ({ ...each, taxMinor: -each.taxMinor })), totalMinor: -tax.totalMinor });
      }),
    );
  });

  const on = (day_: string, ...amounts: bigint[]) => amounts.map((amountMinor) => ({ amountMinor, supplyStartDate: day_, supplyEndDate: day_ }));

  test('is rounded once: 279.16 at 20 % are 55.83, though its lines alone would make 55.84', () => {
    expect(taxOf(on('2026-01-01', 6_833n, 6_833n, 5_750n, 8_500n), rule(2_000))).toMatchObject({ totalMinor: 5_583n });
  });

  test.each([
    ['no profile', undefined, '2026-01-01', /no tax profile/],
    ['no rate yet', rule(1900), '2019-12-31', /T has no rate for 2019-12-31/],
    ['no rates at all', { code: 'T', exempt: false, rates: [] }, '2026-01-01', /T has no rate/],
  ])('cannot be told with %s', (_, given, day_, why) => expect(taxOf(on(day_, 100n), given)).toEqual({ failure: expect.stringMatching(why) }));

  test('of who is exempt is nothing, whatever the rates', () => {
    const nothing = { basisPoints: 0, taxMinor: 0n };
    expect(taxOf(on('2019-01-01', 100n, -3n), { ...rule(1900), exempt: true })).toEqual({ lines: [nothing, nothing], totalMinor: 0n });
  });
});
