import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { decodeJwt } from 'jose';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CannotStart } from '../../roles/cannotStart.ts';
import { dispatch } from '../../roles/command.ts';
import { commands } from '../../roles/commands.ts';
import { serversOn } from '../../roles/database/orphan.ts';
import { isRunning } from '../../roles/database/pids.ts';
import { cloneDatabase } from '../support/database.ts';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import { freePort, type Program, runProgram, untilTrue } from '../support/program.ts';

// Each start is a process with a database of its own, on a machine that may be busy.
const ready = /Accord is ready at (\S+)/;
const tokenOf = (program: Program, role: string): string => new RegExp(`^  ${role}(?: \\(.*\\))?\\n  (\\S+)$`, 'm').exec(program.output())?.[1] ?? '';
const pidOfPostgres = (program: Program): number => Number(/PostgreSQL ready on .* \(pid (\d+)\)/.exec(program.output())?.[1]);

/** The command line for a start on a folder, on a free port. */
const startOn = async (folder: string, ...more: string[]) => ['start', '--data', folder, '--port', String(await freePort()), ...more];

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
async function ask(url: string, token: string, query: string): Promise<any> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
}

const customers = '{ customers(first: 250) { totalCount nodes { name } } }';
const create = (name: string) => `mutation { createCustomer(input: { name: "${name}" }) { customer { name } userErrors { code } } }`;

