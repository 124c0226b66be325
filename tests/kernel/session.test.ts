import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Db, type OpenDb, openDb } from '#kernel/db.ts';
import { isDatabaseLost } from '#kernel/errors.ts';
import { sessionsOn } from '#kernel/session.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { untilTrue } from '../support/program.ts';

let database: TestDatabase;
let open: OpenDb;
const statements: string[] = [];
const sessions = (settings: Record<string, string> = {}) => sessionsOn(open)(settings);

beforeAll(async () => {
  database = await cloneDatabase();
  await database.sql`create table public.thing (n int primary key)`;
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.sql`truncate public.thing`;
  await database.sql`insert into public.thing values (1)`;
});

const pool = (max: number, statementTimeout = 30_000) => {
  open = openDb({ url: database.url, name: 'session', max, statementTimeout, onStatement: (text) => statements.push(text) });
  return open;
};
const numbers = async (db: Db) => (await db.execute(sql`select n from public.thing where n > ${0} order by n`)).map(({ n }) => Number(n));
const pidOf = async (db: Db) => Number((await db.execute(sql`select pg_backend_pid() as pid`))[0]?.pid);
const setting = async (db: Db) => (await db.execute(sql`select current_setting('accord.who', true) as who`))[0]?.who;
/** Connections of the pool that are in a transaction now. */
const inTransaction = async () =>
  (
    await database.sql`select state from pg_stat_activity where datname = current_database() and application_name = 'accord-session' and state like '%transaction%'`
  ).length;
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: { cause?: { code?: string }; code?: string; message: string }) => error.cause?.code ?? error.code ?? error.message,
  );

describe('a session', () => {
  test('asks nothing of the pool before its first read', async () => {
    await using _ = pool(1);
    const idle = sessions();
    const other = sessions();
    expect(await numbers(other.db)).toEqual([1]);
    await Promise.all([idle.end(), other.end()]);
  });

  test('reads as a command where it is told to, as its reader everywhere else, in whatever order', async () => {
    await using _ = pool(1);
    const session = sessions({ scope: 'client' });
    const scope = async (db: Db) => (await db.execute(sql`select current_setting('accord.scope', true) as scope`))[0]?.scope;
    const { db, unconfined } = session;
    expect(await Promise.all([db, unconfined, unconfined, db, unconfined, db, db].map(scope))).toEqual([
      ...['client', 'command', 'command', 'client', 'command', 'client', 'client'],
    ]);
    expect(await scope(db)).toBe('client');
    await code(unconfined.execute(sql`select 1 / 0`));
    expect([await scope(db), await scope(unconfined), await scope(db)]).toEqual(['client', 'command', 'client']);
    await session.end();
  });

  test('keeps what was read until something is written', async () => {
    await using _ = pool(2);
    const session = sessions();
    const [key, during] = [{}, {}];
    session.read.set(key, 1);
    await session.transaction(async () => {
      expect(session.read.size).toBe(0);
      session.read.set(during, 2);
    });
    expect(session.read.size).toBe(0);
    session.read.set(key, 1);
    await code(session.transaction(() => Promise.reject(new Error('refused'))));
    expect(session.read.size).toBe(0);
    await session.end();
  });

  test('reads everything of one snapshot on one connection', async () => {
    await using _ = pool(3);
    const session = sessions();
    const pid = await pidOf(session.db);
    await database.sql`insert into public.thing values (2)`;
    expect(await numbers(session.db)).toEqual([1]);
    const both = await Promise.all([numbers(session.db), pidOf(session.db), numbers(session.db)]);
    expect(both).toEqual([[1], pid, [1]]);
    await session.end();
    const next = sessions();
    expect(await numbers(next.db)).toEqual([1, 2]);
    await next.end();
  });

  test('knows its settings in each of its statements; a pool that is used again knows none of them', async () => {
    await using _ = pool(1);
    for (let round = 0; round < 4; round += 1) {
      const some = sessions({ who: `somebody's ${round}` });
      expect(await Promise.all([setting(some.db), setting(some.db)])).toEqual([`somebody's ${round}`, `somebody's ${round}`]);
      await some.end();
      expect(await setting(open.db)).toBe('');
      const none = sessions();
      expect(await setting(none.db)).toBe('');
      await none.end();
    }
  });

  test('prepares what comes again, on its own connection', async () => {
    await using _ = pool(1);
    for (let round = 0; round < 3; round += 1) {
      const session = sessions({ who: 'x' });
      await numbers(session.db);
      await session.end();
    }
    const session = sessions({ who: 'x' });
    const prepared = (await session.db.execute(sql`select statement from pg_prepared_statements`)).map(({ statement }) => String(statement));
    expect(prepared.filter((text) => text.includes('from public.thing'))).toHaveLength(1);
    expect(prepared.filter((text) => text.includes('set_config'))).toHaveLength(1);
    await session.end();
  });

  test('prepares nothing that came only once', async () => {
    await using _ = pool(1);
    const session = sessions();
    await session.db.execute(sql`select ${1}::int as only_once`);
    const prepared = await session.db.execute(sql`select statement from pg_prepared_statements where statement like '%only_once'`);
    expect(prepared).toHaveLength(0);
    await session.end();
  });

  test('keeps the plans of a connection bounded: a full one makes room for a fresh one', async () => {
    await using _ = pool(1);
    const session = sessions();
    const before = await pidOf(session.db);
    for (let n = 0; n < 501; n += 1) for (const _again of [1, 2]) await session.db.execute(sql`select ${sql.raw(String(n))} as x where ${1} = 1`);
    await session.end();
    const fresh = sessions();
    expect(await pidOf(fresh.db)).not.toBe(before);
    await fresh.end();
  });

  test('cannot write', async () => {
    await using _ = pool(1);
    const session = sessions();
    expect(await code(session.db.execute(sql`insert into public.thing values (9)`))).toBe('25006');
    expect(await numbers(session.db)).toEqual([1]);
    await session.end();
  });
});

