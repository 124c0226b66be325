import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type InvoiceKind = 'INVOICE' | 'CREDIT_NOTE';
export type InvoiceStatus = 'DRAFT' | 'VALIDATED' | 'POSTED' | 'PARTLY_PAID' | 'PAID' | 'WRITTEN_OFF' | 'CREDITED' | 'CANCELLED';

/** What the guards of an invoice judge. `settlingMinor`: what is being paid, or below zero taken back; `creditingMinor`: what a note gives back of it. */
export type InvoiceSubject = {
  status: InvoiceStatus;
  kind: InvoiceKind;
  subtotalMinor: bigint;
  totalMinor: bigint;
  paidMinor: bigint;
  creditedMinor: bigint;
  settlingMinor?: bigint;
  creditingMinor?: bigint;
};

/** What is left to be paid once all that is being done is done; what was written off is owed all the same. */
export function leftOf({
  paidMinor,
  totalMinor,
  creditedMinor,
  settlingMinor = 0n,
  creditingMinor = 0n,
}: Omit<InvoiceSubject, 'status' | 'kind' | 'subtotalMinor'>): bigint {
  return totalMinor - creditedMinor - creditingMinor - paidMinor - settlingMinor;
}

/** Where what is settled or given back leads to. */
function settledStatus(invoice: InvoiceSubject): InvoiceStatus {
  if (invoice.paidMinor + (invoice.settlingMinor ?? 0n) === 0n) return 'POSTED';
  return leftOf(invoice) === 0n ? 'PAID' : 'PARTLY_PAID';
}

function neverOverPaid(invoice: InvoiceSubject): string | undefined {
  return invoice.settlingMinor !== undefined && leftOf(invoice) < 0n ? 'It has less open than that. Read open, then apply at most that.' : undefined;
}

function neverOverCredited(invoice: InvoiceSubject): string | undefined {
  const { kind, creditingMinor, totalMinor, creditedMinor } = invoice;
  if (kind !== 'INVOICE') return undefined;
  if (creditingMinor !== undefined && creditingMinor > totalMinor - creditedMinor)
    return 'That is more than is left of it after its credit notes and discounts.';
  return leftOf({ ...invoice, creditingMinor: creditingMinor ?? 1n }) < 0n
    ? "Payments settled more than would be left. Say unapplyPayments, so that what was paid beyond is the customer's credit again."
    : undefined;
}

function asksForMoney(invoice: InvoiceSubject): string | undefined {
  return invoice.subtotalMinor > 0n ? undefined : 'The lines add up to nothing to pay. Cancel it; what it takes back is billed with later work.';
}

function isInvoice(invoice: InvoiceSubject): string | undefined {
  return invoice.kind === 'INVOICE' ? undefined : 'This is a credit note. It is settled by the invoice that it credits.';
}

function noPaymentStands(invoice: InvoiceSubject): string | undefined {
  return invoice.paidMinor === 0n
    ? undefined
    : "Payments settled it. Say unapplyPayments, so that the money is the customer's credit again, or take them off first (unapplyPayment).";
}

export const invoiceMachine = {
  entity: 'Invoice',
  states: ['DRAFT', 'VALIDATED', 'POSTED', 'PARTLY_PAID', 'PAID', 'WRITTEN_OFF', 'CREDITED', 'CANCELLED'],
  initial: ['DRAFT', 'POSTED'],
  actions: {
    update: { from: ['DRAFT', 'VALIDATED'], to: ['DRAFT', 'VALIDATED'], may: 'invoice:write', by: 'updateInvoice' },
    discount: { from: ['DRAFT'], to: 'DRAFT', may: 'invoice:write', emits: 'InvoiceAdjusted', by: 'addInvoiceDiscount' },
    addLine: { from: ['DRAFT'], to: 'DRAFT', may: 'invoice:write', emits: 'InvoiceAdjusted', by: 'addInvoiceLine' },
    removeAdjustment: { from: ['DRAFT'], to: 'DRAFT', may: 'invoice:write', emits: 'InvoiceAdjusted', by: 'removeInvoiceAdjustment' },
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
    creditPart: {
      from: ['POSTED', 'PARTLY_PAID', 'PAID'],
      to: ['POSTED', 'PARTLY_PAID', 'PAID'],
      lead: settledStatus,
      may: 'invoice:credit',
      guards: [isInvoice, neverOverCredited],
      emits: ['InvoicePartlyCredited', 'InvoicePaid'],
      by: 'creditInvoice',
    },
    writeOff: {
      from: ['POSTED', 'PARTLY_PAID'],
      to: 'WRITTEN_OFF',
      may: 'invoice:write-off',
      guards: [isInvoice],
      emits: 'InvoiceWrittenOff',
      by: 'writeOffInvoice',
    },
    reverseWriteOff: {
      from: ['WRITTEN_OFF'],
      to: ['POSTED', 'PARTLY_PAID'],
      lead: settledStatus,
      may: 'invoice:write-off',
      emits: 'WriteOffReversed',
      by: 'reverseWriteOff',
    },
  },
} as const satisfies Machine<InvoiceStatus, InvoiceSubject, FactName>;
