import type { RecordTimeEntryItem, UpdateTimeEntryInput } from '#generated/time.ts';
import type { Meant } from '#kernel/byReference.ts';
import { type GivenTime, missingTime, readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { checkRef, type ExternalRefInput } from '#kernel/external.ts';
import { checkLines, given } from '#kernel/input.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { isoWeek } from '../guards.ts';
import type { LaborCategorySource, TimesheetEntryRow } from '../tables.ts';

/** An item, whoever named what it points to. */
export type TimeItem = Meant<RecordTimeEntryItem, 'employee' | 'project', 'task' | 'laborCategory'>;

/** Time as somebody wants it recorded; undefined where nothing is said. */
export type Wanted = {
  ref?: ExternalRefInput | undefined;
  entryId?: string | undefined;
  expectedVersion?: number | null | undefined;
  timesheetId?: string | undefined;
  employeeId: string;
  projectId: string;
  taskId: string | null;
  workDate: CalendarDate;
  span: 'DAY' | 'WEEK';
  seconds: bigint;
  notes: string | null;
  billable?: boolean | undefined;
  laborCategoryId?: string | null | undefined;
  source?: LaborCategorySource | undefined;
};

/** What an item of a recording wants. */
export function wantedOf(item: TimeItem): Wanted {
  const { externalRef, timesheetId, laborCategorySource, ...rest } = item;
  // Refuses days at the end of the calendar, whose week has no dates.
  isoWeek(rest.workDate);
  if (externalRef) checkRef(externalRef);
  return {
    ref: externalRef ?? undefined,
    timesheetId: timesheetId ?? undefined,
    employeeId: rest.employeeId,
    projectId: rest.projectId,
    taskId: rest.taskId ?? null,
    workDate: rest.workDate,
    span: rest.span ?? 'DAY',
    seconds: demandTime(item),
    notes: readNotes(rest.notes),
    billable: rest.billable ?? undefined,
    laborCategoryId: rest.laborCategoryId ?? undefined,
    source: laborCategorySource ?? 'EMPLOYEE',
  };
}

/** What an update wants of an entry; what it does not say stays. */
export function wantedFrom(entry: TimesheetEntryRow, input: UpdateTimeEntryInput): Wanted {
  const moves = input.projectId && input.projectId !== entry.projectId;
  return {
    entryId: entry.id,
    employeeId: entry.employeeId,
    projectId: input.projectId ?? entry.projectId,
    taskId: input.taskId === undefined ? (moves ? null : entry.taskId) : input.taskId,
    workDate: input.workDate ?? entry.workDate,
    span: input.span ?? entry.span,
    seconds: timeOf(input) ?? entry.seconds,
    notes: input.notes === undefined ? entry.notes : readNotes(input.notes),
    billable: input.billable ?? undefined,
    laborCategoryId: input.laborCategoryId,
  };
}

/** The time of an input in seconds, more than none; undefined when it says nothing of it. */
function timeOf(input: GivenTime): bigint | undefined {
  const seconds = readSeconds(input);
  if (seconds !== undefined && seconds <= 0n) throw new Refused('VALIDATION_FAILED', 'Time must be more than 0.', { field: timeField(input) });
  return seconds;
}

function demandTime(input: GivenTime): bigint {
  const seconds = timeOf(input);
  if (seconds === undefined) throw missingTime();
  return seconds;
}

/** Notes of an input; blank ones are none. */
export function readNotes(notes: string | null | undefined): string | null {
  return notes?.trim() ? checkLines('notes', notes, 4000) : null;
}

/** What the caller does not say is no difference: a repaired labor category stays when the source is read again. */
export function isSame(entry: TimesheetEntryRow, wanted: Wanted): boolean {
  const { timesheetId, employeeId, projectId, taskId, workDate, span, seconds, notes, billable, laborCategoryId } = wanted;
  const said: Partial<TimesheetEntryRow> = given({ timesheetId, employeeId, projectId, taskId, workDate, span, seconds, notes, billable, laborCategoryId });
  const now: Record<string, unknown> = entry;
  return Object.entries(said).every(([name, value]) => now[name] === value);
}
