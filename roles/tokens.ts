import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { Issuer } from '#gateway/auth.ts';
import { roles } from '#gateway/roles.ts';
import { isId } from '#kernel/ids.ts';
import { CannotStart } from './cannotStart.ts';

/** What a development token says. */
export type TokenWish = {
  role: string;
  /** Who it is for; `dev-<role>` when absent. */
  subject?: string | undefined;
  customerIds?: readonly string[] | undefined;
  employeeId?: string | undefined;
  /** The persons whom a partner sends. */
  employeeIds?: readonly string[] | undefined;
  legalEntityIds?: readonly string[] | undefined;
  system?: string | undefined;
  /** Seconds until it expires (default 12 hours). */
  lifetime?: number | undefined;
};

/** The built-in issuer of a developer's machine. */
export type DevelopmentIssuer = Issuer & { token(wish: TokenWish): Promise<string> };

const issuer = 'accord-development';
const audience = 'accord';
const alg = 'ES256';

/** Opens the issuer whose keys live in the data folder alone, and makes them at the first time. Production has a real issuer. */
export async function openDevelopmentIssuer({ dataFolder, production }: { dataFolder: string; production: boolean }): Promise<DevelopmentIssuer> {
  if (production)
    throw new CannotStart('The development issuer does not run in production. Configure an OIDC issuer: ACCORD_ISSUER, ACCORD_AUDIENCE, ACCORD_JWKS_URL.');
  const secret = await privateKey(dataFolder);
  const key = await importJWK(secret, alg);
  const { d: _, ...open } = secret;
  const token = async (wish: TokenWish) => {
    checkWish(wish);
    return new SignJWT(claimsOf(wish))
      .setProtectedHeader({ alg, kid: open.kid ?? '' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(wish.subject ?? `dev-${wish.role}`)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + (wish.lifetime ?? 12 * 3600))
      .sign(key);
  };
  return { issuer, audience, jwks: { keys: [open] }, token };
}

async function privateKey(folder: string): Promise<JWK> {
  const file = join(folder, 'issuer.json');
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found !== undefined) return JSON.parse(found);
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const named = { ...jwk, alg, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
  await mkdir(folder, { recursive: true });
  // `wx`: of two first starts one writes, the other reads what was written.
  const written = await writeFile(file, `${JSON.stringify(named)}\n`, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  return written ? named : JSON.parse(await readFile(file, 'utf8'));
}

function checkWish({ role, customerIds }: TokenWish): void {
  if (!Object.hasOwn(roles, role)) throw new CannotStart(`There is no role ${role}. Roles: ${Object.keys(roles).join(', ')}.`);
  if ((role === 'portal' || role === 'partner') && !customerIds?.length)
    throw new CannotStart(`A ${role} token names its customers: --role ${role} --customer <id>. The query { customers { nodes { id name } } } lists them.`);
  const wrong = customerIds?.find((id) => !isId(id));
  if (wrong !== undefined) throw new CannotStart(`${wrong} is no customer id; ids look like 01900000-0000-7000-8000-000000000001.`);
}

function claimsOf(wish: TokenWish): Record<string, unknown> {
  return {
    role: wish.role,
    ...(wish.customerIds ? { customer_ids: wish.customerIds } : {}),
    ...(wish.employeeId ? { employee_id: wish.employeeId } : {}),
    ...(wish.employeeIds ? { employee_ids: wish.employeeIds } : {}),
    ...(wish.legalEntityIds ? { legal_entity_ids: wish.legalEntityIds } : {}),
    ...(wish.system ? { system: wish.system } : {}),
  };
}
