import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { lineOf } from '../support/footprint.ts';
import type { Json } from '../support/graph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const rounds = [1, 2, 3, 4];
const refusals = (answer: Json): string[] => [...answer.userErrors, ...(answer.results ?? []).flatMap(({ userErrors }: Json) => userErrors)].map(lineOf);
const results = 'replayed succeeded failed results { userErrors { code field guard } }';
const because = (id: string) => ({ items: [{ id, reason: 'race' }] });
const received = (amount: string) => ({ customerId: world.ids.customer, legalEntityId: world.ids.books, amount: eur(amount), receivedOn: '2026-03-01' });

/** What counts of a source, and what took it back. */
async function linesOf(actualId: string): Promise<{ status: string; counts: boolean; reversals: number; invoice: boolean }> {
  const [row] = await world.sql`select actual.status, actual.reversed_by_id is null as counts, actual.invoice_id is not null as invoice,
    (select count(*)::int from finance.actual other where other.reverses_id = actual.id) as reversals from finance.actual where id = ${actualId}`;
  return row as never;
}

/** Whatever was done at once: the books balance, an actual is on one paper at most, and papers add up to their lines. */
async function sound(): Promise<void> {
  const [row] = await world.sql`select
    (select coalesce(sum(debit_minor - credit_minor), 0)::int from finance.journal_line line join finance.journal_entry entry on entry.id = journal_entry_id
      where entry.status = 'POSTED') as off,
    (select count(*)::int from (select reverses_id from finance.actual where reverses_id is not null group by 1 having count(*) > 1) as twice) as twice,
    (select count(*)::int from finance.invoice where subtotal_minor <> (select coalesce(sum(amount_minor), 0) from finance.invoice_line where invoice_id = invoice.id)) as torn,
    (select count(*)::int from finance.actual where kind = 'UNBILLED_SALES' and status = 'ON_INVOICE' and reversed_by_id is not null) as lost,
    (select count(*)::int from finance.payment where applied_minor <> (select coalesce(sum(amount_minor), 0) from finance.payment_application
      where payment_id = payment.id and reversed_at is null)) as misapplied`;
  expect(row).toEqual({ off: 0, twice: 0, torn: 0, lost: 0, misapplied: 0 });
}

