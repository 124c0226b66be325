import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import { attempt } from '#kernel/outcome.ts';
import { sql } from '#kernel/sql.ts';
import { demandOpenProject, saleOf } from '../actual/assess.ts';
import { type Pricing, readPricing } from '../actual/pricing.ts';
import { type ApprovedEntry, type ApprovedExpense, type Work, workOfExpense, workOfTime } from '../actual/work.ts';
import { actuals } from '../tables.ts';
import { idList, textOf } from './gap.ts';

/** What counts, and stands for approved work: its cost, of which each piece of work has one. */
const costOfWork = sql.raw(`kind = 'COST' and source_type in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM') and reverses_id is null and reversed_by_id is null`);

/** What the ledger holds of a project's week of work. */
export type PostedSums = { customerId: string; legalEntityId: string | null; projectId: string; week: string; count: number; seconds: bigint; hash: string };

/** The stage of postings: all work of customers that stands in the ledger, by project and week, in one statement. For processes, which see all. */
export async function postedStage(db: Db, customerIds: readonly string[]): Promise<PostedSums[]> {
  const rows = await db.execute(sql`
    select customer_id, (array_agg(legal_entity_id))[1] as legal_entity_id, project_id, date_trunc('week', work_date)::date::text as week, count(*)::int as count,
      coalesce(sum(seconds), 0)::text as seconds, sum(hashtextextended(source_id::text || ' ' || source_version, 0)::numeric)::text as hash
    from ${actuals} where customer_id = any(${idList(customerIds)}) and ${costOfWork} and project_id is not null
    group by customer_id, project_id, date_trunc('week', work_date)`);
  return rows.map((row) => ({
    ...{ customerId: String(row.customer_id), legalEntityId: textOf(row.legal_entity_id), projectId: String(row.project_id), week: String(row.week) },
    ...{ count: Number(row.count), seconds: BigInt(String(row.seconds)), hash: String(row.hash) },
  }));
}

/** One piece of work as the ledger has it, and what it sells for. */
export type PostedSource = { projectId: string; week: string; version: number; seconds: bigint; sale: Money | undefined };

/** What the ledger holds of some weeks, by the id of the work. */
export async function postedSources(db: Db, weeks: readonly { projectId: string; week: string }[]): Promise<Map<string, PostedSource>> {
  if (weeks.length === 0) return new Map();
  const rows = await db.execute(sql`
    select cost.source_id, cost.source_version, coalesce(cost.seconds, 0)::text as seconds, cost.project_id, date_trunc('week', cost.work_date)::date::text as week,
      sale.minor, sale.currency
    from ${actuals} as cost left join lateral (
      select sum(amount_minor)::text as minor, min(currency) as currency from ${actuals}
      where source_id = cost.source_id and kind in ('UNBILLED_SALES', 'DRAWN_SALES') and reverses_id is null and reversed_by_id is null
    ) as sale on true
    where ${costOfWork} and project_id = any(${idList(weeks.map(({ projectId }) => projectId))}) and (project_id, date_trunc('week', work_date)::date) in (
      select "projectId", week from jsonb_to_recordset(${JSON.stringify(weeks)}::jsonb) as given("projectId" uuid, week date))`);
  return new Map(
    rows.map((row) => {
      const sale = row.currency ? { minor: BigInt(String(row.minor)), currency: String(row.currency) } : undefined;
      const place = { projectId: String(row.project_id), week: String(row.week) };
      return [String(row.source_id), { ...place, version: Number(row.source_version), seconds: BigInt(String(row.seconds)), sale }];
    }),
  );
}

/** What approved work would sell for as it is priced now, by its id; of what nobody is billed for, or no rate prices, there is nothing. */
export async function valueOfWork(
  db: Db,
  { entries, expenses }: { entries: readonly ApprovedEntry[]; expenses: readonly ApprovedExpense[] },
): Promise<Map<string, Money>> {
  const works = [...entries.map(workOfTime), ...expenses.map(workOfExpense)];
  if (works.length === 0) return new Map();
  const pricing = await readPricing(db, works);
  return new Map(works.flatMap((work) => priceOf(work, pricing).map((price) => [work.sourceId, price] as const)));
}

function priceOf(work: Work, pricing: Pricing): Money[] {
  const project = pricing.project(work.projectId);
  if (!project) return [];
  const sale = attempt(() => saleOf(work, { project, legalEntity: demandOpenProject(project, pricing), pricing }));
  return sale && 'price' in sale && sale.price ? [{ minor: sale.price.minor, currency: sale.price.currency }] : [];
}
