import { instant, oneOf } from '#kernel/columns.ts';
import { check, type PgColumn, sql, text, uuid } from '#kernel/sql.ts';
import { type InvoiceChannel, invoiceChannels } from '../document/machine.ts';
import { invoices } from './invoices.ts';
import { legalEntities } from './reference.ts';

/** What is about one invoice is of whom that is of. */
export function ofInvoice() {
  return {
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
  };
}

/** How something went to a customer, and whether it arrived. */
export function deliveryColumns() {
  return {
    channel: text('channel').$type<InvoiceChannel>(),
    reference: text('reference'),
    failure: text('failure'),
    deliveredAt: instant('delivered_at'),
  };
}

type Delivered = Readonly<Record<'status' | keyof ReturnType<typeof deliveryColumns>, PgColumn>>;

/** What of that goes together. */
export function deliveryRules(name: string, { status, channel, deliveredAt, failure }: Delivered) {
  return [
    oneOf(`${name}_channel`, channel, invoiceChannels),
    check(
      `${name}_delivery`,
      sql`(${status} = 'PENDING') = (${channel} is null) and (${status} = 'DELIVERED') = (${deliveredAt} is not null)
        and (${status} = 'FAILED') = (${failure} is not null)`,
    ),
  ];
}
