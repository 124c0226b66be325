import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres, { type Sql } from 'postgres';
import { drizzle } from '#kernel/sql.ts';
import { CannotStart } from '../cannotStart.ts';

export type MigrateOptions = { url: string; folder: string; log: (line: string) => void };
type Journal = { entries: { when: number; tag: string }[] };
type Applied = { count: number; newest: number; hashes: ReadonlyMap<number, string> };

/** Any number that nothing else in the database locks; advisory locks are per database. */
const lockKey = 4_174_399;

/** Brings the database up to the folder's last migration; processes that start together take turns. Returns how many were applied. */
export async function migrateDatabase({ url, folder, log }: MigrateOptions): Promise<number> {
  const journal = await readJournal(folder);
  // One connection: the lock belongs to the session, and drizzle overwrites the serializers of the client it is given.
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'accord-migrate', statement_timeout: 0 },
  });
  try {
    await takeTurn(sql, log);
    const before = await applied(sql);
    refuseNewer(before, journal);
    refuseOther(before, folder);
    if (before.count < journal.entries.length) log(`applying ${journal.entries.length - before.count} migrations`);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    return (await applied(sql)).count - before.count;
  } finally {
    await sql.end();
  }
}

async function readJournal(folder: string): Promise<Journal> {
  const path = join(folder, 'meta', '_journal.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Journal;
  } catch (error) {
    throw new CannotStart(`The migrations cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function takeTurn(sql: Sql, log: (line: string) => void): Promise<void> {
  const [free] = await sql<{ ours: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as ours`;
  if (free?.ours) return;
  log('waiting for another process that is migrating the database');
  await sql`select pg_advisory_lock(${lockKey})`;
}

async function applied(sql: Sql): Promise<Applied> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as found`;
  if (!table?.found) return { count: 0, newest: 0, hashes: new Map() };
  const rows = await sql<{ at: string; hash: string }[]>`select created_at as at, hash from drizzle.__drizzle_migrations`;
  const hashes = new Map(rows.map(({ at, hash }) => [Number(at), hash]));
  return { count: rows.length, newest: Math.max(0, ...hashes.keys()), hashes };
}

function refuseNewer({ newest }: Applied, { entries }: Journal): void {
  if (newest <= Math.max(0, ...entries.map(({ when }) => when))) return;
  throw new CannotStart('The database was migrated by a newer version of Accord than this one: update, or start with --fresh, which deletes its data.');
}

/** Before the first release migrations were written anew: what an older text of them made is not what this one builds on. */
function refuseOther({ hashes }: Applied, folder: string): void {
  const other = readMigrationFiles({ migrationsFolder: folder }).some(({ folderMillis, hash }) => (hashes.get(folderMillis) ?? hash) !== hash);
  if (other)
    throw new CannotStart(
      'The database was made by an earlier version of Accord whose tables this one cannot take over: start with --fresh, which deletes its data.',
    );
}
