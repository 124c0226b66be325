import { describe, expect, test } from 'vitest';
import { absorbRows } from '#kernel/draft.ts';
import type { Around } from '#time/around.ts';
import { timeEntry } from '#time/entities.ts';
import type { EntryStatus } from '#time/entry/machine.ts';
import type { TimesheetEntryRow, TimesheetRow } from '#time/tables.ts';
import { approveTimesheets, createTimesheets, rejectTimesheets, submitTimesheets } from '#time/timesheet/commands.ts';
import type { LoadedTimesheets } from '#time/timesheet/load.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';
import { anEmployee, aProject } from '../support/siblings.ts';

const [ada, bob, sheetId, alpha, beta, books] = [id(1), id(2), id(3), id(11), id(12), id(21)];
const context = contextOf();

const entry = (n: number, status: EntryStatus, more: Partial<TimesheetEntryRow> = {}): TimesheetEntryRow => ({
  ...{ ...stamp, id: id(100 + n), timesheetId: sheetId, employeeId: ada, customerId: alpha, engagementId: id(31), projectId: id(41), taskId: null },
  ...{ legalEntityId: books, workDate: '2026-03-02', notes: null, billable: true, span: 'DAY', seconds: 3600n, laborCategoryId: null },
  ...{ laborCategorySource: 'EMPLOYEE', status, recallReason: null, submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null },
  ...{ rejectionReason: null, postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null },
  ...more,
});

const sheet = (status: TimesheetRow['status'], ...entries: TimesheetEntryRow[]): LoadedTimesheets =>
  new Map([
    [
      sheetId,
      {
        row: { ...stamp, id: sheetId, employeeId: ada, startDate: '2026-03-02', endDate: '2026-03-08', status, submittedAt: null },
        entries: new Map(entries.map((each) => [each.id, each])),
      },
    ],
  ]);

const around = (status = 'OPEN'): Around => ({
  employees: new Map([[ada, anEmployee({ laborCategories: [{ laborCategoryId: id(61), effectiveFrom: '2026-03-03' }] })]]),
  projects: new Map([id(41), id(42)].map((each) => [each, aProject()])),
  calendars: new Map([[books, { periods: [{ id: id(51), name: 'March', from: '2026-03-01', to: '2026-03-31', status }] }]]),
});

