import { and, inArray, ne, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Actor, customerScope, may, seesCustomer } from '#kernel/actor.ts';

/** Costs and cost rates are the firm's own: no client sees them, whatever a token says. */
export function seesCost(actor: Actor): boolean {
  return actor.kind !== 'CLIENT_PORTAL' && may(actor, 'cost:read');
}

/** What an actor sees of rows that are cost or belong to customers, as a list's condition. */
export function visibleRows(actor: Actor, columns: { kind: PgColumn; customerId: PgColumn }): SQL | undefined {
  const customerIds = customerScope(actor);
  return and(seesCost(actor) ? undefined : ne(columns.kind, 'COST'), customerIds ? inArray(columns.customerId, [...customerIds]) : undefined);
}

/** The same for a row that was read by its id. */
export function isVisible(actor: Actor, row: { kind: string; customerId: string | null }): boolean {
  return (row.kind !== 'COST' || seesCost(actor)) && seesCustomer(actor, row.customerId);
}

/** Leaves only what the actor may see in rows that were read by id. */
export function onlyVisible<Row extends { kind: string; customerId: string | null }>(actor: Actor, rows: Map<string, Row>): Map<string, Row> {
  for (const [id, row] of rows) if (!isVisible(actor, row)) rows.delete(id);
  return rows;
}
