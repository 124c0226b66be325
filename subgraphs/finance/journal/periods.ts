import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type CalendarDate, within } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import { asc, sql } from '#kernel/sql.ts';
import { type FiscalPeriodRow, fiscalPeriods, legalEntities } from '../tables.ts';

export type BookDay = { legalEntityId: string; date: CalendarDate };

/** Says why a day is closed to posting, or nothing. */
export type PeriodJudge = (day: BookDay, field?: string) => Refused | undefined;

/** Holds the periods of these days as they are until the transaction ends: a close waits, and a post after it is refused. */
export async function holdPeriods(scope: Scope, days: readonly BookDay[]): Promise<PeriodJudge> {
  const legalEntityIds = sql.param(days.map((day) => day.legalEntityId));
  const dates = sql.param(days.map((day) => day.date));
  const wanted = sql`exists (select from unnest(${legalEntityIds}::uuid[], ${dates}::text[]::date[]) as wanted(books, day)
    where wanted.books = ${fiscalPeriods.legalEntityId} and wanted.day between ${fiscalPeriods.startDate} and ${fiscalPeriods.endDate})`;
  const periods = days.length === 0 ? [] : await scope.tx.select().from(fiscalPeriods).where(wanted).orderBy(asc(fiscalPeriods.id)).for('share');
  // Names are for the sentence of a refusal only.
  const outside = days.filter((day) => !periodOn(periods, day)).map((day) => day.legalEntityId);
  const books = await rowsById(scope.tx, legalEntities, outside);
  return judgeBy(periods, (id) => books.get(id)?.name);
}

/** Refuses a day that is closed to posting. */
export function demandOpen(periods: PeriodJudge, day: BookDay, field?: string): void {
  const closed = periods(day, field);
  if (closed) throw closed;
}

export function periodOn(periods: readonly FiscalPeriodRow[], { legalEntityId, date }: BookDay): FiscalPeriodRow | undefined {
  return periods.find((each) => each.legalEntityId === legalEntityId && within(date, { from: each.startDate, to: each.endDate }));
}

/** Judges days by these periods. */
export function judgeBy(periods: readonly FiscalPeriodRow[], nameOf: (legalEntityId: string) => string | undefined): PeriodJudge {
  return ({ legalEntityId, date }, field) => {
    const period = periodOn(periods, { legalEntityId, date });
    if (period?.status === 'OPEN') return undefined;
    return notOpen({ date, field }, period, nameOf(legalEntityId));
  };
}

type Named = { name: string; status: string };

/** The day lies in a period that takes nothing, or in none of the legal entity. */
export function notOpen({ date, field }: { date: CalendarDate; field?: string | undefined }, period: Named | undefined, legalEntity?: string): Refused {
  const why = period ? `${date} lies in ${period.name}, which is ${period.status}` : `${date} lies in no fiscal period of ${legalEntity ?? 'the legal entity'}`;
  return new Refused('PERIOD_CLOSED', `${why}. Take a date in an open period, or open the period.`, { field });
}
