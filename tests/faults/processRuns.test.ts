import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { testDatabase } from '../support/database.ts';
import { facts } from '../support/killableRun.ts';
import { type Program, runScript, untilTrue } from '../support/program.ts';
import { choices, seeds } from '../support/seeds.ts';

const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 3 });

beforeAll(async () => {
  await database.sql`create table public.diary (place bigint generated always as identity, entry text not null, subject uuid not null)`;
});
afterAll(() => open.close());

async function order(count: number): Promise<void> {
  const scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: new Date() };
  const ids = Array.from({ length: count }, () => newId());
  await record(
    scope,
    facts.Ordered,
    ids.map((id) => ({ subject: { id, version: 1 }, payload: { orderId: id } })),
  );
  while ((await sequenceOnce(open.db)) > 0);
}
const begin = async (stack: AsyncDisposableStack): Promise<Program> => {
  const worker = stack.use(runScript('tests/support/runWorker.ts', [database.url]));
  await worker.said(/working/);
  return worker;
};
const ended = async (count: number) =>
  (await database.sql`select 1 from log.process_run where state = 'DONE'`).length === count &&
  (await database.sql`select 1 from log.process_run where state <> 'DONE'`).length === 0;
/** What each order has in the diary, as different lists. */
const diaries = () =>
  database.sql`select distinct entries from (select string_agg(entry, ' ' order by place) as entries from public.diary group by subject) of_order order by 1`;

test.each(seeds())('runs whose workers are killed between and within steps do every step once, in order (seed %i)', async (seed) => {
  const { below } = choices(seed);
  await using stack = new AsyncDisposableStack();
  const workers = [await begin(stack), await begin(stack)];
  for (let round = 0; round < 5; round += 1) {
    await order(8);
    const enough = round * 16 + below(16);
    await untilTrue(`${enough} steps are done`, async () => (await database.sql`select 1 from log.process_step where state = 'DONE'`).length >= enough);
    const victim = below(2);
    await workers[victim]?.kill('SIGKILL');
    workers[victim] = await begin(stack);
  }
  await untilTrue('all runs are done', () => ended(40));
  expect(await diaries()).toEqual([{ entries: 'pack label ship' }]);
});

test('a timer fires after a restart, though nobody was there when it came', async () => {
  await database.sql`truncate public.diary, log.process_run, log.process_step`;
  await using stack = new AsyncDisposableStack();
  const first = await begin(stack);
  await order(1);
  await untilTrue('the run waits for its time', async () => (await database.sql`select 1 from log.process_step where name = 'ship'`).length === 1);
  await first.kill('SIGKILL');
  await untilTrue('the time has come', async () => (await database.sql`select 1 from log.process_step where name = 'ship' and due_at < now()`).length === 1);
  expect(await diaries()).toEqual([{ entries: 'pack label' }]);
  await begin(stack);
  await untilTrue('the run is done', () => ended(1));
  expect(await diaries()).toEqual([{ entries: 'pack label ship' }]);
});
