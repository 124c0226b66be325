import { createHmac } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Authenticate, createAuthenticator } from '#gateway/auth.ts';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';

type Pair = { privateKey: CryptoKey; jwk: JWK };
const names = { one: 'https://one.example', other: 'https://other.example/' };
const now = new Date('2026-03-02T09:00:00Z');
const seconds = now.getTime() / 1000;
let one: Pair;
let other: Pair;
let authenticate: Authenticate;

async function pair(kid: string, alg = 'ES256'): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
}
const setOf = (...pairs: Pair[]): JSONWebKeySet => ({ keys: pairs.map(({ jwk }) => jwk) });

beforeAll(async () => {
  [one, other] = [await pair('one'), await pair('other')];
  const issuers = [
    { issuer: names.one, audience: 'accord', jwks: setOf(one) },
    { issuer: names.other, audience: 'accord-too', jwks: setOf(other) },
  ];
  authenticate = createAuthenticator({ issuers, clock: () => now });
});

const plain = { sub: 'u1', iss: names.one, aud: 'accord', exp: seconds + 60, role: 'analyst' };

/** A token with these claims beside the plain ones; a claim of undefined is left out. */
function signed(
  claims: Record<string, unknown> = {},
  { by = one, alg = 'ES256', kid = by.jwk.kid }: { by?: Pair; alg?: string; kid?: string | undefined } = {},
) {
  return new SignJWT(JSON.parse(JSON.stringify({ ...plain, ...claims }))).setProtectedHeader({ alg, ...(kid ? { kid } : {}) }).sign(by.privateKey);
}

async function verdict(token: string | Promise<string>): Promise<string> {
  try {
    return (await authenticate(await token)).actor.id;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error);
  }
}

const invalid = 'UNAUTHENTICATED: The token is not valid.';
const stranger = 'UNAUTHENTICATED: The token comes from an issuer that is not known here.';
const misshapen = 'UNAUTHENTICATED: The token has claims of the wrong shape.';
const twofold = 'UNAUTHENTICATED: The token speaks for somebody outside the firm and for somebody else at once.';
const noIds = (what: string) => `UNAUTHENTICATED: The token names ${what} that are no ids.`;

