import type { Scope } from '#kernel/context.ts';
import type { Referred } from '#kernel/referred.ts';
import { rowsById } from '#kernel/rows.ts';
import { and, asc, eq, inArray } from '#kernel/sql.ts';
import { type LoadedContracts, loadContracts } from '../contract/load.ts';
import { lockTargets } from '../locked.ts';
import { type AmendmentReceiptRow, type AmendmentRow, amendment, amendmentReceipts, amendments, externalRefs, type WantedChanges } from '../tables.ts';

/** What commands on amendments judge by, kept from changing until they are done. */
export type LoadedAmendments = Referred<AmendmentRow> & {
  contracts: LoadedContracts;
  /** The other systems that know each contract. */
  knownBy: ReadonlyMap<string, readonly string[]>;
};

type Wanted = { ids?: readonly string[]; contractIds?: readonly string[]; changes?: readonly (WantedChanges | null | undefined)[] };

/** Locks contracts before their amendments, as who adds versions does. */
export async function loadAmendments(scope: Scope, { ids = [], contractIds = [], changes = [] }: Wanted): Promise<LoadedAmendments> {
  const asked = [...(await rowsById(scope.tx, amendments, ids)).values()];
  const wanted = [...contractIds, ...asked.map(({ contractId }) => contractId)];
  const fields = [...changes.filter((each) => each !== null && each !== undefined), ...asked.map((each) => each.changes)];
  const contracts = await loadContracts(scope, { ids: wanted, fields, amending: true });
  return { ...(await lockTargets(scope, amendment, { ids })), contracts, knownBy: await knownBy(scope, wanted) };
}

async function knownBy(scope: Scope, contractIds: readonly string[]): Promise<Map<string, string[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await scope.tx
    .selectDistinct({ system: externalRefs.system, entityId: externalRefs.entityId })
    .from(externalRefs)
    .where(and(eq(externalRefs.entityType, 'Contract'), inArray(externalRefs.entityId, [...contractIds])))
    .orderBy(asc(externalRefs.system));
  return new Map([...Map.groupBy(rows, ({ entityId }) => entityId)].map(([id, own]) => [id, own.map(({ system }) => system)]));
}

/** The receipts of locked amendments. */
export async function receiptsOf(scope: Scope, ids: readonly string[]): Promise<Map<string, AmendmentReceiptRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx
    .select()
    .from(amendmentReceipts)
    .where(inArray(amendmentReceipts.amendmentId, [...ids]))
    .orderBy(asc(amendmentReceipts.id))
    .for('update');
  return Map.groupBy(rows, (row) => row.amendmentId);
}
