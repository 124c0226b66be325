import { createPublicKey, createSecretKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from './context.ts';

/** What the gateway signs for one subgraph, and the key that both can make from it: requests are sealed with that. */
export type Grant = { token: string; key: KeyObject; expiresAt: number };

const issuer = 'accord-gateway';
const typ = 'accord-grant+jwt';
/** Seconds that a grant is good for. */
const lifetime = 60;
/** Seconds that the clocks of gateway and subgraph may differ. */
const tolerance = 60;
/** Grants remembered at most: each gateway process has one at a time, and two while it changes them. */
const remembered = 100;

/** `peer` is the public key that the subgraph made when it started: nobody else can make the sealing key, and a restart ends all grants. */
type Wanted = { signingKey: KeyObject; audience: string; peer: string; now: number };

/** Signs a grant for one subgraph. Only the signature costs something, and it is made once a minute. */
export async function grantFor({ signingKey, audience, peer, now }: Wanted): Promise<Grant> {
  const own = generateKeyPairSync('x25519');
  const id = randomUUID();
  const issuedAt = Math.floor(now / 1000);
  const key = sealingKey(own.privateKey, peer, { audience, id });
  const token = await new SignJWT({ own: publicPart(own.publicKey), peer })
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(signingKey);
  return { token, key, expiresAt: (issuedAt + lifetime) * 1000 };
}

export type GrantReader = {
  /** The public key of this run, for the gateway to make grants with. */
  peer: string;
  /** The sealing key of a grant, or why there is none. */
  read(token: string): Promise<{ key: KeyObject } | { refused: string }>;
};

type Reading = {
  /** The gateway's present public key, and the next or last one while they change. */
  publicKeys: readonly KeyObject[];
  audience: string;
  clock: Clock;
};

/** Reads grants on the subgraph's side. It holds no secret but one of this run, so it can speak for nobody. */
export function createGrantReader({ publicKeys, audience, clock }: Reading): GrantReader {
  const run = generateKeyPairSync('x25519');
  const peer = publicPart(run.publicKey);
  const read = new LRUCache<string, { key: KeyObject; until: number }>({ max: remembered });
  return {
    peer,
    read: async (token) => {
      const before = read.get(token);
      if (before) return before.until > clock().getTime() ? before : { refused: 'The grant has expired.' };
      const claims = await claimsOf(token, { publicKeys, audience, clock });
      if (typeof claims === 'string') return { refused: claims };
      if (claims.peer !== peer) return { refused: 'The grant is for another run of this subgraph.' };
      const key = sealingKey(run.privateKey, String(claims.own), { audience, id: String(claims.jti) });
      read.set(token, { key, until: (Number(claims.exp) + tolerance) * 1000 });
      return { key };
    },
  };
}

async function claimsOf(token: string, { publicKeys, audience, clock }: Reading) {
  const settings = { issuer, audience, typ, algorithms: ['EdDSA'], currentDate: clock(), clockTolerance: tolerance, maxTokenAge: lifetime };
  for (const key of publicKeys) {
    try {
      return (await jwtVerify<{ own: string; peer: string }>(token, key, settings)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'The grant has expired.';
    }
  }
  return "The grant is not this gateway's, or not for this subgraph.";
}

function publicPart(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? '';
}

function sealingKey(own: KeyObject, other: string, { audience, id }: { audience: string; id: string }): KeyObject {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: other }, format: 'jwk' });
  const bytes = hkdfSync('sha256', diffieHellman({ privateKey: own, publicKey }), id, `accord request to ${audience}`, 32);
  return createSecretKey(new Uint8Array(bytes));
}
