import type { CreditInvoiceInput } from '#generated/finance.ts';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { insertRow, insertRows, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { invoiceNumber, seriesOf } from '../billing/number.ts';
import { holdPeriods } from '../journal/periods.ts';
import { reverseEntries } from '../journal/post.ts';
import { demandLegalEntities } from '../known.ts';
import { facts } from '../published.ts';
import { reverseBilled } from '../revenue/asBilled.ts';
import { type InvoiceLineRow, type InvoiceRow, invoiceLines, invoices, journalEntries } from '../tables.ts';
import { lockInvoice } from './change.ts';
import { linesOf } from './judge.ts';
import { creditActuals } from './ledger.ts';
import { invoiceMachine } from './machine.ts';
import { nextNumbers } from './numbers.ts';
import { invoiceKeys, invoiceSnapshot } from './tell.ts';

/** Ends a posted invoice by a credit note, which it gives: opposite amounts, number and journal entry of its own. */
export async function creditInvoice(scope: Scope, input: CreditInvoiceInput): Promise<InvoiceRow> {
  const invoice = await lockInvoice(scope, input);
  const status = stepTo(invoiceMachine, { subject: invoice, action: 'credit', actor: scope.actor });
  const reason = checkText('reason', input.reason);
  const on = input.creditDate ?? dateOf(scope.now);
  const judge = await holdPeriods(scope, [{ legalEntityId: invoice.legalEntityId, date: on }]);
  const closed = judge({ legalEntityId: invoice.legalEntityId, date: on }, 'creditDate');
  if (closed) throw closed;
  const draft = await writeNote(scope, { invoice, reason, on });
  const lines = await writeNoteLines(scope, invoice, draft);
  const note = await postNote(scope, invoice, draft);
  const credited = await saveRow(scope, invoices, { row: invoice, changes: { status, creditNoteId: note.id } });
  await creditActuals(scope, { invoice, creditNoteId: note.id, on, lines });
  await reverseBilled(scope, invoice);
  const payload = { ...invoiceSnapshot(credited), creditNoteInvoiceId: note.id, reason };
  await record(scope, facts.InvoiceCredited, { subject: credited, keys: invoiceKeys(credited), payload });
  return note;
}

function writeNote(scope: Scope, { invoice, reason, on }: { invoice: InvoiceRow; reason: string; on: CalendarDate }): Promise<InvoiceRow> {
  const { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency, cutOffDate, purchaseOrderNumber } = invoice;
  const owner = { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency };
  const dates = { invoiceDate: on, dueDate: on, paymentTermDays: 0, cutOffDate };
  const amounts = { subtotalMinor: -invoice.subtotalMinor, taxMinor: -invoice.taxMinor, totalMinor: -invoice.totalMinor };
  const about = { creditsId: invoice.id, creditReason: reason, purchaseOrderNumber };
  return insertRow(scope, invoices, { id: newId(scope.now.getTime()), kind: 'CREDIT_NOTE', status: 'VALIDATED', ...owner, ...dates, ...amounts, ...about });
}

async function writeNoteLines(scope: Scope, invoice: InvoiceRow, note: InvoiceRow): Promise<{ original: InvoiceLineRow; credit: { id: string } }[]> {
  const originals = (await linesOf(scope.tx, [invoice.id])).get(invoice.id) ?? [];
  const pairs = originals.map((original) => ({ original, credit: { id: newId(scope.now.getTime()) } }));
  const rows = pairs.map(({ original, credit }) => {
    const { version: _, createdAt: __, updatedAt: ___, ...line } = original;
    const seconds = line.seconds === null ? null : -line.seconds;
    return { ...line, ...credit, invoiceId: note.id, seconds, amountMinor: -line.amountMinor, taxMinor: -line.taxMinor };
  });
  await insertRows(scope, invoiceLines, rows);
  return pairs;
}

async function postNote(scope: Scope, invoice: InvoiceRow, note: InvoiceRow): Promise<InvoiceRow> {
  const code = (await demandLegalEntities(scope, [note.legalEntityId])).get(note.legalEntityId)?.code ?? '';
  const original = (await rowsById(scope.tx, journalEntries, [invoice.journalEntryId ?? ''])).get(invoice.journalEntryId ?? '');
  if (!original) throw notFound('JournalEntry', invoice.journalEntryId ?? '');
  const [paper] = await nextNumbers(scope, [{ series: seriesOf(note.legalEntityId, 'CREDIT_NOTE', note.invoiceDate) }]);
  if (!paper) throw new Error('the series gave no number');
  const number = invoiceNumber(code, paper.series, paper.sequence);
  const about = { postingDate: note.invoiceDate, source: 'CREDIT_NOTE' as const, invoiceId: note.id };
  const [entry] = await reverseEntries(scope, [{ original, ...about, description: `Credit note ${number} for ${invoice.number}` }]);
  const posting = { number, numberYear: paper.series.year, numberSequence: paper.sequence, journalEntryId: entry?.id, postedAt: scope.now };
  return saveRow(scope, invoices, { row: note, changes: { status: 'POSTED', ...posting } });
}
