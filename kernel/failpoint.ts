import { channel } from 'node:diagnostics_channel';

/** Where durable work can break: between what was done, what was noted of it, and what was answered. */
const stages = {
  /** `claimed`: its key is taken. `written`: effect, facts and answer stand in the transaction. `committed`: nobody has been answered. */
  mutation: ['claimed', 'written', 'committed'],
  /** `taken`: the facts have come. `handled`: their effect is there. `moved`: the cursor, too. `committed`: all of it. */
  consumer: ['taken', 'handled', 'moved', 'committed'],
  /** A step of a run, `<process>/<step>`. `claimed`: it is in somebody's hands. `called`: the other system has answered. `done`: the next step stands beside the effect. */
  step: ['claimed', 'called', 'done', 'committed'],
  /** The same of what takes a step back. */
  compensation: ['claimed', 'done', 'committed'],
  schedule: ['done', 'committed'],
  sequencer: ['moved', 'committed'],
} as const;

type Kind = keyof typeof stages;

const reached = channel('accord:failpoint');

/** A point at which a process may die, for whoever listens on the channel `accord:failpoint`: tests kill it there. Nobody else does. */
export function reach<Of extends Kind>(kind: Of, name: string, stage: (typeof stages)[Of][number]): void {
  if (reached.hasSubscribers) reached.publish(`${kind}/${name}/${stage}`);
}

/** What there is of each kind, by name. */
export type Breakable = Readonly<Record<Kind, readonly string[]>>;

/** All points by name. */
export function failpointsOf(breakable: Breakable): string[] {
  return Object.entries(stages).flatMap(([kind, each]) => breakable[kind as Kind].flatMap((name) => each.map((stage) => `${kind}/${name}/${stage}`)));
}
