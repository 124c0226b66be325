import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Consumer } from '#kernel/consume.ts';
import { newId } from '#kernel/ids.ts';
import { consumers } from '#processes/wiring.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** What counts of a source: kind, revision, amount. */
async function counting(sourceId: string): Promise<string[]> {
  const rows = await world.sql`select kind, pricing_revision, amount_minor from finance.actual
    where source_id = ${sourceId} and reverses_id is null and reversed_by_id is null order by kind`;
  return rows.map((row) => `${row.kind} ${row.pricing_revision} ${row.amount_minor}`);
}

/** Takes back what counts of a source, all kinds or one. */
async function takeBack(sourceId: string, kind = '%'): Promise<Json> {
  const rows = await world.sql`select id from finance.actual where source_id = ${sourceId} and kind like ${kind} and kind <> 'BILLED_SALES'
    and reverses_id is null and reversed_by_id is null order by kind`;
  const items = rows.map(({ id }) => ({ id, reason: 'Wrong rate' }));
  return world.graph.mutate('reverseActuals', { idempotencyKey: newId(), items }, { select: 'succeeded failed results { userErrors { code guard } }' });
}

async function exceptionsOf(subjectId: string): Promise<Json[]> {
  const text = `query ($ids: [ID!]!) { operations { exceptions(filter: { subjectIds: $ids }, orderBy: { field: FIRST_SEEN_AT, direction: ASC })
    { nodes { id process code status owner message moneyAtRisk { amount } subjectType } } } }`;
  return (await world.graph.ok(text, { ids: [subjectId] })).operations.exceptions.nodes;
}
const open = async (subjectId: string) => (await exceptionsOf(subjectId)).filter(({ status }) => status === 'OPEN');
const retry = async (subjectId: string) =>
  done('retryExceptions', { items: (await open(subjectId)).map(({ id }) => ({ id })) }, { select: 'results { userErrors { code } }' });

async function posting(entryId: string): Promise<string> {
  return (await world.graph.ok('query ($id: ID!) { timeEntry(id: $id) { postingStatus } }', { id: entryId })).timeEntry.postingStatus;
}
async function waiting(of: Firm): Promise<string[]> {
  const text = 'query ($id: ID!) { approvedNotPosted(filter: { customerIds: [$id] }) { nodes { id } } }';
  return (await world.graph.ok(text, { id: of.customerId })).approvedNotPosted.nodes.map(({ id }: Json) => id);
}

/** One approved entry of eight hours in the ledger: cost at 60, sales at 100. */
async function postedEntry(of: Firm, day = '2026-02-09'): Promise<string> {
  const [entry = ''] = await of.approved([day]);
  await world.settle();
  expect(await counting(entry)).toEqual(['COST 1 48000', 'UNBILLED_SALES 1 80000']);
  return entry;
}

