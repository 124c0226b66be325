import { and, asc, inArray, sql } from 'drizzle-orm';
import type { AssignExceptionInput, DismissExceptionInput, ProcessExceptionActionInput, RetryExceptionItem } from '#generated/operations.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { type ErrorCode, Refused } from '#kernel/errors.ts';
import { type FactKeys, record, soleKey } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import type { Money } from '#kernel/money.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { lockRow, lockRows, notFound, saveRow, saveRows } from '#kernel/rows.ts';
import { facts } from '../facts.ts';
import { exceptions, type ProcessExceptionRow } from '../tables.ts';
import { exceptionMachine } from './machine.ts';
import { snapshotOf } from './snapshot.ts';

type ExceptionAction = ActionName<typeof exceptionMachine>;

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

/** Opens an exception per process and subject; where one stands already it is brought up to date. Two statements for any number of reports. */
export async function openExceptions(scope: Scope, reports: readonly ExceptionReport[]): Promise<ProcessExceptionRow[]> {
  demand(scope.actor, 'exception:write');
  const latest = [...new Map(reports.map((report) => [`${report.process} ${report.subject.type} ${report.subject.id}`, report])).values()];
  // Only what is about to be written: rows of other processes locked here, and written there, would wait for each other.
  const standing = await lockStanding(scope, { processes: latest.map((report) => report.process), subjectIds: latest.map((report) => report.subject.id) });
  const before = new Map(standing.map((row) => [`${row.process} ${row.subjectType} ${row.subjectId}`, row.status]));
  const rows: ProcessExceptionRow[] = [];
  for (let start = 0; start < latest.length; start += 1000) rows.push(...(await upsert(scope, latest.slice(start, start + 1000))));
  await tell(
    scope,
    'ExceptionOpened',
    rows.filter((row) => before.get(`${row.process} ${row.subjectType} ${row.subjectId}`) !== 'OPEN'),
  );
  return rows;
}

async function upsert(scope: Scope, reports: readonly ExceptionReport[]): Promise<ProcessExceptionRow[]> {
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  return scope.tx
    .insert(exceptions)
    .values(reports.map((report) => rowOf(scope, report)))
    .onConflictDoUpdate({
      target: [exceptions.process, exceptions.subjectType, exceptions.subjectId],
      targetWhere: sql`status in ('OPEN', 'RETRYING')`,
      set: {
        status: 'OPEN',
        code: excluded('code'),
        message: excluded('message'),
        seconds: excluded('seconds'),
        amountMinor: excluded('amount_minor'),
        currency: excluded('currency'),
        attempts: sql`${exceptions.attempts} + 1`,
        lastSeenAt: scope.now,
        correlationId: excluded('correlation_id'),
        factId: excluded('fact_id'),
        version: sql`${exceptions.version} + 1`,
        updatedAt: scope.now,
      },
    })
    .returning();
}

function rowOf(scope: Scope, report: ExceptionReport): typeof exceptions.$inferInsert {
  const { keys = {}, subject, moneyAtRisk } = report;
  return {
    id: newId(scope.now.getTime()),
    createdAt: scope.now,
    updatedAt: scope.now,
    process: report.process,
    code: report.code,
    message: report.message,
    subjectType: subject.type,
    subjectId: subject.id,
    customerId: soleKey(keys, 'customerId'),
    engagementId: soleKey(keys, 'engagementId'),
    projectId: soleKey(keys, 'projectId'),
    employeeId: soleKey(keys, 'employeeId'),
    legalEntityId: soleKey(keys, 'legalEntityId'),
    owner: report.owner,
    seconds: report.seconds ?? null,
    amountMinor: moneyAtRisk?.minor ?? null,
    currency: moneyAtRisk?.currency ?? null,
    firstSeenAt: scope.now,
    lastSeenAt: scope.now,
    correlationId: scope.trace.correlationId,
    factId: report.factId ?? scope.trace.causationId ?? null,
  };
}

/** Which standing exceptions a process means; without a process, all of these subjects'. */
export type Standing = { process?: string; subjectIds: readonly string[] };

/** The work was done after all: standing exceptions of these subjects end. Subjects without one are passed over. */
export async function resolveExceptions(scope: Scope, wanted: Standing): Promise<ProcessExceptionRow[]> {
  return settleStanding(scope, 'resolve', wanted);
}

/** A retry led nowhere, without a new finding: RETRYING exceptions of these subjects wait for their owner again. */
export async function reopenExceptions(scope: Scope, wanted: Standing): Promise<ProcessExceptionRow[]> {
  return settleStanding(scope, 'reopen', wanted);
}

