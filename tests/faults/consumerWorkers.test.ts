import { afterAll, expect, test } from 'vitest';
import { openDb } from '#kernel/db.ts';
import { testDatabase } from '../support/database.ts';
import { type Program, runScript, untilTrue } from '../support/program.ts';
import { choices, seeds } from '../support/seeds.ts';
import { astray, makeTrack, walk, walkers } from '../support/workload.ts';

const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 3 });

afterAll(() => open.close());

test.each(seeds())('four workers that are killed at random lose nothing, double nothing and keep the order of each subject (seed %i)', async (seed) => {
  const { below } = choices(seed);
  await makeTrack(database.sql);
  const subjects = walkers(80);
  await using stack = new AsyncDisposableStack();
  const begin = async (): Promise<Program> => {
    const worker = stack.use(runScript('tests/support/consumerWorker.ts', [database.url]));
    await worker.said(/working/);
    return worker;
  };
  const workers = await Promise.all(Array.from({ length: 4 }, begin));
  const rounds = 8;
  for (let round = 0; round < rounds; round += 1) {
    await walk(open.db, { subjects, steps: [round * 5 + 1, round * 5 + 5] });
    const victim = below(workers.length);
    await workers[victim]?.kill('SIGKILL');
    workers[victim] = await begin();
  }
  const behind = 'select count(*)::int as n from log.consumer, log.head where consumer.position <> head.position';
  await untilTrue('all facts were handled', async () => (await database.sql.unsafe(behind))[0]?.n === 0);
  expect(await astray(database.sql, { subjects, steps: rounds * 5 })).toEqual([]);
  expect(await database.sql`select status, count(*)::int as n from log.delivery group by 1`).toEqual([{ status: 'DELIVERED', n: 80 * rounds * 5 }]);
  const [row] = await database.sql`select count(distinct worker)::int as workers from public.track`;
  expect(row?.workers).toBeGreaterThanOrEqual(4);
});

test('a partition whose worker is killed in the middle of a batch is free at once', async () => {
  await database.sql`update log.consumer set position = 0`;
  await database.sql`delete from log.delivery`;
  await makeTrack(database.sql);
  // The table is locked: the worker is caught inside its batch, with its partitions in hand.
  const gate = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holding = database.sql.begin(async (held) => {
    await held`lock table public.track in access exclusive mode`;
    locked.resolve();
    await gate.promise;
  });
  await locked.promise;
  const waiting = async () =>
    (await open.db.execute("select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'accord-killable'")).length;
  await using first = runScript('tests/support/consumerWorker.ts', [database.url]);
  await untilTrue('the worker waits', async () => (await waiting()) > 0);
  await first.kill('SIGKILL');
  gate.resolve();
  await holding;
  await using second = runScript('tests/support/consumerWorker.ts', [database.url]);
  await second.said(/working/);
  await untilTrue(
    'all facts were handled',
    async () => (await database.sql`select 1 from log.consumer, log.head where consumer.position <> head.position`).length === 0,
  );
  expect((await database.sql`select 1 from (select subject, step from public.track group by 1, 2 having count(*) > 1) twice`).length).toBe(0);
});
