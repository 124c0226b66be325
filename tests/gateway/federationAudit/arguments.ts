import type { Suite } from './suite.ts';

/** Fields that need others under arguments of their own, whatever the client asks for beside them. */

type Self = Readonly<Record<string, unknown>>;

const remarks = [
  { id: 'c1', task: 't1', by: 'a2', text: 'one' },
  { id: 'c2', task: 't1', by: 'a2', text: 'two' },
  { id: 'c3', task: 't1', by: 'a2', text: 'same' },
  { id: 'c4', task: 't2', by: 'a1', text: 'four' },
  { id: 'c5', task: 't2', by: 'a1', text: 'five' },
  { id: 'c6', task: 't2', by: 'a1', text: 'six' },
  { id: 'c7', task: 't2', by: 'a1', text: 'same' },
];
const remarksOf = (task: unknown) => (args: { limit: number }) =>
  remarks
    .filter((each) => each.task === task)
    .slice(0, args.limit)
    .map(({ id }) => ({ id, elsewhere: elsewhere(id) }));
const elsewhere = (id: unknown) => () => {
  const { text, task } = remarks.find((each) => each.id === id) ?? {};
  return remarks.filter((each) => each.text === text && each.task !== task).map((each) => ({ id: each.task, remarks: remarksOf(each.task) }));
};

const prices: Readonly<Record<string, number>> = { EUR: 2, USD: 1 };
const priced = (upc: unknown) => (upc === 'p1' ? 11 : 22);
const item = (upc: string) => ({
  upc,
  name: `name of ${upc}`,
  weight: priced(upc) / 11,
  price: ({ currency }: { currency: string }) => priced(upc) * (prices[currency] ?? Number.NaN),
  area: { mean: ({ currency }: { currency: string }) => priced(upc) * (prices[currency] ?? Number.NaN) },
});
const cost = (_: unknown, { price, weight }: { price?: number; weight?: number }) => Number(price) * Number(weight) * 10;
const areaOf = ({ area }: Self) => (area as { mean: number }).mean;

const itemsOwner = {
  sdl: `type Query { items: [Item] } type Item @key(fields: "upc") { upc: String! name: String price(currency: String!): Int weight: Int area: Area }
    type Area { mean(currency: String!): Int }`,
  roots: { items: [item('p1'), item('p2')] },
  rows: { Item: ({ upc }: Self) => item(String(upc)) },
};

const needing = (
  more: string,
) => `type Item @key(fields: "upc") { upc: String! weight: Int @external price(currency: String!): Int @external area: Area @external
  cost: Int @requires(fields: "price(currency: \\"USD\\") weight") isDear: Boolean @requires(fields: "area { mean(currency: \\"USD\\") }") ${more} }
  type Area @external { mean(currency: String!): Int }`;

const authors = ({ remarks: brought }: { remarks?: readonly { by?: string }[] }) => {
  if (brought?.length !== 3) throw new Error('three remarks are needed');
  return { id: brought[2]?.by, name: `name of ${brought[2]?.by}` };
};

