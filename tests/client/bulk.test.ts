import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BulkProgress } from '#client/bulk.ts';
import { contentKey } from '#client/bulk.ts';
import { createClient } from '#client/client.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { gatewayDouble } from '../support/gatewayDouble.ts';
import { type Fate, roughWay } from '../support/roughWay.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const document = `mutation ($input: UpsertCustomersInput!) {
  upsertCustomers(input: $input) { results { index customer { id name } userErrors { code message field retryable } } succeeded replayed userErrors { code message retryable } }
}`;
type Row = { no: number; name: string };
type Result = { customer: { id: string; name: string } | null };

const rows = (prefix: string, count: number): Row[] => Array.from({ length: count }, (_, no) => ({ no, name: no % 10 === 7 ? ' ' : `${prefix} ${no}` }));
const bulkOf = (prefix: string, items: readonly Row[]) => ({
  document,
  items,
  idOf: ({ no }: Row) => `${prefix}:${no}`,
  itemOf: ({ no, name }: Row) => ({ externalRef: { system: 'crm', externalId: `${prefix}:${no}` }, name }),
  prefix,
  size: 10,
});
const counted = async (prefix: string) =>
  (await world.sql`select 1 from log.fact where type = 'CustomerCreated' and payload ->> 'name' like ${`${prefix} %`}`).length;

describe('many items', () => {
  test('come to an outcome each, refused ones too, through a way that loses requests and answers', async () => {
    const fates: Record<number, Fate> = { 1: 'loseAnswer', 3: 'loseRequest', 4: { status: 503 }, 6: 'loseAnswer' };
    await using way = await roughWay(world.url, (count) => fates[count] ?? 'pass');
    const client = createClient({ url: way.url, token: () => world.tokenFor() });
    const told: BulkProgress[] = [];
    const items = rows('rough', 50);
    const report = await client.bulk<Row, Result>({ ...bulkOf('rough', items), concurrency: 2, onProgress: (progress) => told.push(progress) });
    expect(report).toMatchObject({ succeeded: 45, refused: 5 });
    expect(report.outcomes.map(({ item }) => item)).toEqual(items);
    for (const { id, item, result, userErrors } of report.outcomes) {
      expect(id).toBe(`rough:${item.no}`);
      if (item.no % 10 === 7) expect(userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'name' }]);
      else expect(result.customer?.name).toBe(item.name);
    }
    expect(told.at(-1)).toEqual({ done: 50, total: 50, refused: 5 });
    expect(told.map(({ done }) => done)).toEqual([10, 20, 30, 40, 50]);
    await expect.poll(() => counted('rough')).toBe(45);
  });

  test('that were interrupted are taken up where they stopped, since keys are made of what is sent', async () => {
    const stop = new AbortController();
    const first = createClient({ url: world.url, token: () => world.tokenFor() });
    const items = rows('resumed', 40);
    const interrupted = first.bulk({
      ...bulkOf('resumed', items),
      concurrency: 1,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 20 && stop.abort(new Error('killed')),
    });
    await expect(interrupted).rejects.toThrow('killed');
    await using way = await roughWay(world.url, () => 'pass');
    const second = await createClient({ url: way.url, token: () => world.tokenFor() }).bulk<Row, Result>({ ...bulkOf('resumed', items), concurrency: 1 });
    expect(second).toMatchObject({ succeeded: 36, refused: 4, acted: true });
    await expect.poll(() => counted('resumed')).toBe(36);
    const third = await first.bulk<Row, Result>(bulkOf('resumed', items));
    expect(third).toMatchObject({ succeeded: 36, acted: false });
    expect(third.outcomes.map(({ result }) => result.customer?.id)).toEqual(second.outcomes.map(({ result }) => result.customer?.id));
    const keys = way.passed.map(({ body }) => JSON.parse(body).variables.input.idempotencyKey);
    expect(keys[0]).toMatch(/^resumed:upsertCustomers:resumed:0\.\.resumed:9:[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(4);
  });

  test('that are none need no call', async () => {
    const client = createClient({ url: 'http://127.0.0.1:9/graphql', token: 't' });
    expect(await client.bulk(bulkOf('none', []))).toEqual({ outcomes: [], succeeded: 0, refused: 0, acted: false });
  });
});

describe('a bulk call', () => {
  type Input = { idempotencyKey: string; items: { n: number }[] };
  const put = 'mutation ($input: X!) { put(input: $input) { results { index userErrors { code message retryable } } replayed userErrors { code message } } }';
  const many = (count: number) => ({ document: put, items: Array.from({ length: count }, (_, n) => ({ n })), idOf: ({ n }: { n: number }) => `${n}` });
  const inputOf = (variables: Record<string, unknown>) => variables.input as Input;
  const answer = (items: readonly { n: number }[], codeOf: (n: number) => string | undefined) => {
    const results = items.map(({ n }, index) => {
      const code = codeOf(n);
      return { index, userErrors: code ? [{ code, message: 'No.', retryable: true }] : [] };
    });
    return { body: { data: { put: { results, replayed: false, userErrors: [] } } } };
  };

  test('holds at most 500 items, whatever is asked for', async () => {
    await using gateway = await gatewayDouble(({ variables }) => answer(inputOf(variables).items, () => undefined));
    await createClient({ url: gateway.url, token: 't' }).bulk({ ...many(1_100), size: 9_999 });
    expect(gateway.asked.map(({ variables }) => inputOf(variables).items.length).sort((a, b) => a - b)).toEqual([100, 500, 500]);
  });

  test('is followed by another one, under another key, of what may succeed at once; what waits for a repair is told', async () => {
    await using gateway = await gatewayDouble(({ variables }, count) =>
      answer(inputOf(variables).items, (n) => (n === 0 ? 'PERIOD_CLOSED' : n === 1 || (n === 2 && count === 1) ? 'STALE_VERSION' : undefined)),
    );
    const report = await createClient({ url: gateway.url, token: 't' }).bulk(many(4));
    expect(gateway.asked.map(({ variables }) => inputOf(variables).items.map(({ n }) => n))).toEqual([[0, 1, 2, 3], [1, 2], [1]]);
    expect(new Set(gateway.asked.map(({ variables }) => inputOf(variables).idempotencyKey)).size).toBe(3);
    expect(report.outcomes.map(({ userErrors }) => userErrors[0]?.code)).toEqual(['PERIOD_CLOSED', 'STALE_VERSION', undefined, undefined]);
  });

  test('that is refused as a whole ends the others', async () => {
    const refused = { body: { data: { put: { results: [], userErrors: [{ code: 'FORBIDDEN', message: 'No.' }] } } } };
    await using gateway = await gatewayDouble(() => refused);
    const client = createClient({ url: gateway.url, token: 't' });
    await expect(client.bulk({ ...many(2_000), concurrency: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(gateway.asked).toHaveLength(1);
  });

  test.each([
    ['without results', { data: { put: { userErrors: [] } } }, /gave no results/],
    ['for fewer items', { data: { put: { results: [], userErrors: [] } } }, /answered for 0 of 1 items/],
    ['without index', { data: { put: { results: [{ userErrors: [] }], userErrors: [] } } }, /without index/],
    ['for another item', { data: { put: { results: [{ index: 4, userErrors: [] }], userErrors: [] } } }, /an item 4 that was not sent/],
  ])('says what is wrong with an answer %s', async (_, body, words) => {
    await using gateway = await gatewayDouble(() => ({ body }));
    await expect(createClient({ url: gateway.url, token: 't' }).bulk(many(1))).rejects.toThrow(words);
  });

  test.each(['mutation { put(input: {}) { replayed } }', 'mutation ($input: X!) { put(input: $input) { replayed } also(input: $input) { replayed } }'])(
    'is refused before it is sent where its document is none: %s',
    async (text) => {
      const client = createClient({ url: 'http://127.0.0.1:9/graphql', token: 't' });
      await expect(client.bulk({ ...many(1), document: text })).rejects.toMatchObject({ code: 'PROTOCOL' });
    },
  );

  test('has the same key for the same content alone', async () => {
    expect(await contentKey({ a: 1 })).toBe(await contentKey({ a: 1 }));
    expect(await contentKey({ a: 1 })).not.toBe(await contentKey({ a: 2 }));
  });
});

describe('pages', () => {
  const customers = 'query ($after: Cursor, $first: Int) { customers(first: $first, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }';
  type Data = { customers: { nodes: { id: string; name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

  test('give every node once, and ask for the next page when it is wanted', async () => {
    await using way = await roughWay(world.url, (count) => (count === 2 ? 'loseAnswer' : 'pass'));
    const client = createClient({ url: way.url, token: () => world.tokenFor() });
    const total = (await client.query<{ customers: { totalCount: number } }>('{ customers { totalCount } }')).customers.totalCount;
    const ids = new Set<string>();
    for await (const { id } of client.pages(customers, { variables: { first: 25 }, connection: (data: Data) => data.customers })) ids.add(id);
    expect(ids.size).toBe(total);
    // The total, the pages, and one that came twice.
    expect(way.passed.length).toBe(2 + Math.ceil(total / 25));
    const before = way.passed.length;
    for await (const _ of client.pages(customers, { variables: { first: 1 }, connection: (data: Data) => data.customers })) break;
    expect(way.passed.length).toBe(before + 1);
  });

  test('that lead nowhere are told, and not asked for without end', async () => {
    await using gateway = await gatewayDouble(() => ({ body: { data: { a: { nodes: [1], pageInfo: { hasNextPage: true, endCursor: 'same' } } } } }));
    const pages = createClient({ url: gateway.url, token: 't' }).pages('{ a }', {
      connection: (data: { a: { nodes: number[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }) => data.a,
    });
    const all = async () => {
      for await (const _ of pages);
    };
    await expect(all()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(gateway.asked).toHaveLength(2);
  });
});
