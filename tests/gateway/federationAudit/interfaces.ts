import { type Suite, unplanned } from './suite.ts';

/** Interfaces that several subgraphs have, each with types of its own. */

const known = [
  { __typename: 'Person', id: 'p-1', name: 'Ada', rate: 10 },
  { __typename: 'Area', id: 'c-1', name: 'tax' },
];
const bare = known.map(({ __typename, id }) => ({ __typename, id }));
const bareNodes =
  'interface Node { id: ID! } type Person implements Node @key(fields: "id") { id: ID! } type Area implements Node @key(fields: "id") { id: ID! }';

const node: Suite = {
  subgraphs: {
    nodes: {
      sdl: `type Query { person: Node area: Node } ${bareNodes}`,
      roots: { person: bare[0], area: bare[1] },
      rows: { Person: bare, Area: bare },
    },
    more: { sdl: bareNodes, rows: { Person: bare, Area: bare } },
    names: {
      sdl: `interface Node { id: ID! } type Person implements Node @key(fields: "id") @shareable { id: ID! name: String! rate: Float! }
        type Area implements Node @key(fields: "id") { id: ID! name: String! }`,
      rows: { Person: known, Area: known },
    },
  },
  cases: [
    { ask: '{ person { ... on Person { id name __typename rate } } }', gives: { person: { id: 'p-1', name: 'Ada', __typename: 'Person', rate: 10 } } },
    {
      ask: '{ area { __typename id ... on Area { name } } person { ... on Area { name } } }',
      gives: { area: { __typename: 'Area', id: 'c-1', name: 'tax' }, person: {} },
    },
  ],
};

const chat = { __typename: 'Chat', id: 'c1', text: 'text of c1' };
const account = { __typename: 'Account', id: 'a1', nick: 'Ada' };
const nodeOf =
  (...rows: readonly { id: string }[]) =>
  ({ id }: { id: string }) =>
    rows.find((row) => row.id === id);
const never = 'not the id';

/** No subgraph can say the id of all that its field may give: where it is asked for, there is no way. */
const corruptedNodeId: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { node(id: ID!): Node @shareable account(id: String!): Account } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! nick: String! } type Chat implements Node @key(fields: "id") { id: ID! @external account: Account! }`,
      roots: {
        node: ({ id }: { id: string }) => (id === 'a1' ? account : { __typename: 'Chat', id: never, account }),
        account: nodeOf(account),
      },
      rows: { Account: [account], Chat: [{ id: 'c1', account }] },
    },
    b: {
      sdl: `type Query { node(id: ID!): Node @shareable chat(id: String!): Chat } interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! @external chats: [Chat!]! } type Chat implements Node @key(fields: "id") { id: ID! text: String! }`,
      roots: {
        node: ({ id }: { id: string }) => (id === 'c1' ? chat : { __typename: 'Account', id: never, chats: [chat] }),
        chat: nodeOf(chat),
      },
      rows: { Account: [{ id: 'a1', chats: [chat] }], Chat: [chat] },
    },
  },
  cases: [
    { ask: '{ node(id: "a1") { id } }', gives: null, errors: [unplanned] },
    {
      ask: '{ account: node(id: "a1") { __typename } chat: node(id: "c1") { __typename } }',
      gives: { account: { __typename: 'Account' }, chat: { __typename: 'Chat' } },
    },
    {
      ask: '{ account: node(id: "a1") { ... on Account { id nick } } chat: node(id: "c1") { ... on Chat { id text } } }',
      gives: { account: { id: 'a1', nick: 'Ada' }, chat: { id: 'c1', text: 'text of c1' } },
    },
    {
      ask: '{ account: node(id: "a1") { ... on Chat { id } } chat: node(id: "c1") { ... on Account { id } } }',
      gives: { account: {}, chat: {} },
    },
    {
      ask: '{ account: node(id: "a1") { __typename ... on Chat { id } } chat: node(id: "c1") { __typename ... on Account { id } } }',
      gives: { account: { __typename: 'Account' }, chat: { __typename: 'Chat' } },
    },
    {
      ask: '{ account: node(id: "a1") { id ... on Chat { id } } chat: node(id: "c1") { __typename ... on Account { id } } }',
      gives: null,
      errors: [unplanned],
    },
    { ask: '{ chat(id: "c1") { id } }', gives: { chat: { id: 'c1' } } },
    { ask: '{ account(id: "a1") { id } }', gives: { account: { id: 'a1' } } },
    { ask: '{ chat(id: "c1") { id text account { id } } }', gives: { chat: { id: 'c1', text: 'text of c1', account: { id: 'a1' } } } },
    { ask: '{ account(id: "a1") { id nick chats { id } } }', gives: { account: { id: 'a1', nick: 'Ada', chats: [{ id: 'c1' }] } } },
  ],
};

const printer = { __typename: 'Printer', id: '1' };
const scanner = { __typename: 'Scanner', id: '2', warranty: 4 };

const typename: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { either: Device thing: Thing } union Device = Printer | Scanner interface Thing { id: ID! }
        type Printer implements Thing { id: ID! } type Scanner implements Thing { id: ID! warranty: Int }`,
      roots: { either: printer, thing: scanner },
    },
    b: {
      sdl: 'type Query { users: [User!]! } interface User @key(fields: "id") { id: ID! } type Admin implements User @key(fields: "id") { id: ID! }',
      roots: {
        users: [
          { __typename: 'Admin', id: 'u1' },
          { __typename: 'Admin', id: 'u2' },
        ],
      },
      rows: { User: ({ id }) => ({ __typename: 'Admin', id }), Admin: ({ id }) => ({ id }) },
    },
    c: { sdl: 'type User @key(fields: "id") @interfaceObject { id: ID! name: String! }', rows: { User: ({ id }) => ({ id, name: `name of ${id}` }) } },
  },
  cases: [
    { ask: '{ either { __typename typename: __typename } }', gives: { either: { __typename: 'Printer', typename: 'Printer' } } },
    {
      ask: '{ thing { id __typename typename: __typename t: __typename } }',
      gives: { thing: { id: '2', __typename: 'Scanner', typename: 'Scanner', t: 'Scanner' } },
    },
    {
      ask: '{ either { __typename ... on Printer { typename: __typename } ... on Scanner { typename: __typename } } }',
      gives: { either: { __typename: 'Printer', typename: 'Printer' } },
    },
    {
      ask: '{ thing { __typename ... on Printer { typename: __typename } ... on Scanner { typename: __typename } } }',
      gives: { thing: { __typename: 'Scanner', typename: 'Scanner' } },
    },
    { ask: '{ users { id } }', gives: { users: [{ id: 'u1' }, { id: 'u2' }] } },
    { ask: '{ users { __typename } }', gives: { users: [{ __typename: 'Admin' }, { __typename: 'Admin' }] } },
    { ask: '{ users { name } }', gives: { users: [{ name: 'name of u1' }, { name: 'name of u2' }] } },
    {
      ask: '{ __typename users { kind: __typename name } }',
      gives: { __typename: 'Query', users: ['u1', 'u2'].map((id) => ({ kind: 'Admin', name: `name of ${id}` })) },
    },
  ],
};

