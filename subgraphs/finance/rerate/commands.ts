import type { Scope } from '#kernel/context.ts';
import { wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { and, desc, eq, inArray, isNotNull, lte } from '#kernel/sql.ts';
import { counting } from '../actual/queries.ts';
import { type ActualRow, actuals, invoiceLines, type RerateRow, rerateProposals, rerates } from '../tables.ts';
import { priceAnew } from './accept.ts';
import { rerateSources, type Unpriced } from './run.ts';

export { acceptRerateProposal, dismissRerateProposal } from './accept.ts';
export { startRerates, takeRerateTurn, type Unpriced } from './run.ts';

/** Somebody credited or cancelled an invoice that an amendment touches: its work is open again, and priced as the amendment has it. */
export async function rerateFreed(scope: Scope, invoiceIds: readonly string[]): Promise<void> {
  if (invoiceIds.length === 0) return;
  const open = await scope.tx
    .select({ proposal: rerateProposals, standing: rerates })
    .from(rerateProposals)
    .innerJoin(rerates, eq(rerates.id, rerateProposals.rerateId))
    .where(and(inArray(rerateProposals.invoiceId, [...invoiceIds]), wordIn(rerateProposals.status, ['PROPOSED'])))
    .orderBy(rerateProposals.id);
  for (const { proposal, standing } of open) {
    const billed = await scope.tx
      .selectDistinct({ id: actuals.sourceId })
      .from(actuals)
      .innerJoin(invoiceLines, eq(invoiceLines.id, actuals.invoiceLineId))
      .where(and(eq(invoiceLines.invoiceId, proposal.invoiceId), wordIn(actuals.kind, ['UNBILLED_SALES'])))
      .orderBy(actuals.sourceId);
    await priceAnew(
      scope,
      standing,
      billed.map(({ id }) => id),
    );
  }
}

/** Tries once more to price work anew, by actuals of it: those that still cannot be, and why. */
export async function rerateAgain(scope: Scope, actualIds: readonly string[]): Promise<Unpriced[]> {
  const named = [...(await rowsById(scope.tx, actuals, actualIds)).values()];
  const unpriced: Unpriced[] = [];
  for (const [contractId, rows] of Map.groupBy(named, (row) => row.contractId ?? '')) {
    const standing = await lastRerate(scope, contractId, rows);
    if (!standing) continue;
    const sources = inArray(
      actuals.sourceId,
      rows.map(({ sourceId }) => sourceId),
    );
    const costs = await scope.tx
      .select()
      .from(actuals)
      .where(and(sources, wordIn(actuals.kind, ['COST']), counting))
      .orderBy(actuals.workDate, actuals.id);
    unpriced.push(...(await rerateSources(scope, standing, costs)).unpriced);
  }
  return unpriced;
}

async function lastRerate(scope: Scope, contractId: string, rows: readonly ActualRow[]): Promise<RerateRow | undefined> {
  const [last = ''] = rows
    .map(({ workDate }) => workDate)
    .toSorted()
    .toReversed();
  const done = and(eq(rerates.contractId, contractId), isNotNull(rerates.finishedAt), lte(rerates.fromDate, last));
  const [standing] = await scope.tx.select().from(rerates).where(done).orderBy(desc(rerates.startedAt), desc(rerates.id)).limit(1);
  return standing;
}
