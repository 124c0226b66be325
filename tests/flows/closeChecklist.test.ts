import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { type Choices, choices, seeds } from '../support/seeds.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function periodOf({ legalEntityId }: Pick<Firm, 'legalEntityId'>, start = '2026-02-01'): Promise<string> {
  const [row] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${legalEntityId} and start_date = ${start}`;
  return String(row?.id);
}

const things = `things { label date amount { amount } hours timesheetEntry { id workDate } expenseItem { id } milestone { id } invoice { id status } journalEntry { id }
  payment { id } revenueEvent { id method } contract { id name } project { id name } }`;

async function listOf(id: string, wish?: Json): Promise<Json> {
  const query = `query ($id: ID!) { fiscalPeriod(id: $id) { status closeChecklist { isReady items { kind count hours duration amounts { amount currency } blocks cure mutation ${things} } } } }`;
  return (await world.graph.ok(query, { id }, wish)).fiscalPeriod.closeChecklist;
}

const inBrief = ({ items }: Json): string[] => items.map(({ kind, count, blocks }: Json) => `${kind} ${count}${blocks ? ' blocks' : ''}`);
const itemOf = ({ items }: Json, kind: string): Json => items.find((item: Json) => item.kind === kind);
const attempt = async (id: string): Promise<Json> => (await world.graph.mutate('closeFiscalPeriod', { id })).userErrors[0];

async function expenseOf(firm: Firm, workDate: string): Promise<string> {
  const cost = { category: 'TRAVEL', workDate, amount: eur('12.00') };
  const id = await world.graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost });
  await done('submitExpense', { id });
  return id;
}

async function draftsOf(firm: Firm, day: string): Promise<string[]> {
  const wish = { cutOffDate: day, contractIds: [firm.contractId], invoiceDate: day };
  const { results } = await world.graph.mutate('draftInvoices', { idempotencyKey: crypto.randomUUID(), ...wish }, { select: 'results { invoice { id } }' });
  return results.flatMap(({ invoice }: Json) => (invoice ? [invoice.id] : []));
}

const entryOf = ({ legalEntityId }: Firm, postingDate: string): Promise<string> => {
  const line = (account: string, side: string) => ({ account, [side]: eur('250.00') });
  const entry = { legalEntityId, postingDate, description: 'Rent', lines: [line('OTHER', 'debit'), line('CASH', 'credit')] };
  return world.graph.made('createJournalEntry', 'journalEntry', entry);
};

const paymentOf = ({ customerId, legalEntityId }: Firm, receivedOn: string): Promise<string> =>
  world.graph.made('recordPayment', 'payment', { customerId, legalEntityId, amount: eur('80.00'), receivedOn, reference: 'Thanks' });

async function planned({ contractId }: Firm): Promise<string> {
  const term = { method: 'STRAIGHT_LINE', total: eur('590.00'), startDate: '2026-02-01', endDate: '2026-03-31' };
  const { revenueEvents } = await done('scheduleRevenue', { contractId, ...term }, { select: 'revenueEvents { id }' });
  return revenueEvents[0].id;
}

describe('the list of what is open before a close', () => {
  test('is empty of a period without anything, and the period closes', async () => {
    const id = await periodOf(await firmAt(world.graph));
    expect(await listOf(id)).toEqual({ isReady: true, items: [] });
    expect(await attempt(id)).toBeUndefined();
    expect(await listOf(id)).toEqual({ isReady: true, items: [] });
  });

  test('names time and expenses by how far they are, each with the way to it and what ends it', async () => {
    const firm = await firmAt(world.graph, { cards: false });
    const id = await periodOf(firm);
    const { timesheetId, entries } = await firm.recorded(['2026-02-09', '2026-02-10']);
    await done('submitTimesheet', { id: timesheetId });
    const expense = await expenseOf(firm, '2026-02-11');
    const submitted = await listOf(id);
    expect(inBrief(submitted)).toEqual(['SUBMITTED_TIME 2 blocks', 'SUBMITTED_EXPENSES 1 blocks']);
    expect(submitted.isReady).toBe(false);
    expect(itemOf(submitted, 'SUBMITTED_TIME')).toMatchObject({
      ...{ hours: '16.00', duration: 'PT16H', amounts: [], mutation: 'approveTimesheet', cure: expect.stringContaining('rejectTimesheet') },
      things: [
        {
          label: 'Ada on Build',
          date: '2026-02-09',
          hours: '8.00',
          timesheetEntry: { id: entries[0], workDate: '2026-02-09' },
          project: { id: firm.projectId, name: 'Build' },
        },
        { label: 'Ada on Build', date: '2026-02-10', timesheetEntry: { id: entries[1] }, expenseItem: null, invoice: null },
      ],
    });
    expect(itemOf(submitted, 'SUBMITTED_EXPENSES').things).toMatchObject([{ expenseItem: { id: expense }, hours: null }]);
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await done('approveExpense', { id: expense, approverId: firm.approverId });
    const approved = await listOf(id);
    expect(inBrief(approved)).toEqual(['APPROVED_TIME 2 blocks', 'APPROVED_EXPENSES 1 blocks']);
    expect(itemOf(approved, 'APPROVED_TIME')).toMatchObject({ mutation: null });
    await world.settle();
    const excepted = await listOf(id);
    // An expense needs no rate: it is sold for its cost.
    expect(inBrief(excepted)).toEqual(['EXCEPTED_TIME 2 blocks', 'UNBILLED_WORK 1']);
    expect(itemOf(excepted, 'EXCEPTED_TIME')).toMatchObject({ mutation: 'retryException', cure: expect.stringContaining('requestTimeEntryRecall') });
    await firm.publishCards();
    await world.settle();
    expect(await listOf(id)).toMatchObject({
      isReady: true,
      items: [
        {
          ...{ kind: 'UNBILLED_WORK', count: 1, hours: '16.00', amounts: [{ amount: '1612.00', currency: 'EUR' }], blocks: false, mutation: 'accrueRevenue' },
          things: [{ label: 'Acme terms', amount: { amount: '1612.00' }, contract: { id: firm.contractId, name: 'Acme terms' } }],
        },
      ],
    });
    expect(await attempt(id)).toBeUndefined();
  });

  test('parks what came after the close, with two choices', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId, entries } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    await done('closeFiscalPeriod', { id, overrideOpenWork: true, reason: 'The month is reported today' });
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await world.settle();
    const list = await listOf(id);
    expect(inBrief(list)).toEqual(['PARKED_POSTINGS 1 blocks']);
    expect(list.items[0]).toMatchObject({
      hours: '8.00',
      mutation: 'reopenFiscalPeriod',
      cure: expect.stringMatching(/^Two choices: reopenFiscalPeriod.* or retryExceptionsWhere with an accountingDate/),
    });
    expect(list.items[0].things).toMatchObject([{ timesheetEntry: { id: entries[0] } }]);
    await done('reopenFiscalPeriod', { id });
    await world.settle();
    expect(inBrief(await listOf(id))).toEqual(['UNBILLED_WORK 1']);
  });

  test('posts what is parked into an open period, on the day that one call names', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId, entries } = await firm.recorded(['2026-02-09', '2026-02-10']);
    await done('submitTimesheet', { id: timesheetId });
    await done('closeFiscalPeriod', { id, overrideOpenWork: true, reason: 'The month is reported today' });
    await done('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
    await world.settle();
    const where = { customerIds: [firm.customerId], codes: ['PERIOD_CLOSED'] };
    const retry = (accountingDate: string) => done('retryExceptionsWhere', { where, accountingDate }, { select: 'succeeded failed' });
    // A day that is closed too, and one before the work, leave all as it was.
    for (const [accountingDate, why] of [
      ['2026-02-20', '2026-02-20 lies in'],
      ['2026-01-31', 'before'],
    ] as const) {
      expect(await retry(accountingDate)).toMatchObject({ succeeded: 2, failed: 0 });
      await world.settle();
      const waiting = await world.sql`select status, message from operations.exception where customer_id = ${firm.customerId}`;
      expect(waiting).toMatchObject([
        { status: 'OPEN', message: expect.stringContaining(why) },
        { status: 'OPEN', message: expect.stringContaining(why) },
      ]);
    }
    expect(await retry('2026-03-02')).toMatchObject({ succeeded: 2, failed: 0 });
    await world.settle();
    expect(inBrief(await listOf(id))).toEqual([]);
    const posted =
      await world.sql`select source_id, kind, work_date::text, accounting_date::text from finance.actual where source_id = any(${entries}) order by work_date, kind`;
    expect(posted).toMatchObject(
      ['2026-02-09', '2026-02-10'].flatMap((workDate, at) =>
        ['COST', 'UNBILLED_SALES'].map((kind) => ({ source_id: entries[at], kind, work_date: workDate, accounting_date: '2026-03-02' })),
      ),
    );
    expect(await world.sql`select status from operations.exception where customer_id = ${firm.customerId}`).toMatchObject([
      { status: 'RESOLVED' },
      { status: 'RESOLVED' },
    ]);
    await checkHistory(world.sql);
  });

  test('names papers, entries, money and revenue with their sums', async () => {
    const firm = await firmAt(world.graph);
    const id = await periodOf(firm);
    await firm.approved(['2026-02-09']);
    await world.settle();
    const [invoice = ''] = await draftsOf(firm, '2026-02-28');
    const entry = await entryOf(firm, '2026-02-28');
    const payment = await paymentOf(firm, '2026-02-20');
    const event = await planned(firm);
    const list = await listOf(id);
    expect(inBrief(list)).toEqual([
      'UNPOSTED_INVOICES 1 blocks',
      'DRAFT_JOURNAL_ENTRIES 1 blocks',
      'UNAPPLIED_PAYMENTS 1',
      'UNRECOGNIZED_REVENUE 1',
      'UNBILLED_WORK 1',
    ]);
    const shown = list.items.map(({ amounts, things: [thing] }: Json) => [
      amounts[0].amount,
      thing.label,
      thing.date,
      thing.invoice ?? thing.journalEntry ?? thing.payment ?? thing.revenueEvent,
    ]);
    expect(shown).toEqual([
      ['800.00', 'Acme terms: DRAFT', '2026-02-28', { id: invoice, status: 'DRAFT' }],
      ['250.00', 'Rent', '2026-02-28', { id: entry }],
      ['80.00', 'Thanks', '2026-02-20', { id: payment }],
      ['280.00', 'Acme terms: Acme terms, 2026-02', '2026-02-28', { id: event, method: 'STRAIGHT_LINE' }],
      // What stands on a draft is not billed yet.
      ['800.00', 'Acme terms', '2026-02-09', null],
    ]);
    for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: invoice });
    await done('postJournalEntry', { id: entry });
    expect(inBrief(await listOf(id))).toEqual(['UNAPPLIED_PAYMENTS 1', 'UNRECOGNIZED_REVENUE 1']);
    await done('submitRevenueEvent', { id: event });
    expect(inBrief(await listOf(id))).toEqual(['UNAPPLIED_PAYMENTS 1', 'UNRECOGNIZED_REVENUE 1']);
    await done('recognizeRevenueEvent', { id: event });
    await done('applyPayment', { id: payment, applications: [{ invoiceId: invoice, amount: eur('80.00') }], appliedOn: '2026-02-28' });
    expect(await listOf(id)).toEqual({ isReady: true, items: [] });
    // March has its own share of the term, and nothing of February.
    expect(inBrief(await listOf(await periodOf(firm, '2026-03-01')))).toEqual(['UNRECOGNIZED_REVENUE 1']);
  });

  test('reminds of what was measured before and is not yet for the period, and of work that was not accrued', async () => {
    const firm = await firmAt(world.graph);
    const [january, february] = [await periodOf(firm, '2026-01-01'), await periodOf(firm)];
    await firm.approved(['2026-01-12']);
    await world.settle();
    const measure = { contractId: firm.contractId, projectId: firm.projectId, method: 'COST_TO_COST', total: eur('2000.00'), estimatedCost: eur('960.00') };
    const measured = async (asOf: string) => (await done('scheduleRevenue', { ...measure, asOf }, { select: 'revenueEvents { id }' })).revenueEvents[0].id;
    const event = await measured('2026-01-31');
    for (const action of ['submitRevenueEvent', 'recognizeRevenueEvent']) await done(action, { id: event });
    await firm.approved(['2026-02-09']);
    await world.settle();
    expect(inBrief(await listOf(january))).toEqual(['UNBILLED_WORK 1']);
    const list = await listOf(february);
    expect(inBrief(list)).toEqual(['UNMEASURED_REVENUE 1', 'UNBILLED_WORK 1']);
    expect(list.items[0]).toMatchObject({
      amounts: [],
      mutation: 'scheduleRevenue',
      things: [{ label: 'Acme terms: COST_TO_COST', date: '2026-01-31', contract: { id: firm.contractId } }],
    });
    expect(itemOf(list, 'UNBILLED_WORK').amounts).toEqual([eur('1600.00')]);
    await measured('2026-02-28');
    await done('accrueRevenue', { fiscalPeriodId: january });
    const after = await listOf(february);
    expect(inBrief(after)).toEqual(['UNRECOGNIZED_REVENUE 1', 'UNBILLED_WORK 1']);
    expect(itemOf(after, 'UNBILLED_WORK').amounts).toEqual([eur('800.00')]);
    await done('accrueRevenue', { fiscalPeriodId: february });
    expect(inBrief(await listOf(february))).toEqual(['UNRECOGNIZED_REVENUE 1']);
  });

  test('shows a part of the firm its own, and nobody what they may not read', async () => {
    const firm = await firmAt(world.graph);
    const other = await firmAt(world.graph);
    const id = await periodOf(firm);
    const { timesheetId } = await firm.recorded(['2026-02-09']);
    await done('submitTimesheet', { id: timesheetId });
    await paymentOf(firm, '2026-02-20');
    const wish = (customerId: string) => ({ role: 'finance', customerIds: [customerId] });
    const elsewhere = await listOf(id, wish(other.customerId));
    expect(elsewhere).toEqual({ isReady: false, items: [] });
    expect(inBrief(await listOf(id, wish(firm.customerId)))).toEqual(['SUBMITTED_TIME 1 blocks', 'UNAPPLIED_PAYMENTS 1']);
    const support = await listOf(id, { role: 'support' });
    expect(itemOf(support, 'UNAPPLIED_PAYMENTS')).toMatchObject({ count: 1, amounts: [], things: [] });
  });

  test('is asked of all periods of a year at once', async () => {
    const firm = await firmAt(world.graph);
    for (const day of ['2026-01-12', '2026-02-09', '2026-03-09']) await done('submitTimesheet', { id: (await firm.recorded([day])).timesheetId });
    const query = `query ($ids: [ID!]) { fiscalPeriods(filter: { legalEntityIds: $ids }, first: 12) { nodes { name closeChecklist { isReady items { kind count things { label } } } } } }`;
    const { nodes } = (await world.graph.ok(query, { ids: [firm.legalEntityId] })).fiscalPeriods;
    expect(nodes.map(({ name, closeChecklist }: Json) => [name, ...inBrief({ items: closeChecklist.items })]).slice(0, 4)).toEqual([
      ['2026-01', 'SUBMITTED_TIME 1'],
      ['2026-02', 'SUBMITTED_TIME 1'],
      ['2026-03', 'SUBMITTED_TIME 1'],
      ['2026-04'],
    ]);
  });
});

/** Carried out or refused: the list is asked either way. */
const attempted = (name: string, input: Json) => world.graph.mutate(name, { idempotencyKey: crypto.randomUUID(), ...input });

/** Something that a firm does in February, or takes up again. */
const doings: Record<string, (firm: Firm, random: Choices) => Promise<unknown>> = {
  time: async (firm, random) => {
    const { timesheetId } = await firm.recorded([`2026-02-${String(2 + random.below(26)).padStart(2, '0')}`], { hours: '1' });
    if (random.below(4) > 0) await attempted('submitTimesheet', { id: timesheetId });
    if (random.below(3) > 0) await attempted('approveTimesheet', { id: timesheetId, approverId: firm.approverId });
  },
  expense: async (firm, random) => {
    const id = await expenseOf(firm, '2026-02-12');
    if (random.below(2)) await attempted('approveExpense', { id, approverId: firm.approverId });
  },
  settle: () => world.settle(),
  draft: (firm) => draftsOf(firm, '2026-02-28'),
  post: async (firm) => {
    const rows = await world.sql`select id from finance.invoice where contract_id = ${firm.contractId} and status in ('DRAFT', 'VALIDATED')`;
    for (const { id } of rows) for (const action of ['validateInvoice', 'postInvoice']) await attempted(action, { id });
  },
  entry: async (firm, random) => {
    const id = await entryOf(firm, '2026-02-28');
    if (random.below(2)) await done('postJournalEntry', { id });
  },
  payment: (firm) => paymentOf(firm, '2026-02-20'),
  revenue: (firm) => planned(firm),
  accrue: async (firm) => attempted('accrueRevenue', { fiscalPeriodId: await periodOf(firm) }),
  cure: async (firm) => {
    const sheets = await world.sql`select distinct timesheet_id as id from time.timesheet_entry where project_id = ${firm.projectId} and status = 'SUBMITTED'`;
    for (const { id } of sheets) await attempted('approveTimesheet', { id, approverId: firm.approverId });
    const expenses = await world.sql`select id from time.expense_item where project_id = ${firm.projectId} and status = 'SUBMITTED'`;
    for (const { id } of expenses) await attempted('approveExpense', { id, approverId: firm.approverId });
    const entries = await world.sql`select id from finance.journal_entry where legal_entity_id = ${firm.legalEntityId} and status = 'DRAFT'`;
    for (const { id } of entries) await attempted('postJournalEntry', { id });
    await doings.post?.(firm, choices(1));
    await world.settle();
  },
};

test.each(seeds(1, 4))('what blocks in the list refuses the close, and a list without it lets the close pass (seed %i)', async (seed) => {
  const random = choices(seed);
  const firm = await firmAt(world.graph);
  const id = await periodOf(firm);
  const told: string[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const name = turn === 11 ? 'cure' : random.one(Object.keys(doings));
    told.push(name);
    await doings[name]?.(firm, random);
    const { isReady, items } = await listOf(id);
    const blocking = items.filter(({ blocks }: Json) => blocks).map(({ kind }: Json) => kind);
    const refused = await attempt(id);
    const story = `seed ${seed}: ${told.join(', ')}: ${blocking.join(', ')}`;
    expect(isReady, story).toBe(blocking.length === 0);
    if (name === 'cure') expect(isReady, story).toBe(true);
    expect(['nothingUnposted', 'noOpenWork'].includes(refused?.guard), story).toBe(!isReady);
    if (isReady) expect(refused, story).toBeUndefined();
    for (const { count, things: shown } of items) expect(shown.length, story).toBe(Math.min(count, 20));
    if (isReady) await done('reopenFiscalPeriod', { id });
  }
});
