import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type PaymentStatus = 'RECEIVED' | 'PARTLY_APPLIED' | 'APPLIED' | 'REVERSED';

export const paymentMethods = ['BANK_TRANSFER', 'CARD', 'CHECK', 'DIRECT_DEBIT', 'OTHER'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** What the guards of a payment judge; `applyingMinor` is what the caller wants to apply. */
export type PaymentSubject = { status: PaymentStatus; amountMinor: bigint; appliedMinor: bigint; applyingMinor?: bigint };

function neverOverApplied(payment: PaymentSubject): string | undefined {
  const left = payment.amountMinor - payment.appliedMinor;
  return (payment.applyingMinor ?? 0n) <= left ? undefined : 'That is more than the payment has left. Read unapplied, then apply at most that.';
}

export const paymentMachine = {
  entity: 'Payment',
  states: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED', 'REVERSED'],
  initial: 'RECEIVED',
  actions: {
    apply: {
      from: ['RECEIVED', 'PARTLY_APPLIED'],
      to: ['PARTLY_APPLIED', 'APPLIED'],
      lead: ({ amountMinor, appliedMinor, applyingMinor = 0n }) => (appliedMinor + applyingMinor >= amountMinor ? 'APPLIED' : 'PARTLY_APPLIED'),
      may: 'payment:write',
      guards: [neverOverApplied],
      emits: ['PaymentApplied', 'InvoicePaid'],
      by: 'applyPayment',
    },
    reverse: { from: ['RECEIVED', 'PARTLY_APPLIED', 'APPLIED'], to: 'REVERSED', may: 'payment:reverse', emits: 'PaymentReversed', by: 'reversePayment' },
  },
} as const satisfies Machine<PaymentStatus, PaymentSubject, FactName>;