describe('submitting a timesheet', () => {
  const submit = (timesheets: LoadedTimesheets, { item = {}, status = 'OPEN', by = context } = {}) =>
    outcomeOf(() => submitTimesheets.decide({ timesheets, around: around(status) }, { id: sheetId, ...item }, by));

  test.each([
    [
      'moves its drafts and follows them',
      sheet('DRAFT', entry(1, 'DRAFT'), entry(2, 'DRAFT')),
      ['TimesheetEntry SUBMITTED v2', 'TimesheetEntry SUBMITTED v2', 'Timesheet SUBMITTED v2', '+ TimesheetSubmitted'],
    ],
    [
      'leaves what was decided',
      sheet('PARTLY_APPROVED', entry(1, 'APPROVED'), entry(2, 'DRAFT')),
      ['TimesheetEntry SUBMITTED v2', 'Timesheet PARTLY_APPROVED v2', '+ TimesheetSubmitted'],
    ],
    ['needs entries', sheet('DRAFT'), 'GUARD_REFUSED notEmpty'],
    ['needs drafts', sheet('SUBMITTED', entry(1, 'SUBMITTED')), 'GUARD_REFUSED hasDraftEntries'],
    ['is not for what is all approved', sheet('APPROVED', entry(1, 'APPROVED')), 'INVALID_TRANSITION status'],
  ])('%s', (_, timesheets, then) => expect(submit(timesheets)).toEqual(then));

  test('asks the entries’ own machine too: a closed month refuses', () => {
    expect(submit(sheet('DRAFT', entry(1, 'DRAFT')), { status: 'CLOSED' })).toBe('GUARD_REFUSED anyPeriodOpen');
  });

  test('of a week over a closed month moves the open days, and leaves the rest', () => {
    const timesheets = sheet('DRAFT', entry(1, 'DRAFT'), entry(2, 'DRAFT', { workDate: '2026-02-28' }));
    const decision = submitTimesheets.decide({ timesheets, around: around('CLOSED') }, { id: sheetId }, context);
    expect(statedBy(decision)).toMatchObject([{ entryIds: [id(102)] }]);
  });

  test('takes the labor category that the employee now has on the day, unless the entry says its own', () => {
    const own = { workDate: '2026-03-03', laborCategoryId: id(62) };
    const timesheets = sheet(
      'DRAFT',
      entry(1, 'DRAFT', own),
      entry(2, 'DRAFT', { ...own, laborCategorySource: 'ENTRY' }),
      entry(3, 'DRAFT', { ...own, workDate: '2026-03-02' }),
    );
    const decision = submitTimesheets.decide({ timesheets, around: around() }, { id: sheetId }, context);
    expect(
      writtenBy(decision)
        .slice(0, 3)
        .map((row) => row.laborCategoryId),
    ).toEqual([id(61), id(62), id(62)]);
  });

  test.each([
    ['a version that somebody else changed', { expectedVersion: 4 }, 'STALE_VERSION expectedVersion'],
    ['an id that is none', { id: 'nonsense' }, 'NOT_FOUND id'],
  ])('refuses %s', (_, item, then) => expect(submit(sheet('DRAFT', entry(1, 'DRAFT')), { item })).toBe(then));

  test('is for its owner, or for who may act for others', () => {
    const timesheets = sheet('DRAFT', entry(1, 'DRAFT'));
    expect(submit(timesheets, { by: contextOf(['time:submit'], { employeeId: bob }) })).toBe('GUARD_REFUSED ownTime');
    expect(submit(timesheets, { by: contextOf(['time:submit'], { employeeId: ada }) })).toHaveLength(3);
    expect(submit(timesheets, { by: contextOf(['time:submit', 'time:delegate'], { employeeId: bob }) })).toHaveLength(3);
    expect(submit(timesheets, { by: contextOf([], { employeeId: ada }) })).toBe('FORBIDDEN');
  });

  test('says when, and which hours', () => {
    const decision = submitTimesheets.decide(
      { timesheets: sheet('DRAFT', entry(1, 'DRAFT'), entry(2, 'DRAFT', { seconds: 1800n })), around: around() },
      { id: sheetId },
      context,
    );
    expect(writtenBy(decision).map((row) => row.submittedAt)).toEqual([context.now, context.now, context.now]);
    expect(statedBy(decision)).toMatchObject([{ timesheetId: sheetId, entryIds: [id(101), id(102)], hours: '1.50' }]);
  });

  test('of one customer shows a confined actor that customer’s entries only', () => {
    const timesheets = sheet('DRAFT', entry(1, 'DRAFT'), entry(2, 'DRAFT', { customerId: beta }));
    expect(submit(timesheets, { by: contextOf(['*'], { customerIds: [beta] }) })).toEqual([
      'TimesheetEntry SUBMITTED v2',
      'Timesheet SUBMITTED v2',
      '+ TimesheetSubmitted',
    ]);
    expect(submit(timesheets, { by: contextOf(['*'], { customerIds: [id(13)] }) })).toBe('NOT_FOUND id');
  });
});

describe.each([
  ['approving', approveTimesheets, 'APPROVED', 'TimesheetApproved', {}],
  ['rejecting', rejectTimesheets, 'REJECTED', 'TimesheetRejected', { reason: 'Wrong project' }],
] as const)('%s a timesheet', (_, command, status, fact, more) => {
  const decide = (timesheets: LoadedTimesheets, { item = {}, by = context } = {}) =>
    outcomeOf(() =>
      command.decide({ timesheets, approvers: new Set([ada, bob]), around: around() }, { id: sheetId, approverId: bob, ...more, ...item } as never, by),
    );
  const submitted = () => sheet('SUBMITTED', entry(1, 'SUBMITTED'), entry(2, 'SUBMITTED', { projectId: id(42) }));

  test('moves what was submitted, and follows', () => {
    expect(decide(submitted())).toEqual([`TimesheetEntry ${status} v2`, `TimesheetEntry ${status} v2`, `Timesheet ${status} v2`, `+ ${fact}`]);
  });

  test('of one project leaves the others', () => {
    const followed = status === 'APPROVED' ? 'PARTLY_APPROVED' : 'SUBMITTED';
    expect(decide(submitted(), { item: { projectIds: [id(42)] } })).toEqual([`TimesheetEntry ${status} v2`, `Timesheet ${followed} v2`, `+ ${fact}`]);
  });

  test.each([
    ['the owner', { approverId: ada }, 'GUARD_REFUSED approverIsNotOwner'],
    ['nobody that is known', { approverId: id(9) }, 'NOT_FOUND approverId'],
    ['nobody at all', { approverId: null }, 'VALIDATION_FAILED approverId'],
    ['a project without submitted time', { projectIds: [id(43)] }, 'GUARD_REFUSED hasSubmittedEntries'],
  ])('refuses %s', (_name, item, then) => expect(decide(submitted(), { item })).toBe(then));

  test('a person decides in their own name', () => {
    const item = { approverId: undefined };
    expect(decide(submitted(), { item, by: contextOf(['time:approve'], { employeeId: bob }) })).toHaveLength(4);
    expect(decide(submitted(), { item, by: contextOf(['time:approve'], { employeeId: ada }) })).toBe('GUARD_REFUSED approverIsNotOwner');
    expect(decide(submitted(), { item: { approverId: ada }, by: contextOf(['time:approve'], { employeeId: bob }) })).toBe('FORBIDDEN approverId');
  });

  test('twice in a call decides once', () => {
    const loaded = { timesheets: submitted(), approvers: new Set([bob]), around: around() };
    const item = { id: sheetId, approverId: bob, ...more } as never;
    command.absorb?.(loaded, command.decide(loaded, item, context), item);
    expect(outcomeOf(() => command.decide(loaded, item, context))).toMatch(/INVALID_TRANSITION|hasSubmittedEntries/);
  });
});

