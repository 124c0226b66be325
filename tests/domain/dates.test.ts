import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isId, newId } from '#kernel/ids.ts';
import { addDays, dateOf, daysBetween, effectiveOn, effectiveOrFirst, isCalendarDate, mondayOf, weekdayOf, within } from '#kernel/period.ts';

const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map(dateOf);

describe('calendar dates', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', '', 'today', 5, null])('refuse %j', (value) => {
    expect(isCalendarDate(value)).toBe(false);
  });

  test('take a leap day in a leap year', () => expect(isCalendarDate('2028-02-29')).toBe(true));

  test('count days there and back, over any daylight saving', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        const to = addDays(from, days);
        expect(isCalendarDate(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(days);
        expect(to > from).toBe(days > 0);
      }),
    );
  });

  test('stand in a week that begins on a Monday', () => {
    expect(['0001-01-01', '1969-12-29', '2026-11-22', '2026-11-26'].map(weekdayOf)).toEqual([0, 0, 6, 3]);
    fc.assert(
      fc.property(day, (date) => {
        const monday = mondayOf(date);
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect(daysBetween(monday, date)).toBe(weekdayOf(date));
      }),
    );
  });

  test('lie within bounds, an absent bound being open', () => {
    expect(within('2026-03-01', {})).toBe(true);
    expect(within('2026-03-01', { from: '2026-03-01', to: '2026-03-01' })).toBe(true);
    expect(within('2026-03-01', { from: '2026-03-02' })).toBe(false);
    expect(within('2026-03-01', { from: null, to: '2026-02-28' })).toBe(false);
  });
});

describe('what was effective on a day', () => {
  const rows = [{ effectiveFrom: '2026-01-01' }, { effectiveFrom: '2026-03-01', effectiveTo: '2026-03-31' }, { effectiveFrom: '2025-01-01' }];

  test.each([
    ['2024-12-31', undefined],
    ['2025-06-01', '2025-01-01'],
    ['2026-02-28', '2026-01-01'],
    ['2026-03-15', '2026-03-01'],
    ['2026-04-01', '2026-01-01'],
  ])('%s: the one from %s', (date, from) => expect(effectiveOn(rows, date)?.effectiveFrom).toBe(from));

  test('is the latest start that is not after it', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 8 }), day, (starts, on) => {
        const found = effectiveOn(
          starts.map((effectiveFrom) => ({ effectiveFrom })),
          on,
        )?.effectiveFrom;
        const expected = starts
          .filter((start) => start <= on)
          .sort()
          .at(-1);
        expect(found).toBe(expected);
      }),
    );
  });
});

describe('what was effective on a day, or is the beginning of it all', () => {
  const versions = [
    { effectiveFrom: '2026-01-01', effectiveTo: '2025-12-31' },
    { effectiveFrom: '2026-01-01', effectiveTo: '2026-02-28' },
    { effectiveFrom: '2026-03-01', effectiveTo: null },
  ];
  test.each([
    ['1999-01-01', 1],
    ['2025-12-31', 1],
    ['2026-01-01', 1],
    ['2026-02-28', 1],
    ['2026-03-01', 2],
    ['2999-12-31', 2],
  ])('on %s it is the one at place %i; one that was replaced whole is none', (date, place) => expect(effectiveOrFirst(versions, date)).toBe(versions[place]));

  test('after the last end there is none, nor among none', () => {
    expect(effectiveOrFirst(versions.slice(0, 2), '2026-03-01')).toBeUndefined();
    expect(effectiveOrFirst(versions.slice(0, 1), '2026-01-01')).toBeUndefined();
    expect(effectiveOrFirst([], '2026-01-01')).toBeUndefined();
  });
});

describe('ids', () => {
  test('are UUIDv7, never equal, and sort by when they were made', () => {
    const ids = Array.from({ length: 2000 }, (_, index) => newId(1_700_000_000_000 + index));
    expect(new Set(ids).size).toBe(2000);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids.slice(0, 50)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('of one millisecond sort by when they were made, and say that millisecond', () => {
    const moments = [1_700_000_000_000, 1_699_999_999_999, 1_700_000_000_001, 0, 2 ** 47];
    for (const moment of moments) {
      const ids = Array.from({ length: 5_000 }, () => newId(moment));
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of [ids[0], ids.at(-1)]) expect(Number.parseInt(id?.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(moment);
    }
  });

  test('by the clock sort too, and two clocks that take turns make no equal ones', () => {
    const ids = Array.from({ length: 5_000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
    const turns = Array.from({ length: 5_000 }, (_, index) => newId(1_700_000_000_000 + (index % 2)));
    expect(new Set(turns).size).toBe(turns.length);
    expect(ids.concat(turns).filter((id) => !isId(id) || id[14] !== '7' || !/[89ab]/.test(id[19] ?? ''))).toEqual([]);
  });

  test.each(['', 'x', '01900000-0000-7000-8000-00000000000', "'; drop table", 7, undefined])('are not %j', (value) => expect(isId(value)).toBe(false));
});
