import { writeFile } from 'node:fs/promises';
import { machine, table } from './figures.ts';
import { openFirm, type Terminal } from './growth.ts';
import { lastDay } from './growthFirm.ts';
import { cpuOf, cpuOfTree, memoryOf, restartPeak } from './proc.ts';
import { type Asked, mutate } from './served.ts';

type Wish = { sizes: readonly number[]; json: string | undefined };
type Stage = { name: string; milliseconds: number; node: number; postgres: number; peak: number };
type Drafted = { actualsTaken: number; succeeded: number };
type Billed = { entries: number; lines: number; invoices: number; stages: Stage[] };

/** Invoices that one call of a bulk mutation takes here. */
const bulk = 100;

/** All that is ready becomes drafts, valid and posted invoices, in firms of growing size: what a line costs must not grow with the firm. */
export async function measureBilling({ sizes, json }: Wish, terminal: Terminal): Promise<void> {
  const taken: Billed[] = [];
  for (const entries of sizes) {
    terminal.signal.throwIfAborted();
    taken.push(await billFirm(entries, terminal));
  }
  terminal.out(report(taken));
  if (json) await writeFile(json, `${JSON.stringify({ machine: machine(), sizes: taken }, undefined, 2)}\n`);
}

async function billFirm(entries: number, terminal: Terminal): Promise<Billed> {
  await using stack = new AsyncDisposableStack();
  const { bar, serverPid, ...asked } = await openFirm(entries, terminal, stack);
  const stages: Stage[] = [];
  const stage = async <Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> => {
    terminal.signal.throwIfAborted();
    bar(1, name);
    restartPeak(asked.pid);
    const before = { at: performance.now(), node: cpuOf(asked.pid), postgres: cpuOfTree(serverPid) };
    const answer = await run();
    // What follows in the worker is a part of what a line costs: where a call is short, it comes behind it.
    await settled(asked);
    const spent = { node: cpuOf(asked.pid) - before.node, postgres: cpuOfTree(serverPid) - before.postgres };
    stages.push({ name, milliseconds: performance.now() - before.at, ...spent, peak: memoryOf(asked.pid).peak });
    return answer;
  };
  const drafted = await stage('draft', () =>
    mutate<Drafted>(asked, { name: 'draftInvoices', input: { cutOffDate: lastDay }, select: 'succeeded actualsTaken' }),
  );
  const ids = await draftIds(asked);
  for (const [name, mutation] of [
    ['validate', 'validateInvoices'],
    ['post', 'postInvoices'],
  ] as const) {
    await stage(name, async () => {
      for (let start = 0; start < ids.length; start += bulk) {
        const items = ids.slice(start, start + bulk).map((id) => ({ id }));
        await mutate(asked, { name: mutation, input: { items }, select: 'failed' });
      }
    });
  }
  terminal.say('');
  return { entries, lines: drafted.actualsTaken, invoices: drafted.succeeded, stages };
}

type Log = { operations: { log: { newestPosition: string }; consumers: { lag: string }[] } };

/** Until consumers have handled all facts, and no more come. */
async function settled({ ask }: Asked): Promise<void> {
  for (let before: string | undefined; ; ) {
    const { operations } = (await ask({ name: 'log', text: '{ operations { log { newestPosition } consumers { lag } } }' })) as Log;
    const { newestPosition: position } = operations.log;
    if (position === before && operations.consumers.every(({ lag }) => Number(lag) === 0)) return;
    before = position;
    await new Promise((again) => setTimeout(again, 500));
  }
}

type Page = { invoices: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

async function draftIds({ ask }: Asked): Promise<string[]> {
  const text =
    'query ($after: Cursor) { invoices(first: 250, after: $after, filter: { statuses: [DRAFT] }) { nodes { id } pageInfo { hasNextPage endCursor } } }';
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { invoices } = (await ask({ name: 'drafts', text, variables: { after } })) as Page;
    ids.push(...invoices.nodes.map(({ id }) => id));
    if (!invoices.pageInfo.hasNextPage) return ids;
    after = invoices.pageInfo.endCursor;
  }
}

function report(taken: readonly Billed[]): string {
  const { cores, node, loadAverage } = machine();
  const perLine = ({ node: own, postgres }: Stage, lines: number) => (own + postgres) / lines;
  const cell = (each: Stage, { lines }: Billed) =>
    `${perLine(each, lines).toFixed(3)} ms (${(each.node / lines).toFixed(3)} + ${(each.postgres / lines).toFixed(3)}), ${each.peak} MiB`;
  const names = taken[0]?.stages.map(({ name }) => name) ?? [];
  const first = taken[0];
  const ratio = (index: number) =>
    taken.map((each) => {
      const [own, base] = [each.stages[index], first?.stages[index]];
      return own && base && first ? (perLine(own, each.lines) / perLine(base, first.lines)).toFixed(2) : '';
    });
  const rows = names.map((name, index) => [name, ...taken.map((each) => (each.stages[index] ? cell(each.stages[index], each) : '')), ratio(index).join(' / ')]);
  return [
    '',
    'CPU per line that is billed (Node + PostgreSQL), and the peak memory (RSS) of the one process of npm start meanwhile.',
    `${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    '',
    table([
      ['', ...taken.map(({ lines, invoices }) => `${lines.toLocaleString('en')} lines on ${invoices}`), 'per line, as ratios'],
      ...rows,
      ['wall', ...taken.map(({ stages }) => stages.map(({ name, milliseconds }) => `${name} ${(milliseconds / 1000).toFixed(1)} s`).join(', ')), ''],
    ]),
  ].join('\n');
}
