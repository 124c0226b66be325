import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { attempt } from '#kernel/outcome.ts';
import { demandNamed } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { actual } from '../entities.ts';
import type { ActualRow } from '../tables.ts';
import { seesCost } from '../visibility.ts';

type Item = { actualId: string; expectedVersion?: number | null | undefined };
type Call<Each extends Item> = { items: readonly Each[]; rows: ReadonlyMap<string, ActualRow>; actor: Actor };

/** Decides each item of a bulk mutation on its locked actual, in memory; a refusal stays with its item. */
export function decideItems<Each extends Item, Plan>({ items, rows, actor }: Call<Each>, one: (row: ActualRow, item: Each) => Plan): (Plan | Refused)[] {
  const seen = new Set<string>();
  return items.map((item) => {
    if (seen.has(item.actualId)) return new Refused('VALIDATION_FAILED', 'This actual stands in the call twice.', { field: 'actualId' });
    seen.add(item.actualId);
    return attempt(() => one(demandActual(rows, item, actor), item));
  });
}

/** The plans that are no refusals. */
export function accepted<Plan>(plans: readonly (Plan | Refused)[]): Plan[] {
  return plans.filter((plan): plan is Plan => !(plan instanceof Refused));
}

/** The locked actual as the caller may know it, at the version that the caller believed in. */
export function demandActual(rows: ReadonlyMap<string, ActualRow>, { actualId, expectedVersion }: Item, actor: Actor): ActualRow {
  const known = (row: ActualRow) => sees(actor, row) && (row.kind !== 'COST' || seesCost(actor));
  return demandNamed(rows, { entity: actual.name, id: actualId, expectedVersion, field: 'actualId' }, known);
}
