import { minorDigits } from '#kernel/currency.ts';
import { divideRounded, formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { isAmount, type Money } from '#kernel/money.ts';
import { type CalendarDate, daysBetween } from '#kernel/period.ts';

/** Fraction digits that a rate may have. */
export const rateDigits = 12;
const one = 10n ** BigInt(rateDigits);

/** A rate holds until the next one, but for no more days than this: what nobody renewed says nothing about the day any more. */
export const longestAge = 7;

/** What one unit of the base currency is worth in the quote currency, from a day on. */
export type DatedRate = {
  id: string;
  baseCurrency: string;
  quoteCurrency: string;
  /** An exact decimal above zero. */
  rate: string;
  effectiveOn: CalendarDate;
  source: string;
  updatedAt: Date;
};

export const exchangeRoutes = ['DIRECT', 'INVERSE', 'TRIANGULATED'] as const;
export type ExchangeRoute = (typeof exchangeRoutes)[number];

/** One rate on the way from a currency to another; `inverse`: it was divided by. */
export type ExchangeLeg = Omit<DatedRate, 'id' | 'updatedAt'> & { exchangeRateId: string; inverse: boolean };

/** How one currency becomes another on a day. */
export type Exchange = { route: ExchangeRoute; pivotCurrency: string | null; legs: ExchangeLeg[] };

/** How an amount came about that was in another currency; stored with it, so that it stays true whatever rates are set later. */
export type Conversion = Exchange & { currency: string; minor: string; rate: string };

type Wanted = { from: string; to: string; date: CalendarDate };

/** Finds how one currency becomes another on a day; undefined where no rate is young enough. */
export type ExchangeSearch = (wanted: Wanted) => Exchange | undefined;

/** Currencies that most others are quoted in: they are tried before the rest. */
const usualPivots = ['EUR', 'USD'];

/** The search over some rates: a direct one before an inverse one before two by way of a third currency. */
export function searchOf(rates: readonly DatedRate[]): ExchangeSearch {
  const byPair = Map.groupBy(rates.toSorted(newestFirst), pairOf);
  const currencies = [...new Set(rates.flatMap(({ baseCurrency, quoteCurrency }) => [baseCurrency, quoteCurrency]))];
  const pivots = [...usualPivots, ...currencies.filter((each) => !usualPivots.includes(each)).toSorted()];
  const usable = (baseCurrency: string, quoteCurrency: string, date: CalendarDate) =>
    byPair.get(pairOf({ baseCurrency, quoteCurrency }))?.find(({ effectiveOn }) => effectiveOn <= date && daysBetween(effectiveOn, date) <= longestAge);
  const legOf = ({ from, to, date }: Wanted): ExchangeLeg | undefined => {
    const direct = usable(from, to, date);
    const found = direct ?? usable(to, from, date);
    if (!found) return undefined;
    const { id: exchangeRateId, updatedAt: _, ...said } = found;
    return { ...said, exchangeRateId, inverse: !direct };
  };
  return ({ from, to, date }) => {
    const leg = legOf({ from, to, date });
    if (leg) return { route: leg.inverse ? 'INVERSE' : 'DIRECT', pivotCurrency: null, legs: [leg] };
    for (const pivot of pivots) {
      if (pivot === from || pivot === to) continue;
      const [first, second] = [legOf({ from, to: pivot, date }), legOf({ from: pivot, to, date })];
      if (first && second) return { route: 'TRIANGULATED', pivotCurrency: pivot, legs: [first, second] };
    }
    return undefined;
  };
}

function pairOf({ baseCurrency, quoteCurrency }: Pick<DatedRate, 'baseCurrency' | 'quoteCurrency'>): string {
  return `${baseCurrency} ${quoteCurrency}`;
}

/** The latest day first; of two sources on one day the one that was set last. */
function newestFirst(a: DatedRate, b: DatedRate): number {
  if (a.effectiveOn !== b.effectiveOn) return a.effectiveOn < b.effectiveOn ? 1 : -1;
  return b.updatedAt.getTime() - a.updatedAt.getTime() || (a.source < b.source ? -1 : 1);
}

type Fraction = { numerator: bigint; denominator: bigint };

/** The exact factor of all legs: nothing is rounded on the way. */
function factorOf({ legs }: Exchange): Fraction {
  let factor: Fraction = { numerator: 1n, denominator: 1n };
  for (const { rate, inverse } of legs) {
    const scaled = parseDecimal(rate, rateDigits);
    if (scaled === undefined || scaled <= 0n) throw new RangeError(`${rate} is no exchange rate`);
    const [times, over] = inverse ? [one, scaled] : [scaled, one];
    factor = { numerator: factor.numerator * times, denominator: factor.denominator * over };
  }
  return factor;
}

/** The factor as a decimal to show, rounded half up where it has more digits; nothing is computed with it. */
export function shownRate(exchange: Exchange): string {
  const { numerator, denominator } = factorOf(exchange);
  return trimmed(formatDecimal(divideRounded(numerator * one, denominator, 'HALF_UP'), rateDigits));
}

/** A rate without the zeros behind it. */
export function trimmed(rate: string): string {
  return rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate;
}

/** An amount that need not be whole minor units, such as a rate times seconds over 3600. */
export type Exact = Fraction & { currency: string };

/** An exact amount in another currency, rounded half up once, in the minor digits of that currency. */
export function convert({ numerator, denominator, currency }: Exact, to: string, exchange: Exchange): Money & { conversion: Conversion } {
  const factor = factorOf(exchange);
  const above = numerator * factor.numerator * 10n ** BigInt(minorDigits(to));
  const below = denominator * factor.denominator * 10n ** BigInt(minorDigits(currency));
  const minor = divideRounded(above, below, 'HALF_UP');
  if (!isAmount(minor))
    throw new Refused('VALIDATION_FAILED', `What it comes to in ${to} is more than an amount may be. Correct the exchange rate, then retry.`);
  const original = divideRounded(numerator, denominator, 'HALF_UP').toString();
  return { minor, currency: to, conversion: { ...exchange, currency, minor: original, rate: shownRate(exchange) } };
}

/** Whole minor units as an exact amount. */
export function exactly({ minor, currency }: Money): Exact {
  return { numerator: minor, denominator: 1n, currency };
}

/** The ways to name a conversion in a sentence: the rate, where it came from, and of which day. */
export function sayExchange({ route, pivotCurrency, legs, rate }: Conversion): string {
  const parts = legs.map(
    (leg) => `${leg.baseCurrency}/${leg.quoteCurrency} ${trimmed(leg.rate)} (${leg.source}, ${leg.effectiveOn})${leg.inverse ? ', inverse' : ''}`,
  );
  return `${route}${pivotCurrency ? ` via ${pivotCurrency}` : ''} at ${rate}: ${parts.join(' and ')}`;
}
