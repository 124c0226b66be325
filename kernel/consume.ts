import { serviceActor } from './actor.ts';
import { causesOf, traceOfFacts } from './cause.ts';
import type { Clock, Scope } from './context.ts';
import type { Db, Tx } from './db.ts';
import { deliveriesDue, deliveriesUnsettled, type Settled, settleFacts, takeDeliveries } from './delivery.ts';
import type { Doorbell } from './doorbell.ts';
import { type Fact, toFact } from './facts.ts';
import { reach } from './failpoint.ts';
import { type Loop, startLoop } from './loop.ts';
import { openPartitions, type Partition, slots, takePartitions } from './partition.ts';
import { type AnyFactType, type FactType, readPayload } from './published.ts';
import { inSpans } from './span.ts';
import { type SQL, sql } from './sql.ts';
import type { Logger } from './telemetry.ts';

/** Who reacts to which facts. The effect runs in the transaction that moves the cursor: it happens once or not at all. */
export type Consumer = {
  name: string;
  types: readonly string[];
  /** Facts given to one call of `handle` at most (default 200). */
  batch?: number;
  /** Workers that can share it (default 8). Facts of one subject stay in their order; with 1, all facts do. */
  partitions?: number;
  /** Facts in their order, of any business transactions. A repeat never reaches it. What it records names its cause: by subject, or by `source`. */
  handle: (scope: Scope, facts: readonly Fact[]) => Promise<void>;
};

/** A fact as a consumer gets it: in its newest shape, told apart by `type`. */
export type FactOf<Type> = Type extends FactType<infer Payload, infer Name> ? Fact<Payload> & { readonly type: Name } : never;

type ConsumerRow<Types extends readonly AnyFactType[]> = Omit<Consumer, 'types' | 'handle'> & {
  facts: Types;
  handle: (scope: Scope, facts: readonly FactOf<Types[number]>[]) => Promise<void>;
};

/** A consumer of facts by their catalogue. What does not fit the catalogue is parked at once, with the fields that do not. */
export function consumer<const Types extends readonly AnyFactType[]>({ facts, handle, ...rest }: ConsumerRow<Types>): Consumer {
  const catalogue = new Map(facts.map((type) => [type.type, type]));
  const read = (stated: Fact): FactOf<Types[number]> => {
    const type = catalogue.get(stated.type);
    if (!type) throw new Error(`${rest.name} does not know ${stated.type}`);
    return { ...stated, version: type.version, payload: readPayload(type, stated) } as FactOf<Types[number]>;
  };
  return { ...rest, types: [...catalogue.keys()], handle: (scope, stated) => handle(scope, stated.map(read)) };
}

export type ConsumeParts = { db: Db; consumer: Consumer; clock: Clock; log: Logger };

/** Facts given to one call of `handle`, unless the consumer says otherwise. */
const defaultBatch = 200;
/** Positions that one statement looks at, so that a rare or a new consumer never makes a long statement of a long log. */
const windowSize = 20_000n;

/** Handles the next facts; true when there were any. Partitions that other workers hold are left to them. */
export async function consumeOnce(parts: ConsumeParts): Promise<boolean> {
  return (await consumeNext(parts)) === 'more';
}

/** What a round came to: there may be more at once, or soon; or nothing comes before the doorbell rings. */
type Round = 'more' | 'soon' | 'rest';

async function consumeNext(parts: ConsumeParts): Promise<Round> {
  const { db, consumer } = parts;
  const waiting = await lookAhead(parts);
  if (waiting === 'nothing') return 'rest';
  if (waiting === 'unsettled') return 'soon';
  if (typeof waiting === 'object') return (await passBy(parts, waiting)) ? 'more' : 'soon';
  if (waiting === 'unknown') {
    await openPartitions(db, consumer);
    return consumeNext(parts);
  }
  const moved = await db.transaction(async (tx) => {
    const held = await takePartitions(tx, consumer.name, waiting === 'much' ? 1 : slots);
    const [behind] = held;
    if (!behind) return false;
    const start = behind.position;
    const retried = await retryDue(tx, parts, held);
    const next = await nextFacts(tx, consumer, { held, start });
    if (next.to === start && retried.length === 0) return false;
    // Facts behind a failed one of the same subject wait for it; all others go on.
    const taken = await takeDeliveries(tx, { consumer: consumer.name, facts: next.facts });
    reach('consumer', consumer.name, 'taken');
    const settled = [...retried, ...(await handle(tx, parts, taken))];
    reach('consumer', consumer.name, 'handled');
    await tx.execute(sql`
      update log.consumer set position = greatest(position, ${next.to.toString()}::bigint), moved_at = ${parts.clock().toISOString()},
        handled = handled + case partition when ${behind.number} then ${settled.length - failuresIn(settled)} else 0 end,
        failures = failures + case partition when ${behind.number} then ${failuresIn(settled)} else 0 end
      where name = ${consumer.name} and partition = any(${sql.param(held.map(({ number }) => number))}::smallint[])`);
    reach('consumer', consumer.name, 'moved');
    return true;
  });
  if (moved) reach('consumer', consumer.name, 'committed');
  return moved ? 'more' : 'soon';
}

/** Positions that hold nothing for a consumer. */
type Foreign = { from: bigint; to: bigint };

