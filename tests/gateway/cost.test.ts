import { getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose } from '#gateway/composition/compose.ts';
import { costsOf } from '#gateway/cost/cost.ts';
import { costRulesIn } from '#gateway/cost/directives.ts';
import { defaultCostLimits, demandCost } from '#gateway/cost/limit.ts';
import { loadSupergraph } from '#gateway/planning.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])\n';
const page = '@listSize(assumedSize: 50, slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)';

const sdl = `${link}
type Query {
  books(first: Int, last: Int): BookConnection! ${page}
  shelf(first: Int = 20): ShelfConnection! @listSize(slicingArguments: ["first"], sizedFields: ["nodes"])
  top: [Book!]! @listSize(assumedSize: 10)
  some: [Book!]!
  report: Report @cost(weight: 20)
  found: Found
  any: Thing
}
type Mutation { write(text: String): Book  burn: Int @cost(weight: 3) }
type BookConnection { nodes: [Book!]! edges: [BookEdge!]! totalCount: Int! @cost(weight: 5) }
type BookEdge { node: Book! }
type ShelfConnection { nodes: [Book!]! }
type Report @cost(weight: 7) { total: Int }
interface Thing { id: ID! books(first: Int, last: Int): BookConnection! ${page} }
union Found = Book | Report
type Book implements Thing @key(fields: "id") { id: ID! title: String books(first: Int, last: Int): BookConnection! ${page} }
`;

const composed = compose([{ name: 'one', sdl }]);
if ('errors' in composed) throw new Error(composed.errors.join());
const supergraph = composed.supergraphSdl;
const planning = loadSupergraph(supergraph);

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return planning.costs.of(document, operation)(variables);
}

describe('an operation costs', () => {
  test.each([
    ['a thing 1 and its values nothing', '{ found { __typename } any { id } }', 2],
    ['what the contract says of a field and of a type', '{ report { total } }', 27],
    ['the things of a page, and the page', '{ books(first: 3) { nodes { title } } }', 4],
    ['the larger of first and last', '{ books(first: 3, last: 7) { nodes { title } } }', 8],
    ['what is assumed where it does not say', '{ books { nodes { title } } }', 51],
    ['the default of the argument', '{ shelf { nodes { title } } }', 21],
    ['an edge and its node', '{ books(first: 2) { edges { node { title } } } }', 5],
    ['once what stands beside the list', '{ books(first: 100) { totalCount } }', 6],
    ['a list in a list as often', '{ books(first: 3) { nodes { books(first: 4) { nodes { id } totalCount } } } }', 1 + 3 * (1 + 1 + 4 + 5)],
    ['of a list what is assumed', '{ top { title } }', 10],
    ['of a list of which nothing is said one thing: they are counted as they come', '{ some { title } }', 1],
    ['a change ten, or what is said of it', 'mutation { write { title } burn }', 14],
    ['in fragments, too, as often as they are spread', '{ ...F ...F } fragment F on Query { top { id } }', 20],
    ['what stands for several types', '{ found { ... on Book { books(first: 2) { nodes { id } } } ... on Report { total } } }', 4],
    ['through an interface what its types cost', '{ any { books(first: 5) { nodes { id } } } }', 7],
    ['nothing below none', '{ books(first: -5) { nodes { title } } }', 1],
    ['nothing for fragments that spread themselves', '{ ...F } fragment F on Query { some { id } ...F }', 1],
  ])('%s', (_, text, cost) => {
    expect(costOf(text)).toBe(cost);
  });

  test('what its variables say, by arithmetic', () => {
    const document = parse('query ($n: Int, $m: Int) { books(first: $n) { nodes { books(first: $m) { nodes { id } } } } }');
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const cost = planning.costs.of(document, operation);
    expect(planning.costs.of(document, operation)).toBe(cost);
    expect([cost({ n: 2, m: 3 }), cost({ n: 250, m: 250 }), cost({ n: 2 }), cost({})]).toEqual([
      1 + 2 * (1 + 1 + 3),
      1 + 250 * (1 + 1 + 250),
      1 + 2 * (1 + 1 + 50),
      1 + 50 * (1 + 1 + 50),
    ]);
  });

  test('nothing more in a graph that says nothing of it', () => {
    const bare = costsOf({ weights: new Map(), sizes: new Map() }, planning.apiSchema);
    const document = parse('{ books(first: 100) { nodes { id } } }');
    const operation = getOperationAST(document);
    expect(operation && bare.of(document, operation)({})).toBe(2);
  });
});

