import { sql } from 'drizzle-orm';
import type { Scope } from './context.ts';
import type { Db } from './db.ts';

/** What an entity's owner lets its siblings know of it, as of now. Written in the owner's transaction, read by anyone. */
export type Published = { type: string; id: string; version: number; data: Record<string, unknown> };

/** Publishes the present state of entities to the siblings; the newest version stays. */
export async function publish(scope: Scope, entries: readonly Published[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ entity_type: entry.type, entity_id: entry.id, version: entry.version, data: entry.data }));
  await scope.tx.execute(sql`
    insert into log.reference as known (entity_type, entity_id, version, data)
    select entity_type, entity_id, version, data from jsonb_populate_recordset(null::log.reference, ${JSON.stringify(rows)}::jsonb)
    on conflict (entity_type, entity_id) do update set version = excluded.version, data = excluded.data
    where known.version <= excluded.version`);
}

/** Reads what siblings published of `ids`. The caller says how it reads the data, and so declares what it relies on. */
export async function references<Data>(db: Db, type: string, ids: readonly string[]): Promise<Map<string, Data>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.execute(sql`
    select entity_id, data from log.reference where entity_type = ${type} and entity_id = any(${sql.param(wanted)}::uuid[])`);
  return new Map(rows.map((row) => [String(row.entity_id), row.data as Data]));
}

/** The same, kept from changing until the caller's transaction ends: for guards that must not race the owner. */
export async function lockReferences<Data>(scope: Scope, type: string, ids: readonly string[]): Promise<Map<string, Data>> {
  const wanted = [...new Set(ids)].sort();
  if (wanted.length === 0) return new Map();
  const rows = await scope.tx.execute(sql`
    select entity_id, data from log.reference where entity_type = ${type} and entity_id = any(${sql.param(wanted)}::uuid[])
    order by entity_id for share`);
  return new Map(rows.map((row) => [String(row.entity_id), row.data as Data]));
}
