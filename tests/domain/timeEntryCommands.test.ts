import { describe, expect, test } from 'vitest';
import {
  approveTimeEntry,
  approveTimeEntryRecall,
  assignLaborCategory,
  deleteTimeEntry,
  recallTimeEntry,
  recordTimeEntries,
  refuseTimeEntryRecall,
  rejectTimeEntry,
  requestTimeEntryRecall,
  reviseTimeEntry,
} from '#time/entry/commands.ts';
import type { EntryStatus } from '#time/entry/machine.ts';
import { daysIn, placeOf } from '#time/entry/placement.ts';
import { type Recording, totalsOf } from '#time/entry/record.ts';
import { isSame, wantedFrom, wantedOf } from '#time/entry/wanted.ts';
import { isoWeek } from '#time/guards.ts';
import type { TimesheetEntryRow } from '#time/tables.ts';
import type { LoadedTimesheets } from '#time/timesheet/load.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';
import { anEmployee, aProject } from '../support/siblings.ts';

const [ada, bob, sheetId, alpha, project, books] = [id(1), id(2), id(3), id(11), id(41), id(21)];
const context = contextOf();

const entry = (status: EntryStatus, more: Partial<TimesheetEntryRow> = {}): TimesheetEntryRow => ({
  ...{ ...stamp, id: id(101), timesheetId: sheetId, employeeId: ada, customerId: alpha, engagementId: id(31), projectId: project, taskId: null },
  ...{ legalEntityId: books, workDate: '2026-03-02', notes: null, billable: true, span: 'DAY', seconds: 3600n, laborCategoryId: null },
  ...{ laborCategorySource: 'EMPLOYEE', status, recallReason: null, submittedAt: null, approvedAt: null, approvedBy: null, approvedVersion: null },
  ...{ rejectionReason: null, postingStatus: 'NOT_POSTED', postedAt: null, billedAt: null },
  ...more,
});

const sheet = (...entries: TimesheetEntryRow[]): LoadedTimesheets =>
  new Map([
    [
      sheetId,
      {
        row: { ...stamp, id: sheetId, employeeId: ada, startDate: '2026-03-02', endDate: '2026-03-08', status: 'DRAFT', submittedAt: null },
        entries: new Map(entries.map((each) => [each.id, each])),
      },
    ],
  ]);

const loaded = (...entries: TimesheetEntryRow[]) => ({
  timesheets: sheet(...entries),
  approvers: new Set([ada, bob]),
  standings: new Map<string, { taken: { invoiceId: string; number: string | null } | null }>(),
  around: { employees: new Map([[ada, anEmployee()]]), projects: new Map([[project, aProject()]]), calendars: new Map() },
});
const onInvoice = (number: string | null) => new Map([[id(101), { taken: { invoiceId: id(90), number } }]]);
const asked = { id: id(101) };
const decided = { ...asked, approverId: bob };

