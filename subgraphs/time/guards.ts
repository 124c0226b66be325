import type { ProjectReference, TaskReference } from '#engagements/published.ts';
import type { FiscalPeriodReference } from '#finance/published.ts';
import { type Actor, may } from '#kernel/actor.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { addDays, type CalendarDate, weekdayOf, within } from '#kernel/period.ts';
import type { AssignmentReference, EmployeeReference } from '#resources/published.ts';

/** The days that a piece of work covers: a work date, or the week of a timesheet. */
export type Days = { from: CalendarDate; to: CalendarDate };

/** What was loaded around work that somebody records: time or an expense. */
export type WorkSubject = {
  days: Days;
  taskId: string | null;
  project: Omit<ProjectReference, 'contractId' | 'managerId'> & { managerId?: string | null };
  task: TaskReference | undefined;
  employee: Pick<EmployeeReference, 'name' | 'laborCategories' | 'hiredOn' | 'terminatedOn'> & { managerId?: string | null };
  /** The employee's confirmed assignments to the project. */
  assignments: readonly Omit<AssignmentReference, 'assignmentId'>[];
};

/** A subject may leave out what an action does not look at; a guard that misses it has found a bug, never a yes. */
function needed<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`a guard needs the ${what}`);
  return value;
}

type Recorded = Partial<WorkSubject>;

type Dates = { from?: CalendarDate | null; to?: CalendarDate | null };

function overlaps(days: Days, dates: Dates): boolean {
  return (!dates.from || dates.from <= days.to) && (!dates.to || days.from <= dates.to);
}

function written(dates: Dates): string {
  return `${dates.from ?? 'the beginning'} to ${dates.to ?? 'the end'}`;
}

export function projectActive(subject: Recorded): string | undefined {
  const project = needed(subject.project, 'project');
  return project.status === 'ACTIVE' ? undefined : `The project ${project.name} is ${project.status}; work is recorded for ACTIVE projects only.`;
}

export function withinProjectDates(subject: Recorded): string | undefined {
  const [project, days] = [needed(subject.project, 'project'), needed(subject.days, 'days')];
  const dates = { from: project.startDate, to: project.endDate };
  return overlaps(days, dates) ? undefined : `${days.from} is outside the project's dates, ${written(dates)}.`;
}

export function taskOpen({ task, ...subject }: Recorded): string | undefined {
  if (!task) return undefined;
  const days = needed(subject.days, 'days');
  if (task.status !== 'NOT_STARTED' && task.status !== 'IN_PROGRESS') return `The task ${task.name} is ${task.status}.`;
  const dates = { from: task.startDate, to: task.endDate };
  return overlaps(days, dates) ? undefined : `${days.from} is outside the task's dates, ${written(dates)}.`;
}

/** An assignment to a task serves that task and work that names no task. */
export function assigned({ taskId = null, ...subject }: Recorded): string | undefined {
  const [project, assignments, days] = [needed(subject.project, 'project'), needed(subject.assignments, 'assignments'), needed(subject.days, 'days')];
  if (project.selfAssign) return undefined;
  const serves = assignments.some((each) => overlaps(days, each) && (each.taskId === null || taskId === null || each.taskId === taskId));
  return serves
    ? undefined
    : `The employee has no confirmed assignment to ${project.name} on ${days.from}, and the project does not let people assign themselves.`;
}

export function employedOnWorkDate(subject: Recorded): string | undefined {
  const [employee, days] = [needed(subject.employee, 'employee'), needed(subject.days, 'days')];
  if (employee.terminatedOn && employee.terminatedOn < days.from) return `${employee.name} left on ${employee.terminatedOn}, before ${days.from}.`;
  return days.to < employee.hiredOn ? `${employee.name} begins on ${employee.hiredOn}, after ${days.to}.` : undefined;
}

/** Days and the day of now, which is UTC's. */
type Ahead = Partial<Pick<WorkSubject, 'days'>> & { today?: CalendarDate };

/** Days by which an approval may run ahead of UTC's calendar: somewhere the next day has begun. */
const approvalTolerance = 1;

/** Whoever leaves on Thursday submits Friday's plan with the rest: up to the end of the present week. */
export function notAheadOfWeek(subject: Ahead): string | undefined {
  const [days, today] = [needed(subject.days, 'days'), needed(subject.today, 'day of now')];
  const last = isoWeek(today).to;
  return days.from <= last ? undefined : `${days.from} is in the future. Work is submitted up to the end of the present week, ${last}.`;
}

