import { and, type SQL, sql } from 'drizzle-orm';
import type { ActualFilter, ActualGroup } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import { showMoney } from '#kernel/money.ts';
import { type ActualKind, actuals } from '../tables.ts';
import { visibleRows } from '../visibility.ts';
import { actualConditions, counting } from './queries.ts';

/** Rows that a summary gives at most. */
const rowLimit = 10_000;

type Grouped = {
  kind: ActualKind | null;
  customer_id: string | null;
  project_id: string | null;
  contract_id: string | null;
  currency: string;
  n: string;
  seconds: string;
  minor: string;
};

/** Sums by currency and the asked groups, in one statement. */
export async function actualSummary(context: Context, groupBy: readonly ActualGroup[], filter: ActualFilter | null | undefined) {
  demand(context.actor, 'actual:read');
  checkLists('filter', filter);
  const asked = new Set(groupBy);
  const column = (group: ActualGroup, name: SQL, none: SQL) => (asked.has(group) ? name : none);
  const groups = [
    column('KIND', sql`${actuals.kind}`, sql`null::text`),
    column('CUSTOMER', sql`${actuals.customerId}`, sql`null::uuid`),
    column('PROJECT', sql`${actuals.projectId}`, sql`null::uuid`),
    column('CONTRACT', sql`${actuals.contractId}`, sql`null::uuid`),
  ] as const;
  const conditions = filter ? actualConditions(filter) : [];
  const where = and(filter?.reversed === true ? undefined : counting, visibleRows(context.actor, actuals), ...conditions);
  const rows = await context.db.execute(sql`
    select ${groups[0]} as kind, ${groups[1]} as customer_id, ${groups[2]} as project_id, ${groups[3]} as contract_id, currency,
      count(*) as n, coalesce(sum(seconds), 0) as seconds, sum(amount_minor) as minor
    from ${actuals} where ${where ?? sql`true`} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 limit ${rowLimit + 1}`);
  if (rows.length > rowLimit) throw new Refused('COST_LIMIT', `The summary has more than ${rowLimit} rows. Narrow the filter or ask for fewer groups.`);
  return rows.map((row) => summaryRow(row as Grouped));
}

function summaryRow({ kind, customer_id, project_id, contract_id, currency, n, seconds, minor }: Grouped) {
  const reference = (id: string | null) => (id === null ? null : { id });
  return {
    kind,
    customer: reference(customer_id),
    project: reference(project_id),
    contract: reference(contract_id),
    count: Number(n),
    hours: hoursOfSeconds(BigInt(seconds)),
    amount: showMoney({ minor: BigInt(minor), currency }),
    currency,
  };
}
