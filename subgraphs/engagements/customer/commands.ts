import type { CreateCustomerInput, CustomerActionInput, UpdateCustomerInput, UpsertCustomerItem } from '#generated/engagements.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, type Draft, openDraft, rowsIn, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { checkEmail, checkLines, checkText, given } from '#kernel/input.ts';
import { type ActionName, begin, step } from '#kernel/machine.ts';
import { checkParty, optionalText } from '#kernel/party.ts';
import type { Referred } from '#kernel/referred.ts';
import { notFound } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { normalized } from '../fields.ts';
import { absorbLocked, byExternalRef, demandNamed, findReferred, lockTargets } from '../locked.ts';
import { type FactName, facts } from '../published.ts';
import { customerReference } from '../references.ts';
import { type LoadedSiblings, loadSiblings } from '../siblings.ts';
import { type CustomerRow, customer, externalRefs } from '../tables.ts';
import { customerMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertCustomerItem, never, 'legalEntity' | 'taxProfile'>;

/** Locked customers; the parents that inputs name, with all above them; the siblings' entities that inputs name. */
export type LoadedCustomers = Referred<CustomerRow> & { parents: Map<string, string | null>; siblings: LoadedSiblings };
type On<Item> = Command<Item, LoadedCustomers>;

type Fields = Omit<UpdateCustomerInput, 'id' | 'expectedVersion' | 'idempotencyKey' | 'externalRefs'>;
type Wish = { fields: Fields; before?: CustomerRow | undefined; refs?: readonly ExternalRefInput[] | null | undefined };

const absorbRow = absorbLocked(customer);
const base = {
  may: 'customer:write' as const,
  entities: [customer],
  absorb: (loaded: LoadedCustomers, decision: Decision): void => {
    absorbRow(loaded, decision);
    for (const { row } of rowsIn(decision, customer)) if (row) loaded.parents.set(row.id, row.parentId);
  },
};

export const createCustomer: On<CreateCustomerInput> = {
  ...base,
  load: (scope, items) => load(scope, { fields: items }),
  decide: (loaded, { idempotencyKey: _, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    return draft.done(decideFields(loaded, { draft, context }, { fields, refs }).id);
  },
};

export const updateCustomer: On<UpdateCustomerInput> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map(({ id }) => id), fields: items }),
  decide: (loaded, { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields }, context) => {
    const draft = openDraft(context);
    const before = demandCustomer(loaded, { id, expectedVersion }, context.actor);
    return draft.done(decideFields(loaded, { draft, context }, { before, fields, refs }).id);
  },
};

/** Performs an action of the machine on customers. */
export function customerAction(action: ActionName<typeof customerMachine>): On<CustomerActionInput> {
  return {
    ...base,
    load: (scope, items) => load(scope, { ids: items.map(({ id }) => id) }),
    decide: (loaded, item, context) => {
      const draft = openDraft(context);
      return draft.done(move({ draft, context }, demandCustomer(loaded, item, context.actor), action).id);
    },
  };
}

/** Creates or changes customers by external reference. Unchanged ones keep their version and state nothing. */
export const upsertCustomers: On<Upsert> = {
  ...base,
  ...byExternalRef(customer),
  load: (scope, items) => load(scope, { refs: items.map(({ externalRef }) => externalRef), fields: items }),
  decide: (loaded, { externalRef, activate, ...fields }, context) => {
    const draft = openDraft(context);
    const before = findReferred(loaded, externalRef, ({ id }) => sees(context.actor, { customerId: id }));
    const row = decideFields(loaded, { draft, context }, { before, fields, refs: [externalRef] });
    return draft.done((activate && row.status !== 'ACTIVE' ? move({ draft, context }, row, 'activate') : row).id);
  },
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; fields?: readonly Pick<Fields, 'parentId' | 'legalEntityId' | 'taxProfileId'>[] };

async function load(scope: Scope, { fields = [], ...targets }: Wanted): Promise<LoadedCustomers> {
  const locked = await lockTargets(scope, customer, targets);
  const parents = await ancestorsOf(
    scope,
    fields.flatMap(({ parentId }) => parentId ?? []),
  );
  const siblings = await loadSiblings(scope, {
    LegalEntity: fields.map(({ legalEntityId }) => legalEntityId),
    TaxProfile: fields.map(({ taxProfileId }) => taxProfileId),
  });
  return { ...locked, parents, siblings };
}

