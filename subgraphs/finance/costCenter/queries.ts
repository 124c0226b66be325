import { ilike, inArray, sql } from 'drizzle-orm';
import type { CostCenterFilter, CostCenterOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { rowsById } from '#kernel/rows.ts';
import { type CostCenterRow, costCenters, externalRefs } from '../tables.ts';

async function costCentersById(context: Context, ids: readonly string[]): Promise<Map<string, CostCenterRow>> {
  demand(context.actor, 'reference:read');
  return rowsById(context.db, costCenters, ids);
}

/** A cost center, if there is one. */
export function readCostCenter(context: Context, id: string): Promise<CostCenterRow | undefined> {
  return context.load(costCentersById, id);
}

export const costCenterRefs = externalRefsOf(externalRefs, 'CostCenter');

export const costCenterList: List<typeof costCenters, CostCenterFilter, CostCenterOrderField> = {
  table: costCenters,
  read: 'reference:read',
  orders: { CODE: costCenters.code, NAME: costCenters.name },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    filter.legalEntityIds ? inArray(costCenters.legalEntityId, [...filter.legalEntityIds]) : undefined,
    filter.codes ? inArray(costCenters.code, [...filter.codes]) : undefined,
    filter.activeOn ? sql`daterange(${costCenters.startDate}, ${costCenters.endDate}, '[]') @> ${filter.activeOn}::date` : undefined,
    filter.nameContains ? ilike(costCenters.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'CostCenter', id: costCenters.id }, filter.externalRefs),
  ],
  scope: () => undefined,
};

export const costCentersOf = childList(costCenterList, costCenters.legalEntityId);
