import { inArray } from 'drizzle-orm';
import type { AddContractVersionInput, ContractActionInput, CreateContractInput, UpdateContractInput, UpsertContractItem } from '#generated/engagements.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import type { ActionName } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { publish } from '#kernel/reference.ts';
import { act, type Change, carryOut, type Kit, lockReferred, outcomeOf, type Plan, planned, upsertAll, walk } from '../plan.ts';
import { facts } from '../published.ts';
import { contractReference, projectReference } from '../references.ts';
import { lockOwned } from '../sight.ts';
import { type ContractRow, type ContractVersionRow, projects } from '../tables.ts';
import { planVersion } from './amend.ts';
import { contractStore, type Ground, groundOf, planContract, subjectOn } from './ground.ts';
import { contractMachine } from './machine.ts';
import { writeVersions } from './rows.ts';

export async function createContract(scope: Scope, input: CreateContractInput): Promise<ContractRow> {
  demand(scope.actor, 'contract:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  const ground = await groundOf(scope, [fields], []);
  return perform(scope, ground, planContract(scope, ground, { fields, refs }));
}

/** Changes a DRAFT; given lines and rates replace those that are there. */
export async function updateContract(scope: Scope, input: UpdateContractInput): Promise<ContractRow> {
  demand(scope.actor, 'contract:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockOwned(scope, contractStore, { id, expectedVersion });
  const ground = await groundOf(scope, [fields], [before]);
  return perform(scope, ground, planContract(scope, ground, { fields, before, refs }));
}

/** Adds what holds from a day on. What was agreed before stays as it is, for the days before. */
export async function addContractVersion(scope: Scope, input: AddContractVersionInput): Promise<ContractRow> {
  demand(scope.actor, contractMachine.actions.amend.may);
  const { idempotencyKey: _, id, expectedVersion, ...fields } = input;
  const before = await lockOwned(scope, contractStore, { id, expectedVersion });
  const ground = await groundOf(scope, [fields], [before]);
  return perform(scope, ground, planVersion(scope, ground, { before, fields }));
}

/** Performs an action of the machine on one contract. */
export function contractAction(action: Exclude<ActionName<typeof contractMachine>, 'amend'>) {
  return async (scope: Scope, input: ContractActionInput): Promise<ContractRow> => {
    demand(scope.actor, contractMachine.actions[action].may);
    const before = await lockOwned(scope, contractStore, input);
    const ground = await groundOf(scope, [], [before]);
    return perform(scope, ground, act(scope, planned(scope, { before, row: before }), { machine: contractMachine, action, subject: subjectOn(ground) }));
  };
}

/** Creates or changes contracts by external reference, in a fixed number of statements. Unchanged ones keep their version. */
export async function upsertContracts(scope: Scope, items: readonly UpsertContractItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'contract:write');
  const known = await lockReferred(scope, contractStore, items);
  const ground = await groundOf(scope, items, [...known.values()]);
  return upsertAll(scope, kitOn(ground), {
    items,
    known,
    plan: ({ externalRef, confirm, ...fields }, before) => {
      const done = ground.changes.length;
      try {
        const plan = planContract(scope, ground, { fields, before, refs: [externalRef] });
        return confirm ? walk(scope, plan, { machine: contractMachine, path: ['submit', 'confirm'], subject: subjectOn(ground) }) : plan;
      } catch (error) {
        ground.changes.length = done;
        throw error;
      }
    },
  });
}

async function perform(scope: Scope, ground: Ground, plan: Plan<ContractRow>): Promise<ContractRow> {
  await carryOut(scope, kitOn(ground), [plan]);
  return outcomeOf(plan);
}

function kitOn(ground: Ground): Kit<ContractRow> {
  return { store: contractStore, below: (scope) => writeVersions(scope, ground.changes), tell: (scope, changes) => tell(scope, ground, changes) };
}

async function tell(scope: Scope, ground: Ground, changes: readonly Change<ContractRow>[]): Promise<void> {
  await publish(
    scope,
    changes.map(({ row }) => contractReference(row, ground.versions.get(row.id) ?? [])),
  );
  await tellProjects(
    scope,
    changes.flatMap(({ row, before }) => (before && before.legalEntityId !== row.legalEntityId ? [row] : [])),
  );
  const stated = changes.map(({ row, before }) => ({
    type: factOf(row, before),
    subject: row,
    keys: { customerId: row.customerId, engagementId: row.engagementId, legalEntityId: row.legalEntityId },
    payload: snapshot(row, ground.versions.get(row.id)?.at(-1)?.row),
  }));
  for (const type of ['ContractUpdated', 'ContractConfirmed', 'ContractClosed'] as const) {
    await record(
      scope,
      facts[type],
      stated.filter((each) => each.type === type),
    );
  }
}

/** A project's legal entity is its contract's: whoever reads projects must hear of it. */
async function tellProjects(scope: Scope, changed: readonly ContractRow[]): Promise<void> {
  if (changed.length === 0) return;
  const legalEntities = new Map(changed.map((contract) => [contract.id, contract.legalEntityId]));
  const below = await scope.tx
    .select()
    .from(projects)
    .where(inArray(projects.contractId, [...legalEntities.keys()]));
  await publish(
    scope,
    below.map((project) => projectReference(project, legalEntities.get(project.contractId ?? '') ?? null)),
  );
}

function factOf(row: ContractRow, before: ContractRow | undefined): 'ContractUpdated' | 'ContractConfirmed' | 'ContractClosed' {
  if (!before || row.status === before.status) return 'ContractUpdated';
  if (row.status === 'CONFIRMED' && before.status === 'IN_REVIEW') return 'ContractConfirmed';
  return row.status === 'CLOSED' || row.status === 'LOST' ? 'ContractClosed' : 'ContractUpdated';
}

/** The newest version is the one that the fact is about: the draft, or what was agreed last. */
function snapshot({ id, customerId, engagementId, name, status, currency, startDate }: ContractRow, newest: ContractVersionRow | undefined) {
  if (!newest) throw new Error(`the contract ${id} has no version`);
  const { number: versionNumber, effectiveFrom, endDate } = newest;
  return { contractId: id, customerId, engagementId, name, status, currency, startDate, endDate, versionNumber, effectiveFrom };
}
