import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type InvoiceDocumentStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

export const invoiceChannels = ['EMAIL', 'NETWORK', 'PORTAL', 'POST', 'OTHER'] as const;
export type InvoiceChannel = (typeof invoiceChannels)[number];

export type InvoiceDocumentSubject = { status: InvoiceDocumentStatus };

export const invoiceDocumentMachine = {
  entity: 'InvoiceDocument',
  states: ['PENDING', 'DELIVERED', 'FAILED'],
  initial: 'PENDING',
  actions: {
    acknowledge: { from: ['PENDING', 'FAILED'], to: 'DELIVERED', may: 'invoice:deliver', emits: 'InvoiceDelivered', by: 'acknowledgeInvoiceDelivery' },
    fail: {
      from: ['PENDING', 'DELIVERED', 'FAILED'],
      to: 'FAILED',
      may: 'invoice:deliver',
      emits: 'InvoiceDeliveryFailed',
      by: 'failInvoiceDelivery',
    },
  },
} as const satisfies Machine<InvoiceDocumentStatus, InvoiceDocumentSubject, FactName>;
