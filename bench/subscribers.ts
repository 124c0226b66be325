import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Subscribers to be, each with the token and the customer of its turn. */
export type Crowd = { url: string; tokens: readonly string[]; customers: readonly string[]; count: number };
export type Order = { connect: Crowd } | { reset: string } | { count: true } | { tell: true } | { cut: true } | { reconnect: true } | { leave: true };
/** `seconds` until the last one was there again; `attempts` more than there are subscribers were refused or broken. */
export type Told = { ready: number; seconds: number; attempts: number; received: number; latencies: number[] };

type Subscriber = { token: string; customer: string; cursor: string | undefined; socket: WebSocket | undefined };
/** Events are counted whose correlation id begins with the tag: those of one measurement. */
type Crowded = { url: string; all: Subscriber[]; tag: string; received: number; latencies: number[]; attempts: number };

const question = `subscription ($customers: [ID!], $after: Cursor) { businessEvents(types: [CustomerUpdated], customerIds: $customers, after: $after) { correlationId cursor } }`;
/** Sockets that are opened at once, and latencies that are kept. */
const atOnce = 200;
const kept = 200_000;
/** Attempts of one subscriber at most, and milliseconds between two of them. */
const tries = 50;
const breath = 200;

const now = () => performance.timeOrigin + performance.now();

/** Opens the socket, subscribes, and resolves when the server says where the subscription stands. */
function subscribe(crowd: Crowded, one: Subscriber): Promise<void> {
  const socket = new WebSocket(crowd.url.replace('http', 'ws'), 'graphql-transport-ws');
  one.socket = socket;
  crowd.attempts += 1;
  return new Promise((resolve, reject) => {
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token: one.token } })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        const variables = { customers: [one.customer], after: one.cursor };
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: question, variables } }));
      }
      if (message.type === 'next') take(crowd, one, message.payload.data?.businessEvents);
      if (message.type === 'error') reject(new Error(JSON.stringify(message.payload)));
      if (message.type !== 'ping') return;
      socket.send('{"type":"pong"}');
      one.cursor ??= message.payload?.cursors?.['1'];
      if (message.payload?.cursors?.['1']) resolve();
    });
    socket.once('error', reject);
    socket.once('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
  });
}

function take(crowd: Crowded, one: Subscriber, event: { correlationId: string; cursor: string } | undefined): void {
  if (!event) return;
  one.cursor = event.cursor;
  const { tag } = crowd;
  if (!event.correlationId.startsWith(tag)) return;
  crowd.received += 1;
  if (crowd.latencies.length < kept) crowd.latencies.push(now() - Number(event.correlationId.slice(tag.length)));
}

/** Brings everybody there, so many at once; who is refused tries again a little later. */
async function gather(crowd: Crowded, width: number): Promise<number> {
  const begun = performance.now();
  const queue = [...crowd.all];
  const worker = async () => {
    for (let one = queue.pop(); one; one = queue.pop()) await insist(crowd, one);
  };
  await Promise.all(Array.from({ length: Math.min(width, crowd.all.length) }, worker));
  return (performance.now() - begun) / 1000;
}

async function insist(crowd: Crowded, one: Subscriber): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      return await subscribe(crowd, one);
    } catch (error) {
      if (left === 0) throw error;
      await pause(breath);
    }
  }
}

function cut(crowd: Crowded): void {
  for (const { socket } of crowd.all) socket?.terminate();
}

async function obey(crowd: Crowded, order: Order): Promise<number> {
  if ('connect' in order) {
    const { url, tokens, customers, count } = order.connect;
    crowd.url = url;
    crowd.all = Array.from({ length: count }, (_, n) => ({
      ...{ token: tokens[n % tokens.length] ?? '', customer: customers[n % customers.length] ?? '' },
      ...{ cursor: undefined, socket: undefined },
    }));
    return gather(crowd, atOnce);
  }
  if ('reset' in order) Object.assign(crowd, { tag: order.reset, received: 0, latencies: [], attempts: 0 });
  if ('cut' in order || 'leave' in order) cut(crowd);
  if ('leave' in order) crowd.all = [];
  return 'reconnect' in order ? gather(crowd, crowd.all.length) : 0;
}

// A process of its own, which does what it is told and says what came meanwhile. It ends with the bench.
if (process.send) {
  const crowd: Crowded = { url: '', all: [], tag: '', received: 0, latencies: [], attempts: 0 };
  process.on('message', async (order: Order) => {
    const seconds = await obey(crowd, order);
    const ready = crowd.all.filter(({ socket }) => socket?.readyState === WebSocket.OPEN).length;
    const latencies = 'tell' in order ? crowd.latencies : [];
    process.send?.({ ready, seconds, attempts: crowd.attempts, received: crowd.received, latencies } satisfies Told);
  });
  process.on('disconnect', () => process.exit(0));
}
