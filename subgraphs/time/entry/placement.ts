import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { lockMaking, notFound } from '#kernel/rows.ts';
import { type Days, isoWeek } from '../guards.ts';
import type { TimesheetRow } from '../tables.ts';
import { type LoadedTimesheet, type LoadedTimesheets, lockTimesheets, type Stretch, timesheetsOverlapping } from '../timesheet/load.ts';

type Time = { timesheetId?: string | undefined; employeeId: string; workDate: CalendarDate; span: 'DAY' | 'WEEK' };

/** Finds and locks the timesheets that time may go into: three statements, and two more when some have to be opened. */
export async function findTimesheets(scope: Scope, wanted: readonly Time[]): Promise<LoadedTimesheets> {
  const stretches = stretchesOf(wanted.filter((each) => !each.timesheetId));
  let found = await timesheetsOverlapping(scope, stretches);
  const lacking = stretches.filter(
    ({ employeeId, from, to }) => !found.some((row) => row.employeeId === employeeId && row.startDate <= to && from <= row.endDate),
  );
  if (lacking.length > 0) {
    await lockMaking(
      scope,
      lacking.map(({ employeeId }) => ({ kind: 'time.timesheet', id: employeeId })),
    );
    found = await timesheetsOverlapping(scope, stretches);
  }
  return lockTimesheets(scope, [...found.map((row) => row.id), ...wanted.flatMap((each) => each.timesheetId ?? [])]);
}

function stretchesOf(wanted: readonly Time[]): Stretch[] {
  const weeks = wanted.map(({ employeeId, workDate }) => ({ employeeId, ...isoWeek(workDate) }));
  return [...new Map(weeks.map((week) => [`${week.employeeId} ${week.from}`, week])).values()];
}

/** The timesheet that time goes into, or the week to open for it. */
export type Place = { sheet: LoadedTimesheet; opens: undefined } | { sheet: undefined; opens: Days };

export function placeOf(loaded: LoadedTimesheets, time: Time): Place {
  const sheet = time.timesheetId ? named(loaded, time.timesheetId, time) : covering(loaded, time);
  return sheet ? { sheet, opens: undefined } : { sheet, opens: weekToOpen(loaded, time) };
}

/** The days that time covers in its place. */
export function daysIn({ sheet, opens }: Place, time: Time): Days {
  if (time.span === 'DAY') return { from: time.workDate, to: time.workDate };
  return sheet ? { from: sheet.row.startDate, to: sheet.row.endDate } : opens;
}

function covers(row: TimesheetRow, date: CalendarDate): boolean {
  return row.startDate <= date && date <= row.endDate;
}

function named(loaded: LoadedTimesheets, id: string, time: Time): LoadedTimesheet {
  const sheet = loaded.get(id);
  if (!sheet) throw notFound('Timesheet', id, 'timesheetId');
  const { row } = sheet;
  if (row.employeeId !== time.employeeId) throw new Refused('VALIDATION_FAILED', 'The timesheet is of another employee.', { field: 'timesheetId' });
  if (covers(row, time.workDate)) return sheet;
  throw new Refused('VALIDATION_FAILED', `The timesheet is for ${row.startDate} to ${row.endDate}; ${time.workDate} is outside.`, { field: 'workDate' });
}

function of(loaded: LoadedTimesheets, employeeId: string): LoadedTimesheet[] {
  return [...loaded.values()].filter(({ row }) => row.employeeId === employeeId);
}

function covering(loaded: LoadedTimesheets, { employeeId, workDate }: Time): LoadedTimesheet | undefined {
  return of(loaded, employeeId).find(({ row }) => covers(row, workDate));
}

/** The ISO week, unless a timesheet of other days is in its way. */
function weekToOpen(loaded: LoadedTimesheets, { employeeId, workDate }: Time): Days {
  const { from, to } = isoWeek(workDate);
  const other = of(loaded, employeeId).find(({ row }) => row.startDate <= to && from <= row.endDate);
  if (!other) return { from, to };
  const why = `No timesheet covers ${workDate}, and one for ${other.row.startDate} to ${other.row.endDate} is in the way of the week. Create one with createTimesheets.`;
  throw new Refused('GUARD_REFUSED', why, { field: 'workDate', guard: 'periodsDoNotOverlap' });
}
