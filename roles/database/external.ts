import postgres, { type Sql } from 'postgres';
import { CannotStart } from '../cannotStart.ts';

/** What Accord creates in a database; nothing else in it is touched. */
export const accordSchemas = ['engagements', 'resources', 'time', 'finance', 'operations', 'log', 'drizzle'] as const;

type Target = { where: string; user: string; database: string };
type Facts = {
  version: number;
  user: string;
  database: string;
  creates: boolean;
  schemas: string[];
  /** Those of them in which there is something: an administrator may make empty ones for a user who may not. */
  filled: string[];
  /** The log's tables are there: migrations come whole or not at all, so that all schemas are Accord's then, and none is without them. */
  ours: boolean;
};

/** Checks that we can work on somebody's server, and says what to do when not. Returns its version number. */
export async function checkServer(databaseUrl: string, { fresh }: { fresh: boolean }): Promise<number> {
  const target = parseTarget(databaseUrl);
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const facts = await inspect(sql);
    checkVersion(facts.version, target.where);
    if (!facts.ours) await refuseForeign(sql, facts);
    if (fresh) await dropSchemas(sql);
    checkRights(fresh ? { ...facts, schemas: [] } : facts);
    return facts.version;
  } catch (error) {
    throw error instanceof CannotStart ? error : explain(error as NodeJS.ErrnoException, target);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function parseTarget(databaseUrl: string): Target {
  const url = URL.parse(databaseUrl);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new CannotStart('DATABASE_URL is not a PostgreSQL address: it looks like postgres://user:password@host:5432/database.');
  }
  const database = decodeURIComponent(url.pathname.slice(1)) || url.username;
  return { where: `${url.hostname}:${url.port || 5432}`, user: decodeURIComponent(url.username), database };
}

async function inspect(sql: Sql): Promise<Facts> {
  const [facts] = await sql<Facts[]>`
    select current_setting('server_version_num')::int as version, current_user as user, current_database() as database,
      has_database_privilege(current_database(), 'CREATE') as creates,
      array(select nspname::text from pg_namespace where nspname = any(${[...accordSchemas]})) as schemas,
      array(select nspname::text from pg_namespace where nspname = any(${[...accordSchemas]})
        and exists (select from pg_class where relnamespace = pg_namespace.oid) order by nspname) as filled,
      (select count(*) = 2 from pg_class where relnamespace = to_regnamespace('log') and relname in ('fact', 'idempotency')) as ours`;
  if (!facts) throw new Error('The server answered with nothing');
  return facts;
}

/** `version` is PostgreSQL's server_version_num: 150004 is 15.4. */
export function checkVersion(version: number, where: string): void {
  if (version >= 150_000) return;
  const name = version >= 100_000 ? `${Math.floor(version / 10_000)}.${version % 10_000}` : 'before 10';
  throw new CannotStart(`The server at ${where} is PostgreSQL ${name}: Accord needs 15 or newer.`);
}

function checkRights({ user, database, creates, schemas }: Facts): void {
  if (creates || accordSchemas.every((name) => schemas.includes(name))) return;
  throw new CannotStart(
    `The user "${user}" may not create schemas in the database "${database}": ` + `run GRANT CREATE ON DATABASE "${database}" TO "${user}" as its owner.`,
  );
}

/** Somebody else's schema of one of our names is neither used nor dropped. What is left of a first start that failed holds no migration. */
async function refuseForeign(sql: Sql, { database, filled }: Facts): Promise<void> {
  const foreign = filled.filter((name) => name !== 'drizzle');
  const [kept] = await sql`select from pg_class where relnamespace = to_regnamespace('drizzle') and relname = '__drizzle_migrations'`;
  const rows = kept ? await sql`select from drizzle.__drizzle_migrations limit 1` : [];
  if (rows.length > 0) foreign.push('drizzle');
  if (foreign.length === 0) return;
  const names = foreign.map((name) => `"${name}"`).join(', ');
  const one = foreign.length === 1;
  throw new CannotStart(
    `The database "${database}" has ${one ? 'a schema' : 'schemas'} ${names} that Accord did not make: nothing of ${one ? 'it' : 'them'} was touched. ` +
      'Give Accord a database of its own (createdb accord), and name it in DATABASE_URL.',
  );
}

async function dropSchemas(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    for (const name of accordSchemas) await tx`drop schema if exists ${tx(name)} cascade`;
  });
}

function explain(error: NodeJS.ErrnoException, { where, user, database }: Target): CannotStart {
  const sentences: Record<string, string> = {
    '28P01': `The server at ${where} refuses the password of the user "${user}": correct DATABASE_URL.`,
    '28000': `The server at ${where} does not let the user "${user}" in (${error.message}): correct DATABASE_URL.`,
    '3D000': `The server at ${where} has no database "${database}": create it (createdb ${database}), or correct DATABASE_URL.`,
    '42501': `The user "${user}" lacks a right in the database "${database}": ${error.message}.`,
  };
  const sentence =
    sentences[error.code ?? ''] ??
    `The PostgreSQL server at ${where} cannot be used (${error.message || error.code}): ` +
      'start it, correct DATABASE_URL, or unset it to use the embedded one.';
  return new CannotStart(sentence, { cause: error });
}
