import { describe, expect, test } from 'vitest';
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

/** The cells that are not INVALID_TRANSITION. */
function open(cells: Record<string, Record<string, string>>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(cells).map(([state, row]) => [state, Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== 'INVALID_TRANSITION'))]),
  );
}

describe('the grid of an invoice', () => {
  const subject = { kind: 'INVOICE', subtotalMinor: 10n, totalMinor: 10n, paidMinor: 0n, settlingMinor: 10n };
  test('when nothing stands against it', () => {
    expect(open(grid(invoiceMachine, subject))).toEqual({
      DRAFT: { update: 'DRAFT | VALIDATED', validate: 'VALIDATED', cancel: 'CANCELLED' },
      VALIDATED: { update: 'DRAFT | VALIDATED', post: 'POSTED', cancel: 'CANCELLED' },
      POSTED: { settle: 'PARTLY_PAID | PAID', credit: 'CREDITED' },
      PARTLY_PAID: { settle: 'PARTLY_PAID | PAID', unsettle: 'POSTED | PARTLY_PAID', credit: 'CREDITED' },
      PAID: { unsettle: 'POSTED | PARTLY_PAID', credit: 'CREDITED' },
      CREDITED: {},
      CANCELLED: {},
    });
  });
  test('when it asks for nothing, is a credit note, or was paid', () => {
    expect(open(grid(invoiceMachine, { ...subject, subtotalMinor: 0n }))).toMatchObject({
      DRAFT: { validate: 'asksForMoney' },
      VALIDATED: { post: 'asksForMoney' },
    });
    expect(open(grid(invoiceMachine, { ...subject, kind: 'CREDIT_NOTE' })).POSTED).toEqual({ settle: 'isInvoice', credit: 'isInvoice' });
    expect(open(grid(invoiceMachine, { ...subject, paidMinor: 1n }))).toMatchObject({
      PARTLY_PAID: { credit: 'noPaymentStands' },
      PAID: { credit: 'noPaymentStands' },
    });
  });
});

test('the grid of a payment', () => {
  const subject = { amountMinor: 10n, appliedMinor: 4n, applyingMinor: 6n };
  const apply = 'PARTLY_APPLIED | APPLIED';
  expect(open(grid(paymentMachine, subject))).toEqual({
    RECEIVED: { apply, reverse: 'REVERSED' },
    PARTLY_APPLIED: { apply, reverse: 'REVERSED' },
    APPLIED: { reverse: 'REVERSED' },
    REVERSED: {},
  });
  expect(open(grid(paymentMachine, { ...subject, applyingMinor: 7n }))).toMatchObject({
    RECEIVED: { apply: 'neverOverApplied' },
    PARTLY_APPLIED: { apply: 'neverOverApplied' },
  });
});

test('the grid of a journal entry', () => {
  const subject = { source: 'MANUAL', reversesId: null, reversedById: null, difference: undefined };
  expect(open(grid(journalEntryMachine, subject))).toEqual({ DRAFT: { update: 'DRAFT', post: 'POSTED' }, POSTED: { reverse: 'POSTED' } });
  expect(open(grid(journalEntryMachine, { ...subject, difference: 'off' })).DRAFT).toEqual({ update: 'DRAFT', post: 'balanced' });
  expect(open(grid(journalEntryMachine, { ...subject, source: 'INVOICE' })).POSTED).toEqual({ reverse: 'notFromDocument' });
  expect(open(grid(journalEntryMachine, { ...subject, reversedById: 'x' })).POSTED).toEqual({ reverse: 'notReversed' });
  expect(open(grid(journalEntryMachine, { ...subject, source: 'REVERSAL', reversesId: 'x' })).POSTED).toEqual({ reverse: 'notReversed' });
});

test('the grid of a revenue event', () => {
  const subject = { method: 'MILESTONE', recognitionDate: '2026-03-01', today: '2026-03-01' };
  expect(open(grid(revenueEventMachine, subject))).toEqual({
    SCHEDULED: { update: 'SCHEDULED', submit: 'PENDING_APPROVAL', cancel: 'CANCELLED' },
    PENDING_APPROVAL: { recognize: 'RECOGNIZED', cancel: 'CANCELLED' },
    RECOGNIZED: { reverse: 'REVERSED' },
    REVERSED: {},
    CANCELLED: {},
  });
  expect(open(grid(revenueEventMachine, { ...subject, today: '2026-02-28' })).PENDING_APPROVAL).toMatchObject({ recognize: 'dateReached' });
  expect(open(grid(revenueEventMachine, { ...subject, method: 'AS_BILLED' })).RECOGNIZED).toEqual({ reverse: 'notByInvoice' });
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
