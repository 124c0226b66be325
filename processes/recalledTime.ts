import { reverseForSource } from '#finance/actual/commands.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { facts as time } from '#time/published.ts';
import { postingProcess } from './postWork.ts';

const process = 'recalled-time';

type Recall = FactOf<typeof time.TimeEntryRecalled>;
type Retry = FactOf<typeof operations.ExceptionRetryRequested>;

/** Time that is a draft again takes its actuals out of the ledger. What an invoice took meanwhile becomes an exception. */
export const recalledTime = consumer({
  name: process,
  facts: [time.TimeEntryRecalled, operations.ExceptionRetryRequested],
  handle: async (scope, facts) => {
    const recalls = facts.filter((fact) => fact.type === 'TimeEntryRecalled').filter((fact) => fact.payload.wasApproved);
    const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === process);
    const causes = new Map<string, Recall | Retry>([
      ...recalls.map((fact) => [fact.subjectId, fact] as const),
      ...retries.map((fact) => [fact.payload.subjectId, fact] as const),
    ]);
    if (causes.size === 0) return;
    const sources = [...recalls.map((fact) => ({ id: fact.subjectId, upToVersion: fact.payload.entryVersion })), ...(await retried(scope, retries))];
    const caused = withCauses(scope, causes);
    const outcomes = await reverseForSource(caused, 'TIMESHEET_ENTRY', sources);
    const done = outcomes.filter((outcome) => !('refused' in outcome)).map((outcome) => outcome.sourceId);
    await resolveExceptions(caused, { process, subjectIds: done });
    await resolveExceptions(caused, { process: postingProcess, subjectIds: await stillRecalled(caused, recalls) });
    const reports = outcomes.flatMap((outcome) => ('refused' in outcome ? [reportOf(outcome.sourceId, outcome.refused, causes.get(outcome.sourceId))] : []));
    if (reports.length > 0) await openExceptions(caused, reports);
  },
});

/** Entries that were not approved again meanwhile: what stands open about a new approval is not for us to end. */
async function stillRecalled(scope: Scope, recalls: readonly Recall[]): Promise<string[]> {
  const ids = [...new Set(recalls.map((fact) => fact.subjectId))];
  const again = new Set((await approvedEntries(scope.tx, ids)).map((entry) => entry.id));
  return ids.filter((id) => !again.has(id));
}

/** A later attempt voids all but what the entry's present approval posted. */
async function retried(scope: Scope, retries: readonly Retry[]): Promise<{ id: string; upToVersion: number }[]> {
  const ids = retries.map((fact) => fact.payload.subjectId);
  const present = new Map((await approvedEntries(scope.tx, ids)).map((entry) => [entry.id, entry.version]));
  return ids.map((id) => ({ id, upToVersion: (present.get(id) ?? 2 ** 31) - 1 }));
}

function reportOf(id: string, refused: Pick<ExceptionReport, 'code' | 'message'>, fact: Recall | Retry | undefined): ExceptionReport {
  const { code, message } = refused;
  return {
    process,
    code,
    message,
    subject: { type: 'TimesheetEntry', id },
    owner: 'controller',
    keys: fact?.keys,
  };
}
