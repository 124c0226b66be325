import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { claimDeliveries, forgetDeliveries, perEndpoint, settleDelivery, webhookFigures, webhookLease } from '#kernel/webhookClaim.ts';
import { sendDue } from '#operations/webhook/sender.ts';
import { stopEndpoint } from '#operations/webhook/stopping.ts';
import { untilTrue } from '../support/program.ts';
import { type Receiver, receiver } from '../support/receiver.ts';
import { loopback, type WebhookWorld, webhookWorld } from '../support/webhooks.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await webhookWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  world.time.now = new Date();
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const made = { filter: { types: ['CustomerCreated'] } };
const updated = { filter: { types: ['CustomerUpdated'] } };
const names = (hook: Receiver) => hook.calls.map(({ event }) => String(event.data.name));
const outcomes = async (id: string) => (await world.ledger(id)).map(({ attempts }) => attempts.nodes.map(({ outcome }: { outcome: string }) => outcome));

/** An endpoint at this receiver, with one event in its queue. */
const one = async (hook: Receiver, more: Record<string, unknown> = made) => {
  const { id } = await world.endpoint(hook.url, more);
  await world.customer();
  await world.route();
  return id;
};

/** No test's endpoint is left for the next one. */
const retire = (id: string) => world.ok('retireWebhookEndpoint', { id }, 'webhookEndpoint { id }');

