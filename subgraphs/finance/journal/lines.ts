import type { Db } from '#kernel/db.ts';
import { asc, inArray } from '#kernel/sql.ts';
import { type JournalLineRow, journalLines } from '../tables.ts';

/** All lines of entries, in their order; an entry without lines has an empty list. */
export async function linesOfEntries(db: Db, entryIds: readonly string[]): Promise<Map<string, JournalLineRow[]>> {
  const found = new Map<string, JournalLineRow[]>(entryIds.map((id) => [id, []]));
  if (entryIds.length === 0) return found;
  const rows = await db
    .select()
    .from(journalLines)
    .where(inArray(journalLines.journalEntryId, [...entryIds]))
    .orderBy(asc(journalLines.journalEntryId), asc(journalLines.position));
  for (const row of rows) found.get(row.journalEntryId)?.push(row);
  return found;
}
