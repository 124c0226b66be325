import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor, ActorKind } from '#kernel/actor.ts';
import type { Clock } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { Revocations } from './revocations.ts';
import { type Role, roleOf } from './roles.ts';

/** Whose tokens are believed, where their public keys are, and for whom they may speak. */
export type Issuer = {
  issuer: string;
  audience: string;
  jwks: URL | JSONWebKeySet;
  /** Signatures that are believed (default: all that are safe). */
  algorithms?: readonly string[] | undefined;
  /** What stands before the names of our claims, for issuers that name theirs by an address. */
  claimPrefix?: string | undefined;
  /** Kinds and roles that its tokens may have (default: any). Where roles are named, tokens bring no permissions of their own. */
  kinds?: readonly ActorKind[] | undefined;
  roles?: readonly string[] | undefined;
};

/** Who a token speaks for and until when; its client and its own id, where it names them; when it was issued, or the beginning of time. */
export type Identity = { actor: Actor; expiresAt: Date; client?: string | undefined; tokenId?: string | undefined; issuedAt: Date };

/** Turns a bearer token into its actor, or throws Refused UNAUTHENTICATED. */
export type Authenticate = (token: string | undefined) => Promise<Identity>;

export const algorithms = ['ES256', 'ES384', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519'];
export const kinds: readonly ActorKind[] = ['STAFF', 'CLIENT_PORTAL', 'INTEGRATION', 'PARTNER', 'SERVICE'];
/** Seconds by which the clock of an issuer may be ahead of ours; what has expired by ours is over. */
const skew = 30;
/** Tokens whose signature need not be checked again, at most. */
const remembered = 2_000;

/** Whose tokens are believed, and which are not any more. */
type Believing = { issuers: readonly Issuer[]; clock: Clock; revocations?: Pick<Revocations, 'isRevoked'> | undefined };

/** Every issuer's keys are behind the same check, the built-in development issuer's too. */
export function createAuthenticator({ issuers, clock, revocations }: Believing): Authenticate {
  const trusted = new Map(issuers.map((each) => [each.issuer, { ...each, keys: keysOf(each) }]));
  const verified = new LRUCache<string, Identity>({ max: remembered });
  const believed = (identity: Identity): Identity => {
    if (revocations?.isRevoked(identity)) throw unauthenticated('The token was revoked.');
    return identity;
  };
  return async (token) => {
    if (!token) throw unauthenticated('A bearer token is needed.');
    const before = verified.get(token);
    if (before && before.expiresAt > clock()) return believed(before);
    const issuer = trusted.get(claimedIssuer(token));
    if (!issuer) throw unauthenticated('The token comes from an issuer that is not known here.');
    const identity = identityOf(await verify(token, issuer, clock), issuer);
    if (identity.expiresAt <= clock()) throw unauthenticated('The token has expired.');
    verified.set(token, identity);
    return believed(identity);
  };
}

/** The token of an Authorization header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
}

function keysOf({ jwks }: Issuer): JWTVerifyGetKey {
  return jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
}

function claimedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw unauthenticated('The token is no JSON Web Token.');
  }
}

async function verify(token: string, issuer: Issuer & { keys: JWTVerifyGetKey }, clock: Clock): Promise<JWTPayload> {
  try {
    const settings = {
      ...{ issuer: issuer.issuer, audience: issuer.audience, algorithms: [...(issuer.algorithms ?? algorithms)] },
      ...{ requiredClaims: ['sub', 'exp'], currentDate: clock(), clockTolerance: skew },
    };
    return (await jwtVerify(token, issuer.keys, settings)).payload;
  } catch (error) {
    if (!isVerdict(error)) throw new Refused('UPSTREAM_UNAVAILABLE', "The issuer's keys cannot be read now. Retry.");
    const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    throw unauthenticated(expired ? 'The token has expired.' : 'The token is not valid.');
  }
}

/** What jose finds wrong with a token; all else means that it could not look. */
function isVerdict(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC');
}

/** Claims: sub, role or roles, permissions, kind, employee_id, employee_ids, customer_ids, legal_entity_ids, system. */
function identityOf(payload: JWTPayload, issuer: Issuer): Identity {
  const claims = ownClaims(payload, issuer);
  const held = texts(claims.roles ?? claims.role).map(demandRole);
  const kind = kindOf(claims.kind, held);
  demandWithin(issuer, kind, claims);
  const customerIds = idsOf(claims.customer_ids, 'customers');
  const legalEntityIds = idsOf(claims.legal_entity_ids, 'legal entities');
  const employeeIds = idsOf(claims.employee_ids, 'employees');
  // Without customers the token of somebody outside the firm would see all of them.
  if ((kind === 'CLIENT_PORTAL' || kind === 'PARTNER') && !customerIds?.length)
    throw unauthenticated('The token of a client or a partner must name its customers.');
  const actor: Actor = {
    id: String(payload.sub),
    kind,
    permissions: [...new Set([...held.flatMap((role) => role.permissions), ...texts(claims.permissions)])],
    ...(typeof claims.employee_id === 'string' ? { employeeId: employeeOf(claims.employee_id) } : {}),
    ...(customerIds ? { customerIds } : {}),
    ...(employeeIds ? { employeeIds } : {}),
    ...(legalEntityIds ? { legalEntityIds } : {}),
    ...(typeof claims.system === 'string' ? { system: claims.system } : {}),
    ...(held.length > 0 ? { roles: texts(claims.roles ?? claims.role) } : {}),
  };
  return {
    actor,
    expiresAt: new Date(Number(payload.exp) * 1000),
    client: clientIn(payload),
    tokenId: payload.jti,
    issuedAt: new Date((payload.iat ?? 0) * 1000),
  };
}

/** RFC 9068 names it `client_id`, OpenID Connect `azp`; of an issuer that says something else there it is nothing. */
function clientIn({ client_id: id, azp }: JWTPayload): string | undefined {
  return [id, azp].find((each): each is string => typeof each === 'string' && each !== '')?.slice(0, 255);
}

type Claims = Readonly<Record<string, unknown>>;

/** Our claims by their short names. */
function ownClaims(payload: JWTPayload, { claimPrefix }: Issuer): Claims {
  if (claimPrefix === undefined) return payload;
  return Object.fromEntries(
    Object.entries(payload).flatMap(([name, value]) => (name.startsWith(claimPrefix) ? [[name.slice(claimPrefix.length), value]] : [])),
  );
}

/** An issuer of clients' tokens speaks for clients alone, whatever it signs. */
function demandWithin({ kinds: allowed, roles }: Issuer, kind: ActorKind, claims: Claims): void {
  if (allowed && !allowed.includes(kind)) throw unauthenticated(`The issuer of this token may not speak for anybody of the kind ${kind}.`);
  if (!roles) return;
  const other = texts(claims.roles ?? claims.role).find((name) => !roles.includes(name));
  if (other !== undefined) throw unauthenticated(`The issuer of this token may not give the role ${other}.`);
  if (texts(claims.permissions).length > 0) throw unauthenticated('The issuer of this token gives roles, and no permissions beside.');
}

/** What a token says of its kind, by its claim and by its roles. Who stands outside the firm stands inside by no other claim. */
function kindOf(claim: unknown, held: readonly Role[]): ActorKind {
  const named = kinds.find((each) => each === claim);
  if (claim !== undefined && !named) throw unauthenticated('The token names a kind that is not known here.');
  const all = new Set([...(named ? [named] : []), ...held.map((role) => role.kind)]);
  if (all.size > 1 && [...all].some((each) => each === 'CLIENT_PORTAL' || each === 'PARTNER'))
    throw unauthenticated('The token speaks for somebody outside the firm and for somebody else at once.');
  return named ?? held[0]?.kind ?? 'STAFF';
}

function employeeOf(id: string): string {
  return idsOf(id, 'employees')?.[0] ?? '';
}

/** Ids as the database spells them; they end in conditions and settings, so that nothing else may stand there. */
function idsOf(claim: unknown, what: string): string[] | undefined {
  if (claim === undefined) return undefined;
  const ids = texts(claim);
  if (!ids.every(isId)) throw unauthenticated(`The token names ${what} that are no ids.`);
  return ids.map((id) => id.toLowerCase());
}

function demandRole(name: string): Role {
  const role = roleOf(name);
  if (!role) throw unauthenticated(`The token names a role that is not known here.`);
  return role;
}

function texts(claim: unknown): string[] {
  const list = Array.isArray(claim) ? claim : claim === undefined ? [] : [claim];
  if (!list.every((each): each is string => typeof each === 'string')) throw unauthenticated('The token has claims of the wrong shape.');
  return list;
}

function unauthenticated(message: string): Refused {
  return new Refused('UNAUTHENTICATED', message);
}
