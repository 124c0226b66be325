import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Draft } from '#kernel/draft.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { references as read } from '#kernel/reference.ts';
import { demandNamed, lockMaking, lockRows, type Named } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { references } from '#resources/published.ts';
import type { PurchaseLine } from '../billing/subcontract.ts';
import type { Invoiced } from '../billing/threeWay.ts';
import { supplierInvoice } from '../entities.ts';
import { facts } from '../published.ts';
import { type SupplierInvoiceLineRow, type SupplierInvoiceRow, supplierInvoiceLines, supplierInvoices } from '../tables.ts';
import { seesCost } from '../visibility.ts';
import { type Held, invoicedBy, lostIn, readHeld } from './held.ts';
import type { SupplierInvoiceSubject } from './machine.ts';

/** What commands on supplier invoices judge by. */
export type LoadedSupplierInvoices = {
  rows: ReadonlyMap<string, SupplierInvoiceRow>;
  lines: ReadonlyMap<string, SupplierInvoiceLineRow[]>;
  orders: ReadonlyMap<string, PurchaseLine>;
  held: Held;
  /** What other invoices ask for, by line of an order. */
  invoiced: ReadonlyMap<string, Invoiced>;
};

/** Locks invoices, then the taking of hours by their orders: of two invoices over the same hours one comes after the other. */
export async function loadSupplierInvoices(scope: Scope, ids: readonly string[]): Promise<LoadedSupplierInvoices> {
  const rows = await lockRows(scope, supplierInvoices, ids);
  const lines = await linesOf(scope.tx, [...rows.keys()]);
  const all = [...lines.values()].flat();
  const orderLines = [...new Set(all.map(({ subcontractLineId }) => subcontractLineId))];
  await lockMaking(
    scope,
    orderLines.map((id) => ({ kind: 'SupplierInvoiceMatch', id })),
  );
  return {
    ...{ rows, lines },
    orders: await ordersOf(scope.tx, orderLines),
    held: await readHeld(scope.tx, all, { lock: true }),
    invoiced: await invoicedBy(scope.tx, orderLines, [...rows.keys()]),
  };
}

/** The lines of orders, as resources published them. */
export async function ordersOf(db: Db, ids: readonly string[]): Promise<Map<string, PurchaseLine>> {
  const found = await read(db, references.SubcontractLine, ids);
  return new Map([...found].map(([id, line]) => [id, { id, ...line }]));
}

/** The lines of invoices, by invoice and in their order. */
export async function linesOf(db: Db, ids: readonly string[]): Promise<Map<string, SupplierInvoiceLineRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsWhere(db, supplierInvoiceLines, among(supplierInvoiceLines.supplierInvoiceId, ids));
  return Map.groupBy(
    rows.toSorted((a, b) => a.position - b.position),
    (row) => row.supplierInvoiceId,
  );
}

/** Who may know of supplier invoices at all. */
export function seesInvoice(actor: Actor, { legalEntityId }: Pick<SupplierInvoiceRow, 'legalEntityId'>): boolean {
  return seesCost(actor) && actor.customerIds === undefined && sees(actor, { legalEntityId });
}

/** A locked invoice that the actor may know of. */
export function demandSupplierInvoice({ rows }: LoadedSupplierInvoices, { id, expectedVersion }: Named, actor: Actor): SupplierInvoiceRow {
  return demandNamed(rows, { entity: supplierInvoice.name, id, expectedVersion }, (row) => seesInvoice(actor, row));
}

/** An invoice as its machine judges it. */
export function subjectOf({ status, recordedBy }: SupplierInvoiceRow, lines: readonly SupplierInvoiceLineRow[], held: Held): SupplierInvoiceSubject {
  return { status, recordedBy, differences: lines.reduce((sum, line) => sum + line.differences.length, 0), lost: lostIn(lines, held) };
}

type PlainFact = Exclude<keyof typeof facts & `SupplierInvoice${string}`, 'SupplierInvoiceRejected'>;

/** States a fact about an invoice as it now is. What it asks for stays out of the log, which more people read than may see costs. */
export function stateSupplierInvoice(draft: Draft, fact: PlainFact, row: SupplierInvoiceRow): void {
  draft.state(facts[fact], { subject: row, keys: { legalEntityId: row.legalEntityId }, payload: snapshotOf(row) });
}

export function snapshotOf({ id, subcontractorId, number, invoiceDate, status }: SupplierInvoiceRow) {
  return { supplierInvoiceId: id, subcontractorId, number, invoiceDate, status };
}
