import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { dueFees } from '#processes/dueFees.ts';
import { consumers } from '#processes/wiring.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const retained = (unused: 'EXPIRES' | 'ROLLS_OVER') => {
  const line = { name: 'Retainer', method: 'RETAINER', kinds: ['TIME', 'FEE'], amount: eur('1000.00'), retainer: { every: 'MONTH', unused } };
  return firmAt(world.graph, { terms: { lines: [line], endDate: '2026-02-28' } });
};
const worked = async (firm: Firm, day: string): Promise<string> => {
  const [id = ''] = await firm.approved([day]);
  await world.settle();
  return id;
};
/** What counts of an entry's sale, and of the fees. */
const sold = async (firm: Firm) => {
  const rows = await world.sql`select kind, status, transaction_class, work_date::text as day, amount_minor::int as minor, seconds::int from finance.actual
    where contract_id = ${firm.contractId} and kind in ('UNBILLED_SALES', 'DRAWN_SALES') and reverses_id is null and reversed_by_id is null order by work_date, part, kind`;
  return rows.map(({ kind, status, transaction_class: of, day, minor, seconds }) => `${day} ${of} ${kind} ${status} ${minor}${seconds ? ` ${seconds}` : ''}`);
};
const billed = async (firm: Firm, day: string) => {
  const wish = { cutOffDate: day, contractIds: [firm.contractId], invoiceDate: day };
  const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } }' });
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  const { invoice } = await done('postInvoice', { id }, { select: 'invoice { subtotal { amount } total { amount } }' });
  return `${invoice.subtotal.amount} ${invoice.total.amount}`;
};
const recognized = async (firm: Firm, asOf: string): Promise<string> => {
  const wish = { contractId: firm.contractId, method: 'RETAINER', asOf };
  const { revenueEvents } = await done('scheduleRevenue', wish, { select: 'revenueEvents { id amount { amount } explanation }' });
  const [event] = revenueEvents;
  await done('submitRevenueEvent', { id: event.id });
  await done('recognizeRevenueEvent', { id: event.id });
  return event.amount.amount;
};
const balance = async (firm: Firm, account: string): Promise<number> => {
  const [row] = await world.sql`select coalesce(sum(credit_minor - debit_minor), 0)::int as minor from finance.journal_line
    where contract_id = ${firm.contractId} and account = ${account}`;
  return row?.minor;
};
const statement = async (firm: Firm, wish?: Parameters<FlowWorld['graph']['ok']>[2]) => {
  const money = ['agreed', 'invoiced', 'carried', 'drawn', 'expired', 'balance'].map((name) => `${name} { amount }`).join(' ');
  const text = `query ($id: ID!) { contract(id: $id) { retainers { name expires balance { amount } periods { number startDate endDate ${money} } } } }`;
  const { contract } = await world.graph.ok(text, { id: firm.contractId }, wish);
  return contract.retainers.map(({ periods, ...retainer }: { periods: Record<string, { amount: string }>[] }) => ({
    ...retainer,
    periods: periods.map(({ number, startDate, endDate, ...amounts }) => [startDate, endDate, ...Object.values(amounts).map(({ amount }) => amount)].join(' ')),
  }));
};

/** docs/examples/retainer.md, number by number. */
describe('a retainer comes out as the example says', () => {
  test('where what nobody drew expires', async () => {
    const firm = await retained('EXPIRES');
    await worked(firm, '2026-01-12');
    expect(await sold(firm)).toEqual([
      '2026-01-01 FEE UNBILLED_SALES READY 100000',
      '2026-01-12 TIME DRAWN_SALES READY 80000 28800',
      '2026-02-01 FEE UNBILLED_SALES READY 100000',
    ]);
    expect(await billed(firm, '2026-01-31')).toBe('1000.00 1210.00');
    expect([await balance(firm, 'CONTRACT_LIABILITY'), await balance(firm, 'REVENUE')]).toEqual([100_000, 0]);
    expect(await recognized(firm, '2026-01-31')).toBe('1000.00');
    for (const day of ['2026-02-02', '2026-02-03']) await worked(firm, day);
    expect((await sold(firm)).slice(3)).toEqual([
      '2026-02-02 TIME DRAWN_SALES READY 80000 28800',
      '2026-02-03 TIME DRAWN_SALES READY 20000 7200',
      '2026-02-03 TIME UNBILLED_SALES READY 60000 21600',
    ]);
    expect(await billed(firm, '2026-02-28')).toBe('1600.00 1936.00');
    expect([await balance(firm, 'CONTRACT_LIABILITY'), await balance(firm, 'REVENUE')]).toEqual([100_000, 160_000]);
    expect(await recognized(firm, '2026-02-28')).toBe('1000.00');
    expect([await balance(firm, 'CONTRACT_LIABILITY'), await balance(firm, 'REVENUE')]).toEqual([0, 260_000]);
    const told = [
      {
        ...{ name: 'Retainer', expires: true, balance: { amount: '0.00' } },
        periods: ['2026-01-01 2026-01-31 1000.00 1000.00 0.00 800.00 200.00 0.00', '2026-02-01 2026-02-28 1000.00 1000.00 0.00 1000.00 0.00 0.00'],
      },
    ];
    expect(await statement(firm)).toEqual(told);
    expect(await statement(firm, { role: 'portal', customerIds: [firm.customerId] })).toEqual(told);
    const nothing = await world.graph.mutate('scheduleRevenue', {
      idempotencyKey: newId(),
      contractId: firm.contractId,
      method: 'RETAINER',
      asOf: '2026-02-28',
    });
    expect(nothing.userErrors[0]).toMatchObject({ code: 'GUARD_REFUSED', guard: 'somethingEarned' });
    await world.settle();
    await checkHistory(world.sql);
  });

  test('where it rolls over', async () => {
    const firm = await retained('ROLLS_OVER');
    for (const day of ['2026-01-12', '2026-02-02', '2026-02-03']) await worked(firm, day);
    expect((await sold(firm)).filter((line) => line.includes('TIME')).slice(1)).toEqual([
      '2026-02-02 TIME DRAWN_SALES READY 80000 28800',
      '2026-02-03 TIME DRAWN_SALES READY 40000 14400',
      '2026-02-03 TIME UNBILLED_SALES READY 40000 14400',
    ]);
    expect([await recognized(firm, '2026-01-31'), await recognized(firm, '2026-02-28')]).toEqual(['800.00', '1200.00']);
    expect((await statement(firm))[0].periods).toEqual([
      '2026-01-01 2026-01-31 1000.00 0.00 0.00 800.00 0.00 200.00',
      '2026-02-01 2026-02-28 1000.00 0.00 200.00 1200.00 0.00 0.00',
    ]);
    // What later days drew is not there for earlier ones that come late.
    await worked(firm, '2026-01-13');
    expect((await sold(firm)).filter((line) => line.startsWith('2026-01-13'))).toEqual(['2026-01-13 TIME UNBILLED_SALES READY 80000 28800']);
    await checkHistory(world.sql);
  });
});

