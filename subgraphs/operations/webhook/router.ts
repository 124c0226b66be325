import type { Clock } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db.ts';
import { wantsEvent } from '#kernel/event.ts';
import { type Fact, readFacts } from '#kernel/facts.ts';
import { reach } from '#kernel/failpoint.ts';
import { wordIn } from '#kernel/read.ts';
import { eq } from '#kernel/sql.ts';
import type { Logger } from '#kernel/telemetry.ts';
import {
  moveReader,
  moveReplay,
  type Queued,
  queueDeliveries,
  type Replay,
  repeatFailed,
  takeReader,
  takeReplay,
  webhookReader,
} from '#kernel/webhookQueue.ts';
import { eventRules } from '../event/rules.ts';
import { type WebhookEndpointRow, webhookEndpoints } from '../tables.ts';
import { actorOf, typesFor } from './scope.ts';

export type RouteParts = { db: Db; clock: Clock; log: Logger };

/** Facts that are judged in one transaction, and positions that one statement looks at. */
const batch = 1_000;
const windowSize = 20_000n;

/** Puts the next facts of the log into the queues of the endpoints that may see and want them; true when it went on. */
export async function routeOnce(parts: RouteParts): Promise<boolean> {
  const { db, clock } = parts;
  const moved = await db.transaction(async (tx) => {
    const reader = await takeReader(tx);
    if (!reader || reader.position >= reader.head) return false;
    // Read behind the lock: who changes who is active holds it.
    const endpoints = await tx
      .select()
      .from(webhookEndpoints)
      .where(wordIn(webhookEndpoints.status, ['ACTIVE']));
    reach('consumer', webhookReader, 'taken');
    const next = endpoints.length === 0 ? { facts: [], to: reader.head } : await nextFacts(tx, endpoints, { after: reader.position, upTo: reader.head });
    await queueDeliveries(tx, wanted(parts, endpoints, next.facts), { now: clock() });
    reach('consumer', webhookReader, 'handled');
    await moveReader(tx, { to: next.to, now: clock() });
    reach('consumer', webhookReader, 'moved');
    return true;
  });
  if (moved) reach('consumer', webhookReader, 'committed');
  return moved;
}

type Stretch = { after: bigint; upTo: bigint };

/** The next facts of types that somebody may be told of, and how far the log has been read with them. */
async function nextFacts(tx: Tx, endpoints: readonly WebhookEndpointRow[], { after, upTo }: Stretch): Promise<{ facts: Fact[]; to: bigint }> {
  const types = [...new Set(endpoints.flatMap((each) => typesFor(each, actorOf(each))))].sort();
  const end = after + windowSize < upTo ? after + windowSize : upTo;
  if (types.length === 0) return { facts: [], to: end };
  const facts = await readFacts(tx, { after, upTo: end, limit: batch, types });
  return { facts, to: facts.length < batch ? end : (facts.at(-1)?.position ?? end) };
}

function wanted(parts: RouteParts, endpoints: readonly WebhookEndpointRow[], facts: readonly Fact[]): Queued[] {
  const asked = endpoints.map((endpoint) => ({ endpoint, actor: actorOf(endpoint) }));
  return facts.flatMap((fact) =>
    asked
      .filter(({ endpoint, actor }) => fact.position > endpoint.startPosition && wants(parts, { endpoint, actor }, fact))
      .map(({ endpoint }) => ({ endpointId: endpoint.id, fact })),
  );
}

/** The judgement of subscriptions. A fact that this program cannot read holds up no other. */
function wants(
  { log }: Pick<RouteParts, 'log'>,
  { endpoint, actor }: { endpoint: WebhookEndpointRow; actor: ReturnType<typeof actorOf> },
  fact: Fact,
): boolean {
  try {
    return wantsEvent({ actor, rules: eventRules, filter: endpoint.filter }, fact);
  } catch (error) {
    log.error(
      { err: error, fact: fact.id, endpoint: endpoint.id },
      'a fact could not be judged for an endpoint of webhooks; replay it once this program can read it',
    );
    return false;
  }
}

/** Goes on with the oldest replay that nobody is at; true when there was one. */
export async function replayOnce(parts: RouteParts): Promise<boolean> {
  const { db, clock } = parts;
  return db.transaction(async (tx) => {
    const replay = await takeReplay(tx);
    if (!replay) return false;
    const now = clock();
    const to = replay.kind === 'FAILED' ? await repeatFailed(tx, replay, { now, limit: batch }) : await replayRange(parts, tx, replay);
    await moveReplay(tx, replay, to);
    return true;
  });
}

/** Judged anew: an endpoint is never sent what it may not see now. */
async function replayRange(parts: RouteParts, tx: Tx, { endpointId, after, upTo }: Replay): Promise<bigint> {
  const endpoints = await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId));
  const { facts, to } = await nextFacts(tx, endpoints, { after, upTo });
  const anyTime = endpoints.map((each) => ({ ...each, startPosition: 0n }));
  await queueDeliveries(tx, wanted(parts, anyTime, facts), { now: parts.clock(), again: true });
  return to;
}
