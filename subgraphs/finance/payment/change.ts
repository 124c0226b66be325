import type { ReversePaymentInput, UpdatePaymentInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { and, asc, inArray, isNull } from '#kernel/sql.ts';
import type { EntryLine } from '../billing/entries.ts';
import { invoice as invoiceEntity, paymentApplication, payment as paymentEntity } from '../entities.ts';
import { invoiceMachine } from '../invoice/machine.ts';
import { undoEntry } from '../journal/enter.ts';
import { linesOfEntries } from '../journal/lines.ts';
import { holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { externalRefs, invoices, type JournalEntryRow, journalEntries, type PaymentApplicationRow, type PaymentRow, paymentApplications } from '../tables.ts';
import { appliedEntities, type LoadedInvoices } from './apply.ts';
import { paymentKeys, paymentSnapshot } from './facts.ts';
import { demandPayment, type LoadedPayments, loadPayments } from './load.ts';
import { paymentMachine } from './machine.ts';

/** Changes what a payment says beside its amount. */
export const updatePayment: Command<UpdatePaymentInput, LoadedPayments> = {
  may: 'payment:write',
  entities: [paymentEntity],
  load: loadPayments,
  decide: (loaded, { reference, method, externalRefs: refs, ...asked }, context) => {
    const before = demandPayment(loaded, asked, context.actor);
    if (method === null) throw new Refused('VALIDATION_FAILED', 'A payment has a method; OTHER is one.', { field: 'method' });
    const text = reference ? checkLines('reference', reference, 255) : reference;
    const draft = openDraft(context);
    draft.update(paymentEntity, before, { changes: { reference: text, method } });
    draft.link({ refs: externalRefs, entity: paymentEntity, id: before.id }, refs);
    return draft.done(before.id);
  },
};

/** The entry of a payment and those of what stands settled by it. */
function entriesOf(payment: PaymentRow, { entries, applications }: Pick<Loaded, 'entries' | 'applications'>): JournalEntryRow[] {
  return [payment.journalEntryId, ...(applications.get(payment.id) ?? []).map((each) => each.journalEntryId)].map((id) => {
    const entry = entries.get(id);
    if (!entry) throw new Error('a payment without its journal entry');
    return entry;
  });
}

type Loaded = LoadedPayments &
  LoadedInvoices & {
    /** What stands applied, by payment. */
    applications: ReadonlyMap<string, PaymentApplicationRow[]>;
    entries: ReadonlyMap<string, JournalEntryRow>;
    lines: ReadonlyMap<string, EntryLine[]>;
    periods: PeriodJudge;
  };

/** Takes a payment back: opposite entries for it and for all that it settled, whose invoices are open again. */
export const reversePayment: Command<ReversePaymentInput, Loaded> = {
  may: paymentMachine.actions.reverse.may,
  entities: appliedEntities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const ids = [...loaded.payments.keys()];
    const notReversed = and(inArray(paymentApplications.paymentId, ids), isNull(paymentApplications.reversedAt));
    const applied = ids.length === 0 ? [] : await scope.tx.select().from(paymentApplications).where(notReversed).orderBy(asc(paymentApplications.id));
    const invoiceIds = applied.map((each) => each.invoiceId);
    const held = await lockRows(scope, invoices, invoiceIds);
    const byPayment = Map.groupBy(applied, (each) => each.paymentId);
    const entryIds = [...[...loaded.payments.values()].map((row) => row.journalEntryId), ...applied.map((each) => each.journalEntryId)];
    const entries = await lockRows(scope, journalEntries, entryIds);
    const lines = await linesOfEntries(scope.tx, [...entries.keys()]);
    const days = items.flatMap((item) => {
      const row = loaded.payments.get(item.id);
      if (!row) return [];
      const date = item.reversedOn ?? latestOf(dateOf(scope.now), ...entriesOf(row, { entries, applications: byPayment }).map((entry) => entry.postingDate));
      return [{ legalEntityId: row.legalEntityId, date }];
    });
    const periods = await holdPeriods(scope, days);
    return { ...loaded, invoices: held, applications: byPayment, entries, lines, periods };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    const by = step(paymentMachine, { subject: before, action: 'reverse', actor: context.actor });
    const reversalReason = checkLines('reason', input.reason, 255);
    const applications = loaded.applications.get(before.id) ?? [];
    const originals = entriesOf(before, loaded);
    const last = latestOf(before.receivedOn, ...originals.map((entry) => entry.postingDate));
    const postingDate = input.reversedOn ?? latestOf(dateOf(context.now), last);
    demandNotBefore({ date: postingDate, field: 'reversedOn' }, { date: last, what: 'what the payment did' });
    const closed = loaded.periods({ legalEntityId: before.legalEntityId, date: postingDate }, 'reversedOn');
    if (closed) throw closed;
    const draft = openDraft(context);
    for (const original of originals) undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate });
    for (const application of applications) draft.update(paymentApplication, application, { changes: { reversedAt: context.now } });
    for (const [invoiceId, own] of Map.groupBy(applications, (each) => each.invoiceId)) {
      const invoice = loaded.invoices.get(invoiceId);
      if (!invoice) throw new Error('an application without its invoice');
      const minor = own.reduce((sum, each) => sum + each.amountMinor, 0n);
      const unsettled = step(invoiceMachine, { subject: { ...invoice, settlingMinor: -minor }, action: 'unsettle', actor: context.actor });
      draft.update(invoiceEntity, invoice, { changes: { paidMinor: invoice.paidMinor - minor }, by: unsettled });
    }
    const row = draft.update(paymentEntity, before, { changes: { appliedMinor: 0n, reversalReason }, by });
    draft.state(facts.PaymentReversed, { subject: row, keys: paymentKeys(row), payload: { ...paymentSnapshot(row), reason: reversalReason } });
    return draft.done(row.id);
  },
};
