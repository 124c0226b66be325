import type { CancelProcessRunInput, ProcessRunActionInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { notFound } from '#kernel/rows.ts';
import { cancelRun, findRun, retryRun } from '#kernel/runState.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';

/** FAILED to RUNNING, or on with going back: its last step is due now, with all its attempts before it. */
export async function retryProcessRun(scope: Scope, { id }: ProcessRunActionInput): Promise<{ id: string }> {
  const state = await demandRun(scope, id);
  if (!(await retryRun(scope.tx, { id, now: scope.now }))) throw impossible(`The run is ${state}; only one that FAILED is tried again.`);
  return { id };
}

/** RUNNING or FAILED to COMPENSATING, for the reason given: what was done is taken back, the last step first. */
export async function cancelProcessRun(scope: Scope, input: CancelProcessRunInput): Promise<{ id: string }> {
  const reason = checkLines('reason', input.reason, 1000);
  const state = await demandRun(scope, input.id);
  const cancelled = await cancelRun(scope.tx, { id: input.id, reason: `${reason} (cancelled by ${scope.actor.id})`, now: scope.now });
  if (!cancelled) throw impossible(`The run is ${state}; what has ended or goes back already cannot be cancelled.`);
  return { id: input.id };
}

async function demandRun(scope: Scope, id: string): Promise<string> {
  demand(scope.actor, 'delivery:repair');
  demandWholeFirm(scope.actor, 'A run');
  const state = isId(id) ? await findRun(scope.tx, id) : undefined;
  if (!state) throw notFound('ProcessRun', id);
  return state;
}

function impossible(sentence: string): Refused {
  return new Refused('INVALID_TRANSITION', sentence, { field: 'id' });
}
