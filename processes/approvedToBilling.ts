import { type Cause, withCauses } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as time } from '#time/published.ts';
import { postExpenses, postingProcess, postTime } from './postWork.ts';

type Retry = FactOf<typeof operations.ExceptionRetryRequested>;

/** Approved time and expenses are priced and become actuals, or exceptions. */
export const approvedToBilling = consumer({
  name: postingProcess,
  facts: [time.TimesheetApproved, time.ExpenseApproved, operations.ExceptionRetryRequested],
  batch: 100,
  handle: async (scope, facts) => {
    const approved = { entries: new Map<string, Cause>(), expenses: new Map<string, Cause>() };
    const retried = { entries: new Map<string, Retry>(), expenses: new Map<string, Retry>() };
    for (const fact of facts) {
      const { type, payload } = fact;
      if (type === 'TimesheetApproved') for (const id of payload.entryIds) approved.entries.set(id, fact);
      else if (type === 'ExpenseApproved') approved.expenses.set(payload.expenseId, fact);
      else if (payload.process === postingProcess) retried[payload.subjectType === 'ExpenseItem' ? 'expenses' : 'entries'].set(payload.subjectId, fact);
    }
    // A retry that is heard of twice does not post again what was taken back after it was answered.
    const asked = await retriedSubjects(scope.tx, postingProcess, [...retried.entries.keys(), ...retried.expenses.keys()]);
    const caused = withCauses(scope, [...approved.entries, ...approved.expenses, ...retried.entries, ...retried.expenses]);
    const ids = (causes: ReadonlyMap<string, Cause>, again: boolean) => [...causes.keys()].filter((id) => asked.has(id) === again);
    await postTime(caused, ids(approved.entries, false));
    await postExpenses(caused, ids(approved.expenses, false));
    for (const { post, of } of [
      { post: postTime, of: retried.entries },
      { post: postExpenses, of: retried.expenses },
    ])
      for (const [lateOn, due] of Map.groupBy(ids(of, true), (id) => of.get(id)?.payload.accountingDate ?? undefined))
        await post(caused, due, { anew: true, lateOn });
  },
});
