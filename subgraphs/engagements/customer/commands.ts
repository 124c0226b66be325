import { sql } from 'drizzle-orm';
import type { CreateCustomerInput, CustomerActionInput, UpdateCustomerInput, UpsertCustomerItem } from '#generated/engagements.ts';
import { demand, seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { record } from '#kernel/facts.ts';
import { isId, newId } from '#kernel/ids.ts';
import { checkText, differs, given } from '#kernel/input.ts';
import { type ActionName, stepTo } from '#kernel/machine.ts';
import { eachItem, type Outcome } from '#kernel/mutation.ts';
import { publish } from '#kernel/reference.ts';
import { insertRow, lockRow, notFound, saveRow } from '#kernel/rows.ts';
import { facts } from '../published.ts';
import { customerReference } from '../references.ts';
import { knownSiblings } from '../siblings.ts';
import { type CustomerRow, customers, externalRefs } from '../tables.ts';
import { customerMachine } from './machine.ts';

export async function createCustomer(scope: Scope, input: CreateCustomerInput): Promise<CustomerRow> {
  demand(scope.actor, 'customer:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  checkText('name', input.name);
  await demandParent(scope, undefined, input.parentId);
  await demandSiblings(scope, input);
  const customer = await insertRow(scope, customers, { id: newId(scope.now.getTime()), ...fields });
  await link(scope, customer, refs);
  await tell(scope, customer, 'CustomerCreated');
  return customer;
}

export async function updateCustomer(scope: Scope, input: UpdateCustomerInput): Promise<CustomerRow> {
  demand(scope.actor, 'customer:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockCustomer(scope, { id, expectedVersion });
  if (fields.name !== undefined) checkText('name', fields.name);
  await demandParent(scope, before.id, fields.parentId);
  await demandSiblings(scope, fields);
  const customer = await saveRow(scope, customers, { row: before, changes: given(fields) });
  await link(scope, customer, refs);
  await tell(scope, customer, 'CustomerUpdated');
  return customer;
}

/** Performs an action of the machine on one customer. */
export function customerAction(action: ActionName<typeof customerMachine>) {
  return async (scope: Scope, input: CustomerActionInput): Promise<CustomerRow> => {
    const before = await lockCustomer(scope, input);
    const status = stepTo(customerMachine, { subject: before, action, actor: scope.actor });
    const customer = await saveRow(scope, customers, { row: before, changes: { status } });
    await tell(scope, customer, 'CustomerUpdated');
    return customer;
  };
}

/** Creates or changes customers by external reference. Unchanged ones keep their version and state nothing. */
export async function upsertCustomers(scope: Scope, items: readonly UpsertCustomerItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'customer:write');
  const known = await findByExternalRefs(scope, externalRefs, { entityType: 'Customer', refs: items.map((item) => item.externalRef) });
  return eachItem(scope, items, async (inner, item) => {
    const { externalRef, activate, ...fields } = item;
    const key = externalKey(externalRef);
    const id = known.get(key);
    let customer = id ? await changeIfOther(inner, id, fields) : await createCustomer(inner, { ...fields, externalRefs: [externalRef] });
    if (activate && customer.status !== 'ACTIVE') customer = await customerAction('activate')(inner, { id: customer.id });
    known.set(key, customer.id);
    return customer;
  });
}

async function changeIfOther(scope: Scope, id: string, fields: Omit<UpdateCustomerInput, 'id'>): Promise<CustomerRow> {
  const before = await lockCustomer(scope, { id });
  const changed = differs(before, fields);
  return changed ? updateCustomer(scope, { id, ...fields }) : before;
}

type Wanted = { id: string; expectedVersion?: number | null | undefined };

async function lockCustomer(scope: Scope, wanted: Wanted): Promise<CustomerRow> {
  if (!seesCustomer(scope.actor, wanted.id.toLowerCase())) throw notFound('Customer', wanted.id);
  return lockRow(scope, customers, { entity: 'Customer', ...wanted, id: wanted.id.toLowerCase() });
}

/** Legal entity and tax profile are the ERP's: only those that it published can be set. */
async function demandSiblings(scope: Scope, { legalEntityId, taxProfileId }: Pick<UpdateCustomerInput, 'legalEntityId' | 'taxProfileId'>): Promise<void> {
  const siblings = await knownSiblings(scope, { LegalEntity: [legalEntityId], TaxProfile: [taxProfileId] });
  siblings.demand('LegalEntity', legalEntityId, 'legalEntityId');
  siblings.demand('TaxProfile', taxProfileId, 'taxProfileId');
}

async function demandParent(scope: Scope, id: string | undefined, parentId: string | null | undefined): Promise<void> {
  if (!parentId) return;
  if (!isId(parentId) || !seesCustomer(scope.actor, parentId.toLowerCase())) throw notFound('Customer', parentId, 'parentId');
  const ancestors = await scope.tx.execute(sql`
    with recursive up as (
      select id, parent_id from engagements.customer where id = ${parentId}
      union select above.id, above.parent_id from engagements.customer above join up on above.id = up.parent_id)
    select id from up`);
  if (ancestors.length === 0) throw notFound('Customer', parentId, 'parentId');
  if (id && ancestors.some((row) => row.id === id)) {
    throw new Refused('GUARD_REFUSED', 'A customer cannot belong to itself or to one of its children.', { field: 'parentId', guard: 'hierarchyAcyclic' });
  }
}

function link(scope: Scope, customer: CustomerRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<void> {
  return linkExternalRefs(scope, externalRefs, { entityType: 'Customer', links: [{ entityId: customer.id, refs: refs ?? [] }] });
}

/** States the fact and lets the siblings know, in the command's transaction. */
async function tell(scope: Scope, customer: CustomerRow, type: 'CustomerCreated' | 'CustomerUpdated'): Promise<void> {
  const { id, version, name, status, legalEntityId } = customer;
  await publish(scope, [customerReference(customer)]);
  await record(scope, facts[type], { subject: { id, version }, keys: { customerId: id, legalEntityId }, payload: { customerId: id, name, status } });
}
