import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import { seeds } from '../support/seeds.ts';
import { runBatch, type Stage } from '../support/sequences/batch.ts';
import { checkBooks } from '../support/sequences/books.ts';
import type { Name } from '../support/sequences/commands.ts';
import { acceptedOf, failedOnceScripts, runScripts, runSequences, stageIn, walksOf } from '../support/sequences/run.ts';
import { namesOf, scriptFrom } from '../support/sequences/sequence.ts';
import { shrunk } from '../support/sequences/shrink.ts';

const count = 2000;
/** How often each command is done in so many sequences at least: it cannot become trivial in silence. */
const least = 5;

let world: FlowWorld;
let stage: Stage;
beforeAll(async () => {
  world = await flowWorld();
  stage = await stageIn(world);
});
afterAll(() => world[Symbol.asyncDispose]());

test.each(seeds())('whatever is done in whatever order, ledger, papers, books and time agree with a pencil in 2,000 sequences (seed %i)', async (seed) => {
  const begun = performance.now();
  const { failures, commands, counts } = await runSequences(stage, { seed, count });
  const seconds = (performance.now() - begun) / 1000;
  const accepted = acceptedOf(counts);
  console.log(`seed ${seed}: ${count} sequences, ${commands} commands in ${seconds.toFixed(1)} s: ${JSON.stringify(accepted)}`);
  expect(failures.join('\n\n')).toBe('');
  expect(Object.entries(accepted).filter(([, times]) => times < least)).toEqual([]);
});

const walkSeeds = seeds(20260302, 1900718278);

test(`long walks agree as well, each request of theirs by itself (seeds ${walkSeeds.join(', ')})`, async () => {
  const walks = new Map(walkSeeds.flatMap((seed) => [...walksOf(seed, { walks: 1, length: 45 })]));
  expect((await runScripts(stage, walks, { singly: true })).join('\n\n')).toBe('');
});

test('what failed once does not again', async () => {
  expect((await runScripts(stage, failedOnceScripts())).join('\n\n')).toBe('');
  await checkBooks(world.sql);
});

test('a sequence that fails is told with the fewest steps', async () => {
  const names: Name[] = ['record', 'edit', 'record', 'submit', 'recall', 'submit', 'approve', 'record'];
  const steps = names.map((name, seed) => ({ name, seed }));
  // Where nothing has its effects, approved work is not in the ledger.
  const asleep = { ...stage, world: { ...world, settle: async () => undefined }, counts: new Map() };
  const [run] = await runBatch(asleep, [scriptFrom(steps)]);
  expect(run?.failure).toContain('APPROVED');
  expect(namesOf((run && (await shrunk(asleep, run))) ?? [])).toBe('record, submit, approve');
  await world.settle();
});
