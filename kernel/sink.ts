import type { Db } from './db.ts';
import { sql } from './sql.ts';

/** A place in what the log is written to, outside: which one it is, and the last number that it gave. */
export type Mark = { made: string; sequence: bigint };

/** How far a copy of the log outside has come. Whoever holds it writes there; nobody else does. */
export type SinkRow = { name: string; position: bigint; mark: Mark | undefined };

/** Seconds that a silent holder keeps others away: longer than one batch takes. */
const lease = 30;

/** Takes the sink, or keeps it; undefined while another worker has it. By the database's clock: workers' may differ. */
export async function holdSink(db: Db, { name, holder }: { name: string; holder: string }): Promise<SinkRow | undefined> {
  const [row] = await db.execute(sql`
    insert into log.sink as own (name, holder, held_until) values (${name}, ${holder}, now() + make_interval(secs => ${lease}))
    on conflict (name) do update set holder = excluded.holder, held_until = excluded.held_until where own.holder = excluded.holder or own.held_until < now()
    returning position, made, sequence`);
  if (!row) return undefined;
  const mark = row.made === null ? undefined : { made: String(row.made), sequence: BigInt(String(row.sequence)) };
  return { name, position: BigInt(String(row.position)), mark };
}

/** The next worker need not wait for the end of the lease. */
export async function releaseSink(db: Db, { name, holder }: { name: string; holder: string }): Promise<void> {
  await db.execute(sql`update log.sink set held_until = now() where name = ${name} and holder = ${holder}`);
}

export type Moved = { position: bigint; mark: Mark; published: number };

/** Notes how far it has come. Only of its holder: another one has looked for itself. */
export async function moveSink(db: Db, { name, holder, position, mark, published }: Moved & { name: string; holder: string }): Promise<void> {
  const [last, before] = [position.toString(), (position - BigInt(published)).toString()];
  await db.execute(sql`
    update log.sink set position = ${last}::bigint, made = ${mark.made}, sequence = ${mark.sequence.toString()}::bigint, fault = null,
      published = published + ${published}::bigint, furthest = greatest(furthest, ${last}::bigint), moved_at = now(),
      republished = republished + greatest(least(furthest, ${last}::bigint) - ${before}::bigint, 0)
    where name = ${name} and holder = ${holder}`);
}

/** Counts a connection that was made, or keeps why none was: operators read it from any process. */
export async function noteSink(db: Db, name: string, fault: string | null): Promise<void> {
  await db.execute(sql`
    update log.sink set fault = ${fault}::text, connections = connections + case when ${fault}::text is null then 1 else 0 end where name = ${name}`);
}

export type SinkStand = { name: string; position: bigint; lag: bigint; published: bigint; republished: bigint; connections: bigint; fault: string | null };

/** All sinks there ever were, and how many facts each has yet to write. */
export async function readSinks(db: Db): Promise<SinkStand[]> {
  const rows = await db.execute(sql`
    select sink.name, sink.position, greatest(head.position - sink.position, 0) as lag, published, republished, connections, fault
    from log.sink cross join log.head order by sink.name`);
  return rows.map(({ name, position, lag, published, republished, connections, fault }) => {
    const [place, behind, once, again, made] = [position, lag, published, republished, connections].map((each) => BigInt(String(each))) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return {
      name: String(name),
      position: place,
      lag: behind,
      published: once,
      republished: again,
      connections: made,
      fault: fault === null ? null : String(fault),
    };
  });
}

/** The position after which facts are at most so old, about: facts of one moment commit in any order. By halves, of what is kept. */
export async function positionBefore(db: Db, moment: Date, { head, tail }: { head: bigint; tail: bigint }): Promise<bigint> {
  let [low, high] = [tail - 1n, head];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    const [row] = await db.execute(sql`select occurred_at < ${moment.toISOString()} as older from log.fact where position = ${middle.toString()}::bigint`);
    if (row?.older === true) low = middle;
    else high = middle - 1n;
  }
  return low;
}
