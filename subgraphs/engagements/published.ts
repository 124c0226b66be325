import { anyId, day, digits, firmOnly, flag, id, instant, internal, list, nullable, oneOf, text, thing, whole } from '#kernel/fields.ts';
import { catalogue, type DataOf, document, documents, fact } from '#kernel/published.ts';
import { amendment, change, contract, customer, engagement, milestone, opportunity, previousStatus, project, provisioning, reason, task } from './payloads.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'customer:read': true;
    'customer:write': true;
    'opportunity:read': true;
    'opportunity:write': true;
    'opportunity:win': true;
    'opportunity:reopen': true;
    'engagement:read': true;
    'engagement:write': true;
    'engagement:reopen': true;
    'contract:read': true;
    'contract:write': true;
    'contract:amend': true;
    'contract:accept': true;
    'contract:acknowledge': true;
    'contract:confirm': true;
    'contract:reopen': true;
    'project:read': true;
    'project:write': true;
    'project:reopen': true;
    'project:provision': true;
    'task:read': true;
    'task:write': true;
    'milestone:read': true;
    'milestone:write': true;
    'milestone:accept': true;
  }
}

declare module '#kernel/facts.ts' {
  interface Dimensions {
    customerId: true;
    engagementId: true;
    projectId: true;
  }
}

const outside = ['CLIENT', 'PARTNER'] as const;
/** A contract that the firm has not concluded, or never did, is no client's business. */
const undisclosed = (payload: { status: string }): boolean => ['DRAFT', 'IN_REVIEW', 'LOST'].includes(payload.status);

/** The facts of the engagements subgraph. */
export const facts = catalogue('engagements', {
  CustomerCreated: fact({ subject: 'Customer', description: 'A customer was created.', read: 'customer:read', fields: customer }),
  CustomerUpdated: fact({ subject: 'Customer', description: 'A customer or its status changed.', read: 'customer:read', outside, fields: customer }),
  OpportunityCreated: fact({ subject: 'Opportunity', description: 'An opportunity was noted.', read: 'opportunity:read', fields: opportunity }),
  OpportunityUpdated: fact({ subject: 'Opportunity', description: 'An opportunity changed.', read: 'opportunity:read', fields: opportunity }),
  OpportunityWon: fact({
    subject: 'Opportunity',
    description: 'A customer said yes: engagement, contract and project follow.',
    read: 'opportunity:read',
    fields: opportunity,
  }),
  OpportunityLost: fact({
    subject: 'Opportunity',
    description: 'An opportunity came to nothing.',
    read: 'opportunity:read',
    fields: { ...opportunity, reason: text('Why it was lost.') },
  }),
  OpportunityReopened: fact({
    subject: 'Opportunity',
    description: 'A lost opportunity is worked on again.',
    read: 'opportunity:read',
    fields: { ...opportunity, reason },
  }),
  EngagementCreated: fact({ subject: 'Engagement', description: 'An engagement was created.', read: 'engagement:read', outside, fields: engagement }),
  EngagementStatusChanged: fact({
    subject: 'Engagement',
    description: 'An engagement moved on in its lifecycle.',
    read: 'engagement:read',
    outside,
    fields: { ...engagement, previousStatus },
  }),
  EngagementReopened: fact({
    subject: 'Engagement',
    description: 'A completed engagement is open again.',
    read: 'engagement:read',
    fields: { ...engagement, reason },
  }),
  ContractUpdated: fact({
    subject: 'Contract',
    description: 'A contract was drafted, its content changed, a version was added, or it moved on in its lifecycle.',
    read: 'contract:read',
    outside,
    hides: undisclosed,
    fields: contract,
  }),
  ContractConfirmed: fact({ subject: 'Contract', description: 'A contract came into force.', read: 'contract:read', outside, fields: contract }),
  ContractClosed: fact({
    subject: 'Contract',
    description: 'A contract was settled, or lost before it came about.',
    read: 'contract:read',
    outside,
    hides: undisclosed,
    fields: contract,
  }),
  ContractReopened: fact({
    subject: 'Contract',
    description: 'A completed contract is in force again.',
    read: 'contract:read',
    fields: { ...contract, reason },
  }),
  AmendmentStatusChanged: fact({
    subject: 'Amendment',
    description: 'An amendment of a contract was submitted, accepted, rejected or withdrawn.',
    read: 'contract:read',
    outside: ['CLIENT'],
    hides: ({ status: now }) => now !== 'ACCEPTED',
    fields: { ...amendment, effectiveFrom: day('The day from which on it is to hold.'), previousStatus },
  }),
  ContractAmended: fact({
    subject: 'Amendment',
    description: 'An amendment was applied: its contract says otherwise from a day on.',
    read: 'contract:read',
    outside: ['CLIENT'],
    fields: {
      ...amendment,
      effectiveFrom: day('The first day on which it holds; it may lie before the day on which it was applied.'),
      adjustmentDate: nullable(firmOnly(day('The day in the books for what lies in a closed period; null means the first open day.'))),
      endDate: nullable(day('The last day of the contract, as it is now.')),
      versionNumber: whole('The number of the newest version then.'),
      changed: list(text('What the contract says otherwise, a sentence each.')),
      changes: internal(list(change, 'The same in parts; amendment.changes shows them.')),
    },
  }),
  ProjectCreated: fact({
    subject: 'Project',
    description: 'A project was created; one that comes from an opportunity is told of once it is ACTIVE.',
    read: 'project:read',
    outside,
    fields: project,
  }),
  ProvisioningRequested: fact({
    subject: 'Provisioning',
    description: 'A system outside has to set up a project, and to answer.',
    read: 'project:read',
    fields: provisioning,
  }),
  ProvisioningOverdue: fact({
    subject: 'Provisioning',
    description: 'A system outside has not answered for long: a reminder, before what was begun is taken back.',
    read: 'project:read',
    fields: provisioning,
  }),
  ProvisioningAcknowledged: fact({
    subject: 'Provisioning',
    description: 'A system outside has set up a project.',
    read: 'project:read',
    fields: provisioning,
  }),
  ProvisioningRefused: fact({
    subject: 'Provisioning',
    description: 'A system outside cannot set up a project, or will not.',
    read: 'project:read',
    fields: { ...provisioning, reason: text('Why, as the system said.') },
  }),
  ProjectStatusChanged: fact({
    subject: 'Project',
    description: 'A project moved on in its lifecycle.',
    read: 'project:read',
    outside,
    fields: { ...project, previousStatus },
  }),
  ProjectReopened: fact({
    subject: 'Project',
    description: 'A completed project takes work again.',
    read: 'project:read',
    fields: { ...project, reason },
  }),
  TaskCreated: fact({ subject: 'Task', description: 'A task was created.', read: 'task:read', outside, fields: task }),
  TaskStatusChanged: fact({
    subject: 'Task',
    description: 'A task moved on in its lifecycle.',
    read: 'task:read',
    outside,
    fields: { ...task, previousStatus },
  }),
  MilestoneReached: fact({
    subject: 'Milestone',
    description: 'The firm says that a milestone is reached.',
    read: 'milestone:read',
    outside,
    fields: milestone,
  }),
  MilestoneAccepted: fact({
    subject: 'Milestone',
    description: 'The customer accepted a milestone: it may be billed.',
    read: 'milestone:read',
    outside,
    fields: milestone,
  }),
});

