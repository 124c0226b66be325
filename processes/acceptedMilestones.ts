import { facts as engagements } from '#engagements/published.ts';
import { postAcceptedMilestones } from '#finance/actual/commands.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';

const process = 'accepted-milestones-to-billing';

type Cause = FactOf<typeof engagements.MilestoneAccepted> | FactOf<typeof operations.ExceptionRetryRequested>;

/** The fee of an accepted milestone becomes an actual that is ready to be invoiced, or an exception. */
export const acceptedMilestones = consumer({
  name: process,
  facts: [engagements.MilestoneAccepted, operations.ExceptionRetryRequested],
  handle: async (scope, facts) => {
    const wanted = facts.filter((fact) => fact.type === 'MilestoneAccepted' || fact.payload.process === process);
    const causes = new Map(wanted.map((fact) => [fact.type === 'MilestoneAccepted' ? fact.subjectId : fact.payload.subjectId, fact]));
    if (causes.size === 0) return;
    const reports: ExceptionReport[] = [];
    const done: string[] = [];
    const caused = withCauses(scope, causes);
    for (const outcome of await postAcceptedMilestones(caused, [...causes.keys()])) {
      const cause = causes.get(outcome.sourceId);
      if ('refused' in outcome)
        reports.push({ ...about(outcome.sourceId, cause), code: outcome.refused.code, message: outcome.refused.message, moneyAtRisk: outcome.atRisk });
      else done.push(outcome.sourceId);
    }
    await resolveExceptions(caused, { process, subjectIds: done });
    if (reports.length > 0) await openExceptions(caused, reports);
  },
});

function about(id: string, fact: Cause | undefined): Pick<ExceptionReport, 'process' | 'subject' | 'owner' | 'keys'> {
  return { process, subject: { type: 'Milestone', id }, owner: 'controller', keys: fact?.keys };
}
