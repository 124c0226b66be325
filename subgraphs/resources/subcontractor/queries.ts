import type { SubcontractorFilter, SubcontractorOrderField } from '#generated/resources.ts';
import type { List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { ilike } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type SubcontractorRow, subcontractors } from '../tables.ts';
import { confirmedOrdersOf } from './load.ts';

const subcontractorsById = visibleById(subcontractors, 'subcontractor:read');

/** A subcontractor, if there is one that the actor may know of. */
export function readSubcontractor(context: Context, id: string): Promise<SubcontractorRow | undefined> {
  return context.load(subcontractorsById, id);
}

export const subcontractorRefs = externalRefsOf(externalRefs, 'Subcontractor');

/** Batch: the orders that are CONFIRMED, for the guards. */
export const confirmedBatch: Batch<string[]> = (context, ids) => confirmedOrdersOf(context.unconfined, ids);

export const subcontractorList: List<typeof subcontractors, SubcontractorFilter, SubcontractorOrderField> = {
  table: subcontractors,
  read: 'subcontractor:read',
  orders: { NAME: subcontractors.name, CREATED_AT: subcontractors.createdAt, UPDATED_AT: subcontractors.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(subcontractors, filter.updatedSince),
    wordIn(subcontractors.status, filter.statuses),
    idIn(subcontractors.legalEntityId, filter.legalEntityIds),
    filter.nameContains ? ilike(subcontractors.name, containing(filter.nameContains)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Subcontractor', id: subcontractors.id }, filter.externalRefs),
  ],
};
