import { and, asc, eq, inArray, lt, lte, or } from 'drizzle-orm';
import type {
  CreateEmployeeInput,
  EmployeeActionInput,
  RehireEmployeeInput,
  SetEmployeeLaborCategoryInput,
  TerminateEmployeeInput,
  UpdateEmployeeInput,
} from '#generated/resources.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { lockRow, lockRows } from '#kernel/rows.ts';
import { type EmployeeRow, employees } from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';
import { columnsOf, type EmployeeDraft, type Move, moved } from './draft.ts';
import { checkChain, checkPointers, lookUp } from './known.ts';
import { inOrder, laborCategoriesOf, withStart } from './laborCategories.ts';
import { only, saveEmployees } from './save.ts';

/** Records a hire as PENDING, of a new person or of one that Accord knows. */
export async function createEmployee(scope: Scope, input: CreateEmployeeInput): Promise<EmployeeRow> {
  demandWriter(scope);
  if (input.personId && input.legalName)
    throw new Refused('VALIDATION_FAILED', 'The person has a legal name already. Give personId or legalName.', { field: 'legalName' });
  const row = newEmployee(scope, { ...input, name: checkText('name', input.name) });
  const starts = inOrder(input.laborCategories ?? []);
  checkPointers(await lookUp(scope, [input]), input);
  const legalName = input.legalName ? checkText('legalName', input.legalName) : undefined;
  return only(
    await saveEmployees(scope, [{ row, isNew: true, newPerson: !input.personId, legalName, starts, refs: input.externalRefs ?? [], facts: ['EmployeeHired'] }]),
  );
}

type NewEmployee = Parameters<typeof columnsOf>[0] & { name: string; hiredOn: string; personId?: string | null | undefined };

/** The row of a hire that nobody saved yet. */
export function newEmployee(scope: Pick<Scope, 'now'>, input: NewEmployee): EmployeeRow {
  const { now } = scope;
  const nothing = { title: null, workEmail: null, terminatedOn: null, managerId: null, legalEntityId: null, costCenterId: null };
  const usual = { workerType: 'EMPLOYEE', status: 'PENDING', weeklySeconds: 40n * 3600n } as const;
  const own = { id: newId(now.getTime()), version: 1, createdAt: now, updatedAt: now, personId: input.personId ?? newId(now.getTime()) };
  return { ...own, ...nothing, ...usual, name: input.name, hiredOn: input.hiredOn, ...columnsOf(input) };
}

/** Changes what is known of an employee and of the person. */
export async function updateEmployee(scope: Scope, input: UpdateEmployeeInput): Promise<EmployeeRow> {
  demandWriter(scope);
  const before = await lockRow(scope, employees, { entity: 'Employee', ...input });
  const row = { ...before, ...columnsOf(input) };
  const starts = input.laborCategories ? inOrder(input.laborCategories) : undefined;
  const known = await lookUp(scope, [input]);
  checkPointers(known, input, starts && (await laborCategoriesOf(scope.tx, [before.id])).get(before.id));
  checkChain(known, before.id, row.managerId);
  const legalName = input.legalName === undefined ? undefined : checkText('legalName', input.legalName);
  return only(await saveEmployees(scope, [{ row, isNew: false, legalName, starts, refs: input.externalRefs ?? [], facts: ['EmployeeUpdated'] }]));
}

/** Says which labor category an employee has from a day on. */
export async function setEmployeeLaborCategory(scope: Scope, input: SetEmployeeLaborCategoryInput): Promise<EmployeeRow> {
  demandWriter(scope);
  const row = await lockRow(scope, employees, { entity: 'Employee', ...input });
  const start = { laborCategoryId: input.laborCategoryId, effectiveFrom: input.effectiveFrom };
  checkPointers(await lookUp(scope, [{ laborCategories: [start] }]), { laborCategories: [start] });
  const starts = withStart((await laborCategoriesOf(scope.tx, [row.id])).get(row.id) ?? [], start);
  return only(await saveEmployees(scope, [{ row, isNew: false, starts, refs: [], facts: ['EmployeeUpdated'] }]));
}

/** Performs an action of the machine that needs no more than the employee. */
export function employeeAction(action: 'activate' | 'startLeave' | 'endLeave') {
  return (scope: Scope, input: EmployeeActionInput): Promise<EmployeeRow> => move(scope, input, { action });
}

/** Announces the last day of somebody who stays until then. */
export function scheduleTermination(scope: Scope, input: TerminateEmployeeInput): Promise<EmployeeRow> {
  return move(scope, input, { action: 'scheduleTermination', lastDay: input.terminatedOn });
}

/** Ends an employment, and with it the assignments. */
export function terminateEmployee(scope: Scope, input: TerminateEmployeeInput): Promise<EmployeeRow> {
  return move(scope, input, { action: 'terminate', lastDay: input.terminatedOn });
}

/** The same person comes back. */
export function rehireEmployee(scope: Scope, input: RehireEmployeeInput): Promise<EmployeeRow> {
  return move(scope, input, { action: 'rehire', firstDay: input.hiredOn });
}

async function move(scope: Scope, input: EmployeeActionInput, how: Move): Promise<EmployeeRow> {
  demandWriter(scope);
  const before = await lockRow(scope, employees, { entity: 'Employee', ...input });
  return only(await saveEmployees(scope, [{ ...moved(scope, before, how), isNew: false, refs: [] }]));
}

/** Who may write employees at all. */
export function demandWriter(scope: Scope): void {
  demand(scope.actor, 'employee:write');
  demandWholeFirm(scope.actor);
}

/** Employees that one call of applyDueEmployments moves at most. */
export const dueBite = 500;

/** Does what a date decides: hires begin, announced last days pass. Gives how many employees it moved. */
export async function applyDueEmployments(scope: Scope): Promise<number> {
  const today = dateOf(scope.now);
  const { id, status, hiredOn, terminatedOn } = employees;
  const starting = and(eq(status, 'PENDING'), lte(hiredOn, today));
  const leaving = and(inArray(status, ['ACTIVE', 'ON_LEAVE']), lt(terminatedOn, today));
  const due = await scope.tx.select({ id }).from(employees).where(or(starting, leaving)).orderBy(asc(id)).limit(dueBite);
  const rows = [
    ...(
      await lockRows(
        scope,
        employees,
        due.map((row) => row.id),
      )
    ).values(),
  ];
  const drafts = rows.flatMap((row) => draftOf(scope, row, today));
  await saveEmployees(scope, drafts);
  return drafts.length;
}

/** Judged again under the lock: somebody may have been faster. */
function draftOf(scope: Scope, row: EmployeeRow, today: CalendarDate): EmployeeDraft[] {
  const rest = { isNew: false, refs: [] };
  if (row.status === 'PENDING' && row.hiredOn <= today) return [{ ...moved(scope, row, { action: 'activate' }), ...rest }];
  const leaves = (row.status === 'ACTIVE' || row.status === 'ON_LEAVE') && row.terminatedOn !== null && row.terminatedOn < today;
  return leaves ? [{ ...moved(scope, row, { action: 'terminate', lastDay: row.terminatedOn }), ...rest }] : [];
}
