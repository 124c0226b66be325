import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applicationEntry, differenceOf, type EntryLine, invoiceEntry, opposite, paymentEntry, revenueEntry } from '#finance/billing/entries.ts';
import { describeLine, pricingOf } from '#finance/billing/lines.ts';
import { invoiceNumber, seriesKey, seriesOf } from '#finance/billing/number.ts';
import { costToCost, straightLine } from '#finance/billing/recognition.ts';
import { taxOf } from '#finance/billing/tax.ts';
import { portionOf, priceOfSeconds } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/period.ts';

const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
const rule = (basisPoints: number, more = {}) => ({
  code: 'T',
  exempt: false,
  rates: [{ basisPoints, effectiveFrom: '2020-01-01', effectiveTo: null }],
  ...more,
});

describe('the pricing of an invoice line', () => {
  const policy = fc.constantFrom('HALF_UP' as const, 'HALF_EVEN' as const);
  const times = fc.array(fc.bigInt({ min: 1n, max: 86_400n }), { minLength: 1, maxLength: 40 });

  test('says whether it is rate times time, and by how much it is not: at most half a unit for each actual, and half a unit', () => {
    fc.assert(
      fc.property(times, fc.bigInt({ min: 0n, max: 100_000n }), policy, fc.constantFrom(1n, -1n), (entries, rateMinor, how, sign) => {
        const amountMinor = sign * entries.reduce((sum, each) => sum + priceOfSeconds(rateMinor, each, how), 0n);
        const seconds = sign * entries.reduce((sum, each) => sum + each, 0n);
        const { rounding, rate } = pricingOf({ seconds, amountMinor }, { ways: 1, rateMinor, policy: how });
        const difference = rate?.difference ?? -1n;
        expect(priceOfSeconds(rateMinor, seconds, how) + difference).toBe(amountMinor);
        expect(rounding).toBe(difference === 0n ? 'PER_LINE' : 'PER_ACTUAL');
        expect(2n * (difference < 0n ? -difference : difference) <= BigInt(entries.length) + 1n).toBe(true);
        if (entries.length === 1) expect(rounding).toBe('PER_LINE');
      }),
    );
  });

  test('promises no product where there are several rates, or none', () => {
    const line = { seconds: 3600n, amountMinor: 100n };
    expect(pricingOf(line, { ways: 2, rateMinor: 100n, policy: 'HALF_UP' })).toEqual({ rounding: 'PER_ACTUAL', rate: null });
    expect(pricingOf(line, { ways: 1, rateMinor: null, policy: null })).toEqual({ rounding: 'NONE', rate: null });
    expect(pricingOf(line, { ways: 1, rateMinor: null, policy: 'HALF_UP' }), 'time that was converted').toEqual({ rounding: 'PER_ACTUAL', rate: null });
    expect(pricingOf({ ...line, seconds: null }, { ways: 1, rateMinor: null, policy: null })).toEqual({ rounding: 'NONE', rate: null });
  });
});
const on = (day: string, ...amounts: bigint[]) => amounts.map((amountMinor) => ({ amountMinor, supplyStartDate: day, supplyEndDate: day }));

