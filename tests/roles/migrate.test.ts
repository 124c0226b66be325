import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { migrateDatabase } from '../../roles/database/migrate.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/embedded.ts';

/** Later than any real migration, so that a template that has some does not hide these. */
const start = Date.UTC(2999, 0, 1);

async function writeMigrations(folder: string, statements: readonly string[]): Promise<void> {
  await mkdir(join(folder, 'meta'), { recursive: true });
  const entries = statements.map((_, idx) => ({ idx, version: '7', when: start + idx, tag: `000${idx}_step`, breakpoints: true }));
  await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const [index, statement] of statements.entries()) await writeFile(join(folder, `000${index}_step.sql`), statement);
}

/** Nothing of ours in it. */
async function emptyDatabase(): Promise<TestDatabase> {
  const database = await cloneDatabase();
  await database.sql`drop schema if exists drizzle cascade`;
  return database;
}

const quiet = () => undefined;

test('applies what is missing, once, and says so', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  const lines: string[] = [];
  const options = { url: database.url, folder: folder.path, log: (line: string) => lines.push(line) };
  await writeMigrations(folder.path, ['create table a (n int)']);
  expect(await migrateDatabase(options)).toBe(1);
  expect(await migrateDatabase(options)).toBe(0);
  await writeMigrations(folder.path, ['create table a (n int)', 'create table b (n int);--> statement-breakpoint\nalter table b add m int']);
  expect(await migrateDatabase(options)).toBe(1);
  expect(lines).toEqual(['applying 1 migrations', 'applying 1 migrations']);
  expect(await database.sql`select a.n, m from a, b`).toEqual([]);
});

test('processes that start together take turns', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  await writeMigrations(folder.path, ['create table a (n int)', 'select pg_sleep(0.1)', 'create table b (n int)']);
  const counts = await Promise.all(Array.from({ length: 6 }, () => migrateDatabase({ url: database.url, folder: folder.path, log: quiet })));
  expect(counts.sort()).toEqual([0, 0, 0, 0, 0, 3]);
});

test('who waits says so', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  await writeMigrations(folder.path, ['create table a (n int)']);
  const other = postgres(database.url, { max: 1 });
  await other`select pg_advisory_lock(4174399)`;
  const { promise: waiting, resolve } = Promise.withResolvers<string>();
  const migration = migrateDatabase({ url: database.url, folder: folder.path, log: resolve });
  expect(await waiting).toBe('waiting for another process that is migrating the database');
  await other.end();
  expect(await migration).toBe(1);
});

test('a failing migration leaves nothing of itself, and the lock is free', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  await writeMigrations(folder.path, ['create table a (n int);--> statement-breakpoint\ncreate table broken (']);
  await expect(migrateDatabase({ url: database.url, folder: folder.path, log: quiet })).rejects.toThrow();
  expect(await database.sql`select to_regclass('a') as found`).toEqual([{ found: null }]);
  await writeMigrations(folder.path, ['create table a (n int)']);
  expect(await migrateDatabase({ url: database.url, folder: folder.path, log: quiet })).toBe(1);
});

test('a database that a newer version migrated is refused', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  const options = { url: database.url, folder: folder.path, log: quiet };
  await writeMigrations(folder.path, ['create table a (n int)', 'create table b (n int)']);
  await migrateDatabase(options);
  await writeMigrations(folder.path, ['create table a (n int)']);
  await expect(migrateDatabase(options)).rejects.toThrow(/migrated by a newer version of Accord/);
});

test('a database that another text of a migration made is refused, and stays as it is', async () => {
  await using database = await emptyDatabase();
  await using folder = await temporaryFolder();
  const options = { url: database.url, folder: folder.path, log: quiet };
  await writeMigrations(folder.path, ['create table a (n int)']);
  await migrateDatabase(options);
  await writeMigrations(folder.path, ['create table a (n bigint)', 'create table b (n int)']);
  await expect(migrateDatabase(options)).rejects.toThrow(/made by an earlier version of Accord .* start with --fresh/);
  expect(await database.sql`select to_regclass('b') as found`).toEqual([{ found: null }]);
});

test('a folder without migrations is refused in a sentence', async () => {
  await using folder = await temporaryFolder();
  const migration = migrateDatabase({ url: 'postgres://127.0.0.1:1/x', folder: folder.path, log: quiet });
  await expect(migration).rejects.toThrow(/^The migrations cannot be read: .*_journal\.json/);
  await expect(migration).rejects.toBeInstanceOf(CannotStart);
});

test('clones of the template do not see each other', async () => {
  await using one = await cloneDatabase();
  await using two = await cloneDatabase();
  await one.sql`create table only_here (n int)`;
  expect(await two.sql`select to_regclass('only_here') as found`).toEqual([{ found: null }]);
});
