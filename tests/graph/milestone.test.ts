import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, engaged, factsOf, made, mutate, reference, running, siblings } from '../support/engagements.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let acme: Awaited<ReturnType<typeof engaged>>;
let contract: { id: string; lines: { id: string }[] };
let projectId: string;
const usd = (amount: string) => ({ amount, currency: 'USD' });
const byMilestone = { name: 'Stages', method: 'MILESTONE', kinds: ['FEE'] };
const byTime = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] };

beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  acme = await engaged(world, ids);
  contract = await made(
    world,
    'createContract',
    { engagementId: acme.engagement, name: 'Stages', startDate: '2026-01-01', lines: [byMilestone, byTime] },
    { select: 'id lines { id }' },
  );
  projectId = (await made(world, 'createProject', { engagementId: acme.engagement, contractId: contract.id, name: 'Build', managerId: ids.manager })).id;
});
afterAll(() => world[Symbol.asyncDispose]());

const plan = (more: Record<string, unknown> = {}, options = {}) =>
  made(
    world,
    'createMilestone',
    { projectId, contractLineId: contract.lines[0]?.id, name: 'First stage', amount: usd('2500'), plannedOn: '2026-03-31', ...more },
    options,
  );
const refusal = async (mutation: string, input: Record<string, unknown>) => (await mutate(world, mutation, input)).errors[0];
const accept = (input: Record<string, unknown>) => action(world, 'acceptMilestone', input, { select: 'status version reachedOn acceptedOn' });

