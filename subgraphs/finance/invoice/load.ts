import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { demandNamed, lockRows, type Named } from '#kernel/rows.ts';
import { asc, eq, inArray } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { invoice } from '../entities.ts';
import { type InvoiceLineRow, type InvoiceRow, invoiceLines, invoices } from '../tables.ts';

export type LoadedInvoices = { invoices: Map<string, InvoiceRow> };
export type Asked = Named;

/** The invoices, locked in the order of their ids. */
export async function loadInvoices(scope: Scope, items: readonly Asked[]): Promise<LoadedInvoices> {
  return {
    invoices: await lockRows(
      scope,
      invoices,
      items.map((item) => item.id),
    ),
  };
}

/** The invoice, if the actor may know of it. */
export function demandInvoice({ invoices: loaded }: LoadedInvoices, { id, expectedVersion }: Asked, actor: Actor): InvoiceRow {
  return demandNamed(loaded, { entity: invoice.name, id, expectedVersion }, (row) => sees(actor, row));
}

/** Where a refused item shows its invoice: it exists. */
export function aboutInvoice({ invoices: loaded }: LoadedInvoices, { id }: Asked): string | undefined {
  return loaded.has(id) ? id : undefined;
}

/** Only one item of a call may be about an invoice. */
export function onceInvoice({ id }: Asked): { field: string; key: string } {
  return { field: 'items', key: id };
}

/** All lines of invoices, as printed. */
export async function linesOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, InvoiceLineRow[]>> {
  const found = new Map<string, InvoiceLineRow[]>(invoiceIds.map((id) => [id, []]));
  if (invoiceIds.length === 0) return found;
  const rows = await db
    .select()
    .from(invoiceLines)
    .where(inArray(invoiceLines.invoiceId, [...invoiceIds]))
    .orderBy(asc(invoiceLines.invoiceId), asc(invoiceLines.position));
  for (const row of rows) found.get(row.invoiceId)?.push(row);
  return found;
}

/** The lines of the credit notes of invoices, by invoice. */
export async function noteLinesOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, InvoiceLineRow[]>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await db
    .select({ line: invoiceLines, of: invoices.creditsId })
    .from(invoiceLines)
    .innerJoin(invoices, eq(invoices.id, invoiceLines.invoiceId))
    .where(inArray(invoices.creditsId, [...invoiceIds]))
    .orderBy(asc(invoiceLines.invoiceId), asc(invoiceLines.position));
  return new Map([...Map.groupBy(rows, ({ of }) => of ?? '')].map(([id, own]) => [id, own.map(({ line }) => line)]));
}