describe('a signed token', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['as it should be', {}, 'u1'],
    ['for several audiences, ours among them', { aud: ['else', 'accord'] }, 'u1'],
    ['with claims that nobody knows', { roles_of_others: ['root'], nested: { role: 'admin' } }, 'u1'],
    ['without a subject', { sub: undefined }, invalid],
    ['without an end', { exp: undefined }, invalid],
    ['that ended this second', { exp: seconds }, 'UNAUTHENTICATED: The token has expired.'],
    ['that ends with the next', { exp: seconds + 1 }, 'u1'],
    ['that holds from half a minute on', { nbf: seconds + 30 }, 'u1'],
    ['that holds from a second later on', { nbf: seconds + 31 }, invalid],
    ['whose end is a text', { exp: '2030-01-01' }, invalid],
    ['without an audience', { aud: undefined }, invalid],
    ["for the other issuer's audience", { aud: 'accord-too' }, invalid],
    ['for an audience of nearly our name', { aud: 'accord ' }, invalid],
    ['without an issuer', { iss: undefined }, stranger],
    ['of nearly a known issuer', { iss: `${names.one}/` }, stranger],
    ['of an issuer in capitals', { iss: names.one.toUpperCase() }, stranger],
  ])('%s: %o', async (_, claims, then) => {
    expect(await verdict(signed(claims))).toBe(then);
  });

  test('speaks for its own issuer alone', async () => {
    const theirs = { iss: names.other, aud: 'accord-too' };
    expect(await verdict(signed(theirs, { by: other }))).toBe('u1');
    expect(await verdict(signed(theirs, { by: one }))).toBe(invalid);
    expect(await verdict(signed({}, { by: other }))).toBe(invalid);
    expect(await verdict(signed({}, { by: other, kid: 'one' }))).toBe(invalid);
  });

  test('names a key of the issuer, or none where there is one only', async () => {
    expect(await verdict(signed({}, { kid: 'retired' }))).toBe(invalid);
    expect(await verdict(signed({}, { kid: undefined }))).toBe('u1');
  });

  test('is signed, and never with what everybody knows', async () => {
    const claims = { ...plain, role: 'admin' };
    expect(await verdict(new UnsecuredJWT(claims).encode())).toBe(invalid);
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    for (const alg of ['HS256', 'HS512', 'none', 'None', 'ES256']) {
      const text = `${encoded({ alg, kid: 'one' })}.${encoded(claims)}`;
      for (const secret of [JSON.stringify(one.jwk), String(one.jwk.x), ''])
        expect(await verdict(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`), alg).toBe(invalid);
    }
  });

  test('may be signed by each algorithm that needs no shared secret', async () => {
    for (const alg of ['ES256', 'ES384', 'RS256', 'PS512', 'EdDSA']) {
      const own = await pair(alg, alg);
      authenticate = createAuthenticator({ issuers: [{ issuer: names.one, audience: 'accord', jwks: setOf(own) }], clock: () => now });
      expect(await verdict(signed({}, { by: own, alg })), alg).toBe('u1');
    }
  });
});

describe('the claims of a token', () => {
  const [a, b] = [newId(), newId()];
  const all = [a, b];

  beforeAll(() => {
    authenticate = createAuthenticator({ issuers: [{ issuer: names.one, audience: 'accord', jwks: setOf(one) }], clock: () => now });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['one role', { role: 'analyst' }, { kind: 'STAFF', permissions: roles.analyst.permissions }],
    ['roles win over a role', { roles: ['crm'], role: 'admin' }, { kind: 'INTEGRATION', permissions: roles.crm.permissions }],
    ['the first of several says what kind of actor it is', { roles: ['support', 'crm'] }, { kind: 'STAFF' }],
    ['a kind of its own wins', { roles: ['crm'], kind: 'SERVICE' }, { kind: 'SERVICE' }],
    ['no role, but permissions', { role: undefined, permissions: ['time:read'] }, { kind: 'STAFF', permissions: ['time:read'] }],
    ['neither: somebody who may do nothing', { role: undefined }, { kind: 'STAFF', permissions: [] }],
    ['a permission said twice is one', { role: undefined, permissions: ['a:read', 'a:read'] }, { permissions: ['a:read'] }],
    ['one customer in a text', { customer_ids: a }, { customerIds: [a] }],
    ['ids in capitals', { customer_ids: all.map((id) => id.toUpperCase()) }, { customerIds: all }],
    ['legal entities: none at all is none, not all', { legal_entity_ids: [] }, { legalEntityIds: [] }],
    ['a system', { role: 'psa', system: 'kantata' }, { system: 'kantata' }],
  ])('%s', async (_, claims, then) => {
    expect((await authenticate(await signed(claims))).actor).toMatchObject(then);
  });

  test('that are not there leave no trace: nobody is confined by chance', async () => {
    expect(Object.keys((await authenticate(await signed())).actor).sort()).toEqual(['id', 'kind', 'permissions', 'roles']);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a kind that there is not', { role: 'crm', kind: 'EMPEROR' }, 'UNAUTHENTICATED: The token names a kind that is not known here.'],
    ['a client who says that it is staff', { role: 'portal', kind: 'STAFF', customer_ids: all }, twofold],
    ['staff that says that it is a client', { role: 'admin', kind: 'CLIENT_PORTAL', customer_ids: all }, twofold],
    ['roles of a client and of staff', { roles: ['portal', 'support'], customer_ids: all }, twofold],
    ['roles of a client and of a partner', { roles: ['portal', 'partner'], customer_ids: all }, twofold],
    ['an unknown role', { role: 'root' }, 'UNAUTHENTICATED: The token names a role that is not known here.'],
    ['an unknown one among known ones', { roles: ['admin', 'root'] }, 'UNAUTHENTICATED: The token names a role that is not known here.'],
    ['a role in capitals', { role: 'ADMIN' }, 'UNAUTHENTICATED: The token names a role that is not known here.'],
    ['a role of nothing', { role: '' }, 'UNAUTHENTICATED: The token names a role that is not known here.'],
    ['a role of all objects', { role: 'constructor' }, 'UNAUTHENTICATED: The token names a role that is not known here.'],
    ['roles in an object', { roles: { admin: true } }, misshapen],
    ['roles in a list in a list', { roles: [['admin']] }, misshapen],
    ['a role of null', { role: null }, misshapen],
    ['permissions that are numbers', { permissions: [1] }, misshapen],
    ['permissions of null', { permissions: null }, misshapen],
    ['customers by number', { customer_ids: [7] }, misshapen],
    ['customers in one text', { customer_ids: all.join(',') }, noIds('customers')],
    ['a customer with a space', { customer_ids: [` ${a}`] }, noIds('customers')],
    ['a customer in braces', { customer_ids: [`{${a}}`] }, noIds('customers')],
    ['a legal entity of nothing', { legal_entity_ids: [''] }, noIds('legal entities')],
    ['a wildcard for a legal entity', { legal_entity_ids: ['*'] }, noIds('legal entities')],
    ['an employee that is none', { employee_id: 'e-1' }, noIds('employees')],
    ['employees of which one is none', { employee_ids: [a, 'e-1'] }, noIds('employees')],
    ['a portal that names no customer', { role: 'portal' }, 'UNAUTHENTICATED: The token of a client or a partner must name its customers.'],
    [
      'a kind from outside without customers, by its claim alone',
      { role: undefined, kind: 'PARTNER' },
      'UNAUTHENTICATED: The token of a client or a partner must name its customers.',
    ],
  ])('%s is refused', async (_, claims, then) => {
    expect(await verdict(signed(claims))).toBe(then);
  });
});
