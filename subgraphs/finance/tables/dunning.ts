import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { boolean, check, date, index, integer, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { Level } from '../dunning/levels.ts';
import { type DunningNoticeStatus, dunningNoticeMachine } from '../dunning/machine.ts';
import { deliveryColumns, deliveryRules, ofInvoice } from './ofInvoice.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** How a legal entity reminds of what is overdue; none until somebody said so. */
export const dunningPolicies = finance.table(
  'dunning_policy',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    active: boolean('active').notNull(),
    levels: jsonb('levels').$type<readonly Level[]>().notNull(),
  },
  (table) => [uniqueIndex('dunning_policy_of_legal_entity').on(table.legalEntityId)],
);
export type StoredDunningPolicy = typeof dunningPolicies.$inferSelect;

/** How far reminding of an invoice has come. There is none until it is overdue, or held. */
export const invoiceDunnings = finance.table(
  'invoice_dunning',
  {
    ...entityColumns(),
    ...ofInvoice(),
    /** The day on which it was said that it is overdue. */
    overdueOn: date('overdue_on'),
    level: integer('level').notNull(),
    dunnedOn: date('dunned_on'),
    holdEndDate: date('hold_end_date'),
    holdReason: text('hold_reason'),
  },
  (table) => [
    check('invoice_dunning_level', sql`${table.level} between 0 and 9 and (${table.level} = 0) = (${table.dunnedOn} is null)`),
    check('invoice_dunning_hold', sql`(${table.holdEndDate} is null) = (${table.holdReason} is null)`),
    uniqueIndex('invoice_dunning_of_invoice').on(table.invoiceId),
  ],
);
export type StoredInvoiceDunning = typeof invoiceDunnings.$inferSelect;

/** A reminder of an invoice: one for each level. */
export const dunningNotices = finance.table(
  'dunning_notice',
  {
    ...entityColumns(),
    status: text('status').$type<DunningNoticeStatus>().notNull().default('PENDING'),
    ...ofInvoice(),
    level: integer('level').notNull(),
    name: text('name').notNull(),
    feeText: text('fee_text'),
    dunnedOn: date('dunned_on').notNull(),
    openMinor: count('open_minor').notNull(),
    currency: text('currency').notNull(),
    ...deliveryColumns(),
  },
  (table) => [
    oneOf('dunning_notice_status', table.status, dunningNoticeMachine.states),
    ...deliveryRules('dunning_notice', table),
    uniqueIndex('dunning_notice_of_level').on(table.invoiceId, table.level),
    index('dunning_notice_by_created').on(table.createdAt, table.id),
    index('dunning_notice_by_updated').on(table.updatedAt, table.id),
    index('dunning_notice_undelivered').on(table.createdAt, table.id).where(sql`status <> 'DELIVERED'`),
    index('dunning_notice_of_customer').on(table.customerId, table.createdAt, table.id),
    index('dunning_notice_of_legal_entity').on(table.legalEntityId, table.createdAt, table.id),
  ],
);
export type DunningNoticeRow = typeof dunningNotices.$inferSelect;

/** What GraphQL shows of a policy, also of one that nobody set. */
export type DunningPolicyRow = { version: number; active: boolean; levels: readonly Level[]; updatedAt: Date | null };

/** What GraphQL shows of how far an invoice has come. */
export type InvoiceDunningRow = {
  level: number;
  dunnedOn: CalendarDate | null;
  nextLevelOn: CalendarDate | null;
  hold: { endDate: CalendarDate; reason: string } | null;
};

visible(dunningPolicies, { customer: 'anyone', legalEntity: dunningPolicies.legalEntityId, client: false, partner: false });
visible(invoiceDunnings, { customer: invoiceDunnings.customerId, legalEntity: invoiceDunnings.legalEntityId, client: false, partner: false });
visible(dunningNotices, {
  customer: dunningNotices.customerId,
  legalEntity: dunningNotices.legalEntityId,
  client: () => sql`${dunningNotices.status} = 'DELIVERED'`,
  partner: false,
});
