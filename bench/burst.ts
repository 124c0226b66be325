import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { plantBurst } from './burstFirm.ts';
import { machine, percentile, table } from './figures.ts';
import type { Terminal } from './growth.ts';
import { cpuOf, cpuOfTree, memoryOf, restartPeak } from './proc.ts';
import { type Asked, keyed, mutate, openProgram } from './served.ts';

type Wish = { timesheets: number; json: string | undefined };
type Burst = { timesheets: number; approving: number; draining: number; waits: number[]; node: number; postgres: number; peak: number };

/** Timesheets that one call approves. */
const bulk = 500;

/** Approves many timesheets at once, while somebody else goes on asking. */
export async function measureBurst({ timesheets, json }: Wish, terminal: Terminal): Promise<void> {
  const { say, signal } = terminal;
  await using stack = new AsyncDisposableStack();
  const { serverPid, adminUrl, ...asked } = await openProgram(stack);
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  stack.defer(() => sql.end({ timeout: 1 }));
  const sheets = await plantBurst(asked, timesheets, (line) => {
    signal.throwIfAborted();
    say(line);
  });
  say('asking while nothing else happens');
  const idle = await probing(asked, () => pause(10_000));
  say(`approving ${timesheets.toLocaleString('en')} timesheets`);
  restartPeak(asked.pid);
  const before = { node: cpuOf(asked.pid), postgres: cpuOfTree(serverPid) };
  let burst: Omit<Burst, 'node' | 'postgres' | 'peak'> | undefined;
  const busy = await probing(asked, async () => {
    burst = await approveAll({ asked, sql, sheets });
  });
  if (!burst) throw new Error('nothing was approved');
  const spent = { node: cpuOf(asked.pid) - before.node, postgres: cpuOfTree(serverPid) - before.postgres, peak: memoryOf(asked.pid).peak };
  terminal.out(report({ ...burst, ...spent }, { idle, busy }));
  if (json) await writeFile(json, `${JSON.stringify({ machine: machine(), ...burst, ...spent, waits: undefined, idle, busy }, undefined, 2)}\n`);
}

type Approving = { asked: Asked; sql: Sql; sheets: readonly { id: string; approverId: string }[] };

/** Sends all approvals one call behind the other, and looks how the cost of each sheet comes into the ledger. */
async function approveAll({ asked, sql, sheets }: Approving) {
  const begun = performance.now();
  const acknowledged: number[] = [];
  const posted: number[] = [];
  const looking = (async () => {
    while (posted.length < sheets.length) {
      const [row] = await sql`select count(*)::int as n from finance.actual where kind = 'COST'`;
      const at = performance.now();
      while (posted.length < Number(row?.n)) posted.push(at);
      await pause(10);
    }
  })();
  for (let start = 0; start < sheets.length; start += bulk) {
    const items = sheets.slice(start, start + bulk);
    await mutate(asked, { name: 'approveTimesheets', input: { items }, select: 'failed' });
    for (const _ of items) acknowledged.push(performance.now());
  }
  const approving = performance.now() - begun;
  await looking;
  // The first that was acknowledged is the first that comes: facts keep their order.
  const waits = posted.map((at, index) => Math.max(0, at - (acknowledged[index] ?? at)));
  return { timesheets: sheets.length, approving, draining: performance.now() - begun, waits };
}

/** Latencies of somebody who asks one small thing after the other, and writes now and then, while `meanwhile` lasts. */
async function probing(asked: Asked, meanwhile: () => Promise<unknown>): Promise<{ reads: number[]; writes: number[] }> {
  const reads: number[] = [];
  const writes: number[] = [];
  let over = false;
  const done = meanwhile().finally(() => {
    over = true;
  });
  const timed = async (into: number[], question: Parameters<Asked['ask']>[0]) => {
    const begun = performance.now();
    await asked.ask(question);
    into.push(performance.now() - begun);
  };
  const read = { name: 'read', text: '{ projects(first: 5) { nodes { name status customer { name } manager { name } } } }' };
  const text = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { message } } }';
  for (let n = 0; !over; n += 1) {
    await timed(reads, read);
    if (n % 4 === 0) await timed(writes, keyed({ name: 'write', text, variables: { input: { name: `Somebody ${n}` } } }));
    await pause(10);
  }
  await done;
  return { reads, writes };
}

function report(
  { timesheets, approving, draining, waits, node, postgres: server, peak }: Burst,
  { idle, busy }: Record<'idle' | 'busy', { reads: number[]; writes: number[] }>,
): string {
  const { cores, node: version, loadAverage } = machine();
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  const felt = (name: string, of: (some: typeof idle) => number[]) => [
    name,
    ...[50, 99].flatMap((part) => {
      const [calm, full] = [percentile(of(idle), part), percentile(of(busy), part)];
      return [ms(calm), ms(full), (full / calm).toFixed(1)];
    }),
  ];
  return [
    '',
    `${timesheets.toLocaleString('en')} timesheets were approved in ${(approving / 1000).toFixed(1)} s and posted ${(draining / 1000).toFixed(1)} s after the first call: ${(timesheets / (draining / 1000)).toFixed(0)} per second.`,
    `From the answer to the approval until the actual is there: p50 ${ms(percentile(waits, 50))}, p99 ${ms(percentile(waits, 99))}.`,
    `CPU per timesheet: Node ${(node / timesheets).toFixed(2)} ms, PostgreSQL ${(server / timesheets).toFixed(2)} ms; peak memory (RSS) of the one process ${peak} MiB.`,
    `${cores} cores, Node ${version}, load average ${loadAverage.join(' ')}.`,
    '',
    table([
      ['meanwhile somebody', 'idle p50', 'busy p50', 'ratio', 'idle p99', 'busy p99', 'ratio'],
      felt('reads', ({ reads }) => reads),
      felt('writes', ({ writes }) => writes),
    ]),
  ].join('\n');
}
