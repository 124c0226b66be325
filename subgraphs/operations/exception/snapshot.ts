import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { Draft } from '#kernel/draft.ts';
import type { FactKeys } from '#kernel/facts.ts';
import { showMinor } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { type ExceptionSnapshot, type FactName, facts } from '../published.ts';
import type { ProcessExceptionRow } from '../tables.ts';

/** Which of the contract's reference fields an exception's subject fills. */
const subjectFields = { TimesheetEntry: 'timeEntryId', ExpenseItem: 'expenseId', Invoice: 'invoiceId' } as const;

type SubjectIds = Pick<ExceptionSnapshot, 'timeEntryId' | 'expenseId' | 'invoiceId'>;

/** The subject as an entity reference, where the contract has one for its type. */
export function subjectIdsOf(row: { subjectType: string; subjectId: string }): SubjectIds {
  const field = Object.entries(subjectFields).find(([type]) => type === row.subjectType)?.[1];
  return { timeEntryId: null, expenseId: null, invoiceId: null, ...(field ? { [field]: row.subjectId } : {}) };
}

/** An exception as its facts tell of it. */
export function snapshotOf(row: ProcessExceptionRow): ExceptionSnapshot {
  const { process, code, message, status, subjectType, subjectId, owner, attempts } = row;
  return {
    exceptionId: row.id,
    process,
    code,
    message,
    status,
    subjectType,
    subjectId,
    ...subjectIdsOf(row),
    owner,
    hours: row.seconds === null ? null : hoursOfSeconds(row.seconds),
    moneyAtRisk: showMinor(row.amountMinor, row.currency),
    attempts,
  };
}

/** An exception as it now is, and the day in the books that a retry was given. */
type Told = ProcessExceptionRow & { accountingDate?: CalendarDate | null | undefined };

/** States a fact about an exception as it now is. */
export function stateOf(draft: Draft, fact: FactName, { accountingDate = null, ...row }: Told): void {
  const input = { subject: row, source: row.subjectId, keys: keysOf(row), payload: snapshotOf(row) };
  if (fact === 'ExceptionDismissed') draft.state(facts[fact], { ...input, payload: { ...input.payload, reason: row.dismissalReason ?? '' } });
  else if (fact === 'ExceptionRetryRequested') draft.state(facts[fact], { ...input, payload: { ...input.payload, accountingDate } });
  else draft.state(facts[fact], input);
}

/** The ids under which readers of the log find an exception. */
export function keysOf({ customerId, engagementId, projectId, employeeId, legalEntityId }: ProcessExceptionRow): FactKeys {
  return { customerId, engagementId, projectId, employeeId, legalEntityId };
}
