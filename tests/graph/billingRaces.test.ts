import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fiscalPeriodAction } from '#finance/fiscalPeriod/commands.ts';
import { postInvoices } from '#finance/invoice/commands.ts';
import { executeOne } from '#kernel/command.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { allowed } from '../support/subgraph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function numbers(): Promise<number[]> {
  const rows = await world.sql`select number_sequence from finance.invoice where kind = 'INVOICE' and number <> '' order by 1`;
  return rows.map((row) => row.number_sequence);
}

async function validated(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await world.invoiced('VALIDATED', 1)).id);
  return ids;
}

async function periodOf(name: string): Promise<string> {
  const [period] = await world.sql`select id from finance.fiscal_period where name = ${name}`;
  return String(period?.id);
}

const blocked = async () => (await world.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length > 0;

describe('under concurrency', () => {
  test('eight posts at once give gapless numbers', async () => {
    const ids = await validated(8);
    const answers = await Promise.all(ids.map((id) => world.mutate('postInvoice', 'invoice { number }', { id })));
    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([]);
    expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a rollback gives its numbers back, also while others wait for them', async () => {
    const [lost, ...others] = await validated(4);
    const before = await numbers();
    const scope = { actor: allowed, trace: { correlationId: 'race' }, now: world.time.now };
    let waiting: Promise<unknown[]> = Promise.resolve([]);
    const failing = world.db.transaction(async (tx) => {
      const [outcome] = await postInvoices({ ...scope, tx }, [{ id: lost ?? '' }]);
      expect(outcome).toEqual({ id: lost });
      waiting = Promise.all(others.map((id) => world.mutate('postInvoice', 'invoice { number }', { id })));
      throw new Error('after the number was given');
    });
    await expect(failing).rejects.toThrow('after the number was given');
    await waiting;
    const next = (before.at(-1) ?? 0) + 1;
    expect(await numbers()).toEqual([...before, next, next + 1, next + 2]);
    await world.done('postInvoice', 'invoice { number }', { id: lost });
    expect((await numbers()).at(-1)).toBe(next + 3);
  });

  test('bill against bill: no actual is on two invoices, and none is left', async () => {
    const ids = await world.work(200);
    const drafts = await Promise.all(
      Array.from({ length: 6 }, () =>
        world.mutate('draftInvoices', 'actualsTaken results { invoice { id subtotal { amount } } }', { cutOffDate: '2026-12-31' }),
      ),
    );
    expect(drafts.flatMap((draft) => draft.userErrors)).toEqual([]);
    expect(drafts.reduce((sum, draft) => sum + draft.actualsTaken, 0)).toBe(200);
    const [row] =
      await world.sql`select count(*)::int as n, count(distinct invoice_id)::int as invoices from finance.actual where id in ${world.sql(ids)} and status = 'ON_INVOICE'`;
    expect(row).toEqual({ n: 200, invoices: 1 });
    for (const draft of drafts) for (const result of draft.results) await world.done('cancelInvoice', 'invoice { id }', { id: result.invoice.id });
  });

  test('cancel against post: one of them wins', async () => {
    const [id] = await validated(1);
    const [cancel, post] = await Promise.all([
      world.mutate('cancelInvoice', 'invoice { status }', { id }),
      world.mutate('postInvoice', 'invoice { status }', { id }),
    ]);
    expect([...cancel.userErrors, ...post.userErrors].map((error: { code: string }) => error.code)).toEqual(['INVALID_TRANSITION']);
    const [row] =
      await world.sql`select invoice.status, (select count(*) from finance.actual where invoice_id = invoice.id and kind = 'BILLED_SALES')::int as billed from finance.invoice where id = ${id ?? ''}`;
    expect([
      { status: 'POSTED', billed: 201 },
      { status: 'POSTED', billed: 1 },
      { status: 'CANCELLED', billed: 0 },
    ]).toContainEqual(row);
  });

  test('payments race for one invoice: it is never overpaid', async () => {
    const invoice = await world.invoiced('POSTED', 2);
    const payments = await Promise.all(
      Array.from({ length: 6 }, () =>
        world.done('recordPayment', 'payment { id }', {
          customerId: world.ids.customer,
          legalEntityId: world.ids.books,
          amount: eur('100.00'),
          receivedOn: '2026-03-01',
        }),
      ),
    );
    const answers = await Promise.all(
      payments.map(({ payment }) =>
        world.mutate('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId: invoice.id, amount: eur('100.00') }] }),
      ),
    );
    const refused = answers.filter((answer) => answer.userErrors.length > 0);
    const fit = Math.floor(Number(invoice.total.amount) / 100);
    expect(refused).toHaveLength(Math.max(0, 6 - fit));
    expect(refused.every((answer) => answer.userErrors[0].guard === 'neverOverPaid')).toBe(true);
    const [row] =
      await world.sql`select paid_minor = (select sum(amount_minor) from finance.payment_application where invoice_id = invoice.id) as agrees from finance.invoice where id = ${invoice.id}`;
    expect(row?.agrees).toBe(true);
  });

  test('one payment raced for many invoices is never over-applied', async () => {
    const invoices = [await world.invoiced('POSTED', 1), await world.invoiced('POSTED', 1), await world.invoiced('POSTED', 1)];
    const { payment } = await world.done('recordPayment', 'payment { id }', {
      customerId: world.ids.customer,
      legalEntityId: world.ids.books,
      amount: eur('200.00'),
      receivedOn: '2026-03-01',
    });
    const answers = await Promise.all(
      invoices.map((invoice) =>
        world.mutate('applyPayment', 'payment { id }', { id: payment.id, applications: [{ invoiceId: invoice.id, amount: eur('100.00') }] }),
      ),
    );
    expect(answers.flatMap((answer) => answer.userErrors).map((error: { code: string }) => error.code)).toEqual(['INVALID_TRANSITION']);
    const [row] = await world.sql`select status, applied_minor::int as applied from finance.payment where id = ${payment.id}`;
    expect(row).toEqual({ status: 'APPLIED', applied: 20_000 });
  });

  test('close against post: whoever comes second sees what the first did', async () => {
    for (const month of ['06', '07', '08', '09']) {
      const [period] = await world.sql`select id from finance.fiscal_period where name = ${`2026-${month}`}`;
      const [first, late] = await validated(2);
      const invoiceDate = `2026-${month}-15`;
      const [close, post] = await Promise.all([
        world.mutate('closeFiscalPeriod', 'fiscalPeriod { status }', { id: period?.id }),
        world.mutate('postInvoice', 'invoice { number }', { id: first, invoiceDate }),
      ]);
      expect(close).toMatchObject({ fiscalPeriod: { status: 'CLOSED' }, userErrors: [] });
      if (post.userErrors.length > 0) expect(post.userErrors).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'invoiceDate' }]);
      expect((await world.mutate('postInvoice', 'invoice { number }', { id: late, invoiceDate })).userErrors).toMatchObject([{ code: 'PERIOD_CLOSED' }]);
      for (const id of [first, late]) await world.mutate('cancelInvoice', 'invoice { id }', { id });
    }
  });

  test('a post holds its period until it commits: a close cannot slip in between', async () => {
    const [id] = await validated(1);
    const scope = { actor: allowed, trace: { correlationId: 'race' }, now: world.time.now };
    let close: Promise<{ userErrors: unknown[] }> | undefined;
    await world.db.transaction(async (tx) => {
      await postInvoices({ ...scope, tx }, [{ id: id ?? '', invoiceDate: '2026-10-15' }]);
      close = world.mutate('closeFiscalPeriod', 'fiscalPeriod { status }', { id: await periodOf('2026-10') });
      await expect.poll(blocked).toBe(true);
    });
    expect((await close)?.userErrors).toEqual([]);
    const [row] = await world.sql`select number <> '' as posted from finance.invoice where id = ${id ?? ''}`;
    expect(row?.posted).toBe(true);
  });

  test('a journal entry waits for a close, and is then refused', async () => {
    const lines = [
      { account: 'CASH', debit: eur('1.00') },
      { account: 'OTHER', credit: eur('1.00') },
    ];
    let post: Promise<{ userErrors: unknown[] }> | undefined;
    const id = await periodOf('2026-11');
    await world.db.transaction(async (tx) => {
      await executeOne({ actor: allowed, trace: { correlationId: 'race' }, now: world.time.now, tx }, fiscalPeriodAction('close'), { id });
      const draft = { legalEntityId: world.ids.books, postingDate: '2026-11-05', description: 'x', lines };
      const { journalEntry } = await world.done('createJournalEntry', 'journalEntry { id }', draft);
      post = world.mutate('postJournalEntry', 'journalEntry { id }', { id: journalEntry.id });
      await expect.poll(blocked).toBe(true);
    });
    expect((await post)?.userErrors).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'postingDate' }]);
  });

  test('the same key at once posts once', async () => {
    const [id] = await validated(1);
    const before = await numbers();
    const answers = await Promise.all([1, 2, 3, 4].map(() => world.mutate('postInvoice', 'invoice { number } replayed', { id, idempotencyKey: 'twin' })));
    expect(answers.filter((answer) => answer.replayed)).toHaveLength(3);
    expect(new Set(answers.map((answer) => answer.invoice.number)).size).toBe(1);
    expect(await numbers()).toHaveLength(before.length + 1);
  });

  test('after all that the books balance and no number is missing', async () => {
    const [books] =
      await world.sql`select sum(debit_minor - credit_minor)::int as off from finance.journal_line join finance.journal_entry entry on entry.id = journal_entry_id where entry.status = 'POSTED'`;
    expect(books?.off).toBe(0);
    const years =
      await world.sql`select number_year, count(*)::int as n, max(number_sequence)::int as last from finance.invoice where kind = 'INVOICE' and number <> '' group by 1`;
    for (const year of years) expect(year.n).toBe(year.last);
  });
});
