import type { EntityTable } from './db.ts';
import { getTableColumns, type InferSelectModel, type PgColumn } from './sql.ts';

/** An entity as the writer sees it: its name in the contract and its table. */
export type Entity<T extends EntityTable = EntityTable> = {
  name: string;
  table: T;
  /** Each version is written by itself, so that the database's triggers see every state; otherwise the last one of a call is. */
  stepwise: boolean;
};

export type RowOf<T extends EntityTable> = InferSelectModel<T>;

/** Any row of any entity. */
export type AnyRow = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number };

export function entity<T extends EntityTable>(name: string, table: T, options: { stepwise?: boolean } = {}): Entity<T> {
  return { name, table, stepwise: options.stepwise ?? false };
}

/** The columns of a table by their names in code. */
export function columnsOf(table: EntityTable): [string, PgColumn][] {
  return Object.entries(getTableColumns(table)) as [string, PgColumn][];
}

/** Rows as one JSON parameter for jsonb_populate_recordset: a parameter per value would cost the driver more than the rows. */
export function recordset(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly (readonly [string, { name: string }])[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [column.name, row[name] ?? null]))),
    bigintAsText,
  );
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
