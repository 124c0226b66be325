import { references as engagements, type ProjectReference, type TaskReference } from '#engagements/published.ts';
import type { Context, Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { absorbRows, type Decision, rowsIn } from '#kernel/draft.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { findByExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { addDays, type CalendarDate, dateOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { lockReferences, references } from '#kernel/reference.ts';
import { lockRows, rowsById } from '#kernel/rows.ts';
import { and, gte, inArray, lte, or } from '#kernel/sql.ts';
import { type WorkCalendar, weeksAround } from '../capacity/calendar.ts';
import { calendarsOf } from '../capacity/load.ts';
import { type AssignmentRow, assignment, assignments, type EmployeeRow, employees, externalRefs } from '../tables.ts';
import { spanOf } from './capacity.ts';

/** Where and when somebody works or is to work. */
type Placement = { employeeId: string; projectId: string; startDate: CalendarDate; endDate: CalendarDate };

/** What the guards of assignments judge beside the assignments themselves. */
export type Related = {
  employees: ReadonlyMap<string, EmployeeRow>;
  /** When they work. */
  calendars: ReadonlyMap<string, WorkCalendar>;
  projects: ReadonlyMap<string, ProjectReference>;
  /** Confirmed assignments by employee; for commands also what has ended lately. */
  confirmed: Map<string, AssignmentRow[]>;
};

/** What commands judge by. Employees are locked, so that two confirmations of one employee stand in line. */
export type LoadedAssignments = Related & {
  rows: Map<string, AssignmentRow>;
  tasks: ReadonlyMap<string, TaskReference>;
  byRef: ReadonlyMap<string, string>;
  /** Employees whose assignments the call changes. */
  touched: Set<string>;
};

type Wanted = {
  ids?: readonly string[];
  refs?: readonly ExternalRefInput[];
  placements?: readonly Placement[];
  taskIds?: readonly (string | null | undefined)[];
};

/** Locks employees, then projects, then assignments, each in the order of ids: the same everywhere. */
export async function loadAssignments(scope: Scope, { ids = [], refs = [], placements = [], taskIds = [] }: Wanted): Promise<LoadedAssignments> {
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: assignment.name, refs });
  const wanted = [...ids, ...byRef.values()].filter(isId);
  // Read before any lock: whose employee is to be locked first. That never changes, nor does the project.
  const seen = wanted.length === 0 ? [] : await scope.tx.select().from(assignments).where(inArray(assignments.id, wanted));
  const placed = [...placements, ...seen];
  const locked = await lockRows(
    scope,
    employees,
    placed.map(({ employeeId }) => employeeId),
  );
  const projects = await lockReferences(scope, engagements.Project, placed.map(({ projectId }) => projectId).filter(isId));
  const tasks = await references(scope.tx, engagements.Task, taskIds.filter(isId));
  const confirmed = await confirmedOf(scope.tx, [...locked.keys()], { endedSince: addDays(dateOf(scope.now), -memory) });
  const calendars = await calendarsOf(scope.tx, locked.values());
  return { employees: locked, calendars, projects, tasks, confirmed, byRef, touched: new Set(), rows: await lockRows(scope, assignments, wanted) };
}

/** Days for which siblings keep knowing of an ended assignment: time for its days may be written late. */
export const memory = 400;

/** The assignments of employees that take capacity, and those that ended lately; or the former within a span only. */
export async function confirmedOf(
  db: Db,
  employeeIds: readonly string[],
  { endedSince, span }: { endedSince?: CalendarDate; span?: { startDate: CalendarDate; endDate: CalendarDate } },
): Promise<Map<string, AssignmentRow[]>> {
  const found = new Map<string, AssignmentRow[]>(employeeIds.map((id) => [id, []]));
  if (found.size === 0) return found;
  const { employeeId, status, startDate, endDate } = assignments;
  const rows = await db
    .select()
    .from(assignments)
    .where(
      and(
        inArray(employeeId, [...found.keys()]),
        or(wordIn(status, ['CONFIRMED']), endedSince ? and(wordIn(status, ['ENDED']), gte(endDate, endedSince)) : undefined),
        span ? and(lte(startDate, span.endDate), gte(endDate, span.startDate)) : undefined,
      ),
    );
  for (const row of rows) found.get(row.employeeId)?.push(row);
  return found;
}

/** Lets later items of the call see the capacity that this one takes or gives back. */
export function absorbAssignments(loaded: Pick<LoadedAssignments, 'rows' | 'confirmed' | 'touched'>, decision: Decision): void {
  absorbRows(loaded.rows, decision, assignment);
  for (const { row } of rowsIn(decision, assignment)) if (row) absorbConfirmed(loaded, row);
}

export function absorbConfirmed({ confirmed, touched }: Pick<LoadedAssignments, 'confirmed' | 'touched'>, row: AssignmentRow): void {
  const others = (confirmed.get(row.employeeId) ?? []).filter(({ id }) => id !== row.id);
  confirmed.set(row.employeeId, row.status === 'CONFIRMED' || row.status === 'ENDED' ? [...others, row] : others);
  touched.add(row.employeeId);
}

/** The key of what is related to an assignment. */
export function placementKey({ employeeId, projectId, startDate, endDate }: AssignmentRow): string {
  return [employeeId, projectId, startDate, endDate].join(' ');
}

/** Batch by `placementKey`: the same for readers, without locks, in six statements for a page. */
export async function relatedOf(context: Context, keys: readonly string[]): Promise<Map<string, Related>> {
  const placements = keys.map((key): Placement => {
    const [employeeId = '', projectId = '', startDate = '', endDate = ''] = key.split(' ');
    return { employeeId, projectId, startDate, endDate };
  });
  const asked = spanOf(placements);
  const span = asked && weeksAround(asked);
  const owners = placements.map(({ employeeId }) => employeeId);
  const [found, projects, confirmed] = await Promise.all([
    rowsById(context.unconfined, employees, owners),
    references(
      context.unconfined,
      engagements.Project,
      placements.map(({ projectId }) => projectId),
    ),
    confirmedOf(context.unconfined, owners, span ? { span } : {}),
  ]);
  const calendars = await calendarsOf(context.unconfined, found.values(), span);
  return new Map(keys.map((key) => [key, { employees: found, calendars, projects, confirmed }]));
}
