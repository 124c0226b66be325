import type { Db } from '#kernel/db.ts';
import { inArray, type PgColumn, type SQL, sql } from '#kernel/sql.ts';
import { fiscalPeriods, invoices, journalEntries } from '../tables.ts';
import type { FiscalPeriodSubject } from './machine.ts';

export type Unposted = FiscalPeriodSubject['unposted'];

export const nothing: Unposted = { invoices: 0, journalEntries: 0 };

/** What of some books is dated in a period, as a condition beside the period's row. */
export const inPeriod = (books: PgColumn, day: PgColumn): SQL =>
  sql`${books} = ${fiscalPeriods.legalEntityId} and ${day} between ${fiscalPeriods.startDate} and ${fiscalPeriods.endDate}`;

/** Invoices and entries of a period that are not posted, as conditions beside its row: the close and the checklist judge by the same. */
export const draftInvoices: SQL = sql`${inPeriod(invoices.legalEntityId, invoices.invoiceDate)} and ${invoices.status} in ('DRAFT', 'VALIDATED')`;
export const draftEntries: SQL = sql`${inPeriod(journalEntries.legalEntityId, journalEntries.postingDate)} and ${journalEntries.status} = 'DRAFT'`;

/** What is dated in periods and not posted, in one statement. NOT_READY actuals do not count: they are in the ledger already. */
export async function unpostedIn(db: Db, periodIds: readonly string[]): Promise<Map<string, Unposted>> {
  const drafts = sql<string>`(select count(*) from ${invoices} where ${draftInvoices})`;
  const entries = sql<string>`(select count(*) from ${journalEntries} where ${draftEntries})`;
  const rows = await db
    .select({ id: fiscalPeriods.id, drafts, entries })
    .from(fiscalPeriods)
    .where(inArray(fiscalPeriods.id, [...periodIds]));
  return new Map(rows.map((row) => [row.id, { invoices: Number(row.drafts), journalEntries: Number(row.entries) }]));
}
