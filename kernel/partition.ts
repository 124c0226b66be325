import type { Db, Tx } from './db.ts';
import { sql } from './sql.ts';

/** Partitions of a consumer that does not say how many: as many workers can share it. */
export const defaultPartitions = 8;
/** What subjects are spread over; a partition is the slots with one remainder. */
export const slots = 256;

/** A part of a consumer's work: the subjects whose slot, divided by `of`, leaves `number`. */
export type Partition = { number: number; of: number; position: bigint };

/**
 * Gives a consumer its partitions. When their number changes, each new one starts where the slowest old one stood:
 * facts of the others come by again, and their deliveries keep them from being handled twice.
 */
export async function openPartitions(db: Db, { name, partitions = defaultPartitions }: { name: string; partitions?: number | undefined }): Promise<void> {
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > slots)
    throw new Error(`${name} has ${partitions} partitions; 1 to ${slots} are possible`);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`consumer ${name}`}, 0))`);
    const [there] = await tx.execute(sql`select count(*) as n from log.consumer where name = ${name}`);
    if (Number(there?.n) === partitions) return;
    // Whoever is at a batch finishes it first.
    await tx.execute(sql`select 1 from log.consumer where name = ${name} order by partition for update`);
    const [start] = await tx.execute(sql`
      select coalesce((select min(position) from log.consumer where name = ${name}), greatest(oldest - 1, 0)) as position from log.head`);
    await tx.execute(sql`delete from log.consumer where name = ${name}`);
    await tx.execute(sql`
      insert into log.consumer (name, partition, partitions, position)
      select ${name}, number, ${partitions}::smallint, ${String(start?.position ?? 0)}::bigint from generate_series(0, ${partitions - 1}::integer) as number`);
  });
}

/** Locks up to `most` partitions that nobody works on, the furthest behind first. A dead worker's are free with the end of its connection. */
export async function takePartitions(tx: Tx, name: string, most: number): Promise<Partition[]> {
  const rows = await tx.execute(sql`
    select partition, partitions, position from log.consumer where name = ${name} order by position, partition limit ${most} for update skip locked`);
  return rows.map((row) => ({ number: Number(row.partition), of: Number(row.partitions), position: BigInt(String(row.position)) }));
}
