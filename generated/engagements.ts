import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerRow, EngagementRow, ContractRow, ContractLineRow, ContractRateRow, ProjectRow, TaskRow, MilestoneRow } from '../subgraphs/engagements/tables.ts';
import type { Connection } from '../kernel/connection.ts';
import type { Context } from '../kernel/context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 4217 currency code, such as "USD". */
  CurrencyCode: { input: string; output: string; }
  /** An opaque place in a list or in the log. Keep it as it is. */
  Cursor: { input: string; output: string; }
  /** A calendar date, YYYY-MM-DD. Work is done on dates, never at instants. */
  Date: { input: string; output: string; }
  /** An instant in UTC, ISO 8601 with milliseconds. */
  DateTime: { input: Date; output: Date; }
  /** An exact decimal as text, such as "12.50". Never a float. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Which milestone was accepted, and when. */
export type AcceptMilestoneInput = {
  /** The day on which the customer accepted it; today (UTC) when absent. Not before it was reached. */
  acceptedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which milestone. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** An action that a workflow state allows, and what stands against it for the present actor. */
export type AvailableAction = {
  __typename?: 'AvailableAction';
  /** The action's name, as in docs/lifecycles.md. */
  name: Scalars['String']['output'];
  /** Why it would be refused now, each as "guard: sentence"; empty when it is allowed. */
  refusals: Array<Scalars['String']['output']>;
};

/** What can be billed. */
export type BillingKind =
  /** Expenses passed on. */
  | 'EXPENSE'
  /** Sums agreed in advance. */
  | 'FEE'
  /** Hours worked. */
  | 'TIME';

/** How a contract line is billed. */
export type BillingMethod =
  /** By a sum agreed in advance. */
  | 'FIXED_FEE'
  /** By milestones, when they are accepted. */
  | 'MILESTONE'
  /** By a sum in advance, then drawn down. */
  | 'RETAINER'
  /** By hours and expenses. */
  | 'TIME_AND_MATERIALS';

/** What customer and firm agreed on: legal entity, currency, lines and rates. Frozen once it leaves DRAFT. Owner of truth: ERP. */
export type Contract = {
  __typename?: 'Contract';
  /** What could be done with the contract now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When the contract was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency of every amount and rate of the contract. */
  currency: Scalars['CurrencyCode']['output'];
  /** With whom. */
  customer: Customer;
  /** The last day; null when it is open-ended. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The engagement that it pays for. */
  engagement: Engagement;
  /** How other systems call the contract. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Notes of the firm; always null for a client. */
  internalNotes?: Maybe<Scalars['String']['output']>;
  /** The legal entity of the firm that contracts and invoices; null in a draft that does not know it. */
  legalEntity?: Maybe<LegalEntity>;
  /** What is billed, by which method, in the order in which it was drafted; at most 100. */
  lines: Array<ContractLine>;
  /** The milestones that the contract pays for. */
  milestones: MilestoneConnection;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** Days from the invoice date to the due date. */
  paymentTermDays: Scalars['Int']['output'];
  /** The projects that work under the contract. */
  projects: ProjectConnection;
  /** The rate card that prices what the contract's own rates do not; null when there is none. */
  rateCard?: Maybe<RateCard>;
  /** The rates agreed in the contract itself, those of its lines among them; at most 500. */
  rates: Array<ContractRate>;
  /** How the amount of each line on an invoice is rounded to the minor unit. */
  rounding: RoundingPolicy;
  /** The first day on which work counts under the contract. */
  startDate: Scalars['Date']['output'];
  /** Where the contract is in its lifecycle. */
  status: ContractStatus;
  /** When the contract last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** What customer and firm agreed on: legal entity, currency, lines and rates. Frozen once it leaves DRAFT. Owner of truth: ERP. */
export type ContractMilestonesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<MilestoneFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MilestoneOrder>;
};


/** What customer and firm agreed on: legal entity, currency, lines and rates. Frozen once it leaves DRAFT. Owner of truth: ERP. */
export type ContractProjectsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};

