import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { request as open } from 'node:http';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContext } from '#kernel/context.ts';
import { type GrantReader, grantFor } from '#kernel/grant.ts';
import { createVerifier, type SealedRequest, seal } from '#kernel/signature.ts';
import { subgraphSchema } from '#kernel/subgraphSchema.ts';
import { createLogger } from '#kernel/telemetry.ts';
import type { OpenSubgraph } from '../../roles/openSubgraph.ts';
import { serveSubgraph } from '../../roles/subgraphServer.ts';
import { authorsSdl } from '../support/fixtureGraph.ts';
import { noSession } from '../support/noSession.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const { privateKey: signingKey, publicKey } = generateKeyPairSync('ed25519');
const message: SealedRequest = {
  method: 'POST',
  path: '/graphql',
  body: '{"query":"{ authorCount }"}',
  actor: { id: 'anna', kind: 'STAFF', permissions: ['time:read'] },
  trace: { correlationId: 'c-1', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
};
const grant = { token: 'a grant', key: createSecretKey(Buffer.alloc(32, 1)) };
/** Knows one grant, as long as the test likes. */
const grants: Pick<GrantReader, 'read'> = {
  read: async (token) => (token === grant.token ? { key: grant.key } : { refused: 'No such grant.' }),
};
const verifier = (at = now, nonceLimit = 10) => createVerifier({ grants, clock: () => new Date(at), nonceLimit });
const received = (headers: Record<string, string> = seal(grant, message, now)) => ({
  method: message.method,
  path: message.path,
  body: message.body,
  headers,
});

describe('a signed request', () => {
  test('tells who asks and on behalf of what', async () => {
    expect(await verifier()(received())).toEqual({ actor: message.actor, trace: message.trace });
  });

  test('is refused when anything in it was changed', async () => {
    const headers = seal(grant, message, now);
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
    for (const each of changed) expect(await verifier()(each)).toEqual({ refused: 'The signature does not fit the request.' });
  });

  test('is refused unsigned', async () => {
    const unsigned = { refused: 'The request is not signed.' };
    for (const name of ['x-accord-signature', 'x-accord-grant', 'x-accord-nonce', 'x-accord-timestamp']) {
      const { [name]: _, ...headers } = seal(grant, message, now);
      expect(await verifier()(received(headers)), name).toEqual(unsigned);
    }
    expect(await verifier()(received({}))).toEqual(unsigned);
    expect(await verifier()(received({ ...seal(grant, message, now), 'x-accord-timestamp': 'soon' }))).toEqual(unsigned);
  });

  test('is refused under a grant that is none, and sealed with the key of another', async () => {
    expect(await verifier()(received(seal({ ...grant, token: 'another' }, message, now)))).toEqual({ refused: 'No such grant.' });
    expect(await verifier()(received(seal({ ...grant, key: createSecretKey(Buffer.alloc(32, 2)) }, message, now)))).toEqual({
      refused: 'The signature does not fit the request.',
    });
  });

  test.each([
    [-60_001, false],
    [-60_000, true],
    [60_000, true],
    [60_001, false],
  ])('%i ms away: taken %s', async (away, taken) => {
    expect('actor' in (await verifier(now + away)(received()))).toBe(taken);
  });

  test('is taken once, also a minute later', async () => {
    const clock = { now };
    const verify = createVerifier({ grants, clock: () => new Date(clock.now) });
    const headers = seal(grant, message, now + 59_000);
    expect(await verify(received(headers))).toHaveProperty('actor');
    expect(await verify(received(headers))).toEqual({ refused: 'The request was here before.' });
    clock.now += 118_000;
    expect(await verify(received(headers))).toEqual({ refused: 'The request was here before.' });
  });

  test('is refused when no more nonces can be remembered, and taken when old ones are forgotten', async () => {
    const clock = { now };
    const verify = createVerifier({ grants, clock: () => new Date(clock.now), nonceLimit: 2 });
    const fresh = () => verify(received(seal(grant, message, clock.now)));
    expect([await fresh(), await fresh(), await fresh()].map((verdict) => 'actor' in verdict)).toEqual([true, true, false]);
    clock.now += 180_000;
    expect(await fresh()).toHaveProperty('actor');
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
    server = await serveSubgraph({ subgraph, publicKeys: [publicKey], clock: () => new Date(), host: '127.0.0.1', port: 0 });
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

  const peer = async () => String((await send({}, { method: 'GET', path: '/key' })).answer.key);
  const granted = async (audience = 'authors', key = signingKey) => grantFor({ signingKey: key, audience, peer: await peer(), now: Date.now() });

  test('answers the gateway, and says nothing to others', async () => {
    const granting = await granted();
    const headers = seal(granting, message);
    expect(await send(headers)).toEqual({ status: 200, answer: { data: { authorCount: 2 } } });
    expect(await send(headers)).toMatchObject({
      status: 401,
      answer: { errors: [{ message: 'The request was here before.', extensions: { code: 'UNAUTHENTICATED', correlationId: 'c-1' } }] },
    });
    expect((await send({})).status).toBe(401);
    expect((await send(seal(granting, message, Date.now() - 61_000))).status).toBe(401);
    expect((await send(seal(granting, message), { body: '{"query":"{ __typename }"}' })).status).toBe(401);
    expect((await send({}, { method: 'GET' })).status).toBe(405);
    expect(await send({}, { method: 'GET', path: '/health' })).toEqual({ status: 200, answer: { status: 'ok' } });
  });

  test('refuses what was signed for another subgraph, and what another signed', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const refusal = { status: 401, answer: { errors: [{ message: "The grant is not this gateway's, or not for this subgraph." }] } };
    expect(await send(seal(await granted('time'), message))).toMatchObject(refusal);
    expect(await send(seal(await granted('authors', other), message))).toMatchObject(refusal);
  });

  test('does not describe itself, not even to the gateway', async () => {
    const body = '{"query":"{ __schema { __typename } }"}';
    const { answer } = await send(seal(await granted(), { ...message, body }), { body });
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
  });
});