export type FactName = keyof typeof facts;

const ownName = text('Its name.');
const ownStatus = text('Its state.');
const minor = digits('Minor units of the contract currency.');
const first = nullable(day('Its first day; null when it is open.'));
const last = nullable(day('Its last day; null when it is open.'));

const line = thing(
  {
    id: anyId('The line.'),
    name: ownName,
    method: oneOf(['TIME_AND_MATERIALS', 'FIXED_FEE', 'MILESTONE', 'RETAINER'], 'How it is billed.'),
    kinds: list(oneOf(['TIME', 'EXPENSE', 'FEE'], 'What it bills.')),
    projectIds: list(anyId('A project that it bills.'), 'The projects that it bills; none means all of the contract.'),
    notToExceedMinor: nullable(minor),
    amountMinor: nullable(minor),
    instalments: nullable(
      list(
        thing({ name: ownName, dueOn: day('The day on which it is due.'), minor }, 'A part of a fixed fee.'),
        'What of a fixed fee is due when; null where nobody said.',
      ),
    ),
    retainer: nullable(
      thing(
        {
          every: oneOf(['MONTH', 'QUARTER', 'YEAR'], 'How often it is billed in advance.'),
          unused: oneOf(['EXPIRES', 'ROLLS_OVER'], 'What becomes of what nobody drew by the end of a period.'),
        },
        'How a retainer is billed and drawn; null where nobody said.',
      ),
    ),
    expenses: nullable(
      thing(
        {
          markUpBasisPoints: whole('What is added to what expenses cost, in hundredths of a per cent.'),
          perDiems: list(thing({ category: text('The category of the expense.'), minor }, 'What a day is sold for.'), 'Categories that are sold by the day.'),
        },
        'What expenses are sold for; null: for what they cost.',
      ),
    ),
    startDate: first,
    endDate: last,
  },
  'A line of a contract.',
);
const rate = thing(
  {
    id: anyId('The rate.'),
    lineId: nullable(anyId('The line that it is for; null for all lines.')),
    employeeId: nullable(id('Employee')),
    laborCategoryId: nullable(id('LaborCategory')),
    minor: digits('Minor units of the contract currency per hour.'),
    effectiveFrom: day('The first day that it prices.'),
    effectiveTo: last,
  },
  'A rate that the contract agrees.',
);
const version = thing(
  {
    id: anyId('The version.'),
    number: whole('Its number; they count from 1.'),
    effectiveFrom: day('The first day on which it holds.'),
    effectiveTo: nullable(day('The last day on which it holds; null while no later version ends it.')),
    recordedAt: instant('When it was recorded: whoever asks what was known before does not know it.'),
    rounding: oneOf(['HALF_UP', 'HALF_EVEN'], 'How amounts are rounded.'),
    rateCardId: nullable(id('RateCard')),
    paymentTermDays: whole('Days from the date of an invoice until it is due.'),
    notToExceedMinor: nullable(minor),
    endDate: last,
    lines: list(line),
    rates: list(rate),
  },
  'One version of a contract.',
);

