import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError } from 'graphql';
import { makeServer } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ForeignSubgraph } from '#gateway/foreign/settings.ts';
import { foreignTransport } from '#gateway/foreign/transport.ts';
import { Refused } from '#kernel/errors.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { TransportAnswer, TransportRequest } from '#kernel/transport.ts';

const aMinute = 60_000;
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function listening(server: Server): Promise<URL> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
}

function subscribed(url: URL, protocol: 'ws' | 'sse', more: Partial<TransportRequest> = {}) {
  const subgraph: ForeignSubgraph = {
    name: 'scoring',
    url,
    tls: {},
    credential: { kind: 'bearer', token: 'word' },
    headers: { forward: [], set: {} },
    errors: 'passed',
    actor: 'nothing',
    timeout: aMinute,
    breaker: { failures: 5, pause: aMinute },
    health: undefined,
    subscriptions: { protocol, url },
  };
  const { subscribe } = foreignTransport(subgraph, createLogger({ level: 'silent' }));
  if (!subscribe) throw new Error('it has subscriptions');
  return subscribe({ text: 'subscription { tick }', actor: { id: 'a', kind: 'STAFF', permissions: [] }, trace: { correlationId: 'c' }, ...more });
}

async function all(events: AsyncIterable<TransportAnswer>): Promise<unknown[]> {
  const taken: unknown[] = [];
  try {
    for await (const event of events) taken.push(event);
  } catch (error) {
    taken.push(error instanceof Refused ? error.code : error);
  }
  return taken;
}

type Source = (context: { extra: { socket: WebSocket; request: IncomingMessage } }) => AsyncGenerator<unknown> | GraphQLError[];

/** A subgraph that speaks graphql-transport-ws by the reference implementation, and tells what the test wants. */
async function socketSubgraph(source: Source): Promise<{ url: URL; inits: unknown[]; sockets: Set<WebSocket> }> {
  const inits: unknown[] = [];
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const server = makeServer<Record<string, unknown>, { socket: WebSocket; request: IncomingMessage }>({
    onConnect: ({ connectionParams }) => void inits.push(connectionParams),
    onSubscribe: (context) => {
      const told = source(context);
      return Array.isArray(told)
        ? told
        : ({ document: { kind: 'Document', definitions: [{ kind: 'OperationDefinition', operation: 'subscription' }] }, told } as never);
    },
    subscribe: (args) => (args as unknown as { told: AsyncGenerator<never> }).told,
    validate: () => [],
  });
  sockets.on('connection', (socket, request) => {
    const closed = server.opened(
      {
        protocol: socket.protocol,
        // What no longer arrives is nobody's fault.
        send: (data) => new Promise((sent) => socket.send(data, () => sent())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => socket.on('message', (data) => void take(String(data))),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
  return { url: await listening(http), inits, sockets: sockets.clients };
}

const tick = (number: number) => ({ data: { tick: number } });

describe('a subscription at a subgraph, over WebSocket', () => {
  test('carries the credential, hands on what is told, and ends when it ends', async () => {
    const { url, inits } = await socketSubgraph(async function* () {
      yield* [tick(1), { data: null, errors: [new GraphQLError('no', { extensions: { code: 'NO' } })] }, tick(3)];
    });
    const failed = { data: null, errors: [{ message: 'no', extensions: { code: 'SUBGRAPH_FAILED', passed: { code: 'NO' } } }] };
    expect(await all(subscribed(url, 'ws'))).toEqual([tick(1), failed, tick(3)]);
    expect(inits).toMatchObject([{ authorization: 'Bearer word', 'x-correlation-id': 'c' }]);
  });

  test('that the subgraph refuses says why', async () => {
    const { url } = await socketSubgraph(() => [new GraphQLError('not you', { extensions: { code: 'NOT_YOU' } })]);
    const told = { message: 'not you', extensions: { code: 'SUBGRAPH_FAILED', passed: { code: 'NOT_YOU' } } };
    expect(await all(subscribed(url, 'ws'))).toEqual([{ data: null, errors: [told] }]);
  });

  test('that breaks is unavailable', async () => {
    const { url } = await socketSubgraph(async function* ({ extra }) {
      yield tick(1);
      extra.socket.terminate();
    });
    expect(await all(subscribed(url, 'ws'))).toEqual([tick(1), 'UPSTREAM_UNAVAILABLE']);
    expect(await all(subscribed(new URL('http://127.0.0.1:1/'), 'ws'))).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  test('that nobody reads is not read: what waits is bounded, and nothing is lost', async () => {
    const many = 3_000;
    const text = 'x'.repeat(10_000);
    let told = 0;
    const { url } = await socketSubgraph(async function* () {
      for (; told < many; told += 1) yield { data: { tick: told, text } };
    });
    const events = subscribed(url, 'ws');
    expect((await events.next()).value).toMatchObject({ data: { tick: 0 } });
    // It goes on telling until the way is full, and no further.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = told === before;
          before = told;
          return still;
        },
        { interval: 200 },
      )
      .toBe(true);
    expect(told).toBeLessThan(many);
    const rest = await all(events);
    expect(rest.map((event) => (event as TransportAnswer).data?.tick)).toEqual(Array.from({ length: many - 1 }, (_, index) => index + 1));
  });

  test('that its client leaves is closed', async () => {
    const { url, sockets } = await socketSubgraph(async function* () {
      yield tick(1);
      await new Promise(() => undefined);
    });
    const gone = new AbortController();
    const events = subscribed(url, 'ws', { signal: gone.signal });
    expect((await events.next()).value).toEqual(tick(1));
    const next = events.next();
    gone.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    await expect.poll(() => sockets.size).toBe(0);
  });
});

/** A subgraph that answers with what the test writes. */
const streamSubgraph = (tell: (response: ServerResponse) => void): Promise<URL> =>
  listening(
    createServer(async (request, response) => {
      await request.toArray();
      tell(response);
    }),
  );

const started = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const next = (content: unknown) => `event: next\ndata: ${JSON.stringify(content)}\n\n`;

describe('a subscription at a subgraph, as an event stream', () => {
  test('is read event by event, however it is cut into pieces, until it is complete', async () => {
    const text = `: hello\n\n${next(tick(1))}event: other\ndata: {}\n\n${next(tick(2))}event: complete\ndata:\n\n${next(tick(3))}`;
    const url = await streamSubgraph((response) => {
      started(response);
      for (const letter of text) response.write(letter);
    });
    expect(await all(subscribed(url, 'sse'))).toEqual([tick(1), tick(2)]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['ends without a word', (response) => void started(response).end()],
    ['is none', (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')],
    ['is cut', (response) => void started(response).write(': hello\n\n', () => response.destroy())],
    ['tells what is no JSON', (response) => void started(response).end('event: next\ndata: {\n\n')],
    ['tells more than is read', (response) => void started(response).end(`event: next\ndata: ${'x'.repeat(5 * 1024 * 1024)}`)],
  ])('that %s is unavailable', async (_, tell) => {
    expect(await all(subscribed(await streamSubgraph(tell), 'sse'))).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  test('that its client leaves is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await streamSubgraph((response) => {
      response.once('close', closed.resolve);
      started(response).write(next(tick(1)));
    });
    const gone = new AbortController();
    const events = subscribed(url, 'sse', { signal: gone.signal });
    expect((await events.next()).value).toEqual(tick(1));
    const waiting = events.next();
    gone.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await closed.promise;
  });
});
