import type { EngagementFilter, EngagementOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { ilike } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type EngagementRow, engagementTable, externalRefs } from '../tables.ts';
import { countOpenProjects } from './commands.ts';

const engagementsById = visibleById(engagementTable, 'engagement:read');

/** An engagement, if there is one that the actor may know of. */
export function readEngagement(context: Context, id: string): Promise<EngagementRow | undefined> {
  return context.load(engagementsById, id);
}

export const engagementRefs = externalRefsOf(externalRefs, 'Engagement');

/** Batch: how many projects of an engagement are open. */
export const openProjects = (context: Context, ids: readonly string[]): Promise<Map<string, number>> => countOpenProjects(context.unconfined, ids);

export const engagementList: List<typeof engagementTable, EngagementFilter, EngagementOrderField> = {
  table: engagementTable,
  read: 'engagement:read',
  orders: { NAME: engagementTable.name, CREATED_AT: engagementTable.createdAt, UPDATED_AT: engagementTable.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(engagementTable, filter.updatedSince),
    wordIn(engagementTable.status, filter.statuses),
    filter.nameContains ? ilike(engagementTable.name, containing(filter.nameContains)) : undefined,
    idIn(engagementTable.customerId, filter.customerIds),
    externalRefFilter({ table: externalRefs, entityType: 'Engagement', id: engagementTable.id }, filter.externalRefs),
  ],
};

export const engagementsOfCustomer = childList(engagementList, engagementTable.customerId);
