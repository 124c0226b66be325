import { withCauses } from '#kernel/cause.ts';
import { consumer } from '#kernel/consume.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { enableStopped, webhookProcess } from '#operations/webhook/commands.ts';

/** Somebody wants an endpoint of webhooks that was disabled to be tried again. */
export const retriedWebhooks = consumer({
  name: 'retried-webhooks',
  facts: [operations.ExceptionRetryRequested],
  handle: async (scope, facts) => {
    const asked = facts.filter(({ payload }) => payload.process === webhookProcess);
    const endpointIds = [
      ...(await retriedSubjects(
        scope.tx,
        webhookProcess,
        asked.map(({ payload }) => payload.subjectId),
      )),
    ];
    const caused = withCauses(
      scope,
      asked.map((fact) => [fact.payload.subjectId, fact]),
    );
    if (endpointIds.length > 0) await enableStopped(caused, endpointIds);
  },
});
