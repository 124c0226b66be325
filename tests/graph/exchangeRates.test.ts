import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import type { ApprovedExpense, PostingOutcome } from '#finance/actual/work.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { roles } from '#gateway/roles.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { drafted, type Firm, firm, inScope, publishedCard, type World } from '../support/books.ts';
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

const expense = (f: Firm, more: Partial<ApprovedExpense> = {}): ApprovedExpense => {
  const { customerId, engagementId, projectId, employeeId } = f;
  const source = { id: newId(), version: 1, customerId, engagementId, projectId, employeeId, taskId: null, workDate: '2026-02-10' };
  return { ...source, amountMinor: 12_345n, currency: 'USD', billable: true, description: 'Hotel', ...more };
};
const postExpenses = (...expenses: ApprovedExpense[]): Promise<PostingOutcome[]> => inScope(world, (scope) => postApprovedExpenses(scope, expenses));
const conversion =
  '{ original { amount currency } rate route pivotCurrency rounding text legs { baseCurrency quoteCurrency rate effectiveOn source inverse } }';
const actualsOf = async (sourceId: string): Promise<Json[]> =>
  (
    await world.ok(
      `query ($id: ID!) { actuals(filter: { sourceIds: [$id], reversed: false }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes {
        id kind amount { amount currency } priceExplanation { rule text rate { amount currency } currency rounding spent { amount } conversion ${conversion} } } } }`,
      { variables: { id: sourceId } },
    )
  ).actuals.nodes;
const saleOf = async (sourceId: string): Promise<Json> => (await actualsOf(sourceId)).find(({ kind }) => kind === 'UNBILLED_SALES');
const costOf = async (sourceId: string): Promise<Json> => (await actualsOf(sourceId)).find(({ kind }) => kind === 'COST');

