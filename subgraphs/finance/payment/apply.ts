import type { ApplyPaymentInput, PaymentApplicationInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { step } from '#kernel/machine.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { applicationEntry } from '../billing/entries.ts';
import { invoice as invoiceEntity, paymentApplication, payment as paymentEntity } from '../entities.ts';
import { invoiceKeys, invoiceSnapshot } from '../invoice/facts.ts';
import { invoiceMachine } from '../invoice/machine.ts';
import { bookEntry, books } from '../journal/enter.ts';
import { type BookDay, demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { type InvoiceRow, invoices, type PaymentRow } from '../tables.ts';
import { paymentSnapshot } from './facts.ts';
import { demandPayment, type LoadedPayments, loadPayments } from './load.ts';
import { paymentMachine } from './machine.ts';
import { demandLeft, type LoadedMoves, loadMoves, type Move } from './moves.ts';

/** Invoices by id, locked in the order of their ids. */
export type LoadedInvoices = { invoices: Map<string, InvoiceRow> };
type Loaded = LoadedPayments & LoadedInvoices & LoadedMoves & { periods: PeriodJudge };

/** What applying writes, in this order: entries before what refers to them. */
export const appliedEntities = [...books, paymentEntity, paymentApplication, invoiceEntity];

/** Settles invoices with what a payment has left. */
export const applyPayment: Command<ApplyPaymentInput, Loaded> = {
  may: paymentMachine.actions.apply.may,
  entities: appliedEntities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const wanted = items.flatMap((item) => item.applications.map((each) => each.invoiceId));
    const held = await lockRows(scope, invoices, wanted);
    const days = items.flatMap((item) => {
      const row = loaded.payments.get(item.id);
      const day = row && { legalEntityId: row.legalEntityId, date: item.appliedOn ?? latestOf(dateOf(scope.now), row.receivedOn) };
      return day ? [day, ...applyingDays({ invoices: held }, item.applications, day)] : [];
    });
    const moved = await loadMoves(scope, [...loaded.payments.keys()]);
    return { ...loaded, ...moved, invoices: held, periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    if (input.applications.length === 0) throw new Refused('VALIDATION_FAILED', 'Say which invoices the payment settles.', { field: 'applications' });
    if (input.appliedOn) demandNotBefore({ date: input.appliedOn, field: 'appliedOn' }, { date: before.receivedOn, what: 'the receipt' });
    const earliest = input.appliedOn ?? latestOf(dateOf(context.now), before.receivedOn);
    const draft = openDraft(context);
    const applying = { payment: before, inputs: input.applications, earliest, exact: Boolean(input.appliedOn), moves: loaded.moves.get(before.id) ?? [] };
    return draft.done(settleInvoices(draft, loaded, applying).payment.id);
  },
  absorb: (loaded, decision) => {
    absorbRows(loaded.payments, decision, paymentEntity);
    absorbRows(loaded.invoices, decision, invoiceEntity);
  },
};

/** The days on which applying may be posted: money never settles an invoice before that is there. */
export function applyingDays({ invoices: held }: LoadedInvoices, inputs: readonly PaymentApplicationInput[], day: BookDay): BookDay[] {
  return inputs.flatMap(({ invoiceId }) => {
    const invoice = held.get(invoiceId);
    return invoice ? [{ ...day, date: latestOf(day.date, invoice.invoiceDate) }] : [];
  });
}

/** `exact`: somebody named the day; otherwise a later invoice is settled on its own date. `moves`: of a payment that did something before. */
type Applying = { payment: PaymentRow; inputs: readonly PaymentApplicationInput[]; earliest: CalendarDate; exact?: boolean; moves?: readonly Move[] };
type Share = { invoice: InvoiceRow; minor: bigint };
type Settled = { payment: PaymentRow; invoices: InvoiceRow[] };

/** Both machines are asked: the payment's once, each invoice's for its share; entries, applications and facts follow. */
export function settleInvoices(draft: Draft, loaded: LoadedInvoices & { periods: PeriodJudge }, applying: Applying): Settled {
  const { payment: before, inputs } = applying;
  const { actor } = draft.context;
  const shares = sharesOf(loaded, { payer: before, inputs, actor });
  const applyingMinor = shares.reduce((sum, share) => sum + share.minor, 0n);
  const steps = shares.map(({ invoice, minor }) => ({ invoice, minor, by: settleStep({ invoice, minor, actor }) }));
  const by = step(paymentMachine, { subject: { ...before, applyingMinor }, action: 'apply', actor });
  const row = draft.update(paymentEntity, before, { changes: { appliedMinor: before.appliedMinor + applyingMinor }, by });
  const moves = [...(applying.moves ?? [])];
  const settledInvoices = steps.map(({ invoice, minor, by: settled }) => {
    const appliedOn = dayOfShare(loaded.periods, applying, invoice);
    if (applying.moves) demandLeft(moves, { minor, currency: row.currency, date: appliedOn, field: 'appliedOn' });
    moves.push({ paymentId: row.id, minor: -minor, date: appliedOn });
    applyShare(draft, { payment: row, share: { invoice, minor }, appliedOn });
    const paid = draft.update(invoiceEntity, invoice, { changes: { paidMinor: invoice.paidMinor + minor }, by: settled });
    if (paid.status === 'PAID') draft.state(facts.InvoicePaid, { subject: paid, keys: invoiceKeys(paid), payload: invoiceSnapshot(paid) });
    return paid;
  });
  return { payment: row, invoices: settledInvoices };
}

function dayOfShare(periods: PeriodJudge, { payment, earliest, exact = false }: Applying, { invoiceDate, number }: InvoiceRow): CalendarDate {
  if (exact) demandNotBefore({ date: earliest, field: 'appliedOn' }, { date: invoiceDate, what: `the invoice ${number}` });
  const appliedOn = latestOf(earliest, invoiceDate);
  demandOpen(periods, { legalEntityId: payment.legalEntityId, date: appliedOn }, 'appliedOn');
  return appliedOn;
}

function settleStep({ invoice, minor, actor }: Share & { actor: Draft['context']['actor'] }) {
  try {
    return step(invoiceMachine, { subject: { ...invoice, settlingMinor: minor }, action: 'settle', actor });
  } catch (error) {
    if (!(error instanceof Refused) || error.guard !== 'neverOverPaid') throw error;
    throw new Refused('GUARD_REFUSED', `${invoice.number}: ${error.message}`, { field: 'applications', guard: error.guard });
  }
}

type Wanted = { payer: PaymentRow; inputs: readonly PaymentApplicationInput[]; actor: Draft['context']['actor'] };

/** What goes to which invoice, summed per invoice; refuses invoices that the payment cannot settle. */
function sharesOf({ invoices: held }: LoadedInvoices, { payer, inputs, actor }: Wanted): Share[] {
  if (inputs.length > 100) throw new Refused('VALIDATION_FAILED', 'A payment settles at most 100 invoices in one call.', { field: 'applications' });
  const sums = new Map<string, bigint>();
  for (const { invoiceId, amount } of inputs) {
    const { minor, currency } = readMoney(amount, 'applications');
    if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'What is applied is more than zero.', { field: 'applications' });
    if (currency !== payer.currency) throw new Refused('CURRENCY_MISMATCH', `The payment is in ${payer.currency}, not ${currency}.`, { field: 'applications' });
    sums.set(invoiceId, (sums.get(invoiceId) ?? 0n) + minor);
  }
  return [...sums].map(([invoiceId, minor]) => {
    const invoice = held.get(invoiceId);
    if (!invoice || !sees(actor, invoice)) throw notFound(invoiceEntity.name, invoiceId, 'applications');
    demandPayable(invoice, payer);
    return { invoice, minor };
  });
}

function demandPayable(invoice: InvoiceRow, payer: PaymentRow): void {
  const field = 'applications';
  if (invoice.customerId !== payer.customerId || invoice.legalEntityId !== payer.legalEntityId)
    throw new Refused('VALIDATION_FAILED', `${invoice.number} is of another customer or legal entity than the payment.`, { field });
  if (invoice.currency !== payer.currency) throw new Refused('CURRENCY_MISMATCH', `${invoice.number} is in ${invoice.currency}.`, { field });
}

function applyShare(draft: Draft, { payment, share, appliedOn }: { payment: PaymentRow; share: Share; appliedOn: CalendarDate }): void {
  const { id: paymentId, legalEntityId, customerId, currency } = payment;
  const { invoice, minor } = share;
  const about = { legalEntityId, customerId, paymentId, invoiceId: invoice.id, postingDate: appliedOn, description: `Payment applied to ${invoice.number}` };
  const entry = bookEntry(draft, { ...about, source: 'PAYMENT_APPLICATION', lines: applicationEntry(payment, invoice, minor) });
  const where = { paymentId, invoiceId: invoice.id, customerId, currency, appliedOn, journalEntryId: entry.id, reversedAt: null };
  draft.insert(paymentApplication, { ...where, amountMinor: minor });
  draft.state(facts.PaymentApplied, {
    subject: payment,
    keys: { customerId, engagementId: invoice.engagementId, legalEntityId },
    payload: { ...paymentSnapshot(payment), invoiceId: invoice.id, applied: showMoney({ minor, currency }) },
  });
}
