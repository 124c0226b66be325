import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { financeSubgraph } from '#finance/subgraph.ts';
import { roles } from '#gateway/roles.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { World } from '../support/books.ts';
import { footprint, lineOf } from '../support/footprint.ts';
import type { Json } from '../support/graph.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const item = (pair: string, rate: string, more: object = {}) => {
  const [baseCurrency, quoteCurrency] = pair.split('/');
  return { baseCurrency, quoteCurrency, rate, effectiveOn: '2026-02-02', source: 'ECB', ...more };
};
const text = `mutation ($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { succeeded failed replayed userErrors { code }
  results { index exchangeRate { id version baseCurrency quoteCurrency rate effectiveOn source } userErrors { code field guard message } } } }`;
type Call = { actor?: Actor; idempotencyKey?: string };
const set = async (items: object[], { actor = allowed, idempotencyKey = newId() }: Call = {}): Promise<Json> =>
  (await world.ok(text, { variables: { input: { idempotencyKey, items } }, actor })).setExchangeRates;
const quote = async (from: string, to: string, date: string): Promise<Json> =>
  (
    await world.ok(
      `query ($from: CurrencyCode!, $to: CurrencyCode!, $date: Date!) { exchangeRate(from: $from, to: $to, date: $date) {
        rate route pivotCurrency legs { baseCurrency quoteCurrency rate effectiveOn source inverse } refused { code field message } } }`,
      { variables: { from, to, date } },
    )
  ).exchangeRate;

