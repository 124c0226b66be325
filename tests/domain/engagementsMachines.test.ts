import { describe, expect, test } from 'vitest';
import { type ContractSubject, contractMachine } from '#engagements/contract/machine.ts';
import { engagementMachine } from '#engagements/engagement/machine.ts';
import { milestoneMachine } from '#engagements/milestone/machine.ts';
import { type ProjectSubject, projectMachine } from '#engagements/project/machine.ts';
import { type TaskSubject, taskMachine } from '#engagements/task/machine.ts';
import { type AnyMachine, availableActions, step } from '#kernel/machine.ts';
import { attempt as outcome } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

/** A subject that no guard has anything against. */
const willing = {
  contract: { currency: 'USD', legalEntityId: 'l', customerStatus: 'ACTIVE', lines: [], rates: [], versions: [{ effectiveFrom: '2026-01-01' }] },
  project: { managerId: 'm', customerStatus: 'ACTIVE', contractStatus: 'CONFIRMED', openItems: undefined },
  task: { startDate: null, endDate: null, project: { status: 'ACTIVE', startDate: null, endDate: null } },
};

/** What the machine answers to one action: the state that follows, the guard or the code. */
function attempt(machine: AnyMachine, action: string, subject: { status: string }, permissions: readonly string[] = ['*']): string {
  return outcome(() => step(machine, { subject, action, actor: { ...allowed, permissions } }).status).replace('GUARD_REFUSED ', '');
}

