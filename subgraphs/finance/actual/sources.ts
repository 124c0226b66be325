import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { lockMaking, rowsById } from '#kernel/rows.ts';
import { and, eq, inArray } from '#kernel/sql.ts';
import { type ActualRow, actualSourceTypes, actuals, isCost, isSale } from '../tables.ts';
import type { Work } from './work.ts';

/**
 * What posting is to make of a source: all of it, or what was taken back. `former` are to be reversed, `kept` stand unless the work is sold no more,
 * `revision` is the next to make.
 */
export type Postable = { state: 'NEW'; former: ActualRow[]; kept: ActualRow[]; revision: number };

/** Where a source stands: to be posted; posted already; or not to be posted. */
export type Posting = Postable | { state: 'POSTED'; actualIds: string[] } | { state: 'REFUSED'; refused: Refused; atRisk?: Money };

export type Postings = { of(work: Source): Posting };

type Source = Pick<Work, 'sourceId' | 'sourceVersion'>;
type Asked = { sourceType: ActualRow['sourceType']; works: readonly Source[]; anew: boolean };

/** What was posted from sources before, in one statement that locks it: a draft invoice does not take meanwhile what is being replaced. */
export async function postedBefore(scope: Scope, { sourceType, works, anew }: Asked): Promise<Postings> {
  const sourceIds = works.map((work) => work.sourceId);
  // Who posts a source goes alone: before its first actual there is no row to lock.
  await lockMaking(
    scope,
    sourceIds.map((id) => ({ kind: `finance ${sourceType}`, id })),
  );
  const rows = await lockSources(scope, [sourceType], sourceIds);
  const bySource = Map.groupBy(rows, (row) => row.sourceId);
  const newest = new Map<string, number>();
  for (const { sourceId, sourceVersion } of works) newest.set(sourceId, Math.max(sourceVersion, newest.get(sourceId) ?? 0));
  return {
    of: ({ sourceId, sourceVersion }) => postingOf(bySource.get(sourceId) ?? [], { version: sourceVersion, newest: newest.get(sourceId) ?? 0, anew }),
  };
}

/** All that sources ever made, in the order in which everybody locks actuals. */
export function lockSources(scope: Scope, sourceTypes: readonly ActualRow['sourceType'][], sourceIds: readonly string[]): Promise<ActualRow[]> {
  return scope.tx
    .select()
    .from(actuals)
    .where(and(inArray(actuals.sourceType, [...sourceTypes]), inArray(actuals.sourceId, [...sourceIds])))
    .orderBy(actuals.id)
    .for('update');
}

/** These actuals and all that their sources ever made, locked as posting locks them, by id. */
export async function lockWithSources(scope: Scope, ids: readonly string[]): Promise<Map<string, ActualRow>> {
  const asked = [...(await rowsById(scope.tx, actuals, ids)).values()];
  const all = await lockSources(
    scope,
    actualSourceTypes,
    asked.map((row) => row.sourceId),
  );
  return new Map(all.map((row) => [row.id, row]));
}

/** All parts of the sale that an actual is one of, by what is locked, or all lines of the cost; of anything else itself. */
export function partsOf(rows: ReadonlyMap<string, ActualRow>, row: ActualRow): ActualRow[] {
  const family = [isSale, isCost].find((of) => of(row));
  if (!family) return [row];
  const same = ({ sourceType, sourceId, sourceVersion, reversesId, reversedById }: ActualRow) =>
    `${sourceType} ${sourceId} ${sourceVersion}` === `${row.sourceType} ${row.sourceId} ${row.sourceVersion}` && !reversesId && !reversedById;
  return [...rows.values()].filter((each) => family(each) && same(each));
}

type Place = {
  version: number;
  /** The newest version in the same call. */
  newest: number;
  /** What was taken back is posted again; otherwise it is refused, so that a repeat undoes nobody's decision. */
  anew: boolean;
};

