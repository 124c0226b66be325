import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apolloLane } from '#gateway/apolloLane.ts';
import { createContracts } from '#gateway/contracts.ts';
import { createBudget } from '#gateway/cost/budget.ts';
import { createMetrics } from '#gateway/metrics.ts';
import type { HttpOperation, Lane, OperationParts } from '#gateway/operations.ts';
import { plainParams } from '#gateway/params.ts';
import { createPreparer } from '#gateway/prepared.ts';
import { carriedOut, readyFor } from '#gateway/preparedLane.ts';
import type { Actor } from '#kernel/actor.ts';
import { fixtureWorld, loggedLines } from '../support/fixtureGraph.ts';
import { marketOperation } from '../support/marketOperations.ts';
import { seeds } from '../support/seeds.ts';

let world: Awaited<ReturnType<typeof fixtureWorld>>;
let apollo: Side & { lane: Lane };
let prepared: Side & { prepare: ReturnType<typeof createPreparer> };

type Side = { parts: OperationParts; lines: string[] };

/** A way of its own to the same graph: what it logs and counts is kept apart. */
function side(): Side {
  const { log, lines } = loggedLines();
  return {
    lines,
    parts: {
      graph: world.graph,
      contracts: createContracts(world.graph),
      trusted: world.trusted,
      metrics: createMetrics(),
      log,
      limits: world.limits,
      budget: createBudget({}),
      usage: world.usage,
      revocations: world.revocations,
    },
  };
}

beforeAll(async () => {
  world = await fixtureWorld();
  const [one, other] = [side(), side()];
  apollo = { ...one, lane: await apolloLane(one.parts) };
  prepared = { ...other, prepare: createPreparer(other.parts) };
});
afterAll(async () => {
  await apollo.lane.close();
  await world[Symbol.asyncDispose]();
});

const admin: Actor = { id: 'admin', kind: 'STAFF', permissions: ['*'] };
const nobody: Actor = { id: 'nobody', kind: 'STAFF', permissions: [] };

type Wish = Partial<Omit<HttpOperation, 'exchange'>> & { actor?: Actor };
const asked = ({ method = 'POST', search = '', accept, body, actor = admin }: Wish): HttpOperation => ({
  ...{ method, search, accept, body },
  exchange: { actor, trace: { correlationId: 'same-for-both' } },
});

/** What the prepared lane makes of it; undefined where it leaves it to the other. */
async function carried(operation: HttpOperation) {
  const params = plainParams(operation.method, operation.search, operation.body);
  const ready = params && readyFor(prepared.prepare(params.query), operation, params);
  return ready && carriedOut(prepared.parts, operation.exchange, ready);
}

/** Log lines without what is a line's own. */
const said = (lines: string[]): unknown[] =>
  lines.splice(0).map((line) => {
    const { time: _, pid: __, err, ...rest } = JSON.parse(line);
    return { ...rest, ...(err ? { err: err.message } : {}) };
  });

async function counted({ parts }: Side): Promise<unknown> {
  const { values } = await parts.metrics.requestSeconds.get();
  return values.filter(({ metricName }) => metricName?.endsWith('_count')).map(({ labels, value }) => ({ labels, value }));
}

/** True when both lanes did it, and the same. */
async function same(operation: HttpOperation, about: string): Promise<boolean> {
  const ours = await carried(operation);
  if (!ours) return false;
  const { headers: _, ...theirs } = await apollo.lane.run(operation);
  expect(ours, about).toEqual(theirs);
  expect(said(prepared.lines), about).toEqual(said(apollo.lines));
  return true;
}

const query = (text: string, more: Record<string, unknown> = {}) => ({ body: { query: text, ...more } });
const search = (parameters: Record<string, string>) => ({ method: 'GET', search: `?${new URLSearchParams(parameters)}` });

