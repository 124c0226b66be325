import type { FlowWorld } from '../flowWorld.ts';
import { runBatch, type Stage } from './batch.ts';
import { checkBooks } from './books.ts';
import { commands, type Name } from './commands.ts';
import { firmsAt } from './firms.ts';
import { namesOf, type Run, type Script, scriptFrom, scriptOf } from './sequence.ts';
import { shrunk } from './shrink.ts';

/** Sequences side by side, and how many of them may have books of their own. */
const atOnce = { sequences: 1000, books: 40 };
/** Failures that are told with the fewest steps; of more, the steps alone. */
const explained = 2;

type World = Pick<FlowWorld, 'graph' | 'sql' | 'settle'>;

export type Told = { sequences: number; commands: number; counts: ReadonlyMap<string, number>; failures: string[] };

/** The stage that sequences run on in a world; of few, few have books of their own. */
export async function stageIn(world: World, sequences: number = atOnce.sequences): Promise<Stage> {
  return { world, firms: await firmsAt(world, Math.min(atOnce.books, sequences)), counts: new Map() };
}

type Wanted = { seed: number; count: number; say?: (line: string) => void };

/** Runs as many sequences as wanted, of seeds that follow one another; the books are looked at after each batch. */
export async function runSequences(stage: Stage, { seed, count, say = () => undefined }: Wanted): Promise<Told> {
  const scripts = Array.from({ length: count }, (_, index) => ({ seed: seed + index, script: scriptOf(seed + index) }));
  const failures: string[] = [];
  for (let left = scripts, done = 0; left.length > 0; ) {
    const { batch, rest } = nextBatch(left, stage.firms.own.length);
    const runs = await runBatch(
      stage,
      batch.map(({ script }) => script),
    );
    for (const [index, run] of runs.entries()) {
      if (!run.failure) continue;
      const name = `seed ${batch[index]?.seed}`;
      const replay = `To repeat it alone: npm run faults -- sequences --count 1 --seed ${batch[index]?.seed}`;
      failures.push(failures.length < explained ? `${await explain(stage, name, run)}\n${replay}` : `${name}: ${namesOf(run.done)}`);
    }
    await checkBooks(stage.world.sql);
    left = rest;
    done += batch.length;
    say(`${done} of ${count} sequences, ${total(stage)} commands, ${failures.length} failures`);
  }
  return { sequences: count, commands: total(stage), counts: stage.counts, failures };
}

const total = ({ counts }: Stage) => [...counts.values()].reduce((sum, each) => sum + each, 0);

type Numbered = { seed: number; script: Script };

/** As many as go side by side; who finds no books of its own waits for the next batch. */
function nextBatch(left: readonly Numbered[], books: number): { batch: Numbered[]; rest: Numbered[] } {
  const batch: Numbered[] = [];
  const rest: Numbered[] = [];
  let taken = 0;
  for (const each of left) {
    const { closes } = each.script.wish;
    if (batch.length === atOnce.sequences || (closes && taken === books)) rest.push(each);
    else {
      batch.push(each);
      taken += closes ? 1 : 0;
    }
  }
  return { batch, rest };
}

/** Runs what failed once, or what is given by hand, and walks that are long: each request of these goes out by itself. */
export async function runScripts(stage: Stage, scripts: ReadonlyMap<string, Script>, { singly = false } = {}): Promise<string[]> {
  const runs = await runBatch(stage, [...scripts.values()], { singly });
  const names = [...scripts.keys()];
  const failed = [...runs.entries()].filter(([, { failure }]) => failure);
  const failures = [];
  for (const [index, run] of failed) failures.push(await explain(stage, names[index] ?? '', run));
  return failures;
}

async function explain(stage: Stage, name: string, run: Run): Promise<string> {
  const fewest = await shrunk(stage, run);
  const alone = fewest ? `It fails as well, alone, after: ${namesOf(fewest)}` : 'Alone it does not fail: it takes what others do at the same time.';
  const { closes, currency } = run.script.wish;
  return `${name} (${currency}${closes ? ', books of its own' : ''}): after ${namesOf(run.done)}\n${run.failure}\n${alone}`;
}

/** Walks of a seed that go on for long. */
export function walksOf(seed: number, { walks, length }: { walks: number; length: number }): Map<string, Script> {
  return new Map(Array.from({ length: walks }, (_, index) => [`a walk of seed ${seed + index}`, scriptOf(seed + index, { length })]));
}

const paid: readonly Name[] = ['record', 'submit', 'approve', 'draft', 'validate', 'post', 'pay'];

/** What failed once, in meaning: after it nothing may be dated before what was undone. */
const failedOnce: readonly (readonly Name[])[] = [
  [...paid, 'creditPaid', 'early', 'bounce'],
  [...paid, 'unapply', 'early', 'bounce'],
  [...paid, 'unapply', 'apply', 'early', 'creditPaid', 'refund', 'draft'],
];

/** Each of them with some seeds to choose by. */
export function failedOnceScripts(variants = 5): Map<string, Script> {
  const seeds = Array.from({ length: variants }, (_, index) => index);
  return new Map(
    failedOnce.flatMap((names) =>
      seeds.map(
        (seed) =>
          [
            `${names.join(', ')} (${seed})`,
            scriptFrom(
              names.map((name, index) => ({ name, seed: seed * 100 + index })),
              { closes: false, currency: 'EUR' },
            ),
          ] as const,
      ),
    ),
  );
}

/** How often each command was accepted, those that never were as well. */
export function acceptedOf(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(Object.keys(commands).map((name) => [name, counts.get(name) ?? 0]));
}