describe('an action on an entry', () => {
  test.each([
    ['recall', recallTimeEntry, entry('SUBMITTED'), asked, ['TimesheetEntry DRAFT v2', 'Timesheet DRAFT v2', '+ TimeEntryRecalled']],
    ['revise', reviseTimeEntry, entry('REJECTED'), asked, ['TimesheetEntry DRAFT v2', 'Timesheet DRAFT v2']],
    ['approve', approveTimeEntry, entry('SUBMITTED'), decided, ['TimesheetEntry APPROVED v2', 'Timesheet APPROVED v2', '+ TimesheetApproved']],
    [
      'reject',
      rejectTimeEntry,
      entry('SUBMITTED'),
      { ...decided, reason: 'No' },
      ['TimesheetEntry REJECTED v2', 'Timesheet REJECTED v2', '+ TimesheetRejected'],
    ],
    [
      'request a recall',
      requestTimeEntryRecall,
      entry('APPROVED'),
      { ...asked, reason: 'Oops' },
      ['TimesheetEntry RECALL_REQUESTED v2', 'Timesheet APPROVED v2', 'time holds TimesheetEntry up to v1'],
    ],
    [
      'grant a recall',
      approveTimeEntryRecall,
      entry('RECALL_REQUESTED', { approvedVersion: 3 }),
      decided,
      ['TimesheetEntry DRAFT v2', 'Timesheet DRAFT v2', 'time holds TimesheetEntry up to v3', '+ TimeEntryRecalled'],
    ],
    [
      'refuse a recall',
      refuseTimeEntryRecall,
      entry('RECALL_REQUESTED', { approvedVersion: 3 }),
      decided,
      ['TimesheetEntry APPROVED v2', 'Timesheet APPROVED v2', 'time holds TimesheetEntry up to v2'],
    ],
    ['delete', deleteTimeEntry, entry('DRAFT'), asked, ['- TimesheetEntry', 'Timesheet DRAFT v2']],
    ['delete what was submitted', deleteTimeEntry, entry('SUBMITTED'), asked, 'INVALID_TRANSITION status'],
    ['approve a draft', approveTimeEntry, entry('DRAFT'), decided, 'INVALID_TRANSITION status'],
    ['approve one’s own', approveTimeEntry, entry('SUBMITTED'), { ...asked, approverId: ada }, 'GUARD_REFUSED approverIsNotOwner'],
    ['reject without a reason', rejectTimeEntry, entry('SUBMITTED'), { ...decided, reason: '' }, 'VALIDATION_FAILED reason'],
    ['an old version', recallTimeEntry, entry('SUBMITTED'), { ...asked, expectedVersion: 7 }, 'STALE_VERSION expectedVersion'],
    ['one that is not there', recallTimeEntry, entry('SUBMITTED'), { id: id(9) }, 'NOT_FOUND id'],
  ])('%s', (_, command, row, item, then) => {
    expect(outcomeOf(() => command.decide(loaded(row) as never, item as never, context))).toEqual(then);
  });

  test.each([
    ['recall', recallTimeEntry, 'SUBMITTED'],
    ['request a recall', requestTimeEntryRecall, 'APPROVED'],
    ['grant a recall', approveTimeEntryRecall, 'RECALL_REQUESTED'],
  ] as const)('%s is refused for what stands on an invoice, which is named', (_, command, status) => {
    const refusal = (number: string | null) => () =>
      command.decide({ ...loaded(entry(status)), standings: onInvoice(number) }, { ...decided, reason: 'x' }, context);
    expect(refusal('NL-2026-7')).toThrow('It is billed on the invoice NL-2026-7. Credit the invoice first.');
    expect(refusal(null)).toThrow(`It stands on the draft invoice ${id(90)}. Cancel the invoice first.`);
  });

  test('what was approved once is not deleted', () => {
    const standings = new Map([[id(101), { taken: null }]]);
    expect(outcomeOf(() => deleteTimeEntry.decide({ ...loaded(entry('DRAFT')), standings }, asked, context))).toBe('GUARD_REFUSED neverApproved');
  });

  test('recalled time says which actuals are void, and begins anew', () => {
    const row = entry('RECALL_REQUESTED', { approvedVersion: 3, version: 5, approvedBy: bob, postingStatus: 'POSTED', recallReason: 'Oops' });
    const decision = approveTimeEntryRecall.decide(loaded(row), decided, context);
    expect(statedBy(decision)).toMatchObject([{ timeEntryId: row.id, entryVersion: 3, wasApproved: true, wasPosted: true, hours: '1.00' }]);
    expect(writtenBy(decision)[0]).toMatchObject({ approvedBy: null, approvedVersion: null, postingStatus: 'NOT_POSTED', recallReason: null, version: 6 });
  });

  test('the timesheet is complete when its last entry is approved', () => {
    const complete = (other: EntryStatus) =>
      statedBy(approveTimeEntry.decide(loaded(entry('SUBMITTED'), entry(other, { id: id(102) })), decided, context)).map(
        (each) => (each as { complete: boolean }).complete,
      );
    expect([complete('APPROVED'), complete('SUBMITTED')]).toEqual([[true], [false]]);
  });

  test('a category is assigned to approved time that has none and is not posted', () => {
    const category = { categories: new Set([id(61)]), touched: new Set<string>() };
    const assign = (row: TimesheetEntryRow, laborCategoryId = id(61)) =>
      outcomeOf(() => assignLaborCategory.decide({ timesheets: sheet(row), ...category }, { id: row.id, laborCategoryId }, context));
    expect(assign(entry('APPROVED'))).toEqual(['TimesheetEntry APPROVED v2', '+ LaborCategoryAssigned']);
    expect(assign(entry('APPROVED', { laborCategoryId: id(62) }))).toBe('GUARD_REFUSED laborCategoryMissing');
    expect(assign(entry('APPROVED', { postingStatus: 'POSTED' }))).toBe('GUARD_REFUSED notPosted');
    expect(assign(entry('APPROVED'), id(9))).toBe('NOT_FOUND laborCategoryId');
    expect(assign(entry('DRAFT'))).toBe('INVALID_TRANSITION status');
  });
});

