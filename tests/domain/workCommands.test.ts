import { describe, expect, test } from 'vitest';
import { acceptMilestone, cancelMilestone, createMilestone, type LoadedMilestones, reachMilestone, updateMilestone } from '#engagements/milestone/commands.ts';
import type { MilestoneRow, ProjectRow, TaskRow } from '#engagements/tables.ts';
import { createTask, type LoadedTasks, taskAction, updateTask, upsertTasks } from '#engagements/task/commands.ts';
import { contextOf, id, outcomeOf, stamp, writtenBy } from '../support/decide.ts';
import { agreedVersion, contractRow, projectRow } from '../support/engagementsRows.ts';

const context = contextOf();
const psa = (externalId: string) => ({ system: 'psa', externalId });

describe('a task', () => {
  const taskRow = (more: Partial<TaskRow>): TaskRow => {
    const rest = { description: null, billable: true, startDate: null, endDate: null };
    return { ...stamp, ...rest, id: id(1), customerId: id(2), projectId: id(3), name: 'Task', status: 'NOT_STARTED', ...more };
  };
  const loaded = (more: Partial<TaskRow> = {}, project: Partial<ProjectRow> = {}): LoadedTasks => ({
    rows: new Map([[id(1), taskRow(more)]]),
    byRef: new Map([['psa 1', id(1)]]),
    projects: new Map([[id(3), projectRow({ id: id(3), status: 'ACTIVE', startDate: '2026-01-01', endDate: '2026-12-31', billable: false, ...project })]]),
  });
  const made = ['new Task NOT_STARTED v1', '> Task v1', '+ TaskCreated'];
  const moved = (status: string) => [`Task ${status} v2`, '> Task v2', '+ TaskStatusChanged'];

  test.each([
    ['is created', {}, {}, made],
    ['is that of a project', {}, { projectId: id(99) }, 'NOT_FOUND projectId'],
    ['does not begin in a completed project', { status: 'COMPLETED' }, {}, 'GUARD_REFUSED projectOpen'],
    ['does not begin before its project', {}, { startDate: '2025-12-31' }, 'GUARD_REFUSED withinProjectDates'],
    ['needs a name', {}, { name: ' ' }, 'VALIDATION_FAILED name'],
  ] as const)('%s', (_, project, more, then) => {
    expect(outcomeOf(() => createTask.decide(loaded({}, project), { projectId: id(3), name: 'T', ...more }, context))).toEqual(then);
  });

  test('is as billable as its project, unless it says so', () => {
    const billable = (more: { billable?: boolean }) => writtenBy(createTask.decide(loaded(), { projectId: id(3), name: 'T', ...more }, context))[0]?.billable;
    expect([billable({}), billable({ billable: true })]).toEqual([false, true]);
  });

  test.each([
    ['changes', {}, { name: 'Other' }, ['Task NOT_STARTED v2', '> Task v2']],
    ['keeps its version without a change', {}, { name: 'Task' }, []],
    ['does not change once it is cancelled', { status: 'CANCELLED' }, { name: 'Other' }, 'GUARD_REFUSED taskOpen'],
    ['does not outlast its project', {}, { endDate: '2027-01-01' }, 'GUARD_REFUSED withinProjectDates'],
    ['is changed by who saw it last', {}, { expectedVersion: 2 }, 'STALE_VERSION expectedVersion'],
  ] as const)('%s', (_, given, input, then) => {
    expect(outcomeOf(() => updateTask.decide(loaded(given), { id: id(1), ...input }, context))).toEqual(then);
  });

  test.each([
    ['start', {}, {}, moved('IN_PROGRESS')],
    ['start', {}, { status: 'CLOSED' }, 'GUARD_REFUSED projectOpen'],
    ['finish', { status: 'IN_PROGRESS' }, { status: 'CLOSED' }, moved('DONE')],
    ['finish', {}, {}, 'INVALID_TRANSITION status'],
    ['reopen', { status: 'DONE' }, {}, moved('IN_PROGRESS')],
    ['reopen', { status: 'DONE', endDate: '2027-01-01' }, {}, 'GUARD_REFUSED withinProjectDates'],
    ['cancel', {}, {}, moved('CANCELLED')],
  ] as const)('%s of %o in a project %o', (action, given, project, then) => {
    expect(outcomeOf(() => taskAction(action).decide(loaded(given, project), { id: id(1) }, context))).toEqual(then);
  });

  test.each([
    ['made', { externalRef: psa('7') }, [...made, '= Task psa 7']],
    ['left alone', { externalRef: psa('1') }, ['= Task psa 1']],
    ['changed', { externalRef: psa('1'), billable: false }, ['Task NOT_STARTED v2', '> Task v2', '= Task psa 1']],
    ['left in its project', { externalRef: psa('1'), projectId: id(99) }, 'VALIDATION_FAILED projectId'],
  ])('is %s by external reference', (_, item, then) => {
    expect(outcomeOf(() => upsertTasks.decide(loaded(), { projectId: id(3), name: 'Task', ...item }, context))).toEqual(then);
  });
});

