import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amending } from '../support/amending.ts';
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
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
const expenses = (markUpPercent: string) => ({ markUpPercent, perDiems: [{ category: 'MEALS', amount: eur('60.00') }] });

/** An approved expense. */
async function spent(firm: Firm, cost: { category: string; workDate: string; amount: string; notes: string }): Promise<string> {
  const { employeeId, projectId, approverId } = firm;
  const id = await world.graph.made('recordExpense', 'expense', { employeeId, projectId, receiptChecksum: aReceipt(), ...cost, amount: eur(cost.amount) });
  await done('submitExpense', { id });
  await done('approveExpense', { id, approverId });
  await world.settle();
  return id;
}
const sold = async (id: string): Promise<Json[]> => {
  const text = `query ($id: ID!) { actuals(filter: { sourceIds: [$id], reversed: false }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes {
    kind amount { amount } priceExplanation { rule text spent { amount } markUpPercent dayRate { amount } } } } }`;
  return (await world.graph.ok(text, { id })).actuals.nodes;
};
const saleOf = async (id: string): Promise<Json> => (await sold(id)).find(({ kind }) => kind === 'UNBILLED_SALES');

/** docs/examples/expenses.md, number by number. */
describe('expenses come out as the example says', () => {
  test('with a mark-up and day rates', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [{ ...work, expenses: expenses('7.5') }] } });
    const hotel = await spent(firm, { category: 'LODGING', workDate: '2026-02-02', amount: '123.40', notes: 'Hotel' });
    const monday = await spent(firm, { category: 'MEALS', workDate: '2026-02-02', amount: '41.80', notes: 'Meals' });
    const tuesday = await spent(firm, { category: 'MEALS', workDate: '2026-02-03', amount: '77.10', notes: 'Meals' });
    const train = await spent(firm, { category: 'TRAVEL', workDate: '2026-02-03', amount: '10.02', notes: 'Train' });
    const prices = await Promise.all([hotel, monday, tuesday, train].map(saleOf));
    expect(prices.map(({ amount }) => amount.amount)).toEqual(['132.66', '60.00', '60.00', '10.77']);
    expect(prices[0].priceExplanation).toMatchObject({
      ...{ rule: 'EXPENSE_MARK_UP', spent: { amount: '123.40' }, markUpPercent: '7.50', dayRate: null },
      text: expect.stringContaining(': 123.40 EUR and 7.50 %'),
    });
    expect(prices[1].priceExplanation).toMatchObject({
      ...{ rule: 'PER_DIEM', spent: null, markUpPercent: null, dayRate: { amount: '60.00' } },
      text: expect.stringContaining(': 60.00 EUR a day'),
    });
    const [costs] = await world.sql`select sum(amount_minor)::int as minor from finance.actual where contract_id = ${firm.contractId} and kind = 'COST'`;
    expect(costs?.minor).toBe(25_232);

    await amending(world, firm).amended({ effectiveFrom: '2026-02-01', changes: { lines: [{ ...work, expenses: expenses('10') }] } }, 'APPLIED');
    await world.settle();
    expect((await saleOf(hotel)).amount.amount).toBe('135.74');
    await amending(world, firm).amended({ effectiveFrom: '2026-02-01', changes: { lines: [{ ...work, expenses: expenses('7.5') }] } }, 'APPLIED');
    await world.settle();
    const wish = { cutOffDate: '2026-02-28', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
    const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
    const { invoice } = await done(
      'validateInvoice',
      { id: results[0].invoice.id },
      { select: 'invoice { subtotal { amount } tax { amount } total { amount } }' },
    );
    expect([invoice.subtotal.amount, invoice.tax.amount, invoice.total.amount]).toEqual(['263.43', '55.32', '318.75']);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('passed through where the contract says nothing of them', async () => {
    const firm = await firmAt(world.graph);
    const hotel = await spent(firm, { category: 'LODGING', workDate: '2026-02-02', amount: '123.40', notes: 'Hotel' });
    const sale = await saleOf(hotel);
    expect([sale.amount.amount, sale.priceExplanation.rule]).toEqual(['123.40', 'EXPENSE_AMOUNT']);
    await checkHistory(world.sql);
  });

  test('split at a limit like time, without hours', async () => {
    const lines = [{ ...work, notToExceed: eur('100.00'), expenses: expenses('7.5') }];
    const firm = await firmAt(world.graph, { terms: { lines } });
    const hotel = await spent(firm, { category: 'LODGING', workDate: '2026-02-02', amount: '123.40', notes: 'Hotel' });
    expect((await sold(hotel)).filter(({ kind }) => kind === 'UNBILLED_SALES').map(({ amount }) => amount.amount)).toEqual(['100.00', '32.66']);
    await checkHistory(world.sql);
  });
});
