import { type Actor, may, type Permission } from './actor.ts';
import { Refused } from './errors.ts';
import type { SQL } from './sql.ts';

/** Why an action is refused, as a sentence, or nothing. The function's name is the guard's name. */
export type Guard<Subject> = ((subject: Subject, actor: Actor) => string | undefined) & {
  /** The same as a condition on the row, for steps of whole sets; a test proves both forms equal. */
  readonly holds?: HoldsInSql;
};

/** A condition over the columns of the row, by their names in the database. */
export type HoldsInSql = (column: (name: string) => SQL) => SQL;

/** Gives a guard its form in SQL, so that set-based steps can ask it. */
export function inSql<Subject>(guard: (subject: Subject, actor: Actor) => string | undefined, holds: HoldsInSql): Guard<Subject> {
  return Object.assign(guard, { holds });
}

export type Action<State extends string, Subject, FactName extends string> = {
  from: readonly State[];
  /** Several targets: `lead` says which one the subject leads to; without it the status stays as it is. */
  to: State | readonly State[];
  lead?: (subject: Subject) => State;
  /** The permission it needs. */
  may: Permission;
  guards?: readonly Guard<Subject>[];
  /** All guards that refuse are named at once, not the first alone. */
  allGuards?: true;
  /** What a step states; of several, at least one. */
  emits?: FactName | readonly FactName[];
  /** What is stated when something outside kept it from happening; the status stays. */
  fails?: FactName;
  /** The SDL mutation that performs it. */
  by: string;
};

/** A lifecycle as data: the CHECK, the enum, the permission matrix, the diagram and the buttons all come from it. */
export type Machine<State extends string, Subject, FactName extends string> = {
  entity: string;
  states: readonly State[];
  initial: State | readonly State[];
  actions: Readonly<Record<string, Action<State, Subject, FactName>>>;
  /** Where the status follows from those of parts, such as a timesheet's from its entries: the rule. */
  follows?: (parts: readonly string[]) => State;
};

// biome-ignore lint/suspicious/noExplicitAny: contravariant subject; a machine of anything
export type AnyMachine = Machine<string, any, string>;

export type ActionName<M extends AnyMachine> = keyof M['actions'] & string;
export type StateOf<M extends AnyMachine> = M['states'][number];
type SubjectOf<M extends AnyMachine> = M extends Machine<string, infer Subject, string> ? Subject : never;
type Listed<Value> = Value extends readonly (infer Each)[] ? Each : Value;
/** The facts that an action states. */
export type EmitsOf<M extends AnyMachine, A extends ActionName<M>> = A extends string
  ? M['actions'][A] extends { emits: infer Emits }
    ? Listed<Emits> & string
    : never
  : never;

declare const stepped: unique symbol;

/** The outcome of asking a machine: the only thing that can set a status. It carries the facts that go with it. */
export type Transition<State extends string = string, Emits extends string = string> = {
  readonly [stepped]: true;
  readonly entity: string;
  readonly action: string;
  readonly status: State;
  readonly emits: readonly Emits[];
};

function transition<State extends string, Emits extends string>(made: Omit<Transition<State, Emits>, typeof stepped>): Transition<State, Emits> {
  return made as Transition<State, Emits>;
}

type Step<M extends AnyMachine, A extends ActionName<M>> = {
  subject: SubjectOf<M> & { status: string };
  action: A;
  actor: Actor;
  /** The statuses of the parts as the action leaves them, where the machine follows parts. */
  parts?: readonly string[];
};

/** What follows, or Refused: permission first, then state, then guards in their order: the first that refuses or, where the row says so, all. */
export function step<M extends AnyMachine, A extends ActionName<M>>(
  machine: M,
  { subject, action, actor, parts }: Step<M, A>,
): Transition<StateOf<M>, EmitsOf<M, A>> {
  const row = actionOf(machine, action);
  demandState(machine, { action, actor }, subject.status);
  demandGuards(row, subject, actor);
  return transition({ entity: machine.entity, action, status: target(machine, row, { subject, parts }), emits: emitted(row) as EmitsOf<M, A>[] });
}

type Guarded<Subject> = { readonly guards?: readonly Guard<Subject>[]; readonly allGuards?: true };

/** Refuses what the guards of a row refuse; also for what must keep to them once the action is done. */
export function demandGuards<Subject>({ guards = [], allGuards }: Guarded<Subject>, subject: Subject, actor: Actor): void {
  const refused: Refused[] = [];
  for (const guard of guards) {
    const why = guard(subject, actor);
    if (!why) continue;
    refused.push(new Refused('GUARD_REFUSED', why, { guard: guard.name }));
    if (!allGuards) break;
  }
  const [first, ...also] = refused;
  if (first) throw new Refused('GUARD_REFUSED', first.message, { guard: first.guard, also });
}

