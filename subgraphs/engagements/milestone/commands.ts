import type { AcceptMilestoneInput, CreateMilestoneInput, MilestoneActionInput, UpdateMilestoneInput } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { readMoney, showMoney } from '#kernel/money.ts';
import { dateOf, demandCome } from '#kernel/period.ts';
import type { Referred } from '#kernel/referred.ts';
import { lockMaking, notFound, shareRows } from '#kernel/rows.ts';
import { and, inArray, ne } from '#kernel/sql.ts';
import { versionsOf } from '../contract/rows.ts';
import { normalized } from '../fields.ts';
import { absorbLocked, demandNamed, lockTargets, ownedBy } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { facts } from '../published.ts';
import { type AgreedVersion, milestoneReference } from '../references.ts';
import { type ContractRow, contracts, externalRefs, type MilestoneRow, milestone, milestones, type ProjectRow, projects } from '../tables.ts';
import { closedProject } from '../task/frame.ts';
import { milestoneMachine } from './machine.ts';

/** Locked milestones; the projects and contracts that milestones belong to, kept from changing, and what those contracts say now. */
export type LoadedMilestones = Referred<MilestoneRow> & {
  projects: ReadonlyMap<string, ProjectRow>;
  contracts: ReadonlyMap<string, ContractRow>;
  agreed: ReadonlyMap<string, readonly AgreedVersion[]>;
  /** Milestones of the lines that amounts are asked for, by line; without those that were cancelled. */
  onLines: ReadonlyMap<string, readonly Planned[]>;
};
type Planned = Pick<MilestoneRow, 'id' | 'amountMinor'>;
type On<Item> = Command<Item, LoadedMilestones>;
type MilestoneAction = ActionName<typeof milestoneMachine>;

type Fields = Omit<UpdateMilestoneInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'>;
type Parents = { project: ProjectRow; contract: ContractRow };
type Wish = { fields: Fields; before?: MilestoneRow; refs: readonly ExternalRefInput[] | null | undefined; parents: Parents };

const base = { entities: [milestone], absorb: absorbLocked(milestone) };
const loadNamed = (scope: Scope, items: readonly { id: string }[]) => load(scope, { ids: items.map(({ id }) => id) });

export const createMilestone: On<CreateMilestoneInput> = {
  ...base,
  may: 'milestone:write' as const,
  load: (scope, items) =>
    load(scope, { projectIds: items.map(({ projectId }) => projectId), lineIds: items.flatMap(({ contractLineId }) => contractLineId ?? []) }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, projectId, ...fields }, context) => {
    const project = demandOwned(context, loaded.projects, { entity: 'Project', id: projectId, field: 'projectId' });
    const closed = closedProject(project);
    if (closed) throw new Refused('GUARD_REFUSED', closed, { field: 'projectId', guard: 'projectOpen' });
    if (!project.contractId)
      throw new Refused('GUARD_REFUSED', 'The project has no contract that could pay for the milestone.', { field: 'projectId', guard: 'contractSet' });
    const contract = demandOwned(context, loaded.contracts, { entity: 'Contract', id: project.contractId, field: 'contractId' });
    return decideFields(loaded, { fields, refs, parents: { project, contract } }, context);
  },
};

export const updateMilestone: On<UpdateMilestoneInput> = {
  ...base,
  may: 'milestone:write' as const,
  load: (scope, items) =>
    load(scope, {
      ids: items.map(({ id }) => id),
      lineIds: items.flatMap(({ contractLineId }) => contractLineId ?? []),
      kept: items.some(({ amount }) => amount),
    }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const before = demandMilestone(loaded, { id, expectedVersion }, context.actor);
    return decideFields(loaded, { before, fields, refs, parents: parentsOf(loaded, before) }, context);
  },
};

export const reachMilestone: On<MilestoneActionInput> = moving('reach', (_, { now }) => ({ reachedOn: dateOf(now) }));

export const acceptMilestone: On<AcceptMilestoneInput> = moving('accept', ({ reachedOn }, { now }, { acceptedOn }) => {
  const on = acceptedOn ?? dateOf(now);
  if (reachedOn && on < reachedOn)
    throw new Refused('VALIDATION_FAILED', `acceptedOn ${on} is before the milestone was reached on ${reachedOn}.`, { field: 'acceptedOn' });
  demandCome({ date: on, field: 'acceptedOn' }, now);
  return { acceptedOn: on };
});

