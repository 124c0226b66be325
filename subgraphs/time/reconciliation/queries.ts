import type { Db } from '#kernel/db.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { expenses, timesheetEntries } from '../tables.ts';

/** Where approved work is on its way to the ledger. UNKNOWN: nobody has it. */
export type ApprovedState = 'POSTED' | 'EXCEPTION' | 'EXCEPTION_DISMISSED' | 'PARKED_DELIVERY' | 'UNDER_WAY' | 'UNKNOWN';

/** Approved work of a project's week in one state; money is that of expenses, and of exceptions that know theirs. */
export type ApprovedSums = {
  customerId: string;
  legalEntityId: string | null;
  projectId: string;
  week: string;
  state: ApprovedState;
  code: string | null;
  currency: string | null;
  count: number;
  seconds: bigint;
  minor: bigint;
  hash: string;
  exampleIds: string[];
};

/** What the process that posts has not done yet: approvals from this moment on, and work whose approval it gave up. */
export type PostingProgress = { waitingSince: Date | null; parkedIds: readonly string[] };

const approvedTime = sql.raw(`status in ('APPROVED', 'RECALL_REQUESTED')`);
const approvedExpense = sql.raw(`status in ('APPROVED', 'RECALL_REQUESTED', 'REIMBURSED')`);

/** Approved work one by one. */
function workWhere(condition: SQL): SQL {
  const columns = sql.raw(
    'id, coalesce(approved_version, version) as source_version, customer_id, legal_entity_id, project_id, work_date, posting_status, approved_at',
  );
  return sql`
    select ${columns}, seconds, 0::bigint as minor, null::text as currency from ${timesheetEntries} where ${approvedTime} and ${condition}
    union all select ${columns}, 0, amount_minor, currency from ${expenses} where ${approvedExpense} and ${condition}`;
}

const ids = (values: readonly string[]): SQL => sql`${sql.param([...values])}::uuid[]`;

/** The stage of approvals: all approved work of customers by project, week and state, in one statement. For processes, which see all. */
export async function approvedStage(db: Db, customerIds: readonly string[], { waitingSince, parkedIds }: PostingProgress): Promise<ApprovedSums[]> {
  const since = waitingSince ? sql`approved_at >= ${waitingSince.toISOString()}::timestamptz` : sql`false`;
  const rows = await db.execute(sql`
    with work as (${workWhere(sql`customer_id = any(${ids(customerIds)})`)}), judged as (
      select work.*, case work.posting_status when 'POSTED' then 'POSTED' when 'EXCEPTION' then
          case when last.status = 'DISMISSED' then 'EXCEPTION_DISMISSED' when last.status in ('OPEN', 'RETRYING') then 'EXCEPTION' else 'UNKNOWN' end
        else case when work.id = any(${ids(parkedIds)}) then 'PARKED_DELIVERY' when ${since} then 'UNDER_WAY' else 'UNKNOWN' end end as state,
        case when last.status in ('OPEN', 'RETRYING', 'DISMISSED') then last.code end as code,
        coalesce(work.currency, last.currency) as in_currency, coalesce(case when work.currency is null then last.amount_minor end, work.minor) as at_risk
      from work left join lateral (
        select status, code, amount_minor, currency from log.exception_state
        where subject_id = work.id order by last_seen_at desc, id desc limit 1
      ) as last on work.posting_status = 'EXCEPTION')
    select customer_id, (array_agg(legal_entity_id))[1] as legal_entity_id, project_id, date_trunc('week', work_date)::date::text as week, state, code,
      case when state <> 'POSTED' then in_currency end as currency, count(*)::int as count, sum(seconds)::text as seconds,
      sum(at_risk)::text as minor, sum(hashtextextended(id::text || ' ' || source_version, 0)::numeric)::text as hash,
      case when state <> 'POSTED' then (array_agg(id order by id))[1:10] else '{}' end as example_ids
    from judged group by customer_id, project_id, date_trunc('week', work_date), state, code, 7`);
  return rows.map((row) => ({
    ...{ customerId: String(row.customer_id), legalEntityId: textOf(row.legal_entity_id), projectId: String(row.project_id), week: String(row.week) },
    ...{ state: row.state as ApprovedState, code: textOf(row.code), currency: textOf(row.currency) },
    ...{ count: Number(row.count), seconds: BigInt(String(row.seconds)), minor: BigInt(String(row.minor)), hash: String(row.hash) },
    exampleIds: row.example_ids as string[],
  }));
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** One week of a project. */
export type ProjectWeek = { projectId: string; week: string };

/** One piece of approved work, and whether it is marked as posted. */
export type ApprovedPiece = { week: ProjectWeek; version: number; seconds: bigint; posted: boolean };

/** What stands approved in some weeks, by its id. */
export async function approvedPieces(db: Db, weeks: readonly ProjectWeek[]): Promise<Map<string, ApprovedPiece>> {
  if (weeks.length === 0) return new Map();
  const within = sql`(project_id, date_trunc('week', work_date)::date) in (
    select "projectId", week from jsonb_to_recordset(${JSON.stringify(weeks)}::jsonb) as given("projectId" uuid, week date))
    and project_id = any(${ids(weeks.map(({ projectId }) => projectId))})`;
  const rows = await db.execute(sql`
    select id, source_version, posting_status, seconds::text as seconds, project_id, date_trunc('week', work_date)::date::text as week from (${workWhere(within)}) as work`);
  return new Map(
    rows.map((row) => {
      const week = { projectId: String(row.project_id), week: String(row.week) };
      return [String(row.id), { week, version: Number(row.source_version), seconds: BigInt(String(row.seconds)), posted: row.posting_status === 'POSTED' }];
    }),
  );
}
