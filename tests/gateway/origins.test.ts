import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrigins, type Origins } from '#gateway/origins.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { originsOf } from '../../roles/settings.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const portal = 'https://portal.example';

describe('a page', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    world = await fixtureWorld({ origins: [portal], graphiql: {} });
  });
  afterAll(() => world[Symbol.asyncDispose]());
  const preflight = (origin: string) =>
    fetch(world.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
    });

  test('of a configured origin may ask before it asks, without a token, and may read the answer', async () => {
    const before = await preflight(portal);
    expect([before.status, await before.text()]).toEqual([204, '']);
    expect(Object.fromEntries(before.headers)).toMatchObject({
      'access-control-allow-origin': portal,
      'access-control-allow-methods': 'GET,HEAD,POST,PUT,DELETE',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '7200',
    });
    const answer = await world.post({ query: '{ authorCount }' }, { origin: portal });
    expect(answer.headers.get('access-control-allow-origin')).toBe(portal);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-correlation-id');
    expect(answer.headers.get('vary')).toContain('Origin');
    const refused = await fetch(world.url, { method: 'POST', headers: { origin: portal } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, portal]);
  });

  test.each(['https://evil.example', 'http://portal.example', 'https://portal.example:8443', 'null', 'https://portal.example.evil.example'])(
    'of %s may not',
    async (origin) => {
      const before = await preflight(origin);
      expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([204, null]);
      expect((await world.post({ query: '{ authorCount }' }, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('may not read the page with the development token in it', async () => {
    const page = await fetch(world.url, { headers: { accept: 'text/html', origin: portal } });
    expect([page.headers.get('content-type'), page.headers.get('access-control-allow-origin')]).toEqual(['text/html; charset=utf-8', null]);
  });
});

describe('a WebSocket', () => {
  test.each<[Origins, string | undefined, boolean]>([
    [[portal], portal, true],
    [[portal], 'https://evil.example', false],
    [[portal], 'null', false],
    [[portal], undefined, true],
    [[], 'http://accord.example:4000', true],
    [[], 'https://accord.example', false],
    ['loopback', 'http://localhost:5173', true],
    ['loopback', 'http://127.0.0.1:3000', true],
    ['loopback', 'http://[::1]:3000', true],
    ['loopback', 'http://app.localhost', true],
    ['loopback', 'http://localhost.evil.example', false],
    ['loopback', 'http://127.0.0.1.evil.example', false],
    ['loopback', 'file://localhost', false],
  ])('of a gateway that knows %j from a page of %s: %s', (origins, origin, may) => {
    expect(createOrigins(origins).mayConnect({ headers: { host: 'accord.example:4000', ...(origin ? { origin } : {}) } })).toBe(may);
  });
});

test('origins are read from the setting, and a slip in it is a sentence', () => {
  const read = (text: string | undefined, flag?: string) =>
    originsOf({ flags: { origins: flag }, env: { ACCORD_ORIGINS: text }, words: [], out: () => undefined }, 'loopback');
  expect(read(undefined)).toBe('loopback');
  expect(read(' ')).toBe('loopback');
  expect(read('https://a.example, http://localhost:5173/')).toEqual(['https://a.example', 'http://localhost:5173']);
  expect(read('https://a.example', 'https://b.example')).toEqual(['https://b.example']);
  for (const wrong of ['*', 'portal.example', 'https://a.example/path', 'https://a.example,,', 'ftp://a.example'])
    expect(() => read(wrong)).toThrow(CannotStart);
});
