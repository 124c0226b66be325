import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenWish } from '../../roles/tokens.ts';
import { partsOf } from '../support/answerParts.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

let world: Awaited<ReturnType<typeof fixtureWorld>>;
beforeAll(async () => {
  world = await fixtureWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const json = 'application/graphql-response+json,application/json;q=0.9';
const byPlace = `multipart/mixed;deferSpec=20220824,${json}`;
const byId = `multipart/mixed;incrementalSpec=v0.2,${json}`;

type Asked = { query: string; variables?: Record<string, unknown> };
async function parts(asked: Asked, accept = byPlace, wish?: TokenWish): Promise<unknown[]> {
  return Array.fromAsync(partsOf(await world.post(asked, { accept }, wish)));
}
const refused = (code: string) => expect.objectContaining({ extensions: expect.objectContaining({ code }) });
const secret = '{ book(id: "1") { title ... @defer(label: "who") { author { name secret } } } }';
const forbidden = { path: ['book', 'author', 'secret'], message: 'That is between the author and the muse.' };

describe('what is deferred comes in a later part', () => {
  test('by its place, with its own errors, as Apollo Client asks for it', async () => {
    const response = await world.post({ query: secret }, { accept: byPlace, 'x-correlation-id': 'c-later' });
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-correlation-id')]).toEqual([
      200,
      'multipart/mixed; boundary="graphql"; deferSpec=20220824',
      'c-later',
    ]);
    expect(await Array.fromAsync(partsOf(response))).toEqual([
      { data: { book: { title: 'Book 1' } }, hasNext: true },
      {
        incremental: [
          {
            label: 'who',
            path: ['book'],
            data: { author: { name: 'Author 1', secret: null } },
            errors: [{ ...forbidden, extensions: { code: 'FORBIDDEN', retryable: false, correlationId: 'c-later' } }],
          },
        ],
        hasNext: false,
      },
      'end',
    ]);
  });

  test.each([byId, `multipart/mixed, ${json}`])('by its id, as the present draft has it: %s', async (accept) => {
    const response = await world.post({ query: secret }, { accept });
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="graphql"; incrementalSpec=v0.2');
    expect(await Array.fromAsync(partsOf(response))).toEqual([
      { data: { book: { title: 'Book 1' } }, pending: [{ id: '0', label: 'who', path: ['book'] }], hasNext: true },
      {
        incremental: [{ id: '0', data: { author: { name: 'Author 1', secret: null } }, errors: [expect.objectContaining(forbidden)] }],
        completed: [{ id: '0' }],
        hasNext: false,
      },
      'end',
    ]);
  });

  test('over subgraphs behind HTTP as well', async () => {
    await using apart = await fixtureWorld({ transport: 'HTTP' });
    const all = await Array.fromAsync(partsOf(await apart.post({ query: secret }, { accept: byPlace })));
    expect(all).toMatchObject([
      { data: { book: { title: 'Book 1' } }, hasNext: true },
      { incremental: [{ data: { author: { name: 'Author 1', secret: null } }, errors: [forbidden] }], hasNext: false },
      'end',
    ]);
  });

  const nested = `query ($first: Int) {
    books(first: $first) { id ... @defer(label: "a") { authors { id ...Name @defer(label: "b") } } }
  } fragment Name on Author { name }`;

  test('for each thing of a list, and later still what is deferred in it, by ids and by places', async () => {
    const asked = { query: nested, variables: { first: 2 } };
    const authors = [{ id: '1' }, { id: '2' }, { id: '1' }];
    const places = (label: string, list: (string | number)[][], data: (index: number) => unknown) =>
      list.map((path, index) => ({ label, path, data: data(index) }));
    const inBooks = [0, 1].flatMap((book) => [0, 1, 2].map((index) => ['books', book, 'authors', index]));
    const named = (index: number) => ({ name: `Author ${authors[index % 3]?.id}` });
    expect(await parts(asked)).toEqual([
      { data: { books: [{ id: '1' }, { id: '2' }] }, hasNext: true },
      {
        incremental: places(
          'a',
          [0, 1].map((index) => ['books', index]),
          () => ({ authors }),
        ),
        hasNext: true,
      },
      { incremental: places('b', inBooks, named), hasNext: false },
      'end',
    ]);
    expect(await parts(asked, byId)).toEqual([
      {
        data: { books: [{ id: '1' }, { id: '2' }] },
        pending: [0, 1].map((index) => ({ id: String(index), label: 'a', path: ['books', index] })),
        hasNext: true,
      },
      {
        pending: inBooks.map((path, index) => ({ id: String(index + 2), label: 'b', path })),
        incremental: [0, 1].map((index) => ({ id: String(index), data: { authors } })),
        completed: [{ id: '0' }, { id: '1' }],
        hasNext: true,
      },
      {
        incremental: inBooks.map((_, index) => ({ id: String(index + 2), data: named(index) })),
        completed: inBooks.map((_, index) => ({ id: String(index + 2) })),
        hasNext: false,
      },
      'end',
    ]);
    expect(await parts({ query: nested, variables: { first: 0 } })).toEqual([{ data: { books: [] }, hasNext: false }, 'end']);
  });

  test('where the client wants it: `if` with a variable', async () => {
    const query = 'query ($later: Boolean!) { book(id: "1") { id ... @defer(if: $later) { title } } }';
    expect(await parts({ query, variables: { later: true } })).toHaveLength(3);
    const response = await world.post({ query, variables: { later: false } }, { accept: byPlace });
    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toEqual({ data: { book: { id: '1', title: 'Book 1' } } });
  });

  test('also at the root of a query, and by aliases that are in the way of keys', async () => {
    const later = (await parts({ query: '{ correlation ... on Query @defer { whoami } }' }))[1];
    expect(later).toMatchObject({ incremental: [{ path: [], data: { whoami: expect.stringContaining('STAFF') } }] });
    const renamed = await parts({ query: '{ id: book(id: "1") { name: title ... @defer { id: author { name: id } } } }' });
    expect(renamed).toEqual([
      { data: { id: { name: 'Book 1' } }, hasNext: true },
      { incremental: [{ path: ['id'], data: { id: { name: '1' } } }], hasNext: false },
      'end',
    ]);
  });
});

