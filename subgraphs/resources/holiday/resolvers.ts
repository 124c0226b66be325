import type { HolidayFilter, HolidayOrderField, Resolvers } from '#generated/resources.ts';
import { type List, page } from '#kernel/connection.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { changedSince, idIn } from '#kernel/read.ts';
import { gte, isNull, lte, or } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { externalRefs, holidays } from '../tables.ts';
import { upsertHolidays } from './commands.ts';

const holidaysById = visibleById(holidays, 'employee:read');
const holidayRefs = externalRefsOf(externalRefs, 'Holiday');

const holidayList: List<typeof holidays, HolidayFilter, HolidayOrderField> = {
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

const on = mutationsOf('holiday', (context, id) => context.load(holidaysById, id));

export const holidayResolvers = {
  Query: {
    holiday: async (_, { id }, context) => (await context.load(holidaysById, id)) ?? null,
    holidays: (_, args, context) => page(context, holidayList, args),
  },
  Mutation: { upsertHolidays: on.bulk('upsertHolidays', upsertHolidays, { legalEntity: 'LegalEntity' }) },
  Holiday: {
    __resolveReference: async ({ id }, context) => (await context.load(holidaysById, id)) ?? null,
    legalEntity: ({ legalEntityId }) => (legalEntityId ? { id: legalEntityId } : null),
    externalRefs: async ({ id }, _, context) => (await context.load(holidayRefs, id)) ?? [],
  },
} satisfies Resolvers;
