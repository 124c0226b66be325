import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { count, type RawSocket, rawSocket, type Step, say, standing, subscribing, typesOf } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const head = '{ operations { log { newestPosition } } }';
const updated = 'subscription ($customerId: [ID!]) { customerUpdated(customerIds: $customerId) { name } }';
/** A subscription that waits for what happens to nobody. */
const idle = (id = 'a') => subscribing({ query: updated, variables: { customerId: newId() } }, id);
type Rule = readonly [rule: string, run: Step];

/** What is allowed, and how it is answered. Each row has an acknowledged connection. */
const conversations: Rule[] = [
  ['a query gives one next, then complete', (client) => single(client, head, ['next', 'complete'])],
  ['a mutation gives one next, then complete', (client) => single(client, mutation(), ['next', 'complete'])],
  [
    'a result with errors and data is a next',
    (client) => single(client, '{ customer(id: "01900000-0000-7000-8000-0000000000ff") { name } }', ['next', 'complete']),
  ],
  ['what does not parse gives error alone', (client) => single(client, '{', ['error'])],
  ['an empty query gives error alone', (client) => single(client, '', ['error'])],
  ['a query that is not valid gives error alone', (client) => single(client, '{ nope }', ['error'])],
  ['a mutation that is not valid gives error alone', (client) => single(client, 'mutation { nope }', ['error'])],
  ['a subscription that is not valid gives error alone', (client) => single(client, 'subscription { nope }', ['error'])],
  ['a variable that is missing gives error alone', (client) => single(client, 'query ($id: ID!) { customer(id: $id) { name } }', ['error'])],
  ['an operation that the document has not gives error alone', (client) => single(client, 'query A { __typename }', ['error'], { operationName: 'B' })],
  ['a document of several operations without a name gives error alone', (client) => single(client, 'query A { __typename } query B { __typename }', ['error'])],
  ['limits give error alone', (client) => single(client, `{ ${'x: __typename '.repeat(150)} }`, ['error'])],
  [
    'operationName chooses the operation',
    (client) => single(client, `query A { nope } query B { __typename }`.replace('nope', '__typename'), ['next', 'complete'], { operationName: 'B' }),
  ],
  [
    'operationName, variables and extensions may be null',
    (client) => single(client, head, ['next', 'complete'], { operationName: null, variables: null, extensions: null }),
  ],
  ['extensions are taken', (client) => single(client, head, ['next', 'complete'], { extensions: { client: 'x' } })],
  ['members that the protocol does not name are left alone', (client) => single(client, head, ['next', 'complete'], { more: 1 })],
  [
    'an error message holds errors of GraphQL',
    async (client) => {
      client.send(subscribing({ query: '{ nope }' }));
      const { payload } = await client.until((message) => message.type === 'error');
      expect(payload).toEqual([
        { message: expect.any(String), locations: expect.any(Array), extensions: expect.objectContaining({ code: 'VALIDATION_FAILED' }) },
      ]);
    },
  ],
  [
    'an id may be used again after complete',
    async (client) => {
      for (const turn of [1, 2, 3]) {
        client.send(subscribing({ query: head }));
        await count(client, 'complete', turn);
      }
      expect(typesOf(client, 'a')).toEqual(['next', 'complete', 'next', 'complete', 'next', 'complete']);
    },
  ],
  [
    'an id may be used again after error',
    async (client) => {
      client.send(subscribing({ query: '{ nope }' }));
      await count(client, 'error', 1);
      client.send(subscribing({ query: head }));
      await count(client, 'complete', 1);
      expect(typesOf(client, 'a')).toEqual(['error', 'next', 'complete']);
    },
  ],
  [
    'an id may be used again in one breath with its completion',
    async (client) => {
      say(idle(), { type: 'complete', id: 'a' }, subscribing({ query: head }))(client);
      await count(client, 'complete', 1);
      expect(typesOf(client, 'a')).toEqual(['next', 'complete']);
    },
  ],
  [
    'a query that its client completed gives nothing',
    async (client) => {
      say(subscribing({ query: head }), { type: 'complete', id: 'a' })(client);
      client.send(subscribing({ query: head }, 'b'));
      await client.until((message) => message.id === 'b' && message.type === 'complete');
      expect(typesOf(client, 'a')).toEqual([]);
    },
  ],
  [
    'a subscription that its client completed gives nothing, and no complete',
    async (client) => {
      const customerId = newId();
      for (const id of ['a', 'b']) client.send(subscribing({ query: updated, variables: { customerId } }, id));
      await standing(client, 'a', 'b');
      client.send({ type: 'complete', id: 'a' });
      await client.settled();
      await world.state(customerId, 'later');
      await client.until((message) => message.id === 'b');
      expect([typesOf(client, 'a'), typesOf(client, 'b')]).toEqual([[], ['next']]);
    },
  ],
  [
    'complete of what nobody asked for, and a second one, change nothing',
    async (client) => {
      say({ type: 'complete', id: 'nobody' }, subscribing({ query: head }))(client);
      await count(client, 'complete', 1);
      say({ type: 'complete', id: 'a' }, { type: 'complete', id: 'a' })(client);
      await single(client, head, ['next', 'complete'], {}, 'b');
    },
  ],
  [
    'events come as next, in order, and each goes to the operations that asked',
    async (client) => {
      const [first, second] = [newId(), newId()];
      for (const [id, customerId] of Object.entries({ a: first, b: second, c: first }))
        client.send(subscribing({ query: updated, variables: { customerId } }, id));
      await standing(client, 'a', 'b', 'c');
      await world.state(first, '1', '2', '3');
      await world.state(second, '4');
      const names = (id: string) => client.messages.filter((message) => message.id === id).map((message) => message.payload.data.customerUpdated.name);
      await client.until(() => names('b').length === 1 && names('a').length === 3 && names('c').length === 3);
      expect([names('a'), names('b'), names('c')]).toEqual([['1', '2', '3'], ['4'], ['1', '2', '3']]);
    },
  ],
  [
    'operations of several ids run side by side: a query is answered beside a subscription that waits',
    async (client) => {
      say(idle('a'), subscribing({ query: head }, 'b'), subscribing({ query: '{ nope }' }, 'c'))(client);
      await client.until((message) => message.id === 'b' && message.type === 'complete');
      await client.until((message) => message.id === 'c' && message.type === 'error');
      expect(typesOf(client, 'a')).toEqual([]);
    },
  ],
  ...['__proto__', 'constructor', '🧾', ' ', '0', 'é'.repeat(5000), '"\\\u0000', newId()].map(
    (id): Rule => [
      `an id may be any text: ${JSON.stringify(id.slice(0, 40))}`,
      async (client) => {
        client.send(subscribing({ query: head }, id));
        await client.until((message) => message.id === id && message.type === 'complete');
        expect(typesOf(client, id)).toEqual(['next', 'complete']);
      },
    ],
  ),
  ['a ping is answered by a pong', (client) => answered(client, { type: 'ping' }, { type: 'pong' })],
  ['a ping with a payload of null is answered by a pong', (client) => answered(client, { type: 'ping', payload: null }, { type: 'pong' })],
  [
    'a pong carries the payload of its ping',
    (client) => answered(client, { type: 'ping', payload: { a: [1, { b: null }] } }, { type: 'pong', payload: { a: [1, { b: null }] } }),
  ],
  [
    'a pong that nobody asked for is taken, with a payload and without',
    async (client) => {
      say({ type: 'pong' }, { type: 'pong', payload: { a: 1 } }, { type: 'pong', payload: null })(client);
      await single(client, head, ['next', 'complete']);
    },
  ],
  [
    'a ping of WebSocket is answered by a pong of WebSocket',
    async ({ socket }) => {
      socket.ping('beat');
      expect(String((await once(socket, 'pong'))[0])).toBe('beat');
    },
  ],
  [
    'a message may come in fragments, with a ping between them',
    async (client) => {
      const text = JSON.stringify(subscribing({ query: head }));
      client.socket.send(text.slice(0, 10), { fin: false });
      client.socket.ping();
      client.socket.send(text.slice(10, 20), { fin: false });
      client.socket.send(text.slice(20), { fin: true });
      await count(client, 'complete', 1);
      expect(typesOf(client, 'a')).toEqual(['next', 'complete']);
    },
  ],
  [
    'a message in a binary frame is read as the text that it holds',
    async (client) => {
      client.socket.send(Buffer.from(JSON.stringify(subscribing({ query: head }))), { binary: true });
      await count(client, 'complete', 1);
    },
  ],
  [
    'a client that closes gets its own code back',
    async ({ socket, closed }) => {
      socket.close(1000, 'done');
      expect(await closed).toEqual({ code: 1000, reason: 'done' });
    },
  ],
  [
    'a client that closes in the middle of operations leaves nothing behind',
    async ({ socket, closed, ...client }) => {
      say(idle('a'), idle('b'))({ socket, closed, ...client });
      await standing({ socket, closed, ...client }, 'a', 'b');
      const before = world.subscriptions.count().groups;
      socket.terminate();
      await closed;
      while (world.subscriptions.count().groups > before - 2) await world.sql`select 1`;
    },
  ],
];

const mutation = () => `mutation { createCustomer(input: { name: "By socket ${newId()}" }) { customer { id } userErrors { code } } }`;

async function single(client: RawSocket, query: string, types: string[], more: Record<string, unknown> = {}, id = 'a'): Promise<void> {
  client.send(subscribing({ query, ...more }, id));
  await client.until((message) => message.id === id && message.type === types.at(-1));
  await client.settled();
  expect(typesOf(client, id)).toEqual(types);
}

async function answered(client: RawSocket, message: unknown, answer: unknown): Promise<void> {
  client.send(message);
  expect(await client.until(({ type }) => type === 'pong')).toEqual(answer);
}

describe(`graphql-transport-ws: ${conversations.length} rules of operations and messages`, () => {
  test.each(conversations)('%s', async (_, run) => {
    const client = await rawSocket(world);
    await client.init();
    await run(client);
    client.socket.terminate();
  });
});
