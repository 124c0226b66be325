import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { facts } from '#engagements/published.ts';
import { serviceActor } from '#kernel/actor.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { machine, percentile, table } from './figures.ts';
import { obedient } from './obedient.ts';
import { cpuOf, cpuOfTree, memoryOf } from './proc.ts';
import { openProgram, type Program } from './served.ts';
import type { Order, Told } from './subscribers.ts';

type Wish = { rates: readonly number[]; subscribers: readonly number[]; seconds: number; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** Milliseconds of CPU of the process and of PostgreSQL. */
type Cpu = { process: number; database: number };
/** What was to come, what had come a while after the last commit, and what came in the end. */
type Came = { wanted: number; inTime: number; received: number };
/** `made` a second, which may be fewer than wanted; latencies are milliseconds from just before the commit to the subscriber; CPU is per event that came. */
type Cell = Came & { subscribers: number; rate: number; made: number; p50: number; p99: number; longest: number; cpu: Cpu };
/** `atRest` is CPU a second while nothing happens. */
type Crowd = { subscribers: number; seconds: number; kilobytes: number; atRest: Cpu };
type Storm = Came & { subscribers: number; seconds: number; attempts: number; caughtUp: number };
type Found = { cells: Cell[]; crowds: Crowd[]; storm: Storm | undefined };

/** Customers over which events and subscribers are spread at most. */
const most = 1_000;
/** Subscribers of one principal at most, with room to the gateway's limit of 500. */
const each = 250;
/** Milliseconds between two commits, those after the last one in which everything should have come, and those after which nobody waits any more. */
const beat = 20;
const soon = 2_000;
const patience = 180_000;
/** Milliseconds for which nothing happens, so that rest can be measured. */
const rest = 2_000;
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
  // What is done for the first time takes longer.
  await measureRate(bench, { rate: Math.min(...rates), seconds: 1, customers, count });
  const kilobytes = ((memoryOf(program.pid).rss - before) * 1024) / count;
  const calm = cpuNow(program);
  await pause(rest);
  found.crowds.push({ subscribers: count, seconds: took, kilobytes, atRest: cpuSince(calm, cpuNow(program), rest / 1000) });
  say(`${count} subscribers after ${took.toFixed(1)} s`);
  for (const rate of rates) {
    signal.throwIfAborted();
    found.cells.push(await measureRate(bench, { rate, seconds, customers, count }));
    const { p99, inTime, wanted } = found.cells.at(-1) as Cell;
    say(`${count} subscribers, ${rate} events a second: p99 ${p99.toFixed(0)} ms, ${inTime} of ${wanted} came in time`);
  }
  if (wish.isLargest) found.storm = await storm(bench, customers, count);
  await crowd({ leave: true });
}

async function measureRate({ program, db, crowd }: Bench, publishing: Omit<Publishing, 'tag'>): Promise<Cell> {
  const { rate, seconds, count } = publishing;
  const tag = `rate-${count}-${rate}-`;
  await crowd({ reset: tag });
  const begun = cpuNow(program);
  const { made, wanted } = await publish(db, { ...publishing, tag });
  const told = await heard(crowd, wanted);
  const cpu = cpuSince(begun, cpuNow(program), Math.max(1, told.received));
  const at = (part: number) => percentile(told.latencies, part);
  const latency = { p50: at(50), p99: at(99), longest: at(100) };
  return { subscribers: count, rate, made: made / seconds, wanted, inTime: told.inTime, received: told.received, ...latency, cpu };
}

const cpuNow = ({ pid, serverPid }: Program): Cpu => ({ process: cpuOf(pid), database: cpuOfTree(serverPid) });
const cpuSince = (from: Cpu, to: Cpu, by: number): Cpu => ({ process: (to.process - from.process) / by, database: (to.database - from.database) / by });

type Publishing = { tag: string; rate: number; seconds: number; customers: readonly string[]; count: number };

/** Commits in time with the rate, as many events at a time as are due. What cannot be committed in time is not made up for. */
async function publish(db: Db, { tag, rate, seconds, customers, count }: Publishing): Promise<{ made: number; wanted: number }> {
  const begun = performance.now();
  let [made, wanted] = [0, 0];
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate) + 1 - made;
    if (due > 0) {
      const some = Array.from({ length: Math.min(due, Math.ceil(rate / 10)) }, (_, n) => (made + n) % customers.length);
      const ids = some.map((at) => customers[at] ?? '');
      await commit(db, tag, ids);
      made += some.length;
      // Where there are more subscribers than customers, the first customers have one more.
      for (const at of some) wanted += Math.floor(count / customers.length) + (at < count % customers.length ? 1 : 0);
    }
    await pause(beat);
  }
  return { made, wanted };
}

