import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { type AnyPgColumn, boolean, check, date, index, integer, jsonb, not, type PgColumn, type SQL, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type ActualStatus, actualMachine } from '../actual/machine.ts';
import type { Conversion } from '../billing/exchange.ts';
import type { PriceExplanation } from '../billing/price.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

export const actualKinds = ['COST', 'UNBILLED_SALES', 'DRAWN_SALES', 'BILLED_SALES', 'RESOURCING_COST', 'INTERCOMPANY_SALES'] as const;
export type ActualKind = (typeof actualKinds)[number];
export const actualSourceTypes = ['TIMESHEET_ENTRY', 'EXPENSE_ITEM', 'MILESTONE', 'CONTRACT_FEE', 'INVOICE_LINE', 'EXTERNAL'] as const;
export type ActualSourceType = (typeof actualSourceTypes)[number];
/** What work is sold for: to be billed, or drawn from what was billed in advance. */
export const isSale = ({ kind }: { kind: ActualKind }): boolean => kind === 'UNBILLED_SALES' || kind === 'DRAWN_SALES';
/** What work costs: in the books of its project; and where another legal entity lends the employee, in that one's books, with what it asks. They come and go together. */
export const isCost = ({ kind }: { kind: ActualKind }): boolean => kind === 'COST' || kind === 'RESOURCING_COST' || kind === 'INTERCOMPANY_SALES';
/** The same of a column: the firm's own, which no client sees. */
export const areCosts = (kind: PgColumn): SQL => sql`${kind} in ('COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES')`;
/** What the work was: what contract lines bill by. */
export type ActualClass = 'TIME' | 'EXPENSE' | 'FEE';

/** What is sold, counts and is not billed: the open set, small however old the firm is. */
export const unbilled = sql.raw(`kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null`);

/** What a lender has not asked for yet, or not given back: literally the predicate of the indexes that find it. */
export const uncharged = sql.raw(`kind = 'INTERCOMPANY_SALES' and intercompany_charge_id is null`);

