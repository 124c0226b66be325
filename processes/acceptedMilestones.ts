import { facts as engagements } from '#engagements/published.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumer } from '#kernel/consume.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { feesProcess, postFees } from './postFees.ts';

/** The fee of an accepted milestone becomes an actual that is ready to be invoiced, or an exception. */
export const acceptedMilestones = consumer({
  name: feesProcess,
  facts: [engagements.MilestoneAccepted, operations.ExceptionRetryRequested],
  handle: async (scope, facts) => {
    const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === feesProcess);
    const accepted = new Map(facts.filter((fact) => fact.type === 'MilestoneAccepted').map((fact) => [fact.subjectId, fact] as const));
    const retried = new Map(retries.map((fact) => [fact.payload.subjectId, fact] as const));
    const asked = await retriedSubjects(scope.tx, feesProcess, [...retried.keys()]);
    const caused = withCauses(scope, [...accepted, ...retried]);
    await postFees(caused, new Map([...accepted].filter(([id]) => !asked.has(id)).map(([id, { keys }]) => [id, keys] as const)));
    await postFees(caused, new Map([...retried].filter(([id]) => asked.has(id)).map(([id, { keys }]) => [id, keys] as const)), { anew: true });
  },
});