test('an approval names its approver and the version that actuals refer to', () => {
  const loaded = {
    timesheets: sheet('SUBMITTED', entry(1, 'SUBMITTED', { version: 6, rejectionReason: 'before' })),
    approvers: new Set([bob]),
    around: around(),
  };
  const [row] = writtenBy(approveTimesheets.decide(loaded, { id: sheetId, approverId: bob }, context));
  expect(row).toMatchObject({ approvedBy: bob, approvedAt: context.now, approvedVersion: 7, version: 7, rejectionReason: null });
});

test('a rejection needs a reason', () => {
  const loaded = { timesheets: sheet('SUBMITTED', entry(1, 'SUBMITTED')), approvers: new Set([bob]), around: around() };
  expect(outcomeOf(() => rejectTimesheets.decide(loaded, { id: sheetId, approverId: bob, reason: ' ' }, context))).toBe('VALIDATION_FAILED reason');
});

describe('opening timesheets', () => {
  const week = { employeeId: ada, startDate: '2026-03-02', endDate: '2026-03-08' };
  const row: TimesheetRow = { ...stamp, id: sheetId, ...week, status: 'DRAFT', submittedAt: null };
  const loaded = () => ({ employees: new Set([ada]), byRef: new Map([['psa 1', row]]), periods: new Map([[ada, [row]]]) });
  const ref = (externalId: string) => ({ externalRef: { system: 'psa', externalId } });
  const later = { startDate: '2026-03-09', endDate: '2026-03-15' };

  test.each([
    ['opens what is not there', later, ['new Timesheet DRAFT v1']],
    ['gives back what is there', {}, []],
    ['links what is there', ref('7'), ['= Timesheet psa 7']],
    ['opens and links', { ...later, ...ref('8') }, ['new Timesheet DRAFT v1', '= Timesheet psa 8']],
    ['finds by reference', ref('1'), []],
    ['keeps a reference with its week', { ...later, ...ref('1') }, 'DUPLICATE_EXTERNAL_REF externalRef'],
    ['refuses weeks that overlap', { startDate: '2026-03-08', endDate: '2026-03-10' }, 'GUARD_REFUSED periodsDoNotOverlap'],
    ['refuses eight days', { startDate: '2026-03-09', endDate: '2026-03-16' }, 'VALIDATION_FAILED endDate'],
    ['refuses days that run backwards', { startDate: '2026-03-15', endDate: '2026-03-09' }, 'VALIDATION_FAILED endDate'],
    ['refuses a stranger', { ...later, employeeId: bob }, 'NOT_FOUND employeeId'],
    ['refuses a blank reference', { ...later, externalRef: { system: ' ', externalId: '1' } }, 'VALIDATION_FAILED externalRef.system'],
  ])('%s', (_, item, then) => expect(outcomeOf(() => createTimesheets.decide(loaded(), { ...week, ...item }, context))).toEqual(then));

  test('an employee opens only their own', () => {
    expect(outcomeOf(() => createTimesheets.decide(loaded(), { ...week, ...later }, contextOf(['timesheet:write'], { employeeId: bob })))).toBe(
      'GUARD_REFUSED ownTime',
    );
  });

  test('the same week twice in a call is one timesheet', () => {
    const state = loaded();
    const item = { ...week, ...later, ...ref('9') };
    const first = createTimesheets.decide(state, item, context);
    createTimesheets.absorb?.(state, first, item);
    const second = createTimesheets.decide(state, item, context);
    expect([second.id, second.effects]).toEqual([first.id, []]);
  });
});

test('rows of a decision are seen by the next', () => {
  const rows = new Map([[id(101), entry(1, 'DRAFT')]]);
  const decision = submitTimesheets.decide({ timesheets: sheet('DRAFT', entry(1, 'DRAFT')), around: around() }, { id: sheetId }, context);
  absorbRows(rows, decision, timeEntry);
  expect(rows.get(id(101))).toMatchObject({ status: 'SUBMITTED', version: 2 });
});
