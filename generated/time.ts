import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { TimesheetRow, TimesheetEntryRow, ExpenseItemRow, CustomerRow, EngagementRow, ProjectRow, TaskRow, EmployeeRow, LaborCategoryRow } from '../subgraphs/time/tables.ts';
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

/** An expense to approve. */
export type ApproveExpenseInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** An expense to approve. */
export type ApproveExpenseItem = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  expenseId: Scalars['ID']['input'];
};

/** Approvals to carry out together. */
export type ApproveExpensesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<ApproveExpenseItem>;
};

/** The answer of approveExpenses. */
export type ApproveExpensesPayload = {
  __typename?: 'ApproveExpensesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ExpenseItemResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A timesheet to approve. */
export type ApproveTimesheetInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Act on the entries of these projects only, as approvers per project do; all when absent. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** A timesheet to approve. */
export type ApproveTimesheetItem = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Act on the entries of these projects only, as approvers per project do; all when absent. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** Approvals to carry out together. */
export type ApproveTimesheetsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<ApproveTimesheetItem>;
};

/** The answer of approveTimesheets. */
export type ApproveTimesheetsPayload = {
  __typename?: 'ApproveTimesheetsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** Approved time that is not in the ledger yet. */
export type ApprovedNotPostedSummary = {
  __typename?: 'ApprovedNotPostedSummary';
  /** How many entries. */
  entries: Scalars['Int']['output'];
  /** Their hours. */
  hours: Scalars['Decimal']['output'];
  /** Those that could not be posted: an open exception says why. */
  inException: TimeCount;
  /** Those that wait to be posted. */
  pending: TimeCount;
};

/** Repairs to carry out together. */
export type AssignLaborCategoryInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<AssignLaborCategoryItem>;
};

/** An entry and the labor category that it lacks. */
export type AssignLaborCategoryItem = {
  /** Which entry. */
  entryId: Scalars['ID']['input'];
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The labor category that prices it. */
  laborCategoryId: Scalars['ID']['input'];
};

/** The answer of assignLaborCategory. */
export type AssignLaborCategoryPayload = {
  __typename?: 'AssignLaborCategoryPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetEntryResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** An action that a workflow state allows, and what stands against it for the present actor. */
export type AvailableAction = {
  __typename?: 'AvailableAction';
  /** The action's name, as in docs/lifecycles.md. */
  name: Scalars['String']['output'];
  /** Why it would be refused now, each as "guard: sentence"; empty when it is allowed. */
  refusals: Array<Scalars['String']['output']>;
};

/** A timesheet as another system knows it. */
export type CreateTimesheetItem = {
  /** Whose time it is. */
  employeeId: Scalars['ID']['input'];
  /** Found by this when it is known; linked to it. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** The last day, at most six days after the first. Periods of one employee never overlap. */
  periodEnd: Scalars['Date']['input'];
  /** The first day. */
  periodStart: Scalars['Date']['input'];
};

/** Timesheets to carry out together. */
export type CreateTimesheetsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<CreateTimesheetItem>;
};

/** The answer of createTimesheets. */
export type CreateTimesheetsPayload = {
  __typename?: 'CreateTimesheetsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

export type Customer = {
  __typename?: 'Customer';
  /** Money spent for the customer. */
  expenses: ExpenseItemConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Time worked for the customer. */
  timeEntries: TimesheetEntryConnection;
  /** Hours worked for the customer. */
  timeSummary: TimeSummary;
};


export type CustomerExpensesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ExpenseItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExpenseItemOrder>;
};


export type CustomerTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type CustomerTimeSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
};

/** A decision on an entry. */
export type DecideTimeEntryInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of deleteExpense. */
export type DeleteExpensePayload = {
  __typename?: 'DeleteExpensePayload';
  /** The deleted expense's id; null when it was refused. */
  deletedId?: Maybe<Scalars['ID']['output']>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

export type Employee = {
  __typename?: 'Employee';
  /** Money that the person spent. */
  expenses: ExpenseItemConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Time that the person worked. */
  timeEntries: TimesheetEntryConnection;
  /** The person's timesheets. */
  timesheets: TimesheetConnection;
  /** How much of the person's capacity went into work that customers pay for. */
  utilization: Utilization;
};


export type EmployeeExpensesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ExpenseItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExpenseItemOrder>;
};


export type EmployeeTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type EmployeeTimesheetsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetOrder>;
};


export type EmployeeUtilizationArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};

export type Engagement = {
  __typename?: 'Engagement';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Time worked for the engagement. */
  timeEntries: TimesheetEntryConnection;
  /** Hours worked for the engagement. */
  timeSummary: TimeSummary;
};


export type EngagementTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type EngagementTimeSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
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

/** Kinds of expense, each with its policy. */
export type ExpenseCategory =
  /** Things bought for the project. */
  | 'EQUIPMENT'
  /** Hotels. */
  | 'LODGING'
  /** Meals and per diem. */
  | 'MEALS'
  /** Own car, by distance. */
  | 'MILEAGE'
  /** Everything else. */
  | 'OTHER'
  /** Licences and subscriptions. */
  | 'SOFTWARE'
  /** Flights, trains, taxis, rental cars. */
  | 'TRAVEL';

/** Money that a person spent for a project. Owner of truth: PSA. */
export type ExpenseItem = {
  __typename?: 'ExpenseItem';
  /** What was spent. */
  amount: Money;
  /** When it was approved; null when it is not. */
  approvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who approved it; null when it is not approved. */
  approvedBy?: Maybe<Employee>;
  /** The version under which it was approved: expense and approved version identify its actuals. Null when it is not approved. */
  approvedVersion?: Maybe<Scalars['Int']['output']>;
  /** What could be done with the expense now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** True when the customer is to pay for it. */
  billable: Scalars['Boolean']['output'];
  /** When the invoice with it was posted; null when it is not billed. */
  billedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The kind of expense; its policy decides about receipts and limits. */
  category: ExpenseCategory;
  /** When the expense was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** For whom, by way of the project. */
  customer: Customer;
  /** Who spent the money. */
  employee: Employee;
  /** The engagement that the project belongs to. */
  engagement: Engagement;
  /** How other systems call the expense. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** What for; null when nothing was noted. */
  notes?: Maybe<Scalars['String']['output']>;
  /** When it was posted to the ledger; null when it is not. */
  postedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the approved expense is in the ledger. */
  postingStatus: PostingStatus;
  /** The project that it was spent for. */
  project: Project;
  /** SHA-256 of the receipt, in hexadecimal; null when there is no receipt. */
  receiptChecksum?: Maybe<Scalars['String']['output']>;
  /** Where the receipt is kept; null when nobody said. */
  receiptUrl?: Maybe<Scalars['String']['output']>;
  /** When the employee got the money; null when not yet. */
  reimbursedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it was rejected; null when it is not. */
  rejectionReason?: Maybe<Scalars['String']['output']>;
  /** Where the expense is in its lifecycle. */
  status: ExpenseItemStatus;
  /** When it was last submitted; null when it never was. */
  submittedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The task that it was spent for; null when none was named. */
  task?: Maybe<Task>;
  /** When the expense last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change of what the expense says or of its status; not when it is posted or billed. */
  version: Scalars['Int']['output'];
  /** The day on which the money was spent. */
  workDate: Scalars['Date']['output'];
};

