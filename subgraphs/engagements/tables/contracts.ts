import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { check, date, foreignKey, index, integer, jsonb, sql, text, unique, uuid } from '#kernel/sql.ts';
import type { ExpenseTerms, FeeInstalment, RetainerTerms } from '../contract/billing.ts';
import { type ContractStatus, contractMachine } from '../contract/machine.ts';
import { partyColumns } from '../customer/columns.ts';
import { type CustomerStatus, customerMachine } from '../customer/machine.ts';
import { type EngagementStatus, engagementMachine } from '../engagement/machine.ts';
import { engagements, inOrder, pathIndexes } from './schema.ts';

export const customers = engagements.table(
  'customer',
  {
    ...entityColumns(),
    name: text('name').notNull(),
    status: text('status').$type<CustomerStatus>().notNull().default('PROSPECT'),
    parentId: uuid('parent_id'),
    currency: text('currency'),
    legalEntityId: uuid('legal_entity_id'),
    taxProfileId: uuid('tax_profile_id'),
    billingEmail: text('billing_email'),
    billingAddress: text('billing_address'),
    ...partyColumns(),
  },
  (table) => [
    oneOf('customer_status', table.status, customerMachine.states),
    check('customer_active_is_taxable', sql`${table.status} <> 'ACTIVE' or (${table.legalEntityId} is not null and ${table.taxProfileId} is not null)`),
    ...pathIndexes('customer', table, { parent: table.parentId, status: table.status }),
  ],
);
export type CustomerRow = typeof customers.$inferSelect;
export const customer = entity('Customer', customers);

