import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { boughtBy } from '../support/subcontracting.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

const ok = (...args: Parameters<FlowWorld['graph']['ok']>) => world.graph.ok(...args);
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function work(employeeId: string, days: readonly string[], hours = '8'): Promise<string[]> {
  const ids = await firm.approved(days, { employeeId, hours });
  await world.settle();
  return ids;
}
const costsOf = async (sourceIds: readonly string[]): Promise<Json[]> => {
  const fields = 'id amount { amount currency } pricingRevision subcontractLine { id } priceExplanation { rule matchedDimensions }';
  const query = `query ($ids: [ID!]) { actuals(filter: { sourceIds: $ids, kinds: [COST], reversed: false }) { nodes { ${fields} } } }`;
  return (await ok(query, { ids: sourceIds })).actuals.nodes;
};
const amountsOf = async (sourceIds: readonly string[]): Promise<string[]> => (await costsOf(sourceIds)).map(({ amount }) => amount.amount).sort();

describe('the time of a subcontractor’s person', () => {
  test('costs the line for the labor category where none is for the person', async () => {
    const zeta = await boughtBy(world.graph, firm, { category: true, rate: '70.00' });
    const colleague = await zeta.person('Zack');
    const [cost] = await costsOf(await work(colleague, ['2026-02-09']));
    expect(cost).toMatchObject({ amount: { amount: '560.00' }, subcontractLine: { id: zeta.lineId } });
    expect(cost.priceExplanation).toEqual({ rule: 'SUBCONTRACT_LINE', matchedDimensions: ['LABOR_CATEGORY'] });
    await zeta.order({ laborCategoryId: undefined, employeeId: colleague, unitRate: eur('90.00') }, 'Order 8');
    const [dearer] = await costsOf(await work(colleague, ['2026-02-10']));
    expect(dearer).toMatchObject({ amount: { amount: '720.00' }, priceExplanation: { matchedDimensions: ['EMPLOYEE'] } });
  });

  test('is rounded once per entry, half up, to the second', async () => {
    const zeta = await boughtBy(world.graph, firm, { rate: '77.77' });
    expect(await amountsOf(await work(zeta.employeeId, ['2026-02-09'], '0.35'))).toEqual(['27.22']);
  });

  test('of colleagues of no subcontractor goes by the cost card, whatever was ordered of their labor category', async () => {
    await boughtBy(world.graph, firm, { category: true, rate: '70.00' });
    const [cost] = await costsOf(await work(firm.employeeId, ['2026-02-11']));
    expect(cost).toMatchObject({ amount: { amount: '480.00' }, subcontractLine: null, priceExplanation: { rule: 'STANDARD_RATE_CARD' } });
  });

  test('is of one subcontractor: the order of another pays nothing of it', async () => {
    const zeta = await boughtBy(world.graph, firm, { confirm: false });
    await boughtBy(world.graph, firm, { category: true, rate: '10.00' });
    const ids = await work(zeta.employeeId, ['2026-02-09']);
    expect(await costsOf(ids)).toEqual([]);
    await done('confirmSubcontract', { id: zeta.subcontractId });
    await world.settle();
    expect(await amountsOf(ids)).toEqual(['640.00']);
  });

  test('keeps its cost when the order is closed behind it, and takes on another when it is priced anew', async () => {
    const zeta = await boughtBy(world.graph, firm);
    const ids = await work(zeta.employeeId, ['2026-02-09', '2026-02-12']);
    await done('closeSubcontract', { id: zeta.subcontractId, closedOn: '2026-02-10' });
    expect(await amountsOf(ids)).toEqual(['640.00', '640.00']);
    const [first, second] = await Promise.all(ids.map(async (id) => (await costsOf([id]))[0]));
    const reprice = async (id: string): Promise<Json> => {
      const input = { idempotencyKey: crypto.randomUUID(), items: [{ id, reason: 'Closed' }] };
      return (await world.graph.mutate('repriceActuals', input, { select: 'results { userErrors { code } }' })).results[0];
    };
    expect((await reprice(first.id)).userErrors).toEqual([]);
    expect((await costsOf([ids[0] ?? '']))[0]).toMatchObject({ id: first.id });
    expect((await reprice(second.id)).userErrors).toEqual([{ code: 'RATE_NOT_FOUND' }]);
    const next = await zeta.order({ startDate: '2026-02-11', unitRate: eur('80.00') }, 'Order 8');
    expect((await reprice(second.id)).userErrors).toEqual([]);
    expect((await costsOf([ids[1] ?? '']))[0]).toMatchObject({ amount: { amount: '640.00' }, pricingRevision: 2, subcontractLine: { id: next.lineId } });
  });

  test('is quoted as it is posted', async () => {
    const zeta = await boughtBy(world.graph, firm, { rate: '81.00' });
    const query =
      'query ($e: ID!, $p: ID!, $c: ID!) { rateFor(employeeId: $e, projectId: $p, laborCategoryId: $c, workDate: "2026-02-09", kind: COST) { rate { amount } refused { code message } } }';
    const asked = { e: zeta.employeeId, p: firm.projectId, c: firm.categoryId };
    expect((await ok(query, asked)).rateFor).toEqual({ rate: { amount: '81.00' }, refused: null });
    await done('closeSubcontract', { id: zeta.subcontractId, closedOn: '2026-02-08' });
    const { refused } = (await ok(query, asked)).rateFor;
    expect(refused.code).toBe('RATE_NOT_FOUND');
    expect(refused.message).toContain('No confirmed subcontract of Zeta Works has a line for Zoe');
  });

  test('that was planned is forecast at what was ordered, from its first day to its last', async () => {
    const days = { startDate: '2026-03-11', endDate: '2026-03-12' };
    const zeta = await boughtBy(world.graph, firm, { rate: '50.00', more: days });
    const planned = { employeeId: zeta.employeeId, projectId: firm.projectId, startDate: '2026-03-09', endDate: '2026-03-13', weeklyHours: '40' };
    const id = await world.graph.made('createAssignment', 'assignment', planned);
    await done('confirmAssignment', { id });
    const query =
      'query ($id: ID!) { project(id: $id) { forecast(asOf: "2026-03-08", horizonWeeks: 2) { lines(first: 9) { nodes { startDate endDate hours cost { amount } costExplanation { rule } } } } } }';
    const { nodes } = (await ok(query, { id: firm.projectId })).project.forecast.lines;
    expect(nodes).toEqual([
      { startDate: '2026-03-09', endDate: '2026-03-10', hours: '16.00', cost: null, costExplanation: null },
      { startDate: '2026-03-11', endDate: '2026-03-12', hours: '16.00', cost: { amount: '800.00' }, costExplanation: { rule: 'SUBCONTRACT_LINE' } },
      { startDate: '2026-03-13', endDate: '2026-03-13', hours: '8.00', cost: null, costExplanation: null },
    ]);
  });
});