async function settleStanding(scope: Scope, action: 'resolve' | 'reopen', wanted: Standing): Promise<ProcessExceptionRow[]> {
  const { from, to, may, emits } = exceptionMachine.actions[action];
  demand(scope.actor, may);
  const standing = (await lockStanding(scope, { ...wanted, processes: wanted.process ? [wanted.process] : undefined })).filter((row) =>
    from.some((state) => state === row.status),
  );
  const rows = await saveRows(scope, exceptions, { rows: standing, changes: { status: to, endedAt: action === 'resolve' ? scope.now : null } });
  await tell(scope, emits, rows);
  return rows;
}

type Stand = { processes: readonly string[] | undefined; subjectIds: readonly string[] };

async function lockStanding(scope: Scope, { processes, subjectIds }: Stand): Promise<ProcessExceptionRow[]> {
  if (subjectIds.length === 0) return [];
  return scope.tx
    .select()
    .from(exceptions)
    .where(
      and(
        processes ? inArray(exceptions.process, [...new Set(processes)]) : undefined,
        inArray(exceptions.subjectId, [...subjectIds]),
        inArray(exceptions.status, ['OPEN', 'RETRYING']),
      ),
    )
    .orderBy(asc(exceptions.id))
    .for('update');
}

/** Performs an action of the machine on one exception. */
export function exceptionAction(action: Exclude<ExceptionAction, 'dismiss'>) {
  return (scope: Scope, input: ProcessExceptionActionInput): Promise<ProcessExceptionRow> => act(scope, action, input);
}

/** The firm lives with it; the reason is kept. */
export async function dismissException(scope: Scope, input: DismissExceptionInput): Promise<ProcessExceptionRow> {
  return act(scope, 'dismiss', { ...input, reason: checkText('reason', input.reason, 1000) });
}

async function act(scope: Scope, action: ExceptionAction, input: ProcessExceptionActionInput & { reason?: string }): Promise<ProcessExceptionRow> {
  const before = await lockVisible(scope, input);
  const status = stepTo(exceptionMachine, { subject: before, action, actor: scope.actor });
  const ended = status === 'RESOLVED' || status === 'DISMISSED';
  const row = await saveRow(scope, exceptions, {
    row: before,
    changes: {
      status,
      endedAt: ended ? scope.now : null,
      ...(input.reason ? { dismissalReason: input.reason } : {}),
    },
  });
  await tell(scope, exceptionMachine.actions[action].emits, [row]);
  return row;
}

async function lockVisible(scope: Scope, input: ProcessExceptionActionInput): Promise<ProcessExceptionRow> {
  const row = await lockRow(scope, exceptions, { entity: 'ProcessException', ...input });
  if (!seesCustomer(scope.actor, row.customerId)) throw notFound('ProcessException', input.id);
  return row;
}

/** OPEN to RETRYING for many: what cannot be retried is refused by itself, the others go in one statement. */
export async function retryExceptions(scope: Scope, items: readonly RetryExceptionItem[]): Promise<Outcome[]> {
  const locked = await lockRows(
    scope,
    exceptions,
    items.map((item) => item.id),
  );
  const chosen = new Map<string, ProcessExceptionRow>();
  const outcomes = items.map((item): Outcome => {
    const row = locked.get(item.id);
    try {
      if (!row || !seesCustomer(scope.actor, row.customerId)) throw notFound('ProcessException', item.id);
      if (typeof item.expectedVersion === 'number' && item.expectedVersion !== row.version) {
        throw new Refused('STALE_VERSION', `The exception is at version ${row.version}, not ${item.expectedVersion}.`, { field: 'expectedVersion' });
      }
      stepTo(exceptionMachine, { subject: row, action: 'retry', actor: scope.actor });
      chosen.set(row.id, row);
      return { id: row.id };
    } catch (error) {
      if (error instanceof Refused) return { refused: error, id: row?.id };
      throw error;
    }
  });
  const rows = await saveRows(scope, exceptions, { rows: [...chosen.values()], changes: { status: 'RETRYING' } });
  await tell(scope, 'ExceptionRetryRequested', rows);
  return outcomes;
}

/** Names who has to act. */
export async function assignException(scope: Scope, input: AssignExceptionInput): Promise<ProcessExceptionRow> {
  demand(scope.actor, 'exception:write');
  const before = await lockVisible(scope, input);
  if (before.endedAt)
    throw new Refused('INVALID_TRANSITION', `The exception is ${before.status}; there is nothing left to do for an owner.`, { field: 'status' });
  return saveRow(scope, exceptions, { row: before, changes: { owner: checkText('owner', input.owner) } });
}

async function tell(scope: Scope, type: keyof typeof facts, rows: readonly ProcessExceptionRow[]): Promise<void> {
  await record(
    scope,
    facts[type],
    rows.map((row) => ({ subject: row, keys: keysOf(row), payload: { ...snapshotOf(row), reason: row.dismissalReason ?? '' } })),
  );
}

function keysOf({ customerId, engagementId, projectId, employeeId, legalEntityId }: ProcessExceptionRow): FactKeys {
  return { customerId, engagementId, projectId, employeeId, legalEntityId };
}
