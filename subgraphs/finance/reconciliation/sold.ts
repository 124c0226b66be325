import type { Db } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
import { actualBalances, actuals, invoiceLines, invoices, openBalances } from '../tables.ts';
import { causeIn, gapOf, idList, type StageGap } from './gap.ts';

const soldCauses = ['READY_TO_BILL', 'HELD', 'ON_DRAFT_INVOICE'] as const;
type SoldCause = (typeof soldCauses)[number] | 'UNKNOWN';
type Gap = StageGap<SoldCause>;

const counts = sql.raw(`reverses_id is null and reversed_by_id is null`);
const hash = sql.raw(`sum(hashtextextended(source_id::text || ' ' || source_version || ' ' || part, 0)::numeric)`);
const nowhere = sql.raw(`'00000000-0000-0000-0000-000000000000'::uuid`);

/** Where sales in the ledger are not billed, or not as they stand there. For processes, which see all. */
export async function soldGaps(db: Db, customerIds: readonly string[]): Promise<Gap[]> {
  const found: Gap[] = [];
  for (const find of [unbilledSales, billedOtherwise, lostFromLedger, linesOtherwise]) found.push(...(await find(db, customerIds)));
  return found;
}

/** What is sold and not billed, by where it waits; beside it all that is sold in the week, and what of it is billed. */
async function unbilledSales(db: Db, customerIds: readonly string[]): Promise<Gap[]> {
  const rows = await db.execute(sql`
    with sold as (
      select own.customer_id, own.legal_entity_id, own.project_id, date_trunc('week', own.work_date)::date as week, own.currency, own.hold_code as code,
        case own.status when 'READY' then 'READY_TO_BILL' when 'NOT_READY' then 'HELD' when 'BILLED' then 'BILLED'
          else case when paper.status in ('DRAFT', 'VALIDATED') then 'ON_DRAFT_INVOICE' else 'UNKNOWN' end end as cause,
        count(*)::int as count, coalesce(sum(own.seconds), 0) as seconds, sum(own.amount_minor) as minor, ${hash} as hash,
        (array_agg(own.id order by own.id) filter (where own.status <> 'BILLED'))[1:10] as example_ids
      from ${actuals} as own left join ${invoices} as paper on own.status = 'ON_INVOICE' and paper.id = own.invoice_id
      where own.customer_id = any(${idList(customerIds)}) and own.kind = 'UNBILLED_SALES' and ${counts}
      group by 1, 2, 3, 4, 5, 6, 7
    ), whole as (
      select *, ${sumsOver('left', '')}, ${sumsOver('right', `filter (where cause = 'BILLED')`)} from sold
      window cell as (partition by customer_id, legal_entity_id, project_id, week, currency)
    )
    select *, week::text as week from whole where cause <> 'BILLED'`);
  return rows.map((row) => gapOf(causeIn(soldCauses, row.cause), row));
}

const sumsOver = (side: string, which: string) =>
  sql.raw(
    ['count', 'seconds', 'minor', 'hash']
      .map((name) => `coalesce(sum(${name}) ${which} over cell, 0)::${name === 'count' ? 'int' : 'text'} as ${side}_${name}`)
      .join(', '),
  );

/** What is marked as billed and has no line that bills it, or the other way round: by the work, since the amounts differ by discounts. */
async function billedOtherwise(db: Db, customerIds: readonly string[]): Promise<Gap[]> {
  const of = (kind: string) => sql`
    select customer_id, legal_entity_id, project_id, work_date, currency, source_type, source_id, source_version, part, seconds, amount_minor, id
    from ${actuals} where customer_id = any(${idList(customerIds)}) and kind = ${kind} and status = 'BILLED' and source_type <> 'INVOICE_LINE' and ${counts}`;
  const rows = await db.execute(sql`
    with lone as (
      select coalesce(own.customer_id, twin.customer_id) as customer_id, coalesce(own.legal_entity_id, twin.legal_entity_id) as legal_entity_id,
        coalesce(own.project_id, twin.project_id) as project_id, date_trunc('week', coalesce(own.work_date, twin.work_date))::date as week,
        coalesce(own.currency, twin.currency) as currency, own.id as own_id, coalesce(own.id, twin.id) as id, own.amount_minor as own_minor, twin.amount_minor as twin_minor,
        coalesce(own.seconds, twin.seconds, 0) as seconds
      from (${of('UNBILLED_SALES')}) as own
        full join (${of('BILLED_SALES')}) as twin using (source_type, source_id, source_version, part)
      where own.id is null or twin.id is null
    )
    select customer_id, legal_entity_id, project_id, week::text as week, currency, count(own_id)::int as left_count, coalesce(sum(own_minor), 0)::text as left_minor,
      (count(*) - count(own_id))::int as right_count, coalesce(sum(twin_minor), 0)::text as right_minor, count(*)::int as count, sum(seconds)::text as seconds,
      sum(abs(coalesce(own_minor, twin_minor)))::text as minor, (array_agg(id order by id))[1:10] as example_ids
    from lone group by 1, 2, 3, 4, 5`);
  return rows.map((row) => gapOf('UNKNOWN', row));
}

