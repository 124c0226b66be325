import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { dispatch } from '../../roles/command.ts';
import { commands } from '../../roles/commands.ts';
import { gatewayPublicKeys, gatewaySigningKey } from '../../roles/gatewayKeys.ts';
import { temporaryFolder } from '../support/embedded.ts';

const text = Buffer.from('anything');

async function make(folder: string, ...args: string[]): Promise<string[]> {
  const said: string[] = [];
  expect(await dispatch(commands, ['gateway-keys', '--data', folder, ...args], { env: {}, out: (line) => said.push(line) })).toBe(0);
  return said;
}
const files = (folder: string) => ({ secret: join(folder, 'gateway.private.jwk'), open: join(folder, 'gateway.public.jwks') });
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('gateway-keys', () => {
  test('makes a pair that fits, the private one readable by its owner alone', async () => {
    await using folder = await temporaryFolder();
    const { secret, open } = files(folder.path);
    expect(await make(folder.path)).toEqual([secret, open]);
    expect(await modeOf(secret)).toBe('600');
    const signingKey = await gatewaySigningKey({ ACCORD_GATEWAY_KEY: secret });
    const [publicKey, ...more] = await gatewayPublicKeys({ ACCORD_GATEWAY_PUBLIC_KEY: open });
    expect(more).toEqual([]);
    expect(publicKey && verify(undefined, text, publicKey, sign(undefined, text, signingKey))).toBe(true);
    expect(await readFile(open, 'utf8')).not.toContain('"d"');
  });

  test('keeps a pair that is there, and writes the public file again when it is missing', async () => {
    await using folder = await temporaryFolder();
    await using elsewhere = await temporaryFolder();
    const { secret } = files(folder.path);
    await make(folder.path);
    const before = await readFile(secret, 'utf8');
    expect(await make(folder.path, '--public', elsewhere.path)).toEqual([secret, files(elsewhere.path).open]);
    expect(await readFile(secret, 'utf8')).toBe(before);
    expect(await readFile(files(elsewhere.path).open, 'utf8')).toBe(await readFile(files(folder.path).open, 'utf8'));
  });

  test('rotates: subgraphs then know the new key and the last one, and no older one', async () => {
    await using folder = await temporaryFolder();
    const { secret, open } = files(folder.path);
    const signatures: Buffer[] = [];
    for (const args of [[], ['--rotate'], ['--rotate']]) {
      await make(folder.path, ...args);
      signatures.push(sign(undefined, text, await gatewaySigningKey({ ACCORD_GATEWAY_KEY: secret })));
    }
    const keys = await gatewayPublicKeys({ ACCORD_GATEWAY_PUBLIC_KEY: open });
    expect(keys).toHaveLength(2);
    expect(signatures.map((signature) => keys.some((key) => verify(undefined, text, key, signature)))).toEqual([false, true, true]);
    expect(await modeOf(secret)).toBe('600');
  });
});

describe('the keys of the environment', () => {
  const pair = generateKeyPairSync('ed25519');
  const other = generateKeyPairSync('ed25519');
  const publicJwk = pair.publicKey.export({ format: 'jwk' });
  const privateJwk = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
  const privatePem = String(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const pemOf = (key: typeof pair.publicKey) => String(key.export({ format: 'pem', type: 'spki' }));
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

  test.each([
    ['a JWK', privateJwk],
    ['a PEM', privatePem],
  ])('may be %s for the gateway, there or in a file', async (_, value) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'key');
    await writeFile(file, `\n${value}\n`);
    for (const given of [value, file]) expect((await gatewaySigningKey({ ACCORD_GATEWAY_KEY: given })).equals(pair.privateKey)).toBe(true);
  });

  test.each([
    ['a JWK', JSON.stringify(publicJwk), 1],
    ['a key set', JSON.stringify({ keys: [publicJwk, other.publicKey.export({ format: 'jwk' })] }), 2],
    ['a PEM', pemOf(pair.publicKey), 1],
    ['PEM after PEM', `${pemOf(pair.publicKey)}${pemOf(other.publicKey)}`, 2],
  ])('may be %s for subgraphs', async (_, value, count) => {
    const keys = await gatewayPublicKeys({ ACCORD_GATEWAY_PUBLIC_KEY: value });
    expect(keys).toHaveLength(count);
    expect(keys[0]?.equals(pair.publicKey)).toBe(true);
  });

  test.each<[string, string | undefined, RegExp]>([
    ['missing', undefined, /^ACCORD_GATEWAY_KEY is not set: the private key that the gateway signs with/],
    ['a missing file', '/nowhere/key', /^ACCORD_GATEWAY_KEY names a file that cannot be read: ENOENT/],
    ['half a JWK', '{"kty":', /^ACCORD_GATEWAY_KEY holds no Ed25519 key/],
    ['a public JWK', JSON.stringify(publicJwk), /^ACCORD_GATEWAY_KEY holds no Ed25519 key/],
    ['of another kind', String(rsa.privateKey.export({ format: 'pem', type: 'pkcs8' })), /^ACCORD_GATEWAY_KEY holds no Ed25519 key/],
  ])('of the gateway, %s: a sentence', async (_, value, sentence) => {
    const refusal = await gatewaySigningKey({ ACCORD_GATEWAY_KEY: value }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as CannotStart).message).toMatch(sentence);
  });

  test.each<[string, string | undefined, RegExp]>([
    ['missing', undefined, /^ACCORD_GATEWAY_PUBLIC_KEY is not set: the gateway's public keys/],
    ['the private JWK', privateJwk, /^ACCORD_GATEWAY_PUBLIC_KEY holds a private key: only the gateway may have that one/],
    ['the private PEM', privatePem, /^ACCORD_GATEWAY_PUBLIC_KEY holds a private key/],
    ['an empty key set', '{"keys":[]}', /^ACCORD_GATEWAY_PUBLIC_KEY holds no key/],
    ['no JSON', '{keys', /^ACCORD_GATEWAY_PUBLIC_KEY holds no JSON Web Key/],
    ['of another kind', String(rsa.publicKey.export({ format: 'pem', type: 'spki' })), /^ACCORD_GATEWAY_PUBLIC_KEY holds no Ed25519 key/],
  ])('of a subgraph, %s: a sentence', async (_, value, sentence) => {
    const refusal = await gatewayPublicKeys({ ACCORD_GATEWAY_PUBLIC_KEY: value }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as CannotStart).message).toMatch(sentence);
  });
});