describe('time whose actuals were taken back', () => {
  test('is open work again: not posted, on the list, and an exception with the reason and what it is worth', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry);
    await world.settle();
    expect(await posting(entry)).toBe('EXCEPTION');
    expect(await waiting(own)).toEqual([entry]);
    expect(await counting(entry)).toEqual([]);
    expect(await exceptionsOf(entry)).toMatchObject([
      {
        ...{ process: 'approved-time-to-billing', code: 'ACTUAL_REVERSED', status: 'OPEN', owner: 'controller', subjectType: 'TimesheetEntry' },
        ...{ message: expect.stringContaining('Wrong rate'), moneyAtRisk: { amount: '800.00' } },
      },
    ]);
    await checkHistory(world.sql);
  });

  test('is posted anew by a retry, as revision 2, at the terms of then', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry);
    await world.settle();
    await done('addContractVersion', { id: own.contractId, effectiveFrom: '2026-02-01', rates: [{ employeeId: own.employeeId, rate: eur('125') }] });
    await retry(entry);
    await world.settle();
    expect(await counting(entry)).toEqual(['COST 2 48000', 'UNBILLED_SALES 2 100000']);
    expect(await posting(entry)).toBe('POSTED');
    expect((await exceptionsOf(entry)).map(({ status }) => status)).toEqual(['RESOLVED']);
    const [row] = await world.sql`select price_explanation from finance.actual where source_id = ${entry} and pricing_revision = 2 and kind = 'UNBILLED_SALES'`;
    expect(row?.price_explanation).toMatchObject({ rule: 'CONTRACT_EMPLOYEE', contractVersionNumber: 2 });
    await checkHistory(world.sql);
  });

  test.each([
    ['UNBILLED_SALES', ['COST 1 48000'], ['COST 1 48000', 'UNBILLED_SALES 2 80000']],
    ['COST', ['UNBILLED_SALES 1 80000'], ['COST 2 48000', 'UNBILLED_SALES 1 80000']],
  ])('loses and gets back its %s alone when only that was taken back', async (kind, left, after) => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry, kind);
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['EXCEPTION', left]);
    await checkHistory(world.sql);
    await retry(entry);
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', after]);
    await checkHistory(world.sql);
  });

  test('that is sold no more leaves a cost of the next revision, and is settled', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry, 'UNBILLED_SALES');
    await world.settle();
    const fee = { name: 'All of it', method: 'FIXED_FEE', kinds: ['TIME', 'EXPENSE', 'FEE'], amount: eur('9000') };
    await done('addContractVersion', { id: own.contractId, effectiveFrom: '2026-01-01', lines: [fee] });
    await retry(entry);
    // What is posted instead is never posted before what it takes the place of went.
    world.time.now = new Date();
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['COST 2 48000']]);
    await world.forgetDeliveries();
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['COST 2 48000']]);
    await checkHistory(world.sql);
  });

  test('may be taken back again and again, each time an exception, each retry a revision', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    for (const revision of [2, 3, 4]) {
      await takeBack(entry);
      await world.settle();
      await retry(entry);
      await world.settle();
      expect(await counting(entry)).toEqual([`COST ${revision} 48000`, `UNBILLED_SALES ${revision} 80000`]);
    }
    expect((await exceptionsOf(entry)).map(({ status }) => status)).toEqual(['RESOLVED', 'RESOLVED', 'RESOLVED']);
    await checkHistory(world.sql);
  });

  test('stays out when the exception is dismissed, and is visible still', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry);
    await world.settle();
    const [exception] = await open(entry);
    await done('dismissException', { id: exception.id, reason: 'A favour' });
    await world.settle();
    expect([await posting(entry), await waiting(own), await counting(entry)]).toEqual(['EXCEPTION', [entry], []]);
    await checkHistory(world.sql);
  });

  test('is recalled like any other, and what is approved then begins at revision 1', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry);
    await world.settle();
    await done('requestTimeEntryRecall', { id: entry, reason: 'Wrong day' });
    await done('approveTimeEntryRecall', { id: entry, approverId: own.approverId });
    await world.settle();
    expect((await exceptionsOf(entry)).map(({ status }) => status)).toEqual(['RESOLVED']);
    const { timeEntry } = await world.graph.ok('query ($id: ID!) { timeEntry(id: $id) { timesheet { id } } }', { id: entry });
    await done('submitTimesheet', { id: timeEntry.timesheet.id });
    await done('approveTimesheet', { id: timeEntry.timesheet.id, approverId: own.approverId });
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['COST 1 48000', 'UNBILLED_SALES 1 80000']]);
    await checkHistory(world.sql);
  });

  test('is not taken back while an invoice has it, nor once it is billed', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    const { results } = await done(
      'draftInvoices',
      { cutOffDate: '2026-12-31', contractIds: [own.contractId], invoiceDate: '2026-02-28' },
      { select: 'results { invoice { id } }' },
    );
    const { id } = results[0].invoice;
    expect(await takeBack(entry, 'UNBILLED_SALES')).toMatchObject({ failed: 1, results: [{ userErrors: [{ code: 'INVALID_TRANSITION' }] }] });
    await done('validateInvoice', { id });
    await done('postInvoice', { id, invoiceDate: '2026-02-28' });
    expect(await takeBack(entry, 'UNBILLED_SALES')).toMatchObject({ failed: 1, results: [{ userErrors: [{ code: 'INVALID_TRANSITION' }] }] });
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['BILLED_SALES 1 80000', 'COST 1 48000', 'UNBILLED_SALES 1 80000']]);
    await done('creditInvoice', { id, reason: 'Wrong rate', creditDate: '2026-02-28' });
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['COST 1 48000', 'UNBILLED_SALES 2 80000']]);
    await takeBack(entry);
    await world.settle();
    await retry(entry);
    await world.settle();
    expect(await counting(entry)).toEqual(['COST 3 48000', 'UNBILLED_SALES 3 80000']);
    await checkHistory(world.sql);
  });

  test('whose price is refused on the retry waits on with the new finding', async () => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    await takeBack(entry);
    await world.settle();
    await done('addContractVersion', { id: own.contractId, effectiveFrom: '2026-01-01', lines: [] });
    await retry(entry);
    await world.settle();
    expect(await exceptionsOf(entry)).toMatchObject([{ code: 'PROJECT_NOT_BILLABLE', status: 'OPEN' }]);
    const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] };
    await done('addContractVersion', { id: own.contractId, effectiveFrom: '2026-01-01', lines: [work] });
    await retry(entry);
    await world.settle();
    expect(await counting(entry)).toEqual(['COST 2 48000', 'UNBILLED_SALES 2 80000']);
    await checkHistory(world.sql);
  });
});

