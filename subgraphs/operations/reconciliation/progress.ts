import type { Db } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
import type { ReconciliationRunRow } from '../tables/reconciliation.ts';

/** Ids of parked work that a comparison knows at most; what lies beyond is a break until it is delivered. */
const mostParked = 10_000;

/** How far a process has come: the moment of the first fact that it has yet to take, if any, and the work behind those that it gave up. */
export async function postingProgress(db: Db, consumer: string): Promise<{ waitingSince: Date | null; parkedIds: string[] }> {
  const [row] = await db.execute(sql`
    select least(
      (select min(occurred_at) from log.pending),
      (select occurred_at from log.fact where position > coalesce((select min(position) from log.consumer where name = ${consumer}), 0) order by position limit 1),
      (select min(fact.occurred_at) from log.delivery join log.fact using (position)
        where consumer = ${consumer} and status in ('PENDING', 'FAILED', 'PARKED') and status <> 'PARKED')) as since`);
  const parked = await db.execute(sql`
    select distinct piece from log.delivery join log.fact using (position) cross join lateral (
      select fact.subject_id::text as piece
      union all select jsonb_array_elements_text(case when jsonb_typeof(payload -> 'entryIds') = 'array' then payload -> 'entryIds' else '[]' end)
    ) as work where consumer = ${consumer} and status in ('PENDING', 'FAILED', 'PARKED') and status = 'PARKED' limit ${mostParked}`);
  return { waitingSince: row?.since ? new Date(String(row.since)) : null, parkedIds: parked.map(({ piece }) => String(piece)) };
}

/** The next customers of whom the log told something between a run's two positions, in the order of their ids. */
export async function changedCustomers(db: Db, run: ReconciliationRunRow, first: number): Promise<string[]> {
  const rows = await db.execute(sql`
    select distinct customer::uuid as id from log.fact cross join lateral jsonb_array_elements_text(coalesce(keys -> 'customerId', '[]')) as customer
    where position > ${run.fromPosition.toString()}::bigint and position <= ${run.asOfPosition.toString()}::bigint
      and (${run.afterCustomerId}::uuid is null or customer::uuid > ${run.afterCustomerId}::uuid)
    order by 1 limit ${first}`);
  return rows.map(({ id }) => String(id));
}
