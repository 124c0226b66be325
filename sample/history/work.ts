import { facts as financeFacts } from '#finance/published.ts';
import type { ActualRow } from '#finance/tables.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { showMoney } from '#kernel/money.ts';
import type { ProcessExceptionRow } from '#operations/tables.ts';
import { postingProcess } from '#processes/postWork.ts';
import { facts } from '#time/published.ts';
import type { ExpenseItemRow, TimesheetEntryRow, TimesheetRow } from '#time/tables.ts';
import { aboutEntries } from '#time/timesheet/about.ts';
import type { Random } from '../random.ts';
import type { Refusal } from '../trouble.ts';
import type { Work } from '../work.ts';
import { opened } from './exceptions.ts';
import { type Doer, type Moment, type Stated, service, staff, stated, system } from './stated.ts';

/** The process that posts approved work, as its facts name it. */
const posting = service(postingProcess);

type Weeks = { work: Work; correlations: ReadonlyMap<string, string>; exceptions: ProcessExceptionRow[] };

/** Time and expenses of one person: submitted, decided, and posted, or added to `exceptions`. `correlations` names each project's business transaction. */
export function* ofWork(random: Random, { work, correlations, exceptions }: Weeks): Iterable<Stated> {
  const entries = Map.groupBy(work.entries, ({ timesheetId }) => timesheetId);
  const posted = Map.groupBy(work.actuals, ({ sourceId }) => sourceId);
  for (const timesheet of work.timesheets) {
    const own = entries.get(timesheet.id) ?? [];
    yield* ofTimesheet(random, { timesheet, entries: own, decidedBy: work.decidedBy, refusals: work.refusals, posted, correlations, exceptions });
  }
  for (const expense of work.expenses) {
    const correlationId = correlations.get(expense.projectId) ?? expense.id;
    yield* ofExpense(random, { expense, approverId: work.decidedBy.get(expense.id), posted, correlationId });
  }
  yield* ofBilled(random, work.actuals);
}

/** What was done since; the rest has left the log. */
export function since(begin: Date, work: Work): Work {
  const timesheets = work.timesheets.filter(({ updatedAt }) => updatedAt >= begin);
  const kept = new Set(timesheets.map(({ id }) => id));
  return {
    timesheets,
    entries: work.entries.filter(({ timesheetId }) => kept.has(timesheetId)),
    expenses: work.expenses.filter(({ updatedAt }) => updatedAt >= begin),
    actuals: work.actuals.filter(({ createdAt }) => createdAt >= begin),
    decidedBy: work.decidedBy,
    refusals: work.refusals,
  };
}

/** The business transaction of all of them, if it is one. */
function shared(entries: readonly TimesheetEntryRow[], correlations: ReadonlyMap<string, string>): string | undefined {
  const found = new Set(entries.map(({ projectId }) => correlations.get(projectId)));
  return found.size === 1 ? found.values().next().value : undefined;
}

type Posted = ReadonlyMap<string, readonly ActualRow[]>;
type Sheet = {
  timesheet: TimesheetRow;
  entries: readonly TimesheetEntryRow[];
  decidedBy: Work['decidedBy'];
  refusals: Work['refusals'];
  posted: Posted;
  correlations: ReadonlyMap<string, string>;
  exceptions: ProcessExceptionRow[];
};

/** One submission a week, then one decision of each approver. */
export function* ofTimesheet(random: Random, { timesheet, entries, decidedBy, refusals, posted, correlations, exceptions }: Sheet): Iterable<Stated> {
  const { id, employeeId, status, submittedAt, updatedAt } = timesheet;
  if (!submittedAt || entries.length === 0) return;
  const told = (some: readonly TimesheetEntryRow[]) => ({ correlationId: shared(some, correlations) ?? id });
  const said = (moment: Moment, version: number) => ({ id: random.id(moment.at.getTime()), subject: { id, version } });
  const submitted: Moment = { at: submittedAt, by: staff(employeeId), ...told(entries) };
  yield stated(facts.TimesheetSubmitted, { ...said(submitted, 2), ...factOf(timesheet, entries) }, submitted);
  if (status === 'SUBMITTED') return;
  const decisions = [...Map.groupBy(entries, (entry) => decidedBy.get(entry.id) ?? employeeId)];
  for (const [index, [approverId, some]] of decisions.entries()) {
    const moment: Moment = { at: some[0]?.approvedAt ?? updatedAt, by: staff(approverId), ...told(some) };
    const { keys, payload } = factOf(timesheet, some);
    const decided = { ...said(moment, 3 + index), keys };
    if (status === 'APPROVED') {
      const complete = index === decisions.length - 1;
      const approval = stated(facts.TimesheetApproved, { ...decided, payload: { ...payload, complete, approverId } }, moment);
      yield approval;
      for (const entry of some) {
        yield* ofActuals(random, { actuals: posted.get(entry.id) ?? [], cause: approval });
        yield* ofRefusal(random, { entry, refusal: refusals.get(entry.id), cause: approval, exceptions });
      }
    } else yield stated(facts.TimesheetRejected, { ...decided, payload: { ...payload, approverId, reason: some[0]?.rejectionReason ?? '' } }, moment);
  }
}