describe('what is no time is open again, too', () => {
  test('an expense', async () => {
    const own = await firmAt(world.graph);
    const { employeeId, projectId, approverId } = own;
    const wish = { employeeId, projectId, category: 'TRAVEL', workDate: '2026-02-09', amount: eur('62.50') };
    const { expense } = await done('recordExpense', wish, { select: 'expense { id }' });
    await done('submitExpense', { id: expense.id });
    await done('approveExpense', { id: expense.id, approverId });
    await world.settle();
    await takeBack(expense.id);
    await world.settle();
    const status = async () => (await world.graph.ok('query ($id: ID!) { expense(id: $id) { postingStatus } }', { id: expense.id })).expense.postingStatus;
    expect(await status()).toBe('EXCEPTION');
    expect(await exceptionsOf(expense.id)).toMatchObject([
      { code: 'ACTUAL_REVERSED', status: 'OPEN', subjectType: 'ExpenseItem', moneyAtRisk: { amount: '62.50' } },
    ]);
    await retry(expense.id);
    await world.settle();
    expect([await status(), await counting(expense.id)]).toEqual(['POSTED', ['COST 2 6250', 'UNBILLED_SALES 2 6250']]);
    await checkHistory(world.sql);
  });

  test('the fee of a milestone', async () => {
    const own = await firmAt(world.graph);
    const id = await world.graph.made('createMilestone', 'milestone', {
      projectId: own.projectId,
      name: 'Go live',
      amount: eur('5000'),
      plannedOn: '2026-02-20',
    });
    await done('reachMilestone', { id });
    await done('acceptMilestone', { id });
    await world.settle();
    expect(await counting(id)).toEqual(['UNBILLED_SALES 1 500000']);
    await takeBack(id);
    await world.settle();
    expect(await exceptionsOf(id)).toMatchObject([
      { process: 'accepted-milestones-to-billing', code: 'ACTUAL_REVERSED', status: 'OPEN', moneyAtRisk: { amount: '5000.00' } },
    ]);
    await retry(id);
    await world.settle();
    expect(await counting(id)).toEqual(['UNBILLED_SALES 2 500000']);
    expect((await exceptionsOf(id)).map(({ status }) => status)).toEqual(['RESOLVED']);
    await checkHistory(world.sql);
  });

  test('what another system recorded', async () => {
    const own = await firmAt(world.graph);
    const { contract } = await world.graph.ok('query ($id: ID!) { contract(id: $id) { lines { id } } }', { id: own.contractId });
    const item = { externalRef: { system: 'old', externalId: own.contractId }, kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId: own.projectId };
    const items = [{ ...item, contractLineId: contract.lines[0].id, workDate: '2026-02-09', amount: eur('70') }];
    const { results } = await done('recordActuals', { items }, { select: 'results { actual { id } userErrors { code } }' });
    const { id } = results[0].actual;
    await takeBack(id);
    await world.settle();
    expect(await exceptionsOf(id)).toMatchObject([
      { process: 'reversed-work', code: 'ACTUAL_REVERSED', status: 'OPEN', subjectType: 'Actual', moneyAtRisk: { amount: '70.00' } },
    ]);
    await retry(id);
    await world.settle();
    expect(await counting(id)).toEqual(['UNBILLED_SALES 2 7000']);
    expect((await exceptionsOf(id)).map(({ status }) => status)).toEqual(['RESOLVED']);
    await checkHistory(world.sql);
  });
});

