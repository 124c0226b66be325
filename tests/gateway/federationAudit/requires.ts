import type { Suite } from './suite.ts';

/** Fields that need others of the same thing, which other subgraphs have. */

type Self = Readonly<Record<string, unknown>>;

/** Worked out of what the representation brought, and of nothing else. */
const of =
  (work: (self: Self) => unknown, ...needs: readonly string[]) =>
  (_: unknown, self: Self) => {
    for (const need of needs) if (self[need] === undefined) throw new Error(`${need} was not brought`);
    return work(self);
  };

const users = [{ id: 'u1', nick: 'Ada' }];
const items = [
  { upc: 'p1', name: 'one', price: 11, weight: 1 },
  { upc: 'p2', name: 'two', price: 22, weight: 2 },
];
const estimate = of(({ price, weight }) => Number(price) * Number(weight) * 10, 'price', 'weight');
const reviews = [
  { id: 'r1', body: 'good', author: { id: 'u1', nick: 'Ada' }, item: { upc: 'p1' } },
  { id: 'r2', body: 'bad', author: { id: 'u1', nick: 'Ada' }, item: { upc: 'p2' } },
];
const reviewsOf = (upc: unknown) => reviews.filter(({ item }) => item.upc === upc).map((each) => ({ ...each, item: reviewed(each.item.upc) }));
const reviewed = (upc: string): Self => ({ upc, reviews: () => reviewsOf(upc) });
const reviewsOfItem = [{ reviews: [{ id: 'r1' }] }, { reviews: [{ id: 'r2' }] }];

const simpleRequiresProvides: Suite = {
  subgraphs: {
    accounts: {
      sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! nick: String @shareable }',
      roots: { me: users[0] },
      rows: { User: users },
    },
    items: {
      sdl: 'type Query { items: [Item] } type Item @key(fields: "upc") { upc: String! name: String price: Int weight: Int }',
      roots: { items },
      rows: { Item: items },
    },
    stock: {
      sdl: `type Item @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean estimate: Int @requires(fields: "price weight")
        tag: String @requires(fields: "price weight") }`,
      rows: { Item: ({ upc }) => ({ inStock: upc === 'p1', estimate, tag: of((self) => `#${self.upc}#${estimate(undefined, self)}#`) }) },
    },
    reviews: {
      sdl: `type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "nick") item: Item }
        type User @key(fields: "id") { id: ID! nick: String @external reviews: [Review] } type Item @key(fields: "upc") { upc: String! reviews: [Review] }`,
      rows: { User: ({ id }) => ({ id, reviews: ['p1', 'p2'].flatMap(reviewsOf) }), Item: ({ upc }) => reviewed(String(upc)), Review: reviews },
    },
  },
  cases: [
    { ask: '{ me { id } }', gives: { me: { id: 'u1' } } },
    { ask: '{ me { id reviews { id } } }', gives: { me: { id: 'u1', reviews: [{ id: 'r1' }, { id: 'r2' }] } } },
    {
      ask: '{ me { reviews { id author { id nick } item { inStock } } } }',
      gives: {
        me: {
          reviews: [
            { id: 'r1', author: { id: 'u1', nick: 'Ada' }, item: { inStock: true } },
            { id: 'r2', author: { id: 'u1', nick: 'Ada' }, item: { inStock: false } },
          ],
        },
      },
    },
    { ask: '{ items { name } }', gives: { items: [{ name: 'one' }, { name: 'two' }] } },
    { ask: '{ items { price } }', gives: { items: [{ price: 11 }, { price: 22 }] } },
    { ask: '{ items { estimate } }', gives: { items: [{ estimate: 110 }, { estimate: 440 }] } },
    {
      ask: '{ items { estimate weight price } }',
      gives: {
        items: [
          { estimate: 110, weight: 1, price: 11 },
          { estimate: 440, weight: 2, price: 22 },
        ],
      },
    },
    {
      ask: '{ items { reviews { id author { nick } item { name estimate } } } }',
      gives: {
        items: [
          { reviews: [{ id: 'r1', author: { nick: 'Ada' }, item: { name: 'one', estimate: 110 } }] },
          { reviews: [{ id: 'r2', author: { nick: 'Ada' }, item: { name: 'two', estimate: 440 } }] },
        ],
      },
    },
    { ask: '{ me { reviews { item { reviews { id } } } } }', gives: { me: { reviews: reviewsOfItem.map((item) => ({ item })) } } },
    { ask: '{ me { reviews { item { inStock } } } }', gives: { me: { reviews: [{ item: { inStock: true } }, { item: { inStock: false } }] } } },
    { ask: '{ me { reviews { item { estimate } } } }', gives: { me: { reviews: [{ item: { estimate: 110 } }, { item: { estimate: 440 } }] } } },
    {
      ask: '{ me { reviews { item { estimate tag } } } }',
      gives: { me: { reviews: [{ item: { estimate: 110, tag: '#p1#110#' } }, { item: { estimate: 440, tag: '#p2#440#' } }] } },
    },
  ],
};

