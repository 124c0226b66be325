import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import { freePort, type Program, root, runProgram, untilTrue } from '../support/program.ts';
import { readmeBlock } from '../support/readme.ts';

// A start of the whole program, on a machine that may be busy.
const curl = spawnSync('curl', ['--version']).status === 0;
let database: TestDatabase;
let folder: Folder;
let port: number;
let program: Program;
/** What the README's reader has exported. */
let tokens: Record<string, string>;

const start = async () => {
  program = runProgram(['start', '--data', folder.path, '--port', String(port)], { env: { DATABASE_URL: database.url } });
  await program.said(/Ctrl-C stops everything/);
};

beforeAll(async () => {
  database = await cloneDatabase();
  folder = await temporaryFolder();
  port = await freePort();
  await start();
  const portal = /^ {2}portal \((.*)\)\n {2}(\S+)$/m.exec(program.output());
  tokens = { PORTAL: portal?.[2] ?? '' };
  await Promise.all(['admin', 'crm', 'finance'].map(async (role) => Object.assign(tokens, { [role.toUpperCase()]: await token(role) })));
});
afterAll(async () => {
  await program.kill();
  await folder[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function token(role: string): Promise<string> {
  await using printing = runProgram(['token', '--role', role, '--data', folder.path]);
  await printing.ended;
  return printing.stdout().trim();
}

/** A block of the README with our port in it. */
const block = async (info: string) => (await readmeBlock(info)).replaceAll(':4000', `:${port}`);

/** A process with the tokens in its environment; what it prints, line by line. */
function running(command: string, args: readonly string[], cwd: string = root): { child: ChildProcess; lines: string[] } {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...tokens }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, lines };
}

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
async function shell(info: string): Promise<any> {
  const { child, lines } = running('bash', ['-c', await block(info)]);
  await once(child, 'close');
  return JSON.parse(lines.join('\n'));
}

describe.skipIf(!curl)(`the README's five minutes, as they stand there${curl ? '' : ' (skipped: there is no curl here)'}`, () => {
  test('a query, as the portal of one client asks it', async () => {
    const { data, errors } = await shell('sh portal');
    expect(errors).toBeUndefined();
    const [customer] = data.customers.nodes;
    expect(data.customers.nodes).toHaveLength(1);
    expect(/portal \((.*)\)/.exec(program.output())?.[1]).toBe(customer.name);
    expect(customer.projects.nodes.length).toBeGreaterThan(0);
    expect(
      customer.projects.nodes.flatMap((project: { assignments: { nodes: { employee: { name: string } }[] } }) => project.assignments.nodes)[0].employee.name,
    ).toBeTruthy();
    expect(customer.timeEntries.nodes).toHaveLength(10);
    expect(customer.timeEntries.nodes[0]).toMatchObject({ workDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), hours: expect.stringMatching(/^\d+\.\d\d$/) });
    expect(customer.invoices.nodes.length).toBeGreaterThan(0);
    expect(customer.invoices.nodes[0].total.amount).toMatch(/^\d+\.\d\d$/);
  });

  test('a live subscription in another terminal, and the mutation that appears in it, once though it is sent twice', async () => {
    const { child, lines } = running('bash', ['-c', `exec ${await block('sh subscription')}`]);
    await untilTrue('the stream is open', () => lines.some((line) => line.startsWith(':')));
    const first = (await shell('sh mutation')).data.createCustomer;
    expect(first).toMatchObject({ replayed: false, customer: { name: 'Northwind Advisory', status: 'PROSPECT' }, userErrors: [] });
    expect(first.customer.availableActions.map(({ name }: { name: string }) => name)).toContain('activate');
    const again = (await shell('sh mutation')).data.createCustomer;
    expect(again).toMatchObject({ replayed: true, customer: { id: first.customer.id }, userErrors: [] });
    await untilTrue('the event arrives', () => lines.some((line) => line.includes('Northwind Advisory')));
    const events = lines.filter((line) => line.startsWith('data:') && line.includes('CustomerCreated')).map((line) => JSON.parse(line.slice(5)));
    expect(events).toHaveLength(1);
    expect(events[0].data.businessEvents).toMatchObject({ type: 'CustomerCreated', actorId: 'dev-crm', customer: { name: 'Northwind Advisory' } });
    child.kill();
  });

  test("the controller's question", async () => {
    const { data, errors } = await shell('sh controller');
    expect(errors).toBeUndefined();
    expect(data.approvedNotPostedSummary.entries).toBe(data.approvedNotPostedSummary.inException.entries);
    expect(Number(data.approvedNotPostedSummary.hours)).toBeGreaterThan(0);
    expect(data.unbilled.length).toBeGreaterThan(0);
    expect(data.operations.exceptionSummary.map(({ code }: { code: string }) => code).sort()).toEqual([
      ...['LABOR_CATEGORY_MISSING', 'PERIOD_CLOSED', 'RATE_NOT_FOUND', 'TAX_FAILED'],
    ]);
    expect(data.operations.stuck.nodes).toHaveLength(5);
    for (const { message, owner, cures } of data.operations.stuck.nodes) expect([message, owner, cures.length > 0]).toEqual([message, 'controller', true]);
    expect(data.failedTax.nodes.length).toBeGreaterThan(0);
    expect(data.unpaid.nodes[0]).toMatchObject({ overdue: true, number: expect.stringMatching(/^NL-/) });
  });
});

describe("the README's TypeScript client", () => {
  const create = (name: string) =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.CRM}` },
      body: JSON.stringify({ query: `mutation { createCustomer(input: { name: "${name}" }) { userErrors { code } } }` }),
    });

  test('prints events, and after a restart of the server goes on where it was, without a gap and without a repeat', async () => {
    await writeFile(join(folder.path, 'client.ts'), await block('ts client'));
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    await symlink(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    const { child, lines } = running(process.execPath, ['client.ts'], folder.path);
    const heard = () => [...lines.join('\n').matchAll(/Tour \w+/g)].map(([name]) => name);
    let sent = 0;
    // The client says nothing when it is connected: the first event that it hears tells.
    await untilTrue('the client hears something', async () => {
      if (heard().length === 0) await create(`Tour first${sent++}`);
      return heard().length > 0;
    });
    await program.kill('SIGTERM');
    await start();
    await create('Tour second');
    await create('Tour third');
    await untilTrue(
      `the client has caught up (${program
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .join('\n')})`,
      () => heard().includes('Tour third'),
    );
    const told = heard();
    expect(told).toEqual([...new Set(told)]);
    expect(told.slice(-2)).toEqual(['Tour second', 'Tour third']);
    expect(told.slice(0, -2).every((name) => name.startsWith('Tour first'))).toBe(true);
    child.kill();
  });
});
