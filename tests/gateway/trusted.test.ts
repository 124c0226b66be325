import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kept } from '#gateway/trusted.ts';
import { newId } from '#kernel/ids.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { keptDocuments } from '../../roles/keptDocuments.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { eventWorld, firstAnswer } from '../support/eventWorld.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const books = 'query Books($first: Int = 1) { books(first: $first) { id title } }';
const append = 'mutation Append($input: EchoInput!) { append(input: $input) }';
const who = '{ whoami }';
const two = 'query A { authorCount } query B { b: authorCount }';
const kept = new Map([
  ['books', books],
  ['x-app:append', append],
  ['0123456789abcdef', two],
  ['who', who],
]);
const sha = (text: string): string => hash('sha256', text);

type World = Awaited<ReturnType<typeof fixtureWorld>>;
let open: World;
let closed: World;
beforeAll(async () => {
  [open, closed] = await Promise.all([
    fixtureWorld({ documents: { documents: kept, required: false } }),
    fixtureWorld({ documents: { documents: kept, required: true } }),
  ]);
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await closed[Symbol.asyncDispose]();
});

const admin: TokenWish = { role: 'admin' };
/** Somebody outside the firm, who does not build on the graph. */
const client: TokenWish = { role: 'portal', customerIds: [newId()] };

