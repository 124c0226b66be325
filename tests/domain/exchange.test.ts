import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert, type DatedRate, type Exchange, exactly, longestAge, sayExchange, searchOf, shownRate, trimmed } from '#finance/billing/exchange.ts';
import { costExpense, priceExpense } from '#finance/billing/expenses.ts';
import { type ContractTerms, priceTime, priceTimeInto, type RateHit } from '#finance/billing/price.ts';
import { minorDigits } from '#kernel/currency.ts';
import { formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { addDays } from '#kernel/period.ts';
import { aContractLine, aContractVersion } from '../support/siblings.ts';

const day = '2026-02-10';
let made = 0;
const rated = (pair: string, rate: string, more: Partial<DatedRate> = {}): DatedRate => {
  const [baseCurrency = '', quoteCurrency = ''] = pair.split('/');
  made += 1;
  return { id: `rate-${made}`, baseCurrency, quoteCurrency, rate, effectiveOn: day, source: 'ECB', updatedAt: new Date(0), ...more };
};
const found = (rates: readonly DatedRate[], from: string, to: string, date = day): Exchange => {
  const exchange = searchOf(rates)({ from, to, date });
  if (!exchange) throw new Error(`nothing from ${from} to ${to}`);
  return exchange;
};
const said = (exchange: Exchange | undefined) =>
  exchange &&
  [exchange.route, exchange.pivotCurrency, ...exchange.legs.map((leg) => `${leg.inverse ? '1/' : ''}${leg.baseCurrency}${leg.quoteCurrency} ${leg.rate}`)]
    .join(' ')
    .replaceAll('  ', ' ');

describe('the search for an exchange rate', () => {
  const direct = rated('USD/EUR', '0.92');
  const inverse = rated('EUR/USD', '1.08');
  const viaEuro = [rated('EUR/JPY', '160'), rated('EUR/CHF', '0.95')];
  const viaDollar = [rated('USD/JPY', '150'), rated('USD/CHF', '0.9')];
  const viaPound = [rated('GBP/JPY', '190'), rated('GBP/CHF', '1.1')];

  test('takes the direct rate before the inverse one, and that before any triangle', () => {
    const around = [rated('USD/GBP', '0.8'), rated('GBP/EUR', '1.2')];
    expect(said(found([...around, inverse, direct], 'USD', 'EUR'))).toBe('DIRECT USDEUR 0.92');
    expect(said(found([...around, inverse], 'USD', 'EUR'))).toBe('INVERSE 1/EURUSD 1.08');
    expect(said(found(around, 'USD', 'EUR'))).toBe('TRIANGULATED GBP USDGBP 0.8 GBPEUR 1.2');
  });

  test('goes by way of EUR, or else USD, or else the first by its code', () => {
    const all = [...viaPound, ...viaDollar, ...viaEuro];
    expect(said(found(all, 'CHF', 'JPY'))).toBe('TRIANGULATED EUR 1/EURCHF 0.95 EURJPY 160');
    expect(said(found([...viaPound, ...viaDollar], 'CHF', 'JPY'))).toBe('TRIANGULATED USD 1/USDCHF 0.9 USDJPY 150');
    expect(said(found([...viaPound, rated('AUD/JPY', '100'), rated('CHF/AUD', '1.7')], 'CHF', 'JPY'))).toBe('TRIANGULATED AUD CHFAUD 1.7 AUDJPY 100');
  });

  test('goes by way of one currency and no more', () => {
    expect(searchOf([rated('CHF/GBP', '0.9'), rated('GBP/USD', '1.3'), rated('USD/JPY', '150')])({ from: 'CHF', to: 'JPY', date: day })).toBeUndefined();
  });

  test('takes the latest rate that has come, for as long as it is young enough', () => {
    const rates = ['2026-02-01', '2026-02-03', '2026-02-20'].map((effectiveOn, index) => rated('USD/EUR', `0.9${index}`, { effectiveOn }));
    const on = (date: string) => searchOf(rates)({ from: 'USD', to: 'EUR', date })?.legs[0]?.rate;
    expect(on('2026-01-31')).toBeUndefined();
    expect(on('2026-02-02')).toBe('0.90');
    expect(on('2026-02-03')).toBe('0.91');
    expect(on(addDays('2026-02-03', longestAge))).toBe('0.91');
    expect(on(addDays('2026-02-03', longestAge + 1))).toBeUndefined();
    expect(on('2026-02-20')).toBe('0.92');
  });

  test('prefers a direct rate that is older to an inverse one of the day, and does not go by one that is too old', () => {
    const older = rated('USD/EUR', '0.92', { effectiveOn: addDays(day, -longestAge) });
    const old = rated('USD/EUR', '0.92', { effectiveOn: addDays(day, -longestAge - 1) });
    expect(said(found([inverse, older], 'USD', 'EUR'))).toBe('DIRECT USDEUR 0.92');
    expect(said(found([inverse, old], 'USD', 'EUR'))).toBe('INVERSE 1/EURUSD 1.08');
  });

  test('takes of two sources of one day the one that was set last, and of one instant the first by its name', () => {
    const bank = rated('USD/EUR', '0.93', { source: 'Bank', updatedAt: new Date(5) });
    const ecb = rated('USD/EUR', '0.92', { source: 'ECB', updatedAt: new Date(9) });
    expect(found([bank, ecb], 'USD', 'EUR').legs[0]?.source).toBe('ECB');
    expect(found([{ ...ecb, updatedAt: new Date(5) }, bank], 'USD', 'EUR').legs[0]?.source).toBe('Bank');
  });

  test('does not hang on the order in which rates were read', () => {
    const all = [...viaPound, ...viaDollar, ...viaEuro, direct, inverse];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        for (const [from, to] of [
          ['CHF', 'JPY'],
          ['USD', 'EUR'],
          ['GBP', 'EUR'],
        ] as const)
          expect(searchOf(shuffled)({ from, to, date: day })).toEqual(searchOf(all)({ from, to, date: day }));
      }),
    );
  });
});

