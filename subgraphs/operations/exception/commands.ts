import type { AssignExceptionInput, DismissExceptionInput, ProcessExceptionActionInput, RetryExceptionItem } from '#generated/operations.ts';
import { type Actor, demand } from '#kernel/actor.ts';
import { traceOfEffect } from '#kernel/cause.ts';
import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { type ErrorCode, Refused } from '#kernel/errors.ts';
import { type FactKeys, soleKey } from '#kernel/facts.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import type { Money } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { demandNamed, lockMaking, lockRows } from '#kernel/rows.ts';
import { and, asc, inArray } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { exception, exceptions, type ProcessExceptionRow } from '../tables.ts';
import { exceptionMachine } from './machine.ts';
import { stateOf } from './snapshot.ts';

type ExceptionAction = ActionName<typeof exceptionMachine>;
/** Locked exceptions by id. */
type LockedExceptions = Map<string, ProcessExceptionRow>;
type On<Item> = Command<Item, LockedExceptions>;
/** What the single and the bulk mutation of an action have in common. */
type Named = Pick<ProcessExceptionActionInput, 'id' | 'expectedVersion'>;

const base = {
  entities: [exception],
  load: (scope: Scope, items: readonly Named[]): Promise<LockedExceptions> =>
    lockRows(
      scope,
      exceptions,
      items.map(({ id }) => id),
    ),
  absorb: (rows: LockedExceptions, decision: Decision): void => absorbRows(rows, decision, exception),
  about: (rows: LockedExceptions, { id }: Named): string | undefined => rows.get(id)?.id,
};

/** Performs an action of the machine on exceptions. */
export function exceptionAction(action: Exclude<ExceptionAction, 'dismiss' | 'retry'>): On<Named> {
  return { ...base, decide: (rows, item, context) => decideAction({ before: demandException(rows, item, context.actor), action }, context) };
}

type Retry = Named & Pick<RetryExceptionItem, 'accountingDate'>;

/** Asks for a new attempt; work that a closed period keeps out may be given a day in the books. */
export const retryException: On<Retry> = {
  ...base,
  decide: (rows, { accountingDate = null, ...item }, context) => {
    const before = demandException(rows, item, context.actor);
    if (accountingDate !== null) demandLate(before, context.actor);
    return decideAction({ before, action: 'retry', accountingDate }, context);
  },
};

/** Only work has a day of its own beside the one in the books, and only a closed period keeps them apart. */
function demandLate({ code, subjectType }: ProcessExceptionRow, actor: Actor): void {
  demand(actor, 'actual:write');
  if (code === 'PERIOD_CLOSED' && ['TimesheetEntry', 'ExpenseItem'].includes(subjectType)) return;
  const message = `A day in the books is for time and expenses that wait with PERIOD_CLOSED; this one waits with ${code}. Retry it without accountingDate.`;
  throw new Refused('VALIDATION_FAILED', message, { field: 'accountingDate' });
}

/** The firm lives with it; the reason is kept. */
export const dismissException: On<DismissExceptionInput> = {
  ...base,
  decide: (rows, item, context) => {
    const reason = checkLines('reason', item.reason, 1000);
    return decideAction({ before: demandException(rows, item, context.actor), action: 'dismiss', reason }, context);
  },
};

/** Names who has to act. */
export const assignException: On<AssignExceptionInput> = {
  ...base,
  may: 'exception:write',
  decide: (rows, item, context) => {
    const before = demandException(rows, item, context.actor);
    if (before.endedAt)
      throw new Refused('INVALID_TRANSITION', `The exception is ${before.status}; there is nothing left to do for an owner.`, { field: 'status' });
    const draft = openDraft(context);
    draft.update(exception, before, { changes: { owner: checkText('owner', item.owner) } });
    return draft.done(before.id);
  },
};

type Asked = { before: ProcessExceptionRow; action: ExceptionAction; reason?: string; accountingDate?: CalendarDate | null };

/** One action on one locked exception. */
function decideAction({ before, action, reason, accountingDate }: Asked, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const by = step(exceptionMachine, { subject: before, action, actor: context.actor });
  const ended = by.status === 'RESOLVED' || by.status === 'DISMISSED';
  const row = draft.update(exception, before, { changes: { endedAt: ended ? context.now : null, dismissalReason: reason }, by });
  for (const fact of by.emits) stateOf(draft, fact, { ...row, accountingDate });
  return draft.done(row.id);
}

function demandException(rows: LockedExceptions, { id, expectedVersion }: Named, actor: Actor): ProcessExceptionRow {
  return demandNamed(rows, { entity: exception.name, id, expectedVersion }, (row) => sees(actor, row));
}

/** What a process could not do for one entity. */
export type ExceptionReport = {
  process: string;
  code: ErrorCode;
  message: string;
  subject: { type: string; id: string };
  owner: string;
  keys?: FactKeys | undefined;
  factId?: string | null | undefined;
  seconds?: bigint | null | undefined;
  moneyAtRisk?: Money | null | undefined;
};

/** Standing exceptions by process and subject. */
type StandingExceptions = ReadonlyMap<string, ProcessExceptionRow>;
/** A report, and the business transaction in which it was made. */
type Traced = { report: ExceptionReport; correlationId: string };

