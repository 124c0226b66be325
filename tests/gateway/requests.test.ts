import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureWorld } from '../support/fixtureGraph.ts';

let world: Awaited<ReturnType<typeof fixtureWorld>>;
beforeAll(async () => {
  world = await fixtureWorld({ checks: {} });
});
afterAll(() => world[Symbol.asyncDispose]());

const codesOf = (errors: { extensions: { code: string } }[] | undefined) => errors?.map(({ extensions }) => extensions.code);
const asAdmin = async () => ({ authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` });
const echo = 'query ($input: EchoInput!) { echo(input: $input) }';

/** A GET with these parameters. */
async function get(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(world.url);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return fetch(url, { headers: { ...(await asAdmin()), ...headers } });
}

describe('a body', () => {
  const query = JSON.stringify({ query: '{ authorCount }' });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', ' application/json ; x=y'])(
    'is read as JSON when its media type is %j',
    async (type) => {
      const response = await world.post(query, { 'content-type': type });
      expect([response.status, await response.json()]).toEqual([200, { data: { authorCount: 2 } }]);
    },
  );

  test.each(['application/graphql', 'application/jsonp', 'application/json-patch+json', 'multipart/form-data; boundary=x', 'text/json', '*/*', ''])(
    'is not read at all when its media type is %j',
    async (type) => {
      const response = await world.post(query, { 'content-type': type });
      expect([response.status, codesOf((await world.json(response)).errors)]).toEqual([415, ['VALIDATION_FAILED']]);
    },
  );

  test.each([
    ['empty', ''],
    ['blank', '  \n'],
    ['half', '{"query": "{ authorCount'],
    ['two documents', `${query}${query}`],
    ['a number', '7'],
    ['a text', '"{ authorCount }"'],
    ['true', 'true'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['a query of null', '{"query": null}'],
    ['a query that is an object', '{"query": {"kind": "Document"}}'],
    ['a blank query', '{"query": "  "}'],
    ['a comment alone', '{"query": "# nothing"}'],
    ['variables in a list', '{"query": "{ authorCount }", "variables": []}'],
    ['an operation name that is a number', '{"query": "{ authorCount }", "operationName": 7}'],
    ['extensions that are a text', '{"query": "{ authorCount }", "extensions": "x"}'],
  ])('that is %s is a mistake of the caller', async (_, body) => {
    const response = await world.post(body);
    const { data, errors } = await world.json(response);
    expect(response.status, JSON.stringify(errors)).toBeLessThan(500);
    expect(data ?? null).toBeNull();
    expect(codesOf(errors)).toEqual(['VALIDATION_FAILED']);
  });

  test('may say more than GraphQL asks for, and null for what it may leave out', async () => {
    const body = { query: '{ authorCount }', variables: null, operationName: null, extensions: null, id: 7 };
    expect(await world.json(await world.post(body))).toEqual({ data: { authorCount: 2 } });
  });

  test('carries text of every language, escaped or not', async () => {
    const text = 'Grüße 你好 🙂 \u2028 "\\" </script>';
    const plain = JSON.stringify({ query: echo, variables: { input: { text } } });
    const escaped = plain.replace(/[^\0-\x7f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const body of [plain, escaped]) expect(await world.json(await world.post(body))).toEqual({ data: { echo: text } });
  });
});

describe('variables', () => {
  test.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['another one', { other: { text: 'x' } }],
    ['a null where none may be', { input: null }],
    ['no needed field', { input: {} }],
    ['a field of null', { input: { text: null } }],
    ['a number for a text', { input: { text: 7 } }],
    ['a list for a text', { input: { text: ['x'] } }],
    ['an object for a text', { input: { text: { text: 'x' } } }],
    ['a text for an object', { input: 'text' }],
    ['a field that there is not', { input: { text: 'x', more: true } }],
    ['a field named as those of all objects', { input: { text: 'x', constructor: 'y' } }],
  ])('that hold %s are refused with the place, before anything runs', async (_, variables) => {
    const { data, errors } = await world.json(await world.post({ query: echo, variables }));
    expect(data ?? null).toBeNull();
    expect(codesOf(errors)).toEqual(['VALIDATION_FAILED']);
    expect(errors[0].message).toMatch(/\$input/);
  });

  test('that nobody declared are passed over', async () => {
    const variables = { input: { text: 'x' }, more: { any: ['thing'] } };
    expect(await world.ask(echo, variables)).toEqual({ data: { echo: 'x' } });
  });

  test.each([['2026-02-30'], ['2026-2-3'], [''], [20_260_203], [true], [['2026-02-03']], [{}]])('hold no date in %j', async (date) => {
    const { data, errors } = await world.ask('query ($date: Date) { on(date: $date) }', { date });
    expect(data?.on ?? null).toBeNull();
    expect(codesOf(errors)).toEqual(['VALIDATION_FAILED']);
  });

  test('hold dates, null, and defaults that are as good as given', async () => {
    const query = 'query ($date: Date = "2026-02-03") { on(date: $date) }';
    expect(await world.ask(query)).toEqual({ data: { on: '2026-02-03' } });
    expect(await world.ask(query, { date: null })).toEqual({ data: { on: null } });
    expect(await world.ask(query, { date: '2028-02-29' })).toEqual({ data: { on: '2028-02-29' } });
  });
});

describe('a document of several operations', () => {
  const query = 'query One { authorCount } query Two { whoami } mutation Three { append(input: { text: "three" }) }';

  test('runs the one that is named, and no other', async () => {
    expect(await world.json(await world.post({ query, operationName: 'One' }))).toEqual({ data: { authorCount: 2 } });
    expect(await world.json(await get({ query, operationName: 'One' }))).toEqual({ data: { authorCount: 2 } });
  });

  test.each([undefined, null, '', 'one', 'Four', 'toString'])('runs none when the name is %j', async (operationName) => {
    const { data, errors } = await world.json(await world.post({ query, operationName }));
    expect(data ?? null).toBeNull();
    expect(codesOf(errors)).toEqual(['VALIDATION_FAILED']);
  });

  test('by GET runs its queries alone', async () => {
    const response = await get({ query, operationName: 'Three' });
    expect(response.status).toBe(405);
    expect((await world.ask('mutation { append(input: { text: "after" }) }')).data.append).not.toContain('three');
  });
});

describe('a GET', () => {
  test('carries variables as JSON', async () => {
    expect(await world.json(await get({ query: echo, variables: JSON.stringify({ input: { text: 'a&b=c#d+é' } }) }))).toEqual({ data: { echo: 'a&b=c#d+é' } });
  });

  test.each([
    ['no query', {}],
    ['an empty query', { query: '' }],
    ['variables that are no JSON', { query: echo, variables: '{' }],
    ['variables in a list', { query: echo, variables: '[]' }],
    ['extensions that are no JSON', { query: '{ authorCount }', extensions: 'x' }],
    ['variables that do not fit', { query: echo, variables: '{"input":{}}' }],
  ])('with %s is a mistake of the caller', async (_, parameters) => {
    const response = await get(parameters as Record<string, string>);
    expect(response.status).toBeLessThan(500);
    expect(codesOf((await world.json(response)).errors)).toEqual(['VALIDATION_FAILED']);
  });

  test('with a token in the address is not let in: addresses are written down', async () => {
    const url = new URL(world.url);
    url.searchParams.set('query', '{ authorCount }');
    for (const name of ['token', 'access_token', 'authorization']) url.searchParams.set(name, await world.issuer.token({ role: 'admin' }));
    expect((await fetch(url)).status).toBe(401);
  });
});

describe('the correlation id', () => {
  const sent = async (id: string) => (await get({ query: '{ correlation }' }, { 'x-correlation-id': id })) as Response;

  test.each(['c-4711', 'order:7-a.b_c', 'x'.repeat(128)])('of the caller is kept: %j', async (id) => {
    const response = await sent(id);
    expect(response.headers.get('x-correlation-id')).toBe(id);
    expect(await world.json(response)).toEqual({ data: { correlation: id } });
  });

  test.each(['', 'a b', 'x'.repeat(129), '<script>', 'ü', 'a,b;c'])('that is none is another: %j', async (id) => {
    const response = await sent(id);
    const given = response.headers.get('x-correlation-id');
    expect(given).toMatch(/^[0-9a-f-]{36}$/);
    expect(await world.json(response)).toEqual({ data: { correlation: given } });
  });

  test('stands on every answer, with what keeps it out of caches and from being taken for a page', async () => {
    const { authorization } = await asAdmin();
    const answers = await Promise.all([
      get({ query: '{ authorCount }' }),
      fetch(world.url),
      fetch(new URL('/nowhere', world.url)),
      fetch(new URL('/health', world.url)),
      fetch(new URL('/metrics', world.url)),
      fetch(world.url, { method: 'PUT', headers: { authorization } }),
      world.post('{'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 200, 200, 405, 400]);
    for (const { headers } of answers)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
  });
});
