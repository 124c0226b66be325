import { choices } from '../seeds.ts';
import { commands, type Name, wishes, wishesOfBooks } from './commands.ts';
import type { Wish } from './firms.ts';
import type { Lane } from './lane.ts';

/** A command with what it chooses by: the same on the same state is the same again. */
export type Done = { name: Name; seed: number };

/** Where the next command comes from; undefined at the end. Called until one can be done. */
export type Script = { wish: Wish; next: (done: readonly Done[]) => Done | undefined };

/** What takes work to where money is, one after the other. */
const opening: readonly Name[] = ['record', 'submit', 'approve', 'draft', 'validate', 'post', 'pay'];

/** How many commands come after the opening; one sequence in eight goes on for longer. */
const tails = [1, 1, 2, 2, 2, 2, 3, 6];

/** In how many sequences there is one that has books, or a currency, of its own. */
const oneIn = { books: 25, currency: 10 };

/** A sequence by its seed: some steps of the way that all work goes, then whatever comes. */
export function scriptOf(seed: number, { length }: { length?: number | undefined } = {}): Script {
  const random = choices(seed);
  const closes = random.below(oneIn.books) === 0;
  const currency = random.below(oneIn.currency) === 0 ? 'USD' : 'EUR';
  // Many begin with all of it: most of what can be done is done to what is billed.
  const opened = length ? 0 : Math.min(opening.length, random.below(opening.length + 4));
  const most = length ?? opened + random.one(tails) + (closes ? 3 : 0);
  const names = closes ? wishesOfBooks : wishes;
  let asked = 0;
  const next = (done: readonly Done[]): Done | undefined => {
    if (done.length >= most) return undefined;
    const name = asked < opened ? opening[asked] : undefined;
    asked += 1;
    return { name: name ?? random.one(names), seed: random.below(2 ** 31) };
  };
  return { wish: { closes, currency }, next };
}

/** Commands as they are said, those that cannot be done left out. */
export function scriptFrom(steps: readonly Done[], wish: Wish = { closes: true, currency: 'EUR' }): Script {
  let asked = 0;
  return { wish, next: () => steps[asked++] };
}

export type Run = { lane: Lane; script: Script; done: Done[]; failure?: string | undefined; over: boolean };

/** Does the next command that can be done; what goes wrong ends the sequence. */
export async function advance(run: Run, counts: Map<string, number>): Promise<void> {
  const { lane, script, done } = run;
  for (let step = script.next(done); step; step = script.next(done)) {
    try {
      const did = await commands[step.name]({ lane, model: lane.model, random: choices(step.seed) });
      if (!did) continue;
      done.push(step);
      counts.set(step.name, (counts.get(step.name) ?? 0) + 1);
      return;
    } catch (error) {
      done.push(step);
      fail(run, error);
      return;
    }
  }
  run.over = true;
}

export function fail(run: Run, error: unknown): void {
  run.failure = error instanceof Error ? error.message : String(error);
  run.over = true;
}

export const namesOf = (steps: readonly Done[]): string => steps.map(({ name }) => name).join(', ');
