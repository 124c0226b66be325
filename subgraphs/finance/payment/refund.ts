import type { RefundPaymentInput, ReverseRefundInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { dateOf, demandCome, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { refundEntry } from '../billing/entries.ts';
import { payment as paymentEntity, paymentRefund } from '../entities.ts';
import { bookEntry, books, undoEntry } from '../journal/enter.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { type PaymentRefundRow, type PaymentRow, paymentRefunds } from '../tables.ts';
import { paymentKeys, paymentSnapshot } from './facts.ts';
import { demandPayment, type LoadedPayments, loadPayments } from './load.ts';
import { paymentMachine } from './machine.ts';
import { demandLeft, type LoadedMoves, loadMoves } from './moves.ts';
import { entryOf, type LoadedEntries, loadEntries } from './takeOff.ts';

const entities = [...books, paymentEntity, paymentRefund];

type Refunding = LoadedPayments & { periods: PeriodJudge };

/** Pays back to the customer what a payment has left. */
export const refundPayment: Command<RefundPaymentInput, Refunding & LoadedMoves> = {
  may: paymentMachine.actions.refund.may,
  entities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const days = items.flatMap((item) => {
      const row = loaded.payments.get(item.id);
      return row ? [{ legalEntityId: row.legalEntityId, date: item.refundedOn ?? latestOf(dateOf(scope.now), row.receivedOn) }] : [];
    });
    return { ...loaded, ...(await loadMoves(scope, [...loaded.payments.keys()])), periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    const { customerId, legalEntityId } = before;
    const minor = minorOf(input, before);
    const reason = checkLines('reason', input.reason, 255);
    const reference = input.reference ? checkLines('reference', input.reference, 255) : null;
    const refundedOn = input.refundedOn ?? latestOf(dateOf(context.now), before.receivedOn);
    demandCome({ date: refundedOn, field: 'refundedOn' }, context.now);
    demandNotBefore({ date: refundedOn, field: 'refundedOn' }, { date: before.receivedOn, what: 'the receipt' });
    demandOpen(loaded.periods, { legalEntityId, date: refundedOn }, 'refundedOn');
    const by = step(paymentMachine, { subject: { ...before, refundingMinor: minor }, action: 'refund', actor: context.actor });
    demandLeft(loaded.moves.get(before.id) ?? [], { minor, currency: before.currency, date: refundedOn, field: 'refundedOn' });
    const draft = openDraft(context);
    const row = draft.update(paymentEntity, before, { changes: { refundedMinor: before.refundedMinor + minor }, by });
    const about = { legalEntityId, customerId, paymentId: row.id, postingDate: refundedOn, source: 'REFUND' } as const;
    const entry = bookEntry(draft, { ...about, description: `Refund: ${reason}`.slice(0, 255), lines: refundEntry(row, minor) });
    const where = { paymentId: row.id, customerId, currency: row.currency, refundedOn, journalEntryId: entry.id, reversedAt: null };
    const refund = draft.insert(paymentRefund, { ...where, id: context.newId(), amountMinor: minor, reference, reason });
    state(draft, facts.PaymentRefunded, { row, refund, reason });
    return draft.done(row.id);
  },
};

function minorOf({ amount }: RefundPaymentInput, { currency: paidIn }: PaymentRow): bigint {
  const { minor, currency } = readMoney(amount, 'amount');
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'What is paid back is more than zero.', { field: 'amount' });
  if (currency !== paidIn) throw new Refused('CURRENCY_MISMATCH', `The payment is in ${paidIn}, not ${currency}.`, { field: 'amount' });
  return minor;
}

type Refunded = { row: PaymentRow; refund: PaymentRefundRow; reason: string };

function state(draft: Draft, fact: typeof facts.PaymentRefunded | typeof facts.RefundReversed, { row, refund, reason }: Refunded): void {
  const refunded = showMoney({ minor: refund.amountMinor, currency: refund.currency });
  draft.state(fact, { subject: row, keys: paymentKeys(row), payload: { ...paymentSnapshot(row), paymentRefundId: refund.id, refunded, reason } });
}

type Returning = Refunding & LoadedEntries & { refunds: ReadonlyMap<string, PaymentRefundRow> };

/** Money that was paid back came back, or was never sent: it is the customer's credit again. */
export const reverseRefund: Command<ReverseRefundInput, Returning> = {
  may: paymentMachine.actions.reverseRefund.may,
  entities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const refunds = await lockRows(
      scope,
      paymentRefunds,
      items.map(({ refundId }) => refundId),
    );
    const found = await loadEntries(
      scope,
      [...refunds.values()].map(({ journalEntryId }) => journalEntryId),
    );
    const days = items.flatMap((item) => {
      const [row, refund] = [loaded.payments.get(item.id), refunds.get(item.refundId)];
      return row && refund ? [{ legalEntityId: row.legalEntityId, date: item.reversedOn ?? latestOf(dateOf(scope.now), refund.refundedOn) }] : [];
    });
    return { ...loaded, ...found, refunds, periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    const refund = loaded.refunds.get(input.refundId);
    if (refund?.paymentId !== before.id) throw notFound('PaymentRefund', input.refundId, 'refundId');
    if (refund.reversedAt) throw new Refused('VALIDATION_FAILED', 'This refund was taken back already.', { field: 'refundId' });
    const reason = checkLines('reason', input.reason, 255);
    const postingDate = input.reversedOn ?? latestOf(dateOf(context.now), refund.refundedOn);
    demandNotBefore({ date: postingDate, field: 'reversedOn' }, { date: refund.refundedOn, what: 'the refund' });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: postingDate }, 'reversedOn');
    const by = step(paymentMachine, { subject: { ...before, refundingMinor: -refund.amountMinor }, action: 'reverseRefund', actor: context.actor });
    const draft = openDraft(context);
    const original = entryOf(loaded, refund.journalEntryId);
    undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate });
    draft.update(paymentRefund, refund, { changes: { reversedAt: context.now } });
    const row = draft.update(paymentEntity, before, { changes: { refundedMinor: before.refundedMinor - refund.amountMinor }, by });
    state(draft, facts.RefundReversed, { row, refund, reason });
    return draft.done(row.id);
  },
};
