import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { shownOf } from '#time/timesheet/shown.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
let a: Firm;
let b: Firm;
beforeAll(async () => {
  world = await flowWorld();
  a = await firmAt(world.graph);
  b = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const fields = 'id version status submittedAt updatedAt availableActions { name refusals }';
/** A manager of one of the customers. */
const managerOf = (firm: Firm): Json => ({ role: 'manager', customerIds: [firm.customerId], employeeId: firm.approverId });
const shown = async (id: string, wish?: Json): Promise<Json> =>
  (await world.graph.ok(`query ($id: ID!) { timesheet(id: $id) { ${fields} } }`, { id }, wish)).timesheet;
const found = async (filter: Record<string, unknown>, wish: Json): Promise<number> =>
  (await world.graph.ok('query ($filter: TimesheetFilter) { timesheets(first: 50, filter: $filter) { totalCount } }', { filter }, wish)).timesheets.totalCount;

/** A week of one person for both customers, submitted. */
async function week(days: readonly [string, string]): Promise<{ id: string; ofA: string; ofB: string }> {
  const { entries, timesheetId } = await a.recorded([days[0]]);
  const others = await b.recorded([days[1]], { employeeId: a.employeeId });
  expect(others.timesheetId).toBe(timesheetId);
  await world.graph.done('submitTimesheet', { id: timesheetId });
  return { id: timesheetId, ofA: entries[0] ?? '', ofB: others.entries[0] ?? '' };
}

test('what somebody of one customer decides moves nothing that another customer sees of the week', async () => {
  const sheet = await week(['2026-02-09', '2026-02-10']);
  const before = await shown(sheet.id, managerOf(b));
  expect(before).toMatchObject({ status: 'SUBMITTED', version: 3 });
  await world.graph.done('approveTimesheet', { id: sheet.id }, { wish: managerOf(a) });
  expect(await shown(sheet.id, managerOf(b))).toEqual(before);
  expect(await shown(sheet.id, managerOf(a))).toMatchObject({ status: 'APPROVED', availableActions: [] });
  expect(await shown(sheet.id)).toMatchObject({ status: 'PARTLY_APPROVED' });
  // Nor does a recall, granted to the one, or a rejection.
  await world.graph.done('requestTimeEntryRecall', { id: sheet.ofA, reason: 'Wrong' });
  await world.graph.done('approveTimeEntryRecall', { id: sheet.ofA }, { wish: managerOf(a) });
  expect(await shown(sheet.id, managerOf(b))).toEqual(before);
  expect(await shown(sheet.id, managerOf(a))).toMatchObject({ status: 'DRAFT' });
  await world.graph.done('submitTimesheet', { id: sheet.id });
  await world.graph.done('rejectTimesheet', { id: sheet.id, reason: 'No' }, { wish: managerOf(a) });
  expect(await shown(sheet.id, managerOf(b))).toEqual(before);
  expect(await shown(sheet.id, managerOf(a))).toMatchObject({ status: 'REJECTED' });
  // The entries of the other were never touched.
  const [entry] = await world.sql`select status, version from time.timesheet_entry where id = ${sheet.ofB}`;
  expect(entry).toEqual({ status: 'SUBMITTED', version: 2 });
});

test('who sees a part decides by it: the version, the status and the refusals are those of the part', async () => {
  const sheet = await week(['2026-02-16', '2026-02-17']);
  const { version } = await shown(sheet.id, managerOf(b));
  await world.graph.done('approveTimesheet', { id: sheet.id }, { wish: managerOf(a) });
  const [stale] = (await world.graph.mutate('approveTimesheet', { id: sheet.id, expectedVersion: version + 1 }, { wish: managerOf(b) })).userErrors;
  expect(stale).toMatchObject({ code: 'STALE_VERSION', message: expect.stringContaining(`at version ${version}`) });
  // All of A's is approved: nothing of the other's open entries is told.
  const [again] = (await world.graph.mutate('approveTimesheet', { id: sheet.id }, { wish: managerOf(a) })).userErrors;
  expect(again).toMatchObject({ code: 'INVALID_TRANSITION', message: expect.stringContaining('Timesheet is APPROVED') });
  await world.graph.done('approveTimesheet', { id: sheet.id, expectedVersion: version }, { wish: managerOf(b) });
  expect(await shown(sheet.id)).toMatchObject({ status: 'APPROVED' });
});

test('lists by status and by change go by the part as well', async () => {
  const sheet = await week(['2026-03-02', '2026-03-03']);
  const [{ since } = { since: '' }] = await world.sql`select max(updated_at) + interval '1 microsecond' as since from time.timesheet_entry`;
  const changed = { updatedSince: new Date(new Date(since).getTime() + 1).toISOString() };
  await world.graph.done('approveTimesheet', { id: sheet.id }, { wish: managerOf(a) });
  const week9 = { activeFrom: '2026-03-02', activeTo: '2026-03-08' };
  expect(await Promise.all(['SUBMITTED', 'APPROVED', 'PARTLY_APPROVED'].map((status) => found({ ...week9, statuses: [status] }, managerOf(b))))).toEqual([
    1, 0, 0,
  ]);
  expect(await Promise.all(['SUBMITTED', 'APPROVED', 'PARTLY_APPROVED'].map((status) => found({ ...week9, statuses: [status] }, managerOf(a))))).toEqual([
    0, 1, 0,
  ]);
  expect(await found({ ...week9, statuses: ['PARTLY_APPROVED'] }, { role: 'admin' })).toBe(1);
  expect([await found({ ...week9, ...changed }, managerOf(b)), await found({ ...week9, ...changed }, managerOf(a))]).toEqual([0, 1]);
  const ordered = '{ timesheets(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { id } } }';
  expect((await world.graph.ask(ordered, {}, managerOf(b))).errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  expect((await world.graph.ask(ordered)).errors).toBeUndefined();
});

test('a timesheet of no entries that one sees is an empty draft', () => {
  const createdAt = new Date('2026-02-09T00:00:00Z');
  expect(shownOf({ createdAt }, [])).toEqual({ status: 'DRAFT', version: 1, submittedAt: null, updatedAt: createdAt });
  const later = new Date('2026-02-10T00:00:00Z');
  const entry = { status: 'SUBMITTED', version: 2, submittedAt: later, updatedAt: later } as const;
  expect(shownOf({ createdAt }, [entry, { ...entry, status: 'APPROVED' }])).toEqual({
    status: 'PARTLY_APPROVED',
    version: 5,
    submittedAt: later,
    updatedAt: later,
  });
});

test('who sees a part names nobody who works for others only, and hears of a reference no more than that it is taken', async () => {
  const { employeeId, projectId } = a;
  const errorsOf = async (name: string, input: Record<string, unknown>) =>
    (
      await world.graph.mutate(name, name === 'recordTimeEntry' ? { idempotencyKey: newId(), ...input } : input, {
        wish: { role: 'admin', customerIds: [a.customerId] },
      })
    ).userErrors.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`);
  const externalRef = { system: 'psa', externalId: 'theirs' };
  await world.graph.done('recordTimeEntry', { employeeId: b.employeeId, projectId: b.projectId, workDate: '2026-04-06', hours: '1', externalRef });
  const hour = { projectId, workDate: '2026-04-07', hours: '1' };
  // Until somebody who sees the firm puts a person on the customer's work.
  expect(await errorsOf('recordTimeEntry', { employeeId, ...hour })).toEqual(['NOT_FOUND employeeId']);
  await world.graph.done('createAssignment', { employeeId, projectId, startDate: '2026-01-01', endDate: '2026-12-31', weeklyHours: '8' });
  expect(await errorsOf('recordTimeEntry', { employeeId, ...hour })).toEqual([]);
  expect(await errorsOf('recordTimeEntry', { employeeId, ...hour, externalRef })).toEqual(['DUPLICATE_EXTERNAL_REF externalRef']);
  for (const stranger of [b.employeeId, '01890000-0000-7000-8000-000000000000']) {
    expect(await errorsOf('recordTimeEntry', { employeeId: stranger, ...hour })).toEqual(['NOT_FOUND employeeId']);
    expect(await errorsOf('updateProject', { id: projectId, managerId: stranger })).toEqual(['NOT_FOUND managerId']);
    expect(await errorsOf('createAssignment', { employeeId: stranger, projectId, startDate: '2026-01-01', endDate: '2026-12-31', weeklyHours: '8' })).toEqual([
      'NOT_FOUND employeeId',
    ]);
  }
});
