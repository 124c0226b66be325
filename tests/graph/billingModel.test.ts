import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

// Twice what takes a document on, so that a walk gets somewhere.
const actions = [
  'work',
  'draft',
  'draft',
  'validate',
  'validate',
  'post',
  'post',
  'cancel',
  'credit',
  'pay',
  'pay',
  'apply',
  'apply',
  'apply',
  'bounce',
] as const;
type Step = { action: (typeof actions)[number]; pick: number; size: number };
const step = fc.record({ action: fc.constantFrom(...actions), pick: fc.nat(50), size: fc.integer({ min: 1, max: 40 }) });
const eur = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'EUR' });

/** The id of one of the rows, whatever their state: refusals are a part of the walk. */
async function one(table: 'invoice' | 'payment', pick: number, states = '.'): Promise<string | undefined> {
  const rows = await world.sql.unsafe(`select id from finance.${table} where status ~ $1 order by id`, [states]);
  return rows.length > 0 ? String(rows[pick % rows.length]?.id) : undefined;
}

async function apply(pick: number, size: number): Promise<unknown> {
  const [id, invoiceId] = [await one('payment', pick, pick % 3 ? 'RECEIVED|PARTLY' : '.'), await one('invoice', size, pick % 4 ? 'POSTED|PARTLY_PAID' : '.')];
  return id && invoiceId ? world.mutate('applyPayment', 'payment { id }', { id, applications: [{ invoiceId, amount: eur(size * 777) }] }) : undefined;
}

async function onInvoice(name: string, pick: number, more: { states?: string; reason?: string } = {}): Promise<unknown> {
  const { states, ...input } = more;
  const id = await one('invoice', pick, pick % 4 ? states : '.');
  return id ? world.mutate(name, 'invoice { id }', { id, ...input }) : undefined;
}

async function walk({ action, pick, size }: Step): Promise<unknown> {
  const { ids } = world;
  if (action === 'work') return world.work(1 + (pick % 3), { minor: size * 333 + pick, projectId: pick % 2 ? ids.project : ids.project2 });
  if (action === 'draft') return world.mutate('draftInvoices', 'actualsTaken', { cutOffDate: '2026-12-31' });
  if (action === 'validate') return onInvoice('validateInvoice', pick, { states: 'DRAFT' });
  if (action === 'post') return onInvoice('postInvoice', pick, { states: 'VALIDATED' });
  if (action === 'cancel') return onInvoice('cancelInvoice', pick);
  if (action === 'credit') return onInvoice('creditInvoice', pick, { reason: 'walk' });
  if (action === 'apply') return apply(pick, size);
  const payment = { customerId: ids.customer, legalEntityId: ids.books, amount: eur(size * 1_000), receivedOn: '2026-03-01' };
  if (action === 'pay') return world.mutate('recordPayment', 'payment { id }', payment);
  const id = await one('payment', pick);
  return id ? world.mutate('reversePayment', 'payment { id }', { id, reason: 'walk' }) : undefined;
}

/** What must hold after any sequence of calls, whichever of them were refused. */
async function invariants(): Promise<Record<string, unknown> | undefined> {
  const [row] = await world.sql`select
    (select coalesce(sum(debit_minor - credit_minor), 0)::int from finance.journal_line) as books,
    (select coalesce(sum(total_minor - paid_minor), 0)::int from finance.invoice where kind = 'INVOICE' and status in ('POSTED', 'PARTLY_PAID')) as open,
    (select coalesce(sum(amount_minor - applied_minor), 0)::int from finance.payment where status <> 'REVERSED') as credit,
    (select coalesce(sum(amount_minor), 0)::int from finance.revenue_event where status = 'RECOGNIZED') as earned,
    (select coalesce(sum(amount_minor), 0)::int from finance.actual where kind = 'UNBILLED_SALES') as worked,
    (select coalesce(sum(amount_minor), 0)::int from finance.actual where kind = 'BILLED_SALES') as billed,
    (select count(*)::int from (select kind from finance.invoice where number <> '' group by kind having count(*) <> max(number_sequence)) as gaps) as gaps,
    (select count(*)::int from (select source_id from finance.actual where kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null group by 1 having count(*) <> 1) as doubles) as doubles,
    (select count(*)::int from finance.actual where kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null
      and (status in ('ON_INVOICE', 'BILLED')) <> exists (select from finance.invoice where invoice.id = actual.invoice_id and invoice.status not in ('CANCELLED', 'CREDITED'))) as astray`;
  return row;
}

test('whatever happens in whatever order: the books balance, and no work is lost or billed twice', { timeout: 240_000 }, async () => {
  const run = async (steps: Step[]) => {
    for (const each of steps) await walk(each);
    const found = await invariants();
    expect(found).toMatchObject({ books: 0, gaps: 0, doubles: 0, astray: 0 });
    expect(await world.balance('RECEIVABLE')).toBe(found?.open);
    expect(await world.balance('CUSTOMER_CREDIT')).toBe(0 - Number(found?.credit));
    expect(await world.balance('REVENUE')).toBe(0 - Number(found?.earned));
    expect(await world.wip()).toBe(Number(found?.worked) - Number(found?.billed));
    const [sources] =
      await world.sql`select count(distinct source_id)::int as worked, count(distinct source_id) filter (where reverses_id is null and reversed_by_id is null)::int as live
      from finance.actual where kind = 'UNBILLED_SALES'`;
    expect(sources?.live).toBe(sources?.worked);
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), run), { numRuns: 12, seed: 20260302, endOnFailure: true });
  const [walked] =
    await world.sql`select (select count(*) from finance.invoice where kind = 'CREDIT_NOTE') > 0 as credited, (select count(*) from finance.invoice where status = 'CANCELLED') > 0 as cancelled,
    (select count(*) from finance.payment_application where reversed_at is null) > 0 as applied, (select count(*) from finance.payment_application where reversed_at is not null) > 0 as bounced`;
  expect(walked).toEqual({ credited: true, cancelled: true, applied: true, bounced: true });
});
