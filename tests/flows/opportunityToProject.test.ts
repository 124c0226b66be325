import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenWish } from '../../roles/tokens.ts';
import { type Deal, dealAt, standing } from '../support/deals.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const one = { projects: 1, engagements: 1, contracts: 1 };
const factsAbout = async (correlated: string) =>
  (await world.sql`select type, payload ->> 'status' as status from log.fact where correlation_id = ${correlated} order by position`).map(
    ({ type, status }) => `${type} ${status}`,
  );
const correlationOf = async (opportunityId: string) =>
  (await world.sql`select correlation_id from log.fact where type = 'OpportunityWon' and subject_id = ${opportunityId}`)[0]?.correlation_id;
const wonDeal = async (more: Record<string, unknown> = {}): Promise<Deal> => {
  const deal = await dealAt(world, more, firm);
  expect((await deal.upsert()).succeeded).toBe(1);
  expect((await deal.win()).userErrors).toEqual([]);
  return deal;
};

describe('a CRM reports that an opportunity is won', () => {
  let deal: Deal;
  let found: Json;
  beforeAll(async () => {
    deal = await wonDeal();
    expect(await deal.now()).toMatchObject({ status: 'WON', onboarding: 'STARTED', project: null, runs: { nodes: [] } });
    await world.settle();
    found = await deal.now();
  });

  test('engagement, contract and project follow, and the project runs', () => {
    expect(found).toMatchObject({ status: 'WON', onboarding: 'DONE', exceptions: { nodes: [] } });
    expect(found.engagement.status).toBe('ACTIVE');
    expect(found.project).toMatchObject({ status: 'ACTIVE', manager: { id: firm.approverId }, provisionings: [] });
  });

  test('the contract holds what was agreed', () => {
    expect(found.contract).toMatchObject({
      status: 'CONFIRMED',
      startDate: '2026-01-01',
      lines: [{ name: 'Time and materials', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'], amount: null }],
      rates: [{ rate: { amount: '140.00' }, laborCategory: { id: firm.categoryId } }],
    });
  });

  test('the run tells each step, and the prospect is a customer', async () => {
    const steps = found.runs.nodes[0].steps.map(({ name, state }: Json) => `${name} ${state}`);
    expect(steps).toEqual([
      'take on DONE',
      'check the rules DONE',
      'make the engagement DONE',
      'make the contract DONE',
      'make the project DONE',
      'ask systems outside DONE',
      'wait for systems outside DONE',
      'activate DONE',
    ]);
    const query = 'query ($refs: [ExternalRefInput!]) { customers(filter: { externalRefs: $refs }) { nodes { status } } }';
    expect((await world.graph.ok(query, { refs: [deal.customerRef] })).customers.nodes).toEqual([{ status: 'ACTIVE' }]);
  });

  test('everything that happened is one business transaction, and ProjectCreated is stated once the project is ACTIVE', async () => {
    expect(await factsAbout(await correlationOf(found.id))).toEqual([
      'OpportunityWon WON',
      'CustomerUpdated ACTIVE',
      'EngagementCreated DRAFT',
      'ContractUpdated DRAFT',
      'ContractUpdated IN_REVIEW',
      'ContractConfirmed CONFIRMED',
      'ProjectStatusChanged PROVISIONING',
      'ProjectStatusChanged ACTIVE',
      'ProjectCreated ACTIVE',
      'EngagementStatusChanged ACTIVE',
    ]);
  });

  test('time can be recorded and billed at the rate that was agreed', async () => {
    const { done } = world.graph;
    await done(
      'createAssignment',
      { employeeId: firm.employeeId, projectId: found.project.id, startDate: '2026-01-01', endDate: '2026-12-31', weeklyHours: '8' },
      {
        select: 'assignment { id }',
      },
    ).then(({ assignment }) => done('confirmAssignment', { id: assignment.id }));
    await firm.approved(['2026-02-09', '2026-02-10'], { projectId: found.project.id });
    await world.settle();
    const { results } = await done(
      'draftInvoices',
      { cutOffDate: '2026-12-31', contractIds: [found.contract.id], invoiceDate: '2026-02-28' },
      { select: 'results { invoice { id subtotal { amount } } userErrors { code message } }' },
    );
    expect(results).toMatchObject([{ invoice: { subtotal: { amount: '2240.00' } } }]);
  });

  test('reported again, by the same key, by another, and by an upsert that says so: one project', async () => {
    expect((await deal.win()).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    expect((await deal.upsert({ win: true })).results).toMatchObject([{ opportunity: { id: found.id, status: 'WON' }, userErrors: [] }]);
    await world.forgetDeliveries();
    await world.settle([...world.consumers].reverse());
    expect(await standing(world, found.id)).toEqual(one);
    expect((await deal.now()).runs.nodes).toHaveLength(1);
  });

  test('who may not read opportunities sees the project, and is told that its origin is not theirs to know', async () => {
    const originFor = (wish: TokenWish) =>
      world.graph.ask('query ($id: ID!) { project(id: $id) { status opportunity { id } } }', { id: found.project.id }, wish);
    expect(await originFor({ role: 'manager' })).toEqual({ data: { project: { status: 'ACTIVE', opportunity: { id: found.id } } } });
    expect(await originFor({ role: 'consultant', employeeId: firm.employeeId })).toMatchObject({
      data: { project: { status: 'ACTIVE', opportunity: null } },
      errors: [{ path: ['project', 'opportunity'], extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('what was agreed stays in the contract; the words may change', async () => {
    expect((await deal.upsert({ value: { amount: '1.00', currency: 'EUR' } })).results).toMatchObject([{ userErrors: [{ guard: 'agreementFixed' }] }]);
    expect((await deal.upsert({ description: 'A first project, and a good one' })).results).toMatchObject([{ userErrors: [] }]);
    expect((await deal.now()).onboarding).toBe('DONE');
  });
});

describe('out of order, and at once', () => {
  test('won before it is known: refused, and the same call does it once it is', async () => {
    const deal = await dealAt(world, {}, firm);
    const key = 'won early';
    expect((await deal.win({ idempotencyKey: key })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'externalRef' }]);
    await deal.upsert();
    expect(await deal.win({ idempotencyKey: key })).toMatchObject({ userErrors: [], replayed: false });
    expect(await deal.win({ idempotencyKey: key })).toMatchObject({ userErrors: [], replayed: true, opportunity: { status: 'WON' } });
    await world.settle();
    expect(await standing(world, (await deal.now()).id)).toEqual(one);
  });

  test('reported by two systems at once: one wins, one project', async () => {
    const deal = await dealAt(world, { managerId: undefined }, firm);
    await deal.upsert({ managerId: firm.approverId });
    const { id } = await deal.now();
    const marketing = { system: 'marketing', externalId: `lead of ${id}` };
    await world.graph.done('updateOpportunity', { id, externalRefs: [marketing] });
    const answers = await Promise.all([
      deal.win(),
      world.graph.mutate('winOpportunity', { externalRef: marketing }),
      deal.upsert({ managerId: firm.approverId, win: true }),
    ]);
    expect(answers.slice(0, 2).filter(({ userErrors }) => userErrors.length === 0).length).toBeLessThanOrEqual(1);
    await Promise.all([world.settle(), world.settle([...world.consumers].reverse())]);
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'DONE', project: { status: 'ACTIVE' } });
    expect(await standing(world, id)).toEqual(one);
  });

  test('an older version that comes late changes nothing', async () => {
    const deal = await dealAt(world, {}, firm);
    await deal.upsert({ externalRef: { ...deal.ref, version: '2' }, win: true });
    expect((await deal.upsert({ externalRef: { ...deal.ref, version: '1' }, name: 'Old name' })).results).toMatchObject([
      { userErrors: [{ code: 'STALE_SOURCE_VERSION' }] },
    ]);
    await world.settle();
    expect(await deal.now()).toMatchObject({ name: deal.item.name, onboarding: 'DONE' });
  });
});

describe('a contract type of its own', () => {
  test.each([
    ['FIXED_FEE', [{ name: 'Fixed fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: { amount: '50000.00' } }], undefined],
    ['RETAINER', [{ name: 'Retainer', method: 'RETAINER', kinds: ['TIME', 'FEE'], amount: { amount: '50000.00' } }], undefined],
    [
      'MILESTONE',
      [
        { name: 'Goals', method: 'MILESTONE', kinds: ['FEE'], amount: { amount: '40000.00' } },
        { name: 'Travel', method: 'TIME_AND_MATERIALS', kinds: ['EXPENSE'], amount: null },
      ],
      [
        { name: 'Goals', method: 'MILESTONE', kinds: ['FEE'], amount: { amount: '40000', currency: 'EUR' } },
        { name: 'Travel', method: 'TIME_AND_MATERIALS', kinds: ['EXPENSE'] },
      ],
    ],
  ])('%s becomes the lines of the contract', async (method, expected, lines) => {
    const deal = await wonDeal({ method, lines });
    await world.settle();
    expect(await deal.now()).toMatchObject({ onboarding: 'DONE', contract: { status: 'CONFIRMED', lines: expected } });
  });
});
