import { Refused } from '#kernel/errors.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';

export type PeriodLength = 'MONTH' | 'QUARTER' | 'YEAR';
export type FiscalYears = { firstYear: number; years: number; startMonth: number; length: PeriodLength };

const monthsOf: Readonly<Record<PeriodLength, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Divides fiscal years into periods without gap or overlap. A month is named by its calendar month, the others by the year in which the fiscal year starts. */
export function dividedYears({ firstYear, years, startMonth, length }: FiscalYears): { name: string; startDate: CalendarDate; endDate: CalendarDate }[] {
  demandRange('firstYear', firstYear, [1900, 2200]);
  demandRange('years', years, [1, 50]);
  demandRange('startMonth', startMonth, [1, 12]);
  const months = monthsOf[length];
  const perYear = 12 / months;
  return Array.from({ length: years * perYear }, (_, index) => {
    const month = startMonth - 1 + index * months;
    const startDate = firstOfMonth(firstYear, month);
    const endDate = addDays(firstOfMonth(firstYear, month + months), -1);
    const year = firstYear + Math.floor(index / perYear);
    const names = { MONTH: startDate.slice(0, 7), QUARTER: `${year}-Q${(index % perYear) + 1}`, YEAR: `${year}` };
    return { name: names[length], startDate, endDate };
  });
}

/** `month` counts from 0 in `year` and may run over its end. */
function firstOfMonth(year: number, month: number): CalendarDate {
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function demandRange(field: string, value: number, [least, most]: readonly [number, number]): void {
  if (value < least || value > most) throw new Refused('VALIDATION_FAILED', `${field} must be ${least} to ${most}.`, { field });
}
