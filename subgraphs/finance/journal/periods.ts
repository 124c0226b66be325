import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type CalendarDate, within } from '#kernel/period.ts';
import { rowsById } from '#kernel/rows.ts';
import { asc, sql } from '#kernel/sql.ts';
import { fiscalPeriods, legalEntities } from '../tables.ts';

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
  const periodOf = ({ legalEntityId, date }: BookDay) =>
    periods.find((each) => each.legalEntityId === legalEntityId && within(date, { from: each.startDate, to: each.endDate }));
  // Names are for the sentence of a refusal only.
  const outside = days.filter((day) => !periodOf(day)).map((day) => day.legalEntityId);
  const books = await rowsById(scope.tx, legalEntities, outside);
  return ({ legalEntityId, date }, field) => {
    const period = periodOf({ legalEntityId, date });
    if (period?.status === 'OPEN') return undefined;
    return notOpen({ date, field }, period, books.get(legalEntityId)?.name);
  };
}

type Named = { name: string; status: string };

/** The day lies in a period that takes nothing, or in none of the legal entity. */
export function notOpen({ date, field }: { date: CalendarDate; field?: string | undefined }, period: Named | undefined, legalEntity?: string): Refused {
  const why = period ? `${date} lies in ${period.name}, which is ${period.status}` : `${date} lies in no fiscal period of ${legalEntity ?? 'the legal entity'}`;
  return new Refused('PERIOD_CLOSED', `${why}. Take a date in an open period, or open the period.`, { field });
}