describe('a statement that fails', () => {
  test('fails alone: what was sent behind it, and what comes later, is answered', async () => {
    await using _ = pool(2);
    const session = sessions({ who: 'me' });
    await numbers(session.db);
    const [before, failed, behind, who] = await Promise.all([
      numbers(session.db),
      code(session.db.execute(sql`select 1 / (n - 1) from public.thing where n = ${1}`)),
      numbers(session.db),
      setting(session.db),
    ]);
    expect([before, failed, behind, who]).toEqual([[1], '22012', [1], 'me']);
    expect(await setting(session.db)).toBe('me');
    await session.end();
    expect(await inTransaction()).toBe(0);
  });

  test('may be the first one, or be given up by the server for its length', async () => {
    await using _ = pool(1, 200);
    const session = sessions({ who: 'me' });
    expect(await code(session.db.execute(sql`select 'x'::text::int`))).toBe('22P02');
    expect(await code(session.db.execute(sql`select pg_sleep(${5})`))).toBe('57014');
    expect(await setting(session.db)).toBe('me');
    await session.end();
  });

  test('for its settings lets nobody read anything', async () => {
    await using _ = pool(1);
    const session = sessionsOn(open)({ 'bad name': 'x' });
    expect(await code(numbers(session.db))).toBe('42602');
    await session.end();
    const next = sessions();
    expect(await numbers(next.db)).toEqual([1]);
    await next.end();
  });
});

describe('a connection that is lost', () => {
  const kill = (pid: number) => database.sql`select pg_terminate_backend(${pid}, 5000)`;

  test('in the middle of a statement is told; what comes later reads on another one', async () => {
    await using _ = pool(1);
    const session = sessions({ who: 'me' });
    const pid = await pidOf(session.db);
    const slow = session.db.execute(sql`select pg_sleep(${20})`).then(
      () => undefined,
      (error: unknown) => error,
    );
    await untilTrue('it sleeps', async () => (await database.sql`select from pg_stat_activity where pid = ${pid} and query like '%pg_sleep%'`).length === 1);
    await kill(pid);
    expect(isDatabaseLost(await slow)).toBe(true);
    // The driver reports the death once more to the first one on its new connection.
    const next = () => setting(session.db).catch((error: unknown) => isDatabaseLost(error));
    expect([await next(), await next()].at(-1)).toBe('me');
    await session.end();
  });

  test('between two statements is not shared with whoever has it next', async () => {
    await using _ = pool(1);
    const session = sessions({ who: 'me' });
    const pid = await pidOf(session.db);
    await kill(pid);
    await untilTrue('the driver has noticed', async () => {
      const found = await setting(session.db).catch(() => undefined);
      return found === 'me' && (await pidOf(session.db)) !== pid;
    });
    await session.end();
    const other = sessions();
    expect(await setting(other.db)).toBe('');
    await other.end();
  });

  test('because there is no server is told as that', async () => {
    await using nowhere = openDb({ url: 'postgres://nobody:x@127.0.0.1:1/none', name: 'nowhere', max: 1 });
    const session = sessionsOn(nowhere)({});
    expect(isDatabaseLost(await session.db.execute(sql`select 1`).catch((error: unknown) => error))).toBe(true);
    await session.end();
  });
});

