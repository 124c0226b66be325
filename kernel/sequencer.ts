import { setTimeout as pause } from 'node:timers/promises';
import { sealAudit } from './audit.ts';
import type { Db, Tx } from './db.ts';
import { doorbellChannel } from './doorbell.ts';
import { sequencerBatch } from './facts.ts';
import { reach } from './failpoint.ts';
import { type Loop, startLoop } from './loop.ts';
import { sql } from './sql.ts';
import type { Logger } from './telemetry.ts';

/** Change notes moved per batch, or as many as one write made. */
const changeBatch = 5_000;
/** Positions in a partition of the log, unless the installation says otherwise. */
export const defaultPartition = 1_000_000;
/** Bytes of the types in a ring; PostgreSQL takes 8,000 in all. */
const longestRing = 7_500;

const columns = sql.raw(`id, type, version, subgraph, subject_type, subject_id, subject_version, keys, payload, occurred_at, actor_id, actor_kind,
  correlation_id, causation_id, traceparent`);

/** Gives committed facts and changes their contiguous positions; how many it moved. Whoever holds the head's row leads, for one batch. */
export async function sequenceOnce(db: Db, partition = defaultPartition): Promise<number> {
  // By the index: the table itself is full of what was moved since the last vacuum.
  const [waiting] = await db.execute(sql`
    select (select sequence from log.pending order by sequence limit 1) is not null as facts,
      (select sequence from log.audit_pending order by sequence limit 1) is not null as audit,
      (select sequence from log.change_pending order by sequence limit 1) is not null as changes`);
  // On its own: what is late with one is not late with the other.
  const sealed = waiting?.audit === true ? await sealAudit(db) : 0;
  if (waiting?.facts !== true && waiting?.changes !== true) return sealed;
  const moved = await db.transaction(async (tx) => {
    // A statement of its own: what follows must see all that the former leader committed. The room is looked for behind the lock, at the head that it gives.
    const [head] = await tx.execute(sql`
      select position, change_position, case when ${waiting.facts}::boolean then log.open_partitions('fact', position + 1, ${partition}) - position - 1 end as room
      from (select position, change_position from log.head for update skip locked) as own`);
    if (!head) return 0;
    const facts = waiting.facts === true ? await moveFacts(tx, { position: BigInt(String(head.position)), room: Number(head.room) }) : 0;
    const changes = waiting.changes === true ? await moveChanges(tx, { position: BigInt(String(head.change_position)), partition }) : 0;
    reach('sequencer', 'log', 'moved');
    return facts + changes;
  });
  reach('sequencer', 'log', 'committed');
  return moved + sealed;
}

/** `room` is for so many facts in the partition of the next one. */
async function moveFacts(tx: Tx, { position, room }: { position: bigint; room: number }): Promise<number> {
  const first = position + 1n;
  // A batch lies in one partition: the rows of its keys are dropped with its facts.
  const most = Math.min(sequencerBatch, room);
  // A bound, not a list of sequences: analysed while it was empty, the queue looks like one row, and the list would be read anew for each row.
  const [moved] = await tx.execute(sql`
    with batch as (
      delete from log.pending
      where sequence <= (select max(sequence) from (select sequence from log.pending order by sequence limit ${most}) as next) returning *
    ), numbered as materialized (
      select ${position.toString()}::bigint + row_number() over (order by sequence) as position, batch.* from batch
    ), placed as (
      insert into log.fact (position, slot, ${columns}) select position, uuid_hash(subject_id) & 255, ${columns} from numbered returning 1
    ), keyed as (
      insert into log.fact_key (id, first, offsets)
      select key, ${first.toString()}::bigint, array_agg((position - ${first.toString()}::bigint)::smallint) from numbered cross join lateral unnest(key_ids) as key group by key
    ), head as (
      update log.head set position = position + (select count(*) from batch) returning position
    )
    select (select count(*) from placed) as moved, pg_notify(${doorbellChannel}, (select position from head)::text || (
      select case when octet_length(types) < ${longestRing}::integer then ' ' || types else '' end from (select string_agg(distinct type, ' ') as types from numbered) as told))`);
  return Number(moved?.moved ?? 0);
}

async function moveChanges(tx: Tx, { position, partition }: { position: bigint; partition: number }): Promise<number> {
  const [size] = await tx.execute(sql`
    with next as (select sequence, cardinality(ids) as rows from log.change_pending order by sequence limit ${changeBatch}),
    summed as (select sequence, rows, sum(rows) over (order by sequence) as total from next)
    select array_agg(sequence) as sequences, max(total) as rows from summed where total - rows < ${changeBatch}`);
  if (!size?.sequences) return 0;
  await tx.execute(sql`select log.open_partitions('change', ${(position + BigInt(String(size.rows))).toString()}::bigint, ${partition})`);
  const [moved] = await tx.execute(sql`
    with batch as (
      delete from log.change_pending where sequence = any(${sql.param(size.sequences)}::bigint[]) returning *
    ), placed as (
      insert into log.change (position, entity, id, version, at)
      select ${position.toString()}::bigint + row_number() over (order by sequence, place), entity, note.id, note.version, at
      from batch cross join lateral unnest(ids, versions) with ordinality as note(id, version, place) returning 1
    ), head as (
      update log.head set change_position = change_position + (select count(*) from placed)
    )
    select count(*) as moved from placed`);
  return Number(moved?.moved ?? 0);
}

/** Milliseconds between two looks when nothing waits: the latency of the first fact after a while, and of those that follow it soon. */
const idlePause = 40;
const busyPause = 8;
/** Milliseconds for which more is expected after something was moved. */
const busyFor = 1_000;

/** Runs the sequencer. Any number of processes may; one of them moves each batch. */
export function startSequencer(parts: { db: Db; log: Logger; partition?: number | undefined }): Loop {
  let busyUntil = 0;
  const round = async () => {
    const moved = (await sequenceOnce(parts.db, parts.partition)) > 0;
    if (moved) busyUntil = performance.now() + busyFor;
    return moved;
  };
  const idle = (signal: AbortSignal) => pause(performance.now() < busyUntil ? busyPause : idlePause, undefined, { signal }).catch(() => {});
  return startLoop({ name: 'sequencer', log: parts.log, round, idle });
}
