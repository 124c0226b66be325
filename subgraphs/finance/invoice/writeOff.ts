import type { ReverseWriteOffInput, WriteOffInvoiceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { demandState, step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { type EntryLine, writeOffEntry } from '../billing/entries.ts';
import { invoice } from '../entities.ts';
import { bookEntry, books, undoEntry } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { type InvoiceRow, type JournalEntryRow, journalEntries } from '../tables.ts';
import { invoiceKeys, invoiceSnapshot } from './facts.ts';
import { type Asked, demandInvoice, type LoadedInvoices, loadInvoices } from './load.ts';
import { invoiceMachine, leftOf } from './machine.ts';

type Loaded = LoadedInvoices & { periods: PeriodJudge };

const writtenOn = ({ writtenOffOn }: WriteOffInvoiceInput, { invoiceDate }: InvoiceRow, now: Date): CalendarDate =>
  writtenOffOn ?? latestOf(dateOf(now), invoiceDate);

/** Gives up what is open of an invoice: Dr bad debt, Cr receivable. The claim stays the customer's debt, and the write-off can be reversed. */
export const writeOffInvoice: Command<WriteOffInvoiceInput, Loaded> = {
  may: invoiceMachine.actions.writeOff.may,
  entities: [...books, invoice],
  load: (scope, items) => loadOn(scope, items, writtenOn),
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'writeOff', actor: context.actor });
    const reason = checkLines('reason', input.reason, 255);
    const on = writtenOn(input, before, context.now);
    demandNotBefore({ date: on, field: 'writtenOffOn' }, { date: before.invoiceDate, what: `the invoice ${before.number}` });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: on }, 'writtenOffOn');
    const draft = openDraft(context);
    const minor = leftOf(before);
    const { id, legalEntityId, customerId, number, currency } = before;
    const about = { legalEntityId, customerId, invoiceId: id, postingDate: on, description: `Write-off of ${number}: ${reason}`.slice(0, 255) };
    const entry = bookEntry(draft, { ...about, source: 'WRITE_OFF', lines: writeOffEntry(before, minor) });
    const changes = { writtenOffMinor: minor, writtenOffOn: on, writeOffReason: reason, writeOffEntryId: entry.id };
    const row = draft.update(invoice, before, { changes, by });
    const writtenOff = showMoney({ minor, currency });
    draft.state(facts.InvoiceWrittenOff, { subject: row, keys: invoiceKeys(row), payload: { ...invoiceSnapshot(row), writtenOff, reason } });
    return draft.done(id);
  },
};

type Reversing = Loaded & { entries: ReadonlyMap<string, JournalEntryRow>; entryLines: ReadonlyMap<string, readonly EntryLine[]> };

const reversedOn = ({ reversedOn: given }: ReverseWriteOffInput, { writtenOffOn }: InvoiceRow, now: Date): CalendarDate =>
  given ?? latestOf(dateOf(now), writtenOffOn ?? dateOf(now));

/** What was written off is open again, as when the customer pays after all: the opposite entry. */
export const reverseWriteOff: Command<ReverseWriteOffInput, Reversing> = {
  may: invoiceMachine.actions.reverseWriteOff.may,
  entities: [...books, invoice],
  load: async (scope, items) => {
    const loaded = await loadOn(scope, items, reversedOn);
    const ids = [...loaded.invoices.values()].flatMap((row) => row.writeOffEntryId ?? []);
    const entries = await lockRows(scope, journalEntries, ids);
    return { ...loaded, entries, entryLines: await linesOfEntries(scope.tx, [...entries.keys()]) };
  },
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    demandState(invoiceMachine, { action: 'reverseWriteOff', actor: context.actor }, before.status);
    const reason = checkLines('reason', input.reason, 255);
    const on = reversedOn(input, before, context.now);
    if (before.writtenOffOn) demandNotBefore({ date: on, field: 'reversedOn' }, { date: before.writtenOffOn, what: 'the write-off' });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: on }, 'reversedOn');
    const original = loaded.entries.get(before.writeOffEntryId ?? '');
    if (!original) throw notFound('JournalEntry', before.writeOffEntryId ?? '');
    const draft = openDraft(context);
    undoEntry(draft, { original, lines: loaded.entryLines.get(original.id) ?? [], postingDate: on });
    const by = step(invoiceMachine, { subject: before, action: 'reverseWriteOff', actor: context.actor });
    const changes = { writtenOffMinor: 0n, writtenOffOn: null, writeOffReason: null, writeOffEntryId: null };
    const row = draft.update(invoice, before, { changes, by });
    const writtenOff = showMoney({ minor: before.writtenOffMinor, currency: before.currency });
    draft.state(facts.WriteOffReversed, { subject: row, keys: invoiceKeys(row), payload: { ...invoiceSnapshot(row), writtenOff, reason } });
    return draft.done(row.id);
  },
};

/** The invoices, with the periods of the days on which something is to be booked of them. */
async function loadOn<Item extends Asked>(
  scope: Scope,
  items: readonly Item[],
  dayOf: (item: Item, row: InvoiceRow, now: Date) => CalendarDate,
): Promise<Loaded> {
  const loaded = await loadInvoices(scope, items);
  const days = items.flatMap((item) => {
    const row = loaded.invoices.get(item.id);
    return row ? [{ legalEntityId: row.legalEntityId, date: dayOf(item, row, scope.now) }] : [];
  });
  return { ...loaded, periods: await holdPeriods(scope, days) };
}