/**
 * The balances of what is not billed, which the ledger's own triggers keep, against its rows: a row that was taken away or changed behind their back. They know
 * months, so that the week is that of the month's first day.
 */
async function lostFromLedger(db: Db, customerIds: readonly string[]): Promise<Gap[]> {
  const key = sql.raw(`customer_id, legal_entity_id, coalesce(project_id, '00000000-0000-0000-0000-000000000000') as project, currency`);
  const sales = sql`customer_id = any(${idList(customerIds)}) and ${openBalances}`;
  const rows = await db.execute(sql`
    with held as (
      select ${key}, month, sum(actuals) as n, sum(seconds) as seconds, sum(amount_minor) as minor from ${actualBalances} where ${sales} group by 1, 2, 3, 4, 5
    ), there as (
      select ${key}, date_trunc('month', work_date)::date as month, count(*) as n, coalesce(sum(seconds), 0) as seconds, sum(amount_minor) as minor
      from ${actuals} where ${sales} and ${counts} group by 1, 2, 3, 4, 5
    )
    select customer_id, legal_entity_id, nullif(project, ${nowhere}) as project_id, date_trunc('week', month)::date::text as week, currency,
      sum(coalesce(held.n, 0))::int as left_count, sum(coalesce(held.seconds, 0))::text as left_seconds, sum(coalesce(held.minor, 0))::text as left_minor,
      sum(coalesce(there.n, 0))::int as right_count, sum(coalesce(there.seconds, 0))::text as right_seconds, sum(coalesce(there.minor, 0))::text as right_minor,
      sum(abs(coalesce(held.n, 0) - coalesce(there.n, 0)))::int as count, sum(abs(coalesce(held.seconds, 0) - coalesce(there.seconds, 0)))::text as seconds,
      sum(abs(coalesce(held.minor, 0) - coalesce(there.minor, 0)))::text as minor
    from held full join there using (customer_id, legal_entity_id, project, currency, month)
    where (coalesce(held.n, 0), coalesce(held.seconds, 0), coalesce(held.minor, 0)) <> (coalesce(there.n, 0), coalesce(there.seconds, 0), coalesce(there.minor, 0))
    group by 1, 2, 3, 4, 5`);
  return rows.map((row) => gapOf('UNKNOWN', row));
}

/** Lines of posted invoices that ask for other than what they bill; where a piece of work is missing on one, that is said above. */
async function linesOtherwise(db: Db, customerIds: readonly string[]): Promise<Gap[]> {
  const rows = await db.execute(sql`
    with line as (
      select paper.customer_id, paper.legal_entity_id, own.project_id, there.lone, date_trunc('week', coalesce(own.supplied_from, paper.invoice_date))::date as week, own.currency,
        own.amount_minor as asked, own.id, there.billed
      from ${invoices} as paper join ${invoiceLines} as own on own.invoice_id = paper.id cross join lateral (
        select coalesce(sum(amount_minor) filter (where kind = 'BILLED_SALES'), 0) as billed,
          count(*) filter (where kind = 'UNBILLED_SALES') - count(*) filter (where kind = 'BILLED_SALES' and source_type <> 'INVOICE_LINE') as lone
        from ${actuals} where invoice_line_id = own.id and reverses_id is null) as there
      where paper.customer_id = any(${idList(customerIds)}) and paper.kind = 'INVOICE' and paper.number <> ''
    )
    select customer_id, legal_entity_id, project_id, week::text as week, currency, count(*)::int as left_count, sum(billed)::text as left_minor,
      count(*)::int as right_count, sum(asked)::text as right_minor, count(*)::int as count, sum(abs(asked - billed))::text as minor,
      (array_agg(id order by id))[1:10] as example_ids
    from line where asked <> billed and lone = 0 group by 1, 2, 3, 4, 5`);
  return rows.map((row) => gapOf('UNKNOWN', row));
}
