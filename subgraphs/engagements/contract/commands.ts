import type {
  AddContractVersionInput,
  ContractActionInput,
  CreateContractInput,
  ReopenContractInput,
  UpdateContractInput,
  UpsertContractItem,
} from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type Decision, type DecisionContext, type Draft, differs, openDraft, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { demandOpenEngagement } from '../engagement/commands.ts';
import { checkDates, normalized } from '../fields.ts';
import { byExternalRef, demandNamed, findReferred, ownedBy, walk } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { type FactName, facts, references } from '../published.ts';
import { type AgreedVersion, contractReference } from '../references.ts';
import { type ContractRow, contract, contractLine, contractRate, contractVersion, externalRefs, lineTerms, projects } from '../tables.ts';
import type { ContentChange, ContentInput } from './content.ts';
import { type LoadedContracts, loadContracts, subjectOf } from './load.ts';
import { contractMachine } from './machine.ts';
import { noContent } from './rows.ts';
import { draftVersion, putVersions, succeed, type VersionChange } from './version.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertContractItem, 'engagement', 'legalEntity' | 'rateCard'>;

type On<Item> = Command<Item, LoadedContracts>;
type ContractAction = Exclude<ActionName<typeof contractMachine>, 'amend'>;

type Fields = Omit<UpdateContractInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { engagementId?: string };
type Wish = { fields: Fields; before?: ContractRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = {
  entities: [contract, contractVersion, contractLine, lineTerms, contractRate],
  absorb: (loaded: LoadedContracts, decision: Decision): void => {
    absorbRows(loaded.rows, decision, contract);
    loaded.written.add(decision.id);
  },
};

export const createContract: On<CreateContractInput> = {
  ...base,
  may: 'contract:write',
  load: (scope, items) => loadContracts(scope, { fields: items }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    return draft.done(decideFields(loaded, { draft, context }, { fields, refs }).row.id);
  },
};

/** Changes a DRAFT; given lines and rates replace those that are there. */
export const updateContract: On<UpdateContractInput> = {
  ...base,
  may: 'contract:write',
  load: (scope, items) => loadContracts(scope, { ids: items.map(({ id }) => id), fields: items }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandContract(loaded, { id, expectedVersion }, context.actor);
    return draft.done(decideFields(loaded, { draft, context }, { before, fields, refs }).row.id);
  },
};

/** Adds what holds from a day on. What was agreed before stays as it is, for the days before. */
export const addContractVersion: On<AddContractVersionInput> = {
  ...base,
  may: contractMachine.actions.amend.may,
  load: (scope, items) => loadContracts(scope, { ids: items.map(({ id }) => id), fields: items }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandContract(loaded, { id, expectedVersion }, context.actor);
    const [versions, lines] = [loaded.versions.get(id.toLowerCase()) ?? [], loaded.lines.get(id.toLowerCase()) ?? []];
    const newest = demandVersion(before, versions);
    checkTerms(fields);
    checkSiblings(loaded, fields, before.customerId);
    checkContent(loaded, before, fields);
    const { ended, next, change, removed } = succeed(context, { contract: before, newest, lines }, fields);
    checkRemoved(removed, (lineId) => loaded.billedLines.get(lineId) === true);
    const subject = { ...subjectOf(before, aboutOf(loaded, before, versions)), ...next.content, next: next.row };
    const by = step(contractMachine, { subject, action: 'amend', actor: context.actor });
    checkDates({ startDate: next.row.effectiveFrom, endDate: next.row.endDate });
    const row = draft.update(contract, before, { by });
    putVersions(draft, change, { before: noContent, lines });
    state(draft, by.emits, { row, versions: [...versions.slice(0, -1), ended, next] });
    return draft.done(row.id);
  },
};

/** Performs an action of the machine on contracts. */
export function contractAction(action: Exclude<ContractAction, 'reopen'>): On<ContractActionInput> {
  return {
    ...base,
    may: contractMachine.actions[action].may,
    load: (scope, items) => loadContracts(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const draft = openDraft(context);
      const row = demandContract(loaded, item, context.actor);
      return draft.done(move(loaded, { draft, context }, { ...agreedOf(loaded, row), action }).row.id);
    },
  };
}

/** Brings a completed contract into force again, for what came late. */
export const reopenContract: On<ReopenContractInput> = {
  ...base,
  may: contractMachine.actions.reopen.may,
  load: (scope, items) => loadContracts(scope, { ids: items.map(({ id }) => id) }),
  decide: (loaded, item, context) => {
    const draft = openDraft(context);
    const reason = checkLines('reason', item.reason, 1000);
    const before = demandContract(loaded, item, context.actor);
    const agreed = move(loaded, { draft, context }, { ...agreedOf(loaded, before), action: 'reopen' });
    const { payload, ...about } = aboutOfFact(agreed);
    draft.state(facts.ContractReopened, { ...about, payload: { ...payload, reason } });
    return draft.done(agreed.row.id);
  },
};

/** Creates or changes contracts by external reference. Unchanged ones keep their version. */
export const upsertContracts: On<Upsert> = {
  ...base,
  ...byExternalRef(contract),
  may: 'contract:write',
  load: (scope, items) => loadContracts(scope, { refs: items.map(({ externalRef }) => externalRef), fields: items }),
  decide: (loaded, { externalRef, confirm, ...fields }, context) => {
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef, ownedBy(context.actor));
    if (before && loaded.written.has(before.id))
      throw new Refused('VALIDATION_FAILED', 'Another item of this call is about the same contract.', { field: 'externalRef' });
    const { row, versions } = decideFields(loaded, { draft, context }, { before, fields, refs: [externalRef] });
    const onward = (from: ContractRow, action: ContractAction) => move(loaded, { draft, context }, { row: from, versions, action }).row;
    return draft.done(walk(row, confirm ? ['submit', 'confirm'] : [], { actions: contractMachine.actions, move: onward }).id);
  },
};

