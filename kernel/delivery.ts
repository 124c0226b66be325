import { traceOfFacts } from './cause.ts';
import type { Tx } from './db.ts';
import { databaseError, isDatabaseLost } from './errors.ts';
import type { Fact } from './facts.ts';
import { Misfit } from './published.ts';
import { type SQL, sql } from './sql.ts';
import { idsOf, type Logger } from './telemetry.ts';

/** Why it did not work, and whether no other try of this program can. */
type Failure = { reason: string; forGood: boolean };

/** A fact that was tried; `failure` says why it did not work. */
export type Settled = { fact: Fact; failure?: Failure };

type Attempt = { consumer: string; facts: readonly Fact[]; log: Logger; run: (tx: Tx, facts: readonly Fact[]) => Promise<void> };

/** Facts of one subject are handled in their order. */
function subjectOf(fact: Fact): string {
  return `${fact.subjectType} ${fact.subjectId}`;
}

/** True when something of the consumer is due to be tried again. */
export function deliveriesDue(consumer: string, now: Date): SQL {
  return sql`exists (select 1 from log.delivery where consumer = ${consumer} and status in ('PENDING', 'FAILED') and next_attempt_at <= ${now.toISOString()})`;
}

/** True when something of the consumer waits for its time, for what comes before it, or for a person. */
export function deliveriesUnsettled(consumer: string): SQL {
  return sql`exists (select 1 from log.delivery where consumer = ${consumer} and status in ('PENDING', 'FAILED', 'PARKED'))`;
}

/** Notes that the facts have come to the consumer, and gives those that are new and wait behind no other of their subject. */
export async function takeDeliveries(tx: Tx, { consumer, facts }: { consumer: string; facts: readonly Fact[] }): Promise<Fact[]> {
  if (facts.length === 0) return [];
  const rows = facts.map((fact) => ({
    fact_id: fact.id,
    position: fact.position.toString(),
    slot: fact.slot,
    subject_type: fact.subjectType,
    subject_id: fact.subjectId,
  }));
  const inserted = await tx.execute(sql`
    insert into log.delivery (consumer, fact_id, position, slot, subject_type, subject_id, status)
    select ${consumer}, item.fact_id, item.position, item.slot, item.subject_type, item.subject_id, 'PENDING'
    from jsonb_populate_recordset(null::log.delivery, ${JSON.stringify(rows)}::jsonb) item
    on conflict do nothing
    returning fact_id, exists (
      select 1 from log.delivery open where open.consumer = ${consumer} and open.subject_type = delivery.subject_type and open.subject_id = delivery.subject_id
        and open.status in ('PENDING', 'FAILED', 'PARKED') and open.position < delivery.position) as blocked`);
  const free = new Set(inserted.filter((row) => row.blocked !== true).map((row) => String(row.fact_id)));
  return facts.filter((fact) => free.has(fact.id));
}

/** Runs the facts and notes what became of each. What follows a failed fact of its subject waits behind it. */
export async function settleFacts(tx: Tx, work: Attempt & { now: Date }): Promise<Settled[]> {
  if (work.facts.length === 0) return [];
  const { consumer, now } = work;
  const settled = await runFacts(tx, work, new Set());
  const done = settled.filter((each) => each.failure === undefined).map((each) => each.fact);
  const failed = settled.flatMap(({ fact, failure }) => (failure ? [{ fact, failure }] : []));
  if (done.length > 0) {
    await tx.execute(sql`
      update log.delivery set status = 'DELIVERED', attempts = attempts + 1, acknowledged_at = ${now.toISOString()}, reason = null, next_attempt_at = null
      where consumer = ${consumer} and position = any(${sql.param(done.map((fact) => fact.position.toString()))}::bigint[])`);
  }
  for (const { fact, failure } of failed) await retryLater(tx, { consumer, fact, failure, now });
  const stuck = new Set(failed.map(({ fact }) => fact.subjectId));
  await setFollowers(tx, { consumer, subjectIds: [...stuck], due: null });
  const moved = new Set(done.map((fact) => fact.subjectId).filter((id) => !stuck.has(id)));
  await setFollowers(tx, { consumer, subjectIds: [...moved], due: now });
  return settled;
}

/** What waits behind a subject's first open fact has no due time; once that fact is settled, it is due. */
async function setFollowers(tx: Tx, { consumer, subjectIds, due }: { consumer: string; subjectIds: readonly string[]; due: Date | null }): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.execute(sql`
    update log.delivery set next_attempt_at = ${due?.toISOString() ?? null}::timestamptz
    where consumer = ${consumer} and subject_id = any(${sql.param([...subjectIds])}::uuid[]) and status = 'PENDING'`);
}

