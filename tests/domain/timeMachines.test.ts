import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { availableActions, step } from '#kernel/machine.ts';
import { type EntryStatus, type EntrySubject, entryMachine } from '#time/entry/machine.ts';
import { type ExpenseStatus, type ExpenseSubject, expenseMachine } from '#time/expense/machine.ts';
import { followEntries, type TimesheetStatus, type TimesheetSubject, timesheetMachine } from '#time/timesheet/machine.ts';
import { attempt, gridOf } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

/** Surroundings that stand against nothing. */
const free = {
  days: { from: '0001-01-01', to: '9999-12-31' },
  taskId: null,
  project: {
    ...{ customerId: 'c', engagementId: 'e', legalEntityId: null, name: 'Rollout', status: 'ACTIVE', billable: true },
    ...{ startDate: null, endDate: null, selfAssign: true, managerId: null as string | null },
  },
  task: undefined,
  employee: { name: 'Ada', weeklySeconds: 0, laborCategories: [], hiredOn: '0001-01-01', managerId: null as string | null, terminatedOn: null },
  assignments: [],
  work: [],
  totals: { day: 0n, week: 0n },
  today: '9999-12-01',
};
const owner = 'ada';
const entry = (status: string, more: Partial<EntrySubject> = {}): EntrySubject => ({
  ...free,
  ...{ status: status as EntryStatus, taken: null, laborCategoryId: null, postingStatus: 'NOT_POSTED', employeeId: owner, approverId: 'bob' },
  ...more,
});
const expense = (status: string, more: Partial<ExpenseSubject> = {}): ExpenseSubject => ({
  ...free,
  ...{
    status: status as ExpenseStatus,
    receiptTaken: false,
    taken: null,
    category: 'MEALS',
    amountMinor: 1_00n,
    currency: 'USD',
    receiptChecksum: null,
    employeeId: owner,
    approverId: 'bob',
  },
  ...more,
});
const sheet = (status: string, more: Partial<TimesheetSubject> = {}): TimesheetSubject => ({
  ...{ status: status as TimesheetStatus, chosen: ['DRAFT', 'SUBMITTED'], work: [], employeeId: owner, approverId: 'bob' },
  ...more,
});
const stepEntry = (action: keyof typeof entryMachine.actions, subject: EntrySubject, actor = allowed) =>
  attempt(() => step(entryMachine, { subject, action, actor }).status);
const stepExpense = (action: keyof typeof expenseMachine.actions, subject: ExpenseSubject) =>
  attempt(() => step(expenseMachine, { subject, action, actor: allowed }).status);

