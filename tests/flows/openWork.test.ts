import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fiscalPeriodAction } from '#finance/fiscalPeriod/commands.ts';
import { serviceActor } from '#kernel/actor.ts';
import { executeOne } from '#kernel/command.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const nothing = { timeEntries: 0, hours: '0.00', duration: 'PT0S', expenses: 0, milestones: 0 };
const none = { submitted: nothing, approved: nothing, excepted: nothing };
const over = { overrideOpenWork: true, reason: 'The month is reported today' };

async function periodOf({ legalEntityId }: Pick<Firm, 'legalEntityId'>, start = '2026-02-01'): Promise<string> {
  const [row] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  return String(row?.id);
}

async function shown(id: string, wish?: Json): Promise<Json> {
  const figures = '{ timeEntries hours duration expenses milestones }';
  const query = `query ($id: ID!) { fiscalPeriod(id: $id) { status openWork { submitted ${figures} approved ${figures} excepted ${figures} } availableActions { name refusals } } }`;
  return (await world.graph.ok(query, { id }, wish)).fiscalPeriod;
}

const attempt = async (name: string, input: Record<string, unknown>, wish?: Json): Promise<Json> =>
  (await world.graph.mutate(name, input, wish ? { wish } : {})).userErrors[0];
const close = (id: string, more: Record<string, unknown> = {}, wish?: Json) => attempt('closeFiscalPeriod', { id, ...more }, wish);

async function expenseOf(firm: Firm, more: Record<string, unknown> = {}): Promise<string> {
  const cost = { category: 'TRAVEL', workDate: '2026-02-12', amount: { amount: '12.00', currency: 'EUR' } };
  const id = await world.graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost, ...more });
  await done('submitExpense', { id });
  return id;
}

/** Milestones are reached when they are reached. */
const today = new Date().toISOString().slice(0, 10);
const thisMonth = `${today.slice(0, 7)}-01`;

async function acceptedMilestone({ projectId }: Firm): Promise<string> {
  const fee = { projectId, name: 'Go-live', amount: { amount: '900.00', currency: 'EUR' }, plannedOn: today };
  const id = await world.graph.made('createMilestone', 'milestone', fee);
  await done('reachMilestone', { id });
  await done('acceptMilestone', { id });
  return id;
}

