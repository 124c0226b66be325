import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Consumer } from '#kernel/consume.ts';
import { consumers } from '#processes/wiring.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
let firm: Firm;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const days = ['2026-02-09', '2026-02-10'];
/** Orders in which consumers may come to run: as wired, the other way round, and each of them first. */
const orders: readonly (readonly Consumer[])[] = [
  consumers,
  [...consumers].reverse(),
  ...consumers.map((first) => [first, ...consumers.filter((each) => each !== first)]),
];

async function about(customerId: string): Promise<Json> {
  return world.graph.ok(
    `query ($id: ID!) {
      approvedNotPostedSummary(filter: { customerIds: [$id] }) { entries hours pending { entries } inException { entries hours } }
      actualSummary(groupBy: [KIND], filter: { customerIds: [$id] }) { kind count hours amount { amount } }
      operations { exceptions(filter: { customerIds: [$id] }) { nodes { id code status owner hours subjectType } } }
    }`,
    { id: customerId },
  );
}
const nothingWaits = { entries: 0, hours: '0.00', pending: { entries: 0 }, inException: { entries: 0, hours: '0.00' } };
const retry = async (customerId: string) => {
  const { nodes } = (await about(customerId)).operations.exceptions;
  const items = nodes.filter(({ status }: Json) => status === 'OPEN').map(({ id }: Json) => ({ id }));
  await done('retryExceptions', { items }, { select: 'results { userErrors { code } }' });
};
/** Takes approved time back to DRAFT. */
const recall = async (of: Firm, entryId: string) => {
  await done('requestTimeEntryRecall', { id: entryId, reason: 'Wrong project' });
  await done('approveTimeEntryRecall', { id: entryId, approverId: of.approverId });
};
const sheetOf = async (entryId: string): Promise<string> =>
  (await world.graph.ok('query ($id: ID!) { timeEntry(id: $id) { timesheet { id } } }', { id: entryId })).timeEntry.timesheet.id;
const approveAgain = async (of: Firm, entryId: string) => {
  const timesheetId = await sheetOf(entryId);
  await done('submitTimesheet', { id: timesheetId });
  await done('approveTimesheet', { id: timesheetId, approverId: of.approverId });
};
const invoiced = async (of: Firm): Promise<string> => {
  const { results } = await done(
    'draftInvoices',
    { cutOffDate: '2026-12-31', contractIds: [of.contractId], invoiceDate: '2026-02-28' },
    { select: 'results { invoice { id } userErrors { code message } }' },
  );
  const { id } = results[0].invoice;
  await done('validateInvoice', { id });
  await done('postInvoice', { id, invoiceDate: '2026-02-28' });
  return id;
};
const billed = async (ids: readonly string[]) =>
  (await world.sql`select billed_at is not null as billed from time.timesheet_entry where id = any(${[...ids]}::uuid[])`).map((row) => row.billed);

