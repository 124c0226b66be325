import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { type Block, nextOf, requestStream, type StreamWish } from '../support/eventStream.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const head = '{ operations { log { newestPosition } } }';
const updated = 'subscription ($customerId: [ID!], $after: Cursor) { customerUpdated(customerIds: $customerId, after: $after) { name } }';
const idle = () => ({ query: updated, variables: { customerId: newId() } });
const request = (body: unknown, wish: StreamWish = {}) => requestStream(world, body, wish);

/** What stands before execution is told by the stream: one next with errors, then complete, and never a status. */
const told: (readonly [rule: string, body: unknown, code: string, wish?: StreamWish])[] = [
  ['a query that does not parse', { query: '{' }, 'VALIDATION_FAILED'],
  ['an empty query', { query: '' }, 'VALIDATION_FAILED'],
  ['a query that is not valid', { query: '{ nope }' }, 'VALIDATION_FAILED'],
  ['a mutation that is not valid', { query: 'mutation { nope }' }, 'VALIDATION_FAILED'],
  ['a subscription that is not valid', { query: 'subscription { nope }' }, 'VALIDATION_FAILED'],
  ['a subscription of two root fields', { query: 'subscription { customerCreated { name } customerUpdated { name } }' }, 'VALIDATION_FAILED'],
  ['a variable that is missing', { query: 'query ($id: ID!) { customer(id: $id) { name } }' }, 'VALIDATION_FAILED'],
  ['a variable of the wrong type', { query: updated, variables: { customerId: 7.5 } }, 'VALIDATION_FAILED'],
  ['an operation that the document has not', { query: 'query A { __typename }', operationName: 'B' }, 'VALIDATION_FAILED'],
  ['a document of several operations without a name', { query: 'query A { __typename } query B { __typename }' }, 'VALIDATION_FAILED'],
  ['an operation that is too large', { query: `{ ${'a: __typename '.repeat(200)} }` }, 'COST_LIMIT'],
  ['a cursor that is none', { query: updated, variables: { after: 'x' } }, 'VALIDATION_FAILED'],
  ['a cursor beyond the log', { query: updated, variables: { after: writeLogCursor(9_999_999n) } }, 'VALIDATION_FAILED'],
  ['a Last-Event-ID that is no cursor', { query: updated }, 'VALIDATION_FAILED', { headers: { 'last-event-id': 'x' } }],
  ['a subscription without its permission', { query: 'subscription { journalPosted { id } }' }, 'FORBIDDEN', { wish: { role: 'psa' } }],
  ['a field outside of a contract', { query: '{ operations { log { newestPosition } } }' }, 'FORBIDDEN', { wish: { role: 'portal', customerIds: [newId()] } }],
];

/** What is no request never becomes a stream, so that nobody comes back for it. */
const refused: (readonly [rule: string, body: unknown, status: number, wish?: StreamWish])[] = [
  ['without a query', { variables: {} }, 400],
  ['with a query that is no text', { query: 7 }, 400],
  ['with a query that is null', { query: null }, 400],
  ['with variables that are text', { query: head, variables: '{}' }, 400],
  ['with variables that are a list', { query: head, variables: [] }, 400],
  ['with an operation name that is a number', { query: head, operationName: 1 }, 400],
  ['with extensions that are text', { query: head, extensions: 'x' }, 400],
  ['that is a list', [{ query: head }], 400],
  ['that is null', null, 400],
  ['that is text', head, 400],
  ['by GET without a query', {}, 400, { method: 'GET' }],
  ['by GET with variables that are no JSON', { query: head, variables: '{' }, 400, { method: 'GET' }],
  ['by GET with variables that are no object', { query: head, variables: '[]' }, 400, { method: 'GET' }],
  ['in another media type', { query: head }, 415, { headers: { 'content-type': 'text/plain' } }],
  ['with a forged token', { query: head }, 401, { headers: { authorization: 'Bearer a.b.c' } }],
  ['without a token', { query: head }, 401, { headers: { authorization: '' } }],
  ['with an expired token', { query: head }, 401, { wish: { role: 'admin', lifetime: -10 } }],
  ['of 10 MB', { query: `${head} # ${'x'.repeat(10 * 1024 * 1024)}` }, 413],
  ['for a mutation by GET', { query: 'mutation { createCustomer(input: { name: "by GET" }) { customer { id } } }' }, 405, { method: 'GET' }],
  ['to end an operation of a connection that nobody reserved', {}, 404, { method: 'DELETE' }],
  ['by PATCH', { query: head }, 405, { method: 'PATCH' }],
];

