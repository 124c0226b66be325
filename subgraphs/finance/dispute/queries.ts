import type { DisputeFilter, DisputeOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { openMinor } from '../invoice/queries.ts';
import { type DisputeRow, disputes, type InvoiceRow } from '../tables.ts';
import { openDisputesOf } from './load.ts';

const disputesById = visibleById(disputes, 'invoice:read');

/** A dispute, if there is one that the actor may know of. */
export function readDispute(context: Context, id: string): Promise<DisputeRow | undefined> {
  return context.load(disputesById, id);
}

export const disputeList: List<typeof disputes, DisputeFilter, DisputeOrderField> = {
  table: disputes,
  read: 'invoice:read',
  orders: { CREATED_AT: disputes.createdAt, UPDATED_AT: disputes.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(disputes, filter.updatedSince),
    wordIn(disputes.status, filter.statuses),
    wordIn(disputes.reasonCode, filter.reasonCodes),
    idIn(disputes.invoiceId, filter.invoiceIds),
    idIn(disputes.customerId, filter.customerIds),
    idIn(disputes.legalEntityId, filter.legalEntityIds),
    filter.createdBefore ? sql`${disputes.createdAt} < ${new Date(filter.createdBefore).toISOString()}::timestamptz` : undefined,
  ],
};

export const disputesOfInvoice = childList(disputeList, disputes.invoiceId);

/** Batch: what is disputed now. Whoever sees an invoice sees its disputes. */
const openByInvoice: Batch<DisputeRow> = (context, invoiceIds) => openDisputesOf(context.db, invoiceIds);

/** How much of what is open is disputed. */
export async function disputedMinor(context: Context, invoice: InvoiceRow): Promise<bigint> {
  const open = openMinor(invoice);
  const disputed = open === 0n ? undefined : await context.load(openByInvoice, invoice.id);
  return disputed && disputed.amountMinor < open ? disputed.amountMinor : disputed ? open : 0n;
}
