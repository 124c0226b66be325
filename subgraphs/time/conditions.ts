import { gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Actor, customerScope } from '#kernel/actor.ts';
import { isId } from '#kernel/ids.ts';

type Ids = readonly string[] | null | undefined;

/** A column that holds one of these ids; what is no id finds nothing. */
export function oneOfIds(column: PgColumn, ids: Ids): SQL | undefined {
  return ids ? oneOfValues(column, ids.filter(isId)) : undefined;
}

/** A column that holds one of these values. */
export function oneOfValues(column: PgColumn, values: readonly string[] | null | undefined): SQL | undefined {
  if (!values) return undefined;
  return values.length > 0 ? inArray(column, [...values]) : sql`false`;
}

/** Dates from one day to another; an absent bound is open. */
export function between(column: PgColumn, from: string | null | undefined, to: string | null | undefined): (SQL | undefined)[] {
  return [from ? gte(column, from) : undefined, to ? lte(column, to) : undefined];
}

/** The customers that an actor is confined to; undefined when it sees all. */
export function ofOwnCustomers(actor: Actor, column: PgColumn): SQL | undefined {
  return oneOfIds(column, customerScope(actor));
}
