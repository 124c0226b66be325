import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type CustomerStatus = 'PROSPECT' | 'ACTIVE' | 'INACTIVE';

/** What the guards of a customer judge. */
export type CustomerSubject = { status: CustomerStatus; legalEntityId: string | null; taxProfileId: string | null };

function legalEntityAndTaxProfile(customer: CustomerSubject): string | undefined {
  if (customer.legalEntityId && customer.taxProfileId) return undefined;
  return 'A customer needs a legal entity and a tax profile before it becomes ACTIVE. Set legalEntityId and taxProfileId first.';
}

export const customerMachine = {
  entity: 'Customer',
  states: ['PROSPECT', 'ACTIVE', 'INACTIVE'],
  initial: 'PROSPECT',
  actions: {
    activate: {
      from: ['PROSPECT', 'INACTIVE'],
      to: 'ACTIVE',
      may: 'customer:write',
      guards: [legalEntityAndTaxProfile],
      emits: 'CustomerUpdated',
      by: 'activateCustomer',
    },
    deactivate: { from: ['ACTIVE'], to: 'INACTIVE', may: 'customer:write', emits: 'CustomerUpdated', by: 'deactivateCustomer' },
  },
} as const satisfies Machine<CustomerStatus, CustomerSubject, FactName>;
