import { describe, expect, test } from 'vitest';
import { createJournalEntry, postJournalEntry, reverseJournalEntry, updateJournalEntry } from '#finance/journal/commands.ts';
import type { JournalEntryRow, JournalLineRow } from '#finance/tables.ts';
import { Refused } from '#kernel/errors.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';

const [books, other, entryId, customer, contract, project] = [id(21), id(22), id(81), id(11), id(31), id(41)];
const context = contextOf();
const usd = (amount: string) => ({ amount, currency: 'USD' });

const entry = (more: Partial<JournalEntryRow> = {}): JournalEntryRow => ({
  ...{ ...stamp, id: entryId, legalEntityId: books, postingDate: '2026-03-02', description: 'Rent', status: 'DRAFT', source: 'MANUAL' },
  ...{ customerId: null, invoiceId: null, paymentId: null, revenueEventId: null, reversesId: null, reversedById: null, postedAt: null },
  ...more,
});
const line = (n: number, debit: bigint, credit: bigint, more: Partial<JournalLineRow> = {}): JournalLineRow => ({
  ...{ ...stamp, id: id(800 + n), journalEntryId: entryId, position: n, legalEntityId: books, account: n % 2 ? 'OTHER' : 'CASH' },
  ...{ debitMinor: debit, creditMinor: credit, currency: 'USD', customerId: null, contractId: null, projectId: null, note: null },
  ...more,
});
const balanced = [line(1, 500n, 0n), line(2, 0n, 500n)];

const loaded = (row = entry(), { lines = balanced, closed = false } = {}) => ({
  entries: new Map([[entryId, row]]),
  lines: new Map([[entryId, lines]]),
  referred: { Customer: new Set([customer]), LegalEntity: new Set([books, other]), Contract: new Set([contract]), Project: new Set([project]) },
  periods: () => (closed ? new Refused('PERIOD_CLOSED', 'February is CLOSED.', { field: 'postingDate' }) : undefined),
});

describe('an entry by hand', () => {
  const input = {
    legalEntityId: books,
    postingDate: '2026-03-02',
    description: 'Rent',
    lines: [
      { account: 'OTHER', debit: usd('5') },
      { account: 'CASH', credit: usd('5') },
    ],
  };
  const create = (more: object, by = context) => outcomeOf(() => createJournalEntry.decide(loaded(), { ...input, ...more } as never, by));

  test.each([
    ['is drafted with its lines', {}, ['new JournalEntry DRAFT v1', 'new JournalLine v1', 'new JournalLine v1']],
    ['may be off balance while it is a draft', { lines: [{ account: 'CASH', debit: usd('5') }] }, ['new JournalEntry DRAFT v1', 'new JournalLine v1']],
    ['needs a description', { description: ' ' }, 'VALIDATION_FAILED description'],
    ['needs lines', { lines: [] }, 'VALIDATION_FAILED lines'],
    ['takes a thousand lines at most', { lines: Array(1001).fill(input.lines[0]) }, 'VALIDATION_FAILED lines'],
    ['takes one side a line', { lines: [{ account: 'CASH', debit: usd('5'), credit: usd('5') }] }, 'VALIDATION_FAILED lines'],
    ['takes no line without a side', { lines: [{ account: 'CASH' }] }, 'VALIDATION_FAILED lines'],
    ['takes no amount below zero', { lines: [{ account: 'CASH', debit: usd('-5') }] }, 'VALIDATION_FAILED lines'],
    ['takes no parts of a cent', { lines: [{ account: 'CASH', debit: usd('0.001') }] }, 'VALIDATION_FAILED lines'],
    ['knows its legal entity', { legalEntityId: id(9) }, 'NOT_FOUND legalEntityId'],
    ['knows its lines’ legal entities', { lines: [{ account: 'CASH', debit: usd('5'), legalEntityId: id(9) }] }, 'NOT_FOUND legalEntityId'],
    ['knows its customer', { customerId: id(9) }, 'NOT_FOUND customerId'],
    ['knows its contract', { lines: [{ account: 'CASH', debit: usd('5'), contractId: id(9) }] }, 'NOT_FOUND lines.contractId'],
    ['knows its project', { lines: [{ account: 'CASH', debit: usd('5'), projectId: id(9) }] }, 'NOT_FOUND lines.projectId'],
  ])('%s', (_, more, then) => expect(create(more)).toEqual(then));

  test('of a customer is about that customer in every line', () => {
    const rows = writtenBy(createJournalEntry.decide(loaded(), { ...input, customerId: customer } as never, context));
    expect(rows.map((row) => row.customerId)).toEqual([customer, customer, customer]);
    expect(rows.slice(1).map((row) => row.position)).toEqual([1, 2]);
  });

  test('is not for whoever is confined to customers, but of theirs', () => {
    const confined = contextOf(['journal:write'], { customerIds: [customer] });
    expect(create({}, confined)).toBe('NOT_FOUND id');
    expect(create({ customerId: customer }, confined)).toHaveLength(3);
  });

  test.each([
    ['changes its words', entry(), { description: 'Rent of March' }, ['JournalEntry DRAFT v2']],
    [
      'changes its lines',
      entry(),
      { lines: [{ account: 'CASH', debit: usd('1') }] },
      ['- JournalLine', '- JournalLine', 'new JournalLine v1', 'JournalEntry DRAFT v2'],
    ],
    ['has a date', entry(), { postingDate: null }, 'VALIDATION_FAILED postingDate'],
    ['is changed by who saw it last', entry(), { expectedVersion: 7 }, 'STALE_VERSION expectedVersion'],
    ['is final once it is posted', entry({ status: 'POSTED' }), { description: 'x' }, 'INVALID_TRANSITION status'],
  ])('%s', (_, row, more, then) => expect(outcomeOf(() => updateJournalEntry.decide(loaded(row), { id: entryId, ...more } as never, context))).toEqual(then));

  test.each([
    ['is posted when it balances', loaded(), ['JournalEntry POSTED v2', '+ JournalPosted']],
    ['is refused off balance', loaded(entry(), { lines: [line(1, 5n, 0n), line(2, 0n, 4n)] }), 'GUARD_REFUSED balanced'],
    ['is refused without lines', loaded(entry(), { lines: [] }), 'GUARD_REFUSED balanced'],
    ['balances per currency', loaded(entry(), { lines: [line(1, 5n, 0n), line(2, 0n, 5n, { currency: 'EUR' })] }), 'GUARD_REFUSED balanced'],
    ['balances per legal entity', loaded(entry(), { lines: [line(1, 5n, 0n), line(2, 0n, 5n, { legalEntityId: other })] }), 'GUARD_REFUSED balanced'],
    ['is refused in a closed period', loaded(entry(), { closed: true }), 'PERIOD_CLOSED postingDate'],
    ['is posted once', loaded(entry({ status: 'POSTED' })), 'INVALID_TRANSITION status'],
  ])('%s', (_, state, then) => expect(outcomeOf(() => postJournalEntry.decide(state, { id: entryId, idempotencyKey: 'k' }, context))).toEqual(then));

  test('says its total when it is posted', () => {
    expect(statedBy(postJournalEntry.decide(loaded(), { id: entryId, idempotencyKey: 'k' }, context))).toMatchObject([
      { journalEntryId: entryId, total: usd('5.00'), postedOn: '2026-03-02' },
    ]);
  });
});

