import { describe, expect, test } from 'vitest';
import { type BulkOperation, sendAll } from '#connectors/tock/bulk.ts';
import { createClient, ImportFailed } from '#connectors/tock/client.ts';
import type { Mapped } from '#connectors/tock/map.ts';
import { type Answer, gatewayDouble } from '../support/gatewayDouble.ts';

const options = { token: 'secret', correlationId: 'tock-test', patience: 5_000 };
const document = 'query { x }';
const fault = (code: string, more: object = {}): Answer => ({ body: { data: null, errors: [{ message: 'No.', extensions: { code, ...more } }] } });

describe('a call', () => {
  test('carries the token, the correlation id and the variables', async () => {
    await using gateway = await gatewayDouble(() => ({ body: { data: { x: 1 } } }));
    const client = createClient({ ...options, url: gateway.url });
    expect(await client.call({ document, variables: { a: 'b' } })).toEqual({ x: 1 });
    expect(gateway.asked).toMatchObject([
      { query: document, variables: { a: 'b' }, headers: { authorization: 'Bearer secret', 'x-correlation-id': 'tock-test' } },
    ]);
  });

  test.each([
    ['a cut connection', 'hangUp'],
    ['a server that is not ready', { status: 503, body: 'busy' }],
    ['a retryable error', fault('UPSTREAM_UNAVAILABLE', { retryable: true })],
    ['a limit', fault('RATE_LIMITED', { retryable: true, retryAfterMs: 5 })],
    ['a Retry-After', { status: 429, headers: { 'retry-after': '0.01' } }],
  ] as const)('is made again with the same body after %s', async (_, first) => {
    await using gateway = await gatewayDouble((_asked, count) => (count === 1 ? first : { body: { data: { x: 2 } } }));
    const said: string[] = [];
    const client = createClient({ ...options, url: gateway.url, onRetry: (why) => said.push(why) });
    expect(await client.call({ document, variables: { idempotencyKey: 'k' } })).toEqual({ x: 2 });
    expect(gateway.asked.map(({ variables }) => variables)).toEqual([{ idempotencyKey: 'k' }, { idempotencyKey: 'k' }]);
    expect(said).toHaveLength(1);
  });

  test('is made again while its own answer asks for it', async () => {
    await using gateway = await gatewayDouble((_, count) => ({ body: { data: { left: 3 - count } } }));
    const client = createClient({ ...options, url: gateway.url });
    const again = ({ left }: { left: number }) => (left > 0 ? 'not yet' : undefined);
    expect(await client.call({ document, again })).toEqual({ left: 0 });
  });

  test('ends at once with an error that no repetition cures', async () => {
    await using gateway = await gatewayDouble(() => fault('FORBIDDEN', { retryable: false }));
    const client = createClient({ ...options, url: gateway.url });
    await expect(client.call({ document })).rejects.toThrow(
      new ImportFailed('No. (FORBIDDEN) connectors/tock/README.md names the permissions that the token needs.'),
    );
    expect(gateway.asked).toHaveLength(1);
  });

  test('ends when the patience does, and says why', async () => {
    await using gateway = await gatewayDouble(() => fault('INTERNAL', { retryable: true, correlationId: 'c-1' }));
    const client = createClient({ ...options, url: gateway.url, patience: 300 });
    await expect(client.call({ document })).rejects.toThrow(/^Given up after \d attempts: No. \(INTERNAL, correlation id c-1\)$/);
  });

  test('asks whether that is the gateway when the answer is no GraphQL', async () => {
    await using gateway = await gatewayDouble(() => ({ body: '<html>' }));
    await expect(createClient({ ...options, url: gateway.url }).call({ document })).rejects.toThrow(/Is that the gateway's address\?/);
  });

  test('names an address where nobody is', async () => {
    const client = createClient({ ...options, url: 'http://127.0.0.1:9/graphql', patience: 50 });
    await expect(client.call({ document })).rejects.toThrow(/127.0.0.1:9\/graphql does not answer/);
  });

  test('ends with the signal, also between two attempts', async () => {
    const stop = new AbortController();
    await using gateway = await gatewayDouble(() => ({ status: 503 }));
    const client = createClient({ ...options, url: gateway.url, signal: stop.signal, onRetry: () => stop.abort() });
    await expect(client.call({ document })).rejects.toThrow(/abort/i);
  });
});

test('no more calls are under way than allowed, and all of them get their turn', async () => {
  let under = 0;
  let most = 0;
  await using gateway = await gatewayDouble(async ({ variables }) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((turn) => setImmediate(turn));
    under -= 1;
    return { body: { data: { n: variables.n } } };
  });
  const client = createClient({ ...options, url: gateway.url, concurrency: 3 });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => client.call({ document, variables: { n } })));
  expect(answers).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })));
  expect(most).toBeLessThanOrEqual(3);
});

