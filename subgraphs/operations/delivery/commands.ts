import type { DeliveryActionInput, SkipDeliveryInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { type DeliveryKey, lockDelivery, retryParked, skipParked } from '#kernel/delivery.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { notFound } from '#kernel/rows.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { readDeliveryId } from './queries.ts';

/** PARKED to FAILED and due now: the consumer tries it in its next round, with all its attempts before it. */
export async function retryDelivery(scope: Scope, input: DeliveryActionInput): Promise<{ id: string }> {
  const key = await lockParked(scope, input.id);
  await retryParked(scope.tx, { ...key, now: scope.now });
  return { id: input.id };
}

/** PARKED to SKIPPED, for the reason given: what waits behind it goes on. */
export async function skipDelivery(scope: Scope, input: SkipDeliveryInput): Promise<{ id: string }> {
  const reason = checkLines('reason', input.reason, 1000);
  const key = await lockParked(scope, input.id);
  await skipParked(scope.tx, { ...key, reason: `${reason} (skipped by ${scope.actor.id})`, now: scope.now });
  return { id: input.id };
}

async function lockParked(scope: Scope, id: string): Promise<DeliveryKey & { subjectId: string }> {
  demand(scope.actor, 'delivery:repair');
  demandWholeFirm(scope.actor, 'A delivery');
  const key = readDeliveryId(id);
  const found = key && (await lockDelivery(scope.tx, key));
  if (!found) throw notFound('Delivery', id);
  if (found.status !== 'PARKED')
    throw new Refused('INVALID_TRANSITION', `The delivery is ${found.status}; only a PARKED one needs a decision.`, { field: 'id' });
  return { ...key, subjectId: found.subjectId };
}
