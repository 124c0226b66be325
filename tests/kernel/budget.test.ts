import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBudget } from '#gateway/cost/budget.ts';
import { forgetBudgets, takeBudget } from '#kernel/budget.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

describe('a budget that gateways share', () => {
  let database: TestDatabase;
  let open: OpenDb;
  beforeAll(async () => {
    database = await cloneDatabase();
    open = openDb({ url: database.appUrl, name: 'budgets', max: 8, scope: 'command' });
  });
  afterAll(async () => {
    await open.close();
    await database[Symbol.asyncDispose]();
  });

  const take = (principal: string, least: number, most: number) => takeBudget(open.db, { caller: 'portal', principal, budget: 100, least, most });
  const over = (principal: string) => database.sql`update log.budget set ends_at = now() - interval '1 second' where principal = ${principal}`;

  test('is given in parts until too little is left', async () => {
    const who = newId();
    const first = await take(who, 10, 60);
    expect(first).toEqual({ given: 60, left: 40, endsIn: expect.any(Number) });
    expect(first.endsIn).toBeGreaterThan(30_000);
    expect(first.endsIn).toBeLessThanOrEqual(60_000);
    expect(await take(who, 41, 50)).toMatchObject({ given: 0, left: 40 });
    expect(await take(who, 10, 50)).toMatchObject({ given: 40, left: 0 });
    expect(await take(who, 1, 1)).toMatchObject({ given: 0, left: 0 });
  });

  test('is one for each contract and principal, and gives no more at first than it has', async () => {
    const who = newId();
    await take(who, 100, 100);
    expect(await takeBudget(open.db, { caller: 'psa', principal: who, budget: 50, least: 1, most: 80 })).toMatchObject({ given: 50, left: 0 });
    expect(await take(newId(), 1, 5)).toMatchObject({ given: 5, left: 95 });
  });

  test('begins anew when its minute is over', async () => {
    const who = newId();
    await take(who, 100, 100);
    await over(who);
    const next = await take(who, 5, 20);
    expect(next).toMatchObject({ given: 20, left: 80 });
    expect(next.endsIn).toBeGreaterThan(30_000);
  });

  test('is never given twice, whoever asks at once', async () => {
    const who = newId();
    const given = await Promise.all(Array.from({ length: 40 }, () => take(who, 3, 7)));
    expect(given.reduce((sum, each) => sum + each.given, 0)).toBe(98);
    expect(given.every((each) => [0, 7].includes(each.given))).toBe(true);
    expect(await take(who, 1, 7)).toMatchObject({ given: 2, left: 0 });
  });

  test('is what the clients of two gateways may spend together', async () => {
    const actor = { id: newId(), kind: 'CLIENT_PORTAL' } as const;
    const gateways = [1, 2].map(() => createBudget({ portal: 200 }, { source: (wish) => takeBudget(open.db, wish) }));
    const ask = (n: number) =>
      gateways[n % 2]?.spend(actor, 1).then(
        () => 1,
        () => 0,
      );
    const answers = await Promise.all(Array.from({ length: 260 }, (_, n) => ask(n)));
    expect(answers.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBe(200);
  });

  test('is forgotten an hour after its end', async () => {
    const [old, recent] = [newId(), newId()];
    await take(old, 1, 1);
    await take(recent, 1, 1);
    await database.sql`update log.budget set ends_at = now() - interval '61 minutes' where principal = ${old}`;
    await over(recent);
    expect(await forgetBudgets(open.db)).toBe(1);
    const left = await database.sql`select principal from log.budget where principal in (${old}, ${recent})`;
    expect(left.map(({ principal }) => principal)).toEqual([recent]);
  });

  test('is nobody’s to read who reads for a client', async () => {
    await take(newId(), 1, 1);
    await using reader = openDb({ url: database.appUrl, name: 'reader', max: 1 });
    const rows = await reader.client`select 1 from log.budget`.catch(() => []);
    expect(rows).toHaveLength(0);
  });
});
