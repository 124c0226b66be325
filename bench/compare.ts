import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { CannotStart } from '../roles/cannotStart.ts';
import { type Checkout, checkouts } from './checkout.ts';
import { agreedClients, portalBody } from './clients.ts';
import { drainOf } from './drain.ts';
import { median, table } from './figures.ts';
import type { Scale } from './firm.ts';
import { importOnce } from './importing.ts';
import type { Job } from './load.ts';
import { type Load, loadProcess, measure } from './measure.ts';
import type { Running } from './tree.ts';

/** What is compared; each can be left out. */
export const subjects = ['start', 'import', 'portal', 'http', 'mutation', 'sequencer'] as const;
export type Subject = (typeof subjects)[number];

type Wish = { base: string; only: readonly Subject[]; scale: Scale; seconds: number; rounds: number; tock: string | undefined; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** Figures of one round of one tree, by name. More is worse, but for those that end in "per second". */
export type Figures = Readonly<Record<string, number>>;
type Rounds = { base: Figures[]; present: Figures[] };
type Bench = Wish & Terminal & { trees: readonly [Checkout, Checkout]; load: Load };

/** Measures another revision and the present tree in turns, and prints the ratio of each figure. */
export async function compareWith(wish: Wish, terminal: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const trees = await checkouts(wish.base, stack);
  const bench: Bench = { ...wish, ...terminal, trees, load: loadProcess(stack) };
  const found: Record<string, Rounds> = {};
  const wants = (...names: Subject[]) => names.some((name) => wish.only.includes(name));
  if (wants('start', 'import')) await take(bench, { found, name: 'start and Tock import', figures: (tree) => importing(bench, tree) });
  if (wants('portal', 'mutation')) await serving(bench, { transport: 'in process', found });
  if (wants('http', 'sequencer')) await serving(bench, { transport: 'HTTP', found });
  const lines = Object.entries(found).flatMap(([name, rounds]) => linesOf(name, rounds));
  terminal.out(report(bench, lines));
  if (wish.json) await writeFile(wish.json, `${JSON.stringify({ base: trees[0].revision, present: trees[1].revision, found }, undefined, 2)}\n`);
}

type Taking = { found: Record<string, Rounds>; name: string; figures: (tree: Checkout) => Promise<Figures> };

/** The order turns around with each round, so that neither tree is always the second. */
async function take({ rounds, trees, say, signal }: Bench, { found, name, figures }: Taking): Promise<void> {
  const taken: Rounds = { base: [], present: [] };
  found[name] = taken;
  for (let round = 1; round <= rounds; round += 1) {
    for (const tree of round % 2 === 1 ? trees : trees.toReversed()) {
      signal.throwIfAborted();
      const got = await figures(tree);
      taken[tree.name].push(got);
      const told = Object.entries(got).map(([figure, value]) => `${figure} ${shown(value)}`);
      say(`${name}, round ${round} of ${rounds}, ${tree.name}: ${told.join(', ')}`);
    }
  }
}

function importing({ only, tock }: Bench, tree: Checkout): Promise<Figures> {
  if (only.includes('import') && !tock) throw new CannotStart('Say where the Tock data lie: --tock FOLDER, or leave the import out with --only.');
  return importOnce(tree, only.includes('import') ? tock : undefined);
}

type Serving = { transport: 'in process' | 'HTTP'; found: Record<string, Rounds> };

/** Starts both trees, and asks them in turns. */
async function serving(bench: Bench, { transport, found }: Serving): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const running = new Map<Checkout, Running>();
  for (const tree of bench.trees) {
    bench.say(`starting ${tree.name} (${tree.revision}), ${transport}`);
    running.set(tree, await start(tree, { transport, scale: bench.scale }, stack));
    bench.signal.throwIfAborted();
  }
  const body = await portalBody();
  const clients = new Map<Checkout, Job['clients']>();
  for (const [tree, { topology, portals }] of running) clients.set(tree, await agreedClients([topology], body, portals));
  const of = (tree: Checkout): Running => running.get(tree) ?? notStarted(tree);
  const asking = (tree: Checkout, seconds: number) => ask(bench, of(tree), { body, clients: clients.get(tree) ?? [], connections: 16, seconds, most: 200_000 });
  const wanted = transport === 'HTTP' ? 'http' : 'portal';
  if (bench.only.includes(wanted)) {
    for (const tree of bench.trees) await asking(tree, Math.max(5, bench.seconds));
    await take(bench, { found, name: `portal query, ${transport}`, figures: (tree) => asking(tree, bench.seconds) });
  }
  if (transport === 'in process' && bench.only.includes('mutation')) await mutations(bench, { found, of });
  if (transport === 'HTTP' && bench.only.includes('sequencer')) await take(bench, { found, name: 'sequencer', figures: (tree) => drainOf(tree, of(tree)) });
}