/** Customers and all above them, each with its parent. */
async function ancestorsOf(scope: Scope, ids: readonly string[]): Promise<Map<string, string | null>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await scope.tx.execute(sql`
    with recursive up as (
      select id, parent_id from engagements.customer where id = any(${sql.param(wanted)}::uuid[])
      union select above.id, above.parent_id from engagements.customer above join up on above.id = up.parent_id)
    select id, parent_id from up`);
  return new Map(rows.map((row) => [String(row.id), row.parent_id === null ? null : String(row.parent_id)]));
}

type Deciding = { draft: Draft; context: DecisionContext };

function decideFields(loaded: LoadedCustomers, { draft, context }: Deciding, { fields, before, refs }: Wish): CustomerRow {
  if (!before || fields.name !== undefined) checkText('name', fields.name);
  if (fields.billingEmail) checkEmail('billingEmail', fields.billingEmail);
  if (fields.billingAddress) checkLines('billingAddress', fields.billingAddress, 1000);
  checkParent(loaded, { id: before?.id, parentId: fields.parentId }, context.actor);
  // Legal entity and tax profile are the ERP's: only those that it published can be set.
  loaded.siblings.demand('LegalEntity', fields.legalEntityId, 'legalEntityId');
  loaded.siblings.demand('TaxProfile', fields.taxProfileId, 'taxProfileId');
  const { postalAddress: _, ...plain } = normalized(fields);
  const values = wholeValues(customer, { ...(before ?? blank), ...plain, ...partyOf(fields) });
  const row = before ? draft.update(customer, before, { changes: values }) : draft.insert(customer, values, begin(customerMachine));
  if (row !== before) stateCustomer(draft, before ? 'CustomerUpdated' : 'CustomerCreated', row);
  draft.link({ refs: externalRefs, entity: customer, id: row.id }, refs);
  return row;
}

const unbilled = { billingEmail: null, billingAddress: null, legalName: null, postalAddress: null, vatId: null };
const blank = {
  ...{ name: '', parentId: null, currency: null, legalEntityId: null, taxProfileId: null },
  ...{ ...unbilled, registrationNumber: null, buyerReference: null, electronicAddress: null },
};

/** What invoices say of the customer, as far as the caller said it. */
function partyOf(fields: Fields) {
  const legalName = optionalText('legalName', fields.legalName, 255);
  const buyerReference = optionalText('buyerReference', fields.buyerReference, 255);
  return { ...checkParty(fields), ...given({ legalName, buyerReference }) };
}

function checkParent({ parents }: LoadedCustomers, { id, parentId }: { id: string | undefined; parentId: string | null | undefined }, actor: Actor): void {
  if (!parentId) return;
  const parent = parentId.toLowerCase();
  if (!parents.has(parent) || !sees(actor, { customerId: parent })) throw notFound('Customer', parentId, 'parentId');
  const seen = new Set<string>();
  for (let above: string | null | undefined = parent; above && !seen.has(above); above = parents.get(above)) {
    if (above === id)
      throw new Refused('GUARD_REFUSED', 'A customer cannot belong to itself or to one of its children.', { field: 'parentId', guard: 'hierarchyAcyclic' });
    seen.add(above);
  }
}

/** One action of the machine, with its fact. */
function move({ draft, context }: Deciding, before: CustomerRow, action: ActionName<typeof customerMachine>): CustomerRow {
  const by = step(customerMachine, { subject: before, action, actor: context.actor });
  const row = draft.update(customer, before, { by });
  for (const fact of by.emits) stateCustomer(draft, fact, row);
  return row;
}

/** States a fact and lets the siblings know. */
function stateCustomer(draft: Draft, fact: Extract<FactName, `Customer${string}`>, row: CustomerRow): void {
  const { id, name, status, legalEntityId } = row;
  draft.publish(customerReference(row));
  draft.state(facts[fact], { subject: row, keys: { customerId: id, legalEntityId }, payload: { customerId: id, name, status } });
}

function demandCustomer(loaded: LoadedCustomers, { id, expectedVersion }: Pick<CustomerActionInput, 'id' | 'expectedVersion'>, actor: Actor): CustomerRow {
  return demandNamed(loaded, { entity: 'Customer', id, expectedVersion }, (row) => sees(actor, { customerId: row.id }));
}
