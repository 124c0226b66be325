import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { type AnyPgColumn, boolean, check, date, index, integer, type SQL, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type LedgerAccount, ledgerAccounts } from '../billing/accounts.ts';
import { type TaxCategory, taxCategories } from '../billing/category.ts';
import { type InvoiceKind, type InvoiceStatus, invoiceMachine } from '../invoice/machine.ts';
import { journalEntries } from './journal.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

export const invoices = finance.table(
  'invoice',
  {
    ...entityColumns(),
    kind: text('kind').$type<InvoiceKind>().notNull(),
    status: text('status').$type<InvoiceStatus>().notNull().default('DRAFT'),
    /** Empty until it is posted; never null, so that a list can be ordered by it. */
    number: text('number').notNull().default(''),
    numberYear: integer('number_year'),
    numberSequence: integer('number_sequence'),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    taxProfileId: uuid('tax_profile_id'),
    currency: text('currency').notNull(),
    invoiceDate: date('invoice_date').notNull(),
    paymentTermDays: integer('payment_term_days').notNull(),
    dueDate: date('due_date').notNull(),
    cutOffDate: date('cut_off_date').notNull(),
    subtotalMinor: count('subtotal_minor').notNull(),
    taxMinor: count('tax_minor').notNull().default(sql`0`),
    totalMinor: count('total_minor').notNull(),
    paidMinor: count('paid_minor').notNull().default(sql`0`),
    /** What was given up of it; it is owed all the same. */
    writtenOffMinor: count('written_off_minor').notNull().default(sql`0`),
    writtenOffOn: date('written_off_on'),
    writeOffReason: text('write_off_reason'),
    writeOffEntryId: uuid('write_off_entry_id').references(() => journalEntries.id),
    /** What credit notes gave back of it, tax included: the sum of their totals, above zero. */
    creditedMinor: count('credited_minor').notNull().default(sql`0`),
    purchaseOrderNumber: text('purchase_order_number'),
    note: text('note'),
    taxFailedAt: instant('tax_failed_at'),
    taxFailure: text('tax_failure'),
    creditNoteId: uuid('credit_note_id').references((): AnyPgColumn => invoices.id),
    creditsId: uuid('credits_id').references((): AnyPgColumn => invoices.id),
    creditReason: text('credit_reason'),
    /** A credit note whose work is not billed again. */
    concession: boolean('concession').notNull().default(false),
    journalEntryId: uuid('journal_entry_id').references(() => journalEntries.id),
    postedAt: instant('posted_at'),
  },
  (table) => [
    oneOf('invoice_kind', table.kind, ['INVOICE', 'CREDIT_NOTE']),
    oneOf('invoice_status', table.status, invoiceMachine.states),
    check('invoice_total', sql`${table.totalMinor} = ${table.subtotalMinor} + ${table.taxMinor}`),
    check(
      'invoice_paid',
      sql`case ${table.status} when 'PAID' then ${table.paidMinor} + ${table.creditedMinor} = ${table.totalMinor} and ${table.paidMinor} > 0
        when 'PARTLY_PAID' then ${table.paidMinor} > 0 and ${table.paidMinor} + ${table.creditedMinor} < ${table.totalMinor}
        when 'WRITTEN_OFF' then ${table.paidMinor} >= 0 else ${table.paidMinor} = 0 end`,
    ),
    check(
      'invoice_posted',
      sql`(${table.status} in ('DRAFT', 'VALIDATED', 'CANCELLED')) = (${table.number} = '')
        and num_nulls(${table.numberYear}, ${table.numberSequence}, ${table.journalEntryId}, ${table.postedAt}) = case when ${table.number} = '' then 4 else 0 end`,
    ),
    check(
      'invoice_credits',
      sql`(${table.kind} = 'CREDIT_NOTE') = (${table.creditsId} is not null) and (${table.status} = 'CREDITED') = (${table.creditNoteId} is not null)`,
    ),
    uniqueIndex('invoice_number').on(table.legalEntityId, table.number).where(sql`number <> ''`),
    uniqueIndex('invoice_sequence_number').on(table.legalEntityId, table.kind, table.numberYear, table.numberSequence).where(sql`number <> ''`),
    check(
      'invoice_credited',
      sql`case ${table.status} when 'CREDITED' then ${table.creditedMinor} = ${table.totalMinor}
        when 'DRAFT' then ${table.creditedMinor} = 0 when 'VALIDATED' then ${table.creditedMinor} = 0 when 'CANCELLED' then ${table.creditedMinor} = 0
        else ${table.creditedMinor} = 0 or ${table.creditedMinor} > 0 and ${table.creditedMinor} < ${table.totalMinor} end`,
    ),
    check(
      'invoice_written_off',
      sql`num_nulls(${table.writtenOffOn}, ${table.writeOffReason}, ${table.writeOffEntryId}) = case when ${table.status} = 'WRITTEN_OFF' then 0 else 3 end
        and ${table.writtenOffMinor} = case when ${table.status} = 'WRITTEN_OFF' then ${table.totalMinor} - ${table.creditedMinor} - ${table.paidMinor} else 0 end
        and (${table.status} <> 'WRITTEN_OFF' or ${table.writtenOffMinor} > 0)`,
    ),
    check('invoice_concession', sql`not ${table.concession} or ${table.kind} = 'CREDIT_NOTE'`),
    index('invoice_credits').on(table.creditsId, table.invoiceDate, table.id).where(sql`credits_id is not null`),
    index('invoice_by_date').on(table.invoiceDate, table.id),
    index('invoice_by_due').on(table.dueDate, table.id),
    index('invoice_by_number').on(table.number, table.id),
    index('invoice_by_total').on(table.totalMinor, table.id),
    index('invoice_by_created').on(table.createdAt, table.id),
    index('invoice_of_customer').on(table.customerId, table.invoiceDate, table.id),
    index('invoice_of_contract').on(table.contractId, table.invoiceDate, table.id),
    index('invoice_of_engagement').on(table.engagementId, table.invoiceDate, table.id),
    index('invoice_of_legal_entity').on(table.legalEntityId, table.invoiceDate, table.id),
    index('invoice_to_be_paid').on(table.customerId, table.dueDate).where(sql`status in ('POSTED', 'PARTLY_PAID') and kind = 'INVOICE'`),
    index('invoice_unposted').on(table.legalEntityId, table.invoiceDate).where(sql`status in ('DRAFT', 'VALIDATED')`),
  ],
);
export type InvoiceRow = typeof invoices.$inferSelect;

