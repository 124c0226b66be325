import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { check, date, index, integer, type PgColumn, type SQL, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type RateCardVersionStatus, rateCardVersionMachine } from '../rateCard/machine.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

/** What an hour is sold for, what it costs, and what a legal entity lends it to another for. */
export const rateCardKinds = ['SALES', 'COST', 'TRANSFER'] as const;
export type RateCardKind = (typeof rateCardKinds)[number];
/** STANDARD of a legal entity, a CUSTOMER's own, or NAMED by contracts. */
export type RateCardScope = 'STANDARD' | 'CUSTOMER' | 'NAMED';

export const rateCards = finance.table(
  'rate_card',
  {
    ...entityColumns(),
    name: text('name').notNull(),
    kind: text('kind').$type<RateCardKind>().notNull(),
    scope: text('scope').$type<RateCardScope>().notNull(),
    currency: text('currency').notNull(),
    legalEntityId: uuid('legal_entity_id').references(() => legalEntities.id),
    customerId: uuid('customer_id'),
  },
  (table) => [
    oneOf('rate_card_kind', table.kind, rateCardKinds),
    oneOf('rate_card_scope', table.scope, ['STANDARD', 'CUSTOMER', 'NAMED']),
    check(
      'rate_card_owner',
      sql`case ${table.scope} when 'STANDARD' then ${table.legalEntityId} is not null and ${table.customerId} is null and ${table.kind} <> 'TRANSFER'
      when 'CUSTOMER' then ${table.customerId} is not null and ${table.kind} = 'SALES'
      else ${table.kind} = 'SALES' or (${table.kind} = 'TRANSFER' and ${table.legalEntityId} is not null and ${table.customerId} is null) end`,
    ),
    uniqueIndex('rate_card_standard').on(table.legalEntityId, table.kind, table.currency).where(sql`scope = 'STANDARD'`),
    uniqueIndex('rate_card_of_customer').on(table.customerId, table.currency).where(sql`scope = 'CUSTOMER'`),
    index('rate_card_by_name').on(table.name, table.id),
    index('rate_card_by_created').on(table.createdAt, table.id),
    index('rate_card_by_customer').on(table.customerId, table.name, table.id),
  ],
);
export type RateCardRow = typeof rateCards.$inferSelect;

export const rateCardVersions = finance.table(
  'rate_card_version',
  {
    ...entityColumns(),
    rateCardId: uuid('rate_card_id')
      .notNull()
      .references(() => rateCards.id),
    /** The card's, so that scope and permission are plain conditions. */
    kind: text('kind').$type<RateCardKind>().notNull(),
    customerId: uuid('customer_id'),
    number: integer('number').notNull(),
    status: text('status').$type<RateCardVersionStatus>().notNull().default('DRAFT'),
    effectiveFrom: date('effective_from').notNull(),
    /** Null while it is open; the day before effectiveFrom where a later publication replaced it whole. */
    effectiveTo: date('effective_to'),
    publishedAt: instant('published_at'),
  },
  (table) => [
    oneOf('rate_card_version_status', table.status, rateCardVersionMachine.states),
    check('rate_card_version_dates', sql`${table.effectiveTo} >= ${table.effectiveFrom} - 1`),
    uniqueIndex('rate_card_version_number').on(table.rateCardId, table.number),
    index('rate_card_version_by_date').on(table.effectiveFrom, table.id),
    index('rate_card_version_of_card').on(table.rateCardId, table.effectiveFrom, table.id),
  ],
);
export type RateCardVersionRow = typeof rateCardVersions.$inferSelect;

export const rateCardLines = finance.table(
  'rate_card_line',
  {
    ...entityColumns(),
    rateCardVersionId: uuid('rate_card_version_id')
      .notNull()
      .references(() => rateCardVersions.id),
    laborCategoryId: uuid('labor_category_id'),
    employeeId: uuid('employee_id'),
    /** Per hour, in the card's currency. */
    rateMinor: count('rate_minor').notNull(),
    currency: text('currency').notNull(),
  },
  (table) => [
    check('rate_card_line_subject', sql`num_nonnulls(${table.laborCategoryId}, ${table.employeeId}) = 1`),
    check('rate_card_line_rate', sql`${table.rateMinor} >= 0`),
    uniqueIndex('rate_card_line_category').on(table.rateCardVersionId, table.laborCategoryId).where(sql`labor_category_id is not null`),
    uniqueIndex('rate_card_line_employee').on(table.rateCardVersionId, table.employeeId).where(sql`employee_id is not null`),
  ],
);
export type RateCardLineRow = typeof rateCardLines.$inferSelect;

/** Costs and cost rates are the firm's own: no client sees them, whatever a token says. */
const costRates = (kind: PgColumn) => ({ permission: 'cost:read' as const, rows: sql`${kind} <> 'SALES'` });

const ofVersion = (condition: SQL) =>
  sql`exists (select from ${rateCardVersions} where ${rateCardVersions.id} = ${rateCardLines.rateCardVersionId} and ${condition})`;
const ofCard = (condition: SQL) => sql`exists (select from ${rateCards} where ${rateCards.id} = ${rateCardVersions.rateCardId} and ${condition})`;

visible(rateCards, {
  customer: rateCards.customerId,
  legalEntity: rateCards.legalEntityId,
  client: () => sql`${rateCards.kind} = 'SALES'`,
  partner: false,
  secret: costRates(rateCards.kind),
});
visible(rateCardVersions, {
  customer: rateCardVersions.customerId,
  legalEntity: (own) => ofCard(own(rateCards.legalEntityId)),
  client: () => sql`${rateCardVersions.kind} = 'SALES'`,
  partner: false,
  secret: costRates(rateCardVersions.kind),
});
visible(rateCardLines, {
  customer: (own) => ofVersion(own(rateCardVersions.customerId)),
  legalEntity: (own) => ofVersion(ofCard(own(rateCards.legalEntityId))),
  client: () => ofVersion(sql`${rateCardVersions.kind} = 'SALES'`),
  partner: false,
});
