import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { partsOf } from '../support/answerParts.ts';
import type { StreamWish } from '../support/eventStream.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const updated = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name } }';
const apollo = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9';

async function ask({ url, tokenFor }: Pick<EventWorld, 'url' | 'tokenFor'>, body: unknown, { wish, headers }: StreamWish = {}) {
  const control = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: apollo, 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(wish)}`, ...headers },
    body: JSON.stringify(body),
    signal: control.signal,
  });
  return { response, parts: partsOf(response), stop: () => control.abort() };
}

const payloadOf = async (parts: AsyncGenerator<unknown>) => {
  for (;;) {
    const { value, done } = await parts.next();
    if (done) throw new Error('the answer ended');
    if (typeof value === 'object' && value !== null && 'payload' in value) return value.payload;
  }
};

describe('a subscription in parts of one answer', () => {
  test('begins with a sign of life, tells each event as a payload, and can be taken up behind any of them', async () => {
    const { id } = await world.customer('Parts Ltd');
    const { response, parts, stop } = await ask(world, { query: updated, variables: { customerId: id } }, { headers: { 'x-correlation-id': 'c-parts' } });
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      200,
      {
        'content-type': 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"',
        'cache-control': 'no-cache, no-transform',
        'x-correlation-id': 'c-parts',
      },
    ]);
    expect((await parts.next()).value).toEqual({});
    await world.state(id, 'one');
    await world.state(id, 'two');
    const [one, two] = [await payloadOf(parts), await payloadOf(parts)] as { data: unknown; extensions: { cursor: string } }[];
    expect([one?.data, two?.data]).toEqual([{ customerUpdated: { name: 'one' } }, { customerUpdated: { name: 'two' } }]);
    stop();
    const again = await ask(world, { query: updated, variables: { customerId: id, after: one?.extensions.cursor } });
    expect(await payloadOf(again.parts)).toEqual(two);
    again.stop();
  });

  test.each<[string, unknown, string, StreamWish]>([
    ['that is not valid', { query: 'subscription { nope }' }, 'VALIDATION_FAILED', {}],
    ['whose cursor is none', { query: updated, variables: { after: 'x' } }, 'VALIDATION_FAILED', {}],
    ['without its permission', { query: 'subscription { journalPosted { id } }' }, 'FORBIDDEN', { wish: { role: 'psa' } }],
  ])('%s is told so by a payload, and that is the end', async (_, body, code, wish) => {
    const { response, parts } = await ask(world, body, wish);
    expect(response.status).toBe(200);
    expect(await Array.fromAsync(parts)).toEqual([
      { payload: { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code }) })] } },
      'end',
    ]);
  });

  test('without a token, or that is no request, is refused before it becomes one', async () => {
    const stranger = await ask(world, { query: updated }, { headers: { authorization: '' } });
    expect(stranger.response.status).toBe(401);
    const broken = await ask(world, { query: 'subscription { customerUpdated { name } }', variables: [] });
    expect(broken.response.status).toBe(400);
    await Promise.all([stranger.response.body?.cancel(), broken.response.body?.cancel()]);
  });

  test('ends with its reason when its token runs out', async () => {
    await using late = await eventWorld({ ahead: 60_000 });
    const { parts } = await ask(late, { query: updated, variables: { customerId: newId() } }, { wish: { role: 'admin', lifetime: 60 } });
    const told = (await Array.fromAsync(parts)).filter((part) => JSON.stringify(part) !== '{}');
    expect(told).toEqual([{ payload: null, errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) })] }, 'end']);
  });
});

test.each([
  ['a query, whatever its client takes', '{ __typename }', apollo, 'application/graphql-response+json'],
  ['a subscription of a client that takes an event stream, too', updated, `text/event-stream, ${apollo}`, 'text/event-stream'],
  ['a subscription of a client that names no protocol', updated, 'multipart/mixed, application/json', 'application/json'],
])('%s is not answered in parts', async (_, query, accept, type) => {
  const { response, stop } = await ask(world, { query, variables: query === updated ? { customerId: newId() } : {} }, { headers: { accept } });
  expect(response.headers.get('content-type')).toContain(type);
  stop();
});
