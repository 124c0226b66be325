import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearerOf, createAuthenticator, type Issuer } from '#gateway/auth.ts';
import { roles } from '#gateway/roles.ts';
import { type DevelopmentIssuer, openDevelopmentIssuer } from '../../roles/tokens.ts';

const customerId = '01900000-0000-7000-8000-000000000001';
let folder: string;
let issuer: DevelopmentIssuer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accord-auth-'));
  issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (now: () => number) => createAuthenticator({ issuers: [issuer], clock: () => new Date(now()) });
const authenticate = (token: string | undefined) => at(Date.now)(token);

/** A token with any claims, signed by the issuer's real key or by a stranger's. */
async function forged(claims: Record<string, unknown>): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return new SignJWT({ role: 'admin', ...claims })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer.issuer)
    .setAudience(issuer.audience)
    .setSubject('mallory')
    .setExpirationTime('1h')
    .sign(privateKey);
}

describe('a token', () => {
  test('becomes its actor', async () => {
    const token = await issuer.token({ role: 'consultant', subject: 'anna', employeeId: customerId.toUpperCase(), lifetime: 60 });
    const { actor, expiresAt } = await authenticate(token);
    expect(actor).toEqual({ id: 'anna', kind: 'STAFF', permissions: roles.consultant?.permissions, employeeId: customerId, roles: ['consultant'] });
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60_000);
  });

  test('of a portal carries its customers, of an integration its system', async () => {
    expect((await authenticate(await issuer.token({ role: 'portal', customerIds: [customerId] }))).actor).toMatchObject({
      kind: 'CLIENT_PORTAL',
      customerIds: [customerId],
    });
    expect((await authenticate(await issuer.token({ role: 'psa', system: 'kantata' }))).actor).toMatchObject({ kind: 'INTEGRATION', system: 'kantata' });
  });

  test('of a partner carries the persons whom it sends; of a colleague the legal entities', async () => {
    const wish = { role: 'partner', customerIds: [customerId], employeeIds: [customerId], legalEntityIds: [customerId] };
    const carried = { kind: 'PARTNER', customerIds: [customerId], employeeIds: [customerId], legalEntityIds: [customerId] };
    expect((await authenticate(await issuer.token(wish))).actor).toMatchObject(carried);
  });

  test.each([{ employeeId: 'e-1' }, { employeeIds: ["x','y"] }, { legalEntityIds: ['{}'] }])('that names what is no id is refused: %j', async (wish) => {
    await expect(authenticate(await issuer.token({ role: 'admin', ...wish }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test.each(['CLIENT_PORTAL', 'PARTNER'])('of a %s without customers is refused: it would see all of them', async (kind) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] };
    const outside = createAuthenticator({ issuers: [{ issuer: 'https://op.example', audience: 'accord', jwks: keys }], clock: () => new Date() });
    const token = (claims: Record<string, unknown>) =>
      new SignJWT({ kind, permissions: ['customer:read'], ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer('https://op.example')
        .setAudience('accord')
        .setSubject('outsider')
        .setExpirationTime('1h')
        .sign(privateKey);
    await expect(outside(await token({}))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(outside(await token({ customer_ids: [] }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await outside(await token({ customer_ids: [customerId] }))).actor).toMatchObject({ kind, customerIds: [customerId] });
  });

  test('that is missing, malformed, of a stranger or altered is UNAUTHENTICATED', async () => {
    const good = await issuer.token({ role: 'admin' });
    const [head, claims, signature] = good.split('.');
    const more = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), role: 'admin', sub: 'mallory' })).toString(
      'base64url',
    );
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    for (const token of [
      undefined,
      '',
      'nonsense',
      'a.b.c',
      `${head}.${more}.${signature}`,
      none,
      await forged({}),
      await forged({ iss: 'https://elsewhere' }),
    ]) {
      await expect(authenticate(token)).rejects.toMatchObject({ name: 'Refused', code: 'UNAUTHENTICATED' });
    }
  });

  test('ends at its time, also when it was seen before', async () => {
    const clock = { now: Date.now() };
    const check = at(() => clock.now);
    const token = await issuer.token({ role: 'admin', lifetime: 60 });
    await check(token);
    clock.now += 61_000;
    await expect(check(token)).rejects.toThrow('The token has expired.');
    await expect(at(() => clock.now)(token)).rejects.toThrow('The token has expired.');
  });

  test('for another audience is refused', async () => {
    const elsewhere = createAuthenticator({ issuers: [{ ...issuer, audience: 'another product' }], clock: () => new Date() });
    await expect(elsewhere(await issuer.token({ role: 'admin' }))).rejects.toThrow('not valid');
  });
});

describe('an OIDC issuer', () => {
  test('is believed by the keys at its JWKS address', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }] };
    const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(keys))).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const jwks = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    const check = createAuthenticator({ issuers: [{ issuer: 'https://id.example', audience: 'accord', jwks }, issuer], clock: () => new Date() });
    const sign = (claims: Record<string, unknown>) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer('https://id.example')
        .setAudience('accord')
        .setSubject('u1')
        .setExpirationTime('1h')
        .sign(privateKey);
    expect((await check(await sign({ roles: ['analyst', 'support'], permissions: ['rate:write'], kind: 'STAFF' }))).actor.permissions).toEqual([
      ...new Set([...(roles.analyst?.permissions ?? []), ...(roles.support?.permissions ?? []), 'rate:write']),
    ]);
    const refused: Record<string, unknown>[] = [
      { role: 'root' },
      { role: '__proto__' },
      { role: 7 },
      { role: 'portal' },
      { role: 'portal', customer_ids: [] },
      { role: 'portal', customer_ids: ['1 or 1=1'] },
      { kind: 'CLIENT_PORTAL', permissions: ['*'] },
    ];
    for (const claims of refused) await expect(check(await sign(claims))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    server.close();
  });
});

