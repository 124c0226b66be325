import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { and, eq, gte, inArray, lte } from '#kernel/sql.ts';
import { assignments } from '../tables.ts';

/** A stretch of days with the seconds per week that it takes. */
export type Booking = { startDate: CalendarDate; endDate: CalendarDate; weeklySeconds: bigint };

/** The most seconds per week that bookings take together on any day of a range. Load rises only where a booking begins. */
export function peakLoad(bookings: readonly Booking[], range: { startDate: CalendarDate; endDate: CalendarDate }): bigint {
  const days = [
    range.startDate,
    ...bookings.map(({ startDate }) => startDate).filter((startDate) => startDate > range.startDate && startDate <= range.endDate),
  ];
  let peak = 0n;
  for (const day of days) {
    const load = bookings.reduce((sum, booking) => (booking.startDate <= day && day <= booking.endDate ? sum + booking.weeklySeconds : sum), 0n);
    if (load > peak) peak = load;
  }
  return peak;
}

/** Seconds per week by which one more booking would exceed the capacity; 0 or less is within. */
export function excessOf(capacity: bigint, others: readonly Booking[], wanted: Booking): bigint {
  return peakLoad(others, wanted) + wanted.weeklySeconds - capacity;
}

export type Booked = Booking & { id: string };

/** The confirmed assignments of employees that touch a range, in one statement. */
export async function bookingsOf(
  db: Db,
  employeeIds: readonly string[],
  range: { startDate: CalendarDate; endDate: CalendarDate },
): Promise<Map<string, Booked[]>> {
  const found = new Map<string, Booked[]>(employeeIds.map((id) => [id, []]));
  if (found.size === 0) return found;
  const { id, employeeId, startDate, endDate, weeklySeconds, status } = assignments;
  const touching = and(inArray(employeeId, [...found.keys()]), eq(status, 'CONFIRMED'), lte(startDate, range.endDate), gte(endDate, range.startDate));
  const rows = await db.select({ id, employeeId, startDate, endDate, weeklySeconds }).from(assignments).where(touching);
  for (const { employeeId: owner, ...booking } of rows) found.get(owner)?.push(booking);
  return found;
}

/** The smallest range that holds all of them; undefined when there are none. */
export function spanOf(ranges: readonly { startDate: CalendarDate; endDate: CalendarDate }[]): { startDate: CalendarDate; endDate: CalendarDate } | undefined {
  const startDate = ranges.map((range) => range.startDate).sort()[0];
  const endDate = ranges
    .map((range) => range.endDate)
    .sort()
    .at(-1);
  return startDate && endDate ? { startDate, endDate } : undefined;
}
