import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#kernel/period.ts';
import { expenseCategories, policyFor } from '#time/expense/policy.ts';
import { isoWeek } from '#time/guards.ts';
import { capacitySeconds } from '#time/summary/capacity.ts';

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
        const worked = days.filter((day) => ![0, 6].includes(weekdayOf(day))).length;
        const employed = { weeklySeconds: '144000', hiredOn: '0001-01-01', terminatedOn: null };
        const calendar = { workWeeks: [], absences: [], holidays: [] };
        expect(capacitySeconds(employed, { from, to: addDays(from, length) }, calendar)).toBe(BigInt(worked) * 28_800n);
      }),
    );
  });

  test('runs from hire to termination', () => {
    const ada = { weeklySeconds: '144000', hiredOn: '2020-01-01', terminatedOn: null };
    const march = { from: '2026-03-02', to: '2026-03-15' };
    const contracted = { workWeeks: [], absences: [], holidays: [] };
    expect(capacitySeconds(ada, march, contracted)).toBe(288_000n);
    expect(capacitySeconds({ ...ada, hiredOn: '2026-03-09' }, march, contracted)).toBe(144_000n);
    expect(capacitySeconds({ ...ada, terminatedOn: '2026-03-03' }, march, contracted)).toBe(57_600n);
    expect(capacitySeconds({ ...ada, terminatedOn: '2026-02-28' }, march, contracted)).toBe(0n);
    expect(capacitySeconds({ ...ada, weeklySeconds: '100001' }, { from: '2026-03-02', to: '2026-03-02' }, contracted)).toBe(20_000n);
  });

  test('is less by holidays and time off, and as the work week has it', () => {
    const ada = { weeklySeconds: '144000', hiredOn: '2020-01-01', terminatedOn: null };
    const march = { from: '2026-03-02', to: '2026-03-15' };
    const day = 28_800;
    const off = (startDate: string, endDate: string, dailySeconds: string | null = null) => ({ startDate, endDate, dailySeconds });
    const hours = (calendar: Partial<Parameters<typeof capacitySeconds>[2]>) =>
      Number(capacitySeconds(ada, march, { workWeeks: [], absences: [], holidays: [], ...calendar })) / 3600;
    expect(hours({ holidays: ['2026-03-04', '2026-03-07', '2026-04-01'] })).toBe(72);
    expect(hours({ absences: [off('2026-02-01', '2026-03-03')] })).toBe(64);
    expect(hours({ absences: [off('2026-03-04', '2026-03-04'), off('2026-03-04', '2026-03-05', '14400')], holidays: ['2026-03-05'] })).toBe(64);
    const workWeeks = [{ effectiveFrom: '2026-03-04', daySeconds: [day, day, day, day, 0, 0, 0] }];
    expect(hours({ workWeeks })).toBe(16 + 16 + 32);
    expect(hours({ workWeeks, holidays: ['2026-03-06', '2026-03-09'], absences: [off('2026-03-10', '2026-03-10', '3600')] })).toBe(64 - 8 - 1);
  });
});

test('every category has a policy, and a currency without figures is the strict one', () => {
  for (const category of expenseCategories) {
    expect(policyFor(category, 'USD').receiptOver).toBeGreaterThanOrEqual(0n);
    expect(policyFor(category, 'JPY')).toEqual({ receiptOver: 0n, most: undefined });
  }
});
