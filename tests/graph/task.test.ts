import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, engaged, factsOf, made, mutate, reference, running, siblings, upsert } from '../support/engagements.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let acme: Awaited<ReturnType<typeof engaged>>;
let projectId: string;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  acme = await engaged(world, ids);
  projectId = await running(world, ids, acme, { startDate: '2026-02-01', endDate: '2026-06-30', billable: false });
});
afterAll(() => world[Symbol.asyncDispose]());

const create = (more: Record<string, unknown> = {}, options = {}) => made(world, 'createTask', { projectId, name: 'Design', ...more }, options);
const refusal = async (mutation: string, input: Record<string, unknown>) => (await mutate(world, mutation, input)).errors[0];

describe('a task', () => {
  test('is created as NOT_STARTED, billable as its project, with fact and reference', async () => {
    let task: { id: string; billable?: boolean } = { id: '' };
    const facts = await factsOf(world, async () => {
      task = await create({ startDate: '2026-02-01' }, { select: 'id status billable startDate endDate project { name } customer { name }' });
    });
    expect(task).toMatchObject({
      status: 'NOT_STARTED',
      billable: false,
      startDate: '2026-02-01',
      endDate: null,
      project: { name: 'Build' },
      customer: { name: 'Acme' },
    });
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'TaskCreated',
        customer_id: acme.customer,
        engagement_id: acme.engagement,
        project_id: projectId,
        payload: { taskId: task.id, projectId, customerId: acme.customer, name: 'Design', status: 'NOT_STARTED' },
      }),
    ]);
    expect(await reference(world, 'Task', task.id)).toEqual({
      version: 1,
      data: { projectId, name: 'Design', status: 'NOT_STARTED', billable: false, startDate: '2026-02-01', endDate: null },
    });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['a project that is none', { projectId: newId() }, { code: 'NOT_FOUND', field: 'projectId' }],
    ['no name', { name: ' ' }, { code: 'VALIDATION_FAILED', field: 'name' }],
    ['a start before the project', { startDate: '2026-01-31' }, { code: 'GUARD_REFUSED', guard: 'withinProjectDates' }],
    ['an end after the project', { endDate: '2026-07-01' }, { code: 'GUARD_REFUSED', guard: 'withinProjectDates' }],
    ['an end before its start', { startDate: '2026-03-02', endDate: '2026-03-01' }, { code: 'VALIDATION_FAILED', field: 'endDate' }],
  ])('is not created with %s', async (_, more, refused) => {
    expect(await refusal('createTask', { projectId, name: 'Design', ...more })).toMatchObject(refused);
  });

  test('goes its way, each step with its fact', async () => {
    const { id } = await create();
    const facts = await factsOf(world, async () => {
      for (const name of ['start', 'finish', 'reopen', 'cancel']) await action(world, `${name}Task`, { id });
    });
    expect(facts.map(({ type, payload }) => `${type} ${payload.previousStatus} ${payload.status}`)).toEqual([
      'TaskStatusChanged NOT_STARTED IN_PROGRESS',
      'TaskStatusChanged IN_PROGRESS DONE',
      'TaskStatusChanged DONE IN_PROGRESS',
      'TaskStatusChanged IN_PROGRESS CANCELLED',
    ]);
    expect(await refusal('updateTask', { id, name: 'Late' })).toMatchObject({ guard: 'taskOpen' });
    expect((await action(world, 'startTask', { id })).refused).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  test('is not begun in a project that is over', async () => {
    const over = await running(world, ids, acme);
    const { id } = await create({ projectId: over });
    await action(world, 'completeProject', { id: over });
    expect((await action(world, 'startTask', { id })).refused).toMatchObject({ guard: 'projectOpen' });
    expect(await refusal('createTask', { projectId: over, name: 'Late' })).toMatchObject({ guard: 'projectOpen' });
    const query = 'query ($id: ID!) { task(id: $id) { availableActions { name refusals } } }';
    expect((await world.ok(query, { variables: { id } })).task.availableActions).toEqual([
      { name: 'start', refusals: [expect.stringMatching(/^projectOpen/)] },
      { name: 'cancel', refusals: [] },
    ]);
  });

  test('keeps its project from shrinking below it, unless it is cancelled', async () => {
    const project = await made(world, 'createProject', { engagementId: acme.engagement, name: 'Shrinking' });
    const { id } = await create({ projectId: project.id, startDate: '2026-03-01', endDate: '2026-03-31' });
    expect(await refusal('updateProject', { id: project.id, endDate: '2026-03-30' })).toMatchObject({
      code: 'GUARD_REFUSED',
      guard: 'tasksWithinDates',
      field: 'endDate',
    });
    expect(await refusal('updateProject', { id: project.id, startDate: '2026-03-02' })).toMatchObject({ guard: 'tasksWithinDates', field: 'startDate' });
    expect(await made(world, 'updateProject', { id: project.id, startDate: '2026-03-01', endDate: '2026-03-31' })).toMatchObject({ version: 2 });
    await action(world, 'cancelTask', { id });
    expect(await made(world, 'updateProject', { id: project.id, endDate: '2026-03-30' })).toMatchObject({ version: 3 });
  });

  test('changes, at the version that its reader knew', async () => {
    const { id } = await create();
    expect(await made(world, 'updateTask', { id, expectedVersion: 1, billable: true, endDate: '2026-06-30' }, { select: 'version billable endDate' })).toEqual({
      version: 2,
      billable: true,
      endDate: '2026-06-30',
    });
    expect(await refusal('updateTask', { id, expectedVersion: 1, name: 'x' })).toMatchObject({ code: 'STALE_VERSION' });
    expect((await action(world, 'startTask', { id, expectedVersion: 1 })).refused).toMatchObject({ code: 'STALE_VERSION' });
    expect((await mutate(world, 'updateTask', { id, name: 'x' }, { actor: { ...allowed, customerIds: [newId()] } })).errors).toMatchObject([
      { code: 'NOT_FOUND', field: 'id' },
    ]);
  });

  test('is upserted in bulk: 500 in as many statements as one', async () => {
    const item = (n: number | string, more = {}) => ({ externalRef: { system: 'psa', externalId: `T${n}` }, projectId, name: `Task ${n}`, ...more });
    const count = async (key: string, items: object[]): Promise<number> => {
      world.statements.length = 0;
      expect(await upsert(world, 'Task', { idempotencyKey: key, items })).toMatchObject({ failed: 0 });
      return world.statements.length;
    };
    const one = await count('t1', [item('single')]);
    expect(
      await count(
        't2',
        Array.from({ length: 500 }, (_, n) => item(n)),
      ),
    ).toBe(one);
    const mixed = await upsert(world, 'Task', { idempotencyKey: 't3', items: [item(0), item(1, { name: 'Other' }), item('new', { endDate: '2027-01-01' })] });
    expect(mixed.results).toMatchObject([
      { task: { version: 1 } },
      { task: { version: 2, name: 'Other' } },
      { task: null, userErrors: [{ guard: 'withinProjectDates' }] },
    ]);
    const find = '{ tasks(first: 3, filter: { nameContains: "Task 4", billable: false }) { totalCount nodes { name externalRefs { externalId } } } }';
    expect((await world.ok(find)).tasks).toMatchObject({ totalCount: 111, nodes: [{ name: 'Task 4', externalRefs: [{ externalId: 'T4' }] }, {}, {}] });
  });
});
