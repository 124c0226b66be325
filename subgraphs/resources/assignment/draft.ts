import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { AssignmentRow, EmployeeRow } from '../tables.ts';
import { type Booked, excessOf } from './capacity.ts';
import { type AssignmentStatus, type AssignmentSubject, assignmentMachine, projectOpen, withinCapacity, withinEmployment } from './machine.ts';
import type { Told } from './tell.ts';

/** What an assignment is judged by: its employee, that employee's confirmed work, and the project's state. */
export type Surroundings = {
  employee: Pick<EmployeeRow, 'status' | 'hiredOn' | 'terminatedOn' | 'weeklySeconds'>;
  booked: readonly Booked[];
  projectStatus: string;
};

/** What the guards of an assignment judge. */
export function subjectOf(row: AssignmentRow, { employee, booked, projectStatus }: Surroundings, endedOn?: CalendarDate): AssignmentSubject {
  const others = booked.filter((booking) => booking.id !== row.id);
  return { status: row.status, from: row.from, to: row.to, employee, projectStatus, excess: excessOf(employee.weeklySeconds, others, row), endedOn };
}

export type Move = { action: ActionName<typeof assignmentMachine>; endedOn?: CalendarDate | undefined };

/** The row after an action of the machine, and the fact to state; throws when it is refused. */
export function moved(actor: Actor, row: AssignmentRow, { around, action, endedOn }: Move & { around: Surroundings }): Told {
  const status = stepTo(assignmentMachine, { subject: subjectOf(row, around, endedOn), action, actor });
  return { row: { ...row, status, ...(endedOn ? { to: endedOn } : {}) }, fact: assignmentMachine.actions[action].emits };
}

/** The actions that lead from a state to another. */
export const routes: Readonly<Record<AssignmentStatus, Readonly<Partial<Record<AssignmentStatus, readonly Move['action'][]>>>>> = {
  PROPOSED: { TENTATIVE: ['hold'], CONFIRMED: ['confirm'], ENDED: ['confirm', 'end'], CANCELLED: ['cancel'] },
  TENTATIVE: { CONFIRMED: ['confirm'], ENDED: ['confirm', 'end'], CANCELLED: ['cancel'] },
  CONFIRMED: { ENDED: ['end'], CANCELLED: ['cancel'] },
  ENDED: {},
  CANCELLED: {},
};

/** Refuses days that run backwards. */
export function checkDays({ from, to }: { from: CalendarDate; to: CalendarDate }): void {
  if (to < from) throw new Refused('VALIDATION_FAILED', `The last day ${to} is before the first day ${from}.`, { field: 'to' });
}

/** Refuses changes of what is over, and days or hours that a confirmed assignment could not have been given. */
export function checkChange(actor: Scope['actor'], row: AssignmentRow, around: Surroundings): void {
  if (row.status === 'ENDED' || row.status === 'CANCELLED') {
    throw new Refused('INVALID_TRANSITION', `Assignment is ${row.status}; it cannot be changed any more.`, { field: 'status' });
  }
  if (row.status !== 'CONFIRMED') return;
  const subject = subjectOf(row, around);
  for (const guard of [projectOpen, withinEmployment, withinCapacity]) {
    const why = guard(subject, actor);
    if (why) throw new Refused('GUARD_REFUSED', why, { guard: guard.name });
  }
}
