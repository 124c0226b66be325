import type { Resolvers } from '#generated/finance.ts';
import { page } from '#kernel/connection.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { sayExchange, shownRate, trimmed } from '../billing/exchange.ts';
import { setExchangeRates } from './commands.ts';
import { exchangeRateList, quoteExchange, readExchangeRate } from './queries.ts';

const on = mutationsOf('exchangeRate', readExchangeRate);

export const exchangeRateResolvers = {
  Query: {
    exchangeRate: (_, args, context) => quoteExchange(context, args),
    exchangeRates: (_, args, context) => page(context, exchangeRateList, args),
  },
  Mutation: { setExchangeRates: on.bulk('setExchangeRates', setExchangeRates) },
  ExchangeRate: {
    __resolveReference: async ({ id }, context) => (await readExchangeRate(context, id)) ?? null,
    rate: ({ rate }) => trimmed(rate),
  },
  ExchangeQuote: {
    rate: ({ exchange }) => (exchange ? shownRate(exchange) : null),
    route: ({ exchange }) => exchange?.route ?? null,
    pivotCurrency: ({ exchange }) => exchange?.pivotCurrency ?? null,
    legs: ({ exchange }) => exchange?.legs ?? [],
  },
  ExchangeLeg: { rate: ({ rate }) => trimmed(rate) },
  PriceConversion: {
    original: ({ minor, currency }) => showMoney({ minor: BigInt(minor), currency }),
    rounding: () => 'HALF_UP',
    text: (conversion) => sayExchange(conversion),
  },
} satisfies Resolvers;
