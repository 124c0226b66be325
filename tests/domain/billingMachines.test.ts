import { expect, test } from 'vitest';
import { invoiceMachine } from '#finance/invoice/machine.ts';
import { journalEntryMachine } from '#finance/journal/machine.ts';
import { paymentMachine } from '#finance/payment/machine.ts';
import { revenueEventMachine } from '#finance/revenue/machine.ts';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { type AnyMachine, step } from '#kernel/machine.ts';

const all: Actor = { id: 'all', kind: 'STAFF', permissions: ['*'] };
const nobody: Actor = { id: 'nobody', kind: 'STAFF', permissions: [] };

/** Every state x action: where it leads, or why it does not. */
function grid(machine: AnyMachine, subject: Record<string, unknown>, actor: Actor = all): Record<string, Record<string, string>> {
  const names = Object.keys(machine.actions);
  return Object.fromEntries(
    machine.states.map((status) => [
      status,
      Object.fromEntries(names.map((action) => [action, outcome(machine, { subject: { ...subject, status }, action, actor })])),
    ]),
  );
}

function outcome(machine: AnyMachine, { subject, action, actor }: { subject: Record<string, unknown>; action: string; actor: Actor }): string {
  const targets = [machine.actions[action]?.to ?? []].flat().join(' | ');
  try {
    step(machine, { subject, action, actor } as never);
    return targets;
  } catch (error) {
    // Which of several targets follows hangs on sums that one subject for all states does not have.
    if (!(error instanceof Refused)) return targets;
    return error.guard ?? error.code;
  }
}

test('the guards of an invoice: it asks for nothing, is a credit note, or was paid', () => {
  const subject = { kind: 'INVOICE', subtotalMinor: 10n, totalMinor: 10n, paidMinor: 0n, settlingMinor: 10n };
  expect(grid(invoiceMachine, { ...subject, subtotalMinor: 0n })).toMatchObject({ DRAFT: { validate: 'asksForMoney' }, VALIDATED: { post: 'asksForMoney' } });
  expect(grid(invoiceMachine, { ...subject, kind: 'CREDIT_NOTE' }).POSTED).toMatchObject({ settle: 'isInvoice', credit: 'isInvoice' });
  expect(grid(invoiceMachine, { ...subject, paidMinor: 1n })).toMatchObject({
    PARTLY_PAID: { credit: 'noPaymentStands' },
    PAID: { credit: 'noPaymentStands' },
  });
});

test('the guards of a payment', () => {
  const subject = { amountMinor: 10n, appliedMinor: 4n, refundedMinor: 0n };
  const apply = 'PARTLY_APPLIED | APPLIED';
  expect(grid(paymentMachine, { ...subject, applyingMinor: 6n })).toMatchObject({ RECEIVED: { apply }, PARTLY_APPLIED: { apply } });
  expect(grid(paymentMachine, { ...subject, applyingMinor: 7n })).toMatchObject({
    RECEIVED: { apply: 'neverOverApplied' },
    PARTLY_APPLIED: { apply: 'neverOverApplied' },
  });
  const refund = 'RECEIVED | PARTLY_APPLIED | APPLIED | REFUNDED';
  expect(grid(paymentMachine, { ...subject, refundingMinor: 6n })).toMatchObject({ RECEIVED: { refund }, PARTLY_APPLIED: { refund } });
  expect(grid(paymentMachine, { ...subject, refundedMinor: 1n, refundingMinor: 6n })).toMatchObject({
    PARTLY_APPLIED: { refund: 'neverOverRefunded', reverse: 'nothingRefunded' },
    APPLIED: { refund: 'INVALID_TRANSITION', reverse: 'nothingRefunded' },
    REFUNDED: { refund: 'INVALID_TRANSITION', reverse: 'INVALID_TRANSITION' },
  });
});

test('the guards of a journal entry', () => {
  const subject = { source: 'MANUAL', reversesId: null, reversedById: null, difference: undefined };
  expect(grid(journalEntryMachine, { ...subject, difference: 'off' }).DRAFT).toMatchObject({ update: 'DRAFT', post: 'balanced' });
  expect(grid(journalEntryMachine, { ...subject, source: 'INVOICE' }).POSTED).toMatchObject({ reverse: 'notFromDocument' });
  expect(grid(journalEntryMachine, { ...subject, reversedById: 'x' }).POSTED).toMatchObject({ reverse: 'notReversed' });
  expect(grid(journalEntryMachine, { ...subject, source: 'REVERSAL', reversesId: 'x' }).POSTED).toMatchObject({ reverse: 'notReversed' });
});

test('the guards of a revenue event', () => {
  const subject = { method: 'MILESTONE', recognitionDate: '2026-03-01', today: '2026-03-01' };
  expect(grid(revenueEventMachine, subject).PENDING_APPROVAL).toMatchObject({ recognize: 'RECOGNIZED' });
  expect(grid(revenueEventMachine, { ...subject, today: '2026-02-28' }).PENDING_APPROVAL).toMatchObject({ recognize: 'dateReached' });
  expect(grid(revenueEventMachine, { ...subject, method: 'AS_BILLED' }).RECOGNIZED).toMatchObject({ reverse: 'notByInvoice' });
  expect(grid(revenueEventMachine, { ...subject, method: 'ACCRUED' }).RECOGNIZED).toMatchObject({ reverse: 'notByAccrual' });
});

test.each([invoiceMachine, paymentMachine, journalEntryMachine, revenueEventMachine])('nobody without permission does anything: $entity', (machine) => {
  const subject = {
    kind: 'INVOICE',
    subtotalMinor: 1n,
    paidMinor: 0n,
    amountMinor: 1n,
    appliedMinor: 0n,
    source: 'MANUAL',
    reversesId: null,
    method: 'MILESTONE',
    recognitionDate: '',
    today: '',
  };
  const cells = Object.values(grid(machine, subject, nobody)).flatMap((row) => Object.values(row));
  expect(new Set(cells)).toEqual(new Set(['FORBIDDEN']));
});
