import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { categoryAt, categoryCodes } from '#finance/billing/category.ts';
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
const firmWith = (taxRates: readonly { basisPoints: number; effectiveFrom: string; effectiveTo?: string }[]) =>
  firmAt(world.graph, { salesRate: '33.33', taxRates });
const hour = (firm: Firm, day: string) => firm.approved([day], { hours: '1' });
const drafted = async ({ contractId }: Firm): Promise<string> => {
  const wish = { cutOffDate: '2026-03-31', contractIds: [contractId], invoiceDate: '2026-03-31' };
  return (await done('draftInvoices', wish, { select: 'results { invoice { id } }' })).results[0].invoice.id;
};
const select = 'invoice { tax { amount } total { amount } lines { nodes { description supplyStartDate amount { amount } tax { amount } taxBasisPoints } } }';
const taxed = async (id: string) => {
  const { invoice } = await done('validateInvoice', { id }, { select });
  const lines = invoice.lines.nodes.map((line: Json) => `${line.supplyStartDate} ${line.amount.amount} ${line.taxBasisPoints} ${line.tax.amount}`);
  return { tax: invoice.tax.amount, total: invoice.total.amount, lines: lines.toSorted() };
};

/** docs/examples/tax.md, number by number. */
describe('tax comes out as the example says', () => {
  test('at one rate over several lines', async () => {
    const firm = await firmWith([{ basisPoints: 2100, effectiveFrom: '2020-01-01' }]);
    await hour(firm, '2026-03-02');
    for (const [category, amount] of [
      ['LODGING', '10.01'],
      ['TRAVEL', '10.02'],
    ] as const) {
      const cost = { category, workDate: '2026-03-02', amount: { amount, currency: 'EUR' }, notes: category, receiptChecksum: aReceipt() };
      const id = await world.graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost });
      await done('submitExpense', { id });
      await done('approveExpense', { id, approverId: firm.approverId });
    }
    await world.settle();
    expect(await taxed(await drafted(firm))).toEqual({
      ...{ tax: '11.21', total: '64.57' },
      lines: ['2026-03-02 10.01 2100 2.10', '2026-03-02 10.02 2100 2.11', '2026-03-02 33.33 2100 7.00'],
    });
  });

  test('where the rate changes', async () => {
    const firm = await firmWith([
      { basisPoints: 2100, effectiveFrom: '2020-01-01' },
      { basisPoints: 2200, effectiveFrom: '2026-03-01' },
    ]);
    for (const day of ['2026-02-27', '2026-03-02']) await hour(firm, day);
    await world.settle();
    expect(await taxed(await drafted(firm))).toEqual({
      ...{ tax: '14.33', total: '80.99' },
      lines: ['2026-02-27 33.33 2100 7.00', '2026-03-02 33.33 2200 7.33'],
    });
  });

  test.each([
    ['ZERO_RATED', 'Z'],
    ['EXEMPT', 'E'],
    ['REVERSE_CHARGE', 'AE'],
    ['EXPORT', 'G'],
    ['OUT_OF_SCOPE', 'O'],
  ] as const)('where none is charged: %s', async (category, code) => {
    const firm = await firmWith([{ basisPoints: 2100, effectiveFrom: '2020-01-01' }]);
    await done('updateTaxProfile', { id: firm.taxProfileId, exempt: true, category, note: 'No tax is charged.', rates: [] });
    await hour(firm, '2026-03-02');
    await world.settle();
    expect(await taxed(await drafted(firm))).toEqual({ tax: '0.00', total: '33.33', lines: ['2026-03-02 33.33 0 0.00'] });
    expect(categoryCodes[categoryAt({ category, exempt: true }, 0)]).toBe(code);
  });

  test('where no rate holds', async () => {
    const lapsed = { basisPoints: 2100, effectiveFrom: '2020-01-01', effectiveTo: '2026-02-28' };
    const firm = await firmWith([lapsed]);
    await hour(firm, '2026-03-02');
    await world.settle();
    const id = await drafted(firm);
    const { userErrors } = await world.graph.mutate('validateInvoice', { id });
    expect(userErrors[0]).toMatchObject({ code: 'TAX_FAILED', message: expect.stringContaining('2026-03-02') });
    await done('updateTaxProfile', { id: firm.taxProfileId, rates: [lapsed, { basisPoints: 2100, effectiveFrom: '2026-03-01' }] });
    expect(await taxed(id)).toMatchObject({ tax: '7.00', total: '40.33' });
    await world.settle();
    await checkHistory(world.sql);
  });
});
