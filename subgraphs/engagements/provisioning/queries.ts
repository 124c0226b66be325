import type { ProvisioningFilter, ProvisioningOrderField } from '#generated/engagements.ts';
import type { List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { among, changedSince, idIn, wordIn } from '#kernel/read.ts';
import { asc, inArray } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type ProvisioningRow, provisionings } from '../tables.ts';

const provisioningsById = visibleById(provisionings, 'project:read');

/** A provisioning, if there is one that the actor may know of. */
export function readProvisioning(context: Context, id: string): Promise<ProvisioningRow | undefined> {
  return context.load(provisioningsById, id);
}

/** Batch: what systems outside have to set up for projects. Who holds a project row may see it, unless from outside. */
export const provisioningsOfProject: Batch<ProvisioningRow[]> = async (context, ids) => {
  const rows = await context.db.select().from(provisionings).where(among(provisionings.projectId, ids)).orderBy(asc(provisionings.system));
  return Map.groupBy(rows, ({ projectId }) => projectId);
};

export const provisioningList: List<typeof provisionings, ProvisioningFilter, ProvisioningOrderField> = {
  table: provisionings,
  read: 'project:read',
  orders: { CREATED_AT: provisionings.createdAt, UPDATED_AT: provisionings.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'ASC' },
  filter: (filter) => [
    changedSince(provisionings, filter.updatedSince),
    wordIn(provisionings.status, filter.statuses),
    filter.systems ? inArray(provisionings.system, [...filter.systems]) : undefined,
    idIn(provisionings.projectId, filter.projectIds),
  ],
};
