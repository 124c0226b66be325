import { inArray } from 'drizzle-orm';
import { references as engagements, type ProjectReference, type TaskReference } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { lockReferences, references } from '#kernel/reference.ts';
import { lockRows } from '#kernel/rows.ts';
import { type AssignmentRow, assignments, type EmployeeRow, employees } from '../tables.ts';
import { type Booked, bookingsOf, spanOf } from './capacity.ts';
import type { Surroundings } from './draft.ts';

type Wanted = { employeeId: string; projectId: string; taskId?: string | null | undefined; from: CalendarDate; to: CalendarDate };

/** All that assignments are judged by, locked, so that two confirmations of one employee stand in line. */
export type World = {
  employees: ReadonlyMap<string, EmployeeRow>;
  projects: ReadonlyMap<string, ProjectReference>;
  tasks: ReadonlyMap<string, TaskReference>;
  /** Confirmed work by employee; a bulk command adds what it confirms. */
  booked: Map<string, Booked[]>;
};

/** Locks the employees first, in id order, then reads what they are booked for. */
export async function lockWorld(scope: Scope, wanted: readonly Wanted[]): Promise<World> {
  const locked = await lockRows(
    scope,
    employees,
    wanted.map(({ employeeId }) => employeeId),
  );
  const projects = await lockReferences(scope, engagements.Project, wanted.map(({ projectId }) => projectId).filter(isId));
  const tasks = await references(scope.tx, engagements.Task, wanted.map(({ taskId }) => taskId).filter(isId));
  const span = spanOf(wanted);
  const booked = span ? await bookingsOf(scope.tx, [...locked.keys()], span) : new Map<string, Booked[]>();
  return { employees: locked, projects, tasks, booked };
}

/** What one assignment is judged by; undefined when its employee is not there. */
export function aroundOf(world: World, row: Pick<AssignmentRow, 'employeeId' | 'projectId'>): Surroundings | undefined {
  const employee = world.employees.get(row.employeeId);
  return employee && { employee, booked: world.booked.get(row.employeeId) ?? [], projectStatus: world.projects.get(row.projectId)?.status ?? 'UNKNOWN' };
}

/** Rows before any lock: whose employee is to be locked first. That never changes, nor does the project. */
export async function peek(scope: Scope, ids: readonly string[]): Promise<AssignmentRow[]> {
  const wanted = ids.filter(isId);
  return wanted.length === 0 ? [] : scope.tx.select().from(assignments).where(inArray(assignments.id, wanted));
}