export function postingOf(all: readonly ActualRow[], { version, newest, anew }: Place): Posting {
  const rows = all.filter((row) => row.reversesId === null);
  const same = rows.filter((row) => row.sourceVersion === version && row.kind !== 'BILLED_SALES');
  const counting = same.filter((row) => row.reversedById === null);
  const lost = lostOf(same);
  const followed = rows.some((row) => row.sourceVersion > version);
  if (same.length > 0 && (lost.length === 0 || followed)) return { state: 'POSTED', actualIds: (counting.length > 0 ? counting : same).map((row) => row.id) };
  if (same.length > 0 && !anew) return { state: 'REFUSED', ...takenBack(lost, all) };
  const former = rows.filter((row) => row.reversedById === null && row.sourceVersion !== version);
  const latest = Math.max(newest, ...former.map((row) => row.sourceVersion));
  if (latest > version)
    return { state: 'REFUSED', refused: new Refused('STALE_VERSION', `Version ${version} is older than version ${latest}, which is posted.`) };
  const billed = former.find((row) => row.status === 'ON_INVOICE' || row.status === 'BILLED');
  if (billed) return { state: 'REFUSED', refused: onInvoice(billed) };
  return { state: 'NEW', former, kept: counting, revision: Math.max(0, ...same.map((row) => row.pricingRevision)) + 1 };
}

/** What was taken back and not posted anew, of one version of a source. A cost that was posted without a sale when the sale went says that nothing is sold any more. */
export function lostOf(same: readonly ActualRow[]): ActualRow[] {
  const counting = same.filter((row) => row.reversesId === null && row.reversedById === null);
  const instead = (cost: ActualRow, sale: ActualRow) => cost.pricingRevision > sale.pricingRevision && cost.createdAt >= sale.updatedAt;
  const stands = (row: ActualRow) =>
    counting.some((each) => each.kind === row.kind || (isSale(each) && isSale(row)) || (each.kind === 'COST' && instead(each, row)));
  return same.filter((row) => row.reversesId === null && row.kind !== 'BILLED_SALES' && row.reversedById !== null && !stands(row));
}

/** Why work that was taken back is in the ledger no more, and what that is worth. */
export type TakenBack = { refused: Refused; atRisk?: Money };

/** What was taken back of the newest version of each source and not posted anew, as it stands now; by source. */
export async function takenBackOf(db: Db, sourceType: ActualRow['sourceType'], sourceIds: readonly string[]): Promise<Map<string, TakenBack>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(actuals)
    .where(and(eq(actuals.sourceType, sourceType), inArray(actuals.sourceId, [...sourceIds])));
  const found = new Map<string, TakenBack>();
  for (const [sourceId, all] of Map.groupBy(rows, (row) => row.sourceId)) {
    const newest = Math.max(...all.map((row) => row.sourceVersion));
    const lost = lostOf(all.filter((row) => row.sourceVersion === newest));
    if (lost.length > 0) found.set(sourceId, takenBack(lost, all));
  }
  return found;
}

function takenBack(lost: readonly ActualRow[], all: readonly ActualRow[]): TakenBack {
  const last = lost.toSorted((a, b) => b.pricingRevision - a.pricingRevision);
  const why = all.find((row) => row.id === last[0]?.reversedById)?.reason;
  const sale = last.find(isSale);
  const message = `It was posted and taken back${why ? `: ${why}` : ''}. Retry to post it anew at the terms of now, or dismiss to leave it out.`;
  return { refused: new Refused('ACTUAL_REVERSED', message), ...(sale ? { atRisk: { minor: sale.amountMinor, currency: sale.currency } } : {}) };
}

/** Why an actual that a client was or is about to be asked for is not taken back. */
export function onInvoice(actual: ActualRow): Refused {
  const way = actual.status === 'BILLED' ? 'Credit the invoice first.' : 'Cancel the invoice first.';
  return new Refused('GUARD_REFUSED', `The actual ${actual.id} is ${actual.status}. ${way}`, { guard: 'notOnInvoice' });
}
