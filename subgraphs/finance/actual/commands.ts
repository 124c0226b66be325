import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { type PostingOptions, postWork } from './post.ts';
import { type ApprovedEntry, type ApprovedExpense, type PostingOutcome, workOfExpense, workOfTime } from './work.ts';

export { contractsWithFees, type FeeOutcome, postDueFees } from './fees.ts';
export { holdActual, releaseActual } from './hold.ts';
export { postAcceptedMilestones } from './milestones.ts';
export { billProgress } from './progress.ts';
export { recordActuals } from './record.ts';
export { postRecordedAnew } from './repost.ts';
export { repriceActual } from './reprice.ts';
export { reverseActual, reverseForSource } from './reverse.ts';
export type { ApprovedEntry, ApprovedExpense, PostingOptions, PostingOutcome };

/** Posts approved time: COST and, when it is sold by the hour, UNBILLED_SALES; both or none. Posting it again gives the same actuals. */
export async function postApprovedTime(scope: Scope, entries: readonly ApprovedEntry[], options?: PostingOptions): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:post');
  return postWork(scope, entries.map(workOfTime), options);
}

/** Posts approved expenses at their own amount: COST and, when a contract line bills expenses, UNBILLED_SALES. */
export async function postApprovedExpenses(scope: Scope, expenses: readonly ApprovedExpense[], options?: PostingOptions): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:post');
  return postWork(scope, expenses.map(workOfExpense), options);
}