export const cancelMilestone: On<MilestoneActionInput> = moving('cancel', () => ({}));

type Dates = Partial<Pick<MilestoneRow, 'reachedOn' | 'acceptedOn'>>;
type DatesOf<Item> = (before: MilestoneRow, context: DecisionContext, item: Item) => Dates;

function moving<Item extends MilestoneActionInput>(action: MilestoneAction, datesOf: DatesOf<Item>): On<Item> {
  return {
    ...base,
    may: milestoneMachine.actions[action].may,
    load: loadNamed,
    decide: (loaded, item, context) => {
      const before = demandMilestone(loaded, item, context.actor);
      const { project, contract } = parentsOf(loaded, before);
      const draft = openDraft(context);
      const by = step(milestoneMachine, { subject: before, action, actor: context.actor });
      const row = draft.update(milestone, before, { changes: datesOf(before, context, item), by });
      draft.publish(milestoneReference(row));
      const keys = { customerId: project.customerId, engagementId: project.engagementId, projectId: project.id, legalEntityId: contract.legalEntityId };
      for (const fact of by.emits) draft.state(facts[fact], { subject: row, keys, payload: snapshotOf(row) });
      return draft.done(row.id);
    },
  };
}

/** `kept`: the lines that the milestones have are asked for, too. */
type Wanted = { ids?: readonly string[]; projectIds?: readonly string[]; lineIds?: readonly string[]; kept?: boolean };

/** Locks milestones, then projects before contracts, as everybody does. */
async function load(scope: Scope, { ids = [], projectIds = [], lineIds = [], kept = false }: Wanted): Promise<LoadedMilestones> {
  const locked = await lockTargets(scope, milestone, { ids });
  const known = [...locked.rows.values()];
  const owners = await shareRows(scope, projects, [...projectIds, ...known.map(({ projectId }) => projectId)]);
  const contractIds = [
    ...known.map(({ contractId }) => contractId),
    ...(projectIds.length > 0 ? [...owners.values()] : []).flatMap(({ contractId }) => contractId ?? []),
  ];
  const agreements = await shareRows(scope, contracts, contractIds);
  const lines = [...lineIds.map((id) => id.toLowerCase()).filter(isId), ...(kept ? known.flatMap(({ contractLineId }) => contractLineId ?? []) : [])];
  const agreed = lines.length > 0 ? await versionsOf(scope.tx, [...agreements.keys()]) : new Map();
  return { ...locked, projects: owners, contracts: agreements, agreed, onLines: await plannedOn(scope, lines) };
}

/** What lines have planned already; whoever plans on one goes alone, so that two do not both take what is left of it. */
async function plannedOn(scope: Scope, lineIds: readonly string[]): Promise<Map<string, Planned[]>> {
  if (lineIds.length === 0) return new Map();
  await lockMaking(
    scope,
    lineIds.map((id) => ({ kind: 'engagements milestones of a line', id })),
  );
  const { id, contractLineId, amountMinor, status } = milestones;
  const rows = await scope.tx
    .select({ id, contractLineId, amountMinor })
    .from(milestones)
    .where(and(inArray(contractLineId, [...lineIds]), ne(status, 'CANCELLED')));
  return Map.groupBy(rows, (row) => row.contractLineId ?? '');
}

function parentsOf(loaded: LoadedMilestones, { projectId, contractId }: MilestoneRow): Parents {
  const project = loaded.projects.get(projectId);
  const contract = loaded.contracts.get(contractId);
  if (!project) throw notFound('Project', projectId);
  if (!contract) throw notFound('Contract', contractId, 'contractId');
  return { project, contract };
}