describe('tax', () => {
  test('is rounded half up once for the document, and its lines share it', () => {
    fc.assert(
      fc.property(fc.array(minor, { maxLength: 50 }), fc.integer({ min: 0, max: 10_000 }), (amounts, basisPoints) => {
        const tax = taxOf(on('2026-01-01', ...amounts), rule(basisPoints));
        if ('failure' in tax) throw new Error(tax.failure);
        expect(tax.totalMinor).toBe(tax.lines.reduce((sum, each) => sum + each.taxMinor, 0n));
        expect(tax.totalMinor).toBe(
          portionOf(
            amounts.reduce((sum, each) => sum + each, 0n),
            BigInt(basisPoints),
            'HALF_UP',
          ),
        );
        for (const [index, amount] of amounts.entries()) {
          const off = (tax.lines[index]?.taxMinor ?? 0n) * 10_000n - amount * BigInt(basisPoints);
          expect(off > -10_000n && off < 10_000n).toBe(true);
        }
      }),
    );
  });

  test('of opposite lines is opposite: a credit note undoes an invoice to the last unit', () => {
    fc.assert(
      fc.property(fc.array(minor, { maxLength: 30 }), fc.integer({ min: 0, max: 10_000 }), (amounts, basisPoints) => {
        const tax = taxOf(on('2026-01-01', ...amounts), rule(basisPoints));
        const back = taxOf(on('2026-01-01', ...amounts.map((amount) => -amount)), rule(basisPoints));
        if ('failure' in tax || 'failure' in back) throw new Error('no tax');
        expect(back.lines.map((each) => each.taxMinor)).toEqual(tax.lines.map((each) => -each.taxMinor));
      }),
    );
  });

  test('rounds halves away from zero, and gives what is left to the line that lacks most', () => {
    const taxes = (...amounts: bigint[]) => {
      const tax = taxOf(on('2026-01-01', ...amounts), rule(100));
      return 'failure' in tax ? tax.failure : [tax.totalMinor, ...tax.lines.map((each) => each.taxMinor)].map(Number);
    };
    expect(taxes(50n)).toEqual([1, 1]);
    expect(taxes(-50n)).toEqual([-1, -1]);
    expect(taxes(50n, 49n, -50n)).toEqual([0, 1, 0, -1]);
    expect(taxes(149n, 149n, 149n)).toEqual([4, 2, 1, 1]);
  });

  test('goes by the rate of the day, is nothing when exempt, and fails by name', () => {
    const rates = [
      { basisPoints: 2100, effectiveFrom: '2020-01-01', effectiveTo: '2026-06-30' },
      { basisPoints: 2500, effectiveFrom: '2026-07-01', effectiveTo: null },
    ];
    expect(taxOf(on('2026-06-30', 100n), rule(0, { rates }))).toMatchObject({ totalMinor: 21n });
    expect(taxOf(on('2026-07-01', 100n), rule(0, { rates }))).toMatchObject({ totalMinor: 25n });
    expect(taxOf(on('2019-12-31', 100n), rule(0, { rates }))).toEqual({ failure: 'Tax profile T has no rate for 2019-12-31.' });
    expect(taxOf(on('2026-07-01', 100n, 1n), rule(0, { rates: [], exempt: true }))).toMatchObject({
      totalMinor: 0n,
      lines: [{ taxMinor: 0n }, { taxMinor: 0n }],
    });
    expect(taxOf(on('2026-07-01', 100n), undefined)).toHaveProperty('failure');
    const [line] = on('2026-06-30', 100n).map((each) => ({ ...each, supplyEndDate: '2026-07-01' }));
    expect(line && taxOf([line], rule(0, { rates }))).toEqual({ failure: expect.stringContaining('in which the rate of tax profile T changed') });
  });
});

describe('journal entries', () => {
  const owner = { contractId: 'c', legalEntityId: 'l', projectId: null, currency: 'EUR' };
  const sum = (lines: EntryLine[], account: string) =>
    lines.filter((line) => line.account === account).reduce((total, line) => total + line.debitMinor - line.creditMinor, 0n);
  const line = fc.record({
    account: fc.constantFrom('REVENUE' as const, 'CONTRACT_LIABILITY' as const),
    projectId: fc.constantFrom('p', 'q', null),
    amountMinor: minor,
  });

  test('of invoices balance, whatever the signs of the lines, and say what is owed', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), minor, (lines, taxMinor) => {
        const totalMinor = lines.reduce((total, each) => total + each.amountMinor, 0n) + taxMinor;
        const entry = invoiceEntry({ ...owner, totalMinor, taxMinor }, lines);
        if (entry.length > 0) expect(differenceOf(entry)).toBeUndefined();
        expect(sum(entry, 'RECEIVABLE')).toBe(totalMinor);
        expect(sum(entry, 'TAX_PAYABLE')).toBe(-taxMinor);
        for (const { debitMinor, creditMinor } of entry)
          expect(debitMinor >= 0n && creditMinor >= 0n && (debitMinor === 0n) !== (creditMinor === 0n)).toBe(true);
      }),
    );
  });

  test('of payments, applications and revenue balance, and their opposites undo them', () => {
    fc.assert(
      fc.property(positive, (amount) => {
        for (const entry of [paymentEntry(owner, amount), applicationEntry(owner, owner, amount), revenueEntry(owner, amount)]) {
          expect(differenceOf(entry)).toBeUndefined();
          expect(differenceOf(opposite(entry))).toBeUndefined();
          for (const { account } of entry) expect(sum([...entry, ...opposite(entry)], account)).toBe(0n);
        }
      }),
    );
  });

  test('off balance are told by currency and by legal entity', () => {
    const one = { account: 'CASH' as const, legalEntityId: 'a', currency: 'EUR', debitMinor: 500n, creditMinor: 0n };
    expect(differenceOf([])).toBe('The entry has no lines.');
    expect(differenceOf([one])).toBe('Debits are 5.00 EUR higher. They must be equal per currency and legal entity.');
    expect(differenceOf([one, { ...one, debitMinor: 0n, creditMinor: 500n, currency: 'USD' }])).toMatch(/higher/);
    expect(differenceOf([one, { ...one, debitMinor: 0n, creditMinor: 500n, legalEntityId: 'b' }])).toMatch(/higher/);
    expect(differenceOf([one, { ...one, debitMinor: 0n, creditMinor: 500n }])).toBeUndefined();
  });
});

