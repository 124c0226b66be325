import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
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

/** States a fact of each invoice, in the command's transaction. */
export async function tellInvoices(scope: Scope, type: 'InvoiceDrafted' | 'InvoicePosted' | 'InvoicePaid', rows: readonly InvoiceRow[]): Promise<void> {
  await record(
    scope,
    facts[type],
    rows.map((invoice) => ({ subject: invoice, keys: invoiceKeys(invoice), payload: invoiceSnapshot(invoice) })),
  );
}
