import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '#finance/billing/entries.ts';
import type { Exchange } from '#finance/billing/exchange.ts';
import { amountsOf, borrowerEntry, chargeLines, lenderEntry } from '#finance/billing/intercompany.ts';
import { explainAmount, type PricedCard, priceTime } from '#finance/billing/price.ts';
import { asCost, costPlus, findTransferRate, type TransferTerms, termsHolding } from '#finance/billing/transfer.ts';

const terms = (more: Partial<TransferTerms> = {}): TransferTerms => ({
  ...{ id: 'terms', lenderId: 'london', borrowerId: 'berlin', effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpBasisPoints: 1250 },
  ...{ expenseMarkUpBasisPoints: 300, rateCardId: null, ...more },
});
const exchange: Exchange = {
  ...{ route: 'DIRECT', pivotCurrency: null },
  legs: [{ exchangeRateId: 'rate', baseCurrency: 'GBP', quoteCurrency: 'EUR', rate: '1.2', effectiveOn: '2026-02-06', source: 'ECB', inverse: false }],
};
const pounds = (minor: bigint) => ({ minor, currency: 'GBP', explanation: { ...explainAmount('STANDARD_RATE_CARD', 'GBP'), rateMinor: '4777' } });

describe('which terms hold', () => {
  const all = [
    terms({ id: 'first' }),
    terms({ id: 'next', effectiveFrom: '2026-03-01' }),
    terms({ id: 'other', borrowerId: 'paris', effectiveFrom: '2026-02-01' }),
  ];
  const on = (date: string, borrowerId = 'berlin', lenderId = 'london') => termsHolding(all, { lenderId, borrowerId, date })?.id;

  test('is the latest of the pair that has begun on the day', () => {
    expect([on('2025-12-31'), on('2026-01-01'), on('2026-02-28'), on('2026-03-01'), on('2026-12-31')]).toEqual([undefined, 'first', 'first', 'next', 'next']);
    expect([on('2026-02-15', 'paris'), on('2026-02-15', 'berlin', 'paris')]).toEqual(['other', undefined]);
  });

  test('is none from the day on which NONE ends them', () => {
    const ended = [...all, terms({ id: 'end', effectiveFrom: '2026-04-01', method: 'NONE', markUpBasisPoints: 0 })];
    const at = (date: string) => termsHolding(ended, { lenderId: 'london', borrowerId: 'berlin', date })?.id;
    expect([at('2026-03-31'), at('2026-04-01'), at('2026-09-01')]).toEqual(['next', undefined, undefined]);
  });
});

describe('a transfer price', () => {
  test('is what the work costs the lender and a mark-up, each rounded once, half up', () => {
    // 47.77 for 20 minutes: 15.9233; 12.5 % of 15.92 is 1.99
    const own = { ...priceTime({ minor: 4777n, currency: 'GBP', explanation: pounds(0n).explanation }, 1200n, 'HALF_UP') };
    const sale = costPlus(own, terms(), 'TIME');
    expect([own.minor, sale.minor]).toEqual([1592n, 1791n]);
    expect(sale.explanation).toMatchObject({
      ...{ rule: 'INTERCOMPANY_COST_PLUS', markUpBasisPoints: 1250, spentMinor: '1592', rateMinor: '4777', intercompanyTermsId: 'terms' },
    });
  });

  test('marks expenses up by the mark-up of expenses', () => {
    expect(costPlus(pounds(10_050n), terms(), 'EXPENSE').minor).toBe(10_352n);
    expect(costPlus(pounds(10_050n), terms({ expenseMarkUpBasisPoints: 0 }), 'EXPENSE').minor).toBe(10_050n);
  });

  test('is the borrower’s cost in its own currency, by the rate of the day, and tells nothing of what the work costs the lender', () => {
    const cost = asCost(costPlus(pounds(1592n), terms(), 'TIME'), 'EUR', exchange);
    // 17.91 * 1.2 = 21.492
    expect(cost).toMatchObject({
      minor: 2149n,
      currency: 'EUR',
      explanation: { conversion: { minor: '1791', currency: 'GBP', rate: '1.2' }, currency: 'EUR' },
    });
    expect(cost?.explanation).toMatchObject({ rule: 'INTERCOMPANY_COST_PLUS', markUpBasisPoints: 1250, rateMinor: null, intercompanyTermsId: 'terms' });
    expect(cost?.explanation.spentMinor).toBeUndefined();
    const same = asCost(costPlus(pounds(1592n), terms(), 'TIME'), 'GBP', undefined);
    expect([same?.minor, same?.explanation.spentMinor, same?.explanation.rateMinor]).toEqual([1791n, undefined, null]);
    expect(asCost(pounds(100n), 'EUR', undefined)).toBeUndefined();
  });

  const card: PricedCard = {
    id: 'card',
    currency: 'GBP',
    versions: [
      {
        ...{ id: 'version', effectiveFrom: '2026-01-01', effectiveTo: null },
        byEmployee: new Map([['basil', { id: 'his', minor: 7000n }]]),
        byLaborCategory: new Map([['senior', { id: 'seniors', minor: 6500n }]]),
      },
    ],
  };

  test('is the card’s rate: the employee’s before the labor category’s, and the borrower may know it', () => {
    const at = (employeeId: string, workDate = '2026-02-10') =>
      findTransferRate({ workDate, employeeId, laborCategoryId: 'senior' }, card, terms({ method: 'RATE_CARD', rateCardId: 'card' }));
    expect([at('basil')?.minor, at('clara')?.minor, at('clara', '2025-12-31')]).toEqual([7000n, 6500n, undefined]);
    expect(findTransferRate({ workDate: '2026-02-10', employeeId: 'basil', laborCategoryId: 'senior' }, undefined, terms())).toBeUndefined();
    const hit = at('clara');
    if (!hit) throw new Error('no rate');
    const cost = asCost(priceTime(hit, 5400n, 'HALF_UP'), 'EUR', exchange);
    expect(cost).toMatchObject({ minor: 11_700n, explanation: { rule: 'INTERCOMPANY_RATE_CARD', rateMinor: '6500', conversion: { minor: '9750' } } });
  });
});

