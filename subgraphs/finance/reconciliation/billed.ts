import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { sql } from '#kernel/sql.ts';
import { disputes, invoiceLines, invoices, paymentApplications, revenueEvents } from '../tables.ts';
import { causeIn, gapOf, idList, type StageGap } from './gap.ts';

const paidCauses = ['NOT_YET_DUE', 'OVERDUE', 'DISPUTED'] as const;
type PaidCause = (typeof paidCauses)[number] | 'UNKNOWN';
type RecognizedCause = 'NOT_YET_RECOGNIZED' | 'UNKNOWN';

/** The project of what bills one alone. */
const soleProject = sql`(select case when count(distinct project_id) = 1 then (array_agg(project_id))[1] end from ${invoiceLines} where invoice_id = paper.id)`;

/** What is billed and not paid, by project: an invoice over several is shared out by what each project's lines ask for, to the cent. */
export async function paidGaps(db: Db, customerIds: readonly string[], today: CalendarDate): Promise<StageGap<PaidCause>[]> {
  return [...(await unpaid(db, customerIds, today)), ...(await appliedOtherwise(db, customerIds))];
}

async function unpaid(db: Db, customerIds: readonly string[], today: CalendarDate): Promise<StageGap<PaidCause>[]> {
  const share = (amount: string) => sql.raw(`(div(${amount} * upto, all_of) - div(${amount} * (upto - weight), all_of))`);
  const rows = await db.execute(sql`
    with paper as (
      select id, customer_id, legal_entity_id, currency, date_trunc('week', invoice_date)::date as week, paid_minor::numeric as paid,
        (total_minor - credited_minor - written_off_minor)::numeric as owed,
        case when exists (select from ${disputes} where invoice_id = own.id and status = 'OPEN') then 'DISPUTED' when due_date < ${today}::date then 'OVERDUE' else 'NOT_YET_DUE' end as cause
      from ${invoices} as own
      where customer_id = any(${idList(customerIds)}) and status in ('POSTED', 'PARTLY_PAID') and kind = 'INVOICE'
    ), part as (
      select paper.*, line.project_id, greatest(sum(line.amount_minor), 0) + 0.000001 as weight
      from paper join ${invoiceLines} as line on line.invoice_id = paper.id
      group by paper.id, paper.customer_id, paper.legal_entity_id, paper.currency, paper.week, paper.paid, paper.owed, paper.cause, line.project_id
    ), placed as (
      select *, sum(weight) over (partition by id order by project_id nulls last) as upto, sum(weight) over (partition by id) as all_of from part
    ), shared as (
      select *, ${share('owed')} as owes, ${share('paid')} as has from placed
    )
    select cause, customer_id, legal_entity_id, project_id, week::text as week, currency, count(*)::int as left_count, sum(owes)::text as left_minor,
      count(*) filter (where has > 0)::int as right_count, sum(has)::text as right_minor, count(*)::int as count, sum(owes - has)::text as minor,
      (array_agg(id order by id))[1:10] as example_ids
    from shared where owes <> has group by cause, customer_id, legal_entity_id, project_id, week, currency`);
  return rows.map((row) => gapOf(causeIn(paidCauses, row.cause), row));
}

/** Invoices that say otherwise than the payments applied to them. */
async function appliedOtherwise(db: Db, customerIds: readonly string[]): Promise<StageGap<PaidCause>[]> {
  const rows = await db.execute(sql`
    with paper as (
      select own.*, (select coalesce(sum(amount_minor), 0) from ${paymentApplications} where invoice_id = own.id and reversed_at is null) as applied
      from ${invoices} as own where customer_id = any(${idList(customerIds)}) and kind = 'INVOICE' and number <> ''
    )
    select customer_id, legal_entity_id, ${soleProject} as project_id, date_trunc('week', invoice_date)::date::text as week, currency, count(*)::int as left_count,
      sum(paid_minor)::text as left_minor, count(*) filter (where applied > 0)::int as right_count, sum(applied)::text as right_minor, count(*)::int as count,
      sum(abs(paid_minor - applied))::text as minor, (array_agg(id order by id))[1:10] as example_ids
    from paper where paid_minor <> applied group by 1, 2, 3, 4, 5`);
  return rows.map((row) => gapOf('UNKNOWN', row));
}

/** What is billed as earned and not recognized so, and revenue whose day has come. */
export async function recognizedGaps(db: Db, customerIds: readonly string[], today: CalendarDate): Promise<StageGap<RecognizedCause>[]> {
  const other = await db.execute(sql`
    with paper as (
      select own.*, (select coalesce(sum(amount_minor), 0) from ${invoiceLines} where invoice_id = own.id and account = 'REVENUE') as earned,
        (select coalesce(sum(amount_minor), 0) from ${revenueEvents} where invoice_id = own.id and status = 'RECOGNIZED') as told
      from ${invoices} as own where customer_id = any(${idList(customerIds)}) and kind = 'INVOICE' and number <> '' and status <> 'CREDITED'
    )
    select customer_id, legal_entity_id, ${soleProject} as project_id, date_trunc('week', invoice_date)::date::text as week, currency, count(*)::int as left_count,
      sum(earned)::text as left_minor, count(*) filter (where told <> 0)::int as right_count, sum(told)::text as right_minor, count(*)::int as count,
      sum(abs(earned - told))::text as minor, (array_agg(id order by id))[1:10] as example_ids
    from paper where earned <> told group by 1, 2, 3, 4, 5`);
  const due = await db.execute(sql`
    select customer_id, legal_entity_id, project_id, date_trunc('week', recognition_date)::date::text as week, currency, count(*)::int as left_count,
      sum(amount_minor)::text as left_minor, count(*)::int as count, sum(amount_minor)::text as minor, (array_agg(id order by id))[1:10] as example_ids
    from ${revenueEvents} where customer_id = any(${idList(customerIds)}) and status in ('SCHEDULED', 'PENDING_APPROVAL') and recognition_date <= ${today}::date
    group by 1, 2, 3, 4, 5`);
  return [...other.map((row) => gapOf('UNKNOWN', row)), ...due.map((row) => gapOf('NOT_YET_RECOGNIZED', row))];
}