/** All facts together behind a savepoint; when that fails, each half by itself, so that one bad fact holds up no other. */
async function runFacts(tx: Tx, attempt: Attempt, failed: Set<string>): Promise<Settled[]> {
  const facts = attempt.facts.filter((fact) => !failed.has(subjectOf(fact)));
  const [first] = facts;
  if (!first) return [];
  const failure = await tryRun(tx, attempt, facts);
  if (failure === undefined) return facts.map((fact) => ({ fact }));
  if (facts.length === 1) {
    failed.add(subjectOf(first));
    return [{ fact: first, failure }];
  }
  const middle = Math.ceil(facts.length / 2);
  const before = await runFacts(tx, { ...attempt, facts: facts.slice(0, middle) }, failed);
  return [...before, ...(await runFacts(tx, { ...attempt, facts: facts.slice(middle) }, failed))];
}

async function tryRun(tx: Tx, { consumer, log, run }: Attempt, facts: readonly Fact[]): Promise<Failure | undefined> {
  try {
    await tx.transaction((inner) => run(inner, facts));
    return undefined;
  } catch (error) {
    if (isInfrastructure(error)) throw error;
    log.warn({ err: error, consumer, facts: facts.length, fact: facts[0]?.id, ...idsOf(traceOfFacts(facts)) }, 'a fact could not be handled');
    return { reason: error instanceof Error ? error.message : String(error), forGood: error instanceof Misfit };
  }
}

/** Lost connections, deadlocks and shutdowns are nobody's fault: the transaction as a whole is tried again. A statement that takes too long is the fact's. */
function isInfrastructure(error: unknown): boolean {
  return isDatabaseLost(error) || ['40', '25'].includes(databaseError(error)?.code.slice(0, 2) ?? '');
}

/** Attempts before a delivery is parked for a person to look at: about ten minutes. */
export const attemptLimit = 8;

/** When to try again what has failed `attempts` times before, a column of its row: from 1 s to five minutes, with jitter. */
export function retryAt(now: Date): SQL {
  const jitter = 0.5 + Math.random() / 2;
  return sql`${now.toISOString()}::timestamptz + make_interval(secs => least(300, power(2, attempts)) * ${jitter})`;
}

/** Tried again later; in the end, or at once where no try can help, parked with its reason. */
async function retryLater(tx: Tx, failed: { consumer: string; fact: Fact; failure: Failure; now: Date }): Promise<void> {
  const { consumer, fact, failure, now } = failed;
  const { reason, forGood } = failure;
  await tx.execute(sql`
    update log.delivery set attempts = attempts + 1, reason = ${reason.slice(0, 2000)},
      status = case when ${forGood}::boolean or attempts + 1 >= ${attemptLimit} then 'PARKED' else 'FAILED' end,
      next_attempt_at = ${retryAt(now)}
    where consumer = ${consumer} and position = ${fact.position.toString()}::bigint`);
}

export type DeliveryKey = { consumer: string; factId: string };

/** Locks a delivery for a person's decision, and its partition: a worker that is at it finishes its batch first. Undefined when there is none. */
export async function lockDelivery(tx: Tx, { consumer, factId }: DeliveryKey): Promise<{ status: string; subjectId: string } | undefined> {
  await tx.execute(sql`
    select 1 from log.consumer where name = ${consumer}
      and partition = (select slot from log.delivery where consumer = ${consumer} and fact_id = ${factId}::uuid) % partitions for update`);
  const [row] = await tx.execute(sql`
    select status, subject_id from log.delivery where consumer = ${consumer} and fact_id = ${factId}::uuid for update`);
  return row && { status: String(row.status), subjectId: String(row.subject_id) };
}

/** The consumer tries a parked delivery in its next round, with all its attempts before it. */
export async function retryParked(tx: Tx, { consumer, factId, now }: DeliveryKey & { now: Date }): Promise<void> {
  await tx.execute(sql`
    update log.delivery set status = 'FAILED', attempts = 0, next_attempt_at = ${now.toISOString()} where consumer = ${consumer} and fact_id = ${factId}::uuid`);
}

/** The consumer never handles it; what waits behind it goes on. */
export async function skipParked(tx: Tx, skip: DeliveryKey & { subjectId: string; reason: string; now: Date }): Promise<void> {
  const { consumer, factId, subjectId, reason, now } = skip;
  await tx.execute(sql`
    update log.delivery set status = 'SKIPPED', next_attempt_at = null, reason = ${reason} where consumer = ${consumer} and fact_id = ${factId}::uuid`);
  await setFollowers(tx, { consumer, subjectIds: [subjectId], due: now });
}
