import { asc, inArray } from 'drizzle-orm';
import { seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { accepted } from '../known.ts';
import { type InvoiceLineRow, type InvoiceRow, invoiceLines, invoices } from '../tables.ts';
import { invoiceMachine } from './machine.ts';
import { type Taxed, taxesOf } from './tax.ts';

/** One invoice of many, and the date that the caller wants on it. */
export type Item = { id: string; expectedVersion?: number | null | undefined; invoiceDate?: CalendarDate | null | undefined };

/** An invoice that may take the action, with its new date, and its tax or why there is none. */
export type Ready = { invoice: InvoiceRow; lines: InvoiceLineRow[]; invoiceDate: CalendarDate; dueDate: CalendarDate; tax: Taxed | { failure: string } };

/** Locks the invoices and judges each: found, version, machine, tax. The answers are in the order of the items. */
export async function judgeInvoices(scope: Scope, items: readonly Item[], action: 'validate' | 'post'): Promise<(Ready | Refused)[]> {
  const ids = items.map((item) => item.id);
  const found = await lockRows(scope, invoices, ids);
  const lines = await linesOf(scope.tx, [...found.keys()]);
  const judged = items.map((item, index) => {
    if (ids.indexOf(item.id) < index) return new Refused('VALIDATION_FAILED', `${item.id} stands twice in items.`, { field: 'items' });
    const invoice = judgeOne(scope, { item, invoice: found.get(item.id), action });
    if (invoice instanceof Refused) return invoice;
    const invoiceDate = item.invoiceDate ?? invoice.invoiceDate;
    return { invoice, lines: lines.get(invoice.id) ?? [], invoiceDate, dueDate: addDays(invoiceDate, invoice.paymentTermDays) };
  });
  const taxes = await taxesOf(scope, accepted(judged));
  return judged.map((each) => (each instanceof Refused ? each : { ...each, tax: taxes.get(each.invoice.id) ?? { failure: 'nobody asked' } }));
}

type Question = { item: Item; invoice: InvoiceRow | undefined; action: ActionName<typeof invoiceMachine> };

function judgeOne(scope: Scope, { item, invoice, action }: Question): InvoiceRow | Refused {
  if (!invoice || !seesCustomer(scope.actor, invoice.customerId)) return notFound('Invoice', item.id);
  const { expectedVersion } = item;
  if (expectedVersion !== undefined && expectedVersion !== null && expectedVersion !== invoice.version) {
    return new Refused('STALE_VERSION', `Invoice is at version ${invoice.version}, not ${expectedVersion}. Read it again, then decide.`, {
      field: 'expectedVersion',
    });
  }
  try {
    stepTo(invoiceMachine, { subject: invoice, action, actor: scope.actor });
    return invoice;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
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
