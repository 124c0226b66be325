import type { Consumer } from '#kernel/consume.ts';
import { idsIn, textIn } from './payload.ts';
import { postExpenses, postingProcess, postTime } from './postWork.ts';

/** Approved time and expenses are priced and become actuals, or exceptions. */
export const approvedToBilling: Consumer = {
  name: postingProcess,
  types: ['TimesheetApproved', 'ExpenseApproved', 'ExceptionRetryRequested'],
  batch: 100,
  handle: async (scope, facts) => {
    const entryIds: string[] = [];
    const expenseIds: string[] = [];
    for (const fact of facts) {
      if (fact.type === 'TimesheetApproved') entryIds.push(...idsIn(fact, 'entryIds'));
      else if (fact.type === 'ExpenseApproved') expenseIds.push(fact.subjectId);
      else if (textIn(fact, 'process') === postingProcess)
        (textIn(fact, 'subjectType') === 'ExpenseItem' ? expenseIds : entryIds).push(textIn(fact, 'subjectId'));
    }
    await postTime(scope, [...new Set(entryIds)]);
    await postExpenses(scope, [...new Set(expenseIds)]);
  },
};
