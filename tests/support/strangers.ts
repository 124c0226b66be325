import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Choices, choices } from './seeds.ts';

/** What a stranger may send to a door: where it stands and a token that is good there, if there is one. */
type Door = { port: number; path: string; token?: string | undefined };

const targets = ['//', '/', '', '*', '/nothing', 'http://', 'http://[', '/%', '/graphql?query=%FF', '///a:b@', '\\', '/graphql/../..', `/${'a'.repeat(9_000)}`];
const methods = ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'CONNECT', 'BREW', ''];
const accepts = ['*/*', 'text/event-stream', 'application/json', ',,;q=x', 'text/html', '\u00ff'];
const bodies = ['{', '{}', '[]', 'null', '{"query":"subscription { businessEvents { id } }"}', '{"query":1}', `{"query":"${'{a'.repeat(400)}"}`, '\u0000', ''];

function target(door: Door, { one, next }: Choices): string {
  return next() < 0.4 ? door.path : one(targets);
}

function upgrade(door: Door, chosen: Choices): string[] {
  const key = chosen.one(['dGhlIHNhbXBsZSBub25jZQ==', 'short', '']);
  const protocol = chosen.one(['graphql-transport-ws', 'graphql-ws', ', ,', '']);
  const version = chosen.one(['13', '8', '-1']);
  return [
    `GET ${target(door, chosen)} HTTP/1.1`,
    'host: door',
    'connection: Upgrade',
    'upgrade: websocket',
    `sec-websocket-key: ${key}`,
    `sec-websocket-version: ${version}`,
    `sec-websocket-protocol: ${protocol}`,
  ];
}

function request(door: Door, chosen: Choices): string {
  const body = chosen.one(bodies);
  const length = chosen.one([Buffer.byteLength(body), Buffer.byteLength(body) + 5, -1, 9e15]);
  const lines = [
    `${chosen.one(methods)} ${target(door, chosen)} HTTP/${chosen.one(['1.1', '1.1', '1.0', '2.0', 'x'])}`,
    'host: door',
    `accept: ${chosen.one(accepts)}`,
    `content-type: ${chosen.one(['application/json', 'text/plain', '/', 'application/json;charset=utf-16'])}`,
    `content-length: ${length}`,
    `last-event-id: ${chosen.one(['', 'x', '9'.repeat(40)])}`,
    `authorization: ${chosen.one(['', 'Bearer', 'Bearer x.y.z', `Bearer ${door.token ?? 'none'}`])}`,
  ];
  if (chosen.next() < 0.1) lines.push('transfer-encoding: chunked');
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A frame as clients send them, masked with zeros; sometimes of a kind or length that no client sends. */
function frame(text: string, chosen: Choices): Buffer {
  const payload = Buffer.from(text).subarray(0, 125);
  const kind = chosen.one([0x81, 0x81, 0x81, 0x82, 0x88, 0x89, 0x8f, 0xc1, 0x01]);
  return Buffer.concat([Buffer.from([kind, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

const messages = [
  '{"type":"connection_init"}',
  '{"type":"connection_ack"}',
  '{"type":"ping","payload":{"token":7}}',
  '{"type":"subscribe","id":"__proto__"}',
  `{"type":"subscribe","id":"${'é'.repeat(50)}"}`,
  '{"type":"complete"}',
  'null',
  '[[',
];

/** What one stranger sends, in the pieces that it sends it in. */
function said(door: Door, chosen: Choices): Buffer[] {
  const kind = chosen.next();
  if (kind < 0.2) return [randomBytes(chosen.below(2_000))];
  if (kind < 0.6) return [Buffer.from(request(door, chosen))];
  const opening = upgrade(door, chosen);
  if (door.token && chosen.next() < 0.5) opening.push(`authorization: Bearer ${door.token}`);
  const frames = Array.from({ length: chosen.below(4) }, () => frame(chosen.one(messages), chosen));
  return [Buffer.from(`${opening.join('\r\n')}\r\n\r\n`), ...frames];
}

/** A connection whose faults are its own: whatever happens, it closes. */
function dial(port: number): { socket: Socket; closed: Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  return { socket, closed: new Promise((close) => socket.once('close', () => close())) };
}

/** One connection of a stranger who may stop in the middle of a word, and who hangs up or resets when it has said what it has to say. */
async function visit(door: Door, chosen: Choices): Promise<void> {
  const pieces = said(door, chosen);
  const cut = chosen.next() < 0.3;
  const reset = chosen.next() < 0.6;
  const listens = chosen.next() < 0.5;
  const { socket, closed } = dial(door.port);
  await Promise.race([once(socket, 'connect').catch(() => undefined), closed]);
  for (const piece of pieces) if (!socket.destroyed) socket.write(cut ? piece.subarray(0, Math.ceil(piece.length / 2)) : piece);
  // Some wait for the first word of the answer, so that the reset comes while the door writes.
  if (listens && !cut) await Promise.race([once(socket, 'data').catch(() => undefined), closed, new Promise((late) => setTimeout(late, 50))]);
  socket.resume();
  if (reset) socket.resetAndDestroy();
  else socket.destroy();
  await closed;
}

/** `count` strangers at once come to a door and go; equal seeds say the same. */
export async function strangers(door: Door, { seed, count }: { seed: number; count: number }): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => visit(door, choices(seed + index))));
}

const upgrading = 'host: door\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** Upgrades to a target that each end in a reset while they are answered. */
export async function resets({ port, target, times }: { port: number; target: string; times: number }): Promise<void> {
  const visitAndReset = async () => {
    const { socket, closed } = dial(port);
    socket.write(`GET ${target} HTTP/1.1\r\n${upgrading}`, () => socket.resetAndDestroy());
    await closed;
  };
  await Promise.all(Array.from({ length: times }, visitAndReset));
}

/** How the door begins its answer to an upgrade. */
export async function firstLine(port: number, request: string): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${request}\r\n${upgrading}`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString().split('\r\n')[0];
}
