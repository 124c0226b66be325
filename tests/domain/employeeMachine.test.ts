import { describe, expect, test } from 'vitest';
import { availableActions, step } from '#kernel/machine.ts';
import { type EmployeeStatus, type EmployeeSubject, employeeMachine } from '#resources/employee/machine.ts';
import { attempt, gridOf } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

const today = '2026-03-02';
const subject = (status: string, more: Partial<EmployeeSubject> = {}): EmployeeSubject => ({
  status: status as EmployeeStatus,
  hiredOn: '2025-01-01',
  today,
  ...more,
});

describe('the machine of an employee', () => {
  test('forbids everything to who may only read', () => {
    const reader = { ...allowed, permissions: ['employee:read'] };
    const answers = Object.values(gridOf(employeeMachine, subject, reader)).flatMap((row) => Object.values(row));
    expect(new Set(answers)).toEqual(new Set(['FORBIDDEN']));
  });

  test.each([
    ['activate', subject('PENDING', { hiredOn: '2026-03-03' }), 'GUARD_REFUSED hireDateReached'],
    ['activate', subject('PENDING', { hiredOn: today }), 'ACTIVE'],
    ['terminate', subject('ACTIVE', { lastDay: '2026-03-03' }), 'GUARD_REFUSED lastDayReached'],
    ['terminate', subject('ACTIVE', { lastDay: today }), 'TERMINATED'],
    ['terminate', subject('ACTIVE', { lastDay: '2024-12-31' }), 'GUARD_REFUSED lastDayAfterHire'],
    ['scheduleTermination', subject('ACTIVE', { lastDay: today }), 'GUARD_REFUSED lastDayAhead'],
    ['scheduleTermination', subject('ACTIVE', { lastDay: '2026-03-03' }), 'ACTIVE'],
    ['rehire', subject('TERMINATED', { leftOn: '2026-01-31', firstDay: '2026-01-31' }), 'GUARD_REFUSED rehireAfterLastDay'],
    ['rehire', subject('TERMINATED', { leftOn: '2026-01-31', firstDay: '2026-02-01' }), 'ACTIVE'],
    ['rehire', subject('TERMINATED', { leftOn: '2026-01-31', firstDay: '2026-03-03' }), 'GUARD_REFUSED rehireAfterLastDay'],
  ] as const)('%s of %o gives %s', (action, given, expected) => {
    expect(attempt(() => step(employeeMachine, { subject: given, action, actor: allowed }).status)).toBe(expected);
  });

  test('says what could be done, and what stands against it', () => {
    expect(availableActions(employeeMachine, subject('PENDING', { hiredOn: '2026-04-01' }), allowed)).toContainEqual({
      name: 'activate',
      mutation: 'activateEmployee',
      refusals: ['hireDateReached: The first day is 2026-04-01. Activate then, or correct hiredOn first.'],
    });
  });
});
