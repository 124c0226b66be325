import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import type { Consumer } from '#kernel/consume.ts';
import { newId } from '#kernel/ids.ts';
import { takeTurn } from '#kernel/schedule.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { type Burn, breachAfter, breachOf, consumerObjective, fewestFailures, readHealth, windows } from '#kernel/workflow.ts';
import { workflowHealth } from '#processes/workflowHealth.ts';
import { dealAt } from '../support/deals.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';

const journey = 'opportunity-to-project';
const log = createLogger({ level: 'silent' });
const seconds = (from: Date, count: number) => new Date(from.getTime() + count * 1000);

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const schedule = () => workflowHealth(world.consumers);
/** One look at a moment, as a worker's schedule does it; the facts that it states get their positions. */
const lookAt = async (now: Date) => {
  await world.db.transaction((tx) => schedule().run({ tx, actor: serviceActor('workflow-health'), trace: { correlationId: 'look' }, now }));
  await world.sequence();
};
const stated = async () =>
  (
    await world.sql`select type, payload, occurred_at from log.fact where type in ('SloBreached', 'SloRecovered') and payload ->> 'journey' = ${journey} order by position`
  ).map(({ type, payload, occurred_at }) => ({ type, at: new Date(occurred_at), ...payload }));
const winOne = async () => {
  const deal = await dealAt(world, {}, await firmAt(world.graph));
  await deal.upsert();
  await deal.win();
  await world.sequence();
};
/** Looks each quarter of a minute from a moment on, until it is so; how many seconds that took. */
const until = async (from: Date, isSo: () => Promise<boolean>): Promise<number> => {
  for (let passed = 0; passed <= 1_200; passed += 15) {
    await lookAt(seconds(from, passed));
    if (await isSo()) return passed;
  }
  throw new Error('not within twenty minutes');
};

describe('a journey whose worker stops under load', () => {
  let stopped: Date;
  beforeAll(async () => {
    await world.settle();
    await lookAt(new Date());
    await winOne();
    stopped = new Date();
  });

  test('is in breach within the stated time, once, and says since when', async () => {
    const [before] = [await stated()];
    expect(before).toEqual([]);
    const passed = await until(stopped, async () => (await stated()).length > 0);
    expect(passed).toBeGreaterThan(consumerObjective);
    expect(passed).toBeLessThanOrEqual(consumerObjective + breachAfter + 15);
    for (const more of [15, 30, 60]) await lookAt(seconds(stopped, passed + more));
    const [breach, ...others] = await stated();
    expect(others).toEqual([]);
    expect(breach).toMatchObject({ type: 'SloBreached', reason: 'LATE', backlog: 1, objective: consumerObjective });
    expect(breach?.oldestAge).toBeGreaterThan(consumerObjective);
    const since = new Date(String(breach?.breachedSince)).getTime() - stopped.getTime();
    expect(since).toBeLessThanOrEqual(consumerObjective * 1000);
  });

  test('is told in the graph while it is, the breached ones first', async () => {
    const { workflowHealth: health } = (
      await world.graph.ok('{ operations { workflowHealth { journey backlog oldestAge throughput failures parked objective breachedSince reason } } }')
    ).operations;
    expect(health.find((each: { journey: string }) => each.journey === journey)).toMatchObject({
      backlog: 1,
      objective: consumerObjective,
      reason: 'LATE',
      parked: 0,
    });
    expect(health[0].breachedSince).not.toBeNull();
    expect(health.at(-1).breachedSince).toBeNull();
    expect(health.map((each: { journey: string }) => each.journey).sort()).toEqual([...world.consumers.map(({ name }) => name), 'sequencer'].sort());
    const { errors } = await world.graph.ask('{ operations { workflowHealth { journey } } }', {}, { role: 'portal', customerIds: [newId()] });
    expect(errors).toBeDefined();
  });

  test('has recovered when its worker has worked it off, and says how long the breach lasted', async () => {
    const back = seconds(stopped, 400);
    world.time.now = back;
    await world.settle();
    const passed = await until(back, async () => (await stated()).at(-1)?.type === 'SloRecovered');
    expect(passed).toBeLessThanOrEqual(windows[0].short + windows[1].short);
    const all = await stated();
    expect(all.map(({ type }) => type)).toEqual(['SloBreached', 'SloRecovered']);
    expect(all[1]).toMatchObject({ reason: 'LATE', backlog: 0, oldestAge: 0, breachedSince: all[0]?.breachedSince });
    expect(all[1]?.lasted).toBeGreaterThan(300);
    const health = (await readHealth(world.db, seconds(back, passed))).find((each) => each.journey === journey);
    expect(health).toMatchObject({ breachedSince: null, reason: null, backlog: 0, oldestSince: null, failures: 0 });
    expect(health?.handled).toBeGreaterThan(0);
  });
});

