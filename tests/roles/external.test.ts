import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { accordSchemas, checkServer, checkVersion } from '../../roles/database/external.ts';
import { openDatabase } from '../../roles/database/open.ts';
import { testDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/embedded.ts';

const database = await testDatabase();
const user = `stranger_${randomBytes(4).toString('hex')}`;
await database.sql.unsafe(`create role ${user} login password 'right'`);
afterAll(async () => {
  await database.sql.unsafe(`drop owned by ${user}; drop role ${user}`);
});

function changed(parts: { username?: string; password?: string; pathname?: string }): string {
  return Object.assign(new URL(database.url), parts).href;
}

const stranger = changed({ username: user, password: 'right' });

describe('a DATABASE_URL that cannot be used', () => {
  test.each([
    ['no address', 'localhost:5432', /^DATABASE_URL is not a PostgreSQL address: it looks like postgres:\/\//],
    ['another protocol', 'mysql://localhost/accord', /^DATABASE_URL is not a PostgreSQL address/],
    ['nobody answers', 'postgres://a:secret@127.0.0.1:1/accord', /^The PostgreSQL server at 127\.0\.0\.1:1 cannot be used \(.*ECONNREFUSED.*\): start it/],
    ['unknown host', 'postgres://a:secret@nowhere.invalid/accord', /^The PostgreSQL server at nowhere\.invalid:5432 cannot be used/],
    ['wrong password', changed({ username: user, password: 'secret' }), new RegExp(`refuses the password of the user "${user}"`)],
    ['missing database', changed({ pathname: '/nothing' }), /has no database "nothing": create it \(createdb nothing\)/],
    [
      'missing rights',
      changed({ username: user, password: 'right', pathname: '/postgres' }),
      new RegExp(`^The user "${user}" may not create schemas .*GRANT CREATE ON DATABASE`),
    ],
  ])('%s: one sentence without the password', async (_name, databaseUrl, sentence) => {
    const refusal = await checkServer(databaseUrl, { fresh: false }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as Error).message).toMatch(sentence);
    expect((refusal as Error).message).not.toMatch(/secret|right\b/);
  });

  test.each([
    [140_011, 'PostgreSQL 14.11'],
    [90_603, 'PostgreSQL before 10'],
  ])('version %i is too old', (version, name) => {
    expect(() => checkVersion(version, 'db:5432')).toThrow(`The server at db:5432 is ${name}: Accord needs 15 or newer.`);
  });

  test.each([150_000, 150_020, 180_004])('version %i is new enough', (version) => {
    expect(() => checkVersion(version, 'db:5432')).not.toThrow();
  });
});

describe('a DATABASE_URL that can be used', () => {
  test('starts nothing embedded', async () => {
    await using folder = await temporaryFolder();
    await using opened = await openDatabase({ databaseUrl: database.url, folder: folder.path, fresh: false, log: () => undefined });
    expect(opened).toMatchObject({ url: database.url, embedded: undefined });
    expect(await readdir(folder.path)).toEqual([]);
  });

  test('of a user who may not create schemas will do when they all exist', async () => {
    const { sql } = database;
    for (const name of accordSchemas) await sql`create schema if not exists ${sql(name)}`;
    expect(await checkServer(stranger, { fresh: false })).toBeGreaterThan(150_000);
  });

  test("fresh drops what is Accord's and nothing else", async () => {
    const { sql } = database;
    for (const name of [...accordSchemas, 'theirs']) await sql`create schema if not exists ${sql(name)}`;
    await sql`create table time.entry_left (n int)`;
    await sql`create table theirs.kept (n int)`;
    await checkServer(database.url, { fresh: true });
    const left = await sql`select nspname::text as name from pg_namespace where nspname = any(${[...accordSchemas, 'theirs']})`;
    expect([...left]).toEqual([{ name: 'theirs' }]);
  });

  test('fresh without the right to drop them is refused, and drops nothing', async () => {
    const { sql } = database;
    for (const name of accordSchemas) await sql`create schema if not exists ${sql(name)}`;
    await expect(checkServer(stranger, { fresh: true })).rejects.toThrow(/lacks a right .*must be owner of schema/);
    const left = await sql`select 1 from pg_namespace where nspname = any(${[...accordSchemas]})`;
    expect(left).toHaveLength(accordSchemas.length);
  });
});

describe('a schema of our name that somebody else made', () => {
  const named = `foreign_${randomBytes(4).toString('hex')}`;
  const url = changed({ pathname: `/${named}` });
  afterAll(async () => {
    await database.sql.unsafe(`drop database if exists ${named} with (force)`);
  });

  test.each([
    ['finance', 'create table finance.mine (x int)'],
    ['log', 'create table log.line (x int)'],
    ['drizzle', 'create table drizzle.__drizzle_migrations (hash text); insert into drizzle.__drizzle_migrations values (1)'],
  ])('%s is neither used nor dropped, and a sentence says so', async (schema, made) => {
    await database.sql.unsafe(`drop database if exists ${named} with (force)`);
    await database.sql.unsafe(`create database ${named}`);
    const theirs = postgres(url, { max: 1, onnotice: () => undefined });
    await theirs.unsafe(`create schema ${schema}; ${made}`);
    for (const fresh of [true, false]) {
      const refusal = await checkServer(url, { fresh }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(CannotStart);
      expect((refusal as Error).message).toBe(
        `The database "${named}" has a schema "${schema}" that Accord did not make: nothing of it was touched. Give Accord a database of its own (createdb accord), and name it in DATABASE_URL.`,
      );
    }
    expect(await theirs`select from pg_namespace where nspname = ${schema}`).toHaveLength(1);
    await theirs.end();
  });

  test('is none where a first start left nothing but an empty list of migrations', async () => {
    await database.sql.unsafe(`drop database if exists ${named} with (force)`);
    await database.sql.unsafe(`create database ${named}`);
    const rest = postgres(url, { max: 1, onnotice: () => undefined });
    await rest.unsafe('create schema drizzle; create table drizzle.__drizzle_migrations (hash text)');
    await rest.end();
    expect(await checkServer(url, { fresh: false })).toBeGreaterThan(150_000);
  });
});
