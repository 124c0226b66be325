import type { Draft } from '#kernel/draft.ts';
import { begin } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { notFound } from '#kernel/rows.ts';
import { taxesOfCredit } from '../billing/credit.ts';
import { type EntryLine, invoiceEntry } from '../billing/entries.ts';
import { seriesOf } from '../billing/number.ts';
import { type LoadedPapers, writePaper } from '../document/write.ts';
import { creditNote, invoiceLine } from '../entities.ts';
import { bookEntry, undoEntry } from '../journal/enter.ts';
import type { InvoiceLineRow, InvoiceRow, JournalEntryRow } from '../tables.ts';
import type { CreditPart, StandingLine } from './creditParts.ts';
import { invoiceMachine } from './machine.ts';
import { type LoadedSeries, takeNumber } from './numbers.ts';

/** What a note gives back, with tax, all above zero. */
export type Credit = { parts: readonly CreditPart[]; taxes: ReadonlyMap<string, bigint>; netMinor: bigint; taxMinor: bigint; totalMinor: bigint };

/** Pure: the amounts of a credit, by the parts that were asked for. */
export function creditOf(lines: readonly StandingLine[], parts: readonly CreditPart[]): Credit {
  const taxes = taxesOfCredit(lines, new Map(parts.map(({ line, minor }) => [line.id, minor])));
  const netMinor = parts.reduce((sum, { minor }) => sum + minor, 0n);
  const taxMinor = [...taxes.values()].reduce((sum, minor) => sum + minor, 0n);
  return { parts, taxes, netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

/** What the books hold of invoices that are to be credited. */
export type LoadedBooks = Pick<LoadedPapers, 'legalEntities' | 'particulars'> & {
  entries: ReadonlyMap<string, JournalEntryRow>;
  entryLines: ReadonlyMap<string, readonly EntryLine[]>;
  series: LoadedSeries;
};

type Crediting = { before: InvoiceRow; credit: Credit; reason: string; on: CalendarDate; concession: boolean };
export type WrittenNote = { note: InvoiceRow; lines: InvoiceLineRow[] };

/** The credit note with its lines, its number and its entry: the opposite of the invoice's where it gives back all of it at once. */
export function writeNote(draft: Draft, loaded: LoadedBooks, crediting: Crediting): WrittenNote {
  const { before, credit, on } = crediting;
  const id = draft.context.newId();
  const of = seriesOf(before.legalEntityId, 'CREDIT_NOTE', on);
  const number = takeNumber(draft, loaded.series, { of, entityCode: loaded.legalEntities.get(before.legalEntityId)?.code ?? '' });
  const lines = credit.parts.map((part, index) =>
    noteLine(part, { id: draft.context.newId(), invoiceId: id, tax: credit.taxes.get(part.line.id) ?? 0n, index }),
  );
  const given = { ...noteOf(crediting), ...number, postedAt: draft.context.now, id };
  const about = { postingDate: on, source: 'CREDIT_NOTE', invoiceId: id, description: `Credit note ${number.number} for ${before.number}` } as const;
  const { legalEntityId, customerId } = before;
  const entry = isAllOf(crediting)
    ? undoEntry(draft, { ...originalOf(loaded, before), ...about })
    : bookEntry(draft, { ...about, legalEntityId, customerId, lines: invoiceEntry(given, lines) });
  const note = draft.insert(creditNote, { ...given, journalEntryId: entry.id }, begin(invoiceMachine, 'POSTED'));
  writePaper(draft, note, loaded);
  return { note, lines: lines.map((line) => draft.insert(invoiceLine, line)) };
}

/** True when nothing was given back of the invoice before, and nothing is left of it behind. */
export function isAllOf({ before, credit }: Pick<Crediting, 'before' | 'credit'>): boolean {
  return before.creditedMinor === 0n && credit.parts.every(({ rest }) => rest) && credit.totalMinor === before.totalMinor;
}

function originalOf({ entries, entryLines }: LoadedBooks, { journalEntryId }: InvoiceRow) {
  const original = entries.get(journalEntryId ?? '');
  if (!original) throw notFound('JournalEntry', journalEntryId ?? '');
  return { original, lines: entryLines.get(original.id) ?? [] };
}

type Place = { id: string; invoiceId: string; tax: bigint; index: number };

function noteLine({ line, minor, seconds, work }: CreditPart, { id, invoiceId, tax, index }: Place) {
  const { version: _, createdAt: __, updatedAt: ___, credited: ____, ...same } = line;
  const amounts = { seconds: seconds === null ? null : -seconds, amountMinor: -minor, taxMinor: -tax };
  // What a note gives back of a line is what was asked for: the discount is in that already.
  const undiscounted = { discountMinor: 0n, discountBasisPoints: null, discountBaseMinor: null, discountReason: null };
  return { ...same, ...undiscounted, ...amounts, id, invoiceId, position: index + 1, actualCount: work.length, creditsLineId: line.id };
}

function noteOf({ before, credit, reason, on, concession }: Crediting) {
  const { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency, cutOffDate, purchaseOrderNumber } = before;
  const owner = { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency };
  const dates = { invoiceDate: on, dueDate: on, paymentTermDays: 0, cutOffDate };
  const amounts = { subtotalMinor: -credit.netMinor, taxMinor: -credit.taxMinor, totalMinor: -credit.totalMinor, paidMinor: 0n, creditedMinor: 0n };
  const owed = { writtenOffMinor: 0n, writtenOffOn: null, writeOffReason: null, writeOffEntryId: null };
  const about = { creditsId: before.id, creditReason: reason, creditNoteId: null, concession, purchaseOrderNumber, note: null };
  return { kind: 'CREDIT_NOTE' as const, ...owner, ...dates, ...amounts, ...owed, ...about, taxFailedAt: null, taxFailure: null };
}