describe('guards', () => {
  const line = { name: 'A', currency: 'USD', kinds: ['TIME'], projectIds: [], startDate: null, endDate: null };

  test.each<[string, object, string]>([
    ['no customer', { customerStatus: undefined }, 'customerKnown'],
    ['no legal entity', { legalEntityId: null }, 'legalEntityKnown'],
    ['a line in another currency', { lines: [{ ...line, currency: 'EUR' }] }, 'oneCurrency'],
    ['a rate in another currency', { rates: [{ currency: 'EUR' }] }, 'oneCurrency'],
    ['two lines over the same', { lines: [line, { ...line, name: 'B' }] }, 'linesDoNotOverlap'],
  ])('a contract with %s is neither reviewed nor confirmed', (_, flaw, guard) => {
    const subject = { ...willing.contract, ...flaw };
    expect(attempt(contractMachine, 'submit', { ...subject, status: 'DRAFT' })).toBe(guard);
    expect(attempt(contractMachine, 'confirm', { ...subject, status: 'IN_REVIEW' })).toBe(guard);
    expect(attempt(contractMachine, 'amend', { ...subject, status: 'CONFIRMED' })).toBe(guard);
    expect(attempt(contractMachine, 'lose', { ...subject, status: 'DRAFT' })).toBe('LOST');
  });

  test.each<[string, string[], string, string]>([
    ['the day before the contract', ['2026-01-01'], '2025-12-31', 'versionsInOrder'],
    ['the first day of the newest version', ['2026-01-01'], '2026-01-01', 'CONFIRMED'],
    ['a later day', ['2026-01-01', '2026-04-01'], '2026-04-02', 'CONFIRMED'],
    ['a day of a version that is not the newest', ['2026-01-01', '2026-04-01'], '2026-03-31', 'CONFIRMED'],
  ])('a version from %s on', (_, from, effectiveFrom, result) => {
    const subject = { ...willing.contract, versions: from.map((each) => ({ effectiveFrom: each })), next: { effectiveFrom, count: 1 } };
    expect(attempt(contractMachine, 'amend', { ...subject, status: 'CONFIRMED' } as ContractSubject)).toBe(result);
  });

  test('the 101st version is refused, and no button offers it', () => {
    const versions = (count: number) => Array.from({ length: count }, () => ({ effectiveFrom: '2026-01-01' }));
    const subject = (count: number) => ({ ...willing.contract, status: 'CONFIRMED', versions: versions(count) }) as ContractSubject;
    expect(attempt(contractMachine, 'amend', subject(99))).toBe('CONFIRMED');
    expect(attempt(contractMachine, 'amend', subject(100))).toBe('roomForVersion');
    expect(availableActions(contractMachine, subject(100), allowed)[0]).toMatchObject({ name: 'amend', refusals: [expect.stringMatching(/^roomForVersion/)] });
  });

  test.each<[object, string]>([
    [{ customerStatus: 'PROSPECT' }, 'customerActive'],
    [{ customerStatus: undefined }, 'customerActive'],
    [{ contractStatus: 'SUSPENDED' }, 'contractConfirmed'],
    [{ contractStatus: undefined }, 'contractConfirmed'],
    [{ managerId: null }, 'managerMapped'],
  ])('a project with %o is neither activated nor resumed', (flaw, guard) => {
    const subject = { ...willing.project, ...flaw };
    expect(attempt(projectMachine, 'activate', { ...subject, status: 'PROVISIONING' })).toBe(guard);
    expect(attempt(projectMachine, 'resume', { ...subject, status: 'ON_HOLD' })).toBe(guard);
    expect(attempt(projectMachine, 'provision', { ...subject, status: 'DRAFT' })).toBe('PROVISIONING');
  });

  test.each([
    [undefined, 'CLOSED'],
    [{ unbilled: 0, openTimesheets: 0, draftInvoices: 0 }, 'CLOSED'],
    [{ unbilled: 1, openTimesheets: 0, draftInvoices: 0 }, 'nothingOpen'],
    [{ unbilled: 0, openTimesheets: 1, draftInvoices: 0 }, 'nothingOpen'],
    [{ unbilled: 0, openTimesheets: 0, draftInvoices: 1 }, 'nothingOpen'],
  ])('a project with %o open closes: %s', (openItems, result) => {
    expect(attempt(projectMachine, 'close', { ...willing.project, openItems, status: 'COMPLETED' } as ProjectSubject)).toBe(result);
  });

  test('an engagement with an open project is neither closed nor cancelled', () => {
    expect(attempt(engagementMachine, 'close', { openProjects: 1, status: 'COMPLETED' } as never)).toBe('noOpenProject');
    expect(attempt(engagementMachine, 'cancel', { openProjects: 1, status: 'DRAFT' } as never)).toBe('noOpenProject');
  });

  test.each<[Partial<TaskSubject>, string]>([
    [{ startDate: '2026-01-31' }, 'withinProjectDates'],
    [{ endDate: '2026-03-02' }, 'withinProjectDates'],
    [{ startDate: '2026-03-02', endDate: '2026-03-03' }, 'withinProjectDates'],
    [{ startDate: '2026-02-01', endDate: '2026-03-01' }, 'IN_PROGRESS'],
    [{ project: { status: 'COMPLETED', startDate: null, endDate: null } }, 'projectOpen'],
  ])('a task with %o starts and is reopened: %s', (more, result) => {
    const subject = { ...willing.task, project: { status: 'ACTIVE', startDate: '2026-02-01', endDate: '2026-03-01' }, ...more };
    expect(attempt(taskMachine, 'start', { ...subject, status: 'NOT_STARTED' })).toBe(result);
    expect(attempt(taskMachine, 'reopen', { ...subject, status: 'DONE' })).toBe(result);
  });

  test('permission comes first, and confirming, amending and accepting have their own', () => {
    expect(attempt(contractMachine, 'amend', { ...willing.contract, status: 'CONFIRMED' } as ContractSubject, ['contract:write', 'contract:confirm'])).toBe(
      'FORBIDDEN',
    );
    expect(attempt(contractMachine, 'amend', { ...willing.contract, status: 'CONFIRMED' } as ContractSubject, ['contract:amend'])).toBe('CONFIRMED');
    expect(attempt(contractMachine, 'confirm', { ...willing.contract, status: 'IN_REVIEW' } as ContractSubject, ['contract:write'])).toBe('FORBIDDEN');
    expect(attempt(contractMachine, 'confirm', { ...willing.contract, status: 'DRAFT' } as ContractSubject, [])).toBe('FORBIDDEN');
    expect(attempt(milestoneMachine, 'accept', { status: 'REACHED' }, ['milestone:write'])).toBe('FORBIDDEN');
    expect(attempt(milestoneMachine, 'accept', { status: 'REACHED' }, ['milestone:accept'])).toBe('ACCEPTED');
  });

  test('every refusal is told at once to whoever asks what could be done', () => {
    const subject = { ...willing.project, customerStatus: 'PROSPECT', managerId: null, status: 'PROVISIONING' } as const;
    const [activate, cancel] = availableActions(projectMachine, subject, { ...allowed, permissions: [] });
    expect(activate?.refusals.map((refusal) => refusal.split(':')[0])).toEqual(['permission', 'customerActive', 'managerMapped']);
    expect(cancel).toMatchObject({ name: 'cancel', refusals: [expect.stringContaining('project:write')] });
  });
});
