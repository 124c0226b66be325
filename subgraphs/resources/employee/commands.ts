import type {
  CreateEmployeeInput,
  EmployeeActionInput,
  RehireEmployeeInput,
  SetEmployeeLaborCategoryInput,
  TerminateEmployeeInput,
  UpdateEmployeeInput,
} from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import type { Decision, DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { demandNamed } from '#kernel/rows.ts';
import { and, asc, lt, lte, or } from '#kernel/sql.ts';
import { publishAssignments } from '../assignment/snapshot.ts';
import {
  assignment,
  assignmentRecord,
  type EmployeeRow,
  employee,
  employeeLaborCategory,
  employeeSkill,
  employees,
  employeeWorkWeek,
  person,
} from '../tables.ts';
import { demandWholeFirm } from '../visibility.ts';
import { columnsOf, decideEmployee, hired, type Move, moved } from './decide.ts';
import { inOrder, type Starting, withStart } from './laborCategories.ts';
import { absorbEmployees, checkChain, checkPointers, type LoadedEmployees, loadEmployees } from './load.ts';
import { partsOf } from './parts.ts';

type On<Item> = Command<Item, LoadedEmployees>;

/** What all commands on employees have in common. */
export const onEmployees = {
  may: 'employee:write',
  entities: [person, employee, employeeLaborCategory, employeeSkill, employeeWorkWeek, assignment, assignmentRecord],
  consequences: [assignment, assignmentRecord],
  absorb: absorbEmployees,
  conclude: ({ rows, cuts }: LoadedEmployees, context: DecisionContext) => publishAssignments({ employees: rows, ...cuts }, context),
} satisfies Partial<On<unknown>>;

/** Records a hire as PENDING, of a new person or of one that Accord knows. */
export const createEmployee: On<Starting<CreateEmployeeInput>> = {
  ...onEmployees,
  load: (scope, items) => loadEmployees(scope, { pointers: () => items }),
  decide: (loaded, input, context) => {
    demandWholeFirm(context.actor);
    if (input.personId && input.legalName)
      throw new Refused('VALIDATION_FAILED', 'The person has a legal name already. Give personId or legalName.', { field: 'legalName' });
    const wanted = hired({ ...input, name: checkText('name', input.name) }, context);
    const starts = inOrder(input.laborCategories ?? []);
    checkPointers(loaded, input);
    const legalName = input.legalName ? checkText('legalName', input.legalName) : undefined;
    const wish = { wanted, newPerson: !input.personId, legalName, starts, parts: partsOf(input), refs: input.externalRefs, facts: ['EmployeeHired' as const] };
    return decideEmployee(loaded, wish, context);
  },
};

/** Changes what is known of an employee and of the person. */
export const updateEmployee: On<Starting<UpdateEmployeeInput>> = {
  ...onEmployees,
  load: (scope, items) =>
    loadEmployees(scope, { ids: items.map(({ id }) => id), pointers: () => items, renames: items.some(({ legalName }) => legalName !== undefined) }),
  decide: (loaded, input, context) => {
    const before = demandEmployee(loaded, input, context);
    const wanted = { ...before, ...columnsOf(input) };
    const starts = input.laborCategories ? inOrder(input.laborCategories) : undefined;
    checkPointers(loaded, input, starts && loaded.held.get(before.id));
    checkChain(loaded, before.id, wanted.managerId);
    const legalName = input.legalName === undefined ? undefined : checkText('legalName', input.legalName);
    const wish = { before, wanted, legalName, starts, parts: partsOf(input), refs: input.externalRefs, facts: ['EmployeeUpdated' as const] };
    return decideEmployee(loaded, wish, context);
  },
};

/** Says which labor category an employee has from a day on. */
export const setEmployeeLaborCategory: On<Meant<SetEmployeeLaborCategoryInput, 'laborCategory'>> = {
  ...onEmployees,
  load: (scope, items) => loadEmployees(scope, { ids: items.map(({ id }) => id), pointers: () => items.map((start) => ({ laborCategories: [start] })) }),
  decide: (loaded, input, context) => {
    const before = demandEmployee(loaded, input, context);
    const start = { laborCategoryId: input.laborCategoryId, effectiveFrom: input.effectiveFrom };
    checkPointers(loaded, { laborCategories: [start] });
    const starts = withStart(loaded.held.get(before.id) ?? [], start);
    return decideEmployee(loaded, { before, wanted: before, starts, facts: ['EmployeeUpdated'] }, context);
  },
};

type Named = Pick<EmployeeActionInput, 'id' | 'expectedVersion'>;

/** Performs an action of the machine that needs no more than the employee. */
export function employeeAction(action: 'activate' | 'startLeave' | 'endLeave'): On<Named> {
  return moving(() => ({ action }));
}

/** Announces the last day of somebody who stays until then. */
export const scheduleTermination: On<TerminateEmployeeInput> = moving(({ terminatedOn }) => ({ action: 'scheduleTermination', lastDay: terminatedOn }));

/** Ends an employment, and with it the assignments. */
export const terminateEmployee: On<TerminateEmployeeInput> = moving(({ terminatedOn }) => ({ action: 'terminate', lastDay: terminatedOn }));

/** The same person comes back. */
export const rehireEmployee: On<RehireEmployeeInput> = moving(({ hiredOn }) => ({ action: 'rehire', firstDay: hiredOn }));

function moving<Item extends Named>(how: (item: Item) => Move): On<Item> {
  return {
    ...onEmployees,
    load: (scope, items) =>
      loadEmployees(scope, {
        ids: items.map(({ id }) => id),
        ends: () => items.flatMap((item) => endOf(item.id, how(item))),
      }),
    decide: (loaded, item, context) => decideMove(loaded, { before: demandEmployee(loaded, item, context), move: how(item) }, context),
  };
}

function endOf(employeeId: string, { lastDay }: Move): { employeeId: string; lastDay: CalendarDate }[] {
  return lastDay ? [{ employeeId, lastDay }] : [];
}

function decideMove(loaded: LoadedEmployees, { before, move }: { before: EmployeeRow; move: Move }, context: DecisionContext): Decision {
  const after = moved(before, move, context);
  return decideEmployee(loaded, { before, ...after, facts: after.by.emits }, context);
}

function demandEmployee({ rows }: LoadedEmployees, { id, expectedVersion }: Named, { actor }: DecisionContext): EmployeeRow {
  demandWholeFirm(actor);
  return demandNamed(rows, { entity: 'Employee', id, expectedVersion }, () => true);
}

/** Employees that one call of applyDueEmployments moves at most. */
export const dueBite = 500;

/** Does what a date decides: hires begin, announced last days pass. Gives how many employees it moved. */
export async function applyDueEmployments(scope: Scope): Promise<number> {
  const today = dateOf(scope.now);
  const { id, status, hiredOn, terminatedOn } = employees;
  const starting = and(wordIn(status, ['PENDING']), lte(hiredOn, today));
  const leaving = and(wordIn(status, ['ACTIVE', 'ON_LEAVE']), lt(terminatedOn, today));
  const due = await scope.tx.select({ id }).from(employees).where(or(starting, leaving)).orderBy(asc(id)).limit(dueBite);
  const loaded = await loadEmployees(scope, {
    ids: due.map((row) => row.id),
    ends: (rows) => [...rows.values()].flatMap((row) => dueMove(row, today).flatMap((move) => endOf(row.id, move))),
  });
  const items = [...loaded.rows.values()].flatMap((before) => dueMove(before, today).map((move) => ({ before, move })));
  const command: On<{ before: EmployeeRow; move: Move }> = {
    ...onEmployees,
    load: async () => loaded,
    decide: (_, item, context) => decideMove(loaded, item, context),
  };
  return (await executeAll(scope, command, items)).length;
}

/** Judged under the lock: somebody may have been faster. */
function dueMove({ status, hiredOn, terminatedOn }: EmployeeRow, today: CalendarDate): Move[] {
  if (status === 'PENDING' && hiredOn <= today) return [{ action: 'activate' }];
  const leaves = (status === 'ACTIVE' || status === 'ON_LEAVE') && terminatedOn !== null && terminatedOn < today;
  return leaves ? [{ action: 'terminate', lastDay: terminatedOn }] : [];
}
