import { externalRefTable } from '#kernel/columns.ts';
import { check, index, type PgColumn, pgSchema, sql } from '#kernel/sql.ts';

export const engagements = pgSchema('engagements');

export const externalRefs = externalRefTable(engagements);

type Listed = { id: PgColumn; name: PgColumn; createdAt: PgColumn };

/** An index for each order of the whole list and of the list below each parent. */
export function pathIndexes(name: string, table: Listed, parents: Readonly<Record<string, PgColumn>>) {
  const orders = { name: table.name, created: table.createdAt };
  return Object.entries(orders).flatMap(([order, column]) => [
    index(`${name}_by_${order}`).on(column, table.id),
    ...Object.entries(parents).map(([parent, parentColumn]) => index(`${name}_by_${parent}_${order}`).on(parentColumn, column, table.id)),
  ]);
}

export function inOrder(name: string, from: PgColumn, to: PgColumn) {
  return check(name, sql`${from} <= ${to}`);
}
