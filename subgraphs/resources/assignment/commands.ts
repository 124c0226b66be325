import { and, asc, eq, lt } from 'drizzle-orm';
import type { AssignmentActionInput, CreateAssignmentInput, EndAssignmentInput, UpdateAssignmentInput } from '#generated/resources.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { given } from '#kernel/input.ts';
import { dateOf } from '#kernel/period.ts';
import { insertRow, lockRow, lockRows, notFound, saveEach, saveRow } from '#kernel/rows.ts';
import { weeklySecondsOf } from '../hours.ts';
import { type AssignmentRow, assignments, employees, externalRefs } from '../tables.ts';
import { aroundOf, lockWorld, peek, type World } from './around.ts';
import { checkChange, checkDays, type Move, moved, type Surroundings } from './draft.ts';
import { tellAssignments } from './tell.ts';

/** Proposes an employee for a project. */
export async function createAssignment(scope: Scope, input: CreateAssignmentInput): Promise<AssignmentRow> {
  demand(scope.actor, 'assignment:write');
  const world = await lockWorld(scope, [input]);
  const row = await insertRow(scope, assignments, newAssignment(scope, world, input));
  await link(scope, row, input.externalRefs);
  await tellAssignments(scope, [{ row, fact: 'AssignmentChanged' }]);
  return row;
}

type NewAssignment = Pick<CreateAssignmentInput, 'employeeId' | 'projectId' | 'taskId' | 'from' | 'to' | 'weeklyHours'>;

/** The row of a proposal that nobody saved yet; throws when it points to nothing. */
export function newAssignment(scope: Pick<Scope, 'now' | 'actor'>, world: World, input: NewAssignment): AssignmentRow {
  const { employeeId, projectId, taskId = null, from, to } = input;
  const project = world.projects.get(projectId);
  if (!world.employees.has(employeeId)) throw notFound('Employee', employeeId, 'employeeId');
  if (!project || !seesCustomer(scope.actor, project.customerId)) throw notFound('Project', projectId, 'projectId');
  checkTask(world, projectId, taskId);
  checkDays(input);
  const entity = { id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now };
  const { customerId, engagementId, legalEntityId } = project;
  return {
    ...entity,
    employeeId,
    projectId,
    taskId,
    customerId,
    engagementId,
    legalEntityId,
    status: 'PROPOSED',
    from,
    to,
    weeklySeconds: weeklySecondsOf(input.weeklyHours),
  };
}

/** Refuses a task that is unknown or belongs to another project. */
export function checkTask(world: World, projectId: string, taskId: string | null | undefined): void {
  if (taskId && world.tasks.get(taskId)?.projectId !== projectId) throw notFound('Task of this project', taskId, 'taskId');
}

/** Changes task, days or hours of an open assignment. */
export async function updateAssignment(scope: Scope, input: UpdateAssignmentInput): Promise<AssignmentRow> {
  const { taskId, from, to, weeklyHours } = input;
  for (const [field, value] of Object.entries({ from, to, weeklyHours })) {
    if (value === null) throw new Refused('VALIDATION_FAILED', `${field} cannot be cleared.`, { field });
  }
  const { before, world, around } = await lockAssignment(scope, input, { taskId, ...(from ? { from } : {}), ...(to ? { to } : {}) });
  const changes = given({ taskId, from: from ?? undefined, to: to ?? undefined, weeklySeconds: weeklyHours ? weeklySecondsOf(weeklyHours) : undefined });
  const wanted = { ...before, ...changes };
  checkDays(wanted);
  checkTask(world, before.projectId, taskId);
  if (widens(before, wanted) || before.status !== 'CONFIRMED') checkChange(scope.actor, wanted, around);
  const row = await saveRow(scope, assignments, { row: before, changes });
  await link(scope, row, input.externalRefs);
  await tellAssignments(scope, [{ row, fact: 'AssignmentChanged' }]);
  return row;
}

/** True when a change asks for days or hours that were not asked for before. */
export function widens(before: AssignmentRow, wanted: AssignmentRow): boolean {
  return wanted.from < before.from || wanted.to > before.to || wanted.weeklySeconds > before.weeklySeconds;
}

/** Performs an action of the machine on one assignment. */
export function assignmentAction(action: Exclude<Move['action'], 'end'>) {
  return (scope: Scope, input: AssignmentActionInput): Promise<AssignmentRow> => move(scope, input, { action });
}

/** Ends a confirmed assignment, on its last day or before. */
export function endAssignment(scope: Scope, input: EndAssignmentInput): Promise<AssignmentRow> {
  return move(scope, input, { action: 'end', endedOn: input.endedOn ?? undefined });
}

async function move(scope: Scope, input: AssignmentActionInput, how: Move): Promise<AssignmentRow> {
  const { before, around } = await lockAssignment(scope, input);
  const next = moved(scope.actor, before, { ...how, around });
  const row = await saveRow(scope, assignments, { row: before, changes: { status: next.row.status, to: next.row.to } });
  await tellAssignments(scope, [{ row, fact: next.fact }]);
  return row;
}

type Locked = { before: AssignmentRow; world: World; around: Surroundings };

/** Locks the employee, then the assignment: the same order everywhere. `wanted` widens what is read of the employee's bookings. */
async function lockAssignment(
  scope: Scope,
  input: AssignmentActionInput,
  wanted: { taskId?: string | null | undefined; from?: string; to?: string } = {},
): Promise<Locked> {
  demand(scope.actor, 'assignment:write');
  const [seen] = await peek(scope, [input.id]);
  if (!seen || !seesCustomer(scope.actor, seen.customerId)) throw notFound('Assignment', input.id);
  const world = await lockWorld(scope, [seen, { ...seen, ...wanted }]);
  const before = await lockRow(scope, assignments, { entity: 'Assignment', ...input });
  const around = aroundOf(world, before);
  if (!around) throw notFound('Employee', before.employeeId, 'employeeId');
  return { before, world, around };
}

function link(scope: Scope, row: AssignmentRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<void> {
  return linkExternalRefs(scope, externalRefs, { entityType: 'Assignment', links: [{ entityId: row.id, refs: refs ?? [] }] });
}

/** Assignments that one call of endDueAssignments ends at most. */
export const dueBite = 500;

/** Ends confirmed assignments whose last day has passed. Gives how many. */
export async function endDueAssignments(scope: Scope): Promise<number> {
  const running = and(eq(assignments.status, 'CONFIRMED'), lt(assignments.to, dateOf(scope.now)));
  const due = await scope.tx.select().from(assignments).where(running).orderBy(asc(assignments.to), asc(assignments.id)).limit(dueBite);
  await lockRows(
    scope,
    employees,
    due.map((row) => row.employeeId),
  );
  const rows = [
    ...(
      await lockRows(
        scope,
        assignments,
        due.map((row) => row.id),
      )
    ).values(),
  ].filter((row) => row.status === 'CONFIRMED' && row.to < dateOf(scope.now));
  const ended = await saveEach(
    scope,
    assignments,
    rows.map((row) => ({ ...row, status: 'ENDED' as const })),
  );
  await tellAssignments(
    scope,
    ended.map((row) => ({ row, fact: 'AssignmentChanged' })),
  );
  return ended.length;
}
