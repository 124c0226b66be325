import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { LaborCategoryRow, PersonRow, EmployeeRow, EmployeeLaborCategoryRow, AssignmentRow, ProjectRow, TaskRow, CustomerRow } from '../subgraphs/resources/tables.ts';
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

/** An employee's work on a project, planned or agreed. Owner of truth: PSA. */
export type Assignment = {
  __typename?: 'Assignment';
  /** What could be done with the assignment now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When the assignment was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** For which customer: the project's. */
  customer: Customer;
  /** Who works. */
  employee: Employee;
  /** How other systems call the assignment. */
  externalRefs: Array<ExternalRef>;
  /** The first day. */
  from: Scalars['Date']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** For which project. */
  project: Project;
  /** Where the assignment is in its lifecycle. */
  status: AssignmentStatus;
  /** On which task; null for the project as a whole. */
  task?: Maybe<Task>;
  /** The last day. */
  to: Scalars['Date']['output'];
  /** When the assignment last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
  /** Hours per week that it takes. */
  weeklyHours: Scalars['Decimal']['output'];
};

/** Which assignment an action is for. */
export type AssignmentActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which assignment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an assignment. */
export type AssignmentActionPayload = {
  __typename?: 'AssignmentActionPayload';
  /** The assignment; null when it was refused. */
  assignment?: Maybe<Assignment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of assignments. */
export type AssignmentConnection = {
  __typename?: 'AssignmentConnection';
  /** The rows with their cursors. */
  edges: Array<AssignmentEdge>;
  /** The rows. */
  nodes: Array<Assignment>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An assignment and its place in the list. */
export type AssignmentEdge = {
  __typename?: 'AssignmentEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Assignment;
};

/** Which assignments; all conditions must be met. */
export type AssignmentFilter = {
  /** Only those that last to this day or longer. */
  activeFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only those that begin on this day or earlier. */
  activeTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only this customer's. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only this employee's. */
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  /** Only assignments with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only this project's. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<AssignmentStatus>>;
  /** Only this task's. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** The order of assignments. */
export type AssignmentOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: AssignmentOrderField;
};

/** What assignments can be ordered by. */
export type AssignmentOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By first day. */
  | 'FROM'
  /** By last day. */
  | 'TO';

/** The lifecycle of an assignment. */
export type AssignmentStatus =
  /** Given up. Clients do not see it. */
  | 'CANCELLED'
  /** Agreed; takes capacity. */
  | 'CONFIRMED'
  /** Done, or cut short. */
  | 'ENDED'
  /** Suggested; nothing is promised. */
  | 'PROPOSED'
  /** Held; takes no capacity yet. */
  | 'TENTATIVE';

/** An action that a workflow state allows, and what stands against it for the present actor. */
export type AvailableAction = {
  __typename?: 'AvailableAction';
  /** The action's name, as in docs/lifecycles.md. */
  name: Scalars['String']['output'];
  /** Why it would be refused now, each as "guard: sentence"; empty when it is allowed. */
  refusals: Array<Scalars['String']['output']>;
};

/** A cost center of the firm; finance knows it. */
export type CostCenter = {
  __typename?: 'CostCenter';
  /** Its id. */
  id: Scalars['ID']['output'];
};

/** An assignment to propose. */
export type CreateAssignmentInput = {
  /** Who works. */
  employeeId: Scalars['ID']['input'];
  /** How other systems call the assignment. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** The first day. */
  from: Scalars['Date']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** For which project. */
  projectId: Scalars['ID']['input'];
  /** On which task of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The last day. */
  to: Scalars['Date']['input'];
  /** Hours per week, above 0 and at most 168. */
  weeklyHours: Scalars['Decimal']['input'];
};

/** The answer of createAssignment. */
export type CreateAssignmentPayload = {
  __typename?: 'CreateAssignmentPayload';
  /** The assignment; null when it was refused. */
  assignment?: Maybe<Assignment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A hire. */
export type CreateEmployeeInput = {
  /** The cost center that bears the cost. */
  costCenterId?: InputMaybe<Scalars['ID']['input']>;
  /** How other systems call the employee. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** The first day. */
  hiredOn: Scalars['Date']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The labor categories, each from its first day. */
  laborCategories?: InputMaybe<Array<EmployeeLaborCategoryInput>>;
  /** The legal entity that employs. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name in contracts; the name at work when absent. Not with personId. */
  legalName?: InputMaybe<Scalars['String']['input']>;
  /** Whom the employee reports to. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use at work; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The person, when Accord knows the human being already. */
  personId?: InputMaybe<Scalars['ID']['input']>;
  /** The job title. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Hours of a full week, above 0 and at most 168. */
  weeklyHours?: InputMaybe<Scalars['Decimal']['input']>;
  /** The address at work. */
  workEmail?: InputMaybe<Scalars['String']['input']>;
  /** Employed or contracted. */
  workerType?: InputMaybe<WorkerType>;
};

/** The answer of createEmployee. */
export type CreateEmployeePayload = {
  __typename?: 'CreateEmployeePayload';
  /** The employee; null when it was refused. */
  employee?: Maybe<Employee>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A labor category to create. */
export type CreateLaborCategoryInput = {
  /** The firm's short code; unique; 1 to 64 characters. */
  code: Scalars['String']['input'];
  /** What work belongs here. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** How other systems call it. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
};

/** The answer of createLaborCategory. */
export type CreateLaborCategoryPayload = {
  __typename?: 'CreateLaborCategoryPayload';
  /** The labor category; null when it was refused. */
  laborCategory?: Maybe<LaborCategory>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A customer; engagements knows it. */
export type Customer = {
  __typename?: 'Customer';
  /** Who is assigned to the customer's projects. */
  assignments: AssignmentConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
};


/** A customer; engagements knows it. */
export type CustomerAssignmentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssignmentOrder>;
};

/** Somebody who works for the firm: one employment of a person. Owner of truth: HR. */
export type Employee = {
  __typename?: 'Employee';
  /** The assignments of the employee; a client sees those on its own projects. */
  assignments: AssignmentConnection;
  /** What confirmed assignments leave of the capacity. */
  availability: EmployeeAvailability;
  /** What could be done with the employee now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The cost center that bears the cost; null until it is known. Owner of truth: ERP. */
  costCenter?: Maybe<CostCenter>;
  /** When the employee was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** How other systems call the employee. */
  externalRefs: Array<ExternalRef>;
  /** The first day of the present or next employment. */
  hiredOn: Scalars['Date']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** All labor categories by their first day. */
  laborCategories: Array<EmployeeLaborCategory>;
  /** The labor category on a day; null when none applies then. */
  laborCategory?: Maybe<LaborCategory>;
  /** The legal entity of the firm that employs; null until it is known. Owner of truth: ERP. */
  legalEntity?: Maybe<LegalEntity>;
  /** Whom the employee reports to; null at the top, or until it is known. */
  manager?: Maybe<Employee>;
  /** The name that people use at work. */
  name: Scalars['String']['output'];
  /** The human being behind the employment. */
  person: Person;
  /** Who reports to the employee. */
  reports: EmployeeConnection;
  /** Where the employment is in its lifecycle. */
  status: EmployeeStatus;
  /** The last day; null while none is known. */
  terminatedOn?: Maybe<Scalars['Date']['output']>;
  /** The job title; null until it is known. */
  title?: Maybe<Scalars['String']['output']>;
  /** When the employee last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
  /** Hours of a full week of this employee: the capacity that confirmed assignments consume. */
  weeklyHours: Scalars['Decimal']['output'];
  /** The address at work; null until it is known. */
  workEmail?: Maybe<Scalars['String']['output']>;
  /** Employed or contracted. */
  workerType: WorkerType;
};


/** Somebody who works for the firm: one employment of a person. Owner of truth: HR. */
export type EmployeeAssignmentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssignmentOrder>;
};


/** Somebody who works for the firm: one employment of a person. Owner of truth: HR. */
export type EmployeeAvailabilityArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


/** Somebody who works for the firm: one employment of a person. Owner of truth: HR. */
export type EmployeeLaborCategoryArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
};


/** Somebody who works for the firm: one employment of a person. Owner of truth: HR. */
export type EmployeeReportsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EmployeeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EmployeeOrder>;
};

/** Which employee an action is for. */
export type EmployeeActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which employee. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an employee. */
export type EmployeeActionPayload = {
  __typename?: 'EmployeeActionPayload';
  /** The employee; null when it was refused. */
  employee?: Maybe<Employee>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Capacity and what confirmed assignments take of it, in hours per week. */
export type EmployeeAvailability = {
  __typename?: 'EmployeeAvailability';
  /** Hours per week in the most booked part of the time asked for. */
  bookedHours: Scalars['Decimal']['output'];
  /** Hours per week that are free throughout; negative when over-booked. */
  freeHours: Scalars['Decimal']['output'];
  /** Hours of a full week. */
  weeklyHours: Scalars['Decimal']['output'];
};

/** A page of employees. */
export type EmployeeConnection = {
  __typename?: 'EmployeeConnection';
  /** The rows with their cursors. */
  edges: Array<EmployeeEdge>;
  /** The rows. */
  nodes: Array<Employee>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An employee and its place in the list. */
export type EmployeeEdge = {
  __typename?: 'EmployeeEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Employee;
};

/** Which employees; all conditions must be met. A client may use nameContains only. */
export type EmployeeFilter = {
  /** Only this cost center's. */
  costCenterId?: InputMaybe<Scalars['ID']['input']>;
  /** Only employees with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only those who have this labor category today. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Only this legal entity's. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those who report to this employee. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<EmployeeStatus>>;
  /** Only employed, or only contracted. */
  workerType?: InputMaybe<WorkerType>;
};

/** Which labor category somebody has, from when to when. */
export type EmployeeLaborCategory = {
  __typename?: 'EmployeeLaborCategory';
  /** The first day. */
  effectiveFrom: Scalars['Date']['output'];
  /** The last day; null when no other follows. */
  effectiveTo?: Maybe<Scalars['Date']['output']>;
  /** Who has it. */
  employee: Employee;
  /** The id of the row. */
  id: Scalars['ID']['output'];
  /** What it is. */
  laborCategory: LaborCategory;
};

/** A page of labor categories of employees. */
export type EmployeeLaborCategoryConnection = {
  __typename?: 'EmployeeLaborCategoryConnection';
  /** The rows with their cursors. */
  edges: Array<EmployeeLaborCategoryEdge>;
  /** The rows. */
  nodes: Array<EmployeeLaborCategory>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A labor category of an employee and its place in the list. */
export type EmployeeLaborCategoryEdge = {
  __typename?: 'EmployeeLaborCategoryEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: EmployeeLaborCategory;
};

/** Which rows; all conditions must be met. */
export type EmployeeLaborCategoryFilter = {
  /** Only what is effective on this day. */
  asOf?: InputMaybe<Scalars['Date']['input']>;
};

/** A labor category from a day on. */
export type EmployeeLaborCategoryInput = {
  /** The first day; the day before ends the one before. */
  effectiveFrom: Scalars['Date']['input'];
  /** Which labor category. */
  laborCategoryId: Scalars['ID']['input'];
};

/** The order of labor categories of employees. */
export type EmployeeLaborCategoryOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: EmployeeLaborCategoryOrderField;
};

/** What labor categories of employees can be ordered by. */
export type EmployeeLaborCategoryOrderField =
  /** By first day. */
  | 'EFFECTIVE_FROM';

/** The order of employees. */
export type EmployeeOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: EmployeeOrderField;
};

/** What employees can be ordered by. */
export type EmployeeOrderField =
  /** By when they were created in Accord. Not for clients. */
  | 'CREATED_AT'
  /** By first day of employment. Not for clients. */
  | 'HIRED_ON'
  /** By name. */
  | 'NAME';

/** The lifecycle of an employment. */
export type EmployeeStatus =
  /** At work. */
  | 'ACTIVE'
  /** Employed, away for longer. */
  | 'ON_LEAVE'
  /** Hired, not yet started. */
  | 'PENDING'
  /** No longer employed; may be rehired. */
  | 'TERMINATED';

/** Which assignment ends, and when. */
export type EndAssignmentInput = {
  /** The last day, within the assignment; as planned when absent. */
  endedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which assignment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

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

/** A kind of work for which rates are agreed, such as Senior Consultant. Owner of truth: HR. */
export type LaborCategory = {
  __typename?: 'LaborCategory';
  /** False: kept for history, not to be given to employees any more. */
  active: Scalars['Boolean']['output'];
  /** The firm's short code; unique. */
  code: Scalars['String']['output'];
  /** When it was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** What work belongs here; null when nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** Who has had this labor category, and from when to when. */
  employees: EmployeeLaborCategoryConnection;
  /** How other systems call the labor category. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** A kind of work for which rates are agreed, such as Senior Consultant. Owner of truth: HR. */
export type LaborCategoryEmployeesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EmployeeLaborCategoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EmployeeLaborCategoryOrder>;
};

/** A page of labor categories. */
export type LaborCategoryConnection = {
  __typename?: 'LaborCategoryConnection';
  /** The rows with their cursors. */
  edges: Array<LaborCategoryEdge>;
  /** The rows. */
  nodes: Array<LaborCategory>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A labor category and its place in the list. */
export type LaborCategoryEdge = {
  __typename?: 'LaborCategoryEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: LaborCategory;
};

/** Which labor categories; all conditions must be met. */
export type LaborCategoryFilter = {
  /** Only those in use, or only those out of use. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only these codes. */
  codes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only labor categories with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only names that contain this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of labor categories. */
export type LaborCategoryOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: LaborCategoryOrderField;
};

/** What labor categories can be ordered by. */
export type LaborCategoryOrderField =
  /** By code. */
  | 'CODE'
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** A legal entity of the firm; finance knows it. */
export type LegalEntity = {
  __typename?: 'LegalEntity';
  /** Its id. */
  id: Scalars['ID']['output'];
};

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
  /** PENDING to ACTIVE, from the day of hire on. States EmployeeUpdated. */
  activateEmployee: EmployeeActionPayload;
  /** Gives up an open assignment. States AssignmentChanged. */
  cancelAssignment: AssignmentActionPayload;
  /** PROPOSED or TENTATIVE to CONFIRMED: it consumes capacity from now on. States ResourceAssigned. */
  confirmAssignment: AssignmentActionPayload;
  /** Proposes an employee for a project. States AssignmentChanged. */
  createAssignment: CreateAssignmentPayload;
  /** Records a hire as PENDING. States EmployeeHired. */
  createEmployee: CreateEmployeePayload;
  /** Creates a labor category, active. */
  createLaborCategory: CreateLaborCategoryPayload;
  /** CONFIRMED to ENDED, on a day not later than planned. States AssignmentChanged. */
  endAssignment: AssignmentActionPayload;
  /** ON_LEAVE to ACTIVE. States EmployeeUpdated. */
  endEmployeeLeave: EmployeeActionPayload;
  /** PROPOSED to TENTATIVE. States AssignmentChanged. */
  holdAssignment: AssignmentActionPayload;
  /** TERMINATED to ACTIVE: the same person comes back. States EmployeeHired. */
  rehireEmployee: EmployeeActionPayload;
  /** Announces the last day of an employee who stays until then; assignments end on that day at the latest. States EmployeeUpdated. */
  scheduleEmployeeTermination: EmployeeActionPayload;
  /** Says which labor category an employee has from a day on. States EmployeeUpdated. */
  setEmployeeLaborCategory: EmployeeActionPayload;
  /** ACTIVE to ON_LEAVE. States EmployeeUpdated. */
  startEmployeeLeave: EmployeeActionPayload;
  /** ACTIVE or ON_LEAVE to TERMINATED; assignments end on the last day. States EmployeeTerminated. */
  terminateEmployee: EmployeeActionPayload;
  /** Changes task, days or hours of an open assignment; a CONFIRMED one must stay within capacity. States AssignmentChanged. */
  updateAssignment: UpdateAssignmentPayload;
  /** Changes what is known of an employee. States EmployeeUpdated. */
  updateEmployee: UpdateEmployeePayload;
  /** Changes a labor category, or puts it in or out of use. */
  updateLaborCategory: UpdateLaborCategoryPayload;
  /** Creates or changes up to 500 assignments by external reference and brings them to a state; each item has its own result. */
  upsertAssignments: UpsertAssignmentsPayload;
  /** Creates or changes up to 500 employees by external reference and brings them to a state; each item has its own result. */
  upsertEmployees: UpsertEmployeesPayload;
  /** Creates or changes up to 500 labor categories by external reference or else by code; each item has its own result. */
  upsertLaborCategories: UpsertLaborCategoriesPayload;
};


export type MutationActivateEmployeeArgs = {
  input: EmployeeActionInput;
};


export type MutationCancelAssignmentArgs = {
  input: AssignmentActionInput;
};


export type MutationConfirmAssignmentArgs = {
  input: AssignmentActionInput;
};


export type MutationCreateAssignmentArgs = {
  input: CreateAssignmentInput;
};


export type MutationCreateEmployeeArgs = {
  input: CreateEmployeeInput;
};


export type MutationCreateLaborCategoryArgs = {
  input: CreateLaborCategoryInput;
};


export type MutationEndAssignmentArgs = {
  input: EndAssignmentInput;
};


export type MutationEndEmployeeLeaveArgs = {
  input: EmployeeActionInput;
};


export type MutationHoldAssignmentArgs = {
  input: AssignmentActionInput;
};


export type MutationRehireEmployeeArgs = {
  input: RehireEmployeeInput;
};


export type MutationScheduleEmployeeTerminationArgs = {
  input: TerminateEmployeeInput;
};


export type MutationSetEmployeeLaborCategoryArgs = {
  input: SetEmployeeLaborCategoryInput;
};


export type MutationStartEmployeeLeaveArgs = {
  input: EmployeeActionInput;
};


export type MutationTerminateEmployeeArgs = {
  input: TerminateEmployeeInput;
};


export type MutationUpdateAssignmentArgs = {
  input: UpdateAssignmentInput;
};


export type MutationUpdateEmployeeArgs = {
  input: UpdateEmployeeInput;
};


export type MutationUpdateLaborCategoryArgs = {
  input: UpdateLaborCategoryInput;
};


export type MutationUpsertAssignmentsArgs = {
  input: UpsertAssignmentsInput;
};


export type MutationUpsertEmployeesArgs = {
  input: UpsertEmployeesInput;
};


export type MutationUpsertLaborCategoriesArgs = {
  input: UpsertLaborCategoriesInput;
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

/** A human being. A rehire, or a contractor who becomes an employee, stays the same person. Owner of truth: HR. */
export type Person = {
  __typename?: 'Person';
  /** The employments of this person, one per kind of worker and legal entity. */
  employees: EmployeeConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name in contracts and on payslips. */
  legalName: Scalars['String']['output'];
};


/** A human being. A rehire, or a contractor who becomes an employee, stays the same person. Owner of truth: HR. */
export type PersonEmployeesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EmployeeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EmployeeOrder>;
};

/** A project; engagements knows it. */
export type Project = {
  __typename?: 'Project';
  /** Who is assigned to the project. */
  assignments: AssignmentConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
};


/** A project; engagements knows it. */
export type ProjectAssignmentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssignmentOrder>;
};

export type Query = {
  __typename?: 'Query';
  /** One assignment; null when there is none that this actor may know of. */
  assignment?: Maybe<Assignment>;
  /** Assignments by first day, or in another order. */
  assignments: AssignmentConnection;
  /** One employee; null when there is none that this actor may know of. */
  employee?: Maybe<Employee>;
  /** Employees by name, or in another order. A client sees those who are assigned to its projects, and may filter by name only. */
  employees: EmployeeConnection;
  /** Labor categories by code, or in another order. */
  laborCategories: LaborCategoryConnection;
  /** One labor category; null when there is none. */
  laborCategory?: Maybe<LaborCategory>;
};


export type QueryAssignmentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAssignmentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssignmentOrder>;
};


export type QueryEmployeeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEmployeesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EmployeeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EmployeeOrder>;
};


export type QueryLaborCategoriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<LaborCategoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LaborCategoryOrder>;
};


