import { type SmallGraph, to } from './smallGraphs.ts';

/** Operations that have to be answered right, those that may be refused but not be answered wrong, and those that there is no way to answer. */
export type Case = SmallGraph & {
  right: readonly string[];
  /** The same, which the other planner refuses, answers wrong, or ends the process for. */
  onlyOurs?: readonly string[];
  /** Where no plain schema says what is right. */
  answered?: Readonly<Record<string, unknown>>;
  rightOrRefused?: readonly string[];
  refused?: readonly string[];
};

type Of = (field: string, args?: Record<string, unknown>) => unknown;
type Named = { __typename: string; id: string } & Record<string, unknown>;

const things = (...all: readonly Named[]): Record<string, Named> => Object.fromEntries(all.map((each) => [each.id, each]));

const prices: Record<string, number> = { USD: 11, EUR: 10, GBP: 9 };
const post = (id: string): Named => ({
  __typename: 'Post',
  id,
  title: `title of ${id}`,
  notes: ({ limit }: { limit: number }) => ['n1', 'n2', 'n3', 'n4'].slice(0, limit).map(to),
  price: (args: { in: string }) => prices[args.in],
  readers: (_: unknown, of: Of) => (of('notes', { limit: 3 }) as { by: string }[]).map(({ by }) => `read by ${by}`),
  dollars: (_: unknown, of: Of) => `$${of('price', { in: 'USD' })}`,
  euros: (_: unknown, of: Of) => `${of('price', { in: 'EUR' })} euros`,
});

/** @requires with arguments: Apollo's planner takes one for the other, without an error, in a supergraph that is not mended. */
const requiredUnderArguments: Case = {
  sdl: {
    posts: `type Query { posts: [Post!]! } type Note @key(fields: "id") { id: ID! by: String! }
      type Post @key(fields: "id") { id: ID! title: String notes(limit: Int!): [Note!]! price(in: String!): Int }`,
    readers: `type Note @key(fields: "id") { id: ID! by: String! @external }
      type Post @key(fields: "id") { id: ID! notes(limit: Int!): [Note!]! @external price(in: String!): Int @external
        readers: [String!]! @requires(fields: "notes(limit: 3) { by }")
        dollars: String @requires(fields: "price(in: \\"USD\\")") euros: String @requires(fields: "price(in: \\"EUR\\")") }`,
  },
  truth: {
    Query: { posts: [to('p1'), to('p2')] },
    ...things(post('p1'), post('p2'), ...['n1', 'n2', 'n3', 'n4'].map((id) => ({ __typename: 'Note', id, by: `author of ${id}` }))),
  },
  right: ['{ posts { id title notes(limit: 1) { by } } }', '{ posts { price(in: "GBP") notes(limit: 2) { id } } }'],
  onlyOurs: [
    '{ posts { readers } }',
    '{ posts { notes(limit: 1) { id } readers } }',
    '{ posts { readers notes(limit: 4) { by } } }',
    '{ posts { dollars } }',
    '{ posts { dollars euros } }',
    '{ posts { price(in: "GBP") dollars euros readers notes(limit: 2) { by } } }',
    '{ posts { cheap: price(in: "GBP") dollars price: euros } }',
  ],
};

const codeTypes = 'type Code @shareable { one: ID! two: ID! three: ID! }';