/** Which expense an action is for. */
export type ExpenseItemActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an expense. */
export type ExpenseItemActionPayload = {
  __typename?: 'ExpenseItemActionPayload';
  /** The expense; null when it was refused. */
  expense?: Maybe<ExpenseItem>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of expenses. */
export type ExpenseItemConnection = {
  __typename?: 'ExpenseItemConnection';
  /** The rows with their cursors. */
  edges: Array<ExpenseItemEdge>;
  /** The rows. */
  nodes: Array<ExpenseItem>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many expenses meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An expense and its place in the list. */
export type ExpenseItemEdge = {
  __typename?: 'ExpenseItemEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: ExpenseItem;
};

/** Which expenses; all conditions must be met. */
export type ExpenseItemFilter = {
  /** Only billable ones, or only those that are not. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only these kinds. */
  category?: InputMaybe<Array<ExpenseCategory>>;
  /** Only for these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these employees. */
  employeeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only for these engagements. */
  engagementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only with these posting states. */
  postingStatus?: InputMaybe<Array<PostingStatus>>;
  /** Only for these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<ExpenseItemStatus>>;
  /** Only on these tasks. */
  taskIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only work dates from this day on. */
  workDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only work dates up to this day. */
  workDateTo?: InputMaybe<Scalars['Date']['input']>;
};

/** The order of expenses. */
export type ExpenseItemOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: ExpenseItemOrderField;
};

/** What expenses can be ordered by. */
export type ExpenseItemOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By work date. */
  | 'WORK_DATE';

/** What became of one item. */
export type ExpenseItemResult = {
  __typename?: 'ExpenseItemResult';
  /** The expense; null when the item was refused. */
  expense?: Maybe<ExpenseItem>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** The lifecycle of an expense. */
export type ExpenseItemStatus =
  /** Approved; to be reimbursed and posted. */
  | 'APPROVED'
  /** Being written. */
  | 'DRAFT'
  /** The employee has the money. */
  | 'REIMBURSED'
  /** Sent back with a reason. */
  | 'REJECTED'
  /** Waits for the approver. */
  | 'SUBMITTED';

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

export type LaborCategory = {
  __typename?: 'LaborCategory';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** Where the labor category of an entry comes from. */
export type LaborCategorySource =
  /** The employee's category that is effective on the work date, unless one is given. */
  | 'EMPLOYEE'
  /** The source states it on each entry; when none is given it is missing. */
  | 'ENTRY';

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
  /** SUBMITTED to APPROVED. States ExpenseApproved. */
  approveExpense: ExpenseItemActionPayload;
  /** Approves up to 500 expenses; each item has its own result. States ExpenseApproved for each. */
  approveExpenses: ApproveExpensesPayload;
  /** Approves one SUBMITTED entry. States TimesheetApproved with this entry alone. */
  approveTimeEntry: TimesheetEntryActionPayload;
  /** RECALL_REQUESTED to DRAFT. States TimeEntryRecalled; what was posted of the entry is reversed. */
  approveTimeEntryRecall: TimesheetEntryActionPayload;
  /** Approves the SUBMITTED entries of one timesheet, all or those of some projects. States TimesheetApproved. */
  approveTimesheet: TimesheetActionPayload;
  /** Approves up to 500 timesheets; each item has its own result. States TimesheetApproved for each. */
  approveTimesheets: ApproveTimesheetsPayload;
  /** Gives approved entries that are not posted the labor category they lack, up to 500: the repair of LABOR_CATEGORY_MISSING. */
  assignLaborCategory: AssignLaborCategoryPayload;
  /** Opens timesheets of people for periods, up to 500. An item that is there already is given back as it is. */
  createTimesheets: CreateTimesheetsPayload;
  /** Deletes a DRAFT expense. */
  deleteExpense: DeleteExpensePayload;
  /** Deletes a DRAFT entry. */
  deleteTimeEntry: TimesheetActionPayload;
  /** SUBMITTED to DRAFT, by its owner. States TimeEntryRecalled. */
  recallTimeEntry: TimesheetEntryActionPayload;
  /** Records one expense as DRAFT. */
  recordExpense: ExpenseItemActionPayload;
  /** Records up to 500 expenses as DRAFT; each item has its own result. A known external reference with the same data changes nothing. */
  recordExpenses: RecordExpensesPayload;
  /** Records up to 500 entries of time as DRAFT; each item has its own result. A known external reference with the same data changes nothing. */
  recordTimeEntries: RecordTimeEntriesPayload;
  /** Records one entry of time as DRAFT. */
  recordTimeEntry: TimesheetEntryActionPayload;
  /** RECALL_REQUESTED back to APPROVED. */
  refuseTimeEntryRecall: TimesheetEntryActionPayload;
  /** APPROVED to REIMBURSED: the employee has the money. States ExpenseReimbursed. */
  reimburseExpense: ExpenseItemActionPayload;
  /** SUBMITTED to REJECTED. States ExpenseRejected. */
  rejectExpense: ExpenseItemActionPayload;
  /** Rejects one SUBMITTED entry. States TimesheetRejected with this entry alone. */
  rejectTimeEntry: TimesheetEntryActionPayload;
  /** Rejects the SUBMITTED entries of one timesheet, all or those of some projects. States TimesheetRejected. */
  rejectTimesheet: TimesheetActionPayload;
  /** Rejects up to 500 timesheets; each item has its own result. States TimesheetRejected for each. */
  rejectTimesheets: RejectTimesheetsPayload;
  /** APPROVED to RECALL_REQUESTED: the owner asks for it back. The entry stays approved until the request is granted. */
  requestTimeEntryRecall: TimesheetEntryActionPayload;
  /** REJECTED to DRAFT, to be corrected. */
  reviseExpense: ExpenseItemActionPayload;
  /** REJECTED to DRAFT, to be corrected. */
  reviseTimeEntry: TimesheetEntryActionPayload;
  /** DRAFT to SUBMITTED. States ExpenseSubmitted. */
  submitExpense: ExpenseItemActionPayload;
  /** Submits up to 500 expenses; each item has its own result. States ExpenseSubmitted for each. */
  submitExpenses: SubmitExpensesPayload;
  /** Submits the DRAFT entries of one timesheet. States TimesheetSubmitted. */
  submitTimesheet: TimesheetActionPayload;
  /** Submits up to 500 timesheets; each item has its own result. States TimesheetSubmitted for each. */
  submitTimesheets: SubmitTimesheetsPayload;
  /** Changes a DRAFT expense. */
  updateExpense: ExpenseItemActionPayload;
  /** Changes a DRAFT entry. */
  updateTimeEntry: TimesheetEntryActionPayload;
};


export type MutationApproveExpenseArgs = {
  input: ApproveExpenseInput;
};


export type MutationApproveExpensesArgs = {
  input: ApproveExpensesInput;
};


export type MutationApproveTimeEntryArgs = {
  input: DecideTimeEntryInput;
};


export type MutationApproveTimeEntryRecallArgs = {
  input: DecideTimeEntryInput;
};


export type MutationApproveTimesheetArgs = {
  input: ApproveTimesheetInput;
};


export type MutationApproveTimesheetsArgs = {
  input: ApproveTimesheetsInput;
};


export type MutationAssignLaborCategoryArgs = {
  input: AssignLaborCategoryInput;
};


export type MutationCreateTimesheetsArgs = {
  input: CreateTimesheetsInput;
};


export type MutationDeleteExpenseArgs = {
  input: ExpenseItemActionInput;
};


export type MutationDeleteTimeEntryArgs = {
  input: TimesheetEntryActionInput;
};


export type MutationRecallTimeEntryArgs = {
  input: TimesheetEntryActionInput;
};


export type MutationRecordExpenseArgs = {
  input: RecordExpenseInput;
};


export type MutationRecordExpensesArgs = {
  input: RecordExpensesInput;
};


export type MutationRecordTimeEntriesArgs = {
  input: RecordTimeEntriesInput;
};


export type MutationRecordTimeEntryArgs = {
  input: RecordTimeEntryInput;
};


export type MutationRefuseTimeEntryRecallArgs = {
  input: DecideTimeEntryInput;
};


export type MutationReimburseExpenseArgs = {
  input: ExpenseItemActionInput;
};


export type MutationRejectExpenseArgs = {
  input: RejectExpenseInput;
};


export type MutationRejectTimeEntryArgs = {
  input: RejectTimeEntryInput;
};


export type MutationRejectTimesheetArgs = {
  input: RejectTimesheetInput;
};


export type MutationRejectTimesheetsArgs = {
  input: RejectTimesheetsInput;
};


export type MutationRequestTimeEntryRecallArgs = {
  input: RequestTimeEntryRecallInput;
};


export type MutationReviseExpenseArgs = {
  input: ExpenseItemActionInput;
};


export type MutationReviseTimeEntryArgs = {
  input: TimesheetEntryActionInput;
};


export type MutationSubmitExpenseArgs = {
  input: ExpenseItemActionInput;
};


export type MutationSubmitExpensesArgs = {
  input: SubmitExpensesInput;
};


export type MutationSubmitTimesheetArgs = {
  input: SubmitTimesheetInput;
};


export type MutationSubmitTimesheetsArgs = {
  input: SubmitTimesheetsInput;
};


export type MutationUpdateExpenseArgs = {
  input: UpdateExpenseInput;
};


export type MutationUpdateTimeEntryArgs = {
  input: UpdateTimeEntryInput;
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

/** Whether approved time or an approved expense is in the ledger. */
export type PostingStatus =
  /** It could not be posted: an open exception says why. */
  | 'EXCEPTION'
  /** Not yet. */
  | 'NOT_POSTED'
  /** Yes: its actuals are written. */
  | 'POSTED';

export type Project = {
  __typename?: 'Project';
  /** Money spent for the project. */
  expenses: ExpenseItemConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Time worked for the project. */
  timeEntries: TimesheetEntryConnection;
  /** Hours worked for the project. */
  timeSummary: TimeSummary;
};


export type ProjectExpensesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ExpenseItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExpenseItemOrder>;
};


export type ProjectTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type ProjectTimeSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
};

export type Query = {
  __typename?: 'Query';
  /** Approved time that is not posted to the ledger yet: waiting, or held by an open exception. Every approved entry is either here or an actual. */
  approvedNotPosted: TimesheetEntryConnection;
  /** How much approved time is not posted yet. */
  approvedNotPostedSummary: ApprovedNotPostedSummary;
  /** One expense; null when there is none that this actor may know of. */
  expense?: Maybe<ExpenseItem>;
  /** Expenses by work date, or in another order. */
  expenses: ExpenseItemConnection;
  /** Entries of time by work date, or in another order. */
  timeEntries: TimesheetEntryConnection;
  /** One entry of time; null when there is none that this actor may know of. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** Hours by customer, project, employee, status or labor category; most hours first. */
  timeSummary: Array<TimeSummaryRow>;
  /** One timesheet; null when there is none that this actor may know of. */
  timesheet?: Maybe<Timesheet>;
  /** Timesheets by the start of their period, or in another order. */
  timesheets: TimesheetConnection;
};


export type QueryApprovedNotPostedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type QueryApprovedNotPostedSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
};


