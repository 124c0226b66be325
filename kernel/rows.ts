import { and, asc, eq, getTableColumns, type InferInsertModel, type InferSelectModel, inArray, sql } from 'drizzle-orm';
import type { Scope } from './context.ts';
import type { Db, EntityTable } from './db.ts';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { among, rowsWhere } from './read.ts';

type Entity = { id: string; version: number };

/** What may be set of a row. A null where the column takes none is refused by the database. */
type Changes<T extends EntityTable> = { [Name in keyof InferInsertModel<T>]?: InferInsertModel<T>[Name] | null | undefined };

/** Rows by id, in one statement; ids that are no ids find nothing. */
export async function rowsById<T extends EntityTable>(db: Db, table: T, ids: readonly string[]): Promise<Map<string, InferSelectModel<T>>> {
  const wanted = [...new Set(ids.filter(isId))];
  if (wanted.length === 0) return new Map();
  const rows = await rowsWhere(db, table, among(table.id, wanted));
  return new Map(rows.map((row) => [(row as Entity).id, row]));
}

/** Locks one row for the rest of the transaction, and checks the version that the caller believed in. */
export async function lockRow<T extends EntityTable>(
  scope: Scope,
  table: T,
  wanted: { entity: string; id: string; expectedVersion?: number | null | undefined },
): Promise<InferSelectModel<T>> {
  const found = (await lockRows(scope, table, [wanted.id])).get(wanted.id);
  if (!found) throw notFound(wanted.entity, wanted.id);
  demandVersion(wanted.entity, found as Entity, wanted.expectedVersion);
  return found;
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

/** Writes changes to a locked row and moves its version on. */
export async function saveRow<T extends EntityTable>(
  scope: Scope,
  table: T,
  { row, changes }: { row: Entity; changes: Changes<T> },
): Promise<InferSelectModel<T>> {
  const [saved] = (await scope.tx
    .update(table as EntityTable)
    .set({ ...changes, version: row.version + 1, updatedAt: scope.now } as never)
    .where(and(eq(table.id, row.id), eq(table.version, row.version)))
    .returning()) as InferSelectModel<T>[];
  if (!saved) throw new Refused('STALE_VERSION', 'Somebody else changed it meanwhile. Read it again, then decide.', { field: 'expectedVersion' });
  return saved;
}

/** The same changes to many locked rows, in one statement. */
export async function saveRows<T extends EntityTable>(
  scope: Scope,
  table: T,
  { rows, changes }: { rows: readonly Entity[]; changes: Changes<T> },
): Promise<InferSelectModel<T>[]> {
  if (rows.length === 0) return [];
  return (await scope.tx
    .update(table as EntityTable)
    .set({ ...changes, version: sql`${table.version} + 1`, updatedAt: scope.now } as never)
    .where(
      inArray(
        table.id,
        rows.map((row) => row.id),
      ),
    )
    .returning()) as InferSelectModel<T>[];
}

/** Its own changes to each locked row, given whole with its present version, in one statement per 1,000. */
export async function saveEach<T extends EntityTable>(scope: Scope, table: T, rows: readonly (InferSelectModel<T> & Entity)[]): Promise<InferSelectModel<T>[]> {
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name !== 'id' && name !== 'createdAt');
  const set = Object.fromEntries(columns.map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`]));
  const saved: InferSelectModel<T>[] = [];
  for (let start = 0; start < rows.length; start += 1000) {
    const part = rows.slice(start, start + 1000).map((row) => ({ ...row, version: row.version + 1, updatedAt: scope.now }));
    const insert = scope.tx.insert(table as EntityTable).values(part as never);
    const ifUntouched = sql`${table.version} = excluded.version - 1`;
    saved.push(...((await insert.onConflictDoUpdate({ target: table.id, set: set as never, setWhere: ifUntouched }).returning()) as InferSelectModel<T>[]));
  }
  if (saved.length < rows.length) throw new Refused('STALE_VERSION', 'Somebody else changed one of them meanwhile. Read again, then decide.');
  return saved;
}

/** Inserts rows with one statement per 1,000, well under the 65,535 parameters of one statement for tables of up to 60 columns. */
export async function insertRows<T extends EntityTable>(scope: Scope, table: T, rows: readonly InferInsertModel<T>[]): Promise<InferSelectModel<T>[]> {
  const inserted: InferSelectModel<T>[] = [];
  const bite = biteOf(table);
  for (let start = 0; start < rows.length; start += bite) {
    const part = rows.slice(start, start + bite).map((row) => ({ createdAt: scope.now, updatedAt: scope.now, ...row }));
    inserted.push(
      ...((await scope.tx
        .insert(table as EntityTable)
        .values(part as never)
        .returning()) as InferSelectModel<T>[]),
    );
  }
  return inserted;
}

function biteOf(table: EntityTable): number {
  return Math.min(1000, Math.floor(60_000 / Object.keys(getTableColumns(table)).length));
}

export async function insertRow<T extends EntityTable>(scope: Scope, table: T, row: InferInsertModel<T>): Promise<InferSelectModel<T>> {
  const [inserted] = await insertRows(scope, table, [row]);
  if (!inserted) throw new Error('insert returned no row');
  return inserted;
}

export function notFound(entity: string, id: string, field = 'id'): Refused {
  return new Refused('NOT_FOUND', `No ${entity} has the id ${id}.`, { field });
}
