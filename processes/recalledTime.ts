import { reverseForSource } from '#finance/actual/commands.ts';
import type { Consumer } from '#kernel/consume.ts';
import { resolveExceptions } from '#operations/exception/commands.ts';
import { postingProcess } from './postWork.ts';

/** Time that is a draft again takes its actuals out of the ledger, and ends what stood open about it. */
export const recalledTime: Consumer = {
  name: 'recalled-time',
  types: ['TimeEntryRecalled'],
  handle: async (scope, facts) => {
    const ids = [...new Set(facts.filter((fact) => fact.payload.wasApproved === true).map((fact) => fact.subjectId))];
    await reverseForSource(scope, 'TIMESHEET_ENTRY', ids);
    await resolveExceptions(scope, { process: postingProcess, subjectIds: ids });
  },
};
