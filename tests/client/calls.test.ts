import { type DocumentNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { type ClientOptions, createClient } from '#client/client.ts';
import { keysOf, withKeys } from '#client/document.ts';
import { AccordError, orThrow } from '#client/errors.ts';
import { backoff, pause, retryAfter, turns } from '#client/waits.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { gatewayDouble } from '../support/gatewayDouble.ts';
import { type Fate, roughWay } from '../support/roughWay.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld({ documents: { documents: new Map([['named-customers', '{ customers { totalCount } }']]), required: false } });
});
afterAll(() => world[Symbol.asyncDispose]());

const create =
  'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { replayed customer { id name } userErrors { code message field retryable correlationId } } }';
type Created = {
  createCustomer: { replayed: boolean; customer: { id: string; name: string } | null; userErrors: { code: string; message: string; retryable: boolean }[] };
};

/** A client whose way to the gateway is as rough as the fates say; after the last of them everything passes. */
async function rough(fates: readonly Fate[], options: Partial<ClientOptions> = {}) {
  const way = await roughWay(world.url, (count) => fates[count - 1] ?? 'pass');
  const retried: AccordError[] = [];
  const client = createClient({ url: way.url, token: () => world.tokenFor(), onRetry: (error) => retried.push(error), ...options });
  return { client, way, retried, [Symbol.asyncDispose]: way[Symbol.asyncDispose] };
}

const stated = async (name: string) => (await world.sql`select 1 from log.fact where type = 'CustomerCreated' and payload ->> 'name' = ${name}`).length;

