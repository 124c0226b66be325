import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import type { Json } from '../support/graph.ts';
import { type Block, blocksOf, exemption, pages, refusalsIn, remember, type Shown, variablesOf, wishOf } from '../support/pages.ts';
import { freePort, type Program, root, runProgram, untilTrue } from '../support/program.ts';

// The whole program, on a machine that may be busy.
/** Pages whose snippets are run, in this order: the later ones go on with what the first has made. */
const run = [
  'docs/tutorials/first-invoice.md',
  'docs/tutorials/month-end.md',
  'docs/tutorials/psa-sync.md',
  'docs/tutorials/staffing.md',
  'docs/tutorials/client-portal.md',
  'docs/tutorials/dashboards.md',
  'docs/operation/metrics.md',
  'docs/delta.md',
  'docs/reconciliation.md',
];

const texts = new Map((await pages()).map(({ path, text }) => [path, text]));
const shown: Shown = new Map();
let database: TestDatabase;
let folder: Folder;
let port: number;
let program: Program;

const start = async () => {
  program = runProgram(['start', '--empty', '--data', folder.path, '--port', String(port)], { env: { DATABASE_URL: database.url } });
  await program.said(/Ctrl-C stops everything/);
};

beforeAll(async () => {
  database = await cloneDatabase();
  folder = await temporaryFolder();
  port = await freePort();
  await start();
});
afterAll(async () => {
  await program.kill();
  await folder[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** The tokens that `npm start` prints, and a portal's for the customer that a page has shown. */
async function token(role: string): Promise<string> {
  const issuer = await openDevelopmentIssuer({ dataFolder: folder.path, production: false });
  const customer = shown.get('customerId');
  return issuer.token({
    role,
    ...(['psa', 'crm', 'hr'].includes(role) ? { system: role } : {}),
    ...(role === 'portal' && typeof customer === 'string' ? { customerIds: [customer] } : {}),
  });
}

async function ask(role: string, query: string, variables: Record<string, unknown> = {}): Promise<Json> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token(role)}` };
  return (await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json();
}

async function askBlock(block: Block): Promise<void> {
  const { role, refused, until } = wishOf(block);
  let answer: Json;
  const once = async () => {
    answer = await ask(role, block.text, variablesOf(block.text, shown));
    return until === undefined || JSON.stringify(answer).includes(until);
  };
  await untilTrue(() => `${block.page}:${block.line} answers ${until}: ${JSON.stringify(answer)}`, once);
  const codes = refusalsIn(answer).map((each: Json) => each.code ?? each.extensions?.code);
  expect(codes, JSON.stringify(answer)).toEqual(refused === undefined ? [] : [refused]);
  remember(shown, answer.data);
}

/** A process as the page's reader runs it: tokens in the environment; what it prints, line by line. */
async function running(command: string, args: readonly string[], more: Record<string, string> = {}): Promise<{ child: ChildProcess; lines: string[] }> {
  const tokens = Object.fromEntries(await Promise.all(['admin', 'portal', 'analyst'].map(async (role) => [role.toUpperCase(), await token(role)])));
  const child = spawn(command, args, { cwd: folder.path, env: { ...process.env, ...tokens, ...more }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => lines.push(line));
  return { child, lines };
}

const here = (text: string) => text.replaceAll(':4000', `:${port}`);

async function shell(block: Block): Promise<void> {
  const { child } = await running('bash', ['-c', here(block.text)]);
  expect((await once(child, 'close'))[0], `${block.page}:${block.line}`).toBe(0);
}

/** The block of a page that a test of its own runs. */
function block(page: string, name: string): string {
  const found = blocksOf(page, texts.get(page) ?? '').find(({ words }) => words[0] === name);
  if (!found) throw new Error(`${page} has no block ${name}`);
  return here(found.text);
}

describe('snippets of the pages, one page after the other', () => {
  test.each(run)('%s', async (page) => {
    // Ids go on from page to page; a cursor is one of its page.
    for (const name of [...shown.keys()]) if (!name.endsWith('Id')) shown.delete(name);
    for (const each of blocksOf(page, texts.get(page) ?? '')) {
      if (exemption(each)) continue;
      if (each.language === 'graphql') await askBlock(each);
      if (each.language === 'sh') await shell(each);
    }
  });

  test('the hint that an empty firm is started with asks for what is there', async () => {
    const hint = /^"(\{ readiness .*\})", asked as admin/m.exec(program.output())?.[1] ?? '';
    expect((await ask('admin', hint)).data.readiness.ready).toBe(true);
  });

  test('the first invoice is what its page says', async () => {
    const { data } = await ask(
      'finance',
      '{ invoices(orderBy: { field: NUMBER, direction: ASC }) { nodes { number status total { amount } open { amount } } } }',
    );
    const [first, april] = data.invoices.nodes;
    expect(first).toEqual({ number: 'US-INV-2025-000001', status: 'PARTLY_PAID', total: { amount: '2250.60' }, open: { amount: '1250.60' } });
    // Fourteen hours of April at 120.00 and 21 % tax.
    expect(april).toEqual({ number: 'US-INV-2025-000002', status: 'POSTED', total: { amount: '2032.80' }, open: { amount: '2032.80' } });
    expect(data.invoices.nodes).toHaveLength(2);
  });
});

const create = (name: string) => ask('crm', `mutation { createCustomer(input: { idempotencyKey: "${name}", name: "${name}" }) { userErrors { code } } }`);

describe('dashboards', () => {
  const page = 'docs/tutorials/dashboards.md';

  test('an event stream goes on after the id that its client read last', async () => {
    await create('Streamed 1');
    const { data } = await ask('analyst', '{ operations { log { newestCursor } } }');
    const { child, lines } = await running('bash', ['-c', `exec ${block(page, 'stream')}`], { CURSOR: data.operations.log.newestCursor });
    await create('Streamed 2');
    await untilTrue('the event', () => lines.some((line) => line.includes('Streamed 2')));
    expect(lines.some((line) => /^id: ?\S/.test(line))).toBe(true);
    child.kill();
  });

  test('the program shows a state, then what happens, through a restart of the server', async () => {
    await writeFile(join(folder.path, 'dashboard.ts'), block(page, 'dashboard'));
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    await symlink(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    const { child, lines } = await running(process.execPath, ['dashboard.ts']);
    const heard = () => [...lines.join('\n').matchAll(/Board \w+/g)].map(([name]) => name);
    await untilTrue('the state', () => lines.some((line) => line.startsWith('state')));
    // The cursor was taken before: whatever happens from now on is told, connected or not.
    await create('Board first');
    await untilTrue('the first event', () => heard().includes('Board first'));
    await program.kill('SIGTERM');
    await start();
    await create('Board second');
    // The client waits longer with each attempt that fails.
    await untilTrue('the second event', () => heard().includes('Board second'));
    expect(heard()).toEqual(['Board first', 'Board second']);
    child.kill();
  });
});
