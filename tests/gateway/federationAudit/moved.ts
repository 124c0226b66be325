import type { Subgraph, Suite } from './suite.ts';

/** Fields that another subgraph has taken over, and types that a subgraph extends in the words of either Federation. */

const never = () => {
  throw new Error('nobody may ask for it here');
};

const note = (id: string) => ({ id, at: `${id} at noon` });

const overridden = (from: string, isLeft: boolean): Suite => ({
  subgraphs: {
    a: {
      sdl: 'type Query { notes: [Note] @shareable aNotes: [Note] } type Note @key(fields: "id") { id: ID! at: String! @shareable }',
      roots: {
        notes: [
          { id: 'n1', at: isLeft ? 'n1 at noon' : never },
          { id: 'n2', at: isLeft ? 'n2 at noon' : never },
        ],
        aNotes: [{ id: 'n2', at: isLeft ? 'n2 at noon' : never }],
      },
      rows: { Note: ({ id }) => ({ id, at: isLeft ? `${id} at noon` : never }) },
    },
    b: {
      sdl: `type Query { notes: [Note] @shareable bNotes: [Note] } type Note @key(fields: "id") { id: ID! at: String! @override(from: "${from}") @shareable }`,
      roots: { notes: [note('n1'), note('n2')], bNotes: [note('n1')] },
      rows: { Note: ({ id }) => note(String(id)) },
    },
  },
  cases: [
    { ask: '{ notes { at } }', gives: { notes: [{ at: 'n1 at noon' }, { at: 'n2 at noon' }] } },
    { ask: '{ aNotes { at } bNotes { at } }', gives: { aNotes: [{ at: 'n2 at noon' }], bNotes: [{ at: 'n1 at noon' }] } },
  ],
});

const person = (id: string) => ({ id, name: `name of ${id}` });
const named = (prefix: string) => (_: unknown, self: { name?: string }) => `${prefix} ${self.name}`;