describe('approved time', () => {
  test('becomes cost and unbilled sales, and nothing waits', async () => {
    firm = await firmAt(world.graph);
    await firm.approved(days);
    expect((await about(firm.customerId)).approvedNotPostedSummary).toMatchObject({ entries: 2, pending: { entries: 2 } });
    await world.settle();
    const { approvedNotPostedSummary, actualSummary } = await about(firm.customerId);
    expect(approvedNotPostedSummary).toEqual(nothingWaits);
    expect(actualSummary).toEqual([
      { kind: 'COST', count: 2, hours: '16.00', amount: { amount: '960.00' } },
      { kind: 'UNBILLED_SALES', count: 2, hours: '16.00', amount: { amount: '1600.00' } },
    ]);
  });

  test('without a labor category is an exception with owner and hours; assigned and retried, it is posted', async () => {
    const own = await firmAt(world.graph);
    const employeeId = await own.person('Newcomer', false);
    const entries = await own.approved(['2026-02-09'], { employeeId });
    await world.settle();
    const before = await about(own.customerId);
    expect(before.operations.exceptions.nodes).toEqual([
      { id: expect.any(String), code: 'LABOR_CATEGORY_MISSING', status: 'OPEN', owner: 'controller', hours: '8.00', subjectType: 'TimesheetEntry' },
    ]);
    expect(before.approvedNotPostedSummary).toMatchObject({ entries: 1, pending: { entries: 0 }, inException: { entries: 1, hours: '8.00' } });
    await retry(own.customerId);
    await world.settle();
    expect((await about(own.customerId)).operations.exceptions.nodes).toMatchObject([{ status: 'OPEN' }]);
    await done(
      'assignLaborCategory',
      { items: entries.map((entryId) => ({ id: entryId, laborCategoryId: own.categoryId })) },
      { select: 'results { userErrors { code message } }' },
    );
    await retry(own.customerId);
    await world.settle();
    const after = await about(own.customerId);
    expect(after.operations.exceptions.nodes).toMatchObject([{ status: 'RESOLVED' }]);
    expect(after.approvedNotPostedSummary).toEqual(nothingWaits);
    expect(after.actualSummary).toMatchObject([
      { kind: 'COST', count: 1 },
      { kind: 'UNBILLED_SALES', count: 1 },
    ]);
  });

  test('without a rate is an exception until a rate card is published', async () => {
    const own = await firmAt(world.graph, { cards: false });
    await own.approved(days);
    await world.settle();
    expect((await about(own.customerId)).operations.exceptions.nodes.map(({ code }: Json) => code)).toEqual(['RATE_NOT_FOUND', 'RATE_NOT_FOUND']);
    await own.publishCards();
    await retry(own.customerId);
    await world.settle();
    const { operations, approvedNotPostedSummary } = await about(own.customerId);
    expect(operations.exceptions.nodes.map(({ status }: Json) => status)).toEqual(['RESOLVED', 'RESOLVED']);
    expect(approvedNotPostedSummary).toEqual(nothingWaits);
  });

  test('of a closed period is an exception until the period is opened', async () => {
    const own = await firmAt(world.graph);
    const { fiscalPeriods } = await world.graph.ok(
      'query ($id: ID!) { fiscalPeriods(first: 2, filter: { legalEntityIds: [$id] }) { nodes { id startDate } } }',
      { id: own.legalEntityId },
    );
    const february = fiscalPeriods.nodes.find(({ startDate }: Json) => startDate === '2026-02-01').id;
    await own.approved(days);
    await done('closeFiscalPeriod', { id: february, overrideOpenWork: true, reason: 'The month is reported today' });
    await world.settle();
    expect((await about(own.customerId)).operations.exceptions.nodes.map(({ code }: Json) => code)).toEqual(['PERIOD_CLOSED', 'PERIOD_CLOSED']);
    await done('reopenFiscalPeriod', { id: february });
    await retry(own.customerId);
    await world.settle();
    expect((await about(own.customerId)).approvedNotPostedSummary).toEqual(nothingWaits);
  });

  test('that is recalled is reversed; approved again with other hours, it is posted anew', async () => {
    const own = await firmAt(world.graph);
    const [entry = ''] = await own.approved(['2026-02-09']);
    await world.settle();
    await recall(own, entry);
    await world.settle();
    expect((await about(own.customerId)).actualSummary.map(({ amount }: Json) => amount.amount)).toSatisfy((amounts: string[]) =>
      amounts.every((amount) => amount === '0.00'),
    );
    await done('updateTimeEntry', { id: entry, hours: '4' });
    await approveAgain(own, entry);
    await world.settle();
    expect((await about(own.customerId)).actualSummary).toMatchObject([
      { kind: 'COST', hours: '4.00', amount: { amount: '240.00' } },
      { kind: 'UNBILLED_SALES', amount: { amount: '400.00' } },
    ]);
  });
});

test('approved expenses become actuals at their own amount', async () => {
  const own = await firmAt(world.graph);
  const { employeeId, projectId, approverId } = own;
  const { expense } = await done(
    'recordExpense',
    { employeeId, projectId, category: 'TRAVEL', workDate: '2026-02-09', amount: { amount: '62.50', currency: 'EUR' } },
    { select: 'expense { id }' },
  );
  await done('submitExpense', { id: expense.id });
  await done('approveExpense', { id: expense.id, approverId });
  await world.settle();
  const { expense: posted } = await world.graph.ok('query ($id: ID!) { expense(id: $id) { postingStatus actuals { kind amount { amount } } } }', {
    id: expense.id,
  });
  expect(posted.postingStatus).toBe('POSTED');
  expect(posted.actuals).toEqual(expect.arrayContaining(['COST', 'UNBILLED_SALES'].map((kind) => ({ kind, amount: { amount: '62.50' } }))));
});

describe('billed work', () => {
  test('is marked when its invoice is posted, and unmarked when it is credited', async () => {
    const own = await firmAt(world.graph);
    const entries = await own.approved(days);
    await world.settle();
    const invoice = await invoiced(own);
    await world.settle();
    expect(await billed(entries)).toEqual([true, true]);
    const { userErrors } = await world.graph.mutate('requestTimeEntryRecall', { id: entries[0], reason: 'Late thought' });
    expect(userErrors).toMatchObject([{ guard: 'notOnInvoice' }]);
    await done('creditInvoice', { id: invoice, reason: 'Wrong price', creditDate: '2026-02-28' });
    await world.settle();
    expect(await billed(entries)).toEqual([false, false]);
    await recall(own, entries[0] ?? '');
    await world.settle();
    await checkHistory(world.sql);
  });

  test('does not come about of time whose recall nobody has heard of yet', async () => {
    const own = await firmAt(world.graph);
    const [entry = ''] = await own.approved(['2026-02-09']);
    await world.settle();
    await recall(own, entry);
    const { results } = await done('draftInvoices', { cutOffDate: '2026-12-31', contractIds: [own.contractId] }, { select: 'results { invoice { id } }' });
    expect(results).toEqual([]);
    await world.settle();
    expect((await about(own.customerId)).operations.exceptions.nodes).toEqual([]);
    const [left] = await world.sql`select count(*)::int as n from finance.actual where source_id = ${entry} and reverses_id is null and reversed_by_id is null`;
    expect(left?.n).toBe(0);
    await checkHistory(world.sql);
  });

  test('ends as the log says, when posting, credit and another posting are heard of late and at once', async () => {
    for (const order of orders) {
      const own = await firmAt(world.graph);
      const entries = await own.approved(days);
      await world.settle();
      const invoice = await invoiced(own);
      await done('creditInvoice', { id: invoice, reason: 'Wrong date', creditDate: '2026-02-28' });
      await invoiced(own);
      await world.settle(order);
      expect(await billed(entries)).toEqual([true, true]);
    }
  });

  test('lets a project be closed once nothing of it is open', async () => {
    const own = await firmAt(world.graph);
    await own.approved(days);
    await world.settle();
    await done('completeProject', { id: own.projectId });
    const refused = await world.graph.mutate('closeProject', { id: own.projectId });
    expect(refused.userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'nothingOpen', message: expect.stringContaining('2 unbilled items') }]);
    await invoiced(own);
    await world.settle();
    await done('closeProject', { id: own.projectId });
  });
});

