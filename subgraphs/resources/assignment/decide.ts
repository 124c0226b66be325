import type { Actor } from '#kernel/actor.ts';
import type { DecisionContext, Values } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { excessOf } from '../capacity/calendar.ts';
import { checkTerm, weeklySecondsOf } from '../hours.ts';
import type { AssignmentRow, assignments } from '../tables.ts';
import type { LoadedAssignments, Related } from './load.ts';
import { type AssignmentSubject, assignmentMachine, projectOpen, withinCapacity, withinEmployment } from './machine.ts';

type AssignmentFields = Pick<AssignmentRow, 'id' | 'employeeId' | 'projectId' | 'status' | 'startDate' | 'endDate' | 'weeklySeconds' | 'overbookReason'>;

/** What is asked of an assignment beside its columns. */
type Asked = { endedOn?: CalendarDate | null | undefined; overbookReason?: string | null | undefined };

/** An assignment as its machine judges it. */
export function subjectOf(
  { employees, calendars, projects, confirmed }: Related,
  row: AssignmentFields,
  { endedOn, overbookReason }: Asked = {},
): AssignmentSubject {
  const employee = employees.get(row.employeeId);
  const calendar = calendars.get(row.employeeId);
  if (!employee || !calendar) throw notFound('Employee', row.employeeId, 'employeeId');
  const others = (confirmed.get(row.employeeId) ?? []).filter(({ id, status }) => id !== row.id && status === 'CONFIRMED');
  const projectStatus = projects.get(row.projectId)?.status ?? 'UNKNOWN';
  const { status, startDate, endDate } = row;
  const excess = excessOf(calendar, others, row);
  return { status, startDate, endDate, employee, projectStatus, excess, overbookReason: overbookReason ?? undefined, endedOn: endedOn ?? undefined };
}

export type Proposal = {
  employeeId: string;
  projectId: string;
  taskId?: string | null | undefined;
  startDate: CalendarDate;
  endDate: CalendarDate;
  weeklyHours?: string | null | undefined;
  weeklyDuration?: string | null | undefined;
};

/** The columns of a new proposal; throws when it points to nothing. */
export function proposed(loaded: LoadedAssignments, input: Proposal, context: DecisionContext): Values<typeof assignments> & AssignmentFields {
  const { employeeId, projectId, taskId = null, startDate, endDate } = input;
  const project = loaded.projects.get(projectId);
  if (!loaded.employees.has(employeeId)) throw notFound('Employee', employeeId, 'employeeId');
  if (!project || !sees(context.actor, project)) throw notFound('Project', projectId, 'projectId');
  checkTask(loaded, projectId, taskId);
  checkTerm(input);
  const { customerId, engagementId, legalEntityId } = project;
  const { status } = begin(assignmentMachine);
  const weeklySeconds = weeklySecondsOf(input);
  return {
    id: context.newId(),
    status,
    employeeId,
    projectId,
    taskId,
    customerId,
    engagementId,
    legalEntityId,
    startDate,
    endDate,
    weeklySeconds,
    overbookReason: null,
    plannedEndDate: null,
  };
}

/** Refuses a task that is unknown or belongs to another project. */
export function checkTask({ tasks }: LoadedAssignments, projectId: string, taskId: string | null | undefined): void {
  if (taskId && tasks.get(taskId)?.projectId !== projectId) throw notFound('Task of this project', taskId, 'taskId');
}

/** A last day that somebody plans anew is no longer one that was cut short. */
export function endingOn(before: AssignmentRow, endDate: CalendarDate | null | undefined): { endDate?: CalendarDate; plannedEndDate?: null } {
  return endDate && endDate !== before.endDate ? { endDate, plannedEndDate: null } : {};
}

/** True when a change asks for days or hours that were not asked for before. */
export function widens(before: AssignmentRow, wanted: Pick<AssignmentRow, 'startDate' | 'endDate' | 'weeklySeconds'>): boolean {
  return wanted.startDate < before.startDate || wanted.endDate > before.endDate || wanted.weeklySeconds > before.weeklySeconds;
}

/** Why somebody over-books, as it is kept: only where it exceeds the capacity. */
export function keptReason({ status, excess, overbookReason }: AssignmentSubject): string | undefined {
  return status === 'CONFIRMED' && excess > 0n ? overbookReason : undefined;
}

/** Reads why somebody over-books. */
export function reasonOf({ overbookReason }: { overbookReason?: string | null | undefined }): string | undefined {
  return overbookReason ? checkLines('overbookReason', overbookReason, 1000) : undefined;
}

/** Refuses changes of what is over, and days or hours that a confirmed assignment could not have been given. */
export function checkChange(related: Related, { row, overbookReason }: { row: AssignmentRow; overbookReason: string | undefined }, actor: Actor): void {
  if (row.status === 'ENDED' || row.status === 'CANCELLED') {
    throw new Refused('INVALID_TRANSITION', `Assignment is ${row.status}; it cannot be changed any more.`, { field: 'status' });
  }
  if (row.status !== 'CONFIRMED') return;
  const subject = subjectOf(related, row, { overbookReason });
  for (const guard of [projectOpen, withinEmployment, withinCapacity]) {
    const why = guard(subject, actor);
    if (why) throw new Refused('GUARD_REFUSED', why, { guard: guard.name });
  }
}
