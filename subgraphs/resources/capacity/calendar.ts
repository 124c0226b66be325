import { addDays, type CalendarDate, effectiveOn, mondayOf, within } from '#kernel/period.ts';
import type { Booking } from '../assignment/capacity.ts';

type Days = { startDate: CalendarDate; endDate: CalendarDate };

/** Time off: all of each day, or so many seconds of it. */
export type TimeOff = { startDate: CalendarDate; endDate: CalendarDate; dailySeconds: bigint | null };

export type WorkWeek = { effectiveFrom: CalendarDate; effectiveTo: CalendarDate | null; daySeconds: readonly number[] };

/** When somebody works: the week as agreed, Monday first; holidays; time off. */
export type WorkCalendar = {
  /** The contracted week, spread evenly over Monday to Friday where no work week holds. */
  weeklySeconds: bigint;
  weeks: readonly WorkWeek[];
  holidays: ReadonlySet<CalendarDate>;
  timeOff: readonly TimeOff[];
};

const weekdays = 7;

/** The whole weeks that a range touches: a week is judged as a whole, whatever part of it is asked for. */
export function weeksAround({ startDate: from, endDate: to }: Days): Days {
  return { startDate: mondayOf(from), endDate: addDays(mondayOf(to), weekdays - 1) };
}

/** Calendar days of a week: a date, and its place in the week, 0 for a Monday. */
export type SpanWeek = { weekStart: CalendarDate; days: readonly { date: CalendarDate; weekday: number }[] };

/** The weeks of a range, each with those of its days that lie in it; made once for however many people are looked at. */
export function weeksIn(range: Days): SpanWeek[] {
  const weeks: SpanWeek[] = [];
  for (let weekStart = mondayOf(range.startDate); weekStart <= range.endDate; weekStart = addDays(weekStart, weekdays)) {
    const monday = weekStart;
    const days = Array.from({ length: weekdays }, (_, weekday) => ({ date: addDays(monday, weekday), weekday }));
    weeks.push({ weekStart, days: days.filter(({ date }) => within(date, { from: range.startDate, to: range.endDate })) });
  }
  return weeks;
}

/** Seconds of the days of a full week, and of all of it. */
type Pattern = { days: readonly bigint[]; weekly: bigint };

/** The patterns by which somebody works, each made once. */
function patternsOf({ weeks, weeklySeconds }: WorkCalendar): (date: CalendarDate) => Pattern {
  const day = weeklySeconds / 5n;
  const usual = { days: [weeklySeconds - 4n * day, day, day, day, day, 0n, 0n], weekly: weeklySeconds };
  if (weeks.length === 0) return () => usual;
  const made = new Map(weeks.map((week) => [week, patternFor(week.daySeconds.map(BigInt))]));
  return (date) => {
    const held = effectiveOn(weeks, date);
    return (held && made.get(held)) ?? usual;
  };
}

const patternFor = (days: readonly bigint[]): Pattern => ({ days, weekly: sumOf(days) });

const sumOf = (seconds: readonly bigint[]): bigint => seconds.reduce((sum, each) => sum + each, 0n);

/** Seconds of the full week that holds on a day. */
export function weeklyOn(calendar: WorkCalendar, date: CalendarDate): bigint {
  return patternsOf(calendar)(date).weekly;
}

/** A week, as far as it is asked for: capacity = planned - holiday - absent. */
export type Week = { weekStart: CalendarDate; planned: bigint; holiday: bigint; absent: bigint; booked: bigint; tentative: bigint; wanted: bigint };

export const capacityOf = ({ planned, holiday, absent }: Week): bigint => planned - holiday - absent;
export const freeOf = (week: Week): bigint => capacityOf(week) - week.booked;

type Bookings = { booked: readonly Booking[]; tentative?: readonly Booking[]; wanted?: readonly Booking[] };

/** What is planned, taken away, booked and wanted in each of some weeks. */
export function weeksOf(calendar: WorkCalendar, span: readonly SpanWeek[], { booked, tentative = [], wanted = [] }: Bookings): Week[] {
  const patternOn = patternsOf(calendar);
  return span.map((week) => {
    const days = daysOf(calendar, patternOn, week);
    return {
      weekStart: week.weekStart,
      planned: sumOf(days.map(({ planned }) => planned)),
      holiday: sumOf(days.map(({ holiday }) => holiday)),
      absent: sumOf(days.map(({ absent }) => absent)),
      booked: loadOf(days, booked),
      tentative: loadOf(days, tentative),
      wanted: loadOf(days, wanted),
    };
  });
}