const urql = 'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';
const stream = 'text/event-stream';
/** RFC 9110: the client says what it likes, and gets nothing that it does not take. */
const negotiated: (readonly [accept: string, operation: string, type: string])[] = [
  [stream, head, stream],
  ['TEXT/EVENT-STREAM', head, stream],
  [`${stream}; charset=utf-8`, head, stream],
  [`${stream};q=0.1`, head, stream],
  [`application/json, ${stream}`, head, 'application/json'],
  [`${stream}, */*;q=0.1`, head, 'application/json'],
  [`${stream};q=0, */*`, head, 'application/json'],
  [urql, head, 'application/graphql-response+json'],
  [stream, 'mutation { __typename }', stream],
  [urql, 'mutation { __typename }', 'application/graphql-response+json'],
  [stream, updated, stream],
  [urql, updated, stream],
  ['*/*', updated, stream],
  [`${stream};q=0, */*`, updated, 'application/json'],
  ['application/json', updated, 'application/json'],
];

const blocksOf = async (lines: AsyncIterable<Block>) => {
  const blocks: Block[] = [];
  for await (const block of lines) blocks.push(block);
  return blocks;
};

const lives: (readonly [rule: string, run: () => Promise<void>])[] = [
  ['a query gives one next, then complete, then the end', () => single({ query: head }, {})],
  ['a query by GET does the same', () => single({ query: head }, { method: 'GET' })],
  ['operationName chooses the operation', () => single({ query: 'query A { nope: __typename } query B { __typename }', operationName: 'B' }, {})],
  ['operationName, variables and extensions may be null', () => single({ query: head, operationName: null, variables: null, extensions: null }, {})],
  [
    'a mutation by POST gives one next, then complete',
    () => single({ query: `mutation { createCustomer(input: { name: "S ${newId()}" }) { userErrors { code } } }` }, {}),
  ],
  [
    'a result with errors and data is a next',
    async () => {
      const { lines } = await request({ query: '{ customer(id: "01900000-0000-7000-8000-0000000000ff") { name } __typename }' });
      expect(JSON.parse((await nextOf(lines)).data ?? '')).toMatchObject({ data: { __typename: 'Query' } });
    },
  ],
  [
    'the stream is one: its type is text/event-stream in UTF-8, no store keeps it, no proxy holds it back, and it has a correlation id',
    async () => {
      const { response, stop } = await request(idle(), { headers: { 'x-correlation-id': 'c-4711' } });
      expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
        200,
        {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache, no-transform',
          'x-accel-buffering': 'no',
          'x-correlation-id': 'c-4711',
        },
      ]);
      stop();
    },
  ],
  [
    'complete has an empty data field, by which EventSource hears of it',
    async () => {
      const { response } = await request({ query: head });
      expect(await response.text()).toMatch(/\n\nevent: complete\ndata:\n\n$/);
    },
  ],
  [
    'a subscription opens with the id from which it may be resumed, before any event',
    async () => {
      const { lines, stop } = await request(idle());
      expect((await lines.next()).value).toEqual({ id: expect.stringMatching(/./) });
      stop();
    },
  ],
  [
    'each event is a next with an id and one line of data, in order',
    async () => {
      const { query, variables } = idle();
      const { lines, stop } = await request({ query, variables });
      await lines.next();
      await world.state(variables.customerId, 'a', 'b\nb', 'c');
      const names = [];
      for (let n = 0; n < 3; n += 1) {
        const block = await nextOf(lines);
        expect(Object.keys(block)).toEqual(['event', 'id', 'data']);
        names.push(JSON.parse(block.data ?? '').data.customerUpdated.name);
      }
      expect(names).toEqual(['a', 'b\nb', 'c']);
      stop();
    },
  ],
  [
    'a subscription by GET does the same',
    async () => {
      const { query, variables } = idle();
      const { lines, stop } = await request({ query, variables: JSON.stringify(variables) }, { method: 'GET' });
      await lines.next();
      await world.state(variables.customerId, 'a');
      expect(JSON.parse((await nextOf(lines)).data ?? '').data.customerUpdated).toEqual({ name: 'a' });
      stop();
    },
  ],
  [
    'Last-Event-ID goes on after that event, without a gap or a repeat, and wins over the variable',
    async () => {
      const { query, variables } = idle();
      const first = await request({ query, variables });
      const { value: opening } = await first.lines.next();
      await world.state(variables.customerId, 'a', 'b', 'c');
      const seen = await nextOf(first.lines);
      first.stop();
      const headers = { 'last-event-id': seen.id ?? '' };
      const second = await request({ query, variables: { ...variables, after: opening?.id } }, { headers });
      const rest = [await nextOf(second.lines), await nextOf(second.lines)];
      expect(rest.map((block) => JSON.parse(block.data ?? '').data.customerUpdated.name)).toEqual(['b', 'c']);
      second.stop();
    },
  ],
  [
    'an empty Last-Event-ID is none',
    async () => {
      const { lines, stop } = await request(idle(), { headers: { 'last-event-id': '' } });
      expect((await lines.next()).value?.id).toBeTruthy();
      stop();
    },
  ],
  [
    'a client ends its subscription by closing, and nothing is left of it',
    async () => {
      await using own = await eventWorld();
      const { lines, stop } = await requestStream(own, idle());
      await lines.next();
      expect(own.subscriptions.count()).toMatchObject({ streams: 1, groups: 1 });
      stop();
      while (own.subscriptions.count().streams + own.subscriptions.count().groups > 0) await own.sql`select 1`;
    },
  ],
  [
    'a token that runs out ends the stream by a next that says so, without complete',
    async () => {
      await using later = await eventWorld({ ahead: 60_000 });
      const { lines } = await requestStream(later, idle(), { wish: { role: 'admin', lifetime: 60 } });
      const blocks = await blocksOf(lines);
      expect(blocks.map(({ event }) => event)).not.toContain('complete');
      expect(JSON.parse(blocks.at(-1)?.data ?? '')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    },
  ],
  [
    'a server that stops ends the stream without complete, so that the client comes back',
    async () => {
      await using other = await eventWorld();
      const { lines } = await requestStream(other, idle());
      await lines.next();
      await other.subscriptions.close();
      expect((await blocksOf(lines)).map(({ event }) => event).filter(Boolean)).toEqual([]);
    },
  ],
];