type Deciding = { draft: Draft; context: DecisionContext };
/** A contract with all that was agreed, or is drafted. */
type Agreed = { row: ContractRow; versions: readonly AgreedVersion[] };

/** A new contract or a change of a DRAFT; the internal notes may change at any time. */
function decideFields(loaded: LoadedContracts, { draft, context }: Deciding, { fields, before, refs }: Wish): Agreed {
  const { lines, rates, rounding, rateCardId, paymentTermDays, endDate, ...identity } = fields;
  checkTerms(fields);
  if (before && fields.engagementId !== undefined && fields.engagementId.toLowerCase() !== before.engagementId)
    throw new Refused('VALIDATION_FAILED', 'A contract stays in its engagement.', { field: 'engagementId' });
  const values = wholeValues(contract, { ...(before ?? blank(loaded, identity, context)), ...normalized(identity) });
  const start = { ...values, id: before?.id ?? context.newId(), status: before?.status ?? begin(contractMachine).status };
  checkSiblings(loaded, fields, start.customerId);
  checkContent(loaded, start, { lines, rates });
  const present = { versions: loaded.versions.get(start.id) ?? [], lines: loaded.lines.get(start.id) ?? [] };
  const held = present.versions.at(-1);
  const given = { terms: { rounding, rateCardId, paymentTermDays, endDate }, input: { lines, rates } };
  const { version, change } = draftVersion(context, { contract: start, before: held, lines: present.lines }, given);
  checkRemoved(change?.content, (lineId) => loaded.billedLines.has(lineId));
  if (before && before.status !== 'DRAFT') demandSameTerms(before, { ...values, internalNotes: before.internalNotes }, change);
  const touch = change !== undefined;
  const row = before ? draft.update(contract, before, { changes: values, touch }) : draft.insert(contract, start, begin(contractMachine));
  const versions = [...present.versions.slice(0, -1), version];
  if (change) putVersions(draft, change, { before: held?.content ?? noContent, lines: present.lines });
  if (row !== before) state(draft, ['ContractUpdated'], { row, versions });
  // A project's legal entity is its contract's: whoever reads projects must hear of it.
  if (before && row.legalEntityId !== before.legalEntityId)
    draft.amend({ document: references.Project, parent: projects.contractId, id: row.id }, { legalEntityId: row.legalEntityId });
  draft.link({ refs: externalRefs, entity: contract, id: row.id }, refs);
  return { row, versions };
}

/** One action of the machine, with its fact. */
function move(loaded: LoadedContracts, { draft, context }: Deciding, { row: before, versions, action }: Agreed & { action: ContractAction }): Agreed {
  const subject = subjectOf(before, aboutOf(loaded, before, versions));
  const by = step(contractMachine, { subject, action, actor: context.actor });
  const row = draft.update(contract, before, { by });
  state(draft, by.emits, { row, versions });
  return { row, versions };
}

function aboutOf({ customers, begun }: LoadedContracts, { id, customerId }: ContractRow, versions: readonly AgreedVersion[]) {
  return { customerStatus: customers.get(customerId)?.status, versions, begun: begun.get(id) };
}

function agreedOf({ versions }: LoadedContracts, row: ContractRow): Agreed {
  return { row, versions: versions.get(row.id) ?? [] };
}

function checkTerms({ name, internalNotes, paymentTermDays }: Partial<Fields>): void {
  if (name !== undefined) checkText('name', name);
  if (internalNotes) checkLines('internalNotes', internalNotes, 4000);
  if (typeof paymentTermDays === 'number' && (paymentTermDays < 0 || paymentTermDays > 365))
    throw new Refused('VALIDATION_FAILED', 'paymentTermDays must be 0 to 365.', { field: 'paymentTermDays' });
}

