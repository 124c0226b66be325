import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { among, wordIn } from '#kernel/read.ts';
import { and, asc, gte, lte } from '#kernel/sql.ts';
import { type AssignmentRow, absences, assignments, type EmployeeRow, type EmployeeWorkWeekRow, employeeWorkWeeks, holidays } from '../tables.ts';
import type { TimeOff, WorkCalendar } from './calendar.ts';

type Days = { startDate: CalendarDate; endDate: CalendarDate };
/** Whose calendar it is. */
export type Calendared = Pick<EmployeeRow, 'id' | 'weeklySeconds' | 'legalEntityId'>;

/** The calendars of employees, in three statements; time off and holidays of a range, where one is given. */
export async function calendarsOf(db: Db, employees: Iterable<Calendared>, range?: Days): Promise<Map<string, WorkCalendar>> {
  const people = [...employees];
  if (people.length === 0) return new Map();
  const ids = people.map(({ id }) => id);
  const [weeks, timeOff, days] = await Promise.all([workWeeksOf(db, ids), timeOffOf(db, ids, range), holidaysOf(db, range)]);
  const firm = new Map(people.map(({ legalEntityId }) => [legalEntityId, days(legalEntityId)]));
  return new Map(
    people.map(({ id, weeklySeconds, legalEntityId }) => [
      id,
      { weeklySeconds, weeks: weeks.get(id) ?? [], holidays: firm.get(legalEntityId) ?? new Set(), timeOff: timeOff.get(id) ?? [] },
    ]),
  );
}

/** The work weeks of employees, each list by first day. */
export async function workWeeksOf(db: Db, employeeIds: readonly string[]): Promise<Map<string, EmployeeWorkWeekRow[]>> {
  if (employeeIds.length === 0) return new Map();
  const { employeeId, effectiveFrom } = employeeWorkWeeks;
  const rows = await db.select().from(employeeWorkWeeks).where(among(employeeId, employeeIds)).orderBy(asc(employeeId), asc(effectiveFrom));
  return Map.groupBy(rows, (row) => row.employeeId);
}

async function timeOffOf(db: Db, employeeIds: readonly string[], range: Days | undefined): Promise<Map<string, TimeOff[]>> {
  const { employeeId, status, startDate, endDate, dailySeconds } = absences;
  const touching = range && and(lte(startDate, range.endDate), gte(endDate, range.startDate));
  const rows = await db
    .select({ employeeId, startDate, endDate, dailySeconds })
    .from(absences)
    .where(and(among(employeeId, employeeIds), wordIn(status, ['APPROVED']), touching));
  return Map.groupBy(rows, (row) => row.employeeId);
}

async function holidaysOf(db: Db, range: Days | undefined): Promise<(legalEntityId: string | null) => Set<CalendarDate>> {
  const touching = range && and(lte(holidays.date, range.endDate), gte(holidays.date, range.startDate));
  const rows = await db.select({ date: holidays.date, legalEntityId: holidays.legalEntityId }).from(holidays).where(and(holidays.active, touching));
  return (employer) => new Set(rows.filter(({ legalEntityId }) => legalEntityId === null || legalEntityId === employer).map(({ date }) => date));
}

/** What employees are booked for in a range, confirmed or tentative, in one statement. */
export async function bookedOf(db: Db, employeeIds: readonly string[], range: Days): Promise<Map<string, AssignmentRow[]>> {
  if (employeeIds.length === 0) return new Map();
  const { employeeId, status, startDate, endDate } = assignments;
  const touching = and(lte(startDate, range.endDate), gte(endDate, range.startDate));
  const rows = await db
    .select()
    .from(assignments)
    .where(and(among(employeeId, employeeIds), wordIn(status, ['CONFIRMED', 'TENTATIVE']), touching));
  return Map.groupBy(rows, (row) => row.employeeId);
}