describe('a bulk mutation', () => {
  const operation: BulkOperation = { document, mutation: 'put', field: 'thing' };
  const pieces = (count: number): Mapped<{ n: number }>[] => Array.from({ length: count }, (_, n) => ({ source: `m:${n}`, item: { n } }));
  type Input = { idempotencyKey: string; items: { n: number }[] };
  const inputOf = (variables: Record<string, unknown>) => variables.input as Input;
  const error = (code: string, retryable = false) => ({ code, message: `Because ${code}.`, guard: null, retryable });
  const payload = (items: readonly { n: number }[], refuse: (n: number) => ReturnType<typeof error> | undefined = () => undefined) => {
    const results = items.map(({ n }, index) => ({ index, thing: { id: `id ${n}` }, userErrors: [refuse(n)].filter((each) => each !== undefined) }));
    return { body: { data: { put: { results, succeeded: results.filter((each) => each.userErrors.length === 0).length, replayed: false, userErrors: [] } } } };
  };

  test('goes in batches of 500, each under a key of its own that its content decides', async () => {
    await using gateway = await gatewayDouble(({ variables }) => payload(inputOf(variables).items));
    const client = createClient({ ...options, url: gateway.url });
    const sent = await sendAll(client, operation, pieces(1_200));
    await sendAll(client, operation, pieces(1_200));
    expect(sent.entities.size).toBe(1_200);
    expect(sent.entities.get('m:777')).toEqual({ id: 'id 777' });
    const keys = gateway.asked.map(({ variables }) => inputOf(variables).idempotencyKey).sort();
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]).toMatch(/^tock:put:m:0\.\.m:499:[0-9a-f]{32}$/);
    const sizes = gateway.asked.map(({ variables }) => inputOf(variables).items.length).sort((a, b) => a - b);
    expect(sizes).toEqual([200, 200, 500, 500, 500, 500]);
  });

  test('lists a refused item with its source, and one that could not be sent', async () => {
    await using gateway = await gatewayDouble(({ variables }) => payload(inputOf(variables).items, (n) => (n === 1 ? error('NOT_FOUND') : undefined)));
    const sent = await sendAll(createClient({ ...options, url: gateway.url }), operation, [...pieces(3), { source: 'm:9', lacks: 'Thing x:1' }]);
    expect(sent.refusals).toEqual([
      { source: 'm:9', mutation: 'put', code: 'NOT_FOUND', guard: null, message: 'Not sent: Accord has no Thing x:1.' },
      { source: 'm:1', mutation: 'put', code: 'NOT_FOUND', guard: null, message: 'Because NOT_FOUND.' },
    ]);
    expect([...sent.entities.keys()]).toEqual(['m:0', 'm:2']);
  });

  test('sends an item again, under a new key, when it may succeed at once; in the end it is listed', async () => {
    await using gateway = await gatewayDouble(({ variables }, count) =>
      payload(inputOf(variables).items, (n) => (n === 2 || (n === 1 && count === 1) ? error('STALE_VERSION', true) : undefined)),
    );
    const sent = await sendAll(createClient({ ...options, url: gateway.url }), operation, pieces(3));
    expect(gateway.asked.map(({ variables }) => inputOf(variables).items.map(({ n }) => n))).toEqual([[0, 1, 2], [1, 2], [2]]);
    expect(new Set(gateway.asked.map(({ variables }) => inputOf(variables).idempotencyKey)).size).toBe(3);
    expect(sent.refusals).toMatchObject([{ source: 'm:2', code: 'STALE_VERSION' }]);
    expect([...sent.entities.keys()].sort()).toEqual(['m:0', 'm:1']);
  });

  test('what waits for a repair is not sent again', async () => {
    await using gateway = await gatewayDouble(({ variables }) => payload(inputOf(variables).items, () => error('PERIOD_CLOSED', true)));
    const sent = await sendAll(createClient({ ...options, url: gateway.url }), operation, pieces(1));
    expect(gateway.asked).toHaveLength(1);
    expect(sent).toMatchObject({ acted: false, refusals: [{ code: 'PERIOD_CLOSED' }] });
  });

  test('a twin that is still at work is waited for, under the same key', async () => {
    const busy = { body: { data: { put: { results: [], succeeded: 0, replayed: false, userErrors: [error('IDEMPOTENCY_IN_PROGRESS', true)] } } } };
    await using gateway = await gatewayDouble(({ variables }, count) => (count === 1 ? busy : payload(inputOf(variables).items)));
    const sent = await sendAll(createClient({ ...options, url: gateway.url }), operation, pieces(1));
    expect(new Set(gateway.asked.map(({ variables }) => inputOf(variables).idempotencyKey)).size).toBe(1);
    expect(sent.entities.size).toBe(1);
  });

  test('a call that is refused as a whole ends the import with a hint', async () => {
    await using gateway = await gatewayDouble(() => ({
      body: { data: { put: { results: [], succeeded: 0, replayed: false, userErrors: [error('FORBIDDEN')] } } },
    }));
    const sending = sendAll(createClient({ ...options, url: gateway.url }), operation, pieces(1));
    await expect(sending).rejects.toThrow(/^put was refused: Because FORBIDDEN. \(FORBIDDEN\) connectors\/tock\/README.md names the permissions/);
  });
});
