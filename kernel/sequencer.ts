import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db, Tx } from './db.ts';
import { doorbellChannel } from './doorbell.ts';
import { type Loop, startLoop } from './loop.ts';
import type { Logger } from './telemetry.ts';

/** Facts moved per batch. */
const batchSize = 2_000;
/** Positions in a partition of the log. */
const partitionSize = 1_000_000n;
/** Any number that no other advisory lock of Accord uses. */
const leaderLock = 4_157_001;

const columns = sql.raw(`id, type, version, subgraph, subject_type, subject_id, subject_version, keys, payload, occurred_at, actor_id, actor_kind,
  correlation_id, causation_id, traceparent`);

/** Gives committed facts their contiguous positions; how many it moved. Whoever holds the lock leads, for one batch. */
export async function sequenceOnce(db: Db): Promise<number> {
  const [waiting] = await db.execute(sql`select exists (select 1 from log.pending) as some`);
  if (waiting?.some !== true) return 0;
  return db.transaction(async (tx) => {
    // A statement of its own: what follows must see all that the former leader committed.
    const [lock] = await tx.execute(sql`select pg_try_advisory_xact_lock(${leaderLock}) as mine`);
    return lock?.mine === true ? moveBatch(tx) : 0;
  });
}

async function moveBatch(tx: Tx): Promise<number> {
  const [head] = await tx.execute(sql`select position from log.head for update`);
  const position = BigInt(String(head?.position));
  await ensurePartition(tx, position + BigInt(batchSize));
  // A bound, not a list of sequences: analysed while it was empty, the queue looks like one row, and the list would be read anew for each row.
  const [moved] = await tx.execute(sql`
    with batch as (
      delete from log.pending
      where sequence <= (select max(sequence) from (select sequence from log.pending order by sequence limit ${batchSize}) as next) returning *
    ), numbered as materialized (
      select ${position.toString()}::bigint + row_number() over (order by sequence) as position, batch.* from batch
    ), placed as (
      insert into log.fact (position, slot, ${columns}) select position, uuid_hash(subject_id) & 255, ${columns} from numbered returning 1
    ), keyed as (
      insert into log.fact_key (id, position) select unnest(key_ids), position from numbered
    ), head as (
      update log.head set position = position + (select count(*) from batch) returning position
    )
    select (select count(*) from placed) as moved, pg_notify(${doorbellChannel}, (select position from head)::text)`);
  return Number(moved?.moved ?? 0);
}

async function ensurePartition(tx: Tx, position: bigint): Promise<void> {
  const number = position / partitionSize;
  const [there] = await tx.execute(sql`select to_regclass(${`log.fact_${number}`}) is not null as some`);
  if (there?.some === true) return;
  const [from, to] = [number * partitionSize, (number + 1n) * partitionSize];
  for (const table of ['fact', 'fact_key'])
    await tx.execute(sql.raw(`create table if not exists log.${table}_${number} partition of log.${table} for values from (${from}) to (${to})`));
}

/** Milliseconds between two looks when nothing waits: the latency of a fact that nobody nudged for. */
const idlePause = 40;

/** Runs the sequencer. Any number of processes may; one of them moves each batch. */
export function startSequencer(parts: { db: Db; log: Logger }): Loop {
  return startLoop({
    name: 'sequencer',
    log: parts.log,
    round: async () => (await sequenceOnce(parts.db)) > 0,
    idle: (signal) => pause(idlePause, undefined, { signal }).catch(() => {}),
  });
}