/** Several keys, of which each subgraph resolves another: Apollo's planner takes one that its subgraph does not where it sees it, and the entity is null. */
const mixedKeys: Case = {
  sdl: {
    parts: `type Part @key(fields: "id") @key(fields: "serial", resolvable: false) @key(fields: "code { one two }", resolvable: false) @key(fields: "id code { two three }", resolvable: false) {
        id: ID! serial: ID! code: Code! name: String } ${codeTypes}`,
    plans: `type Query { plan: Plan } type Plan @key(fields: "id") { id: ID! parts: [Part!]! }
      type Part @key(fields: "code { one two }", resolvable: false) @key(fields: "id code { two three }") @key(fields: "serial", resolvable: false) @key(fields: "id", resolvable: false) {
        id: ID! serial: ID! code: Code! name: String @external drawn: String @requires(fields: "name") } ${codeTypes}`,
  },
  truth: {
    Query: { plan: to('q1') },
    ...things(
      { __typename: 'Part', id: 'a1', serial: '#1', code: to('z1'), name: 'a part', drawn: (_: unknown, of: Of) => `${of('name')}, drawn` },
      { __typename: 'Plan', id: 'q1', parts: [to('a1')] },
      { __typename: 'Code', id: 'z1', one: '1', two: '2', three: '3' },
    ),
  },
  right: ['{ plan { id parts { id name } } }', '{ plan { parts { serial code { one three } } } }'],
  onlyOurs: ['{ plan { id parts { id drawn name } } }', '{ plan { parts { drawn } } }'],
};

const book = (id: string): Named => ({
  __typename: 'Book',
  is: 'Media',
  id,
  title: `title of ${id}`,
  pages: 7,
  stars: 4,
  label: (_: unknown, of: Of) => `label of ${of('title')}`,
  likes: [to('l1')],
});
const media: SmallGraph['truth'] = {
  Query: { media: [to('k1'), to('f1')], top: [to('k1'), to('f1')], books: [to('k1')], best: to('f1') },
  ...things(book('k1'), { ...book('f1'), __typename: 'Film', length: 90 }, { __typename: 'Like', id: 'l1', of: to('k1'), by: 'somebody' }),
};
const mediaTypes = `interface Media @key(fields: "id") { id: ID! title: String } type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
  type Film implements Media @key(fields: "id") { id: ID! title: String length: Int }`;

/** One subgraph knows an interface as if it were an object. */
const interfaceObjects: Case = {
  sdl: {
    library: `type Query { media: [Media!]! books: [Book!]! } ${mediaTypes}`,
    opinions: `type Query { top: [Media!]! best: Media } type Like @key(fields: "id") { id: ID! of: Media by: String }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int title: String @external label: String @requires(fields: "title") likes: [Like!] }`,
  },
  truth: media,
  right: [
    '{ media { id stars } }',
    '{ media { __typename ... on Book { pages stars } title } }',
    '{ top { id stars title } }',
    '{ top { __typename id } }',
    '{ top { __typename stars } }',
    '{ best { ... on Film { length } ... on Book { pages } } }',
    '{ books { stars title } }',
    '{ books { label } media { label } }',
    '{ media { likes { by of { title stars } } } }',
    '{ top { likes { of { __typename ... on Book { pages } } } } }',
  ],
  rightOrRefused: [
    '{ top { ... on Book { pages stars } ... on Film { length label } } }',
    '{ media { ... on Book { label } ... on Film { stars } } }',
    '{ best { label } }',
  ],
};

/** An interface that nothing implements: the subgraph that knows it as an object has things of it, and the other never. */
const unresolvableInterface: Case = {
  sdl: {
    catalog: 'type Query { item: Item } interface Item @key(fields: "id") { id: ID! }',
    notes: 'type Query { noted: Item } type Item @key(fields: "id") @interfaceObject { id: ID! note: String }',
  },
  truth: { Query: { item: to('i1'), noted: to('i1') }, ...things({ __typename: 'Item', id: 'i1', note: 'a note' }) },
  right: [],
  answered: { '{ noted { id note } }': { noted: { id: 'i1', note: 'a note' } }, '{ noted { id } }': { noted: { id: 'i1' } } },
  refused: ['{ item { note } }'],
};

