import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { type AnyPgColumn, boolean, check, date, index, integer, type PgColumn, type SQL, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type TransferMethod, transferMethods } from '../billing/transfer.ts';
import { journalEntries } from './journal.ts';
import type { ActualClass } from './ledger.ts';
import { rateCards } from './rates.ts';
import { legalEntities } from './reference.ts';
import { finance } from './schema.ts';

const legalEntityColumn = (name: string) =>
  uuid(name)
    .notNull()
    .references((): AnyPgColumn => legalEntities.id);

/** What one legal entity of the firm asks another for the work of its people, from a day until the next terms of the pair. */
export const intercompanyTerms = finance.table(
  'intercompany_terms',
  {
    ...entityColumns(),
    lenderId: legalEntityColumn('lender_id'),
    borrowerId: legalEntityColumn('borrower_id'),
    effectiveFrom: date('effective_from').notNull(),
    method: text('method').$type<TransferMethod>().notNull(),
    /** On what an hour costs in the lender's books. */
    markUpBasisPoints: integer('mark_up_basis_points').notNull(),
    /** On what an expense comes to in the lender's books. */
    expenseMarkUpBasisPoints: integer('expense_mark_up_basis_points').notNull(),
    rateCardId: uuid('rate_card_id').references(() => rateCards.id),
  },
  (table) => [
    oneOf('intercompany_terms_method', table.method, transferMethods),
    check('intercompany_terms_two', sql`${table.lenderId} <> ${table.borrowerId}`),
    check('intercompany_terms_card', sql`(${table.method} = 'RATE_CARD') = (${table.rateCardId} is not null)`),
    check('intercompany_terms_mark_up', sql`${table.markUpBasisPoints} >= 0 and ${table.expenseMarkUpBasisPoints} >= 0`),
    uniqueIndex('intercompany_terms_once').on(table.lenderId, table.borrowerId, table.effectiveFrom),
    index('intercompany_terms_by_day').on(table.effectiveFrom, table.id),
    index('intercompany_terms_updated').on(table.updatedAt, table.id),
    index('intercompany_terms_of_borrower').on(table.borrowerId, table.effectiveFrom),
  ],
);
export type IntercompanyTermsRow = typeof intercompanyTerms.$inferSelect;

/** What a lender asked of a borrower in one go, for the work of its people up to a day. It is final: what was taken back since is a line of the next one. */
export const intercompanyCharges = finance.table(
  'intercompany_charge',
  {
    ...entityColumns(),
    lenderId: legalEntityColumn('lender_id'),
    borrowerId: legalEntityColumn('borrower_id'),
    /** Counts the charges of the lender without a gap. */
    number: integer('number').notNull(),
    /** The last day of the books whose work is on it, and its own day in both. */
    chargedOn: date('charged_on').notNull(),
    actuals: count('actuals').notNull(),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    borrowerMinor: count('borrower_minor').notNull(),
    borrowerCurrency: text('borrower_currency').notNull(),
    /** Null where it comes to nothing on every project. */
    lenderEntryId: uuid('lender_entry_id').references(() => journalEntries.id),
    borrowerEntryId: uuid('borrower_entry_id').references(() => journalEntries.id),
  },
  (table) => [
    check('intercompany_charge_two', sql`${table.lenderId} <> ${table.borrowerId}`),
    uniqueIndex('intercompany_charge_number').on(table.lenderId, table.number),
    index('intercompany_charge_by_day').on(table.chargedOn, table.id),
    index('intercompany_charge_by_created').on(table.createdAt, table.id),
    index('intercompany_charge_updated').on(table.updatedAt, table.id),
    index('intercompany_charge_of_lender').on(table.lenderId, table.chargedOn, table.id),
    index('intercompany_charge_of_borrower').on(table.borrowerId, table.chargedOn, table.id),
  ],
);
export type IntercompanyChargeRow = typeof intercompanyCharges.$inferSelect;

/** The work of somebody on a project, or what of an earlier charge was taken back since. */
export const intercompanyChargeLines = finance.table(
  'intercompany_charge_line',
  {
    ...entityColumns(),
    chargeId: uuid('charge_id')
      .notNull()
      .references(() => intercompanyCharges.id),
    position: integer('position').notNull(),
    projectId: uuid('project_id').notNull(),
    employeeId: uuid('employee_id').notNull(),
    transactionClass: text('transaction_class').$type<ActualClass>().notNull(),
    /** What an earlier charge asked for, and was taken back since. */
    reversing: boolean('reversing').notNull(),
    actuals: count('actuals').notNull(),
    /** Null for what is no time. */
    seconds: count('seconds'),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    borrowerMinor: count('borrower_minor').notNull(),
    borrowerCurrency: text('borrower_currency').notNull(),
  },
  (table) => [
    oneOf('intercompany_charge_line_class', table.transactionClass, ['TIME', 'EXPENSE']),
    uniqueIndex('intercompany_charge_line_position').on(table.chargeId, table.position),
    index('intercompany_charge_line_of_charge').on(table.chargeId, table.position, table.id),
  ],
);
export type IntercompanyChargeLineRow = typeof intercompanyChargeLines.$inferSelect;

/** Both sides know what is between them. */
const ofEither =
  ({ lenderId, borrowerId }: { lenderId: PgColumn; borrowerId: PgColumn }) =>
  (own: (column: PgColumn) => SQL) =>
    sql`(${own(lenderId)} or ${own(borrowerId)})`;
const inside = { customer: 'firm', client: false, partner: false, secret: { permission: 'cost:read', rows: sql`true` } } as const;

visible(intercompanyTerms, { ...inside, legalEntity: ofEither(intercompanyTerms) });
visible(intercompanyCharges, { ...inside, legalEntity: ofEither(intercompanyCharges) });
visible(intercompanyChargeLines, {
  ...inside,
  legalEntity: (own) =>
    sql`exists (select from ${intercompanyCharges} where ${intercompanyCharges.id} = ${intercompanyChargeLines.chargeId} and ${ofEither(intercompanyCharges)(own)})`,
});