export type QueryExpenseArgs = {
  id: Scalars['ID']['input'];
};


export type QueryExpensesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ExpenseItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExpenseItemOrder>;
};


export type QueryTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


export type QueryTimeEntryArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTimeSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy: TimeSummaryKey;
};


export type QueryTimesheetArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTimesheetsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetOrder>;
};

/** An expense to record. */
export type RecordExpenseInput = {
  /** What was spent; more than 0. */
  amount: MoneyInput;
  /** Whether the customer is to pay; the task and the project say when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The kind of expense. */
  category: ExpenseCategory;
  /** Who spent the money. */
  employeeId: Scalars['ID']['input'];
  /** Found by this when it is known; linked to it. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What for; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project that it was spent for. */
  projectId: Scalars['ID']['input'];
  /** SHA-256 of the receipt, in hexadecimal. No two expenses share a receipt. */
  receiptChecksum?: InputMaybe<Scalars['String']['input']>;
  /** Where the receipt is kept; at most 2000 characters. */
  receiptUrl?: InputMaybe<Scalars['String']['input']>;
  /** The task that it was spent for; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The day on which the money was spent. */
  workDate: Scalars['Date']['input'];
};

/** An expense to record. */
export type RecordExpenseItem = {
  /** What was spent; more than 0. */
  amount: MoneyInput;
  /** Whether the customer is to pay; the task and the project say when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The kind of expense. */
  category: ExpenseCategory;
  /** Who spent the money. */
  employeeId: Scalars['ID']['input'];
  /** Found by this when it is known; linked to it. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** What for; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project that it was spent for. */
  projectId: Scalars['ID']['input'];
  /** SHA-256 of the receipt, in hexadecimal. No two expenses share a receipt. */
  receiptChecksum?: InputMaybe<Scalars['String']['input']>;
  /** Where the receipt is kept; at most 2000 characters. */
  receiptUrl?: InputMaybe<Scalars['String']['input']>;
  /** The task that it was spent for; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The day on which the money was spent. */
  workDate: Scalars['Date']['input'];
};

/** Expenses to carry out together. */
export type RecordExpensesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<RecordExpenseItem>;
};

/** The answer of recordExpenses. */
export type RecordExpensesPayload = {
  __typename?: 'RecordExpensesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ExpenseItemResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** Entries to carry out together. */
export type RecordTimeEntriesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<RecordTimeEntryItem>;
};

/** The answer of recordTimeEntries. */
export type RecordTimeEntriesPayload = {
  __typename?: 'RecordTimeEntriesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetEntryResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** Time to record. */
export type RecordTimeEntryInput = {
  /** Whether the customer is to pay; the task and the project say when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whose time it is. */
  employeeId: Scalars['ID']['input'];
  /** Found by this when it is known; linked to it. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** More than 0 and a whole number of seconds. A person has at most 24 hours a day and 168 a week. */
  hours: Scalars['Decimal']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The labor category, where it is not the one that the employee has. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the labor category comes from when none is given. */
  laborCategorySource?: InputMaybe<LaborCategorySource>;
  /** What was done; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project worked for. */
  projectId: Scalars['ID']['input'];
  /** Whether it covers a day or the week of the timesheet. */
  span?: InputMaybe<TimeSpan>;
  /** The task worked on; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The timesheet. When absent, the one of the employee that covers the work date; created for the ISO week (Monday to Sunday) when there is none. */
  timesheetId?: InputMaybe<Scalars['ID']['input']>;
  /** The day worked, or a day of the week worked. */
  workDate: Scalars['Date']['input'];
};

/** Time to record. */
export type RecordTimeEntryItem = {
  /** Whether the customer is to pay; the task and the project say when absent. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whose time it is. */
  employeeId: Scalars['ID']['input'];
  /** Found by this when it is known; linked to it. */
  externalRef?: InputMaybe<ExternalRefInput>;
  /** More than 0 and a whole number of seconds. A person has at most 24 hours a day and 168 a week. */
  hours: Scalars['Decimal']['input'];
  /** The labor category, where it is not the one that the employee has. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the labor category comes from when none is given. */
  laborCategorySource?: InputMaybe<LaborCategorySource>;
  /** What was done; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project worked for. */
  projectId: Scalars['ID']['input'];
  /** Whether it covers a day or the week of the timesheet. */
  span?: InputMaybe<TimeSpan>;
  /** The task worked on; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The timesheet. When absent, the one of the employee that covers the work date; created for the ISO week (Monday to Sunday) when there is none. */
  timesheetId?: InputMaybe<Scalars['ID']['input']>;
  /** The day worked, or a day of the week worked. */
  workDate: Scalars['Date']['input'];
};

/** An expense to reject. */
export type RejectExpenseInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Why; 1 to 1000 characters. The owner reads it. */
  reason: Scalars['String']['input'];
};

/** An entry to reject. */
export type RejectTimeEntryInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Why; 1 to 1000 characters. The owner reads it. */
  reason: Scalars['String']['input'];
};

/** A timesheet to reject. */
export type RejectTimesheetInput = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Act on the entries of these projects only, as approvers per project do; all when absent. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Why; 1 to 1000 characters. The owner reads it. */
  reason: Scalars['String']['input'];
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** A timesheet to reject. */
export type RejectTimesheetItem = {
  /** The employee who decides, where the caller speaks for no employee (an integration). A person always decides in their own name. Never the owner. */
  approverId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Act on the entries of these projects only, as approvers per project do; all when absent. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Why; 1 to 1000 characters. The owner reads it. */
  reason: Scalars['String']['input'];
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** Rejections to carry out together. */
export type RejectTimesheetsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<RejectTimesheetItem>;
};

/** The answer of rejectTimesheets. */
export type RejectTimesheetsPayload = {
  __typename?: 'RejectTimesheetsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** An approved entry that its owner wants back. */
export type RequestTimeEntryRecallInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Why; 1 to 1000 characters. The approver reads it. */
  reason: Scalars['String']['input'];
};

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** An expense to submit. */
export type SubmitExpenseItem = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  expenseId: Scalars['ID']['input'];
};

/** Submissions to carry out together. */
export type SubmitExpensesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<SubmitExpenseItem>;
};

/** The answer of submitExpenses. */
export type SubmitExpensesPayload = {
  __typename?: 'SubmitExpensesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ExpenseItemResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** A timesheet to submit. */
export type SubmitTimesheetInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** A timesheet to submit. */
export type SubmitTimesheetItem = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which timesheet. */
  timesheetId: Scalars['ID']['input'];
};

/** Submissions to carry out together. */
export type SubmitTimesheetsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 items. */
  items: Array<SubmitTimesheetItem>;
};

/** The answer of submitTimesheets. */
export type SubmitTimesheetsPayload = {
  __typename?: 'SubmitTimesheetsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<TimesheetResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

export type Task = {
  __typename?: 'Task';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Time worked on the task. */
  timeEntries: TimesheetEntryConnection;
};


export type TaskTimeEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};

/** Entries and their hours. */
export type TimeCount = {
  __typename?: 'TimeCount';
  /** How many entries. */
  entries: Scalars['Int']['output'];
  /** Their hours. */
  hours: Scalars['Decimal']['output'];
};

