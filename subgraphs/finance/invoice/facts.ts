import type { Draft } from '#kernel/draft.ts';
import { showMoney } from '#kernel/money.ts';
import { facts, type InvoiceSnapshot } from '../published.ts';
import type { InvoiceRow } from '../tables.ts';

/** The ids by which readers of the log find facts of an invoice. */
export function invoiceKeys({ customerId, engagementId, legalEntityId }: InvoiceRow) {
  return { customerId, engagementId, legalEntityId };
}

/** What is true of an invoice now. Tax counts once it was determined. */
export function invoiceSnapshot(invoice: InvoiceRow): InvoiceSnapshot {
  const { id, customerId, contractId, number, status, currency } = invoice;
  const taxed = invoice.taxProfileId !== null;
  return {
    invoiceId: id,
    customerId,
    contractId,
    number: number || null,
    status,
    net: showMoney({ minor: invoice.subtotalMinor, currency }),
    tax: taxed ? showMoney({ minor: invoice.taxMinor, currency }) : null,
    gross: taxed ? showMoney({ minor: invoice.totalMinor, currency }) : null,
  };
}

/** States a fact of an invoice. */
export function stateInvoice(draft: Draft, type: 'InvoiceDrafted' | 'InvoiceValidated' | 'InvoicePosted' | 'InvoicePaid', row: InvoiceRow): void {
  draft.state(facts[type], { subject: row, keys: invoiceKeys(row), payload: invoiceSnapshot(row) });
}
