import { entityColumns, oneOf } from '#kernel/columns.ts';
import { index, jsonb, sql, text, uniqueIndex } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type InvoiceDocumentStatus, invoiceDocumentMachine } from '../document/machine.ts';
import type { Particulars } from '../document/particulars.ts';
import { deliveryColumns, deliveryRules, ofInvoice } from './ofInvoice.ts';
import { finance } from './schema.ts';

/** The paper of a posted invoice: what it says of its parties, which never changes, and whether it has arrived. */
export const invoiceDocuments = finance.table(
  'invoice_document',
  {
    ...entityColumns(),
    status: text('status').$type<InvoiceDocumentStatus>().notNull().default('PENDING'),
    ...ofInvoice(),
    particulars: jsonb('particulars').$type<Particulars>().notNull(),
    ...deliveryColumns(),
  },
  (table) => [
    oneOf('invoice_document_status', table.status, invoiceDocumentMachine.states),
    ...deliveryRules('invoice_document', table),
    uniqueIndex('invoice_document_of_invoice').on(table.invoiceId),
    index('invoice_document_undelivered').on(table.createdAt, table.id).where(sql`status <> 'DELIVERED'`),
  ],
);
export type InvoiceDocumentRow = typeof invoiceDocuments.$inferSelect;

visible(invoiceDocuments, { customer: invoiceDocuments.customerId, legalEntity: invoiceDocuments.legalEntityId, client: true, partner: false });
