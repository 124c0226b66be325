import { describe, expect, test } from 'vitest';
import { accrualEntry, differenceOf } from '#finance/billing/entries.ts';
import { checklistKinds, itemsOf, kindOfWork, type OpenSum, type OpenThing } from '#finance/closeChecklist/kinds.ts';

const sum = (kind: OpenSum['kind'], more: Partial<OpenSum> = {}): OpenSum => ({ kind, count: 1, seconds: 0n, currency: null, minor: 0n, ...more });
const thing = (kind: OpenThing['kind'], id: string, day: string | null): OpenThing => ({
  ...{ kind, type: 'Payment', id, label: id, day, contractId: null, projectId: null, minor: null, currency: null, seconds: null },
});

describe('the items of a checklist', () => {
  test('stand in the order in which they are worked off, and what is not open is none', () => {
    const sums = [sum('UNBILLED_WORK'), sum('UNAPPLIED_PAYMENTS'), sum('SUBMITTED_TIME'), sum('UNPOSTED_INVOICES', { count: 0 })];
    expect(itemsOf(sums, []).map(({ kind }) => kind)).toEqual(['SUBMITTED_TIME', 'UNAPPLIED_PAYMENTS', 'UNBILLED_WORK']);
    expect(itemsOf([], [])).toEqual([]);
  });

  test('add up what there is of a kind, money by currency', () => {
    const sums = [
      sum('UNBILLED_WORK', { count: 2, seconds: 3600n, currency: 'EUR', minor: 100n }),
      sum('UNBILLED_WORK', { count: 1, seconds: 1800n, currency: 'USD', minor: 7n }),
      sum('UNBILLED_WORK', { currency: 'EUR', minor: -30n }),
    ];
    const [item] = itemsOf(sums, []);
    expect(item).toMatchObject({ count: 4, seconds: 5400n });
    expect([...(item?.amounts ?? [])]).toEqual([
      ['EUR', 70n],
      ['USD', 7n],
    ]);
  });

  test('show their own things by date, the first 20 of them', () => {
    const many = Array.from({ length: 25 }, (_, at) =>
      thing('UNAPPLIED_PAYMENTS', `p${String(at).padStart(2, '0')}`, `2026-02-${String(28 - at).padStart(2, '0')}`),
    );
    const [item] = itemsOf([sum('UNAPPLIED_PAYMENTS', { count: 25 })], [...many, thing('UNBILLED_WORK', 'other', '2026-01-01')]);
    expect(item?.things.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, at) => `p${24 - at}`.replace(/p(\d)$/, 'p0$1')));
    const same = [thing('UNAPPLIED_PAYMENTS', 'b', null), thing('UNAPPLIED_PAYMENTS', 'a', null)];
    expect(itemsOf([sum('UNAPPLIED_PAYMENTS', { count: 2 })], same)[0]?.things.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('of work go by type and state, unless its period was closed', () => {
    expect(kindOfWork({ type: 'TimesheetEntry', state: 'SUBMITTED', code: null })).toBe('SUBMITTED_TIME');
    expect(kindOfWork({ type: 'TimesheetEntry', state: 'EXCEPTED', code: 'RATE_NOT_FOUND' })).toBe('EXCEPTED_TIME');
    expect(kindOfWork({ type: 'ExpenseItem', state: 'APPROVED', code: null })).toBe('APPROVED_EXPENSES');
    for (const state of ['SUBMITTED', 'APPROVED', 'EXCEPTED'] as const)
      expect(kindOfWork({ type: 'Milestone', state, code: null })).toBe('MILESTONES_WITHOUT_FEE');
    for (const type of ['TimesheetEntry', 'ExpenseItem', 'Milestone'] as const)
      expect(kindOfWork({ type, state: 'EXCEPTED', code: 'PERIOD_CLOSED' })).toBe('PARKED_POSTINGS');
  });

  test('say what ends them: a sentence that names the mutation', () => {
    for (const { cure, mutation } of Object.values(checklistKinds)) {
      expect(cure).toMatch(/^[A-Z].*\.$/);
      if (mutation) expect(`${cure} postInvoice applyPayment recognizeRevenueEvent postJournalEntry`).toContain(mutation);
    }
  });
});

test('an accrual is balanced, and its end is the same on the other side', () => {
  const of = { contractId: 'c', projectId: 'p', legalEntityId: 'b', currency: 'EUR' };
  const entry = accrualEntry(of, 500n);
  expect(entry.map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor])).toEqual([
    ['ACCRUED_REVENUE', 500n, 0n],
    ['REVENUE', 0n, 500n],
  ]);
  expect(differenceOf(entry)).toBeUndefined();
  expect(accrualEntry(of, -500n).map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor])).toEqual([
    ['ACCRUED_REVENUE', 0n, 500n],
    ['REVENUE', 500n, 0n],
  ]);
});
