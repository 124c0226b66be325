import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { executeOne } from '#kernel/command.ts';
import { consumers } from '#processes/wiring.ts';
import { requestExpenseRecall } from '#time/expense/commands.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { untilTrue } from '../support/program.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const errorsOf = async (name: string, input: Record<string, unknown>): Promise<Json[]> => (await world.graph.mutate(name, input)).userErrors;
const request = (id: string) => errorsOf('requestExpenseRecall', { id, reason: 'Wrong month' });
const grant = ({ approverId }: Firm, id: string) => errorsOf('approveExpenseRecall', { id, approverId });
const refuse = ({ approverId }: Firm, id: string) => errorsOf('refuseExpenseRecall', { id, approverId });

async function approved(firm: Firm, more: Record<string, unknown> = {}): Promise<string> {
  const cost = { category: 'TRAVEL', workDate: '2026-02-12', amount: { amount: '50.00', currency: 'EUR' } };
  const id = await world.graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost, ...more });
  await approveAgain(firm, id);
  return id;
}

async function approveAgain({ approverId }: Firm, id: string): Promise<void> {
  await done('submitExpense', { id });
  await done('approveExpense', { id, approverId });
}

const shown = async (id: string): Promise<Json> =>
  (
    await world.graph.ok('query ($id: ID!) { expense(id: $id) { status postingStatus approvedVersion recallReason availableActions { name refusals } } }', {
      id,
    })
  ).expense;
const counting = async (id: string): Promise<string[]> =>
  (
    await world.sql`select kind, amount_minor::int as minor from finance.actual where source_id = ${id} and reverses_id is null and reversed_by_id is null order by kind`
  ).map(({ kind, minor }) => `${kind} ${minor}`);
const exceptionsOf = async (id: string): Promise<string[]> =>
  (await world.sql`select code, status from operations.exception where subject_id = ${id} order by created_at`).map(({ code, status }) => `${code} ${status}`);

const wish = ({ contractId }: Firm) => ({ cutOffDate: '2026-12-31', contractIds: [contractId], invoiceDate: '2026-02-28' });
const draft = (firm: Firm): Promise<Json> => done('draftInvoices', wish(firm), { select: 'actualsTaken results { invoice { id } userErrors { code } }' });