/** What an entry covers. */
export type TimeSpan =
  /** The work date. */
  | 'DAY'
  /** The week that the timesheet is for, where the source has weekly totals only. */
  | 'WEEK';

/** Hours of a set of entries, and where they stand. */
export type TimeSummary = {
  __typename?: 'TimeSummary';
  /** Approved hours that customers are to pay for. */
  approvedBillableHours: Scalars['Decimal']['output'];
  /** Approved hours. */
  approvedHours: Scalars['Decimal']['output'];
  /** Hours that customers are to pay for. */
  billableHours: Scalars['Decimal']['output'];
  /** How many entries. */
  entries: Scalars['Int']['output'];
  /** All hours. */
  hours: Scalars['Decimal']['output'];
  /** Approved hours that are posted to the ledger. */
  postedHours: Scalars['Decimal']['output'];
  /** Hours that wait for an approver. */
  submittedHours: Scalars['Decimal']['output'];
};

/** What the rows of a time summary are about. */
export type TimeSummaryKey =
  /** A row per customer. */
  | 'CUSTOMER'
  /** A row per employee. */
  | 'EMPLOYEE'
  /** A row per labor category, and one for entries without. */
  | 'LABOR_CATEGORY'
  /** A row per project. */
  | 'PROJECT'
  /** A row per status. */
  | 'STATUS';

/** Hours of one customer, project, employee, status or labor category. */
export type TimeSummaryRow = {
  __typename?: 'TimeSummaryRow';
  /** Hours that customers are to pay for. */
  billableHours: Scalars['Decimal']['output'];
  /** Set when grouped by customer. */
  customer?: Maybe<Customer>;
  /** Set when grouped by employee. */
  employee?: Maybe<Employee>;
  /** How many entries. */
  entries: Scalars['Int']['output'];
  /** All hours. */
  hours: Scalars['Decimal']['output'];
  /** Set when grouped by labor category; null also for the entries without one. */
  laborCategory?: Maybe<LaborCategory>;
  /** Set when grouped by project. */
  project?: Maybe<Project>;
  /** Set when grouped by status. */
  status?: Maybe<TimesheetEntryStatus>;
};

/** What a person worked in a period of at most a week. Its status follows its entries. Owner of truth: PSA. */
export type Timesheet = {
  __typename?: 'Timesheet';
  /** What could be done with the timesheet now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When the timesheet was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Whose time it is. */
  employee: Employee;
  /** Its entries by work date, or in another order. */
  entries: TimesheetEntryConnection;
  /** How other systems call the timesheet. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The last day, at most six days after the first. */
  periodEnd: Scalars['Date']['output'];
  /** The first day. Source weeks may be short and start on any day. */
  periodStart: Scalars['Date']['output'];
  /** Where its entries are. */
  status: TimesheetStatus;
  /** When it was last submitted; null when it never was. */
  submittedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Hours of the entries that this actor may see, and where they stand. */
  summary: TimeSummary;
  /** When the timesheet last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change of the timesheet or of what its entries say; not when they are posted or billed. */
  version: Scalars['Int']['output'];
};


/** What a person worked in a period of at most a week. Its status follows its entries. Owner of truth: PSA. */
export type TimesheetEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TimesheetEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TimesheetEntryOrder>;
};


/** What a person worked in a period of at most a week. Its status follows its entries. Owner of truth: PSA. */
export type TimesheetSummaryArgs = {
  filter?: InputMaybe<TimesheetEntryFilter>;
};

