import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { rawSocket, standing, subscribing } from '../support/rawSocket.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Rule = readonly [rule: string, run: () => Promise<void>];

const updated = 'subscription ($customerId: [ID!]) { customerUpdated(customerIds: $customerId) { name } }';

/** The head of a request to become a WebSocket; `changed` takes headers away (undefined) or gives them other values. */
function head(changed: Record<string, string | undefined> = {}, line = 'GET /graphql HTTP/1.1'): string {
  const headers = {
    host: 'door',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    'sec-websocket-protocol': GRAPHQL_TRANSPORT_WS_PROTOCOL,
    ...changed,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join('\r\n')}\r\n\r\n`;
}

/** A socket without any library: bytes out, bytes in. */
async function bytes(text: string) {
  const socket: Socket = connect(Number(new URL(world.url).port), '127.0.0.1');
  let got = Buffer.alloc(0);
  const ended = once(socket, 'close');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    got = Buffer.concat([got, chunk]);
  });
  await once(socket, 'connect');
  socket.write(text, 'latin1');
  const until = async (wanted: () => boolean) => {
    while (!wanted()) await once(socket, 'data');
  };
  return { socket, ended, until, text: () => got.toString('latin1') };
}

const status = async (text: string) => {
  const visit = await bytes(text);
  await visit.until(() => visit.text().includes('\r\n'));
  visit.socket.destroy();
  return Number(visit.text().split(' ')[1]);
};

/** After the upgrade these bytes are sent; gives the code of the close frame that comes back. */
async function closeCodeOf(frame: readonly number[]): Promise<number> {
  const visit = await bytes(head());
  await visit.until(() => visit.text().includes('\r\n\r\n'));
  const from = visit.text().indexOf('\r\n\r\n') + 4;
  visit.socket.write(Buffer.from(frame));
  await visit.until(() => visit.text().length >= from + 4);
  visit.socket.destroy();
  const [opcode = 0, , high = 0, low = 0] = Buffer.from(visit.text().slice(from), 'latin1');
  expect(opcode).toBe(0x88);
  return high * 256 + low;
}

const refusedHeads: (readonly [rule: string, head: string, status: number])[] = [
  ['elsewhere than at the door', head({}, 'GET /other HTTP/1.1'), 404],
  ['without a key', head({ 'sec-websocket-key': undefined }), 400],
  ['with a key that is none', head({ 'sec-websocket-key': 'x' }), 400],
  ['in another version', head({ 'sec-websocket-version': '7' }), 400],
  ['to another protocol than WebSocket', head({ upgrade: 'h2c' }), 400],
  ['by POST', head({ 'content-length': '0' }, 'POST /graphql HTTP/1.1'), 405],
  ['from a page of another origin', head({ origin: 'https://evil.example' }), 403],
];

const mask = [0, 0, 0, 0];
const brokenFrames: (readonly [rule: string, frame: readonly number[], code: number])[] = [
  ['that is not masked', [0x81, 0x02, 0x7b, 0x7d], 1002],
  ['of an opcode that nobody knows', [0x83, 0x80, ...mask], 1002],
  ['with a reserved bit', [0xc1, 0x80, ...mask], 1002],
  ['that goes on what nobody began', [0x80, 0x80, ...mask], 1002],
  ['of control in fragments', [0x09, 0x80, ...mask], 1002],
  ['of control that is too long', [0x89, 0xfe, 0x00, 0x7e, ...mask], 1002],
  ['of close with one byte', [0x88, 0x81, ...mask, 0x03], 1002],
  ['of close with a code that nobody may send', [0x88, 0x82, ...mask, 0x03, 0xed], 1002],
  ['of close with a reason that is no UTF-8', [0x88, 0x84, ...mask, 0x03, 0xe8, 0xc3, 0x28], 1007],
  ['of more than 1 MiB, as its head says', [0x81, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 1, ...mask], 1009],
];

const lives: Rule[] = [
  [
    'a client that offers several subprotocols gets the one that is spoken here',
    async () => {
      const client = await rawSocket(world, { protocol: ['graphql-ws', GRAPHQL_TRANSPORT_WS_PROTOCOL] });
      expect(client.socket.protocol).toBe(GRAPHQL_TRANSPORT_WS_PROTOCOL);
      client.socket.terminate();
    },
  ],
  [
    'a client that offers no subprotocol is closed with 4406',
    async () => expect((await (await rawSocket(world, { protocol: [] })).closed).code).toBe(CloseCode.SubprotocolNotAcceptable),
  ],
  [
    'a client that offers another subprotocol alone comes to nothing',
    async () => expect(rawSocket(world, { protocol: 'graphql-ws' })).rejects.toThrow('subprotocol'),
  ],
  [
    'a client that says nothing is closed with 4408 when its time is over, also if it pings',
    async () => {
      await using hasty = await eventWorld({ settings: { initWait: 50 } });
      for (const messages of [[], [{ type: 'ping' }, { type: 'pong' }]]) {
        const client = await rawSocket(hasty);
        for (const message of messages) client.send(message);
        expect(await client.closed).toEqual({ code: CloseCode.ConnectionInitialisationTimeout, reason: 'Connection initialisation timeout' });
        expect(client.messages.filter((message) => message.type !== 'pong')).toEqual([]);
      }
    },
  ],
  [
    'a ping is answered before connection_init',
    async () => {
      const client = await rawSocket(world);
      client.send({ type: 'ping', payload: { a: 1 } });
      expect(await client.until(() => true)).toEqual({ type: 'pong', payload: { a: 1 } });
      client.socket.terminate();
    },
  ],
  [
    'nothing comes before the acknowledgement, and one acknowledgement comes',
    async () => {
      const client = await rawSocket(world);
      await client.init();
      await client.settled();
      expect(client.messages.map((message) => message.type)).toEqual(['connection_ack', 'pong']);
      client.socket.terminate();
    },
  ],
  [
    'the acknowledgement says until when the token holds',
    async () => {
      const client = await rawSocket(world);
      const { payload, ...rest } = await client.init();
      expect([rest, Date.parse(payload.expiresAt) > Date.now()]).toEqual([{ type: 'connection_ack' }, true]);
      client.socket.terminate();
    },
  ],
  [
    'a token that runs out closes with 4403',
    async () => {
      await using later = await eventWorld({ ahead: 60_000 });
      const client = await rawSocket(later);
      client.send({ type: 'connection_init', payload: { token: await later.tokenFor({ role: 'admin', lifetime: 60 }) } });
      expect(await client.closed).toEqual({ code: CloseCode.Forbidden, reason: 'Token expired' });
    },
  ],
  [
    'a server that stops closes with 1012, and takes nobody any more',
    async () => {
      await using other = await eventWorld();
      const client = await rawSocket(other);
      await client.init();
      client.send(subscribing({ query: updated, variables: { customerId: newId() } }));
      await standing(client, 'a');
      const stopped = other.subscriptions.close();
      expect(await client.closed).toEqual({ code: 1012, reason: 'Restarting; resume after your last cursor' });
      expect(client.messages.filter((message) => message.id === 'a')).toEqual([]);
      await stopped;
      await expect(rawSocket(other)).rejects.toThrow('503');
    },
  ],
];

describe(`graphql-transport-ws: ${refusedHeads.length + brokenFrames.length + lives.length} rules of its connections`, () => {
  test.each(refusedHeads)('an upgrade %s is refused', async (_, text, wanted) => expect(await status(text)).toBe(wanted));
  test.each(brokenFrames)('a frame %s closes', async (_, frame, code) => expect(await closeCodeOf(frame)).toBe(code));
  test.each(lives)('%s', (_, run) => run());
});