describe('undoing an entry', () => {
  const posted = (more: Partial<JournalEntryRow> = {}) => entry({ status: 'POSTED', postedAt: context.now, ...more });
  const undo = (row: JournalEntryRow, more = {}, state = {}) => reverseJournalEntry.decide(loaded(row, state), { id: entryId, ...more } as never, context);

  test('books the opposite, and tells the original', () => {
    const decision = undo(posted());
    expect(outcomeOf(() => decision)).toEqual([
      'new JournalEntry DRAFT v1',
      'new JournalLine v1',
      'new JournalLine v1',
      'JournalEntry POSTED v2',
      '+ JournalPosted',
      'JournalEntry POSTED v2',
    ]);
    const rows = writtenBy(decision);
    expect(rows.slice(1, 3).map((row) => [row.account, row.debitMinor, row.creditMinor])).toEqual([
      ['OTHER', 0n, 500n],
      ['CASH', 500n, 0n],
    ]);
    expect(rows[0]).toMatchObject({ source: 'REVERSAL', reversesId: entryId, description: 'Reversal: Rent' });
    expect(rows.at(-1)).toMatchObject({ id: entryId, reversedById: decision.id });
  });

  test.each([
    ['a draft', entry(), {}, 'INVALID_TRANSITION status'],
    ['what was undone', posted({ reversedById: id(82) }), {}, 'GUARD_REFUSED notReversed'],
    ['what undoes', posted({ reversesId: id(82), source: 'REVERSAL' }), {}, 'GUARD_REFUSED notReversed'],
    ['what a document made', posted({ source: 'INVOICE' }), {}, 'GUARD_REFUSED notFromDocument'],
    ['into a closed period', posted(), { closed: true }, 'PERIOD_CLOSED postingDate'],
  ])('refuses %s', (_, row, state, then) => expect(outcomeOf(() => undo(row, {}, state))).toBe(then));

  test('takes another day and other words', () => {
    expect(writtenBy(undo(posted(), { postingDate: '2026-03-31', description: 'Oops' }))[0]).toMatchObject({ postingDate: '2026-03-31', description: 'Oops' });
  });
});