describe('work in another currency is priced', () => {
  let f: Firm;
  beforeAll(async () => {
    f = await firm(world);
    await f.standardCards();
    await set([item('USD/EUR', '0.925', { effectiveOn: '2026-02-09' }), item('EUR/JPY', '160', { effectiveOn: '2026-02-09' })]);
  });

  test('as an expense: cost and sale say what was spent and how it was converted', async () => {
    const hotel = expense(f);
    await postExpenses(hotel);
    for (const each of [await saleOf(hotel.id), await costOf(hotel.id)])
      expect(each).toMatchObject({
        amount: { amount: '114.19', currency: 'EUR' },
        priceExplanation: {
          ...{ rule: 'EXPENSE_AMOUNT', currency: 'EUR' },
          conversion: {
            ...{ original: { amount: '123.45', currency: 'USD' }, rate: '0.925', route: 'DIRECT', pivotCurrency: null, rounding: 'HALF_UP' },
            legs: [{ baseCurrency: 'USD', quoteCurrency: 'EUR', rate: '0.925', effectiveOn: '2026-02-09', source: 'ECB', inverse: false }],
          },
        },
      });
    expect((await saleOf(hotel.id)).priceExplanation.text).toContain(
      '; 123.45 USD converted DIRECT at 0.925: USD/EUR 0.925 (ECB, 2026-02-09), rounded HALF_UP once',
    );
  });

  test('as time under a contract of another currency: by the inverse rate, rounded once', async () => {
    await f.contract({ currency: 'JPY' });
    const entry = f.entry({ workDate: '2026-02-10', seconds: 1200n });
    await inScope(world, (scope) => postApprovedTime(scope, [entry]));
    // 100.00 EUR for 20 minutes is 33.33... EUR, at 160 yen 5333.33... yen
    expect(await saleOf(entry.id)).toMatchObject({
      amount: { amount: '5333', currency: 'JPY' },
      priceExplanation: {
        rate: { amount: '100.00', currency: 'EUR' },
        currency: 'JPY',
        rounding: 'HALF_UP',
        conversion: { original: { amount: '33.33', currency: 'EUR' }, rate: '160' },
      },
    });
    expect(await costOf(entry.id)).toMatchObject({ amount: { amount: '20.00', currency: 'EUR' }, priceExplanation: { conversion: null } });
    const text = `query ($e: ID!, $p: ID!, $l: ID!) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $l, workDate: "2026-02-10") { rate { amount currency } refused { code } } }`;
    const { rateFor } = await world.ok(text, { variables: { e: f.employeeId, p: f.projectId, l: f.senior } });
    expect(rateFor).toEqual({ rate: { amount: '16000', currency: 'JPY' }, refused: null });
    const { rateFor: missing } = await world.ok(text.replace('2026-02-10', '2026-02-27'), { variables: { e: f.employeeId, p: f.projectId, l: f.senior } });
    expect(missing).toMatchObject({ rate: null, refused: { code: 'CURRENCY_MISMATCH' } });
    await f.contract();
  });

  test('as time that costs in another currency than the books', async () => {
    const own = await firm(world);
    const lines = [{ laborCategoryId: own.senior, rate: '80.00' }];
    await publishedCard(world, { kind: 'SALES', scope: 'STANDARD', legalEntityId: own.legalEntityId, lines });
    await publishedCard(world, { kind: 'COST', scope: 'STANDARD', currency: 'USD', legalEntityId: own.legalEntityId, lines });
    const entry = own.entry({ workDate: '2026-02-10' });
    await inScope(world, (scope) => postApprovedTime(scope, [entry]));
    expect((await costOf(entry.id)).amount).toEqual({ amount: '74.00', currency: 'EUR' });
    expect((await saleOf(entry.id)).amount).toEqual({ amount: '80.00', currency: 'EUR' });
  });

  test('by way of a third currency', async () => {
    await f.contract({ currency: 'JPY' });
    const hotel = expense(f);
    await postExpenses(hotel);
    // 123.45 USD * 0.925 * 160 = 18270.6 yen
    expect(await saleOf(hotel.id)).toMatchObject({
      amount: { amount: '18271', currency: 'JPY' },
      priceExplanation: { conversion: { route: 'TRIANGULATED', pivotCurrency: 'EUR', rate: '148' } },
    });
    await f.contract();
  });

  test('not where no rate is young enough: the refusal says which, of which day, and what cures it', async () => {
    const late = expense(f, { workDate: '2026-02-17' });
    const [outcome] = await postExpenses(late);
    expect(outcome).toMatchObject({ refused: { code: 'CURRENCY_MISMATCH' } });
    const message = outcome && 'refused' in outcome ? outcome.refused.message : '';
    expect(message).toContain('is in USD, and the books of');
    expect(message).toContain('No exchange rate from USD to EUR is known of 2026-02-17 or the 7 days before: setExchangeRates, then retry.');
    await set([item('USD/EUR', '0.93', { effectiveOn: '2026-02-17' })]);
    expect((await postExpenses(late))[0]).toMatchObject({ actualIds: { length: 2 } });
  });

  test('with one statement for all rates, and none where there is one currency', async () => {
    const own = await firm(world);
    const reading = async (...expenses: ApprovedExpense[]) => {
      world.statements.length = 0;
      await postExpenses(...expenses);
      return world.statements.filter((statement) => statement.includes('exchange_rate')).length;
    };
    expect(await reading(expense(own, { currency: 'EUR' }))).toBe(0);
    expect(await reading(expense(own), expense(own, { currency: 'JPY' }), expense(own, { currency: 'EUR' }))).toBe(1);
  });

  test('by the rates that were recorded by then, where rateFor asks so', async () => {
    const own = await firm(world);
    await own.standardCards();
    await own.contract({ currency: 'SGD' });
    const before = world.time.now;
    world.time.now = new Date(before.getTime() + 60_000);
    await set([item('EUR/SGD', '1.4', { effectiveOn: '2026-02-09' })]);
    const ask = async (knownAt: Date) => {
      const query = `query ($e: ID!, $p: ID!, $l: ID!, $at: DateTime) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $l, workDate: "2026-02-10", knownAt: $at) {
        rate { amount currency } explanation { rate { amount currency } conversion { rate } } refused { code } } }`;
      const variables = { e: own.employeeId, p: own.projectId, l: own.senior, at: knownAt.toISOString() };
      return (await world.ok(query, { variables })).rateFor;
    };
    const later = new Date(before.getTime() + 120_000);
    expect(await ask(later)).toEqual({
      ...{ rate: { amount: '140.00', currency: 'SGD' }, refused: null },
      explanation: { rate: { amount: '100.00', currency: 'EUR' }, conversion: { rate: '1.4' } },
    });
    expect((await ask(new Date(before.getTime() + 30_000))).refused).toMatchObject({ code: expect.any(String) });
    world.time.now = before;
  });

  test('not where it comes to more than an amount may be', async () => {
    await set([item('EUR/VND', '27000', { effectiveOn: '2026-02-09' })]);
    await f.contract({ currency: 'VND' });
    expect(await postExpenses(expense(f, { currency: 'EUR', amountMinor: 10n ** 15n }))).toMatchObject([{ refused: { code: 'VALIDATION_FAILED' } }]);
    await f.contract();
  });
});