describe('the machine of an entry', () => {
  const march = { from: '2026-03-02', to: '2026-03-02' };
  const { project, employee } = free;
  const task = { projectId: 'p', name: 'Design', status: 'IN_PROGRESS', billable: true, startDate: null, endDate: null };
  const assignment = { projectId: 'p', taskId: null, from: '2026-03-01', to: '2026-03-31' };
  const periods = [{ name: 'March', from: '2026-03-01', to: '2026-03-31', status: 'CLOSED' }];
  test.each<[string, Partial<EntrySubject>]>([
    ['projectActive', { project: { ...project, status: 'ON_HOLD' } }],
    ['projectActive', { project: { ...project, status: 'COMPLETED' } }],
    ['withinProjectDates', { project: { ...project, startDate: '2026-03-03' } }],
    ['withinProjectDates', { project: { ...project, endDate: '2026-03-01' } }],
    ['taskOpen', { task: { ...task, status: 'DONE' } }],
    ['taskOpen', { task: { ...task, status: 'CANCELLED' } }],
    ['taskOpen', { task: { ...task, startDate: '2026-03-03' } }],
    ['assigned', { project: { ...project, selfAssign: false } }],
    ['assigned', { project: { ...project, selfAssign: false }, assignments: [{ ...assignment, from: '2026-03-03' }] }],
    ['assigned', { project: { ...project, selfAssign: false }, assignments: [{ ...assignment, taskId: 'other' }], taskId: 't' }],
    ['employedOnWorkDate', { employee: { ...employee, terminatedOn: '2026-03-01' } }],
    ['periodOpen', { work: [{ workDate: '2026-03-02', periods }] }],
    ['withinDailyLimit', { totals: { day: 24n * 3600n + 1n, week: 24n * 3600n + 1n } }],
    ['withinWeeklyLimit', { totals: { day: 0n, week: 168n * 3600n + 1n } }],
  ])('%s refuses an update', (guard, more) => {
    expect(stepEntry('update', entry('DRAFT', { days: march, ...more }))).toBe(`GUARD_REFUSED ${guard}`);
  });

  test.each<[string, Partial<EntrySubject>]>([
    ['inside the dates', { project: { ...project, startDate: '2026-03-02', endDate: '2026-03-02' } }],
    ['a week of which a day is inside', { days: { from: '2026-03-02', to: '2026-03-08' }, project: { ...project, startDate: '2026-03-08' } }],
    ['a task not started', { task: { ...task, status: 'NOT_STARTED', startDate: '2026-03-02', endDate: '2026-03-02' } }],
    ['assigned to the project', { project: { ...project, selfAssign: false }, assignments: [assignment] }],
    ['assigned to the task', { project: { ...project, selfAssign: false }, assignments: [{ ...assignment, taskId: 't' }], taskId: 't' }],
    ['assigned to a task, none named', { project: { ...project, selfAssign: false }, assignments: [{ ...assignment, taskId: 't' }] }],
    ['the last day', { employee: { ...employee, terminatedOn: '2026-03-02' } }],
    ['no period for the day', { work: [{ workDate: '2026-04-02', periods }] }],
    ['an open period', { work: [{ workDate: '2026-03-02', periods: [{ ...periods[0], status: 'OPEN' } as never] }] }],
    ['all of the day', { totals: { day: 24n * 3600n, week: 168n * 3600n } }],
  ])('allows %s', (_, more) => {
    expect(stepEntry('update', entry('DRAFT', { days: march, ...more }))).toBe('DRAFT');
  });

  test.each(['approve', 'reject'] as const)('nobody decides on their own: %s', (action) => {
    expect(stepEntry(action, entry('SUBMITTED', { approverId: owner }))).toBe('GUARD_REFUSED approverIsNotOwner');
    expect(stepEntry(action, entry('SUBMITTED'), { ...allowed, employeeId: owner })).toBe('GUARD_REFUSED approverIsNotOwner');
  });

  const day = { from: '2026-03-05', to: '2026-03-05' };
  const hired = { employee: { ...employee, hiredOn: '2026-03-06' } };
  const left = { employee: { ...employee, terminatedOn: '2026-03-04' } };
  test.each(['update', 'submit', 'approve'] as const)('work before the first day and after the last is refused: %s', (action) => {
    const state = action === 'approve' ? 'SUBMITTED' : 'DRAFT';
    expect(stepEntry(action, entry(state, { days: day, today: '2026-03-05', ...hired }))).toBe('GUARD_REFUSED employedOnWorkDate');
    expect(stepEntry(action, entry(state, { days: day, today: '2026-03-05', ...left }))).toBe('GUARD_REFUSED employedOnWorkDate');
    expect(stepExpense(action, expense(state, { days: day, today: '2026-03-05', ...hired }))).toBe('GUARD_REFUSED employedOnWorkDate');
    // A week of which a day is worked.
    const week = { from: '2026-03-02', to: '2026-03-08' };
    expect(stepEntry(action, entry(state, { days: week, today: '2026-03-05', ...hired }))).not.toContain('REFUSED');
    expect(stepEntry(action, entry(state, { days: week, today: '2026-03-05', ...left }))).not.toContain('REFUSED');
  });

  test.each([
    ['submit', '2026-03-08', 'SUBMITTED'],
    ['submit', '2026-03-09', 'GUARD_REFUSED notAheadOfWeek'],
    ['approve', '2026-03-06', 'APPROVED'],
    ['approve', '2026-03-07', 'GUARD_REFUSED notInFuture'],
  ] as const)('on 2026-03-05, %s %s: %s', (action, on, then) => {
    const subject = { days: { from: on, to: on }, today: '2026-03-05' };
    expect(stepEntry(action, entry(action === 'submit' ? 'DRAFT' : 'SUBMITTED', subject))).toBe(then);
    expect(stepExpense(action, expense(action === 'submit' ? 'DRAFT' : 'SUBMITTED', subject))).toBe(then);
  });

  test.each(['approve', 'reject', 'approveRecall', 'refuseRecall'] as const)('who decides has a reason to: %s', (action) => {
    const state = action.endsWith('Recall') ? 'RECALL_REQUESTED' : 'SUBMITTED';
    const peer = { ...allowed, permissions: ['time:*'] };
    const as = (approverId: string, manager: string | null, lead: string | null, actor: Actor = peer) =>
      stepEntry(action, entry(state, { approverId, employee: { ...employee, managerId: manager }, project: { ...project, managerId: lead } }), actor);
    expect(as('eve', 'bob', 'cleo')).toBe('GUARD_REFUSED approverHasReason');
    for (const done of [as('bob', 'bob', 'cleo'), as('cleo', 'bob', 'cleo'), as('eve', null, null), as('eve', 'bob', 'cleo', allowed)])
      expect(done).not.toContain('REFUSED');
  });

  test.each([['project'], ['days'], ['assignments'], ['employee'], ['work'], ['totals']])('a guard that misses its %s is a bug, never a yes', (what) => {
    expect(() => stepEntry('update', { ...entry('DRAFT'), project: { ...project, selfAssign: false }, assignments: [assignment], [what]: undefined })).toThrow(
      'a guard needs',
    );
  });

  test('what is billed, posted or has a category is guarded', () => {
    const taken = { invoiceId: 'i', number: null };
    expect(stepEntry('requestRecall', entry('APPROVED', { taken }))).toBe('GUARD_REFUSED notOnInvoice');
    expect(stepEntry('approveRecall', entry('RECALL_REQUESTED', { taken }))).toBe('GUARD_REFUSED notOnInvoice');
    expect(stepEntry('refuseRecall', entry('RECALL_REQUESTED', { taken }))).toBe('APPROVED');
    expect(stepEntry('approveRecall', entry('RECALL_REQUESTED', { approverId: owner }))).toBe('GUARD_REFUSED approverIsNotOwner');
    expect(stepEntry('assignLaborCategory', entry('APPROVED', { laborCategoryId: 'c' }))).toBe('GUARD_REFUSED laborCategoryMissing');
    expect(stepEntry('assignLaborCategory', entry('APPROVED', { postingStatus: 'POSTED' }))).toBe('GUARD_REFUSED notPosted');
    expect(stepEntry('assignLaborCategory', entry('APPROVED', { postingStatus: 'EXCEPTION' }))).toBe('APPROVED');
  });
});

