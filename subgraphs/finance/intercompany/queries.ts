import type {
  IntercompanyChargeFilter,
  IntercompanyChargeLineFilter,
  IntercompanyChargeLineOrderField,
  IntercompanyChargeOrderField,
  IntercompanyTermsFilter,
  IntercompanyTermsOrderField,
} from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { among, changedSince, idIn, wordIn } from '#kernel/read.ts';
import { eq, gte, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type IntercompanyChargeRow, type IntercompanyTermsRow, intercompanyChargeLines, intercompanyCharges, intercompanyTerms } from '../tables.ts';

const termsById = visibleById(intercompanyTerms, 'cost:read');
const chargesById = visibleById(intercompanyCharges, 'cost:read');

/** Terms of a lender and a borrower, if there are such that the actor may know of. */
export function readIntercompanyTerms(context: Context, id: string): Promise<IntercompanyTermsRow | undefined> {
  return context.load(termsById, id);
}

/** A charge between legal entities, if there is one that the actor may know of. */
export function readIntercompanyCharge(context: Context, id: string): Promise<IntercompanyChargeRow | undefined> {
  return context.load(chargesById, id);
}

/** Those of legal entities that lend by any terms: their closed books hold up work that stands in other books, too. */
export async function lendersAmong(db: Db, legalEntityIds: readonly string[]): Promise<Set<string>> {
  if (legalEntityIds.length === 0) return new Set();
  const found = await db.selectDistinct({ id: intercompanyTerms.lenderId }).from(intercompanyTerms).where(among(intercompanyTerms.lenderId, legalEntityIds));
  return new Set(found.map(({ id }) => id));
}

export const intercompanyTermsList: List<typeof intercompanyTerms, IntercompanyTermsFilter, IntercompanyTermsOrderField> = {
  table: intercompanyTerms,
  read: 'cost:read',
  orders: { EFFECTIVE_FROM: intercompanyTerms.effectiveFrom, UPDATED_AT: intercompanyTerms.updatedAt },
  defaultOrder: { field: 'EFFECTIVE_FROM', direction: 'DESC' },
  filter: (filter) => [
    changedSince(intercompanyTerms, filter.updatedSince),
    idIn(intercompanyTerms.lenderId, filter.lenderIds),
    idIn(intercompanyTerms.borrowerId, filter.borrowerIds),
    wordIn(intercompanyTerms.method, filter.methods),
  ],
};

export const intercompanyChargeList: List<typeof intercompanyCharges, IntercompanyChargeFilter, IntercompanyChargeOrderField> = {
  table: intercompanyCharges,
  read: 'cost:read',
  orders: { CHARGED_ON: intercompanyCharges.chargedOn, CREATED_AT: intercompanyCharges.createdAt, UPDATED_AT: intercompanyCharges.updatedAt },
  defaultOrder: { field: 'CHARGED_ON', direction: 'DESC' },
  filter: (filter) => [
    changedSince(intercompanyCharges, filter.updatedSince),
    idIn(intercompanyCharges.lenderId, filter.lenderIds),
    idIn(intercompanyCharges.borrowerId, filter.borrowerIds),
    filter.chargedOnFrom ? gte(intercompanyCharges.chargedOn, filter.chargedOnFrom) : undefined,
    filter.chargedOnTo ? lte(intercompanyCharges.chargedOn, filter.chargedOnTo) : undefined,
  ],
};

const lineList: List<typeof intercompanyChargeLines, IntercompanyChargeLineFilter, IntercompanyChargeLineOrderField> = {
  table: intercompanyChargeLines,
  read: 'cost:read',
  orders: { POSITION: intercompanyChargeLines.position },
  defaultOrder: { field: 'POSITION', direction: 'ASC' },
  filter: (filter) => [
    idIn(intercompanyChargeLines.projectId, filter.projectIds),
    idIn(intercompanyChargeLines.employeeId, filter.employeeIds),
    typeof filter.reversing === 'boolean' ? eq(intercompanyChargeLines.reversing, filter.reversing) : undefined,
  ],
};

export const linesOfCharge = childList(lineList, intercompanyChargeLines.chargeId);
