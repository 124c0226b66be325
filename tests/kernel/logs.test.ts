import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '#kernel/db.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

/** What a log writes, line by line. */
function kept() {
  const lines: string[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    lines.push(String(chunk));
    done();
  };
  return { lines, log: createLogger({ level: 'info', destination: new Writable({ write }) }) };
}

describe('an error in the log', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  const secret = 'Anna Example, 1 Secret Street';

  test('says what failed and where, and nothing of what it was about', async () => {
    await using open = openDb({ url: database.url, name: 'logs', max: 1 });
    const { lines, log } = kept();
    await open.db.execute(sql`create table public.once (name text primary key)`);
    for (const _ of [1, 2]) await open.db.execute(sql`insert into public.once values (${secret})`).catch((err: unknown) => log.error({ err }, 'it failed'));
    await open.db.execute(sql`select ${secret}::int`).catch((err: unknown) => log.error({ err }, 'it failed too'));
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('Secret');
    const [first] = lines.map((line) => JSON.parse(line));
    expect(first.err.cause).toMatchObject({ code: '23505', constraint: 'once_pkey', table: 'once' });
    expect(first.err.message).toContain('insert into public.once');
    expect(first.err.stack).toMatch(/^ {4}at /);
  });

  test('is cut where it is long', () => {
    const { lines, log } = kept();
    log.error({ err: new Error('x'.repeat(100_000)) }, 'long');
    expect(lines[0]?.length).toBeLessThan(5_000);
  });

  test('of one cause is written so often and no more, and others as before', () => {
    const { lines, log } = kept();
    for (let n = 0; n < 1_000; n += 1) log.error({ err: new Error('again'), correlationId: `c-${n}` }, 'it failed');
    log.error({ err: new Error('another') }, 'it failed');
    log.warn('it failed');
    expect(lines).toHaveLength(22);
  });
});
