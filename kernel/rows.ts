import type { Scope } from './context.ts';
import type { Db, EntityTable } from './db.ts';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { among, narrowReader, type Reader, readerOf } from './read.ts';
import { type InferSelectModel, type SQL, sql } from './sql.ts';
import { built, idsLater, rowsOf, type Statement } from './statement.ts';

/** Rows by id, in one statement; ids that are no ids find nothing. */
export function rowsById<T extends EntityTable>(db: Db, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  return someById(db, table, { ids });
}

/** The same with some of their columns alone, by their names in code. */
export async function someById<T extends EntityTable>(
  db: Db,
  table: T,
  { ids, columns }: { ids: readonly string[]; columns?: readonly string[] | undefined },
): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const reader = narrowReader(table, columns);
  const rows = await rowsOf(db, byIdStatement(table, reader), wanted);
  return new Map(rows.map((raw) => [String(raw.id), reader.row(raw)]));
}

/** What is known of a reader never changes. */
const byId = new WeakMap<object, Statement>();

function byIdStatement(table: EntityTable, reader: Pick<Reader<unknown>, 'columns'>): Statement {
  const before = byId.get(reader);
  if (before) return before;
  const made = built(sql`select ${reader.columns} from ${table} where ${table.id} = any(${idsLater}::uuid[])`);
  byId.set(reader, made);
  return made;
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
