import { type Suite, unplanned } from './suite.ts';

/** Interfaces that a subgraph knows as if they were objects. */

const users = [
  { __typename: 'User', id: 'u1', name: 'name of u1', age: 11 },
  { __typename: 'User', id: 'u2', name: 'name of u2', age: 22 },
];
const nicked = users.map(({ id, name }) => ({ id, name, nick: `nick of ${id}` }));
const accounts = [
  { __typename: 'Admin', id: 'u1', isMain: false, isActive: true },
  { __typename: 'Admin', id: 'u2', isMain: false, isActive: true },
  { __typename: 'Regular', id: 'u3', isMain: true, isActive: true },
];
const names: Readonly<Record<string, string>> = { u1: 'Ada', u2: 'Ben', u3: 'Cleo' };
const namedAccount = (id: unknown) => ({ id, name: names[String(id)] });
const onUser = '... on User { age id name nick } id name';
const usersWhole = users.map(({ id, name, age }) => ({ age, id, name, nick: `nick of ${id}` }));

const userTypes = 'interface Named @key(fields: "id") { id: ID! name: String } type User implements Named @key(fields: "id") { id: ID! name: String age: Int }';

const simpleInterfaceObject: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { users: [Named!]! } ${userTypes} interface Account @key(fields: "id") { id: ID! }
        type Admin implements Account @key(fields: "id") { id: ID! isMain: Boolean! isActive: Boolean! @shareable } type Regular implements Account @key(fields: "id") { id: ID! isMain: Boolean! }`,
      roots: { users },
      rows: { Named: users, User: users, Account: accounts, Admin: accounts, Regular: accounts },
    },
    b: {
      sdl: `type Query { others: [Named] accounts: [Account] } type Named @key(fields: "id") @interfaceObject { id: ID! nick: String }
        type Account @key(fields: "id") @interfaceObject { id: ID! name: String }`,
      roots: { others: nicked.map(({ id, nick }) => ({ id, nick })), accounts: ['u1', 'u2', 'u3'].map(namedAccount) },
      rows: { Named: ({ id }) => ({ id, nick: `nick of ${id}` }), Account: ({ id }) => namedAccount(id) },
    },
    c: {
      sdl: 'type Account @key(fields: "id") @interfaceObject { id: ID! isActive: Boolean! @shareable }',
      rows: { Account: ({ id }) => ({ id, isActive: false }) },
    },
  },
  cases: [
    { ask: '{ others { id name nick } }', gives: { others: nicked } },
    { ask: '{ users { id name nick } }', gives: { users: nicked } },
    { ask: '{ others { ... on User { age } } }', gives: { others: [{ age: 11 }, { age: 22 }] } },
    { ask: '{ users { ... on User { age } } }', gives: { users: [{ age: 11 }, { age: 22 }] } },
    { ask: `{ others { ${onUser} } }`, gives: { others: usersWhole } },
    { ask: `{ users { ${onUser} } }`, gives: { users: usersWhole } },
    { ask: `{ users { ${onUser} __typename } }`, gives: { users: usersWhole.map((each) => ({ ...each, __typename: 'User' })) } },
    { ask: '{ accounts { name } }', gives: { accounts: [{ name: 'Ada' }, { name: 'Ben' }, { name: 'Cleo' }] } },
    { ask: '{ accounts { ... on Admin { name } } }', gives: { accounts: [{ name: 'Ada' }, { name: 'Ben' }, {}] } },
    {
      ask: '{ accounts { name __typename } }',
      gives: { accounts: accounts.map(({ id, __typename }) => ({ name: names[id], __typename })) },
    },
    { ask: '{ accounts { ... on Admin { __typename } } }', gives: { accounts: [{ __typename: 'Admin' }, { __typename: 'Admin' }, {}] } },
    { ask: '{ accounts { id isActive } }', gives: { accounts: ['u1', 'u2', 'u3'].map((id) => ({ id, isActive: false })) } },
    {
      ask: '{ accounts { id ... on Admin { isActive } } }',
      gives: { accounts: [{ id: 'u1', isActive: true }, { id: 'u2', isActive: true }, { id: 'u3' }] },
    },
  ],
};

const withRequires: Suite = {
  subgraphs: {
    a: { sdl: `type Query { users: [Named!]! } ${userTypes}`, roots: { users }, rows: { Named: users, User: users } },
    b: {
      sdl: `type Query { others: [Named] } type Named @key(fields: "id") @interfaceObject { id: ID! name: String @external nick: String @requires(fields: "name") }`,
      roots: { others: [{ id: 'u1' }, { id: 'u2' }] },
      rows: {
        Named: () => ({
          nick: (_: unknown, { id, name }: { id: string; name?: string }) => {
            if (name === undefined) throw new Error('name was not brought');
            return `nick of ${id}`;
          },
        }),
      },
    },
  },
  cases: [
    { ask: '{ others { id name nick } }', gives: { others: nicked } },
    { ask: '{ users { id name nick } }', gives: { users: nicked } },
    { ask: '{ others { ... on User { age } } }', gives: { others: [{ age: 11 }, { age: 22 }] } },
    { ask: '{ users { ... on User { age } } }', gives: { users: [{ age: 11 }, { age: 22 }] } },
    { ask: `{ others { ${onUser} } }`, gives: { others: usersWhole } },
    { ask: `{ users { ${onUser} } }`, gives: { users: usersWhole } },
    { ask: `{ users { ${onUser} } others { nick } }`, gives: { users: usersWhole, others: [{ nick: 'nick of u1' }, { nick: 'nick of u2' }] } },
  ],
};

const video = { __typename: 'Video', id: '1', title: 'title of 1', seconds: 100 };

/** A subgraph extends one type of the interface, and knows the interface not. */
const indirectExtension: Suite = {
  subgraphs: {
    media: {
      sdl: `type Query { medium: Medium } interface Medium @key(fields: "id") { id: ID! title: String } type Video implements Medium @key(fields: "id") { id: ID! title: String seconds: Int }
        type Article implements Medium @key(fields: "id") { id: ID! title: String words: Int }`,
      roots: { medium: video },
      rows: { Medium: [video], Video: [video], Article: [] },
    },
    authors: {
      sdl: 'type Query { author: Author } type Author @key(fields: "id") { id: ID! name: String } extend type Video @key(fields: "id") { id: ID! by: String }',
      roots: { author: { id: '1', name: 'name of 1' } },
      rows: { Author: ({ id }) => ({ id, name: `name of ${id}` }), Video: ({ id }) => ({ id, by: 'Ada' }) },
    },
    lists: {
      sdl: 'type Query { list: List } type List @key(fields: "id") { id: ID! name: String medium: Medium } type Medium @key(fields: "id") @interfaceObject { id: ID! }',
      roots: { list: { id: '1', name: 'list 1', medium: { id: '1' } } },
      rows: { List: ({ id }) => ({ id, name: `list ${id}`, medium: { id } }), Medium: ({ id }) => ({ id }) },
    },
  },
  cases: [
    {
      ask: `{ medium { id title ... on Video { seconds by } ... on Article { words } } author { id name }
        list { id name medium { id ... on Video { seconds } } } }`,
      gives: {
        medium: { id: '1', title: 'title of 1', seconds: 100, by: 'Ada' },
        author: { id: '1', name: 'name of 1' },
        list: { id: '1', name: 'list 1', medium: { id: '1', seconds: 100 } },
      },
    },
    { ask: '{ list { medium { title ... on Video { by } } } }', gives: { list: { medium: { title: 'title of 1', by: 'Ada' } } } },
  ],
};

/** Nothing of the owner's is of the interface, so that only the other subgraph has things of it. */
const nonResolvable: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { a: Node offer: Offer } interface Node @key(fields: "id") { id: ID! } interface Offer @key(fields: "id") { id: ID! }
        type Course implements Offer @key(fields: "id") { id: ID! }`,
      roots: { a: { id: 'n1' }, offer: { __typename: 'Course', id: 'p1' } },
      rows: { Offer: ({ id }) => ({ __typename: 'Course', id }), Course: ({ id }) => ({ id }), Node: ({ id }) => ({ id }) },
    },
    b: {
      sdl: `type Query { b: Node } type Node @key(fields: "id") @interfaceObject { id: ID! field: String }
        type Offer @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      roots: { b: { id: 'n1', field: 'foo' } },
      rows: { Node: ({ id }) => ({ id, field: 'foo' }) },
    },
  },
  cases: [
    { ask: '{ b { id field } }', gives: { b: { id: 'n1', field: 'foo' } } },
    { ask: '{ a { field } }', gives: null, errors: [unplanned], onlyOurs: true },
    { ask: '{ b { id } }', gives: { b: { id: 'n1' } } },
    { ask: '{ a { id } }', gives: { a: null }, errors: [/Abstract type "Node" must resolve to an Object type/] },
    { ask: '{ offer { id } }', gives: { offer: { id: 'p1' } } },
    { ask: '{ offer { id name } }', gives: null, errors: [/Cannot query field "name"/] },
    { ask: '{ offer { ... on Course { id } } }', gives: { offer: { id: 'p1' } } },
  ],
};

export const objects = {
  'simple-interface-object': simpleInterfaceObject,
  'interface-object-with-requires': withRequires,
  'interface-object-indirect-extension': indirectExtension,
  'non-resolvable-interface-object': nonResolvable,
};