async function commit(db: Db, tag: string, ids: readonly string[]): Promise<void> {
  await db.transaction((tx) => {
    const trace = { correlationId: `${tag}${performance.timeOrigin + performance.now()}` };
    const inputs = ids.map((customerId) => ({
      subject: { id: customerId, version: 1 },
      keys: { customerId },
      payload: { customerId, name: 'Of the bench', status: 'ACTIVE' as const },
    }));
    return record({ tx, actor: serviceActor('bench'), trace, now: new Date() }, facts.CustomerUpdated, inputs);
  });
}

/** What came soon after the last commit, and what came when everything had, or nobody waited any more. */
async function heard(crowd: Bench['crowd'], wanted: number): Promise<Told & { inTime: number }> {
  const begun = performance.now();
  let inTime: number | undefined;
  for (;;) {
    const { received } = await crowd({ count: true });
    const waited = performance.now() - begun;
    if (received >= wanted || waited >= soon) inTime ??= received;
    if (received >= wanted || waited >= patience) return { ...(await crowd({ tell: true })), inTime: inTime ?? received };
    await pause(50);
  }
}

/** Everybody is cut off, things happen, and everybody comes back at once from where they were. */
async function storm({ db, crowd }: Bench, customers: readonly string[], count: number): Promise<Storm> {
  const tag = 'storm-';
  await crowd({ cut: true });
  await crowd({ reset: tag });
  let wanted = 0;
  for (let n = 0; n < missed; n += 100) {
    const some = Array.from({ length: 100 }, (_, at) => (n + at) % customers.length);
    const ids = some.map((at) => customers[at] ?? '');
    await commit(db, tag, ids);
    for (const at of some) wanted += Math.floor(count / customers.length) + (at < count % customers.length ? 1 : 0);
  }
  const begun = performance.now();
  const { seconds, attempts } = await crowd({ reconnect: true });
  const { inTime, received } = await heard(crowd, wanted);
  return { subscribers: count, seconds, attempts, wanted, inTime, received, caughtUp: (performance.now() - begun) / 1000 };
}

function report({ cells, crowds, storm: back }: Found, { seconds }: Wish): string {
  const { cores, node, loadAverage } = machine();
  const cell = ({ subscribers, rate, made, wanted, inTime, received, p50, p99, longest, cpu }: Cell) => [
    `${subscribers.toLocaleString('en')} subscribers, ${rate.toLocaleString('en')} events/s`,
    ...[made.toFixed(0), p50.toFixed(1), p99.toFixed(1), longest.toFixed(0), String(received)],
    ...[String(wanted - inTime), String(wanted - received), cpu.process.toFixed(2), cpu.database.toFixed(2)],
  ];
  const crowded = ({ subscribers, kilobytes, seconds: took, atRest }: Crowd) => [
    ...[String(subscribers), subscribers < 100 ? '' : kilobytes.toFixed(0), took.toFixed(1), atRest.process.toFixed(0), atRest.database.toFixed(0)],
  ];
  return [
    '',
    `From just before the commit to the subscriber, one process of everything, ${seconds} s each. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    `Subscribers and events are spread over at most ${most.toLocaleString('en')} customers: each event is for one subscriber, or for five of 5,000.`,
    '',
    `Under way: what had not come ${soon / 1000} s after the last commit. Lost: what had not come after ${patience / 1000} s. CPU is per event that came, that of all else that happens to it included.`,
    '',
    table([['', 'made/s', 'p50 ms', 'p99 ms', 'longest ms', 'came', 'under way', 'lost', 'CPU ms', 'of PostgreSQL'], ...cells.map(cell)]),
    '',
    table([['subscribers', 'KiB each, idle', 'all there after s', 'CPU ms/s, idle', 'of PostgreSQL'], ...crowds.map(crowded)]),
    ...(back
      ? [
          '',
          `${back.subscribers} were cut off, missed ${missed} events, and came back at once: all there after ${back.seconds.toFixed(1)} s with ${back.attempts} attempts, all caught up after ${back.caughtUp.toFixed(1)} s, ${back.wanted - back.received} events lost.`,
        ]
      : []),
    '',
  ].join('\n');
}
