import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { check, date, index, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type RevenueEventStatus, type RevenueMethod, revenueEventMachine, revenueMethods } from '../revenue/machine.ts';
import { invoices } from './invoices.ts';
import { journalEntries } from './journal.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

export const revenueEvents = finance.table(
  'revenue_event',
  {
    ...entityColumns(),
    status: text('status').$type<RevenueEventStatus>().notNull().default('SCHEDULED'),
    method: text('method').$type<RevenueMethod>().notNull(),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    projectId: uuid('project_id'),
    milestoneId: uuid('milestone_id'),
    invoiceId: uuid('invoice_id').references(() => invoices.id),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    recognitionDate: date('recognition_date').notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    description: text('description').notNull(),
    explanation: text('explanation').notNull(),
    journalEntryId: uuid('journal_entry_id').references(() => journalEntries.id),
  },
  (table) => [
    oneOf('revenue_event_status', table.status, revenueEventMachine.states),
    oneOf('revenue_event_method', table.method, revenueMethods),
    check('revenue_event_amount', sql`${table.amountMinor} <> 0`),
    check('revenue_event_booked', sql`(${table.status} in ('RECOGNIZED', 'REVERSED')) = (${table.journalEntryId} is not null)`),
    check('revenue_event_billed', sql`(${table.method} = 'AS_BILLED') = (${table.invoiceId} is not null)`),
    uniqueIndex('revenue_event_of_milestone').on(table.milestoneId).where(sql`status not in ('REVERSED', 'CANCELLED')`),
    uniqueIndex('revenue_event_of_invoice').on(table.invoiceId),
    index('revenue_event_by_date').on(table.recognitionDate, table.id),
    index('revenue_event_by_amount').on(table.amountMinor, table.id),
    index('revenue_event_by_created').on(table.createdAt, table.id),
    index('revenue_event_of_contract').on(table.contractId, table.recognitionDate, table.id),
    index('revenue_event_of_customer').on(table.customerId, table.recognitionDate, table.id),
    index('revenue_event_of_project').on(table.projectId, table.recognitionDate, table.id),
    index('revenue_event_measured').on(table.projectId).where(sql`method = 'COST_TO_COST'`),
    index('revenue_event_open').on(table.legalEntityId, table.recognitionDate).where(sql`status in ('SCHEDULED', 'PENDING_APPROVAL')`),
    index('revenue_event_measured_of_books')
      .on(table.legalEntityId, table.contractId)
      .where(sql`method in ('COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER') and status not in ('REVERSED', 'CANCELLED')`),
  ],
);
export type RevenueEventRow = typeof revenueEvents.$inferSelect;

// No client sees when the firm earns what.
visible(revenueEvents, { customer: revenueEvents.customerId, legalEntity: revenueEvents.legalEntityId, client: false, partner: false });
