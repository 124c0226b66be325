import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references } from '#engagements/published.ts';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, engaged, factsOf, made, mutate, reference, running, siblings, upsert } from '../support/engagements.ts';
import { openItems } from '../support/siblings.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let acme: Awaited<ReturnType<typeof engaged>>;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  acme = await engaged(world, ids);
});
afterAll(() => world[Symbol.asyncDispose]());

const create = (more: Record<string, unknown> = {}, options = {}) =>
  made(world, 'createProject', { engagementId: acme.engagement, name: 'Build', ...more }, options);
const refusal = async (mutation: string, input: Record<string, unknown>) => (await mutate(world, mutation, input)).errors[0];

describe('a project', () => {
  test('is created as DRAFT: ProjectCreated with the keys that decide who may see it', async () => {
    let id = '';
    const facts = await factsOf(world, async () => {
      ({ id } = await create({ contractId: acme.contract, managerId: ids.manager, selfAssignable: true }));
    });
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'ProjectCreated',
        customer_id: acme.customer,
        engagement_id: acme.engagement,
        project_id: id,
        legal_entity_id: ids.legalEntity,
        payload: { projectId: id, customerId: acme.customer, engagementId: acme.engagement, contractId: acme.contract, name: 'Build', status: 'DRAFT' },
      }),
    ]);
    expect(await reference(world, 'Project', id)).toEqual({
      version: 1,
      data: {
        customerId: acme.customer,
        engagementId: acme.engagement,
        contractId: acme.contract,
        legalEntityId: ids.legalEntity,
        name: 'Build',
        status: 'DRAFT',
        billable: true,
        startDate: null,
        endDate: null,
        selfAssign: true,
        managerId: ids.manager,
      },
    });
    const query =
      'query ($id: ID!) { project(id: $id) { billable selfAssignable manager { id } contract { name } legalEntity { id } customer { name } engagement { name } startDate endDate tasks { totalCount } milestones { totalCount } } }';
    expect((await world.ok(query, { variables: { id } })).project).toEqual({
      billable: true,
      selfAssignable: true,
      manager: { id: ids.manager },
      contract: { name: 'Acme terms' },
      legalEntity: { id: ids.legalEntity },
      customer: { name: 'Acme' },
      engagement: { name: 'Acme programme' },
      startDate: null,
      endDate: null,
      tasks: { totalCount: 0 },
      milestones: { totalCount: 0 },
    });
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ['an engagement that is none', { engagementId: newId() }, 'NOT_FOUND', 'engagementId'],
    ['a contract that is none', { contractId: newId() }, 'NOT_FOUND', 'contractId'],
    ['a manager that is none', { managerId: newId() }, 'NOT_FOUND', 'managerId'],
    ['no name', { name: '' }, 'VALIDATION_FAILED', 'name'],
    ['null for what is true or false', { billable: null }, 'VALIDATION_FAILED', 'billable'],
    ['an end before the start', { startDate: '2026-02-01', endDate: '2026-01-31' }, 'VALIDATION_FAILED', 'endDate'],
  ])('is not created with %s', async (_, more, code, field) => {
    expect(await refusal('createProject', { engagementId: acme.engagement, name: 'Build', ...more })).toMatchObject({ code, field });
  });

  test('works under a contract of its own engagement', async () => {
    const other = await engaged(world, ids, 'Other');
    expect(await refusal('createProject', { engagementId: acme.engagement, name: 'Build', contractId: other.contract })).toMatchObject({
      code: 'VALIDATION_FAILED',
      field: 'contractId',
    });
    const { id } = await create();
    const stranger = { ...allowed, customerIds: [acme.customer] };
    expect((await mutate(world, 'updateProject', { id, contractId: other.contract }, { actor: stranger })).errors).toMatchObject([
      { code: 'NOT_FOUND', field: 'contractId' },
    ]);
  });

  test('becomes ACTIVE with an active customer, a confirmed contract and a manager', async () => {
    const prospect = await made(world, 'createCustomer', { name: 'Prospect', currency: 'USD', legalEntityId: ids.legalEntity, taxProfileId: ids.taxProfile });
    const engagement = await made(world, 'createEngagement', { customerId: prospect.id, name: 'E' });
    const contract = await made(world, 'createContract', { engagementId: engagement.id, name: 'C', startDate: '2026-01-01' });
    const { id } = await made(world, 'createProject', { engagementId: engagement.id, contractId: contract.id, name: 'P' });
    expect((await action(world, 'activateProject', { id })).refused).toMatchObject({ code: 'INVALID_TRANSITION' });
    await action(world, 'provisionProject', { id });
    const query = 'query ($id: ID!) { project(id: $id) { availableActions { name refusals } } }';
    const [activate] = (await world.ok(query, { variables: { id } })).project.availableActions;
    expect(activate.refusals.map((text: string) => text.split(':')[0])).toEqual(['customerActive', 'contractConfirmed', 'managerMapped']);
    expect((await action(world, 'activateProject', { id })).refused).toMatchObject({ guard: 'customerActive' });
    await action(world, 'activateCustomer', { id: prospect.id });
    expect((await action(world, 'activateProject', { id })).refused).toMatchObject({ guard: 'contractConfirmed' });
    await action(world, 'submitContract', { id: contract.id });
    await action(world, 'confirmContract', { id: contract.id });
    expect((await action(world, 'activateProject', { id })).refused).toMatchObject({ guard: 'managerMapped' });
    await made(world, 'updateProject', { id, managerId: ids.manager });
    expect(await action(world, 'activateProject', { id })).toMatchObject({ status: 'ACTIVE', version: 4 });
  });

  test('goes its way, each step with its fact', async () => {
    const id = await running(world, ids, acme);
    const facts = await factsOf(world, async () => {
      for (const name of ['hold', 'resume', 'complete', 'close']) await action(world, `${name}Project`, { id });
    });
    expect(facts.map(({ type, payload }) => `${type} ${payload.previousStatus} ${payload.status}`)).toEqual([
      'ProjectStatusChanged ACTIVE ON_HOLD',
      'ProjectStatusChanged ON_HOLD ACTIVE',
      'ProjectStatusChanged ACTIVE COMPLETED',
      'ProjectStatusChanged COMPLETED CLOSED',
    ]);
    expect(await refusal('updateProject', { id, name: 'Late' })).toMatchObject({ guard: 'projectOpen' });
    const given = await create();
    expect(await action(world, 'cancelProject', { id: given.id })).toMatchObject({ status: 'CANCELLED' });
  });

  test('is not closed while the processes say that something is open', async () => {
    const id = await running(world, ids, acme);
    await action(world, 'completeProject', { id });
    await world.publish(references.ProjectOpenItems, [{ id, version: 1, data: openItems({ unbilled: 2, draftInvoices: 1 }) }]);
    expect((await action(world, 'closeProject', { id })).refused).toMatchObject({
      guard: 'nothingOpen',
      message: 'Still open: 2 unbilled items, 0 timesheets, 1 draft invoices.',
    });
    const query = 'query ($id: ID!) { project(id: $id) { availableActions { name refusals } } }';
    expect((await world.ok(query, { variables: { id } })).project.availableActions).toEqual([
      { name: 'reopen', refusals: [] },
      { name: 'close', refusals: [expect.stringMatching(/^nothingOpen/)] },
    ]);
    await world.publish(references.ProjectOpenItems, [{ id, version: 2, data: openItems() }]);
    expect(await action(world, 'closeProject', { id })).toMatchObject({ status: 'CLOSED' });
  });

  test('keeps contract and manager once it runs', async () => {
    const id = await running(world, ids, acme);
    const second = await made(world, 'createContract', { engagementId: acme.engagement, name: 'Second', startDate: '2026-01-01' });
    expect(await refusal('updateProject', { id, contractId: second.id })).toMatchObject({ guard: 'contractFixed' });
    expect(await refusal('updateProject', { id, contractId: null })).toMatchObject({ guard: 'contractFixed' });
    expect(await refusal('updateProject', { id, managerId: null })).toMatchObject({ guard: 'managerMapped' });
    expect(await made(world, 'updateProject', { id, contractId: acme.contract.toUpperCase(), endDate: '2026-12-31' }, { select: 'version endDate' })).toEqual({
      version: 4,
      endDate: '2026-12-31',
    });
    expect((await reference(world, 'Project', id))?.data).toMatchObject({ legalEntityId: ids.legalEntity, endDate: '2026-12-31' });
    expect(await refusal('updateProject', { id, expectedVersion: 3, name: 'x' })).toMatchObject({ code: 'STALE_VERSION' });
  });

  test('replays for the same key', async () => {
    const input = { idempotencyKey: 'p1', engagementId: acme.engagement, name: 'Once' };
    const first = await made(world, 'createProject', input);
    expect(await made(world, 'createProject', input)).toEqual(first);
    expect(await refusal('createProject', { ...input, name: 'Twice' })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

describe('projects in bulk', () => {
  const item = (n: number | string, more: Record<string, unknown> = {}) => ({
    externalRef: { system: 'tock', externalId: `projects.project:${n}` },
    engagementId: acme.engagement,
    contractId: acme.contract,
    name: `Project ${n}`,
    managerId: ids.manager,
    selfAssignable: true,
    activate: true,
    ...more,
  });
  const run = (idempotencyKey: string, items: object[]) => upsert(world, 'Project', { idempotencyKey, items });

  test('are brought to ACTIVE through the machine; what a guard refuses is not written at all', async () => {
    const facts = await factsOf(world, async () => {
      const done = await run('b1', [item(1), item(2, { managerId: null }), item(3, { activate: false, managerId: null }), item(4, { contractId: newId() })]);
      expect(done).toMatchObject({ succeeded: 2, failed: 2 });
      expect(done.results.map((result: { project: object | null; userErrors: object[] }) => result.project ?? result.userErrors[0])).toMatchObject([
        { status: 'ACTIVE', version: 3 },
        { code: 'GUARD_REFUSED', guard: 'managerMapped' },
        { status: 'DRAFT', version: 1 },
        { code: 'NOT_FOUND', field: 'contractId' },
      ]);
    });
    expect(facts.map((fact) => `${fact.type} ${fact.payload.name} ${fact.payload.status}`)).toEqual([
      'ProjectCreated Project 1 DRAFT',
      'ProjectStatusChanged Project 1 PROVISIONING',
      'ProjectStatusChanged Project 1 ACTIVE',
      'ProjectCreated Project 3 DRAFT',
    ]);
    const absent = await world.ok('{ projects(filter: { externalRefs: [{ system: "tock", externalId: "projects.project:2" }] }) { totalCount } }');
    expect(absent.projects.totalCount).toBe(0);
  });

  test('change nothing the second time, and only what differs after that', async () => {
    await run('b2', [item('a'), item('b')]);
    const facts = await factsOf(world, async () => {
      const again = await run('b3', [
        item('a'),
        item('b', { name: 'Renamed' }),
        { externalRef: item('a').externalRef, engagementId: acme.engagement, name: 'Twice' },
      ]);
      expect(again.results).toMatchObject([
        { project: { version: 3 } },
        { project: { version: 4, name: 'Renamed', status: 'ACTIVE' } },
        { project: null, userErrors: [{ code: 'VALIDATION_FAILED' }] },
      ]);
    });
    expect(facts).toEqual([]);
  });

  test('leave a project alone that somebody put on hold', async () => {
    const [{ project }] = (await run('b4', [item('held')])).results;
    await action(world, 'holdProject', { id: project.id });
    expect((await run('b5', [item('held')])).results).toMatchObject([{ project: { status: 'ON_HOLD', version: 4 }, userErrors: [] }]);
  });

  test('of 500 take as many statements as one, new and known', async () => {
    const count = async (key: string, items: object[]): Promise<number> => {
      world.statements.length = 0;
      expect(await run(key, items)).toMatchObject({ failed: 0, succeeded: items.length });
      return world.statements.length;
    };
    const many = (more = {}) => Array.from({ length: 500 }, (_, n) => item(`m${n}`, more));
    const one = await count('b6', [item('single')]);
    expect(await count('b7', many())).toBe(one);
    expect(one).toBeLessThanOrEqual(17);
    expect(await count('b8', many())).toBeLessThan(one);
    expect(await count('b9', many({ description: 'Moved' }))).toBeLessThanOrEqual(17);
    expect((await world.ok('{ projects(filter: { nameContains: "Project m", statuses: [ACTIVE] }) { totalCount } }')).projects.totalCount).toBe(500);
  });

  test('of 501 are refused as a whole', async () => {
    expect(
      await run(
        'b10',
        Array.from({ length: 501 }, (_, n) => item(n)),
      ),
    ).toMatchObject({ results: [], failed: 501, userErrors: [{ code: 'VALIDATION_FAILED' }] });
  });
});
