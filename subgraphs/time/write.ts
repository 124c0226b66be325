import { getTableColumns, type InferSelectModel, sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import type { EntityTable } from '#kernel/db.ts';

/** Writes whole locked rows as they now are in memory: one statement of one text, however many. The caller moved their versions on. */
export async function writeRows<T extends EntityTable>(scope: Scope, table: T, rows: readonly InferSelectModel<T>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name !== 'id' && name !== 'createdAt');
  const sets = columns.map(([, column]) => sql`${sql.identifier(column.name)} = given.${sql.identifier(column.name)}`);
  await scope.tx.execute(sql`
    update ${table} as own set ${sql.join(sets, sql`, `)}
    from jsonb_populate_recordset(null::${table}, ${recordset(table, rows)}::jsonb) as given where own.id = given.id`);
}

/** Inserts whole rows, the same way: for bulk, where a parameter per value would cost more than the rows. */
export async function addRows<T extends EntityTable>(scope: Scope, table: T, rows: readonly InferSelectModel<T>[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.tx.execute(sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${recordset(table, rows)}::jsonb)`);
}

function recordset(table: EntityTable, rows: readonly unknown[]): string {
  const columns = Object.entries(getTableColumns(table));
  const plain = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [column.name, plain((row as Record<string, unknown>)[name])]))));
}
