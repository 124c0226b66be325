import { type Cause, withCauses } from '#kernel/cause.ts';
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
    const entries = new Map<string, Cause>();
    const expenses = new Map<string, Cause>();
    for (const fact of facts) {
      const { type, payload } = fact;
      if (type === 'TimesheetApproved') for (const id of payload.entryIds) entries.set(id, fact);
      else if (type === 'ExpenseApproved') expenses.set(payload.expenseId, fact);
      else if (payload.process === postingProcess) (payload.subjectType === 'ExpenseItem' ? expenses : entries).set(payload.subjectId, fact);
    }
    const caused = withCauses(scope, [...entries, ...expenses]);
    await postTime(caused, [...entries.keys()]);
    await postExpenses(caused, [...expenses.keys()]);
  },
});