describe('a mutation', () => {
  test.each<[string, Fate[]]>([
    ['nothing happens', []],
    ['the request is lost', ['loseRequest']],
    ['the answer is lost, twice', ['loseAnswer', 'loseAnswer']],
    ['a proxy is busy', [{ status: 503 }, { status: 502, body: '<html>' }]],
    ['a proxy asks for patience', [{ status: 429, headers: { 'retry-after': '0.01' } }]],
    ['all of it happens', ['loseAnswer', { status: 503 }, 'loseRequest', { status: 429, headers: { 'retry-after': '0' } }, 'loseAnswer']],
  ])('is carried out exactly once when %s', async (name, fates) => {
    await using made = await rough(fates);
    const { createCustomer } = await made.client.mutate<Created>(create, { input: { name } });
    expect(createCustomer.customer?.name).toBe(name);
    expect(createCustomer.replayed).toBe(fates.includes('loseAnswer'));
    expect(made.way.passed).toHaveLength(fates.length + 1);
    expect(new Set(made.way.passed.map(({ body }) => JSON.parse(body).variables.input.idempotencyKey)).size).toBe(1);
    expect(made.retried.map(({ attempts }) => attempts)).toEqual(fates.map((_, index) => index + 1));
    await expect.poll(() => stated(name)).toBe(1);
  });

  test('whose answer takes too long is asked for again, and replays', async () => {
    const held = Promise.withResolvers<void>();
    await using made = await rough([{ hold: held.promise }], { timeout: 900 });
    const { createCustomer } = await made.client.mutate<Created>(create, { input: { name: 'Slow Ltd' } });
    held.resolve();
    expect(createCustomer).toMatchObject({ replayed: true, customer: { name: 'Slow Ltd' } });
    expect(made.retried[0]).toMatchObject({ code: 'NETWORK', retryable: true });
  });

  test('keeps a key that its caller gives, wherever it stands', async () => {
    await using made = await rough([]);
    const first = await made.client.mutate<Created>(create, { input: { name: 'Keyed Ltd' } }, { idempotencyKey: 'calls-own' });
    const inside = await made.client.mutate<Created>(create, { input: { name: 'Keyed Ltd', idempotencyKey: 'calls-own' } });
    const apart =
      'mutation ($key: ID) { createCustomer(input: { name: "Keyed Ltd", idempotencyKey: $key }) { replayed customer { id name } userErrors { code } } }';
    const third = await made.client.mutate<Created>(apart, {}, { idempotencyKey: 'calls-own' });
    expect([inside, third].map(({ createCustomer }) => [createCustomer.replayed, createCustomer.customer?.id])).toEqual([
      [true, first.createCustomer.customer?.id],
      [true, first.createCustomer.customer?.id],
    ]);
  });

  test('without a place for a key is never sent twice when nobody knows whether it ran', async () => {
    await using made = await rough(['loseAnswer']);
    const unkeyed = 'mutation { createCustomer(input: { name: "Unkeyed Ltd" }) { customer { id } userErrors { code } } }';
    await expect(made.client.mutate(unkeyed)).rejects.toMatchObject({ code: 'NETWORK', attempts: 1 });
    expect(made.way.passed).toHaveLength(1);
    // Turned away at the door it has not run.
    await using busy = await rough([{ status: 429 }]);
    await busy.client.mutate(unkeyed);
    expect(busy.way.passed).toHaveLength(2);
  });

  test('tells refusals as data, or throws them when that is asked for', async () => {
    await using made = await rough([]);
    const { createCustomer } = await made.client.mutate<Created>(create, { input: { name: ' ' } });
    expect(createCustomer).toMatchObject({ customer: null, userErrors: [{ code: 'VALIDATION_FAILED', retryable: false }] });
    const refusal = { name: 'AccordError', code: 'VALIDATION_FAILED', retryable: false, field: 'name', correlationId: expect.any(String) };
    expect(() => orThrow(createCustomer)).toThrow(expect.objectContaining(refusal));
    await expect(made.client.mutate(create, { input: { name: ' ' } }, { orThrow: true })).rejects.toMatchObject(refusal);
    expect(orThrow({ userErrors: [], customer: 1 }).customer).toBe(1);
  });

  test('that a twin is still at work on is asked for again with its key, until patience ends', async () => {
    const busy = { body: { data: { createCustomer: { userErrors: [{ code: 'IDEMPOTENCY_IN_PROGRESS', message: 'Wait.', retryable: true }] } } } };
    await using gateway = await gatewayDouble((_, count) => (count < 3 ? busy : { body: { data: { createCustomer: { userErrors: [] } } } }));
    const client = createClient({ url: gateway.url, token: 't' });
    expect(await client.mutate(create, { input: { name: 'x' } })).toEqual({ createCustomer: { userErrors: [] } });
    expect(new Set(gateway.asked.map(({ variables }) => JSON.stringify(variables))).size).toBe(1);
    await using stuck = await gatewayDouble(() => busy);
    const impatient = createClient({ url: stuck.url, token: 't', patience: 300 });
    expect(await impatient.mutate(create, { input: { name: 'x' } })).toEqual(busy.body.data);
  });

  test('that may succeed after a repair only is not sent again', async () => {
    const closed = { body: { data: { post: { userErrors: [{ code: 'PERIOD_CLOSED', message: 'Closed.', retryable: true }] } } } };
    await using gateway = await gatewayDouble(() => closed);
    const post = 'mutation ($input: X!) { post(input: $input) { userErrors { code retryable message } } }';
    expect(await createClient({ url: gateway.url, token: 't' }).mutate(post, { input: {} })).toEqual(closed.body.data);
    expect(gateway.asked).toHaveLength(1);
  });
});

