import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { InvoiceRow, InvoiceLineRow } from '../subgraphs/finance/tables/invoices.ts';
import type { Connection } from '../kernel/connection.ts';
import type { JournalEntryRow, JournalLineRow } from '../subgraphs/finance/tables/journal.ts';
import type { ActualRow, PriceExplanationRow } from '../subgraphs/finance/tables/ledger.ts';
import type { PaymentRow, PaymentApplicationRow } from '../subgraphs/finance/tables/payments.ts';
import type { RateCardRow, RateCardVersionRow, RateCardLineRow } from '../subgraphs/finance/tables/rates.ts';
import type { LegalEntityRow, TaxProfileRow, CostCenterRow, FiscalPeriodRow } from '../subgraphs/finance/tables/reference.ts';
import type { RevenueEventRow } from '../subgraphs/finance/tables/revenue.ts';
import type { CustomerRow, EngagementRow, ContractRow, ProjectRow, MilestoneRow, TaskRow, EmployeeRow, LaborCategoryRow, TimesheetEntryRow, ExpenseItemRow } from '../subgraphs/finance/tables/stubs.ts';
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

/** What stands on one account in one currency. */
export type AccountBalance = {
  __typename?: 'AccountBalance';
  /** The account. */
  account: LedgerAccount;
  /** Debits less credits. */
  balance: Money;
  /** The sum of its credits. */
  credit: Money;
  /** The sum of its debits. */
  debit: Money;
};

/** A line of the ledger of cost and sales. It never changes but for its way to the invoice; a correction is a reversal and a new line. Owner of truth: ERP. */
export type Actual = {
  __typename?: 'Actual';
  /** The day in the books. */
  accountingDate: Scalars['Date']['output'];
  /** Negative on a reversal. */
  amount: Money;
  /** What could be done with the actual now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** Under which contract; null for what is not sold. */
  contract?: Maybe<Contract>;
  /** The contract line that bills or consumes it; null for what is not sold. */
  contractLineId?: Maybe<Scalars['ID']['output']>;
  /** When the actual was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** For whom; null for internal work. */
  customer?: Maybe<Customer>;
  /** What it says of itself, if anything. */
  description?: Maybe<Scalars['String']['output']>;
  /** Whose work or expense; null for fees. */
  employee?: Maybe<Employee>;
  /** Under which engagement; null for internal work. */
  engagement?: Maybe<Engagement>;
  /** The expense behind it; null when it came from something else. */
  expenseItem?: Maybe<ExpenseItem>;
  /** How other systems call the actual. */
  externalRefs: Array<ExternalRef>;
  /** Why it is NOT_READY, such as NOT_TO_EXCEED or HELD; null otherwise. */
  holdCode?: Maybe<Scalars['String']['output']>;
  /** The same as a sentence. */
  holdReason?: Maybe<Scalars['String']['output']>;
  /** The hours; null for what is no work. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice that it is on; null until then. */
  invoice?: Maybe<Invoice>;
  /** Cost, or sales before or after the invoice. */
  kind: ActualKind;
  /** The labor category that priced it; null for what is no work. */
  laborCategory?: Maybe<LaborCategory>;
  /** In whose books it stands. */
  legalEntity: LegalEntity;
  /** The milestone behind it; null when it came from something else. */
  milestone?: Maybe<Milestone>;
  /** The rule that priced it. */
  priceExplanation: PriceExplanation;
  /** On which project. */
  project?: Maybe<Project>;
  /** Why it was reversed; only on a reversal. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The actual that takes this one back; null while it counts. */
  reversedBy?: Maybe<Actual>;
  /** The actual that this one takes back; null when it is none. */
  reverses?: Maybe<Actual>;
  /** The id of what it came from. */
  sourceId: Scalars['ID']['output'];
  /** What it came from. */
  sourceType: ActualSourceType;
  /** The version of the source that was posted. */
  sourceVersion: Scalars['Int']['output'];
  /** Where it is on its way to the invoice. */
  status: ActualStatus;
  /** On which task, if on one. */
  task?: Maybe<Task>;
  /** The time behind it; null when it came from something else. */
  timesheetEntry?: Maybe<TimesheetEntry>;
  /** What was done: work, an expense or a fee. */
  transactionClass: ActualClass;
  /** When the actual last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
  /** The day of the work, which prices it. */
  workDate: Scalars['Date']['output'];
};

/** What was done. */
export type ActualClass =
  /** Money that was spent. */
  | 'EXPENSE'
  /** A fee that was agreed, such as a milestone. */
  | 'FEE'
  /** Work of people. */
  | 'TIME';

/** A page of actuals. */
export type ActualConnection = {
  __typename?: 'ActualConnection';
  /** The rows with their cursors. */
  edges: Array<ActualEdge>;
  /** The rows. */
  nodes: Array<Actual>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many actuals meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An actual and its place in the list. */
export type ActualEdge = {
  __typename?: 'ActualEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Actual;
};

/** Which actuals; all conditions must be met. */
export type ActualFilter = {
  /** Only these classes. */
  classes?: InputMaybe<Array<ActualClass>>;
  /** Only those under these contracts. */
  contractIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those for these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only the work and expenses of these employees. */
  employeeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those under these engagements. */
  engagementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only actuals with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only those on these invoices. */
  invoiceIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these kinds. */
  kinds?: InputMaybe<Array<ActualKind>>;
  /** Only those in the books of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those on these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** False: only those that count, neither reversed nor reversals. True: only the others. */
  reversed?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those from these sources. */
  sourceIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only those from these sources. */
  sourceTypes?: InputMaybe<Array<ActualSourceType>>;
  /** Only these states. */
  status?: InputMaybe<Array<ActualStatus>>;
  /** Only work of this day or later. */
  workDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only work of this day or earlier. */
  workDateTo?: InputMaybe<Scalars['Date']['input']>;
};

/** What a summary of actuals tells apart. */
export type ActualGroup =
  /** The contract. */
  | 'CONTRACT'
  /** The customer. */
  | 'CUSTOMER'
  /** Cost, unbilled and billed sales. */
  | 'KIND'
  /** The project. */
  | 'PROJECT';

/** What an actual counts. */
export type ActualKind =
  /** What it was invoiced for. */
  | 'BILLED_SALES'
  /** What the firm paid for it. */
  | 'COST'
  /** What it will be sold for: work in progress until it is billed. */
  | 'UNBILLED_SALES';

/** The order of actuals. */
export type ActualOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: ActualOrderField;
};

/** What actuals can be ordered by. */
export type ActualOrderField =
  /** By when they were posted. */
  | 'CREATED_AT'
  /** By the day of the work. */
  | 'WORK_DATE';

/** What an actual came from. */
export type ActualSourceType =
  /** An approved expense. */
  | 'EXPENSE_ITEM'
  /** Another system, by recordActuals. */
  | 'EXTERNAL'
  /** A line of an invoice. */
  | 'INVOICE_LINE'
  /** An accepted milestone. */
  | 'MILESTONE'
  /** Approved time. */
  | 'TIMESHEET_ENTRY';

/** The way of an actual to the invoice. COST stays READY. */
export type ActualStatus =
  /** On a posted invoice. */
  | 'BILLED'
  /** Held back: the next invoice leaves it out. */
  | 'NOT_READY'
  /** On an invoice that is not posted yet. */
  | 'ON_INVOICE'
  /** The next invoice takes it. */
  | 'READY';

/** A sum of actuals. Reversed actuals and their reversals cancel out. */
export type ActualSummaryRow = {
  __typename?: 'ActualSummaryRow';
  /** Their sum. */
  amount: Money;
  /** The contract; null unless grouped by CONTRACT, and for what is not sold. */
  contract?: Maybe<Contract>;
  /** How many actuals count: neither reversed nor reversals. */
  count: Scalars['Int']['output'];
  /** The currency of the sum. */
  currency: Scalars['CurrencyCode']['output'];
  /** The customer; null unless grouped by CUSTOMER, and for internal work. */
  customer?: Maybe<Customer>;
  /** Their hours. */
  hours: Scalars['Decimal']['output'];
  /** The kind; null unless grouped by KIND. */
  kind?: Maybe<ActualKind>;
  /** The project; null unless grouped by PROJECT. */
  project?: Maybe<Project>;
};

/** What a payment settles. */
export type ApplyPaymentInput = {
  /** 1 to 100 invoices and how much of each. */
  applications: Array<PaymentApplicationInput>;
  /** The date in the books; today when absent. It must lie in an open period. */
  appliedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which payment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The answer of applyPayment. */
export type ApplyPaymentPayload = {
  __typename?: 'ApplyPaymentPayload';
  /** It as it is now; null when it was refused. */
  payment?: Maybe<Payment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
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

export type Contract = {
  __typename?: 'Contract';
  /** The actuals under the contract. COST only with the permission cost:read. */
  actuals: ActualConnection;
  id: Scalars['ID']['output'];
  /** The contract's invoices and credit notes, latest first. A client sees posted ones and later only. */
  invoices: InvoiceConnection;
  /** The contract's revenue events by date. */
  revenueEvents: RevenueEventConnection;
  /** What was sold under the contract and is not billed yet, by currency; empty when there is none. */
  workInProgress: Array<WorkInProgress>;
};


export type ContractActualsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ActualFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ActualOrder>;
};


export type ContractInvoicesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


export type ContractRevenueEventsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<RevenueEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RevenueEventOrder>;
};

