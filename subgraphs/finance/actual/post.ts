import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { type BookDay, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import type { ActualRow } from '../tables.ts';
import { readBook } from './book.ts';
import { atRisk, type Judged, judge, type Priced } from './judge.ts';
import { type ActualDraft, addActuals, type Reversal, reverseLocked } from './ledger.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { postedBefore, type Standing } from './sources.ts';
import type { PostingOutcome, Work } from './work.ts';

export type PostingOptions = {
  /** The day in the books for work whose own day lies in no open period; without it such work is refused with PERIOD_CLOSED. */
  lateOn?: CalendarDate | undefined;
};

type Planned = { work: Work; drafts: ActualDraft[]; reversals: Reversal[] };
type Decision = { done: PostingOutcome } | { planned: Planned };

/** Posts work that was not posted yet: a dozen statements, however much it is. Each piece makes all its actuals or none. */
export async function postWork(scope: Scope, works: readonly Work[], options: PostingOptions = {}): Promise<PostingOutcome[]> {
  const first = works[0];
  if (!first) return [];
  const standing = await postedBefore(scope, first.sourceType, works);
  const fresh = works.filter((work) => standing.of(work).state === 'NEW');
  const book = await readBook(scope.tx, fresh);
  const verdicts = new Map(fresh.map((work) => [work, judge(work, book, scope.actor)]));
  const judged = [...verdicts.values()].flatMap((verdict) => ('judged' in verdict ? [verdict.judged] : []));
  const periods = await holdPeriods(scope, daysOf(judged, standing, options));
  const limits = await holdLimits(
    scope,
    judged.map((each) => (each.sales ? each.place.line : null)),
  );
  const decisions = works.map((work): Decision => {
    const before = standing.of(work);
    if (before.state === 'POSTED') return { done: { sourceId: work.sourceId, actualIds: before.actualIds } };
    if (before.state === 'REFUSED') return { done: { sourceId: work.sourceId, refused: before.refused } };
    const verdict = verdicts.get(work);
    if (!verdict) throw new Error('fresh work without a verdict');
    if ('refused' in verdict) return { done: { sourceId: work.sourceId, ...verdict } };
    return plan(scope, verdict.judged, { periods, limits, options, former: before.former });
  });
  return write(scope, first.sourceType, decisions);
}

/** The days of the books that may be posted on: the work's, the late one, and those of what is replaced. */
function daysOf(judged: readonly Judged[], standing: Standing, { lateOn }: PostingOptions): BookDay[] {
  return judged.flatMap(({ work, place }) => {
    const legalEntityId = place.legalEntity.id;
    const before = standing.of(work);
    const former = before.state === 'NEW' ? before.former.map((actual) => ({ legalEntityId: actual.legalEntityId, date: actual.accountingDate })) : [];
    return [{ legalEntityId, date: work.workDate }, ...(lateOn ? [{ legalEntityId, date: lateOn }] : []), ...former];
  });
}

type Around = { periods: PeriodJudge; limits: LimitJudge; options: PostingOptions; former: readonly ActualRow[] };

function plan(scope: Scope, judged: Judged, { periods, limits, options, former }: Around): Decision {
  const { work, place, cost, sales } = judged;
  const accountingDate = bookDay(periods, { legalEntityId: place.legalEntity.id, workDate: work.workDate, ...options });
  if (accountingDate instanceof Refused) return { done: { sourceId: work.sourceId, refused: accountingDate, ...atRisk(sales) } };
  const hold = sales && place.line ? limits(place.line, sales.minor) : undefined;
  const drafts = [draft(scope, judged, { kind: 'COST', price: cost, accountingDate, hold: undefined })];
  if (sales) drafts.push(draft(scope, judged, { kind: 'UNBILLED_SALES', price: sales, accountingDate, hold }));
  const reversals = former.map((actual) => {
    const date = bookDay(periods, { legalEntityId: actual.legalEntityId, workDate: actual.accountingDate, lateOn: accountingDate });
    return { actual, accountingDate: date instanceof Refused ? accountingDate : date, reason: `Replaced by version ${work.sourceVersion} of its source.` };
  });
  return { planned: { work, drafts, reversals } };
}

/** The work's own day when its period is open, or else the late one. */
function bookDay(periods: PeriodJudge, day: { legalEntityId: string; workDate: CalendarDate } & PostingOptions): CalendarDate | Refused {
  const { legalEntityId, workDate, lateOn } = day;
  const closed = periods({ legalEntityId, date: workDate }, 'workDate');
  if (!closed || lateOn === undefined) return closed ?? workDate;
  return periods({ legalEntityId, date: lateOn }, 'lateOn') ?? lateOn;
}

type Line = { kind: 'COST' | 'UNBILLED_SALES'; price: Priced; accountingDate: CalendarDate; hold: { code: string; reason: string } | undefined };

function draft(scope: Scope, { work, place }: Judged, { kind, price, accountingDate, hold }: Line): ActualDraft {
  const { billable: _, spent: __, ...source } = work;
  const { project, legalEntity, contractId, line } = place;
  return {
    id: newId(scope.now.getTime()),
    ...source,
    kind,
    status: hold ? 'NOT_READY' : 'READY',
    holdCode: hold?.code ?? null,
    holdReason: hold?.reason ?? null,
    legalEntityId: legalEntity.id,
    customerId: project.customerId,
    engagementId: project.engagementId,
    contractId,
    contractLineId: line?.id ?? null,
    accountingDate,
    amountMinor: price.minor,
    currency: price.currency,
    priceExplanation: price.explanation,
  };
}

async function write(scope: Scope, sourceType: Work['sourceType'], decisions: readonly Decision[]): Promise<PostingOutcome[]> {
  const planned = decisions.flatMap((decision) => ('planned' in decision ? [decision.planned] : []));
  await reverseLocked(
    scope,
    planned.flatMap((each) => each.reversals),
  );
  const added = await addActuals(
    scope,
    planned.flatMap((each) => each.drafts),
  );
  const bySource = Map.groupBy(added, (actual) => actual.sourceId);
  // Whoever posted the same source between our look and our insert has made its actuals: they are the answer.
  const beaten = planned.filter((each) => !bySource.has(each.work.sourceId)).map((each) => each.work);
  const theirs = beaten.length > 0 ? await postedBefore(scope, sourceType, beaten) : undefined;
  return decisions.map((decision): PostingOutcome => {
    if ('done' in decision) return decision.done;
    const { work } = decision.planned;
    const before = theirs?.of(work);
    const actualIds = before?.state === 'POSTED' ? before.actualIds : (bySource.get(work.sourceId) ?? []).map((actual) => actual.id);
    return { sourceId: work.sourceId, actualIds };
  });
}
