import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { isCalendarDate } from './period.ts';
import { type PgColumn, type SQL, sql } from './sql.ts';

/** A keyset: the columns that order a list, ending in the id, so that no two rows are equal. */
export type Cursor = { name: string; columns: readonly [PgColumn, PgColumn]; ascending: boolean };

type Place = { value: string; id: string };

/** Opaque to clients: the list's order and the last row's place in it. */
export function writeCursor(name: string, [value, id]: readonly [unknown, unknown]): string {
  const text = value instanceof Date ? value.toISOString() : String(value);
  return Buffer.from(JSON.stringify([name, text, id])).toString('base64url');
}

/** Refuses what is no cursor, and a cursor of another order: it would silently skip rows. */
export function readCursor(name: string, cursor: string): Place {
  const parts = parse(cursor);
  if (!parts) throw noCursor();
  const [madeFor, value, id] = parts;
  if (madeFor !== name)
    throw new Refused('VALIDATION_FAILED', `The cursor was made for the order ${madeFor}, not ${name}. Start again without it.`, { field: 'after' });
  return { value, id };
}

function parse(cursor: string): [string, string, string] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [name, value, id] = parts as unknown[];
    return typeof name === 'string' && typeof value === 'string' && isId(id) ? [name, value, id] : undefined;
  } catch {
    return undefined;
  }
}

/** One row comparison, so that a two-column index answers it. */
export function keysetAfter(cursor: Cursor, place: Place): SQL {
  const [column, id] = cursor.columns;
  if (!fits(column, place.value)) throw noCursor();
  const compare = sql.raw(cursor.ascending ? '>' : '<');
  return sql`(${column}, ${id}) ${compare} (${place.value}, ${place.id})`;
}

/** True when the database can read the text as a value of the column. */
function fits(column: PgColumn, value: string): boolean {
  const type = column.getSQLType();
  if (type === 'date') return isCalendarDate(value);
  if (type.startsWith('timestamp')) return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
  if (type === 'bigint' || type === 'integer') return /^-?\d{1,19}$/.test(value) && BigInt.asIntN(type === 'bigint' ? 64 : 32, BigInt(value)) === BigInt(value);
  return !value.includes('\0');
}

function noCursor(): Refused {
  return new Refused('VALIDATION_FAILED', 'That is no cursor of this list. Take endCursor or startCursor from a page of it.', { field: 'after' });
}
