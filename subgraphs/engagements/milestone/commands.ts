import type { AcceptMilestoneInput, CreateMilestoneInput, MilestoneActionInput, UpdateMilestoneInput } from '#generated/engagements.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { checkText } from '#kernel/input.ts';
import type { ActionName } from '#kernel/machine.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { dateOf } from '#kernel/period.ts';
import { publish } from '#kernel/reference.ts';
import { lockRows, putRows, shareRows } from '#kernel/rows.ts';
import { newestVersionOf } from '../contract/rows.ts';
import { act, type Change, carryOut, type Kit, newborn, outcomeOf, type Plan, planned, said, wholeRow } from '../plan.ts';
import { facts } from '../published.ts';
import { milestoneReference } from '../references.ts';
import { demandOwned, lockOwned, type Store } from '../sight.ts';
import { type ContractRow, contracts, type MilestoneRow, milestones, type ProjectRow, projects } from '../tables.ts';
import { closedProject } from '../task/frame.ts';
import { milestoneMachine } from './machine.ts';

const store: Store<MilestoneRow> = {
  entity: 'Milestone',
  lock: (scope, ids) => lockRows(scope, milestones, ids),
  put: (scope, rows) => putRows(scope, milestones, rows),
};

/** The project and the contract of one milestone. */
type Ground = { project: ProjectRow; contract: ContractRow };
type Fields = Omit<UpdateMilestoneInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'>;
type Draft = { fields: Fields; before?: MilestoneRow; refs?: readonly ExternalRefInput[] | null | undefined };

export async function createMilestone(scope: Scope, input: CreateMilestoneInput): Promise<MilestoneRow> {
  demand(scope.actor, 'milestone:write');
  const { idempotencyKey: _, externalRefs: refs, projectId, ...fields } = input;
  const project = demandOwned(scope, await shareRows(scope, projects, [projectId]), { entity: 'Project', id: projectId, field: 'projectId' });
  const closed = closedProject(project);
  if (closed) throw new Refused('GUARD_REFUSED', closed, { field: 'projectId', guard: 'projectOpen' });
  if (!project.contractId)
    throw new Refused('GUARD_REFUSED', 'The project has no contract that could pay for the milestone.', { field: 'projectId', guard: 'contractSet' });
  const ground = { project, contract: await contractOf(scope, project.contractId) };
  return perform(scope, ground, await planMilestone(scope, ground, { fields, refs }));
}

