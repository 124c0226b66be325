import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { httpTransport } from '#gateway/transport/http.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { Transport, TransportRequest } from '#kernel/transport.ts';

const open: { server: Server; transport: Transport }[] = [];
afterEach(async () => {
  for (const { server, transport } of open.splice(0)) {
    await transport.close();
    server.closeAllConnections();
    server.close();
  }
});

type Visit = { request: IncomingMessage; response: ServerResponse; body: string; visit: number };

/** A transport to a subgraph that behaves as the test wants it; visits count from 1. */
async function to(behave: (visit: Visit) => unknown, patience = 5_000): Promise<Transport> {
  let visits = 0;
  const server = createServer(async (request, response) => {
    visits += 1;
    const visit = visits;
    const body = Buffer.concat(await request.toArray()).toString();
    behave({ request, response, body, visit });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  const transport = httpTransport({ subgraph: 'library', url, secret: 's', log: createLogger({ level: 'silent' }), patience });
  open.push({ server, transport });
  return transport;
}

function answer(response: ServerResponse, data: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
}

const asking = (text: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  text,
  actor: { id: 'anna', kind: 'STAFF', permissions: [] },
  trace: { correlationId: 'c-1' },
  ...more,
});

const unavailable = {
  data: null,
  errors: [
    { message: "Accord's library subgraph does not answer. Retry.", extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true, correlationId: 'c-1' } },
  ],
};

describe('the HTTP transport', () => {
  test('posts text, variables and operation name, signed, on a connection that it keeps', async () => {
    const sockets = new Set<unknown>();
    const transport = await to(({ request, response, body }) => {
      sockets.add(request.socket);
      answer(response, { ...JSON.parse(body), signed: typeof request.headers['x-accord-signature'], correlation: request.headers['x-correlation-id'] });
    });
    const request = asking('query Q($a: Int) { a(a: $a) }', { variables: { a: 1 }, operationName: 'Q' });
    const { data } = await transport.execute(request);
    expect(data).toEqual({ query: request.text, variables: { a: 1 }, operationName: 'Q', signed: 'string', correlation: 'c-1' });
    await transport.execute(request);
    expect(sockets.size).toBe(1);
  });

  test('asks a query once more when a kept connection turns out to be closed', async () => {
    const transport = await to(({ request, response, visit }) => (visit === 2 ? request.socket.resetAndDestroy() : answer(response, { visit })));
    expect(await transport.execute(asking('{ a }'))).toEqual({ data: { visit: 1 } });
    expect(await transport.execute(asking('{ a }'))).toEqual({ data: { visit: 3 } });
  });

  test('never sends a mutation twice', async () => {
    const visits: number[] = [];
    const transport = await to(({ request, response, visit }) => {
      visits.push(visit);
      if (visit === 2) request.socket.resetAndDestroy();
      else answer(response, { visit });
    });
    await transport.execute(asking('{ a }'));
    expect(await transport.execute(asking('mutation { a }'))).toEqual(unavailable);
    expect(visits).toEqual([1, 2]);
  });

  test.each<[string, (visit: Visit) => unknown]>([
    [
      'that breaks off',
      ({ response }) =>
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"da') && setImmediate(() => response.destroy()),
    ],
    ['that answers with a page', ({ response }) => response.setHeader('content-type', 'text/html').end('<p>Bad gateway')],
    ['that answers with half a JSON', ({ response }) => response.setHeader('content-type', 'application/json').end('{"data":')],
    ['that refuses the signature', ({ response }) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{"message":"no"}]}')],
  ])('gives UPSTREAM_UNAVAILABLE for a subgraph %s', async (_, behave) => {
    expect(await (await to(behave)).execute(asking('{ a }'))).toEqual(unavailable);
  });

  test('gives a silent subgraph up', async () => {
    const transport = await to(() => undefined, 50);
    expect(await transport.execute(asking('{ a }'))).toEqual(unavailable);
    await expect(transport.check()).rejects.toThrow('no byte came');
  });

  test('hangs up when the client does', async () => {
    const client = new AbortController();
    const hungUp = Promise.withResolvers<void>();
    const transport = await to(({ request }) => {
      request.socket.once('close', () => hungUp.resolve());
      client.abort();
    });
    expect(await transport.execute(asking('{ a }', { signal: client.signal }))).toEqual(unavailable);
    await hungUp.promise;
  });

  test('knows whether the subgraph is healthy', async () => {
    const well = await to(({ request, response }) => (request.url === '/health' ? answer(response, null) : response.writeHead(404).end()));
    await expect(well.check()).resolves.toBeUndefined();
    const ill = await to(({ response }) => response.writeHead(503).end());
    await expect(ill.check()).rejects.toThrow('library says 503');
  });
});
