import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';
import { choices, seeds } from '../support/seeds.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
  world.time.now = new Date('2026-09-15T09:00:00.000Z');
});
afterAll(() => world[Symbol.asyncDispose]());

const selection =
  'replayed accruals { contract { id } project { id } amount { amount } explanation revenueEvent { id method status recognitionDate description } }';
const periodOf = async (month: string): Promise<string> => {
  const [row] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${world.ids.books} and start_date = ${`${month}-01`}`;
  return String(row?.id);
};
const accrue = async (month: string, more: Json = {}) => world.mutate('accrueRevenue', selection, { fiscalPeriodId: await periodOf(month), ...more });
const accrued = async (month: string, more: Json = {}): Promise<string[]> => {
  const { accruals, userErrors } = await accrue(month, more);
  expect(userErrors).toEqual([]);
  return accruals.map(({ amount }: Json) => amount.amount);
};
/** Revenue, accrued revenue and receivables as the books have them, in minor units. */
const books = async () => ({ revenue: 0 - (await world.balance('REVENUE')), accrued: await world.balance('ACCRUED_REVENUE') });

/** What is on posted invoices less what notes gave back, without tax. */
async function billedNet(): Promise<number> {
  const [row] =
    await world.sql`select coalesce(sum(line.amount_minor), 0)::int as minor from finance.invoice_line line join finance.invoice on invoice.id = line.invoice_id
    where invoice.number <> '' and line.account = 'REVENUE'`;
  return row?.minor;
}

/** Accrued, and neither billed nor reversed since. */
async function standing(): Promise<number> {
  const [row] = await world.sql`select coalesce(sum(amount_minor), 0)::int as minor from finance.actual
    where accrual_event_id is not null and status <> 'BILLED' and reversed_by_id is null`;
  return row?.minor;
}

/** Revenue is what was billed and what stands accrued, and the accrued account holds just that. */
async function holds(told: string): Promise<void> {
  const { revenue, accrued: onAccount } = await books();
  expect([revenue, onAccount], told).toEqual([(await billedNet()) + (await standing()), await standing()]);
  expect(await world.sql`select 1 from finance.journal_line group by journal_entry_id having sum(debit_minor) <> sum(credit_minor)`, told).toEqual([]);
}

async function drafted(cutOffDate: string): Promise<string> {
  const wish = { cutOffDate, contractIds: [world.ids.contract], invoiceDate: cutOffDate };
  const { results } = await world.done('draftInvoices', 'results { invoice { id } }', wish);
  return results[0].invoice.id;
}

async function posted(cutOffDate: string): Promise<string> {
  const id = await drafted(cutOffDate);
  for (const action of ['validateInvoice', 'postInvoice']) await world.done(action, 'invoice { id }', { id });
  return id;
}

describe('an accrual', () => {
  test('is previewed, made once, and taken back when its work is invoiced', async () => {
    await world.work(3, { workDate: '2026-01-12' });
    await world.work(1, { workDate: '2026-01-13', projectId: world.ids.project2 });
    const before = await world.facts();
    const told = await accrue('2026-01', { dryRun: true });
    expect(told.accruals.map(({ revenueEvent }: Json) => revenueEvent)).toEqual([null, null]);
    expect([await books(), (await world.facts()).length]).toEqual([{ revenue: 0, accrued: 0 }, before.length]);
    const done = await accrue('2026-01', { idempotencyKey: 'january' });
    const without = ({ revenueEvent: _, ...rest }: Json) => rest;
    const inOrder = (all: Json[]) => all.map(without).toSorted((one, other) => (one.project.id < other.project.id ? -1 : 1));
    expect(inOrder(done.accruals), 'the preview is what it does').toEqual(inOrder(told.accruals));
    const [most] = done.accruals.filter(({ project }: Json) => project.id === world.ids.project);
    expect(most).toMatchObject({
      amount: { amount: '300.00' },
      explanation: '3 pieces of work (3.00 h), earned by 2026-01-31 and not invoiced.',
      revenueEvent: { method: 'ACCRUED', status: 'RECOGNIZED', recognitionDate: '2026-01-31', description: 'Frame: accrued to 2026-01-31' },
    });
    expect((await world.facts()).slice(before.length)).toEqual(['JournalPosted', 'RevenueRecognized', 'JournalPosted', 'RevenueRecognized']);
    expect(await books()).toEqual({ revenue: 40_000, accrued: 40_000 });
    expect(await accrue('2026-01', { idempotencyKey: 'january' })).toEqual({ ...done, replayed: true });
    expect(await accrued('2026-01'), 'twice is once').toEqual([]);
    await holds('accrued');
    await posted('2026-01-31');
    expect(await books()).toEqual({ revenue: 40_000, accrued: 0 });
    await holds('invoiced');
  });

  test('is of what stands on a draft too, and stays when the draft is cancelled', async () => {
    await world.work(2, { workDate: '2026-02-10' });
    const draft = await drafted('2026-02-28');
    expect(await accrued('2026-02')).toEqual(['200.00']);
    await world.done('cancelInvoice', 'invoice { id }', { id: draft });
    await holds('cancelled');
    await posted('2026-02-28');
    expect((await books()).accrued).toBe(0);
    await holds('posted after all');
  });

  test('is taken back with its work, on the day of that, and made anew of what is credited', async () => {
    const [id = ''] = await world.work(1, { workDate: '2026-03-10', minor: 7_000 });
    expect(await accrued('2026-03')).toEqual(['70.00']);
    await world.done('reverseActuals', 'results { userErrors { code } }', { items: [{ id, reason: 'Wrong', accountingDate: '2026-04-02' }] });
    const query =
      '{ revenueEvents(filter: { methods: [ACCRUED], recognitionDateFrom: "2026-04-01" }) { nodes { amount { amount } description recognitionDate availableActions { refusals } } } }';
    const { nodes } = (await world.ok(query)).revenueEvents;
    expect(nodes).toEqual([
      {
        amount: { amount: '-70.00' },
        description: 'Accrual taken back: Wrong',
        recognitionDate: '2026-04-02',
        availableActions: [{ name: 'reverse' }].map(() => ({ refusals: [expect.stringContaining('notByAccrual')] })),
      },
    ]);
    await holds('reversed');
    await world.work(1, { workDate: '2026-04-10' });
    const invoice = await posted('2026-04-30');
    await world.done('creditInvoice', 'invoice { id }', { id: invoice, reason: 'Wrong', creditDate: '2026-04-30' });
    await holds('credited');
    expect(await accrued('2026-04'), 'credited work is open again').toEqual(['100.00']);
    await holds('accrued anew');
  });

  test('is no matter of fees, of held work, or of other books', async () => {
    const fee = { kind: 'UNBILLED_SALES', transactionClass: 'FEE', projectId: world.ids.project, contractLineId: world.ids.feeLine, workDate: '2026-05-10' };
    const item = { externalRef: { system: 'erp', externalId: 'fee' }, ...fee, description: 'Fee', amount: { amount: '500.00', currency: 'EUR' } };
    await world.done('recordActuals', 'succeeded', { items: [item] });
    const [held = ''] = await world.work(1, { workDate: '2026-05-11' });
    await world.done('holdActuals', 'succeeded', { items: [{ id: held, reason: 'Look again' }] });
    expect(await accrued('2026-05')).toEqual([]);
    await world.done('releaseActuals', 'succeeded', { items: [{ id: held }] });
    expect(await accrued('2026-05')).toEqual(['100.00']);
    // What is held after it was accrued is earned all the same.
    await world.done('holdActuals', 'succeeded', { items: [{ id: held, reason: 'Look again' }] });
    await holds('held');
  });

  test('is refused for a period that is closed, or has not ended, and without the permission', async () => {
    const june = await periodOf('2026-06');
    await world.done('closeFiscalPeriod', 'fiscalPeriod { id }', { id: june });
    expect((await accrue('2026-06')).userErrors).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'fiscalPeriodId' }]);
    expect((await accrue('2026-06', { fiscalPeriodId: world.ids.contract })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'fiscalPeriodId' }]);
    expect((await accrue('2026-09')).userErrors).toMatchObject([{ guard: 'dateReached', field: 'fiscalPeriodId' }]);
    const schedule = { method: 'ACCRUED', contractId: world.ids.contract };
    expect((await world.mutate('scheduleRevenue', 'revenueEvents { id }', schedule)).userErrors).toMatchObject([{ field: 'method' }]);
  });
});

test.each(seeds(1, 2))('revenue is what is billed and what stands accrued, whatever happens in whatever order (seed %i)', async (seed) => {
  const random = choices(seed);
  const told: string[] = [];
  const posts: string[] = [];
  const day = () => `2026-0${7 + random.below(2)}-${10 + random.below(18)}`;
  const does: Record<string, () => Promise<unknown>> = {
    work: () =>
      world.work(1 + random.below(3), { workDate: day(), minor: 100 * (random.below(90) + 1), projectId: random.one([world.ids.project, world.ids.project2]) }),
    accrue: () => accrue(random.one(['2026-07', '2026-08']), random.below(4) === 0 ? { dryRun: true } : {}),
    together: async () => Promise.all([accrue('2026-08'), accrue('2026-08')]),
    invoice: async () => {
      const wish = { cutOffDate: random.one(['2026-07-31', '2026-08-31']), contractIds: [world.ids.contract], invoiceDate: '2026-08-31' };
      const { results } = await world.mutate('draftInvoices', 'results { invoice { id } }', wish);
      const id = results[0]?.invoice?.id;
      if (!id) return;
      await world.mutate('validateInvoice', 'invoice { id }', { id });
      if (random.below(4) === 0) return world.mutate('cancelInvoice', 'invoice { id }', { id });
      // An accrual beside the posting: whichever is first, nothing is there twice.
      await Promise.all([world.mutate('postInvoice', 'invoice { id }', { id }), ...(random.below(2) ? [accrue('2026-08')] : [])]);
      posts.push(id);
    },
    credit: async () => {
      const id = posts.splice(random.below(posts.length), 1)[0];
      if (id) await world.mutate('creditInvoice', 'invoice { id }', { id, reason: 'Wrong', creditDate: '2026-08-31', rebill: random.below(3) > 0 });
    },
    reverse: async () => {
      const rows = await world.sql`select id from finance.actual where kind = 'UNBILLED_SALES' and status in ('READY', 'NOT_READY') and reverses_id is null
        and reversed_by_id is null and accounting_date > '2026-07-01' order by id`;
      const id = rows[random.below(rows.length)]?.id;
      if (id) await world.mutate('reverseActuals', 'succeeded', { items: [{ id, reason: 'Wrong', accountingDate: '2026-08-31' }] });
    },
  };
  for (let turn = 0; turn < 40; turn += 1) {
    const name = random.one([...Object.keys(does), 'accrue', 'work']);
    told.push(name);
    await does[name]?.();
    await holds(`seed ${seed}: ${told.join(', ')}`);
  }
});
