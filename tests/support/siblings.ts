import type {
  ContractLineTerms,
  ContractReference,
  ContractVersionTerms,
  CustomerReference,
  MilestoneReference,
  OpenItems,
  ProjectReference,
  TaskReference,
} from '#engagements/published.ts';
import type { FiscalPeriodReference, references as finance } from '#finance/published.ts';
import { newId } from '#kernel/ids.ts';
import type { DataOf } from '#kernel/published.ts';
import type { AssignmentReference, EmployeeReference, references as resources } from '#resources/published.ts';

type Filled<Data> = (more?: Partial<Data>) => Data;

/** Whole documents as their owners publish them; a story says what it needs of them, by the owner's own type. */
export const aCustomer: Filled<CustomerReference> = (more) => ({
  name: 'Acme',
  status: 'ACTIVE',
  currency: 'EUR',
  legalEntityId: null,
  taxProfileId: null,
  party: null,
  ...more,
});

export const aContractLine: Filled<ContractLineTerms> = (more) => ({
  id: newId(),
  name: 'Work',
  method: 'TIME_AND_MATERIALS',
  kinds: ['TIME', 'EXPENSE'],
  projectIds: [],
  notToExceedMinor: null,
  amountMinor: null,
  instalments: null,
  retainer: null,
  expenses: null,
  startDate: null,
  endDate: null,
  ...more,
});

export const aContractVersion: Filled<ContractVersionTerms> = (more) => ({
  id: newId(),
  number: 1,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  recordedAt: '2026-01-01T00:00:00.000Z',
  rounding: 'HALF_UP',
  rateCardId: null,
  paymentTermDays: 30,
  notToExceedMinor: null,
  endDate: null,
  lines: [],
  rates: [],
  ...more,
});

export const aContract: Filled<ContractReference> = (more) => ({
  customerId: newId(),
  engagementId: newId(),
  legalEntityId: newId(),
  name: 'Contract',
  status: 'CONFIRMED',
  currency: 'EUR',
  startDate: '2026-01-01',
  versions: [aContractVersion()],
  ...more,
});

export const aProject: Filled<ProjectReference> = (more) => ({
  customerId: newId(),
  engagementId: newId(),
  contractId: newId(),
  legalEntityId: newId(),
  name: 'Apollo',
  status: 'ACTIVE',
  billable: true,
  startDate: null,
  endDate: null,
  selfAssign: true,
  managerId: null,
  ...more,
});

export const aTask: Filled<TaskReference> = (more) => ({
  projectId: newId(),
  name: 'Design',
  status: 'IN_PROGRESS',
  billable: true,
  startDate: null,
  endDate: null,
  ...more,
});

export const aMilestone: Filled<MilestoneReference> = (more) => ({
  customerId: newId(),
  projectId: newId(),
  contractId: newId(),
  contractLineId: null,
  name: 'Go live',
  amountMinor: '500000',
  currency: 'EUR',
  status: 'ACCEPTED',
  acceptedOn: '2026-02-20',
  ...more,
});

export const openItems: Filled<OpenItems> = (more) => ({ unbilled: 0, openTimesheets: 0, draftInvoices: 0, ...more });

export const anEmployee: Filled<EmployeeReference> = (more) => ({
  name: 'Ada',
  status: 'ACTIVE',
  legalEntityId: null,
  costCenterId: null,
  subcontractorId: null,
  managerId: null,
  weeklySeconds: '144000',
  laborCategories: [],
  hiredOn: '2020-01-01',
  terminatedOn: null,
  ...more,
});

export const anAssignment: Filled<AssignmentReference> = (more) => ({
  assignmentId: newId(),
  projectId: newId(),
  taskId: null,
  from: '2020-01-01',
  to: '2030-12-31',
  ...more,
});

export const aLaborCategory: Filled<DataOf<typeof resources.LaborCategory>> = (more) => ({ code: 'G1', name: 'Grade 1', ...more });

export const aLegalEntity: Filled<DataOf<typeof finance.LegalEntity>> = (more) => ({
  code: 'US',
  name: 'Accord Inc',
  currency: 'USD',
  countryCode: 'US',
  ...more,
});

export const aTaxProfile: Filled<DataOf<typeof finance.TaxProfile>> = (more) => ({ code: 'NONE', legalEntityId: newId(), ...more });

export const aCostCenter: Filled<DataOf<typeof finance.CostCenter>> = (more) => ({ code: 'CC', name: 'Consulting', legalEntityId: null, ...more });

export const aRateCard: Filled<DataOf<typeof finance.RateCard>> = (more) => ({
  name: 'Standard',
  kind: 'SALES',
  currency: 'USD',
  customerId: null,
  legalEntityId: null,
  ...more,
});

export const aFiscalPeriod: Filled<FiscalPeriodReference> = (more) => ({
  id: newId(),
  name: '2026-01',
  from: '2026-01-01',
  to: '2026-01-31',
  status: 'OPEN',
  ...more,
});
