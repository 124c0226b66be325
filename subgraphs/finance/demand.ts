import type { ContractReference } from '#engagements/published.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { Document } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';

type Wanted = { id: string; field: string };

/** What a sibling published of one entity; NOT_FOUND with the field's name when it published nothing. */
export async function demandReference<Data>(scope: Scope, document: Document<Data>, wanted: Wanted): Promise<Data> {
  const found = isId(wanted.id) ? (await references(scope.tx, document, [wanted.id])).get(wanted.id) : undefined;
  if (!found) throw notFound(document.type, wanted.id, wanted.field);
  return found;
}

/** A contract that says in whose books its money stands. */
export type BookedContract = ContractReference & { legalEntityId: string };

/** The contract with its books, or why it has none. */
export function booked(contract: ContractReference): BookedContract | Refused {
  const { legalEntityId } = contract;
  if (legalEntityId !== null) return { ...contract, legalEntityId };
  return new Refused('GUARD_REFUSED', `The contract ${contract.name} names no legal entity, so it stands in no books.`, { guard: 'legalEntityKnown' });
}

/** The contract if it may be billed, else why not. */
export function billable(contract: ContractReference | undefined, contractId: string): BookedContract | Refused {
  if (!contract) return notFound('Contract', contractId, 'contractIds');
  if (!['SUSPENDED', 'LOST'].includes(contract.status)) return booked(contract);
  return new Refused('GUARD_REFUSED', `The contract ${contract.name} is ${contract.status}; it is not billed.`, { guard: 'contractBillable' });
}
