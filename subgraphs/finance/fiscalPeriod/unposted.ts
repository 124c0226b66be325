import type { Db } from '#kernel/db.ts';
import { and, eq, inArray, sql } from '#kernel/sql.ts';
import { fiscalPeriods, invoices, journalEntries } from '../tables.ts';
import type { FiscalPeriodSubject } from './machine.ts';

export type Unposted = FiscalPeriodSubject['unposted'];

export const nothing: Unposted = { invoices: 0, journalEntries: 0 };

/** What is dated in periods and not posted, in one statement. NOT_READY actuals do not count: they are in the ledger already. */
export async function unpostedIn(db: Db, periodIds: readonly string[]): Promise<Map<string, Unposted>> {
  const inPeriod = (
    books: typeof invoices.legalEntityId | typeof journalEntries.legalEntityId,
    day: typeof invoices.invoiceDate | typeof journalEntries.postingDate,
  ) => and(eq(books, fiscalPeriods.legalEntityId), sql`${day} between ${fiscalPeriods.startDate} and ${fiscalPeriods.endDate}`);
  const drafts = sql<string>`(select count(*) from ${invoices} where ${inPeriod(invoices.legalEntityId, invoices.invoiceDate)} and ${invoices.status} in ('DRAFT', 'VALIDATED'))`;
  const entries = sql<string>`(select count(*) from ${journalEntries} where ${inPeriod(journalEntries.legalEntityId, journalEntries.postingDate)} and ${journalEntries.status} = 'DRAFT')`;
  const rows = await db
    .select({ id: fiscalPeriods.id, drafts, entries })
    .from(fiscalPeriods)
    .where(inArray(fiscalPeriods.id, [...periodIds]));
  return new Map(rows.map((row) => [row.id, { invoices: Number(row.drafts), journalEntries: Number(row.entries) }]));
}
