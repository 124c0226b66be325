import { type PostingOutcome, postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import type { Scope } from '#kernel/context.ts';
import type { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { markPosted, markPostingException } from '#time/entry/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { markExpensesPosted, markExpensesPostingException } from '#time/expense/commands.ts';
import { approvedExpenses } from '#time/expense/queries.ts';

/** The name under which what cannot be posted lands among the exceptions. */
export const postingProcess = 'approved-time-to-billing';

/** Who has to act when work cannot be posted. */
const owner = 'controller';

type Source = { id: string; customerId: string; engagementId: string; projectId: string; employeeId: string; legalEntityId: string | null };
type Story<Work extends Source> = {
  subjectType: 'TimesheetEntry' | 'ExpenseItem';
  work: readonly Work[];
  post: (scope: Scope, work: readonly Work[]) => Promise<PostingOutcome[]>;
  posted: (scope: Scope, ids: readonly string[]) => Promise<void>;
  excepted: (scope: Scope, ids: readonly string[]) => Promise<void>;
  seconds: (work: Work) => bigint | null;
  spent: (work: Work) => Money | undefined;
};

/** Approved time becomes actuals or open exceptions; nothing in between. What is in the ledger already stays as it is. */
export async function postTime(scope: Scope, ids: readonly string[]): Promise<void> {
  const work = await approvedEntries(scope.tx, ids);
  await postAll(scope, {
    subjectType: 'TimesheetEntry',
    work,
    post: postApprovedTime,
    posted: markPosted,
    excepted: markPostingException,
    seconds: (entry) => entry.seconds,
    spent: () => undefined,
  });
}

/** The same for approved expenses. */
export async function postExpenses(scope: Scope, ids: readonly string[]): Promise<void> {
  const work = (await approvedExpenses(scope.tx, ids)).map((expense) => ({ ...expense, description: expense.notes }));
  await postAll(scope, {
    subjectType: 'ExpenseItem',
    work,
    post: postApprovedExpenses,
    posted: markExpensesPosted,
    excepted: markExpensesPostingException,
    seconds: () => null,
    spent: (expense) => ({ minor: expense.amountMinor, currency: expense.currency }),
  });
}

async function postAll<Work extends Source & { posted: boolean }>(scope: Scope, story: Story<Work>): Promise<void> {
  const open = story.work.filter((work) => !work.posted);
  if (open.length === 0) return;
  const byId = new Map(open.map((work) => [work.id, work]));
  const done: string[] = [];
  const reports: ExceptionReport[] = [];
  for (const outcome of await story.post(scope, open)) {
    const work = byId.get(outcome.sourceId);
    if (!('refused' in outcome)) done.push(outcome.sourceId);
    else if (work) reports.push(reportOf(story, work, outcome));
  }
  await story.posted(scope, done);
  await story.excepted(
    scope,
    reports.map((report) => report.subject.id),
  );
  await resolveExceptions(scope, { process: postingProcess, subjectIds: done });
  if (reports.length > 0) await openExceptions(scope, reports);
}

function reportOf<Work extends Source>(story: Story<Work>, work: Work, { refused, atRisk }: { refused: Refused; atRisk?: Money }): ExceptionReport {
  const { customerId, engagementId, projectId, employeeId, legalEntityId } = work;
  return {
    process: postingProcess,
    code: refused.code,
    message: refused.message,
    subject: { type: story.subjectType, id: work.id },
    owner,
    keys: { customerId, engagementId, projectId, employeeId, legalEntityId },
    seconds: story.seconds(work),
    moneyAtRisk: atRisk ?? story.spent(work),
  };
}