/** A little is one worker's, all partitions at once; of much, each worker takes a partition. What counts is what concerns the consumer. */
async function lookAhead({ db, consumer, clock }: ConsumeParts): Promise<'nothing' | 'unsettled' | 'unknown' | 'little' | 'much' | Foreign> {
  const batch = consumer.batch ?? defaultBatch;
  const [row] = await db.execute(sql`
    select ahead.*, ${deliveriesDue(consumer.name, clock())} as due, ${deliveriesUnsettled(consumer.name)} as unsettled, (
      select count(*)::int from (
        select from log.fact where position > ahead.from and position <= ahead.to and type = any(${sql.param([...consumer.types])}::text[]) limit ${batch + 1}
      ) as next) as facts
    from (
      select own.position as from, least(head.position, own.position + ${String(windowSize)}::bigint) as to
      from log.head cross join (select min(position) as position from log.consumer where name = ${consumer.name}) as own) as ahead`);
  if (!row || row.from === null) return 'unknown';
  const ahead = { from: BigInt(String(row.from)), to: BigInt(String(row.to)) };
  if (row.due === true || Number(row.facts) > 0) return Number(row.facts) > batch ? 'much' : 'little';
  if (ahead.to > ahead.from) return ahead;
  return row.unsettled === true ? 'unsettled' : 'nothing';
}

/** Where nothing concerns a consumer, its partitions move on without being worked on; those that somebody holds are left to them. */
async function passBy({ db, consumer, clock }: ConsumeParts, { from, to }: Foreign): Promise<boolean> {
  const moved = await db.execute(sql`
    update log.consumer as own set position = ${to.toString()}::bigint, moved_at = ${clock().toISOString()} from (
      select partition from log.consumer where name = ${consumer.name} and position between ${from.toString()}::bigint and ${(to - 1n).toString()}::bigint
      for update skip locked) as free
    where own.name = ${consumer.name} and own.partition = free.partition returning 1`);
  return moved.length > 0;
}

type Held = { held: readonly Partition[]; start: bigint };

/** The next facts of the partitions, and how far the log has been read with them. */
async function nextFacts(tx: Tx, consumer: Consumer, { held, start }: Held): Promise<{ facts: Fact[]; to: bigint }> {
  const batch = consumer.batch ?? defaultBatch;
  const [row] = await tx.execute(sql`select position from log.head`);
  const head = BigInt(String(row?.position ?? 0));
  const to = start + windowSize < head ? start + windowSize : head;
  if (to <= start) return { facts: [], to: start };
  const rows = await tx.execute(sql`
    select * from log.fact where position > ${start.toString()}::bigint and position <= ${to.toString()}::bigint
      and type = any(${sql.param([...consumer.types])}::text[]) and (${ownedBy(held)}) order by position limit ${batch}`);
  const facts = rows.map(toFact);
  return { facts, to: facts.length < batch ? to : (facts.at(-1)?.position ?? to) };
}

function ownedBy(held: readonly Partition[]): SQL {
  const [first] = held;
  const whole = first && held.length === first.of && held.every(({ position }) => position === first.position);
  if (whole) return sql`true`;
  const owned = held.map(({ number, of, position }) => sql`(slot % ${of}::integer = ${number}::integer and position > ${position.toString()}::bigint)`);
  return sql.join(owned, sql` or `);
}

/** Deliveries tried again in one round at most. */
const retryBatch = 50;

function failuresIn(settled: readonly Settled[]): number {
  return settled.filter(({ failure }) => failure !== undefined).length;
}

/** Tries again what failed and is due, and what waited behind something that is now settled. */
async function retryDue(tx: Tx, parts: ConsumeParts, held: readonly Partition[]): Promise<Settled[]> {
  const { consumer, clock } = parts;
  const numbers = sql.param(held.map(({ number }) => number));
  const rows = await tx.execute(sql`
    select fact.* from (
      select position from log.delivery where consumer = ${consumer.name} and status in ('PENDING', 'FAILED') and next_attempt_at <= ${clock().toISOString()}
        and slot % ${held[0]?.of ?? 1}::integer = any(${numbers}::integer[]) order by next_attempt_at, position limit ${retryBatch}
    ) due join log.fact on fact.position = due.position order by fact.position`);
  return handle(tx, parts, rows.map(toFact));
}

async function handle(tx: Tx, parts: ConsumeParts, facts: readonly Fact[]): Promise<Settled[]> {
  const { consumer, clock, log } = parts;
  const actor = serviceActor(consumer.name);
  const run = (inner: Tx, some: readonly Fact[]) => {
    const attributes = { 'accord.consumer': consumer.name, 'messaging.batch.message_count': some.length };
    const work = { name: `process ${consumer.name}`, kind: 'CONSUMER' as const, attributes };
    return inSpans(work, some, (facts) => {
      const trace = traceOfFacts(facts);
      return consumer.handle({ tx: inner, actor, trace, causes: causesOf(facts), now: clock() }, facts);
    });
  };
  return settleFacts(tx, { consumer: consumer.name, now: clock(), facts, log, run });
}

/** Milliseconds that a consumer waits for the doorbell before it looks by itself: while something of it waits for its time, or a person, and while nothing does. */
const soon = 500;
const restful = 5_000;

/** Runs a consumer until it is stopped; any number of workers may run the same one. The one that starts last decides on the number of partitions. */
export function startConsumer(parts: ConsumeParts & { doorbell: Doorbell }): Loop {
  let opened = false;
  let last: Round = 'soon';
  const round = async (): Promise<boolean> => {
    if (!opened) await openPartitions(parts.db, parts.consumer);
    opened = true;
    last = await consumeNext(parts);
    return last === 'more';
  };
  // What does not concern it, it passes by a little later.
  const wait = parts.doorbell.waiter(parts.consumer.types, soon);
  return startLoop({ name: parts.consumer.name, log: parts.log, round, idle: (signal) => wait(last === 'rest' ? restful : soon, signal) });
}
