import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { demandNamed } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { actual } from '../entities.ts';
import { type ActualRow, isCost } from '../tables.ts';
import { seesCost } from '../visibility.ts';

type Item = { id: string; expectedVersion?: number | null | undefined };

/** An actual stands in a call once. */
export const oncePerActual = ({ id }: Item) => ({ field: 'id', key: id });

/** The plans that are no refusals. */
export function accepted<Plan>(plans: readonly (Plan | Refused)[]): Plan[] {
  return plans.filter((plan): plan is Plan => !(plan instanceof Refused));
}

/** The locked actual as the caller may know it, at the version that the caller believed in. */
export function demandActual(rows: ReadonlyMap<string, ActualRow>, { id, expectedVersion }: Item, actor: Actor): ActualRow {
  const known = (row: ActualRow) => sees(actor, row) && (!isCost(row) || seesCost(actor));
  return demandNamed(rows, { entity: actual.name, id, expectedVersion }, known);
}