test('while no worker was there nobody looked, and the first look of the next one states it, one of two at once', async () => {
  await winOne();
  const [, , before] = await stated();
  expect(before).toBeUndefined();
  await world.sql`insert into log.schedule (name, next_at) values ('workflow-health', '2020-01-01') on conflict (name) do update set next_at = '2020-01-01'`;
  const [since] = await world.sql`select occurred_at from log.fact where type = 'OpportunityWon' order by position desc limit 1`;
  const later = seconds(new Date(since?.occurred_at), 7_200);
  const turn = () => takeTurn({ db: world.db, schedules: [schedule()], clock: () => later, log });
  expect((await Promise.all([turn(), turn()])).filter(Boolean)).toHaveLength(1);
  await world.sequence();
  const all = (await stated()).slice(2);
  expect(all).toMatchObject([{ type: 'SloBreached', reason: 'LATE', oldestAge: 7_200 }]);
});

test('facts that are handled and handlings that fail are counted, those that are tried again too', async () => {
  await world.settle();
  const consumer: Consumer = { name: 'counted', types: ['OpportunityWon'], partitions: 1, handle: async () => Promise.reject(new Error('no')) };
  const counts = async () => (await world.sql`select sum(handled)::int as handled, sum(failures)::int as failures from log.consumer where name = 'counted'`)[0];
  await world.once(consumer);
  const facts = Number((await world.sql`select count(*)::int as n from log.fact where type = 'OpportunityWon'`)[0]?.n);
  expect(facts).toBeGreaterThan(1);
  expect(await counts()).toEqual({ handled: 0, failures: facts });
  world.time.now = seconds(world.time.now, 3_600);
  while (await world.once({ ...consumer, handle: async () => undefined }));
  expect(await counts()).toEqual({ handled: facts, failures: facts });
});

describe('what the windows say', () => {
  const burn = (more: Partial<Burn>): Burn => ({ late: 0, since: null, failures: 0, handled: 100, ...more });
  const fast = (short: Partial<Burn>, long: Partial<Burn>) => breachOf([{ burn: 14.4, short: burn(short), long: burn(long) }]);

  test.each([
    ['nothing', {}, {}, undefined],
    ['what was late and is not any more', { late: 0 }, { late: 0.5 }, undefined],
    ['what has been late for a moment', { late: 1 }, { late: 0.02 }, undefined],
    ['what is late for long', { late: 1 }, { late: 0.08 }, 'LATE'],
    ['many failures', { failures: 20 }, { failures: 30 }, 'FAILING'],
    ['many failures that are over', { failures: 0 }, { failures: 30 }, undefined],
    ['a few failures where little happens', { failures: 2, handled: 1 }, { failures: fewestFailures - 1, handled: 1 }, undefined],
  ])('%s', (_, short, long, reason) => {
    expect(fast(short, long)).toBe(reason);
  });

  test('a journey that nobody has looked at is in no breach', () => {
    expect(breachOf(windows.map(({ burn: factor }) => ({ burn: factor, short: undefined, long: undefined })))).toBeUndefined();
  });
});
