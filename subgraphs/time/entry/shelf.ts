import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { addDays, type CalendarDate, daysBetween } from '#kernel/period.ts';
import { notFound } from '#kernel/rows.ts';
import type { Days } from '../guards.ts';
import { lockCreation, lockSheets, newSheet, type Sheet, type Stretch, sheetsOverlapping } from '../timesheet/sheet.ts';

/** The timesheets that a batch of time may go into: locked ones, and those that it opens. */
export type Shelf = { sheets: Map<string, Sheet>; byEmployee: Map<string, Sheet[]> };

type Time = { timesheetId?: string | undefined; employeeId: string; workDate: CalendarDate; span: 'DAY' | 'WEEK' };

/** Monday to Sunday (ISO 8601) around a date; 1970-01-05 was a Monday. */
export function isoWeek(date: CalendarDate): Days {
  const weekday = ((daysBetween('1970-01-05', date) % 7) + 7) % 7;
  return { from: addDays(date, -weekday), to: addDays(date, 6 - weekday) };
}

/** Finds and locks the timesheets: three statements, and two more when some have to be opened. */
export async function findSheets(scope: Scope, wanted: readonly Time[]): Promise<Shelf> {
  const stretches = stretchesOf(wanted.filter((each) => !each.timesheetId));
  let found = await sheetsOverlapping(scope, stretches);
  const lacking = stretches.filter(
    ({ employeeId, from, to }) => !found.some((row) => row.employeeId === employeeId && row.periodStart <= to && from <= row.periodEnd),
  );
  if (lacking.length > 0) {
    await lockCreation(scope, 'timesheet', [...new Set(lacking.map((stretch) => stretch.employeeId))]);
    found = await sheetsOverlapping(scope, stretches);
  }
  const sheets = await lockSheets(scope, [...found.map((row) => row.id), ...wanted.flatMap((each) => each.timesheetId ?? [])]);
  return { sheets, byEmployee: Map.groupBy(sheets.values(), (sheet) => sheet.row.employeeId) };
}

/** Puts timesheets on the shelf that are not there yet: those that known entries stand in, when they are to move. */
export async function addSheets(scope: Scope, shelf: Shelf, ids: readonly string[]): Promise<void> {
  const missing = ids.filter((id) => !shelf.sheets.has(id));
  for (const [id, sheet] of await lockSheets(scope, missing)) {
    shelf.sheets.set(id, sheet);
    const { employeeId } = sheet.row;
    shelf.byEmployee.set(employeeId, [...(shelf.byEmployee.get(employeeId) ?? []), sheet]);
  }
}

function stretchesOf(wanted: readonly Time[]): Stretch[] {
  const weeks = wanted.map(({ employeeId, workDate }) => ({ employeeId, ...isoWeek(workDate) }));
  return [...new Map(weeks.map((week) => [`${week.employeeId} ${week.from}`, week])).values()];
}

/** The timesheet that time goes into, and the days that the time covers. */
export function sheetFor(scope: Scope, shelf: Shelf, time: Time): { sheet: Sheet; days: Days } {
  const sheet = time.timesheetId ? named(shelf, time.timesheetId, time) : (covering(shelf, time) ?? open(scope, shelf, time));
  const { periodStart, periodEnd } = sheet.row;
  return { sheet, days: time.span === 'WEEK' ? { from: periodStart, to: periodEnd } : { from: time.workDate, to: time.workDate } };
}

function covers({ row }: Sheet, date: CalendarDate): boolean {
  return row.periodStart <= date && date <= row.periodEnd;
}

function named(shelf: Shelf, id: string, time: Time): Sheet {
  const sheet = shelf.sheets.get(id);
  if (!sheet) throw notFound('Timesheet', id, 'timesheetId');
  if (sheet.row.employeeId !== time.employeeId) throw new Refused('VALIDATION_FAILED', 'The timesheet is of another employee.', { field: 'timesheetId' });
  if (!covers(sheet, time.workDate)) {
    throw new Refused('VALIDATION_FAILED', `The timesheet is for ${sheet.row.periodStart} to ${sheet.row.periodEnd}; ${time.workDate} is outside.`, {
      field: 'workDate',
    });
  }
  return sheet;
}

function covering(shelf: Shelf, time: Time): Sheet | undefined {
  return shelf.byEmployee.get(time.employeeId)?.find((sheet) => covers(sheet, time.workDate));
}

/** Opens the ISO week; it exists once an entry of it is accepted. */
function open(scope: Scope, shelf: Shelf, { employeeId, workDate }: Time): Sheet {
  const { from, to } = isoWeek(workDate);
  const own = shelf.byEmployee.get(employeeId) ?? [];
  const other = own.find(({ row }) => row.periodStart <= to && from <= row.periodEnd);
  if (other) {
    const why = `No timesheet covers ${workDate}, and one for ${other.row.periodStart} to ${other.row.periodEnd} is in the way of the week. Create one with createTimesheets.`;
    throw new Refused('GUARD_REFUSED', why, { field: 'workDate', guard: 'periodsDoNotOverlap' });
  }
  const sheet = newSheet(scope, { employeeId, periodStart: from, periodEnd: to });
  shelf.byEmployee.set(employeeId, [...own, sheet]);
  shelf.sheets.set(sheet.row.id, sheet);
  return sheet;
}