describe('an error', () => {
  test('carries its code, its place and the correlation id of the call', async () => {
    await using made = await rough([], { correlationId: 'calls-test' });
    const refused = made.client.query('{ customers(first: -1) { totalCount } }');
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_FAILED', retryable: false, correlationId: 'calls-test', attempts: 1 });
    const error = await made.client.query('{ nothing }').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AccordError);
    expect(made.way.passed).toHaveLength(2);
  });

  test('of several that stand in one answer is the one that no repetition cures', async () => {
    const errors = [
      { message: 'Later.', extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } },
      { message: 'No.', path: ['a', 0], extensions: { code: 'FORBIDDEN', retryable: false, guard: 'own' } },
    ];
    await using gateway = await gatewayDouble(() => ({ body: { data: { a: null }, errors } }));
    const refused = createClient({ url: gateway.url, token: 't' }).query('{ a }');
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'No.', path: ['a', 0], guard: 'own', data: { a: null }, errors: [{}, {}] });
    expect(gateway.asked).toHaveLength(1);
  });

  test('that may pass is waited for as long as its answer says, and given up when patience ends', async () => {
    const later = (retryAfterMs?: number) => ({
      body: { errors: [{ message: 'Later.', extensions: { code: 'RATE_LIMITED', retryable: true, retryAfterMs } }] },
    });
    await using gateway = await gatewayDouble((_, count) => (count === 1 ? later(1) : { body: { data: { a: 1 } } }));
    expect(await createClient({ url: gateway.url, token: 't' }).query('{ a }')).toEqual({ a: 1 });
    await using never = await gatewayDouble(() => later());
    const impatient = createClient({ url: never.url, token: 't', patience: 400 });
    const error = await impatient.query('{ a }').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect((error as AccordError).attempts).toBe(never.asked.length);
    await using far = await gatewayDouble(() => later(3_600_000));
    await expect(createClient({ url: far.url, token: 't' }).query('{ a }')).rejects.toMatchObject({ code: 'RATE_LIMITED', attempts: 1 });
  });

  test.each([
    ['no JSON', { body: '<html>' }, 'PROTOCOL'],
    ['no answer', { body: '{"x":1}' }, 'PROTOCOL'],
    ['nobody who knows the token', { status: 401, body: 'no' }, 'UNAUTHENTICATED'],
  ])('says what is wrong where there is %s', async (_, answer, code) => {
    await using gateway = await gatewayDouble(() => answer);
    await expect(createClient({ url: gateway.url, token: 't' }).query('{ a }')).rejects.toMatchObject({ code, retryable: false });
  });

  test('names an address where nobody is', async () => {
    const client = createClient({ url: 'http://127.0.0.1:9/graphql', token: 't', patience: 50 });
    await expect(client.query('{ a }')).rejects.toThrow(/127.0.0.1:9\/graphql does not answer/);
  });
});

describe('a call', () => {
  test('ends with its signal and with the client’s, on the way and between two attempts', async () => {
    const [mine, all] = [new AbortController(), new AbortController()];
    await using made = await rough(
      Array.from({ length: 50 }, (): Fate => ({ status: 503 })),
      { signal: all.signal, onRetry: () => mine.abort(new Error('enough')) },
    );
    await expect(made.client.query('{ __typename }', {}, { signal: mine.signal })).rejects.toThrow('enough');
    const held = Promise.withResolvers<void>();
    await using stuck = await rough([{ hold: held.promise }], { signal: all.signal });
    const asking = stuck.client.query('{ __typename }');
    await expect.poll(() => stuck.way.passed.length).toBe(1);
    all.abort(new Error('the end'));
    await expect(asking).rejects.toThrow('the end');
    held.resolve();
    await expect(stuck.client.query('{ __typename }')).rejects.toThrow('the end');
  });

  test('names a trusted document in place of its text, whatever form the text has', async () => {
    await using made = await rough([]);
    expect(await made.client.query('', {}, { documentId: 'named-customers' })).toMatchObject({ customers: { totalCount: expect.any(Number) } });
    const names = new Map<unknown, string>();
    const document = parse('query Known { __typename }');
    names.set(document, 'named-customers');
    const known = createClient({ url: made.way.url, token: () => world.tokenFor(), documentIdOf: (each) => names.get(each) });
    expect(await known.query(document as DocumentNode)).toMatchObject({ customers: {} });
    expect(JSON.parse(made.way.passed[1]?.body ?? '')).toEqual({ documentId: 'named-customers' });
  });

  test('gives the types that a generator wrote, and asks for no key', () => {
    type Typed<Data, Given> = DocumentNode & { __apiType?: (variables: Given) => Data };
    const client = createClient({ url: 'http://127.0.0.1:9/graphql', token: 't' });
    const query: Typed<{ a: number }, { id: string }> = parse('query ($id: ID!) { a(id: $id) }');
    const change: Typed<{ b: string }, { input: { idempotencyKey: string; name: string } }> = parse('mutation ($input: X!) { b(input: $input) }');
    const asked = () => client.query(query, { id: 'x' });
    const changed = () => client.mutate(change, { input: { name: 'x' } });
    expectTypeOf(asked).returns.resolves.toEqualTypeOf<{ a: number }>();
    expectTypeOf(changed).returns.resolves.toEqualTypeOf<{ b: string }>();
    // @ts-expect-error: the id is missing
    void (() => client.query(query));
  });
});

