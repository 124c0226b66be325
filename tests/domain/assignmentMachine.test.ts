import { describe, expect, test } from 'vitest';
import { step } from '#kernel/machine.ts';
import { cutShort } from '#resources/assignment/cut.ts';
import { type AssignmentStatus, type AssignmentSubject, assignmentMachine } from '#resources/assignment/machine.ts';
import type { AssignmentRow } from '#resources/tables.ts';
import { attempt, gridOf } from '../support/grid.ts';
import { allowed } from '../support/subgraph.ts';

const planner = { ...allowed, permissions: ['assignment:write'] };
const employee = { status: 'ACTIVE', hiredOn: '2025-01-01', terminatedOn: null };
const subject = (status: string, more: Partial<AssignmentSubject> = {}): AssignmentSubject => ({
  status: status as AssignmentStatus,
  startDate: '2026-03-02',
  endDate: '2026-03-31',
  employee,
  projectStatus: 'ACTIVE',
  excess: 0n,
  ...more,
});

describe('the machine of an assignment', () => {
  test('forbids everything to who may only read', () => {
    const answers = Object.values(gridOf(assignmentMachine, subject, { ...allowed, permissions: ['assignment:read'] })).flatMap((row) => Object.values(row));
    expect(new Set(answers)).toEqual(new Set(['FORBIDDEN']));
  });

  test.each([
    ['a closed project', { projectStatus: 'CLOSED' }, 'GUARD_REFUSED projectOpen'],
    ['a project on hold', { projectStatus: 'ON_HOLD' }, 'CONFIRMED'],
    ['somebody who has left', { employee: { ...employee, status: 'TERMINATED' } }, 'GUARD_REFUSED withinEmployment'],
    ['days before the hire', { employee: { ...employee, hiredOn: '2026-03-03' } }, 'GUARD_REFUSED withinEmployment'],
    ['days after the last one', { employee: { ...employee, terminatedOn: '2026-03-30' } }, 'GUARD_REFUSED withinEmployment'],
    ['the very last day', { employee: { ...employee, terminatedOn: '2026-03-31' } }, 'CONFIRMED'],
    ['a second too much', { excess: 1n }, 'GUARD_REFUSED withinCapacity'],
    ['the last second', { excess: 0n }, 'CONFIRMED'],
  ])('confirming for %s gives the right answer', (_, more, expected) => {
    expect(attempt(() => step(assignmentMachine, { subject: subject('PROPOSED', more), action: 'confirm', actor: planner }).status)).toBe(expected);
  });

  test.each([
    ['who holds the permission by its name and says why', ['assignment:write', 'assignment:overbook'], 'Launch week', 'CONFIRMED'],
    ['who holds all permissions and says why', ['*'], 'Launch week', 'CONFIRMED'],
    ['not who does not say why', ['assignment:write', 'assignment:overbook'], undefined, 'GUARD_REFUSED withinCapacity'],
    ['not who holds all permissions and does not say why', ['*'], undefined, 'GUARD_REFUSED withinCapacity'],
    ['not who holds every permission on assignments', ['assignment:*'], 'Launch week', 'GUARD_REFUSED withinCapacity'],
  ])('lets over-book %s', (_, permissions, overbookReason, expected) => {
    const asked = { subject: subject('TENTATIVE', { excess: 3600n, overbookReason }), action: 'confirm', actor: { ...planner, permissions } } as const;
    expect(attempt(() => step(assignmentMachine, asked).status)).toBe(expected);
  });

  test.each([
    ['2026-03-01', 'GUARD_REFUSED endWithinAssignment'],
    ['2026-03-02', 'ENDED'],
    ['2026-03-31', 'ENDED'],
    ['2026-04-01', 'GUARD_REFUSED endWithinAssignment'],
  ])('an end on %s gives %s', (endedOn, expected) => {
    expect(attempt(() => step(assignmentMachine, { subject: subject('CONFIRMED', { endedOn }), action: 'end', actor: planner }).status)).toBe(expected);
  });
});

describe('the end of an employment', () => {
  const row = (status: AssignmentStatus, startDate: string, endDate: string): AssignmentRow => ({
    id: 'a',
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    employeeId: 'e',
    projectId: 'p',
    taskId: null,
    customerId: 'c',
    engagementId: null,
    legalEntityId: null,
    status,
    startDate,
    endDate,
    weeklySeconds: 3600n,
    overbookReason: null,
    plannedEndDate: null,
  });
  test.each([
    ['CONFIRMED', '2026-03-01', true, 'ENDED', '2026-03-10'],
    ['CONFIRMED', '2026-03-01', false, 'CONFIRMED', '2026-03-10'],
    ['CONFIRMED', '2026-03-11', true, 'CANCELLED', '2026-03-31'],
    ['CONFIRMED', '2026-03-11', false, 'CANCELLED', '2026-03-31'],
    ['TENTATIVE', '2026-03-01', false, 'TENTATIVE', '2026-03-10'],
    ['TENTATIVE', '2026-03-01', true, 'CANCELLED', '2026-03-31'],
    ['PROPOSED', '2026-03-10', true, 'CANCELLED', '2026-03-31'],
  ] as const)('makes of %s from %s (over: %s) %s to %s', (status, startDate, over, then, endDate) => {
    const { changes, by } = cutShort(row(status, startDate, '2026-03-31'), { lastDay: '2026-03-10', over }, { ...allowed, permissions: ['employee:write'] });
    expect({ status: by?.status ?? status, endDate: changes?.endDate ?? '2026-03-31' }).toEqual({ status: then, endDate });
  });
});
