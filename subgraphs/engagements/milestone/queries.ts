import type { MilestoneFilter, MilestoneOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { ilike } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type MilestoneRow, milestones } from '../tables.ts';

const milestonesById = visibleById(milestones, 'milestone:read');

/** A milestone, if there is one that the actor may know of. */
export function readMilestone(context: Context, id: string): Promise<MilestoneRow | undefined> {
  return context.load(milestonesById, id);
}

export const milestoneRefs = externalRefsOf(externalRefs, 'Milestone');

export const milestoneList: List<typeof milestones, MilestoneFilter, MilestoneOrderField> = {
  table: milestones,
  read: 'milestone:read',
  orders: { NAME: milestones.name, CREATED_AT: milestones.createdAt, PLANNED_ON: milestones.plannedOn, UPDATED_AT: milestones.updatedAt },
  defaultOrder: { field: 'PLANNED_ON', direction: 'ASC' },
  filter: (filter) => [
    changedSince(milestones, filter.updatedSince),
    wordIn(milestones.status, filter.statuses),
    filter.nameContains ? ilike(milestones.name, containing(filter.nameContains)) : undefined,
    idIn(milestones.customerId, filter.customerIds),
    idIn(milestones.projectId, filter.projectIds),
    idIn(milestones.contractId, filter.contractIds),
    externalRefFilter({ table: externalRefs, entityType: 'Milestone', id: milestones.id }, filter.externalRefs),
  ],
};

export const milestonesOfProject = childList(milestoneList, milestones.projectId);
export const milestonesOfContract = childList(milestoneList, milestones.contractId);
