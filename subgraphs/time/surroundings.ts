import { type Actor, seesCustomer } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import type { Days, PeriodSubject, WorkSubject } from './guards.ts';
import type { AssignmentsReference, EmployeeReference, FiscalCalendarReference, FiscalPeriodReference, ProjectReference, TaskReference } from './siblings.ts';

/** Who worked where. */
export type Work = { employeeId: string; projectId: string; taskId: string | null };

/** What the siblings say about a batch of work. */
export type Surroundings = {
  employees: ReadonlyMap<string, EmployeeReference>;
  projects: ReadonlyMap<string, ProjectReference>;
  tasks: ReadonlyMap<string, TaskReference>;
  assignments: ReadonlyMap<string, AssignmentsReference>;
  calendars: ReadonlyMap<string, FiscalCalendarReference>;
};

function ids(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter(isId);
}

/** Five statements, however much work it is. */
export async function surroundingsOf(db: Db, work: readonly Work[]): Promise<Surroundings> {
  const people = ids(work.map((each) => each.employeeId));
  const [employees, projects, tasks, assignments] = await Promise.all([
    references<EmployeeReference>(db, 'Employee', people),
    references<ProjectReference>(db, 'Project', ids(work.map((each) => each.projectId))),
    references<TaskReference>(db, 'Task', ids(work.map((each) => each.taskId))),
    references<AssignmentsReference>(db, 'EmployeeAssignments', people),
  ]);
  const calendars = await fiscalCalendars(
    db,
    [...projects.values()].map((project) => project.legalEntityId),
  );
  return { employees, projects, tasks, assignments, calendars };
}

/** The fiscal calendars of legal entities. */
export function fiscalCalendars(db: Db, legalEntityIds: readonly (string | null)[]): Promise<Map<string, FiscalCalendarReference>> {
  return references<FiscalCalendarReference>(db, 'FiscalCalendar', ids(legalEntityIds));
}

/** The fiscal periods of a legal entity; none when it published no calendar. */
export function periodsOf(calendars: ReadonlyMap<string, FiscalCalendarReference>, legalEntityId: string | null): readonly FiscalPeriodReference[] {
  return (legalEntityId && calendars.get(legalEntityId)?.periods) || [];
}

type Placed = Work & { workDate: CalendarDate; days: Days };

/** What the guards of recording judge; refuses what does not exist or what the actor may not know of. */
export function judged(known: Surroundings, { work, actor }: { work: Placed; actor: Actor }): WorkSubject & PeriodSubject {
  const employee = known.employees.get(work.employeeId);
  if (!employee) throw notFound('Employee', work.employeeId, 'employeeId');
  const project = known.projects.get(work.projectId);
  if (!project || !seesCustomer(actor, project.customerId)) throw notFound('Project', work.projectId, 'projectId');
  const task = work.taskId === null ? undefined : known.tasks.get(work.taskId);
  if (work.taskId !== null && !task) throw notFound('Task', work.taskId, 'taskId');
  if (task && task.projectId !== work.projectId) throw new Refused('VALIDATION_FAILED', `The task ${task.name} is of another project.`, { field: 'taskId' });
  const assignments = (known.assignments.get(work.employeeId)?.assignments ?? []).filter((each) => each.projectId === work.projectId);
  const periods = periodsOf(known.calendars, project.legalEntityId);
  return { days: work.days, taskId: work.taskId, project, task, employee, assignments, work: [{ workDate: work.workDate, periods }] };
}

/** For actions whose guards do not look around: nothing stands against them there. */
export const unjudged: WorkSubject & PeriodSubject & { totals: { day: bigint; week: bigint } } = {
  days: { from: '0001-01-01', to: '9999-12-31' },
  taskId: null,
  project: {
    customerId: '',
    engagementId: '',
    legalEntityId: null,
    name: '',
    status: 'ACTIVE',
    billable: true,
    startDate: null,
    endDate: null,
    selfAssign: true,
  },
  task: undefined,
  employee: { name: '', weeklySeconds: 0, laborCategories: [], hiredOn: null, terminatedOn: null },
  assignments: [],
  work: [],
  totals: { day: 0n, week: 0n },
};

/** What the project and the task say about billing when the caller says nothing. */
export function billableByDefault({ project, task }: { project: ProjectReference; task: TaskReference | undefined }): boolean {
  return project.billable && (task?.billable ?? true);
}
