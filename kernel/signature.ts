import { createHmac, hash, type KeyObject, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Clock, Trace } from './context.ts';
import type { Grant, GrantReader } from './grant.ts';

/** A request from the gateway to a subgraph, as it is sealed. */
export type SealedRequest = { method: string; path: string; body: string; actor: Actor; trace: Trace };

/** As node:http gives them: lower-case names. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Milliseconds that the two clocks may differ. */
const tolerance = 60_000;

/** The headers that prove to a subgraph who asks and that nothing was changed. */
export function seal({ token, key }: Pick<Grant, 'token' | 'key'>, request: SealedRequest, now: number = Date.now()): Record<string, string> {
  const { correlationId, traceparent } = request.trace;
  const headers: Record<string, string> = {
    'x-accord-grant': token,
    'x-accord-timestamp': String(now),
    'x-accord-nonce': randomUUID(),
    'x-accord-actor': Buffer.from(JSON.stringify(request.actor)).toString('base64url'),
    'x-correlation-id': correlationId,
  };
  if (traceparent) headers.traceparent = traceparent;
  headers['x-accord-signature'] = signatureOf(key, { ...request, headers });
  return headers;
}

type Sealed = { method: string; path: string; body: string; headers: Headers };

/** One line per part; no part can hold a line break, so no two requests share a text. */
function signatureOf(key: KeyObject, { method, path, body, headers }: Sealed): string {
  const names = ['x-accord-timestamp', 'x-accord-nonce', 'x-accord-actor', 'x-correlation-id', 'traceparent'];
  const parts = [method, path, hash('sha256', body, 'hex'), ...names.map((name) => String(headers[name] ?? ''))];
  return createHmac('sha256', key).update(parts.join('\n')).digest('base64url');
}

export type Verdict = { actor: Actor; trace: Trace } | { refused: string };

type Verifying = {
  grants: Pick<GrantReader, 'read'>;
  clock: Clock;
  /** Nonces remembered at most; beyond it requests are refused, never let through unchecked. */
  nonceLimit?: number;
};

/** Refuses what is unsealed, altered, stale or was there before. */
export function createVerifier({ grants, clock, nonceLimit = 1_000_000 }: Verifying): (request: Sealed) => Promise<Verdict> {
  const isNew = nonceMemory(nonceLimit);
  return async (request) => {
    const { headers } = request;
    const { 'x-accord-grant': token, 'x-accord-signature': signature, 'x-accord-nonce': nonce } = headers;
    const timestamp = Number(headers['x-accord-timestamp']);
    if (typeof token !== 'string' || typeof signature !== 'string' || typeof nonce !== 'string' || !Number.isSafeInteger(timestamp))
      return { refused: 'The request is not signed.' };
    const now = clock().getTime();
    if (Math.abs(now - timestamp) > tolerance) return { refused: 'The signature is stale.' };
    const grant = await grants.read(token);
    if ('refused' in grant) return grant;
    if (!same(signature, signatureOf(grant.key, request))) return { refused: 'The signature does not fit the request.' };
    if (!isNew(nonce, timestamp, now)) return { refused: 'The request was here before.' };
    return contentOf(headers);
  };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function contentOf(headers: Headers): Verdict {
  const { traceparent } = headers;
  const actor: Actor = JSON.parse(Buffer.from(String(headers['x-accord-actor']), 'base64url').toString('utf8'));
  return { actor, trace: { correlationId: String(headers['x-correlation-id']), ...(typeof traceparent === 'string' ? { traceparent } : {}) } };
}

/** Nonces in one bucket per minute of their timestamps: a bucket goes when no timestamp in it would be accepted any more. */
function nonceMemory(limit: number): (nonce: string, timestamp: number, now: number) => boolean {
  const buckets = new Map<number, Set<string>>();
  return (nonce, timestamp, now) => {
    let held = 0;
    for (const [minute, bucket] of buckets) {
      if ((minute + 1) * tolerance + tolerance < now) buckets.delete(minute);
      else held += bucket.size;
    }
    const minute = Math.floor(timestamp / tolerance);
    const bucket = buckets.get(minute) ?? new Set();
    if (bucket.has(nonce) || held >= limit) return false;
    buckets.set(minute, bucket.add(nonce));
    return true;
  };
}
