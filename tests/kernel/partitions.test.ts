import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Consumer, consumeOnce, startConsumer } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { openPartitions } from '#kernel/partition.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';
import { astray, emptyLog, makeTrack, tracker, walk, walkers } from '../support/workload.ts';

const log = createLogger({ level: 'silent' });
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 5 });
let now = new Date('2026-03-02T09:00:00Z');

afterAll(() => open.close());
beforeEach(async () => {
  await emptyLog(database.sql);
  await makeTrack(database.sql);
});

const once = (consumer: Consumer, db = open.db) => consumeOnce({ db, consumer, clock: () => now, log });
const drain = async (consumer: Consumer) => {
  while (await once(consumer));
};
const positions = async () => (await database.sql`select position from log.consumer order by partition`).map((row) => Number(row.position));

describe('the partitions of a consumer', () => {
  test('are worked by several workers at once, each subject in its order, nothing lost or doubled', async () => {
    const subjects = walkers(60);
    await walk(open.db, { subjects, steps: [1, 30] });
    const pools = Array.from({ length: 4 }, (_, n) => openDb({ url: database.url, name: `worker-${n}`, max: 2 }));
    const doorbell = await openDoorbell(database.url);
    const working = new Set<number>();
    const two = Promise.withResolvers<void>();
    // Who comes first waits for a second, however busy the machine is.
    const meeting = (n: number): Consumer => {
      const alone = tracker('track');
      const handle: Consumer['handle'] = async (...given) => {
        if (working.add(n).size > 1) two.resolve();
        await two.promise;
        return alone.handle(...given);
      };
      return { ...alone, handle };
    };
    const loops = pools.map(({ db }, n) => startConsumer({ db, consumer: meeting(n), clock: () => now, log, doorbell }));
    await walk(open.db, { subjects, steps: [31, 40] });
    await expect.poll(positions).toEqual(Array.from({ length: 8 }, () => 2_400));
    await Promise.all(loops.map((loop) => loop.stop()));
    await Promise.all([doorbell.close(), ...pools.map((pool) => pool.close())]);
    expect(await astray(database.sql, { subjects, steps: 40 })).toEqual([]);
    const [workers] = await database.sql`select count(distinct worker)::int as n from public.track`;
    expect(workers?.n).toBeGreaterThan(1);
  });

  test('are two at work at the same moment, and one worker waits for no other', async () => {
    await walk(open.db, { subjects: walkers(50), steps: [1, 10] });
    const gate = Promise.withResolvers<void>();
    let inside = 0;
    const slow = tracker('track', {
      handle: async () => {
        inside += 1;
        if (inside === 2) gate.resolve();
        await gate.promise;
      },
    });
    await Promise.all([once(slow), once(slow)]);
    expect(inside).toBeGreaterThanOrEqual(2);
  });

  test('of a little are one call, not eight', async () => {
    const calls: number[] = [];
    const consumer = tracker('track', { handle: async (_, some) => void calls.push(some.length) });
    await walk(open.db, { subjects: walkers(15), steps: [1, 1] });
    await drain(consumer);
    expect(calls).toEqual([15]);
    expect(await positions()).toEqual(Array.from({ length: 8 }, () => 15));
  });

  test('of one are worked by one worker at a time, in the order of the log', async () => {
    const subjects = walkers(10);
    await walk(open.db, { subjects, steps: [1, 20] });
    const consumer = tracker('track', { partitions: 1 });
    const worker = async () => {
      for (let idle = 0; idle < 5; ) idle = (await once(consumer)) ? 0 : idle + 1;
    };
    await Promise.all([worker(), worker(), worker()]);
    await drain(consumer);
    const order = await database.sql`select step from public.track order by place`;
    expect(order.map((row) => row.step)).toEqual(Array.from({ length: 200 }, (_, index) => Math.floor(index / 10) + 1));
  });

  test.each([
    [8, 3],
    [1, 8],
    [8, 1],
    [4, 256],
  ])('may become others in the middle of history: %i to %i', async (before, after) => {
    const subjects = walkers(30);
    await walk(open.db, { subjects, steps: [1, 10] });
    for (let round = 0; round < 5; round += 1) await once(tracker('track', { partitions: before }));
    await openPartitions(open.db, { name: 'track', partitions: after });
    await walk(open.db, { subjects, steps: [11, 12] });
    await drain(tracker('track', { partitions: after }));
    expect(await positions()).toEqual(Array.from({ length: after }, () => 360));
    expect(await astray(database.sql, { subjects, steps: 12 })).toEqual([]);
  });

  test('wait for a batch that is being handled before they become others', async () => {
    const subjects = walkers(5);
    await walk(open.db, { subjects, steps: [1, 1] });
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const plain = tracker('track');
    const slow = once({
      ...plain,
      handle: async (scope, some) => {
        await plain.handle(scope, some);
        begun.resolve();
        await gate.promise;
      },
    });
    await begun.promise;
    const opening = openPartitions(open.db, { name: 'track', partitions: 2 });
    await expect
      .poll(async () => (await database.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length)
      .toBe(1);
    gate.resolve();
    await Promise.all([slow, opening]);
    await drain(plain);
    expect(await astray(database.sql, { subjects, steps: 1 })).toEqual([]);
  });

  test('must be between 1 and 256', async () => {
    for (const partitions of [0, 257, 1.5]) await expect(openPartitions(open.db, { name: 'track', partitions })).rejects.toThrow('1 to 256');
  });
});

describe('a failed fact', () => {
  test('in one partition holds up its subject only, whoever works, and all that waited behind it comes in one round', async () => {
    const subjects = walkers(40);
    const [stuck = ''] = subjects;
    let repaired = false;
    const plain = tracker('track');
    const picky: Consumer = {
      ...plain,
      handle: async (scope, some) => {
        if (!repaired && some.some((each) => each.subjectId === stuck && each.payload.step === 2)) throw new Error('not yet');
        await plain.handle(scope, some);
      },
    };
    await walk(open.db, { subjects, steps: [1, 6] });
    await drain(picky);
    const [row] = await database.sql`select count(*) filter (where subject = ${stuck})::int as stuck, count(*)::int as n from public.track`;
    expect(row).toMatchObject({ stuck: 1, n: 39 * 6 + 1 });
    expect(await database.sql`select status, next_attempt_at is null as waits from log.delivery where subject_id = ${stuck} order by position`).toMatchObject([
      { status: 'DELIVERED' },
      { status: 'FAILED', waits: false },
      { status: 'PENDING', waits: true },
      { status: 'PENDING', waits: true },
      { status: 'PENDING', waits: true },
      { status: 'PENDING', waits: true },
    ]);
    expect(await once(picky)).toBe(false);
    repaired = true;
    now = new Date(now.getTime() + 600_000);
    await walk(open.db, { subjects, steps: [7, 7] });
    await drain(picky);
    expect(await astray(database.sql, { subjects, steps: 7 })).toEqual([]);
  });
});

describe('a consumer whose facts are rare', () => {
  test('goes over a long log in windows, and never in one long statement', async () => {
    await walk(open.db, { subjects: walkers(1), steps: [1, 1] });
    await database.sql`select log.open_partitions('fact', 100001, 1000000)`;
    // Facts as the sequencer would have placed them, of another type: 100,000 positions in one go.
    await database.sql`insert into log.fact select 1 + n, gen_random_uuid(), 'Other', 1, 'test', 'Thing', gen_random_uuid(), 1, n % 256, '{}', '{}', now(), 'a', 'SERVICE', 'c', null, null from generate_series(1, 100000) n`;
    await database.sql`update log.head set position = 100001`;
    await walk(open.db, { subjects: walkers(1), steps: [1, 1] });
    const rounds: number[] = [];
    const consumer = tracker('track', { partitions: 1 });
    while (await once(consumer)) rounds.push(...(await positions()));
    expect(rounds).toEqual([20_000, 40_000, 60_000, 80_000, 100_000, 100_002]);
    expect((await database.sql`select 1 from public.track`).length).toBe(2);
  });
});
