import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { loadInvoices } from '../invoice/load.ts';
import { dunningPolicies, type InvoiceRow, invoiceDunnings, type StoredDunningPolicy, type StoredInvoiceDunning } from '../tables.ts';

/** Invoices, locked, and how far reminding of each has come: who holds the invoice holds that. */
export type LoadedDunnings = { invoices: Map<string, InvoiceRow>; dunnings: ReadonlyMap<string, StoredInvoiceDunning> };

export async function loadDunnings(scope: Scope, items: readonly { id: string }[]): Promise<LoadedDunnings> {
  const { invoices } = await loadInvoices(scope, items);
  return { invoices, dunnings: await dunningsOf(scope.tx, [...invoices.keys()]) };
}

/** How far reminding has come, by invoice. */
export async function dunningsOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, StoredInvoiceDunning>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await rowsWhere(db, invoiceDunnings, among(invoiceDunnings.invoiceId, invoiceIds));
  return new Map(rows.map((row) => [row.invoiceId, row]));
}

/** What was set, by legal entity. */
export async function policiesOf(db: Db, legalEntityIds: readonly string[]): Promise<Map<string, StoredDunningPolicy>> {
  if (legalEntityIds.length === 0) return new Map();
  const rows = await rowsWhere(db, dunningPolicies, among(dunningPolicies.legalEntityId, [...new Set(legalEntityIds)]));
  return new Map(rows.map((row) => [row.legalEntityId, row]));
}

/** What a legal entity, a customer and an invoice say of a new row. */
export function newDunning({ id, customerId, legalEntityId }: InvoiceRow) {
  return { invoiceId: id, customerId, legalEntityId, overdueOn: null, level: 0, dunnedOn: null, holdEndDate: null, holdReason: null };
}
