import type { CreateProjectInput, ProjectActionInput, ReopenProjectInput, UpdateProjectInput, UpsertProjectItem } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type Decision, type DecisionContext, type Draft, openDraft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { demandOpenEngagement } from '../engagement/commands.ts';
import { checkDates, normalized } from '../fields.ts';
import { absorbLocked, byExternalRef, demandNamed, findReferred, ownedBy, walk } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { facts } from '../published.ts';
import { projectReference } from '../references.ts';
import { externalRefs, type ProjectRow, project, type projects } from '../tables.ts';
import { type DateRange, type LoadedProjects, loadProjects, subjectOf } from './load.ts';
import { projectMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertProjectItem, 'engagement', 'contract' | 'manager'>;

type On<Item> = Command<Item, LoadedProjects>;
type ProjectAction = ActionName<typeof projectMachine>;

type Fields = Omit<UpdateProjectInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { engagementId?: string; opportunityId?: string };
type Wish = { fields: Fields; before?: ProjectRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = { may: 'project:write' as const, entities: [project], absorb: absorbLocked(project) };

export const createProject: On<CreateProjectInput> = {
  ...base,
  load: (scope, items) => loadProjects(scope, { fields: items }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    return draft.done(decideFields(loaded, { draft, context }, { fields, refs }).id);
  },
};

/** The same for one that follows from an opportunity: it is told of as created once it is ACTIVE. */
export const createOnboardedProject: On<CreateProjectInput & { opportunityId: string }> = { ...createProject };

export const updateProject: On<UpdateProjectInput> = {
  ...base,
  load: (scope, items) => loadProjects(scope, { ids: items.map(({ id }) => id), fields: items }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandProject(loaded, { id, expectedVersion }, context.actor);
    return draft.done(decideFields(loaded, { draft, context }, { before, fields, refs }).id);
  },
};

/** Performs an action of the machine on projects. */
export function projectAction(action: Exclude<ProjectAction, 'reopen'>): On<ProjectActionInput> {
  return {
    ...base,
    load: (scope, items) => loadProjects(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const draft = openDraft(context);
      return draft.done(move(loaded, { draft, context }, { before: demandProject(loaded, item, context.actor), action }).id);
    },
  };
}

/** Opens a completed project again, for work that came late. */
export const reopenProject: On<ReopenProjectInput> = {
  ...base,
  may: projectMachine.actions.reopen.may,
  load: (scope, items) => loadProjects(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const reason = checkLines('reason', item.reason, 1000);
    const row = move(loaded, { draft, context }, { before: demandProject(loaded, item, context.actor), action: 'reopen' });
    const { payload, ...about } = aboutOf(loaded, row);
    draft.state(facts.ProjectReopened, { ...about, payload: { ...payload, reason } });
    return draft.done(row.id);
  },
};

/** Creates or changes projects by external reference. Unchanged ones keep their version. */
export const upsertProjects: On<Upsert> = {
  ...base,
  ...byExternalRef(project),
  load: (scope, items) => loadProjects(scope, { refs: items.map(({ externalRef }) => externalRef), fields: items }),
  decide: (loaded, { externalRef, activate, ...fields }, context): Decision => {
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef, ownedBy(context.actor));
    const row = decideFields(loaded, { draft, context }, { before, fields, refs: [externalRef] });
    const onward = (from: ProjectRow, action: ProjectAction) => move(loaded, { draft, context }, { before: from, action });
    return draft.done(walk(row, activate ? ['provision', 'activate'] : [], { actions: projectMachine.actions, move: onward }).id);
  },
};

type Deciding = { draft: Draft; context: DecisionContext };

function decideFields(loaded: LoadedProjects, { draft, context }: Deciding, { fields, before, refs }: Wish): ProjectRow {
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkLines('description', fields.description, 4000);
  if (fields.internalNotes) checkLines('internalNotes', fields.internalNotes, 4000);
  if (before && fields.engagementId !== undefined && fields.engagementId.toLowerCase() !== before.engagementId) {
    throw new Refused('VALIDATION_FAILED', 'A project stays in its engagement.', { field: 'engagementId' });
  }
  const values = wholeValues(project, { ...(before ?? blank(loaded, fields.engagementId ?? '', context)), ...normalized(fields) });
  checkDates(values);
  loaded.siblings.demand('Employee', fields.managerId, 'managerId');
  if (fields.contractId) checkContract(loaded, values, context);
  if (before) checkChange(before, values);
  if (before) checkTaskDates(values, loaded.taskDates.get(before.id));
  const row = before ? draft.update(project, before, { changes: values }) : draft.insert(project, values, begin(projectMachine));
  if (before && row !== before && ['CLOSED', 'CANCELLED'].includes(before.status)) {
    throw new Refused('GUARD_REFUSED', `The project is ${before.status}; it does not change any more.`, { guard: 'projectOpen' });
  }
  if (row !== before) draft.publish(projectReference(row, legalEntityOf(loaded, row)));
  if (!before && !row.opportunityId) draft.state(facts.ProjectCreated, aboutOf(loaded, row));
  draft.link({ refs: externalRefs, entity: project, id: row.id }, refs);
  return row;
}

type ProjectValues = Values<typeof projects>;

function blank(loaded: LoadedProjects, engagementId: string, context: DecisionContext): ProjectValues {
  const engagement = demandOwned(context, loaded.engagements, { entity: 'Engagement', id: engagementId, field: 'engagementId' });
  demandOpenEngagement(engagement);
  const nothing = { description: null, contractId: null, managerId: null, opportunityId: null, startDate: null, endDate: null, internalNotes: null };
  return { ...nothing, customerId: engagement.customerId, engagementId: engagement.id, name: '', billable: true, selfAssignable: false };
}

function checkContract(loaded: LoadedProjects, { contractId, engagementId }: ProjectValues, context: DecisionContext): void {
  const contract = demandOwned(context, loaded.contracts, { entity: 'Contract', id: contractId ?? '', field: 'contractId' });
  if (contract.engagementId !== engagementId)
    throw new Refused('VALIDATION_FAILED', 'The contract belongs to another engagement than the project.', { field: 'contractId' });
}

function checkChange(before: ProjectRow, { contractId, managerId }: ProjectValues): void {
  if (['DRAFT', 'PROVISIONING'].includes(before.status)) return;
  if (contractId !== before.contractId)
    throw new Refused('GUARD_REFUSED', 'The contract of a project is fixed once the project is ACTIVE.', { field: 'contractId', guard: 'contractFixed' });
  if (!managerId && before.managerId)
    throw new Refused('GUARD_REFUSED', 'A project that has begun needs a manager.', { field: 'managerId', guard: 'managerMapped' });
}

function checkTaskDates({ startDate, endDate }: ProjectValues, tasksFrom: DateRange | undefined): void {
  const early = startDate && tasksFrom?.first && tasksFrom.first < startDate;
  const late = endDate && tasksFrom?.last && tasksFrom.last > endDate;
  const guard = 'tasksWithinDates';
  if (early)
    throw new Refused('GUARD_REFUSED', `A task of the project starts or ends on ${tasksFrom.first}, before ${startDate}.`, { field: 'startDate', guard });
  if (late) throw new Refused('GUARD_REFUSED', `A task of the project starts or ends on ${tasksFrom.last}, after ${endDate}.`, { field: 'endDate', guard });
}

/** One action of the machine, with its fact. */
function move(loaded: LoadedProjects, { draft, context }: Deciding, { before, action }: { before: ProjectRow; action: ProjectAction }): ProjectRow {
  const by = step(projectMachine, { subject: subjectOf(before, loaded), action, actor: context.actor });
  const row = draft.update(project, before, { by });
  const { payload, ...about } = aboutOf(loaded, row);
  draft.publish(projectReference(row, legalEntityOf(loaded, row)));
  draft.state(facts.ProjectStatusChanged, { ...about, payload: { ...payload, previousStatus: before.status } });
  if (action === 'activate' && row.opportunityId) draft.state(facts.ProjectCreated, { ...about, payload });
  return row;
}

function demandProject(loaded: LoadedProjects, { id, expectedVersion }: Pick<ProjectActionInput, 'id' | 'expectedVersion'>, actor: Actor): ProjectRow {
  return demandNamed(loaded, { entity: 'Project', id, expectedVersion }, ownedBy(actor));
}

/** A project's legal entity is its contract's. */
function legalEntityOf({ contracts }: LoadedProjects, { contractId }: ProjectRow): string | null {
  return contracts.get(contractId ?? '')?.legalEntityId ?? null;
}

function aboutOf(loaded: LoadedProjects, row: ProjectRow) {
  const { id, customerId, engagementId, contractId, name, status } = row;
  return {
    subject: row,
    keys: { customerId, engagementId, projectId: id, legalEntityId: legalEntityOf(loaded, row) },
    payload: { projectId: id, customerId, engagementId, contractId, name, status },
  };
}
