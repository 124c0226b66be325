import type { LeakageGrouping, ReconciliationBreakFilter, ReconciliationBreakOrderField } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import type { Money } from '#kernel/money.ts';
import { idIn, wordIn } from '#kernel/read.ts';
import { and, gte, lte, type SQL, sql } from '#kernel/sql.ts';
import { demandWholeFirm, visibleById, visibleTo } from '#kernel/visibility.ts';
import {
  type BreakCause,
  type ReconciliationBreakRow,
  type ReconciliationRunRow,
  reconciliationBreaks,
  reconciliationRuns,
  type StagePair,
  standingBreaks,
} from '../tables/reconciliation.ts';

const read = 'reconciliation:read';
const runsById = visibleById(reconciliationRuns, read);
const breaksById = visibleById(reconciliationBreaks, read);

/** A run; the whole firm's. */
export function readReconciliationRun(context: Context, id: string): Promise<ReconciliationRunRow | undefined> {
  demandWholeFirm(context.actor, 'A reconciliation');
  return context.load(runsById, id);
}

/** A break, if there is one that the actor may know of. */
export function readBreak(context: Context, id: string): Promise<ReconciliationBreakRow | undefined> {
  return context.load(breaksById, id);
}

export const reconciliationRunList: List<typeof reconciliationRuns, never, 'STARTED_AT'> = {
  table: reconciliationRuns,
  read,
  orders: { STARTED_AT: reconciliationRuns.startedAt },
  defaultOrder: { field: 'STARTED_AT', direction: 'DESC' },
  filter: () => [],
};

function conditions(filter: ReconciliationBreakFilter): (SQL | undefined)[] {
  const { status, pair, cause, code, customerId, projectId, legalEntityId, week } = reconciliationBreaks;
  return [
    wordIn(status, filter.statuses),
    wordIn(pair, filter.pairs),
    wordIn(cause, filter.causes),
    wordIn(code, filter.codes),
    idIn(customerId, filter.customerIds),
    idIn(projectId, filter.projectIds),
    idIn(legalEntityId, filter.legalEntityIds),
    filter.weekFrom ? gte(week, filter.weekFrom) : undefined,
    filter.weekTo ? lte(week, filter.weekTo) : undefined,
  ];
}

export const breakList: List<typeof reconciliationBreaks, ReconciliationBreakFilter, ReconciliationBreakOrderField> = {
  table: reconciliationBreaks,
  read,
  orders: {
    LAST_SEEN_AT: reconciliationBreaks.lastSeenAt,
    FIRST_SEEN_AT: reconciliationBreaks.firstSeenAt,
    WEEK: reconciliationBreaks.week,
    MONEY_AT_RISK: reconciliationBreaks.amountMinor,
  },
  defaultOrder: { field: 'LAST_SEEN_AT', direction: 'DESC' },
  filter: conditions,
};

const keys = {
  FIRM: [`''`, 'null'],
  LEGAL_ENTITY: ['legal_entity_id::text', 'null'],
  CUSTOMER: ['customer_id::text', 'null'],
  PROJECT: ['project_id::text', 'null'],
  CAUSE: ['cause', 'code'],
  PAIR: ['pair', 'null'],
} as const satisfies Record<LeakageGrouping, readonly [string, string]>;

/** What was earned and is not in the firm's account: what is recognized is another question. */
const leaking = ['APPROVED_POSTED', 'POSTED_BILLED', 'BILLED_PAID'] as const satisfies readonly StagePair[];

type Asked = { groupBy: LeakageGrouping; filter?: ReconciliationBreakFilter | null | undefined; first?: number | null | undefined };
type Sums = { key: string | null; code: string | null; n: string; seconds: string; amounts: { currency: string; minor: string }[] | null };
export type LeakageSums = { key: string | null; code: string | null; count: number; seconds: bigint; amounts: Money[] };

/** The differences that stand, summed by one thing: one statement over what stands, which is small however old the firm is. */
export async function leakage(context: Context, { groupBy, filter, first }: Asked): Promise<{ comparedAt: Date | null; rows: LeakageSums[]; more: boolean }> {
  demand(context.actor, read);
  checkLists('filter', filter);
  const limit = first ?? 100;
  if (limit < 1 || limit > 250) throw new Refused('VALIDATION_FAILED', 'first must be 1 to 250.', { field: 'first' });
  const given = filter ?? {};
  const standing = given.statuses ? undefined : standingBreaks;
  const where = and(standing, wordIn(reconciliationBreaks.pair, leaking), visibleTo(context.actor, reconciliationBreaks), ...conditions(given));
  const [key, code] = keys[groupBy];
  const found = await context.db.execute<Sums>(sql`
    with each as (
      select ${sql.raw(key)} as key, ${sql.raw(code)}::text as code, currency, sum(count) as n, sum(seconds) as seconds, sum(amount_minor) as minor
      from ${reconciliationBreaks} where ${where} group by 1, 2, 3)
    select key, code, sum(n)::text as n, sum(seconds)::text as seconds,
      jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor::text) order by currency) filter (where currency is not null) as amounts
    from each group by key, code order by sum(minor) desc, sum(seconds) desc, key, code limit ${limit + 1}`);
  const rows = found.slice(0, limit).map((row) => ({
    ...{ key: row.key, code: row.code, count: Number(row.n), seconds: BigInt(row.seconds) },
    amounts: (row.amounts ?? []).map(({ currency, minor }) => ({ currency, minor: BigInt(minor) })),
  }));
  return { comparedAt: await lastThrough(context.unconfined), rows, more: found.length > limit };
}

async function lastThrough(db: Db): Promise<Date | null> {
  const [row] = await db.execute(sql`select max(started_at) as at from ${reconciliationRuns} where finished_at is not null`);
  return row?.at ? new Date(String(row.at)) : null;
}

export const isPair = (key: string | null): key is StagePair => leaking.some((pair) => pair === key);
export const isCause = (key: string | null): key is BreakCause => key !== null && /^[A-Z_]+$/.test(key);

export { changedCustomers, postingProgress } from './progress.ts';
