import type { CreateTaskInput, TaskActionInput, UpdateTaskInput, UpsertTaskItem } from '#generated/engagements.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { checkText } from '#kernel/input.ts';
import type { ActionName } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { publish } from '#kernel/reference.ts';
import { lockRows, putRows, shareRows } from '#kernel/rows.ts';
import { act, type Change, carryOut, type Kit, lockReferred, newborn, outcomeOf, type Plan, planned, said, upsertAll, wholeRow } from '../plan.ts';
import { facts } from '../published.ts';
import { taskReference } from '../references.ts';
import { demandOwned, lockOwned, type Store } from '../sight.ts';
import { type ProjectRow, projects, type TaskRow, tasks } from '../tables.ts';
import { closedProject, withinProjectDates } from './frame.ts';
import { taskMachine } from './machine.ts';

const store: Store<TaskRow> = { entity: 'Task', lock: (scope, ids) => lockRows(scope, tasks, ids), put: (scope, rows) => putRows(scope, tasks, rows) };

/** Projects that tasks belong to, kept from changing. */
type Ground = ReadonlyMap<string, ProjectRow>;
type Fields = Omit<UpdateTaskInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { projectId?: string };
type Draft = { fields: Fields; before?: TaskRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

export async function createTask(scope: Scope, input: CreateTaskInput): Promise<TaskRow> {
  demand(scope.actor, 'task:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  const ground = await shareRows(scope, projects, [input.projectId]);
  return perform(scope, ground, planTask(scope, ground, { fields, refs }));
}

export async function updateTask(scope: Scope, input: UpdateTaskInput): Promise<TaskRow> {
  demand(scope.actor, 'task:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockOwned(scope, store, { id, expectedVersion });
  const ground = await shareRows(scope, projects, [before.projectId]);
  return perform(scope, ground, planTask(scope, ground, { fields, before, refs }));
}

/** Performs an action of the machine on one task. */
export function taskAction(action: ActionName<typeof taskMachine>) {
  return async (scope: Scope, input: TaskActionInput): Promise<TaskRow> => {
    demand(scope.actor, 'task:write');
    const before = await lockOwned(scope, store, input);
    const ground = await shareRows(scope, projects, [before.projectId]);
    const subject = (task: TaskRow) => ({ ...task, project: projectOf(scope, ground, task.projectId) });
    return perform(scope, ground, act(scope, planned(scope, { before, row: before }), { machine: taskMachine, action, subject }));
  };
}

/** Creates or changes tasks by external reference, in a fixed number of statements. Unchanged ones keep their version. */
export async function upsertTasks(scope: Scope, items: readonly UpsertTaskItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'task:write');
  const known = await lockReferred(scope, store, items);
  const ground = await shareRows(
    scope,
    projects,
    [...items, ...known.values()].map((each) => each.projectId),
  );
  return upsertAll(scope, kitOn(ground), {
    items,
    known,
    plan: ({ externalRef, ...fields }, before) => planTask(scope, ground, { fields, before, refs: [externalRef] }),
  });
}

function planTask(scope: Scope, ground: Ground, { fields, before, refs }: Draft): Plan<TaskRow> {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkText('description', fields.description, 4000);
  if (before && fields.projectId !== undefined && fields.projectId.toLowerCase() !== before.projectId)
    throw new Refused('VALIDATION_FAILED', 'A task stays in its project.', { field: 'projectId' });
  const project = projectOf(scope, ground, before?.projectId ?? fields.projectId ?? '');
  const task = wholeRow(tasks, { ...(before ?? newTask(scope, project)), ...said(fields) });
  const plan = planned(scope, { before, row: task }, refs);
  if (plan.versions.length > 0) checkPlace(task, project);
  return plan;
}

function newTask(scope: Scope, project: ProjectRow): TaskRow {
  return {
    ...newborn(scope),
    customerId: project.customerId,
    projectId: project.id,
    name: '',
    status: 'NOT_STARTED',
    description: null,
    billable: project.billable,
    startDate: null,
    endDate: null,
  };
}

function checkPlace(task: TaskRow, project: ProjectRow): void {
  if (task.status === 'CANCELLED') throw new Refused('GUARD_REFUSED', 'The task is CANCELLED; it does not change any more.', { guard: 'taskOpen' });
  const closed = closedProject(project);
  if (closed) throw new Refused('GUARD_REFUSED', closed, { field: 'projectId', guard: 'projectOpen' });
  const outside = withinProjectDates({ ...task, project });
  if (outside) throw new Refused('GUARD_REFUSED', outside, { field: 'startDate', guard: 'withinProjectDates' });
}

function projectOf(scope: Scope, ground: Ground, id: string): ProjectRow {
  return demandOwned(scope, ground, { entity: 'Project', id, field: 'projectId' });
}

async function perform(scope: Scope, ground: Ground, plan: Plan<TaskRow>): Promise<TaskRow> {
  await carryOut(scope, kitOn(ground), [plan]);
  return outcomeOf(plan);
}

function kitOn(ground: Ground): Kit<TaskRow> {
  return { store, tell: (scope, changes) => tell(scope, ground, changes) };
}

async function tell(scope: Scope, ground: Ground, changes: readonly Change<TaskRow>[]): Promise<void> {
  await publish(
    scope,
    changes.map(({ row }) => taskReference(row)),
  );
  const stated = changes.map(({ row, before }) => ({
    before,
    subject: row,
    keys: { customerId: row.customerId, engagementId: ground.get(row.projectId)?.engagementId, projectId: row.projectId },
    payload: { taskId: row.id, projectId: row.projectId, customerId: row.customerId, name: row.name, status: row.status },
  }));
  await record(
    scope,
    facts.TaskCreated,
    stated.filter(({ before }) => !before),
  );
  await record(
    scope,
    facts.TaskStatusChanged,
    stated.flatMap(({ before, ...each }) =>
      before && before.status !== each.payload.status ? [{ ...each, payload: { ...each.payload, previousStatus: before.status } }] : [],
    ),
  );
}
