import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contracts, projects } from '#engagements/tables.ts';
import { invoices } from '#finance/tables.ts';
import type { Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { mergeResolvers, type Subgraph } from '#kernel/subgraph.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { timesheetEntries } from '#time/tables.ts';
import { startInProcess, startOverHttp } from '../../roles/constellation.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { canariesOf, sung } from '../support/canaries.ts';
import { attack } from '../support/crawl/attack.ts';
import { crawl } from '../support/crawl/crawl.ts';
import { crawlerTries } from '../support/crawl/tries.ts';
import { graphAt } from '../support/graph.ts';
import { root } from '../support/house.ts';
import { supergraphOf } from '../support/schemas.ts';
import { type TwoClients, twoClients, words } from '../support/twoClients.ts';

let world: TwoClients;
beforeAll(async () => {
  world = await twoClients();
});
afterAll(() => world?.[Symbol.asyncDispose]());

type Rows = (context: Context) => Promise<unknown[]>;

/** Lists as somebody wrote them who forgot whose rows they are. */
const careless: Readonly<Record<string, Readonly<Record<string, Rows>>>> = {
  engagements: {
    customers: async ({ db }) => [...(await db.execute(sql`select * from engagements.customer`))],
    projects: ({ db }) => db.select().from(projects),
    contracts: ({ db }) => db.select().from(contracts),
  },
  time: { timeEntries: ({ db }) => db.select().from(timesheetEntries) },
  finance: { invoices: ({ db }) => db.select().from(invoices) },
};

function planted({ name, resolvers, ...rest }: Subgraph): Subgraph {
  const { Query, ...others } = resolvers as Record<string, Record<string, unknown>>;
  return { ...rest, name, resolvers: mergeResolvers([others, { Query: { ...Query, ...carelessLists(name) } }]) };
}

function carelessLists(name: string): Record<string, unknown> {
  const lists = Object.entries(careless[name] ?? {}).map(([field, rows]) => {
    const list = async (_: unknown, _args: unknown, context: Context) => {
      const nodes = await rows(context);
      const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
      return { nodes, edges: [], pageInfo, totalCount: nodes.length, totalCountCapped: false };
    };
    return [field, list] as const;
  });
  return Object.fromEntries(lists);
}

/** Says of a task whether it is there, to whom it must not, and of an engagement what it is called: each by one resolver that asks past all conditions. */
function telling({ sql }: TwoClients): Record<string, Record<string, unknown>> {
  const task = async (_: unknown, { id }: { id: string }) => {
    const [found] = await sql`select id from engagements.task where id::text = ${id}`;
    if (found) throw new Refused('NOT_FOUND', 'That task is not yours.');
    return null;
  };
  const engagement = async (_: unknown, { id }: { id: string }) => {
    const [found] = await sql`select name from engagements.engagement where id::text = ${id}`;
    if (found) throw new Refused('NOT_FOUND', `You may not know of ${found.name}.`);
    return null;
  };
  return { Query: { task, engagement } };
}

const question = `{
  customers { totalCount nodes { id name projects(first: 50) { nodes { id name } } invoices(first: 50) { nodes { id number } } } }
  projects { totalCount nodes { id name customer { id name } } }
  contracts { totalCount nodes { id name } }
  timeEntries { totalCount nodes { id hours notes project { id name } } }
  invoices { totalCount nodes { id number total { amount } } }
}`;

describe.each([
  ['in process', startInProcess],
  ['over HTTP', startOverHttp],
] as const)('resolvers that read without any condition, %s', (_, start) => {
  test('show a client its own rows, and none of the other', async () => {
    const gateway = await start({
      subgraphs: subgraphs.map(planted),
      databaseUrl: world.databaseUrl,
      supergraph: await supergraphOf(subgraphs.map(({ name }) => name)),
      issuers: [world.issuer],
      host: '127.0.0.1',
      port: 0,
      log: createLogger({ level: 'silent' }),
    });
    try {
      const graph = graphAt({ url: gateway.url, token: world.issuer.token });
      // The firm's own people see both: the resolvers do read everything that they are given.
      const whole = await graph.ok(question);
      expect(whole.customers.totalCount).toBeGreaterThan(2);
      const theirs = { a: await canariesOf(world.sql, world.clients.a.id, words.a), b: await canariesOf(world.sql, world.clients.b.id, words.b) };
      for (const [own, other] of [
        ['a', 'b'],
        ['b', 'a'],
      ] as const) {
        expect(sung(JSON.stringify(whole), theirs[other]).length).toBeGreaterThan(3);
        const seen = await graph.ok(question, {}, world.portal(own));
        expect(seen.customers.nodes.map(({ id }: { id: string }) => id)).toEqual([world.clients[own].id]);
        for (const list of ['projects', 'contracts', 'timeEntries', 'invoices']) expect([list, seen[list].totalCount > 0]).toEqual([list, true]);
        expect(sung(JSON.stringify(seen), theirs[other])).toEqual([]);
      }
    } finally {
      await gateway.close();
    }
  });
});

test('the crawler finds what is planted: rows whose policy is off, an error that names, and one that only differs', async () => {
  const plants = telling(world);
  const leaky = subgraphs.map((each) => {
    if (each.name !== 'engagements') return each;
    const { Query, ...others } = each.resolvers as Record<string, Record<string, unknown>>;
    const { projects: list } = carelessLists('engagements');
    return { ...each, resolvers: mergeResolvers([others, { Query: { ...Query, ...plants.Query, projects: list } }]) };
  });
  await world.sql`alter table engagements.project disable row level security`;
  const gateway = await startInProcess({
    subgraphs: leaky,
    databaseUrl: world.databaseUrl,
    supergraph: await supergraphOf(subgraphs.map(({ name }) => name)),
    issuers: [world.issuer],
    host: '127.0.0.1',
    port: 0,
    log: createLogger({ level: 'silent' }),
  });
  try {
    const graph = graphAt({ url: gateway.url, token: world.issuer.token });
    const ask = async (query: string) => JSON.stringify(await graph.ask(query, {}, world.portal('a')));
    const hidden = await canariesOf(world.sql, world.clients.b.id, words.b);
    const portal = buildSchema(await readFile(new URL('schema/contracts/portal.graphql', root), 'utf8'));
    const crawled = await crawl(portal, ask);
    const seen = crawled.answers.filter(({ text }) => sung(text, hidden).length > 0).map(({ coordinate }) => coordinate);
    expect(new Set(seen)).toContain('Query.projects');
    const found = { ...crawled, places: new Map([...crawled.places].filter(([type]) => type === 'Query')) };
    const tries = await crawlerTries(world, 'b', hidden);
    const { leaks, told } = await attack({ crawled: found, ask, tries, hidden, together: 28 });
    expect(leaks.filter((each) => each.startsWith('Query.engagement(id)') && each.includes(words.b.toLowerCase()))).not.toEqual([]);
    expect(told.filter((each) => each.startsWith('Query.task(id)') && each.includes('That task is not yours.'))).not.toEqual([]);
  } finally {
    await gateway.close();
    await world.sql`alter table engagements.project enable row level security`;
  }
});