describe('what both lanes can answer', () => {
  test.each<[string, Wish]>([
    ['data of two subgraphs', query('{ books(first: 2) { id title author { id name } } }')],
    ['a refusal at its place', query('{ refused books(first: 1) { id } }')],
    ['a refusal under one thing of several', query('{ books(first: 2) { authors { id secret } } }')],
    ['a fault, masked', query('{ broken }')],
    ['what is lost, where null may stand', query('{ hidden { id name } }')],
    ['what is lost, where it may not', query('{ lost { id name } authorCount }')],
    ['aliases that are names of keys', query('{ books(first: 1) { id: title title: id __typename author { id: name } } }')],
    ['an error under an alias that is the name of a key', query('{ books(first: 1) { id: title authors { id: secret } } }')],
    ['__typename alone', query('{ __typename }')],
    ['variables with defaults', query('query ($first: Int = 1) { books(first: $first) { id } }')],
    ['variables that are given', query('query ($first: Int = 1) { books(first: $first) { id } }', { variables: { first: 2 } })],
    [
      'conditions',
      query('query ($yes: Boolean!) { books(first: 1) { id title @include(if: $yes) author @skip(if: $yes) { name } } }', { variables: { yes: true } }),
    ],
    ['an operation by its name', query('query A { authorCount } query B { b: authorCount }', { operationName: 'B' })],
    ['a mutation', query('mutation ($input: EchoInput!) { append(input: $input) }', { variables: { input: { text: 'x' } } })],
    ['fields that are not theirs', { ...query('{ vault authorCount books(first: 2) { id price patron { id name } } }'), actor: nobody }],
    ['fields that are not theirs, and may not be null', { ...query('{ vault book(id: "1") { id margin } books { margin } }'), actor: nobody }],
    ['nothing that is theirs', { ...query('{ a: vault b: vault }'), actor: nobody }],
    [
      'some that are theirs by one of two permissions',
      { ...query('{ vault books(first: 1) { price margin } }'), actor: { ...nobody, permissions: ['rate:read'] } },
    ],
    ['for whom no name is suggested', { ...query('{ refused }'), actor: nobody }],
    ['extensions that nobody knows', query('{ authorCount }', { extensions: { x: 1 }, more: true })],
    ['a query by GET', search({ query: 'query ($first: Int) { books(first: $first) { id } }', variables: '{"first":1}' })],
    ...[
      'application/json',
      'application/graphql-response+json',
      '*/*',
      'application/graphql-response+json, application/json;q=0.9',
      'application/json; charset=utf-8',
    ].map((accept): [string, Wish] => [`in the media type of ${accept}`, { ...query('{ authorCount refused }'), accept }]),
  ])('%s', async (about, wish) => {
    // The second time from memory, the third from what was kept then.
    for (let time = 0; time < 3; time += 1) {
      const isMutation = JSON.stringify(wish.body ?? '').includes('mutation');
      if (isMutation) expect(JSON.parse((await carried(asked(wish)))?.text ?? '{}').data).toBeTruthy();
      else expect(await same(asked(wish), about)).toBe(true);
    }
  });

  /** Without the variables that it does not use. */
  const tidy = (text: string): string =>
    ['$yes: Boolean!', '$no: Boolean = false', '$first: Int']
      .reduce((left, declared) => {
        const [name = ''] = declared.split(':');
        return left.split(name).length > 2 ? left : left.replace(declared, '');
      }, text)
      .replace(/G\([, ]*\)/, 'G');

  test.each(seeds())('150 generated operations, and both count them alike (seed %i)', async (from) => {
    let done = 0;
    for (let seed = from; seed < from + 150; seed += 1) {
      const { text, variables } = marketOperation(world.graph.planning().apiSchema, seed);
      if (await same(asked(query(tidy(text), { variables })), `seed ${seed}\n${tidy(text)}`)) done += 1;
    }
    // What is left to Apollo Server asks for more than the limits let in, or for nothing.
    expect(done).toBeGreaterThan(120);
    const [ours, theirs] = [await counted(prepared), await counted(apollo)];
    expect(ours).toEqual(expect.arrayContaining([{ labels: { operation: 'query', status: 200 }, value: expect.any(Number) }]));
    const queries = (values: unknown) => (values as { labels: { operation: string }; value: number }[]).filter(({ labels }) => labels.operation === 'query');
    expect(queries(ours)).toEqual(queries(theirs));
  });
});

describe('what is left to Apollo Server', () => {
  test.each<[string, Wish]>([
    ['does not parse', query('{ books')],
    ['does not fit the schema', query('{ nothing }')],
    ['has variables that do not fit', query('query ($first: Int!) { books(first: $first) { id } }')],
    ['has no such operation', query('query A { authorCount }', { operationName: 'B' })],
    ['does not say which operation', query('query A { authorCount } query B { authorCount }')],
    ['asks for the schema', query('{ __schema { queryType { name } } }')],
    ['asks for a hash', query('{ authorCount }', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } })],
    ['has variables that are no object', query('{ authorCount }', { variables: 'x' })],
    ['has an operation name that is none', query('{ authorCount }', { operationName: 7 })],
    ['takes no answer that there is', { ...query('{ authorCount }'), accept: 'image/png' }],
    ['changes something by GET', search({ query: 'mutation { append(input: {text: "x"}) }' })],
    ['says something twice', { method: 'GET', search: '?query=%7BauthorCount%7D&query=%7Brefused%7D' }],
    ['has variables that are no JSON', search({ query: '{ authorCount }', variables: '{' })],
    ['is nothing at all', { body: undefined }],
    ['is a list', { body: [] }],
  ])('a request that %s', async (_, wish) => {
    expect(await carried(asked(wish))).toBeUndefined();
  });
});
