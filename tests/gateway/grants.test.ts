import { createSecretKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createGrants } from '#gateway/transport/grants.ts';
import { createGrantReader, type Grant, grantFor } from '#kernel/grant.ts';
import { createVerifier, type SealedRequest, seal } from '#kernel/signature.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const gateway = generateKeyPairSync('ed25519');
const readerOf = (audience: string, { at = now, publicKeys = [gateway.publicKey] } = {}) =>
  createGrantReader({ publicKeys, audience, clock: () => new Date(at) });
const grant = (audience: string, peer: string, at = now): Promise<Grant> => grantFor({ signingKey: gateway.privateKey, audience, peer, now: at });
const sameKey = (read: { key: KeyObject } | { refused: string }, made: Grant) => 'key' in read && read.key.equals(made.key);
const strange = { refused: "The grant is not this gateway's, or not for this subgraph." };

describe('a grant', () => {
  test('gives gateway and subgraph the same key, and each grant another one', async () => {
    const time = readerOf('time');
    const [first, second] = [await grant('time', time.peer), await grant('time', time.peer)];
    expect(sameKey(await time.read(first.token), first)).toBe(true);
    expect(sameKey(await time.read(second.token), second)).toBe(true);
    expect(first.key.equals(second.key)).toBe(false);
    expect(first.key.symmetricKeySize).toBe(32);
  });

  test('says for whom, from when and until when, and holds no key that would seal', async () => {
    const time = readerOf('time');
    const made = await grant('time', time.peer);
    const claims = decodeJwt(made.token);
    expect(claims).toEqual({
      iss: 'accord-gateway',
      aud: 'time',
      iat: now / 1000,
      exp: now / 1000 + 60,
      jti: expect.any(String),
      peer: time.peer,
      own: expect.any(String),
    });
    expect(made.expiresAt).toBe(now + 60_000);
    expect(made.token).not.toContain(made.key.export().toString('base64url'));
  });

  test.each([
    [-60_001, false],
    [0, true],
    [59_000, true],
    [119_000, true],
    [121_000, false],
  ])('read after %i ms is taken: %s', async (after, taken) => {
    const clock = { now };
    const time = createGrantReader({ publicKeys: [gateway.publicKey], audience: 'time', clock: () => new Date(clock.now) });
    const made = await grant('time', time.peer);
    clock.now += after;
    expect('key' in (await time.read(made.token))).toBe(taken);
  });

  test('that was read before ends as one that was not', async () => {
    const clock = { now };
    const time = createGrantReader({ publicKeys: [gateway.publicKey], audience: 'time', clock: () => new Date(clock.now) });
    const made = await grant('time', time.peer);
    expect(await time.read(made.token)).toHaveProperty('key');
    clock.now += 121_000;
    expect(await time.read(made.token)).toEqual({ refused: 'The grant has expired.' });
  });

  test('for one subgraph is nothing to another', async () => {
    const [time, finance] = [readerOf('time'), readerOf('finance')];
    expect(await finance.read((await grant('time', finance.peer)).token)).toEqual(strange);
    expect(await finance.read((await grant('finance', time.peer)).token)).toEqual({ refused: 'The grant is for another run of this subgraph.' });
  });

  test('ends with the run of the subgraph: nothing recorded before can be repeated after', async () => {
    const [before, after] = [readerOf('time'), readerOf('time')];
    const made = await grant('time', before.peer);
    expect(await after.read(made.token)).toEqual({ refused: 'The grant is for another run of this subgraph.' });
  });

  test('is taken under either key while one replaces the other', async () => {
    const next = generateKeyPairSync('ed25519');
    const time = readerOf('time', { publicKeys: [next.publicKey, gateway.publicKey] });
    for (const signingKey of [gateway.privateKey, next.privateKey])
      expect(await time.read((await grantFor({ signingKey, audience: 'time', peer: time.peer, now })).token)).toHaveProperty('key');
    const old = readerOf('time', { publicKeys: [next.publicKey] });
    expect(await old.read((await grant('time', old.peer)).token)).toEqual(strange);
  });

  test.each<[string, (peer: string) => Promise<string>]>([
    ['no token', async () => 'nonsense'],
    ['an empty text', async () => ''],
    [
      'a token of no algorithm',
      async (peer) =>
        `${Buffer.from('{"alg":"none","typ":"accord-grant+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify({ peer })).toString('base64url')}.`,
    ],
    ['a token of another kind', (peer) => forged(peer, { typ: 'JWT' })],
    ['a token of another issuer', (peer) => forged(peer, { issuer: 'accord-development' })],
    ['a token without a time', (peer) => forged(peer, { timeless: true })],
    ['a token that lasts longer than it may', (peer) => forged(peer, { issuedAt: now / 1000 - 3_600 })],
    ['a changed token', async (peer) => (await grant('time', peer)).token.replace(/\..{8}/, '.AAAAAAAA')],
  ])('that is %s is refused', async (_, make) => {
    const time = readerOf('time');
    expect(await time.read(await make(time.peer))).toHaveProperty('refused');
  });

  /** Signed by the gateway's key all the same. */
  function forged(peer: string, { typ = 'accord-grant+jwt', issuer = 'accord-gateway', timeless = false, issuedAt = now / 1000 } = {}): Promise<string> {
    const token = new SignJWT({ own: generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x, peer })
      .setProtectedHeader({ alg: 'EdDSA', typ })
      .setIssuer(issuer)
      .setAudience('time')
      .setJti(randomUUID());
    return (timeless ? token : token.setIssuedAt(issuedAt).setExpirationTime(now / 1000 + 60)).sign(gateway.privateKey);
  }

  test('is remembered by a bounded number: a thousand read ones are still read', async () => {
    const time = readerOf('time');
    const made = await Promise.all(Array.from({ length: 150 }, () => grant('time', time.peer)));
    for (const each of [...made, ...made]) expect(sameKey(await time.read(each.token), each)).toBe(true);
  });
});