const address = thing(
  {
    lines: list(text('Street and number, floor, post-office box.')),
    city: nullable(text('The town.')),
    postalCode: nullable(text('The postal code.')),
    region: nullable(text('The state, province or region.')),
    countryCode: text('Its country, ISO 3166.'),
  },
  'A postal address in parts.',
);

const party = thing(
  {
    legalName: nullable(text('The registered name, where it is another one than people use.')),
    postalAddress: nullable(address),
    billingAddress: nullable(text('The postal address as it was written before it had parts.')),
    vatId: nullable(text('The VAT identifier.')),
    registrationNumber: nullable(text('The number in the register of companies.')),
    buyerReference: nullable(text('What the customer wants to read on invoices.')),
    electronicAddress: nullable(text('Where electronic invoices are received.')),
  },
  'What invoices say of the customer; null of one from before it was published.',
);

/** What siblings may rely on of the entities of this subgraph. */
export const references = documents('engagements', {
  Customer: document('A customer.', {
    name: ownName,
    status: ownStatus,
    currency: nullable(text('The currency of new contracts.')),
    legalEntityId: nullable(id('LegalEntity')),
    taxProfileId: nullable(id('TaxProfile')),
    party: nullable(party),
  }),
  Engagement: document('An engagement.', { customerId: id('Customer'), name: ownName, status: ownStatus }),
  Contract: document('A contract with all its versions: readers pick by the date of the work.', {
    customerId: id('Customer'),
    engagementId: id('Engagement'),
    legalEntityId: nullable(id('LegalEntity')),
    name: ownName,
    status: ownStatus,
    currency: text('The currency that it is agreed in.'),
    startDate: day('Its first day.'),
    versions: list(version),
  }),
  Amendment: document('An amendment of a contract, and what the contract would say with it as it stands now.', {
    contractId: id('Contract'),
    customerId: id('Customer'),
    name: ownName,
    status: ownStatus,
    effectiveFrom: day('The first day on which it would hold.'),
    adjustmentDate: nullable(day('The day in the books for what lies in a closed period; null means the first open day.')),
    versions: list(version, 'All versions that the contract would have; none where it is open no more, or would not go.'),
  }),
  Project: document('A project; its legal entity is its contract’s.', {
    customerId: id('Customer'),
    engagementId: id('Engagement'),
    contractId: nullable(id('Contract')),
    legalEntityId: nullable(id('LegalEntity')),
    name: ownName,
    status: ownStatus,
    billable: flag('True when its work is billed unless the work says otherwise.'),
    startDate: first,
    endDate: last,
    selfAssign: flag('True when people record work without an assignment.'),
    managerId: nullable(id('Employee')),
  }),
  Task: document('A task of a project.', {
    projectId: id('Project'),
    name: ownName,
    status: ownStatus,
    billable: flag('True when its work is billed unless the work says otherwise.'),
    startDate: first,
    endDate: last,
  }),
  Milestone: document('A milestone and its fee.', {
    customerId: id('Customer'),
    projectId: id('Project'),
    contractId: id('Contract'),
    contractLineId: nullable(anyId('The line whose fee it is.')),
    name: ownName,
    amountMinor: minor,
    currency: text('The currency of the fee.'),
    status: ownStatus,
    acceptedOn: nullable(day('The day on which the customer accepted it.')),
  }),
  ProjectOpenItems: document('What billing and time still have open for a project. A process publishes it; absent when nothing ever was.', {
    unbilled: whole('Actuals that no invoice bills yet.'),
    openTimesheets: whole('Timesheets that wait for a decision or for posting.'),
    draftInvoices: whole('Invoices that are not posted yet.'),
  }),
});

export type CustomerReference = DataOf<typeof references.Customer>;
export type ContractReference = DataOf<typeof references.Contract>;
export type ContractVersionTerms = ContractReference['versions'][number];
export type ContractLineTerms = ContractVersionTerms['lines'][number];
export type ContractRateTerms = ContractVersionTerms['rates'][number];
export type ProjectReference = DataOf<typeof references.Project>;
export type TaskReference = DataOf<typeof references.Task>;
export type MilestoneReference = DataOf<typeof references.Milestone>;
export type OpenItems = DataOf<typeof references.ProjectOpenItems>;
