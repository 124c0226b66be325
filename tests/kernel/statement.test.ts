import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { type OpenDb, openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { sql } from '#kernel/sql.ts';
import { built, idsLater, rowsOf, workedOut } from '#kernel/statement.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

const actor: Actor = { id: 'someone', kind: 'STAFF', permissions: ['time:read'] };

describe('a statement that is built', () => {
  let database: TestDatabase;
  let open: OpenDb;
  const said: [string, unknown[]][] = [];
  beforeAll(async () => {
    database = await cloneDatabase();
    open = openDb({ url: database.url, name: 'statement', max: 1, onStatement: (text, parameters) => said.push([text, parameters]) });
  });
  afterAll(async () => {
    await open.close();
    await database[Symbol.asyncDispose]();
  });

  test('is run again with other ids in their place, and with its own parameters', async () => {
    const statement = built(sql`select id, ${'x'}::text as own from unnest(${idsLater}::uuid[]) as each(id) where ${3} > 2`);
    const [one, other] = [newId(), newId()];
    expect(await rowsOf(open.db, statement, [one, other])).toEqual([
      { id: one, own: 'x' },
      { id: other, own: 'x' },
    ]);
    expect(await rowsOf(open.db, statement, [])).toEqual([]);
    expect(await rowsOf(open.db, statement, [other])).toEqual([{ id: other, own: 'x' }]);
    expect(new Set(said.map(([text]) => text)).size).toBe(1);
  });

  test('runs in transactions too, where its failure is a failure like any', async () => {
    const statement = built(sql`select id from unnest(${idsLater}::uuid[]) as each(id)`);
    const id = newId();
    expect(await open.db.transaction((tx) => rowsOf(tx, statement, [id]))).toEqual([{ id }]);
    await expect(rowsOf(open.db, statement, ['no id'])).rejects.toThrow();
  });

  test('takes ids as values, whatever stands in them', async () => {
    const statement = built(sql`select each.id from unnest(${idsLater}::text[]) as each(id)`);
    const odd = [`'; drop table log.fact; --`, '{a,b}', '"', '\\', ''];
    expect((await rowsOf(open.db, statement, odd)).map(({ id }) => id)).toEqual(odd);
  });
});

describe('what follows from a question', () => {
  const worked = (of: object, who: Actor, asked: string) => {
    const times = { worked: 0 };
    const value = workedOut({ of, actor: who, asked }, () => {
      times.worked += 1;
      return { asked };
    });
    return { value, times: times.worked };
  };

  test('is worked out once for the same question of the same person, with whichever token', () => {
    const of = {};
    const first = worked(of, actor, 'page 1');
    expect(first.times).toBe(1);
    const again = worked(of, { ...actor, expiresAt: '2026-01-01T00:00:00Z' }, 'page 1');
    expect(again).toEqual({ value: first.value, times: 0 });
    expect(again.value).toBe(first.value);
  });

  test('is worked out anew for another question, another thing, and whoever may see something else', () => {
    const of = {};
    worked(of, actor, 'page 1');
    const others: [object, Actor, string][] = [
      [of, actor, 'page 2'],
      [{}, actor, 'page 1'],
      [of, { ...actor, id: 'another' }, 'page 1'],
      [of, { ...actor, kind: 'CLIENT_PORTAL' }, 'page 1'],
      [of, { ...actor, permissions: [] }, 'page 1'],
      [of, { ...actor, customerIds: ['a'] }, 'page 1'],
      [of, { ...actor, customerIds: ['b'] }, 'page 1'],
      [of, { ...actor, legalEntityIds: ['a'] }, 'page 1'],
      [of, { ...actor, employeeId: 'a' }, 'page 1'],
      [of, { ...actor, contract: 'portal' }, 'page 1'],
    ];
    expect(others.map((each) => worked(...each).times)).toEqual(others.map(() => 1));
  });

  test('is not kept when it failed, nor when the question is very long', () => {
    const of = {};
    const failing = () =>
      workedOut({ of, actor, asked: 'no' }, () => {
        throw new Error('refused');
      });
    expect(failing).toThrow('refused');
    expect(failing).toThrow('refused');
    const long = 'x'.repeat(2_001);
    expect([worked(of, actor, long).times, worked(of, actor, long).times]).toEqual([1, 1]);
  });
});