describe('a period does not close over', () => {
  test('time that is submitted, approved or in an exception: each is named, with what ends it', async () => {
    const firm = await firmAt(world.graph, { cards: false });
    const id = await periodOf(firm);
    const { timesheetId } = await firm.recorded(['2026-02-09', '2026-02-10']);
    expect(await shown(id)).toMatchObject({ openWork: none });
    await done('submitTimesheet', { id: timesheetId });
    expect(await close(id)).toMatchObject({
      guard: 'noOpenWork',
      message: expect.stringContaining('Ada on Build: 2 time entries (16.00 h) submitted (approveTimesheet or rejectTimesheet)'),
    });
    expect((await shown(id)).openWork).toEqual({ ...none, submitted: { ...nothing, timeEntries: 2, hours: '16.00', duration: 'PT16H' } });
  });

  test('time that could not be posted, until it is', async () => {
    const firm = await firmAt(world.graph, { cards: false });
    const id = await periodOf(firm);
    await firm.approved(['2026-02-09', '2026-02-10']);
    expect(await close(id)).toMatchObject({ message: expect.stringContaining('Ada on Build: 2 time entries (16.00 h) approved and not posted yet') });
    expect((await shown(id)).openWork.approved).toMatchObject({ timeEntries: 2 });
    await world.settle();
    const refused = 'Ada on Build: 2 time entries (16.00 h) in an exception, RATE_NOT_FOUND (repair the cause and retryException, or dismissException';
    expect(await close(id)).toMatchObject({ guard: 'noOpenWork', message: expect.stringContaining(refused) });
    expect(await shown(id)).toMatchObject({
      openWork: { excepted: { timeEntries: 2 } },
      availableActions: [{ name: 'close', refusals: [expect.stringContaining(refused)] }],
    });
    // Other months, and other books, are not concerned.
    expect(await close(await periodOf(firm, '2026-03-01'))).toBeUndefined();
    await firm.publishCards();
    await world.settle();
    expect((await shown(id)).openWork).toEqual(none);
    expect(await close(id)).toBeUndefined();
  });

  test('expenses and accepted milestones', async () => {
    const firm = await firmAt(world.graph, { periodsOf: Number(today.slice(0, 4)) });
    const id = await periodOf(firm, thisMonth);
    const expense = await expenseOf(firm, { workDate: today });
    await acceptedMilestone(firm);
    expect((await close(id)).message).toMatch(
      /Ada on Build: 1 expense submitted \(approveExpense or rejectExpense\).*Build: 1 milestone approved and not posted yet/,
    );
    await done('approveExpense', { id: expense, approverId: firm.approverId });
    expect((await shown(id)).openWork.approved).toMatchObject({ expenses: 1, milestones: 1 });
    await world.settle();
    expect(await close(id)).toBeUndefined();
    // A fee of a closed month is an exception, and the month is not locked over it.
    const late = await acceptedMilestone(firm);
    await world.settle();
    expect(await attempt('lockFiscalPeriod', { id })).toMatchObject({
      guard: 'noOpenWork',
      message: expect.stringContaining('1 milestone in an exception, PERIOD_CLOSED'),
    });
    const [exception] = await world.sql`select id from operations.exception where subject_id = ${late}`;
    await done('dismissException', { id: exception?.id, reason: 'It is not billed' });
    await done('lockFiscalPeriod', { id });
  });

  test('work that its contract or customer puts into these books; a project of other books stands in those', async () => {
    const firm = await firmAt(world.graph);
    const other = await firmAt(world.graph);
    // The project names no books of its own: its contract's are meant, whoever worked.
    const { timesheetId } = await firm.recorded(['2026-02-09'], { employeeId: other.employeeId });
    await done('submitTimesheet', { id: timesheetId });
    expect(await close(await periodOf(other))).toBeUndefined();
    expect(await close(await periodOf(firm))).toMatchObject({ guard: 'noOpenWork' });
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await world.settle();
    expect(await close(await periodOf(other, '2026-03-01'))).toBeUndefined();
    // Whose category the cards of these books do not know.
    expect(await close(await periodOf(firm))).toMatchObject({ message: expect.stringContaining('RATE_NOT_FOUND') });
  });

  test('what was taken back, until it is posted anew or dismissed', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const [entry = ''] = await firm.approved(['2026-02-09']);
    await world.settle();
    const [actual] = await world.sql`select id from finance.actual where source_id = ${entry} and kind = 'UNBILLED_SALES'`;
    await done('reverseActuals', { items: [{ id: actual?.id, reason: 'Wrong' }] }, { select: 'results { userErrors { code } }' });
    await world.settle();
    expect(await close(id)).toMatchObject({ guard: 'noOpenWork', message: expect.stringContaining('ACTUAL_REVERSED') });
    const [exception] = await world.sql`select id from operations.exception where subject_id = ${entry} and status = 'OPEN'`;
    await done('dismissException', { id: exception?.id, reason: 'Written off' });
    expect(await shown(id)).toMatchObject({ openWork: none });
    expect(await close(id)).toBeUndefined();
  });
});