const keyOf = (process: string, type: string, id: string): string => `${process} ${type} ${id}`;

/** Opens an exception per process and subject; where one stands already it is brought up to date. */
export const openReported: Command<Traced, StandingExceptions> = {
  may: 'exception:write',
  entities: [exception],
  load: async (scope, items) => {
    const processes = items.map(({ report }) => report.process);
    const subjectIds = items.map(({ report }) => report.subject.id);
    await lockMaking(
      scope,
      items.map(({ report }) => ({ kind: `exception ${report.process}`, id: report.subject.id })),
    );
    // Only what is about to be written: rows of other processes locked here, and written there, would wait for each other.
    const unresolved = await lockUnresolved(scope, { processes, subjectIds });
    return new Map(unresolved.map((row) => [keyOf(row.process, row.subjectType, row.subjectId), row]));
  },
  decide: (unresolved, { report, correlationId }, context) => {
    const { process, subject, owner, keys = {} } = report;
    const draft = openDraft(context);
    const before = unresolved.get(keyOf(process, subject.type, subject.id));
    const findings = {
      code: report.code,
      message: report.message,
      seconds: report.seconds ?? null,
      amountMinor: report.moneyAtRisk?.minor ?? null,
      currency: report.moneyAtRisk?.currency ?? null,
      lastSeenAt: context.now,
      correlationId,
      factId: report.factId ?? null,
    };
    if (before) {
      const by = before.status === 'RETRYING' ? step(exceptionMachine, { subject: before, action: 'reopen', actor: context.actor }) : undefined;
      const row = draft.update(exception, before, { changes: { ...findings, attempts: before.attempts + 1 }, ...(by ? { by } : {}) });
      if (by) stateOf(draft, 'ExceptionOpened', row);
      return draft.done(row.id);
    }
    const of = { subjectType: subject.type, subjectId: subject.id, ...keyColumns(keys) };
    const rest = { attempts: 1, firstSeenAt: context.now, endedAt: null, dismissalReason: null };
    const row = draft.insert(exception, { process, owner, ...of, ...findings, ...rest }, begin(exceptionMachine));
    stateOf(draft, 'ExceptionOpened', row);
    return draft.done(row.id);
  },
};

/** Opens what a process reports, in a number of statements that does not grow with it; of several reports on one subject the last counts. */
export async function openExceptions(scope: Scope, reports: readonly ExceptionReport[]): Promise<{ id: string }[]> {
  const latest = new Map(reports.map((report) => [keyOf(report.process, report.subject.type, report.subject.id), report]));
  const items = [...latest.values()].map((report) => {
    const { correlationId, causationId = null } = traceOfEffect(scope, { subject: report.subject.id });
    return { report: { ...report, factId: report.factId ?? causationId }, correlationId };
  });
  return executeAll(scope, openReported, items);
}

function keyColumns(keys: FactKeys) {
  return {
    customerId: soleKey(keys, 'customerId'),
    engagementId: soleKey(keys, 'engagementId'),
    projectId: soleKey(keys, 'projectId'),
    employeeId: soleKey(keys, 'employeeId'),
    legalEntityId: soleKey(keys, 'legalEntityId'),
  };
}

/** Which unresolved exceptions a process means; without a process, all of these subjects'. */
type Standing = { process?: string; subjectIds: readonly string[] };

/** The work was done after all: unresolved exceptions of these subjects end. Subjects without one are passed over. */
export async function resolveExceptions(scope: Scope, { process, subjectIds }: Standing): Promise<{ id: string }[]> {
  const { from, may } = exceptionMachine.actions.resolve;
  const command: Command<ProcessExceptionRow, null> = {
    may,
    entities: [exception],
    load: async () => null,
    decide: (_, before, context) => decideAction({ before, action: 'resolve' }, context),
  };
  const unresolved = await lockUnresolved(scope, { processes: process ? [process] : undefined, subjectIds });
  const due = unresolved.filter((row) => from.some((state) => state === row.status));
  return executeAll(scope, command, due);
}

/** Of subjects that a process looked at: what is wrong with some of them now is an exception each, and that of all others is over. */
export async function keepExceptions(
  scope: Scope,
  { process, subjectIds }: { process: string; subjectIds: readonly string[] },
  reports: readonly ExceptionReport[],
): Promise<void> {
  const wrong = new Set(reports.map(({ subject }) => subject.id));
  await resolveExceptions(scope, { process, subjectIds: subjectIds.filter((id) => !wrong.has(id)) });
  if (reports.length > 0) await openExceptions(scope, reports);
}

type Subjects = { processes: readonly string[] | undefined; subjectIds: readonly string[] };

async function lockUnresolved(scope: Scope, { processes, subjectIds }: Subjects): Promise<ProcessExceptionRow[]> {
  if (subjectIds.length === 0) return [];
  return scope.tx
    .select()
    .from(exceptions)
    .where(
      and(
        processes ? inArray(exceptions.process, [...new Set(processes)]) : undefined,
        inArray(exceptions.subjectId, [...subjectIds]),
        wordIn(exceptions.status, ['OPEN', 'RETRYING']),
      ),
    )
    .orderBy(asc(exceptions.id))
    .for('update');
}
