import { entityColumns, instant } from '#kernel/columns.ts';
import type { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { check, date, index, integer, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { finance } from './schema.ts';

/** What a run bills: work up to a day, of some or of all. */
export type BillingScope = {
  cutOffDate: CalendarDate;
  invoiceDate: CalendarDate;
  customerIds: readonly string[] | null;
  contractIds: readonly string[] | null;
  legalEntityIds: readonly string[] | null;
};

/** One run over all that is ready: how far it has come, and what it did. A process works on it until it is done, or somebody cancels it. */
export const billingRuns = finance.table(
  'billing_run',
  {
    ...entityColumns(),
    cutOffDate: date('cut_off_date').notNull(),
    invoiceDate: date('invoice_date').notNull(),
    customerIds: uuid('customer_ids').array(),
    contractIds: uuid('contract_ids').array(),
    legalEntityIds: uuid('legal_entity_ids').array(),
    startedBy: text('started_by').notNull(),
    finishedAt: instant('finished_at'),
    /** Who cancelled it, and why. */
    cancelledBy: text('cancelled_by'),
    cancelReason: text('cancel_reason'),
    /** Contracts with something ready when it began, and those that it has come to. */
    contractsFound: integer('contracts_found').notNull(),
    contractsDone: integer('contracts_done').notNull(),
    /** Contracts up to here, in the order of their ids, are done. */
    afterContractId: uuid('after_contract_id'),
    drafted: integer('drafted').notNull(),
    skipped: integer('skipped').notNull(),
    actualsTaken: integer('actuals_taken').notNull(),
  },
  (table) => [
    check(
      'billing_run_cancelled',
      sql`num_nonnulls(${table.cancelledBy}, ${table.cancelReason}) in (0, 2) and (${table.cancelReason} is null or ${table.finishedAt} is not null)`,
    ),
    index('billing_run_by_created').on(table.createdAt, table.id),
    index('billing_run_updated').on(table.updatedAt, table.id),
    index('billing_run_running').on(table.createdAt, table.id).where(sql`finished_at is null`),
  ],
);
export type BillingRunRow = typeof billingRuns.$inferSelect;

/** What a run did about one contract: an invoice that it drafted, or why it drafted none. */
export const billingRunContracts = finance.table(
  'billing_run_contract',
  {
    ...entityColumns(),
    billingRunId: uuid('billing_run_id')
      .notNull()
      .references(() => billingRuns.id),
    contractId: uuid('contract_id').notNull(),
    invoiceId: uuid('invoice_id'),
    code: text('code').$type<Refused['code']>(),
    message: text('message'),
  },
  (table) => [
    check(
      'billing_run_contract_outcome',
      sql`(${table.invoiceId} is null) = (${table.code} is not null) and (${table.code} is null) = (${table.message} is null)`,
    ),
    uniqueIndex('billing_run_contract_invoice').on(table.invoiceId).where(sql`invoice_id is not null`),
    index('billing_run_contract_of_run').on(table.billingRunId, table.id),
    index('billing_run_contract_skipped').on(table.billingRunId, table.id).where(sql`invoice_id is null`),
  ],
);
export type BillingRunContractRow = typeof billingRunContracts.$inferSelect;

/** One invoice that a run would draft, or why it would draft none. */
export type BillingPreviewLineRow = {
  contractId: string;
  customerId: string | null;
  currency: string | null;
  actuals: number;
  netMinor: bigint;
  /** Null when it could not be determined, which `failure` says. */
  taxMinor: bigint | null;
  failure: string | null;
  refused: Refused | null;
};

/** What GraphQL shows of a look ahead. */
export type BillingPreviewRow = { scope: BillingScope; lines: readonly BillingPreviewLineRow[] };

visible(billingRuns, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
visible(billingRunContracts, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
