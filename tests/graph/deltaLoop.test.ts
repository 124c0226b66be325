import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, temporaryFolder } from '../support/embedded.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { blocksOf } from '../support/pages.ts';
import { root, runProgramAt, untilTrue } from '../support/program.ts';

const page = 'docs/delta.md';
const stack = new AsyncDisposableStack();
let world: EventWorld;
let folder: Folder;

beforeAll(async () => {
  world = stack.use(await eventWorld());
  folder = stack.use(await temporaryFolder());
  await symlink(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
  const block = blocksOf(page, await readFile(join(root, page), 'utf8')).find(({ words }) => words[0] === 'poll');
  await writeFile(join(folder.path, 'poll.ts'), block?.text ?? '');
});
afterAll(() => stack.disposeAsync());

type Customer = { id: string; version: number; name: string; status: string };
const file = () => join(folder.path, 'copy.json');
const poll = async () =>
  runProgramAt(join(folder.path, 'poll.ts'), [], {
    cwd: folder.path,
    env: { ACCORD_URL: world.url, TOKEN: await world.tokenFor({ role: 'psa', system: 'psa' }), SECONDS: '0.05' },
  });
const ask = async (query: string, variables: object = {}) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.tokenFor()}` };
  const { data, errors } = (await (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()) as {
    data: { customers: { nodes: Customer[] } };
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  return data;
};
const rename = (id: string, name: string) =>
  ask('mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { code } } }', {
    input: { idempotencyKey: `${id} ${name}`, id, name },
  });
const customers = async () => (await ask('{ customers(first: 250) { nodes { id version name status } } }')).customers.nodes;
const copied = async () => {
  const text = await readFile(file(), 'utf8').catch(() => '{}');
  return Object.values((JSON.parse(text) as { customers?: Record<string, Customer> }).customers ?? {});
};
/** The copy comes to be what the graph says. */
const demandCopy = async () => {
  const inOrder = (rows: readonly Customer[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = inOrder(await customers());
  const same = async () => JSON.stringify(inOrder(await copied())) === JSON.stringify(wanted);
  await untilTrue('the copy is right', same);
};

test('the loop of the page keeps a copy right: from nothing, while others write, over restarts and an expired cursor', async () => {
  for (let at = 0; at < 5; at += 1) await world.customer(`Customer ${at}`);
  await using first = await poll();
  await demandCopy();
  const [one, two] = await customers();
  await Promise.all(Array.from({ length: 20 }, (_, at) => rename((at % 2 ? one : two)?.id ?? '', `Renamed ${at}`)));
  await world.customer('Later');
  await demandCopy();

  await first.kill();
  await rename(one?.id ?? '', 'While it was away');
  await using second = await poll();
  await demandCopy();
  await second.kill();

  await rename(two?.id ?? '', 'Long ago');
  const [head] = await world.sql`select change_position from log.head`;
  await untilTrue('all notes have their places', async () => (await world.sql`select 1 from log.change_pending`).length === 0);
  const [end] = await world.sql`select change_position from log.head`;
  expect(Number(end?.change_position)).toBeGreaterThanOrEqual(Number(head?.change_position));
  await rename(one?.id ?? '', 'Lately');
  await untilTrue('all notes have their places', async () => (await world.sql`select 1 from log.change_pending`).length === 0);
  await world.sql`update log.head set change_oldest = ${String(end?.change_position)}::bigint + 1`;
  await using third = await poll();
  await third.said(/no longer keeps/);
  await demandCopy();
  await third.kill();
});
