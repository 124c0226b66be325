import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const part = (name: string, dueOn: string, amount: string) => ({ name, dueOn, amount: eur(amount) });
const fee = { name: 'Fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: eur('10000.00') };
const instalments = [part('First', '2026-03-31', '6000.00'), part('Last', '2026-05-31', '4000.00')];

async function worked(firm: Firm, days: readonly string[]): Promise<void> {
  await firm.approved(days);
  await world.settle();
}

async function billed(firm: Firm, day: string): Promise<void> {
  const wish = { cutOffDate: day, contractIds: [firm.contractId], invoiceDate: day };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: results[0].invoice.id });
}

const measure = ({ contractId, projectId }: Firm, asOf: string, estimatedCost: string) =>
  ({
    idempotencyKey: crypto.randomUUID(),
    contractId,
    projectId,
    method: 'COST_TO_COST',
    total: eur('10000.00'),
    asOf,
    estimatedCost: eur(estimatedCost),
  }) as const;

/** Measured by one person and recognized by another: its amount and how it came about. */
async function recognized(firm: Firm, asOf: string, estimatedCost: string): Promise<string[]> {
  const { revenueEvents } = await done('scheduleRevenue', measure(firm, asOf, estimatedCost), { select: 'revenueEvents { id amount { amount } explanation }' });
  const [{ id, amount, explanation }] = revenueEvents;
  for (const action of ['submitRevenueEvent', 'recognizeRevenueEvent']) await done(action, { id });
  return [amount.amount, explanation];
}

const said = (share: string, asOf: string) => `${share} % of the estimated cost was incurred by ${asOf}, less what was recognized before.`;

/** Contract liability and revenue of the contract, in minor units. */
async function books({ contractId }: Firm): Promise<number[]> {
  const [row] = await world.sql`select coalesce(sum(credit_minor - debit_minor) filter (where account = 'CONTRACT_LIABILITY'), 0)::int as liability,
      coalesce(sum(credit_minor - debit_minor) filter (where account = 'REVENUE'), 0)::int as revenue from finance.journal_line where contract_id = ${contractId}`;
  return [row?.liability, row?.revenue];
}

async function openIn({ legalEntityId }: Firm, start: string): Promise<string[]> {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  const text = 'query ($id: ID!) { fiscalPeriod(id: $id) { closeChecklist { items { kind count } } } }';
  const { items } = (await world.graph.ok(text, { id: String(period?.id) })).fiscalPeriod.closeChecklist;
  return items.map(({ kind, count }: Json) => `${kind} ${count}`);
}

/** docs/examples/cost-to-cost.md, number by number. */
describe('revenue by cost comes out as the example says', () => {
  test('as the estimate rises, and falls again', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [{ ...fee, instalments }], endDate: '2026-05-31' } });
    await worked(firm, ['2026-02-02', '2026-02-03']);
    expect(await recognized(firm, '2026-02-28', '4800.00')).toEqual(['2000.00', said('20.00', '2026-02-28')]);
    expect(await books(firm)).toEqual([-200_000, 200_000]);

    await worked(firm, ['2026-03-02', '2026-03-03', '2026-03-04']);
    await billed(firm, '2026-03-31');
    expect(await books(firm)).toEqual([400_000, 200_000]);
    expect(await recognized(firm, '2026-03-31', '4800.00')).toEqual(['3000.00', said('50.00', '2026-03-31')]);
    expect(await books(firm)).toEqual([100_000, 500_000]);

    await worked(firm, ['2026-04-01']);
    expect(await openIn(firm, '2026-04-01')).toEqual(['UNMEASURED_REVENUE 1']);
    expect(await recognized(firm, '2026-04-30', '6000.00')).toEqual(['-200.00', said('48.00', '2026-04-30')]);
    expect(await openIn(firm, '2026-04-01')).toEqual([]);
    expect(await books(firm)).toEqual([120_000, 480_000]);
    const again = await world.graph.mutate('scheduleRevenue', measure(firm, '2026-04-30', '6000.00'));
    expect(again.userErrors).toMatchObject([{ guard: 'somethingEarned' }]);

    await worked(firm, ['2026-05-04', '2026-05-05']);
    await billed(firm, '2026-05-31');
    expect(await books(firm)).toEqual([520_000, 480_000]);
    expect(await recognized(firm, '2026-05-31', '3840.00')).toEqual(['5200.00', said('100.00', '2026-05-31')]);
    expect(await books(firm)).toEqual([0, 1_000_000]);
    await world.settle();
    await checkHistory(world.sql);
  });
});