describe('a charge', () => {
  const work = (minor: bigint, more: object = {}) => ({
    ...{
      projectId: 'bridge',
      employeeId: 'basil',
      transactionClass: 'TIME' as const,
      reversing: false,
      seconds: 3600n,
      minor,
      borrowerMinor: (minor * 6n) / 5n,
    },
    ...more,
  });
  const london = { legalEntityId: 'london', currency: 'GBP' };
  const berlin = { legalEntityId: 'berlin', currency: 'EUR' };

  test('has a line per project, employee and class, and what is given back on lines of its own behind them', () => {
    const lines = chargeLines([
      work(6000n),
      work(3000n, { seconds: 1800n }),
      work(-6000n, { reversing: true, seconds: -3600n }),
      work(500n, { transactionClass: 'EXPENSE', seconds: null }),
      work(1000n, { employeeId: 'clara' }),
    ]);
    expect(
      lines.map(({ employeeId, transactionClass, reversing, seconds, minor, actuals }) => [employeeId, transactionClass, reversing, seconds, minor, actuals]),
    ).toEqual([
      ['basil', 'EXPENSE', false, null, 500n, 1n],
      ['basil', 'TIME', false, 5400n, 9000n, 2n],
      ['clara', 'TIME', false, 3600n, 1000n, 1n],
      ['basil', 'TIME', true, -3600n, -6000n, 1n],
    ]);
    expect(amountsOf(lines)).toEqual({ minor: 4500n, borrowerMinor: 5400n });
  });

  test('turns the sides where more is given back than asked for, and has no line of a project that comes to nothing', () => {
    const lines = chargeLines([work(-6000n, { reversing: true }), work(100n, { projectId: 'tunnel' }), work(-100n, { projectId: 'tunnel', reversing: true })]);
    const sides = (entry: ReturnType<typeof lenderEntry>) => entry.map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor]);
    expect(sides(lenderEntry(london, lines))).toEqual([
      ['INTERCOMPANY', 0n, 6000n],
      ['INTERCOMPANY_REVENUE', 6000n, 0n],
    ]);
    expect(sides(borrowerEntry(berlin, lines))).toEqual([
      ['COST_OF_SERVICES', 0n, 7200n],
      ['INTERCOMPANY', 7200n, 0n],
    ]);
  });

  test('balances in both books, and its lines lose nothing, whatever is on it', () => {
    const any = fc.record({
      projectId: fc.constantFrom('bridge', 'tunnel'),
      employeeId: fc.constantFrom('basil', 'clara'),
      transactionClass: fc.constantFrom('TIME' as const, 'EXPENSE' as const),
      reversing: fc.boolean(),
      seconds: fc.constant(60n),
      minor: fc.bigInt({ min: -1000n, max: 1000n }),
      borrowerMinor: fc.bigInt({ min: -1000n, max: 1000n }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 20 }), (all) => {
        const lines = chargeLines(all);
        expect(amountsOf(lines)).toEqual(amountsOf(all));
        for (const entry of [lenderEntry(london, lines), borrowerEntry(berlin, lines)]) if (entry.length > 0) expect(differenceOf(entry)).toBeUndefined();
      }),
    );
  });
});
