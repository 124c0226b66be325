import { asc, type InferSelectModel, inArray } from 'drizzle-orm';
import type { Scope } from './context.ts';
import type { Db, EntityTable } from './db.ts';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { among, rowsWhere } from './read.ts';

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

/** Locks rows in the order of their ids, so that two callers never wait for each other. */
export async function lockRows<T extends EntityTable>(scope: Scope, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const rows = (await scope.tx
    .select()
    .from(table as EntityTable)
    .where(inArray(table.id, wanted))
    .orderBy(asc(table.id))
    .for('update')) as InferSelectModel<T>[];
  return new Map(rows.map((row) => [(row as Entity).id, row]));
}

/** Keeps rows from changing until the transaction ends, beside others who only read: for guards that judge a parent. */
export async function shareRows<T extends EntityTable>(scope: Scope, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const rows = (await scope.tx
    .select()
    .from(table as EntityTable)
    .where(inArray(table.id, wanted))
    .orderBy(asc(table.id))
    .for('share')) as InferSelectModel<T>[];
  return new Map(rows.map((row) => [(row as Entity).id, row]));
}

export function notFound(entity: string, id: string, field = 'id'): Refused {
  return new Refused('NOT_FOUND', `No ${entity} has the id ${id}.`, { field });
}
