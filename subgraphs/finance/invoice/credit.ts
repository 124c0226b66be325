import type { CreditInvoiceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { begin, step } from '#kernel/machine.ts';
import { type CalendarDate, dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { and, eq, inArray } from '#kernel/sql.ts';
import type { EntryLine } from '../billing/entries.ts';
import { seriesOf } from '../billing/number.ts';
import { type LoadedPapers, loadNotePapers, writePaper } from '../document/write.ts';
import {
  actual,
  creditNote,
  invoice,
  invoiceDocument,
  invoiceLine,
  invoiceSequence,
  payment,
  paymentApplication,
  reopenedActual,
  revenueEvent,
} from '../entities.ts';
import { books, undoEntry } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type LoadedEntries, lastPosted, loadEntries, standingApplications, takeOff } from '../payment/takeOff.ts';
import { freePayment } from '../payment/unapply.ts';
import { facts } from '../published.ts';
import { creditBilled } from '../revenue/asBilled.ts';
import {
  type ActualRow,
  type InvoiceLineRow,
  type InvoiceRow,
  type JournalEntryRow,
  journalEntries,
  type PaymentApplicationRow,
  type PaymentRow,
  payments as paymentRows,
  type RevenueEventRow,
  revenueEvents,
} from '../tables.ts';
import { invoiceKeys, invoiceSnapshot } from './facts.ts';
import { creditActuals, lockBilled } from './ledger.ts';
import { demandInvoice, type LoadedInvoices, linesOf, loadInvoices } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { type LoadedSeries, lockSeries, takeNumber } from './numbers.ts';

type Loaded = LoadedInvoices &
  Omit<LoadedPapers, 'rates'> & {
    lines: ReadonlyMap<string, InvoiceLineRow[]>;
    periods: PeriodJudge;
    entries: ReadonlyMap<string, JournalEntryRow>;
    entryLines: ReadonlyMap<string, readonly EntryLine[]>;
    billed: readonly ActualRow[];
    events: readonly RevenueEventRow[];
    series: LoadedSeries;
    /** What settled the invoices whose callers want it off: payments are locked before the invoices, as applying them does. */
    payments: Map<string, PaymentRow>;
    applications: readonly PaymentApplicationRow[];
    settling: LoadedEntries;
  };

/** Today, but never before the invoice. */
const dayOf = (input: CreditInvoiceInput, { invoiceDate }: InvoiceRow, now: Date): CalendarDate => input.creditDate ?? latestOf(dateOf(now), invoiceDate);

/** Ends a posted invoice by a credit note, which it gives: opposite amounts, number and journal entry of its own. */
export const creditInvoice: Command<CreditInvoiceInput, Loaded> = {
  may: invoiceMachine.actions.credit.may,
  entities: [invoiceSequence, ...books, payment, paymentApplication, invoiceLine, creditNote, invoiceDocument, actual, reopenedActual, invoice, revenueEvent],
  load: async (scope, items) => {
    const freeing = items.flatMap(({ id, unapplyPayments }) => (unapplyPayments && isId(id) ? [id] : []));
    const payers = (await standingApplications(scope, 'invoiceId', freeing)).map(({ paymentId }) => paymentId);
    const payments = await lockRows(scope, paymentRows, payers);
    const loaded = await loadInvoices(scope, items);
    const applications = (await standingApplications(scope, 'invoiceId', freeing)).filter(({ paymentId }) => payments.has(paymentId));
    const settling = await loadEntries(
      scope,
      applications.map(({ journalEntryId }) => journalEntryId),
    );
    const rows = items.flatMap((item) => {
      const row = loaded.invoices.get(item.id);
      return row ? [{ row, date: dayOf(item, row, scope.now) }] : [];
    });
    const ids = [...loaded.invoices.keys()];
    const periods = await holdPeriods(
      scope,
      rows.map(({ row, date }) => ({ legalEntityId: row.legalEntityId, date })),
    );
    const entries = await lockRows(
      scope,
      journalEntries,
      rows.flatMap(({ row }) => row.journalEntryId ?? []),
    );
    const recognized = and(inArray(revenueEvents.invoiceId, ids), eq(revenueEvents.status, 'RECOGNIZED'));
    return {
      ...loaded,
      payments,
      applications,
      settling,
      periods,
      entries,
      lines: await linesOf(scope.tx, ids),
      entryLines: await linesOfEntries(scope.tx, [...entries.keys()]),
      billed: ids.length > 0 ? await lockBilled(scope, ids) : [],
      events: ids.length > 0 ? await scope.tx.select().from(revenueEvents).where(recognized).orderBy(revenueEvents.id).for('update') : [],
      ...(await loadNotePapers(scope, [...loaded.invoices.values()])),
      series: await lockSeries(
        scope,
        rows.map(({ row, date }) => seriesOf(row.legalEntityId, 'CREDIT_NOTE', date)),
      ),
    };
  },
  decide: (loaded, input, context) => {
    const settled = demandInvoice(loaded, input, context.actor);
    const reason = checkLines('reason', input.reason, 255);
    const on = dayOf(input, settled, context.now);
    demandNotBefore({ date: on, field: 'creditDate' }, { date: settled.invoiceDate, what: `the invoice ${settled.number}` });
    demandOpen(loaded.periods, { legalEntityId: settled.legalEntityId, date: on }, 'creditDate');
    const draft = openDraft(context);
    const before = input.unapplyPayments ? freed(draft, loaded, { before: settled, reason, on }) : settled;
    const by = step(invoiceMachine, { subject: before, action: 'credit', actor: context.actor });
    const { note, lineIds } = writeNote(draft, loaded, { before, reason, on });
    const credited = draft.update(invoice, before, { changes: { creditNoteId: note.id }, by });
    const lines = [...lineIds.keys()];
    creditActuals(
      draft,
      loaded.billed.filter((row) => lines.includes(row.invoiceLineId ?? '')),
      { invoice: before, noteId: note.id, on, lineIds },
    );
    for (const event of loaded.events) if (event.invoiceId === before.id) creditBilled(draft, event);
    const payload = { ...invoiceSnapshot(credited), creditNoteInvoiceId: note.id, reason };
    draft.state(facts.InvoiceCredited, { subject: credited, keys: invoiceKeys(credited), payload });
    return draft.done(note.id);
  },
};

type Crediting = { before: InvoiceRow; reason: string; on: CalendarDate };

/** The invoice without what payments settled of it: that is the customer's credit again, for another invoice or to be paid back. */
function freed(draft: Draft, loaded: Loaded, { before, reason, on }: Crediting): InvoiceRow {
  const own = loaded.applications.filter(({ invoiceId }) => invoiceId === before.id);
  let invoice = before;
  for (const [paymentId, applications] of Map.groupBy(own, (each) => each.paymentId)) {
    const payment = loaded.payments.get(paymentId);
    if (!payment) throw new Error('an application without its payment');
    demandNotBefore({ date: on, field: 'creditDate' }, { date: lastPosted(loaded.settling, applications, on), what: 'what payments settled of it' });
    const taken = takeOff(draft, { ...loaded.settling, invoices: new Map([[invoice.id, invoice]]) }, { applications, postingDate: on });
    loaded.payments.set(paymentId, freePayment(draft, { payment, taken, reason }));
    invoice = taken[0]?.invoice ?? invoice;
  }
  return invoice;
}

/** The credit note with its lines, its number and its entry; and which line credits which. */
function writeNote(draft: Draft, loaded: Loaded, { before, reason, on }: Crediting): { note: InvoiceRow; lineIds: Map<string, string> } {
  const id = draft.context.newId();
  const of = seriesOf(before.legalEntityId, 'CREDIT_NOTE', on);
  const number = takeNumber(draft, loaded.series, { of, entityCode: loaded.legalEntities.get(before.legalEntityId)?.code ?? '' });
  const original = loaded.entries.get(before.journalEntryId ?? '');
  if (!original) throw notFound('JournalEntry', before.journalEntryId ?? '');
  const about = { postingDate: on, source: 'CREDIT_NOTE', invoiceId: id, description: `Credit note ${number.number} for ${before.number}` } as const;
  const entry = undoEntry(draft, { original, lines: loaded.entryLines.get(original.id) ?? [], ...about });
  const posted = { ...number, journalEntryId: entry.id, postedAt: draft.context.now };
  const note = draft.insert(creditNote, { ...noteOf(before, { reason, on }), ...posted, id }, begin(invoiceMachine, 'POSTED'));
  writePaper(draft, note, loaded);
  const lineIds = new Map<string, string>();
  for (const { id: lineId, version: _, createdAt: __, updatedAt: ___, ...line } of loaded.lines.get(before.id) ?? []) {
    const amounts = { seconds: line.seconds === null ? null : -line.seconds, amountMinor: -line.amountMinor, taxMinor: -line.taxMinor };
    lineIds.set(lineId, draft.insert(invoiceLine, { ...line, ...amounts, id: draft.context.newId(), invoiceId: id }).id);
  }
  return { note, lineIds };
}

function noteOf(before: InvoiceRow, { reason, on }: Omit<Crediting, 'before'>) {
  const { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency, cutOffDate, purchaseOrderNumber } = before;
  const owner = { customerId, engagementId, contractId, legalEntityId, taxProfileId, currency };
  const dates = { invoiceDate: on, dueDate: on, paymentTermDays: 0, cutOffDate };
  const amounts = { subtotalMinor: -before.subtotalMinor, taxMinor: -before.taxMinor, totalMinor: -before.totalMinor, paidMinor: 0n };
  const about = { creditsId: before.id, creditReason: reason, creditNoteId: null, purchaseOrderNumber, note: null, taxFailedAt: null, taxFailure: null };
  return { kind: 'CREDIT_NOTE' as const, ...owner, ...dates, ...amounts, ...about };
}