/** What is needed needs something itself, and one of it no client sees. */
const requiresRequires: Suite = {
  subgraphs: {
    a: { sdl: 'type Offer @key(fields: "id") { id: ID! price: Float! @inaccessible }', rows: { Offer: [{ id: 'o1', price: 900 }] } },
    b: {
      sdl: 'type Query { offer: Offer } type Offer @key(fields: "id") { id: ID! hasRebate: Boolean! }',
      roots: { offer: { id: 'o1', hasRebate: true } },
      rows: { Offer: [{ id: 'o1', hasRebate: true }] },
    },
    c: {
      sdl: `type Offer @key(fields: "id") { id: ID! price: Float! @external isDear: Boolean! @requires(fields: "price") hasRebate: Boolean! @external
        isDearThen: Boolean! @requires(fields: "hasRebate") }`,
      rows: { Offer: () => ({ isDear: of(({ price }) => Number(price) > 500, 'price'), isDearThen: of(({ hasRebate }) => !hasRebate, 'hasRebate') }) },
    },
    d: {
      sdl: `type Offer @key(fields: "id") { id: ID! isDear: Boolean! @external fits: Boolean! @requires(fields: "isDear") isDearThen: Boolean! @external
        fitsThen: Boolean! @requires(fields: "isDearThen") }`,
      rows: { Offer: () => ({ fits: of(({ isDear }) => !isDear, 'isDear'), fitsThen: of(({ isDearThen }) => !isDearThen, 'isDearThen') }) },
    },
  },
  cases: [
    { ask: '{ offer { fits } }', gives: { offer: { fits: false } } },
    { ask: '{ offer { isDear } }', gives: { offer: { isDear: true } } },
    { ask: '{ offer { isDear fits } }', gives: { offer: { isDear: true, fits: false } } },
    { ask: '{ offer { fitsThen } }', gives: { offer: { fitsThen: true } } },
    { ask: '{ offer { fits fitsThen } }', gives: { offer: { fits: false, fitsThen: true } } },
    { ask: '{ offer { price } }', gives: null, errors: [/Cannot query field "price"/] },
  ],
};

/** Two subgraphs that need of each other, down to what one of them knows by itself. */
const requiresCircular: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { drafts: [Draft] } type Draft @key(fields: "id") { id: ID! isNovices: Boolean! @external isExperts: Boolean! @requires(fields: "isNovices") }
        type Author @key(fields: "id") { id: ID! name: String! years: Int! }`,
      roots: { drafts: [{ id: 'd1' }, { id: 'd2' }] },
      rows: {
        Draft: () => ({ isExperts: of(({ isNovices }) => !isNovices, 'isNovices') }),
        Author: [
          { id: 'a1', name: 'Ada', years: 1 },
          { id: 'a2', name: 'Ben', years: 20 },
        ],
      },
    },
    b: {
      sdl: `type Draft @key(fields: "id") { id: ID! author: Author! isNovices: Boolean! @requires(fields: "author { years }") }
        type Author @key(fields: "id") { id: ID! years: Int! @external }`,
      rows: {
        Draft: ({ id }) => ({
          author: { id: id === 'd1' ? 'a1' : 'a2' },
          isNovices: (_: unknown, { author: { years } }: { author: { years?: number } }) => {
            if (years === undefined) throw new Error('years were not brought');
            return years < 5;
          },
        }),
      },
    },
  },
  cases: [
    { ask: '{ drafts { isNovices } }', gives: { drafts: [{ isNovices: true }, { isNovices: false }] } },
    { ask: '{ drafts { isExperts } }', gives: { drafts: [{ isExperts: false }, { isExperts: true }] } },
    {
      ask: '{ drafts { isExperts author { name } isNovices } }',
      gives: {
        drafts: [
          { isExperts: false, author: { name: 'Ada' }, isNovices: true },
          { isExperts: true, author: { name: 'Ben' }, isNovices: false },
        ],
      },
    },
  ],
};

const facts = {
  Letter: { __typename: 'Letter', head: 'head of a letter', page: 'page', stamp: 'stamp' },
  Memo: { __typename: 'Memo', head: 'head of a memo', page: 'page', desk: 'desk' },
};
const paperTypes = (hidden: string) => `interface Paper { head: String! } interface Paged implements Paper { head: String! page: String! }
  type Letter implements Paper & Paged @shareable ${hidden} { head: String! page: String! stamp: String! }
  type Memo implements Paper & Paged @shareable { head: String! page: String! desk: String! }`;
const filed = (id: string) => ({ id, paper: id === 'e1' ? facts.Letter : facts.Memo });
const headOf = (suffix: string) => of(({ paper }) => `${(paper as Self).head}, ${suffix}`, 'paper');

/** Requirements of interfaces within interfaces, and of a type that no client sees. */
const requiresWithFragments: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query @shareable { a: File } type File @key(fields: "id") { id: ID! paper: Paper } ${paperTypes('')}`,
      roots: { a: filed('e2') },
      rows: { File: ({ id }) => filed(String(id)) },
    },
    b: {
      sdl: `type Query @shareable { b: File bb: File } ${paperTypes('@inaccessible')} type File @key(fields: "id") { id: ID! paper: Paper @external
        filed: String! @requires(fields: "paper { head ... on Paged { page ... on Letter { stamp } ... on Memo { desk } } }")
        kept: String! @requires(fields: "paper { ... on Paper { head } }") }`,
      roots: { b: { id: 'e1' }, bb: { id: 'e2' } },
      rows: { File: () => ({ filed: headOf('filed'), kept: headOf('kept') }) },
    },
  },
  cases: [
    {
      ask: '{ b { id paper { __typename } } bb { id paper { __typename } } }',
      gives: { b: { id: 'e1', paper: null }, bb: { id: 'e2', paper: { __typename: 'Memo' } } },
      faults: 1,
    },
    { ask: '{ a { filed } }', gives: { a: { filed: 'head of a memo, filed' } } },
    { ask: '{ a { paper { __typename } filed } }', gives: { a: { paper: { __typename: 'Memo' }, filed: 'head of a memo, filed' } } },
    { ask: '{ bb { paper { __typename } filed } }', gives: { bb: { paper: { __typename: 'Memo' }, filed: 'head of a memo, filed' } } },
    { ask: '{ b { paper { __typename } filed } }', gives: { b: { paper: null, filed: 'head of a letter, filed' } }, faults: 1 },
    { ask: '{ bb { paper { __typename } kept } }', gives: { bb: { paper: { __typename: 'Memo' }, kept: 'head of a memo, kept' } } },
  ],
};

