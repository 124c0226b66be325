import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { serversOn } from '../../roles/database/orphan.ts';
import { isRunning } from '../../roles/database/pids.ts';
import { guardOf, killNow, refusedHolder, spawnHolder, startHasty, startHolder, temporaryFolder, until } from '../support/embedded.ts';

async function count(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from kept`;
  await sql.end();
  return row?.n ?? 0;
}

async function store(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`create table kept as select generate_series(1, 1000) as n`;
  await sql.end();
}

async function untilBusy(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const running = () => sql`select 1 from pg_stat_activity where state = 'active' and query like 'select count%'`;
  while ((await running()).length === 0);
  await sql.end();
}

describe('after SIGKILL', () => {
  test('of us, the server stops by itself and the next start has the data', async () => {
    await using folder = await temporaryFolder();
    const holder = await startHolder(folder.path);
    await store(holder.url);
    await killNow(holder.child);
    await until(() => serversOn(join(folder.path, 'postgres')).length === 0);
    await using server = await startHasty(folder.path);
    expect(await count(server.url)).toBe(1000);
  });

  test('of us and of the guard, the next start stops the server that was left', async () => {
    await using folder = await temporaryFolder();
    const holder = await startHolder(folder.path);
    await store(holder.url);
    process.kill(guardOf(holder.pid) ?? 0, 'SIGKILL');
    await killNow(holder.child);
    expect(isRunning(holder.pid)).toBe(true);
    const lines: string[] = [];
    await using server = await startHasty(folder.path, { log: (line) => lines.push(line) });
    expect(lines[0]).toBe(`stopping a database server that was left running (pid ${holder.pid})`);
    expect(isRunning(holder.pid)).toBe(false);
    expect(await count(server.url)).toBe(1000);
  });

  test('of the server in the middle of work, its owner learns of it and the next start recovers', async () => {
    await using folder = await temporaryFolder();
    const first = await startHasty(folder.path, { settings: {} });
    await store(first.url);
    const sql = postgres(first.url, { max: 1, onnotice: () => undefined });
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    // Busy without ever waiting, so that it does not notice that the postmaster is gone.
    const busy = sql`select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b`.catch(() => undefined);
    await untilBusy(first.url);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    expect(isRunning(backend?.pid ?? 0)).toBe(true);
    await first.stop();
    await using second = await startHasty(folder.path);
    await busy;
    // postgres.js would wait for its closed connection.
    await sql.end({ timeout: 0 });
    expect(isRunning(backend?.pid ?? 0)).toBe(false);
    expect(await count(second.url)).toBe(1000);
  });

  test.each([30, 150, 300, 450, 600])('of a first start after %i ms, the next one works', async (delay) => {
    await using folder = await temporaryFolder();
    const child = spawnHolder(folder.path);
    await pause(delay);
    await killNow(child);
    await using server = await startHasty(folder.path);
    const sql = postgres(server.url, { max: 1 });
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
  });
});

test('Ctrl-C in the terminal does not reach the server before we say so', async () => {
  await using folder = await temporaryFolder();
  const holder = await startHolder(folder.path);
  await store(holder.url);
  process.kill(-(holder.child.pid ?? 0), 'SIGINT');
  expect(await count(holder.url)).toBe(1000);
  await killNow(holder.child);
  await until(() => serversOn(join(folder.path, 'postgres')).length === 0);
});

describe('what a crash leaves in the data folder', () => {
  test("a postmaster.pid with another program's pid does not block", async () => {
    await using folder = await temporaryFolder();
    await (await startHasty(folder.path)).stop();
    const data = join(folder.path, 'postgres');
    await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
    await using server = await startHasty(folder.path);
    expect(await readFile(join(data, 'postmaster.pid'), 'utf8')).toMatch(new RegExp(`^${server.pid}\n`));
    expect(isRunning(process.pid)).toBe(true);
  });

  test('a creation cut short is begun again', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'postgres.new-1234', 'base'), { recursive: true });
    await writeFile(join(folder.path, 'postgres.new-1234.password'), 'half');
    await using server = await startHasty(folder.path);
    expect(server.pid).toBeGreaterThan(0);
    await expect(readFile(join(folder.path, 'postgres.new-1234.password'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a removed data folder is simply a new one', async () => {
    await using folder = await temporaryFolder();
    const inner = join(folder.path, 'data');
    const first = await startHasty(inner);
    await first.stop();
    await rm(inner, { recursive: true });
    await using second = await startHasty(inner);
    expect(second.url).not.toBe(first.url);
  });
});

test('a second process is told who holds the folder, and gives up', async () => {
  await using folder = await temporaryFolder();
  await using server = await startHasty(folder.path);
  const { code, message } = await refusedHolder(folder.path);
  expect(code).toBe(1);
  expect(message).toMatch(new RegExp(`^Process ${process.pid} has been using the data folder ${folder.path} since 20.*Z: stop it first`));
  expect(isRunning(server.pid)).toBe(true);
});
