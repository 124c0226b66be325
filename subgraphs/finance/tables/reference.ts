import { entityColumns, instant, oneOf } from '#kernel/columns.ts';
import type { PostalAddress } from '#kernel/party.ts';
import { boolean, check, date, index, jsonb, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { TaxCategory } from '../billing/category.ts';
import type { OpenThing } from '../closeChecklist/kinds.ts';
import { type FiscalPeriodStatus, fiscalPeriodMachine } from '../fiscalPeriod/machine.ts';
import type { TaxRate } from '../taxProfile/rates.ts';
import { finance } from './schema.ts';

export const legalEntities = finance.table(
  'legal_entity',
  {
    ...entityColumns(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    countryCode: text('country_code').notNull(),
    postalAddress: jsonb('postal_address').$type<PostalAddress>(),
    vatId: text('vat_id'),
    registrationNumber: text('registration_number'),
    taxNumber: text('tax_number'),
    bankAccount: text('bank_account'),
    bic: text('bic'),
    contactEmail: text('contact_email'),
    electronicAddress: text('electronic_address'),
    locale: text('locale'),
  },
  (table) => [uniqueIndex('legal_entity_code').on(table.code), index('legal_entity_by_name').on(table.name, table.id)],
);
export type LegalEntityRow = typeof legalEntities.$inferSelect;

export const taxProfiles = finance.table(
  'tax_profile',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    code: text('code').notNull(),
    name: text('name').notNull(),
    exempt: boolean('exempt').notNull().default(false),
    /** By EN 16931; null: as the rates say. */
    category: text('category').$type<TaxCategory>(),
    /** What invoices must say, such as why nothing is charged. */
    note: text('note'),
    rates: jsonb('rates').$type<TaxRate[]>().notNull().default([]),
  },
  (table) => [
    check('tax_profile_category', sql`${table.category} is null or (${table.category} = 'STANDARD') <> ${table.exempt}`),
    uniqueIndex('tax_profile_code').on(table.legalEntityId, table.code),
    index('tax_profile_by_code').on(table.code, table.id),
    index('tax_profile_by_name').on(table.name, table.id),
  ],
);
export type TaxProfileRow = typeof taxProfiles.$inferSelect;

export const costCenters = finance.table(
  'cost_center',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    code: text('code').notNull(),
    name: text('name').notNull(),
    startDate: date('start_date'),
    endDate: date('end_date'),
  },
  (table) => [
    uniqueIndex('cost_center_code').on(table.legalEntityId, table.code),
    index('cost_center_by_code').on(table.code, table.id),
    index('cost_center_by_name').on(table.name, table.id),
    check('cost_center_dates', sql`${table.startDate} <= ${table.endDate}`),
  ],
);
export type CostCenterRow = typeof costCenters.$inferSelect;

export const fiscalPeriods = finance.table(
  'fiscal_period',
  {
    ...entityColumns(),
    legalEntityId: uuid('legal_entity_id')
      .notNull()
      .references(() => legalEntities.id),
    name: text('name').notNull(),
    startDate: date('start_date').notNull(),
    endDate: date('end_date').notNull(),
    status: text('status').$type<FiscalPeriodStatus>().notNull().default('OPEN'),
    closedAt: instant('closed_at'),
    lockedAt: instant('locked_at'),
  },
  (table) => [
    oneOf('fiscal_period_status', table.status, fiscalPeriodMachine.states),
    check('fiscal_period_dates', sql`${table.startDate} <= ${table.endDate}`),
    index('fiscal_period_by_start').on(table.startDate, table.id),
    index('fiscal_period_by_legal_entity').on(table.legalEntityId, table.startDate, table.id),
  ],
);
export type FiscalPeriodRow = typeof fiscalPeriods.$inferSelect;

visible(legalEntities, { customer: 'anyone', legalEntity: legalEntities.id, client: true, partner: true });
visible(taxProfiles, { customer: 'anyone', legalEntity: taxProfiles.legalEntityId, client: false, partner: false });
visible(costCenters, { customer: 'anyone', legalEntity: costCenters.legalEntityId, client: false, partner: false });
visible(fiscalPeriods, { customer: 'anyone', legalEntity: fiscalPeriods.legalEntityId, client: false, partner: false });

/** What GraphQL shows of a thing that is open in a period. */
export type CloseChecklistThingRow = OpenThing;