describe('the development issuer', () => {
  test('keeps its key in the data folder, for its owner alone, across starts', async () => {
    expect((await stat(join(folder, 'issuer.json'))).mode & 0o777).toBe(0o600);
    const again = await openDevelopmentIssuer({ dataFolder: folder, production: false });
    expect((await authenticate(await again.token({ role: 'admin' }))).actor.id).toBe('dev-admin');
    expect(JSON.stringify(again.jwks)).not.toContain('"d"');
  });

  test('gives two first starts one key', async () => {
    const dataFolder = join(folder, 'race');
    const [one, two] = await Promise.all([1, 2, 3].map(() => openDevelopmentIssuer({ dataFolder, production: false })));
    expect(one?.jwks).toEqual(two?.jwks);
  });

  test('does not run in production, and says what a wish lacks', async () => {
    await expect(openDevelopmentIssuer({ dataFolder: folder, production: true })).rejects.toMatchObject({ name: 'CannotStart' });
    await expect(issuer.token({ role: 'root' })).rejects.toThrow('There is no role root. Roles: portal,');
    await expect(issuer.token({ role: 'portal' })).rejects.toThrow('--customer <id>');
    await expect(issuer.token({ role: 'portal', customerIds: ['acme'] })).rejects.toThrow('acme is no customer id');
  });
});

test.each([
  ['Bearer abc.def-_', 'abc.def-_'],
  ['bearer abc', 'abc'],
  ['Basic abc', undefined],
  ['Bearer a b', undefined],
  [undefined, undefined],
])('the header %s holds %s', (header, token) => expect(bearerOf(header)).toBe(token));

