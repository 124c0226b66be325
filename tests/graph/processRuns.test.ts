import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { consumeOnce } from '#kernel/consume.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { id } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { process } from '#kernel/process.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { runOnce, stepAttempts } from '#kernel/run.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

const facts = catalogue('test', {
  Ordered: fact({ subject: 'Order', description: 'For the test.', read: 'task:read', fields: { orderId: id('Order') } }),
});
let broken = true;
const shipping = process({
  name: 'shipping',
  starts: [facts.Ordered],
  data: ({ payload }) => payload,
  steps: [
    { name: 'pack', run: async () => ({ parcels: 2 }), compensate: async () => undefined },
    {
      name: 'ship',
      within: 86_400_000,
      run: async () => {
        if (broken) throw new Error('no van');
      },
    },
  ],
});
const refused = process({
  name: 'refusing',
  starts: [facts.Ordered],
  data: ({ payload }) => payload,
  steps: [{ name: 'ask', run: () => Promise.reject(new Refused('GUARD_REFUSED', 'They said no.')) }],
});
const log = createLogger({ level: 'silent' });
let world: Awaited<ReturnType<typeof subgraphWorld>>;
const orders = [newId(), newId(), newId()];

async function work(): Promise<void> {
  const parts = { db: world.db, clock: () => world.time.now, log };
  while ((await sequenceOnce(world.db)) > 0);
  for (const { router } of [shipping, refused]) while (await consumeOnce({ ...parts, consumer: router }));
  while (await runOnce({ ...parts, processes: [shipping, refused] }));
}

beforeAll(async () => {
  world = await subgraphWorld(operationsSubgraph);
  for (const orderId of orders) {
    const scope = { tx: world.db, actor: serviceActor('test'), trace: { correlationId: `about ${orderId}` }, now: world.time.now };
    await record(scope, facts.Ordered, { subject: { id: orderId, version: 1 }, payload: { orderId } });
    await work();
    world.time.now = new Date(world.time.now.getTime() + 60_000);
  }
  for (let attempt = 0; attempt <= stepAttempts; attempt += 1) {
    world.time.now = new Date(world.time.now.getTime() + 600_000);
    await work();
  }
});
afterAll(() => world[Symbol.asyncDispose]());

const fields = `id process state subjectType subjectId correlationId reason endedAt steps { number name state compensates attempts reason endedAt deadlineAt }`;
const list = `query ($first: Int, $after: Cursor, $filter: ProcessRunFilter) { operations { processRuns(first: $first, after: $after, filter: $filter) { totalCount totalCountCapped nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;
const runsOf = async (variables: Record<string, unknown>) => (await world.ok(list, { variables })).operations.processRuns;
const act = async (name: 'retryProcessRun' | 'cancelProcessRun', input: Record<string, unknown>, permissions = allowed.permissions) => {
  const type = name === 'retryProcessRun' ? 'ProcessRunActionInput' : 'CancelProcessRunInput';
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { run { id state reason } userErrors { code message field } } }`;
  return (await world.ok(query, { actor: { ...allowed, permissions }, variables: { input } }))[name];
};

describe('runs', () => {
  test('are listed with their steps, by state, process, subject and business transaction', async () => {
    const failed = await runsOf({ filter: { states: ['FAILED'] } });
    expect(failed).toMatchObject({ totalCount: 3, totalCountCapped: false });
    expect(failed.nodes[0]).toMatchObject({
      process: 'shipping',
      subjectType: 'Order',
      subjectId: orders[2],
      correlationId: `about ${orders[2]}`,
      reason: 'no van',
      endedAt: null,
      steps: [
        { number: 0, name: 'pack', state: 'DONE', attempts: 1, reason: null, compensates: null },
        { number: 1, name: 'ship', state: 'FAILED', attempts: stepAttempts, reason: 'no van', endedAt: null, deadlineAt: expect.any(String) },
      ],
    });
    const compensated = await runsOf({ filter: { processes: ['refusing'], subjectIds: [orders[0], 'nonsense'] } });
    expect(compensated.nodes).toMatchObject([{ state: 'COMPENSATED', reason: 'They said no.', steps: [{ name: 'ask', state: 'CANCELLED' }] }]);
    expect((await runsOf({ filter: { correlationIds: [`about ${orders[1]}`] } })).nodes).toHaveLength(2);
  });

  test('come page by page, the latest first', async () => {
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await runsOf({ first: 2, after });
      seen.push(...page.nodes.map((node: { subjectId: string }) => node.subjectId));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual([2, 2, 1, 1, 0, 0].map((index) => orders[index]));
  });

  test('that gave up are tried again by those who may, and only those', async () => {
    const [{ id: run }] = (await runsOf({ filter: { processes: ['shipping'], subjectIds: [orders[0]] } })).nodes;
    expect((await act('retryProcessRun', { id: run }, ['delivery:read'])).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await act('retryProcessRun', { id: newId() })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await act('retryProcessRun', { id: 'nonsense' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    broken = false;
    expect(await act('retryProcessRun', { id: run })).toMatchObject({ run: { state: 'RUNNING' }, userErrors: [] });
    await work();
    const [done] = (await runsOf({ filter: { processes: ['shipping'], subjectIds: [orders[0]] } })).nodes;
    expect(done).toMatchObject({ state: 'DONE', reason: null, endedAt: expect.any(String) });
    expect((await act('retryProcessRun', { id: run })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', message: expect.stringContaining('DONE') }]);
  });

  test('are cancelled for a reason, and go back', async () => {
    const [{ id: run }] = (await runsOf({ filter: { processes: ['shipping'], subjectIds: [orders[1]] } })).nodes;
    expect((await act('cancelProcessRun', { id: run, reason: ' ' })).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'reason' }]);
    const cancelled = await act('cancelProcessRun', { id: run, reason: 'order withdrawn' });
    expect(cancelled).toMatchObject({ run: { state: 'COMPENSATING', reason: `order withdrawn (cancelled by ${allowed.id})` }, userErrors: [] });
    await work();
    const [done] = (await runsOf({ filter: { processes: ['shipping'], subjectIds: [orders[1]] } })).nodes;
    expect(done).toMatchObject({
      state: 'COMPENSATED',
      steps: [{ name: 'pack' }, { name: 'ship', state: 'CANCELLED' }, { name: 'pack', state: 'DONE', compensates: 0 }],
    });
    expect((await act('cancelProcessRun', { id: run, reason: 'again' })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('are nothing for who may not read deliveries, and for client portals', async () => {
    const query = '{ operations { processRuns { totalCount } } }';
    expect((await world.run(query, { actor: { ...allowed, permissions: ['exception:read'] } })).errors[0]?.code).toBe('FORBIDDEN');
    expect((await world.run(query, { actor: portalOf(newId()) })).errors[0]?.code).toBe('FORBIDDEN');
  });
});
