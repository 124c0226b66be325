import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/period.ts';
import { type Booking, peakLoad, spanOf } from '#resources/assignment/capacity.ts';
import { capacityOf, excessOf, freeOf, overAllocated, type WorkCalendar, weeklyOn, weeksIn, weeksOf } from '#resources/capacity/calendar.ts';

const hour = 3600n;
const booking = (startDate: string, endDate: string, hours: number): Booking => ({ startDate, endDate, weeklySeconds: BigInt(hours) * hour });
const calendar = (more: Partial<WorkCalendar> = {}): WorkCalendar => ({ weeklySeconds: 40n * hour, weeks: [], holidays: new Set(), timeOff: [], ...more });
const off = (startDate: string, endDate = startDate, hours?: number) => ({
  startDate,
  endDate,
  dailySeconds: hours === undefined ? null : BigInt(hours) * hour,
});
/** 2026-03-02 is a Monday. */
const march = { startDate: '2026-03-02', endDate: '2026-03-08' };
const hours = (seconds: bigint) => Number(seconds) / 3600;

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
  ])('of %s', (_, bookings, expected) => {
    expect(peakLoad(bookings, range)).toBe(BigInt(expected) * hour);
  });

  test('leaves what is over the capacity', () => {
    const others = [booking('2026-03-01', '2026-03-10', 30)];
    expect(excessOf(calendar(), others, booking('2026-03-05', '2026-04-01', 10))).toBe(0n);
    expect(excessOf(calendar(), others, booking('2026-03-05', '2026-04-01', 11))).toBe(hour);
    expect(excessOf(calendar(), others, booking('2026-03-11', '2026-04-01', 40))).toBe(0n);
  });
});

describe('a week', () => {
  const shown = (own: WorkCalendar, booked: Booking[] = [], range = march) =>
    weeksOf(own, weeksIn(range), { booked }).map((week) => [
      hours(capacityOf(week)),
      hours(week.holiday),
      hours(week.absent),
      hours(week.booked),
      hours(freeOf(week)),
    ]);

  test.each([
    ['as contracted', calendar(), [], [40, 0, 0, 0, 40]],
    ['with a holiday takes and needs less', calendar({ holidays: new Set(['2026-03-04']) }), [booking('2026-01-01', '2026-12-31', 40)], [32, 8, 0, 32, 0]],
    ['with a day off is over-allocated by that day', calendar({ timeOff: [off('2026-03-04')] }), [booking('2026-01-01', '2026-12-31', 40)], [32, 0, 8, 40, -8]],
    ['with an afternoon off', calendar({ timeOff: [off('2026-03-04', '2026-03-05', 4)] }), [], [32, 0, 8, 0, 32]],
    [
      'with time off on a holiday counts the holiday alone',
      calendar({ holidays: new Set(['2026-03-04']), timeOff: [off('2026-03-04')] }),
      [],
      [32, 8, 0, 0, 32],
    ],
    ['with two reasons to be off on a day counts it once', calendar({ timeOff: [off('2026-03-04'), off('2026-03-01', '2026-03-04')] }), [], [16, 0, 24, 0, 16]],
    ['with work on its last two days', calendar(), [booking('2026-03-05', '2026-04-30', 20)], [40, 0, 0, 8, 32]],
    ['with work on the weekend alone', calendar(), [booking('2026-03-07', '2026-03-08', 40)], [40, 0, 0, 0, 40]],
  ] as const)('%s', (_, own, booked, expected) => {
    expect(shown(own, [...booked])).toEqual([expected]);
  });

  test('goes by the work week that holds on each of its days', () => {
    const day = 8 * 3600;
    const four = [day, day, day, day, 0, 0, 0];
    const weeks = [
      { effectiveFrom: '2026-03-04', effectiveTo: '2026-03-10', daySeconds: four },
      { effectiveFrom: '2026-03-11', effectiveTo: null, daySeconds: [0, 0, 0, 0, 0, day, day] },
    ];
    const own = calendar({ weeks });
    expect(shown(own, [], { startDate: '2026-03-02', endDate: '2026-03-15' }).map(([capacity]) => capacity)).toEqual([32, 32]);
    expect([weeklyOn(own, '2026-03-03'), weeklyOn(own, '2026-03-04'), weeklyOn(own, '2026-03-20')].map(hours)).toEqual([40, 32, 16]);
    expect(hours(excessOf(own, [], booking('2026-03-02', '2026-03-03', 40)))).toBe(0);
    expect(hours(excessOf(own, [], booking('2026-03-02', '2026-03-10', 40)))).toBe(8);
    expect(hours(excessOf(own, [], booking('2026-03-02', '2026-12-31', 40)))).toBe(24);
  });

  test('is judged as a whole where somebody is off', () => {
    const own = calendar({ timeOff: [off('2026-03-02', '2026-03-03')] });
    expect(hours(excessOf(own, [], booking('2026-01-01', '2026-12-31', 24)))).toBe(0);
    expect(hours(excessOf(own, [], booking('2026-01-01', '2026-12-31', 25)))).toBe(1);
    expect(hours(excessOf(own, [], booking('2026-03-04', '2026-12-31', 40)))).toBe(0);
    const booked = [{ ...booking('2026-01-01', '2026-12-31', 30), overbookReason: null }];
    expect(overAllocated(own, { startDate: '2026-02-01', endDate: '2026-06-30' }, booked).map(({ weekStart }) => weekStart)).toEqual(['2026-03-02']);
    expect(
      overAllocated(
        own,
        { startDate: '2026-02-01', endDate: '2026-06-30' },
        booked.map((each) => ({ ...each, overbookReason: 'Known' })),
      ),
    ).toEqual([]);
  });
});

const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-01-01', days));
const anyBooking = fc
  .tuple(day, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length, weekly]) => booking(from, addDays(from, length), weekly));

test('the peak equals the fullest of all days, counted one by one', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { maxLength: 8 }), anyBooking, (bookings, range) => {
      let fullest = 0n;
      for (let at = range.startDate; at <= range.endDate; at = addDays(at, 1)) {
        const load = bookings.reduce((sum, each) => (each.startDate <= at && at <= each.endDate ? sum + each.weeklySeconds : sum), 0n);
        if (load > fullest) fullest = load;
      }
      expect(peakLoad(bookings, range)).toBe(fullest);
      // Without calendar, holidays and time off, what is too much is what the fullest day says.
      expect(excessOf(calendar(), bookings, range)).toBe(fullest + range.weeklySeconds - 40n * hour);
    }),
  );
});

test('what is within on every day is within in every week, whatever holidays there are', () => {
  fc.assert(
    fc.property(fc.array(anyBooking, { maxLength: 6 }), anyBooking, fc.array(day, { maxLength: 5 }), (bookings, wanted, holidays) => {
      const own = calendar({ holidays: new Set(holidays) });
      fc.pre(excessOf(own, bookings, wanted) <= 0n);
      const booked = bookings.filter(({ startDate, endDate }) => startDate >= wanted.startDate && endDate <= wanted.endDate);
      for (const week of weeksOf(own, weeksIn(wanted), { booked: [...booked, wanted] })) expect(freeOf(week)).toBeGreaterThanOrEqual(0n);
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