describe('on one data folder, one start after the other', () => {
  let folder: Folder;
  let first: Program;
  let url = '';
  beforeAll(async () => {
    folder = await temporaryFolder();
    first = runProgram(await startOn(folder.path));
    url = (await first.said(ready))[1] ?? '';
    await first.said(/Ctrl-C stops everything/);
  });
  afterAll(async () => {
    await first.kill();
    await folder[Symbol.asyncDispose]();
  });

  test('the first one prints the address, a working token for each role, and three things to try', async () => {
    for (const role of ['portal', 'psa', 'crm', 'hr', 'finance', 'manager', 'consultant', 'analyst', 'support', 'admin']) {
      const { data, errors } = await ask(url, tokenOf(first, role), '{ customers(first: 1) { nodes { name } } }');
      if (role === 'hr') expect(errors[0].extensions.code).toBe('FORBIDDEN');
      else expect(data.customers.nodes, role).toHaveLength(1);
    }
    expect(first.output().match(/^curl -sN? http/gm)).toHaveLength(3);
  });

  test('its three things to try do what they say, as they stand there', async () => {
    const commands = [...first.output().matchAll(/^curl -sN? [^\n]*\\\n {2}-d '[^\n]*'$/gm)].map(([text]) => text);
    const [subscription = '', query = '', mutation = ''] = commands;
    const stream = spawn('/bin/sh', ['-c', `exec ${subscription}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let streamed = '';
    stream.stdout.on('data', (chunk: Buffer) => {
      streamed += chunk.toString();
    });
    await untilTrue('the stream opens', () => streamed.includes(':'));
    const shell = async (command: string) => {
      const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
      const chunks: Buffer[] = [];
      for await (const chunk of child.stdout) chunks.push(chunk);
      return JSON.parse(Buffer.concat(chunks).toString());
    };
    expect((await shell(query)).data.customers.nodes[0].projects.nodes.length).toBeGreaterThan(0);
    expect((await shell(mutation)).data.createCustomer).toMatchObject({ customer: { name: 'Northwind Advisory' }, userErrors: [] });
    await untilTrue('the event arrives', () => streamed.includes('CustomerCreated') && streamed.includes('Northwind Advisory'));
    stream.kill();
  });

  test('its consultant and its manager are two people: what the one records and submits the other approves', async () => {
    const [consultant, manager] = [tokenOf(first, 'consultant'), tokenOf(first, 'manager')];
    const { employee_id: employeeId } = decodeJwt<{ employee_id: string }>(consultant);
    const { employee_id: approverId } = decodeJwt<{ employee_id: string }>(manager);
    const booked = await ask(
      url,
      consultant,
      `{ assignments(first: 50, filter: { employeeIds: ["${employeeId}"] }, orderBy: { field: END_DATE, direction: DESC }) { nodes { endDate project { id manager { id } } } } }`,
    );
    type Booked = { endDate: string; project: { id: string; manager: { id: string } } };
    const { endDate, project }: Booked = booked.data.assignments.nodes.find((each: Booked) => each.project.manager.id === approverId);
    const today = new Date().toISOString().slice(0, 10);
    const recorded = await ask(
      url,
      consultant,
      `mutation { recordTimeEntry(input: { idempotencyKey: "story", employeeId: "${employeeId}", projectId: "${project.id}", workDate: "${[endDate, today].sort()[0]}", hours: "1.50" }) { timeEntry { timesheet { id } } userErrors { message } } }`,
    );
    const { id } = recorded.data.recordTimeEntry.timeEntry.timesheet;
    const submitted = await ask(url, consultant, `mutation { submitTimesheet(input: { id: "${id}" }) { timesheet { status } userErrors { message } } }`);
    expect(submitted.data.submitTimesheet).toEqual({ timesheet: { status: 'SUBMITTED' }, userErrors: [] });
    const approved = await ask(
      url,
      manager,
      `mutation { approveTimesheet(input: { id: "${id}", approverId: "${approverId}", projectIds: ["${project.id}"] }) { timesheet { id } userErrors { message } } }`,
    );
    expect(approved.data.approveTimesheet).toEqual({ timesheet: { id }, userErrors: [] });
  });

  test('a second one beside it says which process holds the folder', async () => {
    await using second = runProgram(await startOn(folder.path));
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(
        `^Process ${first.pid} has been using the data folder ${folder.path} since .*: stop it first, or give this one another data folder \\(--data FOLDER\\)\\.\\n$`,
      ),
    );
    expect((await ask(url, tokenOf(first, 'admin'), customers)).data.customers.totalCount).toBeGreaterThan(0);
  });

  test('Ctrl-C stops everything: sockets are drained, requests end, no process stays', async () => {
    const postgresPid = pidOfPostgres(first);
    const closed = Promise.withResolvers<number>();
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      connectionParams: { token: tokenOf(first, 'admin') },
    });
    client.on('closed', (event) => closed.resolve((event as CloseEvent).code));
    const opened = Promise.withResolvers<void>();
    client.on('connected', () => opened.resolve());
    await opened.promise;
    expect(await first.kill('SIGINT')).toBe(0);
    expect(first.output()).toMatch(/SIGINT: stopping\n$/);
    expect(await closed.promise).toBe(1012);
    expect(isRunning(postgresPid)).toBe(false);
    expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('the next one has what was there; killed with SIGKILL it blocks nobody; --fresh starts anew', async () => {
    await using second = runProgram(await startOn(folder.path));
    const address = (await second.said(ready))[1] ?? '';
    await second.said(/Ctrl-C/);
    const { nodes } = (await ask(address, tokenOf(second, 'admin'), customers)).data.customers;
    expect(nodes).toContainEqual({ name: 'Northwind Advisory' });
    expect(second.output()).not.toMatch(/setting up|migrations|sample/);
    await ask(address, tokenOf(second, 'admin'), create('Last words'));
    await second.kill();
    await using third = runProgram(await startOn(folder.path));
    const again = (await third.said(ready))[1] ?? '';
    await third.said(/Ctrl-C/);
    expect((await ask(again, tokenOf(third, 'admin'), customers)).data.customers.nodes).toContainEqual({ name: 'Last words' });
    expect(await third.kill('SIGTERM')).toBe(0);
    await using fresh = runProgram(await startOn(folder.path, '--fresh', '--empty'));
    const anew = (await fresh.said(ready))[1] ?? '';
    await fresh.said(/Ctrl-C/);
    expect((await ask(anew, tokenOf(fresh, 'admin'), customers)).data.customers.totalCount).toBe(0);
    expect(fresh.output()).toMatch(/The firm is empty/);
    await fresh.kill('SIGINT');
    expect(isRunning(pidOfPostgres(fresh))).toBe(false);
  });
});

describe('a start that cannot be says so in a sentence, with exit code 1', () => {
  test('when the port is taken, and leaves nothing running', async () => {
    await using folder = await temporaryFolder();
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await using program = runProgram(['start', '--data', folder.path, '--port', String(port), '--empty']);
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(`Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port: --port ${port + 100} `);
    expect(program.output()).not.toMatch(/ at .*\.ts:/);
    expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
    other.close();
  });

  test('when the server of DATABASE_URL does not answer', async () => {
    await using folder = await temporaryFolder();
    await using program = runProgram(['start', '--data', folder.path], { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' } });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(
      /^The PostgreSQL server at 127\.0\.0\.1:1 cannot be used \(.*ECONNREFUSED.*\): start it, correct DATABASE_URL, or unset it to use the embedded one\.\n$/,
    );
  });

  test.each([
    [
      ['migrate', '--database-url', 'mysql://x'],
      {},
      /^DATABASE_URL is not a PostgreSQL address: it looks like postgres:\/\/user:password@host:5432\/database\.$/,
    ],
    [['start', '--host', '0.0.0.0'], {}, /^start uses the development issuer and listens on loopback only, not on 0\.0\.0\.0\./],
    [['start', '--port', 'many'], {}, /^many is no port; use a number from 0 to 65535\.$/],
    [['start', '--scale', 'XXL'], {}, /^XXL is no scale; use S, M or L\.$/],
    [['start', '--frehs'], {}, /^Unknown option '--frehs'\. "node main\.ts start --help" shows what it takes\.$/],
    [['start', 'now'], {}, /^start takes no "now"\. "node main\.ts start --help" shows what it takes\.$/],
    [['strat'], {}, /^There is no command strat\. "node main\.ts --help" lists them\.$/],
    [['start'], { NODE_ENV: 'production' }, /^The development issuer does not run in production\./],
    [['start', '--log-level', 'loud'], {}, /^loud is no log level; use one of trace/],
    [
      ['time'],
      { ACCORD_GATEWAY_PUBLIC_KEY: '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}' },
      /^DATABASE_URL is not set: one role alone has no embedded database\. "node main\.ts start" runs everything on one\.$/,
    ],
    [['worker'], {}, /^DATABASE_URL is not set: one role alone/],
    [['gateway', '--database-url', 'postgres://x@127.0.0.1:1/x'], {}, /^ACCORD_GATEWAY_KEY is not set: the private key that the gateway signs with/],
    [['finance', '--database-url', 'postgres://x@127.0.0.1:1/x'], {}, /^ACCORD_GATEWAY_PUBLIC_KEY is not set: the gateway's public keys/],
    [['import', 'tock'], {}, /^Say what to import and from where: import tock FOLDER\.$/],
    [['token'], {}, /^Say which role: --role portal\|/],
    [['token', '--role', 'boss'], {}, /^There is no role boss\. Roles: portal, /],
    [['token', '--role', 'portal'], {}, /^A portal token names its customers: --role portal --customer <id>\. The query .* lists them\.$/],
    [['import', 'tock', '/nowhere'], { ACCORD_PORT: 'many' }, /^many is no port/],
  ] as [string[], Record<string, string>, RegExp][])('%j %j', async (args, env, sentence) => {
    await using folder = await temporaryFolder();
    const refusal = await dispatch(commands, args, { env: { ACCORD_DATA: folder.path, ...env }, out: () => undefined }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as CannotStart).message).toMatch(sentence);
  });
});

test('Ctrl-C half way through a first start stops it, and the next one goes on', async () => {
  await using folder = await temporaryFolder();
  await using first = runProgram(await startOn(folder.path));
  await first.said(/PostgreSQL ready on/);
  expect(await first.kill('SIGINT')).toBe(0);
  expect(first.output()).toMatch(/SIGINT: stopping\n$/);
  expect(first.output()).not.toMatch(ready);
  expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
  await using second = runProgram(await startOn(folder.path, '--empty'));
  await second.said(/Ctrl-C stops everything/);
  expect(second.output()).not.toMatch(/setting up a new database/);
  expect(await second.kill('SIGTERM')).toBe(0);
});

test('with DATABASE_URL that server is used, and nothing embedded starts', async () => {
  await using database = await cloneDatabase();
  await using folder = await temporaryFolder();
  await using program = runProgram(await startOn(folder.path, '--empty'), { env: { DATABASE_URL: database.url } });
  const [, url = ''] = await program.said(ready);
  await program.said(/Ctrl-C/);
  expect((await ask(url, tokenOf(program, 'admin'), create('Elsewhere'))).data.createCustomer.userErrors).toEqual([]);
  expect(await database.sql`select name from engagements.customer`).toEqual([{ name: 'Elsewhere' }]);
  expect(program.output()).not.toMatch(/PostgreSQL ready|setting up/);
  expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
  expect(await readFile(join(folder.path, 'database.json'), 'utf8').catch((error) => error.code)).toBe('ENOENT');
  expect(await program.kill('SIGINT')).toBe(0);
  const still = postgres(database.url, { max: 1 });
  expect((await still`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name like 'accord-%'`)[0]?.n).toBe(0);
  await still.end();
});

describe('--help', () => {
  const help = async (...args: string[]) => {
    const lines: string[] = [];
    expect(await dispatch(commands, [...args, '--help'], { env: {}, out: (line) => lines.push(line) })).toBe(0);
    return lines.join('\n');
  };
  const names = commands.map(({ name }) => name);
  // Node from npm is on no PATH; the words that people are told to type must work for them.
  const asTyped = process.execPath.includes('/node_modules/') ? 'npx node main.ts' : 'node main.ts';

  test('of the whole lists every command', async () => {
    expect(names).toEqual(expect.arrayContaining(['start', 'gateway', 'engagements', 'resources', 'time', 'finance', 'operations', 'worker', 'import']));
    for (const name of names) expect(await help()).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });

  test('of a role that listens names its port, of one that needs a database asks for one', async () => {
    expect(await help('start')).toMatch(/--port NUMBER .*default 4000\)/);
    expect(await help('finance')).toMatch(/--port NUMBER .*default 4004\)/);
    expect(await help('worker')).not.toMatch(/embedded/);
  });

  test.each(names)('of %s says what it does and takes', async (name) => {
    expect(await help(name)).toMatch(
      new RegExp(`^\\S.*\\.\\n\\nusage: node main\\.ts ${name} (tock FOLDER |journeys |verify |check )?\\[options\\]\\n[^]*--help `),
    );
  });

  test('is what main.ts prints, and a mistake is one line on stderr and exit code 1', async () => {
    await using whole = runProgram(['--help']);
    await using mistake = runProgram(['strat']);
    expect(await whole.ended).toBe(0);
    expect(whole.stdout()).toBe(`${await help()}\n`.replaceAll('node main.ts', asTyped));
    expect(await mistake.ended).toBe(1);
    expect(mistake.stdout()).toBe('');
    expect(mistake.output()).toBe(`There is no command strat. "${asTyped} --help" lists them.\n`);
  });
});
