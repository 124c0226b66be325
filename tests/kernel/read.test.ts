import { eq, sql } from 'drizzle-orm';
import { bigint, date, integer, jsonb, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { afterAll, expect, test } from 'vitest';
import { count, instant } from '#kernel/columns.ts';
import { type Db, openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { among, rowsWhere, wordIn } from '#kernel/read.ts';
import { built } from '#kernel/statement.ts';
import { testDatabase } from '../support/database.ts';

const things = pgSchema('reading').table('thing', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  size: integer('size'),
  amountMinor: count('amount_minor').notNull(),
  plain: bigint('plain_number', { mode: 'number' }),
  madeAt: instant('made_at').notNull(),
  day: date('day'),
  notes: jsonb('notes'),
  tags: text('tags').array(),
});

const database = await testDatabase();
await database.sql.unsafe(`create schema reading; create table reading.thing (id uuid primary key, name text not null, size int, amount_minor bigint not null,
  plain_number bigint, made_at timestamptz(3) not null, day date, notes jsonb, tags text[])`);
const open = openDb({ url: database.url, name: 'test', max: 1 });
afterAll(() => open.close());

const ids = [newId(), newId(), newId()];
await open.db.insert(things).values([
  {
    id: ids[0] ?? '',
    name: 'full',
    size: 3,
    amountMinor: 2n ** 60n,
    plain: 7,
    madeAt: new Date('2026-03-02T09:00:00.123Z'),
    day: '2026-02-28',
    notes: { a: [1, 'x'] },
    tags: ['a', 'b,c'],
  },
  { id: ids[1] ?? '', name: 'empty', amountMinor: -5n, madeAt: new Date('1999-12-31T23:59:59.999Z') },
  { id: ids[2] ?? '', name: 'text of JSON', amountMinor: 0n, madeAt: new Date(0), notes: 'only text', tags: [] },
]);

test('rows read are the rows that the query builder reads, of every kind of column', async () => {
  const built = await open.db.select().from(things).where(sql`true`);
  expect(await rowsWhere(open.db, things, undefined)).toEqual(built);
  expect(built).toHaveLength(3);
});

test('a condition of the query builder is understood', async () => {
  expect((await rowsWhere(open.db, things, eq(things.name, 'empty'))).map(({ id }) => id)).toEqual([ids[1]]);
});

test('among finds what is in the list, whatever its length and type', async () => {
  const named = async (condition: ReturnType<typeof among>) => (await rowsWhere(open.db, things, condition)).map(({ name }) => name).sort();
  expect(await named(among(things.id, ids.slice(1)))).toEqual(['empty', 'text of JSON']);
  expect(await named(among(things.name, ['full', "it's {not}, there"]))).toEqual(['full']);
  expect(await named(among(things.amountMinor, ['-5', '0']))).toEqual(['empty', 'text of JSON']);
  expect(await named(among(things.id, []))).toEqual([]);
});

async function prepared(): Promise<string[]> {
  const rows = await open.db.execute(sql`select statement from pg_prepared_statements`);
  return rows.map((row) => String(row.statement)).filter((text) => text.includes('reading'));
}

test('a statement that repeats is prepared, once for lists of every length; one that does not is not', async () => {
  const before = await prepared();
  await open.db.execute(sql`select 1 from ${things} where ${eq(things.size, 99)}`);
  for (const some of [ids, ids.slice(1), ids, []]) await rowsWhere(open.db, things, sql`${among(things.id, some)} and ${things.size} > ${0}`);
  const made = (await prepared()).filter((text) => !before.includes(text));
  expect(made).toEqual([expect.stringContaining('"size" > $2')]);
});

test('in a transaction, and behind a savepoint, what repeats is prepared as well, and the same rows are read', async () => {
  const before = await prepared();
  const read = (db: Db) => rowsWhere(db, things, eq(things.day, '2026-02-28'));
  const found = await open.db.transaction(async (tx) => [await read(tx), await tx.transaction(read), await read(tx)]);
  expect(found.map((rows) => rows.map(({ name }) => name))).toEqual([['full'], ['full'], ['full']]);
  expect((await prepared()).filter((text) => !before.includes(text))).toEqual([expect.stringContaining('"day" = $1')]);
});

test('a prepared statement outlives a change of its table', async () => {
  const read = () => rowsWhere(open.db, things, eq(things.name, 'full'));
  for (let time = 0; time < 8; time += 1) await read();
  await database.sql`alter table reading.thing alter column name type varchar(200)`;
  await database.sql`create index on reading.thing (name)`;
  expect(await read()).toHaveLength(1);
});

test('words stand in the text, sorted and once, so that a plan for all values can use an index of rare ones', () => {
  const textOf = (words: readonly string[] | null) => {
    const condition = wordIn(things.name, words);
    return condition && built(condition);
  };
  expect(textOf(['OPEN'])).toEqual({ sql: '"reading"."thing"."name" = \'OPEN\'', params: [] });
  expect(textOf(['SHUT', 'OPEN', 'SHUT'])).toEqual({ sql: '"reading"."thing"."name" in (\'OPEN\', \'SHUT\')', params: [] });
  expect(textOf([])).toEqual({ sql: 'false', params: [] });
  expect(textOf(null)).toBeUndefined();
});

test.each(["O'BRIEN", "X' or true --", 'open', '', 'A B', '\u0041\u0301', '1'])('what is no word of a closed set is never put into a text: %j', (word) => {
  expect(() => wordIn(things.name, ['OPEN', word])).toThrow('is no word of a closed set');
});