describe('whoever runs one subgraph', () => {
  const request: SealedRequest = {
    method: 'POST',
    path: '/graphql',
    body: '{"query":"mutation { approve }"}',
    actor: { id: 'mallory', kind: 'STAFF', permissions: ['*'] },
    trace: { correlationId: 'c-1' },
  };
  const arriving = (headers: Record<string, string>) => ({ method: request.method, path: request.path, body: request.body, headers });
  const victim = readerOf('finance');
  const verify = createVerifier({ grants: victim, clock: () => new Date(now) });

  test('cannot pass on what the gateway sent to it', async () => {
    const own = readerOf('time');
    const toIt = await grant('time', own.peer);
    expect(await verify(arriving(seal(toIt, request, now)))).toEqual(strange);
  });

  test('cannot have the gateway make a grant for another by giving the key of another as its own', async () => {
    // The gateway asks "time" for its key, and is given that of finance: the audience is still time.
    const lured = await grant('time', victim.peer);
    expect(await verify(arriving(seal(lured, request, now)))).toEqual(strange);
  });

  test('cannot seal under a grant for another that it saw on the wire', async () => {
    const seen = await grant('finance', victim.peer);
    expect(await verify(arriving(seal({ token: seen.token, key: createSecretKey(Buffer.alloc(32)) }, request, now)))).toEqual({
      refused: 'The signature does not fit the request.',
    });
    expect(await verify(arriving(seal(seen, request, now)))).toHaveProperty('actor');
  });

  test('cannot sign with the public key that it holds', async () => {
    const asSecret = String(gateway.publicKey.export({ format: 'pem', type: 'spki' }));
    const token = await new SignJWT({ own: victim.peer, peer: victim.peer })
      .setProtectedHeader({ alg: 'HS256', typ: 'accord-grant+jwt' })
      .setIssuer('accord-gateway')
      .setAudience('finance')
      .setIssuedAt(now / 1000)
      .setExpirationTime(now / 1000 + 60)
      .sign(Buffer.from(asSecret));
    expect(await victim.read(token)).toEqual(strange);
    await expect(grantFor({ signingKey: gateway.publicKey, audience: 'finance', peer: victim.peer, now })).rejects.toThrow();
  });
});

describe('the grants of a transport', () => {
  afterEach(() => vi.useRealTimers());

  const counted = () => {
    const reader = createGrantReader({ publicKeys: [gateway.publicKey], audience: 'time', clock: () => new Date() });
    const state = { asked: 0 };
    const peer = async () => {
      state.asked += 1;
      return reader.peer;
    };
    return { state, grants: createGrants({ signingKey: gateway.privateKey, audience: 'time', peer }), reader };
  };

  test('are made once a while, before the old one ends, and once for all who ask at that moment', async () => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const { grants, state } = counted();
    const first = await grants.current();
    vi.setSystemTime(now + 39_000);
    expect(await grants.current()).toBe(first);
    vi.setSystemTime(now + 41_000);
    const next = await Promise.all([grants.current(), grants.current(), grants.current()]);
    expect(new Set(next).size).toBe(1);
    expect(next[0]).not.toBe(first);
    expect(state.asked).toBe(2);
  });

  test('forget a refused one, and not the one that came after it', async () => {
    const { grants, state } = counted();
    const first = await grants.current();
    grants.refused(first);
    const second = await grants.current();
    expect(second).not.toBe(first);
    grants.refused(first);
    expect(await grants.current()).toBe(second);
    expect(state.asked).toBe(2);
  });

  test('are asked for again after the subgraph gave no key', async () => {
    const reader = readerOf('time');
    const answers = [Promise.reject(new Error('gone')), Promise.resolve(reader.peer)];
    const grants = createGrants({
      signingKey: gateway.privateKey,
      audience: 'time',
      peer: () => answers.shift() ?? Promise.reject(new Error('asked too often')),
    });
    await expect(grants.current()).rejects.toThrow('gone');
    expect(await grants.current()).toHaveProperty('token');
  });

  test('refuse a key that is none', async () => {
    const grants = createGrants({ signingKey: gateway.privateKey, audience: 'time', peer: async () => 'short' });
    await expect(grants.current()).rejects.toThrow();
  });
});