describe('a milestone', () => {
  const milestoneRow = (more: Partial<MilestoneRow>): MilestoneRow => {
    const place = { customerId: id(2), projectId: id(3), contractId: id(4), contractLineId: null };
    const days = { plannedOn: '2026-06-30', reachedOn: null, acceptedOn: null };
    return { ...stamp, ...place, ...days, id: id(1), name: 'Milestone', status: 'PLANNED', amountMinor: 100_00n, currency: 'EUR', ...more };
  };
  const loaded = (more: Partial<MilestoneRow> = {}, project: Partial<ProjectRow> = {}): LoadedMilestones => ({
    rows: new Map([[id(1), milestoneRow(more)]]),
    byRef: new Map(),
    onLines: new Map(),
    projects: new Map([[id(3), projectRow({ id: id(3), status: 'ACTIVE', contractId: id(4), ...project })]]),
    contracts: new Map([[id(4), contractRow({ id: id(4) })]]),
    agreed: new Map([
      [
        id(4),
        [
          agreedVersion({
            lines: [
              { id: id(11), method: 'MILESTONE' },
              { id: id(12), method: 'TIME_AND_MATERIALS' },
            ],
          }),
        ],
      ],
    ]),
  });
  const amount = { amount: '500.00', currency: 'EUR' };
  const made = ['new Milestone PLANNED v1', '> Milestone v1'];

  test.each([
    ['is planned', {}, {}, made],
    ['is billed by a line for milestones', {}, { contractLineId: id(11) }, made],
    ['is not billed by another line', {}, { contractLineId: id(12) }, 'VALIDATION_FAILED contractLineId'],
    ['is not billed by the line of another contract', {}, { contractLineId: id(13) }, 'NOT_FOUND contractLineId'],
    ['is that of a project', {}, { projectId: id(99) }, 'NOT_FOUND projectId'],
    ['needs a project that runs', { status: 'CLOSED' }, {}, 'GUARD_REFUSED projectOpen'],
    ['needs a project with a contract', { contractId: null }, {}, 'GUARD_REFUSED contractSet'],
    ['is paid in the currency of the contract', {}, { amount: { amount: '1', currency: 'USD' } }, 'CURRENCY_MISMATCH amount'],
    ['is not worth less than nothing', {}, { amount: { amount: '-1', currency: 'EUR' } }, 'VALIDATION_FAILED amount'],
  ] as const)('%s', (_, project, more, then) => {
    const input = { projectId: id(3), name: 'M', amount, plannedOn: '2026-06-30', ...more };
    expect(outcomeOf(() => createMilestone.decide(loaded({}, project), input, context))).toEqual(then);
  });

  test.each([
    ['changes while it is planned', {}, { name: 'Other' }, ['Milestone PLANNED v2', '> Milestone v2']],
    ['does not change once it is reached', { status: 'REACHED' }, { name: 'Other' }, 'GUARD_REFUSED milestonePlanned'],
    ['may be said again', { status: 'REACHED' }, { name: 'Milestone' }, []],
    ['has an amount', {}, { amount: null }, 'VALIDATION_FAILED amount'],
    ['has a day', {}, { plannedOn: null }, 'VALIDATION_FAILED plannedOn'],
    ['is changed by who saw it last', {}, { expectedVersion: 2 }, 'STALE_VERSION expectedVersion'],
  ] as const)('%s', (_, given, input, then) => {
    expect(outcomeOf(() => updateMilestone.decide(loaded(given), { id: id(1), ...input }, context))).toEqual(then);
  });

  const reached = { status: 'REACHED', reachedOn: '2026-02-01' } as const;
  test.each([
    ['is reached today', reachMilestone, {}, {}, ['Milestone REACHED v2', '> Milestone v2', '+ MilestoneReached'], { reachedOn: '2026-03-02' }],
    ['is accepted today', acceptMilestone, reached, {}, ['Milestone ACCEPTED v2', '> Milestone v2', '+ MilestoneAccepted'], { acceptedOn: '2026-03-02' }],
    [
      'is accepted on a day',
      acceptMilestone,
      reached,
      { acceptedOn: '2026-02-01' },
      ['Milestone ACCEPTED v2', '> Milestone v2', '+ MilestoneAccepted'],
      { acceptedOn: '2026-02-01' },
    ],
    ['is not accepted before it is reached', acceptMilestone, reached, { acceptedOn: '2026-01-31' }, 'VALIDATION_FAILED acceptedOn', undefined],
    ['is not accepted without being reached', acceptMilestone, {}, {}, 'INVALID_TRANSITION status', undefined],
    ['is given up', cancelMilestone, {}, {}, ['Milestone CANCELLED v2', '> Milestone v2'], { reachedOn: null }],
  ] as const)('%s', (_, command, given, input, then, row) => {
    const decide = () => command.decide(loaded(given), { id: id(1), ...input }, context);
    expect(outcomeOf(decide)).toEqual(then);
    if (row) expect(writtenBy(decide())).toMatchObject([row]);
  });
});
