import postgres, { type Sql, type TransactionSql } from 'postgres';
import { commandRole } from '#kernel/db.ts';
import { CannotStart } from '../cannotStart.ts';
import { accordSchemas } from './external.ts';
import { migrateDatabase } from './migrate.ts';

type Wanted = {
  /** The owner's: whoever migrates. */
  url: string;
  /** Whoever serves, where it logs in by itself. */
  appUrl: string | undefined;
  log: (line: string) => void;
};

/** Who serves, unless another one is named. */
export const appRole = 'accord_app';
/** Whoever may only read. */
export const readerRole = 'accord_reader';
/** Whoever owns all that is Accord's on its own server. */
export const ownerRole = 'accord_owner';

/** What may not be done with anything of Accord's by those who serve. */
const powerless = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

const migrations = new URL('../../drizzle', import.meta.url).pathname;

/** How many migrations were applied, and the address under which to serve. */
type Prepared = { applied: number; url: string };

/** Brings a database up to the present version, with the roles beside its owner, who alone may change tables: who serves, who commands, who only reads. */
export async function prepareDatabase({ url, appUrl, log }: Wanted): Promise<Prepared> {
  const own = appUrl ? URL.parse(appUrl) : undefined;
  const serving = { name: decodeURIComponent(own?.username ?? appRole), password: own ? decodeURIComponent(own.password) : undefined };
  // Before the tables, whose policies name a role.
  await asOwner(url, (tx) => makeRoles(tx, serving, log));
  const applied = await migrateDatabase({ url, folder: migrations, log });
  await asOwner(url, (tx) => grant(tx, serving.name));
  return { applied, url: appUrl ?? servingAs(url, appRole) };
}

