import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { httpTransport } from '#gateway/transport/http.ts';
import { createGrantReader } from '#kernel/grant.ts';
import { createVerifier } from '#kernel/signature.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { Transport, TransportRequest } from '#kernel/transport.ts';

const { privateKey: signingKey, publicKey } = generateKeyPairSync('ed25519');
const clock = () => new Date();
const { peer } = createGrantReader({ publicKeys: [publicKey], audience: 'library', clock });

const open: { server: Server; transport: Transport }[] = [];
afterEach(async () => {
  for (const { server, transport } of open.splice(0)) {
    await transport.close();
    server.closeAllConnections();
    server.close();
  }
});

type Visit = { request: IncomingMessage; response: ServerResponse; body: string; visit: number };

/** Time for long statements alone. */
const statementTimeouts = { interactive: 0, analytical: 600_000, bulk: 0 };

/** A transport to a subgraph that behaves as the test wants it; visits count from 1. */
async function to(behave: (visit: Visit) => unknown, patience = 5_000): Promise<Transport> {
  let visits = 0;
  const server = createServer(async (request, response) => {
    if (request.url === '/key') return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ key: peer }));
    visits += 1;
    const visit = visits;
    const body = Buffer.concat(await request.toArray()).toString();
    behave({ request, response, body, visit });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  const transport = httpTransport({ subgraph: 'library', url, signingKey, log: createLogger({ level: 'silent' }), patience, statementTimeouts });
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
  test('posts text, variables and operation name, signed, on connections that it keeps', async () => {
    const sockets = new Set<unknown>();
    const transport = await to(({ request, response, body }) => {
      sockets.add(request.socket);
      answer(response, { ...JSON.parse(body), signed: typeof request.headers['x-accord-signature'], correlation: request.headers['x-correlation-id'] });
    });
    const request = asking('query Q($a: Int) { a(a: $a) }', { variables: { a: 1 }, operationName: 'Q' });
    const { data } = await transport.execute(request);
    expect(data).toEqual({ query: request.text, variables: { a: 1 }, operationName: 'Q', signed: 'string', correlation: 'c-1' });
    for (let time = 1; time < 10; time += 1) await transport.execute(request);
    expect(sockets.size).toBeLessThan(5);
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

  test('waits as long as statements of that kind of work may take, and says in what is sealed which it is', async () => {
    const late = ({ response, body, visit }: Visit) => visit > 1 && setTimeout(() => answer(response, JSON.parse(body)), 2_000);
    const transport = await to(late, 100);
    expect(await transport.execute(asking('{ a }'))).toEqual(unavailable);
    const { data } = await transport.execute(asking('{ a }', { workload: 'analytical' }));
    expect(data).toEqual({ query: '{ a }', workload: 'analytical' });
  });

  test('gives a silent subgraph up', async () => {
    const transport = await to(() => undefined, 50);
    expect(await transport.execute(asking('{ a }'))).toEqual(unavailable);
    await expect(transport.check()).rejects.toThrow('Headers Timeout Error');
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

/** A subgraph that knows the gateway as a real one does; it can start anew, and can be asked what it was asked. */
async function library() {
  const state = {
    reader: createGrantReader({ publicKeys: [publicKey], audience: 'library', clock }),
    keys: 0,
    grants: new Set<unknown>(),
    refusals: 0,
    broken: false,
  };
  const server = createServer(async (request, response) => {
    const say = (status: number, answer: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    if (request.url === '/key') {
      state.keys += 1;
      return state.broken ? say(500, {}) : say(200, { key: state.reader.peer });
    }
    const body = Buffer.concat(await request.toArray()).toString();
    const verify = createVerifier({ grants: state.reader, clock });
    const verdict = await verify({ method: String(request.method), path: String(request.url), body, headers: request.headers });
    if ('refused' in verdict) {
      state.refusals += 1;
      return say(401, { errors: [{ message: verdict.refused }] });
    }
    state.grants.add(request.headers['x-accord-grant']);
    return say(200, { data: { actor: verdict.actor.id } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  const transport = httpTransport({ subgraph: 'library', url, signingKey, log: createLogger({ level: 'silent' }) });
  open.push({ server, transport });
  const startAnew = () => {
    state.reader = createGrantReader({ publicKeys: [publicKey], audience: 'library', clock });
  };
  return { transport, state, startAnew };
}

describe('the grant of the HTTP transport', () => {
  test('is one for many requests, also when they come at once', async () => {
    const { transport, state } = await library();
    const answers = await Promise.all(Array.from({ length: 20 }, () => transport.execute(asking('{ a }'))));
    expect(answers).toEqual(answers.map(() => ({ data: { actor: 'anna' } })));
    expect({ keys: state.keys, grants: state.grants.size }).toEqual({ keys: 1, grants: 1 });
  });

  test('is made anew when the subgraph has started again, for queries and mutations that come at once', async () => {
    const { transport, state, startAnew } = await library();
    await transport.execute(asking('{ a }'));
    startAnew();
    const texts = ['{ a }', 'mutation { a }', '{ b }', 'mutation { b }'];
    const answers = await Promise.all(texts.map((text) => transport.execute(asking(text))));
    expect(answers).toEqual(texts.map(() => ({ data: { actor: 'anna' } })));
    expect(state.grants.size).toBe(2);
    expect(state.keys).toBe(2);
  });

  test('is asked for again after it could not be had', async () => {
    const { transport, state } = await library();
    state.broken = true;
    expect(await transport.execute(asking('{ a }'))).toEqual(unavailable);
    state.broken = false;
    expect(await transport.execute(asking('{ a }'))).toEqual({ data: { actor: 'anna' } });
  });

  test('is not begged for: a second refusal is an answer', async () => {
    const { transport, state } = await library();
    state.reader = createGrantReader({ publicKeys: [generateKeyPairSync('ed25519').publicKey], audience: 'library', clock });
    expect(await transport.execute(asking('mutation { a }'))).toEqual(unavailable);
    expect(state.refusals).toBe(2);
  });
});

describe('an address', () => {
  test('of https is never asked in the clear', async () => {
    const heard: Buffer[] = [];
    const server = createTcpServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (chunk) => {
          heard.push(chunk);
          socket.destroy();
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    const transport = httpTransport({ subgraph: 'library', url, signingKey, log: createLogger({ level: 'silent' }) });
    expect(await transport.execute(asking('{ secret }'))).toEqual(unavailable);
    await transport.close();
    server.close();
    // A TLS handshake begins with this byte.
    expect(heard.length).toBeGreaterThan(0);
    for (const chunk of heard) expect(chunk[0]).toBe(0x16);
  });

  test('of another kind is refused at the start', () => {
    const url = new URL('ftp://127.0.0.1/graphql');
    expect(() => httpTransport({ subgraph: 'library', url, signingKey, log: createLogger({ level: 'silent' }) })).toThrow('by http or https');
  });

  test('keeps its search', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      if (request.url === '/key') return void response.setHeader('content-type', 'application/json').end(JSON.stringify({ key: peer }));
      seen.push(request.url);
      answer(response, { a: 1 });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?tenant=7`);
    const transport = httpTransport({ subgraph: 'library', url, signingKey, log: createLogger({ level: 'silent' }) });
    open.push({ server, transport });
    expect(await transport.execute(asking('{ a }'))).toEqual({ data: { a: 1 } });
    expect(seen).toEqual(['/graphql?tenant=7']);
  });
});
