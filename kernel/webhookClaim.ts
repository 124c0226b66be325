import type { Db, Tx } from './db.ts';
import { newId } from './ids.ts';
import { sql } from './sql.ts';

/** A delivery in our hands, until its lease ends. */
export type Claimed = {
  id: string;
  endpointId: string;
  kind: 'EVENT' | 'PING';
  factId: string | null;
  type: string;
  /** Attempts before this one. */
  attempts: number;
  fence: number;
};

/** Milliseconds after which a delivery that somebody took, and told nothing of, is anybody's again: longer than any attempt. */
export const webhookLease = 60_000;
/** Deliveries sent to one endpoint at a time at most. The first is its own, whatever others do; more go to those who answer at once. */
export const perEndpoint = 8;
/** Milliseconds within which somebody answers at once. */
const swiftly = 2_000;
/** Deliveries taken by one statement. */
const takenAtOnce = 500;

/**
 * Takes deliveries that are due: of each endpoint one, and more of those that answer at once, as far as `more` goes. So nobody's slowness is anybody else's.
 * Of one subject a later one waits until the earlier ones were tried once; behind what failed nothing waits.
 */
export async function claimDeliveries(db: Db, { now, more }: { now: Date; more: number }): Promise<Claimed[]> {
  const at = now.toISOString();
  const lease = new Date(now.getTime() + webhookLease).toISOString();
  return db.transaction(async (tx) => {
    // Whoever takes for an endpoint goes alone: the number in flight holds over all workers.
    const ready = await tx.execute(sql`
      select ready.* from (
        select endpoint_id, active and coalesce(not_before, ${at}) <= ${at}::timestamptz as open, failures = 0 and coalesce(latency_ms, 0) < ${swiftly}::integer as swift
        from log.webhook_state state where exists (
          select from log.webhook_delivery where endpoint_id = state.endpoint_id and status = 'PENDING' and due_at <= ${at}
            and (kind = 'PING' or (state.active and coalesce(state.not_before, ${at}) <= ${at}::timestamptz)))
        for update skip locked) as ready`);
    if (ready.length === 0) return [];
    const rows = await tx.execute(sql`
      with next as (
        select delivery.id, row_number() over (partition by delivery.endpoint_id order by delivery.due_at, delivery.queued) as place
        from (
          select given.*, (select count(*) from log.webhook_delivery where endpoint_id = given.endpoint_id and lease_until > ${at})::integer as flying
          from jsonb_to_recordset(${JSON.stringify(ready)}::jsonb) as given(endpoint_id uuid, open boolean, swift boolean)
        ) as ready cross join lateral (
          select id, endpoint_id, due_at, queued from log.webhook_delivery due
          where due.endpoint_id = ready.endpoint_id and due.status = 'PENDING' and due.due_at <= ${at} and (ready.open or due.kind = 'PING')
            and not exists (
              select from log.webhook_delivery earlier where earlier.endpoint_id = due.endpoint_id and earlier.subject_id = due.subject_id and earlier.queued < due.queued
                and earlier.status = 'PENDING' and (earlier.attempts = 0 or earlier.lease_until > ${at}))
          order by due.due_at, due.queued
          limit greatest(0, case when ready.swift then ${perEndpoint}::integer else 1 end - ready.flying)
        ) as delivery
      ), taken as (
        select id from next order by place limit least(${takenAtOnce}::integer, (select count(*) from next where place = 1) + ${more}::integer)
      )
      update log.webhook_delivery as delivery set due_at = ${lease}, lease_until = ${lease}, fence = fence + 1 from taken
      where delivery.id = taken.id and delivery.status = 'PENDING' and delivery.due_at <= ${at} returning delivery.*`);
    return rows.map(toClaimed).sort((a, b) => (a.queued < b.queued ? -1 : 1));
  });
}

function toClaimed(row: Record<string, unknown>): Claimed & { queued: bigint } {
  return {
    id: String(row.id),
    endpointId: String(row.endpoint_id),
    kind: row.kind === 'PING' ? 'PING' : 'EVENT',
    factId: row.fact_id === null ? null : String(row.fact_id),
    type: String(row.type),
    attempts: Number(row.attempts),
    fence: Number(row.fence),
    queued: BigInt(String(row.queued)),
  };
}

export type AttemptOutcome = 'DELIVERED' | 'REFUSED' | 'REDIRECTED' | 'GONE' | 'THROTTLED' | 'TIMED_OUT' | 'UNREACHABLE' | 'BLOCKED' | 'LOST';

/** One attempt, as the ledger has it. */
export type Attempt = {
  outcome: AttemptOutcome;
  httpStatus: number | null;
  latency: number;
  reason: string | null;
  response: string | null;
  startedAt: Date;
};

/** What follows from an attempt. */
export type Verdict = {
  status: 'DELIVERED' | 'FAILED' | 'PENDING';
  /** When it is tried again. */
  dueAt: Date | null;
  /** Before which nothing is sent to the endpoint. */
  notBefore: Date | null;
};

