import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDevelopmentIssuer } from '../roles/tokens.ts';
import { agreedClients, portalBody, portalTokens } from './clients.ts';
import { machine, medians, ratio, table } from './figures.ts';
import { firmDatabase, type Scale } from './firm.ts';
import type { Client } from './load.ts';
import { type Load, loadProcess, type Measurement, measure } from './measure.ts';
import { type Memory, memoryOf, memoryOfTree } from './proc.ts';
import { startInProcess, startOverHttp, type Topology } from './topology.ts';

type Wish = { scale: Scale; seconds: number; rounds: number; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** Connections that ask at once. */
const steps = [1, 16, 64];
/** Requests in one measurement at most, whatever the time. */
const most = 200_000;

type Bench = { topologies: readonly Topology[]; postgres: number; load: Load; body: string; clients: readonly Client[] };
type Step = { connections: number; rounds: Measurement[][] };

/** Measures the README's portal query over both transports, in alternating rounds. */
export async function measurePortal(wish: Wish, terminal: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const bench = await open(wish, terminal, stack);
  terminal.say('warming up');
  for (const topology of bench.topologies) await once(bench, topology, { connections: 16, seconds: Math.max(5, wish.seconds) });
  const taken: Step[] = [];
  for (const connections of steps) taken.push(await step(bench, { ...wish, connections }, terminal));
  const memory = memoryIn(bench);
  terminal.out(report(bench, { wish, taken, memory }));
  if (wish.json) await writeFile(wish.json, `${JSON.stringify({ ...wish, machine: machine(), steps: asJson(bench, taken), memory }, undefined, 2)}\n`);
}

async function open({ scale }: Wish, { say, signal }: Terminal, stack: AsyncDisposableStack): Promise<Bench> {
  const database = stack.use(await firmDatabase(scale, say));
  signal.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-run-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
  say('starting everything in one process, and each role in a process of its own');
  const parts = { databaseUrl: database.url, folder, issuer, stack };
  const topologies = [await startInProcess(parts), await startOverHttp(parts)];
  signal.throwIfAborted();
  const body = await portalBody();
  const clients = await agreedClients(topologies, body, await portalTokens(database.url, issuer));
  say(`${clients.length} customers; both transports give each of them the same answer, byte for byte`);
  return { topologies, postgres: database.pid, load: loadProcess(stack), body, clients };
}

function once({ body, clients, load, postgres }: Bench, topology: Topology, { connections, seconds }: { connections: number; seconds: number }) {
  return measure({ topology, postgres, load, job: { body, clients, connections, seconds, most } });
}

async function step(bench: Bench, { connections, seconds, rounds }: Wish & { connections: number }, { say, signal }: Terminal): Promise<Step> {
  const taken: Measurement[][] = bench.topologies.map(() => []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, topology] of bench.topologies.entries()) {
      signal.throwIfAborted();
      const found = await once(bench, topology, { connections, seconds });
      taken[index]?.push(found);
      say(`${connections} connections, round ${round} of ${rounds}, ${topology.name}: ${found.requestsPerSecond.toFixed(0)} requests per second`);
    }
  }
  return { connections, rounds: taken };
}

type Remembered = Record<string, Memory | { pss: number }>;

function memoryIn({ topologies, postgres }: Bench): Remembered {
  const entries = topologies.flatMap(({ name, gateway, subgraphs }) => [
    [name === 'HTTP' ? 'gateway' : 'everything in process', memoryOf(gateway)] as const,
    ...Object.entries(subgraphs).map(([subgraph, pid]) => [subgraph, memoryOf(pid)] as const),
  ]);
  return { ...Object.fromEntries(entries), postgres: { pss: memoryOfTree(postgres) } };
}

function asJson({ topologies }: Bench, taken: readonly Step[]) {
  return taken.map(({ connections, rounds }) => ({
    connections,
    transports: topologies.map(({ name }, index) => ({ transport: name, medians: medians(rounds[index] ?? []), rounds: rounds[index] })),
  }));
}

type Found = { wish: Wish; taken: readonly Step[]; memory: Remembered };

function report(bench: Bench, { wish, taken, memory }: Found): string {
  const { cores, node, loadAverage } = machine();
  const mean = bench.clients.reduce((sum, { length }) => sum + length, 0) / bench.clients.length / 1024;
  return [
    '',
    `The README's portal query, scale ${wish.scale}, ${bench.clients.length} customers in turn, ${mean.toFixed(1)} KiB per answer.`,
    `Medians of ${wish.rounds} alternating rounds of ${wish.seconds} s. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    '',
    table([
      ['connections, transport', 'req/s', 'p50 ms', 'p99 ms', 'gateway', 'subgraphs', 'PostgreSQL', 'together'],
      ...taken.flatMap((each) => lines(bench, each)),
    ]),
    '',
    'gateway, subgraphs, PostgreSQL, together: milliseconds of CPU per request. In process, the gateway figure holds the subgraphs and the worker too.',
    'Clients, servers and database share the cores, so requests per second are those of the whole machine.',
    '',
    table([['HTTP / in process', 'req/s', 'p50', 'p99', 'CPU together'], ...taken.map(ratios)]),
    '',
    table([['memory, MiB', 'RSS', 'peak'], ...Object.entries(memory).map(memoryLine)]),
    '',
  ].join('\n');
}

function lines({ topologies }: Bench, { connections, rounds }: Step): string[][] {
  return topologies.map(({ name }, index) => {
    const { requestsPerSecond, p50, p99, cpu } = medians(rounds[index] ?? []);
    const subgraphs = name === 'HTTP' ? cpu.subgraphs.toFixed(2) : '';
    const figures = [requestsPerSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), cpu.gateway.toFixed(2), subgraphs];
    return [`${connections}, ${name}`, ...figures, cpu.postgres.toFixed(2), cpu.total.toFixed(2)];
  });
}

function ratios({ connections, rounds: [inProcess = [], http = []] }: Step): string[] {
  const reads = [
    ({ requestsPerSecond }: Measurement) => requestsPerSecond,
    ({ p50 }: Measurement) => p50,
    ({ p99 }: Measurement) => p99,
    ({ cpu }: Measurement) => cpu.total,
  ];
  return [`${connections} connections`, ...reads.map((read) => ratio(http, inProcess, read).toFixed(2))];
}

function memoryLine([name, memory]: readonly [string, Memory | { pss: number }]): string[] {
  return 'pss' in memory ? [`${name} (shared counted once)`, String(memory.pss), ''] : [name, String(memory.rss), String(memory.peak)];
}
