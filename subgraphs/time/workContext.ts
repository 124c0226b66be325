import { references as engagements, type ProjectReference, type TaskReference } from '#engagements/published.ts';
import { type FiscalCalendarReference, type FiscalPeriodReference, references as finance } from '#finance/published.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { isConfined, sees } from '#kernel/visibility.ts';
import { type EmployeeAssignmentsReference, type EmployeeReference, references as resources } from '#resources/published.ts';
import type { Days, PeriodSubject, WorkSubject } from './guards.ts';

/** Who worked where. */
export type Work = { employeeId: string; projectId: string; taskId: string | null };

/** What the siblings say about a batch of work. */
export type WorkContext = {
  employees: ReadonlyMap<string, EmployeeReference>;
  projects: ReadonlyMap<string, ProjectReference>;
  tasks: ReadonlyMap<string, TaskReference>;
  assignments: ReadonlyMap<string, EmployeeAssignmentsReference>;
  calendars: FiscalCalendars;
};

export type FiscalCalendars = ReadonlyMap<string, FiscalCalendarReference>;

function ids(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter(isId);
}

/** Five statements, however much work it is. */
export async function loadWorkContext(db: Db, work: readonly Work[]): Promise<WorkContext> {
  const people = ids(work.map((each) => each.employeeId));
  const [employees, projects, tasks, assignments] = await Promise.all([
    references(db, resources.Employee, people),
    references(db, engagements.Project, ids(work.map((each) => each.projectId))),
    references(db, engagements.Task, ids(work.map((each) => each.taskId))),
    references(db, resources.EmployeeAssignments, people),
  ]);
  const calendars = await loadFiscalCalendars(
    db,
    [...projects.values()].map((project) => project.legalEntityId),
  );
  return { employees, projects, tasks, assignments, calendars };
}

/** The fiscal calendars of legal entities. */
export function loadFiscalCalendars(db: Db, legalEntityIds: readonly (string | null)[]): Promise<FiscalCalendars> {
  return references(db, finance.FiscalCalendar, ids(legalEntityIds));
}

/** The fiscal periods of a legal entity; none when it published no calendar. */
export function periodsOf(calendars: FiscalCalendars, legalEntityId: string | null): readonly FiscalPeriodReference[] {
  return (legalEntityId && calendars.get(legalEntityId)?.periods) || [];
}

/** What the period guard judges of rows. */
export function periodSubject(calendars: FiscalCalendars, rows: readonly { workDate: CalendarDate; legalEntityId: string | null }[]): PeriodSubject {
  return { work: rows.map(({ workDate, legalEntityId }) => ({ workDate, periods: periodsOf(calendars, legalEntityId) })) };
}

type PlacedWork = Work & { workDate: CalendarDate; days: Days };

/** What the guards of recording judge; refuses what does not exist or what the actor may not know of. */
export function workSubject(context: WorkContext, { work, actor }: { work: PlacedWork; actor: Actor }): WorkSubject & PeriodSubject {
  const employee = context.employees.get(work.employeeId);
  if (!employee) throw notFound('Employee', work.employeeId, 'employeeId');
  const project = context.projects.get(work.projectId);
  if (!project || !sees(actor, project)) throw notFound('Project', work.projectId, 'projectId');
  const task = work.taskId === null ? undefined : context.tasks.get(work.taskId);
  if (work.taskId !== null && !task) throw notFound('Task', work.taskId, 'taskId');
  // Whose task it is, is for those who see every customer's.
  if (task && task.projectId !== work.projectId && isConfined(actor)) throw notFound('Task', work.taskId ?? '', 'taskId');
  if (task && task.projectId !== work.projectId) throw new Refused('VALIDATION_FAILED', `The task ${task.name} is of another project.`, { field: 'taskId' });
  const assignments = (context.assignments.get(work.employeeId)?.assignments ?? []).filter((each) => each.projectId === work.projectId);
  const { work: periods } = periodSubject(context.calendars, [{ workDate: work.workDate, legalEntityId: project.legalEntityId }]);
  return { days: work.days, taskId: work.taskId, project, task, employee, assignments, work: periods };
}

/** What the project and the task say about billing when the caller says nothing. */
export function billableByDefault({
  project,
  task,
}: {
  project: Pick<ProjectReference, 'billable'>;
  task: Pick<TaskReference, 'billable'> | undefined;
}): boolean {
  return project.billable && (task?.billable ?? true);
}
