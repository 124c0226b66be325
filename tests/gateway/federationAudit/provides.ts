import type { Suite } from './suite.ts';

/** Fields that a subgraph gives on one way alone. */

const never = () => {
  throw new Error('nobody may ask for it here');
};

const areas = [
  { id: 'c1', name: 'Area 1' },
  { id: 'c2', name: 'Area 2' },
];
const within = [{ id: 'c3', name: 'Area 3' }];

/** What is provided lies two things deeper. */
const nestedProvides: Suite = {
  subgraphs: {
    all: { sdl: 'type Offer @key(fields: "id") { id: ID! }', rows: { Offer: never } },
    offers: {
      sdl: `type Query { offers: [Offer] @shareable @provides(fields: "areas { id name within { id name } }") }
        type Offer @key(fields: "id") { id: ID! areas: [Area] @external } type Area @key(fields: "id") { id: ID! name: String within: [Area] @external }`,
      roots: { offers: [{ id: 'o1', areas: areas.map((area) => ({ ...area, within })) }] },
      rows: { Offer: never, Area: never },
    },
    areas: {
      sdl: `type Offer @key(fields: "id") { id: ID! areas: [Area] @shareable } type Area @key(fields: "id") { id: ID! within: [Area] @shareable }`,
      rows: { Offer: never, Area: never },
    },
  },
  cases: [
    { ask: '{ offers { id areas { id name } } }', gives: { offers: [{ id: 'o1', areas }] } },
    { ask: '{ offers { id areas { id name within { id name } } } }', gives: { offers: [{ id: 'o1', areas: areas.map((area) => ({ ...area, within })) }] } },
  ],
};

const pets = [
  { __typename: 'Dog', id: 'a1', name: 'Rex', age: 3 },
  { __typename: 'Cat', id: 'a2', name: 'Tom', age: 6 },
];

const providesOnInterface: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { office: Office @shareable } interface Office { id: ID! } type Branch implements Office @key(fields: "id") { id: ID! }`,
      roots: { office: { __typename: 'Branch', id: 'm1' } },
      rows: { Branch: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Query { office: Office @shareable @provides(fields: "pets { id name }") } interface Office { id: ID! pets: [Pet] }
        interface Pet { id: ID! name: String } type Branch implements Office { id: ID! @shareable pets: [Pet] @external }
        type Dog implements Pet { id: ID! @external name: String @external } type Cat implements Pet { id: ID! @external name: String @external }`,
      roots: { office: { __typename: 'Branch', id: 'm1', pets: pets.map(({ age: _, ...pet }) => pet) } },
    },
    c: {
      sdl: `interface Office { id: ID! pets: [Pet] } type Branch implements Office @key(fields: "id") { id: ID! pets: [Pet] @shareable }
        interface Pet { id: ID! name: String } type Dog implements Pet { id: ID! @shareable name: String @shareable age: Int }
        type Cat implements Pet { id: ID! @shareable name: String @shareable age: Int }`,
      rows: { Branch: ({ id }) => ({ id, pets }) },
    },
  },
  cases: [
    {
      ask: '{ office { id pets { id name } } }',
      gives: { office: { id: 'm1', pets: pets.map(({ id, name }) => ({ id, name })) } },
    },
    {
      ask: '{ office { id pets { id name ... on Cat { age } } } }',
      gives: {
        office: {
          id: 'm1',
          pets: [
            { id: 'a1', name: 'Rex' },
            { id: 'a2', name: 'Tom', age: 6 },
          ],
        },
      },
    },
  ],
};

const works = [
  { __typename: 'Report', id: 'm1', title: 'Report 1' },
  { __typename: 'Talk', id: 'm2', title: 'Talk 1' },
];

const providesOnUnion: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { works: [Work] @shareable } union Work = Report | Talk type Report @key(fields: "id") { id: ID! } type Talk @key(fields: "id") { id: ID! }`,
      roots: { works: works.map(({ __typename, id }) => ({ __typename, id })) },
      rows: { Report: ({ id }) => ({ id }), Talk: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Query { works: [Work] @shareable @provides(fields: "... on Report { title }") } union Work = Report | Talk
        type Report @key(fields: "id") { id: ID! title: String @external } type Talk @key(fields: "id") { id: ID! }`,
      roots: { works: works.map(({ title, ...work }) => (work.__typename === 'Report' ? { ...work, title } : work)) },
      rows: { Report: ({ id }) => ({ id }), Talk: ({ id }) => ({ id }) },
    },
    c: {
      sdl: 'type Report @key(fields: "id") { id: ID! title: String @shareable } type Talk @key(fields: "id") { id: ID! title: String }',
      rows: { Report: never, Talk: works },
    },
  },
  cases: [
    { ask: '{ works { ... on Report { id title } ... on Talk { id } } }', gives: { works: [{ id: 'm1', title: 'Report 1' }, { id: 'm2' }] } },
    {
      ask: '{ works { ... on Report { id title } ... on Talk { id title } } }',
      gives: {
        works: [
          { id: 'm1', title: 'Report 1' },
          { id: 'm2', title: 'Talk 1' },
        ],
      },
    },
  ],
};

