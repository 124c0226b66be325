import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmission } from '#gateway/admission.ts';
import { Refused } from '#kernel/errors.ts';
import type { Transport } from '#kernel/transport.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const small = { operations: 2, waiting: 6, waitingPerPrincipal: 4 };

/** Asks for places by name; notes in which order they are given, and keeps them until they are taken back. */
function crowd(limits = small) {
  const admission = createAdmission(limits);
  const given: string[] = [];
  const places: Disposable[] = [];
  const refused: string[] = [];
  const ask = async (name: string, signal?: AbortSignal) => {
    try {
      places.push(await admission.enter(name.charAt(0), signal));
      given.push(name);
    } catch (error) {
      refused.push(`${name}: ${error instanceof Refused ? error.code : String(error)}`);
    }
  };
  const next = async () => {
    places.shift()?.[Symbol.dispose]();
    await setImmediate();
  };
  return {
    admission,
    given,
    refused,
    places,
    ask: async (...names: string[]) => {
      for (const name of names) void ask(name);
      await setImmediate();
    },
    askWith: ask,
    next,
  };
}

describe('operations', () => {
  test('go at once as long as there is room, and then in turn', async () => {
    const { given, ask, next, admission } = crowd();
    await ask('a1', 'a2', 'a3', 'a4');
    expect([given, admission.count()]).toEqual([['a1', 'a2'], { running: 2, waiting: 2 }]);
    await next();
    expect([given, admission.count()]).toEqual([['a1', 'a2', 'a3'], { running: 2, waiting: 1 }]);
    for (let turn = 0; turn < 3; turn += 1) await next();
    expect([given, admission.count()]).toEqual([['a1', 'a2', 'a3', 'a4'], { running: 0, waiting: 0 }]);
  });

  test('of one who asks much do not keep the others waiting', async () => {
    const { given, ask, next } = crowd();
    await ask('a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1');
    for (let turn = 0; turn < 6; turn += 1) await next();
    expect(given).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
  });

  test('are refused when too many of one principal wait', async () => {
    const { refused, ask, admission } = crowd();
    await ask('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7');
    expect([refused, admission.count()]).toEqual([['a7: RATE_LIMITED'], { running: 2, waiting: 4 }]);
  });

  test('are refused when too many wait, those of the longest queue first', async () => {
    const { refused, given, ask, next, admission } = crowd();
    await ask('x1', 'x2', 'a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1', 'd1');
    expect(refused.sort()).toEqual(['a3: RATE_LIMITED', 'a4: RATE_LIMITED']);
    await ask('e1', 'f1', 'a9');
    expect(refused.slice(2).sort()).toEqual(['a2: RATE_LIMITED', 'a9: RATE_LIMITED', 'b2: RATE_LIMITED']);
    expect(admission.count()).toEqual({ running: 2, waiting: 6 });
    for (let turn = 0; turn < 8; turn += 1) await next();
    expect(given.slice(2)).toEqual(['a1', 'b1', 'c1', 'd1', 'e1', 'f1']);
    expect(admission.count()).toEqual({ running: 0, waiting: 0 });
  });

  test('of clients that go away leave their place in the queue', async () => {
    const { refused, given, ask, askWith, next, admission } = crowd();
    const gone = new AbortController();
    await ask('a1', 'a2');
    const leaving = askWith('b1', gone.signal);
    await ask('c1');
    gone.abort();
    await leaving;
    expect([refused, admission.count()]).toEqual([['b1: RATE_LIMITED'], { running: 2, waiting: 1 }]);
    await askWith('b2', gone.signal);
    expect(refused).toHaveLength(2);
    for (let turn = 0; turn < 3; turn += 1) await next();
    expect([given, admission.count()]).toEqual([['a1', 'a2', 'c1'], { running: 0, waiting: 0 }]);
  });

  test('give a place back once', async () => {
    const { places, ask, admission } = crowd();
    await ask('a1', 'a2', 'a3', 'a4');
    const [first] = places;
    for (const _ of [1, 2, 3]) first?.[Symbol.dispose]();
    await setImmediate();
    expect(admission.count()).toEqual({ running: 2, waiting: 1 });
  });
});

describe('the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  const asked: (() => void)[] = [];
  const slow: Transport = {
    execute: () => new Promise((resolve) => asked.push(() => resolve({ data: { authorCount: 2 } }))),
    check: async () => undefined,
    close: async () => undefined,
  };
  beforeAll(async () => {
    world = await fixtureWorld({ transports: { library: slow, authors: slow }, admission: { operations: 1, waiting: 2, waitingPerPrincipal: 1 } });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const gauge = async () => {
    const text = await (await fetch(new URL('/metrics', world.url))).text();
    return [...text.matchAll(/^accord_operations\{state="(\w+)"\} (\d+)/gm)].map(([, state, count]) => `${state} ${count}`);
  };

  test('says when to come again, in the media type that is taken, and answers the others', async () => {
    const ask = (headers: Record<string, string> = {}) => world.post({ query: '{ authorCount }' }, headers);
    const first = ask();
    await expect.poll(() => asked.length).toBe(1);
    const second = ask();
    await expect.poll(gauge).toEqual(['running 1', 'waiting 1']);
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const third = await ask({ accept });
      expect([third.status, third.headers.get('retry-after'), third.headers.get('content-type')]).toEqual([429, '1', `${accept}; charset=utf-8`]);
      expect(await world.json(third)).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] });
    }
    asked.shift()?.();
    await expect.poll(() => asked.length).toBe(1);
    asked.shift()?.();
    for (const each of [first, second]) expect(await world.json(await each)).toEqual({ data: { authorCount: 2 } });
    expect(await gauge()).toEqual(['running 0', 'waiting 0']);
  });

  test('gives the place of a client that hung up to the next', async () => {
    const hangUp = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token({ role: 'finance' })}` };
    const request = { method: 'POST', headers, body: '{"query":"{ authorCount }"}' };
    const first = fetch(world.url, request);
    await expect.poll(() => asked.length).toBe(1);
    const gone = fetch(world.url, { ...request, signal: hangUp.signal }).catch(() => 'gone');
    await expect.poll(gauge).toEqual(['running 1', 'waiting 1']);
    hangUp.abort();
    expect(await gone).toBe('gone');
    await expect.poll(gauge).toEqual(['running 1', 'waiting 0']);
    asked.shift()?.();
    expect(await world.json(await first)).toEqual({ data: { authorCount: 2 } });
  });
});
