import postgres, { type TransactionSql } from 'postgres';
import { CannotStart } from '../cannotStart.ts';
import { accordSchemas } from './external.ts';

type Wanted = {
  /** The owner's: whoever migrates. */
  url: string;
  /** Whoever serves, where it logs in by itself. */
  appUrl: string | undefined;
  log: (line: string) => void;
};

/** Who serves, unless another one is named. */
export const appRole = 'accord_app';
const reader = 'accord_reader';

/** What may not be done with anything of Accord's by those who serve. */
const powerless = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/** Sees to the two roles beside the owner, who alone may change tables: who serves, and who only reads. Gives the address under which to serve. */
export async function prepareRoles({ url, appUrl, log }: Wanted): Promise<string> {
  const own = appUrl ? URL.parse(appUrl) : undefined;
  const serving = { name: decodeURIComponent(own?.username ?? appRole), password: own ? decodeURIComponent(own.password) : undefined };
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'accord-roles' } });
  try {
    // Roles are the cluster's; databases that are prepared at once take turns.
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(4_174_400)`;
      await ensureRole(tx, serving);
      await ensureRole(tx, { name: reader, password: undefined }).catch((error: unknown) => {
        if (!(error instanceof CannotStart)) throw error;
        log(`there is no role ${reader} for reports: ${error.message}`);
      });
      await demandPowerless(tx, serving.name);
      await grant(tx, serving.name);
      if (serving.password === undefined) await lend(tx, serving.name);
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
  return appUrl ?? servingAs(url, appRole);
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

async function ensureRole(sql: TransactionSql, { name, password }: Role): Promise<void> {
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
    select rolsuper or rolbypassrls as bypasses, rolcreaterole as makes,
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
      readers boolean := exists (select from pg_roles where rolname = '${reader}');
    begin
      for each in select nspname from pg_namespace where nspname = any (array[${domains}]) loop
        execute format('grant usage on schema %I to %I', each.nspname, '${literal(name)}');
        if readers then execute format('grant usage on schema %I to ${reader}', each.nspname); end if;
      end loop;
      for each in select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = any (array[${domains}]) and relkind in ('r', 'p', 'v') and not relispartition loop
        execute format('grant select, insert, update, delete on %I.%I to %I', each.nspname, each.relname, '${literal(name)}');
        if readers then execute format('grant select on %I.%I to ${reader}', each.nspname, each.relname); end if;
      end loop;
      for each in select pg_proc.oid::regprocedure as routine from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
        where nspname = any (array[${domains}]) and prosecdef loop
        execute format('revoke execute on function %s from public', each.routine);
        execute format('grant execute on function %s to %I', each.routine, '${literal(name)}');
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

/** Lets the owner's login act as a role that has none of its own. */
async function lend(sql: TransactionSql, name: string): Promise<void> {
  const [member] = await sql`select pg_has_role(current_user, ${name}, 'MEMBER') as already`;
  if (!member?.already) await sql`grant ${sql(name)} to current_user`;
}
