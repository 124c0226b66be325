import { buildSchema, getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '#gateway/composition/changes.ts';
import { breakingChanges } from '#gateway/composition/changes.ts';
import { weighed } from '#gateway/composition/used.ts';
import { coordinatesOf, deprecatedIn } from '#gateway/usage/coordinates.ts';
import { clientOf, createUsage } from '#gateway/usage/usage.ts';
import { type KnownUse, otherClients, typeOf } from '#kernel/schemaUsage.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const sdl = `
  type Query { books(where: Where, first: Int, kind: Kind = NOVEL): [Book!]! thing: Thing old(a: Int, b: Int @deprecated(reason: "gone")): Int @deprecated(reason: "use books") }
  type Book { title: String! kind: Kind! shelf: Shelf }
  type Shelf { name: String }
  union Thing = Book | Shelf
  enum Kind { NOVEL POEM @deprecated(reason: "no rhymes") }
  input Where { title: String and: Where of: Of old: Int @deprecated(reason: "new") }
  input Of { kind: Kind }`;
const schema = buildSchema(sdl);
const used = (text: string, name?: string) => {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('no operation');
  return coordinatesOf(schema, document, operation).toSorted();
};

describe('what an operation uses', () => {
  test.each<[string, string, string[]]>([
    ['fields by the type that they are of', '{ books { title shelf { name } } }', ['Book.shelf', 'Book.title', 'Query.books', 'Shelf.name']],
    ['arguments that are given', '{ books(first: 1) { title } }', ['Book.title', 'Query.books', 'Query.books(first:)']],
    ['an enum in an answer as a whole', '{ books { kind } }', ['Book.kind', 'Kind', 'Query.books']],
    ['a union as a whole, and what is under its types', '{ thing { __typename ... on Shelf { name } } }', ['Query.thing', 'Shelf.name', 'Thing']],
    [
      'inputs and enums that are written, part by part',
      '{ books(where: { and: { title: "a" }, of: {} }, kind: POEM) { title } }',
      ['Book.title', 'Kind.POEM', 'Of', 'Query.books', 'Query.books(kind:)', 'Query.books(where:)', 'Where.and', 'Where.of', 'Where.title'],
    ],
    [
      'inputs that come in variables as wholes, with all below',
      'query ($where: Where) { books(where: $where) { title } }',
      ['Book.title', 'Kind', 'Of', 'Query.books', 'Query.books(where:)', 'Where'],
    ],
    [
      'what its fragments use, and no others',
      '{ ...a } fragment a on Query { thing { ...b } } fragment b on Book { title }',
      ['Book.title', 'Query.thing', 'Thing'],
    ],
  ])('is %s', (_, text, coordinates) => expect(used(text)).toEqual(coordinates));

  test('is that of the operation alone', () => {
    const text = 'query A { ...a } query B { thing { __typename } } fragment a on Query { books { title } }';
    expect([used(text, 'A'), used(text, 'B')]).toEqual([
      ['Book.title', 'Query.books'],
      ['Query.thing', 'Thing'],
    ]);
  });
});

test('what is deprecated is known by its coordinate', () => {
  expect(Object.fromEntries(deprecatedIn(schema))).toEqual({
    ...{ 'Query.old': 'use books', 'Query.old(b:)': 'gone', 'Kind.POEM': 'no rhymes', 'Where.old': 'new' },
  });
});

const staff = { id: 'a', kind: 'STAFF', permissions: [] } as const;
const identity = { actor: staff, expiresAt: new Date(), issuedAt: new Date(0) };

test.each([
  ['its token', { ...identity, client: 'portal-web' }, { 'graphql-client-name': 'another' }, 'portal-web'],
  ['itself', identity, { 'graphql-client-name': 'mobile 2.1' }, 'mobile 2.1'],
  ['itself, as Apollo does', identity, { 'apollographql-client-name': 'ios' }, 'ios'],
  ['what it connects', { ...identity, actor: { ...staff, system: 'tock' } }, { 'graphql-client-name': 'a\nb' }, 'tock'],
  ['what it is', identity, {}, 'STAFF'],
])('a client is named by %s', (_, who, headers, name) => expect(clientOf(who, headers)).toBe(name));

describe('counting', () => {
  const day = (number: number) => new Date(Date.UTC(2026, 0, number));
  test('adds up requests of one client and contract, and gives back what could not be written down', () => {
    let now = day(1);
    const usage = createUsage(() => now);
    const [one, two] = [{ coordinates: ['A.a', 'A.b'] }, { coordinates: ['A.b'] }];
    usage.note('web', staff, one);
    now = day(2);
    usage.note('web', staff, one);
    usage.note('web', staff, two);
    usage.note('web', { ...staff, contract: 'psa' }, two);
    now = day(3);
    usage.note('web', staff, { ...two, requests: 0 });
    const uses = usage.take();
    const common = { client: 'web', contract: '' };
    expect(uses).toEqual([
      { ...common, coordinate: 'A.a', requests: 2, first: day(1), last: day(2) },
      { ...common, coordinate: 'A.b', requests: 3, first: day(1), last: day(3) },
      { client: 'web', contract: 'psa', coordinate: 'A.b', requests: 1, first: day(2), last: day(2) },
    ]);
    expect(usage.take()).toEqual([]);
    usage.giveBack(uses);
    usage.note('web', staff, one);
    expect(usage.take().map(({ requests }) => requests)).toEqual([3, 4, 1]);
  });

  test('is bounded, whatever names and operations come', () => {
    const usage = createUsage(() => day(1));
    for (let index = 0; index < 700; index += 1) usage.note(`made up ${index}`, staff, { coordinates: ['A.a'] });
    for (let index = 0; index < 12_000; index += 1) usage.note('made up 1', staff, { coordinates: ['A.a', 'A.b'] });
    const uses = usage.take();
    expect(uses.length).toBe(502);
    expect(uses.find(({ client }) => client === otherClients)?.requests).toBe(200);
    expect(uses.filter(({ client }) => client === 'made up 1').map(({ coordinate, requests }) => [coordinate, requests])).toEqual([
      ['A.a', 12_001],
      ['A.b', 12_000],
    ]);
  });
});

describe('breaking changes', () => {
  const now = new Date('2026-07-01T00:00:00Z');
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const known = (recorded: number | undefined, ...coordinates: string[]) => {
    const asked: (readonly string[])[] = [];
    const read = async (types: readonly string[]): Promise<KnownUse> => {
      asked.push(types);
      const users = coordinates.filter((each) => types.includes(typeOf(each))).map((coordinate) => ({ client: 'web', coordinate, requests: 3, last: ago(2) }));
      return { recordedSince: recorded === undefined ? undefined : ago(recorded), users };
    };
    return { asked, by: { read, days: 30, now } };
  };
  const changesTo = (next: string): Promise<Change[]> => breakingChanges(sdl, next, new Set());
  const unusedOf = async (next: string, ...coordinates: string[]) =>
    (await weighed(await changesTo(next), known(31, ...coordinates).by)).unused.map(({ path }) => path);

  test('are told with whom they break', async () => {
    const changes = await changesTo(sdl.replace('title: String! ', ''));
    const { by, asked } = known(31, 'Book.title', 'Book.kind');
    expect(await weighed(changes, by)).toMatchObject({
      breaking: [{ path: 'Book.title', users: [{ client: 'web', coordinate: 'Book.title', last: ago(2) }] }],
      unused: [],
    });
    expect(asked).toEqual([['Book']]);
  });

  test('break nobody where nobody used it, and where that has been recorded for long enough', async () => {
    const changes = await changesTo(sdl.replace('title: String! ', ''));
    expect(await weighed(changes, known(31, 'Book.kind').by)).toMatchObject({ breaking: [], unused: [{ path: 'Book.title' }] });
    for (const recorded of [29, undefined])
      expect(await weighed(changes, known(recorded).by)).toMatchObject({ breaking: [{ path: 'Book.title', users: [] }], unused: [] });
  });

  test.each<[string, [string, string], string, string[], string[]]>([
    ['an argument is used where it is given', ['first: Int, ', ''], 'Query.books.first', ['Query.books'], ['Query.books(first:)']],
    [
      'a new argument that is needed breaks all of the field',
      ['first: Int, ', 'first: Int, last: Int!, '],
      'Query.books.last',
      ['Query.thing'],
      ['Query.books'],
    ],
    ['a value is used where it is written', ['NOVEL POEM', 'POEM'], 'Kind.NOVEL', ['Kind.POEM'], ['Kind.NOVEL']],
    ['a value may be used wherever the enum is answered', ['NOVEL POEM', 'POEM'], 'Kind.NOVEL', [], ['Kind']],
    ['a field of an input may be used wherever that comes in a variable', ['old: Int', 'other: Int'], 'Where.old', ['Where.title'], ['Where']],
    ['a new field of an input that is needed breaks all of the input', ['of: Of', 'of: Of, more: Int!'], 'Where.more', ['Query.books'], ['Where.title']],
    ['a member of a union may be used wherever the union is', ['Book | Shelf', 'Book'], 'Thing', ['Shelf.name'], ['Thing']],
    ['another type of a field breaks who reads it', ['shelf: Shelf', 'shelf: Int'], 'Book.shelf', ['Book.title'], ['Book.shelf']],
  ])('%s', async (_, [from, to], path, others, users) => {
    const next = sdl.replace(from, to).replace('kind: Kind = NOVEL', 'kind: Kind');
    expect(await unusedOf(next, ...others)).toContain(path);
    expect(await unusedOf(next, ...users)).not.toContain(path);
  });
});

describe('the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    world = await fixtureWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('counts what is carried out, by client and contract, once for each request', async () => {
    const ask = async (query: string, headers: Record<string, string>) => (await world.post({ query }, headers)).json();
    for (const name of ['web', 'web', 'app']) await ask('{ books(first: 1) { title } }', { 'graphql-client-name': name });
    await ask('{ nothing }', { 'graphql-client-name': 'web' });
    await ask('{ __schema { queryType { name } } }', { 'graphql-client-name': 'web' });
    await world.ask('{ whoami }', {}, { role: 'portal', customerIds: ['01900000-0000-7000-8000-000000000001'] });
    const rows = world.usage.take().map(({ client, contract, coordinate, requests }) => `${client} ${contract} ${coordinate} ${requests}`);
    expect(rows.sort()).toEqual([
      'CLIENT_PORTAL portal Query.whoami 1',
      ...['Book.title 1', 'Query.books 1', 'Query.books(first:) 1'].map((each) => `app  ${each}`),
      ...['Book.title 2', 'Query.books 2', 'Query.books(first:) 2'].map((each) => `web  ${each}`),
    ]);
  });
});
