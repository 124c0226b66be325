import { sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import type { Series } from '../billing/number.ts';
import { type InvoiceRow, invoices } from '../tables.ts';
import type { InvoiceStatus } from './machine.ts';
import type { Taxed } from './tax.ts';

export type Posting = { number: string; series: Series; sequence: number; journalEntryId: string };

/** What becomes of a locked invoice; `posting` is there when it goes into the books. */
export type InvoiceChange = {
  invoice: InvoiceRow;
  tax: Taxed;
  invoiceDate: CalendarDate;
  dueDate: CalendarDate;
  status: InvoiceStatus;
  posting?: Posting;
};

/** Writes many invoices in one statement, and gives them as they are now, in the same order. */
export async function writeInvoices(scope: Scope, changes: readonly InvoiceChange[]): Promise<InvoiceRow[]> {
  if (changes.length === 0) return [];
  const rows = changes.map(({ invoice, tax, invoiceDate, dueDate, status, posting }) => ({
    invoice_id: invoice.id,
    new_status: status,
    tax_profile: tax.profileId,
    tax: tax.totalMinor.toString(),
    dated: invoiceDate,
    due: dueDate,
    printed: posting?.number ?? '',
    year: posting?.series.year ?? null,
    sequence: posting?.sequence ?? null,
    entry: posting?.journalEntryId ?? null,
    posted: posting ? scope.now.toISOString() : null,
  }));
  await scope.tx.execute(sql`
    update finance.invoice set status = new_status, tax_profile_id = tax_profile, tax_minor = tax, total_minor = subtotal_minor + tax, invoice_date = dated, due_date = due,
      number = printed, number_year = year, number_sequence = sequence, journal_entry_id = entry, posted_at = posted, tax_failed_at = null, tax_failure = null,
      version = version + 1, updated_at = ${scope.now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as change(invoice_id uuid, new_status text, tax_profile uuid, tax bigint, dated date, due date,
      printed text, year integer, sequence integer, entry uuid, posted timestamptz) where id = invoice_id`);
  const saved = await rowsById(
    scope.tx,
    invoices,
    changes.map(({ invoice }) => invoice.id),
  );
  return changes.map(({ invoice }) => saved.get(invoice.id) ?? invoice);
}
