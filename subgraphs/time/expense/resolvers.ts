import type { Resolvers } from '#generated/time.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { expenseActions } from '../available.ts';
import * as commands from './commands.ts';
import { expenseList, expenseRefs, expensesOfCustomer, expensesOfEmployee, expensesOfProject, readExpense } from './queries.ts';

const on = mutationsOf('expense', readExpense);
/** What an item may name by another system's reference. */
const pointers = { employee: 'Employee!', project: 'Project!', task: 'Task' } as const;
const onDeleted = mutationsOf('deletedId', async (_, id) => id);

export const expenseResolvers = {
  Query: {
    expense: async (_, { id }, context) => (await readExpense(context, id)) ?? null,
    expenses: (_, args, context) => page(context, expenseList, args),
  },
  Mutation: {
    recordExpense: on.one('recordExpense', commands.recordExpenses, pointers),
    recordExpenses: on.bulk('recordExpenses', commands.recordExpenses, pointers),
    updateExpense: on.one('updateExpense', commands.updateExpense),
    deleteExpense: onDeleted.one('deleteExpense', commands.deleteExpense),
    submitExpense: on.one('submitExpense', commands.submitExpenses),
    submitExpenses: on.bulk('submitExpenses', commands.submitExpenses),
    approveExpense: on.one('approveExpense', commands.approveExpenses),
    approveExpenses: on.bulk('approveExpenses', commands.approveExpenses),
    rejectExpense: on.one('rejectExpense', commands.rejectExpense),
    recallExpense: on.one('recallExpense', commands.recallExpense),
    requestExpenseRecall: on.one('requestExpenseRecall', commands.requestExpenseRecall),
    approveExpenseRecall: on.one('approveExpenseRecall', commands.approveExpenseRecall),
    refuseExpenseRecall: on.one('refuseExpenseRecall', commands.refuseExpenseRecall),
    reviseExpense: on.one('reviseExpense', commands.reviseExpense),
    reimburseExpense: on.one('reimburseExpense', commands.reimburseExpense),
  },
  ExpenseItem: {
    __resolveReference: async ({ id }, context) => (await readExpense(context, id)) ?? null,
    employee: ({ employeeId }) => ({ id: employeeId }),
    customer: ({ customerId }) => ({ id: customerId }),
    engagement: ({ engagementId }) => ({ id: engagementId }),
    project: ({ projectId }) => ({ id: projectId }),
    task: ({ taskId }) => (taskId ? { id: taskId } : null),
    approvedBy: ({ approvedBy }) => (approvedBy ? { id: approvedBy } : null),
    amount: ({ amountMinor: minor, currency }) => showMoney({ minor, currency }),
    externalRefs: async ({ id }, _, context) => (await context.load(expenseRefs, id)) ?? [],
    availableActions: (expense, _, context) => expenseActions(context, expense),
  },
  Customer: { expenses: ({ id }, args, context) => pageOf(context, expensesOfCustomer, { parentId: id, args }) },
  Project: { expenses: ({ id }, args, context) => pageOf(context, expensesOfProject, { parentId: id, args }) },
  Employee: { expenses: ({ id }, args, context) => pageOf(context, expensesOfEmployee, { parentId: id, args }) },
} satisfies Resolvers;
