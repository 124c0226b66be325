import type { TaskFilter, TaskOrderField } from '#generated/engagements.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { containing } from '#kernel/input.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { eq, ilike, inArray } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, projects, type TaskRow, tasks } from '../tables.ts';
import type { ProjectFrame } from './frame.ts';

const tasksById = visibleById(tasks, 'task:read');

/** A task, if there is one that the actor may know of. */
export function readTask(context: Context, id: string): Promise<TaskRow | undefined> {
  return context.load(tasksById, id);
}

export const taskRefs = externalRefsOf(externalRefs, 'Task');

/** Batch: what projects set for their tasks, for guards. */
export async function framesOf(context: Context, projectIds: readonly string[]): Promise<Map<string, ProjectFrame>> {
  const rows = await context.unconfined
    .select({ id: projects.id, status: projects.status, startDate: projects.startDate, endDate: projects.endDate })
    .from(projects)
    .where(inArray(projects.id, [...projectIds]));
  return new Map(rows.map(({ id, ...frame }) => [id, frame]));
}

export const taskList: List<typeof tasks, TaskFilter, TaskOrderField> = {
  table: tasks,
  read: 'task:read',
  orders: { NAME: tasks.name, CREATED_AT: tasks.createdAt, UPDATED_AT: tasks.updatedAt },
  defaultOrder: { field: 'NAME', direction: 'ASC' },
  filter: (filter) => [
    changedSince(tasks, filter.updatedSince),
    wordIn(tasks.status, filter.statuses),
    filter.nameContains ? ilike(tasks.name, containing(filter.nameContains)) : undefined,
    idIn(tasks.customerId, filter.customerIds),
    idIn(tasks.projectId, filter.projectIds),
    typeof filter.billable === 'boolean' ? eq(tasks.billable, filter.billable) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Task', id: tasks.id }, filter.externalRefs),
  ],
};

export const tasksOfProject = childList(taskList, tasks.projectId);
