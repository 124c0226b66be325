import { references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import { type CalendarDate, dateOf, effectiveOn } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { type EmployeeReference, references as resources } from '#resources/published.ts';
import type { Days, PeriodSubject, WorkSubject } from './guards.ts';
import type { TimesheetEntryRow, TimesheetRow } from './tables.ts';
import { type FiscalCalendars, loadFiscalCalendars, periodSubject } from './workContext.ts';

/** What submission and decision judge of work that was recorded before, as it is now. */
export type Around = { employees: ReadonlyMap<string, EmployeeReference>; projects: ReadonlyMap<string, ProjectReference>; calendars: FiscalCalendars };

type Recorded = { employeeId: string; projectId: string; legalEntityId: string | null; workDate: CalendarDate };

/** Three statements, however much work it is. */
export async function loadAround(scope: Scope, rows: readonly Recorded[]): Promise<Around> {
  const ids = (of: (row: Recorded) => string) => [...new Set(rows.map(of))];
  return {
    employees: await references(
      scope.tx,
      resources.Employee,
      ids((row) => row.employeeId),
    ),
    projects: await references(
      scope.tx,
      engagements.Project,
      ids((row) => row.projectId),
    ),
    calendars: await loadFiscalCalendars(
      scope.tx,
      rows.map((row) => row.legalEntityId),
    ),
  };
}

type Judged = Pick<WorkSubject, 'days' | 'employee' | 'project'> & PeriodSubject & { today: CalendarDate };

/** For the guards of submission and decision. */
export function aroundOf({ employees, projects, calendars }: Around, row: Recorded, { days, now }: { days: Days; now: Date }): Judged {
  const [employee, project] = [employees.get(row.employeeId), projects.get(row.projectId)];
  if (!employee) throw notFound('Employee', row.employeeId, 'employeeId');
  if (!project) throw notFound('Project', row.projectId, 'projectId');
  return { days, employee, project, today: dateOf(now), ...periodSubject(calendars, [row]) };
}

/** The days that an entry covers in its timesheet. */
export function daysOf(entry: Pick<TimesheetEntryRow, 'span' | 'workDate'>, sheet: Pick<TimesheetRow, 'startDate' | 'endDate'>): Days {
  return entry.span === 'WEEK' ? { from: sheet.startDate, to: sheet.endDate } : { from: entry.workDate, to: entry.workDate };
}

/** The category by which an entry is priced: what the employee has on the work date now, unless the entry says its own. A repair stands where HR says nothing. */
export function categoryNow(entry: TimesheetEntryRow, employee: Pick<EmployeeReference, 'laborCategories'> | undefined): string | null {
  if (entry.laborCategorySource === 'ENTRY' || !employee) return entry.laborCategoryId;
  return effectiveOn(employee.laborCategories, entry.workDate)?.laborCategoryId ?? entry.laborCategoryId;
}
