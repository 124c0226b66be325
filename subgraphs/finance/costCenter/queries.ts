import type { CostCenterFilter, CostCenterOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn } from '#kernel/read.ts';
import { ilike, inArray, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type CostCenterRow, costCenters, externalRefs } from '../tables.ts';

const costCentersById = visibleById(costCenters, 'reference:read');

/** A cost center, if there is one. */
export function readCostCenter(context: Context, id: string): Promise<CostCenterRow | undefined> {
  return context.load(costCentersById, id);
}

export const costCenterRefs = externalRefsOf(externalRefs, 'CostCenter');

export const costCenterList: List<typeof costCenters, CostCenterFilter, CostCenterOrderField> = {
  table: costCenters,
  read: 'reference:read',
  orders: { CODE: costCenters.code, NAME: costCenters.name, UPDATED_AT: costCenters.updatedAt },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(costCenters, filter.updatedSince),
    idIn(costCenters.legalEntityId, filter.legalEntityIds),
    filter.codes ? inArray(costCenters.code, [...filter.codes]) : undefined,
    filter.activeOn ? sql`daterange(${costCenters.startDate}, ${costCenters.endDate}, '[]') @> ${filter.activeOn}::date` : undefined,
    filter.nameContains ? ilike(costCenters.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'CostCenter', id: costCenters.id }, filter.externalRefs),
  ],
};

export const costCentersOf = childList(costCenterList, costCenters.legalEntityId);
