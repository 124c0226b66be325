import type { UnapplyPaymentInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { invoice as invoiceEntity, payment as paymentEntity } from '../entities.ts';
import { invoiceKeys } from '../invoice/facts.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { invoices, type PaymentApplicationRow, type PaymentRow } from '../tables.ts';
import { appliedEntities, type LoadedInvoices } from './apply.ts';
import { paymentKeys, paymentSnapshot } from './facts.ts';
import { demandPayment, type LoadedPayments, loadPayments } from './load.ts';
import { paymentMachine } from './machine.ts';
import { type LoadedEntries, lastPosted, loadEntries, standingApplications, type TakenOff, takeOff } from './takeOff.ts';

type Loaded = LoadedPayments & LoadedInvoices & LoadedEntries & { applications: ReadonlyMap<string, PaymentApplicationRow[]>; periods: PeriodJudge };

/** Takes off invoices what a payment settled of them; the money stays, as the customer's credit. */
export const unapplyPayment: Command<UnapplyPaymentInput, Loaded> = {
  may: paymentMachine.actions.unapply.may,
  entities: appliedEntities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const applied = await standingApplications(scope, 'paymentId', [...loaded.payments.keys()]);
    const held = await lockRows(
      scope,
      invoices,
      applied.map((each) => each.invoiceId),
    );
    const books = await loadEntries(
      scope,
      applied.map((each) => each.journalEntryId),
    );
    const applications = Map.groupBy(applied, (each) => each.paymentId);
    const days = items.flatMap((item) => {
      const row = loaded.payments.get(item.id);
      if (!row) return [];
      return [{ legalEntityId: row.legalEntityId, date: dayOf(item, scope.now, lastPosted(books, applications.get(row.id) ?? [], row.receivedOn)) }];
    });
    return { ...loaded, ...books, invoices: held, applications, periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    // A payment that settles nothing is refused as such, before anything is said of its invoices.
    step(paymentMachine, { subject: { ...before, applyingMinor: -before.appliedMinor }, action: 'unapply', actor: context.actor });
    const reason = checkLines('reason', input.reason, 255);
    const applications = wantedOf(loaded.applications.get(before.id) ?? [], input);
    const last = lastPosted(loaded, applications, before.receivedOn);
    const postingDate = dayOf(input, context.now, last);
    demandNotBefore({ date: postingDate, field: 'unappliedOn' }, { date: last, what: 'what it settled' });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: postingDate }, 'unappliedOn');
    const draft = openDraft(context);
    const taken = takeOff(draft, loaded, { applications, postingDate });
    return draft.done(freePayment(draft, { payment: before, taken, reason }).id);
  },
  absorb: (loaded, decision) => {
    absorbRows(loaded.payments, decision, paymentEntity);
    absorbRows(loaded.invoices, decision, invoiceEntity);
  },
};

function dayOf({ unappliedOn }: UnapplyPaymentInput, now: Date, last: CalendarDate): CalendarDate {
  return unappliedOn ?? latestOf(dateOf(now), last);
}

/** What stands applied to the invoices that are named, or to all. */
function wantedOf(standing: readonly PaymentApplicationRow[], { invoiceIds }: UnapplyPaymentInput): PaymentApplicationRow[] {
  const field = 'invoiceIds';
  const settles = new Set(standing.map((each) => each.invoiceId));
  const other = invoiceIds?.find((id) => !settles.has(id));
  if (other) throw new Refused('NOT_FOUND', `The payment settles nothing of an invoice with the id ${other}.`, { field });
  const wanted = standing.filter((each) => !invoiceIds || invoiceIds.includes(each.invoiceId));
  if (wanted.length === 0) throw new Refused('VALIDATION_FAILED', 'Name the invoices, or leave invoiceIds out for all.', { field });
  return wanted;
}

/** The payment without what was taken off its invoices, which is the customer's credit again. */
export function freePayment(draft: Draft, { payment, taken, reason }: { payment: PaymentRow; taken: readonly TakenOff[]; reason: string }): PaymentRow {
  const freed = taken.reduce((sum, { minor }) => sum + minor, 0n);
  const by = step(paymentMachine, { subject: { ...payment, applyingMinor: -freed }, action: 'unapply', actor: draft.context.actor });
  const row = draft.update(paymentEntity, payment, { changes: { appliedMinor: payment.appliedMinor - freed }, by });
  for (const { invoice, minor } of taken) {
    const about = { invoiceId: invoice.id, unappliedFromInvoice: showMoney({ minor, currency: row.currency }), reason };
    const keys = { ...paymentKeys(row), engagementId: invoiceKeys(invoice).engagementId };
    draft.state(facts.PaymentUnapplied, { subject: row, keys, payload: { ...paymentSnapshot(row), ...about } });
  }
  return row;
}
