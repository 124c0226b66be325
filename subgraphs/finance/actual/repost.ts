import { type ContractReference, references as engagements } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { attempt } from '#kernel/outcome.ts';
import { dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import type { Bounds } from '../billing/caps.ts';
import { capsOn } from '../billing/price.ts';
import { holdPeriods } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';
import { type ActualDraft, enterAll } from './ledger.ts';
import { holdLimits } from './limits.ts';
import { bookDay } from './lines.ts';
import { lockSources, lostOf } from './sources.ts';
import type { PostingOutcome } from './work.ts';

/** What another system recorded and somebody took back stands again as it was recorded, as its next pricing revision. What counts is left alone. */
export async function postRecordedAnew(scope: Scope, sourceIds: readonly string[]): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:post');
  const bySource = Map.groupBy(await lockSources(scope, ['EXTERNAL'], sourceIds), (row) => row.sourceId);
  const lost = new Map(sourceIds.map((id) => [id, lostOf(bySource.get(id) ?? []).toSorted((a, b) => b.pricingRevision - a.pricingRevision)[0]]));
  const rows = [...lost.values()].filter((row) => row !== undefined);
  const today = dateOf(scope.now);
  const periods = await holdPeriods(
    scope,
    rows.flatMap(({ legalEntityId, accountingDate }) => [accountingDate, today].map((date) => ({ legalEntityId, date }))),
  );
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    rows.flatMap((row) => row.contractId ?? []),
  );
  const limits = await holdLimits(
    scope,
    rows.map((row) => boundsOf(row, contracts)),
  );
  const plans = sourceIds.map((id) => attempt(() => draftOf(lost.get(id))));
  await enterAll(scope, { drafts: plans.flatMap((plan) => (plan && !(plan instanceof Refused) ? [plan] : [])) });
  return sourceIds.map((sourceId, index): PostingOutcome => {
    const plan = plans[index];
    if (plan instanceof Refused) return { sourceId, refused: plan };
    const postings = (bySource.get(sourceId) ?? []).filter((row) => row.reversesId === null && row.reversedById === null).map((row) => row.id);
    return { sourceId, actualIds: plan ? [plan.id] : postings };
  });

  function draftOf(row: ActualRow | undefined): ActualDraft | undefined {
    if (!row) return undefined;
    const { version: _, createdAt: __, updatedAt: ___, reversedById: ____, invoiceId: _____, invoiceLineId: ______, ...same } = row;
    const accountingDate = bookDay(periods, { legalEntityId: row.legalEntityId, workDate: row.accountingDate, lateOn: today });
    if (accountingDate instanceof Refused) throw accountingDate;
    const { hold } = limits(boundsOf(row, contracts), { minor: row.amountMinor, currency: row.currency }, { whole: true });
    const held = { status: hold ? ('NOT_READY' as const) : ('READY' as const), holdCode: hold?.code ?? null, holdReason: hold?.reason ?? null };
    return { ...same, ...held, id: newId(scope.now.getTime()), accountingDate, pricingRevision: row.pricingRevision + 1 };
  }
}

function boundsOf(row: ActualRow, contracts: ReadonlyMap<string, ContractReference>): Bounds {
  const contract = row.kind === 'UNBILLED_SALES' ? contracts.get(row.contractId ?? '') : undefined;
  return { caps: capsOn(contract, { contractId: row.contractId, lineId: row.contractLineId, date: row.workDate }) };
}
