import type { Batch } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { showSeconds } from '#kernel/duration.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import { type AssignmentRow, employees } from '../tables.ts';
import { capacityOf, freeOf, type Week, type WorkCalendar } from './calendar.ts';
import { bookedOf, type Calendared, calendarsOf } from './load.ts';

/** When somebody works, and for what. */
export type Workload = { calendar: WorkCalendar; booked: AssignmentRow[]; tentative: AssignmentRow[] };

/** What employees work in a range, and for what: four statements, however many they are. */
export async function workloadsOf(db: Db, people: readonly Calendared[], range: { from: CalendarDate; to: CalendarDate }): Promise<Map<string, Workload>> {
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
  return workloadsOf(db, [...(await rowsById(db, employees, ids)).values()], { from, to });
};

type Shown = Record<`${'capacity' | 'holiday' | 'absence' | 'booked' | 'tentative' | 'free'}${'Hours' | 'Duration'}`, string>;
export type CapacityWeek = { weekStart: CalendarDate } & Shown;

/** A week as the contract shows it. */
export function showWeek(week: Week): CapacityWeek {
  return {
    weekStart: week.weekStart,
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