describe('an end', () => {
  test('is final: who still asks is refused, and nothing stays open', async () => {
    await using _ = pool(1);
    const session = sessions();
    const late = numbers(session.db);
    const ended = session.end();
    await late.catch(() => undefined);
    await ended;
    await expect(numbers(session.db)).rejects.toThrow();
    expect(await inTransaction()).toBe(0);
    const next = sessions();
    expect(await numbers(next.db)).toEqual([1]);
    await next.end();
  });

  test('before the connection came gives it back when it comes', async () => {
    await using _ = pool(1);
    const holder = sessions();
    await numbers(holder.db);
    const waiting = sessions();
    const read = numbers(waiting.db).catch(() => 'refused');
    const ended = waiting.end();
    await holder.end();
    await Promise.all([read, ended]);
    const next = sessions();
    expect(await numbers(next.db)).toEqual([1]);
    await next.end();
  });

  test.each([1, 2])('of 200 sessions on a pool of %i leaves no transaction open', async (max) => {
    await using _ = pool(max);
    await Promise.all(
      Array.from({ length: 200 }, async (_each, n) => {
        const session = sessions({ who: String(n) });
        const some = [setting(session.db), n % 7 === 0 ? session.db.execute(sql`select 1 / 0`).catch(() => 'failed') : setting(session.db)];
        if (n % 5 !== 0) expect((await Promise.all(some))[0]).toBe(String(n));
        await session.end();
        await Promise.allSettled(some);
      }),
    );
    expect(await inTransaction()).toBe(0);
    expect(await setting(open.db)).toBe('');
  });
});

describe('a transaction of a session', () => {
  test('sees the present, and what is read after it sees what it wrote', async () => {
    await using _ = pool(1);
    const session = sessions({ who: 'me' });
    expect(await numbers(session.db)).toEqual([1]);
    await database.sql`insert into public.thing values (2)`;
    const seen = await session.transaction(async (tx) => {
      await tx.execute(sql`insert into public.thing values (3)`);
      return numbers(tx);
    });
    expect(seen).toEqual([1, 2, 3]);
    expect(await numbers(session.db)).toEqual([1, 2, 3]);
    await session.end();
  });

  test.each([1, 2])('never waits for its own reading: 40 operations that read, write and read on a pool of %i all end', async (max) => {
    await using _ = pool(max);
    const found = await Promise.all(
      Array.from({ length: 40 }, async (_each, n) => {
        const session = sessions();
        await numbers(session.db);
        await session.transaction((tx) => tx.execute(sql`insert into public.thing values (${n + 10})`));
        const after = await numbers(session.db);
        await session.end();
        return after.includes(n + 10);
      }),
    );
    expect(found).not.toContain(false);
    expect(await inTransaction()).toBe(0);
  });
});

describe('a client that goes away', () => {
  const asleep = async () =>
    (await database.sql`select from pg_stat_activity where application_name = 'accord-session' and state = 'active' and query like '%pg_sleep%'`).length;
  const sleep = (db: Db, seconds: number) => db.execute(sql`select pg_sleep(${seconds})`);

  test('ends what it reads, on the server too, and the pool has its place back', async () => {
    await using _ = pool(1);
    for (let round = 0; round < 3; round += 1) {
      const session = sessions({ who: 'somebody' });
      const reading = Promise.all([code(sleep(session.db, 60)), code(numbers(session.db))]);
      await untilTrue('it sleeps', async () => (await asleep()) === 1);
      await session.cancel();
      expect((await reading).includes('none')).toBe(false);
      await untilTrue('nobody sleeps', async () => (await asleep()) === 0);
      const next = sessions();
      expect(await numbers(next.db)).toEqual([1]);
      await next.end();
    }
    expect(await inTransaction()).toBe(0);
  });

  test('ends nothing where nothing runs', async () => {
    await using _ = pool(1);
    await sessions().cancel();
    const session = sessions();
    const pid = await pidOf(session.db);
    await session.cancel();
    await session.cancel();
    expect(await code(numbers(session.db))).not.toBe('none');
    const next = sessions();
    expect(await pidOf(next.db)).toBe(pid);
    await next.end();
  });

  test('of who still waits for a connection asks nothing on it when it comes', async () => {
    await using _ = pool(1);
    const [first, second] = [sessions(), sessions()];
    await numbers(first.db);
    const waiting = code(second.db.execute(sql`select pg_sleep(${30})`));
    const other = code(second.db.execute(sql`select ${1}::int as one`));
    const cancelled = second.cancel();
    expect(await Promise.all([waiting, other])).not.toContain('none');
    await first.end();
    await cancelled;
    const next = sessions();
    expect(await numbers(next.db)).toEqual([1]);
    await next.end();
    expect(await inTransaction()).toBe(0);
  });

  test('has completed what it wrote', async () => {
    await using _ = pool(2);
    const session = sessions();
    const written = session.transaction(async (tx) => {
      await sleep(tx, 0.2);
      await tx.execute(sql`insert into public.thing values (2)`);
    });
    await untilTrue('it writes', async () => (await asleep()) === 1);
    await session.cancel();
    await written;
    expect(await numbers(open.db)).toEqual([1, 2]);
  });
});
