import type { LegalEntityFilter, LegalEntityOrderField } from '#generated/finance.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { ilike, inArray } from '#kernel/sql.ts';
import { externalRefs, type LegalEntityRow, legalEntities } from '../tables.ts';

const legalEntitiesById = (context: Context, ids: readonly string[]): Promise<Map<string, LegalEntityRow>> => rowsById(context.db, legalEntities, ids);

/** A legal entity. It needs no permission: whoever has a contract or an invoice of it knows it. */
export function readLegalEntity(context: Context, id: string): Promise<LegalEntityRow | undefined> {
  return context.load(legalEntitiesById, id);
}

/** The legal entity that a row names; the foreign key says that it is there. */
export async function legalEntityOf(context: Context, id: string): Promise<LegalEntityRow> {
  const found = await readLegalEntity(context, id);
  if (!found) throw new Error(`there is no legal entity ${id}`);
  return found;
}

export const legalEntityRefs = externalRefsOf(externalRefs, 'LegalEntity');

export const legalEntityList: List<typeof legalEntities, LegalEntityFilter, LegalEntityOrderField> = {
  table: legalEntities,
  read: 'reference:read',
  orders: { CODE: legalEntities.code, NAME: legalEntities.name, UPDATED_AT: legalEntities.updatedAt },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(legalEntities, filter.updatedSince),
    filter.codes ? inArray(legalEntities.code, [...filter.codes]) : undefined,
    filter.nameContains ? ilike(legalEntities.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'LegalEntity', id: legalEntities.id }, filter.externalRefs),
  ],
};
