import type { Db } from '#kernel/db.ts';
import { among, rowsWhere, wordIn } from '#kernel/read.ts';
import { and } from '#kernel/sql.ts';
import { type DisputeRow, disputes } from '../tables.ts';

/** What is disputed now, by invoice: one at a time. Whoever holds the invoice holds that. */
export async function openDisputesOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, DisputeRow>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await rowsWhere(db, disputes, and(among(disputes.invoiceId, invoiceIds), wordIn(disputes.status, ['OPEN'])));
  return new Map(rows.map((row) => [row.invoiceId, row]));
}
