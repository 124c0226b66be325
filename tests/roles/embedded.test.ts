import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { startEmbedded } from '../../roles/database/embedded.ts';
import { accordSchemas } from '../../roles/database/external.ts';
import { migrateDatabase } from '../../roles/database/migrate.ts';
import { openDatabase } from '../../roles/database/open.ts';
import { serversOn } from '../../roles/database/orphan.ts';
import { prepareDatabase } from '../../roles/database/roles.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { root } from '../support/program.ts';

async function ask<Row extends object>(url: string, text: string): Promise<Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await sql.unsafe(text)) as unknown as Row[];
  } finally {
    await sql.end();
  }
}

describe('the embedded server', () => {
  test('is a durable PostgreSQL 18 in UTF-8 and UTC', async () => {
    await using folder = await temporaryFolder();
    await using server = await startEmbedded({ folder: folder.path, log: () => undefined });
    const [facts] = await ask(
      server.url,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('timezone') as zone,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
        current_setting('full_page_writes') as pages, pg_encoding_to_char(encoding) as encoding, datlocale as locale,
        lower('ÄÖ') as lower
      from pg_database where datname = current_database()`,
    );
    expect(facts).toEqual({
      major: 18,
      zone: 'UTC',
      fsync: 'on',
      commits: 'on',
      pages: 'on',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
      lower: 'äö',
    });
  });

  test('listens on this machine only, and lets nobody in without the password', async () => {
    await using folder = await temporaryFolder();
    await using server = await startHasty(folder.path);
    const listening = await ask(server.adminUrl, "select name, setting from pg_settings where name ~ '^(listen|unix_socket_dir)'");
    expect(listening).toEqual([
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const stranger = new URL(server.url);
    stranger.password = 'guess';
    await expect(ask(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(folder.path, 'database.json'))).mode & 0o777).toBe(0o600);
  });

  test.runIf(process.getuid?.() === 0)('runs under an unprivileged user when we are root', async () => {
    await using folder = await temporaryFolder();
    await using server = await startHasty(folder.path);
    const { uid } = await stat(`/proc/${server.pid}`);
    expect(uid).not.toBe(0);
    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(uid);
  });

  test('keeps data, address and password over a stop, and leaves no process behind', async () => {
    await using folder = await temporaryFolder();
    const first = await startHasty(folder.path);
    await ask(first.url, 'create table kept as select 7 as n');
    await Promise.all([first.stop(), first.stop()]);
    expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
    await using second = await startHasty(folder.path);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('starts anew with fresh', async () => {
    await using folder = await temporaryFolder();
    const first = await startHasty(folder.path);
    await ask(first.url, 'create table gone (n int)');
    await first.stop();
    await using second = await startHasty(folder.path, { fresh: true });
    expect(await ask(second.url, "select to_regclass('gone') as found")).toEqual([{ found: null }]);
    expect(second.url).not.toBe(first.url);
  });

  test('hands what the superuser owned, before there was an owner, to the owner', async () => {
    await using folder = await temporaryFolder();
    const first = await startHasty(folder.path);
    await ask(first.adminUrl, 'alter database accord owner to accord; drop role accord_owner, accord_app, accord_reader');
    const migrations = { folder: join(root, 'drizzle'), log: () => undefined };
    await migrateDatabase({ url: first.adminUrl, ...migrations });
    await first.stop();
    const file = join(folder.path, 'database.json');
    const { ownerPassword: _owner, appPassword: _app, ...before } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify(before));

    await using second = await startHasty(folder.path);
    expect(await prepareDatabase({ ...second, log: migrations.log })).toEqual({ applied: 0, url: second.appUrl });
    expect(
      await ask(
        second.adminUrl,
        `select distinct owner::regrole::text as name from (
          select relowner as owner from pg_class where relnamespace::regnamespace::text = any('{${accordSchemas}}') and relkind <> 'i'
          union select proowner from pg_proc where pronamespace::regnamespace::text = any('{${accordSchemas}}')
          union select nspowner from pg_namespace where nspname = any('{${accordSchemas}}')
          union select datdba from pg_database where datname = 'accord') as each`,
      ),
    ).toEqual([{ name: 'accord_owner' }]);
    // The owner may do what the log needs of it.
    expect(await ask(`${second.appUrl}?role=accord_command`, "select log.open_partitions('fact', 1, 10)::int as past")).toEqual([{ past: 10 }]);
  });

  test('is what openDatabase starts without DATABASE_URL', async () => {
    await using folder = await temporaryFolder();
    const lines: string[] = [];
    await using database = await openDatabase({ folder: folder.path, fresh: false, log: (line) => lines.push(line) });
    expect(serversOn(join(folder.path, 'postgres')).map(({ pid }) => pid)).toContain(database.embedded?.pid);
    expect(lines.join('\n')).toMatch(/setting up a new database in .*\nPostgreSQL ready on 127\.0\.0\.1:\d+/);
  });
});

describe('its port', () => {
  test('is another one when the last was taken meanwhile', async () => {
    await using folder = await temporaryFolder();
    const first = await startHasty(folder.path);
    await first.stop();
    await using _taken = await listen(first.port);
    await using second = await startHasty(folder.path);
    expect(second.port).not.toBe(first.port);
  });

  test('is refused in a sentence when it was asked for and is taken', async () => {
    await using folder = await temporaryFolder();
    await using taken = await listen(0);
    const start = startHasty(folder.path, { port: taken.port });
    await expect(start).rejects.toThrow(`Port ${taken.port} for the database is in use by another program`);
  });
});

describe('a data folder that cannot be gone on with', () => {
  test('of another major version is refused', async () => {
    await using folder = await temporaryFolder();
    await (await startHasty(folder.path)).stop();
    await writeFile(join(folder.path, 'postgres', 'PG_VERSION'), '17\n');
    const start = startHasty(folder.path);
    await expect(start).rejects.toThrow(/written by PostgreSQL 17, this is 18: start with --fresh/);
    await expect(start).rejects.toBeInstanceOf(CannotStart);
  });

  test('without its password is refused, and not wiped', async () => {
    await using folder = await temporaryFolder();
    await (await startHasty(folder.path)).stop();
    const remembered = await readFile(join(folder.path, 'database.json'));
    await writeFile(join(folder.path, 'database.json'), '{"passw');
    await expect(startHasty(folder.path)).rejects.toThrow(/no longer its password/);
    await writeFile(join(folder.path, 'database.json'), remembered);
    await using server = await startHasty(folder.path);
    expect(server.port).toBeGreaterThan(0);
  });

  test('with a server that refuses its settings says why, and is free again', async () => {
    await using folder = await temporaryFolder();
    const start = startHasty(folder.path, { settings: { fsync: 'off', shared_buffers: 'lots' } });
    await expect(start).rejects.toThrow(/PostgreSQL did not start: .*shared_buffers.*lots/s);
    await using server = await startHasty(folder.path);
    expect(server.pid).toBeGreaterThan(0);
  });
});

async function listen(port: number): Promise<AsyncDisposable & { port: number }> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const close = () => new Promise<void>((closed) => server.close(() => closed()));
  return { port: typeof address === 'object' && address ? address.port : 0, [Symbol.asyncDispose]: close };
}
