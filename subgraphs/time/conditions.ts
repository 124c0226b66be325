import { gte, lte, type PgColumn, type SQL } from '#kernel/sql.ts';

/** Dates from one day to another; an absent bound is open. */
export function between(column: PgColumn, from: string | null | undefined, to: string | null | undefined): (SQL | undefined)[] {
  return [from ? gte(column, from) : undefined, to ? lte(column, to) : undefined];
}