describe('what is heard late and out of order comes to the same end', () => {
  test.each(orders.map((order) => [order.map(({ name }) => name).join(', '), order] as const))('%s', async (_, order) => {
    const own = await firmAt(world.graph);
    const unrated = await firmAt(world.graph, { cards: false });
    // Recalled and approved again before anybody heard of the first approval.
    const [unheard = ''] = await own.approved(['2026-02-09']);
    await recall(own, unheard);
    await approveAgain(own, unheard);
    // Recalled and approved again after the first approval was posted; the recall is heard before or after the second one.
    const [posted = ''] = await own.approved(['2026-02-16']);
    await world.settle();
    await recall(own, posted);
    await done('updateTimeEntry', { id: posted, hours: '2' });
    await approveAgain(own, posted);
    // The same with an exception standing open.
    const [held = ''] = await unrated.approved(['2026-02-09']);
    await world.settle(order);
    await recall(unrated, held);
    await approveAgain(unrated, held);
    await world.settle(order);
    await checkHistory(world.sql);
    expect((await about(own.customerId)).actualSummary).toMatchObject([
      { kind: 'COST', hours: '10.00' },
      { kind: 'UNBILLED_SALES', hours: '10.00' },
    ]);
    expect((await about(unrated.customerId)).approvedNotPostedSummary).toMatchObject({ entries: 1, inException: { entries: 1 } });
  });
});

describe('a crash in between leaves nothing, and the next attempt does it all', () => {
  /** Everything that the five processes react to. */
  const busy = async () => {
    const own = await firmAt(world.graph);
    const entries = await own.approved([...days, '2026-02-11']);
    await world.settle();
    await recall(own, entries[2] ?? '');
    await invoiced(own);
    await own.approved(['2026-02-17']);
    await world.sequence();
  };

  test.each(crashes)('when %s', async (_, crashing) => {
    await busy();
    const before = await world.state();
    let broken = 0;
    for (const consumer of consumers)
      if (
        await world.once(crashing(consumer)).then(
          () => false,
          () => true,
        )
      )
        broken += 1;
    expect(broken).toBeGreaterThanOrEqual(3);
    expect(await world.state()).toEqual(before);
    await world.settle();
    await checkHistory(world.sql);
    expect(await world.state()).not.toEqual(before);
  });

  test('when one fact cannot be handled, the others go on, and it follows once it can', async () => {
    const own = await firmAt(world.graph);
    await own.approved(['2026-02-09']);
    await own.approved(['2026-02-16']);
    await world.sequence();
    const [billing] = consumers.filter(({ name }) => name === 'approved-time-to-billing');
    if (!billing) throw new Error('no such consumer');
    const [first] = await world.sql`select id from log.fact where type = 'TimesheetApproved' order by position desc limit 2 offset 1`;
    const stumbling: Consumer = {
      ...billing,
      handle: async (scope, facts) => {
        if (facts.some((fact) => fact.id === first?.id)) throw new Error('stumbled');
        await billing.handle(scope, facts);
      },
    };
    await world.settle([stumbling]);
    const waiting = async () => (await about(own.customerId)).approvedNotPostedSummary.pending.entries;
    expect(await waiting()).toBe(1);
    expect(await world.sql`select status, reason from log.delivery where fact_id = ${first?.id}`).toEqual([{ status: 'FAILED', reason: 'stumbled' }]);
    world.time.now = new Date(world.time.now.getTime() + 60_000);
    await world.settle();
    expect(await waiting()).toBe(0);
    await checkHistory(world.sql);
  });
});

describe('a second delivery of everything changes nothing', () => {
  test('when the cursors are set back', async () => {
    const before = await world.state();
    await world.sql`update log.consumer set position = 0`;
    await world.settle();
    expect(await world.state()).toEqual(before);
  });

  test.each(orders.slice(0, 3).map((order) => [order[0]?.name, order] as const))('when even what was delivered is forgotten, %s first', async (_, order) => {
    const before = await world.state();
    await world.forgetDeliveries();
    await world.settle(order);
    expect(await world.state()).toEqual(before);
    await checkHistory(world.sql);
  });
});
