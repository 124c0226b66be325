import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Deal, dealAt, standing } from '../support/deals.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

const hour = 3_600_000;
const within = 48 * hour;
let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld({ provisioning: { systems: ['dms', 'erp'], within } });
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const as = (system: string) => ({ role: 'psa', system }) as const;
const select = 'provisioning { id status }';
const acknowledge = (projectId: string, system: string, more: object = {}) =>
  world.graph.mutate('acknowledgeProvisioning', { projectId, system, ...more }, { wish: as(system), select });
const refuse = (projectId: string, system: string, reason: string) =>
  world.graph.mutate('refuseProvisioning', { projectId, system, reason }, { wish: as(system), select });

/** A won opportunity whose project waits for two systems outside. */
async function waiting(): Promise<{ deal: Deal; id: string; projectId: string }> {
  const deal = await dealAt(world, {}, firm);
  await deal.upsert({ win: true });
  await world.settle();
  const { id, onboarding, project } = await deal.now();
  expect(onboarding).toBe('PROVISIONING');
  return { deal, id, projectId: project.id };
}
const typesAbout = async (projectId: string) =>
  (
    await world.sql`select type, payload ->> 'system' as system from log.fact where type like 'Provisioning%' and payload ->> 'projectId' = ${projectId} order by position`
  ).map(({ type, system }) => `${type} ${system}`);
const stuckOf = async (id: string): Promise<Json[]> =>
  (
    await world.graph.ok(
      'query ($id: [ID!]) { operations { stuck(filter: { subjectIds: $id }) { nodes { kind code message cures { mutation } run { state } } } } }',
      {
        id: [id],
      },
    )
  ).operations.stuck.nodes;
/** Nothing of an attempt stands: the project cancelled, the contract lost, the engagement cancelled. */
async function isTakenBack(projectId: string): Promise<void> {
  const query = 'query ($id: ID!) { project(id: $id) { status contract { status } engagement { status } } }';
  expect((await world.graph.ok(query, { id: projectId })).project).toEqual({
    status: 'CANCELLED',
    contract: { status: 'LOST' },
    engagement: { status: 'CANCELLED' },
  });
}
const later = (milliseconds: number) => {
  world.time.now = new Date(world.time.now.getTime() + milliseconds);
};

describe('systems outside set the project up', () => {
  test('each is asked, and once all have answered the project is ACTIVE, with their names for it', async () => {
    const { deal, projectId } = await waiting();
    expect(await typesAbout(projectId)).toEqual(['ProvisioningRequested dms', 'ProvisioningRequested erp']);
    expect((await acknowledge(projectId, 'dms', { externalId: 'FOLDER-7' })).userErrors).toEqual([]);
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'PROVISIONING', project: { status: 'PROVISIONING' } });
    expect((await acknowledge(projectId, 'erp')).provisioning.status).toBe('ACKNOWLEDGED');
    await world.settle();
    expect(await deal.now()).toMatchObject({
      onboarding: 'DONE',
      project: {
        status: 'ACTIVE',
        externalRefs: [{ system: 'dms', externalId: 'FOLDER-7' }],
        provisionings: [
          { system: 'dms', status: 'ACKNOWLEDGED' },
          { system: 'erp', status: 'ACKNOWLEDGED' },
        ],
      },
    });
    const created = await world.sql`select payload ->> 'status' as status from log.fact where type = 'ProjectCreated' and subject_id = ${projectId}`;
    expect(created).toMatchObject([{ status: 'ACTIVE' }]);
  });

  test('a system answers for itself alone, once, for what it was asked; a person answers for any', async () => {
    const { deal, projectId } = await waiting();
    const forAnother = await world.graph.mutate('acknowledgeProvisioning', { projectId, system: 'erp' }, { wish: as('dms'), select });
    expect(forAnother.userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION', field: 'system' }]);
    expect((await acknowledge(projectId, 'payroll')).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'system' }]);
    expect((await acknowledge(firm.projectId, 'erp')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await acknowledge(projectId, 'dms')).userErrors).toEqual([]);
    expect((await acknowledge(projectId, 'dms')).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const byHand = await world.graph.mutate('acknowledgeProvisioning', { projectId, system: 'erp' }, { wish: { role: 'manager' }, select });
    expect(byHand.userErrors).toEqual([]);
    await world.settle();
    expect((await deal.now()).onboarding).toBe('DONE');
    expect((await acknowledge(projectId, 'erp')).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('who is to answer finds what is pending in one list', async () => {
    const { projectId } = await waiting();
    const query =
      'query ($id: [ID!]) { provisionings(filter: { projectIds: $id, systems: ["erp"], statuses: [PENDING] }) { totalCount nodes { system dueAt project { id } } } }';
    const { provisionings } = await world.graph.ok(query, { id: [projectId] }, as('erp'));
    expect(provisionings).toMatchObject({ totalCount: 1, nodes: [{ system: 'erp', project: { id: projectId } }] });
    await world.graph.done('cancelProject', { id: projectId });
    await world.settle();
    await isTakenBack(projectId);
  });

  test('a project that somebody activates by hand waits for nobody', async () => {
    const { deal, projectId } = await waiting();
    await world.graph.done('activateProject', { id: projectId });
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'DONE', engagement: { status: 'ACTIVE' } });
  });
});

