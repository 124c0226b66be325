import postgres, { type Sql } from 'postgres';
import { commandRole } from '#kernel/db.ts';
import { databaseName } from './cluster.ts';
import { accordSchemas } from './external.ts';
import { appRole, ensureRole, letCommand, ownerRole, readerRole } from './roles.ts';

type Wanted = { adminUrl: string; ownerPassword: string; appPassword: string };

/** As the superuser of our own server: the roles, none of them mighty, and the database, which is the owner's. */
export async function prepareOwnership({ adminUrl, ownerPassword, appPassword }: Wanted): Promise<void> {
  const sql = postgres(adminUrl, { database: 'postgres', max: 1, onnotice: () => undefined });
  try {
    await ensureRole(sql, { name: ownerRole, password: ownerPassword });
    await ensureRole(sql, { name: appRole, password: appPassword });
    for (const name of [commandRole, readerRole]) await ensureRole(sql, { name, password: undefined });
    for (const name of [ownerRole, appRole]) await letCommand(sql, name);
    // Who has the owner's address alone serves by it all the same.
    await sql`grant ${sql(appRole)} to ${sql(ownerRole)}`;
    const [found] = await sql`select pg_get_userbyid(datdba) as owner from pg_database where datname = ${databaseName}`;
    if (!found) await sql`create database ${sql(databaseName)} owner ${sql(ownerRole)}`;
    else if (found.owner !== ownerRole) await handOver(adminUrl);
  } finally {
    await sql.end();
  }
}

/** Gives the owner what the superuser made, as it did before there was an owner. */
async function handOver(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.begin(async (tx) => {
      await tx`alter database ${tx(databaseName)} owner to ${tx(ownerRole)}`;
      for (const { what } of await ownable(tx)) await tx.unsafe(`alter ${what} owner to ${ownerRole}`);
    });
  } finally {
    await sql.end();
  }
}

/** Indexes go with their tables, and so do sequences that a column owns. */
function ownable(sql: Pick<Sql, 'unsafe'>) {
  const schemas = accordSchemas.map((name) => `'${name}'`).join(', ');
  return sql.unsafe<{ what: string }[]>(`
    with own as (select oid, nspname from pg_namespace where nspname in (${schemas}))
    select format('schema %I', nspname) as what from own
    union all select format('table %I.%I', nspname, relname) from pg_class join own on own.oid = relnamespace where relkind in ('r', 'p', 'v')
    union all select format('sequence %I.%I', nspname, relname) from pg_class c join own on own.oid = relnamespace
      where relkind = 'S' and not exists (select from pg_depend where objid = c.oid and deptype in ('a', 'i'))
    union all select format('routine %s', pg_proc.oid::regprocedure) from pg_proc join own on own.oid = pronamespace`);
}
