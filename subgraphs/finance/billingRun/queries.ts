import type { BillingRunFilter, BillingRunOrderField, BillingRunSkipOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { changedSince } from '#kernel/read.ts';
import { eq, isNull, or, type SQL, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { invoiceList } from '../invoice/queries.ts';
import { type BillingRunRow, billingRunContracts, billingRuns, type InvoiceRow, invoices } from '../tables.ts';

const runsById = visibleById(billingRuns, 'invoice:read');

/** A billing run, if there is one that the actor may know of. */
export function readBillingRun(context: Context, id: string): Promise<BillingRunRow | undefined> {
  return context.load(runsById, id);
}

export type BillingRunState = 'RUNNING' | 'COMPLETED' | 'CANCELLED';

export function stateOfRun({ finishedAt, cancelReason }: BillingRunRow): BillingRunState {
  if (!finishedAt) return 'RUNNING';
  return cancelReason === null ? 'COMPLETED' : 'CANCELLED';
}

const inState: Readonly<Record<BillingRunState, SQL>> = {
  RUNNING: sql`${billingRuns.finishedAt} is null`,
  COMPLETED: sql`(${billingRuns.finishedAt} is not null and ${billingRuns.cancelReason} is null)`,
  CANCELLED: sql`${billingRuns.cancelReason} is not null`,
};

export const billingRunList: List<typeof billingRuns, BillingRunFilter, BillingRunOrderField> = {
  table: billingRuns,
  read: 'invoice:read',
  orders: { CREATED_AT: billingRuns.createdAt, UPDATED_AT: billingRuns.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(billingRuns, filter.updatedSince),
    filter.states ? or(sql`false`, ...filter.states.map((state) => inState[state])) : undefined,
  ],
};

export const draftsOfRun = childList(
  invoiceList,
  (runId) => sql`${invoices.id} in (select invoice_id from ${billingRunContracts} where billing_run_id = ${runId} and invoice_id is not null)`,
);

const skipList: List<typeof billingRunContracts, null, BillingRunSkipOrderField> = {
  table: billingRunContracts,
  read: 'invoice:read',
  orders: { CREATED_AT: billingRunContracts.createdAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
  only: isNull(billingRunContracts.invoiceId),
  filter: () => [],
};
export const skipsOfRun = childList(skipList, billingRunContracts.billingRunId);

export type RunTotal = { currency: string; status: InvoiceRow['status']; invoices: number; netMinor: bigint; taxMinor: bigint; grossMinor: bigint };

/** Batch: the invoices of runs as they are now, by currency and status. Nobody who is confined gets to see a run. */
export const totalsOfRuns: Batch<RunTotal[]> = async (context, runIds) => {
  demand(context.actor, 'invoice:read');
  const rows = await context.db
    .select({
      runId: billingRunContracts.billingRunId,
      currency: invoices.currency,
      status: invoices.status,
      invoices: sql<number>`count(*)::int`,
      net: sql<string>`sum(${invoices.subtotalMinor})::text`,
      tax: sql<string>`sum(${invoices.taxMinor})::text`,
      gross: sql<string>`sum(${invoices.totalMinor})::text`,
    })
    .from(billingRunContracts)
    .innerJoin(invoices, eq(invoices.id, billingRunContracts.invoiceId))
    .where(sql`${billingRunContracts.billingRunId} = any(${sql.param([...runIds])}::uuid[])`)
    .groupBy(billingRunContracts.billingRunId, invoices.currency, invoices.status)
    .orderBy(invoices.currency, invoices.status);
  const totals = rows.map(({ net, tax, gross, ...row }) => ({ ...row, netMinor: BigInt(net), taxMinor: BigInt(tax), grossMinor: BigInt(gross) }));
  return new Map(runIds.map((id) => [id, totals.filter(({ runId }) => runId === id)]));
};
