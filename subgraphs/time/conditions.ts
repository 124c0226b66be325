import { gte, inArray, lte, type PgColumn, type SQL, sql } from '#kernel/sql.ts';

/** A column that holds one of these values. */
export function oneOfValues(column: PgColumn, values: readonly string[] | null | undefined): SQL | undefined {
  if (!values) return undefined;
  return values.length > 0 ? inArray(column, [...values]) : sql`false`;
}

/** Dates from one day to another; an absent bound is open. */
export function between(column: PgColumn, from: string | null | undefined, to: string | null | undefined): (SQL | undefined)[] {
  return [from ? gte(column, from) : undefined, to ? lte(column, to) : undefined];
}