describe('a sale that a limit splits', () => {
  test('says in each part what all of it was, and the line of the invoice tells of it once', async () => {
    const f = await firm(world);
    await set([item('NOK/EUR', '0.1', { effectiveOn: '2026-02-09' })]);
    await f.contract({ lines: [{ ...f.line, notToExceedMinor: '6000' }] });
    const hotel = expense(f, { currency: 'NOK', amountMinor: 100_000n });
    await postExpenses(hotel);
    const parts = (await actualsOf(hotel.id)).filter(({ kind }) => kind === 'UNBILLED_SALES');
    expect(parts.map(({ amount, priceExplanation }) => [amount.amount, priceExplanation.conversion.original.amount])).toEqual([
      ['60.00', '1000.00'],
      ['40.00', '1000.00'],
    ]);
    const invoiceId = await drafted(world, f.contractId);
    const { invoice } = await world.ok(`query ($id: ID!) { invoice(id: $id) { lines(first: 9) { nodes { amount { amount } conversions ${conversion} } } } }`, {
      variables: { id: invoiceId },
    });
    expect(invoice.lines.nodes.map(({ amount, conversions }: Json) => [amount.amount, ...conversions.map(({ original }: Json) => original.amount)])).toEqual([
      ['60.00', '1000.00'],
    ]);
  });
});

describe('what was priced by a rate', () => {
  test('keeps it when the rate is corrected, until somebody prices it anew', async () => {
    const f = await firm(world);
    await set([item('GBP/EUR', '1.15', { effectiveOn: '2026-02-09' })]);
    const hotel = expense(f, { currency: 'GBP', amountMinor: 10_000n });
    await postExpenses(hotel);
    await set([item('GBP/EUR', '1.2', { effectiveOn: '2026-02-09' })]);
    const before = await saleOf(hotel.id);
    expect([before.amount.amount, before.priceExplanation.conversion.rate]).toEqual(['115.00', '1.15']);
    const reprice = 'mutation ($input: RepriceActualsInput!) { repriceActuals(input: $input) { results { userErrors { code message } } userErrors { code } } }';
    const { repriceActuals } = await world.ok(reprice, {
      variables: { input: { idempotencyKey: newId(), items: [{ id: before.id, reason: 'Rate corrected' }] } },
    });
    expect(repriceActuals.results[0].userErrors).toEqual([]);
    for (const each of await actualsOf(hotel.id))
      expect([each.amount.amount, each.priceExplanation.conversion]).toMatchObject([
        '120.00',
        { rate: '1.2', original: { amount: '100.00', currency: 'GBP' } },
      ]);
  });

  test('is told by the line of the invoice, summed by currency and rate', async () => {
    const f = await firm(world);
    await set([item('AUD/EUR', '0.6', { effectiveOn: '2026-02-09' }), item('AUD/EUR', '0.61', { effectiveOn: '2026-02-11' })]);
    const spent = (amountMinor: bigint, workDate = '2026-02-10') => expense(f, { currency: 'AUD', amountMinor, workDate });
    await postExpenses(
      spent(10_000n),
      spent(5_000n),
      spent(1_000n, '2026-02-11'),
      spent(700n, '2026-02-12'),
      expense(f, { currency: 'EUR', amountMinor: 1_000n }),
    );
    const invoiceId = await drafted(world, f.contractId);
    const { invoice } = await world.ok(
      `query ($id: ID!) { invoice(id: $id) { subtotal { amount currency } lines(first: 9) { nodes { amount { amount } pricing { rate { amount } } conversions ${conversion} } } } }`,
      { variables: { id: invoiceId } },
    );
    // 60.00 + 30.00 + 6.10 + 4.27 + 10.00
    expect(invoice.subtotal).toEqual({ amount: '110.37', currency: 'EUR' });
    const told = invoice.lines.nodes.flatMap((line: Json) =>
      line.conversions.map(({ original, rate, route }: Json) => [original.amount, original.currency, rate, route]),
    );
    expect(told.toSorted()).toEqual([
      ['150.00', 'AUD', '0.6', 'DIRECT'],
      ['17.00', 'AUD', '0.61', 'DIRECT'],
    ]);
  });
});
