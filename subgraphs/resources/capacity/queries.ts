import type { Batch } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { showSeconds } from '#kernel/duration.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import { type AssignmentRow, employees } from '../tables.ts';
import { capacityOf, freeOf, overAllocated, type Week, type WorkCalendar, weeksAround } from './calendar.ts';
import { bookedOf, type Calendared, calendarsOf } from './load.ts';

/** When somebody works, and for what. */
export type Workload = { calendar: WorkCalendar; booked: AssignmentRow[]; tentative: AssignmentRow[] };

/** What employees work in a range, and for what: four statements, however many they are. */
export async function workloadsOf(
  db: Db,
  people: readonly Calendared[],
  range: { startDate: CalendarDate; endDate: CalendarDate },
): Promise<Map<string, Workload>> {
  const [calendars, bookings] = await Promise.all([
    calendarsOf(db, people, range),
    bookedOf(
      db,
      people.map(({ id }) => id),
      range,
    ),
  ]);
  return new Map(
    [...calendars].map(([id, calendar]) => {
      const own = Map.groupBy(bookings.get(id) ?? [], ({ status }) => status);
      return [id, { calendar, booked: own.get('CONFIRMED') ?? [], tentative: own.get('TENTATIVE') ?? [] }];
    }),
  );
}

/** Batch: the same of employees, for a range as text. */
export const workloadBatch: Batch<Workload> = async ({ db }, ids, range) => {
  const [from = '', to = ''] = range.split(' ');
  return workloadsOf(db, [...(await rowsById(db, employees, ids)).values()], { startDate: from, endDate: to });
};

type Shown = Record<`${'capacity' | 'holiday' | 'absence' | 'booked' | 'tentative' | 'free'}${'Hours' | 'Duration'}`, string>;
export type CapacityWeek = { startDate: CalendarDate } & Shown;

/** A week as the contract shows it. */
export function showWeek(week: Week): CapacityWeek {
  return {
    startDate: week.weekStart,
    ...showSeconds('capacityHours', capacityOf(week)),
    ...showSeconds('holidayHours', week.holiday),
    ...showSeconds('absenceHours', week.absent),
    ...showSeconds('bookedHours', week.booked),
    ...showSeconds('tentativeHours', week.tentative),
    ...showSeconds('freeHours', freeOf(week)),
  };
}

/** Booked time in percent of the capacity, rounded half up; null where there is none. */
export function utilizationOf(weeks: readonly Week[]): number | null {
  const capacity = weeks.reduce((sum, week) => sum + capacityOf(week), 0n);
  const booked = weeks.reduce((sum, week) => sum + week.booked, 0n);
  return capacity === 0n ? null : Number((booked * 200n + capacity) / (2n * capacity));
}

/** Somebody whose confirmed work exceeds what is left of coming weeks. */
export type OverAllocation = { employeeId: string; name: string; legalEntityId: string | null; weeks: Week[] };

/** Days ahead that are looked at. */
const horizon = 1096;

/** Of employees, those who are over-allocated from a day on. */
export async function overAllocationsOf(db: Db, employeeIds: readonly string[], today: CalendarDate): Promise<OverAllocation[]> {
  const people = [...(await rowsById(db, employees, employeeIds)).values()].filter(({ status }) => status !== 'TERMINATED');
  const loads = await workloadsOf(db, people, weeksAround({ startDate: today, endDate: addDays(today, horizon) }));
  return people.flatMap(({ id, name, legalEntityId }) => {
    const { calendar, booked } = loads.get(id) ?? { booked: [] };
    const last = booked
      .map(({ endDate }) => endDate)
      .sort()
      .at(-1);
    if (!calendar || !last || last < today) return [];
    const [until = last] = [last, addDays(today, horizon)].toSorted();
    const weeks = overAllocated(calendar, weeksAround({ startDate: today, endDate: until }), booked);
    return weeks.length > 0 ? [{ employeeId: id, name, legalEntityId, weeks }] : [];
  });
}

/** Hours that are booked in a week, and those that are there; and by how many seconds all weeks together exceed. */
export function excessIn(weeks: readonly Week[]): { first: { weekStart: CalendarDate; booked: string; capacity: string } | undefined; seconds: bigint } {
  const [first] = weeks;
  return {
    first: first && { weekStart: first.weekStart, booked: hoursOfSeconds(first.booked), capacity: hoursOfSeconds(capacityOf(first)) },
    seconds: weeks.reduce((sum, week) => sum - freeOf(week), 0n),
  };
}