/** Where costs are collected within a legal entity. Owner of truth: ERP. */
export type CostCenter = {
  __typename?: 'CostCenter';
  /** The short code; unique within the legal entity. */
  code: Scalars['String']['output'];
  /** When the cost center was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The last day on which it takes costs; null while it is open. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** How other systems call the cost center. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Whose cost center it is. */
  legalEntity: LegalEntity;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The first day on which it takes costs; null when it always did. */
  startDate?: Maybe<Scalars['Date']['output']>;
  /** When the cost center last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** A page of cost centers. */
export type CostCenterConnection = {
  __typename?: 'CostCenterConnection';
  /** The rows with their cursors. */
  edges: Array<CostCenterEdge>;
  /** The rows. */
  nodes: Array<CostCenter>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many cost centers meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A cost center and its place in the list. */
export type CostCenterEdge = {
  __typename?: 'CostCenterEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: CostCenter;
};

/** Which cost centers; all conditions must be met. */
export type CostCenterFilter = {
  /** Only those that take costs on this day. */
  activeOn?: InputMaybe<Scalars['Date']['input']>;
  /** Only these codes. */
  codes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only cost centers with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only those of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only cost centers whose name contains this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of cost centers. */
export type CostCenterOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: CostCenterOrderField;
};

/** What cost centers can be ordered by. */
export type CostCenterOrderField =
  /** By code. */
  | 'CODE'
  /** By name. */
  | 'NAME';

/** A cost center to create. */
export type CreateCostCenterInput = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code: Scalars['String']['input'];
  /** The last day on which it takes costs. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** How other systems call it. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Which legal entity it belongs to. */
  legalEntityId: Scalars['ID']['input'];
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The first day on which it takes costs. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of createCostCenter. */
export type CreateCostCenterPayload = {
  __typename?: 'CreateCostCenterPayload';
  /** The cost center; null when it was refused. */
  costCenter?: Maybe<CostCenter>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** The fiscal years to divide into periods. */
export type CreateFiscalPeriodsInput = {
  /** The calendar year in which the first fiscal year starts, 1900 to 2200. */
  firstYear: Scalars['Int']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Which legal entity it belongs to. */
  legalEntityId: Scalars['ID']['input'];
  /** How long a period is. */
  length?: FiscalPeriodLength;
  /** The month in which a fiscal year starts, 1 to 12. */
  startMonth?: Scalars['Int']['input'];
  /** How many years, 1 to 50. */
  years?: Scalars['Int']['input'];
};

/** The answer of createFiscalPeriods. */
export type CreateFiscalPeriodsPayload = {
  __typename?: 'CreateFiscalPeriodsPayload';
  /** All periods of the years, those included that were there already; empty when it was refused. */
  fiscalPeriods: Array<FiscalPeriod>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A journal entry to create. */
export type CreateJournalEntryInput = {
  /** The customer that it is about. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** What it is about; 1 to 255 characters. */
  description: Scalars['String']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** In whose books. */
  legalEntityId: Scalars['ID']['input'];
  /** 1 to 1,000 lines; to be posted, debits must equal credits per currency and legal entity. */
  lines: Array<JournalLineInput>;
  /** The date in the books. */
  postingDate: Scalars['Date']['input'];
};

/** The answer of createJournalEntry. */
export type CreateJournalEntryPayload = {
  __typename?: 'CreateJournalEntryPayload';
  /** It as it is now; null when it was refused. */
  journalEntry?: Maybe<JournalEntry>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A legal entity to create. */
export type CreateLegalEntityInput = {
  /** The short code; 1 to 40 characters, unique. */
  code: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2, such as "DE". */
  countryCode: Scalars['String']['input'];
  /** The currency of its books. */
  currency: Scalars['CurrencyCode']['input'];
  /** How other systems call it. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The registered name; 1 to 255 characters. */
  name: Scalars['String']['input'];
};

/** The answer of createLegalEntity. */
export type CreateLegalEntityPayload = {
  __typename?: 'CreateLegalEntityPayload';
  /** The legal entity; null when it was refused. */
  legalEntity?: Maybe<LegalEntity>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A rate card to create. */
export type CreateRateCardInput = {
  /** The currency of its rates; for life. */
  currency: Scalars['CurrencyCode']['input'];
  /** Whose work it prices; needed for CUSTOMER, refused otherwise. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** How other systems call it. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** What its rates say; for life. */
  kind: RateCardKind;
  /** Whose card it is; needed for STANDARD. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** Whom it prices for; for life. */
  scope: RateCardScope;
};

/** The answer of createRateCard. */
export type CreateRateCardPayload = {
  __typename?: 'CreateRateCardPayload';
  /** The rate card; null when it was refused. */
  rateCard?: Maybe<RateCard>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A version to create. */
export type CreateRateCardVersionInput = {
  /** The first work date that it prices. */
  effectiveFrom: Scalars['Date']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Its rates, up to 5000. */
  lines: Array<RateCardLineInput>;
  /** Of which card. */
  rateCardId: Scalars['ID']['input'];
};

/** The answer of createRateCardVersion. */
export type CreateRateCardVersionPayload = {
  __typename?: 'CreateRateCardVersionPayload';
  /** The version; null when it was refused. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A tax profile to create. */
export type CreateTaxProfileInput = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code: Scalars['String']['input'];
  /** True: no tax is charged; false unless it is given. */
  exempt?: InputMaybe<Scalars['Boolean']['input']>;
  /** How other systems call it. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Which legal entity it belongs to. */
  legalEntityId: Scalars['ID']['input'];
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** What invoices must say; up to 1000 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The rates; they replace all former ones. Their days must not overlap. */
  rates?: InputMaybe<Array<TaxRateInput>>;
};

/** The answer of createTaxProfile. */
export type CreateTaxProfilePayload = {
  __typename?: 'CreateTaxProfilePayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The tax profile; null when it was refused. */
  taxProfile?: Maybe<TaxProfile>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Which invoice to credit. */
export type CreditInvoiceInput = {
  /** The date of the credit note and in the books; today when absent. It must lie in an open period. */
  creditDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Why, for the customer and the auditor; 1 to 255 characters. */
  reason: Scalars['String']['input'];
};

/** The answer of creditInvoice. */
export type CreditInvoicePayload = {
  __typename?: 'CreditInvoicePayload';
  /** It as it is now; null when it was refused. */
  invoice?: Maybe<Invoice>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

export type Customer = {
  __typename?: 'Customer';
  /** The actuals for the customer. COST only with the permission cost:read. */
  actuals: ActualConnection;
  id: Scalars['ID']['output'];
  /** The customer's invoices and credit notes, latest first. A client sees posted ones and later only. */
  invoices: InvoiceConnection;
  /** What the customer paid, latest first. */
  payments: PaymentConnection;
  /** What the customer owes today, by currency; empty when there are no posted invoices and no payments. */
  receivables: Array<Receivable>;
  /** What was sold to the customer and is not billed yet, by currency; empty when there is none. */
  workInProgress: Array<WorkInProgress>;
};


export type CustomerActualsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ActualFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ActualOrder>;
};


export type CustomerInvoicesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


export type CustomerPaymentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};

/** What to bill. */
export type DraftInvoicesInput = {
  /** Only of these contracts. */
  contractIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Work up to and including this date. */
  cutOffDate: Scalars['Date']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The date on the invoices; today when absent. */
  invoiceDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of draftInvoices. */
export type DraftInvoicesPayload = {
  __typename?: 'DraftInvoicesPayload';
  /** How many actuals are on the new drafts; zero when nothing was ready. */
  actualsTaken: Scalars['Int']['output'];
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<DraftInvoicesResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of draftInvoices. */
export type DraftInvoicesResult = {
  __typename?: 'DraftInvoicesResult';
  /** The item's place, from 0. */
  index: Scalars['Int']['output'];
  /** It as it is now; null when the item was refused and there is nothing to show. */
  invoice?: Maybe<Invoice>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

export type Employee = {
  __typename?: 'Employee';
  id: Scalars['ID']['output'];
};

export type Engagement = {
  __typename?: 'Engagement';
  /** The actuals under the engagement. COST only with the permission cost:read. */
  actuals: ActualConnection;
  id: Scalars['ID']['output'];
  /** The engagement's invoices and credit notes, latest first. A client sees posted ones and later only. */
  invoices: InvoiceConnection;
};


export type EngagementActualsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ActualFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ActualOrder>;
};


export type EngagementInvoicesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
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

export type ExpenseItem = {
  __typename?: 'ExpenseItem';
  /** What the expense made in the ledger, reversals included. COST only with the permission cost:read. */
  actuals: Array<Actual>;
  id: Scalars['ID']['output'];
};

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

/** A stretch of days of a legal entity's books. Owner of truth: ERP. */
export type FiscalPeriod = {
  __typename?: 'FiscalPeriod';
  /** What could be done with the period now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When it was last closed; null while it is OPEN. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the period was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The last day. */
  endDate: Scalars['Date']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Whose books. */
  legalEntity: LegalEntity;
  /** When it was locked; null until then. */
  lockedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The name, such as "2026-03". */
  name: Scalars['String']['output'];
  /** The first day. */
  startDate: Scalars['Date']['output'];
  /** Whether anything can be posted into it. */
  status: FiscalPeriodStatus;
  /** Draft and validated invoices dated in it. A close waits for them. */
  unpostedInvoices: Scalars['Int']['output'];
  /** Draft journal entries dated in it. A close waits for them. */
  unpostedJournalEntries: Scalars['Int']['output'];
  /** When the period last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which fiscal period an action is for. */
export type FiscalPeriodActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which fiscal period. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a fiscal period. */
export type FiscalPeriodActionPayload = {
  __typename?: 'FiscalPeriodActionPayload';
  /** The fiscal period; null when it was refused. */
  fiscalPeriod?: Maybe<FiscalPeriod>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of fiscal periods. */
export type FiscalPeriodConnection = {
  __typename?: 'FiscalPeriodConnection';
  /** The rows with their cursors. */
  edges: Array<FiscalPeriodEdge>;
  /** The rows. */
  nodes: Array<FiscalPeriod>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many fiscal periods meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A fiscal period and its place in the list. */
export type FiscalPeriodEdge = {
  __typename?: 'FiscalPeriodEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: FiscalPeriod;
};

/** Which fiscal periods; all conditions must be met. */
export type FiscalPeriodFilter = {
  /** Only those in which this day lies. */
  date?: InputMaybe<Scalars['Date']['input']>;
  /** Only those that end on this day or later. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Only those of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<FiscalPeriodStatus>>;
  /** Only those that start on this day or earlier. */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** How long a fiscal period is. */
export type FiscalPeriodLength =
  /** Twelve a year. */
  | 'MONTH'
  /** Four a year. */
  | 'QUARTER'
  /** One a year. */
  | 'YEAR';

/** The order of fiscal periods. */
export type FiscalPeriodOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: FiscalPeriodOrderField;
};

/** What fiscal periods can be ordered by. */
export type FiscalPeriodOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By their first day. */
  | 'START_DATE';

/** The lifecycle of a fiscal period. */
export type FiscalPeriodStatus =
  /** Postings are refused with PERIOD_CLOSED; it can be reopened. */
  | 'CLOSED'
  /** Postings are refused with PERIOD_CLOSED, for good. */
  | 'LOCKED'
  /** Postings are accepted. */
  | 'OPEN';

/** An actual to hold back. */
export type HoldActualItem = {
  /** Which actual. */
  actualId: Scalars['ID']['input'];
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Why; 1 to 1000 characters. */
  reason: Scalars['String']['input'];
};

/** Actuals to hold back. */
export type HoldActualsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 actuals. */
  items: Array<HoldActualItem>;
};

/** The answer of holdActuals. */
export type HoldActualsPayload = {
  __typename?: 'HoldActualsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<HoldActualsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of holdActuals. */
export type HoldActualsResult = {
  __typename?: 'HoldActualsResult';
  /** The actual; null when the item was refused. */
  actual?: Maybe<Actual>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** What a customer is asked to pay, or, as a credit note, no longer has to. Owner of truth: finance. */
export type Invoice = {
  __typename?: 'Invoice';
  /** What could be done with the invoice now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The contract by which it is billed. */
  contract: Contract;
  /** When it was drafted. */
  createdAt: Scalars['DateTime']['output'];
  /** The credit note that ended this invoice, if one did. */
  creditNote?: Maybe<Invoice>;
  /** Why it was credited; on the credit note only. */
  creditReason?: Maybe<Scalars['String']['output']>;
  /** The invoice that this credit note ends; null on an invoice. */
  credits?: Maybe<Invoice>;
  /** The currency of all its amounts. */
  currency: Scalars['CurrencyCode']['output'];
  /** Who is to pay. */
  customer: Customer;
  /** Work up to and including this date is on it. */
  cutOffDate: Scalars['Date']['output'];
  /** When it is due: the invoice date plus the contract's payment terms. */
  dueDate: Scalars['Date']['output'];
  /** The engagement that was worked for. */
  engagement: Engagement;
  /** How other systems call the invoice. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The date on the invoice, by which it is taxed and posted; until it is posted, the date when it was drafted or last given. */
  invoiceDate: Scalars['Date']['output'];
  /** Its entry in the books; null until it is posted. */
  journalEntry?: Maybe<JournalEntry>;
  /** An invoice, or the credit note that ends one. */
  kind: InvoiceKind;
  /** The legal entity of the firm that bills. */
  legalEntity: LegalEntity;
  /** What is billed, in the order of the printed invoice. */
  lines: InvoiceLineConnection;
  /** A sentence for the customer, printed on the invoice. */
  note?: Maybe<Scalars['String']['output']>;
  /** The number, gapless per legal entity, kind and year; null until the invoice is posted. */
  number?: Maybe<Scalars['String']['output']>;
  /** What is still to be paid: zero unless it is posted, and zero once credited. */
  open: Money;
  /** True when something is open after the due date, as of today. */
  overdue: Scalars['Boolean']['output'];
  /** What payments have settled of it. */
  paid: Money;
  /** What payments settled of it, reversed ones included. */
  payments: PaymentApplicationConnection;
  /** When it was posted; null until then. */
  postedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The customer's own order number, if there is one. */
  purchaseOrderNumber?: Maybe<Scalars['String']['output']>;
  /** Where the invoice is in its lifecycle. */
  status: InvoiceStatus;
  /** The sum of the lines, without tax. */
  subtotal: Money;
  /** The sum of the lines' taxes; zero until tax was determined. */
  tax: Money;
  /** When tax could last not be determined; null when nothing stands against it. */
  taxFailedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why tax could last not be determined. */
  taxFailure?: Maybe<Scalars['String']['output']>;
  /** The tax profile that it was taxed by; null until tax was determined. */
  taxProfile?: Maybe<TaxProfile>;
  /** Subtotal plus tax. Negative on a credit note. */
  total: Money;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** What a customer is asked to pay, or, as a credit note, no longer has to. Owner of truth: finance. */
export type InvoiceLinesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceLineOrder>;
};


/** What a customer is asked to pay, or, as a credit note, no longer has to. Owner of truth: finance. */
export type InvoicePaymentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<PaymentApplicationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentApplicationOrder>;
};

/** Which invoice an action is for. */
export type InvoiceActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an invoice. */
export type InvoiceActionPayload = {
  __typename?: 'InvoiceActionPayload';
  /** It as it is now; null when it was refused. */
  invoice?: Maybe<Invoice>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of invoices. */
export type InvoiceConnection = {
  __typename?: 'InvoiceConnection';
  /** The rows with their cursors. */
  edges: Array<InvoiceEdge>;
  /** The rows. */
  nodes: Array<Invoice>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many invoices meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type InvoiceEdge = {
  __typename?: 'InvoiceEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Invoice;
};

/** Which invoices; all conditions must be met. */
export type InvoiceFilter = {
  /** Only of these contracts. */
  contractIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only in these currencies. */
  currencies?: InputMaybe<Array<Scalars['CurrencyCode']['input']>>;
  /** Only of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Due on this day or later. */
  dueDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Due on this day or earlier. */
  dueDateTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only of these engagements. */
  engagementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Dated on this day or later. */
  invoiceDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Dated on this day or earlier. */
  invoiceDateTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only these kinds. */
  kind?: InputMaybe<Array<InvoiceKind>>;
  /** Only of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these numbers. */
  numbers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** True: only with something to be paid. False: only without. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only with something open that was due before this day. */
  overdueOn?: InputMaybe<Scalars['Date']['input']>;
  /** Only with a line for one of these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<InvoiceStatus>>;
  /** True: only where tax could last not be determined. False: only others. */
  taxFailed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** One invoice of many. */
export type InvoiceItem = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
};

/** What the paper is. */
export type InvoiceKind =
  /** Ends an invoice; its amounts are negative. */
  | 'CREDIT_NOTE'
  /** Asks for money. */
  | 'INVOICE';

/** What an invoice asks for: one project and labor category, expense category or fee. Its amount is the sum of the actuals behind it, not rounded again. */
export type InvoiceLine = {
  __typename?: 'InvoiceLine';
  /** The account that the amount is credited to. */
  account: LedgerAccount;
  /** How many actuals it bills. */
  actualCount: Scalars['Int']['output'];
  /** What it bills: the unbilled sales actuals. */
  actuals: Array<Actual>;
  /** What is asked for, without tax. */
  amount: Money;
  /** The line of the contract that it is billed by; null when the actuals tell none. */
  contractLineId?: Maybe<Scalars['ID']['output']>;
  /** What it is for, as printed. */
  description: Scalars['String']['output'];
  /** The expense items behind it. */
  expenses: Array<ExpenseItem>;
  /** Hours billed; null for expenses and fees. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice that it stands on. */
  invoice: Invoice;
  /** Time, expense or fee. */
  kind: InvoiceLineKind;
  /** The labor category of the time; null for expenses and fees. */
  laborCategory?: Maybe<LaborCategory>;
  /** Its place on the printed invoice, from 1. */
  position: Scalars['Int']['output'];
  /** The project that was worked on; null for a fee of the whole contract. */
  project?: Maybe<Project>;
  /** The tax on it, rounded half up once per line and tax rate. */
  tax: Money;
  /** The timesheet entries behind it. */
  timeEntries: Array<TimesheetEntry>;
};

/** A page of invoice lines. */
export type InvoiceLineConnection = {
  __typename?: 'InvoiceLineConnection';
  /** The rows with their cursors. */
  edges: Array<InvoiceLineEdge>;
  /** The rows. */
  nodes: Array<InvoiceLine>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many invoice lines meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type InvoiceLineEdge = {
  __typename?: 'InvoiceLineEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: InvoiceLine;
};

/** Which invoice lines; all conditions must be met. */
export type InvoiceLineFilter = {
  /** Only of these kinds. */
  kind?: InputMaybe<Array<InvoiceLineKind>>;
  /** Only for these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** What a line bills. */
export type InvoiceLineKind =
  /** Expenses. */
  | 'EXPENSE'
  /** A fee, milestone or instalment. */
  | 'FEE'
  /** Hours. */
  | 'TIME';

/** The order of invoice lines. */
export type InvoiceLineOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: InvoiceLineOrderField;
};

/** What invoice lines can be ordered by. */
export type InvoiceLineOrderField =
  /** By amount. */
  | 'AMOUNT'
  /** As printed. */
  | 'POSITION';

/** The order of invoices. */
export type InvoiceOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: InvoiceOrderField;
};

/** What invoices can be ordered by. */
export type InvoiceOrderField =
  /** By when they were drafted. */
  | 'CREATED_AT'
  /** By when it is due. */
  | 'DUE_DATE'
  /** By the date on the invoice. */
  | 'INVOICE_DATE'
  /** By number; those without one come first. */
  | 'NUMBER'
  /** By total, whatever the currency. */
  | 'TOTAL';

/** The lifecycle of an invoice. */
export type InvoiceStatus =
  /** Given up before it was posted; its actuals were READY again. */
  | 'CANCELLED'
  /** Ended by a credit note. */
  | 'CREDITED'
  /** Proposed; its actuals are ON_INVOICE. */
  | 'DRAFT'
  /** Payments settled all. */
  | 'PAID'
  /** Payments settled a part. */
  | 'PARTLY_PAID'
  /** Numbered, in the books, and with the customer. A credit note stays here. */
  | 'POSTED'
  /** Complete and taxed; ready to be posted. */
  | 'VALIDATED';

/** A change to the books. Posted, it never changes; it is undone by an opposite entry. Owner of truth: finance. */
export type JournalEntry = {
  __typename?: 'JournalEntry';
  /** What could be done with the entry now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer that it is about, if it is about one. */
  customer?: Maybe<Customer>;
  /** What it is about. */
  description: Scalars['String']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice that made it, if one did. */
  invoice?: Maybe<Invoice>;
  /** In whose books it stands; its lines may also touch other legal entities of the firm. */
  legalEntity: LegalEntity;
  /** What is debited and credited. */
  lines: JournalLineConnection;
  /** The payment that made it, if one did. */
  payment?: Maybe<Payment>;
  /** When it was posted; null until then. */
  postedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The date in the books; it lies in an open fiscal period when the entry is posted. */
  postingDate: Scalars['Date']['output'];
  /** The revenue event that made it, if one did. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** The entry that undoes this one, if there is one. */
  reversedBy?: Maybe<JournalEntry>;
  /** The entry that this one undoes, if it undoes one. */
  reverses?: Maybe<JournalEntry>;
  /** What made it. */
  source: JournalSource;
  /** Where the entry is in its lifecycle. */
  status: JournalEntryStatus;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** A change to the books. Posted, it never changes; it is undone by an opposite entry. Owner of truth: finance. */
export type JournalEntryLinesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<JournalLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<JournalLineOrder>;
};

/** A page of journal entries. */
export type JournalEntryConnection = {
  __typename?: 'JournalEntryConnection';
  /** The rows with their cursors. */
  edges: Array<JournalEntryEdge>;
  /** The rows. */
  nodes: Array<JournalEntry>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many journal entries meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type JournalEntryEdge = {
  __typename?: 'JournalEntryEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: JournalEntry;
};

/** Which journal entries; all conditions must be met. */
export type JournalEntryFilter = {
  /** Only with a line on one of these accounts. */
  accounts?: InputMaybe<Array<LedgerAccount>>;
  /** Only with a line about one of these contracts. */
  contractIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only about these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only in the books of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Posted for this day or later. */
  postingDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Posted for this day or earlier. */
  postingDateTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only made by these. */
  source?: InputMaybe<Array<JournalSource>>;
  /** Only these states. */
  status?: InputMaybe<Array<JournalEntryStatus>>;
};

/** The order of journal entries. */
export type JournalEntryOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: JournalEntryOrderField;
};

/** What journal entries can be ordered by. */
export type JournalEntryOrderField =
  /** By when they were created. */
  | 'CREATED_AT'
  /** By the date in the books. */
  | 'POSTING_DATE';

/** The lifecycle of a journal entry. */
export type JournalEntryStatus =
  /** Not in the books yet. */
  | 'DRAFT'
  /** In the books, for good. */
  | 'POSTED';

/** One side of a journal entry: either debit or credit. */
export type JournalLine = {
  __typename?: 'JournalLine';
  /** The account. */
  account: LedgerAccount;
  /** The contract that it is about, if it is about one. */
  contract?: Maybe<Contract>;
  /** What is credited; zero on a debit. */
  credit: Money;
  /** What is debited; zero on a credit. */
  debit: Money;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The entry that it belongs to. */
  journalEntry: JournalEntry;
  /** In whose books it stands. */
  legalEntity: LegalEntity;
  /** More about it, if there is more to say. */
  note?: Maybe<Scalars['String']['output']>;
  /** Its place in the entry, from 1. */
  position: Scalars['Int']['output'];
  /** The project that it is about, if it is about one. */
  project?: Maybe<Project>;
};

/** A page of journal lines. */
export type JournalLineConnection = {
  __typename?: 'JournalLineConnection';
  /** The rows with their cursors. */
  edges: Array<JournalLineEdge>;
  /** The rows. */
  nodes: Array<JournalLine>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many journal lines meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type JournalLineEdge = {
  __typename?: 'JournalLineEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: JournalLine;
};

/** Which journal lines; all conditions must be met. */
export type JournalLineFilter = {
  /** Only on these accounts. */
  accounts?: InputMaybe<Array<LedgerAccount>>;
};

/** One side of a journal entry: give debit or credit, not both. */
export type JournalLineInput = {
  /** The account. */
  account: LedgerAccount;
  /** The contract that it is about. */
  contractId?: InputMaybe<Scalars['ID']['input']>;
  /** What is credited; more than zero. */
  credit?: InputMaybe<MoneyInput>;
  /** What is debited; more than zero. */
  debit?: InputMaybe<MoneyInput>;
  /** In whose books; the entry's legal entity when absent. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** More about it; at most 255 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The project that it is about. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
};

/** The order of journal lines. */
export type JournalLineOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: JournalLineOrderField;
};

/** What journal lines can be ordered by. */
export type JournalLineOrderField =
  /** As entered. */
  | 'POSITION';

/** What made a journal entry. */
export type JournalSource =
  /** A credit note. */
  | 'CREDIT_NOTE'
  /** The posting of an invoice. */
  | 'INVOICE'
  /** A person or a connected system. */
  | 'MANUAL'
  /** Money that arrived. */
  | 'PAYMENT'
  /** A payment that settles an invoice. */
  | 'PAYMENT_APPLICATION'
  /** The recognition of revenue. */
  | 'REVENUE'
  /** The undoing of another entry. */
  | 'REVERSAL';

export type LaborCategory = {
  __typename?: 'LaborCategory';
  id: Scalars['ID']['output'];
};

/** The chart of accounts. */
export type LedgerAccount =
  /** Liability: cost incurred and not yet paid. */
  | 'ACCRUED_COST'
  /** Asset: revenue recognized and not yet billed. */
  | 'ACCRUED_REVENUE'
  /** Asset: money in the bank. */
  | 'CASH'
  /** Liability: billed and not yet recognized as revenue. A debit balance is a contract asset. */
  | 'CONTRACT_LIABILITY'
  /** Expense: cost of the work delivered. */
  | 'COST_OF_SERVICES'
  /** Liability: what customers paid and is not applied to an invoice. */
  | 'CUSTOMER_CREDIT'
  /** Between legal entities of the firm. */
  | 'INTERCOMPANY'
  /** Anything else that is booked by hand. */
  | 'OTHER'
  /** Asset: what customers owe on posted invoices. */
  | 'RECEIVABLE'
  /** Income: fees and billed expenses. */
  | 'REVENUE'
  /** Liability: tax charged to customers. */
  | 'TAX_PAYABLE'
  /** Asset: cost of work that is not yet billed. */
  | 'WORK_IN_PROGRESS';

/** A company of the firm, which keeps books of its own. Owner of truth: ERP. */
export type LegalEntity = {
  __typename?: 'LegalEntity';
  /** The short code that people and documents use; unique. */
  code: Scalars['String']['output'];
  /** Its cost centers. */
  costCenters: CostCenterConnection;
  /** ISO 3166-1 alpha-2, such as "DE". */
  countryCode: Scalars['String']['output'];
  /** When the legal entity was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency of its books. */
  currency: Scalars['CurrencyCode']['output'];
  /** How other systems call the legal entity. */
  externalRefs: Array<ExternalRef>;
  /** Its fiscal periods, by start date. */
  fiscalPeriods: FiscalPeriodConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The registered name. */
  name: Scalars['String']['output'];
  /** Its tax profiles. */
  taxProfiles: TaxProfileConnection;
  /** When the legal entity last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** A company of the firm, which keeps books of its own. Owner of truth: ERP. */
export type LegalEntityCostCentersArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<CostCenterFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CostCenterOrder>;
};


/** A company of the firm, which keeps books of its own. Owner of truth: ERP. */
export type LegalEntityFiscalPeriodsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<FiscalPeriodFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<FiscalPeriodOrder>;
};


/** A company of the firm, which keeps books of its own. Owner of truth: ERP. */
export type LegalEntityTaxProfilesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TaxProfileFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaxProfileOrder>;
};

/** A page of legal entities. */
export type LegalEntityConnection = {
  __typename?: 'LegalEntityConnection';
  /** The rows with their cursors. */
  edges: Array<LegalEntityEdge>;
  /** The rows. */
  nodes: Array<LegalEntity>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many legal entities meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A legal entity and its place in the list. */
export type LegalEntityEdge = {
  __typename?: 'LegalEntityEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: LegalEntity;
};

/** Which legal entities; all conditions must be met. */
export type LegalEntityFilter = {
  /** Only these codes. */
  codes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only legal entities with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only legal entities whose name contains this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of legal entities. */
export type LegalEntityOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: LegalEntityOrderField;
};

/** What legal entities can be ordered by. */
export type LegalEntityOrderField =
  /** By code. */
  | 'CODE'
  /** By name. */
  | 'NAME';

export type Milestone = {
  __typename?: 'Milestone';
  /** What the milestone made in the ledger, reversals included. */
  actuals: Array<Actual>;
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
  /** Settles invoices with a payment: never more than the payment has left, nor than an invoice has open. States PaymentApplied, and InvoicePaid for each that is settled. */
  applyPayment: ApplyPaymentPayload;
  /** DRAFT or VALIDATED to CANCELLED; its actuals are READY again. */
  cancelInvoice: InvoiceActionPayload;
  /** SCHEDULED or PENDING_APPROVAL to CANCELLED. */
  cancelRevenueEvent: RevenueEventActionPayload;
  /** OPEN to CLOSED: nothing is posted into the period any more. Refused while a draft invoice or journal entry is dated in it. States PeriodClosed. */
  closeFiscalPeriod: FiscalPeriodActionPayload;
  /** Creates a cost center. */
  createCostCenter: CreateCostCenterPayload;
  /** Creates the fiscal periods of one or more years as OPEN; those that are there already stay as they are. */
  createFiscalPeriods: CreateFiscalPeriodsPayload;
  /** Creates a journal entry as DRAFT, by hand. Nothing is in the books until it is posted. */
  createJournalEntry: CreateJournalEntryPayload;
  /** Creates a legal entity. */
  createLegalEntity: CreateLegalEntityPayload;
  /** Creates a rate card. It prices nothing until a version is published. */
  createRateCard: CreateRateCardPayload;
  /** Creates a version of a rate card as DRAFT, with its lines. */
  createRateCardVersion: CreateRateCardVersionPayload;
  /** Creates a tax profile. */
  createTaxProfile: CreateTaxProfilePayload;
  /** Ends a posted invoice by a credit note with its own number and the opposite journal entry; what was billed is READY again as new actuals. Gives the credit note. States InvoiceCredited. */
  creditInvoice: CreditInvoicePayload;
  /** Makes a DRAFT invoice per contract and currency of the READY unbilled actuals up to a date. Nothing ready gives no results and no error. States InvoiceDrafted. */
  draftInvoices: DraftInvoicesPayload;
  /** READY to NOT_READY, with a reason: the next invoice leaves them out. */
  holdActuals: HoldActualsPayload;
  /** CLOSED to LOCKED, for good. */
  lockFiscalPeriod: FiscalPeriodActionPayload;
  /** VALIDATED to POSTED: number, tax, balanced journal entry, and its actuals become BILLED, together. States InvoicePosted. */
  postInvoice: PostInvoicePayload;
  /** Posts up to 500 invoices; each has its own result. */
  postInvoices: PostInvoicesPayload;
  /** DRAFT to POSTED: debits equal credits per currency and legal entity, in an open period. States JournalPosted. */
  postJournalEntry: PostJournalEntryPayload;
  /** DRAFT to PUBLISHED: it prices work from its effective date on and never changes again. The version before it ends on the day before and becomes SUPERSEDED. States RateCardPublished. */
  publishRateCardVersion: RateCardVersionActionPayload;
  /** PENDING_APPROVAL to RECOGNIZED, with a balanced journal entry. States RevenueRecognized. */
  recognizeRevenueEvent: RecognizeRevenueEventPayload;
  /** Adds up to 500 lines from another system to the ledger; each item has its own result. The same external reference with the same content gives its actual again. States ActualPosted. */
  recordActuals: RecordActualsPayload;
  /** Records money that arrived, as customer credit. States PaymentReceived. */
  recordPayment: RecordPaymentPayload;
  /** Records up to 500 payments, each applied at once to the invoices that it names; each has its own result. */
  recordPayments: RecordPaymentsPayload;
  /** NOT_READY to READY. What was over a limit is released only if it is within the limit now. */
  releaseActuals: ReleaseActualsPayload;
  /** CLOSED to OPEN. */
  reopenFiscalPeriod: FiscalPeriodActionPayload;
  /** Takes back up to 500 actuals by opposite ones; each item has its own result, which is the reversal. Refused for what is on an invoice. States ActualReversed. */
  reverseActuals: ReverseActualsPayload;
  /** Posts the opposite of a POSTED entry; the entry itself stays as it is. Gives the opposite entry. States JournalPosted. */
  reverseJournalEntry: ReverseJournalEntryPayload;
  /** Takes a payment back, such as a bounced cheque: the invoices that it settled are open again, and opposite journal entries are posted. */
  reversePayment: ReversePaymentPayload;
  /** RECOGNIZED to REVERSED, by the opposite journal entry. */
  reverseRevenueEvent: ReverseRevenueEventPayload;
  /** Creates revenue events as SCHEDULED by a method; their amounts add up to the total to the last minor unit. */
  scheduleRevenue: ScheduleRevenuePayload;
  /** SCHEDULED to PENDING_APPROVAL. */
  submitRevenueEvent: RevenueEventActionPayload;
  /** Changes a cost center. */
  updateCostCenter: UpdateCostCenterPayload;
  /** Changes what a DRAFT or VALIDATED invoice says beside its amounts. */
  updateInvoice: UpdateInvoicePayload;
  /** Changes a DRAFT journal entry; lines, when given, replace all lines. */
  updateJournalEntry: UpdateJournalEntryPayload;
  /** Changes a legal entity. Its currency stays once it keeps books. */
  updateLegalEntity: UpdateLegalEntityPayload;
  /** Changes what a payment says beside its amount. */
  updatePayment: UpdatePaymentPayload;
  /** Changes the name of a rate card. What it prices stays: kind, scope and currency are for life. */
  updateRateCard: UpdateRateCardPayload;
  /** Changes the effective date or the lines of a version while it is DRAFT. */
  updateRateCardVersion: UpdateRateCardVersionPayload;
  /** Changes a SCHEDULED revenue event. */
  updateRevenueEvent: UpdateRevenueEventPayload;
  /** Changes a tax profile. */
  updateTaxProfile: UpdateTaxProfilePayload;
  /** Creates or changes up to 500 cost centers by external reference; each item has its own result. */
  upsertCostCenters: UpsertCostCentersPayload;
  /** Creates or changes up to 500 legal entities by external reference; each item has its own result. */
  upsertLegalEntities: UpsertLegalEntitiesPayload;
  /** Creates or renames up to 500 rate cards by external reference; each item has its own result. */
  upsertRateCards: UpsertRateCardsPayload;
  /** Creates or changes up to 500 tax profiles by external reference; each item has its own result. */
  upsertTaxProfiles: UpsertTaxProfilesPayload;
  /** DRAFT to VALIDATED, with tax. When tax cannot be determined: TAX_FAILED, and InvoiceTaxFailed is stated. */
  validateInvoice: InvoiceActionPayload;
  /** Validates up to 500 invoices; each has its own result. */
  validateInvoices: ValidateInvoicesPayload;
};


export type MutationApplyPaymentArgs = {
  input: ApplyPaymentInput;
};


export type MutationCancelInvoiceArgs = {
  input: InvoiceActionInput;
};


export type MutationCancelRevenueEventArgs = {
  input: RevenueEventActionInput;
};


export type MutationCloseFiscalPeriodArgs = {
  input: FiscalPeriodActionInput;
};


export type MutationCreateCostCenterArgs = {
  input: CreateCostCenterInput;
};


export type MutationCreateFiscalPeriodsArgs = {
  input: CreateFiscalPeriodsInput;
};


export type MutationCreateJournalEntryArgs = {
  input: CreateJournalEntryInput;
};


export type MutationCreateLegalEntityArgs = {
  input: CreateLegalEntityInput;
};


export type MutationCreateRateCardArgs = {
  input: CreateRateCardInput;
};


export type MutationCreateRateCardVersionArgs = {
  input: CreateRateCardVersionInput;
};


export type MutationCreateTaxProfileArgs = {
  input: CreateTaxProfileInput;
};


export type MutationCreditInvoiceArgs = {
  input: CreditInvoiceInput;
};


export type MutationDraftInvoicesArgs = {
  input: DraftInvoicesInput;
};


export type MutationHoldActualsArgs = {
  input: HoldActualsInput;
};


export type MutationLockFiscalPeriodArgs = {
  input: FiscalPeriodActionInput;
};


export type MutationPostInvoiceArgs = {
  input: PostInvoiceInput;
};


export type MutationPostInvoicesArgs = {
  input: PostInvoicesInput;
};


export type MutationPostJournalEntryArgs = {
  input: PostJournalEntryInput;
};


export type MutationPublishRateCardVersionArgs = {
  input: RateCardVersionActionInput;
};


export type MutationRecognizeRevenueEventArgs = {
  input: RecognizeRevenueEventInput;
};


export type MutationRecordActualsArgs = {
  input: RecordActualsInput;
};


export type MutationRecordPaymentArgs = {
  input: RecordPaymentInput;
};


export type MutationRecordPaymentsArgs = {
  input: RecordPaymentsInput;
};


export type MutationReleaseActualsArgs = {
  input: ReleaseActualsInput;
};


export type MutationReopenFiscalPeriodArgs = {
  input: FiscalPeriodActionInput;
};


export type MutationReverseActualsArgs = {
  input: ReverseActualsInput;
};


export type MutationReverseJournalEntryArgs = {
  input: ReverseJournalEntryInput;
};


export type MutationReversePaymentArgs = {
  input: ReversePaymentInput;
};


export type MutationReverseRevenueEventArgs = {
  input: ReverseRevenueEventInput;
};


export type MutationScheduleRevenueArgs = {
  input: ScheduleRevenueInput;
};


export type MutationSubmitRevenueEventArgs = {
  input: RevenueEventActionInput;
};


export type MutationUpdateCostCenterArgs = {
  input: UpdateCostCenterInput;
};


export type MutationUpdateInvoiceArgs = {
  input: UpdateInvoiceInput;
};


export type MutationUpdateJournalEntryArgs = {
  input: UpdateJournalEntryInput;
};


export type MutationUpdateLegalEntityArgs = {
  input: UpdateLegalEntityInput;
};


export type MutationUpdatePaymentArgs = {
  input: UpdatePaymentInput;
};


export type MutationUpdateRateCardArgs = {
  input: UpdateRateCardInput;
};


export type MutationUpdateRateCardVersionArgs = {
  input: UpdateRateCardVersionInput;
};


export type MutationUpdateRevenueEventArgs = {
  input: UpdateRevenueEventInput;
};


export type MutationUpdateTaxProfileArgs = {
  input: UpdateTaxProfileInput;
};


export type MutationUpsertCostCentersArgs = {
  input: UpsertCostCentersInput;
};


export type MutationUpsertLegalEntitiesArgs = {
  input: UpsertLegalEntitiesInput;
};


export type MutationUpsertRateCardsArgs = {
  input: UpsertRateCardsInput;
};


export type MutationUpsertTaxProfilesArgs = {
  input: UpsertTaxProfilesInput;
};


export type MutationValidateInvoiceArgs = {
  input: InvoiceActionInput;
};


export type MutationValidateInvoicesArgs = {
  input: ValidateInvoicesInput;
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

/** Money that a customer sent. What is not applied to invoices is the customer's credit. Owner of truth: finance. */
export type Payment = {
  __typename?: 'Payment';
  /** What was paid. */
  amount: Money;
  /** What it settled, reversed applications included. */
  applications: PaymentApplicationConnection;
  /** What has settled invoices. */
  applied: Money;
  /** What could be done with the payment now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When it was recorded. */
  createdAt: Scalars['DateTime']['output'];
  /** Who paid. */
  customer: Customer;
  /** How other systems call the payment. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Its entry in the books; null for whoever may not see them. */
  journalEntry?: Maybe<JournalEntry>;
  /** The legal entity of the firm that was paid. */
  legalEntity: LegalEntity;
  /** How it was paid. */
  method: PaymentMethod;
  /** The day when the money arrived. */
  receivedOn: Scalars['Date']['output'];
  /** What the payer wrote, such as invoice numbers. */
  reference?: Maybe<Scalars['String']['output']>;
  /** Why it was reversed; null unless it was. */
  reversalReason?: Maybe<Scalars['String']['output']>;
  /** Where the payment is in its lifecycle. */
  status: PaymentStatus;
  /** What has not: the customer's credit. Zero once reversed. */
  unapplied: Money;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** Money that a customer sent. What is not applied to invoices is the customer's credit. Owner of truth: finance. */
export type PaymentApplicationsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<PaymentApplicationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentApplicationOrder>;
};

/** How much of a payment settles an invoice. */
export type PaymentApplication = {
  __typename?: 'PaymentApplication';
  /** How much of it. */
  amount: Money;
  /** The date on which it was applied. */
  appliedOn: Scalars['Date']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice that is settled. */
  invoice: Invoice;
  /** Its entry in the books; null for whoever may not see them. */
  journalEntry?: Maybe<JournalEntry>;
  /** The payment that settles. */
  payment: Payment;
  /** When the payment was reversed; null while the application stands. */
  reversedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of payment applications. */
export type PaymentApplicationConnection = {
  __typename?: 'PaymentApplicationConnection';
  /** The rows with their cursors. */
  edges: Array<PaymentApplicationEdge>;
  /** The rows. */
  nodes: Array<PaymentApplication>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many payment applications meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type PaymentApplicationEdge = {
  __typename?: 'PaymentApplicationEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: PaymentApplication;
};

/** Which applications; all conditions must be met. */
export type PaymentApplicationFilter = {
  /** True: only reversed ones. False: only those that stand. */
  reversed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How much goes to which invoice. */
export type PaymentApplicationInput = {
  /** How much; more than zero. */
  amount: MoneyInput;
  /** The invoice; posted, of the same customer, legal entity and currency. */
  invoiceId: Scalars['ID']['input'];
};

/** The order of applications. */
export type PaymentApplicationOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: PaymentApplicationOrderField;
};

/** What applications can be ordered by. */
export type PaymentApplicationOrderField =
  /** By amount. */
  | 'AMOUNT'
  /** By the date on which they were applied. */
  | 'APPLIED_ON';

/** A page of payments. */
export type PaymentConnection = {
  __typename?: 'PaymentConnection';
  /** The rows with their cursors. */
  edges: Array<PaymentEdge>;
  /** The rows. */
  nodes: Array<Payment>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many payments meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type PaymentEdge = {
  __typename?: 'PaymentEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Payment;
};

/** Which payments; all conditions must be met. */
export type PaymentFilter = {
  /** Only of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only to these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only paid in these ways. */
  method?: InputMaybe<Array<PaymentMethod>>;
  /** Received on this day or later. */
  receivedFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Received on this day or earlier. */
  receivedTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only with this text in the reference, whatever the case. */
  referenceContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<PaymentStatus>>;
  /** True: only with customer credit left. False: only without. */
  unapplied?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How money was sent. */
export type PaymentMethod =
  /** By bank transfer. */
  | 'BANK_TRANSFER'
  /** By card. */
  | 'CARD'
  /** By cheque. */
  | 'CHECK'
  /** Collected by direct debit. */
  | 'DIRECT_DEBIT'
  /** In another way. */
  | 'OTHER';

/** The order of payments. */
export type PaymentOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: PaymentOrderField;
};

/** What payments can be ordered by. */
export type PaymentOrderField =
  /** By amount, whatever the currency. */
  | 'AMOUNT'
  /** By when they were recorded. */
  | 'CREATED_AT'
  /** By the day when the money arrived. */
  | 'RECEIVED_ON';

/** The lifecycle of a payment. */
export type PaymentStatus =
  /** All of it settles invoices. */
  | 'APPLIED'
  /** A part settles invoices; the rest is customer credit. */
  | 'PARTLY_APPLIED'
  /** All of it is customer credit. */
  | 'RECEIVED'
  /** Taken back. */
  | 'REVERSED';

/** Which invoice to post. */
export type PostInvoiceInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The date on the invoice and in the books; what the invoice says when absent. It must lie in an open period. */
  invoiceDate?: InputMaybe<Scalars['Date']['input']>;
};

/** One invoice of many. */
export type PostInvoiceItem = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
  /** The date on the invoice and in the books; what the invoice says when absent. */
  invoiceDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of postInvoice. */
export type PostInvoicePayload = {
  __typename?: 'PostInvoicePayload';
  /** It as it is now; null when it was refused. */
  invoice?: Maybe<Invoice>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Invoices to post. */
export type PostInvoicesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 invoices. Numbers are given in this order. */
  items: Array<PostInvoiceItem>;
};

/** The answer of postInvoices. */
export type PostInvoicesPayload = {
  __typename?: 'PostInvoicesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<PostInvoicesResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of postInvoices. */
export type PostInvoicesResult = {
  __typename?: 'PostInvoicesResult';
  /** The item's place, from 0. */
  index: Scalars['Int']['output'];
  /** It as it is now; null when the item was refused and there is nothing to show. */
  invoice?: Maybe<Invoice>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Which journal entry to post. */
export type PostJournalEntryInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The answer of postJournalEntry. */
export type PostJournalEntryPayload = {
  __typename?: 'PostJournalEntryPayload';
  /** It as it is now; null when it was refused. */
  journalEntry?: Maybe<JournalEntry>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What a rate can be found by. */
export type PriceDimension =
  /** The contract line. */
  | 'CONTRACT_LINE'
  /** The employee. */
  | 'EMPLOYEE'
  /** The labor category. */
  | 'LABOR_CATEGORY';

/** The rule that priced an amount, as it was when it priced. */
export type PriceExplanation = {
  __typename?: 'PriceExplanation';
  /** The contract under which the rate was searched; null for cost. */
  contract?: Maybe<Contract>;
  /** The contract line whose override gave the rate; null otherwise. */
  contractLineId?: Maybe<Scalars['ID']['output']>;
  /** The currency of the rate or the amount. */
  currency: Scalars['CurrencyCode']['output'];
  /** What the rate was found by. */
  matched: Array<PriceDimension>;
  /** Per hour; null where no rate was involved. */
  rate?: Maybe<Money>;
  /** The card; null unless a card gave the rate, or the actor may not see it. */
  rateCard?: Maybe<RateCard>;
  /** The line of the version; null unless a card gave the rate. */
  rateCardLineId?: Maybe<Scalars['ID']['output']>;
  /** The version of the card; null unless a card gave the rate, or the actor may not see it. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** How rate times hours was rounded; null where no rate was involved. */
  rounding?: Maybe<RoundingPolicy>;
  /** Which step of the rate search hit, or what else gave the amount. */
  rule: PriceRule;
  /** The same as a sentence. */
  text: Scalars['String']['output'];
};

/** What gave an amount. The first six are the rate search, in its order; the first hit wins. */
export type PriceRule =
  /** A rate agreed in the contract for the employee. */
  | 'CONTRACT_EMPLOYEE'
  /** A rate agreed in the contract for the labor category, or else for everybody. */
  | 'CONTRACT_LABOR_CATEGORY'
  /** A rate agreed for the contract line. */
  | 'CONTRACT_LINE_OVERRIDE'
  /** The rate card that the contract names. */
  | 'CONTRACT_RATE_CARD'
  /** The customer's rate card. */
  | 'CUSTOMER_RATE_CARD'
  /** The amount of the expense. */
  | 'EXPENSE_AMOUNT'
  /** The amount that another system gave. */
  | 'GIVEN_AMOUNT'
  /** The amount agreed for the milestone. */
  | 'MILESTONE_AMOUNT'
  /** The standard rate card of the legal entity. */
  | 'STANDARD_RATE_CARD';

export type Project = {
  __typename?: 'Project';
  /** The actuals on the project. COST only with the permission cost:read. */
  actuals: ActualConnection;
  id: Scalars['ID']['output'];
  /** Invoices and credit notes with a line for the project, latest first. A client sees posted ones and later only. */
  invoices: InvoiceConnection;
  /** What was sold on the project and is not billed yet, by currency; empty when there is none. */
  workInProgress: Array<WorkInProgress>;
};


export type ProjectActualsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ActualFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ActualOrder>;
};


export type ProjectInvoicesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};

export type Query = {
  __typename?: 'Query';
  /** One actual; null when there is none that this actor may know of. */
  actual?: Maybe<Actual>;
  /** Sums of the ledger by currency and the asked groups. Reversed actuals and their reversals cancel out. COST only with the permission cost:read. */
  actualSummary: Array<ActualSummaryRow>;
  /** The ledger of actuals, latest work first. COST only with the permission cost:read. */
  actuals: ActualConnection;
  /** One cost center; null when there is none that this actor may know of. */
  costCenter?: Maybe<CostCenter>;
  /** Cost centers, by code or in another order. */
  costCenters: CostCenterConnection;
  /** One fiscal period; null when there is none that this actor may know of. */
  fiscalPeriod?: Maybe<FiscalPeriod>;
  /** Fiscal periods, by start date. */
  fiscalPeriods: FiscalPeriodConnection;
  /** One invoice or credit note; null when there is none that this actor may know of. */
  invoice?: Maybe<Invoice>;
  /** Invoices and credit notes, latest first. A client sees posted ones and later only. */
  invoices: InvoiceConnection;
  /** Journal entries, latest first. */
  journalEntries: JournalEntryConnection;
  /** One journal entry; null when there is none that this actor may know of. */
  journalEntry?: Maybe<JournalEntry>;
  /** Legal entities of the firm, by code or in another order. */
  legalEntities: LegalEntityConnection;
  /** One legal entity; null when there is none that this actor may know of. */
  legalEntity?: Maybe<LegalEntity>;
  /** One payment; null when there is none that this actor may know of. */
  payment?: Maybe<Payment>;
  /** Payments that customers made, latest first. */
  payments: PaymentConnection;
  /** One rate card; null when there is none that this actor may know of. */
  rateCard?: Maybe<RateCard>;
  /** One version of a rate card; null when there is none that this actor may know of. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** Versions of rate cards, by effective date. Those of COST cards only with the permission cost:read. */
  rateCardVersions: RateCardVersionConnection;
  /** Rate cards, by name or in another order. COST cards only with the permission cost:read. */
  rateCards: RateCardConnection;
  /** What an hour of an employee on a project is sold for, or costs, on a day, and by which rule: the rate search without posting anything. */
  rateFor: RateQuote;
  /** One revenue event; null when there is none that this actor may know of. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** Revenue events by date, earliest first. */
  revenueEvents: RevenueEventConnection;
  /** One tax profile; null when there is none that this actor may know of. */
  taxProfile?: Maybe<TaxProfile>;
  /** Tax profiles, by code or in another order. */
  taxProfiles: TaxProfileConnection;
  /** The posted journal of a legal entity, summed by account and currency: debits and credits are equal in each currency, always. */
  trialBalance?: Maybe<TrialBalance>;
};


export type QueryActualArgs = {
  id: Scalars['ID']['input'];
};


export type QueryActualSummaryArgs = {
  filter?: InputMaybe<ActualFilter>;
  groupBy?: Array<ActualGroup>;
};


export type QueryActualsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ActualFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ActualOrder>;
};


export type QueryCostCenterArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCostCentersArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<CostCenterFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CostCenterOrder>;
};


export type QueryFiscalPeriodArgs = {
  id: Scalars['ID']['input'];
};


export type QueryFiscalPeriodsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<FiscalPeriodFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<FiscalPeriodOrder>;
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoicesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


export type QueryJournalEntriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<JournalEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<JournalEntryOrder>;
};


export type QueryJournalEntryArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLegalEntitiesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<LegalEntityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LegalEntityOrder>;
};


export type QueryLegalEntityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};


export type QueryRateCardArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRateCardVersionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRateCardVersionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<RateCardVersionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RateCardVersionOrder>;
};


export type QueryRateCardsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<RateCardFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RateCardOrder>;
};


export type QueryRateForArgs = {
  employeeId: Scalars['ID']['input'];
  kind?: InputMaybe<RateCardKind>;
  laborCategoryId: Scalars['ID']['input'];
  projectId: Scalars['ID']['input'];
  workDate: Scalars['Date']['input'];
};


export type QueryRevenueEventArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRevenueEventsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<RevenueEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RevenueEventOrder>;
};


export type QueryTaxProfileArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTaxProfilesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<TaxProfileFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaxProfileOrder>;
};


export type QueryTrialBalanceArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
  legalEntityId: Scalars['ID']['input'];
};

/** A list of hourly rates that changes by versions. Owner of truth: ERP. */
export type RateCard = {
  __typename?: 'RateCard';
  /** When the rate card was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency of all its rates. */
  currency: Scalars['CurrencyCode']['output'];
  /** Whose work it prices; only for CUSTOMER. */
  customer?: Maybe<Customer>;
  /** How other systems call the rate card. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Whether it says what work is sold for or what it costs. */
  kind: RateCardKind;
  /** Whose card it is; always there for STANDARD. */
  legalEntity?: Maybe<LegalEntity>;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** Whom it prices for. */
  scope: RateCardScope;
  /** When the rate card last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
  /** The version that prices work of a day; null when none does. */
  versionOn?: Maybe<RateCardVersion>;
  /** Its versions, by effective date. */
  versions: RateCardVersionConnection;
};


/** A list of hourly rates that changes by versions. Owner of truth: ERP. */
export type RateCardVersionOnArgs = {
  date: Scalars['Date']['input'];
};


/** A list of hourly rates that changes by versions. Owner of truth: ERP. */
export type RateCardVersionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<RateCardVersionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RateCardVersionOrder>;
};

/** A page of rate cards. */
export type RateCardConnection = {
  __typename?: 'RateCardConnection';
  /** The rows with their cursors. */
  edges: Array<RateCardEdge>;
  /** The rows. */
  nodes: Array<RateCard>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many rate cards meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A rate card and its place in the list. */
export type RateCardEdge = {
  __typename?: 'RateCardEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: RateCard;
};

/** Which rate cards; all conditions must be met. */
export type RateCardFilter = {
  /** Only those of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only rate cards with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only these kinds. */
  kinds?: InputMaybe<Array<RateCardKind>>;
  /** Only those of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only rate cards whose name contains this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Only these scopes. */
  scopes?: InputMaybe<Array<RateCardScope>>;
};

/** What the rates of a card say. */
export type RateCardKind =
  /** What an hour costs the firm. */
  | 'COST'
  /** What an hour is sold for. */
  | 'SALES';

/** One hourly rate of a version, for a labor category or for an employee. */
export type RateCardLine = {
  __typename?: 'RateCardLine';
  /** The employee whom it prices, before any labor category; null for a labor category's line. */
  employee?: Maybe<Employee>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The labor category that it prices; null for an employee's line. */
  laborCategory?: Maybe<LaborCategory>;
  /** Per hour. */
  rate: Money;
};

/** One hourly rate: for a labor category or for an employee, not for both. */
export type RateCardLineInput = {
  /** The employee whom it prices. */
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  /** The labor category that it prices. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Per hour, in the card's currency; 0 or more, with at most the currency's fraction digits. */
  rate: Scalars['Decimal']['input'];
};

/** The order of rate cards. */
export type RateCardOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: RateCardOrderField;
};

/** What rate cards can be ordered by. */
export type RateCardOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** Whom a card prices for. */
export type RateCardScope =
  /** All work for a customer that its contract does not price; one per customer and currency. */
  | 'CUSTOMER'
  /** Work under the contracts that name the card. */
  | 'NAMED'
  /** All work of a legal entity that nothing more special prices; one per legal entity, kind and currency. */
  | 'STANDARD';

/** The rates of a card from a day on. What is published never changes. */
export type RateCardVersion = {
  __typename?: 'RateCardVersion';
  /** What could be done with the version now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** When the version was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The first work date that it prices. */
  effectiveFrom: Scalars['Date']['output'];
  /** The last work date that it prices; null while no later version is published. */
  effectiveTo?: Maybe<Scalars['Date']['output']>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The line that prices an hour: the employee's own, or else the labor category's; null when there is none. */
  line?: Maybe<RateCardLine>;
  /** Its rates, at most 5000: those of labor categories first. */
  lines: Array<RateCardLine>;
  /** Counts the versions of the card, from 1. */
  number: Scalars['Int']['output'];
  /** When it was published; null until then. */
  publishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose version it is. */
  rateCard: RateCard;
  /** Whether it prices work. */
  status: RateCardVersionStatus;
  /** When the version last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** The rates of a card from a day on. What is published never changes. */
export type RateCardVersionLineArgs = {
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
};

/** Which version of a rate card an action is for. */
export type RateCardVersionActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which version of a rate card. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a version of a rate card. */
export type RateCardVersionActionPayload = {
  __typename?: 'RateCardVersionActionPayload';
  /** The version of a rate card; null when it was refused. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of versions. */
export type RateCardVersionConnection = {
  __typename?: 'RateCardVersionConnection';
  /** The rows with their cursors. */
  edges: Array<RateCardVersionEdge>;
  /** The rows. */
  nodes: Array<RateCardVersion>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many versions meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A version and its place in the list. */
export type RateCardVersionEdge = {
  __typename?: 'RateCardVersionEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: RateCardVersion;
};

/** Which versions; all conditions must be met. */
export type RateCardVersionFilter = {
  /** Only published ones that price work of this day. */
  date?: InputMaybe<Scalars['Date']['input']>;
  /** Only those of these cards. */
  rateCardIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<RateCardVersionStatus>>;
};

/** The order of versions. */
export type RateCardVersionOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: RateCardVersionOrderField;
};

/** What versions can be ordered by. */
export type RateCardVersionOrderField =
  /** By when they were created in Accord. */
  | 'CREATED_AT'
  /** By the first work date that they price. */
  | 'EFFECTIVE_FROM';

/** The lifecycle of a version of a rate card. */
export type RateCardVersionStatus =
  /** Still being written; prices nothing. */
  | 'DRAFT'
  /** Prices work of its days and never changes. */
  | 'PUBLISHED'
  /** A later publication cut its days short; it still prices the work of those that are left. */
  | 'SUPERSEDED';

/** What the rate search finds. */
export type RateQuote = {
  __typename?: 'RateQuote';
  /** How that line bills: TIME_AND_MATERIALS sells work, all others only record its cost; null without a line. */
  billingMethod?: Maybe<BillingMethod>;
  /** The contract line that bills such work; null when none does or when it is about cost. */
  contractLineId?: Maybe<Scalars['ID']['output']>;
  /** The rule that gave the rate; null when refused says why. */
  explanation?: Maybe<PriceExplanation>;
  /** Per hour; null when refused says why. */
  rate?: Maybe<Money>;
  /** Why posting would be refused: RATE_NOT_FOUND, PROJECT_NOT_BILLABLE, CURRENCY_MISMATCH; null when there is a rate. */
  refused?: Maybe<UserError>;
};

/** What a customer owes in one currency, as of today. */
export type Receivable = {
  __typename?: 'Receivable';
  /** What was paid and has not been applied to an invoice. */
  credit: Money;
  /** The currency of the amounts. */
  currency: Scalars['CurrencyCode']['output'];
  /** What is open on posted invoices. */
  open: Money;
  /** What of it is past its due date. */
  overdue: Money;
  /** What is past its due date by 1 to 30 days. */
  overdue1To30: Money;
  /** What is past its due date by 31 to 60 days. */
  overdue31To60: Money;
  /** What is past its due date by 61 to 90 days. */
  overdue61To90: Money;
  /** What is past its due date by more than 90 days. */
  overdueOver90: Money;
};

/** Which revenue event to recognize. */
export type RecognizeRevenueEventInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which event. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The date in the books; what the event says when absent. It must lie in an open period. */
  recognitionDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of recognizeRevenueEvent. */
export type RecognizeRevenueEventPayload = {
  __typename?: 'RecognizeRevenueEventPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** It as it is now; null when it was refused. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A line as another system has it. Its amount is given and not searched. */
export type RecordActualItem = {
  /** The day in the books; the work date when it is absent. */
  accountingDate?: InputMaybe<Scalars['Date']['input']>;
  /** The amount; UNBILLED_SALES in the contract's currency. */
  amount: MoneyInput;
  /** The contract line that bills it; needed for UNBILLED_SALES, a line of the project's contract. */
  contractLineId?: InputMaybe<Scalars['ID']['input']>;
  /** What it says of itself; up to 1000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Whose work or expense. */
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  /** Unique per line: the same one with the same content gives its actual again, with other content it is refused. */
  externalRef: ExternalRefInput;
  /** The hours; needed for TIME, refused otherwise. */
  hours?: InputMaybe<Scalars['Decimal']['input']>;
  /** COST or UNBILLED_SALES; what is billed comes from invoices. */
  kind: ActualKind;
  /** The labor category. */
  laborCategoryId?: InputMaybe<Scalars['ID']['input']>;
  /** On which project. */
  projectId: Scalars['ID']['input'];
  /** On which task. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** What was done. */
  transactionClass: ActualClass;
  /** The day of the work. */
  workDate: Scalars['Date']['input'];
};

/** Lines of another system for the ledger. */
export type RecordActualsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 actuals. */
  items: Array<RecordActualItem>;
};

/** The answer of recordActuals. */
export type RecordActualsPayload = {
  __typename?: 'RecordActualsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<RecordActualsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of recordActuals. */
export type RecordActualsResult = {
  __typename?: 'RecordActualsResult';
  /** The actual; null when the item was refused. */
  actual?: Maybe<Actual>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Money that arrived. */
export type RecordPaymentInput = {
  /** What was paid; more than zero. */
  amount: MoneyInput;
  /** Who paid. */
  customerId: Scalars['ID']['input'];
  /** How other systems call the payment. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The legal entity that was paid. */
  legalEntityId: Scalars['ID']['input'];
  /** How it was paid. */
  method?: InputMaybe<PaymentMethod>;
  /** The date in the books; receivedOn when absent. It must lie in an open period. */
  postingDate?: InputMaybe<Scalars['Date']['input']>;
  /** The day when the money arrived. */
  receivedOn: Scalars['Date']['input'];
  /** What the payer wrote; at most 255 characters. */
  reference?: InputMaybe<Scalars['String']['input']>;
};

/** One payment of many, and what it settles at once. */
export type RecordPaymentItem = {
  /** What was paid; more than zero. */
  amount: MoneyInput;
  /** The invoices that it settles, at most 100; none leaves it as customer credit. */
  applications?: InputMaybe<Array<PaymentApplicationInput>>;
  /** Who paid. */
  customerId: Scalars['ID']['input'];
  /** How other systems call the payment. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** The legal entity that was paid. */
  legalEntityId: Scalars['ID']['input'];
  /** How it was paid. */
  method?: InputMaybe<PaymentMethod>;
  /** The date in the books; receivedOn when absent. It must lie in an open period. */
  postingDate?: InputMaybe<Scalars['Date']['input']>;
  /** The day when the money arrived. */
  receivedOn: Scalars['Date']['input'];
  /** What the payer wrote; at most 255 characters. */
  reference?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of recordPayment. */
export type RecordPaymentPayload = {
  __typename?: 'RecordPaymentPayload';
  /** It as it is now; null when it was refused. */
  payment?: Maybe<Payment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Money that arrived. */
export type RecordPaymentsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 payments. */
  items: Array<RecordPaymentItem>;
};

/** The answer of recordPayments. */
export type RecordPaymentsPayload = {
  __typename?: 'RecordPaymentsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<RecordPaymentsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of recordPayments. */
export type RecordPaymentsResult = {
  __typename?: 'RecordPaymentsResult';
  /** The item's place, from 0. */
  index: Scalars['Int']['output'];
  /** It as it is now; null when the item was refused and there is nothing to show. */
  payment?: Maybe<Payment>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** An actual to release. */
export type ReleaseActualItem = {
  /** Which actual. */
  actualId: Scalars['ID']['input'];
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
};

/** Actuals to release. */
export type ReleaseActualsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 actuals. */
  items: Array<ReleaseActualItem>;
};

/** The answer of releaseActuals. */
export type ReleaseActualsPayload = {
  __typename?: 'ReleaseActualsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ReleaseActualsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of releaseActuals. */
export type ReleaseActualsResult = {
  __typename?: 'ReleaseActualsResult';
  /** The actual; null when the item was refused. */
  actual?: Maybe<Actual>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Revenue of a contract that is recognized, or is going to be. Owner of truth: finance. */
export type RevenueEvent = {
  __typename?: 'RevenueEvent';
  /** How much. */
  amount: Money;
  /** What could be done with the event now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** The contract whose revenue it is. */
  contract: Contract;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer. */
  customer: Customer;
  /** What it is about. */
  description: Scalars['String']['output'];
  /** How the amount came about, as a sentence. */
  explanation: Scalars['String']['output'];
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice that recognized it, for the method AS_BILLED. */
  invoice?: Maybe<Invoice>;
  /** Its entry in the books; null until it is recognized. */
  journalEntry?: Maybe<JournalEntry>;
  /** The legal entity whose revenue it is. */
  legalEntity: LegalEntity;
  /** By which method its amount came about. */
  method: RevenueMethod;
  /** The milestone, for the method MILESTONE. */
  milestone?: Maybe<Milestone>;
  /** The project, when it is about one. */
  project?: Maybe<Project>;
  /** The date in the books: planned until it is recognized. */
  recognitionDate: Scalars['Date']['output'];
  /** Where the event is in its lifecycle. */
  status: RevenueEventStatus;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which revenue event an action is for. */
export type RevenueEventActionInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which event. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a revenue event. */
export type RevenueEventActionPayload = {
  __typename?: 'RevenueEventActionPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** It as it is now; null when it was refused. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of revenue events. */
export type RevenueEventConnection = {
  __typename?: 'RevenueEventConnection';
  /** The rows with their cursors. */
  edges: Array<RevenueEventEdge>;
  /** The rows. */
  nodes: Array<RevenueEvent>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many revenue events meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A row and its place in the list. */
export type RevenueEventEdge = {
  __typename?: 'RevenueEventEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: RevenueEvent;
};

/** Which revenue events; all conditions must be met. */
export type RevenueEventFilter = {
  /** Only of these contracts. */
  contractIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these customers. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these engagements. */
  engagementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only by these methods. */
  method?: InputMaybe<Array<RevenueMethod>>;
  /** Only of these projects. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** For this day or later. */
  recognitionDateFrom?: InputMaybe<Scalars['Date']['input']>;
  /** For this day or earlier. */
  recognitionDateTo?: InputMaybe<Scalars['Date']['input']>;
  /** Only these states. */
  status?: InputMaybe<Array<RevenueEventStatus>>;
};

/** The order of revenue events. */
export type RevenueEventOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: RevenueEventOrderField;
};

/** What revenue events can be ordered by. */
export type RevenueEventOrderField =
  /** By amount, whatever the currency. */
  | 'AMOUNT'
  /** By when they were created. */
  | 'CREATED_AT'
  /** By date in the books. */
  | 'RECOGNITION_DATE';

/** The lifecycle of a revenue event. */
export type RevenueEventStatus =
  /** Given up before it was recognized. */
  | 'CANCELLED'
  /** Waits for approval. */
  | 'PENDING_APPROVAL'
  /** In the books. */
  | 'RECOGNIZED'
  /** Undone by an opposite entry. */
  | 'REVERSED'
  /** Planned. */
  | 'SCHEDULED';

/** How revenue is measured. */
export type RevenueMethod =
  /** What is invoiced is earned: made by posting an invoice of time and materials, never by hand. */
  | 'AS_BILLED'
  /** By the share of the estimated cost that has been incurred, less what was recognized before. */
  | 'COST_TO_COST'
  /** When a milestone is accepted, its amount. */
  | 'MILESTONE'
  /** Evenly by days over the term, an event per calendar month. */
  | 'STRAIGHT_LINE';

/** An actual to take back. */
export type ReverseActualItem = {
  /** The day of the reversal in the books; the actual's own day when its period is still open, or else today. */
  accountingDate?: InputMaybe<Scalars['Date']['input']>;
  /** Which actual. */
  actualId: Scalars['ID']['input'];
  /** Why; 1 to 1000 characters. */
  reason: Scalars['String']['input'];
};

/** Actuals to take back. */
export type ReverseActualsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 actuals. */
  items: Array<ReverseActualItem>;
};

/** The answer of reverseActuals. */
export type ReverseActualsPayload = {
  __typename?: 'ReverseActualsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ReverseActualsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of reverseActuals. */
export type ReverseActualsResult = {
  __typename?: 'ReverseActualsResult';
  /** The reversal; null when the item was refused. */
  actual?: Maybe<Actual>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Which journal entry to reverse. */
export type ReverseJournalEntryInput = {
  /** What the opposite entry says; 1 to 255 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The date of the opposite entry; the original's date when absent. It must lie in an open period. */
  postingDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of reverseJournalEntry. */
export type ReverseJournalEntryPayload = {
  __typename?: 'ReverseJournalEntryPayload';
  /** It as it is now; null when it was refused. */
  journalEntry?: Maybe<JournalEntry>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Which payment to take back. */
export type ReversePaymentInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which payment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Why; 1 to 255 characters. */
  reason: Scalars['String']['input'];
  /** The date in the books; today when absent. It must lie in an open period. */
  reversedOn?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of reversePayment. */
export type ReversePaymentPayload = {
  __typename?: 'ReversePaymentPayload';
  /** It as it is now; null when it was refused. */
  payment?: Maybe<Payment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** Which revenue event to reverse. */
export type ReverseRevenueEventInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which event. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The date of the opposite entry; the recognition date when absent. It must lie in an open period. */
  reversedOn?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of reverseRevenueEvent. */
export type ReverseRevenueEventPayload = {
  __typename?: 'ReverseRevenueEventPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** It as it is now; null when it was refused. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** How half a minor unit is rounded. */
export type RoundingPolicy =
  /** To the even neighbour, also called banker's rounding. */
  | 'HALF_EVEN'
  /** Away from zero. */
  | 'HALF_UP';

/** What to recognize, and how. The method says which fields are needed. */
export type ScheduleRevenueInput = {
  /** Cost incurred up to and including this date counts, for COST_TO_COST; also the date in the books. */
  asOf?: InputMaybe<Scalars['Date']['input']>;
  /** The contract whose revenue it is. */
  contractId: Scalars['ID']['input'];
  /** What it is about; at most 255 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The cost of the whole project as now estimated, in the contract's currency, for COST_TO_COST. */
  estimatedCost?: InputMaybe<MoneyInput>;
  /** The first day of the term, for STRAIGHT_LINE. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** STRAIGHT_LINE needs total, from and to. MILESTONE needs milestoneId. COST_TO_COST needs projectId, total, estimatedCost and asOf. AS_BILLED is refused: posting an invoice makes it. */
  method: RevenueMethod;
  /** The milestone, for MILESTONE. */
  milestoneId?: InputMaybe<Scalars['ID']['input']>;
  /** The project, if it is about one. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** The last day of the term, for STRAIGHT_LINE; at most ten years after the first. */
  to?: InputMaybe<Scalars['Date']['input']>;
  /** All the revenue of the term or the project, in the contract's currency. */
  total?: InputMaybe<MoneyInput>;
};

/** The answer of scheduleRevenue. */
export type ScheduleRevenuePayload = {
  __typename?: 'ScheduleRevenuePayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The revenueEvents; empty when it was refused. */
  revenueEvents: Array<RevenueEvent>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

export type Task = {
  __typename?: 'Task';
  id: Scalars['ID']['output'];
};

/** How the invoices of a legal entity to some customers are taxed. Owner of truth: ERP. */
export type TaxProfile = {
  __typename?: 'TaxProfile';
  /** The short code; unique within the legal entity. */
  code: Scalars['String']['output'];
  /** When the tax profile was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** True: no tax is charged, whatever the rates say. */
  exempt: Scalars['Boolean']['output'];
  /** How other systems call the tax profile. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** Whose invoices it taxes. */
  legalEntity: LegalEntity;
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** What invoices must say, such as why no tax is charged. */
  note?: Maybe<Scalars['String']['output']>;
  /** The rate on a day in basis points: 0 when exempt, null when there is none. */
  rateOn?: Maybe<Scalars['Int']['output']>;
  /** The rates with the days on which they hold. An invoice on a day without a rate fails with TAX_FAILED unless the profile is exempt. */
  rates: Array<TaxRate>;
  /** When the tax profile last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};


/** How the invoices of a legal entity to some customers are taxed. Owner of truth: ERP. */
export type TaxProfileRateOnArgs = {
  date: Scalars['Date']['input'];
};

/** A page of tax profiles. */
export type TaxProfileConnection = {
  __typename?: 'TaxProfileConnection';
  /** The rows with their cursors. */
  edges: Array<TaxProfileEdge>;
  /** The rows. */
  nodes: Array<TaxProfile>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many tax profiles meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A tax profile and its place in the list. */
export type TaxProfileEdge = {
  __typename?: 'TaxProfileEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: TaxProfile;
};

/** Which tax profiles; all conditions must be met. */
export type TaxProfileFilter = {
  /** Only these codes. */
  codes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only tax profiles with one of these external references. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Only those of these legal entities. */
  legalEntityIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only tax profiles whose name contains this text, whatever the case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of tax profiles. */
export type TaxProfileOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: TaxProfileOrderField;
};

/** What tax profiles can be ordered by. */
export type TaxProfileOrderField =
  /** By code. */
  | 'CODE'
  /** By name. */
  | 'NAME';

/** A tax rate and the days on which it holds. */
export type TaxRate = {
  __typename?: 'TaxRate';
  /** Hundredths of a per cent: 1900 is 19 %. */
  basisPoints: Scalars['Int']['output'];
  /** The first day. */
  effectiveFrom: Scalars['Date']['output'];
  /** The last day; null while it is open. */
  effectiveTo?: Maybe<Scalars['Date']['output']>;
};

/** A tax rate and the days on which it holds. */
export type TaxRateInput = {
  /** Hundredths of a per cent, 0 to 10000. */
  basisPoints: Scalars['Int']['input'];
  /** The first day. */
  effectiveFrom: Scalars['Date']['input'];
  /** The last day; the day before the next rate when it is absent. */
  effectiveTo?: InputMaybe<Scalars['Date']['input']>;
};

export type TimesheetEntry = {
  __typename?: 'TimesheetEntry';
  /** What the time made in the ledger, reversals included. COST only with the permission cost:read. */
  actuals: Array<Actual>;
  id: Scalars['ID']['output'];
};

/** The posted journal of a legal entity, summed. */
export type TrialBalance = {
  __typename?: 'TrialBalance';
  /** One row per account and currency, in that order. */
  accounts: Array<AccountBalance>;
  /** Up to and including this date; null means everything that is posted. */
  asOf?: Maybe<Scalars['Date']['output']>;
  /** Whose books. */
  legalEntity: LegalEntity;
  /** Debits less credits over all accounts, per currency: each is zero. */
  sums: Array<Money>;
};

/** What to change of a cost center; absent fields stay, null clears. */
export type UpdateCostCenterInput = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** The last day on which it takes costs. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which cost center. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The first day on which it takes costs. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateCostCenter. */
export type UpdateCostCenterPayload = {
  __typename?: 'UpdateCostCenterPayload';
  /** The cost center; null when it was refused. */
  costCenter?: Maybe<CostCenter>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of an invoice that is not posted yet; absent fields stay, null clears. Tax is determined again when it is posted. */
export type UpdateInvoiceInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add; also on posted invoices. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which invoice. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The date on the invoice; null is refused. */
  invoiceDate?: InputMaybe<Scalars['Date']['input']>;
  /** A sentence for the customer; at most 2,000 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The customer's own order number; at most 255 characters. */
  purchaseOrderNumber?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of updateInvoice. */
export type UpdateInvoicePayload = {
  __typename?: 'UpdateInvoicePayload';
  /** It as it is now; null when it was refused. */
  invoice?: Maybe<Invoice>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a DRAFT journal entry; absent fields stay. */
export type UpdateJournalEntryInput = {
  /** What it is about; 1 to 255 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which entry. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** All its lines anew: 1 to 1,000 lines; to be posted, debits must equal credits per currency and legal entity. */
  lines?: InputMaybe<Array<JournalLineInput>>;
  /** The date in the books. */
  postingDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateJournalEntry. */
export type UpdateJournalEntryPayload = {
  __typename?: 'UpdateJournalEntryPayload';
  /** It as it is now; null when it was refused. */
  journalEntry?: Maybe<JournalEntry>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a legal entity; absent fields stay. */
export type UpdateLegalEntityInput = {
  /** The short code; 1 to 40 characters, unique. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** ISO 3166-1 alpha-2, such as "DE". */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** The currency of its books. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which legal entity. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The registered name; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of updateLegalEntity. */
export type UpdateLegalEntityPayload = {
  __typename?: 'UpdateLegalEntityPayload';
  /** The legal entity; null when it was refused. */
  legalEntity?: Maybe<LegalEntity>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a payment; absent fields stay, null clears. */
export type UpdatePaymentInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which payment. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** How it was paid. */
  method?: InputMaybe<PaymentMethod>;
  /** What the payer wrote; at most 255 characters. */
  reference?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of updatePayment. */
export type UpdatePaymentPayload = {
  __typename?: 'UpdatePaymentPayload';
  /** It as it is now; null when it was refused. */
  payment?: Maybe<Payment>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a rate card; absent fields stay. */
export type UpdateRateCardInput = {
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which rate card. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** The answer of updateRateCard. */
export type UpdateRateCardPayload = {
  __typename?: 'UpdateRateCardPayload';
  /** The rate card; null when it was refused. */
  rateCard?: Maybe<RateCard>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a version that is DRAFT; absent fields stay. */
export type UpdateRateCardVersionInput = {
  /** The first work date that it prices. */
  effectiveFrom?: InputMaybe<Scalars['Date']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which version. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Its rates; they replace all former ones. */
  lines?: InputMaybe<Array<RateCardLineInput>>;
};

/** The answer of updateRateCardVersion. */
export type UpdateRateCardVersionPayload = {
  __typename?: 'UpdateRateCardVersionPayload';
  /** The version; null when it was refused. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a SCHEDULED revenue event; absent fields stay. */
export type UpdateRevenueEventInput = {
  /** How much; not zero, in the contract's currency. */
  amount?: InputMaybe<MoneyInput>;
  /** What it is about; 1 to 255 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which event. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The date in the books. */
  recognitionDate?: InputMaybe<Scalars['Date']['input']>;
};

/** The answer of updateRevenueEvent. */
export type UpdateRevenueEventPayload = {
  __typename?: 'UpdateRevenueEventPayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** It as it is now; null when it was refused. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** What to change of a tax profile; absent fields stay, null clears. */
export type UpdateTaxProfileInput = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** True: no tax is charged; false unless it is given. */
  exempt?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version that the caller read; refused with STALE_VERSION when it is not the present one. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** External references to add. */
  externalRefs?: InputMaybe<Array<ExternalRefInput>>;
  /** Which tax profile. */
  id: Scalars['ID']['input'];
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The name; 1 to 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What invoices must say; up to 1000 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The rates; they replace all former ones. Their days must not overlap. */
  rates?: InputMaybe<Array<TaxRateInput>>;
};

/** The answer of updateTaxProfile. */
export type UpdateTaxProfilePayload = {
  __typename?: 'UpdateTaxProfilePayload';
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** The tax profile; null when it was refused. */
  taxProfile?: Maybe<TaxProfile>;
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A cost center as another system knows it. */
export type UpsertCostCenterItem = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code: Scalars['String']['input'];
  /** The last day on which it takes costs. */
  endDate?: InputMaybe<Scalars['Date']['input']>;
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** Which legal entity it belongs to. */
  legalEntityId: Scalars['ID']['input'];
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** The first day on which it takes costs. */
  startDate?: InputMaybe<Scalars['Date']['input']>;
};

/** Cost centers to create or change. */
export type UpsertCostCentersInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 cost centers. */
  items: Array<UpsertCostCenterItem>;
};

/** The answer of upsertCostCenters. */
export type UpsertCostCentersPayload = {
  __typename?: 'UpsertCostCentersPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertCostCentersResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of upsertCostCenters. */
export type UpsertCostCentersResult = {
  __typename?: 'UpsertCostCentersResult';
  /** The cost center; null when the item was refused. */
  costCenter?: Maybe<CostCenter>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** Legal entities to create or change. */
export type UpsertLegalEntitiesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 legal entities. */
  items: Array<UpsertLegalEntityItem>;
};

/** The answer of upsertLegalEntities. */
export type UpsertLegalEntitiesPayload = {
  __typename?: 'UpsertLegalEntitiesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertLegalEntitiesResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of upsertLegalEntities. */
export type UpsertLegalEntitiesResult = {
  __typename?: 'UpsertLegalEntitiesResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The legal entity; null when the item was refused. */
  legalEntity?: Maybe<LegalEntity>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** A legal entity as another system knows it. */
export type UpsertLegalEntityItem = {
  /** The short code; 1 to 40 characters, unique. */
  code: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2, such as "DE". */
  countryCode: Scalars['String']['input'];
  /** The currency of its books. */
  currency: Scalars['CurrencyCode']['input'];
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** The registered name; 1 to 255 characters. */
  name: Scalars['String']['input'];
};

/** A rate card as another system knows it. Only its name can change. */
export type UpsertRateCardItem = {
  /** The currency of its rates; for life. */
  currency: Scalars['CurrencyCode']['input'];
  /** Whose work it prices; needed for CUSTOMER, refused otherwise. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** What its rates say; for life. */
  kind: RateCardKind;
  /** Whose card it is; needed for STANDARD. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** Whom it prices for; for life. */
  scope: RateCardScope;
};

/** Rate cards to create or change. */
export type UpsertRateCardsInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 rate cards. */
  items: Array<UpsertRateCardItem>;
};

/** The answer of upsertRateCards. */
export type UpsertRateCardsPayload = {
  __typename?: 'UpsertRateCardsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertRateCardsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of upsertRateCards. */
export type UpsertRateCardsResult = {
  __typename?: 'UpsertRateCardsResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The rate card; null when the item was refused. */
  rateCard?: Maybe<RateCard>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** A tax profile as another system knows it. */
export type UpsertTaxProfileItem = {
  /** The short code; 1 to 40 characters, unique within the legal entity. */
  code: Scalars['String']['input'];
  /** True: no tax is charged; false unless it is given. */
  exempt?: InputMaybe<Scalars['Boolean']['input']>;
  /** Found by this; created with it when unknown. */
  externalRef: ExternalRefInput;
  /** Which legal entity it belongs to. */
  legalEntityId: Scalars['ID']['input'];
  /** The name; 1 to 255 characters. */
  name: Scalars['String']['input'];
  /** What invoices must say; up to 1000 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The rates; they replace all former ones. Their days must not overlap. */
  rates?: InputMaybe<Array<TaxRateInput>>;
};

/** Tax profiles to create or change. */
export type UpsertTaxProfilesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 tax profiles. */
  items: Array<UpsertTaxProfileItem>;
};

/** The answer of upsertTaxProfiles. */
export type UpsertTaxProfilesPayload = {
  __typename?: 'UpsertTaxProfilesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<UpsertTaxProfilesResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of upsertTaxProfiles. */
export type UpsertTaxProfilesResult = {
  __typename?: 'UpsertTaxProfilesResult';
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** The tax profile; null when the item was refused. */
  taxProfile?: Maybe<TaxProfile>;
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

/** Invoices to validate. */
export type ValidateInvoicesInput = {
  /** Makes a retry safe: the same key with the same input gives the first answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 invoices. */
  items: Array<InvoiceItem>;
};

/** The answer of validateInvoices. */
export type ValidateInvoicesPayload = {
  __typename?: 'ValidateInvoicesPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<ValidateInvoicesResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item of validateInvoices. */
export type ValidateInvoicesResult = {
  __typename?: 'ValidateInvoicesResult';
  /** The item's place, from 0. */
  index: Scalars['Int']['output'];
  /** It as it is now; null when the item was refused and there is nothing to show. */
  invoice?: Maybe<Invoice>;
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** What was sold and is not billed yet, in one currency: unreversed UNBILLED_SALES. */
export type WorkInProgress = {
  __typename?: 'WorkInProgress';
  /** All of it. */
  amount: Money;
  /** How many actuals it is. */
  count: Scalars['Int']['output'];
  /** The currency of the amounts. */
  currency: Scalars['CurrencyCode']['output'];
  /** The hours behind it. */
  hours: Scalars['Decimal']['output'];
  /** What is held back. */
  notReady: Money;
  /** The earliest day of work in it; null when there is none. */
  oldestWorkDate?: Maybe<Scalars['Date']['output']>;
  /** What is on invoices that are not posted yet. */
  onInvoice: Money;
  /** What the next invoice takes. */
  ready: Money;
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
  Actual: Actual;
  Contract: Contract;
  CostCenter: CostCenter;
  Customer: Customer;
  Engagement: Engagement;
  ExpenseItem: ExpenseItem;
  FiscalPeriod: FiscalPeriod;
  Invoice: Invoice;
  InvoiceLine: InvoiceLine;
  JournalEntry: JournalEntry;
  JournalLine: JournalLine;
  LegalEntity: LegalEntity;
  Milestone: Milestone;
  Payment: Payment;
  PaymentApplication: PaymentApplication;
  Project: Project;
  RateCard: RateCard;
  RateCardVersion: RateCardVersion;
  RevenueEvent: RevenueEvent;
  TaxProfile: TaxProfile;
  TimesheetEntry: TimesheetEntry;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Actual:
    ( { __typename: 'Actual' }
    & GraphQLRecursivePick<FederationTypes['Actual'], {"id":true}> );
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
  CostCenter:
    ( { __typename: 'CostCenter' }
    & GraphQLRecursivePick<FederationTypes['CostCenter'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Engagement:
    ( { __typename: 'Engagement' }
    & GraphQLRecursivePick<FederationTypes['Engagement'], {"id":true}> );
  ExpenseItem:
    ( { __typename: 'ExpenseItem' }
    & GraphQLRecursivePick<FederationTypes['ExpenseItem'], {"id":true}> );
  FiscalPeriod:
    ( { __typename: 'FiscalPeriod' }
    & GraphQLRecursivePick<FederationTypes['FiscalPeriod'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  InvoiceLine:
    ( { __typename: 'InvoiceLine' }
    & GraphQLRecursivePick<FederationTypes['InvoiceLine'], {"id":true}> );
  JournalEntry:
    ( { __typename: 'JournalEntry' }
    & GraphQLRecursivePick<FederationTypes['JournalEntry'], {"id":true}> );
  JournalLine:
    ( { __typename: 'JournalLine' }
    & GraphQLRecursivePick<FederationTypes['JournalLine'], {"id":true}> );
  LegalEntity:
    ( { __typename: 'LegalEntity' }
    & GraphQLRecursivePick<FederationTypes['LegalEntity'], {"id":true}> );
  Milestone:
    ( { __typename: 'Milestone' }
    & GraphQLRecursivePick<FederationTypes['Milestone'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  PaymentApplication:
    ( { __typename: 'PaymentApplication' }
    & GraphQLRecursivePick<FederationTypes['PaymentApplication'], {"id":true}> );
  Project:
    ( { __typename: 'Project' }
    & GraphQLRecursivePick<FederationTypes['Project'], {"id":true}> );
  RateCard:
    ( { __typename: 'RateCard' }
    & GraphQLRecursivePick<FederationTypes['RateCard'], {"id":true}> );
  RateCardVersion:
    ( { __typename: 'RateCardVersion' }
    & GraphQLRecursivePick<FederationTypes['RateCardVersion'], {"id":true}> );
  RevenueEvent:
    ( { __typename: 'RevenueEvent' }
    & GraphQLRecursivePick<FederationTypes['RevenueEvent'], {"id":true}> );
  TaxProfile:
    ( { __typename: 'TaxProfile' }
    & GraphQLRecursivePick<FederationTypes['TaxProfile'], {"id":true}> );
  TimesheetEntry:
    ( { __typename: 'TimesheetEntry' }
    & GraphQLRecursivePick<FederationTypes['TimesheetEntry'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountBalance: ResolverTypeWrapper<AccountBalance>;
  Actual: ResolverTypeWrapper<ActualRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ActualClass: ActualClass;
  ActualConnection: ResolverTypeWrapper<Connection<ActualRow>>;
  ActualEdge: ResolverTypeWrapper<Omit<ActualEdge, 'node'> & { node: ResolversTypes['Actual'] }>;
  ActualFilter: ActualFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ActualGroup: ActualGroup;
  ActualKind: ActualKind;
  ActualOrder: ActualOrder;
  ActualOrderField: ActualOrderField;
  ActualSourceType: ActualSourceType;
  ActualStatus: ActualStatus;
  ActualSummaryRow: ResolverTypeWrapper<Omit<ActualSummaryRow, 'contract' | 'customer' | 'project'> & { contract?: Maybe<ResolversTypes['Contract']>, customer?: Maybe<ResolversTypes['Customer']>, project?: Maybe<ResolversTypes['Project']> }>;
  ApplyPaymentInput: ApplyPaymentInput;
  ApplyPaymentPayload: ResolverTypeWrapper<Omit<ApplyPaymentPayload, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  BillingMethod: BillingMethod;
  Contract: ResolverTypeWrapper<ContractRow>;
  CostCenter: ResolverTypeWrapper<CostCenterRow>;
  CostCenterConnection: ResolverTypeWrapper<Connection<CostCenterRow>>;
  CostCenterEdge: ResolverTypeWrapper<Omit<CostCenterEdge, 'node'> & { node: ResolversTypes['CostCenter'] }>;
  CostCenterFilter: CostCenterFilter;
  CostCenterOrder: CostCenterOrder;
  CostCenterOrderField: CostCenterOrderField;
  CreateCostCenterInput: CreateCostCenterInput;
  CreateCostCenterPayload: ResolverTypeWrapper<Omit<CreateCostCenterPayload, 'costCenter'> & { costCenter?: Maybe<ResolversTypes['CostCenter']> }>;
  CreateFiscalPeriodsInput: CreateFiscalPeriodsInput;
  CreateFiscalPeriodsPayload: ResolverTypeWrapper<Omit<CreateFiscalPeriodsPayload, 'fiscalPeriods'> & { fiscalPeriods: Array<ResolversTypes['FiscalPeriod']> }>;
  CreateJournalEntryInput: CreateJournalEntryInput;
  CreateJournalEntryPayload: ResolverTypeWrapper<Omit<CreateJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversTypes['JournalEntry']> }>;
  CreateLegalEntityInput: CreateLegalEntityInput;
  CreateLegalEntityPayload: ResolverTypeWrapper<Omit<CreateLegalEntityPayload, 'legalEntity'> & { legalEntity?: Maybe<ResolversTypes['LegalEntity']> }>;
  CreateRateCardInput: CreateRateCardInput;
  CreateRateCardPayload: ResolverTypeWrapper<Omit<CreateRateCardPayload, 'rateCard'> & { rateCard?: Maybe<ResolversTypes['RateCard']> }>;
  CreateRateCardVersionInput: CreateRateCardVersionInput;
  CreateRateCardVersionPayload: ResolverTypeWrapper<Omit<CreateRateCardVersionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversTypes['RateCardVersion']> }>;
  CreateTaxProfileInput: CreateTaxProfileInput;
  CreateTaxProfilePayload: ResolverTypeWrapper<Omit<CreateTaxProfilePayload, 'taxProfile'> & { taxProfile?: Maybe<ResolversTypes['TaxProfile']> }>;
  CreditInvoiceInput: CreditInvoiceInput;
  CreditInvoicePayload: ResolverTypeWrapper<Omit<CreditInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DraftInvoicesInput: DraftInvoicesInput;
  DraftInvoicesPayload: ResolverTypeWrapper<Omit<DraftInvoicesPayload, 'results'> & { results: Array<ResolversTypes['DraftInvoicesResult']> }>;
  DraftInvoicesResult: ResolverTypeWrapper<Omit<DraftInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  Employee: ResolverTypeWrapper<EmployeeRow>;
  Engagement: ResolverTypeWrapper<EngagementRow>;
  ErrorCode: ErrorCode;
  ExpenseItem: ResolverTypeWrapper<ExpenseItemRow>;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  FiscalPeriod: ResolverTypeWrapper<FiscalPeriodRow>;
  FiscalPeriodActionInput: FiscalPeriodActionInput;
  FiscalPeriodActionPayload: ResolverTypeWrapper<Omit<FiscalPeriodActionPayload, 'fiscalPeriod'> & { fiscalPeriod?: Maybe<ResolversTypes['FiscalPeriod']> }>;
  FiscalPeriodConnection: ResolverTypeWrapper<Connection<FiscalPeriodRow>>;
  FiscalPeriodEdge: ResolverTypeWrapper<Omit<FiscalPeriodEdge, 'node'> & { node: ResolversTypes['FiscalPeriod'] }>;
  FiscalPeriodFilter: FiscalPeriodFilter;
  FiscalPeriodLength: FiscalPeriodLength;
  FiscalPeriodOrder: FiscalPeriodOrder;
  FiscalPeriodOrderField: FiscalPeriodOrderField;
  FiscalPeriodStatus: FiscalPeriodStatus;
  HoldActualItem: HoldActualItem;
  HoldActualsInput: HoldActualsInput;
  HoldActualsPayload: ResolverTypeWrapper<Omit<HoldActualsPayload, 'results'> & { results: Array<ResolversTypes['HoldActualsResult']> }>;
  HoldActualsResult: ResolverTypeWrapper<Omit<HoldActualsResult, 'actual'> & { actual?: Maybe<ResolversTypes['Actual']> }>;
  Invoice: ResolverTypeWrapper<InvoiceRow>;
  InvoiceActionInput: InvoiceActionInput;
  InvoiceActionPayload: ResolverTypeWrapper<Omit<InvoiceActionPayload, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoiceConnection: ResolverTypeWrapper<Connection<InvoiceRow>>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  InvoiceFilter: InvoiceFilter;
  InvoiceItem: InvoiceItem;
  InvoiceKind: InvoiceKind;
  InvoiceLine: ResolverTypeWrapper<InvoiceLineRow>;
  InvoiceLineConnection: ResolverTypeWrapper<Connection<InvoiceLineRow>>;
  InvoiceLineEdge: ResolverTypeWrapper<Omit<InvoiceLineEdge, 'node'> & { node: ResolversTypes['InvoiceLine'] }>;
  InvoiceLineFilter: InvoiceLineFilter;
  InvoiceLineKind: InvoiceLineKind;
  InvoiceLineOrder: InvoiceLineOrder;
  InvoiceLineOrderField: InvoiceLineOrderField;
  InvoiceOrder: InvoiceOrder;
  InvoiceOrderField: InvoiceOrderField;
  InvoiceStatus: InvoiceStatus;
  JournalEntry: ResolverTypeWrapper<JournalEntryRow>;
  JournalEntryConnection: ResolverTypeWrapper<Connection<JournalEntryRow>>;
  JournalEntryEdge: ResolverTypeWrapper<Omit<JournalEntryEdge, 'node'> & { node: ResolversTypes['JournalEntry'] }>;
  JournalEntryFilter: JournalEntryFilter;
  JournalEntryOrder: JournalEntryOrder;
  JournalEntryOrderField: JournalEntryOrderField;
  JournalEntryStatus: JournalEntryStatus;
  JournalLine: ResolverTypeWrapper<JournalLineRow>;
  JournalLineConnection: ResolverTypeWrapper<Connection<JournalLineRow>>;
  JournalLineEdge: ResolverTypeWrapper<Omit<JournalLineEdge, 'node'> & { node: ResolversTypes['JournalLine'] }>;
  JournalLineFilter: JournalLineFilter;
  JournalLineInput: JournalLineInput;
  JournalLineOrder: JournalLineOrder;
  JournalLineOrderField: JournalLineOrderField;
  JournalSource: JournalSource;
  LaborCategory: ResolverTypeWrapper<LaborCategoryRow>;
  LedgerAccount: LedgerAccount;
  LegalEntity: ResolverTypeWrapper<LegalEntityRow>;
  LegalEntityConnection: ResolverTypeWrapper<Connection<LegalEntityRow>>;
  LegalEntityEdge: ResolverTypeWrapper<Omit<LegalEntityEdge, 'node'> & { node: ResolversTypes['LegalEntity'] }>;
  LegalEntityFilter: LegalEntityFilter;
  LegalEntityOrder: LegalEntityOrder;
  LegalEntityOrderField: LegalEntityOrderField;
  Milestone: ResolverTypeWrapper<MilestoneRow>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Payment: ResolverTypeWrapper<PaymentRow>;
  PaymentApplication: ResolverTypeWrapper<PaymentApplicationRow>;
  PaymentApplicationConnection: ResolverTypeWrapper<Connection<PaymentApplicationRow>>;
  PaymentApplicationEdge: ResolverTypeWrapper<Omit<PaymentApplicationEdge, 'node'> & { node: ResolversTypes['PaymentApplication'] }>;
  PaymentApplicationFilter: PaymentApplicationFilter;
  PaymentApplicationInput: PaymentApplicationInput;
  PaymentApplicationOrder: PaymentApplicationOrder;
  PaymentApplicationOrderField: PaymentApplicationOrderField;
  PaymentConnection: ResolverTypeWrapper<Connection<PaymentRow>>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  PaymentFilter: PaymentFilter;
  PaymentMethod: PaymentMethod;
  PaymentOrder: PaymentOrder;
  PaymentOrderField: PaymentOrderField;
  PaymentStatus: PaymentStatus;
  PostInvoiceInput: PostInvoiceInput;
  PostInvoiceItem: PostInvoiceItem;
  PostInvoicePayload: ResolverTypeWrapper<Omit<PostInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  PostInvoicesInput: PostInvoicesInput;
  PostInvoicesPayload: ResolverTypeWrapper<Omit<PostInvoicesPayload, 'results'> & { results: Array<ResolversTypes['PostInvoicesResult']> }>;
  PostInvoicesResult: ResolverTypeWrapper<Omit<PostInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  PostJournalEntryInput: PostJournalEntryInput;
  PostJournalEntryPayload: ResolverTypeWrapper<Omit<PostJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversTypes['JournalEntry']> }>;
  PriceDimension: PriceDimension;
  PriceExplanation: ResolverTypeWrapper<PriceExplanationRow>;
  PriceRule: PriceRule;
  Project: ResolverTypeWrapper<ProjectRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateCard: ResolverTypeWrapper<RateCardRow>;
  RateCardConnection: ResolverTypeWrapper<Connection<RateCardRow>>;
  RateCardEdge: ResolverTypeWrapper<Omit<RateCardEdge, 'node'> & { node: ResolversTypes['RateCard'] }>;
  RateCardFilter: RateCardFilter;
  RateCardKind: RateCardKind;
  RateCardLine: ResolverTypeWrapper<RateCardLineRow>;
  RateCardLineInput: RateCardLineInput;
  RateCardOrder: RateCardOrder;
  RateCardOrderField: RateCardOrderField;
  RateCardScope: RateCardScope;
  RateCardVersion: ResolverTypeWrapper<RateCardVersionRow>;
  RateCardVersionActionInput: RateCardVersionActionInput;
  RateCardVersionActionPayload: ResolverTypeWrapper<Omit<RateCardVersionActionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversTypes['RateCardVersion']> }>;
  RateCardVersionConnection: ResolverTypeWrapper<Connection<RateCardVersionRow>>;
  RateCardVersionEdge: ResolverTypeWrapper<Omit<RateCardVersionEdge, 'node'> & { node: ResolversTypes['RateCardVersion'] }>;
  RateCardVersionFilter: RateCardVersionFilter;
  RateCardVersionOrder: RateCardVersionOrder;
  RateCardVersionOrderField: RateCardVersionOrderField;
  RateCardVersionStatus: RateCardVersionStatus;
  RateQuote: ResolverTypeWrapper<Omit<RateQuote, 'explanation'> & { explanation?: Maybe<ResolversTypes['PriceExplanation']> }>;
  Receivable: ResolverTypeWrapper<Receivable>;
  RecognizeRevenueEventInput: RecognizeRevenueEventInput;
  RecognizeRevenueEventPayload: ResolverTypeWrapper<Omit<RecognizeRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversTypes['RevenueEvent']> }>;
  RecordActualItem: RecordActualItem;
  RecordActualsInput: RecordActualsInput;
  RecordActualsPayload: ResolverTypeWrapper<Omit<RecordActualsPayload, 'results'> & { results: Array<ResolversTypes['RecordActualsResult']> }>;
  RecordActualsResult: ResolverTypeWrapper<Omit<RecordActualsResult, 'actual'> & { actual?: Maybe<ResolversTypes['Actual']> }>;
  RecordPaymentInput: RecordPaymentInput;
  RecordPaymentItem: RecordPaymentItem;
  RecordPaymentPayload: ResolverTypeWrapper<Omit<RecordPaymentPayload, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  RecordPaymentsInput: RecordPaymentsInput;
  RecordPaymentsPayload: ResolverTypeWrapper<Omit<RecordPaymentsPayload, 'results'> & { results: Array<ResolversTypes['RecordPaymentsResult']> }>;
  RecordPaymentsResult: ResolverTypeWrapper<Omit<RecordPaymentsResult, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  ReleaseActualItem: ReleaseActualItem;
  ReleaseActualsInput: ReleaseActualsInput;
  ReleaseActualsPayload: ResolverTypeWrapper<Omit<ReleaseActualsPayload, 'results'> & { results: Array<ResolversTypes['ReleaseActualsResult']> }>;
  ReleaseActualsResult: ResolverTypeWrapper<Omit<ReleaseActualsResult, 'actual'> & { actual?: Maybe<ResolversTypes['Actual']> }>;
  RevenueEvent: ResolverTypeWrapper<RevenueEventRow>;
  RevenueEventActionInput: RevenueEventActionInput;
  RevenueEventActionPayload: ResolverTypeWrapper<Omit<RevenueEventActionPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversTypes['RevenueEvent']> }>;
  RevenueEventConnection: ResolverTypeWrapper<Connection<RevenueEventRow>>;
  RevenueEventEdge: ResolverTypeWrapper<Omit<RevenueEventEdge, 'node'> & { node: ResolversTypes['RevenueEvent'] }>;
  RevenueEventFilter: RevenueEventFilter;
  RevenueEventOrder: RevenueEventOrder;
  RevenueEventOrderField: RevenueEventOrderField;
  RevenueEventStatus: RevenueEventStatus;
  RevenueMethod: RevenueMethod;
  ReverseActualItem: ReverseActualItem;
  ReverseActualsInput: ReverseActualsInput;
  ReverseActualsPayload: ResolverTypeWrapper<Omit<ReverseActualsPayload, 'results'> & { results: Array<ResolversTypes['ReverseActualsResult']> }>;
  ReverseActualsResult: ResolverTypeWrapper<Omit<ReverseActualsResult, 'actual'> & { actual?: Maybe<ResolversTypes['Actual']> }>;
  ReverseJournalEntryInput: ReverseJournalEntryInput;
  ReverseJournalEntryPayload: ResolverTypeWrapper<Omit<ReverseJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversTypes['JournalEntry']> }>;
  ReversePaymentInput: ReversePaymentInput;
  ReversePaymentPayload: ResolverTypeWrapper<Omit<ReversePaymentPayload, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  ReverseRevenueEventInput: ReverseRevenueEventInput;
  ReverseRevenueEventPayload: ResolverTypeWrapper<Omit<ReverseRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversTypes['RevenueEvent']> }>;
  RoundingPolicy: RoundingPolicy;
  ScheduleRevenueInput: ScheduleRevenueInput;
  ScheduleRevenuePayload: ResolverTypeWrapper<Omit<ScheduleRevenuePayload, 'revenueEvents'> & { revenueEvents: Array<ResolversTypes['RevenueEvent']> }>;
  SortDirection: SortDirection;
  Task: ResolverTypeWrapper<TaskRow>;
  TaxProfile: ResolverTypeWrapper<TaxProfileRow>;
  TaxProfileConnection: ResolverTypeWrapper<Connection<TaxProfileRow>>;
  TaxProfileEdge: ResolverTypeWrapper<Omit<TaxProfileEdge, 'node'> & { node: ResolversTypes['TaxProfile'] }>;
  TaxProfileFilter: TaxProfileFilter;
  TaxProfileOrder: TaxProfileOrder;
  TaxProfileOrderField: TaxProfileOrderField;
  TaxRate: ResolverTypeWrapper<TaxRate>;
  TaxRateInput: TaxRateInput;
  TimesheetEntry: ResolverTypeWrapper<TimesheetEntryRow>;
  TrialBalance: ResolverTypeWrapper<Omit<TrialBalance, 'legalEntity'> & { legalEntity: ResolversTypes['LegalEntity'] }>;
  UpdateCostCenterInput: UpdateCostCenterInput;
  UpdateCostCenterPayload: ResolverTypeWrapper<Omit<UpdateCostCenterPayload, 'costCenter'> & { costCenter?: Maybe<ResolversTypes['CostCenter']> }>;
  UpdateInvoiceInput: UpdateInvoiceInput;
  UpdateInvoicePayload: ResolverTypeWrapper<Omit<UpdateInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  UpdateJournalEntryInput: UpdateJournalEntryInput;
  UpdateJournalEntryPayload: ResolverTypeWrapper<Omit<UpdateJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversTypes['JournalEntry']> }>;
  UpdateLegalEntityInput: UpdateLegalEntityInput;
  UpdateLegalEntityPayload: ResolverTypeWrapper<Omit<UpdateLegalEntityPayload, 'legalEntity'> & { legalEntity?: Maybe<ResolversTypes['LegalEntity']> }>;
  UpdatePaymentInput: UpdatePaymentInput;
  UpdatePaymentPayload: ResolverTypeWrapper<Omit<UpdatePaymentPayload, 'payment'> & { payment?: Maybe<ResolversTypes['Payment']> }>;
  UpdateRateCardInput: UpdateRateCardInput;
  UpdateRateCardPayload: ResolverTypeWrapper<Omit<UpdateRateCardPayload, 'rateCard'> & { rateCard?: Maybe<ResolversTypes['RateCard']> }>;
  UpdateRateCardVersionInput: UpdateRateCardVersionInput;
  UpdateRateCardVersionPayload: ResolverTypeWrapper<Omit<UpdateRateCardVersionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversTypes['RateCardVersion']> }>;
  UpdateRevenueEventInput: UpdateRevenueEventInput;
  UpdateRevenueEventPayload: ResolverTypeWrapper<Omit<UpdateRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversTypes['RevenueEvent']> }>;
  UpdateTaxProfileInput: UpdateTaxProfileInput;
  UpdateTaxProfilePayload: ResolverTypeWrapper<Omit<UpdateTaxProfilePayload, 'taxProfile'> & { taxProfile?: Maybe<ResolversTypes['TaxProfile']> }>;
  UpsertCostCenterItem: UpsertCostCenterItem;
  UpsertCostCentersInput: UpsertCostCentersInput;
  UpsertCostCentersPayload: ResolverTypeWrapper<Omit<UpsertCostCentersPayload, 'results'> & { results: Array<ResolversTypes['UpsertCostCentersResult']> }>;
  UpsertCostCentersResult: ResolverTypeWrapper<Omit<UpsertCostCentersResult, 'costCenter'> & { costCenter?: Maybe<ResolversTypes['CostCenter']> }>;
  UpsertLegalEntitiesInput: UpsertLegalEntitiesInput;
  UpsertLegalEntitiesPayload: ResolverTypeWrapper<Omit<UpsertLegalEntitiesPayload, 'results'> & { results: Array<ResolversTypes['UpsertLegalEntitiesResult']> }>;
  UpsertLegalEntitiesResult: ResolverTypeWrapper<Omit<UpsertLegalEntitiesResult, 'legalEntity'> & { legalEntity?: Maybe<ResolversTypes['LegalEntity']> }>;
  UpsertLegalEntityItem: UpsertLegalEntityItem;
  UpsertRateCardItem: UpsertRateCardItem;
  UpsertRateCardsInput: UpsertRateCardsInput;
  UpsertRateCardsPayload: ResolverTypeWrapper<Omit<UpsertRateCardsPayload, 'results'> & { results: Array<ResolversTypes['UpsertRateCardsResult']> }>;
  UpsertRateCardsResult: ResolverTypeWrapper<Omit<UpsertRateCardsResult, 'rateCard'> & { rateCard?: Maybe<ResolversTypes['RateCard']> }>;
  UpsertTaxProfileItem: UpsertTaxProfileItem;
  UpsertTaxProfilesInput: UpsertTaxProfilesInput;
  UpsertTaxProfilesPayload: ResolverTypeWrapper<Omit<UpsertTaxProfilesPayload, 'results'> & { results: Array<ResolversTypes['UpsertTaxProfilesResult']> }>;
  UpsertTaxProfilesResult: ResolverTypeWrapper<Omit<UpsertTaxProfilesResult, 'taxProfile'> & { taxProfile?: Maybe<ResolversTypes['TaxProfile']> }>;
  UserError: ResolverTypeWrapper<UserError>;
  ValidateInvoicesInput: ValidateInvoicesInput;
  ValidateInvoicesPayload: ResolverTypeWrapper<Omit<ValidateInvoicesPayload, 'results'> & { results: Array<ResolversTypes['ValidateInvoicesResult']> }>;
  ValidateInvoicesResult: ResolverTypeWrapper<Omit<ValidateInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  WorkInProgress: ResolverTypeWrapper<WorkInProgress>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccountBalance: AccountBalance;
  Actual: ActualRow;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ActualConnection: Connection<ActualRow>;
  ActualEdge: Omit<ActualEdge, 'node'> & { node: ResolversParentTypes['Actual'] };
  ActualFilter: ActualFilter;
  Boolean: Scalars['Boolean']['output'];
  ActualOrder: ActualOrder;
  ActualSummaryRow: Omit<ActualSummaryRow, 'contract' | 'customer' | 'project'> & { contract?: Maybe<ResolversParentTypes['Contract']>, customer?: Maybe<ResolversParentTypes['Customer']>, project?: Maybe<ResolversParentTypes['Project']> };
  ApplyPaymentInput: ApplyPaymentInput;
  ApplyPaymentPayload: Omit<ApplyPaymentPayload, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  AvailableAction: AvailableAction;
  Contract: ContractRow;
  CostCenter: CostCenterRow;
  CostCenterConnection: Connection<CostCenterRow>;
  CostCenterEdge: Omit<CostCenterEdge, 'node'> & { node: ResolversParentTypes['CostCenter'] };
  CostCenterFilter: CostCenterFilter;
  CostCenterOrder: CostCenterOrder;
  CreateCostCenterInput: CreateCostCenterInput;
  CreateCostCenterPayload: Omit<CreateCostCenterPayload, 'costCenter'> & { costCenter?: Maybe<ResolversParentTypes['CostCenter']> };
  CreateFiscalPeriodsInput: CreateFiscalPeriodsInput;
  CreateFiscalPeriodsPayload: Omit<CreateFiscalPeriodsPayload, 'fiscalPeriods'> & { fiscalPeriods: Array<ResolversParentTypes['FiscalPeriod']> };
  CreateJournalEntryInput: CreateJournalEntryInput;
  CreateJournalEntryPayload: Omit<CreateJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversParentTypes['JournalEntry']> };
  CreateLegalEntityInput: CreateLegalEntityInput;
  CreateLegalEntityPayload: Omit<CreateLegalEntityPayload, 'legalEntity'> & { legalEntity?: Maybe<ResolversParentTypes['LegalEntity']> };
  CreateRateCardInput: CreateRateCardInput;
  CreateRateCardPayload: Omit<CreateRateCardPayload, 'rateCard'> & { rateCard?: Maybe<ResolversParentTypes['RateCard']> };
  CreateRateCardVersionInput: CreateRateCardVersionInput;
  CreateRateCardVersionPayload: Omit<CreateRateCardVersionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversParentTypes['RateCardVersion']> };
  CreateTaxProfileInput: CreateTaxProfileInput;
  CreateTaxProfilePayload: Omit<CreateTaxProfilePayload, 'taxProfile'> & { taxProfile?: Maybe<ResolversParentTypes['TaxProfile']> };
  CreditInvoiceInput: CreditInvoiceInput;
  CreditInvoicePayload: Omit<CreditInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: CustomerRow;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DraftInvoicesInput: DraftInvoicesInput;
  DraftInvoicesPayload: Omit<DraftInvoicesPayload, 'results'> & { results: Array<ResolversParentTypes['DraftInvoicesResult']> };
  DraftInvoicesResult: Omit<DraftInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  Employee: EmployeeRow;
  Engagement: EngagementRow;
  ExpenseItem: ExpenseItemRow;
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  FiscalPeriod: FiscalPeriodRow;
  FiscalPeriodActionInput: FiscalPeriodActionInput;
  FiscalPeriodActionPayload: Omit<FiscalPeriodActionPayload, 'fiscalPeriod'> & { fiscalPeriod?: Maybe<ResolversParentTypes['FiscalPeriod']> };
  FiscalPeriodConnection: Connection<FiscalPeriodRow>;
  FiscalPeriodEdge: Omit<FiscalPeriodEdge, 'node'> & { node: ResolversParentTypes['FiscalPeriod'] };
  FiscalPeriodFilter: FiscalPeriodFilter;
  FiscalPeriodOrder: FiscalPeriodOrder;
  HoldActualItem: HoldActualItem;
  HoldActualsInput: HoldActualsInput;
  HoldActualsPayload: Omit<HoldActualsPayload, 'results'> & { results: Array<ResolversParentTypes['HoldActualsResult']> };
  HoldActualsResult: Omit<HoldActualsResult, 'actual'> & { actual?: Maybe<ResolversParentTypes['Actual']> };
  Invoice: InvoiceRow;
  InvoiceActionInput: InvoiceActionInput;
  InvoiceActionPayload: Omit<InvoiceActionPayload, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  InvoiceConnection: Connection<InvoiceRow>;
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  InvoiceFilter: InvoiceFilter;
  InvoiceItem: InvoiceItem;
  InvoiceLine: InvoiceLineRow;
  InvoiceLineConnection: Connection<InvoiceLineRow>;
  InvoiceLineEdge: Omit<InvoiceLineEdge, 'node'> & { node: ResolversParentTypes['InvoiceLine'] };
  InvoiceLineFilter: InvoiceLineFilter;
  InvoiceLineOrder: InvoiceLineOrder;
  InvoiceOrder: InvoiceOrder;
  JournalEntry: JournalEntryRow;
  JournalEntryConnection: Connection<JournalEntryRow>;
  JournalEntryEdge: Omit<JournalEntryEdge, 'node'> & { node: ResolversParentTypes['JournalEntry'] };
  JournalEntryFilter: JournalEntryFilter;
  JournalEntryOrder: JournalEntryOrder;
  JournalLine: JournalLineRow;
  JournalLineConnection: Connection<JournalLineRow>;
  JournalLineEdge: Omit<JournalLineEdge, 'node'> & { node: ResolversParentTypes['JournalLine'] };
  JournalLineFilter: JournalLineFilter;
  JournalLineInput: JournalLineInput;
  JournalLineOrder: JournalLineOrder;
  LaborCategory: LaborCategoryRow;
  LegalEntity: LegalEntityRow;
  LegalEntityConnection: Connection<LegalEntityRow>;
  LegalEntityEdge: Omit<LegalEntityEdge, 'node'> & { node: ResolversParentTypes['LegalEntity'] };
  LegalEntityFilter: LegalEntityFilter;
  LegalEntityOrder: LegalEntityOrder;
  Milestone: MilestoneRow;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Payment: PaymentRow;
  PaymentApplication: PaymentApplicationRow;
  PaymentApplicationConnection: Connection<PaymentApplicationRow>;
  PaymentApplicationEdge: Omit<PaymentApplicationEdge, 'node'> & { node: ResolversParentTypes['PaymentApplication'] };
  PaymentApplicationFilter: PaymentApplicationFilter;
  PaymentApplicationInput: PaymentApplicationInput;
  PaymentApplicationOrder: PaymentApplicationOrder;
  PaymentConnection: Connection<PaymentRow>;
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  PaymentFilter: PaymentFilter;
  PaymentOrder: PaymentOrder;
  PostInvoiceInput: PostInvoiceInput;
  PostInvoiceItem: PostInvoiceItem;
  PostInvoicePayload: Omit<PostInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  PostInvoicesInput: PostInvoicesInput;
  PostInvoicesPayload: Omit<PostInvoicesPayload, 'results'> & { results: Array<ResolversParentTypes['PostInvoicesResult']> };
  PostInvoicesResult: Omit<PostInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  PostJournalEntryInput: PostJournalEntryInput;
  PostJournalEntryPayload: Omit<PostJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversParentTypes['JournalEntry']> };
  PriceExplanation: PriceExplanationRow;
  Project: ProjectRow;
  Query: Record<PropertyKey, never>;
  RateCard: RateCardRow;
  RateCardConnection: Connection<RateCardRow>;
  RateCardEdge: Omit<RateCardEdge, 'node'> & { node: ResolversParentTypes['RateCard'] };
  RateCardFilter: RateCardFilter;
  RateCardLine: RateCardLineRow;
  RateCardLineInput: RateCardLineInput;
  RateCardOrder: RateCardOrder;
  RateCardVersion: RateCardVersionRow;
  RateCardVersionActionInput: RateCardVersionActionInput;
  RateCardVersionActionPayload: Omit<RateCardVersionActionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversParentTypes['RateCardVersion']> };
  RateCardVersionConnection: Connection<RateCardVersionRow>;
  RateCardVersionEdge: Omit<RateCardVersionEdge, 'node'> & { node: ResolversParentTypes['RateCardVersion'] };
  RateCardVersionFilter: RateCardVersionFilter;
  RateCardVersionOrder: RateCardVersionOrder;
  RateQuote: Omit<RateQuote, 'explanation'> & { explanation?: Maybe<ResolversParentTypes['PriceExplanation']> };
  Receivable: Receivable;
  RecognizeRevenueEventInput: RecognizeRevenueEventInput;
  RecognizeRevenueEventPayload: Omit<RecognizeRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversParentTypes['RevenueEvent']> };
  RecordActualItem: RecordActualItem;
  RecordActualsInput: RecordActualsInput;
  RecordActualsPayload: Omit<RecordActualsPayload, 'results'> & { results: Array<ResolversParentTypes['RecordActualsResult']> };
  RecordActualsResult: Omit<RecordActualsResult, 'actual'> & { actual?: Maybe<ResolversParentTypes['Actual']> };
  RecordPaymentInput: RecordPaymentInput;
  RecordPaymentItem: RecordPaymentItem;
  RecordPaymentPayload: Omit<RecordPaymentPayload, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  RecordPaymentsInput: RecordPaymentsInput;
  RecordPaymentsPayload: Omit<RecordPaymentsPayload, 'results'> & { results: Array<ResolversParentTypes['RecordPaymentsResult']> };
  RecordPaymentsResult: Omit<RecordPaymentsResult, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  ReleaseActualItem: ReleaseActualItem;
  ReleaseActualsInput: ReleaseActualsInput;
  ReleaseActualsPayload: Omit<ReleaseActualsPayload, 'results'> & { results: Array<ResolversParentTypes['ReleaseActualsResult']> };
  ReleaseActualsResult: Omit<ReleaseActualsResult, 'actual'> & { actual?: Maybe<ResolversParentTypes['Actual']> };
  RevenueEvent: RevenueEventRow;
  RevenueEventActionInput: RevenueEventActionInput;
  RevenueEventActionPayload: Omit<RevenueEventActionPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversParentTypes['RevenueEvent']> };
  RevenueEventConnection: Connection<RevenueEventRow>;
  RevenueEventEdge: Omit<RevenueEventEdge, 'node'> & { node: ResolversParentTypes['RevenueEvent'] };
  RevenueEventFilter: RevenueEventFilter;
  RevenueEventOrder: RevenueEventOrder;
  ReverseActualItem: ReverseActualItem;
  ReverseActualsInput: ReverseActualsInput;
  ReverseActualsPayload: Omit<ReverseActualsPayload, 'results'> & { results: Array<ResolversParentTypes['ReverseActualsResult']> };
  ReverseActualsResult: Omit<ReverseActualsResult, 'actual'> & { actual?: Maybe<ResolversParentTypes['Actual']> };
  ReverseJournalEntryInput: ReverseJournalEntryInput;
  ReverseJournalEntryPayload: Omit<ReverseJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversParentTypes['JournalEntry']> };
  ReversePaymentInput: ReversePaymentInput;
  ReversePaymentPayload: Omit<ReversePaymentPayload, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  ReverseRevenueEventInput: ReverseRevenueEventInput;
  ReverseRevenueEventPayload: Omit<ReverseRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversParentTypes['RevenueEvent']> };
  ScheduleRevenueInput: ScheduleRevenueInput;
  ScheduleRevenuePayload: Omit<ScheduleRevenuePayload, 'revenueEvents'> & { revenueEvents: Array<ResolversParentTypes['RevenueEvent']> };
  Task: TaskRow;
  TaxProfile: TaxProfileRow;
  TaxProfileConnection: Connection<TaxProfileRow>;
  TaxProfileEdge: Omit<TaxProfileEdge, 'node'> & { node: ResolversParentTypes['TaxProfile'] };
  TaxProfileFilter: TaxProfileFilter;
  TaxProfileOrder: TaxProfileOrder;
  TaxRate: TaxRate;
  TaxRateInput: TaxRateInput;
  TimesheetEntry: TimesheetEntryRow;
  TrialBalance: Omit<TrialBalance, 'legalEntity'> & { legalEntity: ResolversParentTypes['LegalEntity'] };
  UpdateCostCenterInput: UpdateCostCenterInput;
  UpdateCostCenterPayload: Omit<UpdateCostCenterPayload, 'costCenter'> & { costCenter?: Maybe<ResolversParentTypes['CostCenter']> };
  UpdateInvoiceInput: UpdateInvoiceInput;
  UpdateInvoicePayload: Omit<UpdateInvoicePayload, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  UpdateJournalEntryInput: UpdateJournalEntryInput;
  UpdateJournalEntryPayload: Omit<UpdateJournalEntryPayload, 'journalEntry'> & { journalEntry?: Maybe<ResolversParentTypes['JournalEntry']> };
  UpdateLegalEntityInput: UpdateLegalEntityInput;
  UpdateLegalEntityPayload: Omit<UpdateLegalEntityPayload, 'legalEntity'> & { legalEntity?: Maybe<ResolversParentTypes['LegalEntity']> };
  UpdatePaymentInput: UpdatePaymentInput;
  UpdatePaymentPayload: Omit<UpdatePaymentPayload, 'payment'> & { payment?: Maybe<ResolversParentTypes['Payment']> };
  UpdateRateCardInput: UpdateRateCardInput;
  UpdateRateCardPayload: Omit<UpdateRateCardPayload, 'rateCard'> & { rateCard?: Maybe<ResolversParentTypes['RateCard']> };
  UpdateRateCardVersionInput: UpdateRateCardVersionInput;
  UpdateRateCardVersionPayload: Omit<UpdateRateCardVersionPayload, 'rateCardVersion'> & { rateCardVersion?: Maybe<ResolversParentTypes['RateCardVersion']> };
  UpdateRevenueEventInput: UpdateRevenueEventInput;
  UpdateRevenueEventPayload: Omit<UpdateRevenueEventPayload, 'revenueEvent'> & { revenueEvent?: Maybe<ResolversParentTypes['RevenueEvent']> };
  UpdateTaxProfileInput: UpdateTaxProfileInput;
  UpdateTaxProfilePayload: Omit<UpdateTaxProfilePayload, 'taxProfile'> & { taxProfile?: Maybe<ResolversParentTypes['TaxProfile']> };
  UpsertCostCenterItem: UpsertCostCenterItem;
  UpsertCostCentersInput: UpsertCostCentersInput;
  UpsertCostCentersPayload: Omit<UpsertCostCentersPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertCostCentersResult']> };
  UpsertCostCentersResult: Omit<UpsertCostCentersResult, 'costCenter'> & { costCenter?: Maybe<ResolversParentTypes['CostCenter']> };
  UpsertLegalEntitiesInput: UpsertLegalEntitiesInput;
  UpsertLegalEntitiesPayload: Omit<UpsertLegalEntitiesPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertLegalEntitiesResult']> };
  UpsertLegalEntitiesResult: Omit<UpsertLegalEntitiesResult, 'legalEntity'> & { legalEntity?: Maybe<ResolversParentTypes['LegalEntity']> };
  UpsertLegalEntityItem: UpsertLegalEntityItem;
  UpsertRateCardItem: UpsertRateCardItem;
  UpsertRateCardsInput: UpsertRateCardsInput;
  UpsertRateCardsPayload: Omit<UpsertRateCardsPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertRateCardsResult']> };
  UpsertRateCardsResult: Omit<UpsertRateCardsResult, 'rateCard'> & { rateCard?: Maybe<ResolversParentTypes['RateCard']> };
  UpsertTaxProfileItem: UpsertTaxProfileItem;
  UpsertTaxProfilesInput: UpsertTaxProfilesInput;
  UpsertTaxProfilesPayload: Omit<UpsertTaxProfilesPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertTaxProfilesResult']> };
  UpsertTaxProfilesResult: Omit<UpsertTaxProfilesResult, 'taxProfile'> & { taxProfile?: Maybe<ResolversParentTypes['TaxProfile']> };
  UserError: UserError;
  ValidateInvoicesInput: ValidateInvoicesInput;
  ValidateInvoicesPayload: Omit<ValidateInvoicesPayload, 'results'> & { results: Array<ResolversParentTypes['ValidateInvoicesResult']> };
  ValidateInvoicesResult: Omit<ValidateInvoicesResult, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> };
  WorkInProgress: WorkInProgress;
};

export type AccountBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountBalance'] = ResolversParentTypes['AccountBalance']> = {
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ActualResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Actual'] = ResolversParentTypes['Actual'], FederationReferenceType extends FederationReferenceTypes['Actual'] = FederationReferenceTypes['Actual']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Actual']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accountingDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  contractLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expenseItem?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  holdCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  holdReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActualKind'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  priceExplanation?: Resolver<ResolversTypes['PriceExplanation'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reversedBy?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  reverses?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceType?: Resolver<ResolversTypes['ActualSourceType'], ParentType, ContextType>;
  sourceVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ActualStatus'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  timesheetEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  transactionClass?: Resolver<ResolversTypes['ActualClass'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type ActualConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActualConnection'] = ResolversParentTypes['ActualConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ActualEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Actual']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ActualEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActualEdge'] = ResolversParentTypes['ActualEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Actual'], ParentType, ContextType>;
};

export type ActualSummaryRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActualSummaryRow'] = ResolversParentTypes['ActualSummaryRow']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['ActualKind']>, ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
};

export type ApplyPaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApplyPaymentPayload'] = ResolversParentTypes['ApplyPaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<ResolversTypes['ActualConnection'], ParentType, ContextType, RequireFields<ContractActualsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<ContractInvoicesArgs, 'orderBy'>>;
  revenueEvents?: Resolver<ResolversTypes['RevenueEventConnection'], ParentType, ContextType, RequireFields<ContractRevenueEventsArgs, 'orderBy'>>;
  workInProgress?: Resolver<Array<ResolversTypes['WorkInProgress']>, ParentType, ContextType>;
};

export type CostCenterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenter'] = ResolversParentTypes['CostCenter'], FederationReferenceType extends FederationReferenceTypes['CostCenter'] = FederationReferenceTypes['CostCenter']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CostCenter']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CostCenterConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenterConnection'] = ResolversParentTypes['CostCenterConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CostCenterEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CostCenterEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenterEdge'] = ResolversParentTypes['CostCenterEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CostCenter'], ParentType, ContextType>;
};

export type CreateCostCenterPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCostCenterPayload'] = ResolversParentTypes['CreateCostCenterPayload']> = {
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateFiscalPeriodsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateFiscalPeriodsPayload'] = ResolversParentTypes['CreateFiscalPeriodsPayload']> = {
  fiscalPeriods?: Resolver<Array<ResolversTypes['FiscalPeriod']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateJournalEntryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateJournalEntryPayload'] = ResolversParentTypes['CreateJournalEntryPayload']> = {
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateLegalEntityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateLegalEntityPayload'] = ResolversParentTypes['CreateLegalEntityPayload']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateRateCardPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateRateCardPayload'] = ResolversParentTypes['CreateRateCardPayload']> = {
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateRateCardVersionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateRateCardVersionPayload'] = ResolversParentTypes['CreateRateCardVersionPayload']> = {
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateTaxProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaxProfilePayload'] = ResolversParentTypes['CreateTaxProfilePayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreditInvoicePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditInvoicePayload'] = ResolversParentTypes['CreditInvoicePayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
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
  actuals?: Resolver<ResolversTypes['ActualConnection'], ParentType, ContextType, RequireFields<CustomerActualsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<CustomerInvoicesArgs, 'orderBy'>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, RequireFields<CustomerPaymentsArgs, 'orderBy'>>;
  receivables?: Resolver<Array<ResolversTypes['Receivable']>, ParentType, ContextType>;
  workInProgress?: Resolver<Array<ResolversTypes['WorkInProgress']>, ParentType, ContextType>;
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

export type DraftInvoicesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DraftInvoicesPayload'] = ResolversParentTypes['DraftInvoicesPayload']> = {
  actualsTaken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['DraftInvoicesResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DraftInvoicesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DraftInvoicesResult'] = ResolversParentTypes['DraftInvoicesResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement'], FederationReferenceType extends FederationReferenceTypes['Engagement'] = FederationReferenceTypes['Engagement']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Engagement']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<ResolversTypes['ActualConnection'], ParentType, ContextType, RequireFields<EngagementActualsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<EngagementInvoicesArgs, 'orderBy'>>;
};

export type ExpenseItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItem'] = ResolversParentTypes['ExpenseItem'], FederationReferenceType extends FederationReferenceTypes['ExpenseItem'] = FederationReferenceTypes['ExpenseItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<Array<ResolversTypes['Actual']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FiscalPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiscalPeriod'] = ResolversParentTypes['FiscalPeriod'], FederationReferenceType extends FederationReferenceTypes['FiscalPeriod'] = FederationReferenceTypes['FiscalPeriod']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FiscalPeriod']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  lockedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FiscalPeriodStatus'], ParentType, ContextType>;
  unpostedInvoices?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unpostedJournalEntries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FiscalPeriodActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiscalPeriodActionPayload'] = ResolversParentTypes['FiscalPeriodActionPayload']> = {
  fiscalPeriod?: Resolver<Maybe<ResolversTypes['FiscalPeriod']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type FiscalPeriodConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiscalPeriodConnection'] = ResolversParentTypes['FiscalPeriodConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FiscalPeriodEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['FiscalPeriod']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FiscalPeriodEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiscalPeriodEdge'] = ResolversParentTypes['FiscalPeriodEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FiscalPeriod'], ParentType, ContextType>;
};

export type HoldActualsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HoldActualsPayload'] = ResolversParentTypes['HoldActualsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['HoldActualsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HoldActualsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HoldActualsResult'] = ResolversParentTypes['HoldActualsResult']> = {
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  contract?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  creditNote?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  creditReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  credits?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  cutOffDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  dueDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  engagement?: Resolver<ResolversTypes['Engagement'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoiceDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceKind'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['InvoiceLineConnection'], ParentType, ContextType, RequireFields<InvoiceLinesArgs, 'orderBy'>>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  paid?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  payments?: Resolver<ResolversTypes['PaymentApplicationConnection'], ParentType, ContextType, RequireFields<InvoicePaymentsArgs, 'orderBy'>>;
  postedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  purchaseOrderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  taxFailedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  taxFailure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceActionPayload'] = ResolversParentTypes['InvoiceActionPayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Invoice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type InvoiceLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine'], FederationReferenceType extends FederationReferenceTypes['InvoiceLine'] = FederationReferenceTypes['InvoiceLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoiceLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  actualCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  actuals?: Resolver<Array<ResolversTypes['Actual']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  contractLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expenses?: Resolver<Array<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceLineKind'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  timeEntries?: Resolver<Array<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
};

export type InvoiceLineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLineConnection'] = ResolversParentTypes['InvoiceLineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvoiceLineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['InvoiceLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceLineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLineEdge'] = ResolversParentTypes['InvoiceLineEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InvoiceLine'], ParentType, ContextType>;
};

export type JournalEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntry'] = ResolversParentTypes['JournalEntry'], FederationReferenceType extends FederationReferenceTypes['JournalEntry'] = FederationReferenceTypes['JournalEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JournalEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['JournalLineConnection'], ParentType, ContextType, RequireFields<JournalEntryLinesArgs, 'orderBy'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  postedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  postingDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  reversedBy?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  reverses?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['JournalSource'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JournalEntryStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JournalEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntryConnection'] = ResolversParentTypes['JournalEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['JournalEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JournalEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntryEdge'] = ResolversParentTypes['JournalEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JournalEntry'], ParentType, ContextType>;
};

export type JournalLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalLine'] = ResolversParentTypes['JournalLine'], FederationReferenceType extends FederationReferenceTypes['JournalLine'] = FederationReferenceTypes['JournalLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JournalLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journalEntry?: Resolver<ResolversTypes['JournalEntry'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
};

export type JournalLineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalLineConnection'] = ResolversParentTypes['JournalLineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['JournalLineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['JournalLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JournalLineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalLineEdge'] = ResolversParentTypes['JournalLineEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JournalLine'], ParentType, ContextType>;
};

export type LaborCategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LaborCategory'] = ResolversParentTypes['LaborCategory']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity'], FederationReferenceType extends FederationReferenceTypes['LegalEntity'] = FederationReferenceTypes['LegalEntity']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LegalEntity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  costCenters?: Resolver<ResolversTypes['CostCenterConnection'], ParentType, ContextType, RequireFields<LegalEntityCostCentersArgs, 'orderBy'>>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  fiscalPeriods?: Resolver<ResolversTypes['FiscalPeriodConnection'], ParentType, ContextType, RequireFields<LegalEntityFiscalPeriodsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taxProfiles?: Resolver<ResolversTypes['TaxProfileConnection'], ParentType, ContextType, RequireFields<LegalEntityTaxProfilesArgs, 'orderBy'>>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LegalEntityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntityConnection'] = ResolversParentTypes['LegalEntityConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LegalEntityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LegalEntityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntityEdge'] = ResolversParentTypes['LegalEntityEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
};

export type MilestoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Milestone'] = ResolversParentTypes['Milestone'], FederationReferenceType extends FederationReferenceTypes['Milestone'] = FederationReferenceTypes['Milestone']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Milestone']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<Array<ResolversTypes['Actual']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  applyPayment?: Resolver<ResolversTypes['ApplyPaymentPayload'], ParentType, ContextType, RequireFields<MutationApplyPaymentArgs, 'input'>>;
  cancelInvoice?: Resolver<ResolversTypes['InvoiceActionPayload'], ParentType, ContextType, RequireFields<MutationCancelInvoiceArgs, 'input'>>;
  cancelRevenueEvent?: Resolver<ResolversTypes['RevenueEventActionPayload'], ParentType, ContextType, RequireFields<MutationCancelRevenueEventArgs, 'input'>>;
  closeFiscalPeriod?: Resolver<ResolversTypes['FiscalPeriodActionPayload'], ParentType, ContextType, RequireFields<MutationCloseFiscalPeriodArgs, 'input'>>;
  createCostCenter?: Resolver<ResolversTypes['CreateCostCenterPayload'], ParentType, ContextType, RequireFields<MutationCreateCostCenterArgs, 'input'>>;
  createFiscalPeriods?: Resolver<ResolversTypes['CreateFiscalPeriodsPayload'], ParentType, ContextType, RequireFields<MutationCreateFiscalPeriodsArgs, 'input'>>;
  createJournalEntry?: Resolver<ResolversTypes['CreateJournalEntryPayload'], ParentType, ContextType, RequireFields<MutationCreateJournalEntryArgs, 'input'>>;
  createLegalEntity?: Resolver<ResolversTypes['CreateLegalEntityPayload'], ParentType, ContextType, RequireFields<MutationCreateLegalEntityArgs, 'input'>>;
  createRateCard?: Resolver<ResolversTypes['CreateRateCardPayload'], ParentType, ContextType, RequireFields<MutationCreateRateCardArgs, 'input'>>;
  createRateCardVersion?: Resolver<ResolversTypes['CreateRateCardVersionPayload'], ParentType, ContextType, RequireFields<MutationCreateRateCardVersionArgs, 'input'>>;
  createTaxProfile?: Resolver<ResolversTypes['CreateTaxProfilePayload'], ParentType, ContextType, RequireFields<MutationCreateTaxProfileArgs, 'input'>>;
  creditInvoice?: Resolver<ResolversTypes['CreditInvoicePayload'], ParentType, ContextType, RequireFields<MutationCreditInvoiceArgs, 'input'>>;
  draftInvoices?: Resolver<ResolversTypes['DraftInvoicesPayload'], ParentType, ContextType, RequireFields<MutationDraftInvoicesArgs, 'input'>>;
  holdActuals?: Resolver<ResolversTypes['HoldActualsPayload'], ParentType, ContextType, RequireFields<MutationHoldActualsArgs, 'input'>>;
  lockFiscalPeriod?: Resolver<ResolversTypes['FiscalPeriodActionPayload'], ParentType, ContextType, RequireFields<MutationLockFiscalPeriodArgs, 'input'>>;
  postInvoice?: Resolver<ResolversTypes['PostInvoicePayload'], ParentType, ContextType, RequireFields<MutationPostInvoiceArgs, 'input'>>;
  postInvoices?: Resolver<ResolversTypes['PostInvoicesPayload'], ParentType, ContextType, RequireFields<MutationPostInvoicesArgs, 'input'>>;
  postJournalEntry?: Resolver<ResolversTypes['PostJournalEntryPayload'], ParentType, ContextType, RequireFields<MutationPostJournalEntryArgs, 'input'>>;
  publishRateCardVersion?: Resolver<ResolversTypes['RateCardVersionActionPayload'], ParentType, ContextType, RequireFields<MutationPublishRateCardVersionArgs, 'input'>>;
  recognizeRevenueEvent?: Resolver<ResolversTypes['RecognizeRevenueEventPayload'], ParentType, ContextType, RequireFields<MutationRecognizeRevenueEventArgs, 'input'>>;
  recordActuals?: Resolver<ResolversTypes['RecordActualsPayload'], ParentType, ContextType, RequireFields<MutationRecordActualsArgs, 'input'>>;
  recordPayment?: Resolver<ResolversTypes['RecordPaymentPayload'], ParentType, ContextType, RequireFields<MutationRecordPaymentArgs, 'input'>>;
  recordPayments?: Resolver<ResolversTypes['RecordPaymentsPayload'], ParentType, ContextType, RequireFields<MutationRecordPaymentsArgs, 'input'>>;
  releaseActuals?: Resolver<ResolversTypes['ReleaseActualsPayload'], ParentType, ContextType, RequireFields<MutationReleaseActualsArgs, 'input'>>;
  reopenFiscalPeriod?: Resolver<ResolversTypes['FiscalPeriodActionPayload'], ParentType, ContextType, RequireFields<MutationReopenFiscalPeriodArgs, 'input'>>;
  reverseActuals?: Resolver<ResolversTypes['ReverseActualsPayload'], ParentType, ContextType, RequireFields<MutationReverseActualsArgs, 'input'>>;
  reverseJournalEntry?: Resolver<ResolversTypes['ReverseJournalEntryPayload'], ParentType, ContextType, RequireFields<MutationReverseJournalEntryArgs, 'input'>>;
  reversePayment?: Resolver<ResolversTypes['ReversePaymentPayload'], ParentType, ContextType, RequireFields<MutationReversePaymentArgs, 'input'>>;
  reverseRevenueEvent?: Resolver<ResolversTypes['ReverseRevenueEventPayload'], ParentType, ContextType, RequireFields<MutationReverseRevenueEventArgs, 'input'>>;
  scheduleRevenue?: Resolver<ResolversTypes['ScheduleRevenuePayload'], ParentType, ContextType, RequireFields<MutationScheduleRevenueArgs, 'input'>>;
  submitRevenueEvent?: Resolver<ResolversTypes['RevenueEventActionPayload'], ParentType, ContextType, RequireFields<MutationSubmitRevenueEventArgs, 'input'>>;
  updateCostCenter?: Resolver<ResolversTypes['UpdateCostCenterPayload'], ParentType, ContextType, RequireFields<MutationUpdateCostCenterArgs, 'input'>>;
  updateInvoice?: Resolver<ResolversTypes['UpdateInvoicePayload'], ParentType, ContextType, RequireFields<MutationUpdateInvoiceArgs, 'input'>>;
  updateJournalEntry?: Resolver<ResolversTypes['UpdateJournalEntryPayload'], ParentType, ContextType, RequireFields<MutationUpdateJournalEntryArgs, 'input'>>;
  updateLegalEntity?: Resolver<ResolversTypes['UpdateLegalEntityPayload'], ParentType, ContextType, RequireFields<MutationUpdateLegalEntityArgs, 'input'>>;
  updatePayment?: Resolver<ResolversTypes['UpdatePaymentPayload'], ParentType, ContextType, RequireFields<MutationUpdatePaymentArgs, 'input'>>;
  updateRateCard?: Resolver<ResolversTypes['UpdateRateCardPayload'], ParentType, ContextType, RequireFields<MutationUpdateRateCardArgs, 'input'>>;
  updateRateCardVersion?: Resolver<ResolversTypes['UpdateRateCardVersionPayload'], ParentType, ContextType, RequireFields<MutationUpdateRateCardVersionArgs, 'input'>>;
  updateRevenueEvent?: Resolver<ResolversTypes['UpdateRevenueEventPayload'], ParentType, ContextType, RequireFields<MutationUpdateRevenueEventArgs, 'input'>>;
  updateTaxProfile?: Resolver<ResolversTypes['UpdateTaxProfilePayload'], ParentType, ContextType, RequireFields<MutationUpdateTaxProfileArgs, 'input'>>;
  upsertCostCenters?: Resolver<ResolversTypes['UpsertCostCentersPayload'], ParentType, ContextType, RequireFields<MutationUpsertCostCentersArgs, 'input'>>;
  upsertLegalEntities?: Resolver<ResolversTypes['UpsertLegalEntitiesPayload'], ParentType, ContextType, RequireFields<MutationUpsertLegalEntitiesArgs, 'input'>>;
  upsertRateCards?: Resolver<ResolversTypes['UpsertRateCardsPayload'], ParentType, ContextType, RequireFields<MutationUpsertRateCardsArgs, 'input'>>;
  upsertTaxProfiles?: Resolver<ResolversTypes['UpsertTaxProfilesPayload'], ParentType, ContextType, RequireFields<MutationUpsertTaxProfilesArgs, 'input'>>;
  validateInvoice?: Resolver<ResolversTypes['InvoiceActionPayload'], ParentType, ContextType, RequireFields<MutationValidateInvoiceArgs, 'input'>>;
  validateInvoices?: Resolver<ResolversTypes['ValidateInvoicesPayload'], ParentType, ContextType, RequireFields<MutationValidateInvoicesArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  applications?: Resolver<ResolversTypes['PaymentApplicationConnection'], ParentType, ContextType, RequireFields<PaymentApplicationsArgs, 'orderBy'>>;
  applied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  receivedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reversalReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  unapplied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentApplicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentApplication'] = ResolversParentTypes['PaymentApplication'], FederationReferenceType extends FederationReferenceTypes['PaymentApplication'] = FederationReferenceTypes['PaymentApplication']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PaymentApplication']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  appliedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  reversedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PaymentApplicationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentApplicationConnection'] = ResolversParentTypes['PaymentApplicationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentApplicationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['PaymentApplication']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentApplicationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentApplicationEdge'] = ResolversParentTypes['PaymentApplicationEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PaymentApplication'], ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type PostInvoicePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostInvoicePayload'] = ResolversParentTypes['PostInvoicePayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PostInvoicesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostInvoicesPayload'] = ResolversParentTypes['PostInvoicesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['PostInvoicesResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PostInvoicesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostInvoicesResult'] = ResolversParentTypes['PostInvoicesResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PostJournalEntryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostJournalEntryPayload'] = ResolversParentTypes['PostJournalEntryPayload']> = {
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PriceExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceExplanation'] = ResolversParentTypes['PriceExplanation']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  contractLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  matched?: Resolver<Array<ResolversTypes['PriceDimension']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  rateCardLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  rounding?: Resolver<Maybe<ResolversTypes['RoundingPolicy']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['PriceRule'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project'], FederationReferenceType extends FederationReferenceTypes['Project'] = FederationReferenceTypes['Project']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Project']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<ResolversTypes['ActualConnection'], ParentType, ContextType, RequireFields<ProjectActualsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<ProjectInvoicesArgs, 'orderBy'>>;
  workInProgress?: Resolver<Array<ResolversTypes['WorkInProgress']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType, RequireFields<QueryActualArgs, 'id'>>;
  actualSummary?: Resolver<Array<ResolversTypes['ActualSummaryRow']>, ParentType, ContextType, RequireFields<QueryActualSummaryArgs, 'groupBy'>>;
  actuals?: Resolver<ResolversTypes['ActualConnection'], ParentType, ContextType, RequireFields<QueryActualsArgs, 'orderBy'>>;
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType, RequireFields<QueryCostCenterArgs, 'id'>>;
  costCenters?: Resolver<ResolversTypes['CostCenterConnection'], ParentType, ContextType, RequireFields<QueryCostCentersArgs, 'orderBy'>>;
  fiscalPeriod?: Resolver<Maybe<ResolversTypes['FiscalPeriod']>, ParentType, ContextType, RequireFields<QueryFiscalPeriodArgs, 'id'>>;
  fiscalPeriods?: Resolver<ResolversTypes['FiscalPeriodConnection'], ParentType, ContextType, RequireFields<QueryFiscalPeriodsArgs, 'orderBy'>>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, RequireFields<QueryInvoicesArgs, 'orderBy'>>;
  journalEntries?: Resolver<ResolversTypes['JournalEntryConnection'], ParentType, ContextType, RequireFields<QueryJournalEntriesArgs, 'orderBy'>>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType, RequireFields<QueryJournalEntryArgs, 'id'>>;
  legalEntities?: Resolver<ResolversTypes['LegalEntityConnection'], ParentType, ContextType, RequireFields<QueryLegalEntitiesArgs, 'orderBy'>>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType, RequireFields<QueryLegalEntityArgs, 'id'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, RequireFields<QueryPaymentsArgs, 'orderBy'>>;
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType, RequireFields<QueryRateCardArgs, 'id'>>;
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType, RequireFields<QueryRateCardVersionArgs, 'id'>>;
  rateCardVersions?: Resolver<ResolversTypes['RateCardVersionConnection'], ParentType, ContextType, RequireFields<QueryRateCardVersionsArgs, 'orderBy'>>;
  rateCards?: Resolver<ResolversTypes['RateCardConnection'], ParentType, ContextType, RequireFields<QueryRateCardsArgs, 'orderBy'>>;
  rateFor?: Resolver<ResolversTypes['RateQuote'], ParentType, ContextType, RequireFields<QueryRateForArgs, 'employeeId' | 'kind' | 'laborCategoryId' | 'projectId' | 'workDate'>>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType, RequireFields<QueryRevenueEventArgs, 'id'>>;
  revenueEvents?: Resolver<ResolversTypes['RevenueEventConnection'], ParentType, ContextType, RequireFields<QueryRevenueEventsArgs, 'orderBy'>>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType, RequireFields<QueryTaxProfileArgs, 'id'>>;
  taxProfiles?: Resolver<ResolversTypes['TaxProfileConnection'], ParentType, ContextType, RequireFields<QueryTaxProfilesArgs, 'orderBy'>>;
  trialBalance?: Resolver<Maybe<ResolversTypes['TrialBalance']>, ParentType, ContextType, RequireFields<QueryTrialBalanceArgs, 'legalEntityId'>>;
};

export type RateCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCard'] = ResolversParentTypes['RateCard'], FederationReferenceType extends FederationReferenceTypes['RateCard'] = FederationReferenceTypes['RateCard']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RateCard']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RateCardKind'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['RateCardScope'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  versionOn?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType, RequireFields<RateCardVersionOnArgs, 'date'>>;
  versions?: Resolver<ResolversTypes['RateCardVersionConnection'], ParentType, ContextType, RequireFields<RateCardVersionsArgs, 'orderBy'>>;
};

export type RateCardConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardConnection'] = ResolversParentTypes['RateCardConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RateCardEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RateCard']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RateCardEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardEdge'] = ResolversParentTypes['RateCardEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RateCard'], ParentType, ContextType>;
};

export type RateCardLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardLine'] = ResolversParentTypes['RateCardLine']> = {
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  laborCategory?: Resolver<Maybe<ResolversTypes['LaborCategory']>, ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RateCardVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardVersion'] = ResolversParentTypes['RateCardVersion'], FederationReferenceType extends FederationReferenceTypes['RateCardVersion'] = FederationReferenceTypes['RateCardVersion']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RateCardVersion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  effectiveTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['RateCardLine']>, ParentType, ContextType, Partial<RateCardVersionLineArgs>>;
  lines?: Resolver<Array<ResolversTypes['RateCardLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rateCard?: Resolver<ResolversTypes['RateCard'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RateCardVersionStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RateCardVersionActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardVersionActionPayload'] = ResolversParentTypes['RateCardVersionActionPayload']> = {
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RateCardVersionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardVersionConnection'] = ResolversParentTypes['RateCardVersionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RateCardVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RateCardVersionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardVersionEdge'] = ResolversParentTypes['RateCardVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RateCardVersion'], ParentType, ContextType>;
};

export type RateQuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateQuote'] = ResolversParentTypes['RateQuote']> = {
  billingMethod?: Resolver<Maybe<ResolversTypes['BillingMethod']>, ParentType, ContextType>;
  contractLineId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  explanation?: Resolver<Maybe<ResolversTypes['PriceExplanation']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  refused?: Resolver<Maybe<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReceivableResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receivable'] = ResolversParentTypes['Receivable']> = {
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue1To30?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue31To60?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue61To90?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdueOver90?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RecognizeRevenueEventPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecognizeRevenueEventPayload'] = ResolversParentTypes['RecognizeRevenueEventPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordActualsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordActualsPayload'] = ResolversParentTypes['RecordActualsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['RecordActualsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordActualsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordActualsResult'] = ResolversParentTypes['RecordActualsResult']> = {
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordPaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordPaymentPayload'] = ResolversParentTypes['RecordPaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordPaymentsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordPaymentsPayload'] = ResolversParentTypes['RecordPaymentsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['RecordPaymentsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordPaymentsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordPaymentsResult'] = ResolversParentTypes['RecordPaymentsResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReleaseActualsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseActualsPayload'] = ResolversParentTypes['ReleaseActualsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ReleaseActualsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReleaseActualsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReleaseActualsResult'] = ResolversParentTypes['ReleaseActualsResult']> = {
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevenueEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueEvent'] = ResolversParentTypes['RevenueEvent'], FederationReferenceType extends FederationReferenceTypes['RevenueEvent'] = FederationReferenceTypes['RevenueEvent']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RevenueEvent']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  contract?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  explanation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['RevenueMethod'], ParentType, ContextType>;
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  recognitionDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RevenueEventStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RevenueEventActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueEventActionPayload'] = ResolversParentTypes['RevenueEventActionPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevenueEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueEventConnection'] = ResolversParentTypes['RevenueEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RevenueEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RevenueEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueEventEdge'] = ResolversParentTypes['RevenueEventEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RevenueEvent'], ParentType, ContextType>;
};

export type ReverseActualsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReverseActualsPayload'] = ResolversParentTypes['ReverseActualsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ReverseActualsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReverseActualsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReverseActualsResult'] = ResolversParentTypes['ReverseActualsResult']> = {
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReverseJournalEntryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReverseJournalEntryPayload'] = ResolversParentTypes['ReverseJournalEntryPayload']> = {
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReversePaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReversePaymentPayload'] = ResolversParentTypes['ReversePaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReverseRevenueEventPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReverseRevenueEventPayload'] = ResolversParentTypes['ReverseRevenueEventPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ScheduleRevenuePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduleRevenuePayload'] = ResolversParentTypes['ScheduleRevenuePayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revenueEvents?: Resolver<Array<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TaxProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxProfile'] = ResolversParentTypes['TaxProfile'], FederationReferenceType extends FederationReferenceTypes['TaxProfile'] = FederationReferenceTypes['TaxProfile']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TaxProfile']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  exempt?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rateOn?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<TaxProfileRateOnArgs, 'date'>>;
  rates?: Resolver<Array<ResolversTypes['TaxRate']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaxProfileConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxProfileConnection'] = ResolversParentTypes['TaxProfileConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaxProfileEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaxProfileEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxProfileEdge'] = ResolversParentTypes['TaxProfileEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TaxProfile'], ParentType, ContextType>;
};

export type TaxRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxRate'] = ResolversParentTypes['TaxRate']> = {
  basisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  effectiveTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type TimesheetEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntry'] = ResolversParentTypes['TimesheetEntry'], FederationReferenceType extends FederationReferenceTypes['TimesheetEntry'] = FederationReferenceTypes['TimesheetEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actuals?: Resolver<Array<ResolversTypes['Actual']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TrialBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrialBalance'] = ResolversParentTypes['TrialBalance']> = {
  accounts?: Resolver<Array<ResolversTypes['AccountBalance']>, ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  sums?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type UpdateCostCenterPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCostCenterPayload'] = ResolversParentTypes['UpdateCostCenterPayload']> = {
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateInvoicePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateInvoicePayload'] = ResolversParentTypes['UpdateInvoicePayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateJournalEntryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateJournalEntryPayload'] = ResolversParentTypes['UpdateJournalEntryPayload']> = {
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateLegalEntityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateLegalEntityPayload'] = ResolversParentTypes['UpdateLegalEntityPayload']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdatePaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdatePaymentPayload'] = ResolversParentTypes['UpdatePaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateRateCardPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateRateCardPayload'] = ResolversParentTypes['UpdateRateCardPayload']> = {
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateRateCardVersionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateRateCardVersionPayload'] = ResolversParentTypes['UpdateRateCardVersionPayload']> = {
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateRevenueEventPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateRevenueEventPayload'] = ResolversParentTypes['UpdateRevenueEventPayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateTaxProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaxProfilePayload'] = ResolversParentTypes['UpdateTaxProfilePayload']> = {
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertCostCentersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertCostCentersPayload'] = ResolversParentTypes['UpsertCostCentersPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertCostCentersResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertCostCentersResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertCostCentersResult'] = ResolversParentTypes['UpsertCostCentersResult']> = {
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertLegalEntitiesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertLegalEntitiesPayload'] = ResolversParentTypes['UpsertLegalEntitiesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertLegalEntitiesResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertLegalEntitiesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertLegalEntitiesResult'] = ResolversParentTypes['UpsertLegalEntitiesResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertRateCardsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertRateCardsPayload'] = ResolversParentTypes['UpsertRateCardsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertRateCardsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertRateCardsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertRateCardsResult'] = ResolversParentTypes['UpsertRateCardsResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertTaxProfilesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertTaxProfilesPayload'] = ResolversParentTypes['UpsertTaxProfilesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UpsertTaxProfilesResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertTaxProfilesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertTaxProfilesResult'] = ResolversParentTypes['UpsertTaxProfilesResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
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

export type ValidateInvoicesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidateInvoicesPayload'] = ResolversParentTypes['ValidateInvoicesPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ValidateInvoicesResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ValidateInvoicesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidateInvoicesResult'] = ResolversParentTypes['ValidateInvoicesResult']> = {
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WorkInProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkInProgress'] = ResolversParentTypes['WorkInProgress']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  notReady?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  oldestWorkDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  onInvoice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  ready?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AccountBalance?: AccountBalanceResolvers<ContextType>;
  Actual?: ActualResolvers<ContextType>;
  ActualConnection?: ActualConnectionResolvers<ContextType>;
  ActualEdge?: ActualEdgeResolvers<ContextType>;
  ActualSummaryRow?: ActualSummaryRowResolvers<ContextType>;
  ApplyPaymentPayload?: ApplyPaymentPayloadResolvers<ContextType>;
  AvailableAction?: AvailableActionResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  CostCenter?: CostCenterResolvers<ContextType>;
  CostCenterConnection?: CostCenterConnectionResolvers<ContextType>;
  CostCenterEdge?: CostCenterEdgeResolvers<ContextType>;
  CreateCostCenterPayload?: CreateCostCenterPayloadResolvers<ContextType>;
  CreateFiscalPeriodsPayload?: CreateFiscalPeriodsPayloadResolvers<ContextType>;
  CreateJournalEntryPayload?: CreateJournalEntryPayloadResolvers<ContextType>;
  CreateLegalEntityPayload?: CreateLegalEntityPayloadResolvers<ContextType>;
  CreateRateCardPayload?: CreateRateCardPayloadResolvers<ContextType>;
  CreateRateCardVersionPayload?: CreateRateCardVersionPayloadResolvers<ContextType>;
  CreateTaxProfilePayload?: CreateTaxProfilePayloadResolvers<ContextType>;
  CreditInvoicePayload?: CreditInvoicePayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DraftInvoicesPayload?: DraftInvoicesPayloadResolvers<ContextType>;
  DraftInvoicesResult?: DraftInvoicesResultResolvers<ContextType>;
  Employee?: EmployeeResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  ExpenseItem?: ExpenseItemResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  FiscalPeriod?: FiscalPeriodResolvers<ContextType>;
  FiscalPeriodActionPayload?: FiscalPeriodActionPayloadResolvers<ContextType>;
  FiscalPeriodConnection?: FiscalPeriodConnectionResolvers<ContextType>;
  FiscalPeriodEdge?: FiscalPeriodEdgeResolvers<ContextType>;
  HoldActualsPayload?: HoldActualsPayloadResolvers<ContextType>;
  HoldActualsResult?: HoldActualsResultResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceActionPayload?: InvoiceActionPayloadResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  InvoiceLineConnection?: InvoiceLineConnectionResolvers<ContextType>;
  InvoiceLineEdge?: InvoiceLineEdgeResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  JournalEntryConnection?: JournalEntryConnectionResolvers<ContextType>;
  JournalEntryEdge?: JournalEntryEdgeResolvers<ContextType>;
  JournalLine?: JournalLineResolvers<ContextType>;
  JournalLineConnection?: JournalLineConnectionResolvers<ContextType>;
  JournalLineEdge?: JournalLineEdgeResolvers<ContextType>;
  LaborCategory?: LaborCategoryResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  LegalEntityConnection?: LegalEntityConnectionResolvers<ContextType>;
  LegalEntityEdge?: LegalEntityEdgeResolvers<ContextType>;
  Milestone?: MilestoneResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentApplication?: PaymentApplicationResolvers<ContextType>;
  PaymentApplicationConnection?: PaymentApplicationConnectionResolvers<ContextType>;
  PaymentApplicationEdge?: PaymentApplicationEdgeResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  PostInvoicePayload?: PostInvoicePayloadResolvers<ContextType>;
  PostInvoicesPayload?: PostInvoicesPayloadResolvers<ContextType>;
  PostInvoicesResult?: PostInvoicesResultResolvers<ContextType>;
  PostJournalEntryPayload?: PostJournalEntryPayloadResolvers<ContextType>;
  PriceExplanation?: PriceExplanationResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateCard?: RateCardResolvers<ContextType>;
  RateCardConnection?: RateCardConnectionResolvers<ContextType>;
  RateCardEdge?: RateCardEdgeResolvers<ContextType>;
  RateCardLine?: RateCardLineResolvers<ContextType>;
  RateCardVersion?: RateCardVersionResolvers<ContextType>;
  RateCardVersionActionPayload?: RateCardVersionActionPayloadResolvers<ContextType>;
  RateCardVersionConnection?: RateCardVersionConnectionResolvers<ContextType>;
  RateCardVersionEdge?: RateCardVersionEdgeResolvers<ContextType>;
  RateQuote?: RateQuoteResolvers<ContextType>;
  Receivable?: ReceivableResolvers<ContextType>;
  RecognizeRevenueEventPayload?: RecognizeRevenueEventPayloadResolvers<ContextType>;
  RecordActualsPayload?: RecordActualsPayloadResolvers<ContextType>;
  RecordActualsResult?: RecordActualsResultResolvers<ContextType>;
  RecordPaymentPayload?: RecordPaymentPayloadResolvers<ContextType>;
  RecordPaymentsPayload?: RecordPaymentsPayloadResolvers<ContextType>;
  RecordPaymentsResult?: RecordPaymentsResultResolvers<ContextType>;
  ReleaseActualsPayload?: ReleaseActualsPayloadResolvers<ContextType>;
  ReleaseActualsResult?: ReleaseActualsResultResolvers<ContextType>;
  RevenueEvent?: RevenueEventResolvers<ContextType>;
  RevenueEventActionPayload?: RevenueEventActionPayloadResolvers<ContextType>;
  RevenueEventConnection?: RevenueEventConnectionResolvers<ContextType>;
  RevenueEventEdge?: RevenueEventEdgeResolvers<ContextType>;
  ReverseActualsPayload?: ReverseActualsPayloadResolvers<ContextType>;
  ReverseActualsResult?: ReverseActualsResultResolvers<ContextType>;
  ReverseJournalEntryPayload?: ReverseJournalEntryPayloadResolvers<ContextType>;
  ReversePaymentPayload?: ReversePaymentPayloadResolvers<ContextType>;
  ReverseRevenueEventPayload?: ReverseRevenueEventPayloadResolvers<ContextType>;
  ScheduleRevenuePayload?: ScheduleRevenuePayloadResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaxProfile?: TaxProfileResolvers<ContextType>;
  TaxProfileConnection?: TaxProfileConnectionResolvers<ContextType>;
  TaxProfileEdge?: TaxProfileEdgeResolvers<ContextType>;
  TaxRate?: TaxRateResolvers<ContextType>;
  TimesheetEntry?: TimesheetEntryResolvers<ContextType>;
  TrialBalance?: TrialBalanceResolvers<ContextType>;
  UpdateCostCenterPayload?: UpdateCostCenterPayloadResolvers<ContextType>;
  UpdateInvoicePayload?: UpdateInvoicePayloadResolvers<ContextType>;
  UpdateJournalEntryPayload?: UpdateJournalEntryPayloadResolvers<ContextType>;
  UpdateLegalEntityPayload?: UpdateLegalEntityPayloadResolvers<ContextType>;
  UpdatePaymentPayload?: UpdatePaymentPayloadResolvers<ContextType>;
  UpdateRateCardPayload?: UpdateRateCardPayloadResolvers<ContextType>;
  UpdateRateCardVersionPayload?: UpdateRateCardVersionPayloadResolvers<ContextType>;
  UpdateRevenueEventPayload?: UpdateRevenueEventPayloadResolvers<ContextType>;
  UpdateTaxProfilePayload?: UpdateTaxProfilePayloadResolvers<ContextType>;
  UpsertCostCentersPayload?: UpsertCostCentersPayloadResolvers<ContextType>;
  UpsertCostCentersResult?: UpsertCostCentersResultResolvers<ContextType>;
  UpsertLegalEntitiesPayload?: UpsertLegalEntitiesPayloadResolvers<ContextType>;
  UpsertLegalEntitiesResult?: UpsertLegalEntitiesResultResolvers<ContextType>;
  UpsertRateCardsPayload?: UpsertRateCardsPayloadResolvers<ContextType>;
  UpsertRateCardsResult?: UpsertRateCardsResultResolvers<ContextType>;
  UpsertTaxProfilesPayload?: UpsertTaxProfilesPayloadResolvers<ContextType>;
  UpsertTaxProfilesResult?: UpsertTaxProfilesResultResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidateInvoicesPayload?: ValidateInvoicesPayloadResolvers<ContextType>;
  ValidateInvoicesResult?: ValidateInvoicesResultResolvers<ContextType>;
  WorkInProgress?: WorkInProgressResolvers<ContextType>;
};

