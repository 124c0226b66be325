import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { and, eq, gte, inArray, lte } from '#kernel/sql.ts';
import { assignments } from '../tables.ts';

/** A stretch of days with the seconds per week that it takes. */
export type Booking = { from: CalendarDate; to: CalendarDate; weeklySeconds: bigint };

/** The most seconds per week that bookings take together on any day of a range. Load rises only where a booking begins. */
export function peakLoad(bookings: readonly Booking[], range: { from: CalendarDate; to: CalendarDate }): bigint {
  const days = [range.from, ...bookings.map(({ from }) => from).filter((from) => from > range.from && from <= range.to)];
  let peak = 0n;
  for (const day of days) {
    const load = bookings.reduce((sum, booking) => (booking.from <= day && day <= booking.to ? sum + booking.weeklySeconds : sum), 0n);
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
export async function bookingsOf(db: Db, employeeIds: readonly string[], range: { from: CalendarDate; to: CalendarDate }): Promise<Map<string, Booked[]>> {
  const found = new Map<string, Booked[]>(employeeIds.map((id) => [id, []]));
  if (found.size === 0) return found;
  const { id, employeeId, from, to, weeklySeconds, status } = assignments;
  const touching = and(inArray(employeeId, [...found.keys()]), eq(status, 'CONFIRMED'), lte(from, range.to), gte(to, range.from));
  const rows = await db.select({ id, employeeId, from, to, weeklySeconds }).from(assignments).where(touching);
  for (const { employeeId: owner, ...booking } of rows) found.get(owner)?.push(booking);
  return found;
}

/** The smallest range that holds all of them; undefined when there are none. */
export function spanOf(ranges: readonly { from: CalendarDate; to: CalendarDate }[]): { from: CalendarDate; to: CalendarDate } | undefined {
  const from = ranges.map((range) => range.from).sort()[0];
  const to = ranges
    .map((range) => range.to)
    .sort()
    .at(-1);
  return from && to ? { from, to } : undefined;
}
