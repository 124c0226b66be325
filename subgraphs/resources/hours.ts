import { secondsOfHours } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';

const week = 168n * 3600n;

/** Reads hours per week as seconds; above 0, at most the whole week. */
export function weeklySecondsOf(hours: string): bigint {
  const seconds = secondsOfHours(hours);
  if (seconds !== undefined && seconds > 0n && seconds <= week) return seconds;
  throw new Refused('VALIDATION_FAILED', 'weeklyHours must be above 0, at most 168, and a whole number of seconds.', { field: 'weeklyHours' });
}
