import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ActualRow, actuals } from '../tables.ts';
import type { Work } from './work.ts';

/** Where a source stands: new, with what its former versions left to be reversed; posted already; or not to be posted. */
export type Stand = { state: 'NEW'; former: ActualRow[] } | { state: 'POSTED'; actualIds: string[] } | { state: 'REFUSED'; refused: Refused };

export type Standing = { of(work: Pick<Work, 'sourceId' | 'sourceVersion'>): Stand };

/** What was posted from sources before, in one statement that locks it: a draft invoice does not take meanwhile what is being replaced. */
export async function postedBefore(
  scope: Scope,
  sourceType: ActualRow['sourceType'],
  works: readonly Pick<Work, 'sourceId' | 'sourceVersion'>[],
): Promise<Standing> {
  const sourceIds = works.map((work) => work.sourceId);
  const rows = await scope.tx
    .select()
    .from(actuals)
    .where(and(eq(actuals.sourceType, sourceType), inArray(actuals.sourceId, sourceIds), isNull(actuals.reversesId)))
    .orderBy(actuals.id)
    .for('update');
  const bySource = Map.groupBy(rows, (row) => row.sourceId);
  const newest = new Map<string, number>();
  for (const { sourceId, sourceVersion } of works) newest.set(sourceId, Math.max(sourceVersion, newest.get(sourceId) ?? 0));
  return { of: ({ sourceId, sourceVersion }) => standOf(bySource.get(sourceId) ?? [], { version: sourceVersion, newest: newest.get(sourceId) ?? 0 }) };
}

/** `newest` is the newest version in the same call. */
function standOf(rows: readonly ActualRow[], { version, newest }: { version: number; newest: number }): Stand {
  const same = rows.filter((row) => row.sourceVersion === version && row.kind !== 'BILLED_SALES');
  if (same.length > 0) {
    const counting = same.filter((row) => row.reversedById === null);
    return { state: 'POSTED', actualIds: (counting.length > 0 ? counting : same).map((row) => row.id) };
  }
  const former = rows.filter((row) => row.reversedById === null);
  const latest = Math.max(newest, ...former.map((row) => row.sourceVersion));
  if (latest > version)
    return { state: 'REFUSED', refused: new Refused('STALE_VERSION', `Version ${version} is older than version ${latest}, which is posted.`) };
  const billed = former.find((row) => row.status === 'ON_INVOICE' || row.status === 'BILLED');
  if (billed) return { state: 'REFUSED', refused: onInvoice(billed) };
  return { state: 'NEW', former };
}

/** Why an actual that a client was or is about to be asked for is not taken back. */
export function onInvoice(actual: ActualRow): Refused {
  const way = actual.status === 'BILLED' ? 'Credit the invoice first.' : 'Cancel the invoice first.';
  return new Refused('GUARD_REFUSED', `The actual ${actual.id} is ${actual.status}. ${way}`, { guard: 'notOnInvoice' });
}