/** A day: seconds planned, of these on a holiday, of the others absent; and the full week by which bookings are spread. */
type Day = { date: CalendarDate; planned: bigint; holiday: bigint; absent: bigint; weekly: bigint };

function daysOf({ timeOff, holidays }: WorkCalendar, patternOn: (date: CalendarDate) => Pattern, { days }: SpanWeek): Day[] {
  return days.map(({ date, weekday }) => {
    const { days: pattern, weekly } = patternOn(date);
    const planned = pattern[weekday] ?? 0n;
    const holiday = holidays.has(date) ? planned : 0n;
    const given = sumOf(timeOff.map(({ startDate, endDate, dailySeconds }) => (startDate <= date && date <= endDate ? (dailySeconds ?? planned) : 0n)));
    const working = planned - holiday;
    return { date, planned, holiday, absent: given < working ? given : working, weekly };
  });
}

/** What bookings take of days: their weekly time, spread as the calendar spreads the week. Nobody works for them on holidays. */
function loadOf(days: readonly Day[], bookings: readonly Booking[]): bigint {
  if (bookings.length === 0) return 0n;
  // Divided once per full week that holds, so that a whole week is exact.
  const shares = new Map<bigint, bigint>();
  for (const { date, planned, holiday, weekly } of days) {
    const working = planned - holiday;
    if (working === 0n) continue;
    const rate = sumOf(bookings.map(({ startDate: from, endDate: to, weeklySeconds }) => (from <= date && date <= to ? weeklySeconds : 0n)));
    shares.set(weekly, (shares.get(weekly) ?? 0n) + rate * working);
  }
  return sumOf([...shares].map(([weekly, share]) => (2n * share + weekly) / (2n * weekly)));
}

/**
 * Seconds per week by which one more booking would exceed the capacity; 0 or less is within. On each day all bookings together stay within the full week
 * that holds then; and in each week with time off, within what is left of it.
 */
export function excessOf(calendar: WorkCalendar, others: readonly Booking[], wanted: Booking): bigint {
  const all = [...others, wanted];
  const starts = [
    ...others.map(({ startDate }) => startDate),
    ...calendar.weeks.flatMap(({ effectiveFrom, effectiveTo }) => [effectiveFrom, ...dayAfter(effectiveTo)]),
  ];
  const days = [wanted.startDate, ...starts.filter((day) => day > wanted.startDate && day <= wanted.endDate)];
  const byDay = days.map(
    (day) => sumOf(all.map(({ startDate: from, endDate: to, weeklySeconds }) => (from <= day && day <= to ? weeklySeconds : 0n))) - weeklyOn(calendar, day),
  );
  const byWeek = [...absentWeeks(calendar, wanted)].flatMap((monday) =>
    weeksOf(calendar, weeksIn(weeksAround({ startDate: monday, endDate: monday })), { booked: all }).map((week) => -freeOf(week)),
  );
  return largest([...byDay, ...byWeek]);
}

function largest([first = 0n, ...others]: readonly bigint[]): bigint {
  let most = first;
  for (const each of others) if (each > most) most = each;
  return most;
}

function dayAfter(date: CalendarDate | null): CalendarDate[] {
  return date ? [addDays(date, 1)] : [];
}

/** The Mondays of weeks of a range in which somebody is absent. */
function absentWeeks({ timeOff }: WorkCalendar, { startDate: from, endDate: to }: Days): Set<CalendarDate> {
  const mondays = new Set<CalendarDate>();
  for (const { startDate, endDate } of timeOff) {
    const last = endDate < to ? endDate : to;
    for (let monday = mondayOf(startDate > from ? startDate : from); monday <= last; monday = addDays(monday, weekdays)) mondays.add(monday);
  }
  return mondays;
}

/** The weeks in which confirmed work exceeds what is left, without anybody having said why. */
export function overAllocated(calendar: WorkCalendar, range: Days, bookings: readonly (Booking & { overbookReason: string | null })[]): Week[] {
  return weeksOf(calendar, weeksIn(range), { booked: bookings }).filter((week) => {
    const sunday = addDays(week.weekStart, weekdays - 1);
    return freeOf(week) < 0n && !bookings.some(({ startDate: from, endDate: to, overbookReason }) => overbookReason && from <= sunday && to >= week.weekStart);
  });
}
