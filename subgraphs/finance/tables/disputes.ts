import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { check, index, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type DisputeParty, type DisputeReason, type DisputeStatus, disputeMachine, disputeParties, disputeReasons } from '../dispute/machine.ts';
import { invoices } from './invoices.ts';
import { ofInvoice } from './ofInvoice.ts';
import { finance } from './schema.ts';

/** What a client has against an invoice, or a part of it, until it is resolved. */
export const disputes = finance.table(
  'dispute',
  {
    ...entityColumns(),
    status: text('status').$type<DisputeStatus>().notNull().default('OPEN'),
    ...ofInvoice(),
    raisedBy: text('raised_by').$type<DisputeParty>().notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** The lines that it is about; empty where it is about the invoice as a whole. */
    lineIds: uuid('line_ids').array().notNull(),
    reasonCode: text('reason_code').$type<DisputeReason>().notNull(),
    reason: text('reason').notNull(),
    resolution: text('resolution'),
    creditNoteId: uuid('credit_note_id').references(() => invoices.id),
    endedAt: instant('ended_at'),
  },
  (table) => [
    oneOf('dispute_status', table.status, disputeMachine.states),
    oneOf('dispute_reason_code', table.reasonCode, disputeReasons),
    oneOf('dispute_raised_by', table.raisedBy, disputeParties),
    check('dispute_amount', sql`${table.amountMinor} > 0`),
    check('dispute_ended', sql`(${table.status} = 'OPEN') = (${table.endedAt} is null) and (${table.creditNoteId} is null or ${table.status} = 'ACCEPTED')`),
    uniqueIndex('dispute_open').on(table.invoiceId).where(sql`status = 'OPEN'`),
    index('dispute_of_invoice').on(table.invoiceId, table.createdAt, table.id),
    index('dispute_of_customer').on(table.customerId, table.createdAt, table.id),
    index('dispute_of_legal_entity').on(table.legalEntityId, table.createdAt, table.id),
    index('dispute_by_created').on(table.createdAt, table.id),
    index('dispute_by_updated').on(table.updatedAt, table.id),
    index('dispute_standing').on(table.createdAt, table.id).where(sql`status = 'OPEN'`),
  ],
);
export type DisputeRow = typeof disputes.$inferSelect;

visible(disputes, { customer: disputes.customerId, legalEntity: disputes.legalEntityId, client: true, partner: false });
