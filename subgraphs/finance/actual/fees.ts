import { type ContractReference, references as engagements } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { lockReferences } from '#kernel/reference.ts';
import { and, inArray, sql } from '#kernel/sql.ts';
import { unbounded } from '../billing/caps.ts';
import { type DueFee, feesDue } from '../billing/fees.ts';
import { capsOn, explainAmount, type PriceRule, termsOn, underOf } from '../billing/price.ts';
import { type BookedContract, booked } from '../demand.ts';
import { holdPeriods } from '../journal/periods.ts';
import { actuals } from '../tables.ts';
import { type ActualDraft, enterAll } from './ledger.ts';
import { holdLimits } from './limits.ts';
import { bookDay } from './lines.ts';
import { postedBefore } from './sources.ts';
import type { PostingOutcome } from './work.ts';

/** A fee of a contract to be posted; its rule says what gave the amount. */
export type Fee = DueFee & { contractId: string; contract: BookedContract; rule: PriceRule };

/** What became of a contract's due fees: those that it has, or why one of them is not posted. */
export type FeeOutcome = PostingOutcome & { contractId: string; keys: { customerId: string; engagementId: string; legalEntityId: string | null } };

/** Contracts that agree on fees by date, in the order of their ids. */
export async function contractsWithFees(db: Db, { after, limit }: { after: string; limit: number }): Promise<string[]> {
  const rows = await db.execute<{ entity_id: string }>(sql`
    select entity_id from log.reference where entity_type = 'Contract' and entity_id > ${after}::uuid and data ->> 'status' in ('CONFIRMED', 'COMPLETED')
      and jsonb_path_exists(data, '$.versions[*].lines[*] ? (@.instalments != null || @.retainer != null)') order by entity_id limit ${limit}`);
  return rows.map(({ entity_id }) => entity_id);
}

/** Posts what contracts say is due by a day, each fee once; what was taken back is posted `anew` only. */
export async function postDueFees(scope: Scope, contractIds: readonly string[], { asOf = dateOf(scope.now), anew = false } = {}): Promise<FeeOutcome[]> {
  demand(scope.actor, 'actual:post');
  const contracts = await lockReferences(scope, engagements.Contract, contractIds);
  const due = [...contracts].flatMap(([contractId, contract]) => feesOf(contractId, contract, asOf));
  const standing = await standingOf(scope, due);
  const outcomes = due.flatMap((each): FeeOutcome[] => {
    const about = { contractId: each.contractId, keys: 'keys' in each ? each.keys : keysOf(each.contract), sourceId: each.id || each.contractId };
    if ('refused' in each) return [{ ...about, refused: each.refused }];
    return !anew && standing.get(each.id) === false ? [{ ...about, refused: takenBack(each) }] : [];
  });
  const missing = due.filter((each): each is Fee => 'rule' in each && standing.get(each.id) !== true && (anew || !standing.has(each.id)));
  return [...outcomes, ...(await postFees(scope, missing, { anew }))];
}

function takenBack({ name }: Fee): Refused {
  return new Refused('ACTUAL_REVERSED', `${name} was posted and taken back. Retry to post it anew, or dismiss to leave it out.`);
}

type Unbooked = { id: string; contractId: string; keys: FeeOutcome['keys']; refused: Refused };

function feesOf(contractId: string, found: ContractReference, asOf: CalendarDate): (Fee | Unbooked)[] {
  if (!['CONFIRMED', 'COMPLETED'].includes(found.status)) return [];
  const due = feesDue(found, asOf);
  const contract = booked(found);
  if (contract instanceof Refused) return due.length > 0 ? [{ id: '', contractId, keys: keysOf(found), refused: contract }] : [];
  return due.map((fee) => ({ ...fee, contractId, contract, rule: 'CONTRACT_FEE' }));
}

const keysOf = ({ customerId, engagementId, legalEntityId }: ContractReference): FeeOutcome['keys'] => ({ customerId, engagementId, legalEntityId });

