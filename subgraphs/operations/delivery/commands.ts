import { sql } from 'drizzle-orm';
import type { DeliveryActionInput, SkipDeliveryInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { notFound } from '#kernel/rows.ts';
import { readDeliveryId } from './queries.ts';

/** PARKED to FAILED and due now: the consumer tries it in its next round, with all its attempts before it. */
export async function retryDelivery(scope: Scope, input: DeliveryActionInput): Promise<{ id: string }> {
  const { consumer, factId } = await lockParked(scope, input.id);
  await scope.tx.execute(sql`
    update log.delivery set status = 'FAILED', attempts = 0, next_attempt_at = ${scope.now.toISOString()} where consumer = ${consumer} and fact_id = ${factId}::uuid`);
  return { id: input.id };
}

/** PARKED to SKIPPED, for the reason given: what waits behind it goes on. */
export async function skipDelivery(scope: Scope, input: SkipDeliveryInput): Promise<{ id: string }> {
  const reason = checkText('reason', input.reason, 1000);
  const { consumer, factId } = await lockParked(scope, input.id);
  await scope.tx.execute(sql`
    update log.delivery set status = 'SKIPPED', next_attempt_at = null, reason = ${`${reason} (skipped by ${scope.actor.id})`}
    where consumer = ${consumer} and fact_id = ${factId}::uuid`);
  return { id: input.id };
}

async function lockParked(scope: Scope, id: string): Promise<{ consumer: string; factId: string }> {
  demand(scope.actor, 'delivery:repair');
  const key = readDeliveryId(id);
  if (!key) throw notFound('Delivery', id);
  const [row] = await scope.tx.execute(sql`select status from log.delivery where consumer = ${key.consumer} and fact_id = ${key.factId}::uuid for update`);
  if (!row) throw notFound('Delivery', id);
  if (row.status !== 'PARKED') throw new Refused('INVALID_TRANSITION', `The delivery is ${row.status}; only a PARKED one needs a decision.`, { field: 'id' });
  return key;
}