export async function updateMilestone(scope: Scope, input: UpdateMilestoneInput): Promise<MilestoneRow> {
  demand(scope.actor, 'milestone:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockOwned(scope, store, { id, expectedVersion });
  const ground = await groundOf(scope, before);
  const plan = await planMilestone(scope, ground, { fields, before, refs });
  if (plan.versions.length > 0 && before.status !== 'PLANNED')
    throw new Refused('GUARD_REFUSED', `The milestone is ${before.status}; it changes only while it is PLANNED.`, { guard: 'milestonePlanned' });
  return perform(scope, ground, plan);
}

export async function reachMilestone(scope: Scope, input: MilestoneActionInput): Promise<MilestoneRow> {
  return transition(scope, input, { action: 'reach', dates: () => ({ reachedOn: dateOf(scope.now) }) });
}

export async function acceptMilestone(scope: Scope, { acceptedOn, ...input }: AcceptMilestoneInput): Promise<MilestoneRow> {
  const dates = ({ reachedOn }: MilestoneRow) => {
    const on = acceptedOn ?? dateOf(scope.now);
    if (reachedOn && on < reachedOn)
      throw new Refused('VALIDATION_FAILED', `acceptedOn ${on} is before the milestone was reached on ${reachedOn}.`, { field: 'acceptedOn' });
    return { acceptedOn: on };
  };
  return transition(scope, input, { action: 'accept', dates });
}

export async function cancelMilestone(scope: Scope, input: MilestoneActionInput): Promise<MilestoneRow> {
  return transition(scope, input, { action: 'cancel', dates: () => ({}) });
}

type Transition = { action: ActionName<typeof milestoneMachine>; dates: (before: MilestoneRow) => Partial<MilestoneRow> };

async function transition(scope: Scope, input: MilestoneActionInput, { action, dates }: Transition): Promise<MilestoneRow> {
  demand(scope.actor, milestoneMachine.actions[action].may);
  const before = await lockOwned(scope, store, input);
  const plan = act(scope, planned(scope, { before, row: before }), { machine: milestoneMachine, action, subject: (row: MilestoneRow) => row });
  plan.versions = plan.versions.map((row) => ({ ...row, ...dates(before) }));
  return perform(scope, await groundOf(scope, before), plan);
}

async function planMilestone(scope: Scope, { project, contract }: Ground, { fields, before, refs }: Draft): Promise<Plan<MilestoneRow>> {
  const { amount, ...rest } = fields;
  if (fields.name !== undefined) checkText('name', fields.name);
  const base = before ?? {
    ...newborn(scope),
    customerId: project.customerId,
    projectId: project.id,
    contractId: contract.id,
    contractLineId: null,
    status: 'PLANNED' as const,
    currency: contract.currency,
    reachedOn: null,
    acceptedOn: null,
  };
  const row = wholeRow(milestones, { ...base, ...said(rest), ...(amount === undefined ? {} : { amountMinor: amountIn(contract.currency, amount) }) });
  if (fields.contractLineId) await checkLine(scope, contract, fields.contractLineId);
  return planned(scope, { before, row }, refs);
}

function amountIn(currency: string, amount: NonNullable<Fields['amount']> | null): bigint {
  if (!amount) throw new Refused('VALIDATION_FAILED', 'amount must not be null.', { field: 'amount' });
  const money = readMoney(amount, 'amount');
  if (money.currency !== currency)
    throw new Refused('CURRENCY_MISMATCH', `The contract is in ${currency}, the amount in ${money.currency}.`, { field: 'amount' });
  if (money.minor < 0n) throw new Refused('VALIDATION_FAILED', 'amount must not be negative.', { field: 'amount' });
  return money.minor;
}

async function checkLine(scope: Scope, contract: ContractRow, lineId: string): Promise<void> {
  const line = (await newestVersionOf(scope.tx, contract.id))?.content.lines.find((each) => each.id === lineId.toLowerCase());
  if (!line) throw new Refused('NOT_FOUND', `The project's contract has no line with the id ${lineId}.`, { field: 'contractLineId' });
  if (line.method !== 'MILESTONE')
    throw new Refused('VALIDATION_FAILED', `The line ${line.name} is billed by ${line.method}, not by milestones.`, { field: 'contractLineId' });
}

async function groundOf(scope: Scope, milestone: MilestoneRow): Promise<Ground> {
  const found = await shareRows(scope, projects, [milestone.projectId]);
  return {
    project: demandOwned(scope, found, { entity: 'Project', id: milestone.projectId, field: 'id' }),
    contract: await contractOf(scope, milestone.contractId),
  };
}

async function contractOf(scope: Scope, id: string): Promise<ContractRow> {
  return demandOwned(scope, await shareRows(scope, contracts, [id]), { entity: 'Contract', id, field: 'contractId' });
}

async function perform(scope: Scope, ground: Ground, plan: Plan<MilestoneRow>): Promise<MilestoneRow> {
  const kit: Kit<MilestoneRow> = { store, tell: (inner, changes) => tell(inner, ground, changes) };
  await carryOut(scope, kit, [plan]);
  return outcomeOf(plan);
}

async function tell(scope: Scope, { project, contract }: Ground, changes: readonly Change<MilestoneRow>[]): Promise<void> {
  await publish(
    scope,
    changes.map(({ row }) => milestoneReference(row)),
  );
  const keys = { customerId: project.customerId, engagementId: project.engagementId, projectId: project.id, legalEntityId: contract.legalEntityId };
  const stated = changes.flatMap(({ row, before }) => (before && before.status !== row.status ? [{ subject: row, keys, payload: snapshot(row) }] : []));
  await record(
    scope,
    facts.MilestoneReached,
    stated.filter(({ payload }) => payload.status === 'REACHED'),
  );
  await record(
    scope,
    facts.MilestoneAccepted,
    stated.filter(({ payload }) => payload.status === 'ACCEPTED'),
  );
}

function snapshot({ id, projectId, customerId, contractId, name, status, amountMinor, currency, reachedOn, acceptedOn }: MilestoneRow) {
  return { milestoneId: id, projectId, customerId, contractId, name, status, amount: showMoney({ minor: amountMinor, currency }), reachedOn, acceptedOn };
}
