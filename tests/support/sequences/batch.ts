import assert from 'node:assert/strict';
import type { FlowWorld } from '../flowWorld.ts';
import { type Firms, reopened, termsFor } from './firms.ts';
import type { Lane } from './lane.ts';
import { look, nothingSeen } from './look.ts';
import { expectedOf, newModel } from './model.ts';
import { counterOf, officeOf } from './office.ts';
import { advance, fail, type Run, type Script } from './sequence.ts';

/** Where sequences run: a world, its firms, and what was done so far, by name. */
export type Stage = { world: Pick<FlowWorld, 'graph' | 'sql' | 'settle'>; firms: Firms; counts: Map<string, number> };

/** How requests go out: those of all sequences together, or each by itself. */
type Manner = { singly?: boolean };

/** Runs sequences side by side, each on a contract of its own: a command of each, then all its effects, then a look at everything. */
export async function runBatch({ world, firms, counts }: Stage, scripts: readonly Script[], { singly = false }: Manner = {}): Promise<Run[]> {
  const terms = await termsFor(
    world,
    firms,
    scripts.map(({ wish }) => wish),
  );
  const shared = officeOf(world.graph);
  const runs = scripts.map((script, index): Run => {
    const own = terms[index];
    if (!own) throw new Error('a sequence without terms');
    const lane: Lane = { terms: own, model: newModel(), office: singly ? counterOf(world.graph) : shared, seen: nothingSeen };
    return { lane, script, done: [], over: false };
  });
  for (let going = runs; going.length > 0; ) {
    await Promise.all(going.map((run) => advance(run, counts)));
    await world.settle();
    // Who failed is looked at no more; whose end was reached, was after its last command.
    going = going.filter(({ over }) => !over);
    const looked = await look(
      world.sql,
      going.map(({ lane }) => lane.terms),
    );
    for (const run of going) compare(run, looked.get(run.lane.terms.contractId));
    going = going.filter(({ over }) => !over);
  }
  const closed = runs.filter(({ lane }) => lane.model.closed);
  await reopened(
    world,
    closed.map(({ lane }) => lane.terms),
  );
  if (closed.length > 0) await world.settle();
  return runs;
}

function compare(run: Run, looked: Awaited<ReturnType<typeof look>> extends Map<string, infer Looked> ? Looked | undefined : never): void {
  if (!looked) throw new Error('a sequence that nobody looked at');
  run.lane.seen = looked.seen;
  try {
    assert.deepEqual(looked.found, expectedOf(run.lane.model));
  } catch (error) {
    fail(run, error);
  }
}
