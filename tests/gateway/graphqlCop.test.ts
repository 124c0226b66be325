import { readFile } from 'node:fs/promises';
import { buildSchema, type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { constellation } from '../support/constellation.ts';
import { root } from '../support/house.ts';

let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = await constellation({ subgraphs });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const wishes = {
  nobody: undefined,
  portal: { role: 'portal', customerIds: [newId()] },
  consultant: { role: 'consultant', employeeId: newId() },
  admin: { role: 'admin' },
} satisfies Record<string, TokenWish | undefined>;
type Caller = keyof typeof wishes;
const callers = Object.keys(wishes) as Caller[];

/** Calls as a caller: with what, and to which path. */
type Call = (init: RequestInit, path?: string) => Promise<{ text: string; json: Json }>;
// biome-ignore lint/suspicious/noExplicitAny: whatever comes
type Json = any;

const callAs =
  (caller: Caller): Call =>
  async (init, path = '/graphql') => {
    const wish = wishes[caller];
    const authorization: Record<string, string> = wish ? { authorization: `Bearer ${await world.issuer.token(wish)}` } : {};
    const response = await fetch(new URL(path, world.url), { ...init, headers: { ...init.headers, ...authorization } });
    const text = await response.text();
    return { text, json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined };
  };

const post = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const asks = (query: string) => post({ query });
const get = (query: string) => `/graphql?${new URLSearchParams({ query })}`;
const form = (type: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body: new URLSearchParams({ query: '{ __typename }' }).toString(),
});
const many = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(' ');

const circle = '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';
const fragments = 'query { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }';
const pages = ['/graphiql', '/playground', '/console', '/graphql'];

/** Why what is found is meant to be so. */
const known = 'it holds schema:read';
const contract = 'the schema of its contract is its own to know';
const bearer = 'a token in a header comes from no page of a stranger, and GET changes nothing';

type Detection = [name: string, found: (call: Call) => Promise<boolean>, meant?: Partial<Record<Caller, string>>];

/** What graphql-cop (github.com/dolevf/graphql-cop) looks for, each by its own test. */
const detections: Detection[] = [
  ['alias overloading', async (call) => Boolean((await call(asks(`{ ${many(101, (n) => `alias${n}: __typename`)} }`))).json?.data?.alias100)],
  ['array-based batching', async (call) => ((await call(post(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))))).json?.length ?? 0) >= 10],
  ['directive overloading', async (call) => (await call(asks(`query { __typename ${'@aa'.repeat(10)} }`))).json?.errors?.length >= 10],
  ['field duplication', async (call) => Boolean((await call(asks(`{ ${'__typename '.repeat(500)} }`))).json?.data?.__typename)],
  ['circular fragments', async (call) => !(await call(asks(fragments))).json?.errors],
  ['circular introspection', async (call) => ((await call(asks(circle))).json?.data?.__schema?.types.length ?? 0) > 25],
  [
    'introspection',
    async (call) => Boolean((await call(asks('{ __schema { types { name fields { name } } } }'))).json?.data?.__schema?.types),
    { portal: contract, consultant: known, admin: known },
  ],
  ['field suggestions', async (call) => (await call(asks('{ __schema { directive } }'))).text.includes('Did you mean'), { consultant: known, admin: known }],
  [
    'queries by GET',
    async (call) => Boolean((await call({}, get('{ __typename }'))).json?.data?.__typename),
    { portal: bearer, consultant: bearer, admin: bearer },
  ],
  ['mutations by GET', async (call) => Boolean((await call({}, get('mutation { __typename }'))).json?.data?.__typename)],
  [
    'mutations by GET, as a stream',
    async (call) => (await call({ headers: { accept: 'text/event-stream' } }, get('mutation { __typename }'))).text.includes('"__typename"'),
  ],
  ['POST with what belongs to GET', async (call) => Boolean((await call({ method: 'POST' }, get('{ __typename }'))).json?.data)],
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'].map(
    (type): Detection => [`POST of ${type}`, async (call) => Boolean((await call(form(type))).json?.data)],
  ),
  [
    'a page for people',
    async (call) => {
      const texts = await Promise.all(pages.map(async (path) => (await call({ headers: { accept: 'text/html' } }, path)).text));
      return texts.some((text) => /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/.test(text));
    },
  ],
  [
    'tracing',
    async (call) => {
      const traced = {
        ...asks('{ __typename }'),
        headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1', 'x-apollo-tracing': '1' },
      };
      return /tracing|ftv1|stacktrace|exception/i.test((await call(traced)).text);
    },
  ],
  ['unhandled errors', async (call) => /exception|stacktrace|node_modules|\.ts:/i.test((await call(asks('qwerty cop { abc }'))).text)],
];

test('every detection is clean for a stranger, and what is found is said of whom', () => {
  expect(detections.filter(([, , meant]) => meant?.nobody)).toEqual([]);
  expect(detections.length).toBe(18);
});

describe.each(callers)('graphql-cop as %s', (caller) => {
  test.each(detections)('%s', async (_, found, meant = {}) => {
    expect(await found(callAs(caller))).toBe(meant[caller] !== undefined);
  });
});

/** Every name that a schema has. */
function namesOf(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ('args' in field) for (const { name } of field.args) names.add(name);
    }
  }
  return names;
}

describe.each(['nobody', 'portal'] as const)('a schema', (caller) => {
  test(`is not to be had from what ${caller} is told of names that are nearly right`, async () => {
    const names = namesOf(world.graph.planning().apiSchema);
    const own = namesOf(buildSchema(await readFile(new URL('schema/contracts/portal.graphql', root), 'utf8')));
    const call = callAs(caller);
    const nearly = [...names].map((name) => `${name}e`).filter((name) => !names.has(name));
    const few = Array.from({ length: Math.ceil(nearly.length / 5) }, (_, index) => nearly.slice(index * 5, index * 5 + 5));
    const questions = [
      ...few.map((some) => `{ ${some.join(' ')} }`),
      ...few.flatMap(([name]) => [
        `{ customers(${name}: 1) { totalCount } }`,
        `{ customers(filter: { ${name}: 1 }) { totalCount } }`,
        `{ customers(orderBy: { field: ${name}, direction: ASC }) { totalCount } }`,
        `query ($x: ${name}) { customers { totalCount } }`,
        `{ customers { ... on ${name} { totalCount } } }`,
        `mutation { ${name} }`,
      ]),
    ];
    expect(questions.length).toBeGreaterThan(1000);
    const told: string[] = [];
    for (const query of questions) {
      const { errors } = (await call(asks(query))).json;
      for (const { message } of errors)
        for (const [, word = ''] of message.matchAll(/"[^"]*?(\w+)[^"]*"/g)) if (names.has(word) && !own.has(word) && !query.includes(word)) told.push(message);
    }
    expect(told).toEqual([]);
  });
});
