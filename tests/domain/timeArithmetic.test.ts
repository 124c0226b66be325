import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#kernel/period.ts';
import { expenseCategories, policyFor } from '#time/expense/policy.ts';
import { isoWeek } from '#time/guards.ts';
import { capacitySeconds, weekdays } from '#time/summary/capacity.ts';

const date = fc.integer({ min: -40_000, max: 40_000 }).map((days) => addDays('2000-01-01', days));
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

describe('an ISO week', () => {
  test('starts on Monday, has seven days and holds its date', () => {
    fc.assert(
      fc.property(date, (day) => {
        const { from, to } = isoWeek(day);
        expect([weekdayOf(from), daysBetween(from, to)]).toEqual([1, 6]);
        expect(from <= day && day <= to).toBe(true);
      }),
    );
  });
});

describe('capacity', () => {
  test('counts Mondays to Fridays as one does by hand', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 400 }), (from, length) => {
        const days = Array.from({ length: length + 1 }, (_, n) => addDays(from, n));
        expect(weekdays(from, addDays(from, length))).toBe(days.filter((day) => ![0, 6].includes(weekdayOf(day))).length);
      }),
    );
  });

  test('runs from hire to termination', () => {
    const ada = { weeklySeconds: '144000', hiredOn: '2020-01-01', terminatedOn: null };
    const march = { from: '2026-03-02', to: '2026-03-15' };
    expect(capacitySeconds(ada, march)).toBe(288_000n);
    expect(capacitySeconds({ ...ada, hiredOn: '2026-03-09' }, march)).toBe(144_000n);
    expect(capacitySeconds({ ...ada, terminatedOn: '2026-03-03' }, march)).toBe(57_600n);
    expect(capacitySeconds({ ...ada, terminatedOn: '2026-02-28' }, march)).toBe(0n);
    expect(capacitySeconds({ ...ada, weeklySeconds: '100001' }, { from: '2026-03-02', to: '2026-03-02' })).toBe(20_000n);
  });
});

test('every category has a policy, and a currency without figures is the strict one', () => {
  for (const category of expenseCategories) {
    expect(policyFor(category, 'USD').receiptOver).toBeGreaterThanOrEqual(0n);
    expect(policyFor(category, 'JPY')).toEqual({ receiptOver: 0n, most: undefined });
  }
});
