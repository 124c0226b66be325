import { entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { check, index, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type InvoiceChannel, type InvoiceDocumentStatus, invoiceChannels, invoiceDocumentMachine } from '../document/machine.ts';
import type { Particulars } from '../document/particulars.ts';
import { invoices } from './invoices.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** The paper of a posted invoice: what it says of its parties, which never changes, and whether it has arrived. */
export const invoiceDocuments = finance.table(
  'invoice_document',
  {
    ...entityColumns(),
    status: text('status').$type<InvoiceDocumentStatus>().notNull().default('PENDING'),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    particulars: jsonb('particulars').$type<Particulars>().notNull(),
    channel: text('channel').$type<InvoiceChannel>(),
    reference: text('reference'),
    failure: text('failure'),
    deliveredAt: instant('delivered_at'),
  },
  (table) => [
    oneOf('invoice_document_status', table.status, invoiceDocumentMachine.states),
    oneOf('invoice_document_channel', table.channel, invoiceChannels),
    check(
      'invoice_document_delivery',
      sql`(${table.status} = 'PENDING') = (${table.channel} is null) and (${table.status} = 'DELIVERED') = (${table.deliveredAt} is not null)
        and (${table.status} = 'FAILED') = (${table.failure} is not null)`,
    ),
    uniqueIndex('invoice_document_of_invoice').on(table.invoiceId),
    index('invoice_document_undelivered').on(table.createdAt, table.id).where(sql`status <> 'DELIVERED'`),
  ],
);
export type InvoiceDocumentRow = typeof invoiceDocuments.$inferSelect;

visible(invoiceDocuments, { customer: invoiceDocuments.customerId, legalEntity: invoiceDocuments.legalEntityId, client: true, partner: false });