/** The ledger. Only status, hold, invoice link, marks and reversed-by ever change; a trigger sees to it. */
export const actuals = finance.table(
  'actual',
  {
    ...entityColumns(),
    kind: text('kind').$type<ActualKind>().notNull(),
    transactionClass: text('transaction_class').$type<ActualClass>().notNull(),
    status: text('status').$type<ActualStatus>().notNull(),
    /** Why it is NOT_READY. */
    holdCode: text('hold_code'),
    holdReason: text('hold_reason'),
    sourceType: text('source_type').$type<ActualSourceType>().notNull(),
    sourceId: uuid('source_id').notNull(),
    sourceVersion: integer('source_version').notNull(),
    /** The same version of a source is priced anew when what it made was taken back: 1, then 2. */
    pricingRevision: integer('pricing_revision').notNull().default(1),
    /** A sale that a limit splits stands in parts: 1 is what was left, or all; what is over it is the next. */
    part: integer('part').notNull().default(1),
    /** What its source says: whether the work may be sold at all. */
    billable: boolean('billable').notNull().default(true),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    /** The other legal entity where one lends the employee to the other: the lender of a COST, the borrower of the lender's lines. */
    counterpartId: uuid('counterpart_id').references(() => legalEntities.id),
    customerId: uuid('customer_id'),
    engagementId: uuid('engagement_id'),
    contractId: uuid('contract_id'),
    contractLineId: uuid('contract_line_id'),
    projectId: uuid('project_id'),
    taskId: uuid('task_id'),
    employeeId: uuid('employee_id'),
    laborCategoryId: uuid('labor_category_id'),
    /** The day of the work, which prices it. */
    workDate: date('work_date').notNull(),
    /** The day in the books, which must lie in an open fiscal period. */
    accountingDate: date('accounting_date').notNull(),
    /** What kind of expense it was, which may price it; null for what is none, and of what was posted before it was kept. */
    expenseCategory: text('expense_category'),
    /** Null for what is no time. */
    seconds: count('seconds'),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    description: text('description'),
    priceExplanation: jsonb('price_explanation').$type<PriceExplanation>().notNull(),
    invoiceId: uuid('invoice_id'),
    invoiceLineId: uuid('invoice_line_id'),
    /** Set on a reversal: what it takes back. */
    reversesId: uuid('reverses_id').references((): AnyPgColumn => actuals.id),
    /** Set on what was taken back. */
    reversedById: uuid('reversed_by_id').references((): AnyPgColumn => actuals.id, { onDelete: 'no action' }),
    reason: text('reason'),
    /** The revenue event that accrued it before it was billed; set once, and kept when it is billed or taken back. */
    accrualEventId: uuid('accrual_event_id'),
    /** The charge that asked the borrower for it; set once, and kept when it is taken back. */
    intercompanyChargeId: uuid('intercompany_charge_id'),
    /** The line of an order that gave the cost of bought time; null for all else. */
    subcontractLineId: uuid('subcontract_line_id'),
  },
  (table) => [
    oneOf('actual_kind', table.kind, actualKinds),
    oneOf('actual_class', table.transactionClass, ['TIME', 'EXPENSE', 'FEE']),
    oneOf('actual_status', table.status, actualMachine.states),
    oneOf('actual_source_type', table.sourceType, actualSourceTypes),
    check('actual_hold', sql`(${table.status} = 'NOT_READY') = (${table.holdCode} is not null)`),
    uniqueIndex('actual_source_once')
      .on(table.sourceType, table.sourceId, table.sourceVersion, table.kind, table.part)
      .where(sql`reverses_id is null and reversed_by_id is null`),
    uniqueIndex('actual_revision_once')
      .on(table.sourceId, table.sourceType, table.sourceVersion, table.kind, table.pricingRevision, table.part)
      .where(sql`reverses_id is null`),
    uniqueIndex('actual_reversed_once').on(table.reversesId).where(sql`reverses_id is not null`),
    index('actual_by_work_date').on(table.workDate, table.id),
    index('actual_by_created').on(table.createdAt, table.id),
    index('actual_of_project').on(table.projectId, table.workDate, table.id),
    index('actual_of_contract').on(table.contractId, table.workDate, table.id),
    index('actual_of_customer').on(table.customerId, table.workDate, table.id),
    index('actual_of_engagement').on(table.engagementId, table.workDate, table.id),
    index('actual_of_employee').on(table.employeeId, table.workDate, table.id),
    index('actual_of_source').on(table.sourceId, table.workDate, table.id),
    index('actual_of_invoice_line').on(table.invoiceLineId, table.workDate, table.id).where(sql`invoice_line_id is not null`),
    index('actual_to_bill')
      .on(table.contractId, table.workDate)
      .where(sql`kind = 'UNBILLED_SALES' and status = 'READY' and reverses_id is null and reversed_by_id is null`),
    // By day, so that the oldest is the first. Each is there for those alone who name its column: while the table is young all three cost the same, and a
    // plan that read a whole one lived on.
    index('actual_unbilled_of_project').on(table.projectId, table.workDate).where(sql`${unbilled} and project_id is not null`),
    index('actual_unbilled_of_contract').on(table.contractId, table.workDate).where(sql`${unbilled} and contract_id is not null`),
    index('actual_unbilled_of_customer').on(table.customerId, table.workDate).where(sql`${unbilled} and customer_id is not null`),
    index('actual_on_invoice').on(table.projectId, table.invoiceId).where(sql`kind = 'UNBILLED_SALES' and status = 'ON_INVOICE'`),
    index('actual_of_invoice').on(table.invoiceId, table.workDate, table.id).where(sql`invoice_id is not null`),
    // Nearly all are time that stands: lists of anything else go by these.
    index('actual_of_class').on(table.transactionClass, table.workDate, table.id).where(sql`transaction_class <> 'TIME'`),
    index('actual_of_source_type').on(table.sourceType, table.workDate, table.id).where(sql`source_type <> 'TIMESHEET_ENTRY'`),
    index('actual_of_kind').on(table.kind, table.workDate, table.id).where(sql`kind <> 'COST' and kind <> 'UNBILLED_SALES'`),
    index('actual_of_status').on(table.status, table.workDate, table.id),
    index('actual_reversed').on(table.workDate, table.id).where(sql`num_nonnulls(reverses_id, reversed_by_id) > 0`),
    index('actual_cost_of_project').on(table.projectId, table.accountingDate).where(sql`kind = 'COST'`),
    index('actual_drawn').on(table.contractLineId, table.workDate).where(sql`kind = 'DRAWN_SALES'`),
    index('actual_of_subcontract_line').on(table.subcontractLineId, table.workDate, table.id).where(sql`subcontract_line_id is not null`),
    index('actual_of_period').on(table.legalEntityId, table.accountingDate),
    index('actual_unaccrued').on(table.legalEntityId, table.accountingDate).where(sql`${unbilled} and accrual_event_id is null`),
    index('actual_uncharged').on(table.legalEntityId, table.counterpartId, table.accountingDate).where(uncharged),
    index('actual_uncharged_of_borrower').on(table.counterpartId, table.accountingDate).where(uncharged),
    index('actual_of_charge').on(table.intercompanyChargeId, table.workDate, table.id).where(sql`intercompany_charge_id is not null`),
    index('actual_drawn_of_period').on(table.legalEntityId, table.accountingDate).where(sql`kind = 'DRAWN_SALES'`),
  ],
);
export type ActualRow = typeof actuals.$inferSelect;
/** What GraphQL shows of how an actual was priced. */
export type PriceExplanationRow = PriceExplanation;
export type PriceConversionRow = Conversion;

visible(actuals, {
  customer: actuals.customerId,
  legalEntity: actuals.legalEntityId,
  client: () => not(areCosts(actuals.kind)),
  partner: false,
  secret: { permission: 'cost:read', rows: areCosts(actuals.kind) },
});
