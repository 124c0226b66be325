import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { check, date, index, sql, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type PaymentMethod, type PaymentStatus, paymentMachine, paymentMethods } from '../payment/machine.ts';
import { invoices } from './invoices.ts';
import { journalEntries } from './journal.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

export const payments = finance.table(
  'payment',
  {
    ...entityColumns(),
    status: text('status').$type<PaymentStatus>().notNull().default('RECEIVED'),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    amountMinor: count('amount_minor').notNull(),
    appliedMinor: count('applied_minor').notNull().default(sql`0`),
    refundedMinor: count('refunded_minor').notNull().default(sql`0`),
    currency: text('currency').notNull(),
    receivedOn: date('received_on').notNull(),
    method: text('method').$type<PaymentMethod>().notNull(),
    reference: text('reference'),
    reversalReason: text('reversal_reason'),
    journalEntryId: uuid('journal_entry_id')
      .notNull()
      .references(() => journalEntries.id),
  },
  (table) => [
    oneOf('payment_status', table.status, paymentMachine.states),
    oneOf('payment_method', table.method, paymentMethods),
    check(
      'payment_applied',
      sql`${table.appliedMinor} >= 0 and ${table.refundedMinor} >= 0 and case ${table.status}
        when 'APPLIED' then ${table.appliedMinor} > 0 and ${table.appliedMinor} + ${table.refundedMinor} = ${table.amountMinor}
        when 'PARTLY_APPLIED' then ${table.appliedMinor} > 0 and ${table.appliedMinor} + ${table.refundedMinor} < ${table.amountMinor}
        when 'RECEIVED' then ${table.appliedMinor} = 0 and ${table.refundedMinor} < ${table.amountMinor}
        when 'REFUNDED' then ${table.appliedMinor} = 0 and ${table.refundedMinor} = ${table.amountMinor}
        else ${table.amountMinor} > 0 and ${table.appliedMinor} = 0 and ${table.refundedMinor} = 0 end`,
    ),
    check('payment_reversed', sql`(${table.status} = 'REVERSED') = (${table.reversalReason} is not null)`),
    index('payment_by_received').on(table.receivedOn, table.id),
    index('payment_by_amount').on(table.amountMinor, table.id),
    index('payment_by_created').on(table.createdAt, table.id),
    index('payment_of_customer').on(table.customerId, table.receivedOn, table.id),
    index('payment_unapplied').on(table.customerId).where(sql`status in ('RECEIVED', 'PARTLY_APPLIED')`),
    index('payment_unapplied_of_books').on(table.legalEntityId, table.receivedOn).where(sql`status in ('RECEIVED', 'PARTLY_APPLIED')`),
  ],
);
export type PaymentRow = typeof payments.$inferSelect;

export const paymentApplications = finance.table(
  'payment_application',
  {
    ...entityColumns(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    customerId: uuid('customer_id').notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    appliedOn: date('applied_on').notNull(),
    reversedAt: instant('reversed_at'),
    journalEntryId: uuid('journal_entry_id')
      .notNull()
      .references(() => journalEntries.id),
  },
  (table) => [
    check('payment_application_amount', sql`${table.amountMinor} > 0`),
    index('payment_application_of_payment').on(table.paymentId, table.appliedOn, table.id),
    index('payment_application_of_invoice').on(table.invoiceId, table.appliedOn, table.id),
  ],
);
export type PaymentApplicationRow = typeof paymentApplications.$inferSelect;

export const paymentRefunds = finance.table(
  'payment_refund',
  {
    ...entityColumns(),
    paymentId: uuid('payment_id')
      .notNull()
      .references(() => payments.id),
    customerId: uuid('customer_id').notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    refundedOn: date('refunded_on').notNull(),
    reference: text('reference'),
    reason: text('reason').notNull(),
    reversedAt: instant('reversed_at'),
    journalEntryId: uuid('journal_entry_id')
      .notNull()
      .references(() => journalEntries.id),
  },
  (table) => [
    check('payment_refund_amount', sql`${table.amountMinor} > 0`),
    index('payment_refund_of_payment').on(table.paymentId, table.refundedOn, table.id),
  ],
);
export type PaymentRefundRow = typeof paymentRefunds.$inferSelect;

visible(payments, { customer: payments.customerId, legalEntity: payments.legalEntityId, client: true, partner: false });
visible(paymentApplications, {
  customer: paymentApplications.customerId,
  legalEntity: (own) => sql`exists (select from ${payments} where ${payments.id} = ${paymentApplications.paymentId} and ${own(payments.legalEntityId)})`,
  client: true,
  partner: false,
});
visible(paymentRefunds, {
  customer: paymentRefunds.customerId,
  legalEntity: (own) => sql`exists (select from ${payments} where ${payments.id} = ${paymentRefunds.paymentId} and ${own(payments.legalEntityId)})`,
  client: true,
  partner: false,
});
