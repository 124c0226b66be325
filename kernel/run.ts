import { serviceActor } from './actor.ts';
import type { Clock, Scope, Trace } from './context.ts';
import type { Db, Tx } from './db.ts';
import { retryAt } from './delivery.ts';
import type { Doorbell } from './doorbell.ts';
import { isDatabaseLost, Refused } from './errors.ts';
import { reach } from './failpoint.ts';
import { type Loop, startLoop } from './loop.ts';
import { type Process, type Run, type Step, stepRow, Waiting } from './process.ts';
import { compensate, type Held, holdRun, traceIn } from './runState.ts';
import { inSpan } from './span.ts';
import { sql } from './sql.ts';
import { idsOf, type Logger } from './telemetry.ts';

export type RunParts = {
  db: Db;
  processes: readonly Process[];
  clock: Clock;
  log: Logger;
  /** Milliseconds after which a worker that said nothing has lost its step (default 15 s). */
  lease?: number | undefined;
};

const defaultLease = 15_000;

/** Attempts of a step before it waits for a person. */
export const stepAttempts = 8;

/** A step in somebody's hands, until its lease ends; with another fence it is somebody else's. */
type Claim = { trace: Trace; runId: string; number: number; process: string; name: string; undoes: number | null; fence: number; deadline: Date | null };

/** Thrown inside a step's transaction when it is not ours any more: nothing of it may stay. */
class Fenced extends Error {}

/** Works on the next step that is due; false when there is none. Any number of workers may. */
export async function runOnce(parts: RunParts): Promise<boolean> {
  const claim = await claimStep(parts);
  if (!claim) return false;
  try {
    const work = { name: `step ${claim.process}/${claim.name}`, trace: claim.trace, attributes: { 'accord.process': claim.process } };
    await inSpan(work, (trace) => workOn(parts, { ...claim, trace }));
  } catch (error) {
    if (error instanceof Fenced)
      parts.log.warn({ run: claim.runId, step: claim.name, ...idsOf(claim.trace) }, 'another worker has the step; what this one did is undone');
    else if (isDatabaseLost(error)) throw error;
    else await noteFailure(parts, claim, error);
  }
  return true;
}

async function claimStep({ db, processes, clock, lease = defaultLease }: RunParts): Promise<Claim | undefined> {
  const now = clock();
  const names = sql.param(processes.map(({ name }) => name));
  const [row] = await db.execute(sql`
    update log.process_step step set lease_until = ${new Date(now.getTime() + lease).toISOString()}, fence = step.fence + 1
    from (
      select run_id, number from log.process_step
      where state = 'OPEN' and due_at <= ${now.toISOString()} and (lease_until is null or lease_until <= ${now.toISOString()}) and process = any(${names}::text[])
      order by due_at limit 1 for update skip locked
    ) due where step.run_id = due.run_id and step.number = due.number
    returning step.run_id, step.number, step.process, step.name, step.undoes, step.fence, step.deadline,
      (select jsonb_build_object('correlationId', correlation_id, 'causationId', fact_id, 'traceparent', traceparent) from log.process_run where id = step.run_id) as trace`);
  return (
    row && {
      trace: traceIn(row.trace),
      runId: String(row.run_id),
      number: Number(row.number),
      process: String(row.process),
      name: String(row.name),
      undoes: row.undoes === null ? null : Number(row.undoes),
      fence: Number(row.fence),
      deadline: row.deadline === null ? null : new Date(String(row.deadline)),
    }
  );
}

async function workOn(parts: RunParts, claim: Claim): Promise<void> {
  const { process, step } = definitionOf(parts, claim);
  const now = parts.clock();
  if (claim.undoes === null && claim.deadline && now > claim.deadline) {
    throw new Refused('INVALID_TRANSITION', `${claim.name} was not done by ${claim.deadline.toISOString()}.`);
  }
  const { run: seen } = await holdRun(parts.db, claim.runId);
  const kind = claim.undoes === null ? 'step' : 'compensation';
  const name = `${claim.process}/${claim.name}`;
  reach(kind, name, 'claimed');
  const { call } = step;
  const outside = { name: `call ${name}`, kind: 'CLIENT' as const, trace: claim.trace };
  const answer = claim.undoes === null && call ? await inSpan(outside, () => call.call(step, seen, `${claim.runId}:${claim.number}`)) : undefined;
  if (claim.undoes === null) reach('step', name, 'called');
  await parts.db.transaction(async (tx) => {
    const held = await holdClaim(tx, claim);
    const scope: Scope = { tx, actor: serviceActor(claim.process), trace: claim.trace, now: parts.clock() };
    if (claim.undoes === null) await goForward(scope, { claim, held, process, step, answer });
    else await goBack(scope, { claim, held, step, undoes: claim.undoes });
    reach(kind, name, 'done');
  });
  reach(kind, name, 'committed');
}

async function goForward(scope: Scope, { claim, held, process, step, answer }: { claim: Claim; held: Held; process: Process; step: Step; answer: unknown }) {
  const { tx, now } = scope;
  const result = (await step.run(scope, held.run, answer)) ?? null;
  if (result instanceof Waiting) return wait(tx, claim, { ...result, now });
  await endStep(tx, claim, { result, now });
  await goOn(tx, { held, claim, next: process.steps[process.steps.indexOf(step) + 1], result, now });
}

