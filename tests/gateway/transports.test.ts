import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureWorld, type TransportName } from '../support/fixtureGraph.ts';

type World = Awaited<ReturnType<typeof fixtureWorld>>;

describe.each<TransportName>(['in process', 'HTTP'])('over the transport %s', (transport) => {
  let world: World;
  beforeAll(async () => {
    world = await fixtureWorld({ transport });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('entities of two subgraphs join, each asked for once', async () => {
    world.seen.representations.length = 0;
    const { data, errors } = await world.ask('{ books(first: 3) { title author { name } authors { name } } }');
    expect(errors).toBeUndefined();
    const authors = ['Author 1', 'Author 2', 'Author 1'].map((name) => ({ name }));
    expect(data.books).toEqual([1, 2, 3].map((id) => ({ title: `Book ${id}`, author: { name: 'Author 1' }, authors })));
    expect(world.seen.representations.length).toBeLessThanOrEqual(3);
  });

  test('an error of an entity asked for twice stands at both places', async () => {
    const { data, errors } = await world.ask('{ books(first: 2) { authors { id secret } } }');
    expect(data.books[0].authors).toEqual([
      { id: '1', secret: null },
      { id: '2', secret: 'none' },
      { id: '1', secret: null },
    ]);
    const paths = errors.map((error: { path: unknown[] }) => error.path.join('.'));
    expect(paths.sort()).toEqual(['books.0.authors.0.secret', 'books.0.authors.2.secret', 'books.1.authors.0.secret', 'books.1.authors.2.secret']);
    expect(new Set(errors.map((error: { extensions: { code: string } }) => error.extensions.code))).toEqual(new Set(['FORBIDDEN']));
  });

  test('the actor arrives as the token says', async () => {
    const customerId = '01900000-0000-7000-8000-000000000001';
    const { data } = await world.ask('{ whoami }', {}, { role: 'portal', customerIds: [customerId] });
    expect(JSON.parse(data.whoami)).toMatchObject({ id: 'dev-portal', kind: 'CLIENT_PORTAL', customerIds: [customerId] });
  });

  test('a refusal keeps its code and field; a fault is masked, and the log has it', async () => {
    const response = await world.post({ query: '{ refused broken }' }, { 'x-correlation-id': `masked-${transport.replace(' ', '-')}` });
    const { data, errors } = await world.json(response);
    const correlationId = `masked-${transport.replace(' ', '-')}`;
    expect(data).toEqual({ refused: null, broken: null });
    expect(errors).toHaveLength(2);
    expect(errors).toContainEqual({
      message: 'No book has this id.',
      path: ['refused'],
      extensions: { code: 'NOT_FOUND', retryable: false, correlationId, field: 'id' },
    });
    expect(errors).toContainEqual({
      message: 'Accord failed here. Quote the correlation id to support.',
      path: ['broken'],
      extensions: { code: 'INTERNAL', retryable: true, correlationId },
    });
    expect(world.lines.filter((line) => line.includes(correlationId) && line.includes('a resolver failed'))).toHaveLength(1);
  });

  test('an entity that its subgraph does not show is null, with an error there; an answer that falls with it says so', async () => {
    const { data: shown, errors: why } = await world.ask('{ hidden { name } authorCount }');
    expect(shown).toEqual({ hidden: null, authorCount: 2 });
    expect(why).toMatchObject([{ path: ['hidden', 'name'], extensions: { code: 'NOT_FOUND' } }]);
    const { data, errors } = await world.ask('{ lost { name } authorCount }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  });

  test('an actor with many customers arrives whole', async () => {
    const customerIds = Array.from({ length: 240 }, (_, index) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`);
    const { data } = await world.ask('{ whoami }', {}, { role: 'portal', customerIds });
    expect(JSON.parse(data.whoami).customerIds).toEqual(customerIds);
  });

  test('correlation id and trace are kept where the caller gave them', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const response = await world.post(
      { query: '{ correlation traceparent }' },
      { 'x-correlation-id': 'opp-4711', traceparent: `00-${trace}-00f067aa0ba902b7-01` },
    );
    const { data } = await world.json(response);
    expect(response.headers.get('x-correlation-id')).toBe('opp-4711');
    expect(data.correlation).toBe('opp-4711');
    expect(data.traceparent).toMatch(new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  });

  test('they are made where the caller gave none, or nonsense', async () => {
    const response = await world.post({ query: '{ correlation traceparent }' }, { 'x-correlation-id': 'a b; drop', traceparent: 'nonsense' });
    const { data } = await world.json(response);
    expect(response.headers.get('x-correlation-id')).toBe(data.correlation);
    expect(data.correlation).toMatch(/^[0-9a-f-]{36}$/);
    expect(data.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('mutations of one operation run one after the other', async () => {
    const first = `a ${transport}`;
    const { data } = await world.ask(
      `mutation { one: append(input: { text: "${first}" }) two: append(input: { text: "b" }) three: append(input: { text: "c" }) }`,
    );
    expect(data).toEqual({ one: [first], two: [first, 'b'], three: [first, 'b', 'c'] });
  });

  test('a value that a scalar refuses is VALIDATION_FAILED', async () => {
    const { errors } = await world.ask('query ($on: Date) { on(date: $on) }', { on: 'yesterday' });
    expect(errors[0].message).toContain('YYYY-MM-DD');
    expect(errors[0].extensions.code).toBe('VALIDATION_FAILED');
  });

  test('names of Object.prototype as aliases are names like others', async () => {
    const { data, errors } = await world.ask(
      '{ __proto__: authorCount constructor: authorCount toString: whoami books(first: 1) { __proto__: title constructor: author { hasOwnProperty: name __proto__: name } } }',
    );
    expect(errors).toBeUndefined();
    expect(Object.getOwnPropertyNames(data.books[0])).toEqual(['__proto__', 'constructor']);
    expect(data.constructor).toBe(2);
    expect(data.books[0].constructor.hasOwnProperty).toBe('Author 1');
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  test('names of Object.prototype as variables are names like others', async () => {
    const query = 'query ($constructor: Date, $__proto__: EchoInput!) { on(date: $constructor) echo(input: $__proto__) }';
    const post = await world.post(`{"query":${JSON.stringify(query)},"variables":{"__proto__":{"text":"a"}}}`);
    expect(await world.json(post)).toEqual({ data: { on: null, echo: 'a' } });
  });

  test('nobody outside reaches _service or _entities', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: [{ __typename: "Author", id: "1" }]) { __typename } }',
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
    ]) {
      const { data, errors } = await world.ask(query, { r: [] });
      expect(data).toBeUndefined();
      expect(errors[0].extensions.code).toBe('VALIDATION_FAILED');
    }
  });
});

describe('a subgraph that is gone', () => {
  test('is UPSTREAM_UNAVAILABLE at its fields, and the others answer', async () => {
    await using world = await fixtureWorld({ transport: 'HTTP' });
    await world.ways.close();
    const { data, errors } = await world.ask('{ whoami }');
    expect(data).toBeNull();
    // Nothing beside it that a client would take for the end of the matter.
    expect(errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'UPSTREAM_UNAVAILABLE', retryable: true }) })]);
    const ready = await fetch(new URL('/ready', world.url));
    expect(ready.status).toBe(503);
    expect((await world.json(ready)).checks).toMatchObject({ 'subgraph library': 'failed' });
  });
});