/** The answer of an action on a timesheet. */
export type TimesheetActionPayload = {
  __typename?: 'TimesheetActionPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The timesheet; null when it was refused. */
  timesheet?: Maybe<Timesheet>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of timesheets. */
export type TimesheetConnection = {
  __typename?: 'TimesheetConnection';
  /** The rows with their cursors. */
  edges: Array<TimesheetEdge>;
  /** The rows. */
  nodes: Array<Timesheet>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many timesheets meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A timesheet and its place in the list. */
export type TimesheetEdge = {
  __typename?: 'TimesheetEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Timesheet;
};

/** Time that a person worked for a project, on a day or in a week. Owner of truth: PSA. */
export type TimesheetEntry = {
  __typename?: 'TimesheetEntry';
  /** When it was approved; null when it is not. */
  approvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who approved it; null when it is not approved. */
  approvedBy?: Maybe<Employee>;
  /** The version under which it was approved: entry and approved version identify its actuals. Null when it is not approved. */
  approvedVersion?: Maybe<Scalars['Int']['output']>;
  /** What could be done with the entry now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** True when the customer is to pay for it. */
  billable: Scalars['Boolean']['output'];
  /** When the invoice with it was posted; null when it is not billed. */
  billedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the entry was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** Who is worked for, by way of the project. */
  customer: Customer;
  /** Whose time it is. */
  employee: Employee;
  /** The engagement that the project belongs to. */
  engagement: Engagement;
  /** How other systems call the entry. */
  externalRefs: Array<ExternalRef>;
  /** The time in hours; exact to the second. */
  hours: Scalars['Decimal']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** What prices the time; null when it is missing: nothing is guessed. */
  laborCategory?: Maybe<LaborCategory>;
  /** Where the labor category came from. */
  laborCategorySource: LaborCategorySource;
  /** What was done; null when nothing was noted. */
  notes?: Maybe<Scalars['String']['output']>;
  /** When it was posted to the ledger; null when it is not. */
  postedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the approved time is in the ledger. */
  postingStatus: PostingStatus;
  /** The project worked for. */
  project: Project;
  /** Why its owner asks for it back; null when nobody asks. */
  recallReason?: Maybe<Scalars['String']['output']>;
  /** Why it was rejected; null when it is not. */
  rejectionReason?: Maybe<Scalars['String']['output']>;
  /** Whether it covers a day or a week. */
  span: TimeSpan;
  /** Where the entry is in its lifecycle. */
  status: TimesheetEntryStatus;
  /** When it was last submitted; null when it never was. */
  submittedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The task worked on; null when none was named. */
  task?: Maybe<Task>;
  /** The timesheet that it stands in. */
  timesheet: Timesheet;
  /** When the entry last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change of what the entry says or of its status; not when it is posted or billed. */
  version: Scalars['Int']['output'];
  /** The day worked, or the first day of the week worked. */
  workDate: Scalars['Date']['output'];
};

/** Which entry an action is for. */
export type TimesheetEntryActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an entry. */
export type TimesheetEntryActionPayload = {
  __typename?: 'TimesheetEntryActionPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The entry; null when it was refused. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of entries. */
export type TimesheetEntryConnection = {
  __typename?: 'TimesheetEntryConnection';
  /** The rows with their cursors. */
  edges: Array<TimesheetEntryEdge>;
  /** The rows. */
  nodes: Array<TimesheetEntry>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many entries meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An entry and its place in the list. */
export type TimesheetEntryEdge = {
  __typename?: 'TimesheetEntryEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: TimesheetEntry;
};

/** Which entries; all conditions must be met. */
export type TimesheetEntryFilter = {
  /** Only billable ones, or only those that are not. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only for these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these employees. */
  employeeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only for these engagements. */
  engagementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only with these labor categories. */
  laborCategoryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** True: only entries without a labor category. False: only entries with one. */
  laborCategoryMissing?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only with these posting states. */
  postingStatus?: InputMaybe<Array<PostingStatus>>;
  /** Only for these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<TimesheetEntryStatus>>;
  /** Only on these tasks. */
  taskIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only in these timesheets. */
  timesheetIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only work dates from this day on. */
  workDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only work dates up to this day. */
  workDateTo?: InputMaybe<Scalars['Date']['input']>;
};

/** The order of entries. */
export type TimesheetEntryOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: TimesheetEntryOrderField;
};

/** What entries can be ordered by. */
export type TimesheetEntryOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By work date. */
  | 'WORK_DATE';

/** What became of one item. */
export type TimesheetEntryResult = {
  __typename?: 'TimesheetEntryResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The entry; null when the item was refused. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** The lifecycle of an entry of time. */
export type TimesheetEntryStatus =
  /** Approved; on its way to the ledger or in it. */
  | 'APPROVED'
  /** Being written. */
  | 'DRAFT'
  /** Still approved; its owner asks for it back. */
  | 'RECALL_REQUESTED'
  /** Sent back with a reason. */
  | 'REJECTED'
  /** Waits for the approver. */
  | 'SUBMITTED';

/** Which timesheets; all conditions must be met. */
export type TimesheetFilter = {
  /** Only with entries for one of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these employees. */
  employeeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only periods that end on or after this day. */
  periodFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only periods that start on or before this day. */
  periodTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only with entries for one of these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<TimesheetStatus>>;
};

/** The order of timesheets. */
export type TimesheetOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: TimesheetOrderField;
};

/** What timesheets can be ordered by. */
export type TimesheetOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By the first day of the period. */
  | 'PERIOD_START';

/** What became of one item. */
export type TimesheetResult = {
  __typename?: 'TimesheetResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The timesheet; null when the item was refused. */
  timesheet?: Maybe<Timesheet>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Where a timesheet is; it follows from its entries. */
export type TimesheetStatus =
  /** All entries are approved. */
  | 'APPROVED'
  /** Nothing of it is submitted. */
  | 'DRAFT'
  /** Some entries are approved, others are not. */
  | 'PARTLY_APPROVED'
  /** All entries were rejected. */
  | 'REJECTED'
  /** Entries wait for a decision, none is approved. */
  | 'SUBMITTED';

/** What to change of an expense; absent fields stay, null clears. */
export type UpdateExpenseInput = {
  /** What was spent; more than 0. */
  amount?: InputMaybe<MoneyInput>;
  /** Whether the customer is to pay. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The kind of expense. */
  category?: InputMaybe<ExpenseCategory>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which expense. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** What for; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project that it was spent for. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** SHA-256 of the receipt, in hexadecimal. */
  receiptChecksum?: InputMaybe<Scalars['String']['input']>;
  /** Where the receipt is kept; at most 2000 characters. */
  receiptUrl?: InputMaybe<Scalars['String']['input']>;
  /** The task that it was spent for; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The day on which the money was spent. */
  workDate?: InputMaybe<Scalars['Date']['input']>;
};

/** What to change of an entry; absent fields stay, null clears. */
export type UpdateTimeEntryInput = {
  /** Whether the customer is to pay. */
  billable?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** More than 0 and a whole number of seconds. */
  hours?: InputMaybe<Scalars['Decimal']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The labor category. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** What was done; at most 4000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** The project worked for. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it covers a day or the week of the timesheet. */
  span?: InputMaybe<TimeSpan>;
  /** The task worked on; must be of the project. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** Another day of the same or another timesheet of the employee. */
  workDate?: InputMaybe<Scalars['Date']['input']>;
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

/** How much of a person's capacity went into work that customers pay for. */
export type Utilization = {
  __typename?: 'Utilization';
  /** Approved hours that customers are to pay for, by work date. */
  approvedBillableHours: Scalars['Decimal']['output'];
  /** Approved hours, by work date. */
  approvedHours: Scalars['Decimal']['output'];
  /** Weekly working hours spread over the weekdays from hire to termination; before time off and holidays. */
  capacityHours: Scalars['Decimal']['output'];
  /** The first day looked at. */
  from: Scalars['Date']['output'];
  /** Hours that wait for an approver, by work date. */
  submittedHours: Scalars['Decimal']['output'];
  /** The last day looked at. */
  to: Scalars['Date']['output'];
  /** Approved billable hours over capacity, four digits; null when there is no capacity. */
  utilization?: Maybe<Scalars['Decimal']['output']>;
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
  Customer: Customer;
  Employee: Employee;
  Engagement: Engagement;
  ExpenseItem: ExpenseItem;
  LaborCategory: LaborCategory;
  Project: Project;
  Task: Task;
  Timesheet: Timesheet;
  TimesheetEntry: TimesheetEntry;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Employee:
    ( { __typename: 'Employee' }
    & GraphQLRecursivePick<FederationTypes['Employee'], {"id":true}> );
  Engagement:
    ( { __typename: 'Engagement' }
    & GraphQLRecursivePick<FederationTypes['Engagement'], {"id":true}> );
  ExpenseItem:
    ( { __typename: 'ExpenseItem' }
    & GraphQLRecursivePick<FederationTypes['ExpenseItem'], {"id":true}> );
  LaborCategory:
    ( { __typename: 'LaborCategory' }
    & GraphQLRecursivePick<FederationTypes['LaborCategory'], {"id":true}> );
  Project:
    ( { __typename: 'Project' }
    & GraphQLRecursivePick<FederationTypes['Project'], {"id":true}> );
  Task:
    ( { __typename: 'Task' }
    & GraphQLRecursivePick<FederationTypes['Task'], {"id":true}> );
  Timesheet:
    ( { __typename: 'Timesheet' }
    & GraphQLRecursivePick<FederationTypes['Timesheet'], {"id":true}> );
  TimesheetEntry:
    ( { __typename: 'TimesheetEntry' }
    & GraphQLRecursivePick<FederationTypes['TimesheetEntry'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApproveExpenseInput: ApproveExpenseInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ApproveExpenseItem: ApproveExpenseItem;
  ApproveExpensesInput: ApproveExpensesInput;
  ApproveExpensesPayload: ResolverTypeWrapper<Omit<ApproveExpensesPayload, 'results'> & { results: Array<ResolversTypes['ExpenseItemResult']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ApproveTimesheetInput: ApproveTimesheetInput;
  ApproveTimesheetItem: ApproveTimesheetItem;
  ApproveTimesheetsInput: ApproveTimesheetsInput;
  ApproveTimesheetsPayload: ResolverTypeWrapper<Omit<ApproveTimesheetsPayload, 'results'> & { results: Array<ResolversTypes['TimesheetResult']> }>;
  ApprovedNotPostedSummary: ResolverTypeWrapper<ApprovedNotPostedSummary>;
  AssignLaborCategoryInput: AssignLaborCategoryInput;
  AssignLaborCategoryItem: AssignLaborCategoryItem;
  AssignLaborCategoryPayload: ResolverTypeWrapper<Omit<AssignLaborCategoryPayload, 'results'> & { results: Array<ResolversTypes['TimesheetEntryResult']> }>;
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CreateTimesheetItem: CreateTimesheetItem;
  CreateTimesheetsInput: CreateTimesheetsInput;
  CreateTimesheetsPayload: ResolverTypeWrapper<Omit<CreateTimesheetsPayload, 'results'> & { results: Array<ResolversTypes['TimesheetResult']> }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecideTimeEntryInput: DecideTimeEntryInput;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeleteExpensePayload: ResolverTypeWrapper<DeleteExpensePayload>;
  Employee: ResolverTypeWrapper<EmployeeRow>;
  Engagement: ResolverTypeWrapper<EngagementRow>;
  ErrorCode: ErrorCode;
  ExpenseCategory: ExpenseCategory;
  ExpenseItem: ResolverTypeWrapper<ExpenseItemRow>;
  ExpenseItemActionInput: ExpenseItemActionInput;
  ExpenseItemActionPayload: ResolverTypeWrapper<Omit<ExpenseItemActionPayload, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExpenseItemConnection: ResolverTypeWrapper<Connection<ExpenseItemRow>>;
  ExpenseItemEdge: ResolverTypeWrapper<Omit<ExpenseItemEdge, 'node'> & { node: ResolversTypes['ExpenseItem'] }>;
  ExpenseItemFilter: ExpenseItemFilter;
  ExpenseItemOrder: ExpenseItemOrder;
  ExpenseItemOrderField: ExpenseItemOrderField;
  ExpenseItemResult: ResolverTypeWrapper<Omit<ExpenseItemResult, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExpenseItemStatus: ExpenseItemStatus;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: ResolverTypeWrapper<LaborCategoryRow>;
  LaborCategorySource: LaborCategorySource;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PostingStatus: PostingStatus;
  Project: ResolverTypeWrapper<ProjectRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordExpenseInput: RecordExpenseInput;
  RecordExpenseItem: RecordExpenseItem;
  RecordExpensesInput: RecordExpensesInput;
  RecordExpensesPayload: ResolverTypeWrapper<Omit<RecordExpensesPayload, 'results'> & { results: Array<ResolversTypes['ExpenseItemResult']> }>;
  RecordTimeEntriesInput: RecordTimeEntriesInput;
  RecordTimeEntriesPayload: ResolverTypeWrapper<Omit<RecordTimeEntriesPayload, 'results'> & { results: Array<ResolversTypes['TimesheetEntryResult']> }>;
  RecordTimeEntryInput: RecordTimeEntryInput;
  RecordTimeEntryItem: RecordTimeEntryItem;
  RejectExpenseInput: RejectExpenseInput;
  RejectTimeEntryInput: RejectTimeEntryInput;
  RejectTimesheetInput: RejectTimesheetInput;
  RejectTimesheetItem: RejectTimesheetItem;
  RejectTimesheetsInput: RejectTimesheetsInput;
  RejectTimesheetsPayload: ResolverTypeWrapper<Omit<RejectTimesheetsPayload, 'results'> & { results: Array<ResolversTypes['TimesheetResult']> }>;
  RequestTimeEntryRecallInput: RequestTimeEntryRecallInput;
  SortDirection: SortDirection;
  SubmitExpenseItem: SubmitExpenseItem;
  SubmitExpensesInput: SubmitExpensesInput;
  SubmitExpensesPayload: ResolverTypeWrapper<Omit<SubmitExpensesPayload, 'results'> & { results: Array<ResolversTypes['ExpenseItemResult']> }>;
  SubmitTimesheetInput: SubmitTimesheetInput;
  SubmitTimesheetItem: SubmitTimesheetItem;
  SubmitTimesheetsInput: SubmitTimesheetsInput;
  SubmitTimesheetsPayload: ResolverTypeWrapper<Omit<SubmitTimesheetsPayload, 'results'> & { results: Array<ResolversTypes['TimesheetResult']> }>;
  Task: ResolverTypeWrapper<TaskRow>;
  TimeCount: ResolverTypeWrapper<TimeCount>;
  TimeSpan: TimeSpan;
  TimeSummary: ResolverTypeWrapper<TimeSummary>;
  TimeSummaryKey: TimeSummaryKey;
  TimeSummaryRow: ResolverTypeWrapper<Omit<TimeSummaryRow, 'customer' | 'employee' | 'laborCategory' | 'project'> & { customer?: Maybe<ResolversTypes['Customer']>, employee?: Maybe<ResolversTypes['Employee']>, laborCategory?: Maybe<ResolversTypes['LaborCategory']>, project?: Maybe<ResolversTypes['Project']> }>;
  Timesheet: ResolverTypeWrapper<TimesheetRow>;
  TimesheetActionPayload: ResolverTypeWrapper<Omit<TimesheetActionPayload, 'timesheet'> & { timesheet?: Maybe<ResolversTypes['Timesheet']> }>;
  TimesheetConnection: ResolverTypeWrapper<Connection<TimesheetRow>>;
  TimesheetEdge: ResolverTypeWrapper<Omit<TimesheetEdge, 'node'> & { node: ResolversTypes['Timesheet'] }>;
  TimesheetEntry: ResolverTypeWrapper<TimesheetEntryRow>;
  TimesheetEntryActionInput: TimesheetEntryActionInput;
  TimesheetEntryActionPayload: ResolverTypeWrapper<Omit<TimesheetEntryActionPayload, 'timeEntry'> & { timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  TimesheetEntryConnection: ResolverTypeWrapper<Connection<TimesheetEntryRow>>;
  TimesheetEntryEdge: ResolverTypeWrapper<Omit<TimesheetEntryEdge, 'node'> & { node: ResolversTypes['TimesheetEntry'] }>;
  TimesheetEntryFilter: TimesheetEntryFilter;
  TimesheetEntryOrder: TimesheetEntryOrder;
  TimesheetEntryOrderField: TimesheetEntryOrderField;
  TimesheetEntryResult: ResolverTypeWrapper<Omit<TimesheetEntryResult, 'timeEntry'> & { timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  TimesheetEntryStatus: TimesheetEntryStatus;
  TimesheetFilter: TimesheetFilter;
  TimesheetOrder: TimesheetOrder;
  TimesheetOrderField: TimesheetOrderField;
  TimesheetResult: ResolverTypeWrapper<Omit<TimesheetResult, 'timesheet'> & { timesheet?: Maybe<ResolversTypes['Timesheet']> }>;
  TimesheetStatus: TimesheetStatus;
  UpdateExpenseInput: UpdateExpenseInput;
  UpdateTimeEntryInput: UpdateTimeEntryInput;
  UserError: ResolverTypeWrapper<UserError>;
  Utilization: ResolverTypeWrapper<Utilization>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApproveExpenseInput: ApproveExpenseInput;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  ApproveExpenseItem: ApproveExpenseItem;
  ApproveExpensesInput: ApproveExpensesInput;
  ApproveExpensesPayload: Omit<ApproveExpensesPayload, 'results'> & { results: Array<ResolversParentTypes['ExpenseItemResult']> };
  Boolean: Scalars['Boolean']['output'];
  ApproveTimesheetInput: ApproveTimesheetInput;
  ApproveTimesheetItem: ApproveTimesheetItem;
  ApproveTimesheetsInput: ApproveTimesheetsInput;
  ApproveTimesheetsPayload: Omit<ApproveTimesheetsPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetResult']> };
  ApprovedNotPostedSummary: ApprovedNotPostedSummary;
  AssignLaborCategoryInput: AssignLaborCategoryInput;
  AssignLaborCategoryItem: AssignLaborCategoryItem;
  AssignLaborCategoryPayload: Omit<AssignLaborCategoryPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetEntryResult']> };
  AvailableAction: AvailableAction;
  String: Scalars['String']['output'];
  CreateTimesheetItem: CreateTimesheetItem;
  CreateTimesheetsInput: CreateTimesheetsInput;
  CreateTimesheetsPayload: Omit<CreateTimesheetsPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetResult']> };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: CustomerRow;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DecideTimeEntryInput: DecideTimeEntryInput;
  Decimal: Scalars['Decimal']['output'];
  DeleteExpensePayload: DeleteExpensePayload;
  Employee: EmployeeRow;
  Engagement: EngagementRow;
  ExpenseItem: ExpenseItemRow;
  ExpenseItemActionInput: ExpenseItemActionInput;
  ExpenseItemActionPayload: Omit<ExpenseItemActionPayload, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> };
  ExpenseItemConnection: Connection<ExpenseItemRow>;
  ExpenseItemEdge: Omit<ExpenseItemEdge, 'node'> & { node: ResolversParentTypes['ExpenseItem'] };
  ExpenseItemFilter: ExpenseItemFilter;
  ExpenseItemOrder: ExpenseItemOrder;
  ExpenseItemResult: Omit<ExpenseItemResult, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> };
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  LaborCategory: LaborCategoryRow;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Project: ProjectRow;
  Query: Record<PropertyKey, never>;
  RecordExpenseInput: RecordExpenseInput;
  RecordExpenseItem: RecordExpenseItem;
  RecordExpensesInput: RecordExpensesInput;
  RecordExpensesPayload: Omit<RecordExpensesPayload, 'results'> & { results: Array<ResolversParentTypes['ExpenseItemResult']> };
  RecordTimeEntriesInput: RecordTimeEntriesInput;
  RecordTimeEntriesPayload: Omit<RecordTimeEntriesPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetEntryResult']> };
  RecordTimeEntryInput: RecordTimeEntryInput;
  RecordTimeEntryItem: RecordTimeEntryItem;
  RejectExpenseInput: RejectExpenseInput;
  RejectTimeEntryInput: RejectTimeEntryInput;
  RejectTimesheetInput: RejectTimesheetInput;
  RejectTimesheetItem: RejectTimesheetItem;
  RejectTimesheetsInput: RejectTimesheetsInput;
  RejectTimesheetsPayload: Omit<RejectTimesheetsPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetResult']> };
  RequestTimeEntryRecallInput: RequestTimeEntryRecallInput;
  SubmitExpenseItem: SubmitExpenseItem;
  SubmitExpensesInput: SubmitExpensesInput;
  SubmitExpensesPayload: Omit<SubmitExpensesPayload, 'results'> & { results: Array<ResolversParentTypes['ExpenseItemResult']> };
  SubmitTimesheetInput: SubmitTimesheetInput;
  SubmitTimesheetItem: SubmitTimesheetItem;
  SubmitTimesheetsInput: SubmitTimesheetsInput;
  SubmitTimesheetsPayload: Omit<SubmitTimesheetsPayload, 'results'> & { results: Array<ResolversParentTypes['TimesheetResult']> };
  Task: TaskRow;
  TimeCount: TimeCount;
  TimeSummary: TimeSummary;
  TimeSummaryRow: Omit<TimeSummaryRow, 'customer' | 'employee' | 'laborCategory' | 'project'> & { customer?: Maybe<ResolversParentTypes['Customer']>, employee?: Maybe<ResolversParentTypes['Employee']>, laborCategory?: Maybe<ResolversParentTypes['LaborCategory']>, project?: Maybe<ResolversParentTypes['Project']> };
  Timesheet: TimesheetRow;
  TimesheetActionPayload: Omit<TimesheetActionPayload, 'timesheet'> & { timesheet?: Maybe<ResolversParentTypes['Timesheet']> };
  TimesheetConnection: Connection<TimesheetRow>;
  TimesheetEdge: Omit<TimesheetEdge, 'node'> & { node: ResolversParentTypes['Timesheet'] };
  TimesheetEntry: TimesheetEntryRow;
  TimesheetEntryActionInput: TimesheetEntryActionInput;
  TimesheetEntryActionPayload: Omit<TimesheetEntryActionPayload, 'timeEntry'> & { timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> };
  TimesheetEntryConnection: Connection<TimesheetEntryRow>;
  TimesheetEntryEdge: Omit<TimesheetEntryEdge, 'node'> & { node: ResolversParentTypes['TimesheetEntry'] };
  TimesheetEntryFilter: TimesheetEntryFilter;
  TimesheetEntryOrder: TimesheetEntryOrder;
  TimesheetEntryResult: Omit<TimesheetEntryResult, 'timeEntry'> & { timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> };
  TimesheetFilter: TimesheetFilter;
  TimesheetOrder: TimesheetOrder;
  TimesheetResult: Omit<TimesheetResult, 'timesheet'> & { timesheet?: Maybe<ResolversParentTypes['Timesheet']> };
  UpdateExpenseInput: UpdateExpenseInput;
  UpdateTimeEntryInput: UpdateTimeEntryInput;
  UserError: UserError;
  Utilization: Utilization;
};

export type ApproveExpensesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveExpensesPayload'] = ResolversParentTypes['ApproveExpensesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ExpenseItemResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApproveTimesheetsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveTimesheetsPayload'] = ResolversParentTypes['ApproveTimesheetsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApprovedNotPostedSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovedNotPostedSummary'] = ResolversParentTypes['ApprovedNotPostedSummary']> = {
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  inException?: Resolver<ResolversTypes['TimeCount'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['TimeCount'], ParentType, ContextType>;
};

export type AssignLaborCategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignLaborCategoryPayload'] = ResolversParentTypes['AssignLaborCategoryPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetEntryResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreateTimesheetsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTimesheetsPayload'] = ResolversParentTypes['CreateTimesheetsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  expenses?: Resolver<ResolversTypes['ExpenseItemConnection'], ParentType, ContextType, RequireFields<CustomerExpensesArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<CustomerTimeEntriesArgs, 'orderBy'>>;
  timeSummary?: Resolver<ResolversTypes['TimeSummary'], ParentType, ContextType, Partial<CustomerTimeSummaryArgs>>;
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

export type DeleteExpensePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteExpensePayload'] = ResolversParentTypes['DeleteExpensePayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee'], FederationReferenceType extends FederationReferenceTypes['Employee'] = FederationReferenceTypes['Employee']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Employee']> | FederationReferenceType, FederationReferenceType, ContextType>;
  expenses?: Resolver<ResolversTypes['ExpenseItemConnection'], ParentType, ContextType, RequireFields<EmployeeExpensesArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<EmployeeTimeEntriesArgs, 'orderBy'>>;
  timesheets?: Resolver<ResolversTypes['TimesheetConnection'], ParentType, ContextType, RequireFields<EmployeeTimesheetsArgs, 'orderBy'>>;
  utilization?: Resolver<ResolversTypes['Utilization'], ParentType, ContextType, RequireFields<EmployeeUtilizationArgs, 'from' | 'to'>>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement'], FederationReferenceType extends FederationReferenceTypes['Engagement'] = FederationReferenceTypes['Engagement']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Engagement']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<EngagementTimeEntriesArgs, 'orderBy'>>;
  timeSummary?: Resolver<ResolversTypes['TimeSummary'], ParentType, ContextType, Partial<EngagementTimeSummaryArgs>>;
};

export type ExpenseItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItem'] = ResolversParentTypes['ExpenseItem'], FederationReferenceType extends FederationReferenceTypes['ExpenseItem'] = FederationReferenceTypes['ExpenseItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  approvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  approvedBy?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  approvedVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  billedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['ExpenseCategory'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  employee?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
  engagement?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  postingStatus?: Resolver<ResolversTypes['PostingStatus'], ParentType, ContextType>;
  project?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
  receiptChecksum?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receiptUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reimbursedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExpenseItemStatus'], ParentType, ContextType>;
  submittedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type ExpenseItemActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItemActionPayload'] = ResolversParentTypes['ExpenseItemActionPayload']> = {
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExpenseItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItemConnection'] = ResolversParentTypes['ExpenseItemConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ExpenseItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExpenseItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItemEdge'] = ResolversParentTypes['ExpenseItemEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ExpenseItem'], ParentType, ContextType>;
};

export type ExpenseItemResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItemResult'] = ResolversParentTypes['ExpenseItemResult']> = {
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LaborCategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategory'] = ResolversParentTypes['LaborCategory'], FederationReferenceType extends FederationReferenceTypes['LaborCategory'] = FederationReferenceTypes['LaborCategory']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LaborCategory']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationApproveExpenseArgs, 'input'>>;
  approveExpenses?: Resolver<ResolversTypes['ApproveExpensesPayload'], ParentType, ContextType, RequireFields<MutationApproveExpensesArgs, 'input'>>;
  approveTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationApproveTimeEntryArgs, 'input'>>;
  approveTimeEntryRecall?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationApproveTimeEntryRecallArgs, 'input'>>;
  approveTimesheet?: Resolver<ResolversTypes['TimesheetActionPayload'], ParentType, ContextType, RequireFields<MutationApproveTimesheetArgs, 'input'>>;
  approveTimesheets?: Resolver<ResolversTypes['ApproveTimesheetsPayload'], ParentType, ContextType, RequireFields<MutationApproveTimesheetsArgs, 'input'>>;
  assignLaborCategory?: Resolver<ResolversTypes['AssignLaborCategoryPayload'], ParentType, ContextType, RequireFields<MutationAssignLaborCategoryArgs, 'input'>>;
  createTimesheets?: Resolver<ResolversTypes['CreateTimesheetsPayload'], ParentType, ContextType, RequireFields<MutationCreateTimesheetsArgs, 'input'>>;
  deleteExpense?: Resolver<ResolversTypes['DeleteExpensePayload'], ParentType, ContextType, RequireFields<MutationDeleteExpenseArgs, 'input'>>;
  deleteTimeEntry?: Resolver<ResolversTypes['TimesheetActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteTimeEntryArgs, 'input'>>;
  recallTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationRecallTimeEntryArgs, 'input'>>;
  recordExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationRecordExpenseArgs, 'input'>>;
  recordExpenses?: Resolver<ResolversTypes['RecordExpensesPayload'], ParentType, ContextType, RequireFields<MutationRecordExpensesArgs, 'input'>>;
  recordTimeEntries?: Resolver<ResolversTypes['RecordTimeEntriesPayload'], ParentType, ContextType, RequireFields<MutationRecordTimeEntriesArgs, 'input'>>;
  recordTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationRecordTimeEntryArgs, 'input'>>;
  refuseTimeEntryRecall?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationRefuseTimeEntryRecallArgs, 'input'>>;
  reimburseExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationReimburseExpenseArgs, 'input'>>;
  rejectExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationRejectExpenseArgs, 'input'>>;
  rejectTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationRejectTimeEntryArgs, 'input'>>;
  rejectTimesheet?: Resolver<ResolversTypes['TimesheetActionPayload'], ParentType, ContextType, RequireFields<MutationRejectTimesheetArgs, 'input'>>;
  rejectTimesheets?: Resolver<ResolversTypes['RejectTimesheetsPayload'], ParentType, ContextType, RequireFields<MutationRejectTimesheetsArgs, 'input'>>;
  requestTimeEntryRecall?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationRequestTimeEntryRecallArgs, 'input'>>;
  reviseExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationReviseExpenseArgs, 'input'>>;
  reviseTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationReviseTimeEntryArgs, 'input'>>;
  submitExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationSubmitExpenseArgs, 'input'>>;
  submitExpenses?: Resolver<ResolversTypes['SubmitExpensesPayload'], ParentType, ContextType, RequireFields<MutationSubmitExpensesArgs, 'input'>>;
  submitTimesheet?: Resolver<ResolversTypes['TimesheetActionPayload'], ParentType, ContextType, RequireFields<MutationSubmitTimesheetArgs, 'input'>>;
  submitTimesheets?: Resolver<ResolversTypes['SubmitTimesheetsPayload'], ParentType, ContextType, RequireFields<MutationSubmitTimesheetsArgs, 'input'>>;
  updateExpense?: Resolver<ResolversTypes['ExpenseItemActionPayload'], ParentType, ContextType, RequireFields<MutationUpdateExpenseArgs, 'input'>>;
  updateTimeEntry?: Resolver<ResolversTypes['TimesheetEntryActionPayload'], ParentType, ContextType, RequireFields<MutationUpdateTimeEntryArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project'], FederationReferenceType extends FederationReferenceTypes['Project'] = FederationReferenceTypes['Project']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Project']> | FederationReferenceType, FederationReferenceType, ContextType>;
  expenses?: Resolver<ResolversTypes['ExpenseItemConnection'], ParentType, ContextType, RequireFields<ProjectExpensesArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<ProjectTimeEntriesArgs, 'orderBy'>>;
  timeSummary?: Resolver<ResolversTypes['TimeSummary'], ParentType, ContextType, Partial<ProjectTimeSummaryArgs>>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  approvedNotPosted?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<QueryApprovedNotPostedArgs, 'orderBy'>>;
  approvedNotPostedSummary?: Resolver<ResolversTypes['ApprovedNotPostedSummary'], ParentType, ContextType, Partial<QueryApprovedNotPostedSummaryArgs>>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType, RequireFields<QueryExpenseArgs, 'id'>>;
  expenses?: Resolver<ResolversTypes['ExpenseItemConnection'], ParentType, ContextType, RequireFields<QueryExpensesArgs, 'orderBy'>>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<QueryTimeEntriesArgs, 'orderBy'>>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType, RequireFields<QueryTimeEntryArgs, 'id'>>;
  timeSummary?: Resolver<Array<ResolversTypes['TimeSummaryRow']>, ParentType, ContextType, RequireFields<QueryTimeSummaryArgs, 'first' | 'groupBy'>>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType, RequireFields<QueryTimesheetArgs, 'id'>>;
  timesheets?: Resolver<ResolversTypes['TimesheetConnection'], ParentType, ContextType, RequireFields<QueryTimesheetsArgs, 'orderBy'>>;
};

export type RecordExpensesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordExpensesPayload'] = ResolversParentTypes['RecordExpensesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ExpenseItemResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordTimeEntriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordTimeEntriesPayload'] = ResolversParentTypes['RecordTimeEntriesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetEntryResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RejectTimesheetsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectTimesheetsPayload'] = ResolversParentTypes['RejectTimesheetsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubmitExpensesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitExpensesPayload'] = ResolversParentTypes['SubmitExpensesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ExpenseItemResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubmitTimesheetsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitTimesheetsPayload'] = ResolversParentTypes['SubmitTimesheetsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['TimesheetResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task'], FederationReferenceType extends FederationReferenceTypes['Task'] = FederationReferenceTypes['Task']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Task']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  timeEntries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<TaskTimeEntriesArgs, 'orderBy'>>;
};

export type TimeCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimeCount'] = ResolversParentTypes['TimeCount']> = {
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type TimeSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimeSummary'] = ResolversParentTypes['TimeSummary']> = {
  approvedBillableHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  approvedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  billableHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  postedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  submittedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type TimeSummaryRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimeSummaryRow'] = ResolversParentTypes['TimeSummaryRow']> = {
  billableHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['TimesheetEntryStatus']>, ParentType, ContextType>;
};

export type TimesheetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Timesheet'] = ResolversParentTypes['Timesheet'], FederationReferenceType extends FederationReferenceTypes['Timesheet'] = FederationReferenceTypes['Timesheet']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Timesheet']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  employee?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['TimesheetEntryConnection'], ParentType, ContextType, RequireFields<TimesheetEntriesArgs, 'orderBy'>>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TimesheetStatus'], ParentType, ContextType>;
  submittedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['TimeSummary'], ParentType, ContextType, Partial<TimesheetSummaryArgs>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TimesheetActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetActionPayload'] = ResolversParentTypes['TimesheetActionPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TimesheetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetConnection'] = ResolversParentTypes['TimesheetConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TimesheetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TimesheetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEdge'] = ResolversParentTypes['TimesheetEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Timesheet'], ParentType, ContextType>;
};

