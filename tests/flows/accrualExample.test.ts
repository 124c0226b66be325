import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumers } from '#processes/wiring.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);

async function billed(firm: Firm, cutOffDate: string, invoiceDate: string): Promise<string> {
  const wish = { cutOffDate, contractIds: [firm.contractId], invoiceDate };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id });
  return id;
}

async function accrued({ legalEntityId }: Firm, start: string, more: Json = {}): Promise<string[]> {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  const wish = { fiscalPeriodId: String(period?.id), ...more };
  const { accruals } = await done('accrueRevenue', wish, { select: 'accruals { amount { amount } explanation revenueEvent { id } }' });
  return accruals.map(({ amount, explanation }: Json) => `${amount.amount}: ${explanation}`);
}

/** Accrued revenue, revenue, receivable and tax of the contract, in minor units. */
async function books({ contractId }: Firm): Promise<Json> {
  const rows =
    await world.sql`select account, sum(debit_minor - credit_minor)::int as minor from finance.journal_line where contract_id = ${contractId} group by account`;
  const of = (account: string) => rows.find((row) => row.account === account)?.minor ?? 0;
  return { accrued: of('ACCRUED_REVENUE'), revenue: 0 - of('REVENUE'), receivable: of('RECEIVABLE'), tax: 0 - of('TAX_PAYABLE') };
}

async function reversed(entryId: string, accountingDate: string): Promise<void> {
  const [row] =
    await world.sql`select id from finance.actual where source_id = ${entryId} and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null`;
  await done('reverseActuals', { items: [{ id: String(row?.id), reason: 'It was not to be sold', accountingDate }] });
}

/** docs/examples/accruals.md, number by number. */
describe('accrued revenue comes out as the example says', () => {
  test('over an invoice, a credit note and a reversal', async () => {
    const firm = await firmAt(world.graph);
    const [, second = ''] = await firm.approved(['2026-02-26', '2026-02-27']);
    await firm.approved(['2026-03-16']);
    await world.settle();
    const february = ['1600.00: 2 pieces of work (16.00 h), earned by 2026-02-28 and not invoiced.'];
    expect(await accrued(firm, '2026-02-01', { dryRun: true })).toEqual(february);
    expect(await books(firm)).toEqual({ accrued: 0, revenue: 0, receivable: 0, tax: 0 });
    expect(await accrued(firm, '2026-02-01')).toEqual(february);
    expect(await books(firm)).toEqual({ accrued: 160_000, revenue: 160_000, receivable: 0, tax: 0 });

    const invoice = await billed(firm, '2026-02-26', '2026-03-10');
    expect(await books(firm)).toEqual({ accrued: 80_000, revenue: 160_000, receivable: 96_800, tax: 16_800 });
    await done('creditInvoice', { id: invoice, reason: 'Wrong', creditDate: '2026-03-20' });
    expect(await books(firm)).toEqual({ accrued: 80_000, revenue: 80_000, receivable: 0, tax: 0 });

    expect(await accrued(firm, '2026-03-01')).toEqual(['1600.00: 2 pieces of work (16.00 h), earned by 2026-03-31 and not invoiced.']);
    expect(await books(firm)).toMatchObject({ accrued: 240_000, revenue: 240_000 });
    await reversed(second, '2026-03-31');
    expect(await books(firm)).toMatchObject({ accrued: 160_000, revenue: 160_000 });

    await billed(firm, '2026-04-30', '2026-04-30');
    expect(await books(firm)).toEqual({ accrued: 0, revenue: 160_000, receivable: 193_600, tax: 33_600 });
    expect([await accrued(firm, '2026-02-01'), await accrued(firm, '2026-03-01')]).toEqual([[], []]);
    const told = await world.sql`select description, amount_minor::int as minor, recognition_date::text as day from finance.revenue_event
      where contract_id = ${firm.contractId} and method = 'ACCRUED' order by recognition_date, amount_minor desc`;
    expect(told.map(({ day, minor, description }) => `${day} ${minor} ${String(description).replace(/(?<=Invoice ).*/, 'N')}`)).toEqual([
      '2026-02-28 160000 Acme terms: accrued to 2026-02-28',
      '2026-03-10 -80000 Accrual taken back: Invoice N',
      '2026-03-31 160000 Acme terms: accrued to 2026-03-31',
      '2026-03-31 -80000 Accrual taken back: It was not to be sold',
      '2026-04-30 -160000 Accrual taken back: Invoice N',
    ]);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('and no other when facts come twice, late and in another order, work is recalled, and an amendment prices it anew', async () => {
    const firm = await firmAt(world.graph);
    const [first = ''] = await firm.approved(['2026-02-26', '2026-02-27']);
    await world.settle();
    await accrued(firm, '2026-02-01');
    await done('addContractVersion', {
      id: firm.contractId,
      effectiveFrom: '2026-01-01',
      reason: 'Agreed',
      rates: [{ laborCategoryId: firm.categoryId, rate: { amount: '110.00', currency: 'EUR' } }],
    });
    const [sale] = await world.sql`select id from finance.actual where source_id = ${first} and kind = 'UNBILLED_SALES' and reversed_by_id is null`;
    await done('repriceActuals', { items: [{ id: String(sale?.id), reason: 'Agreed' }] });
    expect(await books(firm)).toMatchObject({ accrued: 80_000, revenue: 80_000 });
    expect(await accrued(firm, '2026-02-01')).toEqual(['880.00: 1 piece of work (8.00 h), earned by 2026-02-28 and not invoiced.']);
    await done('requestTimeEntryRecall', { id: first, reason: 'Wrong day' });
    await done('approveTimeEntryRecall', { id: first, approverId: firm.approverId });
    await world.settle([...consumers].reverse());
    expect(await books(firm)).toMatchObject({ accrued: 80_000, revenue: 80_000 });
    await world.forgetDeliveries();
    await world.settle();
    expect(await books(firm)).toMatchObject({ accrued: 80_000, revenue: 80_000 });
    await checkHistory(world.sql);
  });

  test('on the timeline of the project, and on the work itself', async () => {
    const firm = await firmAt(world.graph);
    const [entry = ''] = await firm.approved(['2026-02-26']);
    await world.settle();
    await accrued(firm, '2026-02-01');
    await world.sequence();
    const facts = await world.sql`select payload ->> 'method' as method, payload -> 'amount' ->> 'amount' as amount from log.fact
      where type = 'RevenueRecognized' and keys -> 'projectId' ? ${firm.projectId}`;
    expect(facts.map((fact) => ({ ...fact }))).toEqual([{ method: 'ACCRUED', amount: '800.00' }]);
    const query = `query ($id: [ID!]) { actuals(filter: { sourceIds: $id, kinds: [UNBILLED_SALES] }) { nodes { accrual { method amount { amount } } availableActions { name refusals } } } }`;
    const { nodes } = (await world.graph.ok(query, { id: [entry] })).actuals;
    expect(nodes[0].accrual).toEqual({ method: 'ACCRUED', amount: { amount: '800.00' } });
    expect(nodes[0].availableActions.find(({ name }: Json) => name === 'accrue').refusals).toEqual([expect.stringContaining('notAccrued')]);
  });
});
