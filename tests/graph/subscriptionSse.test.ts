import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { readLogCursor, writeLogCursor } from '#kernel/logCursor.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { nextOf, requestStream, type StreamWish } from '../support/eventStream.ts';
import { type EventWorld, eventWorld, type Received } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld({ settings: { heartbeat: 100 } });
});
afterAll(() => world[Symbol.asyncDispose]());

const query = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name customer { name } } }';

const request = (body: unknown, { to = world, ...wish }: StreamWish & { to?: EventWorld } = {}) => requestStream(to, body, wish);

/** Until so many streams are open, each of them in a group. */
const open = async (count: number, { subscriptions, sql }: Pick<EventWorld, 'subscriptions' | 'sql'> = world) => {
  const settled = () => subscriptions.count().groups === count && subscriptions.count().streams === count;
  while (!settled()) await sql`select 1`;
};

describe('server-sent events', () => {
  test('reach a graphql-sse client, with fields of other subgraphs', async () => {
    const { id } = await world.customer('Streamed');
    const client = createClient({ url: world.url, headers: async () => ({ authorization: `Bearer ${await world.tokenFor()}` }), retryAttempts: 0 });
    const events = client.iterate<Received['data']>({ query, variables: { customerId: id } });
    const first = events.next();
    await open(1);
    await world.state(id, 'one', 'two');
    expect((await first).value).toMatchObject({ data: { customerUpdated: { name: 'one', customer: { name: 'Streamed' } } } });
    expect((await events.next()).value).toMatchObject({ data: { customerUpdated: { name: 'two' } } });
    const gauge = async () => (await world.metrics.subscriptions.get()).values.find((value) => value.labels.protocol === 'sse')?.value;
    expect(await gauge()).toBe(1);
    client.dispose();
    await open(0);
    expect(await gauge()).toBe(0);
    expect(world.subscriptions.count().streams).toBe(0);
  });

  test('resume from Last-Event-ID, before the first event as well', async () => {
    const customerId = newId();
    const first = await request({ query, variables: { customerId } });
    expect(first.response.headers.get('content-type')).toContain('text/event-stream');
    expect(first.response.headers.get('x-correlation-id')).toBeTruthy();
    const { value: opening } = await first.lines.next();
    first.stop();
    await world.state(customerId, 'a', 'b', 'c');
    const second = await request({ query, variables: { customerId } }, { headers: { 'last-event-id': opening?.id ?? '' } });
    const seen = [await nextOf(second.lines), await nextOf(second.lines)];
    second.stop();
    const third = await request({ query, variables: JSON.stringify({ customerId }) }, { method: 'GET', headers: { 'last-event-id': seen[1]?.id ?? '' } });
    seen.push(await nextOf(third.lines));
    third.stop();
    expect(seen.map((block) => JSON.parse(block.data ?? '').data.customerUpdated.name)).toEqual(['a', 'b', 'c']);
    expect(seen.map((block) => JSON.parse(block.data ?? '').extensions.cursor)).toEqual(seen.map((block) => block.id));
  });

  test('tell where they stand while nothing comes', async () => {
    const { lines, stop } = await request({ query, variables: { customerId: newId() } });
    const start = readLogCursor((await lines.next()).value?.id ?? '');
    await world.state(newId(), 'of somebody else');
    let now = start;
    while (now === start) now = readLogCursor((await lines.next()).value?.id ?? '');
    expect(now).toBe(start + 1n);
    stop();
  });

  test('say by their first event why there will be no other, where the client reads it', async () => {
    const cases: [unknown, TokenWish | undefined, string][] = [
      [{ query: 'subscription { nothing }' }, undefined, 'VALIDATION_FAILED'],
      [{ query: 'subscription {' }, undefined, 'VALIDATION_FAILED'],
      [{ query: '{ nothing }' }, undefined, 'VALIDATION_FAILED'],
      [{ query, variables: { customerId: 7.5 } }, undefined, 'VALIDATION_FAILED'],
      [{ query, variables: { after: writeLogCursor(9_999_999n) } }, undefined, 'VALIDATION_FAILED'],
      [{ query: `{ ${'a: __typename '.repeat(200)} }` }, undefined, 'COST_LIMIT'],
      [{ query: 'subscription { journalPosted { id } }' }, { role: 'psa' }, 'FORBIDDEN'],
    ];
    for (const [body, wish, code] of cases) {
      const { response, lines } = await request(body, wish ? { wish } : {});
      expect(response.status).toBe(200);
      expect(JSON.parse((await nextOf(lines)).data ?? '')).toMatchObject({ errors: [{ extensions: { code } }] });
      expect((await nextOf(lines, 'complete')).event).toBe('complete');
    }
  });

  test('do not begin for a request that is none', async () => {
    for (const body of [{ nothing: true }, { query, variables: 'x' }, { query, operationName: 1 }, { query, extensions: [] }, [{ query }]]) {
      const { response } = await request(body);
      expect([body, response.status]).toEqual([body, 400]);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
    }
    expect((await request({ query, variables: '{' }, { method: 'GET' })).response.status).toBe(400);
    expect((await request({ query }, { headers: { authorization: 'Bearer forged' } })).response.status).toBe(401);
  });

  test('carry no mutation by GET', async () => {
    const customers = async () => (await world.sql`select count(*)::int as n from engagements.customer`)[0]?.n;
    const before = await customers();
    const { response } = await request({ query: 'mutation { createCustomer(input: { name: "by GET" }) { customer { id } } }' }, { method: 'GET' });
    expect(response.status).toBe(405);
    expect(await customers()).toBe(before);
  });

  test('are for queries of those alone who take nothing else; a subscription is one for whoever takes it at all', async () => {
    const typeOf = async (accept: string, text: string) => {
      const { response, stop } = await request({ query: text }, { headers: { accept } });
      stop();
      return response.headers.get('content-type')?.split(';')[0];
    };
    const urql = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
    expect(await typeOf(urql, '{ __typename }')).toBe('application/graphql-response+json');
    expect(await typeOf('application/json, text/event-stream', '{ __typename }')).toBe('application/json');
    expect(await typeOf('text/event-stream;q=0, */*', '{ __typename }')).toBe('application/json');
    expect(await typeOf('text/event-stream, */*;q=0.1', '{ __typename }')).toBe('application/json');
    expect(await typeOf('text/event-stream', '{ __typename }')).toBe('text/event-stream');
    expect(await typeOf('TEXT/EVENT-STREAM', '{ __typename }')).toBe('text/event-stream');
    expect(await typeOf(urql, 'subscription { customerUpdated { name } }')).toBe('text/event-stream');
  });

  test('carry a query once, then complete', async () => {
    const { lines } = await request({ query: '{ operations { log { newestPosition } } }' });
    const result = JSON.parse((await nextOf(lines)).data ?? '');
    expect(result.data.operations.log.newestPosition).toMatch(/^\d+$/);
    expect((await nextOf(lines, 'complete')).event).toBe('complete');
    expect((await lines.next()).done).toBe(true);
  });

  test('end without complete when the token runs out, so that the client comes back', async () => {
    await using later = await eventWorld({ settings: { heartbeat: 100 }, ahead: 60_000 });
    const { lines } = await request({ query, variables: { customerId: newId() } }, { wish: { role: 'admin', lifetime: 60 }, to: later });
    const blocks: Record<string, string>[] = [];
    for await (const block of lines) blocks.push(block);
    expect(blocks.map(({ event }) => event)).not.toContain('complete');
    expect(JSON.parse(blocks.at(-1)?.data ?? '')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    await open(0, later);
  });
});
