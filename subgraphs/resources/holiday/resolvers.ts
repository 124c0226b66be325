import type { Resolvers } from '#generated/resources.ts';
import { page } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { upsertHolidays } from './commands.ts';
import { holidayList, holidayRefs, readHoliday } from './queries.ts';

const on = mutationsOf('holiday', readHoliday);

export const holidayResolvers = {
  Query: {
    holiday: async (_, { id }, context) => (await readHoliday(context, id)) ?? null,
    holidays: (_, args, context) => page(context, holidayList, args),
  },
  Mutation: { upsertHolidays: on.bulk('upsertHolidays', upsertHolidays, { legalEntity: 'LegalEntity' }) },
  Holiday: {
    __resolveReference: async ({ id }, context) => (await readHoliday(context, id)) ?? null,
    legalEntity: ({ legalEntityId }) => (legalEntityId ? { id: legalEntityId } : null),
    externalRefs: async ({ id }, _, context) => (await context.load(holidayRefs, id)) ?? [],
  },
} satisfies Resolvers;
