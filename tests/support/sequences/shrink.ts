import { runBatch, type Stage } from './batch.ts';
import { type Done, type Run, scriptFrom } from './sequence.ts';

/** Rounds in which steps are left out. */
const rounds = 12;

/** The fewest steps found with which it still fails, each time on contracts that nothing was done to; undefined when alone it does not. */
export async function shrunk(stage: Stage, { script: { wish }, done }: Run): Promise<Done[] | undefined> {
  let steps: Done[] | undefined = await failing(stage, [done], wish);
  for (let round = 0; steps && round < rounds; round += 1) {
    const shorter = await failing(stage, partsOf(steps), wish);
    if (!shorter) break;
    steps = shorter;
  }
  return steps;
}

/** The shortest of these that fails, up to where it does. */
async function failing(stage: Stage, tries: readonly (readonly Done[])[], wish: Run['script']['wish']): Promise<Done[] | undefined> {
  const scripts = tries.map((steps) => scriptFrom(steps, wish));
  const own = { ...stage, counts: new Map<string, number>() };
  // Books of their own are few: then one after the other.
  const size = wish.closes ? Math.max(1, stage.firms.own.length) : scripts.length;
  const failed: Done[][] = [];
  for (let from = 0; from < scripts.length; from += size) {
    const runs = await runBatch(own, scripts.slice(from, from + size));
    failed.push(...runs.filter(({ failure }) => failure).map(({ done }) => done));
  }
  return failed.toSorted((one, other) => one.length - other.length)[0];
}

/** Either half, and all but each step. */
function partsOf(steps: readonly Done[]): Done[][] {
  const middle = Math.floor(steps.length / 2);
  const halves = steps.length > 3 ? [steps.slice(0, middle), steps.slice(middle)] : [];
  return [...halves, ...steps.map((_, left) => steps.filter((__, index) => index !== left))];
}
