import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Actor } from '#kernel/actor.ts';
import type { TransportRequest } from '#kernel/transport.ts';
import type { ForeignSubgraph } from './settings.ts';

type Asking = Pick<TransportRequest, 'actor' | 'trace' | 'headers'>;

/** Seconds that a signed token is good for. */
const lifetime = 60;

/** The headers by which a subgraph of the firm's own knows the gateway, the business transaction, and as much of the caller as it may. */
export async function callerHeaders(subgraph: ForeignSubgraph, { actor, trace, headers = {} }: Asking): Promise<Record<string, string>> {
  const { forward, set } = subgraph.headers;
  const forwarded = forward.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
  const known = knownOf(subgraph, actor);
  const authorization = await authorizationOf(subgraph, known);
  return {
    ...Object.fromEntries(forwarded),
    ...set,
    ...(authorization ? { authorization } : {}),
    // A signed token says it already, and cannot be made up.
    ...(known && subgraph.credential.kind !== 'signed' ? { 'x-accord-caller': inAscii(JSON.stringify(known)) } : {}),
    'x-correlation-id': trace.correlationId,
    ...(trace.traceparent ? { traceparent: trace.traceparent } : {}),
  };
}

function knownOf({ actor: trust }: ForeignSubgraph, actor: Actor): Partial<Actor> | undefined {
  if (trust === 'nothing') return undefined;
  return trust === 'whole' ? actor : { id: actor.id, kind: actor.kind };
}

async function authorizationOf({ credential }: ForeignSubgraph, known: Partial<Actor> | undefined): Promise<string | undefined> {
  if (credential.kind === 'none') return undefined;
  if (credential.kind === 'bearer') return `Bearer ${credential.token}`;
  const { key, algorithm, keyId, issuer, audience } = credential;
  const { id, ...claims } = known ?? {};
  const token = new SignJWT(id === undefined ? {} : { actor: { id, ...claims } })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(keyId ? { kid: keyId } : {}) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(id ?? issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`);
  return `Bearer ${await token.sign(key)}`;
}

/** Headers hold no other letters; JSON can say them all with these. */
function inAscii(text: string): string {
  return text.replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
