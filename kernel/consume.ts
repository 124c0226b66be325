import { sql } from 'drizzle-orm';
import { serviceActor } from './actor.ts';
import type { Clock, Scope } from './context.ts';
import type { Db, Tx } from './db.ts';
import { retryLater, runFacts, type Settled, subjectOf } from './delivery.ts';
import type { Doorbell } from './doorbell.ts';
import { type Fact, toFact } from './facts.ts';
import { type Loop, startLoop } from './loop.ts';
import { type AnyFactType, demandFit, type FactType, upcast } from './published.ts';
import type { Logger } from './telemetry.ts';

/** Who reacts to which facts. The effect runs in the transaction that moves the cursor: it happens once or not at all. */
export type Consumer = {
  name: string;
  types: readonly string[];
  /** Facts given to one call of `handle` at most (default 200). */
  batch?: number;
  /** All facts of one call share a correlation id, which the scope carries. A repeat never reaches it. */
  handle: (scope: Scope, facts: readonly Fact[]) => Promise<void>;
};

/** A fact as a consumer gets it: in its newest shape, told apart by `type`. */
export type FactOf<Type> = Type extends FactType<infer Payload, infer Name> ? Fact<Payload> & { readonly type: Name } : never;

type ConsumerRow<Types extends readonly AnyFactType[]> = {
  name: string;
  facts: Types;
  batch?: number;
  handle: (scope: Scope, facts: readonly FactOf<Types[number]>[]) => Promise<void>;
};

/** A consumer of facts by their catalogue. What does not fit the catalogue fails with the sentence of its schema, so that it is parked. */
export function consumer<const Types extends readonly AnyFactType[]>({ name, facts, batch, handle }: ConsumerRow<Types>): Consumer {
  const catalogue = new Map(facts.map((type) => [type.type, type]));
  const read = (stated: Fact): FactOf<Types[number]> => {
    const type = catalogue.get(stated.type);
    if (!type) throw new Error(`${name} does not know ${stated.type}`);
    const payload = upcast(type, stated);
    demandFit(type.type, type.schema, payload);
    return { ...stated, version: type.version, payload } as FactOf<Types[number]>;
  };
  return { name, types: [...catalogue.keys()], ...(batch ? { batch } : {}), handle: (scope, stated) => handle(scope, stated.map(read)) };
}

export type ConsumeParts = { db: Db; consumer: Consumer; clock: Clock; log: Logger };

/** Handles the next facts; true when there were any. Another worker on the same consumer makes it do nothing. */
export async function consumeOnce(parts: ConsumeParts): Promise<boolean> {
  const { db, consumer } = parts;
  await db.execute(sql`insert into log.consumer (name) values (${consumer.name}) on conflict do nothing`);
  return db.transaction(async (tx) => {
    const [cursor] = await tx.execute(sql`select position from log.consumer where name = ${consumer.name} for update skip locked`);
    if (!cursor) return false;
    const retried = await retryDue(tx, parts);
    const position = BigInt(String(cursor.position));
    const next = await nextFacts(tx, consumer, position);
    if (next.to === position) return retried > 0;
    await handleNew(tx, parts, next.facts);
    await tx.execute(
      sql`update log.consumer set position = ${next.to.toString()}::bigint, moved_at = ${parts.clock().toISOString()} where name = ${consumer.name}`,
    );
    return true;
  });
}

/** The next facts of the consumer's types, and how far the log has been read with them. */
async function nextFacts(tx: Tx, consumer: Consumer, position: bigint): Promise<{ facts: Fact[]; to: bigint }> {
  const batch = consumer.batch ?? 200;
  const [head] = await tx.execute(sql`select position from log.head`);
  const to = BigInt(String(head?.position ?? 0));
  if (to <= position) return { facts: [], to: position };
  const rows = await tx.execute(sql`
    select * from log.fact where position > ${position.toString()}::bigint and position <= ${to.toString()}::bigint
      and type = any(${sql.param([...consumer.types])}::text[]) order by position limit ${batch}`);
  const facts = rows.map(toFact);
  return { facts, to: facts.length < batch ? to : (facts.at(-1)?.position ?? to) };
}

