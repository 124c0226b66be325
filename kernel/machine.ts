import { type Actor, may } from './actor.ts';
import { Refused } from './errors.ts';

/** Why an action is refused, as a sentence, or nothing. The function's name is the guard's name. */
export type Guard<Subject> = (subject: Subject, actor: Actor) => string | undefined;

export type Action<State extends string, Subject, FactName extends string> = {
  from: readonly State[];
  /** Several targets: the command says which one the data leads to. */
  to: State | readonly State[];
  /** The permission it needs. */
  may: string;
  guards?: readonly Guard<Subject>[];
  emits?: FactName | readonly FactName[];
  /** The SDL mutation that performs it. */
  by: string;
};

/** A lifecycle as data: the CHECK, the enum, the permission matrix, the diagram and the buttons all come from it. */
export type Machine<State extends string, Subject, FactName extends string> = {
  entity: string;
  states: readonly State[];
  initial: State | readonly State[];
  actions: Readonly<Record<string, Action<State, Subject, FactName>>>;
};

// biome-ignore lint/suspicious/noExplicitAny: contravariant subject; a machine of anything
export type AnyMachine = Machine<string, any, string>;

export type ActionName<M extends AnyMachine> = keyof M['actions'] & string;
export type StateOf<M extends AnyMachine> = M['states'][number];
type SubjectOf<M extends AnyMachine> = M extends Machine<string, infer Subject, string> ? Subject : never;

type Step<M extends AnyMachine> = { subject: SubjectOf<M> & { status: string }; action: ActionName<M>; actor: Actor; to?: StateOf<M> };

/** The state that follows, or Refused: permission first, then state, then guards in their order. */
export function step<M extends AnyMachine>(machine: M, { subject, action, actor, to }: Step<M>): StateOf<M> {
  const row = actionOf(machine, action);
  if (!may(actor, row.may)) throw new Refused('FORBIDDEN', `${action} on ${machine.entity} needs the permission ${row.may}.`);
  if (!row.from.includes(subject.status)) {
    throw new Refused('INVALID_TRANSITION', `${machine.entity} is ${subject.status}; ${action} needs ${row.from.join(' or ')}.`, { field: 'status' });
  }
  for (const guard of row.guards ?? []) {
    const why = guard(subject, actor);
    if (why) throw new Refused('GUARD_REFUSED', why, { guard: guard.name });
  }
  return target(row, to);
}

/** What the actor could do now: each action that starts in the present state, with the reasons against it. */
export function availableActions(machine: AnyMachine, subject: { status: string }, actor: Actor): { name: string; refusals: string[] }[] {
  const found: { name: string; refusals: string[] }[] = [];
  for (const [name, row] of Object.entries(machine.actions)) {
    if (!row.from.includes(subject.status)) continue;
    const refusals = may(actor, row.may) ? [] : [`permission: ${row.may} is needed.`];
    for (const guard of row.guards ?? []) {
      const why = guard(subject, actor);
      if (why) refusals.push(`${guard.name}: ${why}`);
    }
    found.push({ name, refusals });
  }
  return found;
}

function actionOf(machine: AnyMachine, action: string): Action<string, unknown, string> {
  const row = machine.actions[action];
  if (!row) throw new Error(`${machine.entity} has no action ${action}`);
  return row;
}

function target(row: Action<string, unknown, string>, wanted: string | undefined): string {
  if (typeof row.to === 'string') return row.to;
  if (wanted === undefined || !row.to.includes(wanted)) throw new Error(`say which of ${row.to.join(', ')} follows`);
  return wanted;
}
