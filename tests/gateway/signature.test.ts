import { request as open } from 'node:http';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContext } from '#kernel/context.ts';
import { createVerifier, type SignedRequest, sign } from '#kernel/signature.ts';
import { subgraphSchema } from '#kernel/subgraph.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { OpenSubgraph } from '../../roles/openSubgraph.ts';
import { serveSubgraph } from '../../roles/subgraphServer.ts';
import { authorsSdl } from '../support/fixtureGraph.ts';
import { noSession } from '../support/noSession.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const secret = 'a secret of this test';
const message: SignedRequest = {
  method: 'POST',
  path: '/graphql',
  body: '{"query":"{ authorCount }"}',
  actor: { id: 'anna', kind: 'STAFF', permissions: ['time:read'] },
  trace: { correlationId: 'c-1', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
};
const verifier = (at = now, nonceLimit = 10) => createVerifier({ secrets: [secret], clock: () => new Date(at), nonceLimit });
const received = (headers: Record<string, string> = sign(secret, message, now)) => ({
  method: message.method,
  path: message.path,
  body: message.body,
  headers,
});

describe('a signed request', () => {
  test('tells who asks and on behalf of what', () => {
    expect(verifier()(received())).toEqual({ actor: message.actor, trace: message.trace });
  });

  test('is refused when anything in it was changed', () => {
    const headers = sign(secret, message, now);
    const actor = Buffer.from(JSON.stringify({ ...message.actor, permissions: ['*'] })).toString('base64url');
    const changed = [
      { ...received(headers), method: 'PUT' },
      { ...received(headers), path: '/other' },
      { ...received(headers), body: `${message.body} ` },
      received({ ...headers, 'x-accord-actor': actor }),
      received({ ...headers, 'x-accord-timestamp': String(now + 1) }),
      received({ ...headers, 'x-accord-nonce': 'AAAAAAAAAAAAAAAA' }),
      received({ ...headers, 'x-correlation-id': 'c-2' }),
      received({ ...headers, traceparent: '' }),
      received({ ...headers, 'x-accord-signature': `${headers['x-accord-signature']}A` }),
    ];
    for (const each of changed) expect(verifier()(each)).toEqual({ refused: 'The signature does not fit the request.' });
  });

  test('is refused unsigned', () => {
    const { 'x-accord-signature': _, ...headers } = sign(secret, message, now);
    expect(verifier()(received(headers))).toEqual({ refused: 'The request is not signed.' });
    expect(verifier()(received({}))).toEqual({ refused: 'The request is not signed.' });
    expect(verifier()(received({ ...sign(secret, message, now), 'x-accord-timestamp': 'soon' }))).toEqual({ refused: 'The request is not signed.' });
  });

  test('is refused under another secret, taken under either while one replaces the other', () => {
    const both = createVerifier({ secrets: ['next', secret], clock: () => new Date(now) });
    expect(verifier()(received(sign('next', message, now)))).toHaveProperty('refused');
    expect(both(received(sign('next', message, now)))).toHaveProperty('actor');
    expect(both(received())).toHaveProperty('actor');
  });

  test.each([
    [-60_001, false],
    [-60_000, true],
    [60_000, true],
    [60_001, false],
  ])('%i ms away: taken %s', (away, taken) => {
    expect('actor' in verifier(now + away)(received())).toBe(taken);
  });

  test('is taken once, also a minute later', () => {
    const clock = { now };
    const verify = createVerifier({ secrets: [secret], clock: () => new Date(clock.now) });
    const headers = sign(secret, message, now + 59_000);
    expect(verify(received(headers))).toHaveProperty('actor');
    expect(verify(received(headers))).toEqual({ refused: 'The request was here before.' });
    clock.now += 118_000;
    expect(verify(received(headers))).toEqual({ refused: 'The request was here before.' });
  });

  test('is refused when no more nonces can be remembered, and taken when old ones are forgotten', () => {
    const clock = { now };
    const verify = createVerifier({ secrets: [secret], clock: () => new Date(clock.now), nonceLimit: 2 });
    const fresh = () => verify(received(sign(secret, message, clock.now)));
    expect([fresh(), fresh(), fresh()].map((verdict) => 'actor' in verdict)).toEqual([true, true, false]);
    clock.now += 180_000;
    expect(fresh()).toHaveProperty('actor');
  });
});

describe('a subgraph behind HTTP', () => {
  let server: Awaited<ReturnType<typeof serveSubgraph>>;
  beforeAll(async () => {
    const log = createLogger({ level: 'silent' });
    const subgraph: OpenSubgraph = {
      name: 'authors',
      schema: subgraphSchema(parse(authorsSdl), { Query: { authorCount: () => 2 } }),
      session: noSession,
      context: (request) => createContext({ ...request, clock: () => new Date(), log }),
      log,
      check: async () => undefined,
    };
    server = await serveSubgraph({ subgraph, secrets: [secret], clock: () => new Date(), host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  function send(
    headers: Record<string, string>,
    { method = 'POST', path = '/graphql', body = message.body } = {},
  ): Promise<{ status: number | undefined; answer: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const request = open({ host: '127.0.0.1', port: server.port, method, path, headers, agent: false }, async (response) => {
        const chunks = await response.toArray();
        resolve({ status: response.statusCode, answer: JSON.parse(Buffer.concat(chunks).toString()) });
      });
      request.on('error', reject);
      request.end(method === 'GET' ? undefined : body);
    });
  }

  test('answers the gateway, and says nothing to others', async () => {
    const headers = sign(secret, message);
    expect(await send(headers)).toEqual({ status: 200, answer: { data: { authorCount: 2 } } });
    expect(await send(headers)).toMatchObject({
      status: 401,
      answer: { errors: [{ message: 'The request was here before.', extensions: { code: 'UNAUTHENTICATED', correlationId: 'c-1' } }] },
    });
    expect((await send({})).status).toBe(401);
    expect((await send(sign(secret, message, Date.now() - 61_000))).status).toBe(401);
    expect((await send(sign(secret, message), { body: '{"query":"{ __typename }"}' })).status).toBe(401);
    expect((await send({}, { method: 'GET' })).status).toBe(405);
    expect(await send({}, { method: 'GET', path: '/health' })).toEqual({ status: 200, answer: { status: 'ok' } });
  });

  test('does not describe itself, not even to the gateway', async () => {
    const body = '{"query":"{ __schema { queryType { name } } }"}';
    const { answer } = await send(sign(secret, { ...message, body }), { body });
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
  });
});
