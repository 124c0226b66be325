import type { ActualFilter, ActualGroup, ActualSummaryOrder } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { showSeconds } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { showMoney } from '#kernel/money.ts';
import { inMonths } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { and, gte, inArray, lte, type SQL, sql } from '#kernel/sql.ts';
import { visibleTo } from '#kernel/visibility.ts';
import { type ActualKind, actualBalances, actuals } from '../tables.ts';
import { actualConditions, counting } from './queries.ts';

/** Rows that a summary gives at most. */
const rowLimit = 10_000;

type Grouped = {
  kind: ActualKind | null;
  customer_id: string | null;
  project_id: string | null;
  contract_id: string | null;
  month: string | null;
  currency: string;
  n: string;
  seconds: string;
  minor: string;
};

const orders = { AMOUNT: sql`sum(amount_minor)`, HOURS: sql`sum(seconds)`, COUNT: sql`sum(actuals)`, MONTH: sql`5` };

type Asked = { groupBy: readonly ActualGroup[]; filter?: ActualFilter | null | undefined; orderBy?: ActualSummaryOrder | null | undefined };

/** Sums by currency and the asked groups, in one statement. */
export async function actualSummary(context: Context, { groupBy, filter, orderBy }: Asked) {
  demand(context.actor, 'actual:read');
  checkLists('filter', filter);
  const asked = new Set(groupBy);
  const column = (group: ActualGroup, name: SQL, none: SQL) => (asked.has(group) ? name : none);
  const groups = [
    column('KIND', sql`kind`, sql`null::text`),
    column('CUSTOMER', sql`customer_id`, sql`null::uuid`),
    column('PROJECT', sql`project_id`, sql`null::uuid`),
    column('CONTRACT', sql`contract_id`, sql`null::uuid`),
    column('MONTH', sql`month`, sql`null::date`),
  ] as const;
  const order = orderBy ? sql`${orders[orderBy.field]} ${sql.raw(orderBy.direction === 'ASC' ? 'asc' : 'desc')} nulls last, ` : sql``;
  const source = byMonths(filter) ? ofMonths(context, filter ?? {}) : ofRows(context, filter ?? {});
  const rows = await context.db.execute(sql`
    select ${groups[0]} as kind, ${groups[1]} as customer_id, ${groups[2]} as project_id, ${groups[3]} as contract_id, ${groups[4]} as month, currency,
      sum(actuals) as n, coalesce(sum(seconds), 0) as seconds, sum(amount_minor) as minor
    from (${source}) as each group by 1, 2, 3, 4, 5, 6 having sum(actuals) <> 0 order by ${order}1, 2, 3, 4, 5, 6 limit ${rowLimit + 1}`);
  if (rows.length > rowLimit) throw new Refused('COST_LIMIT', `The summary has more than ${rowLimit} rows. Narrow the filter or ask for fewer groups.`);
  return rows.map((row) => summaryRow(row as Grouped));
}

/** False for what balances do not tell apart: single people, invoices and sources have few rows, and so has what was reversed. */
function byMonths(filter: ActualFilter | null | undefined): boolean {
  return !(
    filter?.employeeIds ||
    filter?.invoiceIds ||
    filter?.counterpartIds ||
    filter?.intercompanyChargeIds ||
    filter?.sourceIds ||
    filter?.externalRefs ||
    filter?.updatedSince ||
    filter?.reversed
  );
}

function ofRows(context: Context, filter: ActualFilter): SQL {
  const where = and(filter.reversed === true ? undefined : counting, visibleTo(context.actor, actuals), ...actualConditions(filter));
  return sql`select kind, customer_id, project_id, contract_id, date_trunc('month', work_date)::date as month, currency, 1 as actuals, seconds, amount_minor from ${actuals} where ${where ?? sql`true`}`;
}

/** Whole months from the balances, the days beside them from the rows. */
function ofMonths(context: Context, { workDateFrom, workDateTo, ...rest }: ActualFilter): SQL {
  const { months, edges } = inMonths(workDateFrom, workDateTo);
  const { month } = actualBalances;
  const within = months ? and(months.from ? gte(month, months.from) : undefined, months.to ? lte(month, months.to) : undefined) : sql`false`;
  const where = and(within, visibleTo(context.actor, actualBalances), ...balanceConditions(rest));
  const whole = sql`select kind, customer_id, project_id, contract_id, month, currency, actuals, seconds, amount_minor from ${actualBalances} where ${where ?? sql`true`}`;
  return sql.join([whole, ...edges.map(({ from, to }) => ofRows(context, { ...rest, workDateFrom: from, workDateTo: to }))], sql` union all `);
}

function balanceConditions(filter: ActualFilter): (SQL | undefined)[] {
  const balance = actualBalances;
  return [
    wordIn(balance.kind, filter.kinds),
    wordIn(balance.transactionClass, filter.classes),
    wordIn(balance.status, filter.statuses),
    wordIn(balance.sourceType, filter.sourceTypes),
    filter.customerIds ? inArray(balance.customerId, filter.customerIds.filter(isId)) : undefined,
    filter.engagementIds ? inArray(balance.engagementId, filter.engagementIds.filter(isId)) : undefined,
    filter.contractIds ? inArray(balance.contractId, filter.contractIds.filter(isId)) : undefined,
    filter.projectIds ? inArray(balance.projectId, filter.projectIds.filter(isId)) : undefined,
    filter.legalEntityIds ? inArray(balance.legalEntityId, filter.legalEntityIds.filter(isId)) : undefined,
  ];
}

function summaryRow({ kind, customer_id, project_id, contract_id, month, currency, n, seconds, minor }: Grouped) {
  const reference = (id: string | null) => (id === null ? null : { id });
  return {
    kind,
    customer: reference(customer_id),
    project: reference(project_id),
    contract: reference(contract_id),
    startDate: month,
    count: Number(n),
    ...showSeconds('hours', BigInt(seconds)),
    amount: showMoney({ minor: BigInt(minor), currency }),
    currency,
  };
}