async function single(body: unknown, wish: StreamWish): Promise<void> {
  const { response, lines } = await request(body, wish);
  expect(response.status).toBe(200);
  const blocks = await blocksOf(lines);
  expect(blocks.map(({ event }) => event)).toEqual(['next', 'complete']);
  expect(JSON.parse(blocks[0]?.data ?? '')).toMatchObject({ data: expect.anything() });
}

describe(`graphql-sse, distinct connections: ${told.length + refused.length + negotiated.length + lives.length} rules`, () => {
  test.each(told.map(([rule, body, code, wish = {}]) => [rule, body, code, wish] as const))(
    '%s is told by a next and a complete',
    async (_, body, code, wish) => {
      const { response, lines } = await request(body, wish);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
      const blocks = await blocksOf(lines);
      expect(blocks.map(({ event }) => event)).toEqual(['next', 'complete']);
      expect(JSON.parse(blocks[0]?.data ?? '')).toMatchObject({ errors: [{ extensions: { code } }] });
    },
  );

  test.each(refused.map(([rule, body, status, wish = {}]) => [rule, body, status, wish] as const))(
    'a request %s is answered by its status',
    async (_, body, status, wish) => {
      const count = async () => (await world.sql`select count(*)::int as n from engagements.customer`)[0]?.n;
      const before = await count();
      const { response } = await request(body, wish);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toMatch(/json/);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
      if (status === 405) expect(response.headers.get('allow')).toMatch(/POST/);
      expect(await count()).toBe(before);
    },
  );

  test.each(negotiated)('Accept: %s, for %s, is answered in %s', async (accept, query, type) => {
    const { response, stop } = await request({ query, variables: query === updated ? idle().variables : {} }, { headers: { accept } });
    expect(response.headers.get('content-type')?.split(';')[0]).toBe(type);
    stop();
  });

  test.each(lives)('%s', (_, run) => run());
});
