import type { Scope, Trace } from './context.ts';
import type { Db, Tx } from './db.ts';
import type { Run } from './process.ts';
import { sql } from './sql.ts';

export type RunState = 'RUNNING' | 'COMPENSATING' | 'DONE' | 'FAILED' | 'COMPENSATED';

/** A run with what its steps gave; inside a transaction it is locked. */
export type Held = { run: Run; process: string; state: RunState; trace: Trace };

/** The trace of a run, as the database gives it. */
export function traceIn(value: unknown): Trace {
  const { correlationId, causationId, traceparent } = value as { correlationId: string; causationId: string; traceparent: string | null };
  return { correlationId, causationId, traceparent: traceparent ?? undefined };
}

export async function holdRun(tx: Db, id: string): Promise<Held> {
  const [row] = await tx.execute(sql`select * from log.process_run where id = ${id}::uuid for update`);
  if (!row) throw new Error(`no run ${id}`);
  const steps = await tx.execute(sql`
    select name, state, result, reason from log.process_step where run_id = ${id}::uuid and state in ('DONE', 'CANCELLED') and undoes is null order by number`);
  const results = Object.fromEntries(steps.filter(({ state }) => state === 'DONE').map((step) => [String(step.name), step.result]));
  const last = steps.find(({ state }) => state === 'CANCELLED');
  const ended = last && { step: String(last.name), reason: last.reason === null ? null : String(last.reason) };
  const subject = { type: String(row.subject_type), id: String(row.subject_id) };
  return {
    run: { id, subject, factId: String(row.fact_id), data: row.data, results, ended },
    process: String(row.process),
    state: row.state as RunState,
    trace: {
      correlationId: String(row.correlation_id),
      causationId: String(row.fact_id),
      traceparent: row.traceparent === null ? undefined : String(row.traceparent),
    },
  };
}

/** The state of a run; undefined when there is none. */
export async function findRun(db: Db, id: string): Promise<RunState | undefined> {
  const [row] = await db.execute(sql`select state from log.process_run where id = ${id}::uuid`);
  return row && (row.state as RunState);
}

/**
 * Goes back by one step: the last one that was done, or may have reached another system, below the one that was undone.
 * Without any left the run has ended. The run is locked.
 */
export async function compensate(tx: Tx, { run, process }: Held, { below, reason, now }: { below?: number; reason?: string; now: Date }): Promise<void> {
  if (below === undefined) {
    await tx.execute(
      sql`update log.process_run set state = 'COMPENSATING', reason = ${reason ?? null}, version = version + 1, updated_at = ${now.toISOString()} where id = ${run.id}::uuid`,
    );
    await tx.execute(sql`
      update log.process_step set state = 'CANCELLED', lease_until = null, reason = ${reason ?? null}, ended_at = ${now.toISOString()}
      where run_id = ${run.id}::uuid and state in ('OPEN', 'FAILED')`);
  }
  const added = await tx.execute(sql`
    insert into log.process_step (run_id, number, process, name, state, undoes, undoable, outside, due_at)
    select run_id, (select max(number) + 1 from log.process_step where run_id = ${run.id}::uuid), ${process}, name, 'OPEN', number, false, false, ${now.toISOString()}
    from log.process_step where run_id = ${run.id}::uuid and undoes is null and undoable and (state = 'DONE' or (outside and fence > 0))
      and number < ${below ?? 32_767} order by number desc limit 1 returning number`);
  if (added.length > 0) return;
  await tx.execute(
    sql`update log.process_run set state = 'COMPENSATED', version = version + 1, updated_at = ${now.toISOString()}, ended_at = ${now.toISOString()} where id = ${run.id}::uuid`,
  );
}

/** A person lets a run that gave up try its last step again. False when it did not give up. */
export async function retryRun(tx: Tx, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { state } = await holdRun(tx, id);
  if (state !== 'FAILED') return false;
  const [step] = await tx.execute(sql`
    update log.process_step set state = 'OPEN', attempts = 0, due_at = ${now.toISOString()} where run_id = ${id}::uuid and state = 'FAILED' returning undoes`);
  await tx.execute(
    sql`update log.process_run set state = ${step?.undoes === null ? 'RUNNING' : 'COMPENSATING'}, version = version + 1, updated_at = ${now.toISOString()} where id = ${id}::uuid`,
  );
  return true;
}

/** A person ends a run: what was done is compensated, in reverse order. False when it has ended, or goes back already. */
export async function cancelRun(tx: Tx, { id, reason, now }: { id: string; reason: string; now: Date }): Promise<boolean> {
  const held = await holdRun(tx, id);
  const [undoing] = await tx.execute(sql`select 1 from log.process_step where run_id = ${id}::uuid and undoes is not null limit 1`);
  if (undoing || (held.state !== 'RUNNING' && held.state !== 'FAILED')) return false;
  await compensate(tx, held, { reason, now });
  return true;
}

/** Somebody answered: what runs of a process wait for about these subjects is looked at again now. */
export async function wakeRuns({ tx, now }: Pick<Scope, 'tx' | 'now'>, process: string, subjectIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update log.process_step step set due_at = ${now.toISOString()} from log.process_run run
    where run.id = step.run_id and run.process = ${process} and run.state = 'RUNNING' and run.subject_id = any(${sql.param([...subjectIds])}::uuid[])
      and step.state = 'OPEN' and step.due_at > ${now.toISOString()}`);
}
