import type { AcknowledgeProvisioningInput, RefuseProvisioningInput } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Decision, type DecisionContext, type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { begin, step } from '#kernel/machine.ts';
import { isBoundToOwnership } from '#kernel/ownership.ts';
import { among } from '#kernel/read.ts';
import { lockRows, notFound, shareRows } from '#kernel/rows.ts';
import { and } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { facts } from '../published.ts';
import { externalRefs, type ProjectRow, type ProvisioningRow, project, projects, provisioning, provisionings } from '../tables.ts';
import { provisioningMachine } from './machine.ts';

type Loaded = { rows: Map<string, ProvisioningRow>; projects: ReadonlyMap<string, ProjectRow> };
type On<Item> = Command<Item, Loaded>;
type Asked = { projectId: string; system: string };

const base = {
  entities: [provisioning],
  // Each system answers for itself, whatever kind of system it is.
  consequences: [provisioning],
  absorb: (loaded: Loaded, decision: Decision): void => absorbRows(loaded.rows, decision, provisioning),
};
const answering = { ...base, may: 'project:provision' as const, load: (scope: Scope, items: readonly Asked[]) => loadAnswered(scope, items) };

/** Asks systems outside to set a project up. What was asked of one already is not asked again. */
export const requestProvisioning: On<Asked & { dueAt: Date }> = {
  ...base,
  may: 'project:write',
  load: loadAnswered,
  decide: (loaded, { projectId, system, dueAt }, context) => {
    const draft = openDraft(context);
    const own = projectOf(loaded, projectId);
    const asked = rowOf(loaded, { projectId, system });
    if (asked) return draft.done(asked.id);
    const values = { customerId: own.customerId, projectId, system, dueAt, remindedAt: null, answeredAt: null, reason: null };
    const row = draft.insert(provisioning, values, begin(provisioningMachine));
    draft.state(facts.ProvisioningRequested, aboutOf(own, row));
    return draft.done(row.id);
  },
};

/** Reminds a system that has not answered: once. */
export const remindProvisioning: On<{ id: string }> = {
  ...base,
  may: 'project:write',
  load: async (scope, items) => {
    const rows = await lockRows(
      scope,
      provisionings,
      items.map(({ id }) => id),
    );
    return { rows, projects: await projectsOf(scope, rows) };
  },
  decide: (loaded, { id }, context) => {
    const draft = openDraft(context);
    const before = loaded.rows.get(id);
    if (before?.status !== 'PENDING' || before.remindedAt) return draft.done(id);
    const row = draft.update(provisioning, before, { changes: { remindedAt: context.now } });
    draft.state(facts.ProvisioningOverdue, aboutOf(projectOf(loaded, row.projectId), row));
    return draft.done(id);
  },
};

/** A system has set the project up; how it calls the project becomes one of the project's references. */
export const acknowledgeProvisioning: On<AcknowledgeProvisioningInput> = {
  ...answering,
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const externalId = item.externalId ? checkText('externalId', item.externalId) : undefined;
    const { own, before } = demandAsked(loaded, item, context.actor);
    const row = answer({ draft, context }, { own, before, action: 'acknowledge', changes: {} });
    draft.state(facts.ProvisioningAcknowledged, aboutOf(own, row));
    draft.link({ refs: externalRefs, entity: project, id: own.id }, externalId ? [{ system: row.system, externalId }] : []);
    return draft.done(row.id);
  },
};

export const refuseProvisioning: On<RefuseProvisioningInput> = {
  ...answering,
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const reason = checkLines('reason', item.reason, 1000);
    const { own, before } = demandAsked(loaded, item, context.actor);
    const row = answer({ draft, context }, { own, before, action: 'refuse', changes: { reason } });
    const { payload, ...about } = aboutOf(own, row);
    draft.state(facts.ProvisioningRefused, { ...about, payload: { ...payload, reason } });
    return draft.done(row.id);
  },
};

type Answer = { own: ProjectRow; before: ProvisioningRow; action: 'acknowledge' | 'refuse'; changes: { reason?: string } };

function answer({ draft, context }: { draft: Draft; context: DecisionContext }, { own, before, action, changes }: Answer): ProvisioningRow {
  const subject = { status: before.status, projectStatus: own.status };
  const by = step(provisioningMachine, { subject, action, actor: context.actor });
  return draft.update(provisioning, before, { changes: { ...changes, answeredAt: context.now }, by });
}

/** Locks provisionings, then holds their projects from going on. */
async function loadAnswered(scope: Scope, items: readonly Asked[]): Promise<Loaded> {
  const wanted = items.map(({ projectId }) => projectId.toLowerCase()).filter(isId);
  const systems = items.map(({ system }) => system);
  const found =
    wanted.length === 0
      ? []
      : await scope.tx
          .select()
          .from(provisionings)
          .where(and(among(provisionings.projectId, wanted), among(provisionings.system, systems)));
  const rows = await lockRows(
    scope,
    provisionings,
    found.map(({ id }) => id),
  );
  return { rows, projects: await shareRows(scope, projects, wanted) };
}

function projectsOf(scope: Scope, rows: ReadonlyMap<string, ProvisioningRow>): Promise<Map<string, ProjectRow>> {
  return shareRows(
    scope,
    projects,
    [...rows.values()].map(({ projectId }) => projectId),
  );
}

function projectOf(loaded: Loaded, projectId: string): ProjectRow {
  const own = loaded.projects.get(projectId.toLowerCase());
  if (!own) throw notFound('Project', projectId, 'projectId');
  return own;
}

function rowOf({ rows }: Loaded, { projectId, system }: Asked): ProvisioningRow | undefined {
  return [...rows.values()].find((row) => row.projectId === projectId.toLowerCase() && row.system === system);
}

function demandAsked(loaded: Loaded, { projectId, system }: Asked, actor: Actor): { own: ProjectRow; before: ProvisioningRow } {
  const own = projectOf(loaded, projectId);
  if (!sees(actor, own)) throw notFound('Project', projectId, 'projectId');
  const before = rowOf(loaded, { projectId, system });
  if (!before) throw new Refused('NOT_FOUND', `Nothing was asked of ${system} about the project.`, { field: 'system' });
  if (isBoundToOwnership(actor) && actor.system !== system)
    throw new Refused('OWNERSHIP_VIOLATION', `${system} answers for itself; this token speaks for ${actor.system}.`, { field: 'system' });
  return { own, before };
}

function aboutOf(own: ProjectRow, row: ProvisioningRow) {
  const { id, projectId, customerId, system, status, dueAt } = row;
  const payload = { provisioningId: id, projectId, customerId, system, status, dueAt: dueAt.toISOString() };
  return { subject: row, keys: { customerId, engagementId: own.engagementId, projectId }, payload };
}