function decideFields(loaded: LoadedMilestones, { fields, before, refs, parents }: Wish, context: DecisionContext): Decision {
  const { amount, ...rest } = fields;
  if (fields.name !== undefined) checkText('name', fields.name);
  const money = amount === undefined ? {} : { amountMinor: amountIn(parents.contract.currency, amount) };
  const values = wholeValues(milestone, { ...(before ?? blank(parents)), ...normalized(rest), ...money });
  if (fields.contractLineId) checkLine(loaded, parents.contract, fields.contractLineId);
  const draft = openDraft(context);
  const row = before ? draft.update(milestone, before, { changes: values }) : draft.insert(milestone, values, begin(milestoneMachine));
  if (fields.contractLineId || fields.amount) demandRoom(loaded, row);
  if (before && row !== before && before.status !== 'PLANNED')
    throw new Refused('GUARD_REFUSED', `The milestone is ${before.status}; it changes only while it is PLANNED.`, { guard: 'milestonePlanned' });
  if (row !== before) draft.publish(milestoneReference(row));
  draft.link({ refs: externalRefs, entity: milestone, id: row.id }, refs);
  return draft.done(row.id);
}

/** The fields of a new milestone that its caller does not give; name, amount and day are needed. */
function blank({ project, contract }: Parents): Omit<Values<typeof milestones>, 'name' | 'amountMinor' | 'plannedOn'> {
  const ids = { customerId: project.customerId, projectId: project.id, contractId: contract.id };
  return { ...ids, contractLineId: null, currency: contract.currency, reachedOn: null, acceptedOn: null };
}

function amountIn(currency: string, amount: NonNullable<Fields['amount']> | null): bigint {
  if (!amount) throw new Refused('VALIDATION_FAILED', 'amount must not be null.', { field: 'amount' });
  const money = readMoney(amount, 'amount');
  if (money.currency !== currency)
    throw new Refused('CURRENCY_MISMATCH', `The contract is in ${currency}, the amount in ${money.currency}.`, { field: 'amount' });
  if (money.minor < 0n) throw new Refused('VALIDATION_FAILED', 'amount must not be negative.', { field: 'amount' });
  return money.minor;
}

/** A line of the contract as its newest version has it. */
function lineNow({ agreed }: LoadedMilestones, contractId: string, lineId: string) {
  return agreed
    .get(contractId)
    ?.at(-1)
    ?.content.lines.find((each) => each.id === lineId.toLowerCase());
}

/** Refuses more than the line is worth, all its milestones together. */
function demandRoom(loaded: LoadedMilestones, { id, contractId, contractLineId, amountMinor, currency }: MilestoneRow): void {
  const line = contractLineId ? lineNow(loaded, contractId, contractLineId) : undefined;
  if (!line || line.amountMinor === null) return;
  const others = (loaded.onLines.get(line.id) ?? []).filter((each) => each.id !== id).reduce((sum, each) => sum + each.amountMinor, 0n);
  if (others + amountMinor <= line.amountMinor) return;
  const [worth, taken, asked] = [line.amountMinor, others, amountMinor].map((minor) => showMoney({ minor, currency }).amount);
  const why = `The line ${line.name} is worth ${worth} ${currency}; its other milestones take ${taken} and this one ${asked}.`;
  throw new Refused('GUARD_REFUSED', why, { field: 'amount', guard: 'withinLineAmount' });
}

function checkLine(loaded: LoadedMilestones, contract: ContractRow, lineId: string): void {
  const line = lineNow(loaded, contract.id, lineId);
  if (!line) throw new Refused('NOT_FOUND', `The project's contract has no line with the id ${lineId}.`, { field: 'contractLineId' });
  if (line.method !== 'MILESTONE')
    throw new Refused('VALIDATION_FAILED', `The line ${line.name} is billed by ${line.method}, not by milestones.`, { field: 'contractLineId' });
}

function demandMilestone(loaded: LoadedMilestones, { id, expectedVersion }: Pick<MilestoneActionInput, 'id' | 'expectedVersion'>, actor: Actor): MilestoneRow {
  return demandNamed(loaded, { entity: 'Milestone', id, expectedVersion }, ownedBy(actor));
}

function snapshotOf({ id, projectId, customerId, contractId, name, status, amountMinor, currency, reachedOn, acceptedOn }: MilestoneRow) {
  return { milestoneId: id, projectId, customerId, contractId, name, status, amount: showMoney({ minor: amountMinor, currency }), reachedOn, acceptedOn };
}
