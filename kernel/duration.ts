import { hoursOfSeconds, mostSeconds, secondsOfHours } from './decimal.ts';
import { Refused } from './errors.ts';

/** ISO 8601 in hours, minutes and seconds. A day of work has no one length, so days and longer are no part of it. */
const durationText = /^(-?)PT(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,16})S)?$/;

/** Seconds of a duration such as `PT50M`, `PT1H30M` or `-PT2H`; undefined when the text is none, or more than anybody counts. */
export function secondsOfDuration(text: string): bigint | undefined {
  const match = durationText.exec(text);
  if (!match) return undefined;
  const [, sign = '', hours = '0', minutes = '0', rest = '0'] = match;
  const seconds = BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(rest);
  if (seconds > mostSeconds) return undefined;
  return sign ? -seconds : seconds;
}

/** Seconds as the one text of their duration: `PT50M`, `PT37H30M`, `-PT2H`, `PT0S`. Hours count on beyond a day. */
export function durationOfSeconds(seconds: bigint): string {
  const size = seconds < 0n ? -seconds : seconds;
  const parts = [
    [size / 3600n, 'H'],
    [(size / 60n) % 60n, 'M'],
    [size % 60n, 'S'],
  ] as const;
  const text = parts.map(([count, unit]) => (count > 0n ? `${count}${unit}` : '')).join('');
  return `${seconds < 0n ? '-' : ''}PT${text || '0S'}`;
}

/** `duration` for `hours`, `weeklyDuration` for `weeklyHours`: the exact field beside each that shows hours. */
export function durationKey(key: string): string {
  return key === 'hours' ? 'duration' : key.replace(/Hours$/, 'Duration');
}

/** True for the names of fields that hold hours. */
export function isHoursKey(key: string): boolean {
  return key === 'hours' || key.endsWith('Hours');
}

type Shown<Key extends string> = { [Name in Key | DurationOf<Key>]: string };
type DurationOf<Key extends string> = Key extends `${infer What}Hours` ? `${What}Duration` : 'duration';

/** Seconds as both of their fields: `hours` for those who calculate, `duration` for those who must not lose any. */
export function showSeconds<const Key extends string>(key: Key, seconds: bigint): Shown<Key> {
  return { [key]: hoursOfSeconds(seconds), [durationKey(key)]: durationOfSeconds(seconds) } as Shown<Key>;
}

/** The sum of hours by the second: three times 20 minutes are an hour, though three times 0.333333 is less. */
export function sumOfHours(texts: readonly string[]): string {
  const seconds = texts.map((text) => {
    const own = secondsOfHours(text);
    if (own === undefined) throw new RangeError(`${text} hours are no whole number of seconds`);
    return own;
  });
  return hoursOfSeconds(seconds.reduce((sum, own) => sum + own, 0n));
}

/** A time as an input has it: `hours` or `duration`, by the names of its fields. */
export type GivenTime = { readonly [name: string]: unknown };

/** Seconds of the one that is given, by the name of its hours; undefined when neither is. Refuses both, and hours that are no whole seconds. */
export function readSeconds(input: GivenTime, key = 'hours'): bigint | undefined {
  const [hours, duration] = [input[key], input[durationKey(key)]];
  if (typeof hours === 'string' && typeof duration === 'string') {
    throw new Refused('VALIDATION_FAILED', `Give ${key} or ${durationKey(key)}, not both.`, { field: durationKey(key) });
  }
  if (typeof duration === 'string') return demandSeconds(secondsOfDuration(duration), { field: durationKey(key), text: duration });
  return typeof hours === 'string' ? demandSeconds(secondsOfHours(hours), { field: key, text: `${hours} hours` }) : undefined;
}

function demandSeconds(seconds: bigint | undefined, { field, text }: { field: string; text: string }): bigint {
  if (seconds !== undefined) return seconds;
  throw new Refused('VALIDATION_FAILED', `${text} is no whole number of seconds. A duration says any, such as PT50M.`, { field });
}

/** The field that a time was given by, for refusals that are about it. */
export function timeField(input: GivenTime, key = 'hours'): string {
  return typeof input[durationKey(key)] === 'string' ? durationKey(key) : key;
}

/** Refuses an input with neither. */
export function missingTime(key = 'hours'): Refused {
  return new Refused('VALIDATION_FAILED', `Give ${durationKey(key)}, such as PT50M, or ${key}.`, { field: key });
}