/** Which contract an action is for. */
export type ContractActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which contract. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a contract. */
export type ContractActionPayload = {
  __typename?: 'ContractActionPayload';
  /** The contract; null when it was refused. */
  contract?: Maybe<Contract>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of contracts. */
export type ContractConnection = {
  __typename?: 'ContractConnection';
  /** The rows with their cursors. */
  edges: Array<ContractEdge>;
  /** The rows. */
  nodes: Array<Contract>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many contracts meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A contract and its place in the list. */
export type ContractEdge = {
  __typename?: 'ContractEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Contract;
};

/** Which contracts; all conditions must be met. */
export type ContractFilter = {
  /** Only those of these customers. */
  customerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those of these engagements. */
  engagementId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only contracts with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<ContractStatus>>;
};

/** One line of a contract: what is billed, by which method. */
export type ContractLine = {
  __typename?: 'ContractLine';
  /** The sum of a fixed fee, milestone or retainer line; null for time and materials. */
  amount?: Maybe<Money>;
  /** The last day that the line covers; null means the contract's. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The id that Accord gave; a line that keeps its name keeps its id. */
  id: Scalars['ID']['output'];
  /** What the line bills. */
  kinds: Array<BillingKind>;
  /** How the line is billed. */
  method: BillingMethod;
  /** Unique within the contract. */
  name: Scalars['String']['output'];
  /** What may be billed under the line at most; null when there is no limit. */
  notToExceed?: Maybe<Money>;
  /** The projects that the line bills; empty means all projects of the engagement. */
  projects: Array<Project>;
  /** The rates that hold for this line only: they come before any other rate. */
  rates: Array<ContractRate>;
  /** The first day that the line covers; null means the contract's. */
  startDate?: Maybe<Scalars['Date']['output']>;
};

/** One line of a contract. */
export type ContractLineInput = {
  /** The sum; needed for a fixed fee and a retainer, optional for milestones, refused for time and materials. */
  amount?: InputMaybe<MoneyInput>;
  /** The last day that the line covers; absent means the contract's. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** What the line bills; at least one kind. */
  kinds: Array<BillingKind>;
  /** How the line is billed. */
  method: BillingMethod;
  /** Unique within the contract; a line that keeps its name keeps its id. 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** What may be billed under the line at most. */
  notToExceed?: InputMaybe<MoneyInput>;
  /** The projects that the line bills, of the contract's engagement; absent or empty means all of them. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The rates that hold for this line only. */
  rates?: InputMaybe<Array<ContractRateInput>>;
  /** The first day that the line covers; absent means the contract's. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The order of contracts. */
export type ContractOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: ContractOrderField;
};

/** What contracts can be ordered by. */
export type ContractOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME'
  /** By the first day. */
  | 'START_DATE';

/** A rate per hour that the contract itself fixes. */
export type ContractRate = {
  __typename?: 'ContractRate';
  /** The first work date that it holds for. */
  effectiveFrom: Scalars['Date']['output'];
  /** The last work date that it holds for; null when it is open-ended. */
  effectiveTo?: Maybe<Scalars['Date']['output']>;
  /** The employee that the rate is for; null when it is not for one employee. */
  employee?: Maybe<Employee>;
  /** The id that Accord gave. */
  id: Scalars['ID']['output'];
  /** The labor category that the rate is for; null when it is not for one. */
  laborCategory?: Maybe<LaborCategory>;
  /** The contract line that the rate holds for; null when it holds for the contract. */
  lineId?: Maybe<Scalars['ID']['output']>;
  /** The price of an hour. */
  rate: Money;
};

/** A rate per hour that the contract itself fixes, for an employee or for a labor category, not for both; below a line also for everybody. */
export type ContractRateInput = {
  /** The first work date that it holds for; absent means the contract's first day. */
  effectiveFrom?: InputMaybe<Scalars['Date']['input']>;
  /** The last work date that it holds for; absent means open-ended. */
  effectiveTo?: InputMaybe<Scalars['Date']['input']>;
  /** The employee that the rate is for. */
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  /** The labor category that the rate is for. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** The price of an hour; not negative. */
  rate: MoneyInput;
};

/** The lifecycle of a contract. */
export type ContractStatus =
  /** Done and settled. */
  | 'CLOSED'
  /** Everything agreed was done. */
  | 'COMPLETED'
  /** In force. */
  | 'CONFIRMED'
  /** Being written; the content may change. */
  | 'DRAFT'
  /** Written; somebody decides on it. */
  | 'IN_REVIEW'
  /** Never came about. */
  | 'LOST'
  /** In force, but nothing new is worked or billed. */
  | 'SUSPENDED';

/** A contract to create. */
export type CreateContractInput = {
  /** The currency of the contract; a new contract takes the customer's when absent. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The last day; absent or null means open-ended. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The engagement that it pays for; it stays so. */
  engagementId: Scalars['ID']['input'];
  /** How other systems call the contract. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The legal entity of the firm that contracts; a new contract takes the customer's when absent. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The lines; all of them, given ones replace those that are there. At most 100. */
  lines?: InputMaybe<Array<ContractLineInput>>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** Days from the invoice date to the due date, 0 to 365; 30 for a new contract when absent. */
  paymentTermDays?: InputMaybe<Scalars['Int']['input']>;
  /** The sales rate card that prices what the contract's own rates do not. */
  rateCardId?: InputMaybe<Scalars['ID']['input']>;
  /** The rates that hold for every line; all of them, given ones replace those that are there. At most 500 with those of the lines. */
  rates?: InputMaybe<Array<ContractRateInput>>;
  /** How line amounts are rounded; HALF_UP for a new contract when absent. */
  rounding?: InputMaybe<RoundingPolicy>;
  /** The first day on which work counts under the contract. */
  startDate: Scalars['Date']['input'];
};

/** The answer of createContract. */
export type CreateContractPayload = {
  __typename?: 'CreateContractPayload';
  /** The contract; null when it was refused. */
  contract?: Maybe<Contract>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A customer to create. */
export type CreateCustomerInput = {
  /** The postal address on invoices. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
  /** Where invoices go. */
  billingEmail?: InputMaybe<Scalars['String']['input']>;
  /** The currency to bill in unless a contract says otherwise. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** How other systems call the customer. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The legal entity of the firm that serves the customer. Needed before ACTIVE. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The customer that this one belongs to. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How the customer is taxed. Needed before ACTIVE. */
  taxProfileId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of createCustomer. */
export type CreateCustomerPayload = {
  __typename?: 'CreateCustomerPayload';
  /** The customer; null when it was refused. */
  customer?: Maybe<Customer>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** An engagement to create. */
export type CreateEngagementInput = {
  /** Whom it is for; it stays so. */
  customerId: Scalars['ID']['input'];
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the engagement, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** How other systems call the engagement. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The first day of the engagement, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of createEngagement. */
export type CreateEngagementPayload = {
  __typename?: 'CreateEngagementPayload';
  /** The engagement; null when it was refused. */
  engagement?: Maybe<Engagement>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A milestone to create. */
export type CreateMilestoneInput = {
  /** What is billed for it, in the contract's currency; not negative. */
  amount: MoneyInput;
  /** The line of the project's contract that bills it; its method must be MILESTONE. */
  contractLineId?: InputMaybe<Scalars['ID']['input']>;
  /** How other systems call the milestone. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The day for which it is planned. */
  plannedOn: Scalars['Date']['input'];
  /** The project that has to reach it; it stays so. It must have a contract. */
  projectId: Scalars['ID']['input'];
};

/** The answer of createMilestone. */
export type CreateMilestonePayload = {
  __typename?: 'CreateMilestonePayload';
  /** The milestone; null when it was refused. */
  milestone?: Maybe<Milestone>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A project to create. */
export type CreateProjectInput = {
  /** False: its time makes cost, never a sale. True for a new project when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The contract that it works under, of the same engagement. Needed before ACTIVE, fixed from then on. */
  contractId?: InputMaybe<Scalars['ID']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the project, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The engagement that it belongs to; it stays so. */
  engagementId: Scalars['ID']['input'];
  /** How other systems call the project. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The employee who leads it. Needed before ACTIVE. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** True: people may book time without an assignment. False for a new project when absent. */
  selfAssign?: InputMaybe<Scalars['Boolean']['input']>;
  /** The first day of the project, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of createProject. */
export type CreateProjectPayload = {
  __typename?: 'CreateProjectPayload';
  /** The project; null when it was refused. */
  project?: Maybe<Project>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A task to create. */
export type CreateTaskInput = {
  /** False: its time makes cost, never a sale. As the project for a new task when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day, within the project's; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** How other systems call the task. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The project that it is a part of; it stays so. */
  projectId: Scalars['ID']['input'];
  /** The first day, within the project's. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of createTask. */
export type CreateTaskPayload = {
  __typename?: 'CreateTaskPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The task; null when it was refused. */
  task?: Maybe<Task>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Whom the firm works for. Owner of truth: CRM. */
export type Customer = {
  __typename?: 'Customer';
  /** What could be done with the customer now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The postal address on invoices; null until it is known. */
  billingAddress?: Maybe<Scalars['String']['output']>;
  /** Where invoices go; null until it is known. */
  billingEmail?: Maybe<Scalars['String']['output']>;
  /** The customers that belong to this one. */
  children: CustomerConnection;
  /** The contracts with this customer. */
  contracts: ContractConnection;
  /** When the customer was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency that the customer is billed in unless a contract says otherwise; null until it is known. */
  currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** The engagements for this customer. */
  engagements: EngagementConnection;
  /** How other systems call the customer. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm that serves the customer; null until it is known. */
  legalEntity?: Maybe<LegalEntity>;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The customer that this one belongs to, if it belongs to one. */
  parent?: Maybe<Customer>;
  /** The projects for this customer. */
  projects: ProjectConnection;
  /** Where the customer is in its lifecycle. */
  status: CustomerStatus;
  /** How the customer is taxed; null until it is known. */
  taxProfile?: Maybe<TaxProfile>;
  /** When the customer last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** Whom the firm works for. Owner of truth: CRM. */
export type CustomerChildrenArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CustomerOrder>;
};


/** Whom the firm works for. Owner of truth: CRM. */
export type CustomerContractsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ContractFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ContractOrder>;
};


/** Whom the firm works for. Owner of truth: CRM. */
export type CustomerEngagementsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EngagementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EngagementOrder>;
};


/** Whom the firm works for. Owner of truth: CRM. */
export type CustomerProjectsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};

/** Which customer an action is for. */
export type CustomerActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which customer. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a customer. */
export type CustomerActionPayload = {
  __typename?: 'CustomerActionPayload';
  /** The customer; null when it was refused. */
  customer?: Maybe<Customer>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of customers. */
export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  /** The rows with their cursors. */
  edges: Array<CustomerEdge>;
  /** The rows. */
  nodes: Array<Customer>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many customers meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A customer and its place in the list. */
export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Customer;
};

/** Which customers; all conditions must be met. */
export type CustomerFilter = {
  /** Only customers with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<CustomerStatus>>;
};

/** The order of customers. */
export type CustomerOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: CustomerOrderField;
};

/** What customers can be ordered by. */
export type CustomerOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** The lifecycle of a customer. */
export type CustomerStatus =
  /** Projects may run and invoices may go out. */
  | 'ACTIVE'
  /** No new work. */
  | 'INACTIVE'
  /** Known, not yet served. */
  | 'PROSPECT';

/** Who works for the firm. Owner of truth: HR. */
export type Employee = {
  __typename?: 'Employee';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** What the firm does for a customer under one heading: contracts say for how much, projects do it. Owner of truth: ERP. */
export type Engagement = {
  __typename?: 'Engagement';
  /** What could be done with the engagement now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The contracts that pay for it. */
  contracts: ContractConnection;
  /** When the engagement was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Whom it is for. */
  customer: Customer;
  /** What it is about; null when nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** The last day, if it is known. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** How other systems call the engagement. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The projects that do it. */
  projects: ProjectConnection;
  /** The first day, if it is known. */
  startDate?: Maybe<Scalars['Date']['output']>;
  /** Where the engagement is in its lifecycle. */
  status: EngagementStatus;
  /** When the engagement last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** What the firm does for a customer under one heading: contracts say for how much, projects do it. Owner of truth: ERP. */
export type EngagementContractsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ContractFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ContractOrder>;
};


/** What the firm does for a customer under one heading: contracts say for how much, projects do it. Owner of truth: ERP. */
export type EngagementProjectsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};

/** Which engagement an action is for. */
export type EngagementActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which engagement. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an engagement. */
export type EngagementActionPayload = {
  __typename?: 'EngagementActionPayload';
  /** The engagement; null when it was refused. */
  engagement?: Maybe<Engagement>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of engagements. */
export type EngagementConnection = {
  __typename?: 'EngagementConnection';
  /** The rows with their cursors. */
  edges: Array<EngagementEdge>;
  /** The rows. */
  nodes: Array<Engagement>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many engagements meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An engagement and its place in the list. */
export type EngagementEdge = {
  __typename?: 'EngagementEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Engagement;
};

/** Which engagements; all conditions must be met. */
export type EngagementFilter = {
  /** Only those of these customers. */
  customerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only engagements with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<EngagementStatus>>;
};

/** The order of engagements. */
export type EngagementOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: EngagementOrderField;
};

/** What engagements can be ordered by. */
export type EngagementOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** The lifecycle of an engagement. */
export type EngagementStatus =
  /** Under way. */
  | 'ACTIVE'
  /** Given up before it began. */
  | 'CANCELLED'
  /** Finished, no project is open. */
  | 'CLOSED'
  /** The work is done; money may still be open. */
  | 'COMPLETED'
  /** Being prepared. */
  | 'DRAFT'
  /** Interrupted. */
  | 'ON_HOLD';

/** The kinds of refusal. The same names stand in extensions.code of GraphQL errors. */
export type ErrorCode =
  /** The operation would cost too much. Ask for less. */
  | 'COST_LIMIT'
  /** Amounts of different currencies were mixed. */
  | 'CURRENCY_MISMATCH'
  /** The log no longer keeps what followed the cursor. Read the present state, then subscribe anew. */
  | 'CURSOR_EXPIRED'
  /** Another entity already has this external reference. */
  | 'DUPLICATE_EXTERNAL_REF'
  /** The actor lacks the permission. */
  | 'FORBIDDEN'
  /** A business rule refuses the action; guard names it. */
  | 'GUARD_REFUSED'
  /** A call with the same key is still running. Retry with the same key. */
  | 'IDEMPOTENCY_IN_PROGRESS'
  /** The idempotency key was used with other arguments. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A fault of Accord's. Quote the correlation id. */
  | 'INTERNAL'
  /** The entity's state does not allow the action. */
  | 'INVALID_TRANSITION'
  /** The time has no labor category. Assign one, then retry. */
  | 'LABOR_CATEGORY_MISSING'
  /** There is no such entity, or this actor may not know of it. */
  | 'NOT_FOUND'
  /** The contract line's limit is used up. */
  | 'NOT_TO_EXCEED'
  /** Another system owns this field. */
  | 'OWNERSHIP_VIOLATION'
  /** The fiscal period is closed. */
  | 'PERIOD_CLOSED'
  /** The project is not set up for billing. */
  | 'PROJECT_NOT_BILLABLE'
  /** Too many requests. Wait as long as it says. */
  | 'RATE_LIMITED'
  /** No rate applies on the work date. Publish one, then retry. */
  | 'RATE_NOT_FOUND'
  /** The entity changed since it was read. Read again, then decide. */
  | 'STALE_VERSION'
  /** Tax could not be determined. */
  | 'TAX_FAILED'
  /** There is no valid token. */
  | 'UNAUTHENTICATED'
  /** A system behind Accord does not answer. Retry. */
  | 'UPSTREAM_UNAVAILABLE'
  /** The input is malformed or contradicts itself. Correct it. */
  | 'VALIDATION_FAILED';

/** How another system calls an entity. Unique per system, entity type and external id. */
export type ExternalRef = {
  __typename?: 'ExternalRef';
  /** The id that the other system gave. */
  externalId: Scalars['String']['output'];
  /** When it was last synchronised. */
  syncedAt: Scalars['DateTime']['output'];
  /** The other system, such as "salesforce". */
  system: Scalars['String']['output'];
  /** The other system's version of the entity when it was last read, if it told. */
  version?: Maybe<Scalars['String']['output']>;
};

/** How another system calls an entity. */
export type ExternalRefInput = {
  /** The id that the other system gave; 1 to 255 characters. */
  externalId: Scalars['String']['input'];
  /** The other system, such as "salesforce"; 1 to 255 characters. */
  system: Scalars['String']['input'];
  /** The other system's version of the entity, if it has one. */
  version?: InputMaybe<Scalars['String']['input']>;
};

/** What kind of work an employee does, by which it is priced. */
export type LaborCategory = {
  __typename?: 'LaborCategory';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A company of the firm: it contracts, employs and invoices. Owner of truth: ERP. */
export type LegalEntity = {
  __typename?: 'LegalEntity';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** What a project has to reach; once the customer accepts it, it may be billed. Owner of truth: PSA. */
export type Milestone = {
  __typename?: 'Milestone';
  /** The day on which the customer accepted it; null before. */
  acceptedOn?: Maybe<Scalars['Date']['output']>;
  /** What is billed for it, in the contract's currency. */
  amount: Money;
  /** What could be done with the milestone now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The contract that pays for it: the project's when the milestone was planned. */
  contract: Contract;
  /** The contract line that bills it; null when it is not billed by itself. */
  contractLine?: Maybe<ContractLine>;
  /** When the milestone was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Whom it is for. */
  customer: Customer;
  /** How other systems call the milestone. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The day for which it is planned. */
  plannedOn: Scalars['Date']['output'];
  /** The project that has to reach it. */
  project: Project;
  /** The day on which it was reached; null before. */
  reachedOn?: Maybe<Scalars['Date']['output']>;
  /** Where the milestone is in its lifecycle; billing is told by its actuals. */
  status: MilestoneStatus;
  /** When the milestone last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which milestone an action is for. */
export type MilestoneActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which milestone. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a milestone. */
export type MilestoneActionPayload = {
  __typename?: 'MilestoneActionPayload';
  /** The milestone; null when it was refused. */
  milestone?: Maybe<Milestone>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of milestones. */
export type MilestoneConnection = {
  __typename?: 'MilestoneConnection';
  /** The rows with their cursors. */
  edges: Array<MilestoneEdge>;
  /** The rows. */
  nodes: Array<Milestone>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many milestones meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A milestone and its place in the list. */
export type MilestoneEdge = {
  __typename?: 'MilestoneEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Milestone;
};

/** Which milestones; all conditions must be met. */
export type MilestoneFilter = {
  /** Only those that these contracts pay for. */
  contractId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those of these customers. */
  customerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only milestones with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only those of these projects. */
  projectId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<MilestoneStatus>>;
};

/** The order of milestones. */
export type MilestoneOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: MilestoneOrderField;
};

/** What milestones can be ordered by. */
export type MilestoneOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME'
  /** By the day for which they are planned. */
  | 'PLANNED_ON';

/** The lifecycle of a milestone. */
export type MilestoneStatus =
  /** The customer accepted it. */
  | 'ACCEPTED'
  /** Given up. */
  | 'CANCELLED'
  /** To be reached. */
  | 'PLANNED'
  /** The firm says it is reached. */
  | 'REACHED';

/** An exact amount in one currency. */
export type Money = {
  __typename?: 'Money';
  /** The amount in major units, with as many fraction digits as the currency has. */
  amount: Scalars['Decimal']['output'];
  /** The ISO 4217 code. */
  currency: Scalars['CurrencyCode']['output'];
};

/** An exact amount in one currency. More fraction digits than the currency has are refused, never rounded. */
export type MoneyInput = {
  /** The amount in major units. */
  amount: Scalars['Decimal']['input'];
  /** The ISO 4217 code. */
  currency: Scalars['CurrencyCode']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** REACHED to ACCEPTED: it may be billed now. States MilestoneAccepted. */
  acceptMilestone: MilestoneActionPayload;
  /** PROSPECT or INACTIVE to ACTIVE. States CustomerUpdated. */
  activateCustomer: CustomerActionPayload;
  /** DRAFT to ACTIVE. States EngagementStatusChanged. */
  activateEngagement: EngagementActionPayload;
  /** PROVISIONING to ACTIVE, when the customer is ACTIVE, the contract CONFIRMED and a manager set. States ProjectStatusChanged. */
  activateProject: ProjectActionPayload;
  /** DRAFT to CANCELLED, when no project is open. States EngagementStatusChanged. */
  cancelEngagement: EngagementActionPayload;
  /** PLANNED to CANCELLED. */
  cancelMilestone: MilestoneActionPayload;
  /** DRAFT or PROVISIONING to CANCELLED. States ProjectStatusChanged. */
  cancelProject: ProjectActionPayload;
  /** NOT_STARTED or IN_PROGRESS to CANCELLED. States TaskStatusChanged. */
  cancelTask: TaskActionPayload;
  /** COMPLETED to CLOSED. States ContractClosed. */
  closeContract: ContractActionPayload;
  /** COMPLETED to CLOSED, when no project is open. States EngagementStatusChanged. */
  closeEngagement: EngagementActionPayload;
  /** COMPLETED to CLOSED, when nothing is unbilled, no timesheet open and no invoice a draft. States ProjectStatusChanged. */
  closeProject: ProjectActionPayload;
  /** CONFIRMED or SUSPENDED to COMPLETED. States ContractUpdated. */
  completeContract: ContractActionPayload;
  /** ACTIVE or ON_HOLD to COMPLETED. States EngagementStatusChanged. */
  completeEngagement: EngagementActionPayload;
  /** ACTIVE or ON_HOLD to COMPLETED. States ProjectStatusChanged. */
  completeProject: ProjectActionPayload;
  /** IN_REVIEW to CONFIRMED: projects may run and work may be billed. States ContractConfirmed. */
  confirmContract: ContractActionPayload;
  /** Drafts a contract with its lines and rates. States ContractUpdated. */
  createContract: CreateContractPayload;
  /** Creates a customer as PROSPECT. States CustomerCreated. */
  createCustomer: CreateCustomerPayload;
  /** Creates an engagement as DRAFT. States EngagementCreated. */
  createEngagement: CreateEngagementPayload;
  /** Plans a milestone of a project. */
  createMilestone: CreateMilestonePayload;
  /** Creates a project as DRAFT. States ProjectCreated. */
  createProject: CreateProjectPayload;
  /** Creates a task as NOT_STARTED. States TaskCreated. */
  createTask: CreateTaskPayload;
  /** ACTIVE to INACTIVE. States CustomerUpdated. */
  deactivateCustomer: CustomerActionPayload;
  /** IN_PROGRESS to DONE. States TaskStatusChanged. */
  finishTask: TaskActionPayload;
  /** ACTIVE to ON_HOLD. States EngagementStatusChanged. */
  holdEngagement: EngagementActionPayload;
  /** ACTIVE to ON_HOLD. States ProjectStatusChanged. */
  holdProject: ProjectActionPayload;
  /** DRAFT to LOST. States ContractClosed. */
  loseContract: ContractActionPayload;
  /** DRAFT to PROVISIONING. States ProjectStatusChanged. */
  provisionProject: ProjectActionPayload;
  /** PLANNED to REACHED. States MilestoneReached. */
  reachMilestone: MilestoneActionPayload;
  /** DONE to IN_PROGRESS. States TaskStatusChanged. */
  reopenTask: TaskActionPayload;
  /** SUSPENDED to CONFIRMED. States ContractUpdated. */
  resumeContract: ContractActionPayload;
  /** ON_HOLD to ACTIVE. States EngagementStatusChanged. */
  resumeEngagement: EngagementActionPayload;
  /** ON_HOLD to ACTIVE, under the conditions of activateProject. States ProjectStatusChanged. */
  resumeProject: ProjectActionPayload;
  /** NOT_STARTED to IN_PROGRESS. States TaskStatusChanged. */
  startTask: TaskActionPayload;
  /** DRAFT to IN_REVIEW: from here on the content is frozen. States ContractUpdated. */
  submitContract: ContractActionPayload;
  /** CONFIRMED to SUSPENDED. States ContractUpdated. */
  suspendContract: ContractActionPayload;
  /** Changes a contract that is still DRAFT; given lines and rates replace all of them. States ContractUpdated. */
  updateContract: UpdateContractPayload;
  /** Changes what a customer says of itself. States CustomerUpdated. */
  updateCustomer: UpdateCustomerPayload;
  /** Changes what an engagement says of itself; not when it is CLOSED or CANCELLED. */
  updateEngagement: UpdateEngagementPayload;
  /** Changes a milestone that is still PLANNED. */
  updateMilestone: UpdateMilestonePayload;
  /** Changes what a project says of itself; not when it is CLOSED or CANCELLED. */
  updateProject: UpdateProjectPayload;
  /** Changes what a task says of itself; not when it is CANCELLED. */
  updateTask: UpdateTaskPayload;
  /** Creates or changes up to 500 contracts by external reference; each item has its own result. */
  upsertContracts: UpsertContractsPayload;
  /** Creates or changes up to 500 customers by external reference; each item has its own result. */
  upsertCustomers: UpsertCustomersPayload;
  /** Creates or changes up to 500 engagements by external reference; each item has its own result. */
  upsertEngagements: UpsertEngagementsPayload;
  /** Creates or changes up to 500 projects by external reference; each item has its own result. */
  upsertProjects: UpsertProjectsPayload;
  /** Creates or changes up to 500 tasks by external reference; each item has its own result. */
  upsertTasks: UpsertTasksPayload;
};


export type MutationAcceptMilestoneArgs = {
  input: AcceptMilestoneInput;
};


export type MutationActivateCustomerArgs = {
  input: CustomerActionInput;
};


export type MutationActivateEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationActivateProjectArgs = {
  input: ProjectActionInput;
};


export type MutationCancelEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationCancelMilestoneArgs = {
  input: MilestoneActionInput;
};


export type MutationCancelProjectArgs = {
  input: ProjectActionInput;
};


export type MutationCancelTaskArgs = {
  input: TaskActionInput;
};


export type MutationCloseContractArgs = {
  input: ContractActionInput;
};


export type MutationCloseEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationCloseProjectArgs = {
  input: ProjectActionInput;
};


export type MutationCompleteContractArgs = {
  input: ContractActionInput;
};


export type MutationCompleteEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationCompleteProjectArgs = {
  input: ProjectActionInput;
};


export type MutationConfirmContractArgs = {
  input: ContractActionInput;
};


export type MutationCreateContractArgs = {
  input: CreateContractInput;
};


export type MutationCreateCustomerArgs = {
  input: CreateCustomerInput;
};


export type MutationCreateEngagementArgs = {
  input: CreateEngagementInput;
};


export type MutationCreateMilestoneArgs = {
  input: CreateMilestoneInput;
};


export type MutationCreateProjectArgs = {
  input: CreateProjectInput;
};


export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


export type MutationDeactivateCustomerArgs = {
  input: CustomerActionInput;
};


export type MutationFinishTaskArgs = {
  input: TaskActionInput;
};


export type MutationHoldEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationHoldProjectArgs = {
  input: ProjectActionInput;
};


export type MutationLoseContractArgs = {
  input: ContractActionInput;
};


export type MutationProvisionProjectArgs = {
  input: ProjectActionInput;
};


export type MutationReachMilestoneArgs = {
  input: MilestoneActionInput;
};


export type MutationReopenTaskArgs = {
  input: TaskActionInput;
};


export type MutationResumeContractArgs = {
  input: ContractActionInput;
};


export type MutationResumeEngagementArgs = {
  input: EngagementActionInput;
};


export type MutationResumeProjectArgs = {
  input: ProjectActionInput;
};


export type MutationStartTaskArgs = {
  input: TaskActionInput;
};


export type MutationSubmitContractArgs = {
  input: ContractActionInput;
};


export type MutationSuspendContractArgs = {
  input: ContractActionInput;
};


export type MutationUpdateContractArgs = {
  input: UpdateContractInput;
};


export type MutationUpdateCustomerArgs = {
  input: UpdateCustomerInput;
};


export type MutationUpdateEngagementArgs = {
  input: UpdateEngagementInput;
};


export type MutationUpdateMilestoneArgs = {
  input: UpdateMilestoneInput;
};


export type MutationUpdateProjectArgs = {
  input: UpdateProjectInput;
};


export type MutationUpdateTaskArgs = {
  input: UpdateTaskInput;
};


export type MutationUpsertContractsArgs = {
  input: UpsertContractsInput;
};


export type MutationUpsertCustomersArgs = {
  input: UpsertCustomersInput;
};


export type MutationUpsertEngagementsArgs = {
  input: UpsertEngagementsInput;
};


export type MutationUpsertProjectsArgs = {
  input: UpsertProjectsInput;
};


export type MutationUpsertTasksArgs = {
  input: UpsertTasksInput;
};

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last row; null for an empty page. Give it as after to read on. */
  endCursor?: Maybe<Scalars['Cursor']['output']>;
  /** True when more rows follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True when rows come before. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first row; null for an empty page. */
  startCursor?: Maybe<Scalars['Cursor']['output']>;
};

/** Work for a customer that people book time and expenses on. Owner of truth: PSA. */
export type Project = {
  __typename?: 'Project';
  /** What could be done with the project now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** False: its time makes cost, never a sale. */
  billable: Scalars['Boolean']['output'];
  /** The contract that it works under; null until it is known. */
  contract?: Maybe<Contract>;
  /** When the project was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Whom it is for. */
  customer: Customer;
  /** What it is about; null when nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** The last day that time may be booked on, if there is one. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The engagement that it belongs to. */
  engagement: Engagement;
  /** How other systems call the project. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Notes of the firm; always null for a client. */
  internalNotes?: Maybe<Scalars['String']['output']>;
  /** The legal entity of its contract; null until there is a contract that knows it. */
  legalEntity?: Maybe<LegalEntity>;
  /** Who leads it; null until somebody is mapped from HR. */
  manager?: Maybe<Employee>;
  /** What the project has to reach. */
  milestones: MilestoneConnection;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** True: people may book time without an assignment. */
  selfAssign: Scalars['Boolean']['output'];
  /** The first day that time may be booked on, if there is one. */
  startDate?: Maybe<Scalars['Date']['output']>;
  /** Where the project is in its lifecycle. */
  status: ProjectStatus;
  /** What the project is divided into. */
  tasks: TaskConnection;
  /** When the project last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** Work for a customer that people book time and expenses on. Owner of truth: PSA. */
export type ProjectMilestonesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<MilestoneFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MilestoneOrder>;
};


/** Work for a customer that people book time and expenses on. Owner of truth: PSA. */
export type ProjectTasksArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};

/** Which project an action is for. */
export type ProjectActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which project. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a project. */
export type ProjectActionPayload = {
  __typename?: 'ProjectActionPayload';
  /** The project; null when it was refused. */
  project?: Maybe<Project>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of projects. */
export type ProjectConnection = {
  __typename?: 'ProjectConnection';
  /** The rows with their cursors. */
  edges: Array<ProjectEdge>;
  /** The rows. */
  nodes: Array<Project>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many projects meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A project and its place in the list. */
export type ProjectEdge = {
  __typename?: 'ProjectEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Project;
};

/** Which projects; all conditions must be met. */
export type ProjectFilter = {
  /** Only billable ones, or only the others. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those under these contracts. */
  contractId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those of these customers. */
  customerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those of these engagements. */
  engagementId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only projects with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only those that these employees lead. */
  managerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<ProjectStatus>>;
};

/** The order of projects. */
export type ProjectOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: ProjectOrderField;
};

/** What projects can be ordered by. */
export type ProjectOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** The lifecycle of a project. */
export type ProjectStatus =
  /** Time and expenses may be booked. */
  | 'ACTIVE'
  /** Given up before it began. */
  | 'CANCELLED'
  /** Done, billed and settled. */
  | 'CLOSED'
  /** The work is done; money may still be open. */
  | 'COMPLETED'
  /** Being prepared. */
  | 'DRAFT'
  /** Interrupted. */
  | 'ON_HOLD'
  /** Being set up in the systems outside. */
  | 'PROVISIONING';

export type Query = {
  __typename?: 'Query';
  /** One contract; null when there is none that this actor may know of. */
  contract?: Maybe<Contract>;
  /** Contracts by name, or in another order. */
  contracts: ContractConnection;
  /** One customer; null when there is none that this actor may know of. */
  customer?: Maybe<Customer>;
  /** Customers by name, or in another order. */
  customers: CustomerConnection;
  /** One engagement; null when there is none that this actor may know of. */
  engagement?: Maybe<Engagement>;
  /** Engagements by name, or in another order. */
  engagements: EngagementConnection;
  /** One milestone; null when there is none that this actor may know of. */
  milestone?: Maybe<Milestone>;
  /** Milestones by planned date, or in another order. */
  milestones: MilestoneConnection;
  /** One project; null when there is none that this actor may know of. */
  project?: Maybe<Project>;
  /** Projects by name, or in another order. */
  projects: ProjectConnection;
  /** One task; null when there is none that this actor may know of. */
  task?: Maybe<Task>;
  /** Tasks by name, or in another order. */
  tasks: TaskConnection;
};


export type QueryContractArgs = {
  id: Scalars['ID']['input'];
};


export type QueryContractsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ContractFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ContractOrder>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CustomerOrder>;
};


export type QueryEngagementArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEngagementsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EngagementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EngagementOrder>;
};


export type QueryMilestoneArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMilestonesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<MilestoneFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MilestoneOrder>;
};


export type QueryProjectArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProjectsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};


export type QueryTaskArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTasksArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};

/** Prices or costs of an hour. Owner of truth: ERP. */
export type RateCard = {
  __typename?: 'RateCard';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** How half a minor unit is rounded. */
export type RoundingPolicy =
  /** To the even neighbour, also called banker's rounding. */
  | 'HALF_EVEN'
  /** Away from zero. */
  | 'HALF_UP';

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** A part of a project. Owner of truth: PSA. */
export type Task = {
  __typename?: 'Task';
  /** What could be done with the task now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** False: its time makes cost, never a sale, even in a billable project. */
  billable: Scalars['Boolean']['output'];
  /** When the task was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Whom it is for. */
  customer: Customer;
  /** What it is about; null when nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** The last day, within the project's; null means the project's. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** How other systems call the task. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The project that it is a part of. */
  project: Project;
  /** The first day, within the project's; null means the project's. */
  startDate?: Maybe<Scalars['Date']['output']>;
  /** Where the task is in its lifecycle. */
  status: TaskStatus;
  /** When the task last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which task an action is for. */
export type TaskActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which task. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a task. */
export type TaskActionPayload = {
  __typename?: 'TaskActionPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The task; null when it was refused. */
  task?: Maybe<Task>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of tasks. */
export type TaskConnection = {
  __typename?: 'TaskConnection';
  /** The rows with their cursors. */
  edges: Array<TaskEdge>;
  /** The rows. */
  nodes: Array<Task>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many tasks meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A task and its place in the list. */
export type TaskEdge = {
  __typename?: 'TaskEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Task;
};

/** Which tasks; all conditions must be met. */
export type TaskFilter = {
  /** Only billable ones, or only the others. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those of these customers. */
  customerId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only tasks with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only those of these projects. */
  projectId?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<TaskStatus>>;
};

/** The order of tasks. */
export type TaskOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: TaskOrderField;
};

/** What tasks can be ordered by. */
export type TaskOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** The lifecycle of a task. */
export type TaskStatus =
  /** Given up. */
  | 'CANCELLED'
  /** Finished. */
  | 'DONE'
  /** Somebody works on it. */
  | 'IN_PROGRESS'
  /** Planned. */
  | 'NOT_STARTED';

/** How a customer is taxed. Owner of truth: ERP. */
export type TaxProfile = {
  __typename?: 'TaxProfile';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** What to change of a contract; absent fields stay, null clears. */
export type UpdateContractInput = {
  /** The currency of the contract; a new contract takes the customer's when absent. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The last day; absent or null means open-ended. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which contract. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The legal entity of the firm that contracts; a new contract takes the customer's when absent. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The lines; all of them, given ones replace those that are there. At most 100. */
  lines?: InputMaybe<Array<ContractLineInput>>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Days from the invoice date to the due date, 0 to 365; 30 for a new contract when absent. */
  paymentTermDays?: InputMaybe<Scalars['Int']['input']>;
  /** The sales rate card that prices what the contract's own rates do not. */
  rateCardId?: InputMaybe<Scalars['ID']['input']>;
  /** The rates that hold for every line; all of them, given ones replace those that are there. At most 500 with those of the lines. */
  rates?: InputMaybe<Array<ContractRateInput>>;
  /** How line amounts are rounded; HALF_UP for a new contract when absent. */
  rounding?: InputMaybe<RoundingPolicy>;
  /** The first day on which work counts under the contract. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateContract. */
export type UpdateContractPayload = {
  __typename?: 'UpdateContractPayload';
  /** The contract; null when it was refused. */
  contract?: Maybe<Contract>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a customer; absent fields stay, null clears. */
export type UpdateCustomerInput = {
  /** The postal address on invoices. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
  /** Where invoices go. */
  billingEmail?: InputMaybe<Scalars['String']['input']>;
  /** The currency to bill in unless a contract says otherwise. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which customer. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The legal entity of the firm that serves the customer. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The customer that this one belongs to. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How the customer is taxed. */
  taxProfileId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of updateCustomer. */
export type UpdateCustomerPayload = {
  __typename?: 'UpdateCustomerPayload';
  /** The customer; null when it was refused. */
  customer?: Maybe<Customer>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of an engagement; absent fields stay, null clears. */
export type UpdateEngagementInput = {
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the engagement, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which engagement. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The first day of the engagement, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateEngagement. */
export type UpdateEngagementPayload = {
  __typename?: 'UpdateEngagementPayload';
  /** The engagement; null when it was refused. */
  engagement?: Maybe<Engagement>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a milestone; absent fields stay, null clears. */
export type UpdateMilestoneInput = {
  /** What is billed for it, in the contract's currency; not negative. */
  amount?: InputMaybe<MoneyInput>;
  /** The line of the project's contract that bills it; its method must be MILESTONE. */
  contractLineId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which milestone. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The day for which it is planned. */
  plannedOn?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateMilestone. */
export type UpdateMilestonePayload = {
  __typename?: 'UpdateMilestonePayload';
  /** The milestone; null when it was refused. */
  milestone?: Maybe<Milestone>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a project; absent fields stay, null clears. */
export type UpdateProjectInput = {
  /** False: its time makes cost, never a sale. True for a new project when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The contract that it works under, of the same engagement. Needed before ACTIVE, fixed from then on. */
  contractId?: InputMaybe<Scalars['ID']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the project, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which project. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The employee who leads it. Needed before ACTIVE. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** True: people may book time without an assignment. False for a new project when absent. */
  selfAssign?: InputMaybe<Scalars['Boolean']['input']>;
  /** The first day of the project, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateProject. */
export type UpdateProjectPayload = {
  __typename?: 'UpdateProjectPayload';
  /** The project; null when it was refused. */
  project?: Maybe<Project>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a task; absent fields stay, null clears. */
export type UpdateTaskInput = {
  /** False: its time makes cost, never a sale. As the project for a new task when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day, within the project's; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which task. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The first day, within the project's. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateTask. */
export type UpdateTaskPayload = {
  __typename?: 'UpdateTaskPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The task; null when it was refused. */
  task?: Maybe<Task>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A contract as another system knows it; absent fields stay as they are. */
export type UpsertContractItem = {
  /** True: bring it from DRAFT over IN_REVIEW to CONFIRMED as well. */
  confirm?: InputMaybe<Scalars['Boolean']['input']>;
  /** The currency of the contract; a new contract takes the customer's when absent. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The last day; absent or null means open-ended. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The engagement that it pays for; it stays so. */
  engagementId: Scalars['ID']['input'];
  /** Found by this; created with it when unknown. Once per call. */
  externalRef: ExternalRefInput;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The legal entity of the firm that contracts; a new contract takes the customer's when absent. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The lines; all of them, given ones replace those that are there. At most 100. */
  lines?: InputMaybe<Array<ContractLineInput>>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** Days from the invoice date to the due date, 0 to 365; 30 for a new contract when absent. */
  paymentTermDays?: InputMaybe<Scalars['Int']['input']>;
  /** The sales rate card that prices what the contract's own rates do not. */
  rateCardId?: InputMaybe<Scalars['ID']['input']>;
  /** The rates that hold for every line; all of them, given ones replace those that are there. At most 500 with those of the lines. */
  rates?: InputMaybe<Array<ContractRateInput>>;
  /** How line amounts are rounded; HALF_UP for a new contract when absent. */
  rounding?: InputMaybe<RoundingPolicy>;
  /** The first day on which work counts under the contract. */
  startDate: Scalars['Date']['input'];
};

/** What became of one item. */
export type UpsertContractResult = {
  __typename?: 'UpsertContractResult';
  /** The contract; null when the item was refused. */
  contract?: Maybe<Contract>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Contracts to create or change. */
export type UpsertContractsInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 contracts. */
  items: Array<UpsertContractItem>;
};

/** The answer of upsertContracts. */
export type UpsertContractsPayload = {
  __typename?: 'UpsertContractsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertContractResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A customer as another system knows it. */
export type UpsertCustomerItem = {
  /** True: activate it as well, if it is not ACTIVE yet. */
  activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** The postal address on invoices. */
  billingAddress?: InputMaybe<Scalars['String']['input']>;
  /** Where invoices go. */
  billingEmail?: InputMaybe<Scalars['String']['input']>;
  /** The currency to bill in unless a contract says otherwise. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** The legal entity of the firm that serves the customer. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** How the customer is taxed. */
  taxProfileId?: InputMaybe<Scalars['ID']['input']>;
};

/** What became of one item. */
export type UpsertCustomerResult = {
  __typename?: 'UpsertCustomerResult';
  /** The customer; null when the item was refused. */
  customer?: Maybe<Customer>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Customers to create or change. */
export type UpsertCustomersInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 customers. */
  items: Array<UpsertCustomerItem>;
};

/** The answer of upsertCustomers. */
export type UpsertCustomersPayload = {
  __typename?: 'UpsertCustomersPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertCustomerResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** An engagement as another system knows it; absent fields stay as they are. */
export type UpsertEngagementItem = {
  /** True: bring it from DRAFT to ACTIVE as well. */
  activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whom it is for; it stays so. */
  customerId: Scalars['ID']['input'];
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the engagement, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** Found by this; created with it when unknown. Once per call. */
  externalRef: ExternalRefInput;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The first day of the engagement, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** What became of one item. */
export type UpsertEngagementResult = {
  __typename?: 'UpsertEngagementResult';
  /** The engagement; null when the item was refused. */
  engagement?: Maybe<Engagement>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Engagements to create or change. */
export type UpsertEngagementsInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 engagements. */
  items: Array<UpsertEngagementItem>;
};

/** The answer of upsertEngagements. */
export type UpsertEngagementsPayload = {
  __typename?: 'UpsertEngagementsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertEngagementResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A project as another system knows it; absent fields stay as they are. */
export type UpsertProjectItem = {
  /** True: bring it from DRAFT or PROVISIONING to ACTIVE as well, through the lifecycle and its guards. */
  activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** False: its time makes cost, never a sale. True for a new project when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The contract that it works under, of the same engagement. Needed before ACTIVE, fixed from then on. */
  contractId?: InputMaybe<Scalars['ID']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day of the project, if it is known; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The engagement that it belongs to; it stays so. */
  engagementId: Scalars['ID']['input'];
  /** Found by this; created with it when unknown. Once per call. */
  externalRef: ExternalRefInput;
  /** Notes of the firm, never shown to a client; up to 4,000 characters. */
  internalNotes?: InputMaybe<Scalars['String']['input']>;
  /** The employee who leads it. Needed before ACTIVE. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** True: people may book time without an assignment. False for a new project when absent. */
  selfAssign?: InputMaybe<Scalars['Boolean']['input']>;
  /** The first day of the project, if it is known. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** What became of one item. */
export type UpsertProjectResult = {
  __typename?: 'UpsertProjectResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The project; null when the item was refused. */
  project?: Maybe<Project>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Projects to create or change. */
export type UpsertProjectsInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 projects. */
  items: Array<UpsertProjectItem>;
};

/** The answer of upsertProjects. */
export type UpsertProjectsPayload = {
  __typename?: 'UpsertProjectsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertProjectResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A task as another system knows it; absent fields stay as they are. */
export type UpsertTaskItem = {
  /** False: its time makes cost, never a sale. As the project for a new task when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is about; up to 4,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The last day, within the project's; not before the first. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** Found by this; created with it when unknown. Once per call. */
  externalRef: ExternalRefInput;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The project that it is a part of; it stays so. */
  projectId: Scalars['ID']['input'];
  /** The first day, within the project's. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** What became of one item. */
export type UpsertTaskResult = {
  __typename?: 'UpsertTaskResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The task; null when the item was refused. */
  task?: Maybe<Task>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Tasks to create or change. */
export type UpsertTasksInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 tasks. */
  items: Array<UpsertTaskItem>;
};

/** The answer of upsertTasks. */
export type UpsertTasksPayload = {
  __typename?: 'UpsertTasksPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertTaskResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** Why a mutation changed nothing, as data. */
export type UserError = {
  __typename?: 'UserError';
  /** The kind of refusal; docs/runbook.md says what to do about each. */
  code: ErrorCode;
  /** Quote it to support: it leads to everything that happened in this business transaction. */
  correlationId: Scalars['String']['output'];
  /** The input field it is about, if it is about one. */
  field?: Maybe<Scalars['String']['output']>;
  /** The guard that refused, for GUARD_REFUSED. */
  guard?: Maybe<Scalars['String']['output']>;
  /** A sentence for people: what happened and what to do. */
  message: Scalars['String']['output'];
  /** True when the same call may succeed later. */
  retryable: Scalars['Boolean']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Contract: Contract;
  Customer: Customer;
  Engagement: Engagement;
  Milestone: Milestone;
  Project: Project;
  Task: Task;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Engagement:
    ( { __typename: 'Engagement' }
    & GraphQLRecursivePick<FederationTypes['Engagement'], {"id":true}> );
  Milestone:
    ( { __typename: 'Milestone' }
    & GraphQLRecursivePick<FederationTypes['Milestone'], {"id":true}> );
  Project:
    ( { __typename: 'Project' }
    & GraphQLRecursivePick<FederationTypes['Project'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AcceptMilestoneInput: AcceptMilestoneInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  BillingKind: BillingKind;
  BillingMethod: BillingMethod;
  Contract: ResolverTypeWrapper<ContractRow>;
  ContractActionInput: ContractActionInput;
  ContractActionPayload: ResolverTypeWrapper<Omit<ContractActionPayload, 'contract'> & { contract?: Maybe<ResolversTypes['Contract']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ContractConnection: ResolverTypeWrapper<Connection<ContractRow>>;
  ContractEdge: ResolverTypeWrapper<Omit<ContractEdge, 'node'> & { node: ResolversTypes['Contract'] }>;
  ContractFilter: ContractFilter;
  ContractLine: ResolverTypeWrapper<ContractLineRow>;
  ContractLineInput: ContractLineInput;
  ContractOrder: ContractOrder;
  ContractOrderField: ContractOrderField;
  ContractRate: ResolverTypeWrapper<ContractRateRow>;
  ContractRateInput: ContractRateInput;
  ContractStatus: ContractStatus;
  CreateContractInput: CreateContractInput;
  CreateContractPayload: ResolverTypeWrapper<Omit<CreateContractPayload, 'contract'> & { contract?: Maybe<ResolversTypes['Contract']> }>;
  CreateCustomerInput: CreateCustomerInput;
  CreateCustomerPayload: ResolverTypeWrapper<Omit<CreateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  CreateEngagementInput: CreateEngagementInput;
  CreateEngagementPayload: ResolverTypeWrapper<Omit<CreateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversTypes['Engagement']> }>;
  CreateMilestoneInput: CreateMilestoneInput;
  CreateMilestonePayload: ResolverTypeWrapper<Omit<CreateMilestonePayload, 'milestone'> & { milestone?: Maybe<ResolversTypes['Milestone']> }>;
  CreateProjectInput: CreateProjectInput;
  CreateProjectPayload: ResolverTypeWrapper<Omit<CreateProjectPayload, 'project'> & { project?: Maybe<ResolversTypes['Project']> }>;
  CreateTaskInput: CreateTaskInput;
  CreateTaskPayload: ResolverTypeWrapper<Omit<CreateTaskPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  CustomerActionInput: CustomerActionInput;
  CustomerActionPayload: ResolverTypeWrapper<Omit<CustomerActionPayload, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  CustomerConnection: ResolverTypeWrapper<Connection<CustomerRow>>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>;
  CustomerFilter: CustomerFilter;
  CustomerOrder: CustomerOrder;
  CustomerOrderField: CustomerOrderField;
  CustomerStatus: CustomerStatus;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Employee: ResolverTypeWrapper<Employee>;
  Engagement: ResolverTypeWrapper<EngagementRow>;
  EngagementActionInput: EngagementActionInput;
  EngagementActionPayload: ResolverTypeWrapper<Omit<EngagementActionPayload, 'engagement'> & { engagement?: Maybe<ResolversTypes['Engagement']> }>;
  EngagementConnection: ResolverTypeWrapper<Connection<EngagementRow>>;
  EngagementEdge: ResolverTypeWrapper<Omit<EngagementEdge, 'node'> & { node: ResolversTypes['Engagement'] }>;
  EngagementFilter: EngagementFilter;
  EngagementOrder: EngagementOrder;
  EngagementOrderField: EngagementOrderField;
  EngagementStatus: EngagementStatus;
  ErrorCode: ErrorCode;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: ResolverTypeWrapper<LaborCategory>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  Milestone: ResolverTypeWrapper<MilestoneRow>;
  MilestoneActionInput: MilestoneActionInput;
  MilestoneActionPayload: ResolverTypeWrapper<Omit<MilestoneActionPayload, 'milestone'> & { milestone?: Maybe<ResolversTypes['Milestone']> }>;
  MilestoneConnection: ResolverTypeWrapper<Connection<MilestoneRow>>;
  MilestoneEdge: ResolverTypeWrapper<Omit<MilestoneEdge, 'node'> & { node: ResolversTypes['Milestone'] }>;
  MilestoneFilter: MilestoneFilter;
  MilestoneOrder: MilestoneOrder;
  MilestoneOrderField: MilestoneOrderField;
  MilestoneStatus: MilestoneStatus;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Project: ResolverTypeWrapper<ProjectRow>;
  ProjectActionInput: ProjectActionInput;
  ProjectActionPayload: ResolverTypeWrapper<Omit<ProjectActionPayload, 'project'> & { project?: Maybe<ResolversTypes['Project']> }>;
  ProjectConnection: ResolverTypeWrapper<Connection<ProjectRow>>;
  ProjectEdge: ResolverTypeWrapper<Omit<ProjectEdge, 'node'> & { node: ResolversTypes['Project'] }>;
  ProjectFilter: ProjectFilter;
  ProjectOrder: ProjectOrder;
  ProjectOrderField: ProjectOrderField;
  ProjectStatus: ProjectStatus;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateCard: ResolverTypeWrapper<RateCard>;
  RoundingPolicy: RoundingPolicy;
  SortDirection: SortDirection;
  Task: ResolverTypeWrapper<TaskRow>;
  TaskActionInput: TaskActionInput;
  TaskActionPayload: ResolverTypeWrapper<Omit<TaskActionPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  TaskConnection: ResolverTypeWrapper<Connection<TaskRow>>;
  TaskEdge: ResolverTypeWrapper<Omit<TaskEdge, 'node'> & { node: ResolversTypes['Task'] }>;
  TaskFilter: TaskFilter;
  TaskOrder: TaskOrder;
  TaskOrderField: TaskOrderField;
  TaskStatus: TaskStatus;
  TaxProfile: ResolverTypeWrapper<TaxProfile>;
  UpdateContractInput: UpdateContractInput;
  UpdateContractPayload: ResolverTypeWrapper<Omit<UpdateContractPayload, 'contract'> & { contract?: Maybe<ResolversTypes['Contract']> }>;
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: ResolverTypeWrapper<Omit<UpdateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  UpdateEngagementInput: UpdateEngagementInput;
  UpdateEngagementPayload: ResolverTypeWrapper<Omit<UpdateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversTypes['Engagement']> }>;
  UpdateMilestoneInput: UpdateMilestoneInput;
  UpdateMilestonePayload: ResolverTypeWrapper<Omit<UpdateMilestonePayload, 'milestone'> & { milestone?: Maybe<ResolversTypes['Milestone']> }>;
  UpdateProjectInput: UpdateProjectInput;
  UpdateProjectPayload: ResolverTypeWrapper<Omit<UpdateProjectPayload, 'project'> & { project?: Maybe<ResolversTypes['Project']> }>;
  UpdateTaskInput: UpdateTaskInput;
  UpdateTaskPayload: ResolverTypeWrapper<Omit<UpdateTaskPayload, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  UpsertContractItem: UpsertContractItem;
  UpsertContractResult: ResolverTypeWrapper<Omit<UpsertContractResult, 'contract'> & { contract?: Maybe<ResolversTypes['Contract']> }>;
  UpsertContractsInput: UpsertContractsInput;
  UpsertContractsPayload: ResolverTypeWrapper<Omit<UpsertContractsPayload, 'results'> & { results: Array<ResolversTypes['UpsertContractResult']> }>;
  UpsertCustomerItem: UpsertCustomerItem;
  UpsertCustomerResult: ResolverTypeWrapper<Omit<UpsertCustomerResult, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  UpsertCustomersInput: UpsertCustomersInput;
  UpsertCustomersPayload: ResolverTypeWrapper<Omit<UpsertCustomersPayload, 'results'> & { results: Array<ResolversTypes['UpsertCustomerResult']> }>;
  UpsertEngagementItem: UpsertEngagementItem;
  UpsertEngagementResult: ResolverTypeWrapper<Omit<UpsertEngagementResult, 'engagement'> & { engagement?: Maybe<ResolversTypes['Engagement']> }>;
  UpsertEngagementsInput: UpsertEngagementsInput;
  UpsertEngagementsPayload: ResolverTypeWrapper<Omit<UpsertEngagementsPayload, 'results'> & { results: Array<ResolversTypes['UpsertEngagementResult']> }>;
  UpsertProjectItem: UpsertProjectItem;
  UpsertProjectResult: ResolverTypeWrapper<Omit<UpsertProjectResult, 'project'> & { project?: Maybe<ResolversTypes['Project']> }>;
  UpsertProjectsInput: UpsertProjectsInput;
  UpsertProjectsPayload: ResolverTypeWrapper<Omit<UpsertProjectsPayload, 'results'> & { results: Array<ResolversTypes['UpsertProjectResult']> }>;
  UpsertTaskItem: UpsertTaskItem;
  UpsertTaskResult: ResolverTypeWrapper<Omit<UpsertTaskResult, 'task'> & { task?: Maybe<ResolversTypes['Task']> }>;
  UpsertTasksInput: UpsertTasksInput;
  UpsertTasksPayload: ResolverTypeWrapper<Omit<UpsertTasksPayload, 'results'> & { results: Array<ResolversTypes['UpsertTaskResult']> }>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AcceptMilestoneInput: AcceptMilestoneInput;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  AvailableAction: AvailableAction;
  String: Scalars['String']['output'];
  Contract: ContractRow;
  ContractActionInput: ContractActionInput;
  ContractActionPayload: Omit<ContractActionPayload, 'contract'> & { contract?: Maybe<ResolversParentTypes['Contract']> };
  Boolean: Scalars['Boolean']['output'];
  ContractConnection: Connection<ContractRow>;
  ContractEdge: Omit<ContractEdge, 'node'> & { node: ResolversParentTypes['Contract'] };
  ContractFilter: ContractFilter;
  ContractLine: ContractLineRow;
  ContractLineInput: ContractLineInput;
  ContractOrder: ContractOrder;
  ContractRate: ContractRateRow;
  ContractRateInput: ContractRateInput;
  CreateContractInput: CreateContractInput;
  CreateContractPayload: Omit<CreateContractPayload, 'contract'> & { contract?: Maybe<ResolversParentTypes['Contract']> };
  CreateCustomerInput: CreateCustomerInput;
  CreateCustomerPayload: Omit<CreateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  CreateEngagementInput: CreateEngagementInput;
  CreateEngagementPayload: Omit<CreateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversParentTypes['Engagement']> };
  CreateMilestoneInput: CreateMilestoneInput;
  CreateMilestonePayload: Omit<CreateMilestonePayload, 'milestone'> & { milestone?: Maybe<ResolversParentTypes['Milestone']> };
  CreateProjectInput: CreateProjectInput;
  CreateProjectPayload: Omit<CreateProjectPayload, 'project'> & { project?: Maybe<ResolversParentTypes['Project']> };
  CreateTaskInput: CreateTaskInput;
  CreateTaskPayload: Omit<CreateTaskPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: CustomerRow;
  CustomerActionInput: CustomerActionInput;
  CustomerActionPayload: Omit<CustomerActionPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  CustomerConnection: Connection<CustomerRow>;
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  CustomerFilter: CustomerFilter;
  CustomerOrder: CustomerOrder;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Employee: Employee;
  Engagement: EngagementRow;
  EngagementActionInput: EngagementActionInput;
  EngagementActionPayload: Omit<EngagementActionPayload, 'engagement'> & { engagement?: Maybe<ResolversParentTypes['Engagement']> };
  EngagementConnection: Connection<EngagementRow>;
  EngagementEdge: Omit<EngagementEdge, 'node'> & { node: ResolversParentTypes['Engagement'] };
  EngagementFilter: EngagementFilter;
  EngagementOrder: EngagementOrder;
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: LaborCategory;
  LegalEntity: LegalEntity;
  Milestone: MilestoneRow;
  MilestoneActionInput: MilestoneActionInput;
  MilestoneActionPayload: Omit<MilestoneActionPayload, 'milestone'> & { milestone?: Maybe<ResolversParentTypes['Milestone']> };
  MilestoneConnection: Connection<MilestoneRow>;
  MilestoneEdge: Omit<MilestoneEdge, 'node'> & { node: ResolversParentTypes['Milestone'] };
  MilestoneFilter: MilestoneFilter;
  MilestoneOrder: MilestoneOrder;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Project: ProjectRow;
  ProjectActionInput: ProjectActionInput;
  ProjectActionPayload: Omit<ProjectActionPayload, 'project'> & { project?: Maybe<ResolversParentTypes['Project']> };
  ProjectConnection: Connection<ProjectRow>;
  ProjectEdge: Omit<ProjectEdge, 'node'> & { node: ResolversParentTypes['Project'] };
  ProjectFilter: ProjectFilter;
  ProjectOrder: ProjectOrder;
  Query: Record<PropertyKey, never>;
  RateCard: RateCard;
  Task: TaskRow;
  TaskActionInput: TaskActionInput;
  TaskActionPayload: Omit<TaskActionPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  TaskConnection: Connection<TaskRow>;
  TaskEdge: Omit<TaskEdge, 'node'> & { node: ResolversParentTypes['Task'] };
  TaskFilter: TaskFilter;
  TaskOrder: TaskOrder;
  TaxProfile: TaxProfile;
  UpdateContractInput: UpdateContractInput;
  UpdateContractPayload: Omit<UpdateContractPayload, 'contract'> & { contract?: Maybe<ResolversParentTypes['Contract']> };
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: Omit<UpdateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  UpdateEngagementInput: UpdateEngagementInput;
  UpdateEngagementPayload: Omit<UpdateEngagementPayload, 'engagement'> & { engagement?: Maybe<ResolversParentTypes['Engagement']> };
  UpdateMilestoneInput: UpdateMilestoneInput;
  UpdateMilestonePayload: Omit<UpdateMilestonePayload, 'milestone'> & { milestone?: Maybe<ResolversParentTypes['Milestone']> };
  UpdateProjectInput: UpdateProjectInput;
  UpdateProjectPayload: Omit<UpdateProjectPayload, 'project'> & { project?: Maybe<ResolversParentTypes['Project']> };
  UpdateTaskInput: UpdateTaskInput;
  UpdateTaskPayload: Omit<UpdateTaskPayload, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  UpsertContractItem: UpsertContractItem;
  UpsertContractResult: Omit<UpsertContractResult, 'contract'> & { contract?: Maybe<ResolversParentTypes['Contract']> };
  UpsertContractsInput: UpsertContractsInput;
  UpsertContractsPayload: Omit<UpsertContractsPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertContractResult']> };
  UpsertCustomerItem: UpsertCustomerItem;
  UpsertCustomerResult: Omit<UpsertCustomerResult, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  UpsertCustomersInput: UpsertCustomersInput;
  UpsertCustomersPayload: Omit<UpsertCustomersPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertCustomerResult']> };
  UpsertEngagementItem: UpsertEngagementItem;
  UpsertEngagementResult: Omit<UpsertEngagementResult, 'engagement'> & { engagement?: Maybe<ResolversParentTypes['Engagement']> };
  UpsertEngagementsInput: UpsertEngagementsInput;
  UpsertEngagementsPayload: Omit<UpsertEngagementsPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertEngagementResult']> };
  UpsertProjectItem: UpsertProjectItem;
  UpsertProjectResult: Omit<UpsertProjectResult, 'project'> & { project?: Maybe<ResolversParentTypes['Project']> };
  UpsertProjectsInput: UpsertProjectsInput;
  UpsertProjectsPayload: Omit<UpsertProjectsPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertProjectResult']> };
  UpsertTaskItem: UpsertTaskItem;
  UpsertTaskResult: Omit<UpsertTaskResult, 'task'> & { task?: Maybe<ResolversParentTypes['Task']> };
  UpsertTasksInput: UpsertTasksInput;
  UpsertTasksPayload: Omit<UpsertTasksPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertTaskResult']> };
  UserError: UserError;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  engagement?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  internalNotes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['ContractLine']>, ParentType, ContextType>;
  milestones?: Resolver<ResolversTypes['MilestoneConnection'], ParentType, ContextType, RequireFields<ContractMilestonesArgs, 'orderBy'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  paymentTermDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  projects?: Resolver<ResolversTypes['ProjectConnection'], ParentType, ContextType, RequireFields<ContractProjectsArgs, 'orderBy'>>;
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  rates?: Resolver<Array<ResolversTypes['ContractRate']>, ParentType, ContextType>;
  rounding?: Resolver<ResolversTypes['RoundingPolicy'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ContractStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContractActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractActionPayload'] = ResolversParentTypes['ContractActionPayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ContractConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractConnection'] = ResolversParentTypes['ContractConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ContractEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Contract']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContractEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractEdge'] = ResolversParentTypes['ContractEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
};

export type ContractLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractLine'] = ResolversParentTypes['ContractLine']> = {
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kinds?: Resolver<Array<ResolversTypes['BillingKind']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['BillingMethod'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  notToExceed?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  projects?: Resolver<Array<ResolversTypes['Project']>, ParentType, ContextType>;
  rates?: Resolver<Array<ResolversTypes['ContractRate']>, ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type ContractRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractRate'] = ResolversParentTypes['ContractRate']> = {
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  effectiveTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  lineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CreateContractPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateContractPayload'] = ResolversParentTypes['CreateContractPayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCustomerPayload'] = ResolversParentTypes['CreateCustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateEngagementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEngagementPayload'] = ResolversParentTypes['CreateEngagementPayload']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateMilestonePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateMilestonePayload'] = ResolversParentTypes['CreateMilestonePayload']> = {
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateProjectPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateProjectPayload'] = ResolversParentTypes['CreateProjectPayload']> = {
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaskPayload'] = ResolversParentTypes['CreateTaskPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  children?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<CustomerChildrenArgs, 'orderBy'>>;
  contracts?: Resolver<ResolversTypes['ContractConnection'], ParentType, ContextType, RequireFields<CustomerContractsArgs, 'orderBy'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<CustomerEngagementsArgs, 'orderBy'>>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  projects?: Resolver<ResolversTypes['ProjectConnection'], ParentType, ContextType, RequireFields<CustomerProjectsArgs, 'orderBy'>>;
  status?: Resolver<ResolversTypes['CustomerStatus'], ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerActionPayload'] = ResolversParentTypes['CustomerActionPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Customer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement'], FederationReferenceType extends FederationReferenceTypes['Engagement'] = FederationReferenceTypes['Engagement']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Engagement']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  contracts?: Resolver<ResolversTypes['ContractConnection'], ParentType, ContextType, RequireFields<EngagementContractsArgs, 'orderBy'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  projects?: Resolver<ResolversTypes['ProjectConnection'], ParentType, ContextType, RequireFields<EngagementProjectsArgs, 'orderBy'>>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EngagementStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EngagementActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementActionPayload'] = ResolversParentTypes['EngagementActionPayload']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EngagementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementConnection'] = ResolversParentTypes['EngagementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EngagementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Engagement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EngagementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementEdge'] = ResolversParentTypes['EngagementEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LaborCategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategory'] = ResolversParentTypes['LaborCategory']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MilestoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Milestone'] = ResolversParentTypes['Milestone'], FederationReferenceType extends FederationReferenceTypes['Milestone'] = FederationReferenceTypes['Milestone']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Milestone']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acceptedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  contract?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
  contractLine?: Resolver<Maybe<ResolversTypes['ContractLine']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plannedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  project?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
  reachedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MilestoneStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MilestoneActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MilestoneActionPayload'] = ResolversParentTypes['MilestoneActionPayload']> = {
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MilestoneConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MilestoneConnection'] = ResolversParentTypes['MilestoneConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MilestoneEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Milestone']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MilestoneEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MilestoneEdge'] = ResolversParentTypes['MilestoneEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Milestone'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  acceptMilestone?: Resolver<ResolversTypes['MilestoneActionPayload'], ParentType, ContextType, RequireFields<MutationAcceptMilestoneArgs, 'input'>>;
  activateCustomer?: Resolver<ResolversTypes['CustomerActionPayload'], ParentType, ContextType, RequireFields<MutationActivateCustomerArgs, 'input'>>;
  activateEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationActivateEngagementArgs, 'input'>>;
  activateProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationActivateProjectArgs, 'input'>>;
  cancelEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationCancelEngagementArgs, 'input'>>;
  cancelMilestone?: Resolver<ResolversTypes['MilestoneActionPayload'], ParentType, ContextType, RequireFields<MutationCancelMilestoneArgs, 'input'>>;
  cancelProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationCancelProjectArgs, 'input'>>;
  cancelTask?: Resolver<ResolversTypes['TaskActionPayload'], ParentType, ContextType, RequireFields<MutationCancelTaskArgs, 'input'>>;
  closeContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationCloseContractArgs, 'input'>>;
  closeEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationCloseEngagementArgs, 'input'>>;
  closeProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationCloseProjectArgs, 'input'>>;
  completeContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationCompleteContractArgs, 'input'>>;
  completeEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationCompleteEngagementArgs, 'input'>>;
  completeProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationCompleteProjectArgs, 'input'>>;
  confirmContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationConfirmContractArgs, 'input'>>;
  createContract?: Resolver<ResolversTypes['CreateContractPayload'], ParentType, ContextType, RequireFields<MutationCreateContractArgs, 'input'>>;
  createCustomer?: Resolver<ResolversTypes['CreateCustomerPayload'], ParentType, ContextType, RequireFields<MutationCreateCustomerArgs, 'input'>>;
  createEngagement?: Resolver<ResolversTypes['CreateEngagementPayload'], ParentType, ContextType, RequireFields<MutationCreateEngagementArgs, 'input'>>;
  createMilestone?: Resolver<ResolversTypes['CreateMilestonePayload'], ParentType, ContextType, RequireFields<MutationCreateMilestoneArgs, 'input'>>;
  createProject?: Resolver<ResolversTypes['CreateProjectPayload'], ParentType, ContextType, RequireFields<MutationCreateProjectArgs, 'input'>>;
  createTask?: Resolver<ResolversTypes['CreateTaskPayload'], ParentType, ContextType, RequireFields<MutationCreateTaskArgs, 'input'>>;
  deactivateCustomer?: Resolver<ResolversTypes['CustomerActionPayload'], ParentType, ContextType, RequireFields<MutationDeactivateCustomerArgs, 'input'>>;
  finishTask?: Resolver<ResolversTypes['TaskActionPayload'], ParentType, ContextType, RequireFields<MutationFinishTaskArgs, 'input'>>;
  holdEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationHoldEngagementArgs, 'input'>>;
  holdProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationHoldProjectArgs, 'input'>>;
  loseContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationLoseContractArgs, 'input'>>;
  provisionProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationProvisionProjectArgs, 'input'>>;
  reachMilestone?: Resolver<ResolversTypes['MilestoneActionPayload'], ParentType, ContextType, RequireFields<MutationReachMilestoneArgs, 'input'>>;
  reopenTask?: Resolver<ResolversTypes['TaskActionPayload'], ParentType, ContextType, RequireFields<MutationReopenTaskArgs, 'input'>>;
  resumeContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationResumeContractArgs, 'input'>>;
  resumeEngagement?: Resolver<ResolversTypes['EngagementActionPayload'], ParentType, ContextType, RequireFields<MutationResumeEngagementArgs, 'input'>>;
  resumeProject?: Resolver<ResolversTypes['ProjectActionPayload'], ParentType, ContextType, RequireFields<MutationResumeProjectArgs, 'input'>>;
  startTask?: Resolver<ResolversTypes['TaskActionPayload'], ParentType, ContextType, RequireFields<MutationStartTaskArgs, 'input'>>;
  submitContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationSubmitContractArgs, 'input'>>;
  suspendContract?: Resolver<ResolversTypes['ContractActionPayload'], ParentType, ContextType, RequireFields<MutationSuspendContractArgs, 'input'>>;
  updateContract?: Resolver<ResolversTypes['UpdateContractPayload'], ParentType, ContextType, RequireFields<MutationUpdateContractArgs, 'input'>>;
  updateCustomer?: Resolver<ResolversTypes['UpdateCustomerPayload'], ParentType, ContextType, RequireFields<MutationUpdateCustomerArgs, 'input'>>;
  updateEngagement?: Resolver<ResolversTypes['UpdateEngagementPayload'], ParentType, ContextType, RequireFields<MutationUpdateEngagementArgs, 'input'>>;
  updateMilestone?: Resolver<ResolversTypes['UpdateMilestonePayload'], ParentType, ContextType, RequireFields<MutationUpdateMilestoneArgs, 'input'>>;
  updateProject?: Resolver<ResolversTypes['UpdateProjectPayload'], ParentType, ContextType, RequireFields<MutationUpdateProjectArgs, 'input'>>;
  updateTask?: Resolver<ResolversTypes['UpdateTaskPayload'], ParentType, ContextType, RequireFields<MutationUpdateTaskArgs, 'input'>>;
  upsertContracts?: Resolver<ResolversTypes['UpsertContractsPayload'], ParentType, ContextType, RequireFields<MutationUpsertContractsArgs, 'input'>>;
  upsertCustomers?: Resolver<ResolversTypes['UpsertCustomersPayload'], ParentType, ContextType, RequireFields<MutationUpsertCustomersArgs, 'input'>>;
  upsertEngagements?: Resolver<ResolversTypes['UpsertEngagementsPayload'], ParentType, ContextType, RequireFields<MutationUpsertEngagementsArgs, 'input'>>;
  upsertProjects?: Resolver<ResolversTypes['UpsertProjectsPayload'], ParentType, ContextType, RequireFields<MutationUpsertProjectsArgs, 'input'>>;
  upsertTasks?: Resolver<ResolversTypes['UpsertTasksPayload'], ParentType, ContextType, RequireFields<MutationUpsertTasksArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project'], FederationReferenceType extends FederationReferenceTypes['Project'] = FederationReferenceTypes['Project']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Project']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  engagement?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  internalNotes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  manager?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  milestones?: Resolver<ResolversTypes['MilestoneConnection'], ParentType, ContextType, RequireFields<ProjectMilestonesArgs, 'orderBy'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  selfAssign?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProjectStatus'], ParentType, ContextType>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<ProjectTasksArgs, 'orderBy'>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProjectActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectActionPayload'] = ResolversParentTypes['ProjectActionPayload']> = {
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ProjectConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectConnection'] = ResolversParentTypes['ProjectConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProjectEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Project']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProjectEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectEdge'] = ResolversParentTypes['ProjectEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType, RequireFields<QueryContractArgs, 'id'>>;
  contracts?: Resolver<ResolversTypes['ContractConnection'], ParentType, ContextType, RequireFields<QueryContractsArgs, 'orderBy'>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<QueryCustomersArgs, 'orderBy'>>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType, RequireFields<QueryEngagementArgs, 'id'>>;
  engagements?: Resolver<ResolversTypes['EngagementConnection'], ParentType, ContextType, RequireFields<QueryEngagementsArgs, 'orderBy'>>;
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType, RequireFields<QueryMilestoneArgs, 'id'>>;
  milestones?: Resolver<ResolversTypes['MilestoneConnection'], ParentType, ContextType, RequireFields<QueryMilestonesArgs, 'orderBy'>>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType, RequireFields<QueryProjectArgs, 'id'>>;
  projects?: Resolver<ResolversTypes['ProjectConnection'], ParentType, ContextType, RequireFields<QueryProjectsArgs, 'orderBy'>>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType, RequireFields<QueryTaskArgs, 'id'>>;
  tasks?: Resolver<ResolversTypes['TaskConnection'], ParentType, ContextType, RequireFields<QueryTasksArgs, 'orderBy'>>;
};

export type RateCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCard'] = ResolversParentTypes['RateCard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskActionPayload'] = ResolversParentTypes['TaskActionPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TaskConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskConnection'] = ResolversParentTypes['TaskConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Task']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaskEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskEdge'] = ResolversParentTypes['TaskEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Task'], ParentType, ContextType>;
};

export type TaxProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxProfile'] = ResolversParentTypes['TaxProfile']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UpdateContractPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateContractPayload'] = ResolversParentTypes['UpdateContractPayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCustomerPayload'] = ResolversParentTypes['UpdateCustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateEngagementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateEngagementPayload'] = ResolversParentTypes['UpdateEngagementPayload']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateMilestonePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMilestonePayload'] = ResolversParentTypes['UpdateMilestonePayload']> = {
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateProjectPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProjectPayload'] = ResolversParentTypes['UpdateProjectPayload']> = {
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateTaskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaskPayload'] = ResolversParentTypes['UpdateTaskPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertContractResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertContractResult'] = ResolversParentTypes['UpsertContractResult']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertContractsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertContractsPayload'] = ResolversParentTypes['UpsertContractsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertContractResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertCustomerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertCustomerResult'] = ResolversParentTypes['UpsertCustomerResult']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertCustomersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertCustomersPayload'] = ResolversParentTypes['UpsertCustomersPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertCustomerResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertEngagementResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertEngagementResult'] = ResolversParentTypes['UpsertEngagementResult']> = {
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertEngagementsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertEngagementsPayload'] = ResolversParentTypes['UpsertEngagementsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertEngagementResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertProjectResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertProjectResult'] = ResolversParentTypes['UpsertProjectResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertProjectsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertProjectsPayload'] = ResolversParentTypes['UpsertProjectsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertProjectResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertTaskResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertTaskResult'] = ResolversParentTypes['UpsertTaskResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertTasksPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertTasksPayload'] = ResolversParentTypes['UpsertTasksPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertTaskResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guard?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AvailableAction?: AvailableActionResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractActionPayload?: ContractActionPayloadResolvers<ContextType>;
  ContractConnection?: ContractConnectionResolvers<ContextType>;
  ContractEdge?: ContractEdgeResolvers<ContextType>;
  ContractLine?: ContractLineResolvers<ContextType>;
  ContractRate?: ContractRateResolvers<ContextType>;
  CreateContractPayload?: CreateContractPayloadResolvers<ContextType>;
  CreateCustomerPayload?: CreateCustomerPayloadResolvers<ContextType>;
  CreateEngagementPayload?: CreateEngagementPayloadResolvers<ContextType>;
  CreateMilestonePayload?: CreateMilestonePayloadResolvers<ContextType>;
  CreateProjectPayload?: CreateProjectPayloadResolvers<ContextType>;
  CreateTaskPayload?: CreateTaskPayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  CustomerActionPayload?: CustomerActionPayloadResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Employee?: EmployeeResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  EngagementActionPayload?: EngagementActionPayloadResolvers<ContextType>;
  EngagementConnection?: EngagementConnectionResolvers<ContextType>;
  EngagementEdge?: EngagementEdgeResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  LaborCategory?: LaborCategoryResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  Milestone?: MilestoneResolvers<ContextType>;
  MilestoneActionPayload?: MilestoneActionPayloadResolvers<ContextType>;
  MilestoneConnection?: MilestoneConnectionResolvers<ContextType>;
  MilestoneEdge?: MilestoneEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  ProjectActionPayload?: ProjectActionPayloadResolvers<ContextType>;
  ProjectConnection?: ProjectConnectionResolvers<ContextType>;
  ProjectEdge?: ProjectEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateCard?: RateCardResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskActionPayload?: TaskActionPayloadResolvers<ContextType>;
  TaskConnection?: TaskConnectionResolvers<ContextType>;
  TaskEdge?: TaskEdgeResolvers<ContextType>;
  TaxProfile?: TaxProfileResolvers<ContextType>;
  UpdateContractPayload?: UpdateContractPayloadResolvers<ContextType>;
  UpdateCustomerPayload?: UpdateCustomerPayloadResolvers<ContextType>;
  UpdateEngagementPayload?: UpdateEngagementPayloadResolvers<ContextType>;
  UpdateMilestonePayload?: UpdateMilestonePayloadResolvers<ContextType>;
  UpdateProjectPayload?: UpdateProjectPayloadResolvers<ContextType>;
  UpdateTaskPayload?: UpdateTaskPayloadResolvers<ContextType>;
  UpsertContractResult?: UpsertContractResultResolvers<ContextType>;
  UpsertContractsPayload?: UpsertContractsPayloadResolvers<ContextType>;
  UpsertCustomerResult?: UpsertCustomerResultResolvers<ContextType>;
  UpsertCustomersPayload?: UpsertCustomersPayloadResolvers<ContextType>;
  UpsertEngagementResult?: UpsertEngagementResultResolvers<ContextType>;
  UpsertEngagementsPayload?: UpsertEngagementsPayloadResolvers<ContextType>;
  UpsertProjectResult?: UpsertProjectResultResolvers<ContextType>;
  UpsertProjectsPayload?: UpsertProjectsPayloadResolvers<ContextType>;
  UpsertTaskResult?: UpsertTaskResultResolvers<ContextType>;
  UpsertTasksPayload?: UpsertTasksPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

