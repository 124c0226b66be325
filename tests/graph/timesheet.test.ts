import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as finance } from '#finance/published.ts';
import { newId } from '#kernel/ids.ts';
import { plantCorruption } from '../support/corruption.ts';
import { aFiscalPeriod } from '../support/siblings.ts';
import { timeWorld } from '../support/time.ts';

let world: Awaited<ReturnType<typeof timeWorld>>;
let apollo: Awaited<ReturnType<typeof world.project>>;
let gemini: Awaited<ReturnType<typeof world.project>>;
let boss: string;
beforeAll(async () => {
  world = await timeWorld();
  [apollo, gemini, boss] = [await world.project(), await world.project(), await world.employee({ name: 'Boss' })];
});
afterAll(() => world[Symbol.asyncDispose]());

type Result = { row: { id: string } | null; userErrors: { code: string; guard: string | null; field: string | null }[] };
const reasons = (results: Result[]) => results.map(({ userErrors: [error] }) => (error ? (error.guard ?? error.code) : 'done'));
const fields =
  'id version status startDate endDate submittedAt employee { id } externalRefs { system externalId } availableActions { name refusals } summary { entries hours submittedHours approvedHours }';
const ref = (externalId: string) => ({ system: 'tock', externalId });

describe('opening timesheets', () => {
  test('is safe to repeat, and keeps the periods of a person apart', async () => {
    const [ada, bob] = [await world.employee(), await world.employee()];
    const week = { employeeId: ada, startDate: '2014-10-01', endDate: '2014-10-04' };
    const first = await world.bulk(
      'createTimesheets',
      [
        { ...week, externalRef: ref('timecard:1') },
        { ...week, externalRef: ref('timecard:1') },
        { ...week, employeeId: bob, externalRef: ref('timecard:1') },
        { ...week, employeeId: bob, externalRef: ref('timecard:2') },
        { ...week, startDate: '2014-10-04', endDate: '2014-10-10' },
        { ...week, startDate: '2014-10-05', endDate: '2014-10-11' },
        { ...week, startDate: '2014-10-12', endDate: '2014-10-19' },
        { ...week, startDate: '2014-10-12', endDate: '2014-10-11' },
        { ...week, employeeId: newId() },
      ],
      { select: fields },
    );
    expect(reasons(first.results)).toEqual([
      'done',
      'done',
      'DUPLICATE_EXTERNAL_REF',
      'done',
      'periodsDoNotOverlap',
      'done',
      'VALIDATION_FAILED',
      'VALIDATION_FAILED',
      'NOT_FOUND',
    ]);
    expect(first.results[0].row).toMatchObject({
      version: 1,
      status: 'DRAFT',
      startDate: '2014-10-01',
      endDate: '2014-10-04',
      employee: { id: ada },
      externalRefs: [ref('timecard:1')],
      submittedAt: null,
    });
    const again = await world.bulk(
      'createTimesheets',
      [
        { ...week, externalRef: ref('timecard:1') },
        { ...week, externalRef: ref('other:1') },
      ],
      { select: fields },
    );
    expect(again.results.map(({ row }: Result) => row?.id)).toEqual(Array(2).fill(first.results[0].row.id));
    expect(again.results[1].row.externalRefs).toHaveLength(2);
    expect(
      (
        await world.ok('query ($refs: [ExternalRefInput!]) { timesheets(filter: { externalRefs: $refs }) { nodes { id } } }', {
          variables: { refs: [ref('timecard:1')] },
        })
      ).timesheets.nodes,
    ).toEqual([{ id: first.results[0].row.id }]);
  });

  test('the database itself keeps periods apart', async () => {
    const ada = await world.employee();
    const insert = (from: string, to: string) =>
      plantCorruption(world.sql)`insert into time.timesheet (id, employee_id, period_start, period_end) values (${newId()}, ${ada}, ${from}, ${to})`;
    await insert('2026-03-02', '2026-03-08');
    await expect(insert('2026-03-08', '2026-03-10')).rejects.toThrow('timesheet_periods_do_not_overlap');
    await expect(insert('2026-03-09', '2026-03-16')).rejects.toThrow('timesheet_period');
    await insert('2026-03-09', '2026-03-15');
  });

  test('takes weekly totals into the period of the source, and nothing else into what it leaves uncovered', async () => {
    const ada = await world.employee({ hiredOn: '2015-01-05' });
    const [{ row }] = (await world.bulk('createTimesheets', [{ employeeId: ada, startDate: '2015-03-30', endDate: '2015-04-03' }])).results;
    const late = await world.project({ startDate: '2015-04-02' });
    const item = (more: Record<string, unknown>) => ({ ...world.item(ada, apollo.id, { hours: '36.00', span: 'WEEK', workDate: '2015-03-30' }), ...more });
    const { results } = await world.bulk(
      'recordTimeEntries',
      [
        item({ timesheetId: row.id }),
        item({}),
        item({ projectId: late.id }),
        item({ workDate: '2015-04-04' }),
        item({ timesheetId: row.id, workDate: '2015-04-04' }),
        item({ timesheetId: row.id, employeeId: boss }),
      ],
      { select: 'id timesheet { id }' },
    );
    expect(reasons(results)).toEqual(['done', 'done', 'done', 'periodsDoNotOverlap', 'VALIDATION_FAILED', 'VALIDATION_FAILED']);
    expect(new Set(results.slice(0, 3).map((result: { row: { timesheet: { id: string } } }) => result.row.timesheet.id))).toEqual(new Set([row.id]));
  });
});

