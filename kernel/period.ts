import { Refused } from './errors.ts';

/** Calendar dates as ISO text (`2026-01-31`): they sort as text and are never an instant. */
export type CalendarDate = string;

const dateText = /^\d{4}-\d{2}-\d{2}$/;

export function isCalendarDate(value: unknown): value is CalendarDate {
  // PostgreSQL has no year 0.
  if (typeof value !== 'string' || !dateText.test(value) || value.startsWith('0000')) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

/** Refuses what lies outside of the years 1 to 9999: no date has such a text. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moved = new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
  const year = moved.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new Refused('VALIDATION_FAILED', `${days} days from ${date} the calendar has no date.`);
  return moved.toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The day's place in its week (ISO 8601), 0 for a Monday. */
export function weekdayOf(date: CalendarDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The Monday of the week that a day lies in. */
export function mondayOf(date: CalendarDate): CalendarDate {
  return addDays(date, -weekdayOf(date));
}

/** The UTC calendar date of an instant. */
export function dateOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}

/** The latest of some days. */
export function latestOf(first: CalendarDate, ...others: readonly CalendarDate[]): CalendarDate {
  return [first, ...others].toSorted().at(-1) ?? first;
}

/** A day that an input gave, by the name of its field. */
type Given = { date: CalendarDate; field: string };

/** Refuses a day before another that it follows from: what undoes, corrects or settles something is never dated before it. `what` names that thing. */
export function demandNotBefore({ date, field }: Given, { date: earliest, what }: { date: CalendarDate; what: string }): void {
  if (date >= earliest) return;
  throw new Refused('VALIDATION_FAILED', `${field} ${date} is before ${what} of ${earliest}. Take that day or a later one.`, { field });
}

/** Refuses a day that has not come yet: what happened is told afterwards. East of UTC it is tomorrow already, so that tomorrow passes. */
export function demandCome({ date, field }: Given, now: Date): void {
  if (date <= addDays(dateOf(now), 1)) return;
  throw new Refused('VALIDATION_FAILED', `${field} ${date} has not come yet. Take the day on which it happened.`, { field });
}

/** True when `date` lies in [from, to]; an absent bound is open. */
export function within(date: CalendarDate, range: { from?: CalendarDate | null; to?: CalendarDate | null }): boolean {
  return (!range.from || range.from <= date) && (!range.to || date <= range.to);
}

/** The last row whose `from` is not after `date`: what was effective on that day. */
export function effectiveOn<Row extends { effectiveFrom: CalendarDate; effectiveTo?: CalendarDate | null }>(
  rows: readonly Row[],
  date: CalendarDate,
): Row | undefined {
  let found: Row | undefined;
  for (const row of rows) {
    if (within(date, { from: row.effectiveFrom, to: row.effectiveTo ?? null }) && (!found || row.effectiveFrom > found.effectiveFrom)) found = row;
  }
  return found;
}

/** The same, where the first row also holds for all the days before it. A row that ends before it begins holds on none. */
export function effectiveOrFirst<Row extends { effectiveFrom: CalendarDate; effectiveTo?: CalendarDate | null }>(
  rows: readonly Row[],
  date: CalendarDate,
): Row | undefined {
  const found = effectiveOn(rows, date);
  if (found) return found;
  const [first] = rows
    .filter((row) => !row.effectiveTo || row.effectiveTo >= row.effectiveFrom)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return first && date < first.effectiveFrom ? first : undefined;
}

type Days = { from: CalendarDate; to: CalendarDate };

/** Days from one to another, either open, as the whole months among them, from a first day to a last one, and the days beside these: sums by month answer the former. */
type Months = { months: { from: CalendarDate | undefined; to: CalendarDate | undefined } | undefined; edges: Days[] };

export function inMonths(from: CalendarDate | null | undefined, to: CalendarDate | null | undefined): Months {
  if (from && to && from > to) return { months: undefined, edges: [] };
  const cutStart = from && from !== firstDay(from) ? from : undefined;
  const cutEnd = to && to !== lastDay(to) ? to : undefined;
  if (from && to && firstDay(from) === firstDay(to) && (cutStart ?? cutEnd)) return { months: undefined, edges: [{ from, to }] };
  const edges = [...(cutStart ? [{ from: cutStart, to: lastDay(cutStart) }] : []), ...(cutEnd ? [{ from: firstDay(cutEnd), to: cutEnd }] : [])];
  if (cutEnd?.startsWith('0001-01') || cutStart?.startsWith('9999-12')) return { months: undefined, edges };
  return {
    months: { from: cutStart ? addDays(lastDay(cutStart), 1) : (from ?? undefined), to: cutEnd ? addDays(firstDay(cutEnd), -1) : (to ?? undefined) },
    edges,
  };
}

function firstDay(date: CalendarDate): CalendarDate {
  return `${date.slice(0, -2)}01`;
}

function lastDay(date: CalendarDate): CalendarDate {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(2000, month, 0));
  last.setUTCFullYear(year, month, 0);
  return `${date.slice(0, -2)}${String(last.getUTCDate()).padStart(2, '0')}`;
}

/** The same day some months later, or the last of a shorter month. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))));
}
