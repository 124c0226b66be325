import type { CreditInvoiceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { demandState, step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { lockRows } from '#kernel/rows.ts';
import { and, inArray } from '#kernel/sql.ts';
import { seriesOf } from '../billing/number.ts';
import { loadNotePapers } from '../document/write.ts';
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
import { books } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { demandOpen, holdPeriods } from '../journal/periods.ts';
import { loadEntries, standingApplications } from '../payment/takeOff.ts';
import { facts } from '../published.ts';
import { creditBilled, recognizeBilled } from '../revenue/asBilled.ts';
import {
  type ActualRow,
  type InvoiceLineRow,
  type InvoiceRow,
  journalEntries,
  payments as paymentRows,
  type RevenueEventRow,
  revenueEvents,
} from '../tables.ts';
import { partsElsewhere } from './claims.ts';
import { type Credit, creditOf, isAllOf, type LoadedBooks, writeNote } from './creditNote.ts';
import { partsOf, standingLines } from './creditParts.ts';
import { freed, type LoadedSettlements } from './creditPayments.ts';
import { invoiceKeys, invoiceSnapshot, stateInvoice } from './facts.ts';
import { billLines, creditActuals, lockBilled } from './ledger.ts';
import { demandInvoice, type LoadedInvoices, linesOf, loadInvoices, noteLinesOf } from './load.ts';
import { invoiceMachine } from './machine.ts';
import { lockSeries } from './numbers.ts';

type Loaded = LoadedInvoices &
  LoadedBooks &
  LoadedSettlements & {
    lines: ReadonlyMap<string, InvoiceLineRow[]>;
    /** What earlier notes gave back, by invoice. */
    noteLines: ReadonlyMap<string, InvoiceLineRow[]>;
    /** What was billed and still counts, by the line that it stands on. */
    billed: ReadonlyMap<string, readonly ActualRow[]>;
    elsewhere: ReadonlyMap<string, string>;
    events: readonly RevenueEventRow[];
  };

/** Today, but never before the invoice. */
const dayOf = (input: CreditInvoiceInput, { invoiceDate }: InvoiceRow, now: Date): CalendarDate => input.creditDate ?? latestOf(dateOf(now), invoiceDate);

/** Gives back a posted invoice, or a part of it, by a credit note with amounts, number and journal entry of its own; gives the note. */
export const creditInvoice: Command<CreditInvoiceInput, Loaded> = {
  may: invoiceMachine.actions.credit.may,
  entities: [invoiceSequence, ...books, payment, paymentApplication, invoiceLine, creditNote, invoiceDocument, actual, reopenedActual, invoice, revenueEvent],
  load,
  decide: (loaded, input, context) => {
    const settled = demandInvoice(loaded, input, context.actor);
    demandState(invoiceMachine, { action: 'credit', actor: context.actor }, settled.status);
    const reason = checkLines('reason', input.reason, 255);
    const on = dayOf(input, settled, context.now);
    demandNotBefore({ date: on, field: 'creditDate' }, { date: settled.invoiceDate, what: `the invoice ${settled.number}` });
    demandOpen(loaded.periods, { legalEntityId: settled.legalEntityId, date: on }, 'creditDate');
    const lines = standingLines(loaded.lines.get(settled.id) ?? [], loaded.noteLines.get(settled.id) ?? []);
    const credit = creditOf(lines, partsOf({ lines, billed: loaded.billed }, input));
    const draft = openDraft(context);
    const excess = settled.paidMinor + settled.creditedMinor + credit.totalMinor - settled.totalMinor;
    const before = input.unapplyPayments && excess > 0n ? freed(draft, loaded, { before: settled, excess, reason, on }) : settled;
    return draft.done(giveBack(draft, loaded, { before, credit, reason, on, concession: input.rebill === false }).id);
  },
};

type Crediting = { before: InvoiceRow; credit: Credit; reason: string; on: CalendarDate; concession: boolean };

function giveBack(draft: Draft, loaded: Loaded, crediting: Crediting): InvoiceRow {
  const { before, credit, on, concession } = crediting;
  const ends = before.creditedMinor + credit.totalMinor === before.totalMinor;
  const subject = { ...before, creditingMinor: credit.totalMinor };
  const by = step(invoiceMachine, { subject, action: ends ? 'credit' : 'creditPart', actor: draft.context.actor });
  const written = writeNote(draft, loaded, crediting);
  const { note } = written;
  const changes = { creditedMinor: before.creditedMinor + credit.totalMinor, creditNoteId: ends ? note.id : null };
  const credited = draft.update(invoice, before, { changes, by });
  const lineIds = new Map(written.lines.map((line) => [line.creditsLineId ?? '', line.id]));
  // What is a part of no piece of work is nothing to bill again.
  const unworked = credit.parts.filter(({ work, rest }) => !rest && work.length === 0).map(({ line }) => line.id);
  billLines(draft, { paper: note, lines: written.lines.filter(({ creditsLineId }) => concession || unworked.includes(creditsLineId ?? '')) });
  if (!concession) creditActuals(draft, takenBack(loaded, credit), { invoice: before, noteId: note.id, on, lineIds, elsewhere: loaded.elsewhere });
  const events = loaded.events.filter((event) => event.invoiceId === before.id);
  if (isAllOf(crediting)) for (const event of events) creditBilled(draft, event);
  else recognizeBilled(draft, note, written.lines);
  state(draft, crediting, { credited, note });
  return note;
}

/** What counts no more of what was billed, by the line of the invoice: pieces of work, and with all that is left of a line what was conceded of it. */
function takenBack({ billed, noteLines }: Loaded, { parts }: Credit): ReadonlyMap<string, readonly ActualRow[]> {
  const notes = [...noteLines.values()].flat();
  return new Map(
    parts.map(({ line, work, rest }) => {
      const own = billed.get(line.id) ?? [];
      if (!rest) return [line.id, own.filter((row) => work.some((each) => each.sourceId === row.sourceId && each.sourceType === row.sourceType))];
      return [line.id, [...own, ...notes.filter(({ creditsLineId }) => creditsLineId === line.id).flatMap(({ id }) => billed.get(id) ?? [])]];
    }),
  );
}

function state(draft: Draft, { credit, reason, concession }: Crediting, { credited, note }: { credited: InvoiceRow; note: InvoiceRow }): void {
  const payload = { ...invoiceSnapshot(credited), creditNoteInvoiceId: note.id, reason };
  const about = { subject: credited, keys: invoiceKeys(credited) };
  if (credited.status === 'CREDITED') {
    draft.state(facts.InvoiceCredited, { ...about, payload });
    return;
  }
  const given = showMoney({ minor: credit.totalMinor, currency: credited.currency });
  draft.state(facts.InvoicePartlyCredited, { ...about, payload: { ...payload, credited: given, concession } });
  if (credited.status === 'PAID') stateInvoice(draft, 'InvoicePaid', credited);
}

async function load(scope: Scope, items: readonly CreditInvoiceInput[]): Promise<Loaded> {
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
  const days = rows.map(({ row, date }) => ({ legalEntityId: row.legalEntityId, date }));
  const periods = await holdPeriods(scope, days);
  return {
    ...{ ...loaded, payments, applications, settling, periods },
    ...(await loadBilled(scope, [...loaded.invoices.values()])),
    ...(await loadNotePapers(scope, [...loaded.invoices.values()])),
    // Last, so that a series is locked for as short as can be.
    series: await lockSeries(
      scope,
      days.map(({ legalEntityId, date }) => seriesOf(legalEntityId, 'CREDIT_NOTE', date)),
    ),
  };
}

async function loadBilled(scope: Scope, rows: readonly InvoiceRow[]) {
  const ids = rows.map((row) => row.id);
  const entries = await lockRows(
    scope,
    journalEntries,
    rows.flatMap((row) => row.journalEntryId ?? []),
  );
  const noteLines = await noteLinesOf(
    scope.tx,
    rows.flatMap((row) => (row.creditedMinor > 0n ? [row.id] : [])),
  );
  const billed = await lockBilled(scope, [...ids, ...[...noteLines.values()].flat().map((line) => line.invoiceId)]);
  const recognized = and(inArray(revenueEvents.invoiceId, ids), wordIn(revenueEvents.status, ['RECOGNIZED']));
  return {
    entries,
    noteLines,
    lines: await linesOf(scope.tx, ids),
    entryLines: await linesOfEntries(scope.tx, [...entries.keys()]),
    billed: Map.groupBy(billed, (row) => row.invoiceLineId ?? ''),
    elsewhere: await partsElsewhere(scope, billed, ids),
    events: ids.length > 0 ? await scope.tx.select().from(revenueEvents).where(recognized).orderBy(revenueEvents.id).for('update') : [],
  };
}