describe('a milestone', () => {
  test('is planned on the contract of its project', async () => {
    const milestone = await plan(
      {},
      {
        select:
          'id status amount { amount currency } plannedOn reachedOn acceptedOn project { name } contract { name } contractLine { name } customer { name } availableActions { name }',
      },
    );
    expect(milestone).toMatchObject({
      status: 'PLANNED',
      amount: usd('2500.00'),
      plannedOn: '2026-03-31',
      reachedOn: null,
      acceptedOn: null,
      project: { name: 'Build' },
      contract: { name: 'Stages' },
      contractLine: { name: 'Stages' },
      customer: { name: 'Acme' },
      availableActions: [{ name: 'reach' }, { name: 'cancel' }],
    });
    expect(await reference(world, 'Milestone', milestone.id)).toEqual({
      version: 1,
      data: {
        customerId: acme.customer,
        projectId,
        contractId: contract.id,
        contractLineId: contract.lines[0]?.id,
        name: 'First stage',
        amountMinor: '250000',
        currency: 'USD',
        status: 'PLANNED',
        acceptedOn: null,
      },
    });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['a project that is none', { projectId: newId() }, { code: 'NOT_FOUND', field: 'projectId' }],
    ['a line that is none', { contractLineId: newId() }, { code: 'NOT_FOUND', field: 'contractLineId' }],
    ['another currency', { amount: { amount: '1', currency: 'EUR' } }, { code: 'CURRENCY_MISMATCH', field: 'amount' }],
    ['a negative amount', { amount: usd('-1') }, { code: 'VALIDATION_FAILED', field: 'amount' }],
    ['half a cent', { amount: usd('0.005') }, { code: 'VALIDATION_FAILED', field: 'amount' }],
    ['no name', { name: '' }, { code: 'VALIDATION_FAILED', field: 'name' }],
  ])('is not planned with %s', async (_, more, refused) => {
    expect(await refusal('createMilestone', { projectId, name: 'Stage', amount: usd('1'), plannedOn: '2026-03-31', ...more })).toMatchObject(refused);
  });

  test('needs a contract, a line billed by milestones, and a project that is not over', async () => {
    const bare = await made(world, 'createProject', { engagementId: acme.engagement, name: 'Bare' });
    const input = { name: 'Stage', amount: usd('1'), plannedOn: '2026-03-31' };
    expect(await refusal('createMilestone', { ...input, projectId: bare.id })).toMatchObject({ guard: 'contractSet' });
    expect(await refusal('createMilestone', { ...input, projectId, contractLineId: contract.lines[1]?.id })).toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'contractLineId',
    });
    const over = await running(world, ids, acme);
    await action(world, 'completeProject', { id: over });
    expect(await refusal('createMilestone', { ...input, projectId: over })).toMatchObject({ guard: 'projectOpen' });
  });

  test('takes no more of its line than that is worth, with all the others of it', async () => {
    const priced = { ...byMilestone, name: 'Priced', amount: usd('1000') };
    const { id, lines } = await made(
      world,
      'createContract',
      { engagementId: acme.engagement, name: 'Bounded', startDate: '2026-01-01', lines: [priced] },
      { select: 'id lines { id }' },
    );
    const on = (await made(world, 'createProject', { engagementId: acme.engagement, contractId: id, name: 'Bounded', managerId: ids.manager })).id;
    const stage = { projectId: on, contractLineId: lines[0].id, name: 'Stage', plannedOn: '2026-03-31' };
    const first = await made(world, 'createMilestone', { ...stage, amount: usd('600') });
    const over = { code: 'GUARD_REFUSED', guard: 'withinLineAmount', field: 'amount' };
    expect(await refusal('createMilestone', { ...stage, amount: usd('400.01') })).toMatchObject(over);
    const second = await made(world, 'createMilestone', { ...stage, amount: usd('400') });
    expect(await refusal('updateMilestone', { id: second.id, amount: usd('400.01') })).toMatchObject(over);
    expect((await action(world, 'cancelMilestone', { id: first.id }, { select: 'status' })).status).toBe('CANCELLED');
    const both = await Promise.all([600, 600].map((amount) => action(world, 'createMilestone', { ...stage, amount: usd(String(amount)) })));
    expect(both.map(({ refused }) => refused?.guard ?? 'made').sort()).toEqual(['made', 'withinLineAmount']);
  });

  test('is reached today and accepted when the customer says', async () => {
    const { id } = await plan();
    const facts = await factsOf(world, async () => {
      expect(await action(world, 'reachMilestone', { id }, { select: 'status version reachedOn' })).toMatchObject({ status: 'REACHED', version: 2 });
      expect((await accept({ id, acceptedOn: '2026-03-01' })).refused).toMatchObject({ code: 'VALIDATION_FAILED', field: 'acceptedOn' });
      expect((await accept({ id, acceptedOn: '2026-03-04' })).refused).toMatchObject({ code: 'VALIDATION_FAILED', field: 'acceptedOn' });
      expect(await accept({ id, acceptedOn: '2026-03-03' })).toMatchObject({ status: 'ACCEPTED', version: 3 });
    });
    expect(facts.map(({ type, payload }) => [type, payload.reachedOn, payload.acceptedOn].join(' '))).toEqual([
      'MilestoneReached 2026-03-02 ',
      'MilestoneAccepted 2026-03-02 2026-03-03',
    ]);
    expect(facts[1]).toMatchObject({
      customer_id: acme.customer,
      engagement_id: acme.engagement,
      project_id: projectId,
      legal_entity_id: ids.legalEntity,
      payload: { milestoneId: id, contractId: contract.id, amount: usd('2500.00'), status: 'ACCEPTED' },
    });
    expect((await reference(world, 'Milestone', id))?.data).toMatchObject({ status: 'ACCEPTED', acceptedOn: '2026-03-03' });
    expect(await refusal('updateMilestone', { id, name: 'Late' })).toMatchObject({ guard: 'milestonePlanned' });
  });

  test('is accepted today when nobody says when, by whoever may accept', async () => {
    const { id } = await plan();
    await action(world, 'reachMilestone', { id });
    const clerk = { ...allowed, permissions: ['milestone:write', 'milestone:read'] };
    expect((await action(world, 'acceptMilestone', { id }, { actor: clerk })).refused).toMatchObject({ code: 'FORBIDDEN' });
    expect((await made(world, 'acceptMilestone', { id }, { select: 'acceptedOn' })).acceptedOn).toBe('2026-03-02');
  });

  test('is cancelled while it is PLANNED, and states nothing', async () => {
    const { id } = await plan();
    expect(await factsOf(world, () => action(world, 'cancelMilestone', { id }))).toEqual([]);
    expect((await action(world, 'reachMilestone', { id })).refused).toMatchObject({ code: 'INVALID_TRANSITION' });
    expect((await reference(world, 'Milestone', id))?.data.status).toBe('CANCELLED');
  });

  test('changes while it is PLANNED, at the version that its reader knew', async () => {
    const { id } = await plan();
    expect(
      await made(
        world,
        'updateMilestone',
        { id, expectedVersion: 1, amount: usd('3000'), contractLineId: null },
        { select: 'version amount { amount } contractLine { name }' },
      ),
    ).toEqual({ version: 2, amount: { amount: '3000.00' }, contractLine: null });
    expect(await refusal('updateMilestone', { id, expectedVersion: 1, name: 'x' })).toMatchObject({ code: 'STALE_VERSION' });
    expect(await refusal('updateMilestone', { id, amount: null })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'amount' });
    expect((await mutate(world, 'updateMilestone', { id, name: 'x' }, { actor: { ...allowed, customerIds: [newId()] } })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });

  test('holds its contract line in place', async () => {
    await plan();
    expect(await refusal('updateContract', { id: contract.id, lines: [byTime] })).toMatchObject({ guard: 'lineHasMilestones' });
    expect(await made(world, 'updateContract', { id: contract.id, lines: [byTime, byMilestone] }, { select: 'lines { id }' })).toEqual({
      lines: [{ id: contract.lines[1]?.id }, { id: contract.lines[0]?.id }],
    });
  });

  test('is listed by the day for which it is planned, below project and contract too', async () => {
    const other = await made(world, 'createProject', { engagementId: acme.engagement, contractId: contract.id, name: 'Listed' });
    for (const [name, plannedOn] of [
      ['C', '2026-05-03'],
      ['A', '2026-05-01'],
      ['B', '2026-05-02'],
    ])
      await plan({ projectId: other.id, name, plannedOn });
    const query = `query ($id: ID!, $contract: ID!) {
      project(id: $id) { milestones(first: 2) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } }
      contract(id: $contract) { milestones(filter: { projectIds: [$id] }, orderBy: { field: NAME, direction: DESC }) { nodes { name } } }
      milestones(filter: { projectIds: [$id], contractIds: [$contract], statuses: [PLANNED] }) { nodes { name } } }`;
    const found = await world.ok(query, { variables: { id: other.id, contract: contract.id } });
    const names = (connection: { nodes: { name: string }[] }) => connection.nodes.map((node) => node.name).join('');
    expect([names(found.project.milestones), names(found.contract.milestones), names(found.milestones)]).toEqual(['AB', 'CBA', 'ABC']);
    expect(found.project.milestones).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await world.ok('query ($id: ID!, $after: Cursor) { project(id: $id) { milestones(after: $after) { nodes { name } } } }', {
      variables: { id: other.id, after: found.project.milestones.pageInfo.endCursor },
    });
    expect(names(rest.project.milestones)).toBe('C');
  });
});
