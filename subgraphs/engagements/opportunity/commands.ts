import type {
  CreateOpportunityInput,
  LoseOpportunityInput,
  OpportunityActionInput,
  ReopenOpportunityInput,
  UpdateOpportunityInput,
  UpsertOpportunityItem,
} from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type Changes, type DecisionContext, type Draft, differs, openDraft, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { type ActionName, begin, demandGuards, step } from '#kernel/machine.ts';
import { readMoney, showMinor } from '#kernel/money.ts';
import { demandVersion, notFound } from '#kernel/rows.ts';
import { checkDates, normalized } from '../fields.ts';
import { absorbLocked, byExternalRef, demandNamed, findReferred, ownedBy } from '../locked.ts';
import { demandOwned } from '../owned.ts';
import { facts } from '../published.ts';
import { externalRefs, type OpportunityRow, type opportunities, opportunity } from '../tables.ts';
import { type LoadedOpportunities, loadOpportunities, subjectOf } from './load.ts';
import { opportunityMachine } from './machine.ts';
import { checkTerms, wishedTerms } from './terms.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertOpportunityItem, 'customer', 'legalEntity' | 'manager' | 'rateCard'>;

type On<Item> = Command<Item, LoadedOpportunities>;
type OpportunityAction = ActionName<typeof opportunityMachine>;

type Fields = Omit<UpdateOpportunityInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'> & { customerId?: string };
type Wish = { fields: Fields; before?: OpportunityRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const base = { entities: [opportunity], absorb: absorbLocked(opportunity) };
const writing = { ...base, may: 'opportunity:write' as const };

export const createOpportunity: On<CreateOpportunityInput> = {
  ...writing,
  load: (scope, items) => loadOpportunities(scope, { fields: items }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    return draft.done(decideFields(loaded, { draft, context }, { fields, refs }).id);
  },
};

export const updateOpportunity: On<UpdateOpportunityInput> = {
  ...writing,
  load: (scope, items) => loadOpportunities(scope, { ids: items.map(({ id }) => id), fields: items }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandNamed(loaded, { entity: 'Opportunity', id, expectedVersion }, ownedBy(context.actor));
    return draft.done(decideFields(loaded, { draft, context }, { before, fields, refs }).id);
  },
};

/** Creates or changes opportunities by external reference. Unchanged ones keep their version and state nothing; one that was won is not won again. */
export const upsertOpportunities: On<Upsert> = {
  ...writing,
  ...byExternalRef(opportunity),
  load: (scope, items) => loadOpportunities(scope, { refs: items.map(({ externalRef }) => externalRef), fields: items }),
  decide: (loaded, { externalRef, win, ...fields }, context) => {
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef, ownedBy(context.actor));
    const row = decideFields(loaded, { draft, context }, { before, fields, refs: [externalRef] });
    return draft.done((win && row.status === 'OPEN' ? move(loaded, { draft, context }, { before: row, action: 'win' }) : row).id);
  },
};

/** The customer said yes: every rule that is broken is named, or all that follows from it begins. */
export const winOpportunity: On<OpportunityActionInput> = moving('win', () => undefined);

export const loseOpportunity: On<LoseOpportunityInput> = moving('lose', ({ reason }) => checkLines('reason', reason, 1000));

export const reopenOpportunity: On<ReopenOpportunityInput> = moving('reopen', ({ reason }) => checkLines('reason', reason, 1000));

function moving<Item extends OpportunityActionInput>(action: OpportunityAction, reasonOf: (item: Item) => string | undefined): On<Item> {
  return {
    ...base,
    may: opportunityMachine.actions[action].may,
    load: (scope, items) => loadOpportunities(scope, { ids: items.flatMap(({ id }) => id ?? []), refs: items.flatMap(({ externalRef }) => externalRef ?? []) }),
    decide: (loaded, item, context) => {
      const draft = openDraft(context);
      const reason = reasonOf(item);
      const before = demandMeant(loaded, item, context.actor);
      const row = move(loaded, { draft, context }, { before, action, reason });
      draft.link({ refs: externalRefs, entity: opportunity, id: row.id }, item.externalRef ? [item.externalRef] : []);
      return draft.done(row.id);
    },
  };
}

/** The opportunity that an action is for, by id or by how another system calls it. */
function demandMeant(loaded: LoadedOpportunities, { id, externalRef, expectedVersion }: OpportunityActionInput, actor: Actor): OpportunityRow {
  if (Boolean(id) === Boolean(externalRef)) throw new Refused('VALIDATION_FAILED', 'Give id or externalRef, and not both.', { field: 'id' });
  if (id) return demandNamed(loaded, { entity: 'Opportunity', id, expectedVersion }, ownedBy(actor));
  const row = externalRef ? findReferred(loaded, externalRef, () => true) : undefined;
  if (!row || !ownedBy(actor)(row)) throw notFound('Opportunity', `${externalRef?.system} ${externalRef?.externalId}`, 'externalRef');
  demandVersion('Opportunity', row, expectedVersion);
  return row;
}

type Deciding = { draft: Draft; context: DecisionContext };

