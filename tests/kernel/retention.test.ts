import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { changeBounds, noteChanges, readChanges } from '#kernel/change.ts';
import { type Consumer, consumeOnce } from '#kernel/consume.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { skipParked } from '#kernel/delivery.ts';
import { logBounds, readFacts } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { retain } from '#kernel/retention.ts';
import { scanEvents } from '#kernel/scan.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { makeTrack, tracker, walk, walkers } from '../support/workload.ts';

const log = createLogger({ level: 'silent' });
const begin = new Date('2026-03-02T09:00:00Z');
const minute = 60_000;
const retention = { age: 5 * minute, grace: minute };
const partition = 200;
let database: TestDatabase;
let open: OpenDb;
let now = begin;
const subjects = walkers(100);
let steps = 0;

beforeEach(async () => {
  await open?.close();
  await database?.[Symbol.asyncDispose]();
  database = await cloneDatabase();
  open = openDb({ url: database.url, name: 'test', max: 5 });
  await makeTrack(database.sql);
  [now, steps] = [begin, 0];
});
afterAll(async () => {
  await open.close();
  await database[Symbol.asyncDispose]();
});

const consume = async (consumer: Consumer) => {
  while (await consumeOnce({ db: open.db, consumer, clock: () => now, log }));
};
const turn = () => open.db.transaction((tx) => retain(tx, { retention, now, log }));
const forgetAll = async () => {
  while ((await turn()) > 0);
};
/** One minute of an installation: 100 facts and 50 changes, handled, and what is too old forgotten. */
async function pass(consumers: readonly Consumer[]): Promise<void> {
  steps += 1;
  await walk(open.db, { subjects, steps: [steps, steps], at: now, partition });
  const scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now };
  await noteChanges(scope, [{ entity: 'Walker', rows: subjects.slice(0, 50).map((id) => ({ id, version: steps })) }]);
  await sequenceOnce(open.db, partition);
  for (const consumer of consumers) await consume(consumer);
  await forgetAll();
  now = new Date(now.getTime() + minute);
}
/** Free space is counted as autovacuum leaves it, whenever it gets to it. */
async function size() {
  await database.sql`vacuum`;
  const [row] = await database.sql`
    select sum(pg_total_relation_size(c.oid))::int as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'log' and c.relkind = 'r'`;
  const [counts] = await database.sql`select (select count(*)::int from log.fact) as facts, (select count(*)::int from log.delivery) as deliveries,
    (select count(*)::int from log.change) as changes, (select count(*)::int from log.partition) as partitions`;
  return { bytes: Number(row?.bytes), ...counts } as { bytes: number; facts: number; deliveries: number; changes: number; partitions: number };
}

describe('an hour of load with a retention of five minutes', () => {
  test('leaves a database of the same size, a late reader who is told so, and consumers who missed nothing', async () => {
    const consumers = [tracker('track', { batch: 200 }), tracker('other', { batch: 200, handle: async () => {} })];
    for (let passed = 0; passed < 15; passed += 1) await pass(consumers);
    const early = await size();
    const seen: Awaited<ReturnType<typeof size>>[] = [];
    for (let passed = 15; passed < 60; passed += 1) {
      await pass(consumers);
      seen.push(await size());
    }
    const most = (pick: (each: Awaited<ReturnType<typeof size>>) => number) => Math.max(...seen.map(pick));
    expect(most((each) => each.facts)).toBeLessThanOrEqual(1_000 + 2 * partition);
    expect(most((each) => each.deliveries)).toBeLessThanOrEqual(2 * (1_000 + 2 * partition));
    expect(most((each) => each.partitions)).toBeLessThanOrEqual(early.partitions + 2);
    expect(most((each) => each.bytes)).toBeLessThan(1.3 * early.bytes);
    const { head, tail } = await logBounds(open.db);
    expect([head, tail > 5_000n, (await changeBounds(open.db)).tail > 2_000n]).toEqual([6_000n, true, true]);
    expect((await database.sql`select 1 from public.track`).length).toBe(6_000);
    const actor = { id: 'x', kind: 'STAFF' as const, permissions: ['*'] };
    const rules = { Stepped: { read: 'task:read', outside: [] } } as never;
    await expect(scanEvents(open.db, { actor, rules, filter: {}, after: tail - 2n, limit: 10 })).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
      message: expect.stringContaining('Take the end of the log as your cursor, read the present state, then go on after that cursor.'),
    });
    expect((await readFacts(open.db, { after: tail - 1n, limit: 5_000 })).map(({ position }) => position)[0]).toBe(tail);
    await expect(readChanges(open.db, { after: 1n, limit: 10 })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
  });
});

