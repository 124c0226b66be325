import postgres, { type Sql, type TransactionSql } from 'postgres';
import { expect } from 'vitest';
import { plantCorruption } from './corruption.ts';

/** What row-level security is asked of: where Accord serves, and a superuser who knows what is there. */
export type Guarded = { servingUrl: string; admin: Sql };

type Table = { name: string; columns: string[]; partitioned: boolean };
type World = { tables: Table[]; own: string; foreign: string; foreignIds: ReadonlySet<string> };

/** Tables that tell nothing of anybody: how far the log is, and who reads it. */
const telling = `nspname in ('engagements', 'resources', 'time', 'finance', 'operations') or (nspname = 'log' and relname not in ('consumer', 'head', 'partition', 'schedule'))`;

/** By raw SQL over the address under which a topology serves: nobody sees or writes what is not theirs, and nothing can be switched off. */
export async function expectRowSecurity({ servingUrl, admin }: Guarded): Promise<void> {
  const world = await worldOf(admin);
  const app = postgres(servingUrl, { max: 1, onnotice: () => undefined });
  try {
    await expectForced(admin);
    for (const table of world.tables) {
      await app.begin((tx) => expectNothing(tx, table));
      await expectNoWrite(app, table, undefined);
      await expectNoWrite(app, table, world.own);
    }
    await app.begin((tx) => expectOwnOnly(tx, world));
    for (const statement of await forbidden(admin)) expect([statement, await refusal(app, statement)]).toEqual([statement, '42501']);
  } finally {
    await app.end({ timeout: 5 });
  }
}

/** Two customers with much of everything, and all ids that only the second one's rows have. */
async function worldOf(admin: Sql): Promise<World> {
  const tables = (await admin.unsafe(`
    select format('%I.%I', nspname, relname) as name, relkind = 'p' as partitioned,
      array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum) as columns
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace where relkind in ('r', 'p') and not relispartition and (${telling}) order by 1`)) as unknown as Table[];
  const found = await admin`select customer_id as id from finance.invoice where status = 'POSTED' group by 1 order by count(*) desc, 1 limit 2`;
  const [own = '', foreign = ''] = found.map(({ id }) => String(id));
  const foreignIds = new Set([foreign]);
  for (const { name } of tables.filter(({ columns }) => columns.includes('customer_id') && columns.includes('id')))
    for (const { id } of await admin.unsafe(`select id from ${name} where customer_id = $1`, [foreign])) foreignIds.add(String(id));
  expect(foreignIds.size).toBeGreaterThan(50);
  return { tables, own, foreign, foreignIds };
}

async function expectForced(admin: Sql): Promise<void> {
  const lacking = await admin.unsafe(`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and (${telling}) and not (relrowsecurity and relforcerowsecurity
      and exists (select from pg_policies where schemaname = nspname and tablename = relname and cmd = 'ALL'))`);
  expect(lacking.map(({ name }) => name)).toEqual([]);
}

const readAs = (tx: TransactionSql, customers: string) =>
  tx`select set_config('accord.scope', 'client', true), set_config('accord.customers', ${customers}, true), set_config('accord.legal_entities', '', true)`;

/** Nobody said for whom; or for somebody with no customer, or for one whom there is not. */
async function expectNothing(tx: TransactionSql, { name, columns }: Table): Promise<void> {
  expect([name, await count(tx, name)]).toEqual([name, 0]);
  for (const customers of ['{}', '{01900000-0000-7000-8000-000000000000}']) {
    await readAs(tx, customers);
    // What is no customer's and no secret, such as the names of grades, is everybody's.
    if (columns.includes('customer_id')) expect([name, customers, await count(tx, name)]).toEqual([name, customers, 0]);
  }
}

async function count(tx: TransactionSql, name: string): Promise<number> {
  return Number((await tx.unsafe(`select count(*)::int as n from ${name}`))[0]?.n);
}

