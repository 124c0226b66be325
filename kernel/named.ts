import type { Context } from './context.ts';
import type { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { notFound } from './rows.ts';
import { sql } from './sql.ts';
import { isConfined } from './visibility.ts';

/** An entity that an input names by id, and by which field. */
export type Named = { field: string; id: string };

/** What is named nowhere: filters find nothing where they name nothing, and items are judged one by one. */
const skipped: ReadonlySet<string> = new Set(['filter', 'items', 'externalId']);

/** The entities that an input names in fields such as `projectId` and `projectIds`, at any depth. What it is about itself, `id`, is judged by whoever reads it. */
export function namedIn(input: unknown): Named[] {
  if (Array.isArray(input)) return input.flatMap(namedIn);
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([field, value]) => {
    if (skipped.has(field)) return [];
    if (/Ids?$/.test(field)) return [value].flat().flatMap((id) => (isId(id) ? [{ field, id }] : []));
    return namedIn(value);
  });
}

/**
 * Of each input, the first entity that it names and that an actor who sees a part of the firm may not know of, refused as if there were none. It comes before
 * any command looks at states: what exists elsewhere cannot be told from what does not.
 */
export async function unseenIn({ actor, db }: Context, inputs: readonly unknown[]): Promise<(Refused | undefined)[]> {
  if (!isConfined(actor)) return [];
  const named = inputs.map(namedIn);
  const ids = [...new Set(named.flat().map(({ id }) => id))];
  if (ids.length === 0) return [];
  const rows = await db.execute(sql`select id from log.known_entity where id = any(${sql.param(ids)}::uuid[])`);
  const seen = new Set(rows.map((row) => String(row.id)));
  return named.map((own) => {
    const unseen = own.find(({ id }) => !seen.has(id.toLowerCase()));
    return unseen && notFound(entityOf(unseen.field), unseen.id, unseen.field);
  });
}

/** `LaborCategory` for `laborCategoryId`, and for `laborCategory`. */
export function entityOf(field: unknown): string {
  const name = String(field).replace(/Ids?$/, '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
