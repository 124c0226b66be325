import { readFile } from 'node:fs/promises';
import type { Issuer } from '#gateway/auth.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import { needed } from './settings.ts';

/** The OIDC issuer that the environment names (docs/oidc.md). */
export async function issuerOf(env: Call['env']): Promise<Issuer> {
  const issuer = needed(env, 'ACCORD_ISSUER', 'the "iss" of the tokens to believe');
  const audience = needed(env, 'ACCORD_AUDIENCE', 'the "aud" that tokens must carry');
  if (env.ACCORD_JWKS_FILE) return { issuer, audience, jwks: await keySet(env.ACCORD_JWKS_FILE) };
  const address = needed(env, 'ACCORD_JWKS_URL', "the address of the issuer's public keys (or ACCORD_JWKS_FILE for a file of them)");
  const jwks = URL.parse(address);
  if (!jwks || !/^https?:$/.test(jwks.protocol))
    throw new CannotStart(`ACCORD_JWKS_URL is ${address}: it must be an address, such as https://login.example/keys.`);
  return { issuer, audience, jwks };
}

async function keySet(file: string): Promise<Exclude<Issuer['jwks'], URL>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof read === 'object' && read !== null && 'keys' in read && Array.isArray(read.keys)) return { keys: read.keys };
  } catch (error) {
    throw new CannotStart(`ACCORD_JWKS_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CannotStart(`ACCORD_JWKS_FILE names ${file}, which holds no key set: it looks like { "keys": [ ... ] }.`);
}
