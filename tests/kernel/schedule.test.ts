import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Scope } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { type Schedule, startSchedules, takeTurn } from '#kernel/schedule.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { testDatabase } from '../support/database.ts';

const log = createLogger({ level: 'silent' });
const start = new Date('2026-03-02T09:00:00Z');
let now = start;
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 6 });

afterAll(() => open.close());
beforeEach(async () => {
  now = start;
  await database.sql`truncate log.schedule`;
});

/** Takes all turns that are due now. */
async function turns(...schedules: Schedule[]): Promise<void> {
  for (const { name } of schedules) await database.sql`insert into log.schedule (name, next_at) values (${name}, ${start}) on conflict do nothing`;
  while (await takeTurn({ db: open.db, schedules, clock: () => now, log }));
}
const later = (seconds: number) => {
  now = new Date(start.getTime() + seconds * 1000);
};

test('a schedule goes on while there is work, then waits for its time, whoever comes to it', async () => {
  let work = 3;
  const taken: string[] = [];
  const run = async (scope: Scope) => {
    taken.push(scope.actor.id);
    return Math.max(0, work--);
  };
  const schedule: Schedule = { name: 'sweep', every: 600, run };
  await turns(schedule);
  expect(taken).toEqual(Array.from({ length: 4 }, () => 'service:sweep'));
  later(599);
  await turns(schedule);
  expect(taken).toHaveLength(4);
  later(600);
  await turns(schedule);
  expect(taken).toHaveLength(5);
});

test('a turn is one worker’s at a time, and others go on with other schedules', async () => {
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const taken: string[] = [];
  const slow = async () => {
    taken.push('slow');
    begun.resolve();
    await gate.promise;
    return 0;
  };
  const schedules: Schedule[] = [
    { name: 'slow', every: 60, run: slow },
    { name: 'fast', every: 60, run: async () => taken.push('fast') - taken.length },
  ];
  await database.sql`insert into log.schedule (name, next_at) values ('slow', ${new Date(start.getTime() - 1)}), ('fast', ${start})`;
  const parts = { db: open.db, schedules, clock: () => now, log };
  const holding = takeTurn(parts);
  await begun.promise;
  expect([await takeTurn(parts), await takeTurn(parts)]).toEqual([true, false]);
  gate.resolve();
  await holding;
  expect(taken).toEqual(['slow', 'fast']);
});

test('a turn that fails leaves nothing, says why, and is tried again before its time', async () => {
  await database.sql`create table if not exists public.mark (n int)`;
  let broken = true;
  const schedule: Schedule = {
    name: 'sweep',
    every: 600,
    run: async (scope) => {
      await scope.tx.execute('insert into public.mark values (1)');
      if (broken) throw new Error('the disk is full');
      return 0;
    },
  };
  await turns(schedule);
  expect(await database.sql`select 1 from public.mark`).toEqual([]);
  expect(await database.sql`select attempts, reason from log.schedule`).toEqual([{ attempts: 1, reason: 'the disk is full' }]);
  broken = false;
  later(2);
  await turns(schedule);
  expect((await database.sql`select 1 from public.mark`).length).toBe(1);
  expect(await database.sql`select attempts, reason from log.schedule`).toEqual([{ attempts: 0, reason: null }]);
});

test('a new schedule is due at once; one that is known keeps its time over a restart', async () => {
  let taken = 0;
  const parts = { db: open.db, schedules: [{ name: 'sweep', every: 600, run: async () => Math.min(0, taken++) }], clock: () => now, log };
  for (let restart = 0; restart < 3; restart += 1) {
    const loop = startSchedules(parts);
    await expect.poll(async () => (await database.sql`select 1 from log.schedule where next_at > ${now}`).length).toBe(1);
    await loop.stop();
  }
  expect(taken).toBe(1);
});
