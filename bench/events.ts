import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { facts } from '#engagements/published.ts';
import { serviceActor } from '#kernel/actor.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { machine, percentile, table } from './figures.ts';
import { obedient } from './obedient.ts';
import { memoryOf } from './proc.ts';
import { openProgram, type Program } from './served.ts';
import type { Order, Told } from './subscribers.ts';

type Wish = { rates: readonly number[]; subscribers: readonly number[]; seconds: number; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** `made` a second, which may be fewer than wanted; latencies are milliseconds from just before the commit to the subscriber. */
type Cell = { subscribers: number; rate: number; made: number; wanted: number; received: number; p50: number; p99: number; longest: number };
type Crowd = { subscribers: number; seconds: number; kilobytes: number };
type Storm = { subscribers: number; seconds: number; attempts: number; wanted: number; received: number; caughtUp: number };
type Found = { cells: Cell[]; crowds: Crowd[]; storm: Storm | undefined };

/** Customers over which events and subscribers are spread at most. */
const most = 1_000;
/** Subscribers of one principal at most, with room to the gateway's limit of 500. */
const each = 250;
/** Milliseconds between two commits, and those until what was made must have come. */
const beat = 20;
const patience = 20_000;
/** Events that happen while everybody is away. */
const missed = 1_000;
/** Files that a process needs beside its sockets. */
const spare = 500;

type Bench = { program: Program; db: Db; crowd: (order: Order) => Promise<Told>; tokens: readonly string[] };

/** From the commit to the subscriber, by rate and number of subscribers; memory of idle ones; and all of them coming back at once. */
export async function measureEvents(wish: Wish, terminal: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const possible = await filesAtMost();
  const counts = wish.subscribers.map((count) => Math.min(count, possible - spare));
  if (counts.some((count, at) => count !== wish.subscribers[at]))
    terminal.say(`Only ${possible} files may be open (ulimit -n): ${counts.at(-1)} subscribers at most.`);
  const program = await openProgram(stack);
  const open = stack.use(openDb({ url: program.databaseUrl, name: 'bench', max: 2, scope: 'command' }));
  const principals = Math.ceil(Math.max(...counts) / each);
  const tokens = await Promise.all(Array.from({ length: principals }, (_, n) => program.tokenOf({ role: 'admin', subject: `subscriber-${n}` })));
  const bench: Bench = { program, db: open.db, crowd: obedient<Order, Told>(stack, './subscribers.ts', 'The subscribers'), tokens };
  const found: Found = { cells: [], crowds: [], storm: undefined };
  for (const [at, count] of counts.entries()) await measureCrowd(bench, { ...wish, count, isLargest: at === counts.length - 1 }, { terminal, found });
  terminal.out(report(found, wish));
  if (wish.json) await writeFile(wish.json, `${JSON.stringify({ ...wish, machine: machine(), ...found }, undefined, 2)}\n`);
}

async function filesAtMost(): Promise<number> {
  return Number(/^Max open files\s+(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8'))?.[1] ?? 1024);
}

type Measuring = { terminal: Terminal; found: Found };

/** So many subscribers: what they weigh, and how soon they hear at each rate. The largest crowd is cut off and comes back. */
async function measureCrowd(bench: Bench, wish: Wish & { count: number; isLargest: boolean }, { terminal: { say, signal }, found }: Measuring): Promise<void> {
  const { program, crowd, tokens } = bench;
  const { count, rates, seconds } = wish;
  const customers = Array.from({ length: Math.min(count, most) }, () => newId());
  const before = memoryOf(program.pid).rss;
  const { seconds: took } = await crowd({ connect: { url: program.url, tokens, customers, count } });
  await pause(1_000);
  found.crowds.push({ subscribers: count, seconds: took, kilobytes: ((memoryOf(program.pid).rss - before) * 1024) / count });
  say(`${count} subscribers after ${took.toFixed(1)} s`);
  for (const rate of rates) {
    signal.throwIfAborted();
    await crowd({ reset: true });
    const { made, wanted } = await publish(bench.db, { rate, seconds, customers, count });
    const told = await heard(crowd, wanted);
    const at = (part: number) => percentile(told.latencies, part);
    found.cells.push({ subscribers: count, rate, made: made / seconds, wanted, received: told.received, p50: at(50), p99: at(99), longest: at(100) });
    say(`${count} subscribers, ${rate} events a second: p99 ${at(99).toFixed(0)} ms, ${told.received} of ${wanted} came`);
  }
  if (wish.isLargest) found.storm = await storm(bench, customers, count);
  await crowd({ leave: true });
}

type Publishing = { rate: number; seconds: number; customers: readonly string[]; count: number };

/** Commits in time with the rate, as many events at a time as are due. What cannot be committed in time is not made up for. */
async function publish(db: Db, { rate, seconds, customers, count }: Publishing): Promise<{ made: number; wanted: number }> {
  const begun = performance.now();
  let [made, wanted] = [0, 0];
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate) + 1 - made;
    if (due > 0) {
      const some = Array.from({ length: Math.min(due, Math.ceil(rate / 10)) }, (_, n) => (made + n) % customers.length);
      await commit(
        db,
        some.map((at) => customers[at] ?? ''),
      );
      made += some.length;
      // Where there are more subscribers than customers, the first customers have one more.
      for (const at of some) wanted += Math.floor(count / customers.length) + (at < count % customers.length ? 1 : 0);
    }
    await pause(beat);
  }
  return { made, wanted };
}

async function commit(db: Db, ids: readonly string[]): Promise<void> {
  await db.transaction((tx) => {
    const trace = { correlationId: `b${performance.timeOrigin + performance.now()}` };
    const inputs = ids.map((customerId) => ({
      subject: { id: customerId, version: 1 },
      keys: { customerId },
      payload: { customerId, name: 'Of the bench', status: 'ACTIVE' as const },
    }));
    return record({ tx, actor: serviceActor('bench'), trace, now: new Date() }, facts.CustomerUpdated, inputs);
  });
}

/** Waits until everything has come, or nothing more comes in time. */
async function heard(crowd: Bench['crowd'], wanted: number): Promise<Told> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const { received } = await crowd({ count: true });
    if (received >= wanted) break;
    await pause(50);
  }
  return crowd({ tell: true });
}

