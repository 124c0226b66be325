import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { amending } from '../support/amending.ts';
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
const fee = { name: 'Fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: eur('10000.00') };
const part = (name: string, dueOn: string, amount: string) => ({ name, dueOn, amount: eur(amount) });
const instalments = [part('Start', '2026-01-15', '3000.00'), part('Draft', '2026-03-01', '3333.33'), part('Hand-over', '2026-03-31', '3666.67')];

const fees = async (firm: Firm) => {
  const rows = await world.sql`select work_date::text as day, description, status, amount_minor::int as minor from finance.actual
    where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null order by work_date`;
  return rows.map(({ day, description, status, minor }) => `${day} ${description} ${status} ${minor}`);
};
const billed = async (firm: Firm, day: string) => {
  const wish = { cutOffDate: day, contractIds: [firm.contractId], invoiceDate: day };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  const { invoice } = await done('postInvoice', { id }, { select: 'invoice { id subtotal { amount } total { amount } }' });
  return { id: invoice.id as string, amounts: `${invoice.subtotal.amount} ${invoice.total.amount}` };
};
const lineOf = async (firm: Firm): Promise<Json> => {
  const text = 'query ($id: ID!) { contract(id: $id) { lines { id instalments { name dueOn amount { amount } } } } }';
  return (await world.graph.ok(text, { id: firm.contractId })).contract.lines[0];
};
const revenue = async (firm: Firm, more: Record<string, unknown>): Promise<string[]> => {
  const wish = { contractId: firm.contractId, total: eur('10000.00'), ...more };
  const { revenueEvents } = await done('scheduleRevenue', wish, { select: 'revenueEvents { amount { amount } }' });
  return revenueEvents.map(({ amount }: Json) => amount.amount);
};

/** docs/examples/fixed-fee.md, number by number. */
describe('a fixed fee comes out as the example says', () => {
  test('by instalments, whatever an amendment makes of those that were billed', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [{ ...fee, instalments }], endDate: '2026-03-31' } });
    await world.settle();
    expect((await lineOf(firm)).instalments.map(({ name, dueOn, amount }: Json) => part(name, dueOn, amount.amount))).toEqual(instalments);
    expect(await fees(firm)).toEqual(['2026-01-15 Fee, Start READY 300000', '2026-03-01 Fee, Draft READY 333333', '2026-03-31 Fee, Hand-over READY 366667']);
    expect((await billed(firm, '2026-01-31')).amounts).toBe('3000.00 3630.00');
    await firm.approved(['2026-02-02']);
    await world.settle();
    const [cost] =
      await world.sql`select count(*)::int as n, sum(amount_minor)::int as minor from finance.actual where contract_id = ${firm.contractId} and transaction_class = 'TIME'`;
    expect(cost).toEqual({ n: 1, minor: 48_000 });
    expect((await billed(firm, '2026-03-31')).amounts).toBe('7000.00 8470.00');
    const moved = [part('Start', '2026-01-20', '4000.00'), ...instalments.slice(1, 2), part('Hand-over', '2026-03-31', '2666.67')];
    await amending(world, firm).amended({ effectiveFrom: '2026-01-01', changes: { lines: [{ ...fee, instalments: moved }] } }, 'APPLIED');
    await world.settle();
    expect(await fees(firm)).toEqual(['2026-01-15 Fee, Start BILLED 300000', '2026-03-01 Fee, Draft BILLED 333333', '2026-03-31 Fee, Hand-over BILLED 366667']);
    const [liability] =
      await world.sql`select sum(credit_minor - debit_minor)::int as minor from finance.journal_line where contract_id = ${firm.contractId} and account = 'CONTRACT_LIABILITY'`;
    expect(liability?.minor).toBe(1_000_000);
    await checkHistory(world.sql);
  });

  test('by progress, and its revenue', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [fee], endDate: '2026-03-31' } });
    const { id: contractLineId } = await lineOf(firm);
    const wish = (asOf: string, percent: string) => ({ contractId: firm.contractId, contractLineId, asOf, percent, source: 'steering committee' });
    const select = 'actual { id amount { amount } description priceExplanation { rule } }';
    const bill = async (asOf: string, percent: string) => (await done('billProgress', wish(asOf, percent), { select })).actual;
    const refused = async (asOf: string, percent: string) =>
      (await world.graph.mutate('billProgress', { idempotencyKey: newId(), ...wish(asOf, percent) })).userErrors[0];
    expect((await bill('2026-01-31', '12.5')).amount.amount).toBe('1250.00');
    const second = await bill('2026-02-28', '33.33');
    expect(second).toMatchObject({
      amount: { amount: '2083.00' },
      description: 'Fee, 33.33 % complete by 2026-02-28 (steering committee)',
      priceExplanation: { rule: 'PER_CENT_COMPLETE' },
    });
    expect(await bill('2026-02-28', '33.33')).toEqual(second);
    expect(await refused('2026-02-28', '40')).toMatchObject({ code: 'GUARD_REFUSED', guard: 'sameContent' });
    expect(await refused('2026-03-15', '30')).toMatchObject({ code: 'GUARD_REFUSED', guard: 'somethingEarned' });
    expect(await refused('2026-03-31', '100.01')).toMatchObject({ code: 'VALIDATION_FAILED', field: 'percent' });
    expect((await Promise.all([1, 2].map(() => bill('2026-03-31', '100')))).map(({ amount }: Json) => amount.amount)).toEqual(['6667.00', '6667.00']);
    expect((await billed(firm, '2026-03-31')).amounts).toBe('10000.00 12100.00');
    const progress = { method: 'PERCENT_COMPLETE', asOf: '2026-02-28', source: 'steering committee' };
    expect(await revenue(firm, { ...progress, percent: '33.33' })).toEqual(['3333.00']);
    expect(await revenue(firm, { method: 'STRAIGHT_LINE', startDate: '2026-01-01', endDate: '2026-03-31' })).toEqual(['3444.45', '3111.11', '3444.44']);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('by what it cost', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [fee], endDate: '2026-03-31' } });
    await firm.approved(['2026-02-02']);
    await world.settle();
    const lines = [{ ...fee, projectIds: [firm.projectId] }];
    await done('addContractVersion', { id: firm.contractId, effectiveFrom: '2026-01-01', lines });
    const { id: contractLineId } = await lineOf(firm);
    const share = { contractId: firm.contractId, contractLineId, asOf: '2026-02-28', estimatedCost: eur('4800.00'), source: 'project plan' };
    const { actual } = await done('billProgress', share, { select: 'actual { amount { amount } project { id } }' });
    expect(actual).toEqual({ amount: { amount: '1000.00' }, project: { id: firm.projectId } });
    const measured = { method: 'COST_TO_COST', projectId: firm.projectId, estimatedCost: eur('4800.00'), asOf: '2026-02-28' };
    expect(await revenue(firm, measured)).toEqual(['1000.00']);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('and refuses what does not add up, or is of another method', async () => {
    const firm = await firmAt(world.graph, { terms: { lines: [{ ...fee, instalments }] } });
    const refusal = async (line: Record<string, unknown>) =>
      (await world.graph.mutate('addContractVersion', { idempotencyKey: newId(), id: firm.contractId, effectiveFrom: '2026-02-01', lines: [line] }))
        .userErrors[0];
    expect(await refusal({ ...fee, instalments: instalments.slice(1) })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'lines.instalments' });
    expect(await refusal({ ...fee, instalments: [...instalments.slice(0, 2), part('Draft', '2026-03-31', '3666.67')] })).toMatchObject({
      field: 'lines.instalments.name',
    });
    expect(await refusal({ ...fee, retainer: { every: 'MONTH', unused: 'EXPIRES' } })).toMatchObject({ field: 'lines.retainer' });
    expect(await refusal({ ...fee, expenses: { markUpPercent: '10' } })).toMatchObject({ field: 'lines.expenses' });
    const { id: contractLineId } = await lineOf(firm);
    const wish = { idempotencyKey: newId(), contractId: firm.contractId, contractLineId, asOf: '2026-02-28', percent: '10', source: 'x' };
    expect((await world.graph.mutate('billProgress', wish)).userErrors[0]).toMatchObject({ code: 'GUARD_REFUSED', guard: 'billedByProgress' });
  });
});