function notStarted(tree: Checkout): never {
  throw new Error(`${tree.name} is not started`);
}

type Mutations = { found: Record<string, Rounds>; of: (tree: Checkout) => Running };

/** One customer in a call, and a hundred. Each call is a new intent, under a key of its own. */
async function mutations(bench: Bench, { found, of }: Mutations): Promise<void> {
  const item = (n: number) => ({ externalRef: { system: 'bench', externalId: `@run-{{n}}-${n}` }, name: 'Of the bench' });
  const single = { idempotencyKey: '@run-{{n}}', name: 'Of the bench' };
  const bulk = { idempotencyKey: '@run-bulk-{{n}}', items: Array.from({ length: 100 }, (_, n) => item(n)) };
  const calls = [
    ['createCustomer', 'CreateCustomerInput', single],
    ['upsertCustomers', 'UpsertCustomersInput', bulk],
  ] as const;
  for (const [mutation, type, input] of calls) {
    const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } replayed } }`;
    const length = Buffer.byteLength(`${JSON.stringify({ data: { [mutation]: { userErrors: [], replayed: false } } })}\n`);
    const figures = (tree: Checkout, seconds = bench.seconds) => {
      const body = JSON.stringify({ query, variables: { input } }).replaceAll('@run', `${tree.name}-${Date.now()}`);
      return ask(bench, of(tree), { body, clients: [{ token: of(tree).crm, length }], connections: 4, seconds, most: 200_000 });
    };
    for (const tree of bench.trees) await figures(tree, 2);
    await take(bench, { found, name: mutation, figures });
  }
}

async function ask({ load }: Bench, { topology, postgres }: Running, job: Omit<Job, 'url'>): Promise<Figures> {
  const { cpu, p50, requestsPerSecond } = await measure({ topology, postgres, load, job });
  return { 'CPU ms': cpu.total, 'of it Node': cpu.gateway + cpu.subgraphs, 'of it PostgreSQL': cpu.postgres, 'p50 ms': p50, 'per second': requestsPerSecond };
}

/** Starts a tree with its own code, in a process whose temporary folder is the tree's. */
async function start(tree: Checkout, asked: { transport: 'in process' | 'HTTP'; scale: Scale }, stack: AsyncDisposableStack): Promise<Running> {
  const child: ChildProcess = fork(new URL('./tree.ts', import.meta.url), { cwd: tree.root, env: { ...process.env, TMPDIR: tree.folder }, detached: true });
  const ended = once(child, 'exit');
  stack.defer(async () => {
    if (child.connected) child.disconnect();
    await ended;
  });
  const told = once(child, 'message');
  child.send({ root: tree.root, ...asked });
  const [answer] = await Promise.race([told, ended.then(() => [{ failed: 'it ended' }])]);
  if (!answer.running) throw new Error(`${tree.name} does not start: ${answer.failed}`);
  return answer.running;
}

/** The median of each figure over the rounds, and the median of the ratios of neighbours. */
export function linesOf(name: string, { base, present }: Rounds): string[][] {
  return Object.keys(present[0] ?? {}).map((figure) => {
    const values = (rounds: readonly Figures[]) => rounds.map((round) => round[figure] ?? 0);
    const ratios = values(present).map((value, index) => value / (base[index]?.[figure] ?? value));
    return [`${name}: ${figure}`, shown(median(values(base))), shown(median(values(present))), median(ratios).toFixed(2)];
  });
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function report({ trees: [base, present], rounds, seconds, scale }: Bench, lines: readonly string[][]): string {
  return [
    '',
    `Base ${base.revision}, present ${present.revision}${' '}(with what is not committed). Medians of ${rounds} rounds in turns, of ${seconds} s each where load is put on; scale ${scale}.`,
    `Load average ${loadavg()
      .map((each) => each.toFixed(1))
      .join(' ')}. A ratio is present over base: below 1 is less.`,
    '',
    table([['', 'base', 'present', 'ratio'], ...lines]),
    '',
  ].join('\n');
}
