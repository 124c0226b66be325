import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type PaymentStatus = 'RECEIVED' | 'PARTLY_APPLIED' | 'APPLIED' | 'REFUNDED' | 'REVERSED';

export const paymentMethods = ['BANK_TRANSFER', 'CARD', 'CHECK', 'DIRECT_DEBIT', 'OTHER'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** What the guards of a payment judge. `applyingMinor` and `refundingMinor`: what is about to be applied or paid back, or below zero taken back of it. */
export type PaymentSubject = {
  status: PaymentStatus;
  amountMinor: bigint;
  appliedMinor: bigint;
  refundedMinor: bigint;
  applyingMinor?: bigint;
  refundingMinor?: bigint;
};

/** Where what is used of a payment leads to. */
function usedStatus({ amountMinor, appliedMinor, refundedMinor, applyingMinor = 0n, refundingMinor = 0n }: PaymentSubject): PaymentStatus {
  const [applied, refunded] = [appliedMinor + applyingMinor, refundedMinor + refundingMinor];
  if (applied + refunded < amountMinor) return applied > 0n ? 'PARTLY_APPLIED' : 'RECEIVED';
  return applied > 0n ? 'APPLIED' : 'REFUNDED';
}

function leftOf({ amountMinor, appliedMinor, refundedMinor }: PaymentSubject): bigint {
  return amountMinor - appliedMinor - refundedMinor;
}

function neverOverApplied(payment: PaymentSubject): string | undefined {
  return (payment.applyingMinor ?? 0n) <= leftOf(payment) ? undefined : 'That is more than the payment has left. Read unapplied, then apply at most that.';
}

function neverOverRefunded(payment: PaymentSubject): string | undefined {
  if ((payment.refundingMinor ?? 0n) <= leftOf(payment)) return undefined;
  return 'That is more than the payment has left. Read unapplied, then refund at most that; what settles an invoice is taken off it first (unapplyPayment).';
}

function nothingRefunded({ refundedMinor }: PaymentSubject): string | undefined {
  return refundedMinor === 0n ? undefined : 'A part of it was paid back. If that money came back too, say so first (reverseRefund).';
}

function somethingRefunded({ refundedMinor }: PaymentSubject): string | undefined {
  return refundedMinor > 0n ? undefined : 'Nothing of it was paid back.';
}

export const paymentMachine = {
  entity: 'Payment',
  states: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REFUNDED', 'REVERSED'],
  initial: 'RECEIVED',
  actions: {
    apply: {
      from: ['RECEIVED', 'PARTLY_APPLIED'],
      to: ['PARTLY_APPLIED', 'APPLIED'],
      lead: usedStatus,
      may: 'payment:write',
      guards: [neverOverApplied],
      emits: ['PaymentApplied', 'InvoicePaid'],
      by: 'applyPayment',
    },
    unapply: {
      from: ['PARTLY_APPLIED', 'APPLIED'],
      to: ['RECEIVED', 'PARTLY_APPLIED'],
      lead: usedStatus,
      may: 'payment:write',
      emits: 'PaymentUnapplied',
      by: 'unapplyPayment',
    },
    refund: {
      from: ['RECEIVED', 'PARTLY_APPLIED'],
      to: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REFUNDED'],
      lead: usedStatus,
      may: 'payment:refund',
      guards: [neverOverRefunded],
      emits: 'PaymentRefunded',
      by: 'refundPayment',
    },
    reverseRefund: {
      from: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REFUNDED'],
      to: ['RECEIVED', 'PARTLY_APPLIED'],
      lead: usedStatus,
      may: 'payment:refund',
      guards: [somethingRefunded],
      emits: 'RefundReversed',
      by: 'reverseRefund',
    },
    reverse: {
      from: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED'],
      to: 'REVERSED',
      may: 'payment:reverse',
      guards: [nothingRefunded],
      emits: 'PaymentReversed',
      by: 'reversePayment',
    },
  },
} as const satisfies Machine<PaymentStatus, PaymentSubject, FactName>;
