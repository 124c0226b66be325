import type { Db } from '#kernel/db.ts';
import { type CalendarDate, latestOf } from '#kernel/period.ts';
import { asc, inArray } from '#kernel/sql.ts';
import { judgeBy, type PeriodJudge, periodOn } from '../journal/periods.ts';
import { type FiscalPeriodRow, fiscalPeriods } from '../tables.ts';

/** Fiscal periods for who only looks: nothing is held. Books are read when they are asked for first. */
export type Calendar = {
  read(legalEntityIds: readonly string[]): Promise<void>;
  judge: PeriodJudge;
  periodOn(legalEntityId: string, date: CalendarDate): FiscalPeriodRow | undefined;
  /** The first day from this one on that takes postings; undefined when there is none. */
  firstOpen(legalEntityId: string, from: CalendarDate): CalendarDate | undefined;
};

export function calendarOf(db: Db): Calendar {
  const periods: FiscalPeriodRow[] = [];
  const read = new Set<string>();
  return {
    read: async (legalEntityIds) => {
      const unread = [...new Set(legalEntityIds)].filter((id) => !read.has(id));
      if (unread.length === 0) return;
      const rows = await db.select().from(fiscalPeriods).where(inArray(fiscalPeriods.legalEntityId, unread)).orderBy(asc(fiscalPeriods.startDate));
      for (const id of unread) read.add(id);
      periods.push(...rows);
    },
    judge: (day, field) => judgeBy(periods, () => undefined)(day, field),
    periodOn: (legalEntityId, date) => periodOn(periods, { legalEntityId, date }),
    firstOpen: (legalEntityId, from) => {
      const [open] = periods.filter((each) => each.legalEntityId === legalEntityId && each.status === 'OPEN' && each.endDate >= from);
      return open && latestOf(open.startDate, from);
    },
  };
}
