import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
let berlin: Firm;
let paris: Firm;
beforeAll(async () => {
  world = await flowWorld();
  // The people of Paris have labor categories that Berlin's cards know nothing of.
  [berlin, paris] = [await firmAt(world.graph, { name: 'Berlin' }), await firmAt(world.graph, { name: 'Paris', costRate: '50.00' })];
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const exceptionsOf = async (): Promise<Json[]> => {
  const text = 'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { code status message } } } }';
  return (await world.graph.ok(text, { id: berlin.customerId })).operations.exceptions.nodes;
};
const costOf = async (id: string): Promise<string[]> => {
  const text =
    'query ($id: ID!) { actuals(filter: { sourceIds: [$id], reversed: false, kinds: [COST, RESOURCING_COST, INTERCOMPANY_SALES] }) { nodes { kind amount { amount } } } }';
  const { nodes } = (await world.graph.ok(text, { id })).actuals;
  return nodes.map(({ kind, amount }: Json) => `${kind} ${amount.amount}`).toSorted();
};
async function worked(workDate: string): Promise<string> {
  const planned = { employeeId: paris.employeeId, projectId: berlin.projectId, startDate: workDate, endDate: workDate, weeklyHours: '8' };
  await done('confirmAssignment', { id: await world.graph.made('createAssignment', 'assignment', planned) });
  const [id = ''] = await berlin.approved([workDate], { employeeId: paris.employeeId, billable: false });
  await world.settle();
  return id;
}
const february = async (legalEntityId: string): Promise<string> => {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = '2026-02-01'`;
  return String(period?.id);
};

test('work that no card of the borrower prices waits, and is posted by itself once the two have terms', async () => {
  const id = await worked('2026-02-10');
  expect(await exceptionsOf()).toMatchObject([{ code: 'RATE_NOT_FOUND', status: 'OPEN' }]);
  const item = { lenderId: paris.legalEntityId, borrowerId: berlin.legalEntityId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '10' };
  await done('setIntercompanyTerms', { items: [item] }, { select: 'results { userErrors { message } }' });
  await world.settle();
  expect(await costOf(id)).toEqual(['COST 440.00', 'INTERCOMPANY_SALES 440.00', 'RESOURCING_COST 400.00']);
  expect(await exceptionsOf()).toMatchObject([{ status: 'RESOLVED' }]);
  await checkHistory(world.sql);
});

test('work that finds the lender’s books closed is parked, and posted by itself once they are open', async () => {
  await done('closeFiscalPeriod', { id: await february(paris.legalEntityId) });
  const id = await worked('2026-02-11');
  const parked = (await exceptionsOf()).find(({ status }) => status === 'OPEN');
  expect(parked).toMatchObject({ code: 'PERIOD_CLOSED', message: expect.stringContaining('2026-02-11 lies in') });
  expect(await costOf(id)).toEqual([]);
  await done('reopenFiscalPeriod', { id: await february(paris.legalEntityId), reason: 'Late work' });
  await world.settle();
  expect(await costOf(id)).toEqual(['COST 440.00', 'INTERCOMPANY_SALES 440.00', 'RESOURCING_COST 400.00']);
  expect((await exceptionsOf()).every(({ status }) => status === 'RESOLVED')).toBe(true);
  await checkHistory(world.sql);
});

test('work that is recalled after it was charged is given back, and what a retry posts anew is charged anew', async () => {
  const id = await worked('2026-02-12');
  const charged = async () => {
    const select = 'charges { actualCount amount { amount } intercompanyCharge { number } }';
    const { charges } = await done('chargeIntercompany', { lenderId: paris.legalEntityId, chargedOn: '2026-02-28' }, { select });
    await world.settle();
    return charges.map(({ actualCount, amount, intercompanyCharge }: Json) => [intercompanyCharge.number, actualCount, amount.amount]);
  };
  expect(await charged()).toEqual([[1, 3, '1320.00']]);
  const [sale] = await world.sql`select id from finance.actual where source_id = ${id} and kind = 'INTERCOMPANY_SALES' and reverses_id is null`;
  await done('reverseActuals', { items: [{ id: String(sale?.id), reason: 'Charged to the wrong one' }] }, { select: 'results { userErrors { message } }' });
  await world.settle();
  expect(await charged()).toEqual([[2, 1, '-440.00']]);
  const { operations } = await world.graph.ok(
    'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id], statuses: [OPEN] }) { nodes { id code } } } }',
    { id: berlin.customerId },
  );
  expect(operations.exceptions.nodes).toMatchObject([{ code: 'ACTUAL_REVERSED' }]);
  await done('retryException', { id: operations.exceptions.nodes[0].id });
  await world.settle();
  expect(await charged()).toEqual([[3, 1, '440.00']]);
  await checkHistory(world.sql);
});
