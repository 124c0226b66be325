import { Refused } from '#kernel/errors.ts';
import { given } from '#kernel/input.ts';

/** The fields that the caller gave, ids in the lower case in which the database has them. */
export function normalized<Fields extends Record<string, unknown>>(fields: Fields): ReturnType<typeof given<Fields>> {
  const lower = Object.entries(fields).flatMap(([name, value]) => (name.endsWith('Id') && typeof value === 'string' ? [[name, value.toLowerCase()]] : []));
  return given({ ...fields, ...Object.fromEntries(lower) });
}

/** `startDate` is not after `endDate`, where both are there. */
export function checkDates(row: { startDate?: unknown; endDate?: unknown }): void {
  if (typeof row.startDate === 'string' && typeof row.endDate === 'string' && row.startDate > row.endDate) {
    throw new Refused('VALIDATION_FAILED', `endDate ${row.endDate} is before startDate ${row.startDate}.`, { field: 'endDate' });
  }
}
