import type { CalendarDate } from '#kernel/period.ts';

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

/** The smallest range that holds all of them; undefined when there are none. */
export function spanOf(ranges: readonly { from: CalendarDate; to: CalendarDate }[]): { from: CalendarDate; to: CalendarDate } | undefined {
  const from = ranges.map((range) => range.from).sort()[0];
  const to = ranges
    .map((range) => range.to)
    .sort()
    .at(-1);
  return from && to ? { from, to } : undefined;
}
