import type { SupplierInvoiceFilter, SupplierInvoiceOrderField } from '#generated/finance.ts';
import type { List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, inArray, lte, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type SupplierInvoiceLineRow, type SupplierInvoiceRow, supplierInvoiceLines, supplierInvoices } from '../tables.ts';
import { readHeld, standingOf } from './held.ts';
import { linesOf, subjectOf } from './load.ts';
import type { SupplierInvoiceSubject } from './machine.ts';

const invoicesById = visibleById(supplierInvoices, 'supplier-invoice:read');

/** A supplier invoice, if there is one that the actor may know of. */
export function readSupplierInvoice(context: Context, id: string): Promise<SupplierInvoiceRow | undefined> {
  return context.load(invoicesById, id);
}

export const supplierInvoiceRefs = externalRefsOf(externalRefs, 'SupplierInvoice');

/** Batch: the lines of invoices that the actor sees. */
export const linesBatch: Batch<SupplierInvoiceLineRow[]> = (context, ids) => linesOf(context.db, ids);

/** Batch: what still stands of the hours that lines hold, by the line as JSON of its invoice’s id. */
export const standingBatch: Batch<Map<string, bigint>> = async (context, invoiceIds) => {
  const lines = await linesOf(context.unconfined, invoiceIds);
  const held = await readHeld(context.unconfined, [...lines.values()].flat(), { lock: false });
  return new Map([...lines].map(([id, own]) => [id, new Map(own.map((line) => [line.id, standingOf(line, held)]))]));
};

/** Batch: what the guards judge, from the same snapshot as the answer. */
export const subjectsBatch: Batch<(row: SupplierInvoiceRow) => SupplierInvoiceSubject> = async (context, invoiceIds) => {
  const lines = await linesOf(context.unconfined, invoiceIds);
  const held = await readHeld(context.unconfined, [...lines.values()].flat(), { lock: false });
  return new Map(invoiceIds.map((id) => [id, (row: SupplierInvoiceRow) => subjectOf(row, lines.get(id) ?? [], held)]));
};

export const supplierInvoiceList: List<typeof supplierInvoices, SupplierInvoiceFilter, SupplierInvoiceOrderField> = {
  table: supplierInvoices,
  read: 'supplier-invoice:read',
  orders: { INVOICE_DATE: supplierInvoices.invoiceDate, CREATED_AT: supplierInvoices.createdAt, UPDATED_AT: supplierInvoices.updatedAt },
  defaultOrder: { field: 'INVOICE_DATE', direction: 'DESC' },
  filter: (filter) => [
    changedSince(supplierInvoices, filter.updatedSince),
    wordIn(supplierInvoices.status, filter.statuses),
    idIn(supplierInvoices.subcontractorId, filter.subcontractorIds),
    idIn(supplierInvoices.legalEntityId, filter.legalEntityIds),
    filter.numbers ? inArray(supplierInvoices.number, [...filter.numbers]) : undefined,
    filter.invoiceDateFrom ? gte(supplierInvoices.invoiceDate, filter.invoiceDateFrom) : undefined,
    filter.invoiceDateTo ? lte(supplierInvoices.invoiceDate, filter.invoiceDateTo) : undefined,
    withLine(filter.subcontractLineIds),
    externalRefFilter({ table: externalRefs, entityType: 'SupplierInvoice', id: supplierInvoices.id }, filter.externalRefs),
  ],
};

function withLine(ids: readonly string[] | null | undefined) {
  const named = idIn(supplierInvoiceLines.subcontractLineId, ids);
  return named && sql`${supplierInvoices.id} in (select ${supplierInvoiceLines.supplierInvoiceId} from ${supplierInvoiceLines} where ${named})`;
}