const abstractTypes: Case = {
  sdl: {
    a: `type Query { all: [Thing] one: Thing boxes: [[Box]] } union Thing = A | B | C type Box { things: [Thing!]! a: A }
      type A @key(fields: "id") { id: ID! size: Int next: C } type B @key(fields: "id") { id: ID! next: C } type C @key(fields: "id") { id: ID! }`,
    b: `type A @key(fields: "id") { id: ID! name: String } type B @key(fields: "id") { id: ID! name: Int } type C @key(fields: "id") { id: ID! name(times: Int = 1): [String!] up: A }`,
  },
  truth: {
    Query: { all: [to('a1'), null, to('b1'), to('c1')], one: to('b1'), boxes: [[to('x1'), null], [to('x1')]] },
    ...things(
      { __typename: 'A', id: 'a1', size: 3, next: to('c1'), name: 'name of a1' },
      { __typename: 'B', id: 'b1', next: to('c1'), name: 5 },
      { __typename: 'C', id: 'c1', name: ({ times }: { times: number }) => Array.from({ length: times }, () => 'c'), up: to('a1') },
      { __typename: 'Box', id: 'x1', things: [to('c1'), to('a1')], a: to('a1') },
    ),
  },
  right: [
    '{ one { __typename ... on A { size } ... on B { next { up { size name } } } } }',
    'query ($times: Int = 2) { all { ...F } one { ...F } } fragment F on Thing { ... on C { name(times: $times) } ... on B { next { name(times: $times) } } }',
    '{ a: one { ... on B { next { id } } } b: one { ... on B { next { name } } } }',
  ],
  // Its planner counts a list of lists as one list.
  onlyOurs: [
    '{ boxes { things { ... on C { name(times: 3) up { name } } ... on A { next { name } } } a { name } } }',
    '{ all { ... on A { name next { name(times: 2) } } ... on B { number: name next { name(times: 3) } } ... on C { names: name } } }',
  ],
};

const movedAndProvided: Case = {
  sdl: {
    old: `type Query { shop: Shop } type Shop @key(fields: "id") { id: ID! best: Product @provides(fields: "name maker { label }") all: [Product!]! }
      type Product @key(fields: "id") { id: ID! name: String @external weight: Int maker: Maker @external } type Maker @key(fields: "id") { id: ID! label: String @external }`,
    new: `type Query { products: [Product!]! } type Product @key(fields: "id") @key(fields: "code") { id: ID! code: ID! name: String @shareable weight: Int @override(from: "old") maker: Maker @shareable }
      type Maker @key(fields: "id") { id: ID! label: String @shareable country: Country } enum Country { CH DE }`,
    stock: `type Product @key(fields: "code") { code: ID! weight: Int @external stock: Int rate: Int @requires(fields: "weight") }`,
  },
  truth: {
    Query: { shop: to('s1'), products: [to('p1'), to('p2')] },
    ...things(
      { __typename: 'Shop', id: 's1', best: to('p1'), all: [to('p2'), to('p1')] },
      {
        __typename: 'Product',
        id: 'p1',
        code: 'c1',
        name: 'one',
        weight: 3,
        maker: to('m1'),
        stock: 4,
        rate: (_: unknown, of: Of) => Number(of('weight')) * 2,
      },
      { __typename: 'Product', id: 'p2', code: 'c2', name: null, weight: 5, maker: null, stock: 0, rate: (_: unknown, of: Of) => Number(of('weight')) * 2 },
      { __typename: 'Maker', id: 'm1', label: 'label of m1', country: 'CH' },
    ),
  },
  right: [
    '{ shop { best { name maker { label } } all { name weight } } }',
    '{ shop { best { weight maker { label country } } all { stock } } }',
    '{ products { __typename name: weight weight: name } }',
  ],
  onlyOurs: ['{ shop { all { rate stock name } best { rate } } products { rate weight maker { country } } }'],
};

