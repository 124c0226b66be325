import { buildSchema, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '#gateway/roles.ts';
import { type Canaries, canariesOf, firmCanaries, sung } from '../support/canaries.ts';
import { attack, type Tries } from '../support/crawl/attack.ts';
import { type Crawled, crawl, reachable } from '../support/crawl/crawl.ts';
import { crawlerTries } from '../support/crawl/tries.ts';
import { type TwoClients, twoClients, words } from '../support/twoClients.ts';

type Wish = NonNullable<Parameters<TwoClients['post']>[1]>;
type Who = { who: string; path: string; wish: () => Wish; hidden: () => Canaries };

let world: TwoClients;
const theirs: Record<'a' | 'b', Canaries> = { a: [], b: [] };
const tries: Partial<Record<'a' | 'b', Tries>> = {};
let firms: Canaries;
beforeAll(async () => {
  world = await twoClients();
  for (const which of ['a', 'b'] as const) {
    theirs[which] = await canariesOf(world.sql, world.clients[which].id, words[which]);
    tries[which] = await crawlerTries(world, which, theirs[which]);
  }
  firms = await firmCanaries(world.sql);
});
afterAll(() => world?.[Symbol.asyncDispose]());

const other = { a: 'b', b: 'a' } as const;

function outside(role: 'portal' | 'partner', which: 'a' | 'b'): Who {
  const customerIds = () => (role === 'portal' ? [world.clients[which].id] : [world.clients.a.id, world.clients.b.id]);
  const employeeIds = () => (role === 'portal' ? undefined : [world.firm.people.only[which].id]);
  return {
    who: `${role} ${which}`,
    path: `/${role}/graphql`,
    wish: () => ({ role, customerIds: customerIds(), employeeIds: employeeIds() }),
    hidden: () => [...theirs[other[which]], ...firms],
  };
}

function inside(role: string, path: string): Who {
  return { who: `${role} at ${path}`, path, wish: () => ({ role, customerIds: [world.clients.a.id] }), hidden: () => theirs.b };
}

const askAs = ({ path, wish }: Who) => {
  const token = world.issuer.token(wish());
  return async (query: string) => {
    const url = new URL(path, world.url);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token}` };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
  };
};

/** The schema as it is served to whom it is for. */
async function schemaAt({ path, wish }: Who): Promise<GraphQLSchema> {
  const headers = { authorization: `Bearer ${await world.issuer.token({ ...wish() })}` };
  const response = await fetch(new URL(path.replace(/graphql$/, 'schema.graphql'), world.url), { headers });
  return buildSchema(await response.text());
}

/** A partner is told who approved its people's time, by name. */
const approver = `Boss ${words.firm}`;

const triesOf = ({ who }: Who): Tries => {
  const found = tries[who.endsWith(' b') ? 'a' : 'b'];
  if (!found) throw new Error('there is nothing to try');
  return found;
};

/** How many pages have rows; every page tells as many as it shows. */
function wholePages({ answers }: Crawled): number {
  const pages = answers.flatMap(({ text }) => [...connectionsIn(JSON.parse(text).data)]);
  expect(pages.filter(({ totalCount, rows }) => totalCount !== rows)).toEqual([]);
  return pages.filter(({ rows }) => rows > 0).length;
}

/** Pages with their counts, wherever they stand in an answer. */
function* connectionsIn(value: unknown): Generator<{ totalCount: number; rows: number }> {
  if (!value || typeof value !== 'object') return;
  if ('totalCount' in value && 'nodes' in value && Array.isArray(value.nodes)) yield { totalCount: Number(value.totalCount), rows: value.nodes.length };
  for (const below of Object.values(value)) yield* connectionsIn(below);
}

const leaksOf = ({ answers }: Crawled, { hidden, wish }: Who) => {
  const told = wish().role === 'partner' ? approver : '\0';
  return answers.flatMap(({ coordinate, text }) => sung(text.replaceAll(told, ''), hidden()).map((canary) => `${coordinate}: ${canary}`));
};

/** Everything that is foreign in every place, and every role. Without it most try an eighth of it in each place, in the next place the next. */
const isThorough = process.env.ACCORD_TEST_CRAWL === 'all';

describe.each([
  outside('portal', 'a'),
  outside('portal', 'b'),
  outside('partner', 'a'),
  outside('partner', 'b'),
  inside('psa', '/psa/graphql'),
  inside('analyst', '/analytics/graphql'),
  inside('admin', '/graphql'),
])('$who', (who) => {
  let crawled: Crawled;
  test('meets nothing of another in any field that can be reached', async () => {
    crawled = await crawl(await schemaAt(who), askAs(who));
    const fields = reachable(crawled.schema);
    expect([...fields].filter((field) => !crawled.asked.has(field))).toEqual([]);
    expect(leaksOf(crawled, who)).toEqual([]);
    expect(wholePages(crawled)).toBeGreaterThan(10);
    expect([...crawled.refused].filter(([, code]) => !['FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED'].includes(code))).toEqual([]);
    console.log(`${who.who}: ${fields.size} fields in ${crawled.answers.length} questions, something of ${crawled.met.size} of ${crawled.places.size} types`);
  });

  test("finds nothing by another's id in any argument, and hears of it what it hears of nobody's", async () => {
    const share = isThorough || who.who === 'portal a' || who.who === 'partner a' ? 1 : 8;
    const done = await attack({ crawled, ask: askAs(who), tries: triesOf(who), hidden: who.hidden(), together: 28, share });
    console.log(`${who.who}: ${done.tried} ids in ${done.places} places, ${done.leaks.length + done.told.length} leaks`);
    expect([...new Set(done.leaks)]).toEqual([]);
    expect([...new Set(done.faults)]).toEqual([]);
    expect(done.told).toEqual([]);
    expect(done.tried).toBeGreaterThan(500);
  });
});

const others = Object.keys(roles).filter((role) => (isThorough ? !['portal', 'partner', 'psa', 'admin'].includes(role) : role === 'consultant'));
test.each(others.map((role) => inside(role, '/graphql')))('$who meets nothing of another', async (who) => {
  const crawled = await crawl(world.schema, askAs(who), { beyond: isThorough });
  expect(crawled.answers.length).toBeGreaterThan(20);
  expect(leaksOf(crawled, who)).toEqual([]);
  expect([...crawled.refused].filter(([, code]) => code === 'INTERNAL')).toEqual([]);
});
