import type { AssignmentFilter, AssignmentOrderField } from '#generated/resources.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { type CalendarDate, within } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, desc, gte, inArray, isNotNull, isNull, lte } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import { type AssignmentRecordRow, type AssignmentRow, assignmentRecords, assignments, externalRefs } from '../tables.ts';
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
  orders: { START_DATE: assignments.startDate, END_DATE: assignments.endDate, CREATED_AT: assignments.createdAt, UPDATED_AT: assignments.updatedAt },
  defaultOrder: { field: 'START_DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(assignments, filter.updatedSince),
    wordIn(assignments.status, filter.statuses),
    idIn(assignments.employeeId, filter.employeeIds),
    idIn(assignments.projectId, filter.projectIds),
    idIn(assignments.taskId, filter.taskIds),
    idIn(assignments.customerId, filter.customerIds),
    filter.activeFrom ? gte(assignments.endDate, filter.activeFrom) : undefined,
    filter.activeTo ? lte(assignments.startDate, filter.activeTo) : undefined,
    typeof filter.cutShort === 'boolean' ? (filter.cutShort ? isNotNull : isNull)(assignments.plannedEndDate) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Assignment', id: assignments.id }, filter.externalRefs),
  ],
};

export const employeeAssignmentsList = childList(assignmentList, assignments.employeeId);
export const projectAssignmentsList = childList(assignmentList, assignments.projectId);
export const taskAssignmentsList = childList(assignmentList, assignments.taskId);
export const customerAssignmentsList = childList(assignmentList, assignments.customerId);

/** Batch: what assignments said at each of their versions, the latest first. */
const recordsOf: Batch<AssignmentRecordRow[]> = async (context, ids) => {
  const rows = await context.db
    .select()
    .from(assignmentRecords)
    .where(and(inArray(assignmentRecords.assignmentId, [...ids]), visibleTo(context.actor, assignmentRecords)))
    .orderBy(desc(assignmentRecords.createdAt), desc(assignmentRecords.assignmentVersion), desc(assignmentRecords.id));
  return Map.groupBy(rows, (row) => row.assignmentId);
};

/** What an assignment said as it was known at an instant, where it held on the day. */
export async function recordKnown(
  context: Context,
  id: string,
  { effectiveOn, knownAt }: { effectiveOn?: CalendarDate | null | undefined; knownAt?: Date | null | undefined },
): Promise<AssignmentRecordRow | undefined> {
  const until = knownAt ?? context.clock();
  const record = ((await context.load(recordsOf, id)) ?? []).find(({ createdAt }) => createdAt <= until);
  if (!record || record.state === 'CANCELLED') return undefined;
  return !effectiveOn || within(effectiveOn, { from: record.startDate, to: record.endDate }) ? record : undefined;
}

/** What an assignment's guards judge, as commands load it; undefined when its employee is not there. */
export async function readRelated(context: Context, row: AssignmentRow): Promise<Related | undefined> {
  const related = await context.load(relatedOf, placementKey(row));
  return related?.employees.has(row.employeeId) ? related : undefined;
}
