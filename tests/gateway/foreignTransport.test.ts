import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import type { ForeignSubgraph } from '#gateway/foreign/settings.ts';
import { foreignTransport } from '#gateway/foreign/transport.ts';
import type { Actor } from '#kernel/actor.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { Transport, TransportRequest } from '#kernel/transport.ts';
import { certificate } from '../support/scoring.ts';

const aMinute = 60_000;
const open: { server: Server; transport: Transport }[] = [];
afterEach(async () => {
  for (const { server, transport } of open.splice(0)) {
    await transport.close();
    server.closeAllConnections();
    server.close();
  }
});

type Visit = { request: IncomingMessage; response: ServerResponse; body: string; visit: number };
type Wish = Partial<ForeignSubgraph> & { secure?: { key: string; cert: string; ca?: string; requestCert?: boolean } };

/** A transport to a subgraph that behaves as the test wants it; visits count from 1. */
async function to(behave: (visit: Visit) => unknown, { secure, ...wish }: Wish = {}): Promise<Transport> {
  let visits = 0;
  const listen: RequestListener = async (request, response) => {
    visits += 1;
    const visit = visits;
    const body = Buffer.concat(await request.toArray()).toString();
    behave({ request, response, body, visit });
  };
  const server = secure ? createSecureServer(secure, listen) : createServer(listen);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(`${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?tenant=1`);
  const subgraph: ForeignSubgraph = {
    name: 'scoring',
    url,
    tls: {},
    credential: { kind: 'none' },
    headers: { forward: [], set: {} },
    errors: 'masked',
    actor: 'nothing',
    timeout: aMinute,
    breaker: { failures: 5, pause: aMinute },
    health: undefined,
    subscriptions: { protocol: 'ws', url },
    ...wish,
  };
  const transport = foreignTransport(subgraph, createLogger({ level: 'silent' }));
  open.push({ server, transport });
  return transport;
}

const json = (response: ServerResponse, content: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));

const anna: Actor = { id: 'anna', kind: 'STAFF', permissions: ['*'], customerIds: ['c'] };
const asking = (text: string, more: Partial<TransportRequest> = {}): TransportRequest => ({ text, actor: anna, trace: { correlationId: 'c-1' }, ...more });

const unavailable = {
  data: null,
  errors: [{ message: 'The scoring subgraph does not answer. Retry.', extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true, correlationId: 'c-1' } }],
};

/** What the subgraph learned of one request. */
async function learned(wish: Wish, request: Partial<TransportRequest> = {}): Promise<IncomingMessage> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
  const transport = await to(({ request: came, response }) => {
    resolve(came);
    json(response, { data: {} });
  }, wish);
  await transport.execute(asking('{ a }', request));
  return promise;
}

describe('a subgraph of the firm’s own learns', () => {
  test('nothing of us and of who asks, unless it is to: no seal, no token, no actor', async () => {
    const { headers, url } = await learned({}, { headers: { authorization: 'Bearer client', cookie: 'a=b', 'x-tenant': 'north' } });
    expect(url).toBe('/graphql?tenant=1');
    expect(headers).toMatchObject({ 'x-correlation-id': 'c-1', accept: 'application/graphql-response+json, application/json' });
    expect(Object.keys(headers).filter((name) => /^(x-accord|authorization|cookie|x-tenant)/.test(name))).toEqual([]);
  });

  test('the word that both know, headers of the client by name, and headers of the operator', async () => {
    const wish = { credential: { kind: 'bearer', token: 'word' }, headers: { forward: ['x-tenant', 'x-absent'], set: { 'x-api': '2' } } } as const;
    const { headers } = await learned(wish, { headers: { authorization: 'Bearer client', 'x-tenant': 'north', 'x-other': 'no' } });
    expect(headers).toMatchObject({ authorization: 'Bearer word', 'x-tenant': 'north', 'x-api': '2' });
    expect(headers).not.toHaveProperty('x-other');
    expect(headers).not.toHaveProperty('x-absent');
  });

  test.each([
    ['identity', { id: 'anna', kind: 'STAFF' }],
    ['whole', anna],
  ] as const)('of who asks: %s', async (actor, known) => {
    expect(JSON.parse(String((await learned({ actor })).headers['x-accord-caller']))).toEqual(known);
    const { privateKey: key, publicKey } = generateKeyPairSync('ed25519');
    const credential = { kind: 'signed', key, algorithm: 'EdDSA', keyId: 'one', issuer: 'accord', audience: 'scores' } as const;
    const { headers } = await learned({ actor, credential });
    expect(headers).not.toHaveProperty('x-accord-caller');
    const { payload, protectedHeader } = await jwtVerify(String(headers.authorization).slice(7), publicKey, { issuer: 'accord', audience: 'scores' });
    expect(payload).toMatchObject({ sub: 'anna', actor: known });
    expect(protectedHeader.kid).toBe('one');
  });

  test('from a signed token no more than that the gateway asks, where it may know nothing', async () => {
    const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { headers } = await learned({ credential: { kind: 'signed', key, algorithm: 'ES256', keyId: undefined, issuer: 'accord', audience: 'scores' } });
    const { payload } = await jwtVerify(String(headers.authorization).slice(7), publicKey);
    expect(payload).toMatchObject({ sub: 'accord', aud: 'scores' });
    expect(payload).not.toHaveProperty('actor');
  });
});