describe('a token', () => {
  test('that has run out is renewed once, however many calls find that out', async () => {
    const asked: boolean[] = [];
    const token = async ({ renew }: { renew: boolean }) => {
      asked.push(renew);
      return renew ? await world.tokenFor() : 'a.b.c';
    };
    await using made = await rough([], { token });
    const answers = await Promise.all(Array.from({ length: 5 }, () => made.client.query('{ __typename }')));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ __typename: 'Query' })));
    expect(asked).toEqual([false, true]);
  });

  test('that is refused when it is new ends the call, and so does one that cannot be renewed', async () => {
    await using made = await rough([], { token: () => 'a.b.c' });
    await expect(made.client.query('{ __typename }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', attempts: 2 });
    await using fixed = await rough([], { token: 'a.b.c' });
    await expect(fixed.client.query('{ __typename }')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', attempts: 1 });
  });

  test('whose provider fails fails the call with what it threw, and is asked for anew by the next', async () => {
    const wish: TokenWish = { role: 'admin' };
    let failing = true;
    await using made = await rough([], { token: async () => (failing ? Promise.reject(new Error('no issuer')) : world.tokenFor(wish)) });
    await expect(made.client.query('{ __typename }')).rejects.toThrow('no issuer');
    failing = false;
    expect(await made.client.query('{ __typename }')).toEqual({ __typename: 'Query' });
  });
});

describe('keys of a document', () => {
  test.each([
    ['mutation ($input: A!) { a(input: $input) { x } }', { inputs: ['input'], keys: [], complete: true, fields: ['a'] }],
    ['mutation ($a: A!, $b: B!) { a(input: $a) { x } b(input: $b) { x } }', { inputs: ['a', 'b'], keys: [], complete: true, fields: ['a', 'b'] }],
    ['mutation ($key: ID!) { a(input: { idempotencyKey: $key }) { x } }', { inputs: [], keys: ['key'], complete: true, fields: ['a'] }],
    ['mutation { a(input: { idempotencyKey: "k" }) { x } }', { inputs: [], keys: [], complete: true, fields: ['a'] }],
    ['mutation { a(input: { idempotencyKey: null }) { x } }', { inputs: [], keys: [], complete: false, fields: ['a'] }],
    ['mutation { a(input: { n: 1 }) { x } }', { inputs: [], keys: [], complete: false, fields: ['a'] }],
    ['mutation { ...F } fragment F on Mutation { a(input: {}) { x } }', { inputs: [], keys: [], complete: false, fields: [] }],
  ])('are found where %s takes them', (text, found) => {
    expect(keysOf(text)).toEqual(found);
  });

  test('fill what is missing and leave what is there', () => {
    const variables = { input: { name: 'x' }, own: { idempotencyKey: 'mine' }, none: 1 };
    expect(withKeys(variables, { inputs: ['input', 'own', 'none', 'absent'], keys: ['key'] }, 'k')).toEqual({
      input: { name: 'x', idempotencyKey: 'k' },
      own: { idempotencyKey: 'mine' },
      none: 1,
      key: 'k',
    });
  });
});

describe('waiting', () => {
  test('grows with each attempt up to a bound, and is never the same', () => {
    for (const [attempt, least, most] of [
      [1, 100, 200],
      [3, 400, 800],
      [9, 1_500, 3_000],
      [400, 1_500, 3_000],
    ] as const) {
      const wait = backoff(attempt);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(most);
    }
  });

  test.each([
    ['2', 2_000],
    ['0.5', 500],
    [new Date(0).toUTCString(), 0],
    ['', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('reads %j of Retry-After', (header, wait) => {
    expect(retryAfter(header)).toBe(wait);
  });

  test('ends with the signal, and at once when that was aborted before', async () => {
    const stop = new AbortController();
    const waiting = pause(3_600_000, stop.signal);
    stop.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    await expect(pause(3_600_000, stop.signal)).rejects.toThrow('stop');
    await pause(1, new AbortController().signal);
  });

  test('for a turn lets so many work at a time, in their order, also past one that fails', async () => {
    const turn = turns(2);
    const begun: number[] = [];
    const seen = { under: 0, most: 0 };
    const work = (n: number) =>
      turn(async () => {
        begun.push(n);
        seen.under += 1;
        seen.most = Math.max(seen.most, seen.under);
        await new Promise((next) => setImmediate(next));
        seen.under -= 1;
        if (n === 3) throw new Error('three');
        return n;
      });
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => work(n)));
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(seen.most).toBe(2);
    expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
  });
});