export const engagementTable = engagements.table(
  'engagement',
  {
    ...entityColumns(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    name: text('name').notNull(),
    status: text('status').$type<EngagementStatus>().notNull().default('DRAFT'),
    description: text('description'),
    startDate: date('start_date', { mode: 'string' }),
    endDate: date('end_date', { mode: 'string' }),
  },
  (table) => [
    oneOf('engagement_status', table.status, engagementMachine.states),
    inOrder('engagement_dates', table.startDate, table.endDate),
    unique('engagement_of_customer').on(table.id, table.customerId),
    ...pathIndexes('engagement', table, { customer: table.customerId, status: table.status }),
  ],
);
export type EngagementRow = typeof engagementTable.$inferSelect;
export const engagement = entity('Engagement', engagementTable);

const ofCustomer: [typeof engagementTable.id, typeof engagementTable.customerId] = [engagementTable.id, engagementTable.customerId];
export const contracts = engagements.table(
  'contract',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    legalEntityId: uuid('legal_entity_id'),
    name: text('name').notNull(),
    status: text('status').$type<ContractStatus>().notNull().default('DRAFT'),
    currency: text('currency').notNull(),
    startDate: date('start_date', { mode: 'string' }).notNull(),
    internalNotes: text('internal_notes'),
  },
  (table) => [
    oneOf('contract_status', table.status, contractMachine.states),
    check('contract_currency', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('contract_in_force_has_legal_entity', sql`${table.status} in ('DRAFT', 'LOST') or ${table.legalEntityId} is not null`),
    foreignKey({ name: 'contract_engagement', columns: [table.engagementId, table.customerId], foreignColumns: ofCustomer }),
    unique('contract_of_engagement').on(table.id, table.engagementId),
    unique('contract_of_customer').on(table.id, table.customerId),
    ...pathIndexes('contract', table, { customer: table.customerId, engagement: table.engagementId, status: table.status }),
    index('contract_by_start').on(table.startDate, table.id),
    index('contract_by_customer_start').on(table.customerId, table.startDate, table.id),
    index('contract_by_engagement_start').on(table.engagementId, table.startDate, table.id),
  ],
);
export type ContractRow = typeof contracts.$inferSelect;
/** Its content is frozen outside of DRAFT: what is written of it in one call goes state by state. */
export const contract = entity('Contract', contracts, { stepwise: true });

/** What was agreed from a day on. It changes while the contract is DRAFT; afterwards a later version may end it earlier, and nothing else. */
export const contractVersions = engagements.table(
  'contract_version',
  {
    ...entityColumns(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    /** From 1, in the order in which they were agreed. */
    number: integer('number').notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    /** Null in the newest. The day before effectiveFrom where a later version replaced it whole. */
    effectiveTo: date('effective_to', { mode: 'string' }),
    rounding: text('rounding').$type<'HALF_UP' | 'HALF_EVEN'>().notNull().default('HALF_UP'),
    rateCardId: uuid('rate_card_id'),
    paymentTermDays: integer('payment_term_days').notNull().default(30),
    /** What may be billed under the contract at most, whichever line bills it. */
    notToExceedMinor: count('not_to_exceed_minor'),
    /** The contract's last day, as this version has it. */
    endDate: date('end_date', { mode: 'string' }),
    reason: text('reason'),
  },
  (table) => [
    oneOf('contract_version_rounding', table.rounding, ['HALF_UP', 'HALF_EVEN']),
    check('contract_version_limit', sql`${table.notToExceedMinor} > 0`),
    check('contract_version_payment_term', sql`${table.paymentTermDays} between 0 and 365`),
    check('contract_version_days', sql`${table.effectiveTo} >= ${table.effectiveFrom} - 1`),
    inOrder('contract_version_end', table.effectiveFrom, table.endDate),
    foreignKey({ name: 'contract_version_contract', columns: [table.contractId, table.customerId], foreignColumns: [contracts.id, contracts.customerId] }),
    unique('contract_version_number').on(table.contractId, table.number),
    unique('contract_version_of_contract').on(table.id, table.contractId),
  ],
);
export type ContractVersionRow = typeof contractVersions.$inferSelect;
export const contractVersion = entity('ContractVersion', contractVersions);

/** A line for the life of its contract: limits, milestones and actuals refer to it, whichever version says what it bills. */
export const contractLines = engagements.table(
  'contract_line',
  {
    ...entityColumns(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    name: text('name').notNull(),
  },
  (table) => [
    foreignKey({ name: 'contract_line_contract', columns: [table.contractId, table.customerId], foreignColumns: [contracts.id, contracts.customerId] }),
    unique('contract_line_name').on(table.contractId, table.name),
    unique('contract_line_of_contract').on(table.id, table.contractId),
  ],
);
export type NamedLine = typeof contractLines.$inferSelect;
export const contractLine = entity('ContractLine', contractLines);

/** What one version says of a line. */
export const contractLineTerms = engagements.table(
  'contract_line_terms',
  {
    ...entityColumns(),
    contractVersionId: uuid('contract_version_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    lineId: uuid('line_id').notNull(),
    /** Its place among the lines of the version, from 0. */
    place: integer('place').notNull(),
    method: text('method').$type<'TIME_AND_MATERIALS' | 'FIXED_FEE' | 'MILESTONE' | 'RETAINER'>().notNull(),
    kinds: text('kinds').array().$type<('TIME' | 'EXPENSE' | 'FEE')[]>().notNull(),
    projectIds: uuid('project_ids').array().notNull(),
    currency: text('currency').notNull(),
    amountMinor: count('amount_minor'),
    notToExceedMinor: count('not_to_exceed_minor'),
    /** What of a fixed fee is due when; null where it is billed by progress, or by hand. */
    instalments: jsonb('instalments').$type<readonly FeeInstalment[]>(),
    /** How a retainer is billed and drawn; null where it is billed by hand. */
    retainer: jsonb('retainer').$type<RetainerTerms>(),
    /** What expenses are sold for; null: for what they cost. */
    expenses: jsonb('expenses').$type<ExpenseTerms>(),
    startDate: date('start_date', { mode: 'string' }),
    endDate: date('end_date', { mode: 'string' }),
  },
  (table) => [
    oneOf('contract_line_method', table.method, ['TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER']),
    check('contract_line_kinds', sql`cardinality(${table.kinds}) > 0 and ${table.kinds} <@ array['TIME', 'EXPENSE', 'FEE']`),
    check(
      'contract_line_amount',
      sql`case ${table.method} when 'TIME_AND_MATERIALS' then ${table.amountMinor} is null when 'MILESTONE' then ${table.amountMinor} is null or ${table.amountMinor} > 0 else ${table.amountMinor} is not null and ${table.amountMinor} > 0 end`,
    ),
    check('contract_line_limit', sql`${table.notToExceedMinor} > 0`),
    check(
      'contract_line_billing',
      sql`(${table.instalments} is null or ${table.method} = 'FIXED_FEE') and (${table.retainer} is null or ${table.method} = 'RETAINER') and (${table.expenses} is null or 'EXPENSE' = any(${table.kinds}))`,
    ),
    inOrder('contract_line_dates', table.startDate, table.endDate),
    foreignKey({ name: 'contract_line_terms_contract', columns: [table.contractId, table.customerId], foreignColumns: [contracts.id, contracts.customerId] }),
    foreignKey({
      name: 'contract_line_terms_version',
      columns: [table.contractVersionId, table.contractId],
      foreignColumns: [contractVersions.id, contractVersions.contractId],
    }),
    foreignKey({ name: 'contract_line_terms_line', columns: [table.lineId, table.contractId], foreignColumns: [contractLines.id, contractLines.contractId] }),
    unique('contract_line_terms_once').on(table.lineId, table.contractVersionId),
    index('contract_line_terms_by_place').on(table.contractVersionId, table.place),
    index('contract_line_terms_of_contract').on(table.contractId),
  ],
);
export const lineTerms = entity('ContractLineTerms', contractLineTerms);
/** A line as one version has it. `id` is the line's, the same in every version; `termsId` is the row's. */
export type ContractLineRow = Omit<typeof contractLineTerms.$inferSelect, 'lineId'> & { termsId: string; name: string };

export const contractRates = engagements.table(
  'contract_rate',
  {
    ...entityColumns(),
    contractVersionId: uuid('contract_version_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    customerId: uuid('customer_id').notNull(),
    lineId: uuid('line_id'),
    employeeId: uuid('employee_id'),
    laborCategoryId: uuid('labor_category_id'),
    currency: text('currency').notNull(),
    /** Per hour. */
    rateMinor: count('rate_minor').notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    effectiveTo: date('effective_to', { mode: 'string' }),
  },
  (table) => [
    check('contract_rate_amount', sql`${table.rateMinor} >= 0`),
    check(
      'contract_rate_whom',
      sql`num_nonnulls(${table.employeeId}, ${table.laborCategoryId}) <= 1 and num_nonnulls(${table.lineId}, ${table.employeeId}, ${table.laborCategoryId}) >= 1`,
    ),
    inOrder('contract_rate_dates', table.effectiveFrom, table.effectiveTo),
    foreignKey({ name: 'contract_rate_contract', columns: [table.contractId, table.customerId], foreignColumns: [contracts.id, contracts.customerId] }),
    foreignKey({
      name: 'contract_rate_version',
      columns: [table.contractVersionId, table.contractId],
      foreignColumns: [contractVersions.id, contractVersions.contractId],
    }),
    foreignKey({
      name: 'contract_rate_line',
      columns: [table.lineId, table.contractVersionId],
      foreignColumns: [contractLineTerms.lineId, contractLineTerms.contractVersionId],
    }),
    index('contract_rate_by_version').on(table.contractVersionId, table.id),
    index('contract_rate_of_contract').on(table.contractId),
    index('contract_rate_by_line').on(table.lineId, table.contractVersionId),
  ],
);
export type ContractRateRow = typeof contractRates.$inferSelect;
export const contractRate = entity('ContractRate', contractRates);
