import type { CalendarDate } from '#kernel/period.ts';
import { within } from '#kernel/period.ts';
import type { SubcontractLineReference } from '#resources/published.ts';
import { explainAmount, type PriceDimension, type RateHit, type Work } from './price.ts';

/** A line of an order that pays work, with its id. */
export type PurchaseLine = SubcontractLineReference & { id: string };

/** The last day that a line pays: its own, or that of its closed order. */
export function lastDayOf({ endDate, closedOn }: Pick<PurchaseLine, 'endDate' | 'closedOn'>): CalendarDate {
  return closedOn !== null && closedOn < endDate ? closedOn : endDate;
}

/** What an hour of a subcontractor's person costs: the line for the person before that for the labor category. No two confirmed lines pay the same hour. */
export function findSubcontractRate(work: Work, lines: readonly PurchaseLine[]): RateHit | undefined {
  const open = lines.filter((line) => within(work.workDate, { from: line.startDate, to: lastDayOf(line) }));
  const own = open.find(({ employeeId }) => employeeId === work.employeeId);
  const line = own ?? open.find(({ laborCategoryId }) => laborCategoryId !== null && laborCategoryId === work.laborCategoryId);
  if (!line) return undefined;
  const { id: lineId, subcontractId, name, number, rateMinor, currency } = line;
  const { rounding: _, ...unrounded } = explainAmount('SUBCONTRACT_LINE', currency);
  const matched: PriceDimension[] = [own ? 'EMPLOYEE' : 'LABOR_CATEGORY'];
  return { minor: BigInt(rateMinor), currency, explanation: { ...unrounded, matched, rateMinor, subcontract: { subcontractId, lineId, name, number } } };
}