describe('what cannot be set up', () => {
  test('a refusal takes all of it back, and an exception says why; retried, it becomes one project after all', async () => {
    const { deal, id, projectId } = await waiting();
    expect((await refuse(projectId, 'erp', 'No cost center for it')).userErrors).toEqual([]);
    await world.settle();
    await isTakenBack(projectId);
    const failed = await deal.now();
    expect(failed).toMatchObject({
      ...{ status: 'WON', onboarding: 'FAILED', project: null, contract: null, engagement: null },
      exceptions: {
        nodes: [
          {
            status: 'OPEN',
            code: 'UPSTREAM_UNAVAILABLE',
            message: 'erp does not set the project up: No cost center for it',
            moneyAtRisk: { amount: '50000.00' },
          },
        ],
      },
      runs: { nodes: [{ state: 'COMPENSATED' }] },
    });
    expect(await standing(world, id)).toEqual({ projects: 0, engagements: 0, contracts: 0 });
    await world.graph.done('retryException', { id: failed.exceptions.nodes[0].id });
    await world.settle();
    const again = (await deal.now()).project;
    for (const system of ['dms', 'erp']) expect((await acknowledge(again.id, system)).userErrors).toEqual([]);
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'DONE', exceptions: { nodes: [{ status: 'RESOLVED' }] } });
    expect(await standing(world, id)).toEqual({ projects: 1, engagements: 1, contracts: 1 });
    expect((await acknowledge(projectId, 'dms')).userErrors).toMatchObject([{ guard: 'projectWaits' }]);
  });

  test('silence is reminded of, seen among what is stuck, and at the deadline taken back', async () => {
    const { deal, id, projectId } = await waiting();
    expect((await acknowledge(projectId, 'dms')).userErrors).toEqual([]);
    later(within / 2 - hour);
    await world.settle();
    expect(await stuckOf(id)).toEqual([]);
    later(hour + 60_000);
    await world.settle();
    await world.settle();
    expect((await typesAbout(projectId)).filter((type) => type.startsWith('ProvisioningOverdue'))).toEqual(['ProvisioningOverdue erp']);
    const [stuck] = await stuckOf(id);
    expect(stuck).toMatchObject({ kind: 'PROCESS_RUN', code: 'UPSTREAM_UNAVAILABLE', run: { state: 'RUNNING' } });
    expect(stuck.message).toMatch(/^The project waits for erp, until /);
    expect(stuck.cures.map(({ mutation }: Json) => mutation)).toEqual(['acknowledgeProvisioning', 'refuseProvisioning', 'cancelProcessRun']);
    later(within / 2);
    await world.settle();
    await isTakenBack(projectId);
    const { exceptions } = await deal.now();
    expect(exceptions.nodes).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE', status: 'OPEN', message: expect.stringContaining('erp has not answered.') }]);
    expect((await stuckOf(id)).map(({ kind }) => kind)).toEqual(['EXCEPTION']);
    await world.graph.done('dismissException', { id: exceptions.nodes[0].id, reason: 'The customer thought better of it' });
    await world.settle();
    expect((await deal.now()).exceptions.nodes).toMatchObject([{ status: 'DISMISSED' }]);
  });

  test('an answer in the last moment counts', async () => {
    const { deal, projectId } = await waiting();
    later(within - 60_000);
    await world.settle();
    for (const system of ['dms', 'erp']) expect((await acknowledge(projectId, system)).userErrors).toEqual([]);
    await world.settle();
    expect((await deal.now()).onboarding).toBe('DONE');
  });

  test('a run that somebody cancels goes back as well', async () => {
    const { deal, projectId } = await waiting();
    const [run] = (await deal.now()).runs.nodes;
    await world.graph.done('cancelProcessRun', { id: run.id, reason: 'Signed by mistake' });
    await world.settle();
    await isTakenBack(projectId);
    expect((await deal.now()).exceptions.nodes).toMatchObject([{ message: expect.stringContaining('Signed by mistake') }]);
  });

  test('a rule that is broken meanwhile stops it before anything is made; the mend drains it by itself', async () => {
    const deal = await dealAt(world, {}, firm);
    const lead = await firm.person('Leaver', true);
    await deal.upsert({ managerId: lead, win: true });
    await world.graph.done('terminateEmployee', { id: lead, terminatedOn: '2026-01-31' });
    await world.settle();
    const failed = await deal.now();
    expect(failed).toMatchObject({ onboarding: 'FAILED', exceptions: { nodes: [{ code: 'GUARD_REFUSED', message: expect.stringContaining('TERMINATED') }] } });
    expect(failed.runs.nodes[0].steps.map(({ name }: Json) => name)).toEqual(['take on', 'check the rules', 'take on']);
    expect((await deal.upsert({ managerId: firm.approverId })).results).toMatchObject([{ userErrors: [] }]);
    await world.settle();
    const { project, exceptions } = await deal.now();
    for (const system of ['dms', 'erp']) await acknowledge(project.id, system);
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'DONE', project: { status: 'ACTIVE' } });
    expect(exceptions.nodes).toHaveLength(1);
  });

  test('no two attempts go on at once, whatever is asked', async () => {
    const { deal, id, projectId } = await waiting();
    await refuse(projectId, 'dms', 'No room');
    await world.settle();
    const [{ id: exceptionId }] = (await deal.now()).exceptions.nodes;
    await world.graph.done('retryException', { id: exceptionId });
    await world.graph.done('reopenException', { id: exceptionId });
    await world.graph.done('retryException', { id: exceptionId });
    await world.settle();
    expect(await standing(world, id)).toEqual({ projects: 1, engagements: 1, contracts: 1 });
    const states = (await deal.now()).runs.nodes.map(({ state }: Json) => state).sort();
    expect(states).toEqual(['COMPENSATED', 'COMPENSATED', 'RUNNING']);
  });
});
