import { type Consumer, consumer, type FactOf } from './consume.ts';
import type { Scope } from './context.ts';
import { newId } from './ids.ts';
import type { AnyFactType } from './published.ts';
import { sql } from './sql.ts';

/** A run as its steps see it: `data` is what it began with, `results` what the steps that are done gave, by name. All of it is kept as JSON. */
export type Run<Data = unknown> = {
  id: string;
  subject: { type: string; id: string };
  factId: string;
  data: Data;
  results: Readonly<Record<string, unknown>>;
  /** The step that could not be done, and why: when the run goes back. */
  ended?: { step: string; reason: string | null } | undefined;
};

/** What a step gives that waits for somebody: it is asked again then, or as soon as `wakeRuns` says so. What it did so far stays. */
export class Waiting {
  readonly until: Date;
  /** Whom it waits for too long, in a sentence for whoever looks for what is stuck. */
  readonly late: string | null;

  constructor(until: Date, late: string | null = null) {
    this.until = until;
    this.late = late;
  }
}

/** One step of a process. Its effects, its facts and its completion commit together, or none of them does. */
export type Step<Data = unknown> = {
  name: string;
  /** When it is due, from the end of the step before it. Absent: at once. It survives restarts. */
  due?(run: Run<Data>, now: Date): Date;
  /** Milliseconds from then in which it must be done, or the run goes back. */
  within?: number;
  /** A call to another system, before and outside of the transaction: at least once, with the same key each time. */
  call?(run: Run<Data>, key: string): Promise<unknown>;
  /** `answer`: of `call`. Gives what later steps may know, or Waiting. A Refused means that the process cannot go on: what was done is compensated. Any other error is tried again. */
  run(scope: Scope, run: Run<Data>, answer: unknown): Promise<unknown>;
  /** Takes back what the step did, when a later one cannot be done. */
  compensate?(scope: Scope, run: Run<Data>): Promise<void>;
};

type Steps<Data> = readonly [Step<Data>, ...Step<Data>[]];

type Definition<Types extends readonly AnyFactType[], Data> = {
  name: string;
  /** The facts that start a run each. */
  starts: Types;
  /** False: this fact starts none. */
  when?: (fact: FactOf<Types[number]>) => boolean;
  /** What the run is about (default: the fact's subject), and what it keeps of the fact. */
  subject?: (fact: FactOf<Types[number]>) => { type: string; id: string };
  data: (fact: FactOf<Types[number]>) => Data;
  steps: Steps<Data>;
};

/** A process is a router, which is a consumer that turns facts into runs, and the steps of these runs. */
export type Process = { name: string; steps: Steps<unknown>; router: Consumer };

export function process<const Types extends readonly AnyFactType[], Data>(definition: Definition<Types, Data>): Process {
  const { name, starts, steps } = definition;
  const router = consumer({ name, facts: starts, handle: (scope, facts) => startRuns(scope, definition, facts) });
  // What the steps get is what `data` gave: nobody else writes it.
  return { name, steps: steps as Steps<unknown>, router };
}

/** A run per fact, in the transaction that moves the router's cursor: a repeat finds the run there. */
async function startRuns<Types extends readonly AnyFactType[], Data>(
  scope: Scope,
  definition: Definition<Types, Data>,
  facts: readonly FactOf<Types[number]>[],
): Promise<void> {
  const [first] = definition.steps;
  const starting = facts.filter((fact) => definition.when?.(fact) ?? true);
  if (starting.length === 0) return;
  const rows = starting.map((fact) => {
    const subject = definition.subject?.(fact) ?? { type: fact.subjectType, id: fact.subjectId };
    const run: Run<Data> = { id: newId(scope.now.getTime()), subject, factId: fact.id, data: definition.data(fact), results: {} };
    return {
      id: run.id,
      subject_type: subject.type,
      subject_id: subject.id,
      fact_id: fact.id,
      correlation_id: fact.correlationId,
      traceparent: fact.traceparent,
      data: run.data,
      ...stepRow(first, run, scope.now),
    };
  });
  await scope.tx.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, subject_type text, subject_id uuid, fact_id uuid, correlation_id text,
        traceparent text, data jsonb, name text, undoable boolean, outside boolean, due_at timestamptz, deadline timestamptz)
    ), started as (
      insert into log.process_run (id, process, state, subject_type, subject_id, fact_id, correlation_id, traceparent, data, started_at, updated_at)
      select id, ${definition.name}, 'RUNNING', subject_type, subject_id, fact_id, correlation_id, traceparent, data,
        ${scope.now.toISOString()}, ${scope.now.toISOString()} from given
      on conflict (process, fact_id) do nothing returning id
    )
    insert into log.process_step (run_id, number, process, name, state, undoable, outside, due_at, deadline)
    select id, 0, ${definition.name}, name, 'OPEN', undoable, outside, due_at, deadline from given join started using (id)`);
}

/** A step as it is stored when its turn comes. */
export function stepRow<Data>(step: Step<Data>, run: Run<Data>, now: Date) {
  const due = step.due?.(run, now) ?? now;
  return {
    name: step.name,
    undoable: step.compensate !== undefined,
    outside: step.call !== undefined,
    due_at: due.toISOString(),
    deadline: step.within === undefined ? null : new Date(due.getTime() + step.within).toISOString(),
  };
}
