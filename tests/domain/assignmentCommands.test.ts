import { describe, expect, test } from 'vitest';
import { assignmentAction, createAssignment, endAssignment, updateAssignment } from '#resources/assignment/commands.ts';
import type { LoadedAssignments } from '#resources/assignment/load.ts';
import { upsertAssignments } from '#resources/assignment/upsert.ts';
import type { AssignmentRow, EmployeeRow } from '#resources/tables.ts';
import { contextOf, id, outcomeOf, stamp, writtenBy } from '../support/decide.ts';

const hour = 3600n;
const context = contextOf(['assignment:write']);
const ada: EmployeeRow = {
  ...stamp,
  id: id(1),
  personId: id(2),
  name: 'Ada',
  title: null,
  subcontractorId: null,
  workEmail: null,
  workerType: 'EMPLOYEE',
  status: 'ACTIVE',
  hiredOn: '2025-01-01',
  terminatedOn: null,
  weeklySeconds: 40n * hour,
  managerId: null,
  legalEntityId: null,
  costCenterId: null,
};

function assignmentRow(more: Partial<AssignmentRow> = {}): AssignmentRow {
  return {
    ...stamp,
    id: id(10),
    employeeId: ada.id,
    projectId: id(3),
    taskId: null,
    customerId: id(4),
    engagementId: null,
    legalEntityId: null,
    status: 'PROPOSED',
    startDate: '2026-03-01',
    endDate: '2026-03-31',
    weeklySeconds: 20n * hour,
    overbookReason: null,
    plannedEndDate: null,
    ...more,
  };
}

const dates = { startDate: null, endDate: null };
const projectDocument = {
  ...dates,
  customerId: id(4),
  engagementId: id(5),
  contractId: null,
  legalEntityId: null,
  name: 'P',
  billable: true,
  selfAssign: false,
  managerId: null,
};
const taskDocument = { ...dates, projectId: id(3), name: 'T', status: 'IN_PROGRESS', billable: true };

/** The assignment 10, beside 20 hours a week that are confirmed already. */
function loaded(more: Partial<AssignmentRow> = {}, project = 'ACTIVE'): LoadedAssignments {
  const own = assignmentRow(more);
  const busy = assignmentRow({ id: id(11), status: 'CONFIRMED' });
  return {
    employees: new Map([[ada.id, ada]]),
    calendars: new Map([[ada.id, { weeklySeconds: ada.weeklySeconds, weeks: [], holidays: new Set(), timeOff: [] }]]),
    projects: new Map([[id(3), { ...projectDocument, status: project }]]),
    tasks: new Map([
      [id(6), taskDocument],
      [id(7), { ...taskDocument, projectId: id(8) }],
    ]),
    confirmed: new Map([[ada.id, own.status === 'CONFIRMED' ? [busy, own] : [busy]]]),
    rows: new Map([[own.id, own]]),
    byRef: new Map([['psa 10', own.id]]),
    touched: new Set(),
  };
}

const changed = (status: string) => [`Assignment ${status} v2`, 'new AssignmentRecord v1', '> Assignment v2', '+ AssignmentChanged'];

describe('a proposal', () => {
  const input = { employeeId: ada.id, projectId: id(3), startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '8' };
  test.each([
    ['is made', {}, ['new Assignment PROPOSED v1', 'new AssignmentRecord v1', '> Assignment v1', '+ AssignmentChanged']],
    [
      'is made for a task of the project',
      { taskId: id(6) },
      ['new Assignment PROPOSED v1', 'new AssignmentRecord v1', '> Assignment v1', '+ AssignmentChanged'],
    ],
    ['is not made for a task of another', { taskId: id(7) }, 'NOT_FOUND taskId'],
    ['needs an employee', { employeeId: id(99) }, 'NOT_FOUND employeeId'],
    ['needs a project', { projectId: id(99) }, 'NOT_FOUND projectId'],
    ['runs forwards', { endDate: '2026-02-28' }, 'VALIDATION_FAILED endDate'],
    ['takes time', { weeklyHours: '0' }, 'VALIDATION_FAILED weeklyHours'],
  ])('%s', (_, more, then) => {
    expect(outcomeOf(() => createAssignment.decide(loaded(), { ...input, ...more }, context))).toEqual(then);
  });

  test('belongs to the customer and the engagement of its project', () => {
    expect(writtenBy(createAssignment.decide(loaded(), input, context))).toMatchObject([
      { customerId: id(4), engagementId: id(5), weeklySeconds: 8n * hour },
      { assignmentVersion: 1 },
    ]);
  });

  test('is not made for a customer whom the actor does not see', () => {
    const confined = contextOf(['assignment:write'], { customerIds: [id(99)] });
    expect(outcomeOf(() => createAssignment.decide(loaded(), input, confined))).toBe('NOT_FOUND projectId');
  });
});