/** Facts behind a failed one of the same subject wait for it; all others go on. */
async function handleNew(tx: Tx, parts: ConsumeParts, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const { name } = parts.consumer;
  const rows = facts.map((fact) => ({ fact_id: fact.id, position: fact.position.toString(), subject_type: fact.subjectType, subject_id: fact.subjectId }));
  const inserted = await tx.execute(sql`
    insert into log.delivery (consumer, fact_id, position, subject_type, subject_id, status)
    select ${name}, item.fact_id, item.position, item.subject_type, item.subject_id, 'PENDING'
    from jsonb_populate_recordset(null::log.delivery, ${JSON.stringify(rows)}::jsonb) item
    on conflict do nothing
    returning fact_id, exists (
      select 1 from log.delivery open where open.consumer = ${name} and open.subject_type = delivery.subject_type and open.subject_id = delivery.subject_id
        and open.status in ('PENDING', 'FAILED', 'PARKED') and open.position < delivery.position) as blocked`);
  const free = new Set(inserted.filter((row) => row.blocked !== true).map((row) => String(row.fact_id)));
  await settleAll(
    tx,
    parts,
    facts.filter((fact) => free.has(fact.id)),
  );
}

/** Tries again what failed and is due, and what waited behind something that is now settled: the oldest per subject. */
async function retryDue(tx: Tx, parts: ConsumeParts): Promise<number> {
  const { name } = parts.consumer;
  const rows = await tx.execute(sql`
    select fact.* from (
      select distinct on (subject_type, subject_id) fact_id, status, next_attempt_at from log.delivery
      where consumer = ${name} and status in ('PENDING', 'FAILED', 'PARKED') order by subject_type, subject_id, position
    ) first join log.fact on fact.id = first.fact_id
    where first.status = 'PENDING' or (first.status = 'FAILED' and first.next_attempt_at <= ${parts.clock().toISOString()})
    order by fact.position limit 50`);
  await settleAll(tx, parts, rows.map(toFact));
  return rows.length;
}

async function settleAll(tx: Tx, parts: ConsumeParts, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const settled: Settled[] = [];
  const failed = new Set<string>();
  for (const together of byCorrelation(facts)) {
    // What follows a failed fact of its subject stays PENDING behind it.
    const group = together.filter((fact) => !failed.has(subjectOf(fact)));
    const first = group[0];
    if (!first) continue;
    const scopeOf = (inner: Tx, cause: Fact): Scope => ({
      tx: inner,
      actor: serviceActor(parts.consumer.name),
      trace: { correlationId: cause.correlationId, causationId: cause.id, traceparent: cause.traceparent ?? undefined },
      now: parts.clock(),
    });
    const tried = await runFacts(tx, { facts: group, log: parts.log, run: (inner, some) => parts.consumer.handle(scopeOf(inner, some[0] ?? first), some) });
    for (const each of tried) if (each.failure !== undefined) failed.add(subjectOf(each.fact));
    settled.push(...tried);
  }
  const done = settled.filter((each) => each.failure === undefined).map((each) => each.fact.id);
  if (done.length > 0) {
    await tx.execute(sql`
      update log.delivery set status = 'DELIVERED', attempts = attempts + 1, acknowledged_at = ${parts.clock().toISOString()}, reason = null, next_attempt_at = null
      where consumer = ${parts.consumer.name} and fact_id = any(${sql.param(done)}::uuid[])`);
  }
  for (const each of settled)
    if (each.failure !== undefined) await retryLater(tx, { consumer: parts.consumer.name, fact: each.fact, reason: each.failure, now: parts.clock() });
}

/** Groups of one correlation each, as few as keep the facts of each subject in their order. */
function byCorrelation(facts: readonly Fact[]): Fact[][] {
  const groups: Fact[][] = [];
  const ofCorrelation = new Map<string, number>();
  const ofSubject = new Map<string, number>();
  for (const fact of facts) {
    let place = ofCorrelation.get(fact.correlationId);
    if (place === undefined || place < (ofSubject.get(subjectOf(fact)) ?? 0)) place = groups.push([]) - 1;
    groups[place]?.push(fact);
    ofCorrelation.set(fact.correlationId, place);
    ofSubject.set(subjectOf(fact), place);
  }
  return groups;
}

/** Milliseconds that an idle consumer waits for the doorbell before it looks by itself. */
const idleWait = 500;

/** Runs a consumer until it is stopped; any number of workers may run the same one. */
export function startConsumer(parts: ConsumeParts & { doorbell: Doorbell }): Loop {
  return startLoop({ name: parts.consumer.name, log: parts.log, round: () => consumeOnce(parts), idle: (signal) => parts.doorbell.wait(idleWait, signal) });
}
