import type { Actor } from '#kernel/actor.ts';
import { demandVersion, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import type { ExpenseItemRow } from '../tables.ts';

type Asked = { id: string; expectedVersion?: number | null | undefined };

/** The expense of this id, if the actor may know of it. */
export function demandExpense(rows: ReadonlyMap<string, ExpenseItemRow>, { id, expectedVersion }: Asked, actor: Actor): ExpenseItemRow {
  const row = rows.get(id);
  if (!row || !sees(actor, row)) throw notFound('ExpenseItem', id);
  demandVersion('ExpenseItem', row, expectedVersion);
  return row;
}