describe('a change of an assignment', () => {
  test.each([
    ['of the days', {}, { startDate: '2026-03-02' }, changed('PROPOSED')],
    ['of nothing', {}, { startDate: '2026-03-01', weeklyHours: '20' }, []],
    ['to no days', {}, { startDate: null }, 'VALIDATION_FAILED startDate'],
    ['to days that run backwards', {}, { startDate: '2026-04-01' }, 'VALIDATION_FAILED endDate'],
    ['to a task of another project', {}, { taskId: id(7) }, 'NOT_FOUND taskId'],
    ['of a confirmed one within capacity', { status: 'CONFIRMED' }, { weeklyHours: '15' }, changed('CONFIRMED')],
    ['of a confirmed one beyond capacity', { status: 'CONFIRMED' }, { weeklyHours: '21' }, 'GUARD_REFUSED withinCapacity'],
    ['of a confirmed one beyond the employment', { status: 'CONFIRMED' }, { startDate: '2024-12-31' }, 'GUARD_REFUSED withinEmployment'],
    ['of one that is over', { status: 'ENDED' }, { weeklyHours: '1' }, 'INVALID_TRANSITION status'],
    ['from another version', {}, { expectedVersion: 3, weeklyHours: '1' }, 'STALE_VERSION expectedVersion'],
    ['of one that is not there', {}, { id: id(99) }, 'NOT_FOUND id'],
  ] as const)('%s', (_, given, input, then) => {
    expect(outcomeOf(() => updateAssignment.decide(loaded(given), { id: id(10), ...input }, context))).toEqual(then);
  });
});

describe('an action on an assignment', () => {
  test.each([
    ['holds', 'hold', {}, 'ACTIVE', changed('TENTATIVE')],
    ['confirms within capacity', 'confirm', {}, 'ACTIVE', ['Assignment CONFIRMED v2', 'new AssignmentRecord v1', '> Assignment v2', '+ ResourceAssigned']],
    ['does not over-book', 'confirm', { weeklySeconds: 20n * hour + 1n }, 'ACTIVE', 'GUARD_REFUSED withinCapacity'],
    [
      'over-books where the days do not meet',
      'confirm',
      { weeklySeconds: 40n * hour, startDate: '2026-04-01', endDate: '2026-04-30' },
      'ACTIVE',
      ['Assignment CONFIRMED v2', 'new AssignmentRecord v1', '> Assignment v2', '+ ResourceAssigned'],
    ],
    ['confirms nothing in a closed project', 'confirm', {}, 'CLOSED', 'GUARD_REFUSED projectOpen'],
    ['cancels', 'cancel', { status: 'CONFIRMED' }, 'CLOSED', changed('CANCELLED')],
    ['cancels once', 'cancel', { status: 'CANCELLED' }, 'ACTIVE', 'INVALID_TRANSITION status'],
  ] as const)('%s', (_, action, given, project, then) => {
    expect(outcomeOf(() => assignmentAction(action).decide(loaded(given, project), { id: id(10) }, context))).toEqual(then);
  });

  test.each([
    ['on its last day', undefined, changed('ENDED'), '2026-03-31'],
    ['before', '2026-03-10', changed('ENDED'), '2026-03-10'],
    ['not after', '2026-04-01', 'GUARD_REFUSED endWithinAssignment', undefined],
  ])('ends it %s', (_, endedOn, then, endDate) => {
    const decide = () => endAssignment.decide(loaded({ status: 'CONFIRMED' }), { id: id(10), endedOn }, context);
    expect(outcomeOf(decide)).toEqual(then);
    if (endDate) expect(writtenBy(decide())).toMatchObject([{ endDate }, { endDate }]);
  });

  test('lets the next item see what is taken, and tells the siblings once', () => {
    const given = loaded({ status: 'TENTATIVE' });
    given.rows.set(id(12), assignmentRow({ id: id(12), weeklySeconds: 1n }));
    const confirm = assignmentAction('confirm');
    confirm.absorb?.(given, confirm.decide(given, { id: id(10) }, context), { id: id(10) });
    expect(outcomeOf(() => confirm.decide(given, { id: id(12) }, context))).toBe('GUARD_REFUSED withinCapacity');
    const [published, ...more] = confirm.conclude?.(given, context) ?? [];
    expect(more).toEqual([]);
    expect(published).toMatchObject({
      entry: { type: 'EmployeeAssignments', id: ada.id, version: 1, data: { assignments: [{ assignmentId: id(10) }, { assignmentId: id(11) }] } },
    });
  });

  test('keeps telling of what ended, for 400 days', () => {
    for (const [endDate, kept] of [
      ['2026-03-01', 1],
      ['2025-01-26', 1],
      ['2025-01-25', 0],
    ] as const) {
      const ended = assignmentRow({ status: 'ENDED', startDate: '2025-01-01', endDate });
      const effects = assignmentAction('end' as 'cancel').conclude?.(
        { ...loaded(), confirmed: new Map([[ada.id, [ended]]]), touched: new Set([ada.id]) },
        context,
      );
      expect(effects).toMatchObject([{ entry: { data: { assignments: Array(kept).fill({ to: endDate }) } } }]);
    }
  });
});