export type QueryLaborCategoryArgs = {
  id: Scalars['ID']['input'];
};

/** Who comes back, and when. */
export type RehireEmployeeInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The first day of the new employment; after the last day of the old one, not in the future. */
  hiredOn: Scalars['Date']['input'];
  /** Which employee. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** A labor category for an employee. */
export type SetEmployeeLaborCategoryInput = {
  /** The first day. Takes the place of what begins on that very day; what begins later stays. */
  effectiveFrom: Scalars['Date']['input'];
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which employee. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Which labor category; it must be in use. */
  laborCategoryId: Scalars['ID']['input'];
};

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** A task; engagements knows it. */
export type Task = {
  __typename?: 'Task';
  /** Who is assigned to the task. */
  assignments: AssignmentConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
};


/** A task; engagements knows it. */
export type TaskAssignmentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssignmentOrder>;
};

/** Whose employment ends, and when. */
export type TerminateEmployeeInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which employee. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The last day. */
  terminatedOn: Scalars['Date']['input'];
};

/** What to change of an assignment; absent fields stay, null clears. */
export type UpdateAssignmentInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** The first day. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Which assignment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** On which task of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The last day. */
  to?: InputMaybe<Scalars['Date']['input']>;
  /** Hours per week, above 0 and at most 168. */
  weeklyHours?: InputMaybe<Scalars['Decimal']['input']>;
};

