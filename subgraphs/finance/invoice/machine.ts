import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type InvoiceKind = 'INVOICE' | 'CREDIT_NOTE';
export type InvoiceStatus = 'DRAFT' | 'VALIDATED' | 'POSTED' | 'PARTLY_PAID' | 'PAID' | 'CREDITED' | 'CANCELLED';

/** What the guards of an invoice judge. */
export type InvoiceSubject = { status: InvoiceStatus; kind: InvoiceKind; subtotalMinor: bigint; paidMinor: bigint };

function asksForMoney(invoice: InvoiceSubject): string | undefined {
  return invoice.subtotalMinor > 0n ? undefined : 'The lines add up to nothing to pay. Cancel it; what it takes back is billed with later work.';
}

function isInvoice(invoice: InvoiceSubject): string | undefined {
  return invoice.kind === 'INVOICE' ? undefined : 'This is a credit note. It is settled by the invoice that it ends.';
}

function noPaymentStands(invoice: InvoiceSubject): string | undefined {
  return invoice.paidMinor === 0n ? undefined : 'Payments settled it. Reverse them first.';
}

export const invoiceMachine = {
  entity: 'Invoice',
  states: ['DRAFT', 'VALIDATED', 'POSTED', 'PARTLY_PAID', 'PAID', 'CREDITED', 'CANCELLED'],
  initial: ['DRAFT', 'POSTED'],
  actions: {
    update: { from: ['DRAFT', 'VALIDATED'], to: ['DRAFT', 'VALIDATED'], may: 'invoice:write', by: 'updateInvoice' },
    validate: { from: ['DRAFT'], to: 'VALIDATED', may: 'invoice:write', guards: [asksForMoney], emits: 'InvoiceTaxFailed', by: 'validateInvoice' },
    post: { from: ['VALIDATED'], to: 'POSTED', may: 'invoice:post', guards: [asksForMoney], emits: ['InvoicePosted', 'InvoiceTaxFailed'], by: 'postInvoice' },
    cancel: { from: ['DRAFT', 'VALIDATED'], to: 'CANCELLED', may: 'invoice:write', emits: 'InvoiceCancelled', by: 'cancelInvoice' },
    settle: {
      from: ['POSTED', 'PARTLY_PAID'],
      to: ['PARTLY_PAID', 'PAID'],
      may: 'payment:write',
      guards: [isInvoice],
      emits: 'InvoicePaid',
      by: 'applyPayment',
    },
    unsettle: { from: ['PARTLY_PAID', 'PAID'], to: ['POSTED', 'PARTLY_PAID'], may: 'payment:write', by: 'reversePayment' },
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
