import type { CreateTaskInput, TaskActionInput, UpdateTaskInput, UpsertTaskItem } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import type { Referred } from '#kernel/referred.ts';
import { shareRows } from '#kernel/rows.ts';
import { checkDates, normalized } from '../fields.ts';
import { absorbLocked, byExternalRef, demandNamed, findReferred, lockTargets, ownedBy } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { facts } from '../published.ts';
import { taskReference } from '../references.ts';
import { externalRefs, type ProjectRow, projects, type TaskRow, task, type tasks } from '../tables.ts';
import { closedProject, type ProjectFrame, withinProjectDates } from './frame.ts';
import { type TaskSubject, taskMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertTaskItem, 'project'>;

/** Locked tasks, and the projects that tasks belong to, kept from changing. */
export type LoadedTasks = Referred<TaskRow> & { projects: ReadonlyMap<string, ProjectRow> };
type On<Item> = Command<Item, LoadedTasks>;

type Fields = Omit<UpdateTaskInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { projectId?: string };
type Wish = { fields: Fields; before?: TaskRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = { may: 'task:write' as const, entities: [task], absorb: absorbLocked(task) };
const loadNamed = (scope: Scope, items: readonly { id: string }[]) => load(scope, { ids: items.map(({ id }) => id) });

export const createTask: On<CreateTaskInput> = {
  ...base,
  load: (scope, items) => load(scope, { projectIds: items.map(({ projectId }) => projectId) }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => decideFields(loaded, { fields, refs }, context),
};

export const updateTask: On<UpdateTaskInput> = {
  ...base,
  load: loadNamed,
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const before = demandTask(loaded, { id, expectedVersion }, context.actor);
    return decideFields(loaded, { before, fields, refs }, context);
  },
};

/** Performs an action of the machine on tasks. */
export function taskAction(action: ActionName<typeof taskMachine>): On<TaskActionInput> {
  return {
    ...base,
    load: loadNamed,
    decide: (loaded, item, context) => {
      const before = demandTask(loaded, item, context.actor);
      const project = projectOf(loaded, before.projectId, context);
      const draft = openDraft(context);
      const by = step(taskMachine, { subject: subjectOf(before, project), action, actor: context.actor });
      const row = draft.update(task, before, { by });
      const { payload, ...about } = aboutOf(row, project);
      draft.publish(taskReference(row));
      draft.state(facts.TaskStatusChanged, { ...about, payload: { ...payload, previousStatus: before.status } });
      return draft.done(row.id);
    },
  };
}

/** A task as its machine judges it. */
export function subjectOf({ status, startDate, endDate }: TaskRow, project: ProjectFrame): TaskSubject {
  return { status, startDate, endDate, project };
}

/** Creates or changes tasks by external reference. Unchanged ones keep their version. */
export const upsertTasks: On<Upsert> = {
  ...base,
  ...byExternalRef(task),
  load: (scope, items) => load(scope, { refs: items.map(({ externalRef }) => externalRef), projectIds: items.map(({ projectId }) => projectId) }),
  decide: (loaded, { externalRef, ...fields }, context) => {
    const before = findReferred(loaded, externalRef, ownedBy(context.actor));
    return decideFields(loaded, { before, fields, refs: [externalRef] }, context);
  },
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; projectIds?: readonly string[] };

/** Locks tasks before their projects, as everybody does. */
async function load(scope: Scope, { projectIds = [], ...targets }: Wanted): Promise<LoadedTasks> {
  const locked = await lockTargets(scope, task, targets);
  const owners = await shareRows(scope, projects, [...projectIds, ...[...locked.rows.values()].map(({ projectId }) => projectId)]);
  return { ...locked, projects: owners };
}

function decideFields(loaded: LoadedTasks, { fields, before, refs }: Wish, context: DecisionContext): Decision {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkLines('description', fields.description, 4000);
  if (before && fields.projectId !== undefined && fields.projectId.toLowerCase() !== before.projectId)
    throw new Refused('VALIDATION_FAILED', 'A task stays in its project.', { field: 'projectId' });
  const project = projectOf(loaded, before?.projectId ?? fields.projectId ?? '', context);
  const values = wholeValues(task, { ...(before ?? blank(project)), ...normalized(fields) });
  checkDates(values);
  const draft = openDraft(context);
  const row = before ? draft.update(task, before, { changes: values }) : draft.insert(task, values, begin(taskMachine));
  if (row !== before) {
    checkPlace(row, project);
    draft.publish(taskReference(row));
  }
  if (!before) draft.state(facts.TaskCreated, aboutOf(row, project));
  draft.link({ refs: externalRefs, entity: task, id: row.id }, refs);
  return draft.done(row.id);
}

function blank(project: ProjectRow): Values<typeof tasks> {
  return { customerId: project.customerId, projectId: project.id, name: '', description: null, billable: project.billable, startDate: null, endDate: null };
}

function checkPlace(row: TaskRow, project: ProjectRow): void {
  if (row.status === 'CANCELLED') throw new Refused('GUARD_REFUSED', 'The task is CANCELLED; it does not change any more.', { guard: 'taskOpen' });
  const closed = closedProject(project);
  if (closed) throw new Refused('GUARD_REFUSED', closed, { field: 'projectId', guard: 'projectOpen' });
  const outside = withinProjectDates({ ...row, project });
  if (outside) throw new Refused('GUARD_REFUSED', outside, { field: 'startDate', guard: 'withinProjectDates' });
}

function demandTask(loaded: LoadedTasks, { id, expectedVersion }: Pick<TaskActionInput, 'id' | 'expectedVersion'>, actor: Actor): TaskRow {
  return demandNamed(loaded, { entity: 'Task', id, expectedVersion }, ownedBy(actor));
}

function projectOf({ projects: owners }: LoadedTasks, id: string, context: DecisionContext): ProjectRow {
  return demandOwned(context, owners, { entity: 'Project', id, field: 'projectId' });
}

function aboutOf(row: TaskRow, { engagementId }: ProjectRow) {
  const { id, projectId, customerId, name, status } = row;
  return { subject: row, keys: { customerId, engagementId, projectId }, payload: { taskId: id, projectId, customerId, name, status } };
}