describe('an upsert of assignments', () => {
  const item = {
    externalRef: { system: 'psa', externalId: '10' },
    employeeId: ada.id,
    projectId: id(3),
    startDate: '2026-03-01',
    endDate: '2026-03-31',
    weeklyHours: '20',
  };
  const fresh = { ...item, externalRef: { system: 'psa', externalId: '11' } };
  const known = '= Assignment psa 10';
  test.each([
    [
      'makes what is new',
      {},
      fresh,
      ['new Assignment PROPOSED v1', 'new AssignmentRecord v1', '> Assignment v1', '+ AssignmentChanged', '= Assignment psa 11'],
    ],
    [
      'makes it confirmed',
      {},
      { ...fresh, status: 'CONFIRMED' },
      ['new Assignment CONFIRMED v1', 'new AssignmentRecord v1', '> Assignment v1', '+ ResourceAssigned', '= Assignment psa 11'],
    ],
    [
      'makes what is over already',
      {},
      { ...fresh, status: 'ENDED' },
      ['new Assignment ENDED v1', 'new AssignmentRecord v1', '> Assignment v1', '+ AssignmentChanged', '= Assignment psa 11'],
    ],
    ['makes nothing that over-books', {}, { ...fresh, weeklyHours: '21', status: 'CONFIRMED' }, 'GUARD_REFUSED withinCapacity'],
    ['leaves alone what says the same', {}, item, [known]],
    [
      'moves it in one version',
      {},
      { ...item, weeklyHours: '5', status: 'CONFIRMED' },
      ['Assignment CONFIRMED v2', 'new AssignmentRecord v1', '> Assignment v2', '+ ResourceAssigned', known],
    ],
    [
      'gives it up',
      { status: 'CONFIRMED' },
      { ...item, status: 'CANCELLED' },
      ['Assignment CANCELLED v2', 'new AssignmentRecord v1', '> Assignment v2', '+ AssignmentChanged', known],
    ],
    ['does not go back', { status: 'CONFIRMED' }, { ...item, status: 'PROPOSED' }, 'INVALID_TRANSITION status'],
    ['does not give it to somebody else', {}, { ...item, employeeId: id(99) }, 'VALIDATION_FAILED employeeId'],
    ['does not take it elsewhere', {}, { ...item, projectId: id(99) }, 'VALIDATION_FAILED projectId'],
    ['does not lengthen what is over', { status: 'ENDED' }, { ...item, endDate: '2026-04-30' }, 'INVALID_TRANSITION status'],
  ] as const)('%s', (_, given, wanted, then) => {
    expect(outcomeOf(() => upsertAssignments.decide(loaded(given), wanted, context))).toEqual(then);
  });

  test('takes no reference of what the actor does not see', () => {
    const confined = contextOf(['assignment:write'], { customerIds: [id(99)] });
    expect(outcomeOf(() => upsertAssignments.decide(loaded(), item, confined))).toBe('DUPLICATE_EXTERNAL_REF externalRef');
  });
});
