import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { buildClientSchema, buildSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isErrorCode } from '#kernel/publicError.ts';
import { listen } from '../../roles/listen.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { fixtureSupergraph, fixtureWorld } from '../support/fixtureGraph.ts';

const customerId = '01900000-0000-7000-8000-000000000001';
let world: Awaited<ReturnType<typeof fixtureWorld>>;
beforeAll(async () => {
  world = await fixtureWorld({ graphiql: {}, checks: { database: async () => undefined } });
});
afterAll(() => world[Symbol.asyncDispose]());

describe('every error', () => {
  const wrong: [string, unknown, Record<string, string>, number][] = [
    ['no JSON', '{', {}, 400],
    ['another media type', '{ whoami }', { 'content-type': 'text/plain' }, 415],
    ['a form', 'query={whoami}', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a list of operations', [{ query: '{ whoami }' }], {}, 400],
    ['null', null, {}, 400],
    ['no query', { variables: {} }, {}, 400],
    ['a query that is no text', { query: 7 }, {}, 400],
    ['variables that are text', { query: '{ whoami }', variables: '{}' }, {}, 400],
    ['a syntax error', { query: '{ whoami' }, {}, 200],
    ['an unknown field', { query: '{ whoam }' }, {}, 200],
    ['an unknown operation', { query: 'query A { whoami }', operationName: 'B' }, {}, 200],
    ['a missing variable', { query: 'query ($input: EchoInput!) { echo(input: $input) }' }, {}, 200],
    ['a persisted query', { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } }, {}, 200],
    ['a token of nobody', { query: '{ whoami }' }, { authorization: 'Bearer a.b.c' }, 401],
    ['a refusal', { query: '{ refused }' }, {}, 200],
    ['a fault', { query: '{ broken }' }, {}, 200],
  ];
  test.each(wrong)('of %s has a code of ours and the correlation id, and no stack', async (_, body, headers, status) => {
    const response = await world.post(body, { 'x-correlation-id': 'c-4711', ...headers });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    expect(response.headers.get('x-correlation-id')).toBe('c-4711');
    const { errors } = JSON.parse(text);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(isErrorCode(error.extensions.code)).toBe(true);
      expect(error.extensions).toMatchObject({ correlationId: 'c-4711', retryable: expect.any(Boolean) });
      expect(Object.keys(error.extensions).filter((name) => !['code', 'correlationId', 'retryable', 'field', 'guard'].includes(name))).toEqual([]);
    }
    expect(text).not.toMatch(/stack|library|hunter2|\.ts/);
  });

  test('suggests a name to those who may know them all, and to nobody else', async () => {
    const told = async (query: string, variables = {}, wish?: TokenWish) => (await world.ask(query, variables, wish)).errors[0].message as string;
    const portal = { role: 'portal', customerIds: [customerId] };
    expect(await told('{ whoam }')).toBe('Cannot query field "whoam" on type "Query". Did you mean "whoami"?');
    expect(await told('{ whoam }', {}, portal)).toBe('Cannot query field "whoam" on type "Query".');
    const echo = ['query ($input: EchoInput!) { echo(input: $input) }', { input: { text: 'x', tex: 'x' } }] as const;
    expect(await told(...echo)).toContain('Did you mean "text"?');
    expect(await told('query ($input: EchoInput!) { whoami @include(if: $input) }', { input: { tex: 'x' } }, portal)).not.toContain('Did you mean');
  });

  test('a stranger is told who may come in, before the body is read', async () => {
    const response = await fetch(world.url, { method: 'POST', body: '{', headers: { 'content-type': 'text/plain' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await world.json(response)).errors[0]).toMatchObject({ message: 'A bearer token is needed.', extensions: { code: 'UNAUTHENTICATED' } });
  });

  test('an expired token is told apart', async () => {
    const token = await world.issuer.token({ role: 'admin', lifetime: -10 });
    const response = await world.post({ query: '{ whoami }' }, { authorization: `Bearer ${token}` });
    expect((await world.json(response)).errors[0].message).toBe('The token has expired.');
  });
});