describe('where time goes', () => {
  const time = { employeeId: ada, workDate: '2026-03-04', span: 'DAY' as const };
  const place = (more: object) => placeOf(sheet(), { ...time, ...more });

  test('into the timesheet that covers it, else into a week of its own', () => {
    expect(place({}).sheet?.row.id).toBe(sheetId);
    expect(place({ workDate: '2026-03-11' }).opens).toEqual({ from: '2026-03-09', to: '2026-03-15' });
    expect(place({ employeeId: bob }).opens).toEqual({ from: '2026-03-02', to: '2026-03-08' });
  });

  test.each([
    ['a timesheet that is not there', { timesheetId: id(9) }, 'NOT_FOUND'],
    ['another person’s', { timesheetId: sheetId, employeeId: bob }, 'VALIDATION_FAILED'],
    ['another week’s', { timesheetId: sheetId, workDate: '2026-03-09' }, 'VALIDATION_FAILED'],
  ])('not into %s', (_, more, code) => expect(() => place(more)).toThrow(expect.objectContaining({ code })));

  test('not beside a timesheet of odd days', () => {
    const odd: LoadedTimesheets = new Map([[sheetId, { row: { ...[...sheet().values()][0]?.row, endDate: '2026-03-03' } as never, entries: new Map() }]]);
    expect(() => placeOf(odd, time)).toThrow(expect.objectContaining({ guard: 'periodsDoNotOverlap' }));
  });

  test('a weekly total covers the timesheet’s days', () => {
    const wanted = { ...time, span: 'WEEK' as const };
    expect(daysIn(placeOf(sheet(), wanted), wanted)).toEqual({ from: '2026-03-02', to: '2026-03-08' });
    expect(daysIn(placeOf(sheet(), time), time)).toEqual({ from: '2026-03-04', to: '2026-03-04' });
    expect(isoWeek('2026-03-08')).toEqual({ from: '2026-03-02', to: '2026-03-08' });
  });

  test('counts with what is there, but not with itself', () => {
    const [held] = sheet(
      entry('DRAFT'),
      entry('DRAFT', { id: id(102), workDate: '2026-03-03' }),
      entry('DRAFT', { id: id(103), span: 'WEEK', seconds: 7n }),
    ).values();
    const wanted = { span: 'DAY', seconds: 60n, workDate: '2026-03-02' } as const;
    expect(totalsOf(held, wanted, undefined)).toEqual({ day: 3660n, week: 7267n });
    expect(totalsOf(held, wanted, id(101))).toEqual({ day: 60n, week: 3667n });
    expect(totalsOf(held, { ...wanted, span: 'WEEK' }, undefined)).toEqual({ day: 0n, week: 7267n });
    expect(totalsOf(undefined, wanted, undefined)).toEqual({ day: 60n, week: 60n });
  });
});