describe('one answer', () => {
  const whole = { data: { book: { title: 'Book 1', author: { name: 'Author 1', secret: null } } }, errors: [expect.objectContaining(forbidden)] };

  test.each([json, 'application/json', '*/*', `multipart/mixed;deferSpec=20220824;q=0, ${json}`, `multipart/mixed;deferSpec=20991231, ${json}`])(
    'is for who does not take parts that we know: %s',
    async (accept) => {
      const response = await world.post({ query: secret }, { accept });
      expect([response.headers.get('content-type')?.includes('json'), await response.json()]).toEqual([true, whole]);
    },
  );

  test('is for lists that are streamed, and what is not deferred, also for who takes nothing but parts', async () => {
    const response = await world.post({ query: '{ books(first: 2) @stream(initialCount: 1) { id } }' }, { accept: 'multipart/mixed;deferSpec=20220824' });
    expect(await response.json()).toEqual({ data: { books: [{ id: '1' }, { id: '2' }] } });
  });
});

describe('a part keeps what the whole answer keeps', () => {
  test('null in it goes up to the part at most, and is told there', async () => {
    const query = '{ hidden { id ... @defer { name } } }';
    const [first, later] = await parts({ query });
    expect(first).toEqual({ data: { hidden: { id: '404' } }, hasNext: true });
    expect(later).toMatchObject({ incremental: [{ path: ['hidden'], data: null, errors: [refused('NOT_FOUND')] }] });
    expect((await parts({ query }, byId))[1]).toEqual({ completed: [{ id: '0', errors: [refused('NOT_FOUND')] }], hasNext: false });
  });

  test('faults are masked', async () => {
    const [, later] = await parts({ query: '{ correlation ... @defer { broken } }' });
    expect(later).toMatchObject({ incremental: [{ data: { broken: null }, errors: [refused('INTERNAL')] }] });
    expect(JSON.stringify(later)).not.toContain('hunter2');
  });

  test('the rules of the contract hold before anybody is asked', async () => {
    const query = '{ book(id: "1") { id ... @defer { price margin } ... @defer { title } } }';
    const [, one, two] = await parts({ query }, byPlace, { role: 'psa' });
    const later = [one, two].flatMap((each) => (each as { incremental: unknown[] }).incremental);
    expect(later).toContainEqual({ path: ['book'], data: { title: 'Book 1' } });
    expect(later).toContainEqual({ path: ['book'], data: null, errors: expect.arrayContaining([refused('FORBIDDEN')]) });
  });

  test('limits hold as if nothing were deferred', async () => {
    const query = `{ ... @defer { ${Array.from({ length: 120 }, (_, index) => `a${index}: whoami`).join(' ')} } }`;
    const response = await world.post({ query }, { accept: byPlace });
    expect(await response.json()).toEqual({ errors: [refused('COST_LIMIT')] });
  });

  test('it counts as one request', async () => {
    const counted = async () =>
      Number(/accord_request_seconds_count\{operation="query",status="200"\} (\d+)/.exec(await world.metrics.registry.metrics())?.[1] ?? 0);
    const before = await counted();
    await parts({ query: secret });
    expect(await counted()).toBe(before + 1);
  });
});

describe('documents that ask for parts where there are none', () => {
  test.each([
    ['a label twice', '{ a: book(id: "1") { ... @defer(label: "x") { id } } b: books @stream(label: "x") { id } }', 'The label "x" stands at two places.'],
    ['a label in a variable', 'query ($l: String) { book(id: "1") { ... @defer(label: $l) { id } } }', 'must be text that stands in the document'],
    ['the root of a mutation', 'mutation { ... @defer { append(input: { text: "x" }) } }', '@defer cannot stand at the root of a mutation.'],
    ['a stream of one thing', '{ book(id: "1") @stream { id } }', '@stream stands on book of Query, which is no list.'],
    ['a field that is deferred', '{ book(id: "1") @defer { id } }', 'may not be used on FIELD'],
  ])('are refused: %s', async (_, query, message) => {
    expect(await world.ask(query)).toEqual({
      errors: [expect.objectContaining({ message: expect.stringContaining(message), extensions: expect.objectContaining({ code: 'VALIDATION_FAILED' }) })],
    });
  });
});
