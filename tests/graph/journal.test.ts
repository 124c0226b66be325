import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import { plantCorruption } from '../support/corruption.ts';
import { portalOf } from '../support/subgraph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const pair = (amount: string) => [
  { account: 'COST_OF_SERVICES', debit: eur(amount) },
  { account: 'ACCRUED_COST', credit: eur(amount) },
];
const draft = async (lines: unknown[] = pair('10.00'), more = {}) =>
  (
    await world.done('createJournalEntry', 'journalEntry { id version }', {
      legalEntityId: world.ids.books,
      postingDate: '2026-03-01',
      description: 'Accrual',
      lines,
      ...more,
    })
  ).journalEntry;

describe('a journal entry', () => {
  test('is created, changed, posted, and undone by its opposite', async () => {
    const { id } = await draft();
    const fields =
      'journalEntry { version status source description availableActions { name refusals } lines { totalCount nodes { position account debit { amount } credit { amount } note } } }';
    const lines = [...pair('7.50'), { account: 'REVENUE', debit: eur('1.00'), note: 'moved' }, { account: 'OTHER', credit: eur('1.00') }];
    const { journalEntry: changed } = await world.done('updateJournalEntry', fields, { id, expectedVersion: 1, description: 'Better', lines });
    expect(changed).toMatchObject({
      version: 2,
      status: 'DRAFT',
      source: 'MANUAL',
      description: 'Better',
      lines: { totalCount: 4 },
      availableActions: [
        { name: 'update', refusals: [] },
        { name: 'post', refusals: [] },
      ],
    });
    expect(changed.lines.nodes[2]).toEqual({ position: 3, account: 'REVENUE', debit: { amount: '1.00' }, credit: { amount: '0.00' }, note: 'moved' });
    const facts = await world.facts();
    const { journalEntry: posted } = await world.done('postJournalEntry', 'journalEntry { status postedAt availableActions { name refusals } }', { id });
    expect(posted).toEqual({ status: 'POSTED', postedAt: '2026-03-02T09:00:00.000Z', availableActions: [{ name: 'reverse', refusals: [] }] });
    expect((await world.facts()).slice(facts.length)).toEqual(['JournalPosted']);
    const { journalEntry: reversal } = await world.done(
      'reverseJournalEntry',
      'journalEntry { id source postingDate description reverses { id reversedBy { source } } lines { nodes { credit { amount } } } }',
      { id, postingDate: '2026-03-15' },
    );
    expect(reversal).toMatchObject({
      source: 'REVERSAL',
      postingDate: '2026-03-15',
      description: 'Reversal: Better',
      reverses: { id, reversedBy: { source: 'REVERSAL' } },
    });
    expect(reversal.lines.nodes.map((line: { credit: { amount: string } }) => line.credit.amount)).toEqual(['7.50', '0.00', '1.00', '0.00']);
    expect(await world.balance('REVENUE')).toBe(0);
    expect((await world.mutate('reverseJournalEntry', 'journalEntry { id }', { id })).userErrors).toMatchObject([{ guard: 'notReversed' }]);
    expect((await world.mutate('reverseJournalEntry', 'journalEntry { id }', { id: reversal.id })).userErrors).toMatchObject([{ guard: 'notReversed' }]);
    expect((await world.mutate('updateJournalEntry', 'journalEntry { id }', { id, description: 'x' })).userErrors).toMatchObject([
      { code: 'INVALID_TRANSITION' },
    ]);
  });

  test('may be off balance as a draft, and says so', async () => {
    const { id } = await draft([
      { account: 'CASH', debit: eur('5.00') },
      { account: 'OTHER', credit: eur('4.00') },
    ]);
    const posted = await world.mutate('postJournalEntry', 'journalEntry { id }', { id });
    expect(posted.userErrors).toMatchObject([
      { code: 'GUARD_REFUSED', guard: 'balanced', message: 'Debits are 1.00 EUR higher. They must be equal per currency and legal entity.' },
    ]);
    const read = await world.ok('query ($id: ID!) { journalEntry(id: $id) { availableActions { name refusals } } }', { variables: { id } });
    expect(read.journalEntry.availableActions[1].refusals[0]).toMatch(/^balanced: Debits are 1.00 EUR higher/);
  });

  test('refuses lines that make no sense, each with its reason', async () => {
    const input = { legalEntityId: world.ids.books, postingDate: '2026-03-01', description: 'x' };
    const errors = async (lines: unknown[], more = {}) =>
      (await world.mutate('createJournalEntry', 'journalEntry { id }', { ...input, lines, ...more })).userErrors;
    expect(await errors([])).toMatchObject([{ field: 'lines' }]);
    expect(await errors([{ account: 'CASH' }])).toMatchObject([{ field: 'lines' }]);
    expect(await errors([{ account: 'CASH', debit: eur('1.00'), credit: eur('1.00') }])).toMatchObject([{ field: 'lines' }]);
    expect(await errors([{ account: 'CASH', debit: eur('-1.00') }])).toMatchObject([{ field: 'lines' }]);
    expect(await errors([{ account: 'CASH', debit: eur('1.001') }])).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
    expect(await errors(pair('1.00'), { legalEntityId: newId() })).toMatchObject([{ code: 'NOT_FOUND', field: 'legalEntityId' }]);
    expect(await errors([{ account: 'CASH', debit: eur('1.00'), projectId: newId() }])).toMatchObject([{ code: 'NOT_FOUND', field: 'lines.projectId' }]);
    expect(await errors(pair('1.00'), { customerId: 'nonsense' })).toMatchObject([{ code: 'NOT_FOUND', field: 'customerId' }]);
  });

  test('made by a document is undone by its document', async () => {
    const invoice = await world.invoiced('POSTED');
    const { invoice: read } = await world.ok('query ($id: ID!) { invoice(id: $id) { journalEntry { id availableActions { name refusals } } } }', {
      variables: { id: invoice.id },
    });
    expect(read.journalEntry.availableActions[0].refusals[0]).toMatch(/^notFromDocument/);
    expect((await world.mutate('reverseJournalEntry', 'journalEntry { id }', { id: read.journalEntry.id })).userErrors).toMatchObject([
      { guard: 'notFromDocument' },
    ]);
  });

  test('needs an open period', async () => {
    const { id } = await draft(pair('1.00'), { postingDate: '2031-01-01' });
    expect((await world.mutate('postJournalEntry', 'journalEntry { id }', { id })).userErrors).toMatchObject([{ code: 'PERIOD_CLOSED', field: 'postingDate' }]);
  });

  test('is found by its filters; the trial balance is zero, on any day', async () => {
    const { ids } = world;
    const query = `query ($books: ID!, $customer: ID!, $contract: ID!) {
      found: journalEntries(filter: { statuses: [POSTED], sources: [INVOICE], legalEntityIds: [$books], customerIds: [$customer], contractIds: [$contract], accounts: [RECEIVABLE], postingDateFrom: "2026-03-01", postingDateTo: "2026-03-31" }, orderBy: { field: CREATED_AT, direction: ASC }) { totalCount nodes { invoice { number } customer { id } legalEntity { code } lines(filter: { accounts: [REVENUE] }) { nodes { contract { id } project { id } journalEntry { source } legalEntity { code } } } } }
      trialBalance(legalEntityId: $books) { asOf legalEntity { code } accounts { account debit { amount } credit { amount } balance { amount } } sums { amount currency } }
      early: trialBalance(legalEntityId: $books, asOf: "2026-01-01") { accounts { account } sums { amount } }
      none: trialBalance(legalEntityId: $customer) { asOf } }`;
    const data = await world.ok(query, { variables: { books: ids.books, customer: ids.customer, contract: ids.contract } });
    expect(data.found.nodes).toMatchObject([
      {
        invoice: { number: 'NL-INV-2026-000001' },
        customer: { id: ids.customer },
        legalEntity: { code: 'NL' },
        lines: { nodes: [{ contract: { id: ids.contract }, project: { id: ids.project }, journalEntry: { source: 'INVOICE' } }] },
      },
    ]);
    expect(data.trialBalance).toMatchObject({ asOf: null, legalEntity: { code: 'NL' }, sums: [{ amount: '0.00', currency: 'EUR' }] });
    expect(data.trialBalance.accounts.find((row: { account: string }) => row.account === 'RECEIVABLE')).toEqual({
      account: 'RECEIVABLE',
      debit: { amount: '242.00' },
      credit: { amount: '0.00' },
      balance: { amount: '242.00' },
    });
    expect(data.early).toEqual({ accounts: [], sums: [] });
    expect(data.none).toBeNull();
  });

  test('is hidden from clients, whatever their token says', async () => {
    const actor = { ...portalOf(world.ids.customer), permissions: ['*'] };
    const data = await world.ok(
      'query ($books: ID!) { journalEntries { totalCount } revenueEvents { totalCount } trialBalance(legalEntityId: $books) { accounts { account } } }',
      { variables: { books: world.ids.books }, actor },
    );
    expect(data).toEqual({ journalEntries: { totalCount: 0 }, revenueEvents: { totalCount: 0 }, trialBalance: { accounts: [] } });
    expect(
      (
        await world.mutate(
          'createJournalEntry',
          'journalEntry { id }',
          { legalEntityId: world.ids.books, postingDate: '2026-03-01', description: 'x', lines: pair('1.00') },
          actor,
        )
      ).userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('the database itself', () => {
  const insertEntry = (id: string, status = 'DRAFT', date = '2026-03-01') =>
    plantCorruption(world.sql)`insert into finance.journal_entry (id, legal_entity_id, posting_date, description, status, source, posted_at)
      values (${id}, ${world.ids.books}, ${date}, 'raw', ${status}, 'MANUAL', ${status === 'POSTED' ? '2026-03-01' : null})`;
  const line = (entry: string, minor: number, position: number) => ({
    id: newId(),
    journal_entry_id: entry,
    position,
    legal_entity_id: world.ids.books,
    account: 'CASH',
    debit_minor: Math.max(minor, 0),
    credit_minor: Math.max(-minor, 0),
    currency: 'EUR',
  });
  const posted = async () => {
    const { id } = await draft();
    await world.done('postJournalEntry', 'journalEntry { id }', { id });
    return id;
  };

  test('refuses a posted entry that is off balance, at commit', async () => {
    const id = newId();
    const attempt = world.sql.begin(async (sql) => {
      await plantCorruption(
        sql,
      )`insert into finance.journal_entry (id, legal_entity_id, posting_date, description, source) values (${id}, ${world.ids.books}, '2026-03-01', 'raw', 'MANUAL')`;
      await plantCorruption(sql)`insert into finance.journal_line ${sql([line(id, 100, 1), line(id, -99, 2)])}`;
      await plantCorruption(sql)`update finance.journal_entry set status = 'POSTED', posted_at = now() where id = ${id}`;
    });
    await expect(attempt).rejects.toMatchObject({ code: '23514', constraint_name: 'journal_balanced' });
    await expect(insertEntry(newId(), 'POSTED')).rejects.toMatchObject({ constraint_name: 'journal_balanced' });
  });

  test('refuses a side that is both, neither or negative', async () => {
    const id = newId();
    await insertEntry(id);
    for (const [debit, credit] of [
      [0, 0],
      [1, 1],
      [-1, 0],
    ] as const) {
      const row = { ...line(id, 1, 1), debit_minor: debit, credit_minor: credit };
      await expect(plantCorruption(world.sql)`insert into finance.journal_line ${world.sql(row)}`).rejects.toMatchObject({
        constraint_name: 'journal_line_side',
      });
    }
  });

  test('never lets a posted entry or its lines change', async () => {
    const id = await posted();
    const { sql } = world;
    const immutable = { code: 'AC002', constraint_name: 'journal_posted_is_final' };
    await expect(plantCorruption(sql)`update finance.journal_entry set description = 'other' where id = ${id}`).rejects.toMatchObject(immutable);
    await expect(plantCorruption(sql)`update finance.journal_entry set status = 'DRAFT' where id = ${id}`).rejects.toMatchObject(immutable);
    await expect(plantCorruption(sql)`delete from finance.journal_entry where id = ${id}`).rejects.toMatchObject(immutable);
    await expect(plantCorruption(sql)`update finance.journal_line set debit_minor = 1 where journal_entry_id = ${id}`).rejects.toMatchObject(immutable);
    await expect(plantCorruption(sql)`delete from finance.journal_line where journal_entry_id = ${id}`).rejects.toMatchObject(immutable);
    await expect(plantCorruption(sql)`insert into finance.journal_line ${sql(line(id, 1, 9))}`).rejects.toMatchObject(immutable);
    const other = newId();
    await insertEntry(other);
    await plantCorruption(sql)`insert into finance.journal_line ${sql(line(other, 1, 9))}`;
    await expect(plantCorruption(sql)`update finance.journal_line set journal_entry_id = ${id} where journal_entry_id = ${other}`).rejects.toMatchObject(
      immutable,
    );
  });

  test('refuses to post where no period is open', async () => {
    await expect(insertEntry(newId(), 'POSTED', '2031-01-01')).rejects.toMatchObject({ code: 'AC001' });
    const [december] = await world.sql`select id from finance.fiscal_period where name = '2026-12'`;
    await world.done('closeFiscalPeriod', 'fiscalPeriod { id }', { id: december?.id });
    await expect(insertEntry(newId(), 'POSTED', '2026-12-05')).rejects.toMatchObject({ code: 'AC001' });
  });

  test('keeps posted invoices, payments and revenue as they are, and numbers without gaps', async () => {
    const { id } = await world.invoiced('POSTED');
    const { sql } = world;
    const final = { code: 'AC002' };
    await expect(
      plantCorruption(sql)`update finance.invoice set total_minor = total_minor + 1, subtotal_minor = subtotal_minor + 1 where id = ${id}`,
    ).rejects.toMatchObject(final);
    await expect(plantCorruption(sql)`update finance.invoice set number = 'X' where id = ${id}`).rejects.toMatchObject(final);
    await expect(plantCorruption(sql)`delete from finance.invoice where id = ${id}`).rejects.toMatchObject(final);
    await expect(plantCorruption(sql)`update finance.invoice_line set amount_minor = 1 where invoice_id = ${id}`).rejects.toMatchObject(final);
    await expect(plantCorruption(sql)`update finance.revenue_event set amount_minor = 1 where invoice_id = ${id}`).rejects.toMatchObject(final);
    const draftId = (await world.invoiced('VALIDATED')).id;
    await expect(plantCorruption(sql)`update finance.invoice set subtotal_minor = 1, total_minor = 1 + tax_minor where id = ${draftId}`).rejects.toMatchObject({
      constraint_name: 'invoice_is_sum_of_lines',
    });
    const post = (sequence: number) => plantCorruption(
      sql,
    )`update finance.invoice set status = 'POSTED', number = 'N', number_year = 2026, number_sequence = ${sequence}, posted_at = now(),
      journal_entry_id = (select journal_entry_id from finance.invoice where id = ${id}) where id = ${draftId}`;
    await expect(post(999)).rejects.toMatchObject({ constraint_name: 'invoice_is_in_the_books' });
    const entry = newId();
    const gap = sql.begin(async (tx) => {
      const [owed] = await tx`select total_minor::int as minor, currency from finance.invoice where id = ${draftId}`;
      await plantCorruption(
        tx,
      )`insert into finance.journal_entry (id, legal_entity_id, posting_date, description, source, invoice_id) values (${entry}, ${world.ids.books}, '2026-03-01', 'raw', 'INVOICE', ${draftId})`;
      await plantCorruption(
        tx,
      )`insert into finance.journal_line ${tx([{ ...line(entry, owed?.minor, 1), account: 'RECEIVABLE' }, line(entry, -owed?.minor, 2)])}`;
      await plantCorruption(tx)`update finance.journal_entry set status = 'POSTED', posted_at = now() where id = ${entry}`;
      await plantCorruption(
        tx,
      )`update finance.invoice set status = 'POSTED', number = 'N', number_year = 2026, number_sequence = 99, posted_at = now(), journal_entry_id = ${entry} where id = ${draftId}`;
    });
    await expect(gap).rejects.toMatchObject({ constraint_name: 'invoice_numbers_gapless' });
  });
});
