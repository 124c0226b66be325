import type { AssignmentFilter, AssignmentOrderField } from '#generated/resources.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn } from '#kernel/read.ts';
import { gte, inArray, lte } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type AssignmentRow, assignments, externalRefs } from '../tables.ts';
import { placementKey, type Related, relatedOf } from './load.ts';

const assignmentsById = visibleById(assignments, 'assignment:read');

/** An assignment, if there is one that the actor may know of. */
export function readAssignment(context: Context, id: string): Promise<AssignmentRow | undefined> {
  return context.load(assignmentsById, id);
}

export const assignmentRefs = externalRefsOf(externalRefs, 'Assignment');

export const assignmentList: List<typeof assignments, AssignmentFilter, AssignmentOrderField> = {
  table: assignments,
  read: 'assignment:read',
  orders: { FROM: assignments.from, TO: assignments.to, CREATED_AT: assignments.createdAt, UPDATED_AT: assignments.updatedAt },
  defaultOrder: { field: 'FROM', direction: 'ASC' },
  filter: (filter) => [
    changedSince(assignments, filter.updatedSince),
    filter.status ? inArray(assignments.status, [...filter.status]) : undefined,
    idIn(assignments.employeeId, filter.employeeId),
    idIn(assignments.projectId, filter.projectId),
    idIn(assignments.taskId, filter.taskId),
    idIn(assignments.customerId, filter.customerId),
    filter.activeFrom ? gte(assignments.to, filter.activeFrom) : undefined,
    filter.activeTo ? lte(assignments.from, filter.activeTo) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Assignment', id: assignments.id }, filter.externalRefs),
  ],
};

export const employeeAssignmentsList = childList(assignmentList, assignments.employeeId);
export const projectAssignmentsList = childList(assignmentList, assignments.projectId);
export const taskAssignmentsList = childList(assignmentList, assignments.taskId);
export const customerAssignmentsList = childList(assignmentList, assignments.customerId);

/** What an assignment's guards judge, as commands load it; undefined when its employee is not there. */
export async function readRelated(context: Context, row: AssignmentRow): Promise<Related | undefined> {
  const related = await context.load(relatedOf, placementKey(row));
  return related?.employees.has(row.employeeId) ? related : undefined;
}
