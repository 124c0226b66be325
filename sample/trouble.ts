import { laborCategoryMissing, rateNotFound } from '#finance/actual/assess.ts';
import { notOpen } from '#finance/journal/periods.ts';
import type { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import type { Calendar } from './calendar.ts';
import type { Company } from './company.ts';
import { nth } from './rows.ts';
import type { Stint, Worker } from './staff.ts';

/** What goes wrong with the approved time of some people: each has a cause in the firm's data, so that a retry says the same until it is mended. */
export type Trouble = 'NO_LABOR_CATEGORY' | 'UNPRICED_WORK' | 'HANDED_IN_LATE';

/** Why time is among the exceptions, as posting says it. */
export type Refusal = { refused: Refused; atRisk?: Money | undefined };

/** Of every twenty people, one for each. */
export function troubleOf(index: number): Trouble | undefined {
  return ({ 6: 'NO_LABOR_CATEGORY', 11: 'UNPRICED_WORK', 16: 'HANDED_IN_LATE' } as const)[index % 20];
}

/** The first week of the history, handed in and approved with the last one: its month is closed by then. */
export function isLate(trouble: Trouble | undefined, week: number): boolean {
  return trouble === 'HANDED_IN_LATE' && week === 0;
}

/** The working days of a week that lie in closed months. */
export function closedDays(company: Company, monday: CalendarDate): CalendarDate[] {
  return [0, 1, 2, 3, 4].map((day) => addDays(monday, day)).filter((day) => periodOf(company, nth(company.legalEntities, 0).id, day)?.status === 'CLOSED');
}

type Piece = { trouble: Trouble | undefined; worker: Worker; stint: Stint; day: CalendarDate; week: number; calendar: Calendar; company: Company };
type Troubled = {
  refusal: Refusal;
  laborCategoryId: string | null /** Whether the entry names the category itself. */;
  given?: true /** Whether what is lost can be told. */;
  priced?: true;
};

/** What stands against time of that day, and the labor category with which it was recorded. */
export function troubleIn(piece: Piece, laborCategoryId: string): Troubled | undefined {
  const { trouble, week, day, calendar, company, stint } = piece;
  const { legalEntityId } = stint.job.deal.contract;
  if (isLate(trouble, week)) return { refusal: { refused: notOpen({ date: day }, periodOf(company, legalEntityId, day)) }, laborCategoryId, priced: true };
  if (week !== calendar.lastApproved) return undefined;
  if (trouble === 'NO_LABOR_CATEGORY') return { refusal: { refused: laborCategoryMissing() }, laborCategoryId: null };
  return trouble === 'UNPRICED_WORK' ? unpriced(piece) : undefined;
}

function unpriced({ worker, stint, day, company: { unpriced, legalEntities } }: Piece): Troubled {
  const { id: employeeId, name } = worker.employee;
  const books = legalEntities.find(({ id }) => id === stint.job.deal.contract.legalEntityId);
  const who = { nameOfEmployee: () => `${name} (${employeeId})`, nameOfLaborCategory: () => `the labor category ${unpriced.name} (${unpriced.id})` };
  const work = { employeeId, laborCategoryId: unpriced.id, workDate: day };
  return { refusal: { refused: rateNotFound(work, who, `cost card of ${books?.name}`) }, laborCategoryId: unpriced.id, given: true };
}

function periodOf({ periods }: Company, legalEntityId: string, day: CalendarDate) {
  return periods.find((period) => period.legalEntityId === legalEntityId && period.startDate <= day && day <= period.endDate);
}