test('the rules are read from the supergraph, by field and by type', () => {
  const { weights, sizes } = costRulesIn(parse(supergraph));
  expect(Object.fromEntries(weights)).toEqual({ 'Query.report': 20, 'Mutation.burn': 3, 'BookConnection.totalCount': 5, Report: 7 });
  expect(sizes.get('Query.top')).toEqual({ assumed: 10, slicing: [], sized: [] });
  expect(sizes.get('Book.books')).toEqual({ assumed: 50, slicing: ['first', 'last'], sized: ['nodes', 'edges'] });
});

test('whoever asks for more than their contract may is told what it would cost, and what to do', () => {
  const document = parse('query ($n: Int) { books(first: $n) { nodes { id } } }');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const limits = { ...defaultCostLimits, portal: 100, whole: 200 };
  const asking = (kind: 'CLIENT_PORTAL' | 'STAFF', n: number) =>
    demandCost(planning, { document, operation, variables: { n }, actor: { id: 'a', kind, permissions: [] } }, limits);
  expect(asking('CLIENT_PORTAL', 99)).toEqual({ requested: 100, limit: 100 });
  expect(() => asking('CLIENT_PORTAL', 100)).toThrow('would cost 101, and may cost 100. Ask for smaller pages');
  expect(() => asking('CLIENT_PORTAL', 100)).toThrow(expect.objectContaining({ code: 'COST_LIMIT' }));
  expect(asking('STAFF', 100)).toEqual({ requested: 101, limit: 200 });
});

describe('the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    const documents = new Map([['books', 'query ($n: Int) { books(first: $n) { id } }']]);
    world = await fixtureWorld({ limits: { cost: { ...defaultCostLimits, whole: 10 } }, documents: { documents, required: false } });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const text = 'query ($n: Int) { books(first: $n) { id } }';
  const refused = (requested: number) => ({
    errors: [{ message: expect.stringContaining(`would cost ${requested}, and may cost 10`), extensions: { code: 'COST_LIMIT', retryable: false } }],
  });

  test('says what an operation costs to who asks for it, and to nobody else', async () => {
    const asking = { 'x-accord-cost': '1' };
    const told = await world.json(await world.post({ query: text, variables: { n: 2 } }, asking));
    expect(told).toEqual({ data: { books: [{ id: '1' }, { id: '2' }] }, extensions: { cost: { requested: 2, limit: 10 } } });
    expect(await world.ask(text, { n: 2 })).toEqual({ data: told.data });
    expect(await world.json(await world.post({ query: '{ refused books { id } }' }, asking))).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
      extensions: { cost: { requested: 3, limit: 10 } },
    });
  });

  test('refuses what costs too much before it runs, by every way', async () => {
    const before = world.seen.representations.length;
    const deep = '{ books(first: 11) { author { name } } }';
    expect(await world.ask(deep)).toMatchObject(refused(22));
    expect(await world.ask(text, { n: 11 })).toMatchObject(refused(11));
    expect(await world.json(await world.post({ documentId: 'books', variables: { n: 12 } }))).toMatchObject(refused(12));
    // Who asks for the schema beside it is answered by Apollo Server.
    expect(await world.ask('{ __schema { queryType { name } } books(first: 13) { id } }')).toMatchObject(refused(13));
    expect(world.seen.representations.length).toBe(before);
  });
});