describe('https', () => {
  test('is asked only where the certificate is believed', async () => {
    const { private: key, cert } = await certificate();
    const answered: number[] = [];
    const behave = ({ response, visit }: Visit) => {
      answered.push(visit);
      json(response, { data: { a: 1 } });
    };
    expect(await (await to(behave, { secure: { key, cert } })).execute(asking('{ a }'))).toEqual(unavailable);
    expect(answered).toEqual([]);
    expect(await (await to(behave, { secure: { key, cert }, tls: { ca: cert } })).execute(asking('{ a }'))).toEqual({ data: { a: 1 } });
  });

  test('says who we are where that is wanted (mutual TLS)', async () => {
    const [{ private: key, cert }, client] = await Promise.all([certificate(), certificate()]);
    const secure = { key, cert, ca: client.cert, requestCert: true };
    const behave = ({ response }: Visit) => json(response, { data: { a: 1 } });
    expect(await (await to(behave, { secure, tls: { ca: cert } })).execute(asking('{ a }'))).toEqual(unavailable);
    const tls = { ca: cert, cert: client.cert, key: client.private };
    expect(await (await to(behave, { secure, tls })).execute(asking('{ a }'))).toEqual({ data: { a: 1 } });
  });
});

describe('errors of a subgraph of the firm’s own', () => {
  const told = {
    data: { a: null },
    errors: [{ message: 'IBAN DE89 is blocked', path: ['a'], extensions: { code: 'BLOCKED', hint: 'call us', stacktrace: ['at x'], serviceName: 'core' } }],
  };

  test('are masked: clients read that it failed', async () => {
    const transport = await to(({ response }) => json(response, told));
    const message = 'The scoring subgraph failed here. Quote the correlation id to support.';
    expect(await transport.execute(asking('{ a }'))).toEqual({
      data: { a: null },
      errors: [{ message, path: ['a'], extensions: { code: 'SUBGRAPH_FAILED' } }],
    });
  });

  test('or passed, without what they say of how it is made, whatever their status', async () => {
    const transport = await to(({ response }) => json(response, told, 500), { errors: 'passed' });
    const passed = { code: 'BLOCKED', hint: 'call us' };
    expect(await transport.execute(asking('{ a }'))).toEqual({
      data: { a: null },
      errors: [{ message: 'IBAN DE89 is blocked', path: ['a'], extensions: { code: 'SUBGRAPH_FAILED', passed } }],
    });
  });

  test('that are none are ours to tell', async () => {
    const transport = await to(({ response }) => json(response, { errors: ['what', { message: 7, path: [{}] }] }), { errors: 'passed' });
    const answer = await transport.execute(asking('{ a }'));
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ extensions, path }) => [extensions, path])).toEqual([
      [{ code: 'SUBGRAPH_FAILED' }, undefined],
      [{ code: 'SUBGRAPH_FAILED' }, undefined],
    ]);
  });
});

describe('a subgraph of the firm’s own that does not answer', () => {
  test.each<[string, (response: ServerResponse) => unknown]>([
    ['with text', (response) => response.end('busy')],
    ['with something else in JSON', (response) => json(response, ['a'])],
    ['with a redirect, which a credential does not follow', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['with more than is read', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(17 * 1024 * 1024))],
    ['by cutting the connection', (response) => response.destroy()],
  ])('%s: is unavailable', async (_, behave) => {
    const transport = await to(({ response }) => behave(response));
    expect(await transport.execute(asking('mutation { a }'))).toEqual(unavailable);
  });

  test('in its time: is unavailable', async () => {
    const transport = await to(() => undefined, { timeout: 50 });
    expect(await transport.execute(asking('{ a }'))).toEqual(unavailable);
  });

  test('is left alone for a while after some failures; a client that leaves is none', async () => {
    let visits = 0;
    const transport = await to(
      ({ response }) => {
        visits += 1;
        response.end('busy');
      },
      { breaker: { failures: 2, pause: 60_000 } },
    );
    const left = asking('{ a }', { signal: AbortSignal.abort() });
    for (let call = 0; call < 3; call += 1) await transport.execute(left);
    for (let call = 0; call < 4; call += 1) expect(await transport.execute(asking('mutation { a }'))).toEqual(unavailable);
    expect(visits).toBe(2);
  });

  test('is asked again after the pause', async () => {
    const transport = await to(({ response, visit }) => (visit === 1 ? response.end('busy') : json(response, { data: { a: visit } })), {
      breaker: { failures: 1, pause: 1 },
    });
    expect(await transport.execute(asking('mutation { a }'))).toEqual(unavailable);
    await expect.poll(() => transport.execute(asking('mutation { a }'))).toEqual({ data: { a: 2 } });
  });
});

test('health is asked where it is named, and nowhere else', async () => {
  const silent = await to(({ response }) => response.destroy());
  await silent.check();
  const paths: (string | undefined)[] = [];
  const sick = await to(({ request, response, visit }) => {
    paths.push(request.url);
    response.writeHead(visit === 1 ? 200 : 503).end();
  });
  const address = open.at(-1)?.server.address() as AddressInfo | undefined;
  const health = new URL(`http://127.0.0.1:${address?.port}/well`);
  await sick.check();
  const asked = await to(() => undefined, { health });
  await asked.check();
  await expect(asked.check()).rejects.toThrow('scoring says 503');
  expect(paths).toEqual(['/well', '/well']);
});
