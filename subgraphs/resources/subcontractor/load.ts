import { references as finance } from '#finance/published.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { absorbRows, type Decision } from '#kernel/draft.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { among, wordIn } from '#kernel/read.ts';
import { references } from '#kernel/reference.ts';
import { loadReferred, type Referred } from '#kernel/referred.ts';
import { and, asc } from '#kernel/sql.ts';
import { externalRefs, type SubcontractorRow, subcontractor, subcontracts } from '../tables.ts';

/** What commands on subcontractors judge by. Subcontractors are locked before their orders, everywhere. */
export type LoadedSubcontractors = Referred<SubcontractorRow> & {
  legalEntities: ReadonlyMap<string, unknown>;
  /** The names of confirmed orders, by subcontractor. */
  confirmed: ReadonlyMap<string, string[]>;
};

type Pointing = { legalEntityId?: string | null | undefined };
type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; pointing?: readonly Pointing[] };

export async function loadSubcontractors(scope: Scope, { ids = [], refs = [], pointing = [] }: Wanted): Promise<LoadedSubcontractors> {
  const found = await loadReferred(scope, subcontractor, { refs: externalRefs, given: refs, ids: ids.filter(isId) });
  const entities = pointing.flatMap(({ legalEntityId }) => legalEntityId ?? []).filter(isId);
  return {
    ...found,
    legalEntities: await references(scope.tx, finance.LegalEntity, entities),
    confirmed: await confirmedOrdersOf(scope.tx, [...found.rows.keys()]),
  };
}

/** The names of the orders that are CONFIRMED, by subcontractor. */
export async function confirmedOrdersOf(db: Db, subcontractorIds: readonly string[]): Promise<Map<string, string[]>> {
  if (subcontractorIds.length === 0) return new Map();
  const rows = await db
    .select({ subcontractorId: subcontracts.subcontractorId, name: subcontracts.name })
    .from(subcontracts)
    .where(and(among(subcontracts.subcontractorId, subcontractorIds), wordIn(subcontracts.status, ['CONFIRMED'])))
    .orderBy(asc(subcontracts.createdAt), asc(subcontracts.id));
  const grouped = Map.groupBy(rows, (row) => row.subcontractorId);
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ name }) => name)]));
}

/** Lets later items of the call see what this one wrote. */
export function absorbSubcontractors(loaded: LoadedSubcontractors, decision: Decision): void {
  absorbRows(loaded.rows, decision, subcontractor);
}
