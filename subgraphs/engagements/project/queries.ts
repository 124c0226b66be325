import type { ProjectFilter, ProjectOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { eq, ilike, inArray } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { contracts, externalRefs, type ProjectRow, projects } from '../tables.ts';

const projectsById = visibleById(projects, 'project:read');

/** A project, if there is one that the actor may know of. */
export function readProject(context: Context, id: string): Promise<ProjectRow | undefined> {
  return context.load(projectsById, id);
}

export const projectRefs = externalRefsOf(externalRefs, 'Project');

/** Batch: the legal entity of a project, which is its contract's. */
export async function legalEntityOfProject(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await context.db
    .select({ id: projects.id, legalEntityId: contracts.legalEntityId })
    .from(projects)
    .innerJoin(contracts, eq(contracts.id, projects.contractId))
    .where(inArray(projects.id, [...ids]));
  return new Map(rows.flatMap(({ id, legalEntityId }) => (legalEntityId ? [[id, legalEntityId] as const] : [])));
}

export const projectList: List<typeof projects, ProjectFilter, ProjectOrderField> = {
  table: projects,
  read: 'project:read',
  orders: { NAME: projects.name, CREATED_AT: projects.createdAt, UPDATED_AT: projects.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(projects, filter.updatedSince),
    wordIn(projects.status, filter.statuses),
    filter.nameContains ? ilike(projects.name, containing(filter.nameContains)) : undefined,
    idIn(projects.customerId, filter.customerIds),
    idIn(projects.engagementId, filter.engagementIds),
    idIn(projects.contractId, filter.contractIds),
    idIn(projects.managerId, filter.managerIds),
    typeof filter.billable === 'boolean' ? eq(projects.billable, filter.billable) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Project', id: projects.id }, filter.externalRefs),
  ],
};

export const projectsOfCustomer = childList(projectList, projects.customerId);
export const projectsOfEngagement = childList(projectList, projects.engagementId);
export const projectsOfContract = childList(projectList, projects.contractId);
