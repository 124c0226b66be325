import { seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import type { ContractVersionTerms } from './billing/price.ts';
import { type LegalEntityRow, legalEntities } from './tables.ts';

/** What engagements publishes of a contract, as far as billing relies on it. */
export type ContractReference = {
  customerId: string;
  engagementId: string;
  legalEntityId: string;
  name: string;
  status: string;
  currency: string;
  versions: readonly ContractVersionTerms[];
};

/** What a sibling published of one entity; NOT_FOUND with the field's name when it published nothing. */
export async function demandReference<Data>(scope: Scope, wanted: { type: string; id: string; field: string }): Promise<Data> {
  const found = isId(wanted.id) ? (await references<Data>(scope.tx, wanted.type, [wanted.id])).get(wanted.id) : undefined;
  if (!found) throw notFound(wanted.type, wanted.id, wanted.field);
  return found;
}

/** Refuses a customer that nobody published, or that the actor may not know of. */
export async function demandCustomer(scope: Scope, customerId: string, field = 'customerId'): Promise<void> {
  if (!seesCustomer(scope.actor, customerId)) throw notFound('Customer', customerId, field);
  await demandReference(scope, { type: 'Customer', id: customerId, field });
}

/** The legal entities with these ids; NOT_FOUND for the first that is none. */
export async function demandLegalEntities(scope: Scope, ids: readonly string[]): Promise<Map<string, LegalEntityRow>> {
  const found = await rowsById(scope.tx, legalEntities, ids);
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw notFound('LegalEntity', missing, 'legalEntityId');
  return found;
}

/** Entities outside the actor's customers do not exist for it. */
export function demandSeen(scope: Scope, wanted: { entity: string; id: string; customerId: string | null }): void {
  if (!seesCustomer(scope.actor, wanted.customerId)) throw notFound(wanted.entity, wanted.id);
}

/** The contract if it may be billed, else why not. */
export function billable(contract: ContractReference | undefined, contractId: string): ContractReference | Refused {
  if (!contract) return notFound('Contract', contractId, 'contractIds');
  if (!['SUSPENDED', 'LOST'].includes(contract.status)) return contract;
  return new Refused('GUARD_REFUSED', `The contract ${contract.name} is ${contract.status}; it is not billed.`, { guard: 'contractBillable' });
}

/** Those of a judged list that were not refused. */
export function accepted<Good>(judged: readonly (Good | Refused)[]): Good[] {
  return judged.flatMap((each) => (each instanceof Refused ? [] : [each]));
}
