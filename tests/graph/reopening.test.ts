import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TokenWish } from '../../roles/tokens.ts';
import { firmWorld } from '../support/firmWorld.ts';

const { graph, firm, sql } = await firmWorld();

const manager: TokenWish = { role: 'manager' };
const factsAbout = async (id: string, type: string) => {
  const rows = await sql`select payload from log.pending where subject_id = ${id} and type = ${type} order by sequence`;
  return rows.map(({ payload }) => payload);
};
const late = (workDate: string) =>
  graph.mutate(
    'recordTimeEntries',
    { idempotencyKey: randomUUID(), items: [{ employeeId: firm.employeeId, projectId: firm.projectId, workDate, hours: '2' }] },
    { select: 'results { timeEntry { id status } userErrors { guard } }' },
  );

test('late time has a way into a completed project: it is reopened with a reason, and completed again', async () => {
  await graph.done('completeProject', { id: firm.projectId });
  expect((await late('2026-02-02')).results).toMatchObject([{ timeEntry: null, userErrors: [{ guard: expect.any(String) }] }]);
  const select = 'project { status availableActions { name } }';
  const opened = await graph.mutate('reopenProject', { id: firm.projectId, reason: ' A timesheet came late ' }, { select, wish: manager });
  expect(opened).toMatchObject({ project: { status: 'ACTIVE' }, userErrors: [] });
  expect(await factsAbout(firm.projectId, 'ProjectReopened')).toMatchObject([{ status: 'ACTIVE', reason: 'A timesheet came late' }]);
  expect((await factsAbout(firm.projectId, 'ProjectStatusChanged')).at(-1)).toMatchObject({ previousStatus: 'COMPLETED', status: 'ACTIVE' });
  expect((await late('2026-02-02')).results).toMatchObject([{ timeEntry: { status: 'DRAFT' }, userErrors: [] }]);
  await graph.done('completeProject', { id: firm.projectId });
});

test('a project whose contract is completed waits for the contract to be reopened', async () => {
  await graph.done('completeContract', { id: firm.contractId });
  const reason = 'Work came late';
  const waiting = await graph.mutate('reopenProject', { id: firm.projectId, reason });
  expect(waiting.userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'contractConfirmed' }]);
  const contract = await graph.mutate('reopenContract', { id: firm.contractId, reason }, { select: 'contract { status }', wish: { role: 'finance' } });
  expect(contract).toMatchObject({ contract: { status: 'CONFIRMED' }, userErrors: [] });
  expect(await factsAbout(firm.contractId, 'ContractReopened')).toMatchObject([{ status: 'CONFIRMED', reason }]);
  await graph.done('reopenProject', { id: firm.projectId, reason });
});

test('an engagement is reopened alike, and whatever is closed is not', async () => {
  const { engagementId: id } = firm;
  await graph.done('completeEngagement', { id });
  const reason = 'A second phase';
  const opened = await graph.mutate('reopenEngagement', { id, reason }, { select: 'engagement { status }', wish: { role: 'crm', system: 'crm' } });
  expect(opened).toMatchObject({ engagement: { status: 'ACTIVE' }, userErrors: [] });
  expect(await factsAbout(id, 'EngagementReopened')).toMatchObject([{ status: 'ACTIVE', reason }]);
  const closed = await graph.made('createEngagement', 'engagement', { customerId: firm.customerId, name: 'Over' });
  for (const action of ['activateEngagement', 'completeEngagement', 'closeEngagement']) await graph.done(action, { id: closed });
  expect((await graph.mutate('reopenEngagement', { id: closed, reason })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
});

test.each([
  ['without a reason', { reason: ' ' }, { role: 'admin' }, { code: 'VALIDATION_FAILED', field: 'reason' }],
  ['with a reason beyond measure', { reason: 'x'.repeat(1001) }, { role: 'admin' }, { code: 'VALIDATION_FAILED', field: 'reason' }],
  ['by who may not', { reason: 'Please' }, { role: 'consultant' }, { code: 'FORBIDDEN' }],
])('nothing is reopened %s', async (_, input, wish, refused) => {
  const { projectId, contractId, engagementId } = firm;
  const targets = { reopenProject: projectId, reopenContract: contractId, reopenEngagement: engagementId };
  for (const [mutation, id] of Object.entries(targets)) expect((await graph.mutate(mutation, { id, ...input }, { wish })).userErrors).toMatchObject([refused]);
});
