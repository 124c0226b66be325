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
const fee = { name: 'Support', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: eur('10000.00') };
const instalments = [{ name: 'In advance', dueOn: '2026-02-15', amount: eur('10000.00') }];

async function billed(firm: Firm, day: string): Promise<void> {
  const wish = { cutOffDate: day, contractIds: [firm.contractId], invoiceDate: day };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: results[0].invoice.id });
}

async function scheduled(firm: Firm): Promise<Json[]> {
  const term = { method: 'STRAIGHT_LINE', total: eur('10000.00'), startDate: '2026-02-15', endDate: '2026-05-15' };
  const { revenueEvents } = await done(
    'scheduleRevenue',
    { contractId: firm.contractId, ...term },
    { select: 'revenueEvents { id recognitionDate amount { amount } explanation }' },
  );
  return revenueEvents;
}

async function recognized({ id }: Json): Promise<void> {
  for (const action of ['submitRevenueEvent', 'recognizeRevenueEvent']) await done(action, { id });
}

/** Contract liability and revenue of the contract, in minor units. */
async function books({ contractId }: Firm): Promise<number[]> {
  const [row] = await world.sql`select coalesce(sum(credit_minor - debit_minor) filter (where account = 'CONTRACT_LIABILITY'), 0)::int as liability,
      coalesce(sum(credit_minor - debit_minor) filter (where account = 'REVENUE'), 0)::int as revenue from finance.journal_line where contract_id = ${contractId}`;
  return [row?.liability, row?.revenue];
}

async function openIn({ legalEntityId }: Firm, start: string): Promise<string[]> {
  const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  const text = 'query ($id: ID!) { fiscalPeriod(id: $id) { closeChecklist { items { kind count amounts { amount } } } } }';
  const { items } = (await world.graph.ok(text, { id: String(period?.id) })).fiscalPeriod.closeChecklist;
  return items.map(({ kind, count, amounts }: Json) => `${kind} ${count} ${amounts[0].amount}`);
}

/** docs/examples/straight-line.md, number by number. */
describe('revenue in a straight line comes out as the example says', () => {
  test('month by month, to the cent', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [{ ...fee, instalments }], endDate: '2026-05-15' } });
    await world.settle();
    await billed(firm, '2026-02-28');
    expect(await books(firm)).toEqual([1_000_000, 0]);
    const events = await scheduled(firm);
    expect(events.map(({ recognitionDate, amount }) => [recognitionDate, amount.amount])).toEqual([
      ['2026-02-28', '1555.56'],
      ['2026-03-31', '3444.44'],
      ['2026-04-30', '3333.33'],
      ['2026-05-15', '1666.67'],
    ]);
    expect(events[0].explanation).toBe('14 days of the term from 2026-02-15 to 2026-05-15.');
    expect(await openIn(firm, '2026-02-01')).toEqual(['UNRECOGNIZED_REVENUE 1 1555.56']);
    const found: number[][] = [];
    for (const event of events) {
      await recognized(event);
      found.push(await books(firm));
    }
    expect(found).toEqual([
      [844_444, 155_556],
      [500_000, 500_000],
      [166_667, 833_333],
      [0, 1_000_000],
    ]);
    expect(await openIn(firm, '2026-02-01')).toEqual([]);
    await done('reverseRevenueEvent', { id: events[2].id, reversedOn: '2026-05-01' });
    expect(await books(firm)).toEqual([333_333, 666_667]);
    await world.settle();
    await checkHistory(world.sql);
  });
});
