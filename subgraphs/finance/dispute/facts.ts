import { showMoney } from '#kernel/money.ts';
import { invoiceSnapshot } from '../invoice/facts.ts';
import type { DisputeRow, InvoiceRow } from '../tables.ts';

/** What is true of an invoice and of its dispute. */
export function disputeSnapshot(invoice: InvoiceRow, { id, amountMinor, currency }: Pick<DisputeRow, 'id' | 'amountMinor' | 'currency'>) {
  return { ...invoiceSnapshot(invoice), disputeId: id, disputed: showMoney({ minor: amountMinor, currency }) };
}
