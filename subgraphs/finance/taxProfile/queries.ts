import type { TaxProfileFilter, TaxProfileOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn } from '#kernel/read.ts';
import { ilike, inArray } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type TaxProfileRow, taxProfiles } from '../tables.ts';

const taxProfilesById = visibleById(taxProfiles, 'reference:read');

/** A tax profile, if there is one. */
export function readTaxProfile(context: Context, id: string): Promise<TaxProfileRow | undefined> {
  return context.load(taxProfilesById, id);
}

export const taxProfileRefs = externalRefsOf(externalRefs, 'TaxProfile');

export const taxProfileList: List<typeof taxProfiles, TaxProfileFilter, TaxProfileOrderField> = {
  table: taxProfiles,
  read: 'reference:read',
  orders: { CODE: taxProfiles.code, NAME: taxProfiles.name, UPDATED_AT: taxProfiles.updatedAt },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(taxProfiles, filter.updatedSince),
    idIn(taxProfiles.legalEntityId, filter.legalEntityIds),
    filter.codes ? inArray(taxProfiles.code, [...filter.codes]) : undefined,
    filter.nameContains ? ilike(taxProfiles.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'TaxProfile', id: taxProfiles.id }, filter.externalRefs),
  ],
};

export const taxProfilesOf = childList(taxProfileList, taxProfiles.legalEntityId);
