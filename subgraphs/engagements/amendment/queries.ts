import type { AmendmentFilter, AmendmentOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { asc, ilike, inArray, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import type { Standing } from '../contract/amending.ts';
import { customerStatusOf, readContract } from '../contract/queries.ts';
import { linesWithMilestones, namedLinesOf, versionsOf } from '../contract/rows.ts';
import type { AgreedVersion } from '../references.ts';
import { type AmendmentReceiptRow, type AmendmentRow, amendmentReceipts, amendments, type ContractChangeRow, externalRefs, type NamedLine } from '../tables.ts';
import { outlookOf } from './decide.ts';

const amendmentsById = visibleById(amendments, 'contract:read');

/** An amendment, if there is one that the actor may know of. */
export function readAmendment(context: Context, id: string): Promise<AmendmentRow | undefined> {
  return context.load(amendmentsById, id);
}

export const amendmentRefs = externalRefsOf(externalRefs, 'Amendment');

export const amendmentList: List<typeof amendments, AmendmentFilter, AmendmentOrderField> = {
  table: amendments,
  read: 'contract:read',
  orders: { CREATED_AT: amendments.createdAt, EFFECTIVE_FROM: amendments.effectiveFrom, UPDATED_AT: amendments.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(amendments, filter.updatedSince),
    wordIn(amendments.status, filter.statuses),
    filter.nameContains ? ilike(amendments.name, containing(filter.nameContains)) : undefined,
    idIn(amendments.customerId, filter.customerIds),
    idIn(amendments.contractId, filter.contractIds),
    externalRefFilter({ table: externalRefs, entityType: 'Amendment', id: amendments.id }, filter.externalRefs),
  ],
};

export const amendmentsOfContract = childList(amendmentList, amendments.contractId);

/** Batch: who has to know of amendments, Accord's own parts first. */
export const receiptsOfAmendment: Batch<AmendmentReceiptRow[]> = async (context, ids) => {
  const rows = await context.db
    .select()
    .from(amendmentReceipts)
    .where(inArray(amendmentReceipts.amendmentId, [...ids]))
    .orderBy(asc(amendmentReceipts.kind), asc(sql`lower(${amendmentReceipts.system})`));
  return Map.groupBy(rows, (row) => row.amendmentId);
};

type Agreed = { versions: AgreedVersion[]; lines: NamedLine[]; billedLines: Map<string, boolean> };

/** Batch: what contracts say, for what amendments would make of it. */
const agreedOf: Batch<Agreed> = async ({ db }, contractIds) => {
  const versions = await versionsOf(db, contractIds);
  const lines = await namedLinesOf(db, contractIds);
  const billedLines = await linesWithMilestones(db, contractIds);
  return new Map(contractIds.map((id) => [id, { versions: versions.get(id) ?? [], lines: lines.get(id) ?? [], billedLines }]));
};

/** What an amendment would change now, or why its contract would not take it; unlocked, as a reader sees it. */
export async function outlookNow(context: Context, row: AmendmentRow): Promise<ContractChangeRow[] | Refused> {
  const contract = await readContract(context, row.contractId);
  const agreed = await context.load(agreedOf, row.contractId);
  if (!contract || !agreed) return new Refused('NOT_FOUND', 'Its contract is not to be seen.');
  const customerStatus = await context.load(customerStatusOf, contract.customerId);
  const standing: Standing = { contract, customerStatus, ...agreed };
  return outlookOf(standing, { now: context.clock(), newId: () => newId(context.clock().getTime()) }, row);
}
