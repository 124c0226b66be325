import { type Actor, mayByName } from '#kernel/actor.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { Machine } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { FactName } from '../published.ts';

export type AssignmentStatus = 'PROPOSED' | 'TENTATIVE' | 'CONFIRMED' | 'ENDED' | 'CANCELLED';

/** What the guards of an assignment judge. */
export type AssignmentSubject = {
  status: AssignmentStatus;
  startDate: CalendarDate;
  endDate: CalendarDate;
  /** The employment's days, and whether it is over. */
  employee: { status: string; hiredOn: CalendarDate; terminatedOn: CalendarDate | null };
  projectStatus: string;
  /** Seconds per week by which the fullest day would exceed the capacity; 0 or less is within. */
  excess: bigint;
  /** Why it may exceed the capacity, as whoever may over-book says. */
  overbookReason?: string | undefined;
  /** The last day that an end asks for. */
  endedOn?: CalendarDate | undefined;
};

const finished = ['COMPLETED', 'CLOSED', 'CANCELLED'];

export function projectOpen({ projectStatus }: AssignmentSubject): string | undefined {
  return finished.includes(projectStatus) ? `The project is ${projectStatus}.` : undefined;
}

export function withinEmployment({ startDate, endDate, employee }: AssignmentSubject): string | undefined {
  if (employee.status === 'TERMINATED') return 'The employee no longer works for the firm.';
  if (startDate < employee.hiredOn) return `The employee starts on ${employee.hiredOn}, after the assignment does.`;
  return employee.terminatedOn && endDate > employee.terminatedOn ? `The employee leaves on ${employee.terminatedOn}, before the assignment ends.` : undefined;
}

export function withinCapacity({ excess, overbookReason }: AssignmentSubject, actor: Actor): string | undefined {
  if (excess <= 0n) return undefined;
  const beyond = `It would exceed the employee's capacity by ${hoursOfSeconds(excess)} hours per week.`;
  if (!mayByName(actor, 'assignment:overbook')) return `${beyond} Ask for less, or let somebody with the permission assignment:overbook do it.`;
  return overbookReason ? undefined : `${beyond} Ask for less, or say why in overbookReason.`;
}

function endWithinAssignment({ endedOn, startDate, endDate }: AssignmentSubject): string | undefined {
  return !endedOn || (endedOn >= startDate && endedOn <= endDate)
    ? undefined
    : `The last day ${endedOn} must lie within ${startDate} and ${endDate}. To undo what has not begun, cancel it.`;
}

export const assignmentMachine = {
  entity: 'Assignment',
  states: ['PROPOSED', 'TENTATIVE', 'CONFIRMED', 'ENDED', 'CANCELLED'],
  initial: 'PROPOSED',
  actions: {
    hold: {
      from: ['PROPOSED'],
      to: 'TENTATIVE',
      may: 'assignment:write',
      guards: [projectOpen, withinEmployment],
      emits: 'AssignmentChanged',
      by: 'holdAssignment',
    },
    confirm: {
      from: ['PROPOSED', 'TENTATIVE'],
      to: 'CONFIRMED',
      may: 'assignment:write',
      guards: [projectOpen, withinEmployment, withinCapacity],
      emits: 'ResourceAssigned',
      by: 'confirmAssignment',
    },
    end: { from: ['CONFIRMED'], to: 'ENDED', may: 'assignment:write', guards: [endWithinAssignment], emits: 'AssignmentChanged', by: 'endAssignment' },
    cancel: { from: ['PROPOSED', 'TENTATIVE', 'CONFIRMED'], to: 'CANCELLED', may: 'assignment:write', emits: 'AssignmentChanged', by: 'cancelAssignment' },
  },
} as const satisfies Machine<AssignmentStatus, AssignmentSubject, FactName>;
