import { addDays, type CalendarDate, effectiveOn, mondayOf, weekdayOf } from '#kernel/period.ts';
import type { EmployeeAbsencesReference, EmployeeReference, EmployeeWorkWeeksReference } from '#resources/published.ts';

/** When somebody works, as resources publishes it. */
export type WorkCalendar = Pick<EmployeeReference, 'weeklySeconds' | 'hiredOn' | 'terminatedOn'> &
  EmployeeWorkWeeksReference &
  EmployeeAbsencesReference & { holidays: ReadonlySet<CalendarDate> };

/** A day ahead, with its place in its week, 0 for a Monday. */
export type Day = { date: CalendarDate; weekStart: CalendarDate; weekday: number };

/** All days from one to another; made once for however many people are looked at. */
export function daysFrom(first: CalendarDate, last: CalendarDate): Day[] {
  const days: Day[] = [];
  for (let date = first, weekday = weekdayOf(first), weekStart = mondayOf(first); date <= last; date = addDays(date, 1)) {
    days.push({ date, weekStart, weekday });
    weekday = (weekday + 1) % 7;
    if (weekday === 0) weekStart = addDays(date, 1);
  }
  return days;
}

/** What is worked on a day, of the seconds of the full week that holds then. */
export type Share = { worked: bigint; weekly: bigint };

const none: Share = { worked: 0n, weekly: 1n };
type Pattern = { days: readonly bigint[]; weekly: bigint };

/** The share of its week that somebody works on a day: the work week less holidays, less time off, within the employment. */
export function sharesOf(calendar: WorkCalendar): (day: Day) => Share {
  const { hiredOn, terminatedOn, holidays, absences } = calendar;
  const patternOn = patternsOf(calendar);
  return ({ date, weekday }) => {
    if (date < hiredOn || (terminatedOn && date > terminatedOn) || holidays.has(date)) return none;
    const { days, weekly } = patternOn(date);
    const planned = days[weekday] ?? 0n;
    const off = absences.filter(({ startDate, endDate }) => startDate <= date && date <= endDate);
    const absent = off.reduce((sum, { dailySeconds }) => sum + (dailySeconds === null ? planned : BigInt(dailySeconds)), 0n);
    return planned > absent ? { worked: planned - absent, weekly } : none;
  };
}

/** The week as agreed then; without one the contracted week, spread evenly over Monday to Friday. */
function patternsOf({ workWeeks, weeklySeconds }: WorkCalendar): (date: CalendarDate) => Pattern {
  const weekly = BigInt(weeklySeconds);
  const day = weekly / 5n;
  const usual = { days: [weekly - 4n * day, day, day, day, day, 0n, 0n], weekly };
  const made = new Map(workWeeks.map((week) => [week, patternOf(week.daySeconds.map(BigInt))]));
  return (date) => {
    const held = effectiveOn(workWeeks, date);
    return (held && made.get(held)) ?? usual;
  };
}

function patternOf(days: readonly bigint[]): Pattern {
  return { days, weekly: days.reduce((sum, each) => sum + each, 0n) };
}
