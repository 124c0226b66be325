import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import postgres from 'postgres';

/** A database with the tables of one subgraph as its sources say right now, before any migration is generated. */
export async function scratchDatabase(subgraphs: readonly string[]) {
  const adminUrl = process.env.ACCORD_TEST_DATABASE_URL ?? (await readFile('/tmp/accord-test-db-url', 'utf8')).trim();
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  await admin.unsafe(`create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { max: 2, onnotice: () => {} });
  const root = new URL('../../', import.meta.url);
  await sql.unsafe(await readFile(new URL('kernel/log.sql', root), 'utf8'));
  for (const subgraph of subgraphs) {
    const tables = await import(new URL(`subgraphs/${subgraph}/tables.ts`, root).href);
    const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(tables));
    for (const statement of statements) await sql.unsafe(statement);
    const rules = await readFile(new URL(`subgraphs/${subgraph}/rules.sql`, root), 'utf8').catch(() => '');
    if (rules) await sql.unsafe(rules);
  }
  const drop = async () => {
    await sql.end();
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  return { url: url.href, sql, drop };
}