describe('a delivery', () => {
  test('that is refused is tried again by the schedule, and given up after the tenth time', async () => {
    await using hook = await receiver(() => 500);
    const id = await one(hook);
    await world.send();
    for (const wait of [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]) {
      const before = hook.calls.length;
      world.pass(wait - 1_000);
      await world.send();
      expect(hook.calls).toHaveLength(before);
      world.pass(1_000);
      await world.send();
      expect(hook.calls).toHaveLength(before + 1);
    }
    world.pass(30 * day);
    await world.send();
    const [delivery] = await world.ledger(id);
    expect(delivery).toMatchObject({ status: 'FAILED', attemptCount: 10, nextAttemptAt: null });
    expect(delivery.attempts.nodes.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(hook.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await retire(id);
  });

  test('is kept in the ledger with what was answered', async () => {
    await using hook = await receiver((_, response) => void response.writeHead(422).end(`no such thing ${'x'.repeat(5_000)}`));
    const id = await one(hook);
    await world.send();
    const [{ attempts }] = await world.ledger(id);
    expect(attempts.nodes).toMatchObject([{ outcome: 'REFUSED', httpStatus: 422, reason: 'It answered 422.', latencyMs: expect.any(Number) }]);
    expect(attempts.nodes[0].response).toHaveLength(1_024);
    await retire(id);
  });

  test('arrives once the receiver is back, and says that it does', async () => {
    const first = await receiver();
    const { url, port } = first;
    const { id } = await world.endpoint(url, made);
    await first.close();
    await world.customer('Patience');
    await world.route();
    await world.send();
    expect(await outcomes(id)).toEqual([['UNREACHABLE']]);
    expect((await world.read(id)).firstFailedAt).toEqual(expect.any(String));
    await using second = await receiver(undefined, port);
    world.pass(5_000);
    await world.send();
    expect(names(second)).toEqual(['Patience']);
    expect(await outcomes(id)).toEqual([['UNREACHABLE', 'DELIVERED']]);
    expect((await world.read(id)).firstFailedAt).toBeNull();
    await retire(id);
  });

  test('that is not answered in time counts as failed', async () => {
    await using hook = await receiver(() => undefined);
    const id = await one(hook);
    const hurried = { ...world.parts, outbound: loopback(150) };
    await sendDue(hurried, world.flights, new AbortController().signal);
    await world.landed();
    expect(await world.ledger(id)).toMatchObject([{ status: 'PENDING', attempts: { nodes: [{ outcome: 'TIMED_OUT', httpStatus: null, response: null }] } }]);
    await retire(id);
  });

  test('is not sent after a redirect', async () => {
    await using elsewhere = await receiver();
    await using hook = await receiver((_, response) => void response.writeHead(302, { location: elsewhere.url }).end());
    const id = await one(hook);
    await world.send();
    expect(await outcomes(id)).toEqual([['REDIRECTED']]);
    expect(elsewhere.calls).toEqual([]);
    await retire(id);
  });

  test('is not sent where it must not go, and says why', async () => {
    const { id } = await world.endpoint('https://169.254.169.254/latest', made);
    await world.customer();
    await world.route();
    await world.send();
    const [{ attempts }] = await world.ledger(id);
    expect(attempts.nodes).toMatchObject([{ outcome: 'BLOCKED', httpStatus: null, reason: expect.stringContaining('no public address') }]);
    await retire(id);
  });

  test.each([429, 503])('waits as long as %s asks, with all others of its endpoint', async (status) => {
    await using hook = await receiver((_, response) => void response.writeHead(status, { 'retry-after': '3600' }).end());
    const id = await one(hook);
    await world.send();
    expect(await outcomes(id)).toEqual([['THROTTLED']]);
    hook.say(() => 204);
    await world.customer();
    await world.route();
    world.pass(hour - minute);
    await world.send();
    expect(hook.calls).toHaveLength(1);
    expect((await world.read(id)).resumesAt).toEqual(expect.any(String));
    world.pass(minute);
    await world.send();
    expect(hook.calls).toHaveLength(3);
    expect((await world.read(id)).resumesAt).toBeNull();
    await retire(id);
  });

  test('that somebody took and never told of is sent by another, and late words of the first change nothing', async () => {
    await using hook = await receiver();
    const id = await one(hook);
    const [claimed] = await claimDeliveries(world.db, { now: world.time.now, more: 0 });
    if (!claimed) throw new Error('nothing was taken');
    await world.send();
    expect(hook.calls).toEqual([]);
    world.pass(webhookLease);
    await world.send();
    expect(hook.calls).toHaveLength(1);
    const attempt = { outcome: 'REFUSED', httpStatus: 500, latency: 1, reason: null, response: null, startedAt: world.time.now } as const;
    const verdict = { status: 'PENDING', dueAt: world.time.now, notBefore: null } as const;
    expect(await settleDelivery(world.db, { claimed, attempt, verdict, now: world.time.now })).toBe(false);
    expect(await outcomes(id)).toEqual([['DELIVERED']]);
    await retire(id);
  });

  test('that is under way when a worker stops is given back at once', async () => {
    await using hook = await receiver(() => undefined);
    const id = await one(hook);
    const control = new AbortController();
    await sendDue(world.parts, world.flights, control.signal);
    await untilTrue('the call has come', () => hook.calls.length === 1);
    control.abort();
    await world.landed();
    hook.say(() => 204);
    expect(await outcomes(id)).toEqual([[]]);
    await world.send();
    expect(await outcomes(id)).toEqual([['DELIVERED']]);
    await retire(id);
  });

  test('is taken by one of many workers', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    for (let n = 0; n < 20; n += 1) await world.customer(`Shared ${n}`);
    await world.route();
    const worker = async () => {
      const flights = new Map();
      while ((await sendDue(world.parts, flights, new AbortController().signal)) > 0) await Promise.all([...flights.values()].map(({ done }) => done));
    };
    await Promise.all([worker(), worker(), worker()]);
    await world.send();
    expect(new Set(names(hook)).size).toBe(20);
    expect(hook.calls).toHaveLength(20);
    await retire(id);
  });

  test('is forgotten with its attempts once it is past its retention; what waits is not', async () => {
    await using hook = await receiver();
    const id = await one(hook);
    await world.send();
    hook.say(() => 500);
    await world.customer();
    await world.route();
    await world.send();
    const forget = (before: Date) => world.db.transaction((tx) => forgetDeliveries(tx, { before, now: world.time.now }));
    await forget(new Date(world.time.now.getTime() - day));
    expect(await world.ledger(id)).toHaveLength(2);
    await forget(new Date(world.time.now.getTime() + minute));
    expect(await world.ledger(id)).toMatchObject([{ status: 'PENDING', attempts: { nodes: [{ outcome: 'REFUSED' }] } }]);
    await retire(id);
  });
});

describe('the order', () => {
  test('of what happens to one thing is kept, however many are sent at a time', async () => {
    await using hook = await receiver();
    const customerId = await world.customer();
    const { id } = await world.endpoint(hook.url, updated);
    const wanted = Array.from({ length: 12 }, (_, n) => `Name ${n}`);
    for (const name of wanted) await world.rename(customerId, name);
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(wanted);
    await retire(id);
  });

  test('gives way to one bad event: what follows it goes on', async () => {
    await using hook = await receiver(({ event }) => (event.data.name === 'Bad' ? 500 : 204));
    const customerId = await world.customer();
    const { id } = await world.endpoint(hook.url, updated);
    for (const name of ['Good', 'Bad', 'Better', 'Best']) await world.rename(customerId, name);
    await world.route();
    await world.send();
    expect(names(hook)).toEqual(['Good', 'Bad', 'Better', 'Best']);
    for (let n = 0; n < 9; n += 1) {
      world.pass(day);
      await world.rename(customerId, `Then ${n}`);
      await world.route();
      await world.send();
    }
    expect((await world.read(id)).status).toBe('ACTIVE');
    expect(names(hook).filter((name) => name.startsWith('Then'))).toHaveLength(9);
    expect((await world.ledger(id)).map(({ status }) => status).filter((status) => status === 'FAILED')).toHaveLength(1);
    await retire(id);
  });
});

describe('a dead endpoint', () => {
  test('costs the others nothing: they get all that is theirs while it answers nothing', async () => {
    await using dead = await receiver(() => undefined);
    const hooks = await Promise.all(Array.from({ length: 5 }, () => receiver()));
    const ids = [(await world.endpoint(dead.url, made)).id];
    for (const hook of hooks) ids.push((await world.endpoint(hook.url, made)).id);
    const known = Array.from({ length: 30 }, (_, n) => `Customer of many ${n}`);
    for (const name of known) await world.customer(name);
    await world.route();
    const all = () => hooks.every(({ calls }) => calls.length >= known.length);
    await untilTrue('the others have all', async () => {
      await world.take();
      return all();
    });
    expect(dead.calls.length).toBeLessThanOrEqual(perEndpoint);
    for (const hook of hooks) expect(names(hook).sort()).toEqual([...known].sort());
    await dead.close();
    await world.landed();
    for (const hook of hooks) await hook.close();
    for (const id of ids) await retire(id);
  });

  test('is tried from time to time only, however much waits for it', async () => {
    await using hook = await receiver(() => 500);
    const { id } = await world.endpoint(hook.url, made);
    for (let n = 0; n < 40; n += 1) await world.customer();
    await world.route();
    await world.send();
    expect(hook.calls.length).toBeLessThanOrEqual(2 * perEndpoint);
    const before = hook.calls.length;
    world.pass(5 * minute);
    await world.send();
    expect(hook.calls).toHaveLength(before + 1);
    hook.say(() => 204);
    world.pass(5 * minute);
    await world.send();
    const { pending } = await webhookFigures(world.db, world.time.now);
    expect(pending).toBeLessThan(40);
    world.pass(10 * minute);
    await world.send();
    expect((await world.ledger(id)).every(({ status }) => status === 'DELIVERED')).toBe(true);
    await retire(id);
  });

  test('shows in the figures of what waits', async () => {
    await using hook = await receiver(() => 500);
    const id = await one(hook);
    await world.send();
    world.pass(2 * minute);
    const { pending, oldest, attempts } = await webhookFigures(world.db, world.time.now);
    expect([pending, oldest >= 119, attempts.REFUSED]).toEqual([1, true, expect.any(Number)]);
    await retire(id);
  });
});

describe('an endpoint that is hopeless', () => {
  const exceptionOf = async (id: string) => {
    const query = `query { operations { exceptions(filter: { processes: ["webhooks"] }) { nodes { id code status message subjectType subjectId owner cures { mutation } } } } }`;
    const { nodes } = (await world.graph.ok(query)).operations.exceptions;
    return nodes.find(({ subjectId }: { subjectId: string }) => subjectId === id);
  };

  test('is disabled when it says that it is no more, and somebody hears of it', async () => {
    await using hook = await receiver(() => 410);
    const id = await one(hook);
    await world.send();
    expect(await world.read(id)).toMatchObject({ status: 'DISABLED', disabledReason: 'GONE', disabledAt: expect.any(String), missedAfter: expect.any(String) });
    const standing = await exceptionOf(id);
    expect(standing).toMatchObject({ code: 'WEBHOOK_FAILING', status: 'OPEN', subjectType: 'WebhookEndpoint', owner: 'operations' });
    expect(standing.message).toContain('410');
    expect(standing.cures.map(({ mutation }: { mutation: string }) => mutation)).toContain('enableWebhookEndpoint');
    await world.customer();
    await world.route();
    world.pass(day);
    await world.send();
    expect(hook.calls).toHaveLength(1);
    await retire(id);
    expect(await exceptionOf(id)).toMatchObject({ status: 'RESOLVED' });
  });

  test('is disabled after five days of nothing but failures; enabling it resolves the exception and sends what waits', async () => {
    await using hook = await receiver(() => 500);
    const id = await one(hook);
    await world.send();
    for (let passed = 0; passed < 5; passed += 1) {
      world.pass(day - minute);
      await world.customer();
      await world.route();
      await world.send();
      expect((await world.read(id)).status).toBe('ACTIVE');
    }
    world.pass(10 * minute);
    await world.send();
    expect(await world.read(id)).toMatchObject({ status: 'DISABLED', disabledReason: 'FAILING' });
    expect(await exceptionOf(id)).toMatchObject({ status: 'OPEN' });
    await world.customer('Missed');
    await world.route();
    hook.say(() => 204);
    const before = hook.calls.length;
    await world.ok('enableWebhookEndpoint', { id, sendMissed: true }, 'webhookEndpoint { status }');
    expect(await exceptionOf(id)).toMatchObject({ status: 'RESOLVED' });
    await world.route();
    world.pass(day);
    await world.send();
    const arrived = hook.calls.slice(before).map(({ event }) => event.data.name);
    expect(arrived).toContain('Missed');
    expect((await world.ledger(id)).every(({ status }) => status === 'DELIVERED')).toBe(true);
    expect(await world.read(id)).toMatchObject({ status: 'ACTIVE', disabledReason: null, missedAfter: null, firstFailedAt: null });
    await retire(id);
  });

  test('is enabled, with what it missed, by a retry of its exception', async () => {
    await using hook = await receiver(() => 410);
    const id = await one(hook);
    await world.send();
    await world.customer('Missed meanwhile');
    await world.route();
    hook.say(() => 204);
    await world.graph.mutate('retryException', { id: (await exceptionOf(id)).id });
    await world.settle(world.consumers.filter(({ name }) => name === 'retried-webhooks'));
    expect(await world.read(id)).toMatchObject({ status: 'ACTIVE' });
    expect(await exceptionOf(id)).toMatchObject({ status: 'RESOLVED' });
    await world.route();
    world.pass(minute);
    await world.send();
    expect(names(hook)).toContain('Missed meanwhile');
    await retire(id);
  });

  test('is left as it is when it is disabled already', async () => {
    await using hook = await receiver();
    const { id } = await world.endpoint(hook.url, made);
    await world.ok('disableWebhookEndpoint', { id }, 'webhookEndpoint { status }');
    await world.db.transaction((tx) =>
      stopEndpoint({ tx, actor: serviceActor('webhooks'), trace: { correlationId: 'test' }, now: world.time.now }, id, 'GONE'),
    );
    expect(await world.read(id)).toMatchObject({ status: 'DISABLED', disabledReason: 'ASKED' });
    expect(await exceptionOf(id)).toBeUndefined();
    await retire(id);
  });
});
