import type { EmployeeLaborCategoryFilter, EmployeeLaborCategoryOrderField, LaborCategoryFilter, LaborCategoryOrderField } from '#generated/resources.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince } from '#kernel/read.ts';
import { eq, ilike, inArray, type SQL, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { employeeLaborCategories, externalRefs, type LaborCategoryRow, laborCategories } from '../tables.ts';

const laborCategoriesById = visibleById(laborCategories, 'labor-category:read');

/** A labor category; the firm's own reference data, the same for every reader. */
export function readLaborCategory(context: Context, id: string): Promise<LaborCategoryRow | undefined> {
  return context.load(laborCategoriesById, id);
}

export const laborCategoryRefs = externalRefsOf(externalRefs, 'LaborCategory');

export const laborCategoryList: List<typeof laborCategories, LaborCategoryFilter, LaborCategoryOrderField> = {
  table: laborCategories,
  read: 'labor-category:read',
  orders: { CODE: laborCategories.code, NAME: laborCategories.name, CREATED_AT: laborCategories.createdAt, UPDATED_AT: laborCategories.updatedAt },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(laborCategories, filter.updatedSince),
    filter.codes ? inArray(laborCategories.code, [...filter.codes]) : undefined,
    typeof filter.active === 'boolean' ? eq(laborCategories.active, filter.active) : undefined,
    filter.nameContains ? ilike(laborCategories.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'LaborCategory', id: laborCategories.id }, filter.externalRefs),
  ],
};

const held: List<typeof employeeLaborCategories, EmployeeLaborCategoryFilter, EmployeeLaborCategoryOrderField> = {
  table: employeeLaborCategories,
  read: 'employee:read',
  orders: { EFFECTIVE_FROM: employeeLaborCategories.effectiveFrom },
  defaultOrder: { field: 'EFFECTIVE_FROM', direction: 'ASC' },
  filter: (filter) => [filter.asOf ? heldOn(filter.asOf) : undefined],
};

function heldOn(day: string): SQL {
  const { effectiveFrom, effectiveTo } = employeeLaborCategories;
  return sql`${effectiveFrom} <= ${day} and coalesce(${effectiveTo}, 'infinity') >= ${day}`;
}

/** Who has had a labor category. */
export const holdersList = childList(held, employeeLaborCategories.laborCategoryId);
