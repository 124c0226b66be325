import { type PostingOptions, type PostingOutcome, postApprovedExpenses, postApprovedTime } from '#finance/actual/commands.ts';
import type { Scope } from '#kernel/context.ts';
import type { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { markPosted, markPostingException, markUnposted } from '#time/entry/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { markExpensesPosted, markExpensesPostingException, markExpensesUnposted } from '#time/expense/commands.ts';
import { approvedExpenses } from '#time/expense/queries.ts';

/** The name under which what cannot be posted lands among the exceptions. */
export const postingProcess = 'approved-time-to-billing';

/** Who has to act when work cannot be posted. */
const owner = 'controller';

type Source = { id: string; customerId: string; engagementId: string; projectId: string; employeeId: string; legalEntityId: string | null };
type Entry = Awaited<ReturnType<typeof approvedEntries>>[number];
type Expense = Awaited<ReturnType<typeof approvedExpenses>>[number];
type Story<Work extends Source> = {
  subjectType: 'TimesheetEntry' | 'ExpenseItem';
  work: readonly Work[];
  post: (scope: Scope, work: readonly Work[], options?: PostingOptions) => Promise<PostingOutcome[]>;
  options: PostingOptions | undefined;
  posted: (scope: Scope, ids: readonly string[]) => Promise<void>;
  excepted: (scope: Scope, ids: readonly string[]) => Promise<void>;
  unposted: (scope: Scope, ids: readonly string[]) => Promise<void>;
  seconds: (work: Work) => bigint | null;
  spent: (work: Work) => Money | undefined;
};

/** Approved time becomes actuals or open exceptions; nothing in between. What is in the ledger already stays as it is; what was taken back comes `anew` only. */
export async function postTime(scope: Scope, ids: readonly string[], options?: PostingOptions): Promise<void> {
  await postAll(scope, await timeStory(scope, ids, options));
}

/** The same for approved expenses. */
export async function postExpenses(scope: Scope, ids: readonly string[], options?: PostingOptions): Promise<void> {
  await postAll(scope, await expenseStory(scope, ids, options));
}

export async function reopenTime(scope: Scope, refusals: ReadonlyMap<string, Refusal>): Promise<void> {
  await reopenAll(scope, await timeStory(scope, [...refusals.keys()]), refusals);
}

export async function reopenExpenses(scope: Scope, refusals: ReadonlyMap<string, Refusal>): Promise<void> {
  await reopenAll(scope, await expenseStory(scope, [...refusals.keys()]), refusals);
}

async function timeStory(scope: Scope, ids: readonly string[], options?: PostingOptions) {
  const marks = { posted: markPosted, excepted: markPostingException, unposted: markUnposted };
  const work = await approvedEntries(scope.tx, ids);
  return {
    subjectType: 'TimesheetEntry',
    work,
    post: postApprovedTime,
    options,
    ...marks,
    seconds: (entry: Entry) => entry.seconds,
    spent: () => undefined,
  } as const;
}

async function expenseStory(scope: Scope, ids: readonly string[], options?: PostingOptions) {
  const marks = { posted: markExpensesPosted, excepted: markExpensesPostingException, unposted: markExpensesUnposted };
  const work = (await approvedExpenses(scope.tx, ids)).map((expense) => ({ ...expense, description: expense.notes }));
  const spent = ({ amountMinor: minor, currency }: Expense) => ({ minor, currency });
  return { subjectType: 'ExpenseItem', work, post: postApprovedExpenses, options, ...marks, seconds: () => null, spent } as const;
}

async function postAll<Work extends Source & { posted: boolean }>(scope: Scope, story: Story<Work>): Promise<void> {
  const open = story.work.filter((work) => !work.posted);
  if (open.length === 0) return;
  const outcomes = await story.post(scope, open, story.options);
  const done = outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.sourceId]));
  await story.posted(scope, done);
  await resolveExceptions(scope, { process: postingProcess, subjectIds: done });
  // What was taken back is in somebody's hands since then: a repeat has nothing to add.
  const refusals = outcomes.flatMap((outcome) =>
    'refused' in outcome && outcome.refused.code !== 'ACTUAL_REVERSED' ? [[outcome.sourceId, outcome] as const] : [],
  );
  await report(scope, story, new Map(refusals));
}

/** Posted work whose actuals were taken back is open again, with an exception. What is open already, or is approved no more, is left alone. */
async function reopenAll<Work extends Source & { posted: boolean }>(scope: Scope, story: Story<Work>, refusals: ReadonlyMap<string, Refusal>): Promise<void> {
  const lost = story.work.filter((work) => work.posted && refusals.has(work.id));
  await story.unposted(
    scope,
    lost.map((work) => work.id),
  );
  await report(scope, { ...story, work: lost }, refusals);
}

type Refusal = { refused: Refused; atRisk?: Money };

async function report<Work extends Source>(scope: Scope, story: Story<Work>, refusals: ReadonlyMap<string, Refusal>): Promise<void> {
  const reports = story.work.flatMap((work) => {
    const refusal = refusals.get(work.id);
    return refusal ? [reportOf(story, work, refusal)] : [];
  });
  if (reports.length === 0) return;
  await story.excepted(
    scope,
    reports.map((each) => each.subject.id),
  );
  await openExceptions(scope, reports);
}

function reportOf<Work extends Source>(story: Story<Work>, work: Work, { refused, atRisk }: Refusal): ExceptionReport {
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
