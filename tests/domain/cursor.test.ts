import { bigint, date, integer, PgDialect, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cursor, keysetAfter, readCursor, writeCursor } from '#kernel/cursor.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';

const rows = pgSchema('probe').table('row', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  day: date('day').notNull(),
  at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  minor: bigint('minor', { mode: 'bigint' }).notNull(),
  place: integer('place').notNull(),
});
const id = newId();
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const refusedOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return `${error.code} ${error.field}`;
  }
};
const keyset = (column: keyof typeof rows.$inferSelect, value: string, ascending = true) => {
  const cursor: Cursor = { name: 'X ASC', columns: [rows[column], rows.id], ascending };
  return new PgDialect().sqlToQuery(keysetAfter(cursor, { value, id }));
};

describe('a cursor of a list', () => {
  test('comes back with the place that it was made for, whatever the value', () => {
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.bigInt(), fc.date({ noInvalidDate: true }), fc.integer());
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z_]{1,12} (ASC|DESC)$/), values, (name, value) => {
        const expected = value instanceof Date ? value.toISOString() : String(value);
        const place = readCursor(name, writeCursor(name, [value, id]));
        expect(place).toEqual({ value: Buffer.from(expected).toString(), id });
      }),
    );
  });

  test('has no character that an address would have to escape', () => {
    fc.assert(fc.property(fc.string(), (value) => void expect(writeCursor('NAME ASC', [value, id])).toMatch(/^[\w-]+$/)));
  });

  test('is refused by another order: it would silently pass rows over', () => {
    const cursor = writeCursor('NAME ASC', ['x', id]);
    expect(refusedOf(() => readCursor('NAME DESC', cursor))).toBe('VALIDATION_FAILED after');
    expect(() => readCursor('CREATED_AT ASC', cursor)).toThrow('made for the order NAME ASC, not CREATED_AT ASC');
  });

  test.each([
    ['no base64', '***'],
    ['no JSON', Buffer.from('x').toString('base64url')],
    ['nothing', ''],
    ['an object', encoded({ 0: 'NAME ASC', 1: 'x', 2: id, length: 3 })],
    ['too few parts', encoded(['NAME ASC', 'x'])],
    ['too many parts', encoded(['NAME ASC', 'x', id, id])],
    ['a number for a value', encoded(['NAME ASC', 7, id])],
    ['no id', encoded(['NAME ASC', 'x', 'y'])],
    ['null for an id', encoded(['NAME ASC', 'x', null])],
  ])('is not %s', (_, cursor) => expect(refusedOf(() => readCursor('NAME ASC', cursor))).toBe('VALIDATION_FAILED after'));

  test('of any made-up text is refused, never a fault', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json().map(encoded)), (text) => void refusedOf(() => readCursor('NAME ASC', text))));
  });
});

describe('a place in a list', () => {
  test('is one comparison of value and id, in the way of the list', () => {
    expect(keyset('name', 'x')).toMatchObject({ sql: '("probe"."row"."name", "probe"."row"."id") > ($1, $2)', params: ['x', id] });
    expect(keyset('name', 'x', false).sql).toContain(') < (');
  });

  test.each([
    ['day', ['2026-02-28', '0001-01-01', '9999-12-31'], ['tomorrow', '2026-02-30', '2026-02-28T00:00:00Z', '', 'infinity', '0000-01-01']],
    ['at', ['2026-02-28T09:00:00.000Z'], ['2026-02-28', 'now', '2026-02-28T09:00:00', '2026-99-28T09:00:00.000Z', 'infinity', '']],
    [
      'minor',
      ['0', '-1', '9223372036854775807', '-9223372036854775808'],
      ['9223372036854775808', '-9223372036854775809', '1.5', '', ' 1', 'x', '99999999999999999999'],
    ],
    ['place', ['0', '-1', '2147483647', '-2147483648'], ['2147483648', '-2147483649', '1e3', '']],
    ['name', ['', "'; drop table", '\u{1f600}', 'infinity'], ['a\0b']],
  ] as const)('by %s takes %j and nothing that the database could not read', (column, good, bad) => {
    for (const value of good) expect(keyset(column, value).params).toEqual([value, id]);
    for (const value of bad)
      expect(
        refusedOf(() => keyset(column, value)),
        value,
      ).toBe('VALIDATION_FAILED after');
  });
});