const printers = ['printer1', 'printer2'].map((id) => ({ __typename: 'Printer', id }));
const scanners = [
  { __typename: 'Scanner', id: 'scanner1', warranty: 3 },
  { __typename: 'Scanner', id: 'scanner2', warranty: 4 },
];
const scannerIds = scanners.map(({ id }) => ({ id }));

/** A type is one of an interface in one subgraph, and none of it in the other that gives it. */
const unionInterfaceDistributed: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { devices: [Device] node(id: ID!): Node nodes: [Node] scanners: [Scanner] } union Device = Printer | Scanner interface Node { id: ID! }
        interface Warranted { warranty: Int } type Printer @key(fields: "id") { id: ID! } type Scanner implements Node & Warranted @key(fields: "id") { id: ID! warranty: Int }`,
      roots: { devices: [...printers, ...scanners], node: nodeOf(...printers, ...scanners), nodes: scanners, scanners },
      rows: { Printer: printers, Scanner: scanners },
    },
    b: {
      sdl: `interface Node { id: ID! } interface Warranted { warranty: Int } type Printer implements Node & Warranted @key(fields: "id") { id: ID! warranty: Int }`,
      rows: { Printer: printers.map((each) => ({ ...each, warranty: 1 })) },
    },
  },
  cases: [
    { ask: '{ devices { ... on Node { id } } }', gives: { devices: [...printers, ...scanners].map(({ id }) => ({ id })) } },
    { ask: '{ nodes { ... on Scanner { warranty } ... on Printer { id } } }', gives: { nodes: [{ warranty: 3 }, { warranty: 4 }] } },
    { ask: '{ nodes { id } }', gives: { nodes: scannerIds } },
    { ask: '{ nodes { ... on Node { id } } }', gives: { nodes: scannerIds } },
    { ask: '{ nodes { ... on Node { ... on Warranted { warranty } } } }', gives: { nodes: [{ warranty: 3 }, { warranty: 4 }] } },
    {
      ask: '{ nodes { ... on Node { id ... on Node { id ... on Warranted { warranty } } } } }',
      gives: { nodes: scanners.map(({ id, warranty }) => ({ id, warranty })) },
    },
    {
      ask: '{ scanners { ...S ...N } } fragment S on Scanner { id } fragment N on Node { id __typename }',
      gives: { scanners: scanners.map(({ id, __typename }) => ({ id, __typename })) },
    },
    // The subgraph gives what its interface is not: it says so itself.
    { ask: '{ node(id: "printer1") { ... on Printer { warranty } } }', gives: { node: null }, errors: [/is not a possible type for "Node"/] },
    { ask: '{ node(id: "printer1") { ... on Scanner { warranty } } }', gives: { node: null }, errors: [/is not a possible type for "Node"/] },
    { ask: '{ node(id: "scanner1") { ... on Scanner { warranty } } }', gives: { node: { warranty: 3 } } },
    { ask: '{ devices { ... on Warranted { warranty } } }', gives: { devices: [{ warranty: 1 }, { warranty: 1 }, { warranty: 3 }, { warranty: 4 }] } },
  ],
};

export const interfaces = {
  node,
  'corrupted-supergraph-node-id': corruptedNodeId,
  typename,
  'union-interface-distributed': unionInterfaceDistributed,
};