/** What a fact says of some entries of a timesheet. */
function factOf(timesheet: TimesheetRow, entries: readonly TimesheetEntryRow[]) {
  const { keys = {}, payload } = aboutEntries(timesheet, entries, {});
  return { keys, payload };
}

type Refused = { entry: TimesheetEntryRow; refusal: Refusal | undefined; cause: Stated; exceptions: ProcessExceptionRow[] };

/** What could not be posted is among the exceptions. */
function* ofRefusal(random: Random, { entry, refusal, cause, exceptions }: Refused): Iterable<Stated> {
  if (!refusal) return;
  const { row, fact } = opened(random, {
    process: postingProcess,
    subject: { type: 'TimesheetEntry', id: entry.id },
    ...refusal,
    seconds: entry.seconds,
    owner: entry,
    cause,
  });
  exceptions.push(row);
  yield fact;
}

type Outlay = { expense: ExpenseItemRow; approverId: string | undefined; posted: Posted; correlationId: string };

export function* ofExpense(random: Random, { expense, approverId, posted, correlationId }: Outlay): Iterable<Stated> {
  const { id, employeeId, customerId, engagementId, projectId, legalEntityId, category, workDate, amountMinor, currency, billable, status } = expense;
  if (!expense.submittedAt) return;
  const keys = { customerId, engagementId, projectId, employeeId, legalEntityId };
  const payload = { expenseId: id, employeeId, customerId, projectId, category, workDate, amount: showMoney({ minor: amountMinor, currency }), billable };
  const said = (moment: Moment, version: number) => ({ id: random.id(moment.at.getTime()), subject: { id, version }, keys });
  const submitted: Moment = { at: expense.submittedAt, by: staff(employeeId), correlationId };
  yield stated(facts.ExpenseSubmitted, { ...said(submitted, 2), payload: { ...payload, expenseVersion: 2 } }, submitted);
  if (status === 'SUBMITTED' || !approverId) return;
  const moment: Moment = { at: expense.approvedAt ?? expense.updatedAt, by: staff(approverId), correlationId };
  const decided = { ...said(moment, 3), payload: { ...payload, expenseVersion: 3, approverId } };
  if (status === 'APPROVED') {
    const approval = stated(facts.ExpenseApproved, decided, moment);
    yield approval;
    yield* ofActuals(random, { actuals: posted.get(id) ?? [], cause: approval });
  } else yield stated(facts.ExpenseRejected, { ...decided, payload: { ...decided.payload, reason: expense.rejectionReason ?? '' } }, moment);
}

type Ledgered = { actuals: readonly ActualRow[]; cause: Stated; by?: Doer };

/** What a fact brought into the ledger, as it stood then. */
export function* ofActuals(random: Random, { actuals, cause, by = posting }: Ledgered): Iterable<Stated> {
  for (const actual of actuals) {
    if (actual.kind === 'BILLED_SALES') continue;
    const status = actual.status === 'NOT_READY' ? 'NOT_READY' : 'READY';
    yield ofActual(random, { ...actual, status }, { at: actual.createdAt, by, correlationId: cause.correlationId, cause });
  }
}

/** What invoices billed of it. */
export function* ofBilled(random: Random, actuals: readonly ActualRow[]): Iterable<Stated> {
  for (const actual of actuals) {
    if (actual.kind !== 'BILLED_SALES') continue;
    yield ofActual(random, actual, { at: actual.createdAt, by: system('erp'), correlationId: actual.contractId ?? actual.id });
  }
}

/** A cost's amount stays out of the log. */
function ofActual(random: Random, actual: ActualRow, moment: Moment): Stated {
  const { id, kind, status, customerId, engagementId, projectId, contractId, employeeId, legalEntityId, workDate, seconds, sourceType, sourceId } = actual;
  const amount = kind === 'COST' ? null : showMoney({ minor: actual.amountMinor, currency: actual.currency });
  const hours = seconds === null ? null : hoursOfSeconds(seconds);
  const payload = { actualId: id, kind, status, customerId, engagementId, projectId, contractId, employeeId, workDate, hours, amount, sourceType, sourceId };
  const keys = { customerId, engagementId, projectId, employeeId, legalEntityId };
  return stated(financeFacts.ActualPosted, { id: random.id(moment.at.getTime()), subject: { id, version: 1 }, keys, payload }, moment);
}
