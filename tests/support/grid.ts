import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { type AnyMachine, step } from '#kernel/machine.ts';

/** What each action does in each state: the state that follows, or the code of the refusal. */
export function gridOf<Subject extends { status: string }>(
  machine: AnyMachine,
  subject: (status: string) => Subject,
  actor: Actor,
): Record<string, Record<string, string>> {
  const rows = machine.states.map((state) => {
    const cells = Object.keys(machine.actions).map((action) => [action, attempt(() => step(machine, { subject: subject(state), action, actor }).status)]);
    return [state, Object.fromEntries(cells)];
  });
  return Object.fromEntries(rows);
}

/** The value, or why it was refused: the code, and the guard when one refused. */
export function attempt(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refused) return error.guard ? `${error.code} ${error.guard}` : error.code;
    throw error;
  }
}