/** Fees that were ever posted: true for those that count, false for those that were taken back. */
async function standingOf(scope: Scope, due: readonly { id: string }[]): Promise<Map<string, boolean>> {
  const ids = due.map(({ id }) => id).filter((id) => id !== '');
  if (ids.length === 0) return new Map();
  const rows = await scope.tx
    .select({ id: actuals.sourceId, counts: sql<boolean>`bool_or(reverses_id is null and reversed_by_id is null)` })
    .from(actuals)
    .where(and(wordIn(actuals.sourceType, ['CONTRACT_FEE']), inArray(actuals.sourceId, ids)))
    .groupBy(actuals.sourceId);
  return new Map(rows.map(({ id, counts }) => [id, counts]));
}

/** Posts fees as UNBILLED_SALES, on their own day, or today where that lies in no open period. A limit holds a fee back whole. */
export async function postFees(scope: Scope, fees: readonly Fee[], { anew = false } = {}): Promise<FeeOutcome[]> {
  if (fees.length === 0) return [];
  const works = fees.map(({ id }) => ({ sourceId: id, sourceVersion: 1 }));
  const postings = await postedBefore(scope, { sourceType: 'CONTRACT_FEE', works, anew });
  const today = dateOf(scope.now);
  const periods = await holdPeriods(
    scope,
    fees.flatMap(({ contract: { legalEntityId }, dueOn }) => [dueOn, today].map((date) => ({ legalEntityId, date }))),
  );
  const bounds = fees.map(({ contract, contractId, contractLineId: lineId, dueOn }) => ({ caps: capsOn(contract, { contractId, lineId, date: dueOn }) }));
  const limits = await holdLimits(scope, bounds);
  const drafts: ActualDraft[] = [];
  const outcomes = fees.map((fee, index): FeeOutcome => {
    const about = { contractId: fee.contractId, sourceId: fee.id, keys: keysOf(fee.contract) };
    const before = postings.of({ sourceId: fee.id, sourceVersion: 1 });
    if (before.state === 'POSTED') return { ...about, actualIds: before.actualIds };
    if (before.state === 'REFUSED') return { ...about, refused: before.refused };
    const { legalEntityId } = fee.contract;
    const accountingDate = bookDay(periods, { legalEntityId, workDate: fee.dueOn, ...(today > fee.dueOn ? { lateOn: today } : {}) });
    if (accountingDate instanceof Refused) return { ...about, refused: accountingDate, atRisk: { minor: fee.minor, currency: fee.contract.currency } };
    const { hold } = limits(bounds[index] ?? unbounded, { minor: fee.minor, currency: fee.contract.currency }, { whole: true });
    const held = { status: hold ? ('NOT_READY' as const) : ('READY' as const), holdCode: hold?.code ?? null, holdReason: hold?.reason ?? null };
    const draft = { ...draftOf(scope, fee, accountingDate), ...held, pricingRevision: before.revision };
    drafts.push(draft);
    return { ...about, actualIds: [draft.id] };
  });
  await enterAll(scope, { drafts });
  return outcomes;
}

function draftOf(scope: Scope, { id, contractId, contract, contractLineId, name, dueOn, minor, rule }: Fee, accountingDate: CalendarDate) {
  const { customerId, engagementId, legalEntityId, currency } = contract;
  const terms = termsOn(contract, dueOn);
  const projectIds = terms.lines.find((line) => line.id === contractLineId)?.projectIds ?? [];
  return {
    ...{ id: newId(scope.now.getTime()), kind: 'UNBILLED_SALES' as const, transactionClass: 'FEE' as const, sourceType: 'CONTRACT_FEE' as const },
    ...{ sourceId: id, sourceVersion: 1, legalEntityId, customerId, engagementId, contractId, contractLineId },
    projectId: projectIds.length === 1 ? (projectIds[0] ?? null) : null,
    ...{ workDate: dueOn, accountingDate, amountMinor: minor, currency, description: name },
    priceExplanation: explainAmount(rule, currency, { under: underOf({ contractId, contract: terms }), contractLineId }),
  };
}
