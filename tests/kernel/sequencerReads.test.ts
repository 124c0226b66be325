import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { serviceActor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { record } from '#kernel/facts.ts';
import { whole } from '#kernel/fields.ts';
import { newId } from '#kernel/ids.ts';
import { catalogue, fact } from '#kernel/published.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { testDatabase } from '../support/database.ts';

const facts = catalogue('test', { Happened: fact({ subject: 'Thing', description: 'For the test.', read: 'task:read', fields: { n: whole('Which.') } }) });
const database = await testDatabase();
const open = openDb({ url: database.url, name: 'test', max: 1 });

afterAll(() => open.close());

const happen = (count: number) => {
  const scope = { tx: open.db, actor: serviceActor('test'), trace: { correlationId: 'c' }, now: new Date('2026-03-02T09:00:00Z') };
  return record(
    scope,
    facts.Happened,
    Array.from({ length: count }, (_, n) => ({ subject: { id: newId(), version: 1 }, payload: { n } })),
  );
};

async function indexEntriesRead(): Promise<number> {
  await open.db.execute(sql`select pg_stat_force_next_flush()`);
  const [row] = await open.db.execute(sql`select sum(idx_tup_read) as read from pg_stat_user_indexes where schemaname = 'log' and relname = 'pending'`);
  return Number(row?.read);
}

test('a batch reads each waiting fact a few times at most, also when statistics say that the queue is empty', async () => {
  await happen(4_000);
  while ((await sequenceOnce(open.db)) > 0);
  // What autovacuum does in a quiet moment: pages are there, rows are not.
  await open.db.execute(sql`analyze log.pending`);
  await happen(4_000);
  const before = await indexEntriesRead();
  expect(await sequenceOnce(open.db)).toBe(2_000);
  expect((await indexEntriesRead()) - before).toBeLessThan(40_000);
});