const rootsWithin: Case = {
  sdl: {
    a: `type Query { me: User a: Int } type Mutation { rename(name: String!): Renamed! } type Renamed { user: User query: Query } type User @key(fields: "id") { id: ID! name: String }`,
    b: `type Query { b: Int others: [User!]! } type Mutation { ping: Pong } type Pong { at: Int query: Query } type User @key(fields: "id") { id: ID! age: Int friends: [User!] }`,
  },
  truth: {
    Query: { me: to('u1'), a: 1, b: 2, others: [to('u2')] },
    Mutation: { rename: to('r1'), ping: to('g1') },
    ...things(
      { __typename: 'User', id: 'u1', name: 'one', age: 31, friends: [to('u2'), to('u1')] },
      { __typename: 'User', id: 'u2', name: 'two', age: 32, friends: null },
      { __typename: 'Renamed', id: 'r1', user: to('u1'), query: to('Query') },
      { __typename: 'Pong', id: 'g1', at: 9, query: to('Query') },
    ),
  },
  right: [
    '{ __typename a b me { age friends { name friends { age } } } }',
    '{ x: __typename ... on Query { __typename others { name } } ...F } fragment F on Query { others { age } me { __typename name } }',
    '{ __typename }',
    'mutation { rename(name: "x") { user { age } } ping { at } again: rename(name: "y") { user { name friends { name } } } }',
    'query ($no: Boolean = false, $yes: Boolean = true) { me @include(if: $no) { name } others @skip(if: $no) { id name @include(if: $yes) age @skip(if: $yes) } }',
    'query ($no: Boolean = false) { me @include(if: $no) { name } }',
  ],
  rightOrRefused: ['mutation { rename(name: "x") { query { a b others { name } } } ping { query { a b } } }'],
};

const requiredThrough: Case = {
  sdl: {
    a: `type Query { orders: [Order!]! } type Order @key(fields: "id") { id: ID! lines: [Line!]! to: Address customer: Customer } type Line { sku: ID! count: Int! } type Address { zip: String country: String }
      type Customer @key(fields: "id") { id: ID! }`,
    b: `type Customer @key(fields: "id") { id: ID! level: Int }`,
    c: `type Order @key(fields: "id") { id: ID! lines: [Line!]! @external to: Address @external customer: Customer @external weight: Int @requires(fields: "lines { sku count }")
        freight: String @requires(fields: "to { zip } customer { level }") quick: Boolean } type Line { sku: ID! @external count: Int! @external } type Address { zip: String @external }
      type Customer @key(fields: "id") { id: ID! level: Int @external }`,
  },
  truth: {
    Query: { orders: [to('o1'), to('o2')] },
    ...things(
      ...['o1', 'o2'].map((id) => ({
        __typename: 'Order',
        id,
        lines: [to('l1'), to('l2')],
        to: id === 'o1' ? to('z1') : null,
        customer: to('u1'),
        quick: true,
        weight: (_: unknown, of: Of) => (of('lines') as { count: number }[]).reduce((sum, { count }) => sum + count, 0),
        freight: (_: unknown, of: Of) =>
          `${JSON.stringify((of('to') as { zip?: string } | null)?.zip)} ${(of('customer') as { level?: number } | null)?.level}`,
      })),
      { __typename: 'Line', id: 'l1', sku: 's1', count: 2 },
      { __typename: 'Line', id: 'l2', sku: 's2', count: 3 },
      { __typename: 'Address', id: 'z1', zip: '8000', country: 'CH' },
      { __typename: 'Customer', id: 'u1', level: 6 },
    ),
  },
  right: ['{ orders { weight } }', '{ orders { quick weight lines { sku } to { country } customer { level } } }'],
  rightOrRefused: ['{ orders { freight } }', '{ orders { freight weight quick customer { id } } }'],
};

export const smallGraphCases: Readonly<Record<string, Case>> = {
  'fields that need one field under arguments of their own': requiredUnderArguments,
  'several keys, of which each subgraph resolves some': mixedKeys,
  'interface objects': interfaceObjects,
  'an interface that its owner cannot resolve': unresolvableInterface,
  'unions, and lists of lists': abstractTypes,
  'fields that were moved, and that are provided on the way': movedAndProvided,
  'roots within roots, and what is left out': rootsWithin,
  'fields that need what lies deeper': requiredThrough,
};
