import { setTimeout as pause } from 'node:timers/promises';
import { plantBurst } from '../../bench/burstFirm.ts';
import type { Graph } from '../support/graph.ts';
import { choices } from '../support/seeds.ts';
import { type Kill, type Outcome, openStage, type Stage, type Staging, verdictOf, watchEnds } from './stage.ts';
import type { Writing } from './writers.ts';

export type Wish = Staging & { seconds: number; seed: number; timesheets: number };

const pair = ['worker', 'other worker'] as const;

/** Two workers share the work, and one of them is killed each second, ready or not; looks afterwards whether all that was promised is there, once. */
export async function pairRun(wish: Wish): Promise<Outcome> {
  await using stack = new AsyncDisposableStack();
  const approvals = async (graph: Graph) => [await approving(graph, wish)];
  const stage = await openStage(wish, stack, approvals);
  await stage.topology.start('worker', pair[1]);
  watchEnds(stage);
  const kills = await killing(stage, wish);
  wish.say('letting everything come to rest');
  return { kills, ...(await verdictOf(stage)) };
}

/** Submitted timesheets, approved one after the other: each makes the workers price it and write it into the ledger. */
async function approving(graph: Graph, { timesheets, say }: Wish): Promise<Writing> {
  const asked = { ask: ({ text, variables }: { text: string; variables?: Record<string, unknown> }) => graph.ok(text, variables), pid: 0 };
  const sheets = await plantBurst(asked, timesheets, say);
  const input = (_: string, n: number) => ({ ...sheets[n - 1] });
  return { name: 'approvals', mutation: 'approveTimesheet', entity: 'timesheet', most: sheets.length, input };
}

async function killing(stage: Stage, { seconds, seed, say, signal }: Wish): Promise<Kill[]> {
  const { one } = choices(seed);
  const until = performance.now() + seconds * 1000;
  const kills: Promise<Kill>[] = [];
  const serving = { [pair[0]]: Promise.withResolvers<void>(), [pair[1]]: Promise.withResolvers<void>() };
  while (performance.now() < until && !signal.aborted) {
    const since = performance.now();
    const target = one(pair);
    await killNow(stage, target);
    // Who is killed before it serves, serves with the next one of its name.
    const next = serving[target];
    void startAgain(stage, target).then((lives) => {
      if (!lives) return;
      next.resolve();
      serving[target] = Promise.withResolvers();
    });
    const started = next.promise.then(() => performance.now() - since);
    const recovered = stage.watcher.after(since).then((at) => at - since);
    kills.push(Promise.all([started, recovered]).then(([first, then]) => ({ target, started: first, recovered: then })));
    say(`${kills.length}. ${target}`);
    await pause(Math.max(0, since + 1000 - performance.now()));
  }
  return Promise.all(kills);
}

async function killNow({ topology, killed }: Stage, name: string): Promise<void> {
  const program = topology.programs.get(name);
  if (program) killed.add(program.pid);
  await program?.kill('SIGKILL');
}

/** True once it serves; false when it was killed before. */
async function startAgain(stage: Stage, name: string): Promise<boolean> {
  const starting = stage.topology.start('worker', name);
  watchEnds(stage, [name]);
  return starting.then(
    () => true,
    () => false,
  );
}
