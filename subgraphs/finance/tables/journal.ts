import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { type AnyPgColumn, check, date, index, integer, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type JournalSource, journalSources, type LedgerAccount, ledgerAccounts } from '../billing/accounts.ts';
import { type JournalEntryStatus, journalEntryMachine } from '../journal/machine.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** The books. Posted entries balance per currency and legal entity and never change: triggers see to both. */
export const journalEntries = finance.table(
  'journal_entry',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    postingDate: date('posting_date').notNull(),
    description: text('description').notNull(),
    status: text('status').$type<JournalEntryStatus>().notNull().default('DRAFT'),
    source: text('source').$type<JournalSource>().notNull(),
    customerId: uuid('customer_id'),
    invoiceId: uuid('invoice_id'),
    paymentId: uuid('payment_id'),
    revenueEventId: uuid('revenue_event_id'),
    reversesId: uuid('reverses_id').references((): AnyPgColumn => journalEntries.id),
    reversedById: uuid('reversed_by_id').references((): AnyPgColumn => journalEntries.id),
    postedAt: instant('posted_at'),
  },
  (table) => [
    oneOf('journal_entry_status', table.status, journalEntryMachine.states),
    oneOf('journal_entry_source', table.source, journalSources),
    check('journal_entry_posted_at', sql`(${table.status} = 'POSTED') = (${table.postedAt} is not null)`),
    uniqueIndex('journal_entry_reversed_once').on(table.reversesId).where(sql`reverses_id is not null`),
    index('journal_entry_by_date').on(table.postingDate, table.id),
    index('journal_entry_by_created').on(table.createdAt, table.id),
    index('journal_entry_draft').on(table.legalEntityId, table.postingDate).where(sql`status = 'DRAFT'`),
    index('journal_entry_of_customer').on(table.customerId, table.postingDate, table.id),
    index('journal_entry_of_legal_entity').on(table.legalEntityId, table.postingDate, table.id),
  ],
);
export type JournalEntryRow = typeof journalEntries.$inferSelect;

export const journalLines = finance.table(
  'journal_line',
  {
    ...entityColumns(),
    journalEntryId: uuid('journal_entry_id')
      .notNull()
      .references(() => journalEntries.id),
    position: integer('position').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    account: text('account').$type<LedgerAccount>().notNull(),
    debitMinor: count('debit_minor').notNull(),
    creditMinor: count('credit_minor').notNull(),
    currency: text('currency').notNull(),
    customerId: uuid('customer_id'),
    contractId: uuid('contract_id'),
    projectId: uuid('project_id'),
    note: text('note'),
  },
  (table) => [
    oneOf('journal_line_account', table.account, ledgerAccounts),
    check('journal_line_side', sql`${table.debitMinor} >= 0 and ${table.creditMinor} >= 0 and (${table.debitMinor} = 0) <> (${table.creditMinor} = 0)`),
    uniqueIndex('journal_line_position').on(table.journalEntryId, table.position),
    index('journal_line_of_entry').on(table.journalEntryId, table.position, table.id),
    index('journal_line_of_account').on(table.legalEntityId, table.account, table.currency),
    index('journal_line_of_customer').on(table.customerId, table.legalEntityId, table.account),
    index('journal_line_of_contract').on(table.contractId, table.account),
    index('journal_line_of_project').on(table.projectId, table.account).where(sql`project_id is not null`),
  ],
);
export type JournalLineRow = typeof journalLines.$inferSelect;

// No client sees the books, whatever its token says.
visible(journalEntries, { customer: journalEntries.customerId, legalEntity: journalEntries.legalEntityId, client: false, partner: false });
visible(journalLines, { customer: journalLines.customerId, legalEntity: journalLines.legalEntityId, client: false, partner: false });
