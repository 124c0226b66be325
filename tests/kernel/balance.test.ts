import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldBalances, rebuildBalances, wrongBalances } from '#kernel/balance.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { balances, type Choice, ledger } from '../support/balances.ts';
import { plantCorruption } from '../support/corruption.ts';
import { testDatabase } from '../support/database.ts';

const { sql, appUrl } = await testDatabase();
let open: OpenDb;
let world: Awaited<ReturnType<typeof ledger>>;
beforeAll(async () => {
  // As the worker does it: in the role that serves, under row-level security.
  open = openDb({ url: appUrl, name: 'balances', scope: 'command' });
  world = await ledger(sql);
});
afterAll(() => open.close());

const wrong = async () => Object.fromEntries(await Promise.all(balances.map(async ({ name, table }) => [name, await wrongBalances(open.db, table)])));
const none = Object.fromEntries(balances.map(({ name }) => [name, 0]));
const tableOf = (wanted: string) => {
  const found = balances.find(({ name }) => name === wanted);
  if (!found) throw new Error(`there is no balance ${wanted}`);
  return found.table;
};
const rowsIn = async (name: string) => Number((await sql.unsafe(`select count(*) as n from ${name}`))[0]?.n);
const write = ({ what, ...choice }: Choice) => world.writes[what]?.({ what, ...choice });
const choices = () => fc.record({ what: fc.constantFrom(...world.names), pick: fc.nat(60), size: fc.integer({ min: 1, max: 20 }) });

describe('balances', () => {
  test('are the sums of the rows after every write, whoever made it, folded or not', async () => {
    const property = fc.asyncProperty(fc.array(choices(), { minLength: 1, maxLength: 25 }), fc.nat(3), async (walk, folds) => {
      for (const choice of walk) await write(choice);
      expect(await wrong()).toEqual(none);
      for (const { table } of balances.slice(folds)) await foldBalances(open.db, table);
      expect(await wrong()).toEqual(none);
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test('take one row per key when they are folded, and none for what comes to nothing', async () => {
    for (const what of world.names) for (let pick = 0; pick < 5; pick += 1) await write({ what, pick, size: 7 });
    for (const { name, table } of balances) {
      await foldBalances(open.db, table, 100_000);
      expect([name, await rowsIn(name)]).toEqual([name, await rowsIn(`${name}_due`)]);
    }
    await plantCorruption(sql)`delete from operations.exception`;
    await foldBalances(open.db, tableOf('operations.exception_balance'), 100_000);
    expect(await rowsIn('operations.exception_balance')).toBe(0);
  });

  test('are folded a bite of keys at a time; the answer says whether there may be more', async () => {
    const table = tableOf('time.entry_balance');
    await foldBalances(open.db, table, 100_000);
    for (let pick = 0; pick < 9; pick += 1) for (const what of ['work', 'approve']) await write({ what, pick, size: pick + 1 });
    const [loose] = await sql`select count(distinct key)::int as n from time.entry_balance where not folded`;
    expect(loose?.n).toBeGreaterThan(6);
    expect(await foldBalances(open.db, table, 5)).toBe(5);
    const [rest] = await sql`select count(distinct key)::int as n from time.entry_balance where not folded`;
    expect(rest?.n).toBe(loose?.n - 5);
    expect(await foldBalances(open.db, table, 1_000)).toBe(0);
    expect(await wrong()).toEqual(none);
  });

  test('hold while many write and others fold at the same time', async () => {
    const random = fc.sample(choices(), { numRuns: 120, seed: 7 });
    const lanes = Array.from({ length: 4 }, (_, lane) => random.filter((__, index) => index % 4 === lane));
    let writing = true;
    const folding = async () => {
      let rounds = 0;
      for (; writing; rounds += 1) for (const { table } of balances) await foldBalances(open.db, table, 3);
      return rounds;
    };
    const folders = [folding(), folding()];
    // Rows that two writers pick at once are the business of commands, which lock; here the loser just tries the next.
    await Promise.all(
      lanes.map(async (lane) => {
        for (const choice of lane) await Promise.resolve(write(choice)).catch(deadlockOnly);
      }),
    );
    writing = false;
    expect(Math.max(...(await Promise.all(folders)))).toBeGreaterThan(1);
    expect(await wrong()).toEqual(none);
  });

  test('that were written past are found and made anew', async () => {
    for (const { name, ...balance } of balances) {
      await write({ what: 'post', pick: 1, size: 3 });
      await write({ what: 'fail', pick: 1, size: 3 });
      await sql.unsafe(`delete from ${name} where ctid = (select min(ctid) from ${name})`);
      expect([name, await wrongBalances(open.db, balance.table)]).not.toEqual([name, 0]);
      await open.db.transaction((tx) => rebuildBalances(tx, balance));
      expect([name, await wrongBalances(open.db, balance.table)]).toEqual([name, 0]);
    }
  });
});

function deadlockOnly(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== '40P01' && code !== '23505') throw error;
}
