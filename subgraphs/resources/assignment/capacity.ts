import type { CalendarDate } from '#kernel/period.ts';

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

/** The smallest range that holds all of them; undefined when there are none. */
export function spanOf(ranges: readonly { startDate: CalendarDate; endDate: CalendarDate }[]): { startDate: CalendarDate; endDate: CalendarDate } | undefined {
  const startDate = ranges.map((range) => range.startDate).sort()[0];
  const endDate = ranges
    .map((range) => range.endDate)
    .sort()
    .at(-1);
  return startDate && endDate ? { startDate, endDate } : undefined;
}
