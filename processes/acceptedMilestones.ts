import { facts as engagements } from '#engagements/published.ts';
import { process } from '#kernel/process.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { feesProcess, postFees } from './postFees.ts';

/** The fee of an accepted milestone becomes an actual that is ready to be invoiced, or an exception. */
export const acceptedMilestones = process({
  name: feesProcess,
  starts: [engagements.MilestoneAccepted, operations.ExceptionRetryRequested],
  when: (fact) => fact.type === 'MilestoneAccepted' || fact.payload.process === feesProcess,
  subject: (fact) => ({ type: 'Milestone', id: fact.type === 'MilestoneAccepted' ? fact.subjectId : fact.payload.subjectId }),
  data: ({ type, keys }) => ({ keys, retried: type === 'ExceptionRetryRequested' }),
  steps: [
    {
      name: 'post the fee',
      run: async (scope, { subject: { id }, data: { keys, retried } }) => {
        const fee = new Map([[id, keys]]);
        if (!retried) await postFees(scope, fee);
        else if ((await retriedSubjects(scope.tx, feesProcess, [id])).has(id)) await postFees(scope, fee, { anew: true });
      },
    },
  ],
});
