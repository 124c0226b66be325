import type { ActualFilter, ActualOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, asc, gte, inArray, isNull, lte, sql } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { type ActualRow, actualBalances, actuals, externalRefs, openBalances, unbilled } from '../tables.ts';

const actualsById = visibleById(actuals, 'actual:read');

/** An actual, if there is one that the actor may know of. */
export function readActual(context: Context, id: string): Promise<ActualRow | undefined> {
  return context.load(actualsById, id);
}

export const actualRefs = externalRefsOf(externalRefs, 'Actual');

/** Those that count: neither reversed nor reversals. Their sum is the sum of all, since the others cancel out. */
export const counting = and(isNull(actuals.reversesId), isNull(actuals.reversedById));

/** The conditions of a filter; ids that are no ids match nothing. */
export function actualConditions(filter: ActualFilter) {
  return [
    changedSince(actuals, filter.updatedSince),
    wordIn(actuals.kind, filter.kinds),
    wordIn(actuals.transactionClass, filter.classes),
    wordIn(actuals.status, filter.statuses),
    wordIn(actuals.sourceType, filter.sourceTypes),
    idIn(actuals.customerId, filter.customerIds),
    idIn(actuals.engagementId, filter.engagementIds),
    idIn(actuals.contractId, filter.contractIds),
    idIn(actuals.projectId, filter.projectIds),
    idIn(actuals.employeeId, filter.employeeIds),
    idIn(actuals.legalEntityId, filter.legalEntityIds),
    idIn(actuals.counterpartId, filter.counterpartIds),
    idIn(actuals.intercompanyChargeId, filter.intercompanyChargeIds),
    idIn(actuals.invoiceId, filter.invoiceIds),
    idIn(actuals.sourceId, filter.sourceIds),
    idIn(actuals.subcontractLineId, filter.subcontractLineIds),
    filter.workDateFrom ? gte(actuals.workDate, filter.workDateFrom) : undefined,
    filter.workDateTo ? lte(actuals.workDate, filter.workDateTo) : undefined,
    filter.reversed === false ? counting : undefined,
    filter.reversed === true ? sql`num_nonnulls(reverses_id, reversed_by_id) > 0` : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Actual', id: actuals.id }, filter.externalRefs),
  ];
}

export const actualList: List<typeof actuals, ActualFilter, ActualOrderField> = {
  table: actuals,
  read: 'actual:read',
  orders: { WORK_DATE: actuals.workDate, CREATED_AT: actuals.createdAt, UPDATED_AT: actuals.updatedAt },
  defaultOrder: { field: 'WORK_DATE', direction: 'DESC' },
  filter: actualConditions,
};

export const actualsOf = {
  Customer: childList(actualList, actuals.customerId),
  Engagement: childList(actualList, actuals.engagementId),
  Contract: childList(actualList, actuals.contractId),
  Project: childList(actualList, actuals.projectId),
};

/** What sources made, oldest first; the variant is the source's type. */
export const actualsOfSource: Batch<ActualRow[]> = async (context, sourceIds, sourceType) => {
  demand(context.actor, 'actual:read');
  const from = and(inArray(actuals.sourceId, [...sourceIds]), sql`${actuals.sourceType} = ${sourceType}`);
  const rows = await context.db
    .select()
    .from(actuals)
    .where(and(from, visibleTo(context.actor, actuals)))
    .orderBy(asc(actuals.createdAt), asc(actuals.id));
  return Map.groupBy(rows, (row) => row.sourceId);
};

export type WorkInProgress = {
  currency: string;
  amount: bigint;
  ready: bigint;
  notReady: bigint;
  onInvoice: bigint;
  seconds: bigint;
  count: number;
  oldestWorkDate: string | null;
};

const owners = {
  Project: { balance: actualBalances.projectId, row: actuals.projectId },
  Contract: { balance: actualBalances.contractId, row: actuals.contractId },
  Customer: { balance: actualBalances.customerId, row: actuals.customerId },
} as const;

type WorkInProgressRow = Record<'owner' | 'currency' | 'ready' | 'not_ready' | 'on_invoice' | 'seconds' | 'n', string> & { oldest: string | null };

/** Unreversed unbilled sales of what the variant names, by project, contract or customer: summed by the balances; the oldest is the first of its index. */
export const workInProgress: Batch<WorkInProgress[]> = async (context, ids, of) => {
  const { actor } = context;
  demand(actor, 'actual:read');
  const owner = Object.entries(owners).find(([name]) => name === of)?.[1];
  if (!owner) throw new Error(`there is no work in progress of ${of}`);
  const sumOf = (status: string) => sql`coalesce(sum(amount_minor) filter (where status = ${status}), 0)::text`;
  const where = and(inArray(owner.balance, [...ids]), openBalances, visibleTo(actor, actualBalances));
  const oldest = and(sql`${owner.row} = held.owner`, sql`${actuals.currency} = held.currency`, unbilled, visibleTo(actor, actuals));
  const rows = await context.db.execute<WorkInProgressRow>(sql`
    select held.*, (select min(work_date)::text from ${actuals} where ${oldest ?? sql`true`}) as oldest from (
      select ${owner.balance} as owner, currency, ${sumOf('READY')} as ready, ${sumOf('NOT_READY')} as not_ready, ${sumOf('ON_INVOICE')} as on_invoice,
        coalesce(sum(seconds), 0)::text as seconds, sum(actuals)::text as n
      from ${actualBalances} where ${where ?? sql`true`} group by 1, 2 having sum(actuals) <> 0) as held
    order by currency`);
  const shown = rows.map((row) => {
    const [ready, notReady, onInvoice] = [BigInt(row.ready), BigInt(row.not_ready), BigInt(row.on_invoice)];
    const sums = { amount: ready + notReady + onInvoice, ready, notReady, onInvoice };
    return { ownerId: row.owner, currency: row.currency, ...sums, seconds: BigInt(row.seconds), count: Number(row.n), oldestWorkDate: row.oldest };
  });
  return Map.groupBy(shown, (row) => row.ownerId);
};

export { takenBackOf } from './sources.ts';
