import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/period.ts';
import { type Booking, excessOf, peakLoad, spanOf } from '#resources/assignment/capacity.ts';

const hour = 3600n;
const booking = (startDate: string, endDate: string, hours: number): Booking => ({ startDate, endDate, weeklySeconds: BigInt(hours) * hour });

describe('the peak of bookings', () => {
  const range = { startDate: '2026-03-02', endDate: '2026-03-31' };
  test.each([
    ['nothing', [], 0],
    ['one that covers all', [booking('2026-01-01', '2026-12-31', 10)], 10],
    ['two after each other', [booking('2026-03-01', '2026-03-10', 30), booking('2026-03-11', '2026-03-20', 20)], 30],
    ['two that share their last and first day', [booking('2026-03-01', '2026-03-10', 30), booking('2026-03-10', '2026-03-20', 20)], 50],
    ['what ends the day before', [booking('2026-01-01', '2026-03-01', 40)], 0],
    ['what begins the day after', [booking('2026-04-01', '2026-04-30', 40)], 0],
    ['an overlap outside the range', [booking('2026-01-01', '2026-03-05', 20), booking('2026-01-01', '2026-03-01', 20)], 20],
  ])('of %s', (_, bookings, hours) => {
    expect(peakLoad(bookings, range)).toBe(BigInt(hours) * hour);
  });

  test('leaves what is over the capacity', () => {
    const others = [booking('2026-03-01', '2026-03-10', 30)];
    expect(excessOf(40n * hour, others, booking('2026-03-05', '2026-04-01', 10))).toBe(0n);
    expect(excessOf(40n * hour, others, booking('2026-03-05', '2026-04-01', 11))).toBe(hour);
    expect(excessOf(40n * hour, others, booking('2026-03-11', '2026-04-01', 40))).toBe(0n);
  });
});

const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-01-01', days));
const anyBooking = fc
  .tuple(day, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length, hours]) => booking(from, addDays(from, length), hours));

test('the peak equals the fullest of all days, counted one by one', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { maxLength: 8 }), anyBooking, (bookings, range) => {
      let fullest = 0n;
      for (let at = range.startDate; at <= range.endDate; at = addDays(at, 1)) {
        const load = bookings.reduce((sum, each) => (each.startDate <= at && at <= each.endDate ? sum + each.weeklySeconds : sum), 0n);
        if (load > fullest) fullest = load;
      }
      expect(peakLoad(bookings, range)).toBe(fullest);
    }),
  );
});

test('the span of ranges holds each of them', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { minLength: 1, maxLength: 6 }), (ranges) => {
      const span = spanOf(ranges);
      expect(ranges.every(({ startDate, endDate }) => span && span.startDate <= startDate && endDate <= span.endDate)).toBe(true);
      expect(ranges.some(({ startDate }) => startDate === span?.startDate) && ranges.some(({ endDate }) => endDate === span?.endDate)).toBe(true);
    }),
  );
  expect(spanOf([])).toBeUndefined();
});
