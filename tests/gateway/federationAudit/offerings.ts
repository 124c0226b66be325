import type { Suite } from './suite.ts';

/** Interfaces and unions of which six subgraphs know a part each. */

type Self = Readonly<Record<string, unknown>>;

const small = { days: 1, rate: 0.5 };
const offers = [
  { __typename: 'Workshop', id: 'p1', code: 'c1', by: 'ada@firm', sponsor: { __typename: 'Solo', email: 'ada@firm' } },
  { __typename: 'Workshop', id: 'p3', code: 'c3', by: 'ben@firm', sponsor: { __typename: 'Solo', email: 'ben@firm' } },
  { __typename: 'Retainer', id: 'p2', code: 'c2', by: 'ada@firm', sponsor: { __typename: 'Bureau', id: 'b1' } },
];
const titleOf = (id: unknown) => `title of ${id}`;
const full: readonly Self[] = offers.map(({ by, ...offer }) => ({
  ...offer,
  effort: small,
  author: { email: by, made: 2 },
  alike: () => alikes(offer),
}));
const alikes = ({ __typename, id }: Self) => full.filter((each) => each.__typename === __typename && each.id !== id);

const reviews = [
  { id: 1, of: offers[0] },
  { id: 2, of: offers[0] },
  { id: 3, of: offers[2] },
];
const countOf = (id: unknown) => reviews.filter(({ of }) => of?.id === id).length;
const reviewsOf = (id: unknown) =>
  reviews
    .filter(({ of }) => of?.id === id)
    .map((each) => ({ id: each.id, offering: { __typename: each.of?.__typename, id: each.of?.id, count: countOf(each.of?.id) } }));

const both = (rows: (given: Self) => Self) => ({ Workshop: rows, Retainer: rows });
const types = (fields: (type: string) => string, interfaces = 'Offering') =>
  ['Workshop', 'Retainer'].map((type) => `type ${type} implements ${interfaces} @key(fields: "id") { id: ID! ${fields(type)} }`).join('\n');
const visit = (args: { zip?: string }, { effort }: { effort?: { days: number } }) => {
  if (effort === undefined) throw new Error('effort was not brought');
  return args.zip === undefined ? null : { soonest: effort.days < 2 ? 'today' : 'later' };
};

const abstractTypes: Suite = {
  subgraphs: {
    catalog: {
      sdl: `type Query { offers: [Offering] alike(id: ID!): [Offering] } interface Offering { id: ID! code: String effort: Effort author: Author secret: Boolean @inaccessible }
        interface Alike { alike: [Offering] } type Effort @shareable { days: Int rate: Float } union Sponsor = Bureau | Solo type Bureau { id: ID! @shareable }
        type Solo { email: String } type Author @key(fields: "email") { email: ID! made: Int @shareable }
        ${types((type) => `code: String effort: Effort @shareable author: Author alike: [${type}] secret: Boolean sponsor: Sponsor`, 'Offering & Alike')}`,
      roots: { offers: full, alike: ({ id }: { id: string }) => full.filter((each) => each.id === id).flatMap(alikes) },
      rows: {
        ...both((given) => ({ ...full.find(({ id }) => id === given.id) })),
        Author: ({ email }) => ({ email, made: 2 }),
      },
    },
    efforts: {
      sdl: `interface Offering { id: ID! effort: Effort visit(zip: String): Visit } type Effort @shareable { days: Int rate: Float } type Visit { soonest: String }
        ${types(() => 'effort: Effort @external visit(zip: String): Visit @requires(fields: "effort { days rate }")')}`,
      rows: both(() => ({ visit })),
    },
    workshops: { sdl: 'type Workshop @key(fields: "id") { id: ID! title: String }', rows: { Workshop: ({ id }) => ({ title: titleOf(id) }) } },
    retainers: { sdl: 'type Retainer @key(fields: "id") { id: ID! title: String }', rows: { Retainer: ({ id }) => ({ title: titleOf(id) }) } },
    reviews: {
      sdl: `type Query { review(id: Int!): Review } type Review { id: Int! offering: Offering } interface Offering { id: ID! count: Int! reviews: [Review!]! } interface Alike { alike: [Offering] }
        ${types((type) => `count: Int! reviews: [Review!]! alike: [${type}] @external ofAlike: [Review!]! @requires(fields: "alike { id }")`, 'Offering & Alike')}`,
      roots: { review: () => reviewsOf('p1')[0] },
      rows: both((given) => ({
        count: countOf(given.id),
        reviews: reviewsOf(given.id),
        ofAlike: (_: unknown, { alike }: { alike: readonly { id: string }[] }) => alike.flatMap(({ id }) => reviewsOf(id)),
      })),
    },
    bureaus: {
      sdl: `type Bureau @key(fields: "id") { id: ID! name: String email: Mail } type Mail { address: String } type Circle @key(fields: "id") { id: ID! name: String email: String }
        extend union Sponsor = Bureau | Circle`,
      rows: { Bureau: ({ id }) => ({ name: `bureau ${id}`, email: { address: 'b1@bureau' } }), Circle: ({ id }) => ({ name: `circle ${id}` }) },
    },
  },
  cases: [],
};

