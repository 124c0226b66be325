import { consumer } from '#kernel/consume.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as time } from '#time/published.ts';
import { postExpenses, postingProcess, postTime } from './postWork.ts';

/** Approved time and expenses are priced and become actuals, or exceptions. */
export const approvedToBilling = consumer({
  name: postingProcess,
  facts: [time.TimesheetApproved, time.ExpenseApproved, operations.ExceptionRetryRequested],
  batch: 100,
  handle: async (scope, facts) => {
    const entryIds: string[] = [];
    const expenseIds: string[] = [];
    for (const { type, payload } of facts) {
      if (type === 'TimesheetApproved') entryIds.push(...payload.entryIds);
      else if (type === 'ExpenseApproved') expenseIds.push(payload.expenseId);
      else if (payload.process === postingProcess) (payload.subjectType === 'ExpenseItem' ? expenseIds : entryIds).push(payload.subjectId);
    }
    await postTime(scope, [...new Set(entryIds)]);
    await postExpenses(scope, [...new Set(expenseIds)]);
  },
});
