import type { Consumer } from '#kernel/consume.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { consumerObjective } from '#kernel/workflow.ts';
import { checkWorkflows } from '#operations/workflow/commands.ts';

/** Seconds between two looks. */
const every = 15;

/** States which journeys are in breach of their objectives, and which are not any more: one worker at a time looks. */
export function workflowHealth(consumers: readonly Consumer[]): Schedule {
  const journeys = consumers.map(({ name, types }) => ({ name, types, objective: consumerObjective }));
  return {
    name: 'workflow-health',
    every,
    run: async (scope) => {
      await checkWorkflows(scope, journeys);
      // A look is one look, whatever it found.
      return 0;
    },
  };
}
