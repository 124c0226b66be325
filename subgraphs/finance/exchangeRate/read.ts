import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { and, lte, or, sql } from '#kernel/sql.ts';
import { type DatedRate, longestAge } from '../billing/exchange.ts';
import { exchangeRates } from '../tables.ts';

type Wanted = {
  currencies: readonly string[];
  dates: readonly CalendarDate[];
  /** The rates that were recorded until then. */
  known?: Date | undefined;
};

/** The rates that may lead from one of some currencies to another on some days; nothing is read where there is only one. */
export async function readRates(db: Db, { currencies, dates, known }: Wanted): Promise<DatedRate[]> {
  const [first, last] = [dates.toSorted()[0], dates.toSorted().at(-1)];
  if (currencies.length < 2 || !first || !last) return [];
  const ofOne = or(among(exchangeRates.baseCurrency, currencies), among(exchangeRates.quoteCurrency, currencies));
  const young = and(sql`${exchangeRates.effectiveOn} >= ${first}::date - ${longestAge}::int`, lte(exchangeRates.effectiveOn, last));
  return rowsWhere(db, exchangeRates, and(ofOne, young, known ? lte(exchangeRates.createdAt, known) : undefined));
}
