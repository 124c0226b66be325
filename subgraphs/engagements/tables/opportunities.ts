import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { check, date, index, jsonb, sql, text, unique, uuid } from '#kernel/sql.ts';
import { type OnboardingState, type OpportunityStatus, onboardingStates, opportunityMachine } from '../opportunity/machine.ts';
import { type ProvisioningStatus, provisioningMachine } from '../provisioning/machine.ts';
import { engagements, inOrder, pathIndexes } from './schema.ts';

type Amount = { amount: string; currency: string };
type Method = 'TIME_AND_MATERIALS' | 'FIXED_FEE' | 'MILESTONE' | 'RETAINER';

/** A line and a rate that the contract would have: a wish, kept as it was said. The contract's own rows are made of it. */
export type WishedLine = { name: string; method: Method; kinds: ('TIME' | 'EXPENSE' | 'FEE')[]; amount: Amount | null; notToExceed: Amount | null };
export type WishedRate = {
  employeeId: string | null;
  laborCategoryId: string | null;
  rate: Amount;
  effectiveFrom: string | null;
  effectiveTo: string | null;
};

export const opportunities = engagements.table(
  'opportunity',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<OpportunityStatus>().notNull().default('OPEN'),
    description: text('description'),
    valueMinor: count('value_minor'),
    currency: text('currency'),
    legalEntityId: uuid('legal_entity_id'),
    method: text('method').$type<Method>(),
    expectedCloseOn: date('expected_close_on', { mode: 'string' }),
    startDate: date('start_date', { mode: 'string' }),
    endDate: date('end_date', { mode: 'string' }),
    managerId: uuid('manager_id'),
    rateCardId: uuid('rate_card_id'),
    lines: jsonb('lines').$type<WishedLine[]>().notNull().default([]),
    rates: jsonb('rates').$type<WishedRate[]>().notNull().default([]),
    lostReason: text('lost_reason'),
    onboarding: text('onboarding').$type<OnboardingState>(),
    /** The run that has it in hand, or had it last. */
    runId: uuid('run_id'),
    engagementId: uuid('engagement_id'),
    contractId: uuid('contract_id'),
    projectId: uuid('project_id'),
  },
  (table) => [
    oneOf('opportunity_status', table.status, opportunityMachine.states),
    oneOf('opportunity_method', table.method, ['TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER']),
    oneOf('opportunity_onboarding', table.onboarding, onboardingStates),
    check('opportunity_value', sql`(${table.valueMinor} is null) = (${table.currency} is null)`),
    check('opportunity_onboarded_is_won', sql`${table.status} = 'WON' or num_nonnulls(${table.onboarding}, ${table.engagementId}) = 0`),
    inOrder('opportunity_dates', table.startDate, table.endDate),
    ...pathIndexes('opportunity', table, { customer: table.customerId, status: table.status, manager: table.managerId }),
    index('opportunity_by_close').on(table.expectedCloseOn, table.id),
    index('opportunity_updated').on(table.updatedAt, table.id),
    index('opportunity_by_engagement').on(table.engagementId),
    index('opportunity_by_contract').on(table.contractId),
    index('opportunity_by_project').on(table.projectId),
  ],
);
export type OpportunityRow = typeof opportunities.$inferSelect;
export type OpportunityLineRow = WishedLine;
export type OpportunityRateRow = WishedRate;
export const opportunity = entity('Opportunity', opportunities);

export const provisionings = engagements.table(
  'provisioning',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    projectId: uuid('project_id').notNull(),
    system: text('system').notNull(),
    status: text('status').$type<ProvisioningStatus>().notNull().default('PENDING'),
    dueAt: instant('due_at').notNull(),
    remindedAt: instant('reminded_at'),
    answeredAt: instant('answered_at'),
    reason: text('reason'),
  },
  (table) => [
    oneOf('provisioning_status', table.status, provisioningMachine.states),
    check('provisioning_answered', sql`(${table.status} = 'PENDING') = (${table.answeredAt} is null)`),
    check('provisioning_reason', sql`(${table.status} = 'REFUSED') = (${table.reason} is not null)`),
    unique('provisioning_once').on(table.projectId, table.system),
    index('provisioning_by_created').on(table.createdAt, table.id),
    index('provisioning_by_status_created').on(table.status, table.createdAt, table.id),
    index('provisioning_by_system_created').on(table.system, table.createdAt, table.id),
    index('provisioning_updated').on(table.updatedAt, table.id),
  ],
);
export type ProvisioningRow = typeof provisionings.$inferSelect;
export const provisioning = entity('Provisioning', provisionings);