/** The answer of updateAssignment. */
export type UpdateAssignmentPayload = {
  __typename?: 'UpdateAssignmentPayload';
  /** The assignment; null when it was refused. */
  assignment?: Maybe<Assignment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of an employee; absent fields stay, null clears. */
export type UpdateEmployeeInput = {
  /** The cost center that bears the cost. */
  costCenterId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** The first day. */
  hiredOn?: InputMaybe<Scalars['Date']['input']>;
  /** Which employee. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** All labor categories, in place of those known; absent leaves them. */
  laborCategories?: InputMaybe<Array<EmployeeLaborCategoryInput>>;
  /** The legal entity that employs. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The person's name in contracts; 1 to 255 characters. */
  legalName?: InputMaybe<Scalars['String']['input']>;
  /** Whom the employee reports to. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use at work; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The job title. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Hours of a full week, above 0 and at most 168. Assignments stay as they are. */
  weeklyHours?: InputMaybe<Scalars['Decimal']['input']>;
  /** The address at work. */
  workEmail?: InputMaybe<Scalars['String']['input']>;
  /** Employed or contracted. */
  workerType?: InputMaybe<WorkerType>;
};

/** The answer of updateEmployee. */
export type UpdateEmployeePayload = {
  __typename?: 'UpdateEmployeePayload';
  /** The employee; null when it was refused. */
  employee?: Maybe<Employee>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a labor category; absent fields stay, null clears. */
export type UpdateLaborCategoryInput = {
  /** False puts it out of use. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** The firm's short code; unique; 1 to 64 characters. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** What work belongs here. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which labor category. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name that people use; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of updateLaborCategory. */
export type UpdateLaborCategoryPayload = {
  __typename?: 'UpdateLaborCategoryPayload';
  /** The labor category; null when it was refused. */
  laborCategory?: Maybe<LaborCategory>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** An assignment as another system knows it. */
export type UpsertAssignmentItem = {
  /** Who works; cannot change. */
  employeeId: Scalars['ID']['input'];
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** The first day. */
  from: Scalars['Date']['input'];
  /** For which project; cannot change. */
  projectId: Scalars['ID']['input'];
  /** The state to bring the assignment to; absent leaves it, a new one is PROPOSED. */
  status?: InputMaybe<AssignmentStatus>;
  /** On which task of the project; absent leaves it, null clears it. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The last day. */
  to: Scalars['Date']['input'];
  /** Hours per week, above 0 and at most 168. */
  weeklyHours: Scalars['Decimal']['input'];
};

/** What became of one item. */
export type UpsertAssignmentResult = {
  __typename?: 'UpsertAssignmentResult';
  /** The assignment; null when the item was refused. */
  assignment?: Maybe<Assignment>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Assignments to create or change. */
export type UpsertAssignmentsInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 assignments. */
  items: Array<UpsertAssignmentItem>;
};

/** The answer of upsertAssignments. */
export type UpsertAssignmentsPayload = {
  __typename?: 'UpsertAssignmentsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertAssignmentResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** An employee as another system knows it; absent fields stay, null clears. */
export type UpsertEmployeeItem = {
  /** The cost center that bears the cost. */
  costCenterId?: InputMaybe<Scalars['ID']['input']>;
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** The first day; needed for a new employee and for a rehire. */
  hiredOn?: InputMaybe<Scalars['Date']['input']>;
  /** All labor categories, in place of those known; absent leaves them. */
  laborCategories?: InputMaybe<Array<EmployeeLaborCategoryInput>>;
  /** The legal entity that employs. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name in contracts. */
  legalName?: InputMaybe<Scalars['String']['input']>;
  /** Whom the employee reports to. */
  managerId?: InputMaybe<Scalars['ID']['input']>;
  /** Whom the employee reports to, by external reference; may be an item of the same call. */
  managerRef?: InputMaybe<ExternalRefInput>;
  /** The name that people use at work; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The person of a new employee, when Accord knows the human being already. */
  personId?: InputMaybe<Scalars['ID']['input']>;
  /** The state to bring the employee to; absent leaves it, a new one is PENDING. */
  status?: InputMaybe<EmployeeStatus>;
  /** The last day; cuts assignments short. Needed for TERMINATED. */
  terminatedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The job title. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Hours of a full week, above 0 and at most 168; 40 for a new employee when absent. */
  weeklyHours?: InputMaybe<Scalars['Decimal']['input']>;
  /** The address at work. */
  workEmail?: InputMaybe<Scalars['String']['input']>;
  /** Employed or contracted. */
  workerType?: InputMaybe<WorkerType>;
};

/** What became of one item. */
export type UpsertEmployeeResult = {
  __typename?: 'UpsertEmployeeResult';
  /** The employee; null when the item was refused. */
  employee?: Maybe<Employee>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Employees to create or change. */
export type UpsertEmployeesInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 employees. */
  items: Array<UpsertEmployeeItem>;
};

/** The answer of upsertEmployees. */
export type UpsertEmployeesPayload = {
  __typename?: 'UpsertEmployeesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertEmployeeResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** Labor categories to create or change. */
export type UpsertLaborCategoriesInput = {
  /** Makes a retry safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 labor categories. */
  items: Array<UpsertLaborCategoryItem>;
};

/** The answer of upsertLaborCategories. */
export type UpsertLaborCategoriesPayload = {
  __typename?: 'UpsertLaborCategoriesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertLaborCategoryResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A labor category as another system knows it. */
export type UpsertLaborCategoryItem = {
  /** False puts it out of use; absent leaves it, a new one is in use. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** Found by this when the external reference finds nothing; 1 to 64 characters. */
  code: Scalars['String']['input'];
  /** What work belongs here; absent leaves it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Found by this first; linked when it is found by code or created. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** The name that people use; 1 to 255 characters. */
  name: Scalars['String']['input'];
};

/** What became of one item. */
export type UpsertLaborCategoryResult = {
  __typename?: 'UpsertLaborCategoryResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The labor category; null when the item was refused. */
  laborCategory?: Maybe<LaborCategory>;
  /** Why the item was refused; empty when it was not. */
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

/** What somebody is to the firm. */
export type WorkerType =
  /** Works under a contract of its own. */
  | 'CONTRACTOR'
  /** Employed. */
  | 'EMPLOYEE';



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
  Assignment: Assignment;
  Customer: Customer;
  Employee: Employee;
  LaborCategory: LaborCategory;
  Project: Project;
  Task: Task;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Assignment:
    ( { __typename: 'Assignment' }
    & GraphQLRecursivePick<FederationTypes['Assignment'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Employee:
    ( { __typename: 'Employee' }
    & GraphQLRecursivePick<FederationTypes['Employee'], {"id":true}> );
  LaborCategory:
    ( { __typename: 'LaborCategory' }
    & GraphQLRecursivePick<FederationTypes['LaborCategory'], {"id":true}> );
  Project:
    ( { __typename: 'Project' }
    & GraphQLRecursivePick<FederationTypes['Project'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Assignment: ResolverTypeWrapper<AssignmentRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AssignmentActionInput: AssignmentActionInput;
  AssignmentActionPayload: ResolverTypeWrapper<Omit<AssignmentActionPayload, 'assignment'> & { assignment?: Maybe<ResolversTypes['Assignment']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AssignmentConnection: ResolverTypeWrapper<Connection<AssignmentRow>>;
  AssignmentEdge: ResolverTypeWrapper<Omit<AssignmentEdge, 'node'> & { node: ResolversTypes['Assignment'] }>;
  AssignmentFilter: AssignmentFilter;
  AssignmentOrder: AssignmentOrder;
  AssignmentOrderField: AssignmentOrderField;
  AssignmentStatus: AssignmentStatus;
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CostCenter: ResolverTypeWrapper<CostCenter>;
  CreateAssignmentInput: CreateAssignmentInput;
  CreateAssignmentPayload: ResolverTypeWrapper<Omit<CreateAssignmentPayload, 'assignment'> & { assignment?: Maybe<ResolversTypes['Assignment']> }>;
  CreateEmployeeInput: CreateEmployeeInput;
  CreateEmployeePayload: ResolverTypeWrapper<Omit<CreateEmployeePayload, 'employee'> & { employee?: Maybe<ResolversTypes['Employee']> }>;
  CreateLaborCategoryInput: CreateLaborCategoryInput;
  CreateLaborCategoryPayload: ResolverTypeWrapper<Omit<CreateLaborCategoryPayload, 'laborCategory'> & { laborCategory?: Maybe<ResolversTypes['LaborCategory']> }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Employee: ResolverTypeWrapper<EmployeeRow>;
  EmployeeActionInput: EmployeeActionInput;
  EmployeeActionPayload: ResolverTypeWrapper<Omit<EmployeeActionPayload, 'employee'> & { employee?: Maybe<ResolversTypes['Employee']> }>;
  EmployeeAvailability: ResolverTypeWrapper<EmployeeAvailability>;
  EmployeeConnection: ResolverTypeWrapper<Connection<EmployeeRow>>;
  EmployeeEdge: ResolverTypeWrapper<Omit<EmployeeEdge, 'node'> & { node: ResolversTypes['Employee'] }>;
  EmployeeFilter: EmployeeFilter;
  EmployeeLaborCategory: ResolverTypeWrapper<EmployeeLaborCategoryRow>;
  EmployeeLaborCategoryConnection: ResolverTypeWrapper<Connection<EmployeeLaborCategoryRow>>;
  EmployeeLaborCategoryEdge: ResolverTypeWrapper<Omit<EmployeeLaborCategoryEdge, 'node'> & { node: ResolversTypes['EmployeeLaborCategory'] }>;
  EmployeeLaborCategoryFilter: EmployeeLaborCategoryFilter;
  EmployeeLaborCategoryInput: EmployeeLaborCategoryInput;
  EmployeeLaborCategoryOrder: EmployeeLaborCategoryOrder;
  EmployeeLaborCategoryOrderField: EmployeeLaborCategoryOrderField;
  EmployeeOrder: EmployeeOrder;
  EmployeeOrderField: EmployeeOrderField;
  EmployeeStatus: EmployeeStatus;
  EndAssignmentInput: EndAssignmentInput;
  ErrorCode: ErrorCode;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: ResolverTypeWrapper<LaborCategoryRow>;
  LaborCategoryConnection: ResolverTypeWrapper<Connection<LaborCategoryRow>>;
  LaborCategoryEdge: ResolverTypeWrapper<Omit<LaborCategoryEdge, 'node'> & { node: ResolversTypes['LaborCategory'] }>;
  LaborCategoryFilter: LaborCategoryFilter;
  LaborCategoryOrder: LaborCategoryOrder;
  LaborCategoryOrderField: LaborCategoryOrderField;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Person: ResolverTypeWrapper<PersonRow>;
  Project: ResolverTypeWrapper<ProjectRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RehireEmployeeInput: RehireEmployeeInput;
  SetEmployeeLaborCategoryInput: SetEmployeeLaborCategoryInput;
  SortDirection: SortDirection;
  Task: ResolverTypeWrapper<TaskRow>;
  TerminateEmployeeInput: TerminateEmployeeInput;
  UpdateAssignmentInput: UpdateAssignmentInput;
  UpdateAssignmentPayload: ResolverTypeWrapper<Omit<UpdateAssignmentPayload, 'assignment'> & { assignment?: Maybe<ResolversTypes['Assignment']> }>;
  UpdateEmployeeInput: UpdateEmployeeInput;
  UpdateEmployeePayload: ResolverTypeWrapper<Omit<UpdateEmployeePayload, 'employee'> & { employee?: Maybe<ResolversTypes['Employee']> }>;
  UpdateLaborCategoryInput: UpdateLaborCategoryInput;
  UpdateLaborCategoryPayload: ResolverTypeWrapper<Omit<UpdateLaborCategoryPayload, 'laborCategory'> & { laborCategory?: Maybe<ResolversTypes['LaborCategory']> }>;
  UpsertAssignmentItem: UpsertAssignmentItem;
  UpsertAssignmentResult: ResolverTypeWrapper<Omit<UpsertAssignmentResult, 'assignment'> & { assignment?: Maybe<ResolversTypes['Assignment']> }>;
  UpsertAssignmentsInput: UpsertAssignmentsInput;
  UpsertAssignmentsPayload: ResolverTypeWrapper<Omit<UpsertAssignmentsPayload, 'results'> & { results: Array<ResolversTypes['UpsertAssignmentResult']> }>;
  UpsertEmployeeItem: UpsertEmployeeItem;
  UpsertEmployeeResult: ResolverTypeWrapper<Omit<UpsertEmployeeResult, 'employee'> & { employee?: Maybe<ResolversTypes['Employee']> }>;
  UpsertEmployeesInput: UpsertEmployeesInput;
  UpsertEmployeesPayload: ResolverTypeWrapper<Omit<UpsertEmployeesPayload, 'results'> & { results: Array<ResolversTypes['UpsertEmployeeResult']> }>;
  UpsertLaborCategoriesInput: UpsertLaborCategoriesInput;
  UpsertLaborCategoriesPayload: ResolverTypeWrapper<Omit<UpsertLaborCategoriesPayload, 'results'> & { results: Array<ResolversTypes['UpsertLaborCategoryResult']> }>;
  UpsertLaborCategoryItem: UpsertLaborCategoryItem;
  UpsertLaborCategoryResult: ResolverTypeWrapper<Omit<UpsertLaborCategoryResult, 'laborCategory'> & { laborCategory?: Maybe<ResolversTypes['LaborCategory']> }>;
  UserError: ResolverTypeWrapper<UserError>;
  WorkerType: WorkerType;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Assignment: AssignmentRow;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  AssignmentActionInput: AssignmentActionInput;
  AssignmentActionPayload: Omit<AssignmentActionPayload, 'assignment'> & { assignment?: Maybe<ResolversParentTypes['Assignment']> };
  Boolean: Scalars['Boolean']['output'];
  AssignmentConnection: Connection<AssignmentRow>;
  AssignmentEdge: Omit<AssignmentEdge, 'node'> & { node: ResolversParentTypes['Assignment'] };
  AssignmentFilter: AssignmentFilter;
  AssignmentOrder: AssignmentOrder;
  AvailableAction: AvailableAction;
  String: Scalars['String']['output'];
  CostCenter: CostCenter;
  CreateAssignmentInput: CreateAssignmentInput;
  CreateAssignmentPayload: Omit<CreateAssignmentPayload, 'assignment'> & { assignment?: Maybe<ResolversParentTypes['Assignment']> };
  CreateEmployeeInput: CreateEmployeeInput;
  CreateEmployeePayload: Omit<CreateEmployeePayload, 'employee'> & { employee?: Maybe<ResolversParentTypes['Employee']> };
  CreateLaborCategoryInput: CreateLaborCategoryInput;
  CreateLaborCategoryPayload: Omit<CreateLaborCategoryPayload, 'laborCategory'> & { laborCategory?: Maybe<ResolversParentTypes['LaborCategory']> };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: CustomerRow;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Employee: EmployeeRow;
  EmployeeActionInput: EmployeeActionInput;
  EmployeeActionPayload: Omit<EmployeeActionPayload, 'employee'> & { employee?: Maybe<ResolversParentTypes['Employee']> };
  EmployeeAvailability: EmployeeAvailability;
  EmployeeConnection: Connection<EmployeeRow>;
  EmployeeEdge: Omit<EmployeeEdge, 'node'> & { node: ResolversParentTypes['Employee'] };
  EmployeeFilter: EmployeeFilter;
  EmployeeLaborCategory: EmployeeLaborCategoryRow;
  EmployeeLaborCategoryConnection: Connection<EmployeeLaborCategoryRow>;
  EmployeeLaborCategoryEdge: Omit<EmployeeLaborCategoryEdge, 'node'> & { node: ResolversParentTypes['EmployeeLaborCategory'] };
  EmployeeLaborCategoryFilter: EmployeeLaborCategoryFilter;
  EmployeeLaborCategoryInput: EmployeeLaborCategoryInput;
  EmployeeLaborCategoryOrder: EmployeeLaborCategoryOrder;
  EmployeeOrder: EmployeeOrder;
  EndAssignmentInput: EndAssignmentInput;
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: LaborCategoryRow;
  LaborCategoryConnection: Connection<LaborCategoryRow>;
  LaborCategoryEdge: Omit<LaborCategoryEdge, 'node'> & { node: ResolversParentTypes['LaborCategory'] };
  LaborCategoryFilter: LaborCategoryFilter;
  LaborCategoryOrder: LaborCategoryOrder;
  LegalEntity: LegalEntity;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Person: PersonRow;
  Project: ProjectRow;
  Query: Record<PropertyKey, never>;
  RehireEmployeeInput: RehireEmployeeInput;
  SetEmployeeLaborCategoryInput: SetEmployeeLaborCategoryInput;
  Task: TaskRow;
  TerminateEmployeeInput: TerminateEmployeeInput;
  UpdateAssignmentInput: UpdateAssignmentInput;
  UpdateAssignmentPayload: Omit<UpdateAssignmentPayload, 'assignment'> & { assignment?: Maybe<ResolversParentTypes['Assignment']> };
  UpdateEmployeeInput: UpdateEmployeeInput;
  UpdateEmployeePayload: Omit<UpdateEmployeePayload, 'employee'> & { employee?: Maybe<ResolversParentTypes['Employee']> };
  UpdateLaborCategoryInput: UpdateLaborCategoryInput;
  UpdateLaborCategoryPayload: Omit<UpdateLaborCategoryPayload, 'laborCategory'> & { laborCategory?: Maybe<ResolversParentTypes['LaborCategory']> };
  UpsertAssignmentItem: UpsertAssignmentItem;
  UpsertAssignmentResult: Omit<UpsertAssignmentResult, 'assignment'> & { assignment?: Maybe<ResolversParentTypes['Assignment']> };
  UpsertAssignmentsInput: UpsertAssignmentsInput;
  UpsertAssignmentsPayload: Omit<UpsertAssignmentsPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertAssignmentResult']> };
  UpsertEmployeeItem: UpsertEmployeeItem;
  UpsertEmployeeResult: Omit<UpsertEmployeeResult, 'employee'> & { employee?: Maybe<ResolversParentTypes['Employee']> };
  UpsertEmployeesInput: UpsertEmployeesInput;
  UpsertEmployeesPayload: Omit<UpsertEmployeesPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertEmployeeResult']> };
  UpsertLaborCategoriesInput: UpsertLaborCategoriesInput;
  UpsertLaborCategoriesPayload: Omit<UpsertLaborCategoriesPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertLaborCategoryResult']> };
  UpsertLaborCategoryItem: UpsertLaborCategoryItem;
  UpsertLaborCategoryResult: Omit<UpsertLaborCategoryResult, 'laborCategory'> & { laborCategory?: Maybe<ResolversParentTypes['LaborCategory']> };
  UserError: UserError;
};

export type AssignmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Assignment'] = ResolversParentTypes['Assignment'], FederationReferenceType extends FederationReferenceTypes['Assignment'] = FederationReferenceTypes['Assignment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Assignment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  employee?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  project?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AssignmentStatus'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weeklyHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type AssignmentActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignmentActionPayload'] = ResolversParentTypes['AssignmentActionPayload']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AssignmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignmentConnection'] = ResolversParentTypes['AssignmentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AssignmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Assignment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AssignmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignmentEdge'] = ResolversParentTypes['AssignmentEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Assignment'], ParentType, ContextType>;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CostCenterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenter'] = ResolversParentTypes['CostCenter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CreateAssignmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateAssignmentPayload'] = ResolversParentTypes['CreateAssignmentPayload']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateEmployeePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEmployeePayload'] = ResolversParentTypes['CreateEmployeePayload']> = {
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateLaborCategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateLaborCategoryPayload'] = ResolversParentTypes['CreateLaborCategoryPayload']> = {
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  assignments?: Resolver<ResolversTypes['AssignmentConnection'], ParentType, ContextType, RequireFields<CustomerAssignmentsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee'], FederationReferenceType extends FederationReferenceTypes['Employee'] = FederationReferenceTypes['Employee']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Employee']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignments?: Resolver<ResolversTypes['AssignmentConnection'], ParentType, ContextType, RequireFields<EmployeeAssignmentsArgs, 'orderBy'>>;
  availability?: Resolver<ResolversTypes['EmployeeAvailability'], ParentType, ContextType, RequireFields<EmployeeAvailabilityArgs, 'from' | 'to'>>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  hiredOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  laborCategories?: Resolver<Array<ResolversTypes['EmployeeLaborCategory']>, ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType, Partial<EmployeeLaborCategoryArgs>>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  manager?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  person?: Resolver<ResolversTypes['Person'], ParentType, ContextType>;
  reports?: Resolver<ResolversTypes['EmployeeConnection'], ParentType, ContextType, RequireFields<EmployeeReportsArgs, 'orderBy'>>;
  status?: Resolver<ResolversTypes['EmployeeStatus'], ParentType, ContextType>;
  terminatedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weeklyHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  workEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  workerType?: Resolver<ResolversTypes['WorkerType'], ParentType, ContextType>;
};

export type EmployeeActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeActionPayload'] = ResolversParentTypes['EmployeeActionPayload']> = {
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmployeeAvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeAvailability'] = ResolversParentTypes['EmployeeAvailability']> = {
  bookedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  freeHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  weeklyHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type EmployeeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeConnection'] = ResolversParentTypes['EmployeeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EmployeeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Employee']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EmployeeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeEdge'] = ResolversParentTypes['EmployeeEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
};

export type EmployeeLaborCategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeLaborCategory'] = ResolversParentTypes['EmployeeLaborCategory']> = {
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  effectiveTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  employee?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  laborCategory?: Resolver<ResolversTypes['LaborCategory'], ParentType, ContextType>;
};

export type EmployeeLaborCategoryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeLaborCategoryConnection'] = ResolversParentTypes['EmployeeLaborCategoryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EmployeeLaborCategoryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['EmployeeLaborCategory']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EmployeeLaborCategoryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeLaborCategoryEdge'] = ResolversParentTypes['EmployeeLaborCategoryEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EmployeeLaborCategory'], ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LaborCategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategory'] = ResolversParentTypes['LaborCategory'], FederationReferenceType extends FederationReferenceTypes['LaborCategory'] = FederationReferenceTypes['LaborCategory']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LaborCategory']> | FederationReferenceType, FederationReferenceType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employees?: Resolver<ResolversTypes['EmployeeLaborCategoryConnection'], ParentType, ContextType, RequireFields<LaborCategoryEmployeesArgs, 'orderBy'>>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LaborCategoryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategoryConnection'] = ResolversParentTypes['LaborCategoryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LaborCategoryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LaborCategoryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategoryEdge'] = ResolversParentTypes['LaborCategoryEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LaborCategory'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activateEmployee?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationActivateEmployeeArgs, 'input'>>;
  cancelAssignment?: Resolver<ResolversTypes['AssignmentActionPayload'], ParentType, ContextType, RequireFields<MutationCancelAssignmentArgs, 'input'>>;
  confirmAssignment?: Resolver<ResolversTypes['AssignmentActionPayload'], ParentType, ContextType, RequireFields<MutationConfirmAssignmentArgs, 'input'>>;
  createAssignment?: Resolver<ResolversTypes['CreateAssignmentPayload'], ParentType, ContextType, RequireFields<MutationCreateAssignmentArgs, 'input'>>;
  createEmployee?: Resolver<ResolversTypes['CreateEmployeePayload'], ParentType, ContextType, RequireFields<MutationCreateEmployeeArgs, 'input'>>;
  createLaborCategory?: Resolver<ResolversTypes['CreateLaborCategoryPayload'], ParentType, ContextType, RequireFields<MutationCreateLaborCategoryArgs, 'input'>>;
  endAssignment?: Resolver<ResolversTypes['AssignmentActionPayload'], ParentType, ContextType, RequireFields<MutationEndAssignmentArgs, 'input'>>;
  endEmployeeLeave?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationEndEmployeeLeaveArgs, 'input'>>;
  holdAssignment?: Resolver<ResolversTypes['AssignmentActionPayload'], ParentType, ContextType, RequireFields<MutationHoldAssignmentArgs, 'input'>>;
  rehireEmployee?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationRehireEmployeeArgs, 'input'>>;
  scheduleEmployeeTermination?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationScheduleEmployeeTerminationArgs, 'input'>>;
  setEmployeeLaborCategory?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationSetEmployeeLaborCategoryArgs, 'input'>>;
  startEmployeeLeave?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationStartEmployeeLeaveArgs, 'input'>>;
  terminateEmployee?: Resolver<ResolversTypes['EmployeeActionPayload'], ParentType, ContextType, RequireFields<MutationTerminateEmployeeArgs, 'input'>>;
  updateAssignment?: Resolver<ResolversTypes['UpdateAssignmentPayload'], ParentType, ContextType, RequireFields<MutationUpdateAssignmentArgs, 'input'>>;
  updateEmployee?: Resolver<ResolversTypes['UpdateEmployeePayload'], ParentType, ContextType, RequireFields<MutationUpdateEmployeeArgs, 'input'>>;
  updateLaborCategory?: Resolver<ResolversTypes['UpdateLaborCategoryPayload'], ParentType, ContextType, RequireFields<MutationUpdateLaborCategoryArgs, 'input'>>;
  upsertAssignments?: Resolver<ResolversTypes['UpsertAssignmentsPayload'], ParentType, ContextType, RequireFields<MutationUpsertAssignmentsArgs, 'input'>>;
  upsertEmployees?: Resolver<ResolversTypes['UpsertEmployeesPayload'], ParentType, ContextType, RequireFields<MutationUpsertEmployeesArgs, 'input'>>;
  upsertLaborCategories?: Resolver<ResolversTypes['UpsertLaborCategoriesPayload'], ParentType, ContextType, RequireFields<MutationUpsertLaborCategoriesArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type PersonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  employees?: Resolver<ResolversTypes['EmployeeConnection'], ParentType, ContextType, RequireFields<PersonEmployeesArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project'], FederationReferenceType extends FederationReferenceTypes['Project'] = FederationReferenceTypes['Project']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Project']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignments?: Resolver<ResolversTypes['AssignmentConnection'], ParentType, ContextType, RequireFields<ProjectAssignmentsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType, RequireFields<QueryAssignmentArgs, 'id'>>;
  assignments?: Resolver<ResolversTypes['AssignmentConnection'], ParentType, ContextType, RequireFields<QueryAssignmentsArgs, 'orderBy'>>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType, RequireFields<QueryEmployeeArgs, 'id'>>;
  employees?: Resolver<ResolversTypes['EmployeeConnection'], ParentType, ContextType, RequireFields<QueryEmployeesArgs, 'orderBy'>>;
  laborCategories?: Resolver<ResolversTypes['LaborCategoryConnection'], ParentType, ContextType, RequireFields<QueryLaborCategoriesArgs, 'orderBy'>>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType, RequireFields<QueryLaborCategoryArgs, 'id'>>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignments?: Resolver<ResolversTypes['AssignmentConnection'], ParentType, ContextType, RequireFields<TaskAssignmentsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UpdateAssignmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateAssignmentPayload'] = ResolversParentTypes['UpdateAssignmentPayload']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateEmployeePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateEmployeePayload'] = ResolversParentTypes['UpdateEmployeePayload']> = {
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateLaborCategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateLaborCategoryPayload'] = ResolversParentTypes['UpdateLaborCategoryPayload']> = {
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertAssignmentResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertAssignmentResult'] = ResolversParentTypes['UpsertAssignmentResult']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertAssignmentsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertAssignmentsPayload'] = ResolversParentTypes['UpsertAssignmentsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertAssignmentResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertEmployeeResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertEmployeeResult'] = ResolversParentTypes['UpsertEmployeeResult']> = {
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertEmployeesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertEmployeesPayload'] = ResolversParentTypes['UpsertEmployeesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertEmployeeResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertLaborCategoriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertLaborCategoriesPayload'] = ResolversParentTypes['UpsertLaborCategoriesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertLaborCategoryResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertLaborCategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertLaborCategoryResult'] = ResolversParentTypes['UpsertLaborCategoryResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
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
  Assignment?: AssignmentResolvers<ContextType>;
  AssignmentActionPayload?: AssignmentActionPayloadResolvers<ContextType>;
  AssignmentConnection?: AssignmentConnectionResolvers<ContextType>;
  AssignmentEdge?: AssignmentEdgeResolvers<ContextType>;
  AvailableAction?: AvailableActionResolvers<ContextType>;
  CostCenter?: CostCenterResolvers<ContextType>;
  CreateAssignmentPayload?: CreateAssignmentPayloadResolvers<ContextType>;
  CreateEmployeePayload?: CreateEmployeePayloadResolvers<ContextType>;
  CreateLaborCategoryPayload?: CreateLaborCategoryPayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Employee?: EmployeeResolvers<ContextType>;
  EmployeeActionPayload?: EmployeeActionPayloadResolvers<ContextType>;
  EmployeeAvailability?: EmployeeAvailabilityResolvers<ContextType>;
  EmployeeConnection?: EmployeeConnectionResolvers<ContextType>;
  EmployeeEdge?: EmployeeEdgeResolvers<ContextType>;
  EmployeeLaborCategory?: EmployeeLaborCategoryResolvers<ContextType>;
  EmployeeLaborCategoryConnection?: EmployeeLaborCategoryConnectionResolvers<ContextType>;
  EmployeeLaborCategoryEdge?: EmployeeLaborCategoryEdgeResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  LaborCategory?: LaborCategoryResolvers<ContextType>;
  LaborCategoryConnection?: LaborCategoryConnectionResolvers<ContextType>;
  LaborCategoryEdge?: LaborCategoryEdgeResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  UpdateAssignmentPayload?: UpdateAssignmentPayloadResolvers<ContextType>;
  UpdateEmployeePayload?: UpdateEmployeePayloadResolvers<ContextType>;
  UpdateLaborCategoryPayload?: UpdateLaborCategoryPayloadResolvers<ContextType>;
  UpsertAssignmentResult?: UpsertAssignmentResultResolvers<ContextType>;
  UpsertAssignmentsPayload?: UpsertAssignmentsPayloadResolvers<ContextType>;
  UpsertEmployeeResult?: UpsertEmployeeResultResolvers<ContextType>;
  UpsertEmployeesPayload?: UpsertEmployeesPayloadResolvers<ContextType>;
  UpsertLaborCategoriesPayload?: UpsertLaborCategoriesPayloadResolvers<ContextType>;
  UpsertLaborCategoryResult?: UpsertLaborCategoryResultResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

