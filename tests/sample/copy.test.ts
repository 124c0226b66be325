import postgres, { type Sql, type TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as engagements from '#engagements/tables.ts';
import { newId } from '#kernel/ids.ts';
import { copyRows, copyText } from '#sample/copy.ts';
import { unforced } from '#sample/unforced.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
let owner: Sql;
beforeAll(() => {
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
});
// The driver would wait for the connection that went away.
afterAll(() => owner.end({ timeout: 1 }));

const customer = (name: string | null, id = newId()) => ({
  id,
  version: 1,
  createdAt: new Date(),
  updatedAt: new Date(),
  name,
  status: 'PROSPECT',
  isInternal: false,
  currency: 'EUR',
});
const load = (tx: TransactionSql, rows: readonly Record<string, unknown>[]) => unforced(tx, () => copyRows(tx, { table: engagements.customers, rows }));
const stored = () => database.sql`select name from engagements.customer`;
const forced = async () => (await database.sql`select relname from pg_class where relrowsecurity and not relforcerowsecurity`).map(({ relname }) => relname);

describe('by an owner that is no superuser', () => {
  test('COPY goes in where tables bind their owner no more, and binds it again after', async () => {
    await expect(owner.begin((tx) => copyRows(tx, { table: engagements.customers, rows: [customer('x')] }))).rejects.toThrow(/row-level security/);
    await expect(
      owner.begin(async (tx) => {
        expect(await load(tx, [customer('Kept'), customer('Also kept')])).toBe(2);
        expect(await tx`select from pg_class where relrowsecurity and not relforcerowsecurity`).toHaveLength(0);
        throw new Error('after all no');
      }),
    ).rejects.toThrow('after all no');
    expect(await stored()).toEqual([]);
    expect(await forced()).toEqual([]);
  });

  test('others never see the tables unbound', async () => {
    await owner.begin((tx) =>
      unforced(tx, async () => {
        expect(await tx`select from pg_class where relname = 'customer' and not relforcerowsecurity`).toHaveLength(1);
        expect(await forced()).toEqual([]);
      }),
    );
  });
});

describe('rows that the server refuses', () => {
  const twin = newId();
  const many = Array.from({ length: 5_000 }, (_, n) => customer(`Customer ${n}`));
  test.each([
    ['by a constraint, in the last line', [...many.slice(0, 3), customer(null)], /null value in column "name".*customer/],
    ['by a constraint, half way', [...many.slice(0, 10), customer(null), ...many], /null value in column "name".*customer/],
    ['by an index', [customer('One', twin), customer('Other', twin)], /duplicate key value violates unique constraint "customer_pkey"/],
    ['by their form', [customer('One', 'no id')], /invalid input syntax for type uuid: "no id"/],
  ])('%s: end in an error that says what, and nothing is stored', async (_, rows, sentence) => {
    const attempt = owner.begin((tx) => load(tx, rows));
    await expect(attempt).rejects.toThrow(sentence);
    await expect(attempt).rejects.toHaveProperty('where', expect.stringMatching(/^COPY customer, line \d+/));
    expect(await stored()).toEqual([]);
    expect(await forced()).toEqual([]);
    // The connection serves on.
    expect(await owner`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('a check that waits for the end of the statement is told too', async () => {
    const attempt = owner.begin(async (tx) => {
      await tx`create temp table parent (id int primary key) on commit drop`;
      await tx`create temp table child (parent_id int references parent) on commit drop`;
      await copyText(tx, { into: 'child', columns: ['parent_id'], lines: ['7\n'] });
    });
    await expect(attempt).rejects.toMatchObject({ code: '23503', detail: 'Key (parent_id)=(7) is not present in table "parent".' });
  });

  test('and a source that breaks off takes the rest along', async () => {
    const broken = function* () {
      yield customer('One');
      throw new Error('the source broke off');
    };
    await expect(owner.begin((tx) => unforced(tx, () => copyRows(tx, { table: engagements.customers, rows: broken() })))).rejects.toThrow(
      'the source broke off',
    );
    expect(await stored()).toEqual([]);
    expect(await owner`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('and a connection that goes away', async () => {
    const gone = function* () {
      yield* many;
    };
    const attempt = owner.begin(async (tx) => {
      const [own] = await tx`select pg_backend_pid() as pid`;
      await database.sql`select pg_terminate_backend(${own?.pid}, 5000)`;
      await unforced(tx, () => copyRows(tx, { table: engagements.customers, rows: gone() }));
    });
    await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/^(CONNECTION_CLOSED|57P01)$/) });
    expect(await stored()).toEqual([]);
  });
});
