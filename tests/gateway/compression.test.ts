import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureWorld } from '../support/fixtureGraph.ts';

let world: Awaited<ReturnType<typeof fixtureWorld>>;
beforeAll(async () => {
  world = await fixtureWorld({ origins: ['https://portal.example'], graphiql: {} });
});
afterAll(() => world[Symbol.asyncDispose]());

const decoders: Record<string, (bytes: Buffer) => Buffer> = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
const large = '{ books(first: 100) { id title } }';
const small = '{ books(first: 1) { id title } }';

type Wish = { query?: string; headers?: Record<string, string>; method?: string; path?: string };

/** As a client without a library asks: nothing is decoded on the way. */
async function ask({ query = large, headers = {}, method = 'POST', path = '/graphql' }: Wish) {
  const own = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` };
  const sent = request(new URL(path, world.url), { method, headers: { ...own, ...headers } });
  sent.end(method === 'POST' ? JSON.stringify({ query }) : undefined);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  const encoding = response.headers['content-encoding'];
  const text = (encoding === undefined || bytes.length === 0 ? bytes : (decoders[encoding]?.(bytes) ?? bytes)).toString();
  return { encoding, bytes: bytes.length, length: response.headers['content-length'], vary: response.headers.vary, text, status: response.statusCode };
}

describe('an answer', () => {
  test.each([
    ['zstd', 'zstd'],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['*', 'zstd'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['zstd;q=0, *', 'br'],
    ['GZIP', 'gzip'],
    ['identity', undefined],
    ['deflate', undefined],
    ['gzip;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('to who accepts %j comes as %s', async (accepted, encoding) => {
    const plain = await ask({});
    const answer = await ask({ headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });
    expect([answer.encoding, answer.text, answer.vary]).toEqual([encoding, plain.text, 'Origin, Accept-Encoding']);
    expect(answer.length).toBe(String(answer.bytes));
    if (encoding) expect(answer.bytes).toBeLessThan(plain.bytes / 3);
  });

  test('that is small comes as it is, and a file of the page small', async () => {
    expect(await ask({ query: small, headers: { 'accept-encoding': 'gzip' } })).toMatchObject({ encoding: undefined, vary: 'Origin' });
    expect(await ask({ method: 'GET', path: '/graphiql/graphiql.js', headers: { 'accept-encoding': 'br' } })).toMatchObject({ encoding: 'br', status: 200 });
  });

  test('to a page says all that it varies by', async () => {
    expect(await ask({ headers: { 'accept-encoding': 'gzip', origin: 'https://portal.example' } })).toMatchObject({
      encoding: 'gzip',
      vary: 'Origin, Accept-Encoding',
    });
  });

  test('to HEAD says what GET would have', async () => {
    const path = `/graphql?query=${encodeURIComponent(large)}`;
    const headers = { 'accept-encoding': 'gzip' };
    const got = await ask({ method: 'GET', path, headers });
    expect(await ask({ method: 'HEAD', path, headers: { ...headers } })).toMatchObject({ encoding: 'gzip', length: got.length, bytes: 0 });
  });
});