describe('the log keeps what is past its time', () => {
  const minutes = async (count: number, consumers: readonly Consumer[] = []) => {
    for (let passed = 0; passed < count; passed += 1) await pass(consumers);
  };
  const tail = async () => (await logBounds(open.db)).tail;

  test('while a consumer has not read it', async () => {
    const slow = tracker('slow', { batch: 200 });
    await minutes(3, [slow]);
    await minutes(12);
    expect(await tail()).toBe(200n);
    await consume(slow);
    await forgetAll();
    expect(await tail()).toBeGreaterThan(600n);
    expect((await database.sql`select 1 from public.track`).length).toBe(1_500);
  });

  test('while a person has to decide on a delivery of it', async () => {
    const picky = tracker('picky', {
      batch: 200,
      handle: async (_, some) => {
        if (some.some(({ position }) => position === 7n)) throw new Error('no');
      },
    });
    await minutes(1, [picky]);
    for (let attempt = 0; attempt < 9; attempt += 1) {
      now = new Date(now.getTime() + 10 * minute);
      await consume(picky);
    }
    await minutes(12, [picky]);
    expect(await tail()).toBe(1n);
    const [parked] = await database.sql`select fact_id, subject_id from log.delivery where status = 'PARKED'`;
    await skipParked(open.db, { consumer: 'picky', factId: parked?.fact_id, subjectId: parked?.subject_id, reason: 'no', now });
    await consume(picky);
    await forgetAll();
    expect(await tail()).toBeGreaterThan(600n);
  });

  test('for a while after it was refused to new readers, for those who have begun', async () => {
    await minutes(8);
    now = new Date(now.getTime() + 5 * minute);
    expect(await turn()).toBeGreaterThan(0);
    const forgotten = await tail();
    expect((await readFacts(open.db, { after: forgotten - 100n, limit: 1 })).map(({ position }) => position)).toEqual([forgotten - 99n]);
    now = new Date(now.getTime() + 2 * minute);
    await forgetAll();
    expect((await readFacts(open.db, { after: 0n, limit: 1 })).map(({ position }) => position >= forgotten)).toEqual([true]);
  });

  test('while a long reader is at it; commands and the sequencer do not wait', async () => {
    await minutes(8);
    now = new Date(now.getTime() + 5 * minute);
    await turn();
    now = new Date(now.getTime() + 2 * minute);
    const before = (await size()).partitions;
    await database.sql.begin(async (reader) => {
      await reader`select count(*) from log.fact`;
      await expect(turn()).rejects.toThrow();
      await walk(open.db, { subjects, steps: [99, 99], at: now, partition });
    });
    expect((await logBounds(open.db)).head).toBe(900n);
    expect((await size()).partitions).toBeGreaterThanOrEqual(before);
    await forgetAll();
    expect((await size()).partitions).toBeLessThan(before);
  });
});

test('runs that have ended are forgotten with their steps; those that wait are kept', async () => {
  const run = async (ended: Date | null) => {
    const id = newId();
    await database.sql`insert into log.process_run (id, process, state, subject_type, subject_id, fact_id, correlation_id, data, started_at, updated_at, ended_at)
      values (${id}, 'p', ${ended ? 'DONE' : 'RUNNING'}, 'Order', ${newId()}, ${newId()}, 'c', '{}', ${begin}, ${begin}, ${ended})`;
    await database.sql`insert into log.process_step (run_id, number, process, name, state, undoable, outside, due_at) values (${id}, 0, 'p', 's', 'OPEN', false, false, ${begin})`;
    return id;
  };
  const [, young, waiting] = [await run(begin), await run(new Date(begin.getTime() + 4 * minute)), await run(null)];
  now = new Date(begin.getTime() + 6 * minute);
  await forgetAll();
  expect((await database.sql`select run_id from log.process_step order by run_id`).map((row) => row.run_id)).toEqual([young, waiting].sort());
});