describe('several issuers', () => {
  type Signing = { issuer?: string; header?: { alg: string }; notBefore?: number; lifetime?: number };
  const now = Math.floor(Date.now() / 1000);
  const clock = () => new Date(now * 1000);

  async function world(settings: Partial<Issuer> = {}) {
    const pairs = { staff: await generateKeyPair('ES256'), clients: await generateKeyPair('ES256') };
    const of = async (name: keyof typeof pairs, more: Partial<Issuer> = {}): Promise<Issuer> => ({
      ...{ issuer: `https://${name}.example`, audience: 'accord', jwks: { keys: [{ ...(await exportJWK(pairs[name].publicKey)), alg: 'ES256' }] } },
      ...more,
    });
    const check = createAuthenticator({ issuers: [await of('staff'), await of('clients', settings)], clock });
    const sign = (
      name: keyof typeof pairs,
      claims: Record<string, unknown>,
      { issuer: iss = `https://${name}.example`, notBefore = now, lifetime = 60 }: Signing = {},
    ) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(iss)
        .setAudience('accord')
        .setSubject('somebody')
        .setNotBefore(notBefore)
        .setExpirationTime(now + lifetime)
        .sign(pairs[name].privateKey);
    return { sign, actor: async (token: Promise<string>) => (await check(await token)).actor };
  }
  const refused = { code: 'UNAUTHENTICATED' };
  const portal = { role: 'portal', customer_ids: [customerId] };

  test('are believed each by its own keys', async () => {
    const { sign, actor } = await world();
    expect(await actor(sign('staff', { role: 'admin' }))).toMatchObject({ kind: 'STAFF' });
    expect(await actor(sign('clients', portal))).toMatchObject({ kind: 'CLIENT_PORTAL' });
    await expect(actor(sign('clients', { role: 'admin' }, { issuer: 'https://staff.example' }))).rejects.toMatchObject(refused);
  });

  test('speak for those kinds alone that they may', async () => {
    const { sign, actor } = await world({ kinds: ['CLIENT_PORTAL'] });
    expect(await actor(sign('clients', portal))).toMatchObject({ kind: 'CLIENT_PORTAL' });
    for (const claims of [{ role: 'admin' }, { role: 'admin', kind: 'SERVICE' }, { permissions: ['*'] }, { role: 'partner', customer_ids: [customerId] }])
      await expect(actor(sign('clients', claims))).rejects.toMatchObject(refused);
  });

  test('give those roles alone that they may, and no permissions beside', async () => {
    const { sign, actor } = await world({ roles: ['portal', 'psa'] });
    expect(await actor(sign('clients', { roles: ['psa'] }))).toMatchObject({ kind: 'INTEGRATION' });
    for (const claims of [{ role: 'admin' }, { roles: ['psa', 'finance'] }, { role: 'psa', permissions: ['invoice:post'] }, { permissions: ['*'] }])
      await expect(actor(sign('clients', claims))).rejects.toMatchObject(refused);
  });

  test('name their claims as they do', async () => {
    const { sign, actor } = await world({ claimPrefix: 'https://accord.example/' });
    const claims = Object.fromEntries(Object.entries(portal).map(([name, value]) => [`https://accord.example/${name}`, value]));
    expect(await actor(sign('clients', claims))).toMatchObject({ id: 'somebody', kind: 'CLIENT_PORTAL', customerIds: [customerId] });
    // What is named otherwise is another's, and gives nothing.
    expect(await actor(sign('clients', { role: 'admin', permissions: ['*'] }))).toMatchObject({ kind: 'STAFF', permissions: [] });
  });

  test('may be half a minute ahead, and what has expired is over', async () => {
    const { sign, actor } = await world();
    expect(await actor(sign('staff', { role: 'admin' }, { notBefore: now + 25 }))).toMatchObject({ kind: 'STAFF' });
    await expect(actor(sign('staff', { role: 'admin' }, { notBefore: now + 40 }))).rejects.toMatchObject(refused);
    await expect(actor(sign('staff', { role: 'admin' }, { notBefore: now - 60, lifetime: 0 }))).rejects.toMatchObject({ message: 'The token has expired.' });
    await expect(actor(sign('staff', { role: 'admin' }, { notBefore: now - 60, lifetime: -20 }))).rejects.toMatchObject({ message: 'The token has expired.' });
  });

  test('are believed by the signatures that they use', async () => {
    const { sign, actor } = await world({ algorithms: ['RS256'] });
    await expect(actor(sign('clients', portal))).rejects.toMatchObject(refused);
  });
});
