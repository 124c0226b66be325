import type { Actor } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { notFound } from '#kernel/rows.ts';
import { isOutside, sees } from '#kernel/visibility.ts';

/** A prefetched row that the actor may know of; NOT_FOUND names the input field. */
export function demandOwned<Row extends { customerId: string }>(
  { actor }: { actor: Actor },
  rows: ReadonlyMap<string, Row>,
  wanted: { entity: string; id: string; field: string },
): Row {
  const row = rows.get(wanted.id.toLowerCase());
  if (!row || !sees(actor, row)) throw notFound(wanted.entity, wanted.id, wanted.field);
  return row;
}

/** What a row refers to and its reader may see; a reader without the permission for it is told so before. */
export function demandFound<Row>(row: Row | undefined, entity: string, id: string): Row {
  if (row === undefined) throw notFound(entity, id);
  return row;
}

/** An entity of another subgraph, as the gateway resolves it on. */
export function stub(id: string | null | undefined): { id: string } | null {
  return id ? { id } : null;
}

/** What belongs to the firm alone. */
export function firmOnly<Value>(context: Context, value: Value): Value | null {
  return isOutside(context.actor) ? null : value;
}

/** What goes with the books of a legal entity; nothing for a colleague who is confined to others. */
export function ofBooks<Value>({ actor: { legalEntityIds } }: Context, legalEntityId: string | null, value: Value): Value | null {
  return !legalEntityIds || (legalEntityId && legalEntityIds.includes(legalEntityId)) ? value : null;
}