const case1 = { id: 'e1', name: 'Case 1', about: never };
const case2 = { id: 'e2', name: 'Case 2', about: never };

/** What is provided is fetched where it is asked for, and nothing else that would be. */
const onlyRequested: Suite = {
  subgraphs: {
    owner: {
      sdl: `type Query { held: Boolean } type Case @key(fields: "id") { id: ID! name: String! @shareable about: String! @shareable extra: String! }`,
      rows: { Case: ({ id }) => ({ id, name: never, about: never, extra: `extra of ${id}` }) },
    },
    provider: {
      sdl: `type Query { one: Case @provides(fields: "name about") all: [Case!]! @provides(fields: "name about") }
        type Case @key(fields: "id") { id: ID! name: String! @external about: String! @external }`,
      roots: { one: case1, all: [case1, case2] },
      rows: { Case: never },
    },
  },
  cases: [
    { ask: '{ one { id } }', gives: { one: { id: 'e1' } } },
    { ask: '{ one { id name } }', gives: { one: { id: 'e1', name: 'Case 1' } } },
    { ask: '{ one { id called: name } }', gives: { one: { id: 'e1', called: 'Case 1' } } },
    { ask: '{ one { id ... on Case { name } } }', gives: { one: { id: 'e1', name: 'Case 1' } } },
    { ask: '{ one { id ...N } } fragment N on Case { name }', gives: { one: { id: 'e1', name: 'Case 1' } } },
    { ask: '{ one { id name extra } }', gives: { one: { id: 'e1', name: 'Case 1', extra: 'extra of e1' } } },
    {
      ask: '{ all { id name } }',
      gives: {
        all: [
          { id: 'e1', name: 'Case 1' },
          { id: 'e2', name: 'Case 2' },
        ],
      },
    },
    {
      ask: '{ all { id name extra } }',
      gives: {
        all: [
          { id: 'e1', name: 'Case 1', extra: 'extra of e1' },
          { id: 'e2', name: 'Case 2', extra: 'extra of e2' },
        ],
      },
    },
    { ask: '{ one { id ... on Case @skip(if: true) { about } } }', gives: { one: { id: 'e1' } } },
    { ask: '{ one { id ... on Case @include(if: false) { about } } }', gives: { one: { id: 'e1' } } },
    { ask: '{ one { id ... { name } ... { extra } } }', gives: { one: { id: 'e1', name: 'Case 1', extra: 'extra of e1' } } },
  ],
};

/** Two things of one interface that lead to each other, with a price that is provided on the way. */
const circularReferenceInterface: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { thing: Thing } interface Thing { same: Thing }
        type Tool implements Thing @key(fields: "id") { id: ID! same: Tool @provides(fields: "price") price: Float @external }`,
      roots: { thing: { __typename: 'Tool', id: '1', same: () => ({ id: '3', price: 9.5, same: { id: '1', price: 9.5 } }) } },
      rows: { Tool: ({ id }) => ({ id }) },
    },
    b: { sdl: 'type Tool @key(fields: "id") { id: ID! price: Float @shareable }', rows: { Tool: ({ id }) => ({ id, price: 9.5 }) } },
  },
  cases: [
    { ask: '{ thing { same { ... on Thing { same { __typename } } } } }', gives: { thing: { same: { same: { __typename: 'Tool' } } } } },
    {
      ask: `{ thing { __typename same { __typename ... on Tool { id } same { __typename ... on Tool { id } } }
        ... on Tool { __typename id price same { id price } } } }`,
      gives: {
        thing: { __typename: 'Tool', same: { __typename: 'Tool', id: '3', same: { __typename: 'Tool', id: '1' }, price: 9.5 }, id: '1', price: 9.5 },
      },
    },
  ],
};

export const provides = {
  'nested-provides': nestedProvides,
  'provides-on-interface': providesOnInterface,
  'provides-on-union': providesOnUnion,
  'provides-only-requested-fields': onlyRequested,
  'circular-reference-interface': circularReferenceInterface,
};
