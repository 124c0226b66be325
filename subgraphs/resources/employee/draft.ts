import type { Actor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText, given } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { weeklySecondsOf } from '../hours.ts';
import type { FactName } from '../published.ts';
import type { EmployeeRow } from '../tables.ts';
import type { LaborCategoryStart } from './laborCategories.ts';
import { type EmployeeStatus, type EmployeeSubject, employeeMachine } from './machine.ts';

type EmployeeFact = Extract<FactName, `Employee${string}`>;

/** An employee as it shall be: decided, not yet written. */
export type EmployeeDraft = {
  row: EmployeeRow;
  isNew: boolean;
  /** Set: the person's name is written too. */
  legalName?: string | undefined;
  /** The person is new as well. */
  newPerson?: boolean;
  /** Set: the whole history of labor categories, in order. */
  starts?: readonly LaborCategoryStart[] | undefined;
  refs: readonly ExternalRefInput[];
  facts: readonly EmployeeFact[];
  /** Set: assignments end on this day at the latest. */
  cutAfter?: CalendarDate | undefined;
};

type InputFields = Partial<{
  name: string | null;
  title: string | null;
  workEmail: string | null;
  workerType: EmployeeRow['workerType'] | null;
  hiredOn: CalendarDate | null;
  weeklyHours: string | null;
  managerId: string | null;
  legalEntityId: string | null;
  costCenterId: string | null;
}>;

/** The columns that an input changes: absent ones stay, null clears where nothing may stand. */
export function columnsOf(input: { [Name in keyof InputFields]?: InputFields[Name] | undefined }): Partial<EmployeeRow> {
  const { name, workerType, hiredOn, weeklyHours, title, workEmail, managerId, legalEntityId, costCenterId } = input;
  const columns: Partial<EmployeeRow> = given({ title, workEmail, managerId, legalEntityId, costCenterId });
  if (name !== undefined) columns.name = checkText('name', name);
  if (workerType !== undefined) columns.workerType = needed('workerType', workerType);
  if (hiredOn !== undefined) columns.hiredOn = needed('hiredOn', hiredOn);
  if (weeklyHours !== undefined) columns.weeklySeconds = weeklySecondsOf(needed('weeklyHours', weeklyHours));
  if (title) columns.title = checkText('title', title);
  if (workEmail && !/^[^\s@]+@[^\s@]+$/.test(workEmail)) throw new Refused('VALIDATION_FAILED', `${workEmail} is no mail address.`, { field: 'workEmail' });
  return columns;
}

function needed<Value>(field: string, value: Value | null): Value {
  if (value === null) throw new Refused('VALIDATION_FAILED', `${field} cannot be cleared.`, { field });
  return value;
}

/** What the guards of an employee judge now. */
export function subjectOf(row: EmployeeRow, now: Date, asked: Pick<EmployeeSubject, 'firstDay' | 'lastDay'> = {}): EmployeeSubject {
  return { status: row.status, hiredOn: row.hiredOn, leftOn: row.terminatedOn, today: dateOf(now), ...asked };
}

export type Move = { action: ActionName<typeof employeeMachine>; firstDay?: CalendarDate; lastDay?: CalendarDate | null };

/** The row after an action of the machine, and the fact to state; throws when it is refused. */
export function moved(
  scope: Pick<Scope, 'now'> & { actor: Actor },
  row: EmployeeRow,
  { action, ...days }: Move,
): Pick<EmployeeDraft, 'row' | 'facts' | 'cutAfter'> {
  const stay = action === 'scheduleTermination' ? { to: row.status } : {};
  const status = stepTo(employeeMachine, { subject: subjectOf(row, scope.now, days), action, actor: scope.actor, ...stay });
  const facts = [employeeMachine.actions[action].emits];
  if (days.firstDay) return { row: { ...row, status, hiredOn: days.firstDay, terminatedOn: null }, facts };
  if (days.lastDay) return { row: { ...row, status, terminatedOn: days.lastDay }, facts, cutAfter: days.lastDay };
  return { row: { ...row, status }, facts };
}

/** The actions that lead from a state to another. */
export const routes: Readonly<Record<EmployeeStatus, Readonly<Partial<Record<EmployeeStatus, readonly Move['action'][]>>>>> = {
  PENDING: { ACTIVE: ['activate'], ON_LEAVE: ['activate', 'startLeave'], TERMINATED: ['activate', 'terminate'] },
  ACTIVE: { ON_LEAVE: ['startLeave'], TERMINATED: ['terminate'] },
  ON_LEAVE: { ACTIVE: ['endLeave'], TERMINATED: ['terminate'] },
  TERMINATED: { ACTIVE: ['rehire'], ON_LEAVE: ['rehire', 'startLeave'] },
};
