import { describe, expect, test } from 'vitest';
import { assignException, dismissException, exceptionAction, openReported, retryException } from '#operations/exception/commands.ts';
import type { ProcessExceptionRow } from '#operations/tables.ts';
import { contextOf, id, outcomeOf, stamp, statedBy, writtenBy } from '../support/decide.ts';

const context = contextOf(['exception:*']);
const commands = { retry: retryException, reopen: exceptionAction('reopen'), resolve: exceptionAction('resolve') };

function exceptionRow(more: Partial<ProcessExceptionRow> = {}): ProcessExceptionRow {
  const nowhere = { engagementId: null, projectId: null, employeeId: null, legalEntityId: null, factId: null };
  return {
    ...stamp,
    ...nowhere,
    id: id(1),
    process: 'billing',
    code: 'RATE_NOT_FOUND',
    message: 'No rate.',
    status: 'OPEN',
    subjectType: 'TimesheetEntry',
    subjectId: id(2),
    customerId: id(3),
    owner: 'finance',
    seconds: 3600n,
    amountMinor: null,
    currency: null,
    attempts: 1,
    firstSeenAt: stamp.createdAt,
    lastSeenAt: stamp.createdAt,
    endedAt: null,
    dismissalReason: null,
    correlationId: 'first',
    ...more,
  };
}

const loaded = (more: Partial<ProcessExceptionRow> = {}) => new Map([[id(1), exceptionRow(more)]]);

describe('an action on an exception', () => {
  const cases = [
    ['an open one is retried', 'retry', {}, {}, ['ProcessException RETRYING v2', '+ ExceptionRetryRequested']],
    ['one under way is not retried again', 'retry', { status: 'RETRYING' }, {}, 'INVALID_TRANSITION status'],
    ['one that was seen at another version stays', 'retry', { version: 3 }, { expectedVersion: 2 }, 'STALE_VERSION expectedVersion'],
    ['one that was seen as it is goes on', 'retry', { version: 3 }, { expectedVersion: 3 }, ['ProcessException RETRYING v4', '+ ExceptionRetryRequested']],
    ['one under way is reopened', 'reopen', { status: 'RETRYING' }, {}, ['ProcessException OPEN v2', '+ ExceptionOpened']],
    ['an open one ends', 'resolve', {}, {}, ['ProcessException RESOLVED v2', '+ ExceptionResolved']],
    ['one that ended stays ended', 'resolve', { status: 'RESOLVED' }, {}, 'INVALID_TRANSITION status'],
    ['an unknown one is not there', 'retry', {}, { id: id(9) }, 'NOT_FOUND id'],
  ] as const;
  test.each(cases)('%s', (_, action, given, item, then) => {
    expect(outcomeOf(() => commands[action].decide(loaded(given), { id: id(1), ...item }, context))).toEqual(then);
  });

  const retried = ['ProcessException RETRYING v2', '+ ExceptionRetryRequested'];
  const late = [
    ['time that a closed period keeps out', { code: 'PERIOD_CLOSED' }, ['exception:*', 'actual:write'], retried],
    ['an expense', { code: 'PERIOD_CLOSED', subjectType: 'ExpenseItem' }, ['exception:*', 'actual:write'], retried],
    ['what waits for something else', {}, ['exception:*', 'actual:write'], 'VALIDATION_FAILED accountingDate'],
    ['what is no work', { code: 'PERIOD_CLOSED', subjectType: 'Milestone' }, ['exception:*', 'actual:write'], 'VALIDATION_FAILED accountingDate'],
    ['in the name of somebody who writes no actuals', { code: 'PERIOD_CLOSED' }, ['exception:*'], 'FORBIDDEN'],
  ] as const;
  test.each(late)('gives a day in the books to %s', (_, given, permissions, then) => {
    expect(outcomeOf(() => retryException.decide(loaded(given), { id: id(1), accountingDate: '2026-03-02' }, contextOf([...permissions])))).toEqual(then);
  });

  test('tells the day in the books, or that there is none', () => {
    const told = (accountingDate?: string) =>
      statedBy(retryException.decide(loaded({ code: 'PERIOD_CLOSED' }), { id: id(1), accountingDate }, contextOf(['exception:*', 'actual:write'])));
    expect([told('2026-03-02'), told()]).toMatchObject([[{ accountingDate: '2026-03-02' }], [{ accountingDate: null }]]);
  });

  test('ends with an instant, and only then', () => {
    const [ended] = writtenBy(exceptionAction('resolve').decide(loaded(), { id: id(1) }, context));
    const [going] = writtenBy(retryException.decide(loaded(), { id: id(1) }, context));
    expect([ended?.endedAt, going?.endedAt]).toEqual([context.now, null]);
  });

  test('needs its permission, and the customer', () => {
    const decide = (permissions: string[], customerIds?: string[]) =>
      outcomeOf(() => exceptionAction('resolve').decide(loaded(), { id: id(1) }, contextOf(permissions, customerIds ? { customerIds } : {})));
    expect(decide(['exception:write'])).toBe('FORBIDDEN');
    expect(decide(['exception:*'], [id(4)])).toBe('NOT_FOUND id');
    expect(decide(['exception:*'], [id(3)])).toEqual(['ProcessException RESOLVED v2', '+ ExceptionResolved']);
  });

  test('is seen by the next item of the call', () => {
    const rows = loaded();
    retryException.absorb?.(rows, retryException.decide(rows, { id: id(1) }, context), { id: id(1) });
    expect(outcomeOf(() => retryException.decide(rows, { id: id(1) }, context))).toBe('INVALID_TRANSITION status');
    expect([retryException.about?.(rows, { id: id(1) }), retryException.about?.(rows, { id: id(9) })]).toEqual([id(1), undefined]);
  });
});

