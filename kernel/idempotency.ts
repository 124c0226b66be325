import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { databaseError, Refused } from './errors.ts';
import { type SQL, sql } from './sql.ts';

export type IdempotentCall = { mutation: string; key: string; input: unknown };

/** Milliseconds that a twin waits for the first one to finish before it is told to come back. */
const twinPatience = 3_000;
/** Milliseconds that any other lock is waited for. */
const lockPatience = 15_000;

/** Takes the key, or gives the first answer back. A twin still at work holds us on the unique index. */
export async function claim(scope: Scope, call: IdempotentCall): Promise<{ replay: unknown } | undefined> {
  if (call.key.length === 0 || call.key.length > 255) {
    throw new Refused('VALIDATION_FAILED', 'idempotencyKey must have 1 to 255 characters.', { field: 'idempotencyKey' });
  }
  const inputHash = hashInput(call.input);
  try {
    await scope.tx.execute(sql`select set_config('lock_timeout', ${String(twinPatience)}, true)`);
    const taken = await scope.tx.execute(sql`
      insert into log.idempotency (principal, mutation, key, input_hash, created_at)
      values (${scope.actor.id}, ${call.mutation}, ${call.key}, ${inputHash}, ${scope.now.toISOString()}) on conflict do nothing returning 1`);
    await scope.tx.execute(sql`select set_config('lock_timeout', ${String(lockPatience)}, true)`);
    if (taken.length === 1) return undefined;
  } catch (error) {
    if (databaseError(error)?.code !== '55P03') throw error;
    throw new Refused('IDEMPOTENCY_IN_PROGRESS', 'A call with this idempotencyKey is still running. Retry with the same key.', { field: 'idempotencyKey' });
  }
  return replayOf(scope, call, inputHash);
}

async function replayOf(scope: Scope, call: IdempotentCall, inputHash: string): Promise<{ replay: unknown }> {
  const [first] = await scope.tx.execute(sql`
    select input_hash, answer from log.idempotency where principal = ${scope.actor.id} and mutation = ${call.mutation} and key = ${call.key}`);
  if (first?.input_hash !== inputHash) {
    throw new Refused('IDEMPOTENCY_KEY_REUSED', 'This idempotencyKey was used with other arguments. Use a new key for a new intent.', {
      field: 'idempotencyKey',
    });
  }
  return { replay: first.answer };
}

/** Keeps the answer beside the effect, and the note of the call: all commit or none. */
export async function settle(scope: Scope, call: IdempotentCall, { answer, note }: { answer: unknown; note: SQL }): Promise<void> {
  await scope.tx.execute(sql`
    with noted as (${note})
    update log.idempotency set answer = ${JSON.stringify(answer)}::jsonb
    where principal = ${scope.actor.id} and mutation = ${call.mutation} and key = ${call.key}`);
}

/** Removes records past their retention, in bounded bites; gives how many went. */
export async function sweepIdempotency(db: Db, before: Date, bite = 5_000): Promise<number> {
  const gone = await db.execute(sql`
    delete from log.idempotency where ctid in (select ctid from log.idempotency where created_at < ${before.toISOString()} limit ${bite}) returning 1`);
  return gone.length;
}

/** Equal arguments hash equally, whatever the order of their fields; the key itself is no argument. */
export function hashInput(input: unknown): string {
  const { idempotencyKey: _, ...rest }: Record<string, unknown> = JSON.parse(JSON.stringify({ ...(input as object) }, plain));
  return createHash('sha256')
    .update(canonicalize(rest) ?? '')
    .digest('hex');
}

/** What JSON cannot hold, and halves of characters, which canonical JSON refuses and the database does not keep. */
function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: String(value) };
  return typeof value === 'string' ? value.toWellFormed() : value;
}
