import type { Scope } from '#kernel/context.ts';
import { type DecisionContext, decisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { bookDays, costLines, daysOfMoving, leave } from '../intercompany/lines.ts';
import { type BookDay, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { type ActualRow, isCost, isSale } from '../tables.ts';
import { type Assessed, assess, atRisk } from './assess.ts';
import { type ActualDraft, enterAll, type Reversal } from './ledger.ts';
import { holdLimits, type LimitJudge } from './limits.ts';
import { saleLines } from './lines.ts';
import { readPricing } from './pricing.ts';
import { type Postable, type Posting, type Postings, postedBefore } from './sources.ts';
import type { PostingOutcome, Work } from './work.ts';

export type PostingOptions = {
  /** The day in the books for work whose own day lies in no open period; without it such work is refused with PERIOD_CLOSED. */
  lateOn?: CalendarDate | undefined;
  /** What was posted before and taken back is posted again, as the next pricing revision; without it such work is refused with ACTUAL_REVERSED. */
  anew?: boolean;
};

type Planned = { work: Work; drafts: ActualDraft[]; reversals: Reversal[]; kept: readonly string[] };
type Decision = { done: PostingOutcome } | { planned: Planned };

/** Posts work that was not posted yet: a dozen statements, however much it is. Each piece makes all its actuals or none. */
export async function postWork(scope: Scope, works: readonly Work[], options: PostingOptions = {}): Promise<PostingOutcome[]> {
  const first = works[0];
  if (!first) return [];
  const postings = await postedBefore(scope, { sourceType: first.sourceType, works, anew: options.anew ?? false });
  const fresh = works.filter((work) => postings.of(work).state === 'NEW');
  const pricing = await readPricing(scope.tx, fresh, { lock: scope });
  const assessments = new Map(fresh.map((work) => [work, assess(work, pricing, scope.actor)]));
  const assessed = [...assessments.values()].flatMap((assessment) => ('assessed' in assessment ? [assessment.assessed] : []));
  const periods = await holdPeriods(scope, daysOf(assessed, postings, options));
  const limits = await holdLimits(
    scope,
    assessed.flatMap((each) => (each.sales ? [each.place] : [])),
    assessed.flatMap((each) => leavingOf(each, postings.of(each.work))),
  );
  const context = decisionContext(scope);
  const decisions = works.map((work): Decision => {
    const before = postings.of(work);
    if (before.state === 'POSTED') return { done: { sourceId: work.sourceId, actualIds: before.actualIds } };
    if (before.state === 'REFUSED') {
      const { state: _, ...refusal } = before;
      return { done: { sourceId: work.sourceId, ...refusal } };
    }
    const assessment = assessments.get(work);
    if (!assessment) throw new Error('fresh work without an assessment');
    if ('refused' in assessment) return { done: { sourceId: work.sourceId, ...assessment } };
    return plan(context, assessment.assessed, { periods, limits, options, before });
  });
  return write(scope, decisions);
}

/** The days of the books that may be posted on: the work's, the late one, and those of what is replaced. */
function daysOf(assessed: readonly Assessed[], postings: Postings, { lateOn }: PostingOptions): BookDay[] {
  return assessed.flatMap((each) => daysOfMoving({ assessed: each, leaving: leavingOf(each, postings.of(each.work)), lateOn }));
}

/** What posting takes back: former versions, and a cost that stood beside a sale when there is none any more, so that its next revision says so. */
function leavingOf({ sales }: Assessed, before: Posting): ActualRow[] {
  if (before.state !== 'NEW') return [];
  const soldNoMore = !sales && before.kept.every(isCost);
  return [...before.former, ...(soldNoMore ? before.kept : [])];
}

type Around = { periods: PeriodJudge; limits: LimitJudge; options: PostingOptions; before: Postable };

function plan(context: DecisionContext, assessed: Assessed, { periods, limits, options, before }: Around): Decision {
  const { work, place, sales } = assessed;
  const leaving = leavingOf(assessed, before);
  const kept = before.kept.filter((actual) => !leaving.includes(actual));
  const costs = !kept.some(({ kind }) => kind === 'COST');
  const days = bookDays(periods, { assessed, leaving, costs, lateOn: options.lateOn });
  // Whatever is wrong with a late day: it waits for an open one, as it did before.
  if (days instanceof Refused) return { done: { sourceId: work.sourceId, refused: new Refused('PERIOD_CLOSED', days.message), ...atRisk(sales) } };
  const made = { accountingDate: days(place.legalEntity.id), pricingRevision: before.revision };
  const drafts = costs ? costLines(context, assessed, { ...made, days }) : [];
  if (sales && !kept.some(isSale)) drafts.push(...saleLines(context, assessed, { ...made, price: sales, share: limits(place, sales) }));
  const reversals = leaving.map((actual) => {
    const reason = actual.sourceVersion === work.sourceVersion ? 'Posted anew without a sale.' : `Replaced by version ${work.sourceVersion} of its source.`;
    return leave(actual, { periods, days, reason });
  });
  return { planned: { work, drafts, reversals, kept: kept.map((actual) => actual.id) } };
}

async function write(scope: Scope, decisions: readonly Decision[]): Promise<PostingOutcome[]> {
  const planned = decisions.flatMap((decision) => ('planned' in decision ? [decision.planned] : []));
  const { added } = await enterAll(scope, { reversals: planned.flatMap((each) => each.reversals), drafts: planned.flatMap((each) => each.drafts) });
  const bySource = Map.groupBy(added, (actual) => actual.sourceId);
  return decisions.map((decision): PostingOutcome => {
    if ('done' in decision) return decision.done;
    const { work, kept } = decision.planned;
    return { sourceId: work.sourceId, actualIds: [...kept, ...(bySource.get(work.sourceId) ?? []).map((actual) => actual.id)] };
  });
}
