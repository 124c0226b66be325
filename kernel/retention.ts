import type { Tx } from './db.ts';
import { sql } from './sql.ts';
import type { Logger } from './telemetry.ts';

export type Retention = {
  /** Milliseconds that a fact, a change and a run that has ended are kept. */
  age: number;
  /** Milliseconds from the moment when a partition is refused to new readers to its end: longer than any statement. */
  grace: number;
};

/** Kept unless the installation says otherwise: thirteen months, so that a year can be compared with the one before. */
export const defaultRetention: Retention = { age: 400 * 86_400_000, grace: 120_000 };

export type RetainParts = { retention: Retention; now: Date; log: Logger };

type Stream = { name: 'fact' | 'change'; position: string; oldest: string; at: string };

const streams: readonly Stream[] = [
  { name: 'fact', position: 'position', oldest: 'oldest', at: 'occurred_at' },
  { name: 'change', position: 'change_position', oldest: 'change_oldest', at: 'at' },
];

/** Runs that are forgotten at once at most. */
const runBite = 1_000;
/** Records of the audit stream that are forgotten at once at most. */
const auditBite = 5_000;

/**
 * Forgets what is older than it must be, a partition at a time and in two turns: first nobody may begin to read it, later it is dropped.
 * So no reader ever finds a gap. Gives how much it did.
 */
export async function retain(tx: Tx, { retention, now, log }: RetainParts): Promise<number> {
  // The row of the sequencer, before any table: in the other order the two would wait for each other.
  await tx.execute(sql`select 1 from log.head for update`);
  // Whoever reads the log now is not made to wait behind us; we come again.
  await tx.execute(sql`set local lock_timeout = '500ms'`);
  const before = new Date(now.getTime() - retention.age).toISOString();
  let done = 0;
  for (const stream of streams) {
    const [dropped] = await tx.execute(sql`select log.drop_partitions(${stream.name}, ${new Date(now.getTime() - retention.grace).toISOString()}) as n`);
    done += Number(dropped?.n ?? 0) + (await forget(tx, { stream, before, now, log }));
  }
  const runs = await tx.execute(sql`
    delete from log.process_run where id in (select id from log.process_run where ended_at < ${before} order by ended_at limit ${runBite}) returning 1`);
  const [audit] = await tx.execute(sql`select log.forget_audit(${before}, ${auditBite}) as n`);
  return done + runs.length + Number(audit?.n ?? 0);
}

type Forgetting = { stream: Stream; before: string; now: Date; log: Logger };

/** Moves the beginning of a stream past its oldest partition, when that is full, old enough and nobody needs it any more. */
async function forget(tx: Tx, { stream, before, now, log }: Forgetting): Promise<number> {
  const [name, position, oldest, at] = [stream.name, ...[stream.position, stream.oldest, stream.at].map((column) => sql.identifier(column))];
  const [row] = await tx.execute(sql`
    select partition.first, partition.past from log.partition partition cross join log.head
    where partition.stream = ${name} and partition.forgotten_at is null and partition.past <= head.${position}
      and (select ${at} from log.${sql.identifier(name)} where position = partition.past - 1) < ${before}
    order by partition.first limit 1`);
  if (!row) return 0;
  const past = String(row.past);
  const held = name === 'fact' ? await holdersOf(tx, past) : [];
  if (held.length > 0) {
    log.warn({ first: String(row.first), past, held }, 'the log keeps facts that are past their time: these consumers have not done with them');
    return 0;
  }
  await tx.execute(sql`update log.partition set forgotten_at = ${now.toISOString()} where stream = ${name} and first = ${String(row.first)}::bigint`);
  await tx.execute(sql`update log.head set ${oldest} = greatest(${oldest}, ${past}::bigint)`);
  return 1;
}

/** Consumers that have yet to read facts before the position, or have some that failed, wait or were given up. */
async function holdersOf(tx: Tx, past: string): Promise<string[]> {
  const rows = await tx.execute(sql`
    select name from log.consumer where position < ${past}::bigint - 1
    union select consumer from log.delivery where position < ${past}::bigint and status in ('PENDING', 'FAILED', 'PARKED') order by 1`);
  return rows.map((row) => String(row.name));
}