/** Orders in which consumers may come to run: as wired, the other way round, and each of them first. */
const orders: readonly (readonly Consumer[])[] = [
  consumers,
  [...consumers].reverse(),
  ...consumers.map((first) => [first, ...consumers.filter((each) => each !== first)]),
];

/** A firm in the middle of everything: taken back before anybody heard of the posting's end, retried, recalled, taken back again. */
async function busy(order: readonly Consumer[]): Promise<{ own: Firm; entries: string[] }> {
  const own = await firmAt(world.graph);
  const entries = await own.approved(['2026-02-09', '2026-02-10', '2026-02-11', '2026-02-12']);
  await world.settle(order);
  const [kept = '', retried = '', recalled = '', twice = ''] = entries;
  await takeBack(retried, 'UNBILLED_SALES');
  await takeBack(recalled);
  await done('requestTimeEntryRecall', { id: recalled, reason: 'Wrong day' });
  await done('approveTimeEntryRecall', { id: recalled, approverId: own.approverId });
  await takeBack(twice);
  await world.settle(order);
  await retry(retried);
  await retry(twice);
  await world.settle(order);
  await takeBack(twice, 'COST');
  await world.settle(order);
  expect(await counting(kept)).toHaveLength(2);
  return { own, entries };
}

describe('whatever is heard when', () => {
  test.each(orders.map((order) => [order.map(({ name }) => name).join(', '), order] as const))('comes to the same end: %s', async (_, order) => {
    const { entries } = await busy(order);
    const found = await Promise.all(entries.map(async (entry) => [await posting(entry), await counting(entry)]));
    expect(found).toEqual([
      ['POSTED', ['COST 1 48000', 'UNBILLED_SALES 1 80000']],
      ['POSTED', ['COST 1 48000', 'UNBILLED_SALES 2 80000']],
      ['NOT_POSTED', []],
      ['EXCEPTION', ['UNBILLED_SALES 2 80000']],
    ]);
    await checkHistory(world.sql);
  });

  test.each(orders.slice(0, 4).map((order) => [order[0]?.name, order] as const))(
    'a second delivery of everything changes nothing, %s first: above all, no retry of long ago posts again',
    async (_, order) => {
      const before = await world.state();
      await world.forgetDeliveries();
      await world.settle(order);
      expect(await world.state()).toEqual(before);
      await checkHistory(world.sql);
    },
  );

  test.each(crashes)('a crash when %s leaves nothing, and the next attempt does it all', async (_, crashing) => {
    const own = await firmAt(world.graph);
    const entry = await postedEntry(own);
    const billing = consumers.find(({ name }) => name === 'approved-time-to-billing');
    const reversed = consumers.find(({ name }) => name === 'reversed-work');
    if (!billing || !reversed) throw new Error('no such consumer');
    const crash = async (consumer: Consumer) => {
      await world.sequence();
      const before = await world.state();
      await world.once(crashing(consumer)).catch(() => undefined);
      expect(await world.state()).toEqual(before);
    };
    await takeBack(entry);
    await crash(reversed);
    expect(await posting(entry)).toBe('POSTED');
    await world.settle();
    expect(await posting(entry)).toBe('EXCEPTION');
    await retry(entry);
    await crash(billing);
    await world.settle();
    expect([await posting(entry), await counting(entry)]).toEqual(['POSTED', ['COST 2 48000', 'UNBILLED_SALES 2 80000']]);
    await checkHistory(world.sql);
  });
});