export type TimesheetEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntry'] = ResolversParentTypes['TimesheetEntry'], FederationReferenceType extends FederationReferenceTypes['TimesheetEntry'] = FederationReferenceTypes['TimesheetEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  approvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  approvedBy?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  approvedVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  billedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  employee?: Resolver<ResolversTypes['Employee'], ParentType, ContextType>;
  engagement?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  laborCategorySource?: Resolver<ResolversTypes['LaborCategorySource'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  postingStatus?: Resolver<ResolversTypes['PostingStatus'], ParentType, ContextType>;
  project?: Resolver<ResolversTypes['Project'], ParentType, ContextType>;
  recallReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  span?: Resolver<ResolversTypes['TimeSpan'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TimesheetEntryStatus'], ParentType, ContextType>;
  submittedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  timesheet?: Resolver<ResolversTypes['Timesheet'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type TimesheetEntryActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntryActionPayload'] = ResolversParentTypes['TimesheetEntryActionPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TimesheetEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntryConnection'] = ResolversParentTypes['TimesheetEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TimesheetEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TimesheetEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntryEdge'] = ResolversParentTypes['TimesheetEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimesheetEntry'], ParentType, ContextType>;
};

export type TimesheetEntryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntryResult'] = ResolversParentTypes['TimesheetEntryResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TimesheetResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetResult'] = ResolversParentTypes['TimesheetResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
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

export type UtilizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Utilization'] = ResolversParentTypes['Utilization']> = {
  approvedBillableHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  approvedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  capacityHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  submittedHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  utilization?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ApproveExpensesPayload?: ApproveExpensesPayloadResolvers<ContextType>;
  ApproveTimesheetsPayload?: ApproveTimesheetsPayloadResolvers<ContextType>;
  ApprovedNotPostedSummary?: ApprovedNotPostedSummaryResolvers<ContextType>;
  AssignLaborCategoryPayload?: AssignLaborCategoryPayloadResolvers<ContextType>;
  AvailableAction?: AvailableActionResolvers<ContextType>;
  CreateTimesheetsPayload?: CreateTimesheetsPayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeleteExpensePayload?: DeleteExpensePayloadResolvers<ContextType>;
  Employee?: EmployeeResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  ExpenseItem?: ExpenseItemResolvers<ContextType>;
  ExpenseItemActionPayload?: ExpenseItemActionPayloadResolvers<ContextType>;
  ExpenseItemConnection?: ExpenseItemConnectionResolvers<ContextType>;
  ExpenseItemEdge?: ExpenseItemEdgeResolvers<ContextType>;
  ExpenseItemResult?: ExpenseItemResultResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  LaborCategory?: LaborCategoryResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordExpensesPayload?: RecordExpensesPayloadResolvers<ContextType>;
  RecordTimeEntriesPayload?: RecordTimeEntriesPayloadResolvers<ContextType>;
  RejectTimesheetsPayload?: RejectTimesheetsPayloadResolvers<ContextType>;
  SubmitExpensesPayload?: SubmitExpensesPayloadResolvers<ContextType>;
  SubmitTimesheetsPayload?: SubmitTimesheetsPayloadResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TimeCount?: TimeCountResolvers<ContextType>;
  TimeSummary?: TimeSummaryResolvers<ContextType>;
  TimeSummaryRow?: TimeSummaryRowResolvers<ContextType>;
  Timesheet?: TimesheetResolvers<ContextType>;
  TimesheetActionPayload?: TimesheetActionPayloadResolvers<ContextType>;
  TimesheetConnection?: TimesheetConnectionResolvers<ContextType>;
  TimesheetEdge?: TimesheetEdgeResolvers<ContextType>;
  TimesheetEntry?: TimesheetEntryResolvers<ContextType>;
  TimesheetEntryActionPayload?: TimesheetEntryActionPayloadResolvers<ContextType>;
  TimesheetEntryConnection?: TimesheetEntryConnectionResolvers<ContextType>;
  TimesheetEntryEdge?: TimesheetEntryEdgeResolvers<ContextType>;
  TimesheetEntryResult?: TimesheetEntryResultResolvers<ContextType>;
  TimesheetResult?: TimesheetResultResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Utilization?: UtilizationResolvers<ContextType>;
};

