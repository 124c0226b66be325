import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '#kernel/db.ts';
import { sessionsOn } from '#kernel/session.ts';
import { visibilityOf } from '#kernel/visibility.ts';
import { allTables } from '../../generate/migrations.ts';
import { plantCorruption } from '../support/corruption.ts';
import { testDatabase } from '../support/database.ts';
import { root } from '../support/program.ts';

const database = await testDatabase();
let app: Sql;
beforeAll(() => {
  app = postgres(database.appUrl, { max: 1, onnotice: () => undefined });
});
afterAll(() => app.end());

/** Tables that tell nothing of anybody: how far the log is, and who reads it. */
const open = ['log.consumer', 'log.head', 'log.partition', 'log.schedule'];

type Table = { name: string; owner: string; enabled: boolean; forced: boolean; commands: string[]; partition: boolean };

const tables = (): Promise<Table[]> => database.sql<Table[]>`
  select format('%I.%I', nspname, relname) as name, rolname as owner, relrowsecurity as enabled, relforcerowsecurity as forced, relispartition as partition,
    array(select distinct cmd from pg_policies where schemaname = nspname and tablename = relname order by cmd) as commands
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_roles on pg_roles.oid = relowner
  where relkind in ('r', 'p') and nspname in ('engagements', 'resources', 'time', 'finance', 'operations', 'log') order by 1`;

describe('the catalog', () => {
  test('has row-level security, forced, with policies for all that may be done, on every table but those that tell nothing', async () => {
    const lacking = (await tables()).filter(({ partition }) => !partition).filter((each) => !(each.enabled && each.forced && each.commands.includes('ALL')));
    expect(lacking.map(({ name }) => name).filter((name) => !open.some((prefix) => name.startsWith(prefix)))).toEqual([]);
    expect((await tables()).filter(({ commands }) => commands.length > 0).length).toBeGreaterThan(35);
  });

  test('says of every table of every subgraph who may see its rows', async () => {
    const declared = Object.values(await allTables(root)).filter((each): each is PgTable => is(each, PgTable));
    expect(declared.filter((table) => !visibilityOf(table)).map((table) => getTableConfig(table).name)).toEqual([]);
    const names = new Set(declared.map((table) => `${getTableConfig(table).schema}.${getTableConfig(table).name}`));
    expect((await tables()).map(({ name }) => name).filter((name) => !name.startsWith('log.') && !names.has(name.replaceAll('"', '')))).toEqual([]);
  });

  test('lets readers read by their policy, and everything else be done by those alone who command', async () => {
    const odd = await database.sql`select schemaname, tablename, policyname from pg_policies
      where not (cmd = 'ALL' and policyname = 'commanding' and roles = '{accord_command}' and qual = 'true' and with_check = 'true')
        and not (cmd = 'SELECT' and policyname = 'reading' and roles = '{public}' and qual <> 'true')
        and not (policyname = 'sealing' and schemaname = 'log' and tablename in ('audit', 'audit_pending', 'audit_head') and qual like '%relowner%')`;
    expect(odd.map((policy) => Object.values(policy).join('.'))).toEqual([]);
  });

  test('gives nothing to whoever serves, and lets it neither bypass nor grant', async () => {
    expect((await tables()).filter(({ owner }) => owner === 'accord_app')).toEqual([]);
    const [role] = await database.sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = 'accord_app'`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: true });
    const roles = await database.sql`
      select roleid::regrole::text as role, inherit_option, admin_option, set_option from pg_auth_members where member = 'accord_app'::regrole`;
    expect(roles.map((row) => ({ ...row }))).toEqual([{ role: 'accord_command', inherit_option: false, admin_option: false, set_option: true }]);
  });

  test('reaches partitions through their parents alone, and views as their reader', async () => {
    const direct = await database.sql`
      select relname from pg_class where relispartition and relkind = 'r' and relnamespace = 'log'::regnamespace and has_table_privilege('accord_app', oid, 'SELECT')`;
    expect(direct.map(({ relname }) => relname)).toEqual([]);
    const views = await database.sql`
      select relname from pg_class where relkind = 'v' and relnamespace::regnamespace::text in ('finance', 'time', 'operations')
        and not coalesce(reloptions::text like '%security_invoker=true%', false)`;
    expect(views.map(({ relname }) => relname)).toEqual([]);
  });
});

describe('whoever serves', () => {
  const refused = (statement: string) =>
    plantCorruption(app)
      .unsafe(statement)
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );

  test.each([
    'create table log.x (n int)',
    'create table public.x (n int)',
    'alter table engagements.customer disable row level security',
    'alter table engagements.customer owner to accord_app',
    'drop policy reading on engagements.customer',
    'truncate engagements.customer',
    'set session authorization accord',
    'set role accord',
    'create role mightier superuser',
    'alter role accord_app bypassrls',
    'select * from drizzle.__drizzle_migrations',
  ])('may not: %s', async (statement) => {
    expect(await refused(statement)).toBe('42501');
  });

  test('sees no row of any table, and writes none, while nobody says for whom', async () => {
    await plantCorruption(database.sql)`insert into engagements.customer (id, name) values (gen_random_uuid(), 'Seen by nobody')`;
    for (const { name } of (await tables()).filter(({ commands, partition }) => commands.length > 0 && !partition)) {
      const [row] = await app.unsafe(`select count(*)::int as n from ${name}`);
      expect([name, row?.n]).toEqual([name, 0]);
    }
    expect(await refused("insert into engagements.customer (id, name) values (gen_random_uuid(), 'x')")).toBe('42501');
    expect(await refused("update engagements.customer set name = 'x'")).toBe('42501');
    expect(await refused('delete from engagements.customer')).toBe('42501');
  });

  test('writes nothing in the name of somebody who reads', async () => {
    for (const scope of ['firm', 'client', 'partner', 'command']) {
      const attempt = app.begin(async (tx) => {
        await tx`select set_config('accord.scope', ${scope}, true)`;
        await plantCorruption(tx)`insert into engagements.customer (id, name) values (gen_random_uuid(), 'x')`;
      });
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    }
  });
});

test('a pool of commands and a session of a reader do not mix', async () => {
  await using commands = openDb({ url: database.appUrl, name: 'commands', max: 1, scope: 'command' });
  await using pool = openDb({ url: database.appUrl, name: 'readers', max: 1 });
  const count = sql`select count(*)::int as n from engagements.customer`;
  expect((await commands.db.execute(count))[0]?.n).toBeGreaterThan(0);
  const session = sessionsOn(pool)({ scope: 'client', customers: '{}', legal_entities: '', employees: '' });
  expect((await session.db.execute(count))[0]?.n).toBe(0);
  expect((await session.unconfined.execute(count))[0]?.n).toBeGreaterThan(0);
  const [confined, all, again] = await Promise.all([session.db.execute(count), session.unconfined.execute(count), session.db.execute(count)]);
  expect([confined[0]?.n, Number(all[0]?.n) > 0, again[0]?.n]).toEqual([0, true, 0]);
  await session.end();
  expect((await pool.db.execute(count))[0]?.n).toBe(0);
});