/** The answer for each offer, with its reviews. */
const reviewed = (workshop: object, retainer: object) => [
  { id: 'p1', reviews: [{ offering: { id: 'p1', ...workshop } }, { offering: { id: 'p1', ...workshop } }] },
  { id: 'p3', reviews: [] },
  { id: 'p2', reviews: [{ offering: { id: 'p2', ...retainer } }] },
];
const asked = (below: string) => `{ offers { id reviews { offering { id ${below} } } } }`;
const told = (workshop: object, retainer: object) => ({ offers: reviewed(workshop, retainer) });
const title = { title: titleOf('p1') };
const code = { code: 'c1' };
const sponsored = (fields: string) =>
  `${asked('... on Retainer { sponsor { ...S } } ... on Workshop { sponsor { ...S } }')} fragment S on Sponsor { ${fields} }`;
const conditional = (condition: string, value: boolean, more = '') =>
  `query ($t: Boolean = ${value}) ${asked(`... on Workshop @${condition}(if: $t) { title ${more} } ... on Retainer { code }`)}`;

export const offerings: Readonly<Record<string, Suite>> = {
  'abstract-types': {
    ...abstractTypes,
    cases: [
      { ask: '{ offers { id effort { days rate } } }', gives: { offers: offers.map(({ id }) => ({ id, effort: small })) } },
      { ask: '{ alike(id: "p1") { id code } }', gives: { alike: [{ id: 'p3', code: 'c3' }] } },
      {
        ask: '{ a: alike(id: "p1") { id code visit(zip: "1234") { soonest } } b: alike(id: "p2") { id visit(zip: "1234") { soonest } } }',
        gives: { a: [{ id: 'p3', code: 'c3', visit: { soonest: 'today' } }], b: [] },
      },
      {
        ask: '{ offers { code ... on Offering { code } ... on Workshop { code } ... on Retainer { code } ... on Alike { __typename type: __typename } } }',
        gives: { offers: offers.map(({ code: own, __typename }) => ({ code: own, __typename, type: __typename })) },
      },
      {
        ask: '{ offers { by: author { email made } ... on Retainer { title } } }',
        gives: {
          offers: offers.map(({ __typename, id, by }) => ({ by: { email: by, made: 2 }, ...(__typename === 'Retainer' ? { title: titleOf(id) } : {}) })),
        },
      },
      { ask: asked('code ... on Retainer { title } ... on Workshop { count }'), gives: told({ ...code, count: 2 }, { code: 'c2', title: titleOf('p2') }) },
      { ask: '{ offers { id reviews { id } } }', gives: { offers: offers.map(({ id }) => ({ id, reviews: reviewsOf(id).map((each) => ({ id: each.id })) })) } },
      { ask: conditional('include', true), gives: told(title, { code: 'c2' }) },
      { ask: conditional('include', false), gives: told({}, { code: 'c2' }) },
      { ask: conditional('skip', false), gives: told(title, { code: 'c2' }) },
      { ask: conditional('skip', true), gives: told({}, { code: 'c2' }) },
      {
        ask: `query ($t: Boolean = true) ${asked('... on Workshop @skip(if: $t) { title } ... on Workshop { code } ... on Retainer { code }')}`,
        gives: told(code, { code: 'c2' }),
      },
      {
        ask: `query ($t: Boolean = false) ${asked('... on Workshop @skip(if: $t) { title } ... on Workshop { code } ... on Retainer { code }')}`,
        gives: told({ ...title, ...code }, { code: 'c2' }),
      },
      { ask: conditional('include', true, '... on Workshop { code }'), gives: told({ ...title, ...code }, { code: 'c2' }) },
      { ask: conditional('include', true, '... on Workshop @skip(if: $t) { code }'), gives: told(title, { code: 'c2' }) },
      {
        ask: sponsored('... on Bureau { id name } ... on Solo { email }'),
        gives: told({ sponsor: { email: 'ada@firm' } }, { sponsor: { id: 'b1', name: 'bureau b1' } }),
      },
      {
        ask: sponsored('... on Bureau { id name } ... on Solo { email } ... on Circle { name }'),
        gives: told({ sponsor: { email: 'ada@firm' } }, { sponsor: { id: 'b1', name: 'bureau b1' } }),
      },
      {
        ask: sponsored('... on Bureau { thing: email { address } } ... on Solo { text: email } ... on Circle { text: email }'),
        gives: told({ sponsor: { text: 'ada@firm' } }, { sponsor: { thing: { address: 'b1@bureau' } } }),
      },
      {
        ask: '{ offers { ... on Workshop { ofAlike { id } } } review(id: 1) { offering { code ... on Workshop { ofAlike { id } } } } }',
        gives: { offers: [{ ofAlike: [] }, { ofAlike: [{ id: 1 }, { id: 2 }] }, {}], review: { offering: { code: 'c1', ofAlike: [] } } },
      },
      { ask: '{ offers { secret } }', gives: null, errors: [/Cannot query field "secret"/] },
    ],
  },
};
