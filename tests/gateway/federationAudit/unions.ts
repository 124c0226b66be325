import type { Suite } from './suite.ts';

/** Unions of which each subgraph knows some, and fields of one name and several types. */

const book = { __typename: 'Book', id: 'm1', title: 'title of a book' };
const song = { __typename: 'Song', id: 's2', title: 'title of a song' };
const titles = '... on Song { title } ... on Film { title } ... on Book { title }';
const whole = ({ __typename, title }: typeof book) => ({ __typename, title });

const unionIntersection: Suite = {
  subgraphs: {
    a: {
      sdl: `union Medium = Book | Song union Seen = Book | Song type Book @key(fields: "id") { id: ID! title: String! @shareable ofA: String! }
        type Song @key(fields: "id") { id: ID! title: String! @shareable ofA: String! }
        type Query { medium: Medium @shareable mediumOfA: Medium @shareable book: Book @shareable song: Medium @shareable viewer: Viewer @shareable }
        type Viewer { medium: Seen @shareable mediumOfA: Seen book: Book @shareable song: Seen @shareable }`,
      roots: { medium: book, mediumOfA: book, book, song, viewer: { medium: book, mediumOfA: book, book, song } },
      rows: { Book: [book], Song: [song] },
    },
    b: {
      sdl: `type Query { medium: Medium @shareable book: Medium @shareable viewer: Viewer @shareable } union Medium = Book | Film union Seen = Book | Film
        type Film { title: String! @shareable } type Book { title: String! @shareable } type Viewer { medium: Seen @shareable book: Seen @shareable }`,
      roots: { medium: book, book, viewer: { medium: book, book } },
    },
  },
  cases: [
    { ask: '{ medium { ... on Film { title } } }', gives: { medium: {} } },
    { ask: '{ medium { ... on Book { title } } }', gives: { medium: { title: book.title } } },
    { ask: '{ medium { ... on Book { title } ... on Film { title } } }', gives: { medium: { title: book.title } } },
    {
      ask: `{ medium { __typename ${titles} } song { __typename ${titles} } book { __typename ${titles} } }`,
      gives: { medium: whole(book), song: whole(song), book: whole(book) },
    },
    { ask: '{ book { ... on Film { title } } }', gives: { book: {} } },
    { ask: '{ mediumOfA { ... on Book { title ofA } } }', gives: { mediumOfA: null }, errors: [/Cannot return null for non-nullable field Book.ofA/] },
    { ask: '{ viewer { medium { ... on Film { title } } } }', gives: { viewer: { medium: {} } } },
    { ask: '{ viewer { medium { ... on Book { title } } } }', gives: { viewer: { medium: { title: book.title } } } },
    { ask: '{ viewer { medium { ... on Book { title } ... on Film { title } } } }', gives: { viewer: { medium: { title: book.title } } } },
    {
      ask: `{ viewer { medium { __typename ${titles} } book { __typename ${titles} } song { __typename ${titles} } } }`,
      gives: { viewer: { medium: whole(book), book: whole(book), song: whole(song) } },
    },
    {
      ask: '{ viewer { mediumOfA { __typename ... on Film { title } } song { ... on Book { title } } } }',
      gives: { viewer: { mediumOfA: { __typename: 'Book' }, song: {} } },
    },
    { ask: '{ viewer { book { ... on Song { title } ... on Film { title } } } }', gives: { viewer: { book: {} } } },
  ],
};

const user: Record<string, unknown> = { __typename: 'User', id: 'u1', name: 'name of u1', similar: () => [user, admin] };
const admin: Record<string, unknown> = { __typename: 'Admin', id: 'a1', name: 'name of a1', similar: () => [user, admin] };
const either = (below: string) => `... on User { ${below} } ... on Admin { ${below} }`;
const named = (more: object = {}) => ['u1', 'a1'].map((id) => ({ id, name: `name of ${id}`, ...more }));

