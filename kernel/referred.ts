import type { Scope } from './context.ts';
import type { EntityTable } from './db.ts';
import { absorbRows, type Decision } from './draft.ts';
import type { Entity, RowOf } from './entity.ts';
import { checkRef, type ExternalRefInput, type ExternalRefTable, externalKey, findByExternalRefs } from './external.ts';
import { lockRows } from './rows.ts';

/** Locked rows by id, and which of them other systems mean by their external references. */
export type Referred<Row> = { rows: Map<string, Row>; byRef: Map<string, string> };

type Found<Row> = { rows: ReadonlyMap<string, Row>; byRef: ReadonlyMap<string, string> };

type Wanted = { refs: ExternalRefTable; given?: readonly ExternalRefInput[]; ids?: readonly string[] };

/** Finds and locks the rows of ids and of external references: two statements. */
export async function loadReferred<T extends EntityTable>(
  scope: Scope,
  entity: Entity<T>,
  { refs, given = [], ids = [] }: Wanted,
): Promise<Referred<RowOf<T>>> {
  const byRef = await findByExternalRefs(scope, refs, { entityType: entity.name, refs: given });
  return { rows: await lockRows(scope, entity.table, [...ids, ...byRef.values()]), byRef };
}

/** The row that an external reference means; undefined for a new one. */
export function referredRow<Row>({ rows, byRef }: Found<Row>, ref: ExternalRefInput): Row | undefined {
  return rows.get(byRef.get(externalKey(ref)) ?? '');
}

/** The row that an item of an upsert means; undefined for a new one. */
export function findReferred<Row>(found: Found<Row>, ref: ExternalRefInput): Row | undefined {
  checkRef(ref);
  return referredRow(found, ref);
}

type Absorbed<T extends EntityTable> = { entity: Entity<T>; ref: ExternalRefInput };

/** Lets later items of the call see what a decision wrote, and which reference means it. */
export function absorbReferred<T extends EntityTable>(loaded: Referred<RowOf<T>>, decision: Decision, { entity, ref }: Absorbed<T>): void {
  absorbRows(loaded.rows, decision, entity);
  loaded.byRef.set(externalKey(ref), decision.id);
}
