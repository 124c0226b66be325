import { divideRounded } from '#kernel/decimal.ts';
import { addDays, type CalendarDate, daysBetween, effectiveOn, latestOf, weekdayOf, within } from '#kernel/period.ts';
import type { EmployeeAbsencesReference, EmployeeReference, EmployeeWorkWeeksReference } from '#resources/published.ts';

type Employed = Pick<EmployeeReference, 'weeklySeconds' | 'hiredOn' | 'terminatedOn'>;
type Range = { from: CalendarDate; to: CalendarDate };

/** What takes from the contracted week, or spreads it otherwise. */
export type Calendar = EmployeeWorkWeeksReference & EmployeeAbsencesReference & { holidays: readonly CalendarDate[] };

/** Seconds of a week's days, Monday first, in fifths: the contracted week is spread over five days. */
type Pattern = readonly bigint[];

/** Working time from hire to termination: the work weeks that hold, else the contracted week spread over Monday to Friday, less holidays and time off. */
export function capacitySeconds(employed: Employed, range: Range, calendar: Calendar): bigint {
  const { hiredOn, terminatedOn } = employed;
  const from = latestOf(hiredOn, range.from);
  const to = terminatedOn && terminatedOn < range.to ? terminatedOn : range.to;
  if (from > to) return 0n;
  const patternOn = patterns(employed, calendar);
  const planned = spans({ from, to }, calendar).reduce((sum, span) => sum + plannedIn(span, patternOn(span.from)), 0n);
  const taken = daysOff({ from, to }, calendar).reduce((sum, day) => sum + takenOn(day, calendar, patternOn(day)[weekdayOf(day)] ?? 0n), 0n);
  return divideRounded(planned - taken, fifths, 'HALF_UP');
}

const fifths = 5n;

function patterns({ weeklySeconds }: Employed, { workWeeks }: Calendar): (day: CalendarDate) => Pattern {
  const day = BigInt(weeklySeconds);
  const usual = [day, day, day, day, day, 0n, 0n];
  return (date) => effectiveOn(workWeeks, date)?.daySeconds.map((seconds) => BigInt(seconds) * fifths) ?? usual;
}

/** A range, cut where another work week begins. */
function spans({ from, to }: Range, { workWeeks }: Calendar): Range[] {
  const starts = [from, ...workWeeks.map(({ effectiveFrom }) => effectiveFrom).filter((start) => start > from && start <= to)].toSorted();
  return starts.map((start, index) => ({ from: start, to: index + 1 < starts.length ? addDays(starts[index + 1] ?? to, -1) : to }));
}

/** What a pattern plans for a span: whole weeks at once. */
function plannedIn({ from, to }: Range, pattern: Pattern): bigint {
  const days = daysBetween(from, to) + 1;
  const first = weekdayOf(from);
  const rest = Array.from({ length: days % 7 }, (_, index) => pattern[(first + index) % 7] ?? 0n);
  return sum(pattern) * BigInt(Math.floor(days / 7)) + sum(rest);
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, each) => total + each, 0n);

/** The days of a range that are not worked as planned, each once. */
function daysOff(range: Range, { absences, holidays }: Calendar): CalendarDate[] {
  const days = new Set(holidays.filter((day) => within(day, range)));
  for (const { startDate, endDate } of absences) {
    for (let day = latestOf(startDate, range.from); day <= endDate && day <= range.to; day = addDays(day, 1)) days.add(day);
  }
  return [...days];
}

/** What holidays and time off take of what is planned for a day, at most all of it. */
function takenOn(day: CalendarDate, { absences, holidays }: Calendar, planned: bigint): bigint {
  if (holidays.includes(day)) return planned;
  const off = absences.filter(({ startDate, endDate }) => startDate <= day && day <= endDate);
  const taken = sum(off.map(({ dailySeconds }) => (dailySeconds === null ? planned : BigInt(dailySeconds) * fifths)));
  return planned - taken < 0n ? planned : taken;
}
