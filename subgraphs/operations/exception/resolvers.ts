import type { Resolvers } from '#generated/operations.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds, showSeconds } from '#kernel/duration.ts';
import { type ErrorCode, errorCodes } from '#kernel/errors.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMinor, showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { assignException, dismissException, exceptionAction, retryException } from './commands.ts';
import { curesOf } from './cures.ts';
import { exceptionMachine } from './machine.ts';
import { assignWhere, dismissWhere, retryWhere } from './matching.ts';
import { exceptionList, exceptionsOfSubject, readException, summarise } from './queries.ts';
import { subjectIdsOf } from './snapshot.ts';

const on = mutationsOf('exception', readException);

const ref = (id: string | null) => (id === null ? null : { id });

const isCode = (key: string): key is ErrorCode => Object.hasOwn(errorCodes, key);

export const exceptionResolvers = {
  Operations: {
    exceptions: (_, args, context) => page(context, exceptionList, args),
    exception: async (_, { id }, context) => (await readException(context, id)) ?? null,
    exceptionSummary: async (_, args, context) => {
      const rows = await summarise(context, args);
      return rows.map((row) => ({
        key: row.key,
        code: args.groupBy === 'CODE' && isCode(row.key) ? row.key : null,
        customer: args.groupBy === 'CUSTOMER' && row.key ? { id: row.key } : null,
        count: row.count,
        ...showSeconds('hours', row.seconds),
        moneyAtRisk: row.amounts.map(showMoney),
      }));
    },
  },
  Mutation: {
    retryException: on.one('retryException', retryException),
    retryExceptions: on.bulk('retryExceptions', retryException),
    retryExceptionsWhere: retryWhere,
    dismissExceptionsWhere: dismissWhere,
    assignExceptionsWhere: assignWhere,
    reopenException: on.one('reopenException', exceptionAction('reopen')),
    resolveException: on.one('resolveException', exceptionAction('resolve')),
    dismissException: on.one('dismissException', dismissException),
    assignException: on.one('assignException', assignException),
  },
  ProcessException: {
    __resolveReference: async ({ id }, context) => (await readException(context, id)) ?? null,
    timeEntry: (row) => ref(subjectIdsOf(row).timeEntryId),
    expense: (row) => ref(subjectIdsOf(row).expenseId),
    invoice: (row) => ref(subjectIdsOf(row).invoiceId),
    customer: (row) => ref(row.customerId),
    engagement: (row) => ref(row.engagementId),
    project: (row) => ref(row.projectId),
    employee: (row) => ref(row.employeeId),
    age: (row, _, { clock }) => Math.max(0, Math.floor(((row.endedAt ?? clock()).getTime() - row.firstSeenAt.getTime()) / 1000)),
    hours: (row) => (row.seconds === null ? null : hoursOfSeconds(row.seconds)),
    duration: (row) => (row.seconds === null ? null : durationOfSeconds(row.seconds)),
    moneyAtRisk: (row) => showMinor(row.amountMinor, row.currency),
    cures: (row) => [...curesOf(row)],
    availableActions: (row, _, { actor }) => availableActions(exceptionMachine, row, actor),
  },
  TimesheetEntry: { exceptions: ({ id }, args, context) => pageOf(context, exceptionsOfSubject, { parentId: id, args }) },
  ExpenseItem: { exceptions: ({ id }, args, context) => pageOf(context, exceptionsOfSubject, { parentId: id, args }) },
  Opportunity: { exceptions: ({ id }, args, context) => pageOf(context, exceptionsOfSubject, { parentId: id, args }) },
  Invoice: { exceptions: ({ id }, args, context) => pageOf(context, exceptionsOfSubject, { parentId: id, args }) },
} satisfies Resolvers;
