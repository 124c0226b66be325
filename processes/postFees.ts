import { postAcceptedMilestones } from '#finance/actual/commands.ts';
import type { Scope } from '#kernel/context.ts';
import type { FactKeys } from '#kernel/facts.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';

/** The name under which fees that cannot be posted land among the exceptions. */
export const feesProcess = 'accepted-milestones-to-billing';

/** Posts the fees of milestones, or opens an exception for each that cannot be; keys of the fact behind each by milestone. */
export async function postFees(scope: Scope, causes: ReadonlyMap<string, FactKeys | undefined>, options?: { anew: boolean }): Promise<void> {
  if (causes.size === 0) return;
  const reports: ExceptionReport[] = [];
  const done: string[] = [];
  // What was taken back is in somebody's hands since then: a repeat has nothing to add.
  for (const outcome of await postAcceptedMilestones(scope, [...causes.keys()], options)) {
    const { sourceId: id } = outcome;
    if (!('refused' in outcome)) done.push(id);
    else if (outcome.refused.code !== 'ACTUAL_REVERSED') {
      const { code, message } = outcome.refused;
      const about = { process: feesProcess, subject: { type: 'Milestone', id }, owner: 'controller', keys: causes.get(id) };
      reports.push({ ...about, code, message, moneyAtRisk: outcome.atRisk });
    }
  }
  await resolveExceptions(scope, { process: feesProcess, subjectIds: done });
  if (reports.length > 0) await openExceptions(scope, reports);
}
