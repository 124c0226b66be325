import type { Changes, Decision, DecisionContext } from '#kernel/draft.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkEmail, checkText, given } from '#kernel/input.ts';
import { type ActionName, begin, step, type Transition } from '#kernel/machine.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { cutAssignments } from '../assignment/cut.ts';
import { weeklySecondsGiven } from '../hours.ts';
import { references } from '../published.ts';
import { type EmployeeRow, employee, type employees, externalRefs, person } from '../tables.ts';
import { type LaborCategoryStart, replaceHistory } from './laborCategories.ts';
import type { LoadedEmployees } from './load.ts';
import { type EmployeeStatus, type EmployeeSubject, employeeMachine } from './machine.ts';
import { type Parts, replaceParts } from './parts.ts';
import { type EmployeeFact, referenceOf, stateEmployee } from './snapshot.ts';

type InputFields = Partial<{
  name: string | null;
  title: string | null;
  workEmail: string | null;
  workerType: EmployeeRow['workerType'] | null;
  hiredOn: CalendarDate | null;
  weeklyHours: string | null;
  weeklyDuration: string | null;
  managerId: string | null;
  legalEntityId: string | null;
  costCenterId: string | null;
  subcontractorId: string | null;
}>;

/** The columns that an input changes: absent ones stay, null clears where nothing may stand. */
export function columnsOf(input: { [Name in keyof InputFields]?: InputFields[Name] | undefined }): Partial<EmployeeRow> {
  const { name, workerType, hiredOn, title, workEmail, managerId, legalEntityId, costCenterId, subcontractorId } = input;
  const columns: Partial<EmployeeRow> = given({ title, workEmail, managerId, legalEntityId, costCenterId, subcontractorId });
  if (name !== undefined) columns.name = checkText('name', name);
  if (workerType !== undefined) columns.workerType = needed('workerType', workerType);
  if (hiredOn !== undefined) columns.hiredOn = needed('hiredOn', hiredOn);
  const weeklySeconds = weeklySecondsGiven(input);
  if (weeklySeconds !== undefined) columns.weeklySeconds = weeklySeconds;
  if (title) columns.title = checkText('title', title);
  if (workEmail) checkEmail('workEmail', workEmail);
  return columns;
}

function needed<Value>(field: string, value: Value | null): Value {
  if (value === null) throw new Refused('VALIDATION_FAILED', `${field} cannot be cleared.`, { field });
  return value;
}

/** An employment as it shall be. */
export type Employment = Omit<EmployeeRow, 'version' | 'createdAt' | 'updatedAt'>;
type Hire = Parameters<typeof columnsOf>[0] & { name: string; hiredOn: CalendarDate; personId?: string | null | undefined };

/** A hire that nobody wrote yet. */
export function hired(input: Hire, context: DecisionContext): Employment {
  const nothing = { title: null, workEmail: null, terminatedOn: null, managerId: null, legalEntityId: null, costCenterId: null, subcontractorId: null };
  const usual = { workerType: 'EMPLOYEE', status: begin(employeeMachine).status, weeklySeconds: 40n * 3600n } as const;
  const ids = { id: context.newId(), personId: input.personId ?? context.newId() };
  return { ...ids, ...nothing, ...usual, name: input.name, hiredOn: input.hiredOn, ...columnsOf(input) };
}

/** What the guards of an employee judge now. */
export function subjectOf(
  { status, hiredOn, terminatedOn }: Pick<EmployeeRow, 'status' | 'hiredOn' | 'terminatedOn'>,
  now: Date,
  asked: Pick<EmployeeSubject, 'firstDay' | 'lastDay'> = {},
): EmployeeSubject {
  return { status, hiredOn, leftOn: terminatedOn, today: dateOf(now), ...asked };
}

export type Move = { action: ActionName<typeof employeeMachine>; firstDay?: CalendarDate; lastDay?: CalendarDate | null };
export type EmployeeStep = Transition<EmployeeStatus, EmployeeFact>;
/** An employment after an action: `by` set its status; assignments end on `cutAfter` at the latest. */
export type Moved = { wanted: Employment; by: EmployeeStep; cutAfter?: CalendarDate };

/** Asks the machine for an action. */
export function moved(wanted: Employment, { action, ...days }: Move, { actor, now }: DecisionContext): Moved {
  const by = step(employeeMachine, { subject: subjectOf(wanted, now, days), action, actor });
  const after = { ...wanted, status: by.status };
  if (days.firstDay) return { wanted: { ...after, hiredOn: days.firstDay, terminatedOn: null }, by };
  if (days.lastDay) return { wanted: { ...after, terminatedOn: days.lastDay }, by, cutAfter: days.lastDay };
  return { wanted: after, by };
}

/** All that a command wants of one employee. */
export type Wish = {
  before?: EmployeeRow | undefined;
  wanted: Employment;
  by?: EmployeeStep | undefined;
  legalName?: string | undefined;
  newPerson?: boolean;
  /** Set: the whole history of labor categories, in order. */
  starts?: readonly LaborCategoryStart[] | undefined;
  /** Set: these parts as a whole. */
  parts?: Parts | undefined;
  refs?: readonly ExternalRefInput[] | null | undefined;
  facts: readonly EmployeeFact[];
  cutAfter?: CalendarDate | undefined;
};

/** Writes an employee with all that hangs on it; without a difference, nothing. */
export function decideEmployee(loaded: LoadedEmployees, wish: Wish, context: DecisionContext): Decision {
  const { before, wanted, by, starts, cutAfter } = wish;
  checkBought(wanted);
  const draft = openDraft(context);
  const named = wish.newPerson ? undefined : loaded.persons.get(wanted.personId);
  if (wish.newPerson) draft.insert(person, { id: wanted.personId, legalName: wish.legalName ?? wanted.name });
  const renamed = named && draft.update(person, named, { changes: { legalName: wish.legalName } }) !== named;
  const held = (before && loaded.held.get(before.id)) ?? [];
  const history = starts ? replaceHistory(draft, wanted.id, { held, starts }) : held;
  const changed = replaceParts(draft, wanted.id, { held: loaded.parts, parts: wish.parts ?? {} });
  const touch = renamed || changed || history.length !== held.length || history.some((row) => !held.includes(row));
  const row = before
    ? draft.update(employee, before, { changes: changesOf(wanted), touch, ...(by ? { by } : {}) })
    : draft.insert(employee, wanted, by ?? begin(employeeMachine));
  if (row !== before) {
    const cut = cutAfter && { lastDay: cutAfter, over: row.status === 'TERMINATED' };
    if (cut) cutAssignments(draft, loaded.cuts.open.get(row.id) ?? [], { cut, projects: loaded.cuts.projects });
    draft.publish(published(references.Employee, { id: row.id, version: row.version, data: referenceOf(row, history) }));
    const { workWeeks } = wish.parts ?? {};
    if (changed && workWeeks) draft.publish(published(references.EmployeeWorkWeeks, { id: row.id, version: row.version, data: { workWeeks } }));
    stateEmployee(draft, wish.facts, row);
  }
  draft.link({ refs: externalRefs, entity: employee, id: row.id }, wish.refs);
  return draft.done(row.id);
}

/** Whose time is bought by the hour is no employee of the firm's. */
function checkBought({ subcontractorId, workerType }: Employment): void {
  if (subcontractorId && workerType !== 'CONTRACTOR')
    throw new Refused('VALIDATION_FAILED', 'A person of a subcontractor is a CONTRACTOR. Give that workerType as well.', { field: 'workerType' });
}

function changesOf({ id: _, status: __, personId: ___, ...changes }: Employment): Changes<typeof employees> {
  return changes;
}