/** Fields of one name that may be null in one type, and not in the other: in a subgraph alone, and not in what clients see. */
const childTypeMismatch: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID name: String }`,
      roots: { users: [{ id: 'u1', name: 'name of u1' }] },
      rows: { User: [{ id: 'u1', name: 'name of u1' }] },
    },
    b: {
      sdl: `union Account = User | Admin type User @key(fields: "id") { id: ID! similar: [Account!]! } type Admin { id: ID name: String similar: [Account!]! }
        type Query { accounts: [Account!]! }`,
      roots: { accounts: [user, admin] },
      rows: { User: [user] },
    },
  },
  cases: [
    { ask: `{ users { id name } accounts { ${either('id name')} } }`, gives: { users: [{ id: 'u1', name: 'name of u1' }], accounts: named() } },
    {
      ask: `query Nested { users { id name } accounts { ${either(`id name similar { ${either('id name')} }`)} } }`,
      gives: { users: [{ id: 'u1', name: 'name of u1' }], accounts: named({ similar: named() }) },
    },
    {
      ask: `query Deeply { users { id name } accounts { ${either(`id name similar { ${either(`id name similar { ${either('id name')} }`)} }`)} } }`,
      gives: { users: [{ id: 'u1', name: 'name of u1' }], accounts: named({ similar: named({ similar: named() }) }) },
    },
    {
      ask: `query Names { accounts { ${either(`name similar { ${either(`name similar { ${either('name')} }`)} }`)} } }`,
      gives: {
        accounts: ['u1', 'a1'].map((outer) => ({
          name: `name of ${outer}`,
          similar: ['u1', 'a1'].map((id) => ({ name: `name of ${id}`, similar: ['u1', 'a1'].map((inner) => ({ name: `name of ${inner}` })) })),
        })),
      },
    },
  ],
};

const actions = [
  { __typename: 'Mail', id: 'a', to: 'Ada' },
  { __typename: 'Call', id: 'b', name: 'a call', about: 'tax' },
  { __typename: 'Trip', id: 'c', label: 'a trip' },
];

/** Things without a key are to be had where the union has them, and nowhere else. */
const partialUnion: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { plan: Plan } type Plan @shareable { actions: [Action!]! note: String } union Action = Mail | Call | Trip type Mail @shareable { id: ID! to: String }
        type Call { id: ID! name: String about: String } type Trip { id: ID! label: String }`,
      roots: { plan: { note: 'a note', actions } },
    },
    b: { sdl: 'type Plan @shareable { actions: [Action!]! note: String } union Action = Mail type Mail @shareable { id: ID! to: String }' },
  },
  cases: [
    {
      ask: '{ plan { note actions { __typename ... on Mail { id to } ... on Call { id name about } ... on Trip { id label } } } }',
      gives: { plan: { note: 'a note', actions } },
    },
    {
      ask: '{ plan { actions { __typename ... on Call { name } ... on Trip { label } } } }',
      gives: { plan: { actions: [{ __typename: 'Mail' }, { __typename: 'Call', name: 'a call' }, { __typename: 'Trip', label: 'a trip' }] } },
    },
  ],
};

const common = { __typename: 'Common', label: 'common' };
const onlyA = { __typename: 'OnlyA', a: 'of a' };
const onlyB = { __typename: 'OnlyB', b: 'of b' };
const all = 'actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } }';
const box = (...list: readonly object[]) => ({ id: '1', wrapper: { actions: list } });

const partialUnionComplex: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { ofA: Box both: Box @shareable } type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable } type Wrapper @shareable { actions: [Action!]! }
        union Action = Common | OnlyA type Common @shareable { label: String } type OnlyA { a: String }`,
      roots: { ofA: box(common, onlyA), both: box(common) },
      rows: { Box: [box(common, onlyA)] },
    },
    b: {
      sdl: `type Query { ofB: Box both: Box @shareable } type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable wrapperOfB: Wrapper }
        type Wrapper @shareable { actions: [Action!]! } union Action = Common | OnlyB type Common @shareable { label: String } type OnlyB { b: String }`,
      roots: { ofB: box(common, onlyB), both: box(common) },
      rows: { Box: [{ ...box(common, onlyB), wrapperOfB: { actions: [common, onlyB] } }] },
    },
  },
  cases: [
    // Apollo's planner takes the way on which there is nothing to fetch, and forgets what the other has: the answer says so, and does not leave it null in silence.
    {
      ask: `{ ofA { wrapper { ${all} } } }`,
      gives: { ofA: { wrapper: { actions: [common, { ...onlyA, a: null }] } } },
      errors: ['No subgraph was asked for OnlyA.a: the plan is wrong.'],
      onlyOurs: true,
    },
    {
      ask: `{ ofB { wrapper { ${all} } } }`,
      gives: { ofB: { wrapper: { actions: [common, { ...onlyB, b: null }] } } },
      errors: ['No subgraph was asked for OnlyB.b: the plan is wrong.'],
      onlyOurs: true,
    },
    {
      ask: '{ ofA { wrapper { actions { __typename ... on OnlyB { b } } } } }',
      gives: { ofA: { wrapper: { actions: [{ __typename: 'Common' }, { __typename: 'OnlyA' }] } } },
    },
    { ask: `{ both { wrapper { ${all} } } }`, gives: { both: { wrapper: { actions: [common] } } } },
    { ask: `{ ofA { wrapperOfB { ${all} } } }`, gives: { ofA: { wrapperOfB: { actions: [common, onlyB] } } } },
  ],
};

export const unions = {
  'union-intersection': unionIntersection,
  'child-type-mismatch': childTypeMismatch,
  'partial-union': partialUnion,
  'partial-union-complex': partialUnionComplex,
};
