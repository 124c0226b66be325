import type { Resolvers } from '#generated/time.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { entriesInClosedPeriods, timesheetActions } from '../available.ts';
import { entriesOfTimesheet } from '../entry/queries.ts';
import { summaryOf } from '../summary/queries.ts';
import { approveTimesheets, createTimesheets, rejectTimesheets, submitTimesheets } from './commands.ts';
import { demandOwnOrder, readTimesheet, timesheetList, timesheetRefs, timesheetsOfEmployee } from './queries.ts';
import { shownTo } from './shown.ts';

const on = mutationsOf('timesheet', readTimesheet);

export const timesheetResolvers = {
  Query: {
    timesheet: async (_, { id }, context) => (await readTimesheet(context, id)) ?? null,
    timesheets: (_, args, context) => page(context, timesheetList, demandOwnOrder(args, context.actor)),
  },
  Mutation: {
    createTimesheets: on.bulk('createTimesheets', createTimesheets, { employee: 'Employee!' }),
    submitTimesheet: on.one('submitTimesheet', submitTimesheets),
    submitTimesheets: on.bulk('submitTimesheets', submitTimesheets),
    approveTimesheet: on.one('approveTimesheet', approveTimesheets),
    approveTimesheets: on.bulk('approveTimesheets', approveTimesheets),
    rejectTimesheet: on.one('rejectTimesheet', rejectTimesheets),
    rejectTimesheets: on.bulk('rejectTimesheets', rejectTimesheets),
  },
  Timesheet: {
    __resolveReference: async ({ id }, context) => (await readTimesheet(context, id)) ?? null,
    employee: ({ employeeId }) => ({ id: employeeId }),
    version: async (sheet, _, context) => (await shownTo(context, sheet)).version,
    status: async (sheet, _, context) => (await shownTo(context, sheet)).status,
    submittedAt: async (sheet, _, context) => (await shownTo(context, sheet)).submittedAt,
    updatedAt: async (sheet, _, context) => (await shownTo(context, sheet)).updatedAt,
    entries: ({ id }, args, context) => pageOf(context, entriesOfTimesheet, { parentId: id, args }),
    entriesInClosedPeriods: ({ id }, _, context) => entriesInClosedPeriods(context, id),
    summary: ({ id }, { filter }, context) => summaryOf(context, 'timesheet', { id, filter }),
    externalRefs: async ({ id }, _, context) => (await context.load(timesheetRefs, id)) ?? [],
    availableActions: (timesheet, _, context) => timesheetActions(context, timesheet),
  },
  Employee: { timesheets: ({ id }, args, context) => pageOf(context, timesheetsOfEmployee, { parentId: id, args: demandOwnOrder(args, context.actor) }) },
} satisfies Resolvers;
