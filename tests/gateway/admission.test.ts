import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmission, createAdmissions } from '#gateway/admission.ts';
import { createRoom, least, lookEvery } from '#gateway/room.ts';
import { Refused } from '#kernel/errors.ts';
import type { Transport } from '#kernel/transport.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

const small = { operations: 2, aside: 1, waiting: 6, waitingPerPrincipal: 4, patience: 3_000, standing: 1_000 };

/** Asks for places by name; notes in which order they are given, and keeps them until they are taken back. */
function crowd(limits = small, room = () => limits.operations) {
  const time = { now: 0 };
  const admission = createAdmission(limits, { now: () => time.now, room });
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
    time,
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
    expect(given).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4', 'a5']);
  });

  test('of many who ask much do not keep one waiting who asks one thing at a time', async () => {
    const { given, ask, next } = crowd({ ...small, waiting: 500, waitingPerPrincipal: 100 });
    const loud = 'abcdefghijklmnopqrstuvwxy'.split('');
    for (let count = 1; count <= 10; count += 1) await ask(...loud.map((name) => `${name}${count}`));
    // All of them have had a turn, and wait for more.
    for (let turn = 0; turn < 2 * loud.length; turn += 1) await next();
    for (let count = 1; count <= 20; count += 1) {
      const before = given.length;
      await ask(`z${count}`);
      while (given.at(-1) !== `z${count}`) await next();
      expect(given.length - before).toBe(1);
      // Until it is answered.
      await next();
      await next();
    }
  });

  test('of those who ask one thing at a time leave a turn in five to the others', async () => {
    const { given, ask, next } = crowd({ ...small, waiting: 500 });
    await ask('a1', 'a2', 'a3', 'a4', ...'bcdefghijkl'.split('').map((name) => `${name}1`));
    for (let turn = 0; turn < 10; turn += 1) await next();
    expect(given.slice(2)).toEqual(['b1', 'c1', 'd1', 'e1', 'a3', 'f1', 'g1', 'h1', 'i1', 'a4']);
  });

  test('are refused when they have waited too long, the rest of a queue that stands sooner', async () => {
    const { given, refused, ask, next, time, admission } = crowd();
    await ask('a1', 'a2', 'a3');
    time.now = 10;
    await next();
    await ask('b1');
    time.now = 2_900;
    await ask('c1');
    time.now = 3_100;
    await next();
    expect([refused, given]).toEqual([['b1: RATE_LIMITED'], ['a1', 'a2', 'a3', 'c1']]);
    expect(admission.count()).toEqual({ running: 2, waiting: 0 });
    await ask('d1');
    time.now = 5_000;
    await ask('e1');
    time.now = 6_200;
    await ask('f1');
    await next();
    // Somebody has waited at any time since 3,100 ms; whoever waits for more than a second does so for nothing.
    expect([refused.slice(1), given.slice(4)]).toEqual([['d1: RATE_LIMITED', 'e1: RATE_LIMITED'], ['f1']]);
  });

  test('are refused at once when their turn would come too late, and told when to come again', async () => {
    const { refused, given, ask, next, time, admission } = crowd();
    await ask('a1', 'a2', 'a3', 'a4');
    time.now = 1_600;
    await next();
    // A place becomes free each 1,600 ms: b is next, and a's third would be.
    await ask('b1', 'a5');
    expect([given, refused]).toEqual([['a1', 'a2', 'a3'], ['a5: RATE_LIMITED']]);
    expect(() => admission.demand('a')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', retryAfterMs: 4_800 }));
    expect(() => admission.demand('c')).not.toThrow();
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

  test('are fewer at once while the process has no time to spare, and as many as before when it has', async () => {
    const looks = { now: 0, busy: 1 };
    const room = createRoom(60, { now: () => looks.now, busy: () => looks.busy });
    const seen = Array.from({ length: 4 }, () => {
      looks.now += lookEvery;
      return room();
    });
    expect([seen, room()]).toEqual([[30, 15, least, least], least]);
    looks.busy = 0.5;
    looks.now += lookEvery;
    expect([room(), room()]).toEqual([least + 4, least + 4]);
    for (let look = 0; look < 20; look += 1) {
      looks.now += lookEvery;
      room();
    }
    expect(room()).toBe(60);
    const one = createRoom(1, { now: () => looks.now, busy: () => 1 });
    looks.now += lookEvery;
    expect(one()).toBe(1);
  });

  test('go on when there is more room again, though none of them ends', async () => {
    let room = 1;
    const { given, ask } = crowd(small, () => room);
    await ask('a1', 'b1', 'c1');
    expect(given).toEqual(['a1']);
    room = 2;
    await expect.poll(() => given).toEqual(['a1', 'b1']);
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

describe('kinds of work', () => {
  test('have places of their own: who goes on to another kind gives the first place back, waits there in turn, and holds up its like alone', async () => {
    const admissions = createAdmissions({ ...small, operations: 1, aside: 1 });
    const first = await admissions.enter('a');
    await first.become('interactive');
    expect(admissions.count()).toMatchObject({ interactive: { running: 1 }, analytical: { running: 0 } });
    await first.become('analytical');
    const second = await admissions.enter('b');
    const waiting = second.become('analytical');
    expect(admissions.count()).toMatchObject({ interactive: { running: 0, waiting: 0 }, analytical: { running: 1, waiting: 1 } });
    const quick = await admissions.enter('c');
    expect(admissions.count().interactive).toEqual({ running: 1, waiting: 0 });
    quick[Symbol.dispose]();
    first[Symbol.dispose]();
    await waiting;
    expect(admissions.count()).toMatchObject({ analytical: { running: 1, waiting: 0 } });
    second[Symbol.dispose]();
  });

  test('refuse who waits too many among their like, and then hold nothing', async () => {
    const admissions = createAdmissions({ ...small, waiting: 1, waitingPerPrincipal: 1 });
    const places = await Promise.all(['a', 'b'].map((principal) => admissions.enter(principal)));
    await places[0]?.become('bulk');
    const gone = new AbortController();
    const waiting = places[1]?.become('bulk').catch(({ code }: Refused) => code);
    const third = await admissions.enter('b', gone.signal);
    await expect(third.become('bulk')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    third[Symbol.dispose]();
    expect(admissions.count()).toEqual({
      interactive: { running: 0, waiting: 0 },
      analytical: { running: 0, waiting: 0 },
      bulk: { running: 1, waiting: 1 },
    });
    places[0]?.[Symbol.dispose]();
    expect(await waiting).toBeUndefined();
    for (const place of places) place[Symbol.dispose]();
    expect(admissions.count().bulk).toEqual({ running: 0, waiting: 0 });
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
    return [...text.matchAll(/^accord_operations\{workload="interactive",state="(\w+)"\} (\d+)/gm)].map(([, state, count]) => `${state} ${count}`);
  };

  /** What a request is answered with of which the headers alone have come. */
  const headersAlone = async (length: number) => {
    const headers = { 'content-type': 'application/json', 'content-length': length, authorization: `Bearer ${await world.issuer.token({ role: 'admin' })}` };
    const asking = request(world.url, { method: 'POST', headers, agent: new Agent({ keepAlive: true }) });
    asking.flushHeaders();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    asking.destroy();
    return [response.statusCode, response.headers.connection];
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
    // Nobody waits for the body. Where it is large, the connection is not kept for it.
    expect(await headersAlone(40)).toEqual([429, 'keep-alive']);
    expect(await headersAlone(500_000)).toEqual([429, 'close']);
    asked.shift()?.();
    await expect.poll(() => asked.length).toBe(1);
    asked.shift()?.();
    for (const each of [first, second]) expect(await world.json(await each)).toEqual({ data: { authorCount: 2 } });
    expect(await gauge()).toEqual(['running 0', 'waiting 0']);
  });

  test('gives the place of a client that hung up to the next', async () => {
    const hangUp = new AbortController();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.token({ role: 'finance' })}` };
    const question = { method: 'POST', headers, body: '{"query":"{ authorCount }"}' };
    const first = fetch(world.url, question);
    await expect.poll(() => asked.length).toBe(1);
    const gone = fetch(world.url, { ...question, signal: hangUp.signal }).catch(() => 'gone');
    await expect.poll(gauge).toEqual(['running 1', 'waiting 1']);
    hangUp.abort();
    expect(await gone).toBe('gone');
    await expect.poll(gauge).toEqual(['running 1', 'waiting 0']);
    asked.shift()?.();
    expect(await world.json(await first)).toEqual({ data: { authorCount: 2 } });
  });
});
