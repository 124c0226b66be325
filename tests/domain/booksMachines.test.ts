import { describe, expect, test } from 'vitest';
import { actualMachine } from '#finance/actual/machine.ts';
import { fiscalPeriodMachine } from '#finance/fiscalPeriod/machine.ts';
import { figuresOf, sayOpenWork } from '#finance/fiscalPeriod/openWork.ts';
import { rateCardVersionMachine } from '#finance/rateCard/machine.ts';
import type { Actor } from '#kernel/actor.ts';
import type { AnyMachine } from '#kernel/machine.ts';
import { gridOf } from '../support/grid.ts';

const all: Actor = { id: 'all', kind: 'STAFF', permissions: ['*'] };
const nobody: Actor = { id: 'nobody', kind: 'STAFF', permissions: [] };

describe('the guards of', () => {
  test.each([
    [{ invoices: 0, journalEntries: 0 }, 'CLOSED'],
    [{ invoices: 1, journalEntries: 0 }, 'GUARD_REFUSED nothingUnposted'],
    [{ invoices: 0, journalEntries: 1 }, 'GUARD_REFUSED nothingUnposted'],
  ])('a fiscal period with %o unposted: %s', (unposted, outcome) => {
    expect(gridOf(fiscalPeriodMachine, (status) => ({ status, unposted, openWork: [] }), all).OPEN?.close).toBe(outcome);
  });

  test('a fiscal period with open work: over it goes who may by name, and says so', () => {
    const open = [
      {
        type: 'TimesheetEntry',
        state: 'EXCEPTED',
        code: 'RATE_NOT_FOUND',
        projectId: 'p',
        project: 'Build',
        people: ['Ada'],
        persons: 3,
        count: 4,
        seconds: 7_200n,
      },
    ] as const;
    const judged = (actor: Actor, overrideOpenWork: boolean) =>
      gridOf(fiscalPeriodMachine, (status) => ({ status, unposted: { invoices: 0, journalEntries: 0 }, openWork: open, overrideOpenWork }), actor);
    const area: Actor = { ...all, permissions: ['period:*'] };
    for (const [actor, over, outcome] of [
      [all, false, 'GUARD_REFUSED noOpenWork'],
      [all, true, undefined],
      [area, true, 'GUARD_REFUSED noOpenWork'],
    ] as const) {
      expect(judged(actor, over).OPEN?.close).toBe(outcome ?? 'CLOSED');
      expect(judged(actor, over).CLOSED?.lock).toBe(outcome ?? 'LOCKED');
      expect(judged(actor, over).CLOSED?.reopen).toBe('OPEN');
    }
    const figures = figuresOf(open, 'EXCEPTED');
    expect(figures).toEqual({ timeEntries: 4, expenses: 0, milestones: 0, seconds: 7_200n });
    expect(sayOpenWork(open, all)).toContain(
      'Ada and 2 more on Build: 4 time entries (2.00 h) in an exception, RATE_NOT_FOUND (repair the cause and retryException',
    );
    expect(sayOpenWork(open, area)).not.toMatch('Ada|Build');
    expect(
      sayOpenWork(
        Array.from({ length: 10 }, () => open[0]),
        all,
      ),
    ).toContain('and 2 more groups');
  });

  test.each([
    [0, 'GUARD_REFUSED hasLines'],
    [1, 'PUBLISHED'],
  ])('a version of a rate card with %i lines: %s', (lineCount, outcome) => {
    expect(gridOf(rateCardVersionMachine, (status) => ({ status, lineCount }), all).DRAFT?.publish).toBe(outcome);
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
