import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { openDevelopmentIssuer } from '../roles/tokens.ts';
import { agreedClients, portalBody, portalTokens } from './clients.ts';
import { machine, percentile, table } from './figures.ts';
import { firmDatabase, type Scale } from './firm.ts';
import type { Flooded, FloodJob } from './flood.ts';
import { loadProcess } from './measure.ts';
import { obedient } from './obedient.ts';
import { memoryOf, restartPeak } from './proc.ts';
import { startInProcess } from './topology.ts';

type Wish = { scale: Scale; folder?: string; seconds: number; times: number; json: string | undefined };
type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

/** Requests that are under way at most: sockets of two processes. */
const inFlight = 2_000;
/** Milliseconds between two questions of the client who behaves. */
const calm = 50;

type Felt = { p50: number; p99: number; asked: number; refused: number };
type Overloaded = { sustainable: number; offered: number; seconds: number; flooded: Omit<Flooded, 'latencies'> & { p50: number; p99: number } } & {
  memory: { before: number; peak: number; after: number };
  idle: Felt;
  busy: Felt;
  afterwards: Felt;
};

/** Many times the load that can be carried: what is shed, what memory it takes, and what a client who behaves feels. */
export async function measureOverload(wish: Wish, { say, out, signal }: Terminal): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await firmDatabase(wish.scale, say, { folder: wish.folder }));
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-overload-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await openDevelopmentIssuer({ dataFolder: folder, production: false });
  const program = await startInProcess({ databaseUrl: database.url, folder, issuer, stack });
  const body = await portalBody();
  // Each customer's portal speaks for itself: turns go round among principals.
  const customers = (await portalTokens(database.url, issuer)).map((token) => String(decodeJwt<{ customer_ids: string[] }>(token).customer_ids[0]));
  const tokens = await Promise.all(customers.map((id) => issuer.token({ role: 'portal', customerIds: [id], subject: `portal-${id}` })));
  const [calmToken = ''] = await Promise.all(customers.slice(0, 1).map((id) => issuer.token({ role: 'portal', customerIds: [id], subject: 'calm' })));
  const clients = await agreedClients([program], body, tokens);
  const load = loadProcess(stack);
  const look = { url: program.url, body, token: calmToken };
  say('warming up, and looking what can be carried');
  await load({ url: program.url, body, clients, connections: 16, seconds: Math.max(3, wish.seconds / 2), most: 200_000 });
  signal.throwIfAborted();
  const idle = await feel(look, () => pause(wish.seconds * 1000));
  const carried = await load({ url: program.url, body, clients, connections: 16, seconds: wish.seconds, most: 200_000 });
  const sustainable = carried.requests / carried.seconds;
  const perSecond = Math.ceil(sustainable * wish.times);
  say(`${sustainable.toFixed(0)} a second can be carried; now ${perSecond} a second for ${wish.seconds} s`);
  signal.throwIfAborted();
  const before = memoryOf(program.gateway).rss;
  restartPeak(program.gateway);
  const flooding = obedient<FloodJob, Flooded>(stack, './flood.ts', 'The flood');
  let flooded: Flooded | undefined;
  const busy = await feel(look, async () => {
    flooded = await flooding({ url: program.url, body, tokens, perSecond, seconds: wish.seconds, inFlight });
  });
  if (!flooded) throw new Error('nothing was sent');
  const { peak } = memoryOf(program.gateway);
  const afterwards = await feel(look, () => pause(wish.seconds * 500));
  const { latencies, ...counts } = flooded;
  const found: Overloaded = {
    ...{ sustainable, offered: perSecond, seconds: wish.seconds, idle, busy, afterwards },
    flooded: { ...counts, p50: percentile(latencies, 50), p99: percentile(latencies, 99) },
    memory: { before, peak, after: memoryOf(program.gateway).rss },
  };
  out(report(found, wish));
  if (wish.json) await writeFile(wish.json, `${JSON.stringify({ ...wish, machine: machine(), ...found }, undefined, 2)}\n`);
}

type Look = { url: string; body: string; token: string };

/** Latencies of a client of its own who asks calmly while `meanwhile` lasts. */
async function feel({ url, body, token }: Look, meanwhile: () => Promise<unknown>): Promise<Felt> {
  const times: number[] = [];
  let [over, refused] = [false, 0];
  const done = meanwhile().finally(() => {
    over = true;
  });
  while (!over) {
    const begun = performance.now();
    const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body });
    await response.arrayBuffer();
    if (response.status === 200) times.push(performance.now() - begun);
    else refused += 1;
    await pause(calm);
  }
  await done;
  return { p50: percentile(times, 50), p99: percentile(times, 99), asked: times.length + refused, refused };
}

function report({ sustainable, offered, seconds, flooded, memory, idle, busy, afterwards }: Overloaded, { times, scale }: Wish): string {
  const { cores, node, loadAverage } = machine();
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const felt = (name: string, { p50, p99, asked, refused }: Felt) => [name, ms(p50), ms(p99), (p99 / idle.p99).toFixed(1), String(asked), String(refused)];
  return [
    '',
    `The README's portal query, scale ${scale}. ${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    `${sustainable.toFixed(0)} a second are carried at 16 connections; ${offered} a second (${times} times) were sent for ${seconds} s.`,
    `Of ${flooded.sent} sent ${flooded.answered} were answered (p50 ${ms(flooded.p50)}, p99 ${ms(flooded.p99)}), ${flooded.shed} shed with 429, ${flooded.failed} failed; ${flooded.unsent} could not be sent, with ${inFlight} under way.`,
    `The one process: ${memory.before} MiB before, ${memory.peak} at its peak, ${memory.after} after; it is up, and answers.`,
    '',
    table([
      ['a client who asks calmly', 'p50', 'p99', 'p99 over idle', 'asked', 'refused'],
      felt('nothing else', idle),
      felt('meanwhile', busy),
      felt('afterwards', afterwards),
    ]),
    '',
  ].join('\n');
}
