import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { aReceipt } from '../support/receipts.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const friday = '2026-02-06';
const setRate = (pair: string, rate: string, effectiveOn = friday) => {
  const [baseCurrency, quoteCurrency] = pair.split('/');
  return done(
    'setExchangeRates',
    { items: [{ baseCurrency, quoteCurrency, rate, effectiveOn, source: 'ECB' }] },
    { select: 'results { userErrors { message } }' },
  );
};
const terms = { lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'], expenses: { markUpPercent: '5' } }] };

/** An approved expense. */
async function spent(firm: Firm, amount: string, currency: string, workDate = '2026-02-10'): Promise<string> {
  const { employeeId, projectId, approverId } = firm;
  const cost = { category: 'TRAVEL', workDate, notes: 'Trip', amount: { amount, currency } };
  const id = await world.graph.made('recordExpense', 'expense', { employeeId, projectId, receiptChecksum: aReceipt(), ...cost });
  await done('submitExpense', { id });
  await done('approveExpense', { id, approverId });
  await world.settle();
  return id;
}

const conversion = '{ original { amount currency } rate route pivotCurrency legs { rate effectiveOn source } }';
const actualsOf = async (id: string): Promise<{ cost: Json; sale: Json }> => {
  const text = `query ($id: ID!) { actuals(filter: { sourceIds: [$id], reversed: false }) { nodes { id kind amount { amount currency } priceExplanation { rule spent { amount } conversion ${conversion} } } } }`;
  const nodes: Json[] = (await world.graph.ok(text, { id })).actuals.nodes;
  return { cost: nodes.find(({ kind }) => kind === 'COST'), sale: nodes.find(({ kind }) => kind === 'UNBILLED_SALES') };
};
const pricesOf = async (id: string) => {
  const { cost, sale } = await actualsOf(id);
  return [cost, sale].map(({ amount }) => `${amount.amount} ${amount.currency}`);
};
const exceptionsOf = async (customerId: string): Promise<Json[]> =>
  (
    await world.graph.ok(
      'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { code status message cures { mutation } } } } }',
      {
        id: customerId,
      },
    )
  ).operations.exceptions.nodes;

/** Drafted, validated, posted. */
async function posted({ contractId }: Firm): Promise<Json> {
  const wish = { cutOffDate: '2026-02-28', contractIds: [contractId], invoiceDate: '2026-02-28' };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  const lines = `lines(first: 9) { nodes { kind amount { amount } conversions ${conversion} } }`;
  const sums =
    'status subtotal { amount currency } tax { amount } total { amount } journalEntry { status lines(first: 20) { nodes { account debit { amount } credit { amount } } } }';
  const { invoice } = await done('postInvoice', { id }, { select: `invoice { ${sums} ${lines} }` });
  await world.settle();
  return invoice;
}

const cents = (money: Json): number => Math.round(Number(money?.amount ?? 0) * 100);
const balanceOf = async (legalEntityId: string): Promise<Json[]> =>
  (await world.graph.ok('query ($id: ID!) { trialBalance(legalEntityId: $id) { sums { amount currency } } }', { id: legalEntityId })).trialBalance.sums;

/** docs/examples/exchange-rates.md, number by number. */
describe('work in other currencies comes out as the example says', () => {
  beforeAll(async () => {
    for (const [pair, rate] of [
      ['USD/EUR', '0.9250'],
      ['EUR/JPY', '160'],
      ['EUR/CHF', '0.95'],
    ] as const)
      await setRate(pair, rate);
  });

  test('from foreign expenses to a posted invoice, with books that balance', async () => {
    const firm = await firmAt(world.graph, { terms });
    const hotel = await spent(firm, '123.45', 'USD');
    const train = await spent(firm, '10000', 'JPY');
    const taxi = await spent(firm, '80.00', 'EUR');
    expect(await pricesOf(hotel)).toEqual(['114.19 EUR', '119.90 EUR']);
    expect(await pricesOf(train)).toEqual(['62.50 EUR', '65.63 EUR']);
    expect(await pricesOf(taxi)).toEqual(['80.00 EUR', '84.00 EUR']);
    const { sale } = await actualsOf(hotel);
    expect(sale.priceExplanation).toMatchObject({
      ...{ rule: 'EXPENSE_MARK_UP', spent: { amount: '114.19' } },
      conversion: {
        original: { amount: '123.45', currency: 'USD' },
        rate: '0.925',
        route: 'DIRECT',
        legs: [{ rate: '0.925', effectiveOn: friday, source: 'ECB' }],
      },
    });
    const invoice = await posted(firm);
    expect(invoice).toMatchObject({ status: 'POSTED', subtotal: { amount: '269.53', currency: 'EUR' }, tax: { amount: '56.60' }, total: { amount: '326.13' } });
    const told = invoice.lines.nodes.flatMap((line: Json) => line.conversions);
    expect(told.map(({ original, rate, route }: Json) => `${original.amount} ${original.currency} ${rate} ${route}`).toSorted()).toEqual([
      '10000 JPY 0.00625 INVERSE',
      '123.45 USD 0.925 DIRECT',
    ]);
    const { status, lines } = invoice.journalEntry;
    const [debits, credits] = ['debit', 'credit'].map((side) => lines.nodes.reduce((sum: number, line: Json) => sum + cents(line[side]), 0));
    expect([status, debits, credits]).toEqual(['POSTED', 32_613, 32_613]);
    expect(await balanceOf(firm.legalEntityId)).toEqual([{ amount: '0.00', currency: 'EUR' }]);
    await checkHistory(world.sql);
  });

  test('under a contract in francs, with cards in euro', async () => {
    const firm = await firmAt(world.graph, { terms: { currency: 'CHF', lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] }] } });
    const [entry = ''] = await firm.approved(['2026-02-10'], { hours: '7.5' });
    await world.settle();
    const dinner = await spent(firm, '60.00', 'USD');
    expect(await pricesOf(entry)).toEqual(['450.00 EUR', '712.50 CHF']);
    expect(await pricesOf(dinner)).toEqual(['55.50 EUR', '52.73 CHF']);
    const { conversion: how } = (await actualsOf(dinner)).sale.priceExplanation;
    expect([how.route, how.pivotCurrency, how.rate]).toEqual(['TRIANGULATED', 'EUR', '0.87875']);
    const invoice = await posted(firm);
    expect(invoice).toMatchObject({ status: 'POSTED', subtotal: { amount: '765.23', currency: 'CHF' } });
    expect((await balanceOf(firm.legalEntityId)).map(({ amount }) => amount)).toEqual(['0.00']);
    await checkHistory(world.sql);
  });

  test('an expense whose rate is missing waits, says for what, and is posted by itself once the rate is set', async () => {
    const firm = await firmAt(world.graph);
    const late = await spent(firm, '40.00', 'USD', '2026-02-16');
    expect((await actualsOf(late)).sale).toBeUndefined();
    const [waiting] = await exceptionsOf(firm.customerId);
    expect(waiting).toMatchObject({ code: 'CURRENCY_MISMATCH', status: 'OPEN' });
    expect(waiting.message).toContain('No exchange rate from USD to EUR is known of 2026-02-16 or the 7 days before: setExchangeRates, then retry.');
    expect(waiting.cures[0].mutation).toBe('setExchangeRates');
    await setRate('USD/EUR', '0.93', '2026-02-16');
    await world.settle();
    expect(await pricesOf(late)).toEqual(['37.20 EUR', '37.20 EUR']);
    expect(await exceptionsOf(firm.customerId)).toMatchObject([{ code: 'CURRENCY_MISMATCH', status: 'RESOLVED' }]);
    await checkHistory(world.sql);
  });

  test('a rate that is corrected changes nothing that was priced, unless it is priced anew', async () => {
    const firm = await firmAt(world.graph);
    const hotel = await spent(firm, '123.45', 'USD');
    await setRate('USD/EUR', '0.93');
    await world.settle();
    expect(await pricesOf(hotel)).toEqual(['114.19 EUR', '114.19 EUR']);
    const { sale } = await actualsOf(hotel);
    await done('repriceActuals', { items: [{ id: sale.id, reason: 'The rate of Friday was corrected' }] }, { select: 'results { userErrors { message } }' });
    await world.settle();
    expect(await pricesOf(hotel)).toEqual(['114.81 EUR', '114.81 EUR']);
    await setRate('USD/EUR', '0.9250');
    await world.settle();
    await checkHistory(world.sql);
  });
});
