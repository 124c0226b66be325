import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { algorithms, type Issuer, kinds } from '#gateway/auth.ts';
import { roles } from '#gateway/roles.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import { needed } from './settings.ts';

/** True where the environment names whose tokens are believed. */
export function hasIssuers(env: Call['env']): boolean {
  return Boolean(env.ACCORD_ISSUER || env.ACCORD_ISSUERS);
}

/** The OIDC issuers that the environment names, one by variables, several by a file (docs/oidc.md). Without any it says what is needed. */
export async function issuersOf(env: Call['env']): Promise<Issuer[]> {
  const several = env.ACCORD_ISSUERS ? await issuersIn(env.ACCORD_ISSUERS) : [];
  const all = env.ACCORD_ISSUER || several.length === 0 ? [await issuerOf(env), ...several] : several;
  const twice = all.find(({ issuer }, index) => all.findIndex((other) => other.issuer === issuer) !== index);
  if (twice) throw new CannotStart(`The issuer ${twice.issuer} is named twice.`);
  return all;
}

async function issuerOf(env: Call['env']): Promise<Issuer> {
  const issuer = needed(env, 'ACCORD_ISSUER', 'the "iss" of the tokens to believe');
  const audience = needed(env, 'ACCORD_AUDIENCE', 'the "aud" that tokens must carry');
  if (env.ACCORD_JWKS_FILE) return { issuer, audience, jwks: await keySet('ACCORD_JWKS_FILE', env.ACCORD_JWKS_FILE) };
  const address = needed(env, 'ACCORD_JWKS_URL', "the address of the issuer's public keys (or ACCORD_JWKS_FILE for a file of them)");
  return { issuer, audience, jwks: addressOf('ACCORD_JWKS_URL', address) };
}

const schema = z.array(
  z.strictObject({
    issuer: z.string().min(1),
    audience: z.string().min(1),
    jwksUrl: z.string().optional(),
    jwksFile: z.string().optional(),
    algorithms: z.array(z.enum(algorithms)).min(1).optional(),
    claimPrefix: z.string().min(1).optional(),
    kinds: z.array(z.enum(kinds)).min(1).optional(),
    roles: z
      .array(z.enum(Object.keys(roles) as [string, ...string[]]))
      .min(1)
      .optional(),
  }),
);

async function issuersIn(file: string): Promise<Issuer[]> {
  const said = await parsed(file);
  return Promise.all(
    said.map(async ({ jwksUrl, jwksFile, ...issuer }) => {
      if ((jwksUrl === undefined) === (jwksFile === undefined)) throw new CannotStart(`${file}: ${issuer.issuer} needs jwksUrl or jwksFile, one of both.`);
      const jwks = jwksUrl === undefined ? await keySet('jwksFile', resolve(dirname(file), jwksFile ?? '')) : addressOf('jwksUrl', jwksUrl);
      return { ...issuer, jwks };
    }),
  );
}

async function parsed(file: string): Promise<z.infer<typeof schema>> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new CannotStart(`${file} does not say whose tokens to believe: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`);
  }
}

function addressOf(name: string, text: string): URL {
  const address = URL.parse(text);
  if (!address || !/^https?:$/.test(address.protocol)) throw new CannotStart(`${name} is ${text}: it must be an address, such as https://login.example/keys.`);
  return address;
}

async function keySet(name: string, file: string): Promise<Exclude<Issuer['jwks'], URL>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof read === 'object' && read !== null && 'keys' in read && Array.isArray(read.keys)) return { keys: read.keys };
  } catch (error) {
    throw new CannotStart(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CannotStart(`${name} names ${file}, which holds no key set: it looks like { "keys": [ ... ] }.`);
}
