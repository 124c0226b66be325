import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { check, date, index, integer, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { Difference } from '../billing/threeWay.ts';
import { type SupplierInvoiceStatus, supplierInvoiceMachine } from '../supplierInvoice/machine.ts';
import { journalEntries } from './journal.ts';
import { type ActualSourceType, actualSourceTypes, actuals } from './ledger.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** What subcontractors ask for. */
export const supplierInvoices = finance.table(
  'supplier_invoice',
  {
    ...entityColumns(),
    status: text('status').$type<SupplierInvoiceStatus>().notNull().default('RECEIVED'),
    subcontractorId: uuid('subcontractor_id').notNull(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    number: text('number').notNull(),
    invoiceDate: date('invoice_date').notNull(),
    currency: text('currency').notNull(),
    totalMinor: count('total_minor').notNull(),
    recordedBy: text('recorded_by').notNull(),
    approvedBy: text('approved_by'),
    decisionNote: text('decision_note'),
    postedOn: date('posted_on'),
    journalEntryId: uuid('journal_entry_id').references(() => journalEntries.id),
  },
  (table) => [
    oneOf('supplier_invoice_status', table.status, supplierInvoiceMachine.states),
    check('supplier_invoice_total', sql`${table.totalMinor} > 0`),
    check('supplier_invoice_posted', sql`(${table.status} = 'POSTED') = (num_nonnulls(${table.postedOn}, ${table.journalEntryId}) = 2)`),
    uniqueIndex('supplier_invoice_number').on(table.subcontractorId, table.number).where(sql`status <> 'REJECTED'`),
    index('supplier_invoice_by_date').on(table.invoiceDate, table.id),
    index('supplier_invoice_by_created').on(table.createdAt, table.id),
    index('supplier_invoice_by_updated').on(table.updatedAt, table.id),
    index('supplier_invoice_by_status').on(table.status, table.invoiceDate, table.id),
    index('supplier_invoice_of_subcontractor').on(table.subcontractorId, table.invoiceDate, table.id),
    index('supplier_invoice_of_legal_entity').on(table.legalEntityId, table.invoiceDate, table.id),
  ],
);
export type SupplierInvoiceRow = typeof supplierInvoices.$inferSelect;

export const supplierInvoiceLines = finance.table(
  'supplier_invoice_line',
  {
    ...entityColumns(),
    supplierInvoiceId: uuid('supplier_invoice_id')
      .notNull()
      .references(() => supplierInvoices.id),
    /** The invoice's, by which rows are seen. */
    legalEntityId: uuid('legal_entity_id').notNull(),
    position: integer('position').notNull(),
    subcontractLineId: uuid('subcontract_line_id').notNull(),
    /** That of the order's line, whose cost it is. */
    projectId: uuid('project_id').notNull(),
    startDate: date('start_date').notNull(),
    endDate: date('end_date').notNull(),
    seconds: count('seconds').notNull(),
    rateMinor: count('rate_minor').notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    differences: jsonb('differences').$type<Difference[]>().notNull(),
  },
  (table) => [
    check('supplier_invoice_line_amounts', sql`${table.seconds} > 0 and ${table.rateMinor} > 0 and ${table.amountMinor} > 0`),
    check('supplier_invoice_line_days', sql`${table.endDate} >= ${table.startDate}`),
    uniqueIndex('supplier_invoice_line_position').on(table.supplierInvoiceId, table.position),
    index('supplier_invoice_line_of_order').on(table.subcontractLineId, table.supplierInvoiceId),
  ],
);
export type SupplierInvoiceLineRow = typeof supplierInvoiceLines.$inferSelect;

/** Which approved time an invoice holds, by what it came from: what is priced anew or approved anew stays held. */
export const supplierInvoiceMatches = finance.table(
  'supplier_invoice_match',
  {
    ...entityColumns(),
    supplierInvoiceId: uuid('supplier_invoice_id')
      .notNull()
      .references(() => supplierInvoices.id),
    supplierInvoiceLineId: uuid('supplier_invoice_line_id')
      .notNull()
      .references(() => supplierInvoiceLines.id),
    legalEntityId: uuid('legal_entity_id').notNull(),
    subcontractLineId: uuid('subcontract_line_id').notNull(),
    sourceType: text('source_type').$type<ActualSourceType>().notNull(),
    sourceId: uuid('source_id').notNull(),
    /** The cost that counted when it was matched. */
    actualId: uuid('actual_id')
      .notNull()
      .references(() => actuals.id),
    seconds: count('seconds').notNull(),
  },
  (table) => [
    oneOf('supplier_invoice_match_source_type', table.sourceType, actualSourceTypes),
    check('supplier_invoice_match_seconds', sql`${table.seconds} > 0`),
    uniqueIndex('supplier_invoice_match_once').on(table.supplierInvoiceLineId, table.sourceId),
    index('supplier_invoice_match_of_order').on(table.subcontractLineId, table.sourceId),
    index('supplier_invoice_match_of_invoice').on(table.supplierInvoiceId),
  ],
);
export type SupplierInvoiceMatchRow = typeof supplierInvoiceMatches.$inferSelect;

// What the firm pays is nobody's affair outside, and of the firm's people only theirs who may see costs.
const ofCost = { customer: 'firm', client: false, partner: false, secret: { permission: 'cost:read', rows: sql`true` } } as const;
visible(supplierInvoices, { ...ofCost, legalEntity: supplierInvoices.legalEntityId });
visible(supplierInvoiceLines, { ...ofCost, legalEntity: supplierInvoiceLines.legalEntityId });
visible(supplierInvoiceMatches, { ...ofCost, legalEntity: supplierInvoiceMatches.legalEntityId });