describe('recording time', () => {
  const item = { employeeId: ada, projectId: project, workDate: '2026-03-02', hours: '1.5' };
  const engaged = {
    ...{ customerId: alpha, engagementId: id(31), contractId: null, legalEntityId: books, name: 'Rollout', status: 'ACTIVE', billable: true },
    ...{ startDate: null, endDate: null, selfAssign: true, managerId: null },
  };
  const employed = {
    name: 'Ada',
    weeklySeconds: '144000',
    laborCategories: [{ laborCategoryId: id(61), effectiveFrom: '2026-01-01' }],
    hiredOn: null,
    terminatedOn: null,
  };
  const recording = (
    items: readonly object[],
    more: { timesheets?: LoadedTimesheets; projects?: object; entryIds?: Map<string, string> } = {},
  ): Recording<never> =>
    ({
      wanted: new Map(items.map((each) => [each, wantedOf(each as never)])),
      work: {
        employees: new Map([[ada, employed]]),
        projects: new Map([[project, { ...engaged, ...more.projects }]]),
        tasks: new Map([[id(71), { projectId: project, name: 'Design', status: 'IN_PROGRESS', billable: false, startDate: null, endDate: null }]]),
        assignments: new Map(),
        calendars: new Map(),
      },
      laborCategories: new Set([id(62)]),
      timesheets: more.timesheets ?? sheet(),
      entryIds: more.entryIds ?? new Map(),
      standings: new Map(),
      touched: new Set(),
    }) as never;
  const record = (given: object, more = {}, by = context) => outcomeOf(() => recordTimeEntries.decide(recording([given], more), given as never, by));

  test.each([
    ['adds a draft', item, {}, ['new TimesheetEntry DRAFT v1']],
    ['opens the week that is missing', { ...item, workDate: '2026-03-10' }, {}, ['new Timesheet DRAFT v1', 'new TimesheetEntry DRAFT v1']],
    ['brings its reference', { ...item, externalRef: { system: 'psa', externalId: '1' } }, {}, ['new TimesheetEntry DRAFT v1', '= TimesheetEntry psa 1']],
    ['needs a project that runs', item, { projects: { status: 'ON_HOLD' } }, 'GUARD_REFUSED projectActive'],
    ['needs its dates', item, { projects: { endDate: '2026-03-01' } }, 'GUARD_REFUSED withinProjectDates'],
    ['needs an assignment', item, { projects: { selfAssign: false } }, 'GUARD_REFUSED assigned'],
    ['needs the person', { ...item, employeeId: bob }, {}, 'NOT_FOUND employeeId'],
    ['needs the project', { ...item, projectId: id(9) }, {}, 'NOT_FOUND projectId'],
    ['needs the task', { ...item, taskId: id(9) }, {}, 'NOT_FOUND taskId'],
    ['knows the category', { ...item, laborCategoryId: id(9) }, {}, 'NOT_FOUND laborCategoryId'],
    ['keeps a day to its hours', { ...item, hours: '24.5' }, {}, 'GUARD_REFUSED withinDailyLimit'],
  ])('%s', (_, given, more, then) => expect(record(given, more)).toEqual(then));

  test('knows what it recorded before, and changes it only when it says something else', () => {
    const row = entry('DRAFT', { seconds: 5400n, laborCategoryId: id(61) });
    const known = { timesheets: sheet(row), entryIds: new Map([['psa 1', row.id]]) };
    const again = { ...item, externalRef: { system: 'psa', externalId: '1' } };
    expect(record(again, known)).toEqual([]);
    expect(record({ ...again, hours: '2' }, known)).toEqual(['TimesheetEntry DRAFT v2']);
    expect(record({ ...again, hours: '2' }, { ...known, timesheets: sheet(entry('SUBMITTED')) })).toBe('INVALID_TRANSITION status');
  });

  test('takes category and billing from what it belongs to unless it says', () => {
    const written = (given: object) => {
      const whole = { ...item, ...given };
      return writtenBy(recordTimeEntries.decide(recording([whole]), whole as never, context))[0];
    };
    expect(written({})).toMatchObject({ laborCategoryId: id(61), billable: true, seconds: 5400n, customerId: alpha, legalEntityId: books });
    expect(written({ taskId: id(71) })).toMatchObject({ billable: false, taskId: id(71) });
    expect(written({ taskId: id(71), billable: true })).toMatchObject({ billable: true });
    expect(written({ laborCategoryId: id(62) })).toMatchObject({ laborCategoryId: id(62) });
    expect(written({ laborCategorySource: 'ENTRY' })).toMatchObject({ laborCategoryId: null });
  });

  test('two of one missing week share it, and it follows nothing at the end', () => {
    const items = [item, { ...item }].map((each) => ({ ...each, workDate: '2026-03-10' }));
    const state = recording(items, { timesheets: new Map() });
    const decisions = items.map((each) => {
      const decision = recordTimeEntries.decide(state, each as never, context);
      recordTimeEntries.absorb?.(state, decision, each as never);
      return decision;
    });
    expect(decisions.map(({ effects }) => effects.length)).toEqual([2, 1]);
    expect(recordTimeEntries.conclude?.(state, context)).toEqual([]);
  });

  test('a timesheet that was there follows once, however many entries came', () => {
    const items = [item, { ...item }, { ...item }];
    const state = recording(items);
    for (const each of items) recordTimeEntries.absorb?.(state, recordTimeEntries.decide(state, each as never, context), each as never);
    expect(recordTimeEntries.conclude?.(state, context)).toMatchObject([{ does: 'update', row: { id: sheetId, version: 2, status: 'DRAFT' } }]);
  });

  test('an employee records their own time only', () => {
    expect(record(item, {}, contextOf(['time:write'], { employeeId: bob }))).toBe('GUARD_REFUSED ownTime');
    expect(record(item, {}, contextOf(['time:write'], { employeeId: ada }))).toEqual(['new TimesheetEntry DRAFT v1']);
    expect(record(item, {}, contextOf(['*'], { customerIds: [id(12)] }))).toBe('NOT_FOUND projectId');
  });

  test.each([
    ['no hours', { hours: '0' }],
    ['hours below none', { hours: '-1' }],
    ['parts of a second', { hours: '0.0001' }],
  ])('reads no item with %s', (_, given) => expect(() => wantedOf({ ...item, ...given })).toThrow(expect.objectContaining({ field: 'hours' })));
});

describe('what an update wants', () => {
  const row = entry('DRAFT', { taskId: id(71), notes: 'Draft' });
  test.each([
    ['stays as it was', {}, { taskId: id(71), seconds: 3600n, notes: 'Draft', span: 'DAY' }],
    ['moves to another project without its task', { projectId: id(42) }, { projectId: id(42), taskId: null }],
    ['keeps its task in the same project', { projectId: project }, { taskId: id(71) }],
    ['clears what is null', { notes: null, taskId: null }, { notes: null, taskId: null }],
    ['takes other hours', { hours: '2' }, { seconds: 7200n }],
  ])('%s', (_, input, then) => expect(wantedFrom(row, { id: row.id, ...input })).toMatchObject(then));

  test('is the same when it says nothing else', () => {
    expect(isSame(row, wantedFrom(row, { id: row.id }))).toBe(true);
    expect(isSame(row, wantedFrom(row, { id: row.id, hours: '2' }))).toBe(false);
  });
});