/** Everybody is cut off, things happen, and everybody comes back at once from where they were. */
async function storm({ db, crowd }: Bench, customers: readonly string[], count: number): Promise<Storm> {
  await crowd({ cut: true });
  await crowd({ reset: true });
  let wanted = 0;
  for (let n = 0; n < missed; n += 100) {
    const some = Array.from({ length: 100 }, (_, at) => (n + at) % customers.length);
    await commit(
      db,
      some.map((at) => customers[at] ?? ''),
    );
    for (const at of some) wanted += Math.floor(count / customers.length) + (at < count % customers.length ? 1 : 0);
  }
  const begun = performance.now();
  const { seconds, attempts } = await crowd({ reconnect: true });
  const { received } = await heard(crowd, wanted);
  return { subscribers: count, seconds, attempts, wanted, received, caughtUp: (performance.now() - begun) / 1000 };
}

function report({ cells, crowds, storm: back }: Found, { seconds }: Wish): string {
  const { cores, node, loadAverage } = machine();
  const cell = ({ subscribers, rate, made, wanted, received, p50, p99, longest }: Cell) => [
    `${subscribers.toLocaleString('en')} subscribers, ${rate.toLocaleString('en')} events/s`,
    ...[made.toFixed(0), p50.toFixed(1), p99.toFixed(1), longest.toFixed(0), String(received), String(wanted - received)],
  ];
  return [
    '',
    `From just before the commit to the subscriber, one process of everything, ${seconds} s each. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    `Subscribers and events are spread over at most ${most.toLocaleString('en')} customers: each event is for one subscriber, or for five of 5,000.`,
    '',
    table([['', 'made/s', 'p50 ms', 'p99 ms', 'longest ms', 'came', 'lost'], ...cells.map(cell)]),
    '',
    table([
      ['subscribers', 'KiB each, idle', 'all there after s'],
      ...crowds.map(({ subscribers, kilobytes, seconds: took }) => [String(subscribers), subscribers < 100 ? '' : kilobytes.toFixed(0), took.toFixed(1)]),
    ]),
    ...(back
      ? [
          '',
          `${back.subscribers} were cut off, missed ${missed} events, and came back at once: all there after ${back.seconds.toFixed(1)} s with ${back.attempts} attempts, all caught up after ${back.caughtUp.toFixed(1)} s, ${back.wanted - back.received} events lost.`,
        ]
      : []),
    '',
  ].join('\n');
}
