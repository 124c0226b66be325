import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import type { ApprovedExpense, PostingOutcome } from '#finance/actual/work.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { done, drafted, type Firm, firm, inScope, publishedCard, type World } from '../support/books.ts';
import type { Json } from '../support/graph.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: World;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const item = (pair: string, rate: string, more: object = {}) => {
  const [baseCurrency, quoteCurrency] = pair.split('/');
  return { baseCurrency, quoteCurrency, rate, effectiveOn: '2026-02-02', source: 'ECB', ...more };
};
const setting = 'mutation ($input: SetExchangeRatesInput!) { setExchangeRates(input: $input) { failed userErrors { code } } }';
const set = async (items: object[]) => expect((await done(world, setting, { idempotencyKey: newId(), items })).failed).toBe(0);

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
