import type { CreateProjectInput, ProjectActionInput, UpdateProjectInput, UpsertProjectItem } from '#generated/engagements.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import type { ActionName } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { publish } from '#kernel/reference.ts';
import { act, type Change, carryOut, type Kit, lockReferred, outcomeOf, type Plan, planned, upsertAll, walk } from '../plan.ts';
import { facts } from '../published.ts';
import { projectReference } from '../references.ts';
import { lockOwned } from '../sight.ts';
import type { ProjectRow } from '../tables.ts';
import { type Ground, groundOf, planProject, projectStore, subjectOn } from './ground.ts';
import { projectMachine } from './machine.ts';

export async function createProject(scope: Scope, input: CreateProjectInput): Promise<ProjectRow> {
  demand(scope.actor, 'project:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  const ground = await groundOf(scope, [fields], []);
  return perform(scope, ground, planProject(scope, ground, { fields, refs }));
}

export async function updateProject(scope: Scope, input: UpdateProjectInput): Promise<ProjectRow> {
  demand(scope.actor, 'project:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockOwned(scope, projectStore, { id, expectedVersion });
  const ground = await groundOf(scope, [fields], [before]);
  return perform(scope, ground, planProject(scope, ground, { fields, before, refs }));
}

/** Performs an action of the machine on one project. */
export function projectAction(action: ActionName<typeof projectMachine>) {
  return async (scope: Scope, input: ProjectActionInput): Promise<ProjectRow> => {
    demand(scope.actor, 'project:write');
    const before = await lockOwned(scope, projectStore, input);
    const ground = await groundOf(scope, [], [before]);
    const plan = planned(scope, { before, row: before });
    return perform(scope, ground, act(scope, plan, { machine: projectMachine, action, subject: subjectOn(ground) }));
  };
}

/** Creates or changes projects by external reference, in a fixed number of statements. Unchanged ones keep their version. */
export async function upsertProjects(scope: Scope, items: readonly UpsertProjectItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'project:write');
  const known = await lockReferred(scope, projectStore, items);
  const ground = await groundOf(scope, items, [...known.values()]);
  return upsertAll(scope, kitOn(ground), {
    items,
    known,
    plan: ({ externalRef, activate, ...fields }, before) => {
      const plan = planProject(scope, ground, { fields, before, refs: [externalRef] });
      return activate ? walk(scope, plan, { machine: projectMachine, path: ['provision', 'activate'], subject: subjectOn(ground) }) : plan;
    },
  });
}

async function perform(scope: Scope, ground: Ground, plan: Plan<ProjectRow>): Promise<ProjectRow> {
  await carryOut(scope, kitOn(ground), [plan]);
  return outcomeOf(plan);
}

function kitOn(ground: Ground): Kit<ProjectRow> {
  return { store: projectStore, tell: (scope, changes) => tell(scope, ground, changes) };
}

async function tell(scope: Scope, ground: Ground, changes: readonly Change<ProjectRow>[]): Promise<void> {
  const legalEntityOf = ({ contractId }: ProjectRow): string | null => ground.contracts.get(contractId ?? '')?.legalEntityId ?? null;
  await publish(
    scope,
    changes.map(({ row }) => projectReference(row, legalEntityOf(row))),
  );
  const stated = changes.map(({ row, before }) => ({
    before,
    subject: row,
    keys: { customerId: row.customerId, engagementId: row.engagementId, projectId: row.id, legalEntityId: legalEntityOf(row) },
    payload: snapshot(row),
  }));
  await record(
    scope,
    facts.ProjectCreated,
    stated.filter(({ before }) => !before),
  );
  await record(
    scope,
    facts.ProjectStatusChanged,
    stated.flatMap(({ before, ...each }) =>
      before && before.status !== each.payload.status ? [{ ...each, payload: { ...each.payload, previousStatus: before.status } }] : [],
    ),
  );
}

function snapshot({ id, customerId, engagementId, contractId, name, status }: ProjectRow) {
  return { projectId: id, customerId, engagementId, contractId, name, status };
}
