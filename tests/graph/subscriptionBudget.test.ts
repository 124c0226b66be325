import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';
import { untilTrue } from '../support/program.ts';

const query = 'subscription ($after: Cursor) { customerUpdated(after: $after) { name } }';

describe('a subscription under a budget', () => {
  let world: EventWorld;
  let customerId: string;
  beforeAll(async () => {
    world = await eventWorld({ budgets: { whole: 4 }, settings: { heartbeat: 50 } });
    ({ id: customerId } = await world.customer('Spent'));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const code = (failure: unknown) => (failure as { extensions: { code: string; retryAfterMs: number } }[])[0]?.extensions;

  test('spends when it is opened and with each event; what is not paid for is not lost, and who has a budget goes on', async () => {
    const events = subscribe(world.client({ role: 'admin', subject: 'few' }), query);
    const others = subscribe(world.client({ role: 'admin', subject: 'others' }), query);
    await Promise.all([events.opened, others.opened]);
    await world.state(customerId, 'one', 'two', 'three', 'four');
    const names = async (from: typeof events, number: number) => (await from.take(number)).map(({ data }) => data.customerUpdated.name);
    expect(await names(events, 3)).toEqual(['one', 'two', 'three']);
    const told = code(await events.failure());
    expect(told).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(told?.retryAfterMs).toBeGreaterThan(0);
    expect(await names(others, 3)).toEqual(['one', 'two', 'three']);
  });

  test('comes back with its cursor when there is a budget again, and misses nothing', async () => {
    const events = subscribe(world.client({ role: 'admin', subject: 'back' }), query);
    await events.opened;
    await world.state(customerId, 'five', 'six', 'seven', 'eight');
    const taken = await events.take(3);
    const after = taken.at(-1)?.extensions?.cursor;
    expect(code(await events.failure())?.code).toBe('RATE_LIMITED');
    expect(code(await subscribe(world.client({ role: 'admin', subject: 'back' }), query, { after }).failure())?.code).toBe('RATE_LIMITED');
    const [next] = await subscribe(world.client({ role: 'admin', subject: 'as if later' }), query, { after }).take(1);
    expect(next?.data.customerUpdated.name).toBe('eight');
  });

  test('that is refused leaves nothing open', async () => {
    await untilTrue('all have ended', async () => /accord_subscriptions\{protocol="ws"\} [0-4]\b/.test(await world.metrics.registry.metrics()));
    const before = await world.metrics.registry.getSingleMetricAsString('accord_subscriptions');
    expect(code(await subscribe(world.client({ role: 'admin', subject: 'back' }), query).failure())?.code).toBe('RATE_LIMITED');
    expect(await world.metrics.registry.getSingleMetricAsString('accord_subscriptions')).toBe(before);
  });
});
