import { entityColumns } from '#kernel/columns.ts';
import type { UserError } from '#kernel/errors.ts';
import { check, date, index, numeric, sql, text, uniqueIndex } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { Exchange, ExchangeLeg } from '../billing/exchange.ts';
import { finance } from './schema.ts';

/** What currencies are worth by day and source. A correction changes the row: what was priced by it says on its own what it was priced by. */
export const exchangeRates = finance.table(
  'exchange_rate',
  {
    ...entityColumns(),
    baseCurrency: text('base_currency').notNull(),
    quoteCurrency: text('quote_currency').notNull(),
    rate: numeric('rate', { precision: 24, scale: 12 }).notNull(),
    effectiveOn: date('effective_on').notNull(),
    source: text('source').notNull(),
  },
  (table) => [
    check('exchange_rate_above_zero', sql`${table.rate} > 0`),
    check('exchange_rate_currencies', sql`${table.baseCurrency} <> ${table.quoteCurrency}`),
    uniqueIndex('exchange_rate_once').on(table.baseCurrency, table.quoteCurrency, table.effectiveOn, table.source),
    index('exchange_rate_by_day').on(table.effectiveOn, table.id),
    index('exchange_rate_updated').on(table.updatedAt, table.id),
    index('exchange_rate_of_quote').on(table.quoteCurrency, table.effectiveOn),
  ],
);
export type ExchangeRateRow = typeof exchangeRates.$inferSelect;

/** What an exchange on a day would go by, or why there is none. */
export type ExchangeQuoteRow = { exchange: Exchange | undefined; refused: UserError | null };
export type ExchangeLegRow = ExchangeLeg;

visible(exchangeRates, { customer: 'anyone', legalEntity: 'none', client: false, partner: false });
