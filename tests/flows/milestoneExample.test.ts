import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumers } from '#processes/wiring.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Milestones are reached when they are reached. */
const today = new Date().toISOString().slice(0, 10);

/** docs/examples/milestone.md, number by number. */
test('milestones come out as the example says', async () => {
  const line = { name: 'Milestones', method: 'MILESTONE', kinds: ['TIME', 'FEE'] };
  const { projectId, contractId, approved } = await firmAt(world.graph, { years: Number(today.slice(0, 4)) - 2025, terms: { lines: [line] } });
  const { contract } = await world.graph.ok('query ($id: ID!) { contract(id: $id) { lines { id } } }', { id: contractId });
  const contractLineId = contract.lines[0].id;
  const planned = (name: string, amount: string, plannedOn: string) =>
    world.graph.made('createMilestone', 'milestone', { projectId, contractLineId, name, amount: eur(amount), plannedOn });
  const design = await planned('Design', '4000.00', '2026-02-15');
  const build = await planned('Build', '11000.00', '2026-04-30');
  await done('reachMilestone', { id: design });
  await done('acceptMilestone', { id: design, acceptedOn: today });
  await done('reachMilestone', { id: build });
  await approved(['2026-02-02']);
  await world.settle();
  const ledger = async () =>
    (
      await world.sql`select kind, transaction_class, work_date::text as day, amount_minor::int as minor from finance.actual where contract_id = ${contractId}
      and kind <> 'BILLED_SALES' order by work_date`
    ).map(({ kind, transaction_class: of, day, minor }) => `${day} ${of} ${kind} ${minor}`);
  const once = ['2026-02-02 TIME COST 48000', `${today} FEE UNBILLED_SALES 400000`];
  expect(await ledger()).toEqual(once);
  await world.forgetDeliveries();
  await world.settle([...consumers].reverse());
  expect(await ledger()).toEqual(once);

  const wish = { cutOffDate: today, contractIds: [contractId], invoiceDate: today };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  const { invoice } = await done('postInvoice', { id }, { select: 'invoice { subtotal { amount } total { amount } }' });
  expect([invoice.subtotal.amount, invoice.total.amount]).toEqual(['4000.00', '4840.00']);
  const { revenueEvents } = await done(
    'scheduleRevenue',
    { contractId, method: 'MILESTONE', milestoneId: design },
    { select: 'revenueEvents { id amount { amount } recognitionDate }' },
  );
  expect(revenueEvents).toMatchObject([{ amount: { amount: '4000.00' }, recognitionDate: today }]);
  await done('submitRevenueEvent', { id: revenueEvents[0].id });
  await done('recognizeRevenueEvent', { id: revenueEvents[0].id });
  const sums =
    await world.sql`select account, sum(debit_minor - credit_minor)::int as minor from finance.journal_line where contract_id = ${contractId} group by account order by account`;
  expect(sums.map(({ account, minor }) => `${account} ${minor}`)).toEqual([
    'CONTRACT_LIABILITY 0',
    'RECEIVABLE 484000',
    'REVENUE -400000',
    'TAX_PAYABLE -84000',
  ]);
  await world.settle();
  await checkHistory(world.sql);
});
