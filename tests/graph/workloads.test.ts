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
import { untilTrue } from '../support/program.ts';

const summary = '{ approvedNotPostedSummary { entries } }';
const interactive = '{ timeEntries(first: 1) { totalCount } customers(first: 1) { nodes { name } } }';

/** Its summary of the whole firm takes as long as it is told, in the database. */
function slow(seconds: () => number): Subgraph {
  const query = timeSubgraph.resolvers.Query as Record<string, (...args: unknown[]) => unknown>;
  const approvedNotPostedSummary = async (...args: unknown[]) => {
    await (args[2] as Context).db.execute(sql`select pg_sleep(${seconds()})`);
    return query.approvedNotPostedSummary?.(...args);
  };
  return { ...timeSubgraph, resolvers: { ...timeSubgraph.resolvers, Query: { ...query, approvedNotPostedSummary } } };
}

describe.each<TransportName>(['in process', 'HTTP'])('kinds of work over %s', (transport) => {
  let world: Awaited<ReturnType<typeof constellation>>;
  let seconds = 0;
  beforeAll(async () => {
    world = await constellation({
      subgraphs: [engagementsSubgraph, resourcesSubgraph, slow(() => seconds), financeSubgraph, operationsSubgraph],
      transport,
      connections: { interactive: 2, analytical: 1, bulk: 1 },
      statementTimeouts: { interactive: 60_000, analytical: 600_000, bulk: 60_000 },
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const sleepers = async () =>
    (
      await world.sql`select application_name from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()`
    ).map((row) => row.application_name);
  const opened = async (kind: string) =>
    (await world.sql`select from pg_stat_activity where datname = current_database() and application_name = ${`accord-subgraphs-${kind}`}`).length;
  const upsert = (name: string, number: number) =>
    world.ok('mutation ($input: UpsertLaborCategoriesInput!) { upsertLaborCategories(input: $input) { succeeded results { laborCategory { code } } } }', {
      input: { idempotencyKey: name, items: Array.from({ length: number }, (_, n) => ({ code: `${name}-${n}`, name: `${name} ${n}` })) },
    });

  test('have connections of their own, opened when they are needed', async () => {
    await world.ok(interactive);
    expect((await upsert('few', 3)).upsertLaborCategories.succeeded).toBe(3);
    expect([(await opened('interactive')) > 0, await opened('bulk'), await opened('analytical')]).toEqual([true, 0, 0]);
    expect((await upsert('many', 30)).upsertLaborCategories.results).toHaveLength(30);
    expect([await opened('bulk'), await opened('analytical')]).toEqual([1, 0]);
  });

  test('many bulk calls at once do with one connection: none waits for another one that it holds itself', async () => {
    const done = await Promise.all([1, 2, 3, 4].map((n) => upsert(`at-once-${n}`, 25)));
    expect(done.map(({ upsertLaborCategories }) => upsertLaborCategories.succeeded)).toEqual([25, 25, 25, 25]);
    expect(await opened('bulk')).toBe(1);
  });

  test('long reads of the whole firm take no connection from who waits for an answer; a client that leaves ends them', async () => {
    seconds = 300;
    const gone = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` };
    const ask = () => fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query: summary }), signal: gone.signal }).catch(() => 'gone');
    const long = Array.from({ length: 12 }, ask);
    await untilTrue('one sleeps', async () => (await sleepers()).length === 1);
    expect(await sleepers()).toEqual(['accord-subgraphs-analytical']);
    for (let times = 0; times < 5; times += 1) expect((await world.ok(interactive)).timeEntries.totalCount).toBe(0);
    expect((await upsert('meanwhile', 25)).upsertLaborCategories.succeeded).toBe(25);
    gone.abort();
    await Promise.all(long);
    await untilTrue('nobody sleeps', async () => (await sleepers()).length === 0);
    seconds = 0;
    expect((await world.ok(summary)).approvedNotPostedSummary.entries).toBe(0);
  });
});

describe('a statement that takes longer than its kind of work may', () => {
  test('is TIMED_OUT, may be sent again, and says what to do; other kinds have their own time', async () => {
    let seconds = 60;
    await using world = await constellation({
      subgraphs: [engagementsSubgraph, resourcesSubgraph, slow(() => seconds), financeSubgraph, operationsSubgraph],
      statementTimeouts: { interactive: 60_000, analytical: 300, bulk: 60_000 },
    });
    const { data, errors } = await world.ask(summary);
    expect(data).toBeNull();
    expect(errors).toEqual([
      {
        message: expect.stringContaining('nothing was changed. Ask for less at once'),
        path: ['approvedNotPostedSummary'],
        extensions: { code: 'TIMED_OUT', retryable: true, correlationId: expect.any(String) },
      },
    ]);
    // It is nobody's fault: no line for who is called at night.
    expect(world.faults).toEqual([]);
    seconds = 0;
    expect((await world.ok(summary)).approvedNotPostedSummary.entries).toBe(0);
  });
});