/** Writes an attempt and what follows from it. False, and nothing written, when somebody else has taken the delivery meanwhile. */
export async function settleDelivery(
  db: Db,
  { claimed, attempt, verdict, now }: { claimed: Claimed; attempt: Attempt; verdict: Verdict; now: Date },
): Promise<boolean> {
  const { id, endpointId, attempts, fence } = claimed;
  const { outcome, httpStatus, latency, reason, response } = attempt;
  const [at, started] = [now.toISOString(), attempt.startedAt.toISOString()];
  return db.transaction(async (tx) => {
    const held = await tx.execute(sql`
      update log.webhook_delivery set status = ${verdict.status}, due_at = ${verdict.dueAt?.toISOString() ?? null}::timestamptz, lease_until = null,
        attempts = attempts + 1, updated_at = ${at}, version = version + 1
      where id = ${id}::uuid and fence = ${fence} and status = 'PENDING' and lease_until is not null returning 1`);
    if (held.length === 0) return false;
    await tx.execute(sql`
      insert into log.webhook_attempt (id, delivery_id, endpoint_id, number, outcome, http_status, latency_ms, reason, response, started_at, updated_at)
      values (${newId(attempt.startedAt.getTime())}, ${id}, ${endpointId}, ${attempts + 1}, ${outcome}, ${httpStatus}, ${latency}, ${reason}, ${response}, ${started}, ${at})`);
    await noteState(tx, { claimed, attempt, verdict, now });
    return true;
  });
}

type Noted = { claimed: Claimed; attempt: Attempt; verdict: Verdict; now: Date };

/** A ping that failed says nothing of the endpoint's deliveries; one that arrived says that it is back. */
async function noteState(tx: Tx, { claimed: { endpointId, kind, attempts }, attempt, verdict, now }: Noted): Promise<void> {
  const at = now.toISOString();
  if (attempt.outcome === 'DELIVERED') {
    await tx.execute(sql`
      update log.webhook_state set failing_since = null, failures = 0, not_before = null, last_success_at = ${at}, last_attempt_at = ${at}, latency_ms = ${attempt.latency}
      where endpoint_id = ${endpointId}::uuid`);
  } else if (kind === 'EVENT') {
    await tx.execute(sql`
      update log.webhook_state set failing_since = coalesce(failing_since, ${at}), failures = failures + ${attempts === 0 ? 1 : 0}, last_attempt_at = ${at},
        latency_ms = ${attempt.latency}, not_before = greatest(not_before, ${verdict.notBefore?.toISOString() ?? null}::timestamptz)
      where endpoint_id = ${endpointId}::uuid`);
  }
}

/** How an endpoint has fared of late. */
export async function readState(db: Db, endpointId: string): Promise<{ failures: number; failingSince: Date | undefined }> {
  const [row] = await db.execute(sql`select failures, failing_since from log.webhook_state where endpoint_id = ${endpointId}::uuid`);
  return { failures: Number(row?.failures ?? 0), failingSince: row?.failing_since ? new Date(String(row.failing_since)) : undefined };
}

/** Gives back what was taken and not sent: it is due at once. */
export async function releaseDelivery(db: Db, { id, fence }: Claimed, now: Date): Promise<void> {
  await db.execute(sql`
    update log.webhook_delivery set due_at = ${now.toISOString()}, lease_until = null where id = ${id}::uuid and fence = ${fence} and status = 'PENDING'`);
}

/** What was taken goes to nobody: the endpoint is no more, or may not see it. */
export async function cancelDelivery(db: Db, { id, fence }: Claimed, now: Date): Promise<void> {
  await db.execute(sql`
    update log.webhook_delivery set status = 'CANCELLED', due_at = null, lease_until = null, updated_at = ${now.toISOString()}, version = version + 1
    where id = ${id}::uuid and fence = ${fence} and status = 'PENDING'`);
}

/** Milliseconds of which attempts are counted. */
const lately = 300_000;

/** What waits for active endpoints, the seconds since the oldest of it that is due was made, and the attempts of late by outcome. */
export async function webhookFigures(db: Db, now: Date): Promise<{ pending: number; oldest: number; attempts: Record<string, number> }> {
  const [at, since] = [now.toISOString(), new Date(now.getTime() - lately).toISOString()];
  const [row] = await db.execute(sql`
    select count(*) as pending, extract(epoch from ${at}::timestamptz - min(delivery.created_at) filter (where delivery.due_at <= ${at})) as oldest
    from log.webhook_delivery delivery join log.webhook_state state on state.endpoint_id = delivery.endpoint_id and state.active
    where delivery.status = 'PENDING'`);
  const outcomes = await db.execute(sql`select outcome, count(*) as n from log.webhook_attempt where started_at > ${since} group by outcome`);
  return {
    pending: Number(row?.pending ?? 0),
    oldest: Math.max(0, Number(row?.oldest ?? 0)),
    attempts: Object.fromEntries(outcomes.map(({ outcome, n }) => [String(outcome), Number(n)])),
  };
}

/** Deliveries with their attempts that are forgotten at once at most. */
const bite = 1_000;

/** Forgets what was done before a moment, with its attempts, and keys that no longer sign; gives how much. */
export async function forgetDeliveries(tx: Tx, { before, now }: { before: Date; now: Date }): Promise<number> {
  await tx.execute(sql`delete from log.webhook_key where ends_at <= ${now.toISOString()}`);
  const gone = await tx.execute(sql`
    delete from log.webhook_delivery where id in (
      select id from log.webhook_delivery where status <> 'PENDING' and updated_at < ${before.toISOString()} order by updated_at limit ${bite}) returning 1`);
  return gone.length;
}