export const invoiceLineKinds = ['TIME', 'EXPENSE', 'FEE', 'CORRECTION', 'DISCOUNT'] as const;
export type InvoiceLineKind = (typeof invoiceLineKinds)[number];

export const invoiceLines = finance.table(
  'invoice_line',
  {
    ...entityColumns(),
    invoiceId: uuid('invoice_id')
      .notNull()
      .references(() => invoices.id),
    customerId: uuid('customer_id').notNull(),
    position: integer('position').notNull(),
    kind: text('kind').$type<InvoiceLineKind>().notNull(),
    description: text('description').notNull(),
    projectId: uuid('project_id'),
    contractLineId: uuid('contract_line_id'),
    laborCategoryId: uuid('labor_category_id'),
    seconds: count('seconds'),
    actualCount: integer('actual_count').notNull(),
    amountMinor: count('amount_minor').notNull(),
    taxMinor: count('tax_minor').notNull().default(sql`0`),
    /** The rate of the supply; null until tax was determined. */
    taxBasisPoints: integer('tax_basis_points'),
    /** The hourly rate, where rate times time rounded once is the amount; told when the invoice is posted. */
    rateMinor: count('rate_minor'),
    /** The first and the last day of the work; null on lines from before Accord kept them, which are taxed by the invoice's date. */
    supplyStartDate: date('supplied_from'),
    supplyEndDate: date('supplied_to'),
    currency: text('currency').notNull(),
    account: text('account').$type<LedgerAccount>().notNull(),
    /** On a credit note: the line of the invoice that it gives back, or a part of; null on notes from before parts were credited. */
    creditsLineId: uuid('credits_line_id').references((): AnyPgColumn => invoiceLines.id),
    /** How it is taxed where that is not by the customer's profile. */
    taxCategory: text('tax_category').$type<TaxCategory>(),
    /** What was taken off it; the amount is without that already. */
    discountMinor: count('discount_minor').notNull().default(sql`0`),
    /** Hundredths of a per cent, of a discount that is one: off this line, or on a line that is a discount of the document. */
    discountBasisPoints: integer('discount_basis_points'),
    /** On a discount of the document: what it is taken off. */
    discountBaseMinor: count('discount_base_minor'),
    discountReason: text('discount_reason'),
    /** The same on lines of one discount of the document. */
    allowanceId: uuid('allowance_id'),
  },
  (table) => [
    oneOf('invoice_line_kind', table.kind, invoiceLineKinds),
    oneOf('invoice_line_tax_category', table.taxCategory, taxCategories),
    check('invoice_line_discount', sql`${table.discountMinor} >= 0 and (${table.kind} = 'DISCOUNT') = (${table.allowanceId} is not null)`),
    oneOf('invoice_line_account', table.account, ledgerAccounts),
    check('invoice_line_supplied', sql`${table.supplyStartDate} <= ${table.supplyEndDate}`),
    uniqueIndex('invoice_line_position').on(table.invoiceId, table.position),
    index('invoice_line_by_position').on(table.invoiceId, table.position, table.id),
    index('invoice_line_credits').on(table.creditsLineId).where(sql`credits_line_id is not null`),
    index('invoice_line_of_project').on(table.projectId, table.invoiceId),
  ],
);
export type InvoiceLineRow = typeof invoiceLines.$inferSelect;

/** A line with nothing taken off, taxed by the customer's profile. */
export const unadjusted = {
  taxCategory: null,
  discountMinor: 0n,
  discountBasisPoints: null,
  discountBaseMinor: null,
  discountReason: null,
  allowanceId: null,
};

/** The last number given, per legal entity, kind and year. Its row lock makes numbers gapless: a rollback gives them back. */
export const invoiceSequences = finance.table(
  'invoice_sequence',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    kind: text('kind').$type<InvoiceKind>().notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [uniqueIndex('invoice_sequence_series').on(table.legalEntityId, table.kind, table.year)],
);
export type InvoiceSequenceRow = typeof invoiceSequences.$inferSelect;

const ofInvoice = (condition: SQL) => sql`exists (select from ${invoices} where ${invoices.id} = ${invoiceLines.invoiceId} and ${condition})`;
/** Posted ones have a number; a client sees no others. */
const posted = sql`${invoices.number} <> ''`;

visible(invoices, { customer: invoices.customerId, legalEntity: invoices.legalEntityId, client: () => posted, partner: false });
visible(invoiceLines, {
  customer: invoiceLines.customerId,
  legalEntity: (own) => ofInvoice(own(invoices.legalEntityId)),
  client: () => ofInvoice(posted),
  partner: false,
});
visible(invoiceSequences, { customer: 'firm', legalEntity: invoiceSequences.legalEntityId, client: false, partner: false });
