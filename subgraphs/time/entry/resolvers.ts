import type { Resolvers } from '#generated/time.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { notFound } from '#kernel/rows.ts';
import { entryActions } from '../available.ts';
import { readTimesheet } from '../timesheet/queries.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

const on = mutationsOf('timeEntry', queries.readEntry);
/** What an item may name by another system's reference. */
const pointers = { employee: 'Employee!', project: 'Project!', task: 'Task', laborCategory: 'LaborCategory' } as const;
const onTimesheet = mutationsOf('timesheet', readTimesheet);

export const entryResolvers = {
  Query: {
    timeEntry: async (_, { id }, context) => (await queries.readEntry(context, id)) ?? null,
    timeEntries: (_, args, context) => page(context, queries.entryList, args),
    approvedNotPosted: (_, args, context) => page(context, queries.approvedNotPostedList, args),
  },
  Mutation: {
    recordTimeEntry: on.one('recordTimeEntry', commands.recordTimeEntries, pointers),
    recordTimeEntries: on.bulk('recordTimeEntries', commands.recordTimeEntries, pointers),
    updateTimeEntry: on.one('updateTimeEntry', commands.updateTimeEntry),
    deleteTimeEntry: onTimesheet.one('deleteTimeEntry', commands.deleteTimeEntry),
    recallTimeEntry: on.one('recallTimeEntry', commands.recallTimeEntry),
    requestTimeEntryRecall: on.one('requestTimeEntryRecall', commands.requestTimeEntryRecall),
    approveTimeEntryRecall: on.one('approveTimeEntryRecall', commands.approveTimeEntryRecall),
    refuseTimeEntryRecall: on.one('refuseTimeEntryRecall', commands.refuseTimeEntryRecall),
    approveTimeEntry: on.one('approveTimeEntry', commands.approveTimeEntry),
    rejectTimeEntry: on.one('rejectTimeEntry', commands.rejectTimeEntry),
    reviseTimeEntry: on.one('reviseTimeEntry', commands.reviseTimeEntry),
    assignLaborCategory: on.bulk('assignLaborCategory', commands.assignLaborCategory),
  },
  TimesheetEntry: {
    __resolveReference: async ({ id }, context) => (await queries.readEntry(context, id)) ?? null,
    timesheet: async ({ timesheetId }, _, context) => {
      const timesheet = await readTimesheet(context, timesheetId);
      if (!timesheet) throw notFound('Timesheet', timesheetId);
      return timesheet;
    },
    employee: ({ employeeId }) => ({ id: employeeId }),
    customer: ({ customerId }) => ({ id: customerId }),
    engagement: ({ engagementId }) => ({ id: engagementId }),
    project: ({ projectId }) => ({ id: projectId }),
    task: ({ taskId }) => (taskId ? { id: taskId } : null),
    laborCategory: ({ laborCategoryId }) => (laborCategoryId ? { id: laborCategoryId } : null),
    approvedBy: ({ approvedBy }) => (approvedBy ? { id: approvedBy } : null),
    hours: ({ seconds }) => hoursOfSeconds(seconds),
    duration: ({ seconds }) => durationOfSeconds(seconds),
    externalRefs: async ({ id }, _, context) => (await context.load(queries.entryRefs, id)) ?? [],
    availableActions: (entry, _, context) => entryActions(context, entry),
  },
  Customer: { timeEntries: ({ id }, args, context) => pageOf(context, queries.entriesOfCustomer, { parentId: id, args }) },
  Engagement: { timeEntries: ({ id }, args, context) => pageOf(context, queries.entriesOfEngagement, { parentId: id, args }) },
  Project: { timeEntries: ({ id }, args, context) => pageOf(context, queries.entriesOfProject, { parentId: id, args }) },
  Task: { timeEntries: ({ id }, args, context) => pageOf(context, queries.entriesOfTask, { parentId: id, args }) },
  Employee: { timeEntries: ({ id }, args, context) => pageOf(context, queries.entriesOfEmployee, { parentId: id, args }) },
} satisfies Resolvers;
