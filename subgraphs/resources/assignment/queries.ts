import { and, gte, inArray, lte } from 'drizzle-orm';
import type { AssignmentFilter, AssignmentOrderField } from '#generated/resources.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { sameId } from '../employee/queries.ts';
import { type AssignmentRow, assignments, externalRefs } from '../tables.ts';
import { seenAssignment } from '../visibility.ts';
import { placementKey, type Surroundings, surroundingsOf } from './load.ts';

async function assignmentsById(context: Context, ids: readonly string[]): Promise<Map<string, AssignmentRow>> {
  demand(context.actor, 'assignment:read');
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await rowsWhere(context.db, assignments, and(among(assignments.id, wanted), seenAssignment(context.actor)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** An assignment, if there is one that the actor may know of. */
export function readAssignment(context: Context, id: string): Promise<AssignmentRow | undefined> {
  return context.load(assignmentsById, id);
}

export const assignmentRefs = externalRefsOf(externalRefs, 'Assignment');

export const assignmentList: List<typeof assignments, AssignmentFilter, AssignmentOrderField> = {
  table: assignments,
  read: 'assignment:read',
  orders: { FROM: assignments.from, TO: assignments.to, CREATED_AT: assignments.createdAt },
  defaultOrder: { field: 'FROM', direction: 'ASC' },
  filter: (filter) => [
    filter.status ? inArray(assignments.status, [...filter.status]) : undefined,
    filter.employeeId ? sameId(assignments.employeeId, filter.employeeId) : undefined,
    filter.projectId ? sameId(assignments.projectId, filter.projectId) : undefined,
    filter.taskId ? sameId(assignments.taskId, filter.taskId) : undefined,
    filter.customerId ? sameId(assignments.customerId, filter.customerId) : undefined,
    filter.activeFrom ? gte(assignments.to, filter.activeFrom) : undefined,
    filter.activeTo ? lte(assignments.from, filter.activeTo) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Assignment', id: assignments.id }, filter.externalRefs),
  ],
  scope: seenAssignment,
};

export const employeeAssignmentsList = childList(assignmentList, assignments.employeeId);
export const projectAssignmentsList = childList(assignmentList, assignments.projectId);
export const taskAssignmentsList = childList(assignmentList, assignments.taskId);
export const customerAssignmentsList = childList(assignmentList, assignments.customerId);

/** What an assignment's guards judge, as commands load it; undefined when its employee is not there. */
export async function readSurroundings(context: Context, row: AssignmentRow): Promise<Surroundings | undefined> {
  const surroundings = await context.load(surroundingsOf, placementKey(row));
  return surroundings?.employees.has(row.employeeId) ? surroundings : undefined;
}
