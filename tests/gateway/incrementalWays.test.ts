import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partsOf } from '../support/answerParts.ts';
import { nextOf, requestStream } from '../support/eventStream.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const deferred = `query ($id: ID!) { customer(id: $id) { id ... @defer(label: "e") { engagements(first: 1) { nodes { id } } ... @defer(label: "n") { name } } } }`;

async function request(query: string, variables: Record<string, unknown>, signal?: AbortSignal) {
  const headers = { accept: 'multipart/mixed;deferSpec=20220824', 'content-type': 'application/json', authorization: `Bearer ${await world.tokenFor()}` };
  const response = await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }), ...(signal ? { signal } : {}) });
  return partsOf(response);
}

const renaming = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id ... @defer { name } } userErrors { code } } }';

const payloads = (id: string) => [
  { data: { customer: { id } }, pending: [{ id: '0', label: 'e', path: ['customer'] }], hasNext: true },
  {
    pending: [{ id: '1', label: 'n', path: ['customer'] }],
    incremental: [{ id: '0', data: { engagements: { nodes: [] } } }],
    completed: [{ id: '0' }],
    hasNext: true,
  },
  { incremental: [{ id: '1', data: { name: 'Later Ltd' } }], completed: [{ id: '1' }], hasNext: false },
];

/** Holds the engagements: who reads them waits. */
async function holding(work: (release: () => void) => Promise<void>): Promise<void> {
  const released = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holder = world.sql.begin(async (sql) => {
    await sql`lock table engagements.engagement in access exclusive mode`;
    held.resolve();
    await released.promise;
  });
  await held.promise;
  try {
    await work(released.resolve);
  } finally {
    released.resolve();
    await holder;
  }
}

const waiting = async (): Promise<number> =>
  Number((await world.sql`select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)[0]?.count);
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await world.sql`select 1`;
}

describe('parts of an answer', () => {
  test('come over WebSocket as a next each, and then complete', async () => {
    const { id } = await world.customer('Later Ltd');
    const client = world.client();
    expect(await Array.fromAsync(client.iterate({ query: deferred, variables: { id } }))).toEqual(payloads(id));
  });

  test('come over an event stream as a next each, and then complete', async () => {
    const { id } = await world.customer('Later Ltd');
    const { lines } = await requestStream(world, { query: deferred, variables: { id } });
    const told: unknown[] = [];
    for (const _ of payloads(id)) told.push(JSON.parse((await nextOf(lines)).data ?? ''));
    expect(told).toEqual(payloads(id));
    expect((await nextOf(lines, 'complete')).event).toBe('complete');
  });

  test('of what a mutation gives read what it wrote', async () => {
    const { id } = await world.customer('Before');
    const input = { id, idempotencyKey: `later-${id}`, name: 'After' };
    expect(await Array.fromAsync(await request(renaming, { input }))).toEqual([
      { data: { updateCustomer: { customer: { id }, userErrors: [] } }, hasNext: true },
      { incremental: [{ path: ['updateCustomer', 'customer'], data: { name: 'After' } }], hasNext: false },
      'end',
    ]);
  });

  test('are read from one snapshot, whatever is written between them', async () => {
    const { id } = await world.customer('Before');
    await holding(async (release) => {
      const parts = await request(deferred, { id });
      expect((await parts.next()).value).toEqual({ data: { customer: { id } }, hasNext: true });
      await until(async () => (await waiting()) > 0);
      await Array.fromAsync(await request(renaming, { input: { id, idempotencyKey: `between-${id}`, name: 'After' } }));
      release();
      expect(await Array.fromAsync(parts)).toEqual([
        { incremental: [{ label: 'e', path: ['customer'], data: { engagements: { nodes: [] } } }], hasNext: true },
        { incremental: [{ label: 'n', path: ['customer'], data: { name: 'Before' } }], hasNext: false },
        'end',
      ]);
    });
  });

  test.each<[string, (id: string) => Promise<() => void>]>([
    [
      'HTTP',
      async (id) => {
        const gone = new AbortController();
        await (await request(deferred, { id }, gone.signal)).next();
        return () => gone.abort();
      },
    ],
    [
      'WebSocket, by complete',
      async (id) => {
        const first = Promise.withResolvers<void>();
        const stop = world.client().subscribe({ query: deferred, variables: { id } }, { next: () => first.resolve(), error: first.reject, complete: () => {} });
        await first.promise;
        return stop;
      },
    ],
  ])('are given up with the client that waits for them, and so are their statements: %s', async (_, begin) => {
    const { id } = await world.customer('Gone');
    await holding(async () => {
      const leave = await begin(id);
      await until(async () => (await waiting()) > 0);
      leave();
      await until(async () => (await waiting()) === 0);
    });
  });

  test('are none in a subscription, unless they are switched off', async () => {
    const query = (directive: string) => `subscription { customerUpdated { ... ${directive} { name } } }`;
    const { lines, stop } = await requestStream(world, { query: query('@defer') });
    expect(JSON.parse((await nextOf(lines)).data ?? '').errors[0].message).toContain('cannot stand in a subscription');
    stop();
    const { id } = await world.customer('Live');
    const off = await requestStream(world, { query: query('@defer(if: false)') });
    await off.lines.next();
    await world.state(id, 'seen');
    expect(JSON.parse((await nextOf(off.lines)).data ?? '')).toMatchObject({ data: { customerUpdated: { name: expect.any(String) } } });
    off.stop();
  });
});
