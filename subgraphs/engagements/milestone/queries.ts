import { and, ilike, inArray } from 'drizzle-orm';
import type { MilestoneFilter, MilestoneOrderField } from '#generated/engagements.ts';
import { type Actor, demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { containing } from '#kernel/input.ts';
import { idsIn, ofOwnCustomers, onDisclosedContract } from '../sight.ts';
import { externalRefs, type MilestoneRow, milestones } from '../tables.ts';

const milestonesById: Batch<MilestoneRow> = async (context, ids) => {
  demand(context.actor, 'milestone:read');
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await context.db
    .select()
    .from(milestones)
    .where(and(inArray(milestones.id, wanted), disclosedMilestones(context.actor)));
  return new Map(rows.map((row) => [row.id, row]));
};

const ownMilestones = ofOwnCustomers(milestones.customerId);
const disclosedMilestones = (actor: Actor) => and(ownMilestones(actor), onDisclosedContract(actor, milestones.contractId));

/** A milestone, if there is one that the actor may know of. */
export function readMilestone(context: Context, id: string): Promise<MilestoneRow | undefined> {
  return context.load(milestonesById, id);
}

export const milestoneRefs = externalRefsOf(externalRefs, 'Milestone');

export const milestoneList: List<typeof milestones, MilestoneFilter, MilestoneOrderField> = {
  table: milestones,
  read: 'milestone:read',
  orders: { NAME: milestones.name, CREATED_AT: milestones.createdAt, PLANNED_ON: milestones.plannedOn },
  defaultOrder: { field: 'PLANNED_ON', direction: 'ASC' },
  filter: (filter) => [
    filter.status ? inArray(milestones.status, [...filter.status]) : undefined,
    filter.nameContains ? ilike(milestones.name, containing(filter.nameContains)) : undefined,
    idsIn(milestones.customerId, filter.customerId),
    idsIn(milestones.projectId, filter.projectId),
    idsIn(milestones.contractId, filter.contractId),
    externalRefFilter({ table: externalRefs, entityType: 'Milestone', id: milestones.id }, filter.externalRefs),
  ],
  scope: disclosedMilestones,
};

export const milestonesOfProject = childList(milestoneList, milestones.projectId);
export const milestonesOfContract = childList(milestoneList, milestones.contractId);
