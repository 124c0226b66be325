import { divideRounded, type Rounding } from '#kernel/decimal.ts';
import { allocate } from '#kernel/money.ts';
import { addDays, type CalendarDate, dateOf, daysBetween } from '#kernel/period.ts';

/** Revenue to recognize on a date, and the days that earn it. */
export type Instalment = { date: CalendarDate; days: number; amountMinor: bigint };

/** Evenly by days, one instalment per calendar month, on the last day of it that lies in the term; the sum is `total`, exactly. */
export function straightLine(total: bigint, term: { from: CalendarDate; to: CalendarDate }): Instalment[] {
  const months: { date: CalendarDate; days: number }[] = [];
  for (let start = term.from; start <= term.to; ) {
    const last = lastOfMonth(start);
    const date = earlier(last, term.to);
    months.push({ date, days: daysBetween(start, date) + 1 });
    start = addDays(date, 1);
  }
  const amounts = allocate(
    total,
    months.map((month) => BigInt(month.days)),
  );
  return months.map((month, index) => ({ ...month, amountMinor: amounts[index] ?? 0n }));
}

function earlier(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a.localeCompare(b) < 0 ? a : b;
}

function lastOfMonth(date: CalendarDate): CalendarDate {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return dateOf(new Date(Date.UTC(year, month, 0)));
}

type CostToCost = { totalMinor: bigint; costToDateMinor: bigint; estimatedCostMinor: bigint; recognizedBeforeMinor: bigint; rounding: Rounding };

/** The share of the total that the cost has earned so far (at most all of it), less what was recognized before; negative takes back. */
export function costToCost({ totalMinor, costToDateMinor, estimatedCostMinor, recognizedBeforeMinor, rounding }: CostToCost): bigint {
  const cost = costToDateMinor < 0n ? 0n : costToDateMinor;
  const earned = cost >= estimatedCostMinor ? totalMinor : divideRounded(totalMinor * cost, estimatedCostMinor, rounding);
  return earned - recognizedBeforeMinor;
}
