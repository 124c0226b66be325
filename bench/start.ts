import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDevelopmentIssuer } from '../roles/tokens.ts';
import { portalBody, portalTokens } from './clients.ts';
import { machine, median, table } from './figures.ts';
import { firmDatabase, type Scale } from './firm.ts';
import { cpuOf, memoryOf } from './proc.ts';
import { gatewayKeys, type Parts, rolesOf, startInProcess } from './topology.ts';

type Wish = { scale: Scale; folder?: string; rounds: number; only: readonly Role[]; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** One start of one role: milliseconds until it is ready and the CPU of that, its memory at rest, and its first two answers. */
type Started = { ready: number; cpu: number; atRest: number; first?: number; second?: number };

/** Milliseconds in which a role must be ready. */
const patience = 60_000;

/** Each role's start on a database that is there: how long, how much memory, and what the first question costs beside the second. */
export async function measureStart({ scale, folder: place, rounds, only, json }: Wish, { say, out, signal }: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await firmDatabase(scale, say, { folder: place }));
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-start-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
  const [token = ''] = await portalTokens(database.url, issuer);
  const asking = { token, body: await portalBody() };
  const parts = { databaseUrl: database.url, folder, issuer, keys: gatewayKeys() };
  // A gateway is measured before subgraphs that are there.
  const behind = only.includes('gateway') ? await rolesOf({ ...parts, stack }).subgraphs() : undefined;
  const starts = startsOf(behind?.urls ?? {});
  const found: Record<string, Started[]> = {};
  for (let round = 1; round <= rounds; round += 1) {
    for (const role of only) {
      signal.throwIfAborted();
      const started = await once({ parts, start: starts[role], asking: role === 'start' || role === 'gateway' ? asking : undefined });
      found[role] = [...(found[role] ?? []), started];
      say(`round ${round} of ${rounds}, ${role}: ready after ${started.ready.toFixed(0)} ms`);
    }
  }
  out(report(found, rounds));
  if (json) await writeFile(json, `${JSON.stringify({ scale, rounds, machine: machine(), found }, undefined, 2)}\n`);
}

type Start = (parts: Parts) => Promise<{ pid: number; url: string }>;

/** What can be started: everything in one process, and each role that docker-compose.yml runs. */
export const roleNames = ['start', 'gateway', 'engagements', 'resources', 'time', 'finance', 'operations', 'worker'] as const;
export type Role = (typeof roleNames)[number];

function startsOf(urls: Readonly<Record<string, string>>): Record<Role, Start> {
  const subgraph =
    (name: string): Start =>
    (parts) =>
      rolesOf(parts).subgraph(name);
  return {
    start: async (parts) => {
      const { gateway, url } = await startInProcess(parts);
      return { pid: gateway, url };
    },
    gateway: (parts) => rolesOf(parts).gateway(urls),
    ...{ engagements: subgraph('engagements'), resources: subgraph('resources'), time: subgraph('time') },
    ...{ finance: subgraph('finance'), operations: subgraph('operations') },
    worker: (parts) => rolesOf(parts).worker(),
  };
}

type Once = { parts: Omit<Parts, 'stack'>; start: Start; asking: { token: string; body: string } | undefined };

async function once({ parts, start, asking }: Once): Promise<Started> {
  await using stack = new AsyncDisposableStack();
  const begun = performance.now();
  const { pid, url } = await start({ ...parts, stack });
  await untilReady(url);
  const ready = performance.now() - begun;
  const cpu = cpuOf(pid);
  await pause(1_000);
  const atRest = memoryOf(pid).rss;
  if (!asking) return { ready, cpu, atRest };
  return { ready, cpu, atRest, first: await ask(url, asking), second: await ask(url, asking) };
}

/** A gateway says at /ready when all that it needs is there, a subgraph at /health; a worker has no address. */
async function untilReady(url: string): Promise<void> {
  if (url === '') return;
  const end = performance.now() + patience;
  while (performance.now() < end) {
    for (const path of ['/ready', '/health']) {
      const response = await fetch(new URL(path, url)).catch(() => undefined);
      await response?.arrayBuffer();
      if (response?.status === 200) return;
      // A gateway that is not ready is alive all the same.
      if (response?.status === 503) break;
    }
    await pause(5);
  }
  throw new Error(`${url} was not ready in ${patience / 1000} s`);
}

async function ask(url: string, { token, body }: { token: string; body: string }): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors"')) throw new Error(`The portal query fails: ${text.slice(0, 300)}`);
  return performance.now() - begun;
}

function report(found: Record<string, Started[]>, rounds: number): string {
  const { cores, node, loadAverage } = machine();
  const of = (some: readonly Started[], read: (one: Started) => number | undefined) => {
    const values = some.flatMap((one) => read(one) ?? []);
    return values.length > 0 ? median(values).toFixed(0) : '';
  };
  const rows = Object.entries(found).map(([role, some]) => [
    role,
    ...[of(some, ({ ready }) => ready), of(some, ({ cpu }) => cpu), of(some, ({ atRest }) => atRest)],
    ...[of(some, ({ first }) => first), of(some, ({ second }) => second)],
  ]);
  return [
    '',
    `From the start of the process until it says that it is ready, on a database that is there. Medians of ${rounds} starts.`,
    `${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    '',
    table([['role', 'ready, ms', 'CPU, ms', 'at rest, MiB', 'first answer, ms', 'second, ms'], ...rows]),
    '',
  ].join('\n');
}