describe('fees that are due', () => {
  const turn = () => world.db.transaction((tx) => dueFees.run({ tx, actor: serviceActor('turn'), trace: { correlationId: 'turn' }, now: new Date() }));
  const fees = async (firm: Firm) => (await sold(firm)).filter((line) => line.includes(' FEE '));
  const both = ['2026-01-01 FEE UNBILLED_SALES READY 100000', '2026-02-01 FEE UNBILLED_SALES READY 100000'];

  test('are posted once, by one of two workers, twice, and after a turn that broke', async () => {
    const firm = await retained('EXPIRES');
    const gone = world.db.transaction(async (tx) => {
      await dueFees.run({ tx, actor: serviceActor('turn'), trace: { correlationId: 'turn' }, now: new Date() });
      throw new Error('gone');
    });
    await expect(gone).rejects.toThrow('gone');
    expect(await fees(firm)).toEqual([]);
    await Promise.all([turn(), turn()]);
    expect(await fees(firm)).toEqual(both);
    expect(await turn()).toBe(0);
    await world.settle([...consumers].reverse());
    await world.forgetDeliveries();
    await world.settle();
    expect(await fees(firm)).toEqual(both);
    await checkHistory(world.sql);
  });

  test('and are taken back are an exception, and posted anew by a retry', async () => {
    const firm = await retained('EXPIRES');
    await world.settle();
    const [fee] = await world.sql`select id from finance.actual where contract_id = ${firm.contractId} and work_date = '2026-02-01'`;
    await done('reverseActuals', { items: [{ id: String(fee?.id), reason: 'Not agreed' }] });
    await world.settle();
    expect(await fees(firm)).toEqual(both.slice(0, 1));
    const find = 'query ($id: ID!) { operations { exceptions(filter: { customerIds: [$id] }) { nodes { id process code status subjectType } } } }';
    const exceptions = async () => (await world.graph.ok(find, { id: firm.customerId })).operations.exceptions.nodes;
    const [open] = await exceptions();
    expect(open).toMatchObject({ process: 'due-fees', code: 'ACTUAL_REVERSED', status: 'OPEN' });
    await done('retryException', { id: open.id });
    await world.settle();
    expect(await fees(firm)).toEqual(both);
    expect((await exceptions()).map(({ status }: { status: string }) => status)).toEqual(['RESOLVED']);
    await checkHistory(world.sql);
  });

  test('of work that is taken back is drawn by what is priced anew', async () => {
    const firm = await retained('EXPIRES');
    const first = await worked(firm, '2026-02-02');
    await worked(firm, '2026-02-03');
    await done('requestTimeEntryRecall', { id: first, reason: 'Wrong day' });
    await done('approveTimeEntryRecall', { id: first, approverId: firm.approverId });
    await world.settle();
    const [row] =
      await world.sql`select id from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and transaction_class = 'TIME'
      and reverses_id is null and reversed_by_id is null`;
    await done('repriceActuals', { items: [{ id: String(row?.id), reason: 'The retainer pays for it' }] });
    expect((await sold(firm)).filter((line) => line.includes('TIME'))).toEqual(['2026-02-03 TIME DRAWN_SALES READY 80000 28800']);
    await world.settle();
    await checkHistory(world.sql);
  });
});
