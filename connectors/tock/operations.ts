import type { BulkOperation } from './bulk.ts';

type Upsert = { mutation: string; field: string; select?: string };

const errors = 'userErrors { code message guard retryable }';

/** Every bulk mutation answers in the same form; `select` is what is wanted of the entity. */
function bulk({ mutation, field, select = 'id' }: Upsert, input: string): BulkOperation {
  const entity = select === '' ? '' : `${field} { ${select} } `;
  const document = `mutation Tock($input: ${input}!) { ${mutation}(input: $input) { results { index ${entity}${errors} } succeeded replayed ${errors} } }`;
  return { document, mutation, field };
}

export const upsertLegalEntities = bulk({ mutation: 'upsertLegalEntities', field: 'legalEntity' }, 'UpsertLegalEntitiesInput');
export const upsertTaxProfiles = bulk({ mutation: 'upsertTaxProfiles', field: 'taxProfile' }, 'UpsertTaxProfilesInput');
export const upsertLaborCategories = bulk({ mutation: 'upsertLaborCategories', field: 'laborCategory' }, 'UpsertLaborCategoriesInput');
export const upsertRateCards = bulk({ mutation: 'upsertRateCards', field: 'rateCard' }, 'UpsertRateCardsInput');
export const upsertCustomers = bulk({ mutation: 'upsertCustomers', field: 'customer' }, 'UpsertCustomersInput');
export const upsertEmployees = bulk({ mutation: 'upsertEmployees', field: 'employee' }, 'UpsertEmployeesInput');
export const upsertEngagements = bulk({ mutation: 'upsertEngagements', field: 'engagement' }, 'UpsertEngagementsInput');
export const upsertContracts = bulk({ mutation: 'upsertContracts', field: 'contract' }, 'UpsertContractsInput');
export const upsertProjects = bulk({ mutation: 'upsertProjects', field: 'project' }, 'UpsertProjectsInput');
export const createTimesheets = bulk({ mutation: 'createTimesheets', field: 'timesheet', select: 'id status' }, 'CreateTimesheetsInput');
/** Nobody needs the entries themselves: the answer says what was refused. */
export const recordTimeEntries = bulk({ mutation: 'recordTimeEntries', field: 'timeEntry', select: '' }, 'RecordTimeEntriesInput');
export const submitTimesheets = bulk({ mutation: 'submitTimesheets', field: 'timesheet', select: 'id status' }, 'SubmitTimesheetsInput');
export const approveTimesheets = bulk({ mutation: 'approveTimesheets', field: 'timesheet', select: 'id status' }, 'ApproveTimesheetsInput');

export const createFiscalPeriods = `mutation TockPeriods($input: CreateFiscalPeriodsInput!) {
  createFiscalPeriods(input: $input) { fiscalPeriods { id } replayed ${errors} }
}`;

export const rateCardVersions = `query TockRates($ids: [ID!]!) {
  rateCardVersions(first: 250, filter: { rateCardIds: $ids }) {
    nodes { id version status effectiveFrom rateCard { id } lines { laborCategory { id } employee { id } rate { amount } } }
  }
}`;

export const createRateCardVersion = `mutation TockRateVersion($input: CreateRateCardVersionInput!) {
  createRateCardVersion(input: $input) { rateCardVersion { id } replayed ${errors} }
}`;

export const updateRateCardVersion = `mutation TockRateVersionLines($input: UpdateRateCardVersionInput!) {
  updateRateCardVersion(input: $input) { rateCardVersion { id } replayed ${errors} }
}`;

export const publishRateCardVersion = `mutation TockPublish($input: RateCardVersionActionInput!) {
  publishRateCardVersion(input: $input) { rateCardVersion { id } replayed ${errors} }
}`;

/** All customers there are, whoever brought them. */
export const customerCount = 'query TockNeighbours { customers(first: 0) { totalCount } }';

/** Whom the totals are about: the firm's customers, by the source's ids. */
export const customersByRef = `query TockCustomers($refs: [ExternalRefInput!]!) {
  customers(first: 250, filter: { externalRefs: $refs }) { nodes { id externalRefs { system externalId } } }
}`;

/** And its people. */
export const employeesByRef = `query TockEmployees($refs: [ExternalRefInput!]!) {
  employees(first: 250, filter: { externalRefs: $refs }) { nodes { id } }
}`;

/** Everything that the closing report says, but for what was read and refused. */
export const totals = `query TockTotals($customers: [ID!]!, $employees: [ID!]!) {
  timesheets(first: 0, filter: { employeeIds: $employees }) { totalCount }
  approved: timesheets(first: 0, filter: { employeeIds: $employees, statuses: [APPROVED] }) { totalCount }
  byStatus: timeSummary(groupBy: STATUS, filter: { customerIds: $customers }) { status entries hours }
  byCustomer: timeSummary(groupBy: CUSTOMER, filter: { customerIds: $customers, statuses: [APPROVED, RECALL_REQUESTED] }, first: 1000) { customer { id } entries hours }
  actualSummary(groupBy: [KIND, CUSTOMER], filter: { customerIds: $customers }) { kind customer { id } count hours amount { amount currency } }
  approvedNotPostedSummary(filter: { customerIds: $customers }) { pending { entries hours } inException { entries hours } }
  operations { exceptionSummary(groupBy: CODE, filter: { customerIds: $customers, statuses: [OPEN, RETRYING] }) { code count hours } }
}`;

export const pending = `query TockPending($customers: [ID!]!) {
  approvedNotPostedSummary(filter: { customerIds: $customers }) { entries pending { entries } inException { entries } }
}`;

/** What this very run caused, by the correlation id that went with all of its calls. */
export const caused = `query TockCaused($correlationId: String!) {
  operations { businessTrace(correlationId: $correlationId) { entries { event { id } } } }
}`;
