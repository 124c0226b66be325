import { Refused } from './errors.ts';

type Told = { system: string; externalId: string; version?: string | null | undefined };

/** Refuses a version that is older than the one that was taken; where one of them is not told, nothing can be compared. */
export function demandNotOlder({ system, externalId, version }: Told, taken: string | null | undefined): void {
  if (typeof version !== 'string' || typeof taken !== 'string' || compareVersions(version, taken) >= 0) return;
  throw stale(`${system} ${externalId} was taken in version ${taken} already; version ${version} is older.`);
}

/** Refuses other content under the version that was taken. */
export function demandSameContent({ system, externalId, version }: Told, taken: string | null | undefined): void {
  if (typeof version !== 'string' || typeof taken !== 'string' || compareVersions(version, taken) !== 0) return;
  throw stale(`${system} ${externalId} was taken in version ${version} already, and is not what this says: it was changed since, or the version was not.`);
}

function stale(message: string): Refused {
  return new Refused('STALE_SOURCE_VERSION', message, { field: 'externalRef.version' });
}

const number = /^[+-]?\d+(\.\d+)?$/;
const timestamp = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Below 0 where `a` is older than `b`: as exact numbers where both are, as instants where both are timestamps, otherwise as text, by code units. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.trim(), b.trim()];
  if (number.test(left) && number.test(right)) return sign(scaled(left, digitsAfter(right)), scaled(right, digitsAfter(left)));
  const [before, after] = [nanosecondsOf(left), nanosecondsOf(right)];
  return before !== undefined && after !== undefined ? sign(before, after) : sign(left, right);
}

function sign<Value extends string | bigint>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function digitsAfter(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** A number as a whole one, with at least so many digits after the point. */
function scaled(text: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('+', '').split('.');
  return BigInt(`${whole}${fraction.padEnd(Math.max(digits, fraction.length), '0')}`);
}

/** A timestamp to the nanosecond; one without an offset is UTC. Undefined for what is none. */
function nanosecondsOf(text: string): bigint | undefined {
  const [matched, day, minute = '00:00', second = '00', fraction = '', offset = 'Z'] = timestamp.exec(text) ?? [];
  if (!matched) return undefined;
  const zone = /^[+-]\d{2}$/.test(offset) ? `${offset}:00` : offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase();
  const milliseconds = Date.parse(`${day}T${minute}:${second}${zone}`);
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