async function goBack(scope: Scope, { claim, held, step, undoes }: { claim: Claim; held: Held; step: Step; undoes: number }): Promise<void> {
  const { tx, now } = scope;
  await step.compensate?.(scope, held.run);
  await endStep(tx, claim, { result: null, now });
  await compensate(tx, held, { below: undoes, now });
}

function definitionOf({ processes }: RunParts, claim: Claim): { process: Process; step: Step } {
  const process = processes.find(({ name }) => name === claim.process);
  const step = process?.steps.find(({ name }) => name === claim.name);
  if (!process || !step) throw new Error(`${claim.process} has no step ${claim.name} in this version`);
  return { process, step };
}

/** The run and its step, locked in this order; nobody else's meanwhile. */
async function holdClaim(tx: Tx, claim: Claim): Promise<Held> {
  const held = await holdRun(tx, claim.runId);
  const [row] = await tx.execute(sql`
    select 1 from log.process_step where run_id = ${claim.runId} and number = ${claim.number} and fence = ${claim.fence} and state = 'OPEN' for update`);
  if (!row) throw new Fenced();
  return held;
}

async function endStep(tx: Tx, claim: Claim, { result, now }: { result: unknown; now: Date }): Promise<void> {
  await tx.execute(sql`
    update log.process_step set state = 'DONE', attempts = attempts + 1, lease_until = null, reason = null, ended_at = ${now.toISOString()},
      result = ${JSON.stringify(result)}::jsonb where run_id = ${claim.runId} and number = ${claim.number}`);
}

/** The step stays open, and is asked again when its time comes or is over. Whoever waits has not tried. */
async function wait(tx: Tx, claim: Claim, { until, late, now }: { until: Date; late: string | null; now: Date }): Promise<void> {
  const over = claim.deadline ? claim.deadline.getTime() + 1 : Number.POSITIVE_INFINITY;
  await tx.execute(sql`
    update log.process_step set due_at = ${new Date(Math.min(until.getTime(), over)).toISOString()}, lease_until = null, attempts = 0, reason = ${late}
    where run_id = ${claim.runId} and number = ${claim.number}`);
  await tx.execute(
    sql`update log.process_run set reason = ${late}, version = version + 1, updated_at = ${now.toISOString()} where id = ${claim.runId} and reason is distinct from ${late}`,
  );
}

type GoingOn = { held: Held; claim: Claim; next: Step | undefined; result: unknown; now: Date };

async function goOn(tx: Tx, { held, claim, next, result, now }: GoingOn): Promise<void> {
  if (!next) {
    await tx.execute(
      sql`update log.process_run set state = 'DONE', reason = null, version = version + 1, updated_at = ${now.toISOString()}, ended_at = ${now.toISOString()} where id = ${claim.runId}`,
    );
    return;
  }
  const run: Run = { ...held.run, results: { ...held.run.results, [claim.name]: result } };
  const { name, undoable, outside, due_at, deadline } = stepRow(next, run, now);
  await tx.execute(sql`
    insert into log.process_step (run_id, number, process, name, state, undoable, outside, due_at, deadline)
    values (${claim.runId}, ${claim.number + 1}, ${claim.process}, ${name}, 'OPEN', ${undoable}, ${outside}, ${due_at}, ${deadline})`);
}

/** A "no" takes the run back; anything else is tried again, then waits for a person. */
async function noteFailure(parts: RunParts, claim: Claim, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2000);
  const now = parts.clock();
  parts.log.warn({ err: error, run: claim.runId, step: claim.name, ...idsOf(claim.trace) }, 'a step could not be done');
  await parts.db
    .transaction(async (tx) => {
      const held = await holdClaim(tx, claim);
      if (error instanceof Refused && claim.undoes === null) return compensate(tx, held, { reason, now });
      const [row] = await tx.execute(sql`
        update log.process_step set attempts = attempts + 1, reason = ${reason}, lease_until = null,
          state = case when attempts + 1 >= ${stepAttempts} then 'FAILED' else 'OPEN' end,
          due_at = ${retryAt(now)}
        where run_id = ${claim.runId} and number = ${claim.number} returning state`);
      const state = row?.state === 'FAILED' ? 'FAILED' : held.state;
      await tx.execute(
        sql`update log.process_run set state = ${state}, reason = ${reason}, version = version + 1, updated_at = ${now.toISOString()} where id = ${claim.runId}`,
      );
    })
    .catch((failure: unknown) => {
      if (!(failure instanceof Fenced)) throw failure;
    });
}

/** Milliseconds that idle workers wait for the doorbell before they look by themselves. */
const idleWait = 500;

/** Works on steps until it is stopped. */
export function startRunner(parts: RunParts & { doorbell: Doorbell }): Loop {
  return startLoop({ name: 'process-runs', log: parts.log, round: () => runOnce(parts), idle: (signal) => parts.doorbell.wait(idleWait, signal) });
}