/** Neither without a scope nor in a client's. */
async function expectNoWrite(app: Sql, { name, columns, partitioned }: Table, reader: string | undefined): Promise<void> {
  const [column] = columns;
  const attempt = async (statement: string) => {
    const { promise, resolve } = Promise.withResolvers<number | string>();
    const trial = app.begin(async (tx) => {
      if (reader) await readAs(tx, `{${reader}}`);
      resolve((await plantCorruption(tx).unsafe(statement)).count);
      throw new Error('nothing is meant to stay');
    });
    await trial.catch(({ code }: { code?: string }) => resolve(String(code)));
    return [statement, await promise];
  };
  // Some triggers refuse first; without a partition for the row nothing is asked at all.
  if (!partitioned) expect((await attempt(`insert into ${name} default values`)).join(': ')).toMatch(/: (42501|AC\d+)$/);
  for (const statement of [`update ${name} set "${column}" = "${column}"`, `delete from ${name}`])
    expect(await attempt(statement)).toEqual([statement, '42501']);
}

/** Without any condition, by a customer and by id: nothing of the other one. */
async function expectOwnOnly(tx: TransactionSql, { tables, own, foreign, foreignIds }: World): Promise<void> {
  await readAs(tx, `{${own}}`);
  const seen: string[] = [];
  for (const { name, columns } of tables) {
    const rows = await tx.unsafe(`select to_jsonb(own)::text as text from ${name} own`);
    if (rows.length > 0) seen.push(name);
    const leaked = rows.flatMap(({ text }) => String(text).match(uuids) ?? []).filter((id) => foreignIds.has(id));
    expect([name, leaked]).toEqual([name, []]);
    for (const column of ['id', 'subject_id', 'entity_id'].filter((each) => columns.includes(each)))
      expect([name, await tx.unsafe(`select 1 from ${name} where ${column} = any($1::uuid[])`, [[...foreignIds]])]).toEqual([name, []]);
    if (columns.includes('customer_id'))
      expect([name, await tx.unsafe(`select 1 from ${name} where customer_id is distinct from $1`, [own])]).toEqual([name, []]);
  }
  expect((await tx`select id from engagements.customer`).map(({ id }) => id)).toEqual([own]);
  expect(await tx`select id from engagements.customer where id = ${foreign}`).toHaveLength(0);
  // A client sees much, so that what it does not see says something.
  expect(seen).toEqual(expect.arrayContaining(['engagements.project', 'engagements.contract', 'finance.invoice', '"time".timesheet_entry', 'log.fact']));
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What would put row-level security out of the way. */
async function forbidden(admin: Sql): Promise<string[]> {
  const [found] =
    await admin`select current_user as superuser, (select relname from pg_class where relispartition and relkind = 'r' and relname like 'fact\\_%' limit 1) as partition`;
  return [
    'set row_security = off; select * from engagements.customer',
    'alter table engagements.customer disable row level security',
    'alter table engagements.customer no force row level security',
    'drop policy reading on engagements.customer',
    'create policy mine on engagements.customer using (true)',
    'alter table engagements.customer owner to current_user',
    'truncate engagements.customer',
    'create table log.mine as select * from engagements.customer',
    'create function log.customers() returns uuid[] language sql return null',
    'alter role current_user bypassrls',
    'create role mightier superuser',
    `set session authorization ${found?.superuser}`,
    `set role ${found?.superuser}`,
    `select * from log.${found?.partition}`,
    'select * from drizzle.__drizzle_migrations',
    "select pg_read_file('postgresql.conf')",
    "copy engagements.customer to program 'cat'",
  ];
}

/** What the server says to a statement, in a transaction that leaves nothing. */
export async function refusal(app: Sql, statement: string): Promise<string> {
  const trial = app.begin(async (tx) => {
    await plantCorruption(tx).unsafe(statement);
    throw Object.assign(new Error('it was let through'), { code: 'done' });
  });
  return trial.then(String, ({ code }: { code?: string }) => String(code));
}
