import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type OpportunityStatus = 'OPEN' | 'WON' | 'LOST';

/** How far a won opportunity has come on its way to a running project. */
export const onboardingStates = ['STARTED', 'PROVISIONING', 'DONE', 'FAILED'] as const;
export type OnboardingState = (typeof onboardingStates)[number];

/** What the guards of an opportunity judge: itself, its customer with those above, who would lead, and the contract that it would become. */
export type OpportunitySubject = {
  status: OpportunityStatus;
  customer: { name: string; status: string; legalEntityId: string | null; taxProfileId: string | null } | undefined;
  /** The customers above it, the nearest first; `itself` where they lead back to it. */
  above: readonly { name: string; status: string; itself: boolean }[];
  legalEntityId: string | null;
  method: string | null;
  valueMinor: bigint | null;
  startDate: string | null;
  endDate: string | null;
  managerId: string | null;
  managerStatus: string | undefined;
  pricedByHour: boolean;
  priced: boolean;
  /** What the contract's own guards have against it. */
  contractFaults: readonly string[];
};

function customerKnown({ customer }: OpportunitySubject): string | undefined {
  if (!customer) return 'The customer is not known.';
  return customer.status === 'INACTIVE' ? `The customer ${customer.name} is INACTIVE. Activate it first.` : undefined;
}

function hierarchySound({ above }: OpportunitySubject): string | undefined {
  if (above.some(({ itself }) => itself)) return 'The customer belongs to itself by way of those above it.';
  const inactive = above.find(({ status }) => status === 'INACTIVE');
  return inactive ? `The customer belongs to ${inactive.name}, which is INACTIVE.` : undefined;
}

function legalEntityKnown({ legalEntityId, customer }: OpportunitySubject): string | undefined {
  if (!legalEntityId && !customer?.legalEntityId) return 'Neither the opportunity nor its customer names the legal entity that contracts.';
  // A prospect becomes a customer with the contract, and a customer has one of its own.
  return customer?.status === 'PROSPECT' && !customer.legalEntityId
    ? 'The customer is a PROSPECT without a legal entity. Set legalEntityId of the customer.'
    : undefined;
}

function taxProfileKnown({ customer }: OpportunitySubject): string | undefined {
  return customer?.taxProfileId ? undefined : 'The customer has no tax profile. Set taxProfileId of the customer.';
}

function contractTypeKnown({ method }: OpportunitySubject): string | undefined {
  return method ? undefined : 'The type of the contract is not known. Set method.';
}

function valuePositive({ valueMinor }: OpportunitySubject): string | undefined {
  if (valueMinor === null) return 'The value, with its currency, is not known. Set value.';
  return valueMinor > 0n ? undefined : 'The value must be above 0.';
}

function hoursPriced({ pricedByHour, priced }: OpportunitySubject): string | undefined {
  return !pricedByHour || priced ? undefined : 'Time and materials need rates or a rate card. Set rates or rateCardId.';
}

function contractSound({ contractFaults }: OpportunitySubject): string | undefined {
  return contractFaults.length === 0 ? undefined : contractFaults.join(' ');
}

function managerActive({ managerId, managerStatus }: OpportunitySubject): string | undefined {
  if (!managerId) return 'Nobody is named who would lead the project. Set managerId or managerRef.';
  return managerStatus === 'ACTIVE' ? undefined : `Who would lead the project is ${managerStatus ?? 'not known to HR'}; it must be an ACTIVE employee.`;
}

function datesKnown({ startDate, endDate }: OpportunitySubject): string | undefined {
  if (!startDate) return 'The first day of the work is not known. Set startDate.';
  return endDate && endDate < startDate ? `The last day ${endDate} is before the first day ${startDate}.` : undefined;
}

/** All that a contract and a project need to follow from an opportunity. */
export const winRules = [
  customerKnown,
  hierarchySound,
  legalEntityKnown,
  taxProfileKnown,
  contractTypeKnown,
  valuePositive,
  hoursPriced,
  contractSound,
  managerActive,
  datesKnown,
] as const;

export const opportunityMachine = {
  entity: 'Opportunity',
  states: ['OPEN', 'WON', 'LOST'],
  initial: 'OPEN',
  actions: {
    win: { from: ['OPEN'], to: 'WON', may: 'opportunity:win', guards: winRules, allGuards: true, emits: 'OpportunityWon', by: 'winOpportunity' },
    lose: { from: ['OPEN'], to: 'LOST', may: 'opportunity:write', emits: 'OpportunityLost', by: 'loseOpportunity' },
    reopen: { from: ['LOST'], to: 'OPEN', may: 'opportunity:reopen', emits: 'OpportunityReopened', by: 'reopenOpportunity' },
  },
} as const satisfies Machine<OpportunityStatus, OpportunitySubject, FactName>;
