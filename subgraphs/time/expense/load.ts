import type { Actor } from '#kernel/actor.ts';
import { demandNamed, type Named } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { expenseItem } from '../entities.ts';
import type { ExpenseItemRow } from '../tables.ts';

/** The expense of this id, if the actor may know of it. */
export function demandExpense(rows: ReadonlyMap<string, ExpenseItemRow>, { id, expectedVersion }: Named, actor: Actor): ExpenseItemRow {
  return demandNamed(rows, { entity: expenseItem.name, id, expectedVersion }, (row) => sees(actor, row));
}
