import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { boughtBy, invoicing } from '../support/subcontracting.ts';

let world: FlowWorld;
let firm: Firm;
let zeta: Awaited<ReturnType<typeof boughtBy>>;
let ways: ReturnType<typeof invoicing>;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
  zeta = await boughtBy(world.graph, firm, { more: { limitHours: '20' } });
  ways = invoicing(world.graph, zeta);
});
afterAll(() => world[Symbol.asyncDispose]());

const ok = (...args: Parameters<FlowWorld['graph']['ok']>) => world.graph.ok(...args);
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);

async function work(employeeId: string, days: readonly string[], hours: string): Promise<string[]> {
  const ids = await firm.approved(days, { employeeId, hours });
  await world.settle();
  return ids;
}
const pricesOf = async (sourceIds: readonly string[]): Promise<string[]> => {
  const query = 'query ($ids: [ID!]) { actuals(filter: { sourceIds: $ids, reversed: false }) { nodes { kind amount { amount currency } } } }';
  const nodes: Json[] = (await ok(query, { ids: sourceIds })).actuals.nodes;
  return nodes.map(({ kind, amount }) => `${kind} ${amount.amount} ${amount.currency}`).sort();
};
const usage = 'usage { hours amount { amount } invoicedHours invoicedAmount { amount } warnings }';
const usageOf = async (id: string): Promise<Json> =>
  (await ok(`query ($id: ID!) { subcontract(id: $id) { lines { ${usage} } } }`, { id })).subcontract.lines[0].usage;
const accounts = async () => {
  const query = 'query ($id: ID!) { trialBalance(legalEntityId: $id) { accounts { account debit { amount } credit { amount } } sums { amount } } }';
  return (await ok(query, { id: firm.legalEntityId })).trialBalance;
};