const currencies = ['EUR', 'USD', 'JPY', 'CLF', 'KWD'] as const;
const currency = fc.constantFrom(...currencies);
const minor = fc.bigInt({ min: -(10n ** 7n), max: 10n ** 7n });
/** Rates from a ten-thousandth to ten thousand, with up to twelve digits. */
const rate = fc.bigInt({ min: 10n ** 8n, max: 10n ** 16n }).map((scaled) => formatDecimal(scaled, 12));
const scaledOf = (text: string): bigint => parseDecimal(text, 12) ?? 0n;
const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
const tens = (code: string): bigint => 10n ** BigInt(minorDigits(code));

describe('a conversion', () => {
  test.each([
    // 100.00 USD * 0.92
    ['USD', 10_000n, 'EUR', [rated('USD/EUR', '0.92')], 9_200n],
    // 10000 JPY / 162.5 = 61.538...
    ['JPY', 10_000n, 'EUR', [rated('EUR/JPY', '162.5')], 6_154n],
    // 61.54 EUR * 162.5 = 10000.25
    ['EUR', 6_154n, 'JPY', [rated('EUR/JPY', '162.5')], 10_000n],
    // 1.0000 CLF * 39000.1234 pesos: no digits after the point
    ['CLF', 10_000n, 'CLP', [rated('CLF/CLP', '39000.5')], 39_001n],
    ['CLP', 39_001n, 'CLF', [rated('CLF/CLP', '39000.5')], 10_000n],
    // 1.000 KWD * 3.0015
    ['KWD', 1_000n, 'EUR', [rated('KWD/EUR', '3.005')], 301n],
    ['KWD', -1_000n, 'EUR', [rated('KWD/EUR', '3.005')], -301n],
    // 100.00 CHF / 0.95 * 162.5 = 17105.26
    ['CHF', 10_000n, 'JPY', [rated('EUR/CHF', '0.95'), rated('EUR/JPY', '162.5')], 17_105n],
    // 0.005 is half a cent, away from zero
    ['USD', 1n, 'EUR', [rated('USD/EUR', '0.5')], 1n],
    ['USD', -1n, 'EUR', [rated('USD/EUR', '0.5')], -1n],
    ['USD', 1n, 'EUR', [rated('USD/EUR', '0.499999999999')], 0n],
  ] as const)('of %s %s into %s', (from, amount, to, rates, expected) => {
    const money = convert(exactly({ minor: amount, currency: from }), to, found(rates, from, to));
    expect([money.minor, money.currency, money.conversion.minor, money.conversion.currency]).toEqual([expected, to, amount.toString(), from]);
  });

  test('is within half a minor unit of the exact value, whatever the digits of both currencies', () => {
    fc.assert(
      fc.property(currency, currency, minor, rate, fc.boolean(), (from, to, amount, text, inverse) => {
        fc.pre(from !== to);
        const exchange = found([inverse ? rated(`${to}/${from}`, text) : rated(`${from}/${to}`, text)], from, to);
        const { minor: got } = convert(exactly({ minor: amount, currency: from }), to, exchange);
        const [above, below] = inverse ? [10n ** 12n, scaledOf(text)] : [scaledOf(text), 10n ** 12n];
        const [numerator, denominator] = [amount * above * tens(to), below * tens(from)];
        expect(distance(got * denominator, numerator) * 2n <= denominator).toBe(true);
      }),
    );
  });

  test('by two rates rounds once: it is within half a minor unit of both at once', () => {
    fc.assert(
      fc.property(minor, rate, rate, fc.boolean(), fc.boolean(), (amount, first, second, turnFirst, turnSecond) => {
        const legs = [turnFirst ? rated('EUR/USD', first) : rated('USD/EUR', first), turnSecond ? rated('JPY/EUR', second) : rated('EUR/JPY', second)];
        const exchange = found(legs, 'USD', 'JPY');
        expect(exchange.route).toBe('TRIANGULATED');
        const [a, b] = turnFirst ? [10n ** 12n, scaledOf(first)] : [scaledOf(first), 10n ** 12n];
        const [c, d] = turnSecond ? [10n ** 12n, scaledOf(second)] : [scaledOf(second), 10n ** 12n];
        const [numerator, denominator] = [amount * a * c, b * d * 100n];
        if (distance(numerator, 0n) > 10n ** 15n * denominator) return;
        const { minor: got } = convert(exactly({ minor: amount, currency: 'USD' }), 'JPY', exchange);
        expect(distance(got * denominator, numerator) * 2n <= denominator).toBe(true);
      }),
    );
  });

  test('of the opposite is the opposite, and of more is never less', () => {
    fc.assert(
      fc.property(currency, currency, minor, minor, rate, (from, to, one, other, text) => {
        fc.pre(from !== to);
        const exchange = found([rated(`${from}/${to}`, text)], from, to);
        const of = (amount: bigint) => convert(exactly({ minor: amount, currency: from }), to, exchange).minor;
        expect(of(-one)).toBe(-of(one));
        if (one <= other) expect(of(one) <= of(other)).toBe(true);
      }),
    );
  });

  test('there and back by the same rate is off by less than a unit of what it came from, where that is the coarser one', () => {
    fc.assert(
      fc.property(minor, fc.bigInt({ min: 10n ** 12n, max: 10n ** 14n }), (amount, scaled) => {
        const rates = [rated('EUR/USD', formatDecimal(scaled, 12))];
        const there = convert(exactly({ minor: amount, currency: 'EUR' }), 'USD', found(rates, 'EUR', 'USD'));
        const back = convert(exactly(there), 'EUR', found(rates, 'USD', 'EUR'));
        expect(distance(back.minor, amount) <= 1n).toBe(true);
      }),
    );
  });

  test('to more than an amount may be is refused, and no other number', () => {
    const exchange = found([rated('EUR/VND', '27000')], 'EUR', 'VND');
    expect(() => convert(exactly({ minor: 10n ** 15n, currency: 'EUR' }), 'VND', exchange)).toThrowError('more than an amount may be');
    expect(convert(exactly({ minor: 10n ** 12n, currency: 'EUR' }), 'VND', exchange).minor).toBe(270_000_000_000_000n);
  });

  test('says by what, in digits that nobody computes with', () => {
    const exchange = found([rated('EUR/CHF', '0.950000000000'), rated('EUR/JPY', '162.5', { effectiveOn: '2026-02-09', source: 'Bank' })], 'CHF', 'JPY');
    expect(shownRate(exchange)).toBe('171.052631578947');
    const { conversion } = convert(exactly({ minor: 100n, currency: 'CHF' }), 'JPY', exchange);
    expect(sayExchange(conversion)).toBe(
      'TRIANGULATED via EUR at 171.052631578947: EUR/CHF 0.95 (ECB, 2026-02-10), inverse and EUR/JPY 162.5 (Bank, 2026-02-09)',
    );
    expect(['1.500', '100', '100.000', '0.000000000001'].map(trimmed)).toEqual(['1.5', '100', '100', '0.000000000001']);
  });
});

