import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { cloneDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { blocksOf, remember, type Shown, variablesOf } from '../support/pages.ts';
import { freePort, type Program, root, runProgram, runScript, untilTrue } from '../support/program.ts';

// The page is done as its reader does it: in a folder of its own, on ports of its own, against the whole program.
const page = 'docs/extend.md';
const blocks = blocksOf(page, await readFile(`${root}${page}`, 'utf8'));
const block = (name: string) => {
  const found = blocks.find(({ words }) => words[0] === name);
  if (!found) throw new Error(`${page} has no block ${name}`);
  return found.text;
};

describe(page, () => {
  const stack = new AsyncDisposableStack();
  let program: Program;
  let url = '';
  let registry = '';
  let token = '';
  const shown: Shown = new Map();

  beforeAll(async () => {
    const database = stack.use(await cloneDatabase());
    const folder = stack.use(await temporaryFolder());
    const [own, port] = [join(folder.path, 'my-scoring'), String(await freePort())];
    const [copy, run] = block('subgraph').split('\n');
    expect([copy, run]).toEqual(['cp -r sample/scoring my-scoring && echo a-word-that-both-know > my-scoring/token', 'npx node my-scoring/server.ts']);
    await cp(`${root}sample/scoring`, own, { recursive: true });
    await writeFile(join(own, 'token'), 'a-word-that-both-know\n');
    await symlink(`${root}node_modules`, join(folder.path, 'node_modules'));
    for (const name of ['server.ts', 'subgraphs.yaml']) await writeFile(join(own, name), (await readFile(join(own, name), 'utf8')).replaceAll('4010', port));
    const subgraph = stack.use(runScript(relative(root, join(own, 'server.ts')), []));
    await subgraph.said(/scoring listens at/);
    registry = join(own, 'subgraphs.yaml');
    expect(block('start')).toBe('npm start -- --subgraphs my-scoring/subgraphs.yaml');
    program = stack.use(
      runProgram(['start', '--subgraphs', registry, '--data', folder.path, '--port', String(await freePort()), '--empty'], {
        env: { DATABASE_URL: database.url },
      }),
    );
    url = (await program.said(/Accord is ready at (\S+)/))[1] ?? '';
    token = await (await openDevelopmentIssuer({ dataFolder: folder.path, production: false })).token({ role: 'admin' });
    await ask('mutation { createCustomer(input: { name: "Acme" }) { customer { id } } }');
  });
  afterAll(() => stack.disposeAsync());

  // biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
  async function ask(query: string): Promise<any> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables: variablesOf(query, shown) }) });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    remember(shown, data);
    return data;
  }

  test('asks, rates and hears of it', async () => {
    expect(await ask(block('score'))).toMatchObject({ customers: { nodes: [{ name: 'Acme', creditScore: 50 }] } });
    const client = createClient({ url, headers: { authorization: `Bearer ${token}` }, retryAttempts: 0 });
    const events = client.iterate({ query: block('changed') });
    let heard: unknown;
    void events.next().then(({ value }) => {
      heard = value;
    });
    await untilTrue('the event', async () => {
      expect(await ask(block('rate'))).toEqual({ rateCustomer: { name: 'Acme', creditScore: 81 } });
      return heard !== undefined;
    });
    expect(heard).toEqual({ data: { creditScoreChanged: { name: 'Acme', creditScore: 81 } } });
    client.dispose();
  });

  test('adds a field while everything goes on, by the change of a file', async () => {
    const file = registry.replace('subgraphs.yaml', 'scoring.graphql');
    const sdl = await readFile(file, 'utf8');
    await writeFile(file, sdl.replace('creditScore: Int', 'limit: Int\n  creditScore: Int'));
    await program.said(/The registry changed: the graph is another one now\./);
    expect(await ask('{ customers(first: 1) { nodes { creditScore limit } } }')).toEqual({ customers: { nodes: [{ creditScore: 81, limit: null }] } });
    await writeFile(file, sdl.replace('creditScore: Int', 'limit: Int'));
    await program.said(/Customer\.creditScore: Field 'creditScore' was removed/);
    expect(await ask('{ customers(first: 1) { nodes { creditScore } } }')).toEqual({ customers: { nodes: [{ creditScore: 81 }] } });
    const schema = url.replace('/graphql', '/schema.graphql');
    const command = block('check').replace('my-scoring/subgraphs.yaml', registry).replace('https://accord.example/schema.graphql', schema);
    await using check = runProgram(command.split(' ').slice(3), { env: { ACCORD_TOKEN: token } });
    expect(await check.ended).toBe(2);
    expect(check.stdout()).toContain('- Customer.creditScore: ');
  });
});