async function get(
  world: World,
  at: string,
  { wish = admin, method = 'GET', headers = {} }: { wish?: TokenWish; method?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(new URL(`/graphql${at}`, world.url), {
    method,
    headers: { authorization: `Bearer ${await world.issuer.token(wish)}`, ...headers },
  });
  return { status: response.status, allow: response.headers.get('allow'), answer: await world.json(response) };
}
const post = async (body: unknown, world = open, wish = admin) => {
  const response = await world.post(body, {}, wish);
  return { status: response.status, answer: await world.json(response) };
};
const one = { data: { books: [{ id: '1', title: 'Book 1' }] } };
const refused = (code: string, message: unknown = expect.any(String)) => ({
  errors: [expect.objectContaining({ message, extensions: expect.objectContaining({ code }) })],
});

describe('a document that is kept is asked for', () => {
  test.each([
    ['by its identifier', { documentId: 'books' }],
    ['by its hash', { documentId: `sha256:${sha(books)}` }],
    ['with the text that it has', { documentId: 'books', query: books }],
    ['beside a query of nothing', { documentId: 'books', query: '' }],
    ["by a hash, as Apollo's clients ask", { extensions: { persistedQuery: { version: 1, sha256Hash: sha(books) } } }],
  ])('%s, in a body', async (_, body) => {
    expect(await post(body)).toEqual({ status: 200, answer: one });
    expect(await post({ ...body, variables: { first: 2 } })).toMatchObject({ answer: { data: { books: [{ id: '1' }, { id: '2' }] } } });
  });

  test.each([
    ['by a parameter', '?documentId=books'],
    ['by a parameter with its hash', `?documentId=sha256:${sha(books)}`],
    ['by an address of its own', '/books'],
    ['by an address of its own, with its hash', `/sha256:${sha(books)}`],
    ["by a hash, as Apollo's clients ask", `?extensions=${encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha(books) } }))}`],
  ])('%s, by GET', async (_, at) => {
    expect(await get(open, at)).toMatchObject({ status: 200, answer: one });
    const more = `${at}${at.includes('?') ? '&' : '?'}variables=${encodeURIComponent('{"first":2}')}`;
    expect(await get(open, more)).toMatchObject({ answer: { data: { books: [{ id: '1' }, { id: '2' }] } } });
  });

  test('at an address of its own by POST, and by the name of an operation in it', async () => {
    const response = await fetch(new URL('/graphql/0123456789abcdef', open.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await open.issuer.token(admin)}` },
      body: '{"operationName":"B"}',
    });
    expect(await open.json(response)).toEqual({ data: { b: 2 } });
    expect(await get(open, '/0123456789abcdef?operationName=A')).toMatchObject({ answer: { data: { authorCount: 2 } } });
  });

  test('a mutation only by POST', async () => {
    const variables = { input: { text: 'x' } };
    expect(await post({ documentId: 'x-app:append', variables })).toMatchObject({ answer: { data: { append: expect.arrayContaining(['x']) } } });
    const asked = `?variables=${encodeURIComponent(JSON.stringify(variables))}`;
    for (const at of [`/x-app:append${asked}`, `${asked}&documentId=x-app%3Aappend`]) expect(await get(open, at)).toMatchObject({ status: 405, allow: 'POST' });
  });
});

describe('what is asked for wrongly is told', () => {
  test.each<[string, unknown, number, unknown]>([
    ['an identifier of nothing', { documentId: 'nobody' }, 200, refused('NOT_FOUND', 'No document is kept here under this documentId.')],
    ['an identifier that is a number', { documentId: 7 }, 400, refused('VALIDATION_FAILED')],
    ['an identifier that is empty', { documentId: '' }, 400, refused('VALIDATION_FAILED')],
    ['another text beside', { documentId: 'books', query: '{ authorCount }' }, 400, refused('VALIDATION_FAILED')],
    ['a hash of nothing', { extensions: { persistedQuery: { version: 1, sha256Hash: sha('x') } } }, 200, refused('NOT_FOUND', 'PersistedQueryNotFound')],
    [
      'a hash of another text',
      { query: '{ authorCount }', extensions: { persistedQuery: { version: 1, sha256Hash: sha('x') } } },
      400,
      refused('VALIDATION_FAILED'),
    ],
    ['a hash of another version', { extensions: { persistedQuery: { version: 2, sha256Hash: sha(books) } } }, 400, refused('VALIDATION_FAILED')],
    ['a hash that is none', { extensions: { persistedQuery: { version: 1 } } }, 400, refused('VALIDATION_FAILED')],
  ])('%s', async (_, body, status, answer) => {
    expect(await post(body)).toEqual({ status, answer });
  });

  test('by GET, and at an address of its own, too', async () => {
    for (const at of ['?documentId=nobody', '/nobody', '/nobody/books', '/', '/%E0%A4%A']) expect((await get(open, at)).answer.errors).toHaveLength(1);
    const accept = 'application/graphql-response+json';
    expect(await get(open, '/nobody', { headers: { accept } })).toMatchObject({ status: 400, answer: refused('NOT_FOUND') });
  });
});

test("a text that comes with its hash is remembered for Apollo's clients", async () => {
  const query = 'query Learned { authorCount }';
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha(query) } };
  expect(await post({ extensions })).toMatchObject({ answer: refused('NOT_FOUND', 'PersistedQueryNotFound') });
  expect(await post({ query, extensions })).toMatchObject({ answer: { data: { authorCount: 2 } } });
  expect(await post({ extensions })).toMatchObject({ answer: { data: { authorCount: 2 } } });
  expect(await get(open, `?extensions=${encodeURIComponent(JSON.stringify(extensions))}`)).toMatchObject({ answer: { data: { authorCount: 2 } } });
});

describe('where only documents that are kept are answered', () => {
  const only = 'This token may ask for documents that are kept here alone: send documentId. Texts of your own need the permission operation:adhoc.';

  test('they are, by name and by text', async () => {
    for (const body of [{ documentId: 'who' }, { query: who }, { extensions: { persistedQuery: { version: 1, sha256Hash: sha(who) } } }])
      expect(await post(body, closed, client)).toMatchObject({ status: 200, answer: { data: { whoami: expect.stringContaining('CLIENT_PORTAL') } } });
  });

  test.each([
    ['a text', { query: '{ w: whoami }' }],
    ['a text with another space', { query: `${who} ` }],
    ['a text with its hash', { query: '{ authorCount }', extensions: { persistedQuery: { version: 1, sha256Hash: sha('{ authorCount }') } } }],
    ['what does not parse', { query: '{' }],
    ['the schema', { query: '{ __schema { queryType { name } } }' }],
  ])("no other is: %s of the client's own", async (_, body) => {
    expect(await post(body, closed, client)).toMatchObject({ answer: refused('FORBIDDEN', only) });
  });

  test('nothing is learned, and who holds the permission asks for what they like', async () => {
    const query = 'query Learned { authorCount }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha(query) } };
    expect(await post({ query, extensions }, closed)).toMatchObject({ answer: { data: { authorCount: 2 } } });
    expect(await post({ extensions }, closed)).toMatchObject({ answer: refused('NOT_FOUND') });
    expect(await get(closed, `?query=${encodeURIComponent('{ authorCount }')}`, { wish: client })).toMatchObject({ answer: refused('FORBIDDEN', only) });
  });
});

test('subscriptions and queries on a socket and a stream obey the same', async () => {
  const updated = 'subscription Updated { customerUpdated { name } }';
  const names = 'query Names { customers { nodes { name } } }';
  const documents: Kept = { documents: new Map(Object.entries({ updated, names })), required: true };
  await using world = await eventWorld({ documents });
  const { id } = await world.customer('Northwind');
  const wish = { role: 'portal', customerIds: [id] };
  const socket = world.client(wish);
  const first = (payload: Record<string, unknown>) => firstAnswer(socket, payload);
  expect(await first({ documentId: 'names' })).toMatchObject({ data: { customers: { nodes: [{ name: 'Northwind' }] } } });
  expect(await first({ extensions: { persistedQuery: { version: 1, sha256Hash: sha(names) } } })).toMatchObject({ data: {} });
  await expect(first({ query: 'subscription { customerUpdated { name version } }' })).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await expect(first({ documentId: 'nothing' })).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const heard = first({ documentId: 'updated' });
  const again = setInterval(() => void world.state(id, 'Northwind again'), 200);
  expect(await heard).toMatchObject({ data: { customerUpdated: { name: 'Northwind again' } } });
  clearInterval(again);
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${await world.tokenFor(wish)}` };
  const stream = async (body: unknown) => (await fetch(world.url, { method: 'POST', headers, body: JSON.stringify(body) })).text();
  expect(await stream({ documentId: 'names' })).toContain('Northwind');
  expect(await stream({ query: names.replace('Names', 'Other') })).toContain('FORBIDDEN');
});

describe('the file of documents', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accord-documents-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const read = async (content: string, env: Record<string, string> = {}) => {
    const file = join(folder, 'documents.json');
    await writeFile(file, content);
    return keptDocuments({ flags: { documents: file }, env } as never);
  };

  test("is graphql-codegen's and Relay's, or Apollo's", async () => {
    expect(await read(JSON.stringify({ a: books }))).toEqual({ documents: new Map([['a', books]]), required: false });
    const operations = [{ id: 'a', name: 'Books', type: 'query', body: books }];
    const manifest = JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
    expect(await read(manifest, { ACCORD_DOCUMENTS_REQUIRED: 'true' })).toEqual({ documents: new Map([['a', books]]), required: true });
    expect(await keptDocuments({ flags: {}, env: {} } as never)).toBeUndefined();
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['empty', '{}'],
    ['of numbers', '{"a": 1}'],
    ['of names with a space', '{"a b": "{ authorCount }"}'],
    ['of names with a prefix that is not ours', '{"md5:abc": "{ authorCount }"}'],
    [
      'of a name for two',
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [
          { id: 'a', body: books },
          { id: 'a', body: two },
        ],
      }),
    ],
  ])('that is %s keeps the gateway from starting', async (_, content) => {
    await expect(read(content)).rejects.toThrow(CannotStart);
  });

  test('is needed where nothing else is answered', async () => {
    await expect(keptDocuments({ flags: { 'documents-required': true }, env: {} } as never)).rejects.toThrow('name their file');
    await expect(keptDocuments({ flags: { documents: join(folder, 'nowhere') }, env: {} } as never)).rejects.toThrow('cannot be read');
  });

  test('with a document that does not fit keeps the gateway from starting, and says which', async () => {
    const many = `{ ${'authorCount '.repeat(4_000)} }`;
    const documents = new Map([...kept, ['bad', '{ nothing }'], ['half', '{'], ['large', `{ ${'a: authorCount '.repeat(200)} }`], ['many', many]]);
    await expect(fixtureWorld({ documents: { documents, required: false } })).rejects.toThrow(
      /bad: Cannot query field "nothing".*half: Syntax Error.*large: The operation has more than.*many: .*tokens/s,
    );
  });
});
