import type { Scope } from './context.ts';
import type { Db, EntityTable } from './db.ts';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { among, readerOf, rowsWhere } from './read.ts';
import { type InferSelectModel, type SQL, sql } from './sql.ts';

type Entity = { id: string; version: number };

/** Rows by id, in one statement; ids that are no ids find nothing. */
export async function rowsById<T extends EntityTable>(db: Db, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const rows = await rowsWhere(db, table, among(table.id, wanted));
  return new Map(rows.map((row) => [(row as Entity).id, row]));
}

/** Refuses to go on from another version than the caller believed in. */
export function demandVersion(entity: string, { version }: { version: number }, expected: number | null | undefined): void {
  if (expected === undefined || expected === null || expected === version) return;
  throw new Refused('STALE_VERSION', `${entity} is at version ${version}, not ${expected}. Read it again, then decide.`, { field: 'expectedVersion' });
}

export type Named = { id: string; expectedVersion?: number | null | undefined };

/** The row that a caller names, if `sees` says that it may know of it, at the version that the caller believed in. */
export function demandNamed<Row extends { version: number }>(
  rows: ReadonlyMap<string, Row>,
  { entity, id, expectedVersion }: Named & { entity: string },
  sees: (row: Row) => boolean,
): Row {
  const row = rows.get(id);
  if (!row || !sees(row)) throw notFound(entity, id);
  demandVersion(entity, row, expectedVersion);
  return row;
}

/** Locks rows in the order of their ids, so that two callers never wait for each other. */
export function lockRows<T extends EntityTable>(scope: Scope, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  return heldRows(scope, table, { ids, strength: sql`for update` });
}

/** Keeps rows from changing until the transaction ends, beside others who only read: for guards that judge a parent. */
export function shareRows<T extends EntityTable>(scope: Scope, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  return heldRows(scope, table, { ids, strength: sql`for share` });
}

type Holding = { ids: readonly string[]; strength: SQL };

async function heldRows<T extends EntityTable>(scope: Scope, table: T, { ids, strength }: Holding): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const { columns, row } = readerOf(table);
  const found = await scope.tx.execute(sql`select ${columns} from ${table} where ${among(table.id, wanted)} order by id ${strength}`);
  return new Map(found.map((raw) => [String(raw.id), row(raw)]));
}

/** Buckets of ids: so few locks that thousands of things do not fill PostgreSQL's lock table. */
const buckets = 256;

/** Who makes something of a kind for one of these ids goes alone until the transaction ends: there is no row yet to lock. */
export async function lockMaking(scope: Scope, things: readonly { kind: string; id: string }[]): Promise<void> {
  if (things.length === 0) return;
  await scope.tx.execute(sql`
    select pg_advisory_xact_lock(kind, bucket)
    from (select distinct hashtext(kind) as kind, hashtext(lower(id)) & ${buckets - 1}::int as bucket
      from jsonb_to_recordset(${JSON.stringify(things)}::jsonb) as thing(kind text, id text) order by 1, 2) as things`);
}

export function notFound(entity: string, id: string, field = 'id'): Refused {
  return new Refused('NOT_FOUND', `No ${entity} has the id ${id}.`, { field });
}