/** Roles are the cluster's; databases that are prepared at once take turns. */
async function asOwner(url: string, work: (tx: TransactionSql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'accord-roles' } });
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(4174400)`;
      await work(tx);
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function makeRoles(tx: TransactionSql, serving: Role, log: Wanted['log']): Promise<void> {
  await ensureRole(tx, serving);
  await ensureRole(tx, { name: commandRole, password: undefined });
  await ensureRole(tx, { name: readerRole, password: undefined }).catch((error: unknown) => {
    if (!(error instanceof CannotStart)) throw error;
    log(`there is no role ${readerRole} for reports: ${error.message}`);
  });
  // The owner loads the sample firm and mends balances.
  for (const name of [serving.name, await currentUser(tx)]) await letCommand(tx, name);
  await demandPowerless(tx, serving.name);
  if (serving.password === undefined) await lend(tx, serving.name);
}

/** The owner's login, acting as the other role from the first statement on. */
function servingAs(url: string, role: string): string {
  const acting = new URL(url);
  acting.searchParams.set('role', role);
  return acting.href;
}

/** The address under which a role of Accord serves, where the one that it was given may be the owner's. */
export async function servingUrl(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [found] = await sql`
      select rolsuper or rolbypassrls or exists (select from pg_class where relnamespace = to_regnamespace('engagements') and relowner = pg_roles.oid) as mighty
      from pg_roles where rolname = current_user`;
    return found?.mighty ? servingAs(url, appRole) : url;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

type Role = { name: string; password: string | undefined };

/** Makes a role unless it is there; one with a password logs in. */
export async function ensureRole(sql: Sql | TransactionSql, { name, password }: Role): Promise<void> {
  const [there] = await sql`select from pg_roles where rolname = ${name}`;
  if (there) return;
  const login = password === undefined ? 'nologin' : 'login password';
  const [text] =
    await sql`select format(${`create role %I ${login} ${password === undefined ? '' : '%L'} ${powerless}`}, ${name}::text, ${password ?? ''}::text) as create`;
  const [may] = await sql`select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user`;
  if (!may?.may) throw new CannotStart(missing(name, password !== undefined));
  await sql.unsafe(String(text?.create));
}

function missing(name: string, logsIn: boolean): string {
  const make = logsIn ? `CREATE ROLE "${name}" LOGIN PASSWORD '...'` : `CREATE ROLE "${name}"`;
  return (
    `The database has no role "${name}", and the user of DATABASE_URL may not create one. As an administrator run: ${make};` +
    (logsIn ? '' : ` GRANT "${name}" TO the user of DATABASE_URL;`) +
    ' or give ACCORD_APP_DATABASE_URL with a user that owns nothing.'
  );
}

/** Row-level security binds only whoever cannot switch it off. */
async function demandPowerless(sql: TransactionSql, name: string): Promise<void> {
  const [role] = await sql`
    select rolsuper or rolbypassrls or pg_has_role(rolname, ${commandRole}, 'USAGE') as bypasses, rolcreaterole as makes,
      exists (select from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname = any(${[...accordSchemas]}) and relowner = pg_roles.oid) as owns
    from pg_roles where rolname = ${name}`;
  if (role?.bypasses || role?.makes || role?.owns)
    throw new CannotStart(
      `The role "${name}" must not serve: it ${role.owns ? 'owns tables of Accord' : 'may see or grant more than it should'}. ` +
        'Name another user in ACCORD_APP_DATABASE_URL: one without SUPERUSER, BYPASSRLS and CREATEROLE, which owns nothing.',
    );
}

/** Rights on what is there now; each migration is followed by this. Partitions are reached through their parents alone, whose policies bind. */
async function grant(sql: TransactionSql, name: string): Promise<void> {
  await sql.unsafe(`do $$
    declare
      each record;
      readers boolean := exists (select from pg_roles where rolname = '${readerRole}');
    begin
      for each in select nspname from pg_namespace where nspname = any (array[${domains}]) loop
        execute format('grant usage on schema %I to %I, ${commandRole}', each.nspname, '${literal(name)}');
        if readers then execute format('grant usage on schema %I to ${readerRole}', each.nspname); end if;
      end loop;
      for each in select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = any (array[${domains}]) and relkind in ('r', 'p', 'v') and not relispartition loop
        execute format('grant select on %I.%I to %I', each.nspname, each.relname, '${literal(name)}');
        execute format('grant select, insert, update, delete on %I.%I to ${commandRole}', each.nspname, each.relname);
        if readers then execute format('grant select on %I.%I to ${readerRole}', each.nspname, each.relname); end if;
      end loop;
      for each in select pg_proc.oid::regprocedure as routine from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
        where nspname = any (array[${domains}]) and prosecdef loop
        execute format('revoke execute on function %s from public', each.routine);
        execute format('grant execute on function %s to ${commandRole}', each.routine);
      end loop;
    end $$`);
}

const domains = accordSchemas
  .filter((schema) => schema !== 'drizzle')
  .map((schema) => `'${schema}'`)
  .join(', ');

function literal(name: string): string {
  return name.replaceAll("'", "''");
}

/** Lets a role act as commands do, when it says so. To be one of them at all times would show everything to whoever reads. */
export async function letCommand(sql: Sql | TransactionSql, name: string): Promise<void> {
  const [known] = await sql`select current_setting('server_version_num')::int >= 160000 as fine, rolsuper, rolinherit from pg_roles where rolname = ${name}`;
  if (known?.rolsuper || (await mayCommand(sql, name, known?.fine))) return;
  if (!known?.fine && known?.rolinherit) await sql`alter role ${sql(name)} noinherit`;
  const how = known?.fine ? ' WITH INHERIT FALSE, SET TRUE' : '';
  await granting(sql.unsafe(`grant ${commandRole} to "${name.replaceAll('"', '""')}"${how}`), `GRANT ${commandRole} TO "${name}"${how};`);
}

async function mayCommand(sql: Sql | TransactionSql, name: string, fine: boolean): Promise<boolean> {
  const found = fine
    ? await sql`select from pg_auth_members where roleid = ${commandRole}::regrole and member = quote_ident(${name})::regrole and set_option and not inherit_option`
    : await sql`select from pg_roles where rolname = ${name} and not rolinherit and pg_has_role(rolname, ${commandRole}, 'MEMBER')`;
  return found.length > 0;
}

async function currentUser(sql: TransactionSql): Promise<string> {
  const [row] = await sql`select current_user as name`;
  return String(row?.name);
}

/** Lets the owner's login act as a role that has none of its own. */
async function lend(sql: TransactionSql, name: string): Promise<void> {
  // From 16 on whoever makes a role may grant it, but not yet act as it.
  const [member] = await sql`
    select pg_has_role(current_user, ${name}, case when current_setting('server_version_num')::int < 160000 then 'MEMBER' else 'SET' end) as already, current_user as own`;
  if (!member?.already) await granting(sql`grant ${sql(name)} to current_user`, `GRANT "${name}" TO "${member?.own}";`);
}

/** Says what an administrator has to do where the present user may not. */
async function granting(grant: Promise<unknown>, statement: string): Promise<void> {
  await grant.catch((error: { code?: string }) => {
    if (error.code !== '42501') throw error;
    throw new CannotStart(
      `The user of DATABASE_URL may not grant a role that Accord needs. As an administrator run: ${statement} or give ACCORD_APP_DATABASE_URL with a user that owns nothing.`,
    );
  });
}
