import { CloseCode } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { type RawSocket, rawSocket, type Step, say, subscribing } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const head = '{ operations { log { newestPosition } } }';
const updated = 'subscription ($customerId: [ID!]) { customerUpdated(customerIds: $customerId) { name } }';
/** A subscription that waits for what happens to nobody. */
const idle = (id = 'a') => subscribing({ query: updated, variables: { customerId: newId() } }, id);
const init = { type: 'connection_init' };

/** Everything that is no message of the protocol: 4400, told with a reason, before and after the acknowledgement. */
const malformed: (readonly [rule: string, message: unknown])[] = [
  ['nothing', ''],
  ['no JSON', '{"type":'],
  ['null', 'null'],
  ['text', '"ping"'],
  ['a number', '7'],
  ['true', 'true'],
  ['a list', []],
  ['a list of messages', [{ type: 'ping' }]],
  ['an object without a type', {}],
  ['a type that is no text', { type: 7 }],
  ['a type that is null', { type: null }],
  ['a type that nobody knows', { type: 'start', id: 'a', payload: { query: head } }],
  ['a type in other letters', { type: 'PING' }],
  ['the name of a property of every object as the type', { type: '__proto__' }],
  ['connection_ack, which a server sends', { type: 'connection_ack' }],
  ['next, which a server sends', { type: 'next', id: 'a', payload: { data: null } }],
  ['error, which a server sends', { type: 'error', id: 'a', payload: [{ message: 'x' }] }],
  ['connection_init with a payload that is text', { type: 'connection_init', payload: 'token' }],
  ['connection_init with a payload that is a list', { type: 'connection_init', payload: [] }],
  ['connection_init with a payload that is a number', { type: 'connection_init', payload: 7 }],
  ['ping with a payload that is text', { type: 'ping', payload: 'x' }],
  ['ping with a payload that is a list', { type: 'ping', payload: [] }],
  ['pong with a payload that is text', { type: 'pong', payload: 'x' }],
  ['pong with a payload that is a number', { type: 'pong', payload: 0.5 }],
  ['subscribe without an id', { type: 'subscribe', payload: { query: head } }],
  ['subscribe with an empty id', subscribing({ query: head }, '')],
  ['subscribe with an id that is a number', subscribing({ query: head }, 1)],
  ['subscribe with an id that is null', subscribing({ query: head }, null)],
  ['subscribe with an id that is an object', subscribing({ query: head }, {})],
  ['subscribe without a payload', { type: 'subscribe', id: 'a' }],
  ['subscribe with a payload that is null', subscribing(null)],
  ['subscribe with a payload that is text', subscribing(head)],
  ['subscribe with a payload that is a list', subscribing([{ query: head }])],
  ['subscribe without a query', subscribing({ variables: {} })],
  ['subscribe with a query that is no text', subscribing({ query: { kind: 'Document' } })],
  ['subscribe with a query that is null', subscribing({ query: null })],
  ['subscribe with an operation name that is a number', subscribing({ query: head, operationName: 1 })],
  ['subscribe with variables that are text', subscribing({ query: head, variables: '{}' })],
  ['subscribe with variables that are a list', subscribing({ query: head, variables: [] })],
  ['subscribe with extensions that are text', subscribing({ query: head, extensions: 'x' })],
  ['complete without an id', { type: 'complete' }],
  ['complete with an empty id', { type: 'complete', id: '' }],
  ['complete with an id that is a number', { type: 'complete', id: 1 }],
];

/** What is refused by a close code. The rows send, and the connection ends so. */
const refusals: (readonly [rule: string, CloseCode | number, string | RegExp, Step])[] = [
  ['subscribing before connection_init', CloseCode.Unauthorized, 'Unauthorized', say(idle())],
  ['subscribing before the acknowledgement, in one breath with connection_init', CloseCode.Unauthorized, 'Unauthorized', say(init, idle())],
  ['a query before connection_init', CloseCode.Unauthorized, 'Unauthorized', say(subscribing({ query: head }))],
  ['a second connection_init before the first is acknowledged', CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests', say(init, init)],
  ['connection_init without a payload or a header', CloseCode.Forbidden, /bearer token is needed/, say(init)],
  ['connection_init without a token', CloseCode.Forbidden, /bearer token is needed/, say({ ...init, payload: {} })],
  ['connection_init with a token that is no text', CloseCode.Forbidden, /bearer token is needed/, say({ ...init, payload: { token: 7 } })],
  ['a forged token', CloseCode.Forbidden, /no JSON Web Token/, say({ ...init, payload: { token: 'a.b.c' } })],
  ['a forged bearer', CloseCode.Forbidden, /no JSON Web Token/, say({ ...init, payload: { Authorization: 'Bearer a.b.c' } })],
  [
    'an expired token',
    CloseCode.Forbidden,
    'The token has expired.',
    async (client) => client.send({ ...init, payload: { token: await world.tokenFor({ role: 'admin', lifetime: -10 }) } }),
  ],
  [
    'a second connection_init after the acknowledgement',
    CloseCode.TooManyInitialisationRequests,
    'Too many initialisation requests',
    async (client) => {
      await client.init();
      client.send(init);
    },
  ],
  [
    'a second connection_init while an operation runs',
    CloseCode.TooManyInitialisationRequests,
    'Too many initialisation requests',
    async (client) => {
      await client.init();
      say(idle(), init)(client);
    },
  ],
  ...(
    [
      ['a subscription beside a subscription', [idle(), idle()]],
      ['a query beside a subscription', [idle(), subscribing({ query: head })]],
      ['a subscription beside a query', [subscribing({ query: head }), idle()]],
    ] as const
  ).map(
    ([what, messages]) =>
      [
        `an id that is in use: ${what}`,
        CloseCode.SubscriberAlreadyExists,
        'Subscriber for a already exists',
        async (client: RawSocket) => {
          await client.init();
          say(...messages)(client);
        },
      ] as const,
  ),
  [
    'renewal by a forged token',
    CloseCode.Forbidden,
    /./,
    async (client) => {
      await client.init();
      client.send({ type: 'ping', payload: { token: 'forged' } });
    },
  ],
  ['text that is no UTF-8', 1007, '', (client) => client.socket.send(Buffer.from([0xc3, 0x28]), { binary: false })],
  ['a message of more than 1 MiB', 1009, '', (client) => client.socket.send(JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(1024 * 1024) } }))],
  [
    'a message of more than 1 MiB in fragments that are each smaller',
    1009,
    '',
    (client) => {
      const half = 'x'.repeat(700 * 1024);
      client.socket.send(`{"type":"ping","payload":{"x":"${half}`, { fin: false });
      client.socket.send(`${half}"}}`, { fin: true });
    },
  ],
];

describe(`graphql-transport-ws: ${2 * malformed.length + refusals.length} rules of what is refused`, () => {
  test.each(malformed)('a message that is %s closes with 4400 and a reason, before and after the sender is known', async (_, message) => {
    for (const known of [false, true]) {
      const client = await rawSocket(world);
      if (known) await client.init();
      await say(message)(client);
      const { code, reason } = await client.closed;
      expect([known, code]).toEqual([known, CloseCode.BadRequest]);
      expect(reason).not.toBe('');
    }
  });

  test.each(refusals)('%s closes with %i', async (_, code, reason, run) => {
    const client = await rawSocket(world);
    await run(client);
    const end = await client.closed;
    expect(end.code).toBe(code);
    if (typeof reason === 'string') expect(end.reason).toBe(reason);
    else expect(end.reason).toMatch(reason);
  });
});
