import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type InvoiceKind = 'INVOICE' | 'CREDIT_NOTE';
export type InvoiceStatus = 'DRAFT' | 'VALIDATED' | 'POSTED' | 'PARTLY_PAID' | 'PAID' | 'CREDITED' | 'CANCELLED';

/** What the guards of an invoice judge. `settlingMinor`: what is being paid, or below zero taken back. */
export type InvoiceSubject = {
  status: InvoiceStatus;
  kind: InvoiceKind;
  subtotalMinor: bigint;
  totalMinor: bigint;
  paidMinor: bigint;
  settlingMinor?: bigint;
};

/** Where what is settled leads to. */
function settledStatus({ paidMinor, totalMinor, settlingMinor = 0n }: InvoiceSubject): InvoiceStatus {
  const settled = paidMinor + settlingMinor;
  if (settled === 0n) return 'POSTED';
  return settled === totalMinor ? 'PAID' : 'PARTLY_PAID';
}

function neverOverPaid({ paidMinor, totalMinor, settlingMinor }: InvoiceSubject): string | undefined {
  return settlingMinor !== undefined && paidMinor + settlingMinor > totalMinor ? 'It has less open than that. Read open, then apply at most that.' : undefined;
}

function asksForMoney(invoice: InvoiceSubject): string | undefined {
  return invoice.subtotalMinor > 0n ? undefined : 'The lines add up to nothing to pay. Cancel it; what it takes back is billed with later work.';
}

function isInvoice(invoice: InvoiceSubject): string | undefined {
  return invoice.kind === 'INVOICE' ? undefined : 'This is a credit note. It is settled by the invoice that it ends.';
}

function noPaymentStands(invoice: InvoiceSubject): string | undefined {
  return invoice.paidMinor === 0n
    ? undefined
    : "Payments settled it. Say unapplyPayments, so that the money is the customer's credit again, or take them off first (unapplyPayment).";
}

export const invoiceMachine = {
  entity: 'Invoice',
  states: ['DRAFT', 'VALIDATED', 'POSTED', 'PARTLY_PAID', 'PAID', 'CREDITED', 'CANCELLED'],
  initial: ['DRAFT', 'POSTED'],
  actions: {
    update: { from: ['DRAFT', 'VALIDATED'], to: ['DRAFT', 'VALIDATED'], may: 'invoice:write', by: 'updateInvoice' },
    validate: {
      from: ['DRAFT'],
      to: 'VALIDATED',
      may: 'invoice:write',
      guards: [asksForMoney],
      emits: 'InvoiceValidated',
      fails: 'InvoiceTaxFailed',
      by: 'validateInvoice',
    },
    post: {
      from: ['VALIDATED'],
      to: 'POSTED',
      may: 'invoice:post',
      guards: [asksForMoney],
      emits: 'InvoicePosted',
      fails: 'InvoiceTaxFailed',
      by: 'postInvoice',
    },
    cancel: { from: ['DRAFT', 'VALIDATED'], to: 'CANCELLED', may: 'invoice:write', emits: 'InvoiceCancelled', by: 'cancelInvoice' },
    settle: {
      from: ['POSTED', 'PARTLY_PAID'],
      to: ['PARTLY_PAID', 'PAID'],
      lead: settledStatus,
      may: 'payment:write',
      guards: [isInvoice, neverOverPaid],
      emits: ['PaymentApplied', 'InvoicePaid'],
      by: 'applyPayment',
    },
    unsettle: {
      from: ['PARTLY_PAID', 'PAID'],
      to: ['POSTED', 'PARTLY_PAID'],
      lead: settledStatus,
      may: 'payment:write',
      emits: ['PaymentUnapplied', 'PaymentReversed'],
      by: 'unapplyPayment',
    },
    credit: {
      from: ['POSTED', 'PARTLY_PAID', 'PAID'],
      to: 'CREDITED',
      may: 'invoice:credit',
      guards: [isInvoice, noPaymentStands],
      emits: 'InvoiceCredited',
      by: 'creditInvoice',
    },
  },
} as const satisfies Machine<InvoiceStatus, InvoiceSubject, FactName>;
