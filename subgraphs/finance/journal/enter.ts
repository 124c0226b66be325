import { serviceActor } from '#kernel/actor.ts';
import type { Draft } from '#kernel/draft.ts';
import { begin, step, type Transition } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { JournalSource } from '../billing/accounts.ts';
import { differenceOf, type EntryLine, opposite } from '../billing/entries.ts';
import { journalEntry, journalLine } from '../entities.ts';
import { facts } from '../published.ts';
import type { JournalEntryRow } from '../tables.ts';
import { journalEntryMachine } from './machine.ts';

/** What writes entries: they come before what refers to them. */
export const books = [journalEntry, journalLine] as const;

export type Entry = {
  /** Given when what it belongs to names it before it exists. */
  id?: string;
  legalEntityId: string;
  postingDate: CalendarDate;
  description: string;
  source: JournalSource;
  customerId?: string | null | undefined;
  invoiceId?: string | null | undefined;
  paymentId?: string | null | undefined;
  revenueEventId?: string | null | undefined;
  reversesId?: string | null | undefined;
  lines: readonly EntryLine[];
};

/** Drafts an entry with its lines; it may be off balance until it is posted. */
export function draftEntry(draft: Draft, { id = draft.context.newId(), lines, ...entry }: Entry): JournalEntryRow {
  const { customerId = null, invoiceId = null, paymentId = null, revenueEventId = null, reversesId = null } = entry;
  const about = { customerId, invoiceId, paymentId, revenueEventId, reversesId, reversedById: null, postedAt: null };
  const row = draft.insert(journalEntry, { ...entry, ...about, id }, begin(journalEntryMachine, 'DRAFT'));
  addLines(draft, row, lines);
  return row;
}

/** The lines of an entry, numbered from 1; each is about the entry's customer. */
export function addLines(draft: Draft, entry: JournalEntryRow, lines: readonly EntryLine[]): void {
  for (const [index, line] of lines.entries()) {
    const { account, debitMinor, creditMinor, currency, legalEntityId, contractId = null, projectId = null, note = null } = line;
    const about = { journalEntryId: entry.id, customerId: entry.customerId, position: index + 1 };
    draft.insert(journalLine, { ...about, account, debitMinor, creditMinor, currency, legalEntityId, contractId, projectId, note });
  }
}

/** Whoever posts a document was asked for the document's permission; its entry follows from it. */
export const bookkeeper = serviceActor('books');

/** Puts an entry of a document into the books. */
export function bookEntry(draft: Draft, entry: Entry): JournalEntryRow {
  return postEntry(draft, { row: draftEntry(draft, entry), lines: entry.lines, actor: bookkeeper });
}

type Posting = { row: JournalEntryRow; lines: readonly EntryLine[]; actor: typeof bookkeeper };

/** DRAFT to POSTED. */
export function postEntry(draft: Draft, { row: before, lines, actor }: Posting): JournalEntryRow {
  const by = step(journalEntryMachine, { subject: { ...before, difference: differenceOf(lines) }, action: 'post', actor });
  const row = draft.update(journalEntry, before, { changes: { postedAt: draft.context.now }, by });
  const { id, customerId, legalEntityId, postingDate, description } = row;
  const currency = lines[0]?.currency ?? '';
  const minor = lines.filter((line) => line.currency === currency).reduce((sum, line) => sum + line.debitMinor, 0n);
  draft.state(facts.JournalPosted, {
    subject: row,
    keys: { customerId, legalEntityId },
    payload: { journalEntryId: id, legalEntityId, number: null, postedOn: postingDate, description, total: showMoney({ minor, currency }) },
  });
  return row;
}

/** What undoes a posted entry; `invoiceId` and the like are the original's unless given. */
export type Undoing = Partial<Omit<Entry, 'lines' | 'reversesId' | 'legalEntityId'>> & {
  original: JournalEntryRow;
  lines: readonly EntryLine[];
  /** Where somebody asked for the reversal itself. */
  by?: Transition<'DRAFT' | 'POSTED'> | undefined;
};

/** Books the opposite of a posted entry that its caller has locked; the original only learns who undid it. */
export function undoEntry(draft: Draft, { original, lines, by, ...changed }: Undoing): JournalEntryRow {
  const { legalEntityId, postingDate, customerId, invoiceId, paymentId, revenueEventId } = original;
  const kept = { legalEntityId, postingDate, customerId, invoiceId, paymentId, revenueEventId };
  const description = `Reversal: ${original.description}`.slice(0, 255);
  const entry = { source: 'REVERSAL' as const, description, ...kept, ...changed, reversesId: original.id, lines: opposite(lines) };
  const row = bookEntry(draft, entry);
  draft.update(journalEntry, original, { changes: { reversedById: row.id }, ...(by ? { by } : {}) });
  return row;
}