const requiresWithArgument: Suite = {
  subgraphs: {
    a: { sdl: needing(''), rows: { Item: () => ({ cost, isDear: (_: unknown, self: Self) => areaOf(self) > 11 }) } },
    b: itemsOwner,
    c: {
      sdl: `type Query { tasks: [Task] } type Task @key(fields: "id") { id: ID! remarks(limit: Int!): [Remark] @external }
        type Remark @key(fields: "id") { id: ID! by: ID text: String! elsewhere: [Task] @external
          isSpam: Boolean @requires(fields: "elsewhere { remarks(limit: 50) { id } }") }`,
      roots: { tasks: [{ id: 't1' }, { id: 't2' }] },
      rows: {
        Task: ({ id }) => ({ id }),
        Remark: ({ id }) => ({
          ...remarks.find((each) => each.id === id),
          isSpam: (_: unknown, self: { elsewhere?: { remarks?: { id?: string }[] }[] }) =>
            (self.elsewhere ?? []).length > 0 && self.elsewhere?.every((each) => each.remarks?.every((other) => other.id !== undefined)),
        }),
      },
    },
    d: {
      sdl: `type Task @key(fields: "id") { id: ID! author: Author @requires(fields: "remarks(limit: 3) { by }") remarks(limit: Int!): [Remark] }
        type Remark @key(fields: "id") { id: ID! date: String by: ID @external elsewhere: [Task] } type Author { id: ID! name: String }`,
      rows: {
        // What a representation brings stands in the place of the field, so that the field itself is worked out beside it.
        Task: ({ id }) => ({ id, remarks: remarksOf(id), author: (_: unknown, self: Self) => authors(self) }),
        Remark: ({ id }) => ({ id, elsewhere: elsewhere(id) }),
      },
    },
  },
  cases: [
    {
      ask: '{ items { upc name cost } }',
      gives: {
        items: [
          { upc: 'p1', name: 'name of p1', cost: 110 },
          { upc: 'p2', name: 'name of p2', cost: 440 },
        ],
      },
    },
    { ask: '{ tasks { author { id } } }', gives: { tasks: [{ author: { id: 'a2' } }, { author: { id: 'a1' } }] }, onlyOurs: true },
    {
      ask: '{ tasks { author { id } remarks(limit: 1) { id } } }',
      gives: {
        tasks: [
          { author: { id: 'a2' }, remarks: [{ id: 'c1' }] },
          { author: { id: 'a1' }, remarks: [{ id: 'c4' }] },
        ],
      },
      onlyOurs: true,
    },
    {
      ask: '{ tasks { remarks(limit: 3) { isSpam } } }',
      gives: {
        tasks: [{ remarks: [{ isSpam: false }, { isSpam: false }, { isSpam: true }] }, { remarks: [{ isSpam: false }, { isSpam: false }, { isSpam: false }] }],
      },
    },
    {
      ask: 'query ($limit: Int = 1) { tasks { author { id } remarks(limit: $limit) { id } } }',
      gives: {
        tasks: [
          { author: { id: 'a2' }, remarks: [{ id: 'c1' }] },
          { author: { id: 'a1' }, remarks: [{ id: 'c4' }] },
        ],
      },
      onlyOurs: true,
    },
    {
      ask: `query ($limit: Int = 1) { tasks { author { id } ...A ...B } }
        fragment A on Task { remarks(limit: $limit) { id } } fragment B on Task { remarks(limit: $limit) { id } }`,
      gives: {
        tasks: [
          { author: { id: 'a2' }, remarks: [{ id: 'c1' }] },
          { author: { id: 'a1' }, remarks: [{ id: 'c4' }] },
        ],
      },
      onlyOurs: true,
    },
    {
      ask: '{ tasks { last: author { name } author: remarks(limit: 1) { by isSpam } remarks(limit: 3) { by } few: remarks(limit: 2) { isSpam } } }',
      gives: {
        tasks: [
          {
            last: { name: 'name of a2' },
            author: [{ by: 'a2', isSpam: false }],
            remarks: [{ by: 'a2' }, { by: 'a2' }, { by: 'a2' }],
            few: [{ isSpam: false }, { isSpam: false }],
          },
          {
            last: { name: 'name of a1' },
            author: [{ by: 'a1', isSpam: false }],
            remarks: [{ by: 'a1' }, { by: 'a1' }, { by: 'a1' }],
            few: [{ isSpam: false }, { isSpam: false }],
          },
        ],
      },
      onlyOurs: true,
    },
  ],
};

/** Two fields of one subgraph that need one field under different arguments: a representation has one place for it. */
const requiresWithArgumentConflict: Suite = {
  subgraphs: {
    a: {
      sdl: needing(
        'costInEuros: Int @requires(fields: "price(currency: \\"EUR\\") weight") isDearInEuros: Boolean @requires(fields: "area { mean(currency: \\"EUR\\") }")',
      ),
      rows: {
        Item: () => ({
          cost,
          costInEuros: cost,
          isDear: (_: unknown, self: Self) => areaOf(self) > 11,
          isDearInEuros: (_: unknown, self: Self) => areaOf(self) > 21,
        }),
      },
    },
    b: itemsOwner,
  },
  cases: [
    {
      ask: '{ items { upc name cost costInEuros isDear isDearInEuros } }',
      gives: {
        items: [
          { upc: 'p1', name: 'name of p1', cost: 110, costInEuros: 220, isDear: false, isDearInEuros: true },
          { upc: 'p2', name: 'name of p2', cost: 440, costInEuros: 880, isDear: true, isDearInEuros: true },
        ],
      },
      onlyOurs: true,
    },
    { ask: '{ items { costInEuros } }', gives: { items: [{ costInEuros: 220 }, { costInEuros: 880 }] } },
    {
      ask: '{ items { price(currency: "EUR") cost euros: costInEuros } }',
      gives: {
        items: [
          { price: 22, cost: 110, euros: 220 },
          { price: 44, cost: 440, euros: 880 },
        ],
      },
      onlyOurs: true,
    },
  ],
};

export const underArguments = {
  'requires-with-argument': requiresWithArgument,
  'requires-with-argument-conflict': requiresWithArgumentConflict,
};
