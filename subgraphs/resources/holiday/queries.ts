import type { HolidayFilter, HolidayOrderField } from '#generated/resources.ts';
import type { List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { changedSince, idIn } from '#kernel/read.ts';
import { gte, isNull, lte, or } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, type HolidayRow, holidays } from '../tables.ts';

const holidaysById = visibleById(holidays, 'employee:read');

/** A holiday, if there is one that the actor may know of. */
export function readHoliday(context: Context, id: string): Promise<HolidayRow | undefined> {
  return context.load(holidaysById, id);
}

export const holidayRefs = externalRefsOf(externalRefs, 'Holiday');

export const holidayList: List<typeof holidays, HolidayFilter, HolidayOrderField> = {
  table: holidays,
  read: 'employee:read',
  orders: { DATE: holidays.date, UPDATED_AT: holidays.updatedAt },
  defaultOrder: { field: 'DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(holidays, filter.updatedSince),
    filter.dateFrom ? gte(holidays.date, filter.dateFrom) : undefined,
    filter.dateTo ? lte(holidays.date, filter.dateTo) : undefined,
    filter.legalEntityIds ? or(isNull(holidays.legalEntityId), idIn(holidays.legalEntityId, filter.legalEntityIds)) : undefined,
    externalRefFilter({ table: externalRefs, entityType: 'Holiday', id: holidays.id }, filter.externalRefs),
  ],
};
