import type { ContractVersionTerms } from '../billing/price.ts';

/** What finance relies on of a project that engagements published. `legalEntityId` is its contract's. */
export type ProjectReference = {
  customerId: string | null;
  engagementId: string | null;
  contractId: string | null;
  legalEntityId: string | null;
  name: string;
  status: string;
  billable: boolean;
};

/** The same of a contract: what prices and bills the work under it. */
export type PricedContract = {
  customerId: string;
  engagementId: string;
  legalEntityId: string | null;
  name: string;
  status: string;
  currency: string;
  versions: readonly ContractVersionTerms[];
};

/** The same of a milestone. */
export type MilestoneReference = {
  customerId: string;
  projectId: string;
  contractId: string | null;
  contractLineId: string | null;
  name: string;
  amountMinor: string;
  currency: string;
  status: string;
  acceptedOn: string | null;
};