describe('setting exchange rates', () => {
  test('gives each item its result, and states a fact for what changed', async () => {
    const before = (await world.facts()).length;
    const first = await set([item('EUR/SEK', '11.2500'), item('EUR/NOK', '0'), item('EUR/DKK', '7.46')]);
    expect([first.succeeded, first.failed]).toEqual([2, 1]);
    expect(first.results[0].exchangeRate).toMatchObject({
      version: 1,
      baseCurrency: 'EUR',
      quoteCurrency: 'SEK',
      rate: '11.25',
      effectiveOn: '2026-02-02',
      source: 'ECB',
    });
    expect(first.results[1].userErrors.map(lineOf)).toEqual(['VALIDATION_FAILED rate']);
    expect((await world.facts()).slice(before)).toEqual(['ExchangeRateSet', 'ExchangeRateSet']);
    const again = await set([item('EUR/SEK', '11.25'), item('EUR/DKK', '7.461')]);
    expect(again.results.map(({ exchangeRate }: Json) => [exchangeRate.version, exchangeRate.rate])).toEqual([
      [1, '11.25'],
      [2, '7.461'],
    ]);
    expect(again.results.map(({ exchangeRate }: Json) => exchangeRate.id)).toEqual([first.results[0].exchangeRate.id, first.results[2].exchangeRate.id]);
    expect((await world.facts()).slice(before)).toHaveLength(3);
  });

  test('is done once for a key', async () => {
    const idempotencyKey = newId();
    const first = await set([item('EUR/PLN', '4.2')], { idempotencyKey });
    const second = await set([item('EUR/PLN', '4.2')], { idempotencyKey });
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.results[0].exchangeRate).toEqual(first.results[0].exchangeRate);
  });

  test('keeps each source and each day apart', async () => {
    const { results } = await set([
      item('EUR/CZK', '24.1'),
      item('EUR/CZK', '24.2', { source: 'Bank' }),
      item('EUR/CZK', '24.3', { effectiveOn: '2026-02-03' }),
      item('CZK/EUR', '0.0415'),
    ]);
    expect(new Set(results.map(({ exchangeRate }: Json) => exchangeRate.id)).size).toBe(4);
    const smallest = await set([item('EUR/HUF', '0.000000000001'), item('HUF/EUR', '999999999999.999999999999')]);
    expect(smallest.results.map(({ exchangeRate }: Json) => exchangeRate.rate)).toEqual(['0.000000000001', '999999999999.999999999999']);
  });

  test.each([
    ['one currency', item('EUR/EUR', '1'), 'VALIDATION_FAILED quoteCurrency'],
    ['no worth', item('EUR/GBP', '0.000000000000'), 'VALIDATION_FAILED rate'],
    ['a worth below nothing', item('EUR/GBP', '-0.86'), 'VALIDATION_FAILED rate'],
    ['thirteen digits', item('EUR/GBP', '0.8600000000001'), 'VALIDATION_FAILED rate'],
    ['more than anything is worth', item('EUR/GBP', '1000000000000'), 'VALIDATION_FAILED rate'],
    ['a day that has not come', item('EUR/GBP', '0.86', { effectiveOn: '2026-03-04' }), 'VALIDATION_FAILED effectiveOn'],
    ['nobody who says so', item('EUR/GBP', '0.86', { source: ' ' }), 'VALIDATION_FAILED source'],
    ['a long source', item('EUR/GBP', '0.86', { source: 'x'.repeat(41) }), 'VALIDATION_FAILED source'],
  ])('refuses %s, and leaves nothing behind', async (_, given, expected) => {
    const traces = () => footprint(world.sql, ['finance', 'log'], { except: ['log.idempotency'] });
    const before = await traces();
    const { results } = await set([given]);
    expect(results[0].userErrors.map(lineOf)).toEqual([expected]);
    expect(results[0].exchangeRate).toBeNull();
    expect(await traces()).toEqual(before);
  });

  test('refuses what stands in the call twice, and currencies that are none or no more', async () => {
    const { results } = await set([item('EUR/RON', '5'), item('EUR/RON', '5.1', { source: ' ECB ' })]);
    expect(results.map(({ userErrors }: Json) => userErrors.map(lineOf))).toEqual([[], ['VALIDATION_FAILED effectiveOn']]);
    for (const code of ['HRK', 'BGN', 'XYZ', 'eur']) {
      const { errors } = await world.run(text, { variables: { input: { idempotencyKey: newId(), items: [item(`EUR/${code}`, '1')] } } });
      expect(errors.map(({ message }) => message).join()).toContain('CurrencyCode');
    }
  });

  test('takes a rate of tomorrow, as it is tomorrow in the east', async () => {
    expect((await set([item('EUR/NZD', '1.9', { effectiveOn: '2026-03-03' })])).succeeded).toBe(1);
  });

  test('is for who holds rate:write and sees the whole firm', async () => {
    const reader: Actor = { id: 'psa', ...roles.psa };
    expect((await set([item('EUR/GBP', '0.86')], { actor: reader })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const confined: Actor = { ...allowed, customerIds: [newId()] };
    expect((await set([item('EUR/GBP', '0.86')], { actor: confined })).results[0].userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await set([item('EUR/GBP', '0.86')], { actor: { id: 'finance', ...roles.finance } })).succeeded).toBe(1);
  });

  test('of two at once for the same pair and day leaves one row, which the later one corrected', async () => {
    const answers = await Promise.all(['1.1', '1.2', '1.3'].map((rate) => set([item('EUR/CAD', rate)])));
    expect(answers.map(({ succeeded }: Json) => succeeded)).toEqual([1, 1, 1]);
    const rows = await world.sql`select version from finance.exchange_rate where quote_currency = 'CAD'`;
    expect(rows).toHaveLength(1);
  });

  test('is corrected by the system that owns rates alone', async () => {
    const crm: Actor = { id: 'crm', kind: 'INTEGRATION', permissions: ['rate:*'], system: 'crm' };
    expect((await set([item('EUR/TRY', '50')], { actor: crm })).results[0].userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION' }]);
  });
});

describe('exchange rates are read', () => {
  const days = ['2026-01-05', '2026-01-06', '2026-01-07'];
  beforeAll(async () => {
    await set([
      ...days.map((effectiveOn, index) => item('EUR/ISK', `14${index}`, { effectiveOn })),
      item('ISK/DKK', '0.05', { effectiveOn: days[0], source: 'Bank' }),
    ]);
  });
  const list = async (filter: object, more = ''): Promise<Json> =>
    (
      await world.ok(
        `query ($filter: ExchangeRateFilter) { exchangeRates(filter: $filter ${more}) { totalCount pageInfo { hasNextPage endCursor } nodes { id rate effectiveOn source } } }`,
        {
          variables: { filter },
        },
      )
    ).exchangeRates;

  test.each([
    [{ quoteCurrencies: ['ISK'] }, ['142', '141', '140']],
    [{ baseCurrencies: ['ISK'] }, ['0.05']],
    [{ quoteCurrencies: ['ISK'], effectiveFrom: '2026-01-06' }, ['142', '141']],
    [{ quoteCurrencies: ['ISK'], effectiveTo: '2026-01-06' }, ['141', '140']],
    [{ sources: ['Bank'], effectiveTo: '2026-01-31' }, ['0.05']],
    [{ quoteCurrencies: ['ISK'], updatedSince: '2030-01-01T00:00:00Z' }, []],
    [{ quoteCurrencies: ['ISK'], sources: ['nobody'] }, []],
  ])('by a filter: %j', async (filter, expected) => {
    const { nodes, totalCount } = await list(filter);
    expect(nodes.map(({ rate }: Json) => rate)).toEqual(expected);
    expect(totalCount).toBe(expected.length);
  });

  test('in pages, in either order', async () => {
    const filter = { quoteCurrencies: ['ISK'] };
    const first = await list(filter, 'first: 2, orderBy: { field: EFFECTIVE_ON, direction: ASC }');
    expect(first.nodes.map(({ rate }: Json) => rate)).toEqual(['140', '141']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(filter, `first: 2, after: "${first.pageInfo.endCursor}", orderBy: { field: EFFECTIVE_ON, direction: ASC }`);
    expect(second.nodes.map(({ rate }: Json) => rate)).toEqual(['142']);
    expect((await list(filter, 'orderBy: { field: UPDATED_AT, direction: DESC }')).nodes).toHaveLength(3);
  });

  test('by nobody outside, nor by who may not see rates', async () => {
    const ask = '{ exchangeRates { nodes { id } } }';
    const one = '{ exchangeRate(from: "EUR", to: "ISK", date: "2026-01-06") { rate } }';
    for (const actor of [portalOf(newId()), { id: 'hr', ...roles.hr }] satisfies Actor[])
      for (const query of [ask, one]) expect((await world.run(query, { actor })).errors[0]?.code).toBe('FORBIDDEN');
  });
});

describe('what an exchange would go by', () => {
  beforeAll(async () => {
    const of = { effectiveOn: '2025-11-03' };
    await set([item('USD/EUR', '0.92', of), item('EUR/JPY', '162.5', of), item('EUR/CHF', '0.95', { effectiveOn: '2025-11-05', source: 'Bank' })]);
  });

  test('is told with its route, its days and its sources', async () => {
    expect(await quote('USD', 'EUR', '2025-11-10')).toMatchObject({ rate: '0.92', route: 'DIRECT', pivotCurrency: null, refused: null });
    expect(await quote('JPY', 'EUR', '2025-11-03')).toMatchObject({ rate: '0.006153846154', route: 'INVERSE', legs: [{ rate: '162.5', inverse: true }] });
    expect(await quote('USD', 'CHF', '2025-11-06')).toEqual({
      ...{ rate: '0.874', route: 'TRIANGULATED', pivotCurrency: 'EUR', refused: null },
      legs: [
        { baseCurrency: 'USD', quoteCurrency: 'EUR', rate: '0.92', effectiveOn: '2025-11-03', source: 'ECB', inverse: false },
        { baseCurrency: 'EUR', quoteCurrency: 'CHF', rate: '0.95', effectiveOn: '2025-11-05', source: 'Bank', inverse: false },
      ],
    });
  });

  test('is nothing before the first day, after the seventh, and for one currency', async () => {
    for (const date of ['2025-11-02', '2025-11-11', '0001-01-01'])
      expect((await quote('USD', 'EUR', date)).refused).toMatchObject({
        code: 'CURRENCY_MISMATCH',
        message: `No exchange rate from USD to EUR is known of ${date} or the 7 days before: setExchangeRates.`,
      });
    expect(await quote('EUR', 'EUR', '2025-11-03')).toMatchObject({ rate: null, route: null, legs: [], refused: { code: 'VALIDATION_FAILED', field: 'to' } });
  });
});
