import type { Db } from '#kernel/db.ts';
import { within } from '#kernel/period.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { or, sql } from '#kernel/sql.ts';
import { type Invoiced, leastOf, type Receipt } from '../billing/threeWay.ts';
import {
  type ActualRow,
  actuals,
  type SupplierInvoiceLineRow,
  type SupplierInvoiceMatchRow,
  supplierInvoiceLines,
  supplierInvoiceMatches,
  supplierInvoices,
} from '../tables.ts';

/** A cost that counts, by a line of an order. */
export type Approved = Pick<ActualRow, 'id' | 'sourceType' | 'sourceId' | 'workDate'> & { subcontractLineId: string; seconds: bigint };
/** What approved time there is in the days of invoices, and which of it is held. */
export type Held = { approved: readonly Approved[]; matches: readonly SupplierInvoiceMatchRow[] };

type Reading = { lock: boolean };

/** Reads the approved time of the days of these lines; under a lock nothing of it is taken back until the transaction ends. Two statements. */
export async function readHeld(db: Db, lines: readonly SupplierInvoiceLineRow[], { lock }: Reading): Promise<Held> {
  if (lines.length === 0) return { approved: [], matches: [] };
  const orderLines = [...new Set(lines.map(({ subcontractLineId }) => subcontractLineId))];
  const from = lines.map(({ startDate }) => startDate).sort()[0];
  const to = lines
    .map(({ endDate }) => endDate)
    .sort()
    .at(-1);
  const rows = await db.execute(sql`
    select id, source_type, source_id, work_date, seconds::text, subcontract_line_id from ${actuals}
    where ${among(actuals.subcontractLineId, orderLines)} and subcontract_line_id is not null and work_date between ${from}::date and ${to}::date
      and reverses_id is null and reversed_by_id is null
    order by id ${lock ? sql`for share` : sql``}`);
  const approved = rows.map((row) => ({
    ...{ id: String(row.id), sourceType: sourceTypeOf(row.source_type), sourceId: String(row.source_id), workDate: dayOf(row.work_date) },
    ...{ subcontractLineId: String(row.subcontract_line_id), seconds: BigInt(String(row.seconds ?? 0)) },
  }));
  const { sourceId, supplierInvoiceId } = supplierInvoiceMatches;
  const about = or(
    among(
      sourceId,
      approved.map((each) => each.sourceId),
    ),
    among(
      supplierInvoiceId,
      lines.map((line) => line.supplierInvoiceId),
    ),
  );
  const matches = await rowsWhere(db, supplierInvoiceMatches, sql`${among(supplierInvoiceMatches.subcontractLineId, orderLines)} and ${about}`);
  return { approved, matches };
}

const sourceTypeOf = (value: unknown): ActualRow['sourceType'] => (value === 'EXPENSE_ITEM' ? 'EXPENSE_ITEM' : 'TIMESHEET_ENTRY');
const dayOf = (value: unknown): string => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value));

/** What other invoices ask for by these lines of orders, rejected ones and those that were never matched aside. */
export async function invoicedBy(db: Db, orderLines: readonly string[], except: readonly string[]): Promise<Map<string, Invoiced>> {
  if (orderLines.length === 0) return new Map();
  const rows = await db.execute(sql`
    select line.subcontract_line_id as id, sum(line.seconds)::text as seconds, sum(line.amount_minor)::text as minor
    from ${supplierInvoiceLines} line join ${supplierInvoices} invoice on invoice.id = line.supplier_invoice_id
    where line.subcontract_line_id = any(${sql.param([...new Set(orderLines)])}::uuid[]) and invoice.status not in ('RECEIVED', 'REJECTED')
      and invoice.id <> all(${sql.param([...except])}::uuid[]) group by 1`);
  return new Map(rows.map((row) => [String(row.id), { seconds: BigInt(String(row.seconds)), minor: BigInt(String(row.minor)) }]));
}

/** Approved time by a line of an order, with what other invoices hold of it. */
export function receiptsOf({ approved, matches }: Held, orderLine: string, invoiceId: string): Receipt<Approved>[] {
  const others = matches.filter((match) => match.subcontractLineId === orderLine && match.supplierInvoiceId !== invoiceId);
  const held = Map.groupBy(others, ({ sourceId }) => sourceId);
  return approved
    .filter((each) => each.subcontractLineId === orderLine)
    .map((source) => {
      const { sourceId, workDate, seconds } = source;
      return { source, sourceId, workDate, seconds, held: sumOf(held.get(sourceId) ?? []) };
    });
}

/** What still stands of the hours that a line holds. */
export function standingOf(line: SupplierInvoiceLineRow, held: Held): bigint {
  return held.matches
    .filter(({ supplierInvoiceLineId }) => supplierInvoiceLineId === line.id)
    .reduce((sum, match) => {
      const left = countingOf(line, match, held) - sumOf(othersOf(match, held));
      return sum + (left < 0n ? 0n : leastOf(left, match.seconds));
    }, 0n);
}

/** The positions of lines that hold hours which do not stand any more. */
export function lostIn(lines: readonly SupplierInvoiceLineRow[], held: Held): number[] {
  return lines.flatMap((line) => {
    const own = held.matches.filter(({ supplierInvoiceLineId }) => supplierInvoiceLineId === line.id);
    return standingOf(line, held) < sumOf(own) ? [line.position] : [];
  });
}

function othersOf(match: SupplierInvoiceMatchRow, { matches }: Held): SupplierInvoiceMatchRow[] {
  return matches.filter((each) => each.id !== match.id && each.sourceId === match.sourceId && each.subcontractLineId === match.subcontractLineId);
}

function countingOf({ startDate, endDate }: SupplierInvoiceLineRow, { sourceId, subcontractLineId }: SupplierInvoiceMatchRow, { approved }: Held): bigint {
  const own = approved.filter((each) => each.sourceId === sourceId && each.subcontractLineId === subcontractLineId);
  return own.filter(({ workDate }) => within(workDate, { from: startDate, to: endDate })).reduce((sum, { seconds }) => sum + seconds, 0n);
}

function sumOf(matches: readonly Pick<SupplierInvoiceMatchRow, 'seconds'>[]): bigint {
  return matches.reduce((sum, { seconds }) => sum + seconds, 0n);
}