describe('of two at once', () => {
  test('who reverses an actual and who drafts it on an invoice, one comes first: it is never both', async () => {
    for (const _ of rounds) {
      const [id = ''] = await world.work(1);
      const wish = { cutOffDate: '2026-12-31', contractIds: [world.ids.contract] };
      const [reversal, draft] = await Promise.all([
        world.mutate('reverseActuals', results, because(id)),
        world.mutate('draftInvoices', 'actualsTaken results { invoice { id } userErrors { code field guard } }', wish),
      ]);
      const line = await linesOf(id);
      if (draft.actualsTaken === 1) {
        expect([line, refusals(reversal)]).toEqual([{ status: 'ON_INVOICE', counts: true, reversals: 0, invoice: true }, ['INVALID_TRANSITION status']]);
        await world.done('cancelInvoice', 'invoice { id }', { id: draft.results[0].invoice.id });
        await world.done('reverseActuals', results, because(id));
      } else expect([line, refusals(reversal)]).toEqual([{ status: 'READY', counts: false, reversals: 1, invoice: false }, []]);
      await sound();
    }
  });

  test('who reverse the same actual, one does and the others learn it', async () => {
    for (const _ of rounds) {
      const [id = ''] = await world.work(1);
      const answers = await Promise.all([1, 2, 3, 4].map(() => world.mutate('reverseActuals', results, because(id))));
      expect(answers.map(refusals).sort()).toEqual([[], ...Array(3).fill(['GUARD_REFUSED stillCounts'])]);
      expect(await linesOf(id)).toMatchObject({ counts: false, reversals: 1 });
    }
    await sound();
  });

  test('who name the same actuals in opposite orders, both come to an end, and each actual is taken back once', async () => {
    const ids = await world.work(40);
    const items = ids.map((id) => ({ id, reason: 'race' }));
    const answers = await Promise.all(
      [items, items.toReversed(), items, items.toReversed()].map((each) => world.mutate('reverseActuals', results, { items: each })),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(ids.length);
    await sound();
  });

  test('who holds and who drafts: what is held is on no invoice', async () => {
    for (const _ of rounds) {
      const [id = ''] = await world.work(1);
      const [held, draft] = await Promise.all([
        world.mutate('holdActuals', results, because(id)),
        world.mutate('draftInvoices', 'actualsTaken results { invoice { id } }', { cutOffDate: '2026-12-31', contractIds: [world.ids.contract] }),
      ]);
      const { status, invoice } = await linesOf(id);
      expect([status, invoice]).toEqual(held.succeeded === 1 ? ['NOT_READY', false] : ['ON_INVOICE', true]);
      expect(draft.actualsTaken + held.succeeded).toBe(1);
      for (const result of draft.results) await world.done('cancelInvoice', 'invoice { id }', { id: result.invoice.id });
      // What came back from the cancelled one must not be the next round's.
      if (draft.actualsTaken === 1) await world.done('holdActuals', results, because(id));
    }
    await sound();
  });

  test('who credits an invoice and who pays it, one is refused', async () => {
    for (const _ of rounds) {
      const { id } = await world.invoiced('POSTED', 1);
      const { payment } = await world.done('recordPayment', 'payment { id }', received('10.00'));
      const [credit, pay] = await Promise.all([
        world.mutate('creditInvoice', 'invoice { id }', { id, reason: 'race' }),
        world.mutate('applyPayment', 'payment { status }', { id: payment.id, applications: [{ invoiceId: id, amount: eur('10.00') }] }),
      ]);
      expect([refusals(credit), refusals(pay)].filter((each) => each.length > 0)).toHaveLength(1);
      const [row] =
        await world.sql`select status, paid_minor::int as paid, (select count(*)::int from finance.invoice note where note.credits_id = invoice.id) as notes
        from finance.invoice where id = ${id}`;
      expect(row).toEqual(refusals(pay).length > 0 ? { status: 'CREDITED', paid: 0, notes: 1 } : { status: 'PARTLY_PAID', paid: 1_000, notes: 0 });
      await sound();
    }
  });

  test('who takes a payment back and who applies it: nothing stays settled by money that is gone', async () => {
    for (const _ of rounds) {
      const { id } = await world.invoiced('POSTED', 1);
      const { payment } = await world.done('recordPayment', 'payment { id }', received('10.00'));
      const [reverse, apply] = await Promise.all([
        world.mutate('reversePayment', 'payment { status }', { id: payment.id, reason: 'race' }),
        world.mutate('applyPayment', 'payment { status }', { id: payment.id, applications: [{ invoiceId: id, amount: eur('10.00') }] }),
      ]);
      expect(refusals(reverse)).toEqual([]);
      expect([[], ['INVALID_TRANSITION status']]).toContainEqual(refusals(apply));
      const [row] = await world.sql`select payment.status, applied_minor::int as applied, paid_minor::int as paid, invoice.status as invoice
        from finance.payment, finance.invoice where payment.id = ${payment.id} and invoice.id = ${id}`;
      expect(row).toEqual({ status: 'REVERSED', applied: 0, paid: 0, invoice: 'POSTED' });
      await sound();
    }
  });

  test('who credit the same invoice, one note is written, and the numbers of notes have no gap', async () => {
    const { id } = await world.invoiced('POSTED', 1);
    const answers = await Promise.all([1, 2, 3].map(() => world.mutate('creditInvoice', 'invoice { number }', { id, reason: 'race' })));
    expect(answers.map(refusals).sort()).toEqual([[], ['INVALID_TRANSITION status'], ['INVALID_TRANSITION status']]);
    const [row] = await world.sql`select count(*)::int as n, max(number_sequence)::int as last from finance.invoice where kind = 'CREDIT_NOTE'`;
    expect(row?.n).toBe(row?.last);
    await sound();
  });

  test('who post an entry by hand and who changes its lines: what is posted is what was judged', async () => {
    for (const _ of rounds) {
      const lines = (amount: string) => [
        { account: 'CASH', debit: eur(amount) },
        { account: 'OTHER', credit: eur(amount) },
      ];
      const entry = { legalEntityId: world.ids.books, postingDate: '2026-03-01', description: 'race', lines: lines('1.00') };
      const { id } = (await world.done('createJournalEntry', 'journalEntry { id }', entry)).journalEntry;
      const [post, update] = await Promise.all([
        world.mutate('postJournalEntry', 'journalEntry { id }', { id }),
        world.mutate('updateJournalEntry', 'journalEntry { id }', { id, lines: lines('2.00').slice(0, 1) }),
      ]);
      const outcome = [refusals(post), refusals(update)];
      expect([
        [[], ['INVALID_TRANSITION status']],
        [['GUARD_REFUSED balanced'], []],
      ]).toContainEqual(outcome);
    }
    await sound();
  });

  test('who recognize the same revenue, it is recognized once', async () => {
    const term = { contractId: world.ids.contract, method: 'STRAIGHT_LINE', startDate: '2026-02-01', endDate: '2026-02-28', total: eur('300.00') };
    const [{ id }] = (await world.done('scheduleRevenue', 'revenueEvents { id }', term)).revenueEvents;
    await world.done('submitRevenueEvent', 'revenueEvent { id }', { id });
    const answers = await Promise.all([1, 2, 3].map(() => world.mutate('recognizeRevenueEvent', 'revenueEvent { id }', { id })));
    expect(answers.map(refusals).sort()).toEqual([[], ['INVALID_TRANSITION status'], ['INVALID_TRANSITION status']]);
    const [row] = await world.sql`select count(*)::int as n from finance.journal_entry where revenue_event_id = ${id}`;
    expect(row?.n).toBe(1);
    await sound();
  });
});

describe('two bulk upserts of the same things', () => {
  const upserts: [string, string, (n: number, name: string) => object][] = [
    ['upsertCostCenters', 'costCenter', (n, name) => ({ legalEntityId: world.ids.books, code: `CC${n}`, name })],
    ['upsertTaxProfiles', 'taxProfile', (n, name) => ({ legalEntityId: world.ids.books, code: `TP${n}`, name })],
    ['upsertLegalEntities', 'legalEntity', (n, name) => ({ code: `LE${n}`, name, currency: 'EUR', countryCode: 'DE' })],
    ['upsertRateCards', 'rateCard', (n, name) => ({ kind: 'SALES', scope: 'NAMED', currency: 'EUR', name: `${name} ${n}` })],
  ];

  test.each(upserts)('in opposite orders make each thing once, and change it without a deadlock: %s', async (mutation, entity, fields) => {
    const items = (name: string) =>
      Array.from({ length: 12 }, (_, n) => ({ externalRef: { system: 'race', externalId: `${entity} ${n}` }, ...fields(n, name) }));
    const select = `succeeded results { ${entity} { id version } userErrors { code field guard } }`;
    await world.done(mutation, select, { items: items('first') });
    for (const round of rounds) {
      const name = `round ${round}`;
      const calls = [items(name), items(name).toReversed(), items(name), items(name).toReversed()];
      const answers = await Promise.all(calls.map((each) => world.mutate(mutation, select, { items: each })));
      expect(answers.flatMap(refusals)).toEqual([]);
      const found = answers.flatMap((answer) => answer.results.map((result: Json) => `${result[entity].id} ${result[entity].version}`));
      // Who comes first changes them, the others find them as they want them.
      expect(new Set(found).size).toBe(12);
      expect(found.every((each) => each.endsWith(` ${round + 1}`))).toBe(true);
    }
  });

  test.each(upserts)('that nobody knew before are made once: %s', async (mutation, entity, fields) => {
    const items = Array.from({ length: 6 }, (_, n) => ({ externalRef: { system: 'new', externalId: `${entity} ${n}` }, ...fields(100 + n, 'new') }));
    const select = `succeeded results { ${entity} { id } userErrors { code field guard } }`;
    const answers = await Promise.all([items, items.toReversed()].map((each) => world.mutate(mutation, select, { items: each })));
    const [row] =
      await world.sql`select count(*)::int as n, count(distinct entity_id)::int as entities from finance.external_ref where system = 'new' and external_id like ${`${entity} %`}`;
    expect(row).toEqual({ n: 6, entities: 6 });
    // Who lost may be told so, and finds them on the next call.
    expect(answers.flatMap(refusals).filter((each) => !/^(DUPLICATE_EXTERNAL_REF|VALIDATION_FAILED)/.test(each))).toEqual([]);
    const again = await world.done(mutation, select, { items });
    expect(again.succeeded).toBe(6);
  });
});

describe('a key', () => {
  test.each<[string, string, () => object]>([
    ['recordPayment', 'payment { id }', () => received('3.00')],
    [
      'scheduleRevenue',
      'revenueEvents { id }',
      () => ({ contractId: world.ids.contract, method: 'STRAIGHT_LINE', startDate: '2026-08-01', endDate: '2026-08-31', total: eur('5.00') }),
    ],
    ['createRateCard', 'rateCard { id }', () => ({ name: 'Twin', kind: 'SALES', scope: 'NAMED', currency: 'EUR' })],
    ['createFiscalPeriods', 'fiscalPeriods { id }', () => ({ legalEntityId: world.ids.books, firstYear: 2030 })],
  ])('that several send at once has one effect, and all get its answer: %s', async (mutation, select, input) => {
    const given = { idempotencyKey: newId(), ...input() };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => world.mutate(mutation, `replayed ${select}`, given)));
    expect(answers.flatMap(refusals)).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ replayed: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    const other = await world.mutate(mutation, 'replayed', {
      ...given,
      ...(mutation === 'createFiscalPeriods' ? { firstYear: 2031 } : {}),
      ...('amount' in given ? { amount: eur('4.00') } : {}),
      ...('name' in given ? { name: 'Other' } : {}),
      ...('total' in given ? { total: eur('6.00') } : {}),
    });
    expect(refusals(other)).toEqual(['IDEMPOTENCY_KEY_REUSED idempotencyKey']);
  });
});