/** Permission and state alone, for whoever has to say early what would be refused anyway. */
export function demandState<M extends AnyMachine>(machine: M, { action, actor }: { action: ActionName<M>; actor: Actor }, status: string): void {
  const row = actionOf(machine, action);
  if (!may(actor, row.may)) throw new Refused('FORBIDDEN', `${action} on ${machine.entity} needs the permission ${row.may}.`);
  if (!row.from.includes(status))
    throw new Refused('INVALID_TRANSITION', `${machine.entity} is ${status}; ${action} needs ${row.from.join(' or ')}.`, { field: 'status' });
}

/** The status of something new; without a state, the machine's only initial one. */
export function begin<M extends AnyMachine, State extends StateOf<M>>(machine: M, state?: State): Transition<State, never> {
  const initial: readonly string[] = [machine.initial].flat();
  const status = state ?? (initial.length === 1 ? initial[0] : undefined);
  if (status === undefined || !initial.includes(status)) throw new Error(`${machine.entity} begins as ${initial.join(' or ')}`);
  return transition({ entity: machine.entity, action: 'begin', status: status as State, emits: [] });
}

/** The status that follows from those of the parts, by the machine's rule. */
export function follow<M extends AnyMachine>(machine: M, parts: readonly string[]): Transition<StateOf<M>, never> {
  if (!machine.follows) throw new Error(`${machine.entity} follows nothing`);
  return transition({ entity: machine.entity, action: 'follow', status: machine.follows(parts), emits: [] });
}

/** The shortest way of actions from one state to another, of those that lead to one state; undefined when there is none. */
export function pathTo<M extends AnyMachine>(machine: M, from: StateOf<M>, to: StateOf<M>): ActionName<M>[] | undefined {
  const ways = new Map<string, ActionName<M>[]>([[from, []]]);
  for (const [state, way] of ways) {
    if (state === to) return way;
    for (const [action, row] of Object.entries(machine.actions)) {
      if (typeof row.to === 'string' && row.from.includes(state) && !ways.has(row.to)) ways.set(row.to, [...way, action as ActionName<M>]);
    }
  }
  return undefined;
}

/** Several steps in one version: the status of the last; at least one of all their facts, or of `also`, is stated. */
export function joined<State extends string, Emits extends string>(
  steps: readonly Transition<State, Emits>[],
  also: readonly Emits[] = [],
): Transition<State, Emits> | undefined {
  const last = steps.at(-1);
  return last && transition({ ...last, emits: [...new Set([...steps.flatMap(({ emits }) => emits), ...also])] });
}

/** An action by its name and by the mutation that does it, and what stands against it. */
export type AvailableAction = { name: string; mutation: string; refusals: string[] };

/** What the actor could do now: each action that starts in the present state, with the reasons against it. */
export function availableActions<M extends AnyMachine>(machine: M, subject: SubjectOf<M> & { status: string }, actor: Actor): AvailableAction[] {
  const found: AvailableAction[] = [];
  for (const [name, row] of Object.entries(machine.actions)) {
    if (!row.from.includes(subject.status)) continue;
    const refusals = may(actor, row.may) ? [] : [`permission: ${row.may} is needed.`];
    for (const guard of row.guards ?? []) {
      const why = guard(subject, actor);
      if (why) refusals.push(`${guard.name}: ${why}`);
    }
    found.push({ name, mutation: row.by, refusals });
  }
  return found;
}

export function actionOf(machine: AnyMachine, action: string): Action<string, unknown, string> {
  const row = machine.actions[action];
  if (!row) throw new Error(`${machine.entity} has no action ${action}`);
  return row;
}

function emitted(row: Action<string, unknown, string>): readonly string[] {
  return [row.emits ?? []].flat();
}

type Aim = { subject: { status: string }; parts: readonly string[] | undefined };

function target(machine: AnyMachine, row: Action<string, unknown, string>, { subject, parts }: Aim): string {
  if (typeof row.to === 'string') return row.to;
  const followed = parts && machine.follows?.(parts);
  const status = followed ?? (row.lead ? row.lead(subject) : subject.status);
  if (!row.to.includes(status)) throw new Error(`${status} is none of ${row.to.join(', ')}`);
  return status;
}
