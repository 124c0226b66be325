import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CannotStart } from './cannotStart.ts';
import type { Call, Command } from './command.ts';
import { needed, readSettings, sharedFlags } from './settings.ts';

export const signingKeyMeaning = 'the private key that the gateway signs with, or the file that holds it: "node main.ts gateway-keys" makes a pair';
export const publicKeyMeaning = 'the gateway\'s public keys, or the file that holds them: of the pair that "node main.ts gateway-keys" makes';

const privateFile = 'gateway.private.jwk';
const publicFile = 'gateway.public.jwks';

/** The gateway's private key: ACCORD_GATEWAY_KEY holds a JWK or PEM, or names a file with one. */
export async function gatewaySigningKey(env: Call['env']): Promise<KeyObject> {
  const text = await textOf('ACCORD_GATEWAY_KEY', needed(env, 'ACCORD_GATEWAY_KEY', signingKeyMeaning));
  return keyOf('ACCORD_GATEWAY_KEY', () => createPrivateKey(text.startsWith('{') ? { key: JSON.parse(text), format: 'jwk' } : text));
}

/** The gateway's public keys: one, or two while one replaces the other (a key set, or PEM after PEM). */
export async function gatewayPublicKeys(env: Call['env']): Promise<KeyObject[]> {
  const variable = 'ACCORD_GATEWAY_PUBLIC_KEY';
  const text = await textOf(variable, needed(env, variable, publicKeyMeaning));
  if (/PRIVATE KEY|"d"\s*:/.test(text))
    throw new CannotStart(`${variable} holds a private key: only the gateway may have that one. Give subgraphs the public key.`);
  const keys = text.startsWith('{')
    ? jwksIn(variable, text).map((key) => keyOf(variable, () => createPublicKey({ key, format: 'jwk' })))
    : (text.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map((pem) => keyOf(variable, () => createPublicKey(pem)));
  if (keys.length === 0) throw new CannotStart(`${variable} holds no key: it is ${publicKeyMeaning}.`);
  return keys;
}

/** What the variable says, or what stands in the file that it names. */
async function textOf(variable: string, value: string): Promise<string> {
  const given = value.trim();
  if (given.startsWith('{') || given.startsWith('-----BEGIN')) return given;
  const text = await readFile(given, 'utf8').catch((error: unknown) => {
    throw new CannotStart(`${variable} names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  return text.trim();
}

function jwksIn(variable: string, text: string): JsonWebKey[] {
  try {
    const read: JsonWebKey & { keys?: JsonWebKey[] } = JSON.parse(text);
    return read.keys ?? [read];
  } catch {
    throw new CannotStart(`${variable} holds no JSON Web Key.`);
  }
}

function keyOf(variable: string, read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Node's words for it help nobody.
  }
  throw new CannotStart(`${variable} holds no Ed25519 key as JWK or PEM. "node main.ts gateway-keys" makes a pair.`);
}

export const gatewayKeys: Command = {
  name: 'gateway-keys',
  summary: 'Makes the key pair by which subgraphs know the gateway.',
  flags: {
    data: sharedFlags.data,
    public: { type: 'string', value: 'FOLDER', help: 'where the public key goes, when it is another folder than that of the private one' },
    rotate: { type: 'boolean', help: 'make another pair; the public file then holds the new key and the one before it' },
  },
  details: [
    `Writes ${privateFile} (for ACCORD_GATEWAY_KEY of the gateway, and for nobody else) and ${publicFile} (for ACCORD_GATEWAY_PUBLIC_KEY of the subgraphs).`,
    'To rotate: --rotate, start the subgraphs anew with both public keys, then the gateway; --rotate keeps no more than one old key.',
  ],
  run: async (call) => {
    const { folder } = readSettings(call, { port: 0 });
    const publicFolder = typeof call.flags.public === 'string' ? resolve(call.flags.public) : folder;
    const made = await writeKeys({ folder, publicFolder, rotate: call.flags.rotate === true });
    for (const path of made) call.out(path);
    return 0;
  },
};

type Wanted = { folder: string; publicFolder: string; rotate: boolean };

/** An existing private key stays unless it is rotated. Gives the paths of both files. */
async function writeKeys({ folder, publicFolder, rotate }: Wanted): Promise<string[]> {
  const [secret, open] = [join(folder, privateFile), join(publicFolder, publicFile)];
  const before = await readFile(secret, 'utf8').catch(() => undefined);
  const present = before === undefined || rotate ? generateKeyPairSync('ed25519').privateKey : createPrivateKey({ key: JSON.parse(before), format: 'jwk' });
  const old = before !== undefined && rotate ? [createPrivateKey({ key: JSON.parse(before), format: 'jwk' })] : [];
  await mkdir(folder, { recursive: true });
  await mkdir(publicFolder, { recursive: true });
  // Public first: a gateway never signs with a key that no subgraph could have.
  const keys = [present, ...old].map((key) => createPublicKey(key).export({ format: 'jwk' }));
  if (before === undefined || rotate || (await readFile(open, 'utf8').catch(() => undefined)) === undefined)
    await writeFile(open, `${JSON.stringify({ keys })}\n`);
  if (before === undefined || rotate) await writeFile(secret, `${JSON.stringify(present.export({ format: 'jwk' }))}\n`, { mode: 0o600 });
  return [secret, open];
}
