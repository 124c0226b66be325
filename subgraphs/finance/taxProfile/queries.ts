import { ilike, inArray } from 'drizzle-orm';
import type { TaxProfileFilter, TaxProfileOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { rowsById } from '#kernel/rows.ts';
import { externalRefs, type TaxProfileRow, taxProfiles } from '../tables.ts';

async function taxProfilesById(context: Context, ids: readonly string[]): Promise<Map<string, TaxProfileRow>> {
  demand(context.actor, 'reference:read');
  return rowsById(context.db, taxProfiles, ids);
}

/** A tax profile, if there is one. */
export function readTaxProfile(context: Context, id: string): Promise<TaxProfileRow | undefined> {
  return context.load(taxProfilesById, id);
}

export const taxProfileRefs = externalRefsOf(externalRefs, 'TaxProfile');

export const taxProfileList: List<typeof taxProfiles, TaxProfileFilter, TaxProfileOrderField> = {
  table: taxProfiles,
  read: 'reference:read',
  orders: { CODE: taxProfiles.code, NAME: taxProfiles.name },
  defaultOrder: { field: 'CODE', direction: 'ASC' },
  filter: (filter) => [
    filter.legalEntityIds ? inArray(taxProfiles.legalEntityId, [...filter.legalEntityIds]) : undefined,
    filter.codes ? inArray(taxProfiles.code, [...filter.codes]) : undefined,
    filter.nameContains ? ilike(taxProfiles.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'TaxProfile', id: taxProfiles.id }, filter.externalRefs),
  ],
  scope: () => undefined,
};

export const taxProfilesOf = childList(taxProfileList, taxProfiles.legalEntityId);