describe('the way of a timesheet', () => {
  test('goes from draft to approved with one fact per step', async () => {
    const ada = await world.employee();
    const { id: entryId, timesheet } = await world.entry(ada, apollo.id);
    const before = await world.factsAfter(0);
    const submitted = await world.made('submitTimesheet', { id: timesheet.id, expectedVersion: 1 }, { select: fields });
    expect(submitted).toMatchObject({
      status: 'SUBMITTED',
      version: 2,
      submittedAt: '2026-05-04T09:00:00.000Z',
      summary: { entries: 1, hours: '8.00', submittedHours: '8.00', approvedHours: '0.00' },
    });
    const approved = await world.made('approveTimesheet', { id: timesheet.id, expectedVersion: 2, approverId: boss }, { select: fields });
    expect(approved).toMatchObject({ status: 'APPROVED', version: 3, availableActions: [], summary: { approvedHours: '8.00' } });
    const week = { timesheetId: timesheet.id, employeeId: ada, startDate: '2026-02-23', endDate: '2026-03-01', entryIds: [entryId], hours: '8.00' };
    const { customerId, engagementId, legalEntityId } = apollo;
    const parts = [{ entryId, customerId, engagementId, projectId: apollo.id, legalEntityId, hours: '8.00' }];
    const keys = { customer_id: customerId, project_id: apollo.id, employee_id: ada };
    expect(await world.factsAfter(before.length)).toMatchObject([
      { type: 'TimesheetSubmitted', payload: { ...week, parts }, subject_version: 2, ...keys },
      { type: 'TimesheetApproved', payload: { ...week, parts, complete: true, approverId: boss }, subject_version: 3, ...keys },
    ]);
  });

  test('is decided per project, and found by every customer that it concerns', async () => {
    const ada = await world.employee();
    const [one, two] = [await world.entry(ada, apollo.id), await world.entry(ada, gemini.id)];
    const before = await world.factsAfter(0);
    const timesheetId = one.timesheet.id;
    await world.made('submitTimesheet', { id: timesheetId });
    const approve = (projectIds: string[], more = {}) => ({ id: timesheetId, projectIds, approverId: boss, ...more });
    const partly = await world.bulk('approveTimesheets', [approve([apollo.id]), approve([apollo.id]), approve([newId()])], { select: fields });
    expect(reasons(partly.results)).toEqual(['done', 'hasSubmittedEntries', 'hasSubmittedEntries']);
    expect(partly.results[0].row).toMatchObject({ status: 'PARTLY_APPROVED', summary: { submittedHours: '8.00', approvedHours: '8.00' } });
    const rejected = await world.made('rejectTimesheet', { ...approve([gemini.id]), reason: 'Not agreed' }, { select: fields });
    expect(rejected).toMatchObject({ status: 'PARTLY_APPROVED' });
    await world.made('reviseTimeEntry', { id: two.id });
    await world.made('submitTimesheet', { id: timesheetId });
    expect(await world.made('approveTimesheet', approve([gemini.id]))).toMatchObject({ status: 'APPROVED' });
    expect((await world.factsAfter(before.length)).map(({ type, customer_ids, payload }) => [type, customer_ids, payload.entryIds, payload.complete])).toEqual([
      ['TimesheetSubmitted', expect.arrayContaining([apollo.customerId, gemini.customerId]), expect.arrayContaining([one.id, two.id]), undefined],
      ['TimesheetApproved', [apollo.customerId], [one.id], false],
      ['TimesheetRejected', [gemini.customerId], [two.id], undefined],
      ['TimesheetSubmitted', [gemini.customerId], [two.id], undefined],
      ['TimesheetApproved', [gemini.customerId], [two.id], true],
    ]);
  });

  test('may be decided twice in one call, by project', async () => {
    const ada = await world.employee();
    const { timesheet } = await world.entry(ada, apollo.id);
    await world.entry(ada, gemini.id);
    await world.made('submitTimesheet', { id: timesheet.id });
    const item = (projectId: string) => ({ id: timesheet.id, projectIds: [projectId], approverId: boss });
    const before = await world.factsAfter(0);
    const { results } = await world.bulk('approveTimesheets', [item(apollo.id), item(gemini.id)]);
    expect(results.map(({ row }: Result) => row)).toEqual(Array(2).fill({ id: timesheet.id, version: 5, status: 'APPROVED' }));
    expect((await world.factsAfter(before.length)).map((fact) => [fact.subject_version, fact.payload.complete])).toEqual([
      [4, false],
      [5, true],
    ]);
  });

  test('is refused for what the guards name', async () => {
    const [ada, locked] = [await world.employee(), await world.project()];
    const [{ row: empty }] = (await world.bulk('createTimesheets', [{ employeeId: ada, startDate: '2026-01-05', endDate: '2026-01-11' }])).results;
    const { timesheet } = await world.entry(ada, locked.id);
    await world.play(
      finance.FiscalCalendar,
      { periods: [aFiscalPeriod({ name: 'FY26-02', from: '2026-02-01', to: '2026-02-28', status: 'LOCKED' })] },
      { id: locked.legalEntityId ?? '' },
    );
    const { timesheet: open } = await world.entry(ada, apollo.id, { workDate: '2026-03-02' });
    const submit = await world.bulk('submitTimesheets', [
      { id: empty.id },
      { id: timesheet.id },
      { id: open.id, expectedVersion: 7 },
      { id: newId() },
      { id: 'none' },
      { id: open.id },
      { id: open.id },
    ]);
    expect(reasons(submit.results)).toEqual(['notEmpty', 'anyPeriodOpen', 'STALE_VERSION', 'NOT_FOUND', 'NOT_FOUND', 'done', 'hasDraftEntries']);
    const timesheetId = open.id;
    const approve = await world.bulk('approveTimesheets', [
      { id: timesheetId },
      { id: timesheetId, approverId: ada },
      { id: timesheetId, approverId: newId() },
      { id: empty.id, approverId: boss },
    ]);
    expect(reasons(approve.results)).toEqual(['VALIDATION_FAILED', 'approverIsNotOwner', 'NOT_FOUND', 'INVALID_TRANSITION']);
    expect((await world.mutate('rejectTimesheet', { id: timesheetId, approverId: boss, reason: '  ' })).userErrors).toMatchObject([
      { code: 'VALIDATION_FAILED', field: 'reason' },
    ]);
  });

  test('is decided by a person in their own name, and never their own', async () => {
    const ada = await world.employee();
    const { id, timesheet } = await world.entry(ada, apollo.id);
    const timesheetId = timesheet.id;
    await world.made('submitTimesheet', { id: timesheetId });
    const offered = (employeeId: string) =>
      world.ok(
        'query ($id: ID!) { timesheet(id: $id) { availableActions { name refusals } } timeEntry: timesheet(id: $id) { entries { nodes { availableActions { name refusals } } } } }',
        { variables: { id: timesheetId }, actor: world.speaksFor(employeeId) },
      );
    expect((await offered(ada)).timesheet.availableActions.find(({ name }: { name: string }) => name === 'approve').refusals).toEqual([
      'approverIsNotOwner: Nobody decides on their own time or expenses.',
    ]);
    expect((await offered(boss)).timeEntry.entries.nodes[0].availableActions).toEqual([
      { name: 'recall', refusals: [] },
      { name: 'approve', refusals: [] },
      { name: 'reject', refusals: [] },
    ]);
    const as = (employeeId: string, input: Record<string, unknown>) =>
      world.mutate('approveTimesheet', { id: timesheetId, ...input }, { actor: world.speaksFor(employeeId) });
    expect((await as(ada, {})).userErrors).toMatchObject([{ guard: 'approverIsNotOwner' }]);
    expect((await as(ada, { approverId: boss })).userErrors).toMatchObject([{ code: 'FORBIDDEN', field: 'approverId' }]);
    expect((await world.mutate('approveTimeEntry', { id, approverId: boss }, { actor: world.speaksFor(ada) })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await as(boss, {})).row).toMatchObject({ status: 'APPROVED' });
    const entry = await world.ok('query ($id: ID!) { timeEntry(id: $id) { approvedBy { id } } }', { variables: { id } });
    expect(entry.timeEntry.approvedBy.id).toBe(boss);
  });

  test('needs the permission of each step', async () => {
    const { timesheet } = await world.entry(await world.employee(), apollo.id);
    const reader = { actor: world.speaksFor(boss, ['timesheet:read', 'time:read', 'time:write']) };
    for (const name of ['submitTimesheet', 'approveTimesheet', 'rejectTimesheet']) {
      const reason = name === 'rejectTimesheet' ? { reason: 'x' } : {};
      expect((await world.mutate(name, { id: timesheet.id, ...reason }, reader)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
  });

  test('answers a repeated call with the first answer', async () => {
    const { timesheet } = await world.entry(await world.employee(), apollo.id);
    const call = () => world.bulk('submitTimesheets', [{ id: timesheet.id }], { key: `submit ${timesheet.id}` });
    const [first, again] = [await call(), await call()];
    expect([first.replayed, again.replayed, again.succeeded]).toEqual([false, true, 1]);
    expect(again.results).toEqual(first.results);
  });
});