describe('an approved expense is no dead end', () => {
  test('of a closed period it comes back, gets another day and is posted', async () => {
    const firm = await firmAt(world.graph);
    const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and start_date = '2026-02-01'`;
    const id = await approved(firm);
    await done('closeFiscalPeriod', { id: period?.id, overrideOpenWork: true, reason: 'Reported' });
    await world.settle();
    expect(await exceptionsOf(id)).toEqual(['PERIOD_CLOSED OPEN']);
    expect(await request(id)).toEqual([]);
    expect(await shown(id)).toMatchObject({ status: 'RECALL_REQUESTED', postingStatus: 'EXCEPTION', recallReason: 'Wrong month' });
    expect(await grant(firm, id)).toEqual([]);
    await world.settle();
    expect(await exceptionsOf(id)).toEqual(['PERIOD_CLOSED RESOLVED']);
    expect(await shown(id)).toMatchObject({ status: 'DRAFT', postingStatus: 'NOT_POSTED', approvedVersion: null, recallReason: null });
    await done('updateExpense', { id, workDate: '2026-03-02' });
    await approveAgain(firm, id);
    await world.settle();
    expect([await shown(id), await counting(id)]).toMatchObject([{ status: 'APPROVED', postingStatus: 'POSTED' }, ['COST 5000', 'UNBILLED_SALES 5000']]);
    await checkHistory(world.sql);
  });

  test.each(crashes)('a recall that is granted takes its actuals back, once, however often and late it is heard of: %s', async (_, broken) => {
    const firm = await firmAt(world.graph);
    const id = await approved(firm);
    await world.settle();
    expect(await counting(id)).toEqual(['COST 5000', 'UNBILLED_SALES 5000']);
    await request(id);
    await world.settle();
    expect(await counting(id)).toEqual(['COST 5000', 'UNBILLED_SALES 5000']);
    await grant(firm, id);
    await world.sequence();
    const recalled = consumers.find(({ name }) => name === 'recalled-expenses');
    if (!recalled) throw new Error('nobody hears of recalls');
    await world.once(broken(recalled)).catch(() => undefined);
    expect(await counting(id)).toEqual(['COST 5000', 'UNBILLED_SALES 5000']);
    // Approved with another amount before anybody heard of the recall.
    await done('updateExpense', { id, amount: { amount: '40.00', currency: 'EUR' } });
    await approveAgain(firm, id);
    await world.settle([...consumers].reverse());
    expect(await counting(id)).toEqual(['COST 4000', 'UNBILLED_SALES 4000']);
    await world.forgetDeliveries();
    await world.settle();
    expect(await counting(id)).toEqual(['COST 4000', 'UNBILLED_SALES 4000']);
    await checkHistory(world.sql);
  });

  test('a recall that is refused leaves all as it was; a submitted one goes back without asking', async () => {
    const firm = await firmAt(world.graph);
    const id = await approved(firm);
    await world.settle();
    const before = await shown(id);
    await request(id);
    expect(await errorsOf('reimburseExpense', { id })).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    expect(await errorsOf('approveExpenseRecall', { id, approverId: firm.employeeId })).toMatchObject([{ guard: 'approverIsNotOwner' }]);
    expect(await refuse(firm, id)).toEqual([]);
    expect(await shown(id)).toEqual(before);
    expect((await draft(firm)).actualsTaken).toBe(1);
    const other = await world.graph.made('recordExpense', 'expense', {
      ...{ employeeId: firm.employeeId, projectId: firm.projectId, category: 'MEALS', workDate: '2026-02-12', amount: { amount: '9.00', currency: 'EUR' } },
    });
    await done('submitExpense', { id: other });
    await done('recallExpense', { id: other });
    expect(await shown(other)).toMatchObject({ status: 'DRAFT' });
    await done('deleteExpense', { id: other });
    await world.settle();
    const facts = await world.sql`select payload ->> 'wasApproved' as approved from log.fact where type = 'ExpenseRecalled' and subject_id = ${other}`;
    expect(facts).toEqual([{ approved: 'false' }]);
  });
});

describe('an expense that an invoice has taken', () => {
  test('is not recalled, and the invoice is named', async () => {
    const firm = await firmAt(world.graph);
    const id = await approved(firm);
    await world.settle();
    const [{ invoice }] = (await draft(firm)).results;
    expect(await request(id)).toMatchObject([{ guard: 'notOnInvoice', message: expect.stringContaining(invoice.id) }]);
    expect((await shown(id)).availableActions).toMatchObject([
      { name: 'requestRecall', refusals: [expect.stringContaining('notOnInvoice')] },
      { name: 'reimburse' },
    ]);
    await done('validateInvoice', { id: invoice.id });
    const { invoice: paper } = await done('postInvoice', { id: invoice.id, invoiceDate: '2026-02-28' }, { select: 'invoice { number }' });
    expect(await request(id)).toMatchObject([{ message: `It is billed on the invoice ${paper.number}. Credit the invoice first.` }]);
    await done('creditInvoice', { id: invoice.id, reason: 'Wrong', creditDate: '2026-02-28' });
    expect(await request(id)).toEqual([]);
    expect(await grant(firm, id)).toEqual([]);
    // What was approved once is changed, never deleted; and no draft takes it, before anybody heard of the recall.
    expect(await errorsOf('deleteExpense', { id })).toMatchObject([{ guard: 'neverApproved' }]);
    expect((await draft(firm)).actualsTaken).toBe(0);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('a draft that comes while a recall is asked for waits, and leaves the expense out', async () => {
    const firm = await firmAt(world.graph);
    const id = await approved(firm);
    await world.settle();
    let answer: Promise<Json> | undefined;
    await world.db.transaction(async (tx) => {
      const scope = { tx, actor: serviceActor('race'), trace: { correlationId: 'race' }, now: new Date() };
      await executeOne(scope, requestExpenseRecall, { id, reason: 'Wrong day' } as never);
      answer = draft(firm);
      await untilTrue('somebody waits', async () => {
        const [row] = await world.sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
        return row?.n > 0;
      });
    });
    expect(await answer).toMatchObject({ actualsTaken: 0 });
    expect(await shown(id)).toMatchObject({ status: 'RECALL_REQUESTED' });
  });
});
