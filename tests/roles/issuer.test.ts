import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { dispatch } from '../../roles/command.ts';
import { commands } from '../../roles/commands.ts';
import { issuersOf } from '../../roles/issuer.ts';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { cloneDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { freePort, type Program, runProgram } from '../support/program.ts';

// A start of the whole program, on a machine that may be busy.
const claims = { iss: 'https://login.example', aud: 'accord' };
const named = { ACCORD_ISSUER: claims.iss, ACCORD_AUDIENCE: claims.aud };

describe('everything in one process, with an issuer of the operator’s', () => {
  const stack = new AsyncDisposableStack();
  let program: Program;
  let url = '';
  let sign: (more: Record<string, unknown>) => Promise<string>;
  let development = '';

  beforeAll(async () => {
    const database = stack.use(await cloneDatabase());
    const folder = stack.use(await temporaryFolder());
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
    const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(keys));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    stack.defer(() => void server.close());
    const address = server.address();
    sign = (more) =>
      new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).setSubject('somebody').setExpirationTime('5m').sign(privateKey);
    development = await (await openDevelopmentIssuer({ dataFolder: folder.path, production: false })).token({ role: 'admin' });
    const env = {
      ...named,
      ACCORD_JWKS_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/keys`,
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      ACCORD_HOST: '0.0.0.0',
    };
    program = stack.use(runProgram(['start', '--data', folder.path, '--port', String(await freePort())], { env }));
    url = (await program.said(/Accord is ready at (\S+)/))[1] ?? '';
  });
  afterAll(() => stack.disposeAsync());

  const ask = async (token: string, query: string) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });

  test('serves in production, to its tokens, without a sample firm and without tokens of its own', async () => {
    const answer = await ask(await sign({ role: 'admin' }), '{ customers { totalCount } }');
    expect(await answer.json()).toEqual({ data: { customers: { totalCount: 0 } } });
    expect(program.output()).toContain(`It believes tokens of ${claims.iss}.`);
    expect(program.output()).not.toMatch(/eyJ|Development tokens/);
  });

  test('believes no token of the development issuer, and none that names another audience', async () => {
    expect((await ask(development, '{ customers { totalCount } }')).status).toBe(401);
    expect((await ask(await sign({ role: 'admin', aud: 'other' }), '{ customers { totalCount } }')).status).toBe(401);
  });

  test('shows no page, and says what there is', async () => {
    const page = await fetch(new URL('/', url), { redirect: 'manual' });
    expect([page.status, await page.json()]).toEqual([200, expect.objectContaining({ graphql: '/graphql', ready: '/ready' })]);
    expect((await fetch(url, { headers: { accept: 'text/html', origin: 'http://localhost:5173' } })).headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('with an issuer nothing is deleted by --fresh', async () => {
  const call = dispatch(commands, ['start', '--fresh'], { env: { ...named, ACCORD_JWKS_URL: 'https://login.example/keys' }, out: () => undefined });
  await expect(call).rejects.toThrow(/^--fresh deletes what is there/);
});

test('without one, other machines and production are refused with the variables that are needed', async () => {
  const start = (args: string[], env: Record<string, string>) => dispatch(commands, ['start', ...args], { env, out: () => undefined });
  await expect(start(['--host', '0.0.0.0'], {})).rejects.toThrow(/ACCORD_ISSUER, ACCORD_AUDIENCE, ACCORD_JWKS_URL/);
  await expect(start([], { NODE_ENV: 'production' })).rejects.toThrow(/ACCORD_ISSUER, ACCORD_AUDIENCE, ACCORD_JWKS_URL/);
});

describe('an issuer that cannot be', () => {
  test.each([
    ['no audience', { ACCORD_ISSUER: 'a' }, /^ACCORD_AUDIENCE is not set/],
    ['no keys', named, /^ACCORD_JWKS_URL is not set: .*ACCORD_JWKS_FILE/],
    ['an address that is none', { ...named, ACCORD_JWKS_URL: 'login.example' }, /^ACCORD_JWKS_URL is login\.example: it must be an address/],
    ['a file that is not there', { ...named, ACCORD_JWKS_FILE: '/nowhere/keys.json' }, /^ACCORD_JWKS_FILE cannot be read: .*\/nowhere/],
  ])('%s: is said in a sentence', async (_name, env, sentence) => {
    const refusal = await issuersOf(env).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as Error).message).toMatch(sentence);
  });

  test('a file without keys too; one with keys is taken', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'keys.json');
    await writeFile(file, '{}');
    await expect(issuersOf({ ...named, ACCORD_JWKS_FILE: file })).rejects.toThrow(/holds no key set/);
    await writeFile(file, '{ "keys": [] }');
    expect(await issuersOf({ ...named, ACCORD_JWKS_FILE: file })).toEqual([{ issuer: claims.iss, audience: claims.aud, jwks: { keys: [] } }]);
  });
});

describe('a file of issuers', () => {
  const read = async (content: unknown, env: Record<string, string> = {}) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'issuers.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    await writeFile(join(folder.path, 'keys.json'), '{ "keys": [] }');
    return await issuersOf({ ACCORD_ISSUERS: file, ...env });
  };
  const staff = { issuer: 'https://staff.example', audience: 'accord', jwksUrl: 'https://staff.example/keys' };
  const clients = {
    issuer: 'https://clients.example',
    audience: 'portal',
    jwksFile: 'keys.json',
    kinds: ['CLIENT_PORTAL'],
    roles: ['portal'],
    claimPrefix: 'https://accord/',
  };

  test('names several, with what each may say, beside the one of the variables', async () => {
    const { jwksUrl, jwksFile, ...rest } = { ...staff, jwksFile: undefined };
    const one = { ...rest, jwks: new URL(jwksUrl) };
    const { jwksFile: _, ...other } = clients;
    expect(await read([staff, clients])).toEqual([one, { ...other, jwks: { keys: [] } }]);
    expect((await read([staff], { ...named, ACCORD_JWKS_URL: 'https://login.example/keys' })).map(({ issuer }) => issuer)).toEqual([claims.iss, staff.issuer]);
    expect(jwksFile).toBeUndefined();
  });

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /does not say whose tokens/],
    ['empty', [], /^ACCORD_ISSUER is not set/],
    ['without keys', [{ issuer: 'a', audience: 'b' }], /a needs jwksUrl or jwksFile/],
    ['with keys twice', [{ ...staff, jwksFile: 'keys.json' }], /one of both/],
    ['of an address that is none', [{ ...staff, jwksUrl: 'keys' }], /^jwksUrl is keys/],
    ['of a symmetric signature', [{ ...staff, algorithms: ['HS256'] }], /algorithms/],
    ['of a kind that is not known', [{ ...staff, kinds: ['ROBOT'] }], /kinds/],
    ['of a role that is not known', [{ ...staff, roles: ['king'] }], /roles/],
    ['of a setting that is not known', [{ ...staff, role: 'portal' }], /role/],
    ['of one twice', [staff, staff], /named twice/],
  ])('that is %s is said in a sentence', async (_, content, sentence) => {
    const refusal = await read(content).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as Error).message).toMatch(sentence);
  });
});