function blank({ engagements, customers }: LoadedContracts, { engagementId = '', currency }: Fields, context: DecisionContext) {
  const engagement = demandOwned(context, engagements, { entity: 'Engagement', id: engagementId, field: 'engagementId' });
  demandOpenEngagement(engagement);
  const customer = customers.get(engagement.customerId);
  if (!currency && !customer?.currency)
    throw new Refused('VALIDATION_FAILED', 'Neither the contract nor its customer says in which currency.', { field: 'currency' });
  const place = { customerId: engagement.customerId, engagementId: engagement.id, legalEntityId: customer?.legalEntityId ?? null };
  return { ...place, name: '', currency: customer?.currency ?? null, startDate: '', internalNotes: null };
}

function checkSiblings({ siblings }: LoadedContracts, { legalEntityId, rateCardId }: Partial<Fields>, customerId: string): void {
  siblings.demand('LegalEntity', legalEntityId, 'legalEntityId');
  const card = siblings.demand('RateCard', rateCardId, 'rateCardId');
  if (card?.kind === 'COST') throw new Refused('VALIDATION_FAILED', 'A contract is priced by a rate card of the kind SALES.', { field: 'rateCardId' });
  if (card?.customerId && card.customerId !== customerId)
    throw new Refused('VALIDATION_FAILED', 'The rate card is that of another customer.', { field: 'rateCardId' });
}

function checkContent({ projects, siblings }: LoadedContracts, { engagementId }: Pick<ContractRow, 'engagementId'>, { lines, rates }: ContentInput): void {
  for (const id of (lines ?? []).flatMap((line) => line.projectIds ?? [])) {
    if (projects.get(id.toLowerCase())?.engagementId !== engagementId)
      throw new Refused('NOT_FOUND', `No project of the contract's engagement has the id ${id}.`, { field: 'lines.projectIds' });
  }
  for (const rate of [...(lines ?? []), { rates }].flatMap((each) => each.rates ?? [])) {
    siblings.demand('Employee', rate.employeeId, 'rates.employeeId');
    siblings.demand('LaborCategory', rate.laborCategoryId, 'rates.laborCategoryId');
  }
}

/** Refuses that lines go which are still needed: in a draft by any milestone, later by those that are yet to be billed. */
function checkRemoved(change: Pick<ContentChange, 'gone'> | undefined, needed: (lineId: string) => boolean): void {
  const guard = 'lineHasMilestones';
  if (change?.gone.lines.some(needed))
    throw new Refused('GUARD_REFUSED', 'A milestone is billed by a line that would go. Point the milestone to another line first.', { field: 'lines', guard });
}

function demandSameTerms(before: ContractRow, values: Partial<ContractRow>, change: VersionChange | undefined): void {
  if (!change && !differs(before, values)) return;
  const why = `The contract is ${before.status}; its content changes only while it is DRAFT, and by a new version once it is CONFIRMED.`;
  throw new Refused('GUARD_REFUSED', why, { guard: 'contentFrozen' });
}

function demandContract(loaded: LoadedContracts, { id, expectedVersion }: Pick<ContractActionInput, 'id' | 'expectedVersion'>, actor: Actor): ContractRow {
  return demandNamed(loaded, { entity: 'Contract', id, expectedVersion }, ownedBy(actor));
}

function demandVersion({ id }: ContractRow, versions: readonly AgreedVersion[]): AgreedVersion {
  const newest = versions.at(-1);
  if (!newest) throw new Error(`the contract ${id} has no version`);
  return newest;
}

/** The facts that say no more than how the contract stands. */
type Stated = Exclude<Extract<FactName, `Contract${string}`>, 'ContractReopened'>;

/** States facts and lets the siblings know. */
function state(draft: Draft, emits: readonly Extract<FactName, `Contract${string}`>[], agreed: Agreed): void {
  draft.publish(contractReference(agreed.row, agreed.versions));
  for (const fact of emits.filter((each): each is Stated => each !== 'ContractReopened')) draft.state(facts[fact], aboutOfFact(agreed));
}

/** The newest version is the one that facts are about: the draft, or what was agreed last. */
function aboutOfFact({ row, versions }: Agreed) {
  const { id, customerId, engagementId, legalEntityId, name, status, currency, startDate } = row;
  const { number: versionNumber, effectiveFrom, endDate } = demandVersion(row, versions).row;
  const payload = { contractId: id, customerId, engagementId, name, status, currency, startDate, endDate, versionNumber, effectiveFrom };
  return { subject: row, keys: { customerId, engagementId, legalEntityId }, payload };
}
