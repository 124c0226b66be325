import type { Graph } from '../support/graph.ts';
import { untilTrue } from '../support/program.ts';
import { type Kill, type Outcome, openStage, type Stage, type Staging, verdictOf, watchEnds } from './stage.ts';

export type Wish = Staging & { kills: number; seconds: number; seed: number; only: readonly Target[] };

export const targets = ['gateway', 'worker', 'engagements', 'resources', 'time', 'finance', 'operations', 'postgres'] as const;
export type Target = (typeof targets)[number];

/** Puts load on separate processes, kills one of them at a time, and looks afterwards whether all that was promised is there, once. */
export async function killRun(wish: Wish): Promise<Outcome> {
  await using stack = new AsyncDisposableStack();
  const stage = await openStage(wish, stack);
  const kills = await killing(wish, stage);
  wish.say('letting everything come to rest');
  return { kills, ...(await verdictOf(stage)) };
}

async function killing({ kills: wanted, seconds, seed, only, say, signal }: Wish, stage: Stage): Promise<Kill[]> {
  const until = performance.now() + seconds * 1000;
  const kills: Kill[] = [];
  let chance = seed;
  watchEnds(stage);
  while (kills.length < wanted && performance.now() < until && !signal.aborted) {
    chance = (chance * 48_271) % 2_147_483_647;
    const target = only[chance % only.length] ?? 'gateway';
    const kill = await killOnce(stage, target);
    kills.push(kill);
    say(
      `${kills.length}. ${target}: serves again after ${(kill.started / 1000).toFixed(1)} s, its clients are content after ${(kill.recovered / 1000).toFixed(1)} s`,
    );
    // Some work between two deaths, as much as chance has it.
    const [one] = stage.writers;
    if (one) for (let n = chance % 4; n > 0; n -= 1) await one.after(performance.now());
  }
  return kills;
}

async function killOnce(stage: Stage, target: Target): Promise<Kill> {
  const since = performance.now();
  const again = target === 'postgres' ? stage.killPostgres() : restart(stage, target);
  const recovered = content(stage, target, since);
  await again;
  const started = performance.now() - since;
  return { target, started, recovered: (await recovered) - since };
}

async function restart(stage: Stage, target: string): Promise<void> {
  const program = stage.topology.programs.get(target);
  if (program) stage.killed.add(program.pid);
  await stage.topology.restart(target);
  watchEnds(stage, [target]);
}

/** When those who need the target have what they asked for after it died. */
async function content({ writers, watcher: seen, graph }: Stage, target: Target, since: number): Promise<number> {
  const needing = writers.filter(({ name }) => target === 'gateway' || target === 'postgres' || target === name).map((each) => each.after(since));
  const events = target === 'worker' || target === 'gateway' || target === 'postgres' ? [seen.after(since)] : [];
  const reads = target === 'operations' ? [untilAnswered(graph)] : [];
  return Math.max(...(await Promise.all([...needing, ...events, ...reads])));
}

async function untilAnswered({ ask }: Graph): Promise<number> {
  await untilTrue('operations answers', async () => {
    const answer = await ask('{ operations { log { newestPosition } } }').catch(() => undefined);
    return answer?.data?.operations?.log !== undefined && !answer.errors;
  });
  return performance.now();
}
