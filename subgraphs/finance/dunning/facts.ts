import { showMoney } from '#kernel/money.ts';
import { invoiceSnapshot } from '../invoice/facts.ts';
import type { DunningNoticeRow, InvoiceRow } from '../tables.ts';

/** What is true of an invoice and of its notice. */
export function noticeSnapshot(invoice: InvoiceRow, { id, level, openMinor, currency }: Pick<DunningNoticeRow, 'id' | 'level' | 'openMinor' | 'currency'>) {
  return { ...invoiceSnapshot(invoice), dunningNoticeId: id, level, open: showMoney({ minor: openMinor, currency }) };
}