/** docs/examples/subcontract.md, number by number. */
describe('a subcontractor comes out as the example says', () => {
  test('whose people cost what was ordered, and not what the cost card says', async () => {
    const ids = await work(zeta.employeeId, ['2026-02-09', '2026-02-10'], '8');
    expect(await pricesOf(ids)).toEqual(['COST 640.00 EUR', 'COST 640.00 EUR', 'UNBILLED_SALES 800.00 EUR', 'UNBILLED_SALES 800.00 EUR']);
    const query =
      'query ($ids: [ID!]) { actuals(filter: { subcontractLineIds: $ids }) { nodes { subcontractLine { number } priceExplanation { rule text rate { amount } subcontractLine { id } } } } }';
    const { nodes } = (await ok(query, { ids: [zeta.lineId] })).actuals;
    expect(nodes).toHaveLength(2);
    expect(nodes[0]).toEqual({
      subcontractLine: { number: 1 },
      priceExplanation: {
        ...{ rule: 'SUBCONTRACT_LINE', rate: { amount: '80.00' }, subcontractLine: { id: zeta.lineId } },
        text: 'SUBCONTRACT_LINE 1 of Order 7 by EMPLOYEE: 80.00 EUR per hour, rounded HALF_UP once per entry',
      },
    });
    expect(await usageOf(zeta.subcontractId)).toMatchObject({ hours: '16.00', amount: { amount: '1280.00' }, invoicedHours: '0.00', warnings: [] });
  });

  test('whose invoice is matched, approved by somebody else, and posted', async () => {
    const id = await ways.record('Z-1', { hours: '16' });
    const matched = await ways.match(id);
    expect(matched).toMatchObject({ status: 'MATCHED', total: { amount: '1280.00' }, lines: [{ matchedHours: '16.00', differences: [] }] });
    expect((await world.graph.mutate('approveSupplierInvoice', { id }, { wish: { role: 'finance' } })).userErrors).toMatchObject([
      { guard: 'approverIsNotRecorder' },
    ]);
    await done('approveSupplierInvoice', { id });
    const entry = 'journalEntry { status source lines(first: 9) { nodes { account debit { amount } credit { amount } project { id } } } }';
    const { supplierInvoice } = await done('postSupplierInvoice', { id }, { select: `supplierInvoice { status postedOn approvedBy ${entry} }` });
    expect(supplierInvoice).toMatchObject({ status: 'POSTED', postedOn: '2026-02-28' });
    expect(supplierInvoice.journalEntry).toMatchObject({
      ...{ status: 'POSTED', source: 'SUPPLIER_INVOICE' },
      lines: {
        nodes: [
          { account: 'COST_OF_SERVICES', debit: { amount: '1280.00' }, project: { id: firm.projectId } },
          { account: 'PAYABLE', credit: { amount: '1280.00' }, project: null },
        ],
      },
    });
  });

  test('who asks for the same hours again is told that none are free', async () => {
    const id = await ways.record('Z-2', { hours: '16' });
    const { status, lines } = await ways.match(id);
    expect([status, ...lines[0].differences.map(({ code, amount }: Json) => `${code} ${amount.amount}`)]).toEqual([
      ...['DISPUTED', 'MORE_HOURS_THAN_APPROVED 1280.00', 'OVER_LIMIT 960.00'],
    ]);
    expect((await world.graph.mutate('approveSupplierInvoice', { id })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    await done('rejectSupplierInvoice', { id, reason: 'Paid by Z-1' });
  });

  test('whose hours over the limit are cost, and a difference of the invoice', async () => {
    const ids = await work(zeta.employeeId, ['2026-02-16'], '7.5');
    expect(await pricesOf(ids)).toEqual(['COST 600.00 EUR', 'UNBILLED_SALES 750.00 EUR']);
    expect(await usageOf(zeta.subcontractId)).toMatchObject({ warnings: ['23.50 h are approved, of 20.00 h that were ordered at most.'] });
    const id = await ways.record('Z-3', { hours: '7.5', rate: '85.00', startDate: '2026-02-16', endDate: '2026-02-22' });
    const { status, lines } = await ways.match(id);
    expect([status, ...lines[0].differences.map(({ code, amount }: Json) => `${code} ${amount.amount}`)]).toEqual([
      ...['DISPUTED', 'RATE_DIFFERS 37.50', 'OVER_LIMIT 297.50'],
    ]);
    const permitted = { select: 'supplierInvoice { status decisionNote }' };
    const { supplierInvoice } = await done('approveSupplierInvoiceDifferences', { id, reason: 'Agreed by phone' }, permitted);
    expect(supplierInvoice).toEqual({ status: 'APPROVED', decisionNote: 'Agreed by phone' });
    await done('postSupplierInvoice', { id });
    const { accounts: rows, sums } = await accounts();
    const of = (name: string) => rows.find(({ account }: Json) => account === name);
    expect([of('COST_OF_SERVICES').debit.amount, of('PAYABLE').credit.amount]).toEqual(['1917.50', '1917.50']);
    expect(sums.every(({ amount }: Json) => Number(amount) === 0)).toBe(true);
    expect(await usageOf(zeta.subcontractId)).toMatchObject({ invoicedHours: '23.50', invoicedAmount: { amount: '1917.50' } });
    const summary = 'query ($ids: [ID!]) { actuals(filter: { projectIds: $ids, kinds: [COST], reversed: false }) { nodes { amount { amount } } } }';
    const costs: Json[] = (await ok(summary, { ids: [firm.projectId] })).actuals.nodes;
    expect(costs.reduce((sum, { amount }) => sum + Number(amount.amount), 0)).toBe(1880);
  });

  test('whose work after the last day waits for another order, and is posted by itself', async () => {
    await done('closeSubcontract', { id: zeta.subcontractId, closedOn: '2026-02-28' });
    const ids = await work(zeta.employeeId, ['2026-03-02'], '8');
    const query = 'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { code status message cures { mutation } } } } }';
    const exceptions = async (): Promise<Json[]> => (await ok(query, { id: firm.customerId })).operations.exceptions.nodes;
    const [waiting] = await exceptions();
    expect(waiting).toMatchObject({ code: 'RATE_NOT_FOUND', status: 'OPEN' });
    expect(waiting.message).toContain('No confirmed subcontract of Zeta Works has a line for Zoe');
    expect(waiting.message).toContain('on the project Build on 2026-03-02. Confirm one that has, then retry.');
    expect(waiting.cures.map(({ mutation }: Json) => mutation)).toContain('confirmSubcontract');
    await zeta.order({ unitRate: { amount: '82.00', currency: 'EUR' }, startDate: '2026-03-01' }, 'Order 8');
    await world.settle();
    expect(await exceptions()).toMatchObject([{ status: 'RESOLVED' }]);
    expect(await pricesOf(ids)).toEqual(['COST 656.00 EUR', 'UNBILLED_SALES 800.00 EUR']);
  });

  test('who is paid in another currency costs what that is worth on the day of the work', async () => {
    const rate = { baseCurrency: 'USD', quoteCurrency: 'EUR', rate: '0.9250', effectiveOn: '2026-02-06', source: 'ECB' };
    await done('setExchangeRates', { items: [rate] }, { select: 'succeeded' });
    const yonder = await boughtBy(world.graph, firm, { rate: '90.00', currency: 'USD' });
    expect(await pricesOf(await work(yonder.employeeId, ['2026-02-10'], '3'))).toEqual(['COST 249.75 EUR', 'UNBILLED_SALES 300.00 EUR']);
  });

  test('and the history of all of it holds', async () => {
    await checkHistory(world.sql);
  });
});
