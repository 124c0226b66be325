import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draftInvoices } from '#finance/invoice/commands.ts';
import { serviceActor } from '#kernel/actor.ts';
import { executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { approveTimeEntryRecall, requestTimeEntryRecall } from '#time/entry/commands.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { untilTrue } from '../support/program.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const wish = ({ contractId }: Firm) => ({ cutOffDate: '2026-12-31', contractIds: [contractId], invoiceDate: '2026-02-28' });
const drafted = { select: 'actualsTaken results { invoice { id total { amount } } userErrors { code guard } }' };
const draft = (firm: Firm): Promise<Json> => world.graph.done('draftInvoices', wish(firm), drafted);
const request = (id: string): Promise<Json> => world.graph.mutate('requestTimeEntryRecall', { id, reason: 'Wrong day' });
const grant = ({ approverId }: Firm, id: string): Promise<Json> => world.graph.mutate('approveTimeEntryRecall', { id, approverId });
const refuse = ({ approverId }: Firm, id: string): Promise<Json> => world.graph.mutate('refuseTimeEntryRecall', { id, approverId });

async function posted(days: readonly string[]): Promise<{ firm: Firm; entries: string[] }> {
  const firm = await firmAt(world.graph);
  const entries = await firm.approved(days);
  await world.settle();
  return { firm, entries };
}

async function stateOf(entryId: string): Promise<{ entry: string; sale: string }> {
  const [row] = await world.sql`select entry.status as entry, actual.status as sale from time.timesheet_entry entry
    join finance.actual on source_id = entry.id and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null where entry.id = ${entryId}`;
  return row as never;
}

/** Does the first in a transaction that stays open until the second waits for it; gives what became of the second. */
async function duringWhich<Answer>(first: (scope: Scope) => Promise<unknown>, second: () => Promise<Answer>): Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  await world.db.transaction(async (tx) => {
    await first({ tx, actor: { ...serviceActor('race'), permissions: ['*'] }, trace: { correlationId: 'race' }, now: new Date() });
    answer = second();
    await untilWaiting();
  });
  return answer as Promise<Answer>;
}

const untilWaiting = () =>
  untilTrue('somebody waits', async () => {
    const [row] = await world.sql`select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    return row?.n > 0;
  });

describe('time that an invoice has taken', () => {
  test('is not recalled from the draft on, and again once the invoice is cancelled or credited, without anybody having heard of either', async () => {
    const { firm, entries } = await posted(['2026-02-09', '2026-02-10']);
    const [id = ''] = entries;
    const [{ invoice }] = (await draft(firm)).results;
    expect((await request(id)).userErrors).toMatchObject([{ guard: 'notOnInvoice', message: expect.stringContaining(invoice.id) }]);
    await world.graph.done('cancelInvoice', { id: invoice.id });
    expect((await request(id)).userErrors).toEqual([]);
    await refuse(firm, id);
    const [{ invoice: second }] = (await draft(firm)).results;
    await world.graph.done('validateInvoice', { id: second.id });
    expect((await request(id)).userErrors).toMatchObject([{ guard: 'notOnInvoice', message: expect.stringContaining(second.id) }]);
    const { invoice: paper } = await world.graph.done('postInvoice', { id: second.id, invoiceDate: '2026-02-28' }, { select: 'invoice { number }' });
    expect((await request(id)).userErrors).toMatchObject([
      { guard: 'notOnInvoice', message: `It is billed on the invoice ${paper.number}. Credit the invoice first.` },
    ]);
    await world.graph.done('creditInvoice', { id: second.id, reason: 'Wrong', creditDate: '2026-02-28' });
    expect((await request(id)).userErrors).toEqual([]);
    expect((await grant(firm, id)).userErrors).toEqual([]);
    await world.settle();
    await checkHistory(world.sql);
  });

  test('what its owner asks back is left out of drafts, whoever decides and however late the ledger hears of it', async () => {
    const { firm, entries } = await posted(['2026-02-09', '2026-02-10']);
    const [id = ''] = entries;
    await request(id);
    expect((await draft(firm)).actualsTaken).toBe(1);
    await grant(firm, id);
    expect(await draft(firm)).toMatchObject({ actualsTaken: 0, results: [] });
    await world.settle();
    // Approved anew it is new work.
    const timesheetId = (await world.graph.ok('query ($id: ID!) { timeEntry(id: $id) { timesheet { id } } }', { id })).timeEntry.timesheet.id;
    await world.graph.done('updateTimeEntry', { id, hours: '2' });
    await world.graph.done('submitTimesheet', { id: timesheetId });
    await world.graph.done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await request(id);
    await refuse(firm, id);
    await world.settle();
    expect((await draft(firm)).results).toMatchObject([{ invoice: { total: { amount: '200.00' } } }]);
    expect(await stateOf(id)).toEqual({ entry: 'APPROVED', sale: 'ON_INVOICE' });
    await world.settle();
    await checkHistory(world.sql);
  });

  test('a draft that comes while a recall is asked for waits, and leaves the time out', async () => {
    const { firm, entries } = await posted(['2026-02-09', '2026-02-10']);
    const [id = ''] = entries;
    const answer = await duringWhich(
      (scope) => executeOne(scope, requestTimeEntryRecall, { id, reason: 'Wrong day' } as never),
      () => draft(firm),
    );
    expect(answer).toMatchObject({ actualsTaken: 1, results: [{ invoice: { total: { amount: '800.00' } } }] });
    expect(await stateOf(id)).toEqual({ entry: 'RECALL_REQUESTED', sale: 'READY' });
  });

  test('a draft that comes while a recall is granted leaves the time out too', async () => {
    const { firm, entries } = await posted(['2026-02-09']);
    const [id = ''] = entries;
    await request(id);
    const { approverId } = firm;
    await world.db.transaction(async (tx) => {
      const scope: Scope = { tx, actor: { ...serviceActor('race'), permissions: ['*'] }, trace: { correlationId: 'race' }, now: new Date() };
      await executeOne(scope, approveTimeEntryRecall, { id, approverId } as never);
    });
    expect(await draft(firm)).toMatchObject({ actualsTaken: 0, results: [] });
    expect(await stateOf(id)).toEqual({ entry: 'DRAFT', sale: 'READY' });
  });

  test('a recall that comes while a draft takes the time waits, and is refused', async () => {
    const { firm, entries } = await posted(['2026-02-09']);
    const [id = ''] = entries;
    const answer = await duringWhich(
      (scope) => draftInvoices(scope, { idempotencyKey: 'race', ...wish(firm) }),
      () => request(id),
    );
    expect(answer.userErrors).toMatchObject([{ guard: 'notOnInvoice' }]);
    expect(await stateOf(id)).toEqual({ entry: 'APPROVED', sale: 'ON_INVOICE' });
  });

  test('of both at once one comes first, and it is never both', async () => {
    for (const _ of [1, 2, 3, 4, 5]) {
      const { firm, entries } = await posted(['2026-02-09']);
      const [id = ''] = entries;
      const [recall, paper] = await Promise.all([request(id), draft(firm)]);
      const won = recall.userErrors.length === 0;
      expect(await stateOf(id)).toEqual(won ? { entry: 'RECALL_REQUESTED', sale: 'READY' } : { entry: 'APPROVED', sale: 'ON_INVOICE' });
      expect(paper.actualsTaken).toBe(won ? 0 : 1);
    }
    await world.settle();
    await checkHistory(world.sql);
  });
});
