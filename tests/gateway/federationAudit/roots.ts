import type { Suite } from './suite.ts';

/** Root fields that several subgraphs have, their order, and what clients may say. */

const never = () => {
  throw new Error('nobody may ask for it here');
};

const part = (name: string, value: string) => ({
  sdl: `type Query { offer: Offer! @shareable offers: [Offer!]! @shareable } type Offer { id: ID! @shareable ${name}: ${value} } type ${value} { id: ID! text: String! }`,
  roots: { offer: { id: '1', [name]: { id: '1', text: `its ${name}` } }, offers: [{ id: '1', [name]: { id: '1', text: `its ${name}` } }] },
});
const offer = { id: '1', area: { id: '1', text: 'its area' }, name: { id: '1', text: 'its name' }, fee: { id: '1', text: 'its fee' } };

/** No entity: every subgraph is asked for its part of the root field. */
const sharedRoot: Suite = {
  subgraphs: { area: part('area', 'Area'), name: part('name', 'Name'), fee: part('fee', 'Fee') },
  cases: [
    { ask: '{ offer { id area { id text } name { id text } fee { id text } } }', gives: { offer } },
    { ask: '{ offers { id area { id text } name { id text } fee { id text } } }', gives: { offers: [offer] } },
  ],
};

const isDear = (value: boolean) => (_: unknown, self: { isDear?: boolean }) => {
  if (typeof self.isDear !== 'boolean') throw new Error('isDear was not brought');
  return value;
};

const includeSkip: Suite = {
  subgraphs: {
    a: {
      sdl: 'type Query { offer: Offer } type Offer @key(fields: "id") { id: ID! price: Float! }',
      roots: { offer: { id: '1', price: 699.5 } },
      rows: { Offer: [{ id: '1', price: 699.5 }] },
    },
    b: {
      sdl: 'type Offer @key(fields: "id") { id: ID! price: Float! @external isDear: Boolean! @requires(fields: "price") }',
      rows: { Offer: () => ({ isDear: (_: unknown, { price }: { price: number }) => price > 500 }) },
    },
    c: {
      sdl: `type Offer @key(fields: "id") { id: ID! isDear: Boolean! @external included: Boolean! @requires(fields: "isDear") kept: Boolean! @requires(fields: "isDear")
        excluded: Boolean! @requires(fields: "isDear") skipped: Boolean! @requires(fields: "isDear") }`,
      rows: { Offer: () => ({ included: isDear(true), kept: isDear(true), excluded: never, skipped: never }) },
    },
  },
  cases: [
    { ask: 'query ($yes: Boolean = false) { offer { price excluded @include(if: $yes) } }', gives: { offer: { price: 699.5 } } },
    { ask: 'query ($no: Boolean = true) { offer { price skipped @skip(if: $no) } }', gives: { offer: { price: 699.5 } } },
    { ask: 'query ($yes: Boolean = true) { offer { price included @include(if: $yes) } }', gives: { offer: { price: 699.5, included: true } } },
    { ask: 'query ($no: Boolean = false) { offer { price kept @skip(if: $no) } }', gives: { offer: { price: 699.5, kept: true } } },
    {
      ask: 'query ($yes: Boolean = true, $no: Boolean = true) { offer { kept @skip(if: $no) skipped @skip(if: $no) included @include(if: $yes) } }',
      gives: { offer: { included: true } },
    },
  ],
};

type Added = { name: string; fee: number };

/** A number that several subgraphs change in turn, whatever each takes for it. */
function counter() {
  const state = { value: 0 };
  const later = async (change: (value: number) => number) => {
    await new Promise((resolve) => setImmediate(resolve));
    state.value = change(state.value);
    return state.value;
  };
  return {
    add: ({ by }: { by: number }) => later((value) => value + by),
    times: ({ by }: { by: number }) => later((value) => value * by),
    value: () => later((value) => value),
  };
}
const counted = counter();
const tasks = [{ id: 't1', name: 'one', fee: 9.5 }];

