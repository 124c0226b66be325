import { getTableColumns, type InferSelectModel, sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { EntityTable } from '#kernel/db.ts';

/** Locked rows as they now are in memory, their versions moved on, and the columns in which they may differ (all when absent). */
export type Changed<T extends EntityTable> = { rows: readonly InferSelectModel<T>[]; columns?: ReadonlySet<string> };

/** Writes changed rows: one statement, however many. */
export async function writeRows<T extends EntityTable>(scope: Scope, table: T, { rows, columns }: Changed<T>): Promise<void> {
  if (rows.length === 0) return;
  const wanted = (name: string) => name !== 'createdAt' && (!columns || columns.has(name) || ['id', 'version', 'updatedAt'].includes(name));
  const written = Object.entries(getTableColumns(table)).filter(([name]) => wanted(name));
  const sets = written.flatMap(([name, column]) => (name === 'id' ? [] : sql`${sql.identifier(column.name)} = given.${sql.identifier(column.name)}`));
  await scope.tx.execute(sql`
    update ${table} as own set ${sql.join(sets, sql`, `)}
    from jsonb_populate_recordset(null::${table}, ${recordset(rows, written)}::jsonb) as given where own.id = given.id`);
}

/** Inserts whole rows, the same way: for bulk, where a parameter per value would cost more than the rows. */
export async function addRows<T extends EntityTable>(scope: Scope, table: T, rows: readonly InferSelectModel<T>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(table));
  await scope.tx.execute(sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${recordset(rows, columns)}::jsonb)`);
}

type Named = readonly (readonly [string, { name: string }])[];

function recordset(rows: readonly Record<string, unknown>[], columns: Named): string {
  const plain = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [column.name, plain(row[name])]))));
}
