import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import type { Context } from '#kernel/context.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';
import { constellation, type TransportName } from '../support/constellation.ts';
import { plantCorruption } from '../support/corruption.ts';
import { untilTrue } from '../support/program.ts';

const query = `query ($id: ID!) { customer(id: $id) { name timeEntries(first: 5) { totalCount } engagements(first: 5) { nodes { name } } } }`;

describe.each<TransportName>(['in process', 'HTTP'])('operations over %s', (transport) => {
  let world: Awaited<ReturnType<typeof constellation>>;
  let customerId: string;
  /** Runs between the fetches of one operation: when time is asked, engagements has answered. */
  let meanwhile: () => Promise<void> = async () => undefined;
  const connections: Set<number>[] = [];

  /** The same subgraph; each of its root fetches first lets something happen, and says on which connection it reads. */
  const interrupted = (subgraph: Subgraph): Subgraph => {
    const customer = subgraph.resolvers.Customer as { timeEntries: (...args: unknown[]) => unknown };
    const timeEntries = async (...args: unknown[]) => {
      await meanwhile();
      if (tired) await (args[2] as Context).db.execute(sql`select pg_sleep(60)`);
      const [row] = await (args[2] as Context).db.execute(
        sql`select pg_backend_pid() as pid, (select count(*) from time.timesheet where period_start > ${'2020-01-01'}) as sheets`,
      );
      connections.at(-1)?.add(Number(row?.pid));
      sheets = Number(row?.sheets);
      return customer.timeEntries(...args);
    };
    return { ...subgraph, resolvers: { ...subgraph.resolvers, Customer: { ...customer, timeEntries } } };
  };
  let sheets = -1;
  /** The fetch of time takes a minute. */
  let tired = false;

  beforeAll(async () => {
    world = await constellation({
      subgraphs: [engagementsSubgraph, resourcesSubgraph, interrupted(timeSubgraph), financeSubgraph, operationsSubgraph],
      transport,
    });
    const made = await world.ok('mutation { createCustomer(input: { idempotencyKey: "c", name: "Snap" }) { customer { id } } }');
    customerId = made.createCustomer.customer.id;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const busy = async () =>
    (await world.sql`select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like '%transaction%'`).length;
  const write = async () =>
    void (await plantCorruption(
      world.sql,
    )`insert into time.timesheet (id, employee_id, period_start, period_end) values (gen_random_uuid(), gen_random_uuid(), '2026-01-05', '2026-01-11')`);

  test('a client sees one state of the firm in process, and of each subgraph over HTTP', async () => {
    connections.push(new Set());
    meanwhile = write;
    await world.ok(query, { id: customerId });
    meanwhile = async () => undefined;
    const seen = sheets;
    await world.ok(query, { id: customerId });
    expect([seen, sheets]).toEqual(transport === 'in process' ? [0, 1] : [1, 1]);
  });

  test('a mutation is read as it was written', async () => {
    const { updateCustomer } = await world.ok(
      'mutation ($id: ID!) { updateCustomer(input: { id: $id, idempotencyKey: "u", name: "Snapped" }) { customer { name } userErrors { message } } }',
      { id: customerId },
    );
    expect(updateCustomer).toEqual({ customer: { name: 'Snapped' }, userErrors: [] });
  });

  test('a client that goes away ends what the database does for it', async () => {
    const asleep = async () =>
      (
        await world.sql`select from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()`
      ).length;
    const gone = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` };
    tired = true;
    const body = JSON.stringify({ query, variables: { id: customerId } });
    const left = fetch(world.url, { method: 'POST', headers, body, signal: gone.signal }).catch(() => 'gone');
    await untilTrue('the database works for it', async () => (await asleep()) === 1);
    gone.abort();
    tired = false;
    await left;
    await untilTrue('it works no more', async () => (await asleep()) === 0);
  });

  test('nothing stays open: after answers, errors, refusals and clients that went away', async () => {
    const gone = new AbortController();
    const token = await world.issuer.token({ role: 'admin' });
    const post = (text: string, signal?: AbortSignal) =>
      fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: text, variables: { id: customerId } }),
        ...(signal ? { signal } : {}),
      }).then(
        (response) => response.text(),
        () => 'gone',
      );
    const left = post(query, gone.signal);
    const all = [query, '{ customer(id: "no id") { id } }', '{ nothing }', '{ customers(first: 1000) { nodes { id } } }', query].map((text) => post(text));
    gone.abort();
    await Promise.all([left, ...all]);
    await untilTrue('all transactions are over', async () => (await busy()) === 0);
  });

  test('many mutations at once, each reading before and after, do not wait for each other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        world.ok('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { name timeEntries(first: 1) { totalCount } } } }', {
          input: { idempotencyKey: `many-${n}`, name: `Many ${n}` },
        }),
      ),
    );
    expect(answers.map(({ createCustomer }) => createCustomer.customer.name)).toEqual(Array.from({ length: 40 }, (_, n) => `Many ${n}`));
  });
});
