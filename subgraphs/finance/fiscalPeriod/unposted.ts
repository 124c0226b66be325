import type { Db } from '#kernel/db.ts';
import { and, eq, inArray, type SQL, sql } from '#kernel/sql.ts';
import { fiscalPeriods, invoices, journalEntries } from '../tables.ts';
import type { FiscalPeriodSubject } from './machine.ts';

export type Unposted = FiscalPeriodSubject['unposted'];

export const nothing: Unposted = { invoices: 0, journalEntries: 0 };

type Books = typeof invoices.legalEntityId | typeof journalEntries.legalEntityId;
type Day = typeof invoices.invoiceDate | typeof journalEntries.postingDate;

const inPeriod = (books: Books, day: Day) =>
  and(eq(books, fiscalPeriods.legalEntityId), sql`${day} between ${fiscalPeriods.startDate} and ${fiscalPeriods.endDate}`) ?? sql`false`;

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