/** What is approved is priced and billed: it has been done, or is being done. */
export function notInFuture(subject: Ahead): string | undefined {
  const [days, today] = [needed(subject.days, 'days'), needed(subject.today, 'day of now')];
  return days.from <= addDays(today, approvalTolerance) ? undefined : `${days.from} is in the future. Approve it from that day on.`;
}

/** Monday to Sunday (ISO 8601) around a date. */
export function isoWeek(date: CalendarDate): Days {
  const weekday = weekdayOf(date);
  return { from: addDays(date, -weekday), to: addDays(date, 6 - weekday) };
}

const dayLimit = 24n * 3600n;
const weekLimit = 7n * dayLimit;

/** Seconds of the person, this entry included. */
export type Totals = { day: bigint; week: bigint };

export function withinDailyLimit(subject: { totals?: Totals }): string | undefined {
  const totals = needed(subject.totals, 'totals');
  return totals.day <= dayLimit ? undefined : `The person would have ${hoursOfSeconds(totals.day)} hours on that day; 24 are possible.`;
}

export function withinWeeklyLimit(subject: { totals?: Totals }): string | undefined {
  const totals = needed(subject.totals, 'totals');
  return totals.week <= weekLimit ? undefined : `The person would have ${hoursOfSeconds(totals.week)} hours in that week; 168 are possible.`;
}

/** Work dates with the fiscal periods of their legal entity. No period, no calendar: nothing stands against it. */
export type PeriodSubject = { work: readonly { workDate: CalendarDate; periods: readonly Omit<FiscalPeriodReference, 'id'>[] }[] };

export function periodOpen({ work }: Partial<PeriodSubject>): string | undefined {
  for (const { workDate, periods } of needed(work, 'fiscal periods')) {
    const period = periods.find((each) => within(workDate, each));
    if (period && period.status !== 'OPEN') return `The fiscal period ${period.name} with ${workDate} is ${period.status}.`;
  }
  return undefined;
}

/** Who decides: the employee whom an integration names, or the person who acts. Neither may be the owner. */
export type DecisionSubject = { employeeId: string; approverId: string | undefined };

/** Who decides is the employee's manager or the project's. Where neither is known, or a firm's own rules were asked elsewhere, anybody but the owner. */
export function approverHasReason({ approverId, ...subject }: Recorded & Pick<DecisionSubject, 'approverId'>, actor: Actor): string | undefined {
  if (approverId === undefined || may(actor, 'approval:override')) return undefined;
  const [employee, project] = [needed(subject.employee, 'employee'), needed(subject.project, 'project')];
  const deciders = [employee.managerId, project.managerId].filter((each) => each !== null && each !== undefined);
  if (deciders.length === 0 || deciders.includes(approverId)) return undefined;
  const who = [
    ...(employee.managerId ? [`the manager of ${employee.name}`] : []),
    ...(project.managerId ? [`the manager of the project ${project.name}`] : []),
  ];
  return `What ${employee.name} did on ${project.name} is decided by ${who.join(' or ')}.`;
}

export function approverIsNotOwner({ employeeId, approverId }: DecisionSubject, actor: Actor): string | undefined {
  return approverId === employeeId || actor.employeeId === employeeId ? 'Nobody decides on their own time or expenses.' : undefined;
}

/** The invoice that finance has taken work onto; its number once it is posted. */
export type Taken = { invoiceId: string; number: string | null };

export function notOnInvoice(subject: { taken?: Taken | null }): string | undefined {
  const taken = needed(subject.taken, 'invoice that it stands on');
  if (!taken) return undefined;
  return taken.number
    ? `It is billed on the invoice ${taken.number}. Credit the invoice first.`
    : `It stands on the draft invoice ${taken.invoiceId}. Cancel the invoice first.`;
}

type Owned = { employeeId: string };

function ownedBy(area: 'time' | 'expense', { employeeId }: Owned, actor: Actor): string | undefined {
  if (actor.employeeId === employeeId || may(actor, `${area}:delegate`)) return undefined;
  if (!actor.employeeId) return `This token speaks for no employee, so nothing is its own. Take one that names an employee, or one with ${area}:delegate.`;
  return `It belongs to another employee. Acting for others needs the permission ${area}:delegate.`;
}

/** Time is its owner's to record, submit and take back, or of whoever may act for others. */
export function ownTime(subject: Owned, actor: Actor): string | undefined {
  return ownedBy('time', subject, actor);
}

/** The same for expenses. */
export function ownExpense(subject: Owned, actor: Actor): string | undefined {
  return ownedBy('expense', subject, actor);
}

/** For what is no action of a machine. */
export function demandOwn(guard: typeof ownTime, subject: Owned, actor: Actor): void {
  const why = guard(subject, actor);
  if (why) throw new Refused('GUARD_REFUSED', why, { guard: guard.name });
}
