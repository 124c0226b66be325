import type { Machine } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { FactName } from '../published.ts';

export type EmployeeStatus = 'PENDING' | 'ACTIVE' | 'ON_LEAVE' | 'TERMINATED';

/** What the guards of an employee judge: `lastDay` and `firstDay` are the ones that the action is about. */
export type EmployeeSubject = {
  status: EmployeeStatus;
  hiredOn: CalendarDate;
  today: CalendarDate;
  lastDay?: CalendarDate | null;
  firstDay?: CalendarDate;
  leftOn?: CalendarDate | null;
};

function hireDateReached({ hiredOn, today }: EmployeeSubject): string | undefined {
  return hiredOn <= today ? undefined : `The first day is ${hiredOn}. Activate then, or correct hiredOn first.`;
}

function lastDayReached({ lastDay, today }: EmployeeSubject): string | undefined {
  return !lastDay || lastDay <= today ? undefined : `The last day ${lastDay} is still to come. Announce it with scheduleEmployeeTermination.`;
}

function lastDayAhead({ lastDay, today }: EmployeeSubject): string | undefined {
  return !lastDay || lastDay > today ? undefined : `The last day ${lastDay} is not in the future. Use terminateEmployee.`;
}

function lastDayAfterHire({ lastDay, hiredOn }: EmployeeSubject): string | undefined {
  return !lastDay || lastDay >= hiredOn ? undefined : `The last day ${lastDay} is before the first day ${hiredOn}.`;
}

function rehireAfterLastDay({ firstDay, leftOn, today }: EmployeeSubject): string | undefined {
  if (!firstDay) return undefined;
  if (leftOn && firstDay <= leftOn) return `The first day ${firstDay} must be after the last day ${leftOn} of the old employment.`;
  return firstDay <= today ? undefined : `The first day ${firstDay} is still to come. Rehire then.`;
}

export const employeeMachine = {
  entity: 'Employee',
  states: ['PENDING', 'ACTIVE', 'ON_LEAVE', 'TERMINATED'],
  initial: 'PENDING',
  actions: {
    activate: { from: ['PENDING'], to: 'ACTIVE', may: 'employee:write', guards: [hireDateReached], emits: 'EmployeeUpdated', by: 'activateEmployee' },
    startLeave: { from: ['ACTIVE'], to: 'ON_LEAVE', may: 'employee:write', emits: 'EmployeeUpdated', by: 'startEmployeeLeave' },
    endLeave: { from: ['ON_LEAVE'], to: 'ACTIVE', may: 'employee:write', emits: 'EmployeeUpdated', by: 'endEmployeeLeave' },
    scheduleTermination: {
      from: ['ACTIVE', 'ON_LEAVE'],
      to: ['ACTIVE', 'ON_LEAVE'],
      may: 'employee:write',
      guards: [lastDayAfterHire, lastDayAhead],
      emits: 'EmployeeUpdated',
      by: 'scheduleEmployeeTermination',
    },
    terminate: {
      from: ['ACTIVE', 'ON_LEAVE'],
      to: 'TERMINATED',
      may: 'employee:write',
      guards: [lastDayAfterHire, lastDayReached],
      emits: 'EmployeeTerminated',
      by: 'terminateEmployee',
    },
    rehire: { from: ['TERMINATED'], to: 'ACTIVE', may: 'employee:write', guards: [rehireAfterLastDay], emits: 'EmployeeHired', by: 'rehireEmployee' },
  },
} as const satisfies Machine<EmployeeStatus, EmployeeSubject, FactName>;
