/** A document of ours, and the fields without which its answer says nothing: who may not have them is not offered it. */
export type Question = { text: string; needs: readonly string[] };

const page = 'totalCount totalCountCapped pageInfo { hasNextPage endCursor }';
const money = '{ amount currency }';

export const customers: Question = {
  text: `query AgentCustomers($first: Int!, $after: Cursor, $filter: CustomerFilter) {
    customers(first: $first, after: $after, filter: $filter) { ${page} nodes { id name status currency legalName billingEmail } }
  }`,
  needs: ['Query.customers'],
};

export const projects: Question = {
  text: `query AgentProjects($first: Int!, $after: Cursor, $filter: ProjectFilter) {
    projects(first: $first, after: $after, filter: $filter) { ${page} nodes { id name status billable startDate endDate customer { id name } contract { id name } } }
  }`,
  needs: ['Query.projects'],
};

export const employees: Question = {
  text: `query AgentEmployees($first: Int!, $after: Cursor, $filter: EmployeeFilter) {
    employees(first: $first, after: $after, filter: $filter) { ${page} nodes { id name title workEmail } }
  }`,
  needs: ['Query.employees'],
};

export const invoices: Question = {
  text: `query AgentInvoices($first: Int!, $after: Cursor, $filter: InvoiceFilter) {
    invoices(first: $first, after: $after, filter: $filter) { ${page} nodes {
      id number kind status invoiceDate dueDate overdue customer { id name } total ${money} open ${money}
      lines(first: 20) { totalCount nodes { id position description kind hours amount ${money} } }
    } }
  }`,
  needs: ['Query.invoices'],
};

const explained = `rule matchedDimensions rate ${money} currency markUpPercent contractVersionNumber conversion { text } text`;
const line = `id position description kind hours amount ${money} tax ${money} taxBasisPoints discount ${money} discountReason
  supplyStartDate supplyEndDate conversions { text } pricing { rounding rate ${money} difference ${money} }
  invoice { id number status customer { id name } }`;

/** Of a line all that explains it; the firm's own, and what its clients are shown of the same. */
export const invoiceLine: Question = {
  text: `query AgentInvoiceLine($id: ID!) { node(id: $id) { ... on InvoiceLine { ${line}
    actualCount actuals(first: 50) { id workDate hours amount ${money} employee { id name } priceExplanation { ${explained} } }
  } } }`,
  needs: ['Query.node'],
};
export const invoiceLineOfClient: Question = {
  text: `query AgentInvoiceLineOfClient($id: ID!) { node(id: $id) { ... on InvoiceLine { ${line}
    timeEntries(first: 50) { id workDate hours employee { id name } }
  } } }`,
  needs: ['Query.node'],
};

export const actual: Question = {
  text: `query AgentActual($id: ID!) { actual(id: $id) {
    id kind status holdCode holdReason workDate accountingDate hours amount ${money} description
    customer { id name } project { id name } employee { id name } invoice { id number } reversedBy { id } priceExplanation { ${explained} }
  } }`,
  needs: ['Query.actual'],
};

const cause = `id version process code message status subjectType subjectId owner age hours moneyAtRisk ${money} attempts
  customer { id name } project { id name } employee { id name } cures { mutation does } availableActions { name mutation refusals }`;

export const exceptions: Question = {
  text: `query AgentExceptions($first: Int!, $after: Cursor, $filter: ProcessExceptionFilter!) { operations {
    exceptions(first: $first, after: $after, filter: $filter) { ${page} nodes { ${cause} } }
    exceptionSummary(groupBy: CODE, filter: $filter) { code count hours moneyAtRisk ${money} }
  } }`,
  needs: ['Query.operations', 'Operations.exceptions'],
};

export const exceptionsById: Question = {
  text: `query AgentExceptionsById($ids: [ID!]!) { nodes(ids: $ids) { ... on ProcessException { ${cause} } } }`,
  needs: ['Query.nodes'],
};

export const rerateProposals: Question = {
  text: `query AgentRerateProposal($id: ID!) { rerateProposal(id: $id) {
    id version kind status entries before ${money} after ${money} difference ${money}
    contract { id name } invoice { id number } availableActions { name mutation refusals }
  } }`,
  needs: ['Query.rerateProposal'],
};

export const rerate: Question = {
  text: `query AgentRerate($input: PreviewRerateInput!, $first: Int!, $after: Cursor) { previewRerate(input: $input) {
    effectiveFrom contract { id name } amendment { id }
    totals { outcome currency entries hours before ${money} after ${money} difference ${money} }
    invoices { kind entries difference ${money} invoice { id number status } }
    lines(first: $first, after: $after) { ${page} nodes {
      outcome workDate hours before ${money} after ${money} difference ${money} adjusted hold refused { code message }
      project { id name } employee { id name } afterExplanation { text }
    } }
  } }`,
  needs: ['Query.previewRerate'],
};

const refusals = 'userErrors { code message field guard retryable }';
const changed = `exception { id version status owner } ${refusals} replayed`;

/** Those that a confirmation alone runs, by their names. */
export const changes = {
  retryExceptions: `mutation AgentRetryExceptions($input: RetryExceptionsInput!) { retryExceptions(input: $input) {
    succeeded failed results { index exception { id version status } ${refusals} } ${refusals} replayed
  } }`,
  assignException: `mutation AgentAssignException($input: AssignExceptionInput!) { assignException(input: $input) { ${changed} } }`,
  dismissException: `mutation AgentDismissException($input: DismissExceptionInput!) { dismissException(input: $input) { ${changed} } }`,
  acceptRerateProposal: `mutation AgentAcceptRerate($input: AcceptRerateProposalInput!) { acceptRerateProposal(input: $input) {
    rerateProposal { id version status creditNote { id number } rebilled { id number } } ${refusals} replayed
  } }`,
  dismissRerateProposal: `mutation AgentDismissRerate($input: DismissRerateProposalInput!) { dismissRerateProposal(input: $input) {
    rerateProposal { id version status reason } ${refusals} replayed
  } }`,
} as const;

export const changeOf = (mutation: keyof typeof changes): Question => ({ text: changes[mutation], needs: [`Mutation.${mutation}`] });

const reading = [customers, projects, employees, invoices, invoiceLine, invoiceLineOfClient, actual, exceptions, exceptionsById, rerateProposals, rerate];

/** All that tools ask without changing anything. */
export const questions: readonly string[] = reading.map(({ text }) => text);
