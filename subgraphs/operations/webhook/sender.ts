import { serviceActor } from '#kernel/actor.ts';
import type { Clock, Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { shownTo } from '#kernel/event.ts';
import { type Fact, logBounds } from '#kernel/facts.ts';
import { type Outbound, post } from '#kernel/outbound.ts';
import { inArray } from '#kernel/sql.ts';
import { type Logger, newTraceparent } from '#kernel/telemetry.ts';
import { type Attempt, type Claimed, cancelDelivery, claimDeliveries, readState, releaseDelivery, settleDelivery } from '#kernel/webhookClaim.ts';
import { factsById, signingKeys } from '#kernel/webhookQueue.ts';
import { type SigningKey, signedHeaders } from '#kernel/webhookSignature.ts';
import { eventRules } from '../event/rules.ts';
import { type WebhookEndpointRow, webhookEndpoints } from '../tables.ts';
import { type CloudEvent, type Contracts, cloudEventType, eventMessage, pingMessage } from './cloudEvent.ts';
import { actorOf } from './scope.ts';
import { stopEndpoint } from './stopping.ts';
import { outcomeOf, patience, verdictOf } from './verdict.ts';

export type SendParts = {
  db: Db;
  clock: Clock;
  log: Logger;
  outbound: Outbound;
  contracts: Contracts;
  /** From 0 to 1; tests say which. */
  chance?: () => number;
};

/** Deliveries of which an endpoint has more than one under way, over all endpoints. */
const shared = 64;

/** What is under way: delivery by delivery. */
export type Flights = Map<string, { endpointId: string; done: Promise<void> }>;

/** What is sent, with all that it takes. */
type Loaded = { claimed: Claimed; endpoint: WebhookEndpointRow | undefined; keys: readonly SigningKey[]; message: CloudEvent | Error | undefined };

/** Takes what is due and sends it off, without waiting for answers; how many it took. */
export async function sendDue(parts: SendParts, flights: Flights, stop: AbortSignal): Promise<number> {
  const claimed = await claimDeliveries(parts.db, { now: parts.clock(), more: Math.max(0, shared - extras(flights)) });
  if (claimed.length === 0) return 0;
  for (const loaded of await load(parts, claimed)) {
    const done = carry(parts, loaded, stop)
      // Its lease ends by itself.
      .catch((error: unknown) => parts.log.error({ err: error, delivery: loaded.claimed.id }, 'what came of a webhook could not be written down'))
      .finally(() => flights.delete(loaded.claimed.id));
    flights.set(loaded.claimed.id, { endpointId: loaded.claimed.endpointId, done });
  }
  return claimed.length;
}

function extras(flights: Flights): number {
  return flights.size - new Set([...flights.values()].map(({ endpointId }) => endpointId)).size;
}

/** Endpoints, keys and facts of all that was taken: a statement each. */
async function load({ db, clock, contracts }: SendParts, claimed: readonly Claimed[]): Promise<Loaded[]> {
  const ids = [...new Set(claimed.map(({ endpointId }) => endpointId))];
  const now = clock();
  const rows = await db.select().from(webhookEndpoints).where(inArray(webhookEndpoints.id, ids));
  const endpoints = new Map(rows.map((row) => [row.id, row]));
  const keys = await signingKeys(db, ids, now);
  const facts = await factsById(
    db,
    claimed.flatMap(({ factId }) => factId ?? []),
  );
  const { seal } = await logBounds(db);
  return claimed.map((each) => {
    const endpoint = endpoints.get(each.endpointId);
    const fact = each.factId ? facts.get(each.factId) : undefined;
    const message = endpoint && messageOf({ claimed: each, endpoint, fact }, { contracts, seal, now });
    return { claimed: each, endpoint, keys: keys.get(each.endpointId) ?? [], message };
  });
}

type Telling = { contracts: Contracts; seal: string; now: Date };

/** What is said; why it cannot be; undefined when the endpoint may not see it (any more). */
function messageOf({ claimed, endpoint, fact }: { claimed: Claimed; endpoint: WebhookEndpointRow; fact: Fact | undefined }, telling: Telling) {
  if (claimed.kind === 'PING') return pingMessage(endpoint, { id: claimed.id, at: telling.now });
  if (!fact) return new Error('The log no longer keeps the event.');
  try {
    return shownTo(actorOf(endpoint), eventRules, fact) && eventMessage(endpoint, fact, telling);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function carry(parts: SendParts, { claimed, endpoint, keys, message }: Loaded, stop: AbortSignal): Promise<void> {
  const { db, clock } = parts;
  if (!endpoint || endpoint.status === 'RETIRED' || message === undefined) return cancelDelivery(db, claimed, clock());
  const startedAt = clock();
  const began = performance.now();
  const sent = message instanceof Error ? lost(message) : await call(parts, { claimed, endpoint, keys, message }, stop);
  if (sent === undefined) return releaseDelivery(db, claimed, clock());
  const { retryAfter, ...outcome } = sent;
  const attempt: Attempt = { ...outcome, startedAt, latency: Math.round(performance.now() - began) };
  const now = clock();
  const { failures, failingSince } = await readState(db, endpoint.id);
  const chance = parts.chance?.() ?? Math.random();
  const verdict = verdictOf({ kind: claimed.kind, outcome: attempt.outcome, retryAfter, attempts: claimed.attempts, failures, now, chance });
  if (!(await settleDelivery(db, { claimed, attempt, verdict, now }))) return;
  const failing = attempt.outcome !== 'DELIVERED' && failingSince !== undefined && now.getTime() - failingSince.getTime() >= patience;
  if (claimed.kind === 'EVENT' && (attempt.outcome === 'GONE' || failing)) await stopFor(parts, endpoint, attempt.outcome === 'GONE' ? 'GONE' : 'FAILING');
}

type Sent = Pick<Attempt, 'outcome' | 'httpStatus' | 'reason' | 'response'> & { retryAfter?: string | undefined };

function lost(error: Error): Sent {
  return { outcome: 'LOST', httpStatus: null, reason: error.message.slice(0, 1_000), response: null };
}

type Calling = { claimed: Claimed; endpoint: WebhookEndpointRow; keys: readonly SigningKey[]; message: CloudEvent };

/** Undefined when it was broken off because we stop: nothing is known of it, and it is sent again. */
async function call({ outbound, clock }: SendParts, { claimed, endpoint, keys, message }: Calling, stop: AbortSignal): Promise<Sent | undefined> {
  const body = JSON.stringify(message);
  const headers = { 'content-type': cloudEventType, 'user-agent': 'Accord-Webhooks/1', ...signedHeaders(keys, { id: claimed.id, at: clock(), body }) };
  try {
    const answer = await post(outbound, { url: endpoint.url, headers, body }, stop);
    return { ...outcomeOf(answer), retryAfter: answer.retryAfter };
  } catch (error) {
    if (stop.aborted) return undefined;
    return outcomeOf(error instanceof Error ? error : new Error(String(error)));
  }
}

async function stopFor({ db, clock }: SendParts, endpoint: WebhookEndpointRow, reason: 'GONE' | 'FAILING'): Promise<void> {
  const trace = { correlationId: `webhooks-${endpoint.id}`, traceparent: newTraceparent() };
  await db.transaction((tx) => {
    const scope: Scope = { tx, actor: serviceActor('webhooks'), trace, now: clock() };
    return stopEndpoint(scope, endpoint.id, reason);
  });
}