const mutations: Suite = {
  subgraphs: {
    a: {
      sdl: `type Mutation { addTask(input: AddTaskInput!): Task! addArea(name: String!): Area! @shareable times(by: Int!): Int! } type Query { task(id: ID!): Task! }
        input AddTaskInput { name: String! fee: Float! } type Task @key(fields: "id") { id: ID! name: String! fee: Float! } type Area @key(fields: "id") { id: ID! }`,
      roots: {
        addTask: ({ input }: { input: Added }) => ({ id: 'added', ...input }),
        addArea: () => ({ id: 'c1' }),
        task: ({ id }: { id: string }) => tasks.find((task) => task.id === id),
        times: counted.times,
      },
      rows: { Task: never, Area: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Mutation { take: Int! addArea(name: String!): Area! @shareable } type Area @key(fields: "id") { id: ID! name: String! }
        type Task @key(fields: "id") { id: ID! fee: Float! @external isDear: Boolean! @requires(fields: "fee") isFree: Boolean! }`,
      roots: { take: counted.value, addArea: ({ name }: { name: string }) => ({ id: 'c1', name }) },
      rows: { Task: () => ({ isFree: true, isDear: (_: unknown, { fee }: { fee: number }) => fee > 100 }), Area: never },
    },
    c: { sdl: 'type Mutation { add(by: Int!): Int! }', roots: { add: counted.add } },
  },
  cases: [
    {
      ask: 'mutation { addTask(input: { name: "new", fee: 599.5 }) { name fee isDear isFree } }',
      gives: { addTask: { name: 'new', fee: 599.5, isDear: true, isFree: true } },
    },
    { ask: '{ task(id: "t1") { id name fee isDear isFree } }', gives: { task: { id: 't1', name: 'one', fee: 9.5, isDear: false, isFree: true } } },
    {
      ask: 'mutation { none: times(by: 0) five: add(by: 5) ten: times(by: 2) twelve: add(by: 2) last: take }',
      gives: { none: 0, five: 5, ten: 10, twelve: 12, last: 12 },
    },
    { ask: 'mutation { addArea(name: "new") { id name } }', gives: { addArea: { id: 'c1', name: 'new' } } },
  ],
};

/** One subgraph says values that the other does not know, and that no client may. */
const enumIntersection: Suite = {
  subgraphs: {
    a: {
      sdl: 'type Query { people: [Person] } type Person @key(fields: "id") { id: ID! kind: Kind @shareable } enum Kind { REGULAR }',
      roots: {
        people: [
          { id: 'u1', kind: 'REGULAR' },
          { id: 'u2', kind: 'UNNAMED' },
        ],
      },
      rows: { Person: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Query { peopleOfB: [Person] byKind(kind: Kind!): [Person] } type Person @key(fields: "id") { id: ID! kind: Kind @shareable }
        enum Kind { UNNAMED @inaccessible REGULAR }`,
      roots: {
        peopleOfB: [
          { id: 'u1', kind: 'REGULAR' },
          { id: 'u2', kind: 'UNNAMED' },
        ],
        byKind: ({ kind }: { kind: string }) => [{ id: 'u1', kind }],
      },
      rows: { Person: ({ id }) => ({ id }) },
    },
  },
  cases: [
    { ask: '{ people { id } }', gives: { people: [{ id: 'u1' }, { id: 'u2' }] } },
    {
      ask: '{ people { id kind } }',
      gives: {
        people: [
          { id: 'u1', kind: 'REGULAR' },
          { id: 'u2', kind: null },
        ],
      },
      errors: [/cannot represent value/],
    },
    {
      ask: '{ peopleOfB { id kind } }',
      gives: {
        peopleOfB: [
          { id: 'u1', kind: 'REGULAR' },
          { id: 'u2', kind: null },
        ],
      },
      faults: 1,
    },
    { ask: '{ byKind(kind: REGULAR) { id kind } }', gives: { byKind: [{ id: 'u1', kind: 'REGULAR' }] } },
    { ask: '{ byKind(kind: UNNAMED) { id kind } }', gives: null, errors: [/does not exist in "Kind" enum/] },
  ],
};

/** Of an input clients see what all subgraphs have of it. */
const inputObjectIntersection: Suite = {
  subgraphs: {
    a: {
      sdl: 'type Query { peopleOfA(filter: Filter!): [Person!] } input Filter { first: Int! } type Person @key(fields: "id") { id: ID! name: String! @shareable }',
      roots: { peopleOfA: [{ id: 'u1' }, { id: 'u2' }] },
      rows: { Person: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Query { peopleOfB(filter: Filter!): [Person!] } input Filter { offset: Int first: Int! }
        type Person @key(fields: "id") { id: ID! name: String! @shareable }`,
      roots: { peopleOfB: ({ filter }: { filter: object }) => ('offset' in filter ? [] : [{ id: 'u1', name: 'one' }]) },
      rows: { Person: ({ id }) => ({ id }) },
    },
  },
  cases: [
    { ask: '{ peopleOfA(filter: { first: 1 }) { id } }', gives: { peopleOfA: [{ id: 'u1' }, { id: 'u2' }] } },
    { ask: '{ peopleOfB(filter: { first: 1 }) { id name } }', gives: { peopleOfB: [{ id: 'u1', name: 'one' }] } },
    { ask: '{ peopleOfA(filter: { first: 1, offset: 2 }) { id } }', gives: null, errors: [/Field "offset" is not defined/] },
    { ask: '{ peopleOfB(filter: { first: 1, offset: 2 }) { id } }', gives: null, errors: [/Field "offset" is not defined/] },
  ],
};

type Member = { id: string; kind: string; peers: () => Member[] };
const member = (id: string, other: string): Member => ({ id, kind: 'KIN', peers: () => [member(other, id)] });
const circle = [member('u1', 'u2'), member('u2', 'u1')];
const inAge = [
  { id: 'u1', peers: [{ id: 'u2' }] },
  { id: 'u2', peers: [{ id: 'u1' }] },
];

/** An argument that no client may give has its default value; a value that none may see is null. */
const simpleInaccessible: Suite = {
  subgraphs: {
    age: {
      sdl: 'type Query { ofAge: [Person!]! } type Person @key(fields: "id") { id: ID age: Int @inaccessible }',
      roots: { ofAge: [{ id: 'u1' }, { id: 'u2' }] },
      rows: { Person: ({ id }) => ({ id, age: 30 }) },
    },
    peers: {
      sdl: `type Query { ofPeers: [Person!]! } type Person @key(fields: "id") { id: ID peers(kind: Kind = KIN @inaccessible): [Person!]! kind: Kind }
        enum Kind { KIN @inaccessible COLLEAGUE }`,
      roots: { ofPeers: circle },
      rows: { Person: circle },
    },
  },
  cases: [
    { ask: '{ ofAge { id peers { id } } }', gives: { ofAge: inAge } },
    { ask: '{ ofPeers { id peers { id } } }', gives: { ofPeers: inAge } },
    { ask: '{ ofPeers { id peers(kind: COLLEAGUE) { id } } }', gives: null, errors: [/Unknown argument "kind"/] },
    { ask: '{ ofAge { id age } }', gives: null, errors: [/Cannot query field "age"/] },
    {
      ask: '{ ofPeers { id peers { id kind } } }',
      gives: { ofPeers: inAge.map(({ id, peers }) => ({ id, peers: peers.map((peer) => ({ ...peer, kind: null })) })) },
      faults: 2,
    },
  ],
};

const guarded = (name: string, argument: string) => ({
  sdl: `extend schema @link(url: "https://specs.example/guarded/v1.0", import: ["@guarded"]) @composeDirective(name: "@guarded")
    directive @guarded(scope: Scope!${argument}) on FIELD enum Scope { OPEN CLOSED } type Query { ${name}: String }`,
  roots: { [name]: name },
});

/** A directive of the firm's own that stands in operations, with an argument that has a default value. */
const executableDirective: Suite = {
  subgraphs: { a: guarded('a', ''), b: guarded('b', ' = OPEN') },
  cases: [
    { ask: '{ a @guarded b @guarded }', gives: { a: 'a', b: 'b' }, onlyOurs: true },
    { ask: '{ a @guarded(scope: CLOSED) b }', gives: { a: 'a', b: 'b' }, onlyOurs: true },
  ],
};

export const roots = {
  'shared-root': sharedRoot,
  'include-skip': includeSkip,
  mutations,
  'enum-intersection': enumIntersection,
  'input-object-intersection': inputObjectIntersection,
  'simple-inaccessible': simpleInaccessible,
  'executable-directive-definition-default-arguments': executableDirective,
};