function decideFields(loaded: LoadedOpportunities, { draft, context }: Deciding, { fields, before, refs }: Wish): OpportunityRow {
  const { lines, rates, value, ...rest } = fields;
  if (fields.name !== undefined) checkText('name', fields.name);
  if (fields.description) checkLines('description', fields.description, 4000);
  if (before && fields.customerId !== undefined && fields.customerId.toLowerCase() !== before.customerId)
    throw new Refused('VALIDATION_FAILED', 'An opportunity stays with its customer.', { field: 'customerId' });
  const start = before ?? blank(loaded, fields.customerId ?? '', context);
  const values = wholeValues(opportunity, { ...start, ...normalized(rest), ...worthOf(value), ...wishedTerms({ lines, rates }) });
  checkDates(values);
  checkSiblings(loaded, fields, values.customerId);
  if (lines || rates) checkTerms(values);
  const row = before ? draft.update(opportunity, before, { changes: values }) : draft.insert(opportunity, values, begin(opportunityMachine));
  if (before && row !== before) checkChange(loaded, { before, row }, context.actor);
  if (row !== before) draft.state(facts[before ? 'OpportunityUpdated' : 'OpportunityCreated'], aboutOf(loaded, row));
  draft.link({ refs: externalRefs, entity: opportunity, id: row.id }, refs);
  return row;
}

function blank(loaded: LoadedOpportunities, customerId: string, context: DecisionContext): Values<typeof opportunities> {
  const { id } = demandOwned({ actor: context.actor }, ownersOf(loaded), { entity: 'Customer', id: customerId, field: 'customerId' });
  const terms = { valueMinor: null, currency: null, legalEntityId: null, method: null, rateCardId: null, lines: [], rates: [] };
  const dates = { expectedCloseOn: null, startDate: null, endDate: null };
  const onward = { lostReason: null, onboarding: null, runId: null, engagementId: null, contractId: null, projectId: null };
  return { customerId: id, name: '', description: null, managerId: null, ...terms, ...dates, ...onward };
}

/** Customers as owned rows: each is its own. */
function ownersOf({ customers }: LoadedOpportunities): Map<string, { id: string; customerId: string }> {
  return new Map([...customers.keys()].map((id) => [id, { id, customerId: id }]));
}

function worthOf(value: Fields['value']): Pick<Changes<typeof opportunities>, 'valueMinor' | 'currency'> {
  if (value === undefined) return {};
  if (value === null) return { valueMinor: null, currency: null };
  const { minor, currency } = readMoney(value, 'value');
  if (minor < 0n) throw new Refused('VALIDATION_FAILED', 'The value must not be negative.', { field: 'value' });
  return { valueMinor: minor, currency };
}

function checkSiblings({ siblings }: LoadedOpportunities, { legalEntityId, managerId, rateCardId, rates }: Fields, customerId: string): void {
  siblings.demand('LegalEntity', legalEntityId, 'legalEntityId');
  siblings.demand('Employee', managerId, 'managerId');
  const card = siblings.demand('RateCard', rateCardId, 'rateCardId');
  if (card && card.kind !== 'SALES') throw new Refused('VALIDATION_FAILED', 'A contract is priced by a rate card of the kind SALES.', { field: 'rateCardId' });
  if (card?.customerId && card.customerId !== customerId)
    throw new Refused('VALIDATION_FAILED', 'The rate card is that of another customer.', { field: 'rateCardId' });
  for (const rate of rates ?? []) {
    siblings.demand('Employee', rate.employeeId, 'rates.employeeId');
    siblings.demand('LaborCategory', rate.laborCategoryId, 'rates.laborCategoryId');
  }
}

/** What was won keeps to the rules; once a contract follows from it, only the words may change. */
function checkChange(loaded: LoadedOpportunities, { before, row }: { before: OpportunityRow; row: OpportunityRow }, actor: Actor): void {
  if (before.status !== 'WON') return;
  const { name, description, expectedCloseOn } = row;
  if (!differs(row, { ...before, name, description, expectedCloseOn, version: row.version, updatedAt: row.updatedAt })) return;
  if (before.engagementId)
    throw new Refused('GUARD_REFUSED', 'What was agreed stands in the contract that followed from it. Amend that one.', { guard: 'agreementFixed' });
  demandGuards(opportunityMachine.actions.win, subjectOf(row, loaded), actor);
}

type Move = { before: OpportunityRow; action: OpportunityAction; reason?: string | undefined };

/** One action of the machine, with its fact. */
function move(loaded: LoadedOpportunities, { draft, context }: Deciding, { before, action, reason = '' }: Move): OpportunityRow {
  const by = step(opportunityMachine, { subject: subjectOf(before, loaded), action, actor: context.actor });
  const onboarding = action === 'win' ? 'STARTED' : null;
  const row = draft.update(opportunity, before, { changes: { lostReason: action === 'lose' ? reason : null, onboarding }, by });
  const { payload, ...about } = aboutOf(loaded, row);
  for (const fact of by.emits) {
    if (fact === 'OpportunityWon') draft.state(facts.OpportunityWon, { ...about, payload });
    else draft.state(facts[fact], { ...about, payload: { ...payload, reason } });
  }
  return row;
}

function aboutOf({ customers }: LoadedOpportunities, row: OpportunityRow) {
  const { id, customerId, name, status, valueMinor, currency, expectedCloseOn } = row;
  const legalEntityId = row.legalEntityId ?? customers.get(customerId)?.legalEntityId ?? null;
  const payload = { opportunityId: id, customerId, name, status, value: showMinor(valueMinor, currency), expectedCloseOn };
  return { subject: row, keys: { customerId, legalEntityId }, payload };
}