describe('work in another currency', () => {
  const line = aContractLine({ id: 'line' });
  const terms = (expenses: typeof line.expenses, rounding: 'HALF_UP' | 'HALF_EVEN' = 'HALF_UP') => {
    const own = { ...line, expenses };
    const contract: ContractTerms = { currency: 'EUR', ...aContractVersion({ id: 'version', lines: [own] }), rounding };
    return { contractId: 'contract', contract, line: own };
  };
  const exchange = found([rated('USD/EUR', '0.925')], 'USD', 'EUR');
  const spent = { minor: 12_345n, currency: 'USD' };

  test('is marked up after it was converted, and says both', () => {
    // 123.45 * 0.925 = 114.19125, rounded to 114.19; 10 % of that is 11.419, rounded to 11.42
    const sold = priceExpense({ spent, category: 'TRAVEL', exchange }, terms({ markUpBasisPoints: 1000, perDiems: [] }));
    expect(sold).toMatchObject({ minor: 12_561n, currency: 'EUR' });
    expect(sold?.explanation).toMatchObject({
      rule: 'EXPENSE_MARK_UP',
      spentMinor: '11419',
      markUpBasisPoints: 1000,
      conversion: { minor: '12345', currency: 'USD', rate: '0.925' },
    });
  });

  test('is passed through for what it is worth, and costs the same in books of that currency', () => {
    const sold = priceExpense({ spent, category: null, exchange }, terms(null));
    const cost = costExpense({ spent, exchange }, 'EUR');
    for (const each of [sold, cost])
      expect(each).toMatchObject({ minor: 11_419n, currency: 'EUR', explanation: { rule: 'EXPENSE_AMOUNT', conversion: { route: 'DIRECT' } } });
  });

  test('needs no rate where a day has a price, or where it is in the currency already', () => {
    const perDiems = [{ category: 'MEALS', minor: '6000' }] as const;
    const sold = priceExpense({ spent, category: 'MEALS' }, terms({ markUpBasisPoints: 0, perDiems: [...perDiems] }));
    expect(sold).toMatchObject({ minor: 6_000n, currency: 'EUR', explanation: { rule: 'PER_DIEM' } });
    expect(sold?.explanation).not.toHaveProperty('conversion');
    expect(costExpense({ spent, exchange: undefined }, 'USD')).toMatchObject({ minor: 12_345n, currency: 'USD' });
  });

  test('is no amount where nothing says what it is worth', () => {
    expect(priceExpense({ spent, category: null }, terms(null))).toBeUndefined();
    expect(costExpense({ spent, exchange: undefined }, 'EUR')).toBeUndefined();
  });

  const hit = (minorPerHour: bigint): RateHit => {
    const explanation = {
      ...priceTime({ minor: 1n, currency: 'USD', explanation: {} as never }, 0n, 'HALF_UP').explanation,
      rateMinor: minorPerHour.toString(),
      currency: 'USD',
    };
    return { minor: minorPerHour, currency: 'USD', explanation };
  };

  test('by the hour is rounded once, from rate, time and exchange together', () => {
    // 0:20 h at 100.00 USD is 33.333... USD; times 0.925 it is 30.8333... EUR
    expect(priceTimeInto(hit(10_000n), 1200n, { currency: 'EUR', exchange })).toMatchObject({
      ...{ minor: 3_083n, currency: 'EUR' },
      explanation: { rateMinor: '10000', currency: 'EUR', rounding: 'HALF_UP', conversion: { minor: '3333', currency: 'USD' } },
    });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 6n }), fc.bigInt({ min: 0n, max: 10n ** 6n }), rate, (perHour, seconds, text) => {
        const into = { currency: 'EUR', exchange: found([rated('USD/EUR', text)], 'USD', 'EUR') };
        const { minor: got } = priceTimeInto(hit(perHour), seconds, into);
        const [numerator, denominator] = [perHour * seconds * scaledOf(text), 3600n * 10n ** 12n];
        expect(distance(got * denominator, numerator) * 2n <= denominator).toBe(true);
      }),
    );
  });
});
