import type { AnyMachine } from '#kernel/machine.ts';
import type { GridWorld } from './world.ts';

export type Input = Readonly<Record<string, unknown>>;
type Sent = Input | undefined;

/** How clients bring an entity through its life: what the grid needs to execute each row of its machine by its mutation. */
export type Life<State extends string = string, Action extends string = string> = {
  machine: AnyMachine;
  table: string;
  /** A new one, in the machine's first state. */
  begin: (world: GridWorld) => Promise<string>;
  /** The actions that lead from a new one to a state. */
  path: Readonly<Partial<Record<State, readonly Action[]>>>;
  /** How one comes into a state where no path of plain actions leads. */
  made?: Readonly<Partial<Record<State, (world: GridWorld) => Promise<string>>>>;
  /** An entity that the action of this row can be tried on in this state, where any one will not do. */
  readied?: Readonly<Partial<Record<`${State} ${Action}`, (world: GridWorld) => Promise<string>>>>;
  /** What a client sends for the action; undefined where it has no way to ask for it. */
  inputs: Readonly<Record<Action, (world: GridWorld, id: string) => Promise<Sent> | Sent>>;
  /** Actions that are never asked of the entity itself: what they do not apply to, they leave alone without a word. */
  indirect?: readonly Action[];
  /** The code where it is not INVALID_TRANSITION: another machine speaks first. */
  refusals?: Readonly<Partial<Record<Action, string>>>;
  /** Cells that a guard always closes, and which. */
  closed?: Readonly<Partial<Record<`${State} ${Action}`, string>>>;
  /** What a guard has something against, by action and guard: asked in the first state in which the action starts. */
  guarded?: Readonly<Partial<Record<Action, Readonly<Record<string, (world: GridWorld, id: string) => Promise<Input> | Input>>>>>;
  /** The facts of an action where they depend on how it ends. */
  facts?: Readonly<Partial<Record<Action, readonly string[]>>>;
};

type StateOf<Machine extends AnyMachine> = Machine['states'][number];
type ActionOf<Machine extends AnyMachine> = keyof Machine['actions'] & string;

/** A life knows the states and actions of its machine: one that is missing does not compile. */
export function life<const Machine extends AnyMachine>(machine: Machine, rest: Omit<Life<StateOf<Machine>, ActionOf<Machine>>, 'machine'>): Life {
  return { machine, ...rest } as unknown as Life;
}

/** The row's targets, as a list. */
export function targets({ machine }: Life, action: string): readonly string[] {
  return [machine.actions[action]?.to ?? []].flat();
}

/** The facts that the row names. */
export function emits({ machine }: Life, action: string): readonly string[] {
  return [machine.actions[action]?.emits ?? []].flat();
}

/** The facts that the row states when all goes well. */
export function factsOf(life: Life, action: string): readonly string[] {
  return life.facts?.[action] ?? emits(life, action);
}
