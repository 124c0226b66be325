import type { CalendarDate } from '#kernel/period.ts';
import type { PlannedWorkReference } from '#resources/published.ts';
import type { Day, Share } from './calendar.ts';
import { isSame, over, type Quote } from './quote.ts';
import type { ForecastLine } from './report.ts';

export type Planned = PlannedWorkReference & { id: string };

/** What one assignment is spread over: days ahead, by when its employee works, at what an hour is quoted for. */
export type Spread = {
  days: readonly Day[];
  share: (day: Day) => Share;
  quote: (date: CalendarDate) => Quote;
  /** Days on which the quote may change. */
  changes: ReadonlySet<CalendarDate>;
  /** The last day of the weeks that are told one by one. */
  horizon: CalendarDate;
};

type Open = { quote: Quote; weekStart: CalendarDate | null; first: CalendarDate; last: CalendarDate; shares: Map<bigint, bigint> };

/** An assignment by week and rate: what its days take of its weekly time, priced once per line. */
export function* linesOf(assignment: Planned, { days, share, quote, changes, horizon }: Spread): Generator<ForecastLine> {
  const { startDate, endDate } = assignment;
  const booked = BigInt(assignment.weeklySeconds);
  const at = days.findIndex(({ date }) => date >= startDate);
  let open: Open | undefined;
  let quoted: Quote | undefined;
  for (let index = at; index >= 0 && index < days.length; index += 1) {
    const day = days[index];
    if (!day || day.date > endDate) break;
    if (changes.has(day.date)) quoted = undefined;
    const { worked, weekly } = share(day);
    if (worked === 0n) continue;
    quoted ??= quote(day.date);
    const weekStart = day.date > horizon ? null : day.weekStart;
    if (open && (open.weekStart !== weekStart || !isOne(open.quote, quoted))) {
      yield closed(assignment, open);
      open = undefined;
    }
    open ??= { quote: quoted, weekStart, first: day.date, last: day.date, shares: new Map() };
    open.last = day.date;
    open.shares.set(weekly, (open.shares.get(weekly) ?? 0n) + booked * worked);
  }
  if (open) yield closed(assignment, open);
}

const isOne = (one: Quote, other: Quote): boolean => one === other || isSame(one, other);

function closed({ id, employeeId, status }: Planned, { quote, weekStart, first, last, shares }: Open): ForecastLine {
  // Divided once per full week that holds, so that a whole week is exact.
  const seconds = [...shares].reduce((sum, [weekly, share]) => sum + (2n * share + weekly) / (2n * weekly), 0n);
  const { laborCategoryId, contractLineId, sales, cost, gaps } = quote;
  const when = { weekStart, startDate: first, endDate: last, seconds };
  const confirmed = status !== 'TENTATIVE';
  return { assignmentId: id, employeeId, laborCategoryId, contractLineId, confirmed, ...when, sales: over(sales, seconds), cost: over(cost, seconds), gaps };
}