describe('straight line', () => {
  const term = fc
    .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 3000 }))
    .map(([start, days]) => ({ from: addDays('2020-01-01', start), to: addDays('2020-01-01', start + days) }));

  test('never loses a cent, covers each day once, and has one instalment per month', () => {
    fc.assert(
      fc.property(minor, term, (total, { from, to }) => {
        const instalments = straightLine(total, { from, to });
        expect(instalments.reduce((sum, each) => sum + each.amountMinor, 0n)).toBe(total);
        expect(instalments.reduce((sum, each) => sum + each.days, 0)).toBe(daysBetween(from, to) + 1);
        expect(new Set(instalments.map((each) => each.date.slice(0, 7))).size).toBe(instalments.length);
        expect(instalments.at(-1)?.date).toBe(to);
      }),
    );
  });

  test('by example: a leap February and a broken month', () => {
    expect(straightLine(9_100n, { from: '2024-01-31', to: '2024-04-30' })).toEqual([
      { date: '2024-01-31', days: 1, amountMinor: 100n },
      { date: '2024-02-29', days: 29, amountMinor: 2_900n },
      { date: '2024-03-31', days: 31, amountMinor: 3_100n },
      { date: '2024-04-30', days: 30, amountMinor: 3_000n },
    ]);
    expect(straightLine(100n, { from: '2026-01-01', to: '2026-03-31' }).map((each) => each.amountMinor)).toEqual([35n, 31n, 34n]);
  });
});

describe('cost to cost', () => {
  test('earns the share of the cost, never more than all, and measuring in steps loses nothing', () => {
    fc.assert(
      fc.property(positive, positive, fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 8 }), (totalMinor, estimatedCostMinor, steps) => {
        let recognizedBeforeMinor = 0n;
        let costToDateMinor = 0n;
        for (const step of steps) {
          costToDateMinor += step;
          recognizedBeforeMinor += costToCost({ totalMinor, costToDateMinor, estimatedCostMinor, recognizedBeforeMinor, rounding: 'HALF_UP' });
          expect(recognizedBeforeMinor >= 0n && recognizedBeforeMinor <= totalMinor).toBe(true);
        }
        expect(recognizedBeforeMinor).toBe(costToCost({ totalMinor, costToDateMinor, estimatedCostMinor, recognizedBeforeMinor: 0n, rounding: 'HALF_UP' }));
      }),
    );
  });

  test('takes back what a higher estimate makes too much', () => {
    expect(costToCost({ totalMinor: 1000n, costToDateMinor: 50n, estimatedCostMinor: 200n, recognizedBeforeMinor: 500n, rounding: 'HALF_UP' })).toBe(-250n);
  });
});

test('invoice lines say what they are for', () => {
  const group = { transactionClass: 'EXPENSE' as const, contractLineId: null, projectId: 'p', laborCategoryId: null, label: 'Taxi' };
  expect(describeLine(group, { project: 'Alpha', laborCategory: undefined })).toBe('Alpha: Taxi');
  expect(describeLine({ ...group, label: null }, { project: 'Alpha', laborCategory: undefined })).toBe('Alpha: Expenses');
  expect(describeLine({ ...group, transactionClass: 'TIME' }, { project: 'Alpha', laborCategory: 'Senior' })).toBe('Alpha: Senior');
});

test('numbers name legal entity, kind and year', () => {
  const series = seriesOf('l', 'INVOICE', '2026-12-31');
  expect(invoiceNumber('NL', series, 42)).toBe('NL-INV-2026-000042');
  expect(invoiceNumber('NL', { ...series, kind: 'CREDIT_NOTE' }, 1_000_000)).toBe('NL-CN-2026-1000000');
  expect(seriesKey(series)).not.toBe(seriesKey(seriesOf('l', 'INVOICE', '2027-01-01')));
});
