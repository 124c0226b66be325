import type { ContractActionInput, CreateContractInput, ReopenContractInput, UpdateContractInput, UpsertContractItem } from '#generated/engagements.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type Decision, type DecisionContext, differs, openDraft, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { demandOpenEngagement } from '../engagement/commands.ts';
import { normalized } from '../fields.ts';
import { byExternalRef, findReferred, ownedBy, walk } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { facts, references } from '../published.ts';
import { type ContractRow, contract, externalRefs, projects } from '../tables.ts';
import { type Agreed, aboutOf, aboutOfFact, agreedOf, type Deciding, demandContract, state } from './agreed.ts';
import { amendedEntities } from './amending.ts';
import { checkContent, checkRemoved, checkSiblings, checkTerms } from './checks.ts';
import { type LoadedContracts, loadContracts, subjectOf } from './load.ts';
import { contractMachine } from './machine.ts';
import { noContent } from './rows.ts';
import { draftVersion, putVersions, type VersionChange } from './version.ts';

export { addContractVersion } from './amending.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertContractItem, 'engagement', 'legalEntity' | 'rateCard'>;

type On<Item> = Command<Item, LoadedContracts>;
type ContractAction = Exclude<ActionName<typeof contractMachine>, 'amend'>;

type Fields = Omit<UpdateContractInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { engagementId?: string };
type Wish = { fields: Fields; before?: ContractRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = {
  entities: amendedEntities,
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

/** A new contract or a change of a DRAFT; the internal notes may change at any time. */
function decideFields(loaded: LoadedContracts, { draft, context }: Deciding, { fields, before, refs }: Wish): Agreed {
  const { lines, rates, rounding, rateCardId, paymentTermDays, notToExceed, endDate, ...identity } = fields;
  checkTerms(fields);
  if (before && fields.engagementId !== undefined && fields.engagementId.toLowerCase() !== before.engagementId)
    throw new Refused('VALIDATION_FAILED', 'A contract stays in its engagement.', { field: 'engagementId' });
  const values = wholeValues(contract, { ...(before ?? blank(loaded, identity, context)), ...normalized(identity) });
  const start = { ...values, id: before?.id ?? context.newId(), status: before?.status ?? begin(contractMachine).status };
  checkSiblings(loaded, fields, start.customerId);
  checkContent(loaded, start, { lines, rates });
  const present = { versions: loaded.versions.get(start.id) ?? [], lines: loaded.lines.get(start.id) ?? [] };
  const held = present.versions.at(-1);
  if (held?.row.notToExceedMinor && notToExceed === undefined && before && before.currency !== start.currency)
    throw new Refused('CURRENCY_MISMATCH', `The limit of the contract is in ${before.currency}; give it in ${start.currency}, or null.`, {
      field: 'notToExceed',
    });
  const given = { terms: { rounding, rateCardId, paymentTermDays, notToExceed, endDate }, input: { lines, rates } };
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

function blank({ engagements, customers }: LoadedContracts, { engagementId = '', currency }: Fields, context: DecisionContext) {
  const engagement = demandOwned(context, engagements, { entity: 'Engagement', id: engagementId, field: 'engagementId' });
  demandOpenEngagement(engagement);
  const customer = customers.get(engagement.customerId);
  if (!currency && !customer?.currency)
    throw new Refused('VALIDATION_FAILED', 'Neither the contract nor its customer says in which currency.', { field: 'currency' });
  const place = { customerId: engagement.customerId, engagementId: engagement.id, legalEntityId: customer?.legalEntityId ?? null };
  return { ...place, name: '', currency: customer?.currency ?? null, startDate: '', internalNotes: null };
}

function demandSameTerms(before: ContractRow, values: Partial<ContractRow>, change: VersionChange | undefined): void {
  if (!change && !differs(before, values)) return;
  const why = `The contract is ${before.status}; its content changes only while it is DRAFT; once it is CONFIRMED, by an amendment: see createAmendment.`;
  throw new Refused('GUARD_REFUSED', why, { guard: 'contentFrozen' });
}
