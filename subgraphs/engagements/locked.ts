import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { EntityTable } from '#kernel/db.ts';
import { absorbRows, type Decision } from '#kernel/draft.ts';
import type { Entity, RowOf } from '#kernel/entity.ts';
import { type ExternalRefInput, externalKey, takenElsewhere } from '#kernel/external.ts';
import { findReferred as findRow, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandNamed as demandRow, type Named } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { externalRefs } from './tables.ts';

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[] };
type Referring = { externalRef: ExternalRefInput };

/** The rows that the items of a call mean, locked. */
export function lockTargets<T extends EntityTable>(scope: Scope, entity: Entity<T>, { ids = [], refs = [] }: Wanted): Promise<Referred<RowOf<T>>> {
  return loadReferred(scope, entity, { refs: externalRefs, given: refs, ids });
}

/** A locked row that the actor may know of, at the version that the caller believed in. */
export function demandNamed<Row extends { version: number }>(
  { rows }: Referred<Row>,
  { entity, id, expectedVersion }: Named & { entity: string },
  sees: (row: Row) => boolean,
): Row {
  return demandRow(rows, { entity, id: id.toLowerCase(), expectedVersion }, sees);
}

/** The row that an external reference means; undefined when it is new. */
export function findReferred<Row>(loaded: Referred<Row>, ref: ExternalRefInput, sees: (row: Row) => boolean): Row | undefined {
  const row = findRow(loaded, ref);
  if (row && !sees(row)) throw takenElsewhere();
  return row;
}

/** True for the rows of customers whom the actor sees. */
export function ownedBy(actor: Actor): (row: { customerId: string }) => boolean {
  return ({ customerId }) => sees(actor, { customerId });
}

/** Lets later items of the call see what this one did. */
export function absorbLocked<T extends EntityTable>(entity: Entity<T>) {
  return (loaded: Referred<RowOf<T>>, decision: Decision): void => absorbRows(loaded.rows, decision, entity);
}

/** An upsert brings entities of another system, found by external reference, each once a call. */
export function byExternalRef(entity: Entity) {
  return {
    once: ({ externalRef }: Referring): { field: string; key: string } => ({ field: 'externalRef', key: externalKey(externalRef) }),
    source: { refs: externalRefs, entity, of: ({ externalRef }: Referring) => externalRef },
  };
}

/** Those actions of a path that start where the row then stands. */
export function walk<Row extends { status: string }, Action extends string>(
  start: Row,
  path: readonly Action[],
  { actions, move }: { actions: Readonly<Record<Action, { from: readonly string[] }>>; move: (row: Row, action: Action) => Row },
): Row {
  let row = start;
  for (const action of path) if (actions[action].from.includes(row.status)) row = move(row, action);
  return row;
}