describe('closing over open work', () => {
  test('needs the permission by its name, and a reason that the fact keeps', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    expect(await close(id, over, { role: 'finance' })).toMatchObject({ code: 'FORBIDDEN', field: 'overrideOpenWork' });
    expect(await close(id, {}, { role: 'finance' })).toMatchObject({ message: expect.stringContaining('needs the permission period:override') });
    expect(await close(id, { overrideOpenWork: true })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'reason' });
    expect(await close(id, { reason: 'A reason alone forces nothing' })).toMatchObject({ guard: 'noOpenWork' });
    expect(await close(id, over)).toBeUndefined();
    // Approved from now on it is an exception, and the period cannot be locked unless somebody says so once more.
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await world.settle();
    const [exception] = await world.sql`select code from operations.exception where project_id = ${firm.projectId}`;
    expect(exception).toMatchObject({ code: 'PERIOD_CLOSED' });
    expect(await attempt('lockFiscalPeriod', { id })).toMatchObject({ guard: 'noOpenWork' });
    await done('lockFiscalPeriod', { id, ...over });
    await world.sequence();
    const facts =
      await world.sql`select type, payload ->> 'reason' as reason, payload ->> 'openWork' as open from log.fact where subject_id = ${id} and type in ('PeriodClosed', 'PeriodLocked') order by position`;
    expect(facts).toEqual([
      { type: 'PeriodClosed', reason: over.reason, open: '1' },
      { type: 'PeriodLocked', reason: over.reason, open: '1' },
    ]);
  });

  test('a part of the firm is shown its own, and told no more', async () => {
    const firm = await firmAt(world.graph);
    const { timesheetId } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    const id = await periodOf(firm);
    const other = await firmAt(world.graph);
    const wish = (customerId: string) => ({ role: 'finance', customerIds: [customerId] }) as Json;
    expect((await shown(id, wish(firm.customerId)))?.openWork.submitted ?? 1).toMatchObject({ timeEntries: 1 });
    const elsewhere = await shown(id, wish(other.customerId));
    expect(elsewhere).toMatchObject({ openWork: none });
    expect(JSON.stringify(elsewhere.availableActions)).toContain('Whoever sees the whole firm closes it');
    expect(JSON.stringify(elsewhere)).not.toMatch(/Ada|Build/);
  });
});

describe('a close against an approval', () => {
  const blocked = async () => (await world.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length > 0;

  test('a posting that came first is in the books when the close sees', async () => {
    const firm = await firmAt(world.graph);
    const [entry = ''] = await firm.approved(['2026-02-09']);
    await world.settle();
    await done('requestTimeEntryRecall', { id: entry, reason: 'Look again' });
    // A recall that is only asked for leaves the books as they are.
    expect(await close(await periodOf(firm))).toBeUndefined();
  });

  test('an approval that is not committed yet is an exception behind the close, never lost', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId, entries } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    const scope = { actor: serviceActor('race'), trace: { correlationId: 'race' }, now: world.time.now };
    // The close has judged and holds the period; the approval commits meanwhile; its posting waits for the close.
    let posting: Promise<void> = Promise.resolve();
    await world.db.transaction(async (tx) => {
      await executeOne({ ...scope, tx }, fiscalPeriodAction('close'), { id, ...over });
      await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
      posting = world.settle();
      await expect.poll(blocked).toBe(true);
    });
    await posting;
    const [row] =
      await world.sql`select entry.posting_status, exception.code from time.timesheet_entry as entry join operations.exception as exception on exception.subject_id = entry.id where entry.id = ${entries[0] ?? ''}`;
    expect(row).toEqual({ posting_status: 'EXCEPTION', code: 'PERIOD_CLOSED' });
    expect((await shown(id)).openWork.excepted).toMatchObject({ timeEntries: 1 });
  });

  test('at the same time: the close sees the approval, or the approval finds the period closed', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    const [closed] = await Promise.all([close(id), done('approveTimesheet', { id: timesheetId, approverId: firm.approverId })]);
    expect(closed).toMatchObject({ guard: 'noOpenWork' });
    await Promise.all([close(id), world.settle()]);
    const [{ n } = { n: 0 }] = await world.sql`select count(*)::int as n from finance.actual where project_id = ${firm.projectId}`;
    const { openWork, status } = await shown(id);
    // Posted and closed, or posted and refused a moment before: never closed with the time in neither place.
    expect(n).toBe(2);
    expect(openWork).toEqual(none);
    expect(['OPEN', 'CLOSED']).toContain(status);
  });
});
