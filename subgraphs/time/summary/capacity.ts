import { divideRounded } from '#kernel/decimal.ts';
import { type CalendarDate, daysBetween } from '#kernel/period.ts';
import type { EmployeeReference } from '#resources/published.ts';

type Employed = Pick<EmployeeReference, 'weeklySeconds' | 'hiredOn' | 'terminatedOn'>;

/** Weekly seconds spread over Monday to Friday, from hire to termination. */
export function capacitySeconds({ weeklySeconds, hiredOn, terminatedOn }: Employed, range: { from: CalendarDate; to: CalendarDate }): bigint {
  const from = hiredOn > range.from ? hiredOn : range.from;
  const to = terminatedOn && terminatedOn < range.to ? terminatedOn : range.to;
  return from > to ? 0n : divideRounded(BigInt(weeklySeconds) * BigInt(weekdays(from, to)), 5n, 'HALF_UP');
}

/** Mondays to Fridays from one day to another, both included. */
export function weekdays(from: CalendarDate, to: CalendarDate): number {
  return before(daysBetween(monday, to) + 1) - before(daysBetween(monday, from));
}

const monday = '1970-01-05';

/** Weekdays among so many days from a Monday on; negative backwards. */
function before(days: number): number {
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}
