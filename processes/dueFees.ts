import { contractsWithFees, type FeeOutcome, postDueFees } from '#finance/actual/commands.ts';
import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { beforeAllIds } from '#kernel/ids.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { knownSubjects, retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';

/** The name under which fees that are due and cannot be posted land among the exceptions. */
export const dueFeesProcess = 'due-fees';

/** Contracts whose fees are looked at together. */
const biteSize = 100;

/** Fees by date, of instalments and retainers, become actuals on their day. A turn ends with the first contracts of which something was due. */
export const dueFees: Schedule = {
  name: dueFeesProcess,
  every: 600,
  run: async (scope) => {
    for (let after = beforeAllIds; ; ) {
      const ids = await contractsWithFees(scope.tx, { after, limit: biteSize });
      const outcomes = await postDueFees(scope, ids);
      const posted = outcomes.filter((outcome) => !('refused' in outcome)).length;
      await report(scope, outcomes, false);
      after = ids.at(-1) ?? after;
      if (posted > 0 || ids.length < biteSize) return posted;
    }
  },
};

/** Somebody wants what could not be posted, or was taken back, to be posted now. */
export const retriedFees = consumer({
  name: 'retried-fees',
  facts: [operations.ExceptionRetryRequested],
  handle: async (scope, facts) => {
    const asked = facts.filter(({ payload }) => payload.process === dueFeesProcess).map(({ payload }) => payload.subjectId);
    const contractIds = [...(await retriedSubjects(scope.tx, dueFeesProcess, asked))];
    if (contractIds.length === 0) return;
    const outcomes = await postDueFees(scope, contractIds, { anew: true });
    await report(scope, outcomes, true);
  },
});

/** One exception a contract, whichever of its fees it is: a retry posts all of them. `again` where somebody asked, and wants to hear. */
async function report(scope: Scope, outcomes: readonly FeeOutcome[], again: boolean): Promise<void> {
  const refused = new Map(outcomes.flatMap((outcome) => ('refused' in outcome ? [[outcome.contractId, outcome] as const] : [])));
  const known = again ? new Set<string>() : await knownSubjects(scope.tx, dueFeesProcess, [...refused.keys()]);
  const done = outcomes.map(({ contractId }) => contractId).filter((id) => !refused.has(id));
  await resolveExceptions(scope, { process: dueFeesProcess, subjectIds: [...new Set(done)] });
  const reports = [...refused].map(([id, { refused: why, atRisk, keys }]): ExceptionReport => {
    const { code, message } = why;
    return { process: dueFeesProcess, code, message, subject: { type: 'Contract', id }, owner: 'controller', keys, moneyAtRisk: atRisk };
  });
  const fresh = reports.filter(({ subject }) => !known.has(subject.id));
  if (fresh.length > 0) await openExceptions(scope, fresh);
}
