import type { ExchangeRateFilter, ExchangeRateOrderField, QueryExchangeRateArgs } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { Refused, toUserError } from '#kernel/errors.ts';
import { changedSince } from '#kernel/read.ts';
import { gte, inArray, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { longestAge, searchOf } from '../billing/exchange.ts';
import { type ExchangeQuoteRow, type ExchangeRateRow, exchangeRates } from '../tables.ts';
import { readRates } from './read.ts';

const exchangeRatesById = visibleById(exchangeRates, 'rate:read');

/** An exchange rate, if there is one that the actor may know of. */
export function readExchangeRate(context: Context, id: string): Promise<ExchangeRateRow | undefined> {
  return context.load(exchangeRatesById, id);
}

export const exchangeRateList: List<typeof exchangeRates, ExchangeRateFilter, ExchangeRateOrderField> = {
  table: exchangeRates,
  read: 'rate:read',
  orders: { EFFECTIVE_ON: exchangeRates.effectiveOn, UPDATED_AT: exchangeRates.updatedAt },
  defaultOrder: { field: 'EFFECTIVE_ON', direction: 'DESC' },
  filter: (filter) => [
    changedSince(exchangeRates, filter.updatedSince),
    filter.baseCurrencies ? inArray(exchangeRates.baseCurrency, [...filter.baseCurrencies]) : undefined,
    filter.quoteCurrencies ? inArray(exchangeRates.quoteCurrency, [...filter.quoteCurrencies]) : undefined,
    filter.sources ? inArray(exchangeRates.source, [...filter.sources]) : undefined,
    filter.effectiveFrom ? gte(exchangeRates.effectiveOn, filter.effectiveFrom) : undefined,
    filter.effectiveTo ? lte(exchangeRates.effectiveOn, filter.effectiveTo) : undefined,
  ],
};

/** What pricing would convert by on a day, or why it could not; nothing is written. */
export async function quoteExchange(context: Context, { from, to, date }: QueryExchangeRateArgs): Promise<ExchangeQuoteRow> {
  demand(context.actor, 'rate:read');
  const exchange = from === to ? undefined : searchOf(await readRates(context.db, { currencies: [from, to], dates: [date] }))({ from, to, date });
  const refused = exchange ? undefined : whyNot({ from, to, date });
  return { exchange, refused: refused ? toUserError(refused, context.trace.correlationId) : null };
}

function whyNot({ from, to, date }: QueryExchangeRateArgs): Refused {
  if (from === to) return new Refused('VALIDATION_FAILED', `One ${from} is worth one ${from}. Name another currency.`, { field: 'to' });
  return new Refused('CURRENCY_MISMATCH', `No exchange rate from ${from} to ${to} is known of ${date} or the ${longestAge} days before: setExchangeRates.`);
}
