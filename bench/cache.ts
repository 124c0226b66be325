import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDevelopmentIssuer } from '../roles/tokens.ts';
import { agreedClients, portalBody, portalTokens } from './clients.ts';
import { machine, medians, ratio, table } from './figures.ts';
import { firmDatabase, type Scale } from './firm.ts';
import { loadProcess, type Measurement, measure } from './measure.ts';
import { startInProcess } from './topology.ts';

type Wish = { scale: Scale; seconds: number; rounds: number; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

const connections = 16;
/** Requests in one measurement at most, whatever the time. */
const most = 500_000;
const mebibytes = 64;

/** Measures the README's portal query in process, made anew each time and kept, in alternating rounds. */
export async function measureCache({ scale, seconds, rounds, json }: Wish, { say, out, signal }: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await firmDatabase(scale, say));
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-cache-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
  const parts = { databaseUrl: database.url, folder, issuer, stack };
  say('starting everything in one process, twice');
  const anew = await startInProcess(parts);
  const kept = await startInProcess({ ...parts, cache: mebibytes });
  const body = await portalBody();
  const clients = await agreedClients([anew, kept], body, await portalTokens(database.url, issuer));
  const load = loadProcess(stack);
  const once = (topology: typeof anew) => measure({ topology, postgres: database.pid, load, job: { body, clients, connections, seconds, most } });
  const taken: { anew: Measurement[]; kept: Measurement[] } = { anew: [], kept: [] };
  for (let round = 0; round <= rounds; round += 1) {
    signal.throwIfAborted();
    const found = { anew: await once(anew), kept: await once(kept) };
    // The first one warms up.
    if (round > 0) for (const name of ['anew', 'kept'] as const) taken[name].push(found[name]);
    say(`round ${round} of ${rounds}: ${found.anew.requestsPerSecond.toFixed(0)} and ${found.kept.requestsPerSecond.toFixed(0)} requests per second`);
  }
  out(report(taken));
  if (json) await writeFile(json, `${JSON.stringify({ machine: machine(), connections, ...taken }, undefined, 2)}\n`);
}

function report({ anew, kept }: { anew: readonly Measurement[]; kept: readonly Measurement[] }): string {
  const { cores, node, loadAverage } = machine();
  const line = (name: string, { requestsPerSecond, p50, p99, cpu }: Measurement) => [
    name,
    ...[requestsPerSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), cpu.gateway.toFixed(3), cpu.postgres.toFixed(3), cpu.total.toFixed(3)],
  ];
  const over = (read: (round: Measurement) => number) => ratio(kept, anew, read).toFixed(2);
  return [
    '',
    `The README's portal query in process, ${connections} connections. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    '',
    table([
      ['answers', 'req/s', 'p50 ms', 'p99 ms', 'Node', 'PostgreSQL', 'together'],
      line('made anew', medians(anew)),
      line('kept', medians(kept)),
      [
        'kept / anew',
        over((round) => round.requestsPerSecond),
        over(({ p50 }) => p50),
        over(({ p99 }) => p99),
        over(({ cpu }) => cpu.gateway),
        over(({ cpu }) => cpu.postgres),
        over(({ cpu }) => cpu.total),
      ],
    ]),
    '',
  ].join('\n');
}
