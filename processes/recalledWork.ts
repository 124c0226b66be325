import { reverseForSource } from '#finance/actual/commands.ts';
import { withCauses } from '#kernel/cause.ts';
import { type Consumer, consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { approvedExpenses } from '#time/expense/queries.ts';
import { facts as time } from '#time/published.ts';
import { postingProcess } from './postWork.ts';

type Recall = FactOf<typeof time.TimeEntryRecalled> | FactOf<typeof time.ExpenseRecalled>;
type Retry = FactOf<typeof operations.ExceptionRetryRequested>;

/** A kind of work that may be taken back after it was approved. */
type Kind = {
  process: string;
  sourceType: 'TIMESHEET_ENTRY' | 'EXPENSE_ITEM';
  subjectType: 'TimesheetEntry' | 'ExpenseItem';
  approved: (db: Scope['tx'], ids: readonly string[]) => Promise<{ id: string; version: number }[]>;
};

const timeEntries: Kind = { process: 'recalled-time', sourceType: 'TIMESHEET_ENTRY', subjectType: 'TimesheetEntry', approved: approvedEntries };
const expenses: Kind = { process: 'recalled-expenses', sourceType: 'EXPENSE_ITEM', subjectType: 'ExpenseItem', approved: approvedExpenses };

/** Time that is a draft again takes its actuals out of the ledger. What an invoice took meanwhile becomes an exception. */
export const recalledTime: Consumer = consumer({
  name: timeEntries.process,
  facts: [time.TimeEntryRecalled, operations.ExceptionRetryRequested],
  handle: (scope, facts) => takeBack(scope, timeEntries, facts),
});

/** The same for expenses. */
export const recalledExpenses: Consumer = consumer({
  name: expenses.process,
  facts: [time.ExpenseRecalled, operations.ExceptionRetryRequested],
  handle: (scope, facts) => takeBack(scope, expenses, facts),
});

async function takeBack(scope: Scope, kind: Kind, facts: readonly (Recall | Retry)[]): Promise<void> {
  const { process, sourceType } = kind;
  const recalls = facts.filter((fact) => fact.type !== 'ExceptionRetryRequested').filter((fact) => fact.payload.wasApproved);
  const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === process);
  const causes = new Map<string, Recall | Retry>([
    ...recalls.map((fact) => [fact.subjectId, fact] as const),
    ...retries.map((fact) => [fact.payload.subjectId, fact] as const),
  ]);
  if (causes.size === 0) return;
  const sources = [...recalls.map((fact) => ({ id: fact.subjectId, upToVersion: versionOf(fact) })), ...(await retried(scope, kind, retries))];
  const caused = withCauses(scope, causes);
  const outcomes = await reverseForSource(caused, sourceType, sources);
  const done = outcomes.filter((outcome) => !('refused' in outcome)).map((outcome) => outcome.sourceId);
  await resolveExceptions(caused, { process, subjectIds: done });
  await resolveExceptions(caused, { process: postingProcess, subjectIds: await stillRecalled(caused, kind, recalls) });
  const reports = outcomes.flatMap((outcome) => ('refused' in outcome ? [reportOf(kind, outcome, causes.get(outcome.sourceId))] : []));
  if (reports.length > 0) await openExceptions(caused, reports);
}

function versionOf({ payload }: Recall): number {
  return 'entryVersion' in payload ? payload.entryVersion : payload.expenseVersion;
}

/** Work that was not approved again meanwhile: what stands open about a new approval is not for us to end. */
async function stillRecalled(scope: Scope, { approved }: Kind, recalls: readonly Recall[]): Promise<string[]> {
  const ids = [...new Set(recalls.map((fact) => fact.subjectId))];
  const again = new Set((await approved(scope.tx, ids)).map((work) => work.id));
  return ids.filter((id) => !again.has(id));
}

/** A later attempt voids all but what the present approval posted. */
async function retried(scope: Scope, { approved }: Kind, retries: readonly Retry[]): Promise<{ id: string; upToVersion: number }[]> {
  const ids = retries.map((fact) => fact.payload.subjectId);
  const present = new Map((await approved(scope.tx, ids)).map((work) => [work.id, work.version]));
  return ids.map((id) => ({ id, upToVersion: (present.get(id) ?? 2 ** 31) - 1 }));
}

type Refusal = { sourceId: string; refused: Pick<ExceptionReport, 'code' | 'message'> };

function reportOf(
  { process, subjectType: type }: Kind,
  { sourceId: id, refused: { code, message } }: Refusal,
  fact: Recall | Retry | undefined,
): ExceptionReport {
  return { process, code, message, subject: { type, id }, owner: 'controller', keys: fact?.keys };
}
