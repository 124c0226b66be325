import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

const sheets = 500;
let world: FlowWorld;
let firm: Firm;
let people: string[];
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
  const laborCategories = [{ laborCategoryId: firm.categoryId, effectiveFrom: '2020-01-01' }];
  const items = Array.from({ length: sheets }, (_, n) => ({
    externalRef: { system: 'hr', externalId: `p${n}` },
    name: `P ${n}`,
    hiredOn: '2020-01-01',
    status: 'ACTIVE',
    legalEntityId: firm.legalEntityId,
    laborCategories,
  }));
  const { results } = await done('upsertEmployees', { items }, { select: 'results { employee { id } userErrors { message } }' });
  people = results.map(({ employee }: Json) => employee.id);
});
afterAll(() => world[Symbol.asyncDispose]());
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);

/** One entry of each person's day, in a timesheet of its own: the entries and their timesheets. */
async function recorded(workDate: string, more: Record<string, unknown> = {}) {
  const items = people.map((employeeId) => ({ employeeId, projectId: firm.projectId, workDate, hours: '8', ...more }));
  const { results } = await done('recordTimeEntries', { items }, { select: 'results { timeEntry { id timesheet { id } } userErrors { message } }' });
  return results.map(({ timeEntry }: Json) => ({ entryId: timeEntry.id as string, timesheetId: timeEntry.timesheet.id as string }));
}

async function approveAll(pairs: readonly { timesheetId: string }[]): Promise<void> {
  const select = 'succeeded';
  const items = pairs.map(({ timesheetId }) => ({ id: timesheetId }));
  expect(await done('submitTimesheets', { items }, { select })).toMatchObject({ succeeded: sheets });
  const approvals = items.map((item) => ({ ...item, approverId: firm.approverId }));
  expect(await done('approveTimesheets', { items: approvals }, { select })).toMatchObject({ succeeded: sheets });
}

/** Facts of a type beside the facts that they name. */
const withCauses = (type: string) => world.sql`
  select effect.payload, effect.correlation_id, cause.type as cause, cause.subject_id, cause.payload as said, cause.correlation_id as begun
  from log.fact effect left join log.fact cause on cause.id = effect.causation_id where effect.type = ${type} order by effect.position`;

test('a bulk approval of 500 timesheets: each actual names the approval of its own timesheet', async () => {
  const pairs = await recorded('2026-02-09');
  await approveAll(pairs);
  await world.settle();
  const sheetOf = new Map(pairs.map(({ entryId, timesheetId }: Json) => [entryId, timesheetId]));
  const posted = await withCauses('ActualPosted');
  expect(posted).toHaveLength(2 * sheets);
  for (const { payload, cause, subject_id, said, correlation_id, begun } of posted) {
    const entryId = payload.sourceId;
    expect([cause, subject_id, said.entryIds, correlation_id]).toEqual(['TimesheetApproved', sheetOf.get(entryId), [entryId], begun]);
  }
  await checkHistory(world.sql);
});

test('what was approved in many business transactions keeps its own in one call', async () => {
  const pairs = (await recorded('2026-02-16')).slice(0, 40);
  for (const { timesheetId } of pairs) {
    await done('submitTimesheet', { id: timesheetId });
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
  }
  await world.settle();
  const posted = (await withCauses('ActualPosted')).slice(2 * sheets);
  expect(posted).toHaveLength(80);
  expect(new Set(posted.map((row) => row.correlation_id)).size).toBe(40);
  for (const row of posted) expect([row.correlation_id, row.said.entryIds]).toEqual([row.begun, [row.payload.sourceId]]);
});

test('exceptions name the approval that led to them, and so does their end', async () => {
  const bare = await firmAt(world.graph, { name: 'Bare', cards: false });
  await bare.approved(['2026-02-09']);
  await bare.approved(['2026-02-16']);
  await world.settle();
  const opened = (await withCauses('ExceptionOpened')).filter((row) => row.cause === 'TimesheetApproved');
  expect(opened).toHaveLength(2);
  for (const row of opened) expect([row.cause, row.said.entryIds, row.correlation_id]).toEqual(['TimesheetApproved', [row.payload.subjectId], row.begun]);
  const ids = await world.sql`select id, fact_id, correlation_id from operations.exception`;
  expect(new Set(ids.map((row) => row.correlation_id)).size).toBe(2);
  await bare.publishCards();
  await done('retryExceptions', { items: ids.map(({ id }) => ({ id })) }, { select: 'succeeded' });
  await world.settle();
  const resolved = await withCauses('ExceptionResolved');
  expect(resolved.map((row) => [row.cause, row.said.subjectId === row.payload.subjectId])).toEqual([
    ['ExceptionRetryRequested', true],
    ['ExceptionRetryRequested', true],
  ]);
});
