import { describe, expect, test } from 'vitest';
import { actualMachine } from '#finance/actual/machine.ts';
import { fiscalPeriodMachine } from '#finance/fiscalPeriod/machine.ts';
import { rateCardVersionMachine } from '#finance/rateCard/machine.ts';
import type { Actor } from '#kernel/actor.ts';
import type { AnyMachine } from '#kernel/machine.ts';
import { gridOf } from '../support/grid.ts';

const all: Actor = { id: 'all', kind: 'STAFF', permissions: ['*'] };
const nobody: Actor = { id: 'nobody', kind: 'STAFF', permissions: [] };

const no = 'INVALID_TRANSITION';

describe('the grid of', () => {
  test('a fiscal period', () => {
    const clear = (status: string) => ({ status, unposted: { invoices: 0, journalEntries: 0 } });
    expect(gridOf(fiscalPeriodMachine, clear, all)).toEqual({
      OPEN: { close: 'CLOSED', reopen: no, lock: no },
      CLOSED: { close: no, reopen: 'OPEN', lock: 'LOCKED' },
      LOCKED: { close: no, reopen: no, lock: no },
    });
    for (const unposted of [
      { invoices: 1, journalEntries: 0 },
      { invoices: 0, journalEntries: 1 },
    ]) {
      expect(gridOf(fiscalPeriodMachine, (status) => ({ status, unposted }), all).OPEN?.close).toBe('GUARD_REFUSED nothingUnposted');
    }
  });

  test('a version of a rate card', () => {
    const filled = (status: string) => ({ status, lineCount: 1 });
    expect(gridOf(rateCardVersionMachine, filled, all)).toEqual({
      DRAFT: { publish: 'PUBLISHED', supersede: no },
      PUBLISHED: { publish: no, supersede: 'SUPERSEDED' },
      SUPERSEDED: { publish: no, supersede: no },
    });
    expect(gridOf(rateCardVersionMachine, (status) => ({ status, lineCount: 0 }), all).DRAFT?.publish).toBe('GUARD_REFUSED hasLines');
  });

  test('an actual that counts', () => {
    const sales = (status: string) => ({ status, kind: 'UNBILLED_SALES', sourceType: 'TIMESHEET_ENTRY', reversesId: null, reversedById: null });
    expect(gridOf(actualMachine, sales, all)).toEqual({
      NOT_READY: { hold: no, release: 'READY', reverse: 'NOT_READY', reprice: 'NOT_READY', draft: no, takeOff: no, bill: no, credit: no },
      READY: { hold: 'NOT_READY', release: no, reverse: 'READY', reprice: 'READY', draft: 'ON_INVOICE', takeOff: no, bill: no, credit: no },
      ON_INVOICE: { hold: no, release: no, reverse: no, reprice: no, draft: no, takeOff: 'READY', bill: 'BILLED', credit: no },
      BILLED: { hold: no, release: no, reverse: no, reprice: no, draft: no, takeOff: no, bill: no, credit: 'BILLED' },
    });
  });

  test('an actual is priced anew where terms price it: time and expenses, cost and sales that were not billed', () => {
    const reprice = (kind: string, sourceType: string) =>
      gridOf(actualMachine, (status) => ({ status, kind, sourceType, reversesId: null, reversedById: null }), all).READY?.reprice;
    for (const kind of ['COST', 'UNBILLED_SALES']) for (const source of ['TIMESHEET_ENTRY', 'EXPENSE_ITEM']) expect(reprice(kind, source)).toBe('READY');
    for (const source of ['MILESTONE', 'EXTERNAL']) expect(reprice('UNBILLED_SALES', source)).toBe('GUARD_REFUSED pricedByTerms');
    expect(reprice('BILLED_SALES', 'TIMESHEET_ENTRY')).toBe('GUARD_REFUSED pricedByTerms');
  });

  test('an actual of cost, and one that counts no more', () => {
    const cost = gridOf(actualMachine, (status) => ({ status, kind: 'COST', reversesId: null, reversedById: null }), all);
    expect(cost.READY).toMatchObject({ hold: 'GUARD_REFUSED isUnbilledSales', draft: 'GUARD_REFUSED isUnbilledSales', reverse: 'READY' });
    for (const mark of [
      { reversesId: 'x', reversedById: null },
      { reversesId: null, reversedById: 'x' },
    ]) {
      const gone = gridOf(actualMachine, (status) => ({ status, kind: 'UNBILLED_SALES', ...mark }), all);
      expect(gone.READY).toMatchObject({ hold: 'GUARD_REFUSED stillCounts', draft: 'GUARD_REFUSED stillCounts', reverse: 'GUARD_REFUSED stillCounts' });
    }
  });

  test.each([
    ['a fiscal period', fiscalPeriodMachine as AnyMachine],
    ['a version', rateCardVersionMachine as AnyMachine],
    ['an actual', actualMachine as AnyMachine],
  ])('%s, for somebody without permissions, refuses everything', (_, machine) => {
    const refusals = Object.values(gridOf(machine, (status) => ({ status }), nobody)).flatMap((row) => Object.values(row));
    expect(new Set(refusals)).toEqual(new Set(['FORBIDDEN']));
  });
});
