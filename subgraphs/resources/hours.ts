import { type GivenTime, missingTime, readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';

const week = 168n * 3600n;
const key = 'weeklyHours';

/** Time per week of an input as seconds, above 0 and at most the whole week; undefined when it says nothing of it. */
export function weeklySecondsGiven(input: GivenTime): bigint | undefined {
  const seconds = readSeconds(input, key);
  if (seconds === undefined) {
    const field = [key, 'weeklyDuration'].find((each) => input[each] === null);
    if (field) throw new Refused('VALIDATION_FAILED', `${field} cannot be cleared.`, { field });
    return undefined;
  }
  if (seconds > 0n && seconds <= week) return seconds;
  throw new Refused('VALIDATION_FAILED', 'Time per week must be above 0 and at most 168 hours.', { field: timeField(input, key) });
}

/** The same of an input that must say it. */
export function weeklySecondsOf(input: GivenTime): bigint {
  const seconds = weeklySecondsGiven(input);
  if (seconds === undefined) throw missingTime(key);
  return seconds;
}

/** Refuses days that run backwards. */
export function checkTerm({ startDate, endDate }: { startDate: CalendarDate; endDate: CalendarDate }): void {
  if (endDate < startDate) throw new Refused('VALIDATION_FAILED', `The last day ${endDate} is before the first day ${startDate}.`, { field: 'endDate' });
}
