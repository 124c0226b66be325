import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '#kernel/db.ts';
import { mended } from '#kernel/driverMend.ts';
import { hold } from '#kernel/hold.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const source = (file: string) => readFile(new URL(`../../node_modules/postgres/src/${file}`, import.meta.url), 'utf8');

test.each(['index.js', 'connection.js'])('the driver that is there is the one that is mended: %s', async (file) => {
  const text = await source(file);
  const right = mended(file, text);
  expect(right).not.toBe(text);
  expect(mended(file, right)).toBe(right);
  expect(() => mended(file, text.replace('let savepoints', 'let points').replace('function execute', 'function run'))).toThrow('driverMend.ts');
  expect(mended('types.js', 'anything')).toBe('anything');
});

describe('a connection that the server ends in the middle of a transaction', () => {
  beforeAll(() => database.sql`create table public.written (by text, n int)`);

  const pool = (max: number) => openDb({ url: database.url, name: 'cut', max });
  const cut = (pid: unknown) => database.sql`select pg_terminate_backend(${Number(pid)}::int)`;
  /** A transaction that goes on asking when its connection is gone: how it ends. */
  const cutOff = (open: ReturnType<typeof pool>) =>
    open.client
      .begin(async (tx) => {
        const [row] = await tx.unsafe("insert into public.written values ('lost', 1) returning pg_backend_pid() as pid");
        await cut(row?.pid);
        for (let n = 0; n < 3; n += 1) await tx.unsafe(`insert into public.written values ('lost', ${n})`);
      })
      .then(
        () => 'committed',
        ({ code }) => code,
      );

  test('leaves its place in the pool to the next one, as often as it happens', async () => {
    await using open = pool(2);
    for (let round = 0; round < 8; round += 1) expect(await cutOff(open)).toMatch(/CONNECTION_CLOSED|ECONNRESET|57P01/);
    expect(await Promise.all([1, 2, 3, 4].map(async (n) => (await open.client.unsafe(`select ${n} as n`))[0]?.n))).toEqual([1, 2, 3, 4]);
    expect(await database.sql`select from public.written where by = 'lost'`).toHaveLength(0);
  });

  test('takes nobody else with it: who waited for the place gets a transaction of its own, and its own answers', async () => {
    await using open = pool(1);
    for (let round = 0; round < 12; round += 1) {
      const waiting = () =>
        open.client.begin(async (tx) => {
          const seen = [await tx.unsafe(`insert into public.written values ('next', ${round}) returning n`)];
          await database.sql`select 1`;
          for (const n of [100, 200]) seen.push(await tx.unsafe(`select ${round + n} as n`));
          await tx.unsafe(`insert into public.written values ('next', ${round})`);
          return seen.map(([row]) => row?.n);
        });
      const [lost, answers] = await Promise.all([cutOff(open), waiting()]);
      expect(lost).not.toBe('committed');
      expect(answers).toEqual([round, round + 100, round + 200]);
    }
    const rows = await database.sql`select n, count(*)::int as rows from public.written where by = 'next' group by n`;
    expect(rows.map((row) => row.rows)).toEqual(Array(12).fill(2));
  });

  test('ends what reads over it, and the next reader reads', async () => {
    await using open = pool(1);
    for (let round = 0; round < 4; round += 1) {
      const held = hold(open, 'begin read only');
      const [row] = (await held.send('select pg_backend_pid() as pid', [])) as { pid: number }[];
      const late = database.sql.begin(async (sql) => {
        await sql`select pg_terminate_backend(${row?.pid ?? 0}::int)`;
      });
      await late;
      await expect(held.send('select pg_sleep(0), 1', [])).rejects.toThrow();
      await held.end();
      expect(await open.client.unsafe('select 7 as n')).toMatchObject([{ n: 7 }]);
    }
  });
});

test('nothing is left of what the connections were told', async () => {
  const rows = await database.sql`select state from pg_stat_activity where application_name = 'accord-cut'`;
  expect(rows.filter(({ state }) => state === 'idle in transaction')).toEqual([]);
});

afterAll(() => database.sql`drop table if exists public.written`);