const seats = [
  { __typename: 'Home', id: 'a1', city: 'city of a1', country: 'country of a1' },
  { __typename: 'Work', id: 'a2', city: 'city of a2', country: 'country of a2' },
];
const seatOf = ({ seat }: Self) => seats.find(({ id }) => id === (seat as Self | null)?.id);

const requiresInterface: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { a: User } interface Seat { id: ID! } type Home implements Seat @key(fields: "id") { id: ID! city: String @shareable }
        type Work implements Seat @key(fields: "id") { id: ID! city: String @shareable }
        type User @key(fields: "id") { id: ID! name: String! @shareable seat: Seat @external city: String @requires(fields: "seat { id }")
          country: String @requires(fields: "seat { ... on Work { id } }") }`,
      roots: { a: { id: 'u1', name: 'one' } },
      rows: {
        User: () => ({ city: of((self) => seatOf(self)?.city, 'seat'), country: of((self) => seatOf(self)?.country, 'seat') }),
        Home: seats,
        Work: seats,
      },
    },
    b: {
      sdl: `type Query { b: User } interface Seat { id: ID! } type Home implements Seat @key(fields: "id") { id: ID! city: String @shareable }
        type Work implements Seat @key(fields: "id") { id: ID! city: String @shareable } type Second implements Seat @key(fields: "id") { id: ID! city: String }
        type User @key(fields: "id") { id: ID! name: String! @shareable seat: Seat }`,
      roots: { b: { id: 'u2', name: 'two', seat: seats[1] } },
      rows: {
        User: [
          { id: 'u1', name: 'one', seat: seats[0] },
          { id: 'u2', name: 'two', seat: seats[1] },
        ],
        Home: seats,
        Work: seats,
        Second: [],
      },
    },
  },
  cases: [
    { ask: '{ a { city } }', gives: { a: { city: 'city of a1' } } },
    { ask: '{ b { city } }', gives: { b: { city: 'city of a2' } } },
    { ask: '{ a { country } }', gives: { a: { country: null } } },
    { ask: '{ b { country } }', gives: { b: { country: 'country of a2' } } },
    { ask: '{ a { seat { __typename id } } }', gives: { a: { seat: { __typename: 'Home', id: 'a1' } } } },
    { ask: '{ b { seat { __typename id } } }', gives: { b: { seat: { __typename: 'Work', id: 'a2' } } } },
  ],
};

export const requires = {
  'simple-requires-provides': simpleRequiresProvides,
  'requires-requires': requiresRequires,
  'requires-circular': requiresCircular,
  'requires-with-fragments': requiresWithFragments,
  'requires-interface': requiresInterface,
};
