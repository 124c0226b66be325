import { customerIdsAfter } from '#engagements/customer/queries.ts';
import { paidGaps, recognizedGaps, soldGaps } from '#finance/reconciliation/queries.ts';
import type { Scope } from '#kernel/context.ts';
import { dateOf } from '#kernel/period.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { type Difference, noteBite, recordDifferences, standingRun } from '#operations/reconciliation/commands.ts';
import { changedCustomers, postingProgress } from '#operations/reconciliation/queries.ts';
import { compareApproved } from './approvedAndPosted.ts';
import { postingProcess } from './postWork.ts';

/** Customers in one transaction. */
const bite = 20;

/** One bite of the run that stands or is due; gives how many customers it was, and one more for the run itself. */
async function reconcile(scope: Scope): Promise<number> {
  const begun = performance.now();
  const run = await standingRun(scope);
  if (!run) return 0;
  const customerIds = run.complete ? await customerIdsAfter(scope.tx, run.afterCustomerId, bite) : await changedCustomers(scope.tx, run, bite);
  const { compared, differences } = customerIds.length === 0 ? { compared: 0, differences: [] } : await compare(scope, customerIds);
  const recorded = await recordDifferences(scope, { customerIds, differences });
  await noteBite(scope, { run, customerIds, compared, ...recorded, worked: Math.round(performance.now() - begun) });
  return customerIds.length + 1;
}

/** What the stages of these customers do not agree in: each subgraph is asked for its own, and what lies between two is compared here. */
async function compare(scope: Scope, customerIds: readonly string[]): Promise<{ compared: number; differences: Difference[] }> {
  const { tx, now } = scope;
  const approved = await compareApproved(tx, customerIds, await postingProgress(tx, postingProcess));
  const sold = await soldGaps(tx, customerIds);
  const paid = await paidGaps(tx, customerIds, dateOf(now));
  const recognized = await recognizedGaps(tx, customerIds, dateOf(now));
  return {
    compared: approved.compared,
    differences: joined([
      ...approved.differences,
      ...sold.map((gap) => ({ ...gap, pair: 'POSTED_BILLED' as const })),
      ...paid.map((gap) => ({ ...gap, pair: 'BILLED_PAID' as const })),
      ...recognized.map((gap) => ({ ...gap, pair: 'BILLED_RECOGNIZED' as const })),
    ]),
  };
}

/** Several findings of one place and cause are one difference. */
function joined(differences: readonly Difference[]): Difference[] {
  const keyOf = (each: Difference) =>
    [each.pair, each.cause, each.code, each.customerId, each.projectId, each.legalEntityId, each.week, each.currency].join(' ');
  return [...Map.groupBy(differences, keyOf).values()].flatMap((some) => some.slice(0, 1).map((first) => some.slice(1).reduce(together, first)));
}

function together(one: Difference, other: Difference): Difference {
  const [a, b] = [one.atRisk, other.atRisk];
  return {
    ...one,
    atRisk: { count: a.count + b.count, seconds: a.seconds + b.seconds, minor: a.minor + b.minor },
    exampleIds: [...one.exampleIds, ...other.exampleIds].slice(0, 10),
  };
}

/** Runs that somebody asked for begin within seconds; those of the schedule each hour of what changed, each day of all. */
export const reconciliation: Schedule = { name: 'reconciliation', every: 5, run: reconcile };