describe('the machine of a timesheet', () => {
  const act = (action: keyof typeof timesheetMachine.actions, subject: TimesheetSubject) =>
    attempt(() => step(timesheetMachine, { subject, action, actor: allowed, parts: ['APPROVED', 'SUBMITTED'] }).status);

  test('names why not', () => {
    expect(act('submit', sheet('DRAFT', { chosen: [] }))).toBe('GUARD_REFUSED notEmpty');
    expect(act('submit', sheet('SUBMITTED', { chosen: ['SUBMITTED'] }))).toBe('GUARD_REFUSED hasDraftEntries');
    const periods = [{ name: 'March', from: '2026-03-01', to: '2026-03-31', status: 'LOCKED' }];
    expect(
      act(
        'submit',
        sheet('DRAFT', {
          work: [
            { workDate: '2026-03-01', periods },
            { workDate: '2026-03-02', periods },
          ],
        }),
      ),
    ).toBe('GUARD_REFUSED anyPeriodOpen');
    const open = { workDate: '2026-02-28', periods };
    expect(act('submit', sheet('DRAFT', { work: [open, { workDate: '2026-03-02', periods }] }))).not.toContain('REFUSED');
    for (const action of ['approve', 'reject'] as const) {
      expect(act(action, sheet('SUBMITTED', { chosen: ['DRAFT', 'APPROVED'] }))).toBe('GUARD_REFUSED hasSubmittedEntries');
      expect(act(action, sheet('SUBMITTED', { approverId: owner }))).toBe('GUARD_REFUSED approverIsNotOwner');
    }
  });

  test.each<[TimesheetStatus, EntryStatus[]]>([
    ['DRAFT', []],
    ['DRAFT', ['DRAFT', 'REJECTED']],
    ['SUBMITTED', ['SUBMITTED', 'REJECTED', 'DRAFT']],
    ['REJECTED', ['REJECTED', 'REJECTED']],
    ['APPROVED', ['APPROVED', 'RECALL_REQUESTED']],
    ['PARTLY_APPROVED', ['APPROVED', 'DRAFT']],
    ['PARTLY_APPROVED', ['RECALL_REQUESTED', 'REJECTED']],
  ])('is %s for %j', (status, entries) => expect(followEntries(entries)).toBe(status));

  test('follows its entries whatever their order', () => {
    const entries = fc.array(fc.constantFrom<EntryStatus>('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'RECALL_REQUESTED'), { maxLength: 8 });
    fc.assert(
      fc.property(entries, (statuses) => {
        const followed = followEntries(statuses);
        expect(followEntries([...statuses].reverse())).toBe(followed);
        expect(followEntries([...statuses, ...statuses])).toBe(followed);
        if (statuses.includes('DRAFT')) expect(['DRAFT', 'SUBMITTED', 'PARTLY_APPROVED']).toContain(followed);
      }),
    );
  });
});

describe('the machine of an expense', () => {
  test.each<[string, keyof typeof expenseMachine.actions, Partial<ExpenseSubject>]>([
    ['GUARD_REFUSED receiptIsNew', 'update', { receiptTaken: true }],
    ['GUARD_REFUSED withinCategoryLimit', 'update', { amountMinor: 1_000_01n }],
    ['DRAFT', 'update', { amountMinor: 1_000_00n }],
    ['DRAFT', 'update', { amountMinor: 900_000_00n, currency: 'JPY' }],
    ['SUBMITTED', 'submit', { amountMinor: 75_00n }],
    ['GUARD_REFUSED receiptOverLimit', 'submit', { amountMinor: 75_01n }],
    ['SUBMITTED', 'submit', { amountMinor: 75_01n, receiptChecksum: 'x' }],
    ['GUARD_REFUSED receiptOverLimit', 'submit', { amountMinor: 1n, currency: 'JPY' }],
    ['GUARD_REFUSED approverIsNotOwner', 'approve', { status: 'SUBMITTED', approverId: owner }],
    ['GUARD_REFUSED approverIsNotOwner', 'reject', { status: 'SUBMITTED', approverId: owner }],
  ])('%s: %s of %o', (expected, action, more) => expect(stepExpense(action, expense('DRAFT', more))).toBe(expected));
});

test('without the permission every action is forbidden, and offered with that reason', () => {
  const reader = { ...allowed, permissions: ['time:read'], employeeId: entry('DRAFT').employeeId };
  for (const rows of [gridOf(entryMachine, entry, reader), gridOf(expenseMachine, expense, reader), gridOf(timesheetMachine, sheet, reader)]) {
    expect(new Set(Object.values(rows).flatMap((row) => Object.values(row)))).toEqual(new Set(['FORBIDDEN']));
  }
  expect(availableActions(entryMachine, entry('REJECTED'), reader)).toEqual([
    { name: 'revise', mutation: 'reviseTimeEntry', refusals: ['permission: time:write is needed.'] },
  ]);
});