describe('a dismissal', () => {
  const dismiss = (reason: string, more: Partial<ProcessExceptionRow> = {}) =>
    dismissException.decide(loaded(more), { idempotencyKey: 'k', id: id(1), reason }, context);

  test('keeps its reason, in the row and in the fact', () => {
    const decision = dismiss(' small ');
    expect(writtenBy(decision)).toMatchObject([{ status: 'DISMISSED', dismissalReason: 'small', endedAt: context.now }]);
    expect(statedBy(decision)).toMatchObject([{ exceptionId: id(1), status: 'DISMISSED', reason: 'small' }]);
  });

  test.each([
    ['without a reason', ' ', {}, 'VALIDATION_FAILED reason'],
    ['with a novel', 'x'.repeat(1001), {}, 'VALIDATION_FAILED reason'],
    ['of one that is retried', 'small', { status: 'RETRYING' }, 'INVALID_TRANSITION status'],
  ] as const)('%s is refused', (_, reason, more, then) => {
    expect(outcomeOf(() => dismiss(reason, more))).toBe(then);
  });
});

describe('an owner', () => {
  const assign = (owner: string, more: Partial<ProcessExceptionRow> = {}) =>
    outcomeOf(() => assignException.decide(loaded(more), { idempotencyKey: 'k', id: id(1), owner }, context));

  test.each([
    ['is named', 'pat', {}, ['ProcessException OPEN v2']],
    ['who is it already changes nothing', 'finance', {}, []],
    ['needs a name', ' ', {}, 'VALIDATION_FAILED owner'],
    ['of what is over is nobody', 'pat', { status: 'RESOLVED', endedAt: stamp.createdAt }, 'INVALID_TRANSITION status'],
  ] as const)('%s', (_, owner, more, then) => {
    expect(assign(owner, more)).toEqual(then);
  });
});

describe('a report', () => {
  const report = {
    process: 'billing',
    code: 'PERIOD_CLOSED',
    message: 'Closed.',
    subject: { type: 'TimesheetEntry', id: id(2) },
    owner: 'hr',
    keys: { customerId: id(3), projectId: [id(5), id(6)] },
    moneyAtRisk: { minor: 500n, currency: 'EUR' },
    factId: id(7),
  } as const;
  const decide = (...standing: ProcessExceptionRow[]) =>
    openReported.decide(
      new Map(standing.map((row) => [`${row.process} ${row.subjectType} ${row.subjectId}`, row])),
      { report, correlationId: 'second' },
      context,
    );

  test('of something new opens an exception', () => {
    const decision = decide(exceptionRow({ process: 'another' }));
    expect(outcomeOf(() => decision)).toEqual(['new ProcessException OPEN v1', '+ ExceptionOpened']);
    expect(writtenBy(decision)).toMatchObject([
      {
        customerId: id(3),
        projectId: null,
        owner: 'hr',
        attempts: 1,
        amountMinor: 500n,
        currency: 'EUR',
        seconds: null,
        correlationId: 'second',
        factId: id(7),
      },
    ]);
  });

  test('of what stands brings it up to date, leaves its owner and age, and states nothing', () => {
    const decision = decide(exceptionRow());
    expect(outcomeOf(() => decision)).toEqual(['ProcessException OPEN v2']);
    expect(writtenBy(decision)).toMatchObject([
      { code: 'PERIOD_CLOSED', owner: 'finance', attempts: 2, firstSeenAt: stamp.createdAt, lastSeenAt: context.now, seconds: null, correlationId: 'second' },
    ]);
  });

  test('of what is retried opens it again', () => {
    expect(outcomeOf(() => decide(exceptionRow({ status: 'RETRYING' })))).toEqual(['ProcessException OPEN v2', '+ ExceptionOpened']);
  });
});