const overrideWithRequires: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { inA: Person } type Person @key(fields: "id") { id: ID! name: String! @external aName: String! @requires(fields: "name") }`,
      roots: { inA: { id: 'u1', name: never } },
      rows: { Person: ({ id }) => ({ id, aName: named('a:') }) },
    },
    b: {
      sdl: 'type Query { inB: Person } type Person @key(fields: "id") { id: ID! name: String! @override(from: "a") }',
      roots: { inB: person('u2') },
      rows: { Person: ({ id }) => person(String(id)) },
    },
    c: {
      sdl: 'type Query { inC: Person } type Person @key(fields: "id") { id: ID! name: String! @external cName: String! @requires(fields: "name") }',
      roots: { inC: { id: 'u3' } },
      rows: { Person: ({ id }) => ({ id, cName: named('c:') }) },
    },
  },
  cases: [
    {
      ask: '{ inA { id name aName cName } inB { id name aName cName } inC { id name aName cName } }',
      gives: {
        inA: { ...person('u1'), aName: 'a: name of u1', cName: 'c: name of u1' },
        inB: { ...person('u2'), aName: 'a: name of u2', cName: 'c: name of u2' },
        inC: { ...person('u3'), aName: 'a: name of u3', cName: 'c: name of u3' },
      },
    },
    { ask: '{ inC { cName } }', gives: { inC: { cName: 'c: name of u3' } } },
    { ask: '{ inA { cName } }', gives: { inA: { cName: 'c: name of u1' } } },
    { ask: '{ inA { aName } }', gives: { inA: { aName: 'a: name of u1' } } },
  ],
};

const scans = ['i1', 'i2'].map((id) => ({ __typename: 'Scan', id, at: `${id} at noon` }));

/** A field that was taken over, asked for through an interface of the subgraph that had it. */
const overrideTypeInterface: Suite = {
  subgraphs: {
    a: {
      sdl: `interface Paper { id: ID! at: String! } type Scan implements Paper @key(fields: "id") { id: ID! at: String! } type Query { papers: [Paper] }`,
      roots: { papers: scans.map((scan) => ({ ...scan, at: never })) },
      rows: { Scan: ({ id }) => ({ id, at: never }) },
    },
    b: {
      sdl: `interface Paper { id: ID! at: String! } type Letter implements Paper @key(fields: "id") { id: ID! at: String! body: String! }
        interface Other { id: ID! at: String! } type Scan implements Other @key(fields: "id") { id: ID! at: String! @override(from: "a") } type Query { others: [Other] }`,
      roots: { others: scans },
      rows: { Scan: scans, Letter: [] },
    },
  },
  cases: [
    { ask: '{ papers { id at } }', gives: { papers: scans.map(({ id, at }) => ({ id, at })) } },
    { ask: '{ papers { ... on Letter { id body } } }', gives: { papers: [{}, {}] } },
    { ask: '{ others { at } }', gives: { others: scans.map(({ at }) => ({ at })) } },
    { ask: '{ others { at id ... on Scan { at id } } }', gives: { others: scans.map(({ id, at }) => ({ at, id })) } },
  ],
};

const peer = (id: string) => ({ id, name: `name of ${id}`, nick: `nick of ${id}` });

/** One subgraph extends the other's type: in either way of writing it, of either Federation. */
function extending(isFirst: boolean, type: string): Suite {
  const extended: Subgraph = {
    isFirst,
    sdl: `type Query { any: Person known: Person @provides(fields: "name") } ${type} { id: ID! @external name: String! @external room: ID }`,
    roots: { any: { id: 'u1', room: 'r1', name: never }, known: { id: 'u1', room: 'r1', name: 'name of u1' } },
    rows: { Person: ({ id }) => ({ id, room: 'r1', name: never }) },
  };
  const owner: Subgraph = {
    isFirst,
    sdl: `type Query { person(id: ID): Person } type Person @key(fields: "id") { id: ID! name: String! ${isFirst ? '' : '@shareable'} nick: String }`,
    roots: { person: ({ id }: { id: string }) => peer(id) },
    rows: { Person: ({ id }) => peer(String(id)) },
  };
  return {
    subgraphs: { a: extended, b: owner },
    cases: [
      { ask: '{ any { id name } person(id: "u2") { id name nick } }', gives: { any: { id: 'u1', name: 'name of u1' }, person: peer('u2') } },
      { ask: '{ any { id room } }', gives: { any: { id: 'u1', room: 'r1' } } },
      { ask: '{ any { id room name } }', gives: { any: { id: 'u1', room: 'r1', name: 'name of u1' } } },
      { ask: '{ known { id room name } }', gives: { known: { id: 'u1', room: 'r1', name: 'name of u1' } } },
      { ask: '{ any { nick room } }', gives: { any: { nick: 'nick of u1', room: 'r1' } } },
    ],
  };
}

const item = { id: 'p1', name: 'name of p1', number: '#1', code: 'c1', price: 12.5 };

/** The extension is found by keys of the owner's, one of two fields. */
const extendsResolvable: Suite = {
  subgraphs: {
    a: {
      isFirst: true,
      sdl: `type Query { itemOfA: Item } type Item @key(fields: "id") @extends { id: ID @external number: ID @external name: String code: String }`,
      roots: { itemOfA: { id: 'p1', number: '#1', name: 'name of p1', code: 'c1' } },
      rows: { Item: ({ id }) => ({ id, name: 'name of p1', code: 'c1' }) },
    },
    b: {
      isFirst: true,
      sdl: `type Query { itemOfB: Item }
        extend type Item @key(fields: "id name") @key(fields: "code") { id: ID @external name: String @external code: String @external price: Float! }`,
      roots: { itemOfB: item },
      rows: { Item: ({ id, name, code }) => (code === 'c1' || (id === 'p1' && name === 'name of p1') ? { price: 12.5 } : null) },
    },
    c: {
      isFirst: true,
      sdl: 'type Item @key(fields: "id") { id: ID number: ID }',
      rows: { Item: ({ id }) => ({ id, number: '#1' }) },
    },
  },
  cases: [
    { ask: '{ itemOfA { id number price code name } }', gives: { itemOfA: item } },
    { ask: '{ itemOfA { price } }', gives: { itemOfA: { price: 12.5 } } },
    { ask: '{ itemOfB { id name code price } }', gives: { itemOfB: { id: 'p1', name: 'name of p1', code: 'c1', price: 12.5 } } },
  ],
};

/** A key that is external where nobody else has it another way. */
const mysteriousExternal: Suite = {
  subgraphs: {
    prices: {
      sdl: 'extend type Item @key(fields: "id") { id: ID! @external price: Float } type Query { cheapest: Item }',
      roots: { cheapest: { id: 'p2', price: 3.5 } },
      rows: { Item: ({ id }) => ({ id, price: id === 'p2' ? 3.5 : 9 }) },
    },
    names: {
      sdl: 'type Item @key(fields: "id") { id: ID! name: String } type Query { items: [Item] }',
      roots: {
        items: [
          { id: 'p1', name: 'one' },
          { id: 'p2', name: 'two' },
        ],
      },
      rows: {
        Item: [
          { id: 'p1', name: 'one' },
          { id: 'p2', name: 'two' },
        ],
      },
    },
  },
  cases: [
    {
      ask: '{ items { id name price } }',
      gives: {
        items: [
          { id: 'p1', name: 'one', price: 9 },
          { id: 'p2', name: 'two', price: 3.5 },
        ],
      },
    },
    { ask: '{ cheapest { id name price } }', gives: { cheapest: { id: 'p2', name: 'two', price: 3.5 } } },
  ],
};

export const moved = {
  'simple-override': overridden('a', false),
  'unavailable-override': overridden('nobody', true),
  'override-with-requires': overrideWithRequires,
  'override-type-interface': overrideTypeInterface,
  'fed1-external-extends': extending(true, 'type Person @key(fields: "id") @extends'),
  'fed1-external-extension': extending(true, 'extend type Person @key(fields: "id")'),
  'fed2-external-extends': extending(false, 'type Person @key(fields: "id") @extends'),
  'fed2-external-extension': extending(false, 'extend type Person @key(fields: "id")'),
  'fed1-external-extends-resolvable': extendsResolvable,
  'mysterious-external': mysteriousExternal,
};