describe('the door', () => {
  test('takes no mutation by GET', async () => {
    const url = new URL(world.url);
    url.searchParams.set('query', 'mutation { append(input: { text: "x" }) }');
    const response = await fetch(url, { headers: { authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('answers other methods and paths with a sentence', async () => {
    const authorization = `Bearer ${await world.issuer.token({ role: 'admin' })}`;
    for (const accept of ['application/json', 'text/event-stream', '*/*']) {
      const refused = await fetch(world.url, { method: 'DELETE', headers: { authorization, accept } });
      expect([accept, refused.status, refused.headers.get('allow')]).toEqual([accept, 405, 'GET, HEAD, POST, OPTIONS']);
    }
    const elsewhere = await fetch(new URL('/admin', world.url));
    expect(elsewhere.status).toBe(404);
    expect((await world.json(elsewhere)).errors[0].message).toContain('/graphql');
    const posted = await fetch(new URL('/health', world.url), { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(new URL('/graphiql/..%2f..%2fpackage.json', world.url))).status).toBe(404);
    expect((await fetch(`${new URL(world.url).origin}//`)).status).toBe(400);
    expect((await fetch(new URL('/graphiql/constructor', world.url))).status).toBe(404);
  });

  test('refuses a body of 10 MB, announced or not, and lives', async () => {
    const authorization = `Bearer ${await world.issuer.token({ role: 'admin' })}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const big = JSON.stringify({ query: `{ whoami } # ${'x'.repeat(10 * 1024 * 1024)}` });
    expect(await statusOfRaw(world.url, [...head(headers, `content-length: ${big.length}`)], big)).toBe(413);
    const chunk = 'x'.repeat(64 * 1024);
    expect(await statusOfRaw(world.url, [...head(headers, 'transfer-encoding: chunked')], `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(160))).toBe(
      413,
    );
    expect((await world.ask('{ authorCount }')).data).toEqual({ authorCount: 2 });
    const { errors } = await world.json(await fetch(world.url, { method: 'POST', headers, body: big.slice(0, 2_000_000) }));
    expect(errors).toMatchObject([{ extensions: { code: 'BODY_TOO_LARGE', retryable: false } }]);
  });

  test.each([
    ['5,000 directives', `{ whoami ${'@include(if: true) '.repeat(5000)} }`],
    ['1,000 aliases', `{ ${Array.from({ length: 1000 }, (_, index) => `a${index}: whoami`).join(' ')} }`],
    ['500 aliases of one name', `{ books { ${'x: title '.repeat(500)} } }`],
    ['deep nesting', `{ books { ${'author { '.repeat(60)} id ${' }'.repeat(60)} } }`],
    ['100 mutations', `mutation { ${Array.from({ length: 100 }, (_, index) => `a${index}: append(input: { text: "x" })`).join(' ')} }`],
  ])('refuses %s as COST_LIMIT', async (_, query) => {
    const { data, errors } = await world.ask(query);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'COST_LIMIT' } }]);
  });

  test('refuses fragment cycles', async () => {
    const { errors } = await world.ask('{ books { ...A } } fragment A on Book { id ...B } fragment B on Book { title ...A }');
    expect(errors[0].extensions.code).toBe('VALIDATION_FAILED');
  });

  test('describes itself to those who may ask', async () => {
    const query = '{ __schema { queryType { name } } }';
    expect((await world.ask(query)).data.__schema.queryType.name).toBe('Query');
  });

  test('describes all that a client of today asks for, and to somebody on a contract that contract alone', async () => {
    const full = await world.ask(
      getIntrospectionQuery({ oneOf: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true }),
    );
    expect(Object.keys(buildClientSchema(full.data).getQueryType()?.getFields() ?? {})).toContain('authorCount');
    const portal = { role: 'portal', customerIds: [customerId] };
    const own = await world.ask(getIntrospectionQuery(), {}, portal);
    expect(Object.keys(buildClientSchema(own.data).getQueryType()?.getFields() ?? {})).toEqual(['whoami']);
    expect((await world.ask('{ whoami __schema { types { name } } }', {}, portal)).errors[0].extensions.code).toBe('VALIDATION_FAILED');
    const text = async (wish: TokenWish) =>
      fetch(new URL('/schema.graphql', world.url), { headers: { authorization: `Bearer ${await world.issuer.token(wish)}` } });
    expect(
      buildSchema(await (await text(portal)).text())
        .getQueryType()
        ?.getFields(),
    ).not.toHaveProperty('authorCount');
    expect(
      buildSchema(await (await text({ role: 'admin' })).text())
        .getQueryType()
        ?.getFields(),
    ).toHaveProperty('authorCount');
    expect((await fetch(new URL('/schema.graphql', world.url))).status).toBe(401);
  });

  test('judges our scalars before anything runs, as literals and as variables, and writes none of it down', async () => {
    const marker = 'a-name-that-no-log-holds';
    const mutation = `mutation ($date: Date) { append(input: { text: "${marker}" }) other: append(input: { text: "x" }) @skip(if: false) }`;
    const before = (await world.ask('mutation { append(input: { text: "count" }) }')).data.append.length;
    for (const [query, variables] of [
      [`{ on(date: "${marker}") }`, {}],
      ['{ on(date: 7.5) }', {}],
      ['query ($date: Date) { on(date: $date) }', { date: marker }],
      [mutation, { date: marker }],
    ] as const) {
      const { data, errors } = await world.ask(query, variables);
      expect(data).toBeUndefined();
      expect(errors, query).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED', retryable: false } }]);
    }
    expect((await world.ask('mutation { append(input: { text: "count" }) }')).data.append).toHaveLength(before + 1);
    expect(world.lines.join('')).not.toContain(marker);
    expect((await world.ask('{ on(date: "2026-02-28") }')).data).toEqual({ on: '2026-02-28' });
  });

  test('gives an alias what was selected under it, though a plan needs its name for a key', async () => {
    const query = '{ books(first: 1) { id: title __typename: id author { id: name x: id } authors { id: secret key: id } } }';
    const { data, errors } = await world.ask(query);
    expect(data.books[0]).toEqual({
      id: 'Book 1',
      __typename: '1',
      author: { id: 'Author 1', x: '1' },
      authors: [
        { id: null, key: '1' },
        { id: 'none', key: '2' },
        { id: null, key: '1' },
      ],
    });
    expect(errors[0].path).toEqual(['books', 0, 'authors', 0, 'id']);
    expect((await world.ask('{ books { id: title id } }')).errors[0].extensions.code).toBe('VALIDATION_FAILED');
  });

  test('answers HEAD as it would GET, and a path that nobody named', async () => {
    const authorization = `Bearer ${await world.issuer.token({ role: 'admin' })}`;
    const head = await fetch(`${world.url}?query={__typename}`, { method: 'HEAD', headers: { authorization } });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const root = await fetch(new URL('/', world.url), { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphql']);
    await using plain = await fixtureWorld();
    expect(await plain.json(await fetch(new URL('/', plain.url)))).toMatchObject({ graphql: '/graphql', schema: '/schema.graphql' });
  });

  test.each([
    ['application/json', 'application/json', 200],
    ['application/graphql-response+json', 'application/graphql-response+json', 403],
    ['application/json;q=0.5, application/graphql-response+json', 'application/graphql-response+json', 403],
    ['application/json, application/graphql-response+json;q=0.5', 'application/json', 200],
    ['APPLICATION/JSON, application/graphql-response+json;q=0', 'application/json', 200],
    ['*/*', 'application/json', 200],
    ['image/png', 'application/json', 200],
  ])('refuses who accepts %s in a form that it can read', async (accept, type, status) => {
    const refused = await world.post({ query: '{ authorCount }' }, { accept }, { role: 'portal', customerIds: [customerId] });
    expect([refused.headers.get('content-type')?.split(';')[0], refused.status]).toEqual([type, status]);
    expect((await world.json(refused)).errors[0].extensions.code).toBe('FORBIDDEN');
    const stranger = await fetch(world.url, { method: 'POST', headers: { accept, authorization: 'Bearer forged' } });
    expect([stranger.headers.get('content-type')?.split(';')[0], stranger.status]).toEqual([type, 401]);
    expect(stranger.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('names a handful of mistakes and no more', async () => {
    const { errors } = await world.ask(`{ ${Array.from({ length: 40 }, (_, n) => `nothing${n}`).join(' ')} }`);
    expect(errors.length).toBeLessThanOrEqual(6);
  });

  test('takes another supergraph without a restart, and keeps the present one when the next is broken', async () => {
    const before = world.graph.planning();
    const reloads: number[] = [];
    const stop = world.graph.onReload(() => reloads.push(1));
    await expect(world.graph.reload('type Query { nonsense: Int }')).rejects.toThrow();
    expect(world.graph.planning()).toBe(before);
    await world.graph.reload(fixtureSupergraph().replaceAll('authorCount', 'countOfAuthors'));
    expect((await world.ask('{ authorCount }')).errors[0].extensions.code).toBe('VALIDATION_FAILED');
    expect(world.graph.planning().apiSchema.getQueryType()?.getFields()).toHaveProperty('countOfAuthors');
    await world.graph.reload(fixtureSupergraph());
    stop();
    expect((await world.ask('{ authorCount }')).data).toEqual({ authorCount: 2 });
    expect(reloads).toHaveLength(2);
  });
});

describe('for operators', () => {
  test('/health lives, /ready knows what it needs', async () => {
    expect(await world.json(await fetch(new URL('/health', world.url)))).toEqual({ status: 'ok' });
    const ready = await fetch(new URL('/ready', world.url));
    expect(ready.status).toBe(200);
    expect(await world.json(ready)).toEqual({ status: 'ready', checks: { database: 'ok', 'subgraph library': 'ok', 'subgraph authors': 'ok' } });
  });

  test('/ready fails with what is down, without the reason', async () => {
    const down = async () => {
      throw new Error('connection refused by 10.0.0.7');
    };
    await using other = await fixtureWorld({ checks: { sequencer: down } });
    const ready = await fetch(new URL('/ready', other.url));
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('"sequencer":"failed"');
    expect(other.lines.join('')).toContain('10.0.0.7');
  });

  test('/metrics counts operations by type and fetches by subgraph', async () => {
    await world.ask('{ authorCount }');
    const text = await (await fetch(new URL('/metrics', world.url))).text();
    expect(text).toMatch(/accord_request_seconds_count\{operation="query",status="200"\} \d+/);
    expect(text).toMatch(/accord_fetch_seconds_count\{subgraph="authors",outcome="ok"\} \d+/);
    expect(text).toContain('accord_nodejs_eventloop_lag_seconds');
    expect(text).toContain('accord_subscriptions');
  });

  test('a taken port is a sentence', async () => {
    await expect(fixtureWorld({ port: world.port })).rejects.toThrow(`Port ${world.port} on 127.0.0.1 is taken`);
  });

  test('without an issuer it does not start', async () => {
    await expect(fixtureWorld({ issuers: [] })).rejects.toMatchObject({ name: 'CannotStart' });
  });

  test('closing lets a request end and cuts idle connections', async () => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const { promise: leave, resolve: go } = Promise.withResolvers<void>();
    const server = createServer(async (_, response) => {
      enter();
      await leave;
      response.end('done');
    });
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    const idle = connect(listening.port, '127.0.0.1');
    const idleEnd = new Promise((resolve) => idle.once('close', resolve));
    idle.resume();
    const answer = fetch(listening.url).then((response) => response.text());
    await entered;
    const closed = listening.close();
    go();
    expect(await answer).toBe('done');
    await Promise.all([closed, idleEnd, listening.close()]);
    await expect(fetch(listening.url)).rejects.toThrow();
  });
});

test('no connection goes anywhere but to what was configured', async () => {
  const script = `
    import net from 'node:net';
    const targets = [];
    const { connect } = net.Socket.prototype;
    net.Socket.prototype.connect = function (...args) { targets.push(JSON.stringify(args[0]?.[0] ?? args[0])); return connect.apply(this, args); };
    const { fixtureWorld } = await import('./tests/support/fixtureGraph.ts');
    const world = await fixtureWorld({ transport: 'HTTP' });
    await world.ask('{ books { author { name } } }');
    await world[Symbol.asyncDispose]();
    console.log(JSON.stringify(targets));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../..', import.meta.url).pathname,
  });
  const targets: string[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]');
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !/"host":"(127\.0\.0\.1|localhost)"|"hostname":"127\.0\.0\.1"/.test(target))).toEqual([]);
});

function head(headers: Record<string, string>, length: string): string[] {
  return [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), length];
}

/** Writes a request as bytes and reads the status, whether or not the body is taken to its end. */
function statusOfRaw(url: string, headers: string[], body: string): Promise<number> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.once('data', (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.write(`POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    socket.write(body);
  });
}
