import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProcessExceptionRow, DeliveryRow, BusinessEventRow, OperationsRow, TimesheetEntryRow, ExpenseItemRow, InvoiceRow, BusinessTraceEntryRow } from '../subgraphs/operations/tables.ts';
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

/** An actual; finance knows it. */
export type Actual = {
  __typename?: 'Actual';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A line was added to the ledger of actuals. */
export type ActualPosted = BusinessEvent & {
  __typename?: 'ActualPosted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The actual, as it is now. */
  actual?: Maybe<Actual>;
  /** The amount; null where only holders of a permission may know it. */
  amount?: Maybe<Money>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** Its kind. */
  kind: Scalars['String']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it was made from: the id. */
  sourceId: Scalars['ID']['output'];
  /** What it was made from: the entity type. */
  sourceType: Scalars['String']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** An actual was taken back by an opposite one. */
export type ActualReversed = BusinessEvent & {
  __typename?: 'ActualReversed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The actual, as it is now. */
  actual?: Maybe<Actual>;
  /** The amount; null where only holders of a permission may know it. */
  amount?: Maybe<Money>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** Its kind. */
  kind: Scalars['String']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** The reversal actual, as it is now. */
  reversalActual?: Maybe<Actual>;
  /** What it was made from: the id. */
  sourceId: Scalars['ID']['output'];
  /** What it was made from: the entity type. */
  sourceType: Scalars['String']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** Who has to act on an exception. */
export type AssignExceptionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which exception. */
  id: Scalars['ID']['input'];
  /** Makes a retry of the call safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The role or person; 1 to 255 characters. */
  owner: Scalars['String']['input'];
};

/** An assignment; resources knows it. */
export type Assignment = {
  __typename?: 'Assignment';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** An assignment was proposed, changed, ended or given up. */
export type AssignmentChanged = BusinessEvent & {
  __typename?: 'AssignmentChanged';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The assignment, as it is now. */
  assignment?: Maybe<Assignment>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The first day. */
  from: Scalars['Date']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The task, as it is now. */
  task?: Maybe<Task>;
  /** The last day. */
  to: Scalars['Date']['output'];
  /** What happened. */
  type: BusinessEventType;
  /** Hours in a week. */
  weeklyHours: Scalars['Decimal']['output'];
};

/** An action that a workflow state allows, and what stands against it for the present actor. */
export type AvailableAction = {
  __typename?: 'AvailableAction';
  /** The action's name, as in docs/lifecycles.md. */
  name: Scalars['String']['output'];
  /** Why it would be refused now, each as "guard: sentence"; empty when it is allowed. */
  refusals: Array<Scalars['String']['output']>;
};

/** Something that happened, as the log keeps it: what was true then in plain fields, what is true now behind the entity fields. */
export type BusinessEvent = {
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** The business events. Each has a type of the same name, and a subscription field. */
export type BusinessEventType =
  /** A line was added to the ledger of actuals. */
  | 'ActualPosted'
  /** An actual was taken back by an opposite one. */
  | 'ActualReversed'
  /** An assignment was proposed, changed, ended or given up. */
  | 'AssignmentChanged'
  /** A contract was settled, or lost before it came about. */
  | 'ContractClosed'
  /** A contract came into force. */
  | 'ContractConfirmed'
  /** A contract was drafted, its content changed, or it moved on in its lifecycle. */
  | 'ContractUpdated'
  /** A customer was created. */
  | 'CustomerCreated'
  /** A customer or its status changed. */
  | 'CustomerUpdated'
  /** Somebody was hired or rehired. */
  | 'EmployeeHired'
  /** An employment ended. */
  | 'EmployeeTerminated'
  /** An employee or the employment changed. */
  | 'EmployeeUpdated'
  /** An engagement was created. */
  | 'EngagementCreated'
  /** An engagement moved on in its lifecycle. */
  | 'EngagementStatusChanged'
  /** The firm lives with an exception, for the reason given. */
  | 'ExceptionDismissed'
  /** A process could not do its work for an entity, for the first time or once more after a retry. */
  | 'ExceptionOpened'
  /** The work behind an exception was done after all. */
  | 'ExceptionResolved'
  /** Somebody asked for a new attempt; the process that raised the exception makes it. */
  | 'ExceptionRetryRequested'
  /** An expense was approved. */
  | 'ExpenseApproved'
  /** The employee got the money of an expense. */
  | 'ExpenseReimbursed'
  /** An expense was sent back with a reason. */
  | 'ExpenseRejected'
  /** An expense was submitted for approval. */
  | 'ExpenseSubmitted'
  /** An invoice was cancelled before it was posted; its actuals are ready again. */
  | 'InvoiceCancelled'
  /** A posted invoice was ended by a credit note. */
  | 'InvoiceCredited'
  /** An invoice was drafted from actuals that are ready. */
  | 'InvoiceDrafted'
  /** Nothing is owed on an invoice any more. */
  | 'InvoicePaid'
  /** An invoice got its number and its journal entry. */
  | 'InvoicePosted'
  /** An invoice could not be posted, since its tax could not be determined. */
  | 'InvoiceTaxFailed'
  /** A balanced journal entry was posted. */
  | 'JournalPosted'
  /** The customer accepted a milestone: it may be billed. */
  | 'MilestoneAccepted'
  /** The firm says that a milestone is reached. */
  | 'MilestoneReached'
  /** A payment, or a part of it, was applied to an invoice. */
  | 'PaymentApplied'
  /** A payment of a customer came in. */
  | 'PaymentReceived'
  /** A payment was taken back; the invoices that it paid are open again. */
  | 'PaymentReversed'
  /** A fiscal period was closed: nothing is posted into it any more. */
  | 'PeriodClosed'
  /** A project was created. */
  | 'ProjectCreated'
  /** A project moved on in its lifecycle. */
  | 'ProjectStatusChanged'
  /** A rate card version was published and prices work from its effective date on. */
  | 'RateCardPublished'
  /** An assignment was confirmed. */
  | 'ResourceAssigned'
  /** Revenue was recognized. */
  | 'RevenueRecognized'
  /** A task was created. */
  | 'TaskCreated'
  /** A task moved on in its lifecycle. */
  | 'TaskStatusChanged'
  /** Submitted or approved time is a draft again. */
  | 'TimeEntryRecalled'
  /** Entries of a timesheet were approved; one fact per approval. */
  | 'TimesheetApproved'
  /** Entries of a timesheet were sent back with a reason. */
  | 'TimesheetRejected'
  /** Entries of a timesheet were submitted for approval. */
  | 'TimesheetSubmitted';

/** What happened, in the order of the log. */
export type BusinessTrace = {
  __typename?: 'BusinessTrace';
  /** True when every consumer that a fact was meant for has acknowledged it. */
  acknowledged: Scalars['Boolean']['output'];
  /** False when there is more than is shown. */
  complete: Scalars['Boolean']['output'];
  /** The business transactions that it spans. */
  correlationIds: Array<Scalars['String']['output']>;
  /** What happened, oldest first; at most 1,000. */
  entries: Array<BusinessTraceEntry>;
};

/** One fact of a trace, what caused it, and who received it. */
export type BusinessTraceEntry = {
  __typename?: 'BusinessTraceEntry';
  /** The event that a process reacted to when it did this; null when a person or another system asked for it. */
  cause?: Maybe<BusinessEvent>;
  /** Who was to receive it, and whether it did. */
  deliveries: Array<Delivery>;
  /** What happened. */
  event: BusinessEvent;
};

/** Somebody who reads the log: a process, a connector, a read model. */
export type Consumer = {
  __typename?: 'Consumer';
  /** Facts that it will try again by itself. */
  failed: Scalars['Int']['output'];
  /** How many facts it has yet to look at. */
  lag: Scalars['Decimal']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** Facts that it gave up; they wait for retryDelivery or skipDelivery. */
  parked: Scalars['Int']['output'];
  /** The position up to which it has read, a whole number. */
  position: Scalars['Decimal']['output'];
};

/** A contract; engagements knows it. */
export type Contract = {
  __typename?: 'Contract';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A contract was settled, or lost before it came about. */
export type ContractClosed = BusinessEvent & {
  __typename?: 'ContractClosed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The currency it counts in. */
  currency: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The last day. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The first day. */
  startDate: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A contract came into force. */
export type ContractConfirmed = BusinessEvent & {
  __typename?: 'ContractConfirmed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The currency it counts in. */
  currency: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The last day. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The first day. */
  startDate: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A contract was drafted, its content changed, or it moved on in its lifecycle. */
export type ContractUpdated = BusinessEvent & {
  __typename?: 'ContractUpdated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The currency it counts in. */
  currency: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The last day. */
  endDate?: Maybe<Scalars['Date']['output']>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The first day. */
  startDate: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A customer; engagements knows it. */
export type Customer = {
  __typename?: 'Customer';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A customer was created. */
export type CustomerCreated = BusinessEvent & {
  __typename?: 'CustomerCreated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A customer or its status changed. */
export type CustomerUpdated = BusinessEvent & {
  __typename?: 'CustomerUpdated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** What became of one fact at one consumer. */
export type Delivery = {
  __typename?: 'Delivery';
  /** When the consumer had it done; null while it has not. */
  acknowledgedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** Who received it. */
  consumer: Scalars['String']['output'];
  /** The fact as an event; null when the log no longer keeps it, or the actor may not see it. */
  event?: Maybe<BusinessEvent>;
  /** The fact's id. */
  factId: Scalars['ID']['output'];
  /** Consumer and fact. */
  id: Scalars['ID']['output'];
  /** When it is tried again; null when it is not. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** The fact's position in the log, a whole number. */
  position: Scalars['Decimal']['output'];
  /** Why it failed, was parked or skipped. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What the receiver answered, as JSON text; null when it keeps none. */
  receipt?: Maybe<Scalars['String']['output']>;
  /** What became of it. */
  status: DeliveryStatus;
};

/** Which delivery an action is for. */
export type DeliveryActionInput = {
  /** Which delivery. */
  id: Scalars['ID']['input'];
  /** Makes a retry of the call safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on a delivery. */
export type DeliveryActionPayload = {
  __typename?: 'DeliveryActionPayload';
  /** The delivery; null when it was refused. */
  delivery?: Maybe<Delivery>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of deliveries. */
export type DeliveryConnection = {
  __typename?: 'DeliveryConnection';
  /** The rows with their cursors. */
  edges: Array<DeliveryEdge>;
  /** The rows. */
  nodes: Array<Delivery>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many deliveries meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A delivery and its place in the list. */
export type DeliveryEdge = {
  __typename?: 'DeliveryEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: Delivery;
};

/** Which deliveries; all conditions must be met. */
export type DeliveryFilter = {
  /** Only these consumers'. */
  consumer?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only those of this fact. */
  factIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<DeliveryStatus>>;
  /** Only facts about these subjects. */
  subjectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** What becomes of a fact at a consumer. */
export type DeliveryStatus =
  /** Done, and acknowledged. */
  | 'DELIVERED'
  /** Failed; tried again by itself. */
  | 'FAILED'
  /** Given up after many attempts; waits for a person. */
  | 'PARKED'
  /** Waits behind another fact of the same subject. */
  | 'PENDING'
  /** Given up for good by a person. */
  | 'SKIPPED';

/** Which exception is dismissed, and why. */
export type DismissExceptionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which exception. */
  id: Scalars['ID']['input'];
  /** Makes a retry of the call safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Why the firm lives with it; 1 to 1,000 characters. */
  reason: Scalars['String']['input'];
};

/** An employee; resources knows it. */
export type Employee = {
  __typename?: 'Employee';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** Somebody was hired or rehired. */
export type EmployeeHired = BusinessEvent & {
  __typename?: 'EmployeeHired';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The first day of the employment. */
  hiredOn: Scalars['Date']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The last day of the employment; null while none is set. */
  terminatedOn?: Maybe<Scalars['Date']['output']>;
  /** What happened. */
  type: BusinessEventType;
};

/** An employment ended. */
export type EmployeeTerminated = BusinessEvent & {
  __typename?: 'EmployeeTerminated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The first day of the employment. */
  hiredOn: Scalars['Date']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The last day of the employment; null while none is set. */
  terminatedOn?: Maybe<Scalars['Date']['output']>;
  /** What happened. */
  type: BusinessEventType;
};

/** An employee or the employment changed. */
export type EmployeeUpdated = BusinessEvent & {
  __typename?: 'EmployeeUpdated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The first day of the employment. */
  hiredOn: Scalars['Date']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The last day of the employment; null while none is set. */
  terminatedOn?: Maybe<Scalars['Date']['output']>;
  /** What happened. */
  type: BusinessEventType;
};

/** An engagement; engagements knows it. */
export type Engagement = {
  __typename?: 'Engagement';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** An engagement was created. */
export type EngagementCreated = BusinessEvent & {
  __typename?: 'EngagementCreated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** An engagement moved on in its lifecycle. */
export type EngagementStatusChanged = BusinessEvent & {
  __typename?: 'EngagementStatusChanged';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** Its state before. */
  previousStatus: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** An entity by type and id. */
export type EntityInput = {
  /** The id. */
  id: Scalars['ID']['input'];
  /** The type, such as TimesheetEntry. */
  type: Scalars['String']['input'];
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

/** A page of events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** The events with their cursors. */
  edges: Array<EventEdge>;
  /** The events. */
  nodes: Array<BusinessEvent>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An event and its place in the log. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** The event's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The event. */
  node: BusinessEvent;
};

/** Which events; all conditions must be met. */
export type EventFilter = {
  /** Only events of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only events of this employee. */
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  /** Only events of this engagement. */
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  /** Only events of this legal entity. */
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only events of this project. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Only these types. */
  types?: InputMaybe<Array<BusinessEventType>>;
};

/** What an event happened to. */
export type EventSubject = {
  __typename?: 'EventSubject';
  /** The entity's id. */
  id: Scalars['ID']['output'];
  /** The entity's type, such as Timesheet. */
  type: Scalars['String']['output'];
  /** The entity's version right after the event. */
  version: Scalars['Int']['output'];
};

/** The firm lives with an exception, for the reason given. */
export type ExceptionDismissed = BusinessEvent & {
  __typename?: 'ExceptionDismissed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** How often the process tried. */
  attempts: Scalars['Int']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** Why, as a code. */
  code: Scalars['String']['output'];
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The exception, as it is now. */
  exception?: Maybe<ProcessException>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Why, as a sentence. */
  message: Scalars['String']['output'];
  /** The money that hangs on it, where it is known. */
  moneyAtRisk?: Maybe<Money>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The role or person that has to act. */
  owner: Scalars['String']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The process that could not go on. */
  process: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What the process worked on: the id. */
  subjectId: Scalars['ID']['output'];
  /** What the process worked on: the entity type. */
  subjectType: Scalars['String']['output'];
  /** The time entry, as it is now. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** What happened. */
  type: BusinessEventType;
};

/** What a row of the exception summary stands for. */
export type ExceptionGrouping =
  /** One row per code. */
  | 'CODE'
  /** One row per customer. */
  | 'CUSTOMER'
  /** One row per owner. */
  | 'OWNER'
  /** One row per process. */
  | 'PROCESS';

/** A process could not do its work for an entity, for the first time or once more after a retry. */
export type ExceptionOpened = BusinessEvent & {
  __typename?: 'ExceptionOpened';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** How often the process tried. */
  attempts: Scalars['Int']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** Why, as a code. */
  code: Scalars['String']['output'];
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The exception, as it is now. */
  exception?: Maybe<ProcessException>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Why, as a sentence. */
  message: Scalars['String']['output'];
  /** The money that hangs on it, where it is known. */
  moneyAtRisk?: Maybe<Money>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The role or person that has to act. */
  owner: Scalars['String']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The process that could not go on. */
  process: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What the process worked on: the id. */
  subjectId: Scalars['ID']['output'];
  /** What the process worked on: the entity type. */
  subjectType: Scalars['String']['output'];
  /** The time entry, as it is now. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** What happened. */
  type: BusinessEventType;
};

/** The work behind an exception was done after all. */
export type ExceptionResolved = BusinessEvent & {
  __typename?: 'ExceptionResolved';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** How often the process tried. */
  attempts: Scalars['Int']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** Why, as a code. */
  code: Scalars['String']['output'];
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The exception, as it is now. */
  exception?: Maybe<ProcessException>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Why, as a sentence. */
  message: Scalars['String']['output'];
  /** The money that hangs on it, where it is known. */
  moneyAtRisk?: Maybe<Money>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The role or person that has to act. */
  owner: Scalars['String']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The process that could not go on. */
  process: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What the process worked on: the id. */
  subjectId: Scalars['ID']['output'];
  /** What the process worked on: the entity type. */
  subjectType: Scalars['String']['output'];
  /** The time entry, as it is now. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** What happened. */
  type: BusinessEventType;
};

/** Somebody asked for a new attempt; the process that raised the exception makes it. */
export type ExceptionRetryRequested = BusinessEvent & {
  __typename?: 'ExceptionRetryRequested';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** How often the process tried. */
  attempts: Scalars['Int']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** Why, as a code. */
  code: Scalars['String']['output'];
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The exception, as it is now. */
  exception?: Maybe<ProcessException>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The hours, exact. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Why, as a sentence. */
  message: Scalars['String']['output'];
  /** The money that hangs on it, where it is known. */
  moneyAtRisk?: Maybe<Money>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The role or person that has to act. */
  owner: Scalars['String']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The process that could not go on. */
  process: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What the process worked on: the id. */
  subjectId: Scalars['ID']['output'];
  /** What the process worked on: the entity type. */
  subjectType: Scalars['String']['output'];
  /** The time entry, as it is now. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** What happened. */
  type: BusinessEventType;
};

/** Exceptions of one kind, counted. */
export type ExceptionSummary = {
  __typename?: 'ExceptionSummary';
  /** The code, when grouped by code. */
  code?: Maybe<ErrorCode>;
  /** How many exceptions. */
  count: Scalars['Int']['output'];
  /** The customer, when grouped by customer. */
  customer?: Maybe<Customer>;
  /** The hours that hang on them. */
  hours: Scalars['Decimal']['output'];
  /** What the row stands for: the code, the customer's id, the process or the owner; empty for exceptions without a customer. */
  key: Scalars['String']['output'];
  /** The money that hangs on them where it is known, one amount per currency. */
  moneyAtRisk: Array<Money>;
};

/** An expense was approved. */
export type ExpenseApproved = BusinessEvent & {
  __typename?: 'ExpenseApproved';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The approver, as it is now. */
  approver?: Maybe<Employee>;
  /** Its category. */
  category: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The version of the expense then. */
  expenseVersion: Scalars['Int']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** An expense; time knows it. */
export type ExpenseItem = {
  __typename?: 'ExpenseItem';
  /** What processes could not do with this expense, the latest first. */
  exceptions: ProcessExceptionConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};


/** An expense; time knows it. */
export type ExpenseItemExceptionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProcessExceptionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProcessExceptionOrder>;
};

/** The employee got the money of an expense. */
export type ExpenseReimbursed = BusinessEvent & {
  __typename?: 'ExpenseReimbursed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** Its category. */
  category: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The version of the expense then. */
  expenseVersion: Scalars['Int']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** An expense was sent back with a reason. */
export type ExpenseRejected = BusinessEvent & {
  __typename?: 'ExpenseRejected';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The approver, as it is now. */
  approver?: Maybe<Employee>;
  /** Its category. */
  category: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The version of the expense then. */
  expenseVersion: Scalars['Int']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** An expense was submitted for approval. */
export type ExpenseSubmitted = BusinessEvent & {
  __typename?: 'ExpenseSubmitted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** Its category. */
  category: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The expense, as it is now. */
  expense?: Maybe<ExpenseItem>;
  /** The version of the expense then. */
  expenseVersion: Scalars['Int']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
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

/** Where the log of facts begins and ends. */
export type FactLog = {
  __typename?: 'FactLog';
  /** The position of the last fact, a whole number; 0 while there is none. */
  head: Scalars['Decimal']['output'];
  /** Where the log ends now: give it as after to get what comes next. */
  headCursor: Scalars['Cursor']['output'];
  /** The position of the oldest fact that is kept, a whole number. */
  tail: Scalars['Decimal']['output'];
  /** Just before the oldest fact that is kept: give it as after to get everything. */
  tailCursor: Scalars['Cursor']['output'];
};

/** A fiscal period; finance knows it. */
export type FiscalPeriod = {
  __typename?: 'FiscalPeriod';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** An invoice; finance knows it. */
export type Invoice = {
  __typename?: 'Invoice';
  /** What processes could not do with this invoice, the latest first. */
  exceptions: ProcessExceptionConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};


/** An invoice; finance knows it. */
export type InvoiceExceptionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProcessExceptionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProcessExceptionOrder>;
};

/** An invoice was cancelled before it was posted; its actuals are ready again. */
export type InvoiceCancelled = BusinessEvent & {
  __typename?: 'InvoiceCancelled';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** With tax; null while the tax is not determined. */
  gross?: Maybe<Money>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The projects whose work it was to bill. */
  projects: Array<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The tax; null while it is not determined. */
  tax?: Maybe<Money>;
  /** What happened. */
  type: BusinessEventType;
};

/** A posted invoice was ended by a credit note. */
export type InvoiceCredited = BusinessEvent & {
  __typename?: 'InvoiceCredited';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The credit note invoice, as it is now. */
  creditNoteInvoice?: Maybe<Invoice>;
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** With tax; null while the tax is not determined. */
  gross?: Maybe<Money>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The tax; null while it is not determined. */
  tax?: Maybe<Money>;
  /** What happened. */
  type: BusinessEventType;
};

/** An invoice was drafted from actuals that are ready. */
export type InvoiceDrafted = BusinessEvent & {
  __typename?: 'InvoiceDrafted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** With tax; null while the tax is not determined. */
  gross?: Maybe<Money>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The tax; null while it is not determined. */
  tax?: Maybe<Money>;
  /** What happened. */
  type: BusinessEventType;
};

/** Nothing is owed on an invoice any more. */
export type InvoicePaid = BusinessEvent & {
  __typename?: 'InvoicePaid';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** With tax; null while the tax is not determined. */
  gross?: Maybe<Money>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The tax; null while it is not determined. */
  tax?: Maybe<Money>;
  /** What happened. */
  type: BusinessEventType;
};

/** An invoice got its number and its journal entry. */
export type InvoicePosted = BusinessEvent & {
  __typename?: 'InvoicePosted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** With tax; null while the tax is not determined. */
  gross?: Maybe<Money>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The tax; null while it is not determined. */
  tax?: Maybe<Money>;
  /** What happened. */
  type: BusinessEventType;
};

/** An invoice could not be posted, since its tax could not be determined. */
export type InvoiceTaxFailed = BusinessEvent & {
  __typename?: 'InvoiceTaxFailed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Without tax. */
  net: Money;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A journal entry; finance knows it. */
export type JournalEntry = {
  __typename?: 'JournalEntry';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A balanced journal entry was posted. */
export type JournalPosted = BusinessEvent & {
  __typename?: 'JournalPosted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** What it is about. */
  description: Scalars['String']['output'];
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The journal entry, as it is now. */
  journalEntry?: Maybe<JournalEntry>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** The number that people quote; null until it has one. */
  number?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The day that it counts for in the ledger. */
  postedOn: Scalars['Date']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** The sum of its debits. */
  total: Money;
  /** What happened. */
  type: BusinessEventType;
};

/** A legal entity; finance knows it. */
export type LegalEntity = {
  __typename?: 'LegalEntity';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A milestone; engagements knows it. */
export type Milestone = {
  __typename?: 'Milestone';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** The customer accepted a milestone: it may be billed. */
export type MilestoneAccepted = BusinessEvent & {
  __typename?: 'MilestoneAccepted';
  /** The day on which the customer accepted it. */
  acceptedOn?: Maybe<Scalars['Date']['output']>;
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** The milestone, as it is now. */
  milestone?: Maybe<Milestone>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The day on which it was reached. */
  reachedOn?: Maybe<Scalars['Date']['output']>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** The firm says that a milestone is reached. */
export type MilestoneReached = BusinessEvent & {
  __typename?: 'MilestoneReached';
  /** The day on which the customer accepted it. */
  acceptedOn?: Maybe<Scalars['Date']['output']>;
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** The milestone, as it is now. */
  milestone?: Maybe<Milestone>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The day on which it was reached. */
  reachedOn?: Maybe<Scalars['Date']['output']>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
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
  /** Names who has to act. */
  assignException: ProcessExceptionActionPayload;
  /** OPEN to DISMISSED: the firm lives with it, for the reason given. States ExceptionDismissed. */
  dismissException: ProcessExceptionActionPayload;
  /** RETRYING to OPEN: the new attempt is given up, and the exception waits for its owner again. States ExceptionOpened. */
  reopenException: ProcessExceptionActionPayload;
  /** OPEN or RETRYING to RESOLVED: it was put right by other means. States ExceptionResolved. */
  resolveException: ProcessExceptionActionPayload;
  /** Lets a parked delivery be tried again at once; facts of the same subject that wait behind it follow. */
  retryDelivery: DeliveryActionPayload;
  /** OPEN to RETRYING: the process that raised it tries again. States ExceptionRetryRequested. */
  retryException: ProcessExceptionActionPayload;
  /** The same for up to 500 exceptions; each has its own result. */
  retryExceptions: RetryExceptionsPayload;
  /** Gives a parked delivery up for good; facts of the same subject that wait behind it go on. */
  skipDelivery: DeliveryActionPayload;
};


export type MutationAssignExceptionArgs = {
  input: AssignExceptionInput;
};


export type MutationDismissExceptionArgs = {
  input: DismissExceptionInput;
};


export type MutationReopenExceptionArgs = {
  input: ProcessExceptionActionInput;
};


export type MutationResolveExceptionArgs = {
  input: ProcessExceptionActionInput;
};


export type MutationRetryDeliveryArgs = {
  input: DeliveryActionInput;
};


export type MutationRetryExceptionArgs = {
  input: ProcessExceptionActionInput;
};


export type MutationRetryExceptionsArgs = {
  input: RetryExceptionsInput;
};


export type MutationSkipDeliveryArgs = {
  input: SkipDeliveryInput;
};

/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type Operations = {
  __typename?: 'Operations';
  /** Everything that happened in one business transaction, or to one entity: who caused what, and whether each receiver acknowledged it. */
  businessTrace: BusinessTrace;
  /** Who reads the log, how far each has read, and what it could not handle. */
  consumers: Array<Consumer>;
  /** What became of facts at their consumers, the latest fact first. */
  deliveries: DeliveryConnection;
  /** One delivery; null when there is none. */
  delivery?: Maybe<Delivery>;
  /** The log itself, the oldest event first, as far as this actor may see it: the same events as the subscriptions give. */
  events: EventConnection;
  /** One exception; null when there is none that this actor may know of. */
  exception?: Maybe<ProcessException>;
  /** Exceptions counted, with the hours and the money that hang on them. */
  exceptionSummary: Array<ExceptionSummary>;
  /** Business exceptions, the ones seen last first. */
  exceptions: ProcessExceptionConnection;
  /** Where the log of facts begins and ends. */
  log: FactLog;
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsBusinessTraceArgs = {
  correlationId?: InputMaybe<Scalars['String']['input']>;
  entity?: InputMaybe<EntityInput>;
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsDeliveriesArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<DeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsDeliveryArgs = {
  id: Scalars['ID']['input'];
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsEventsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsExceptionArgs = {
  id: Scalars['ID']['input'];
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsExceptionSummaryArgs = {
  filter?: InputMaybe<ProcessExceptionFilter>;
  groupBy?: ExceptionGrouping;
};


/** The operations desk: what went wrong, what waits, and what became of every fact. Source of truth: Accord. */
export type OperationsExceptionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProcessExceptionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProcessExceptionOrder>;
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

/** A payment; finance knows it. */
export type Payment = {
  __typename?: 'Payment';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A payment, or a part of it, was applied to an invoice. */
export type PaymentApplied = BusinessEvent & {
  __typename?: 'PaymentApplied';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** What was applied to the invoice. */
  applied: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The invoice, as it is now. */
  invoice?: Maybe<Invoice>;
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The payment, as it is now. */
  payment?: Maybe<Payment>;
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The day on which it came in. */
  receivedOn: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** What is not applied to invoices yet. */
  unapplied: Money;
};

/** A payment of a customer came in. */
export type PaymentReceived = BusinessEvent & {
  __typename?: 'PaymentReceived';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The payment, as it is now. */
  payment?: Maybe<Payment>;
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The day on which it came in. */
  receivedOn: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** What is not applied to invoices yet. */
  unapplied: Money;
};

/** A payment was taken back; the invoices that it paid are open again. */
export type PaymentReversed = BusinessEvent & {
  __typename?: 'PaymentReversed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The payment, as it is now. */
  payment?: Maybe<Payment>;
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** The day on which it came in. */
  receivedOn: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
  /** What is not applied to invoices yet. */
  unapplied: Money;
};

/** A fiscal period was closed: nothing is posted into it any more. */
export type PeriodClosed = BusinessEvent & {
  __typename?: 'PeriodClosed';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The last day. */
  endDate: Scalars['Date']['output'];
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fiscal period, as it is now. */
  fiscalPeriod?: Maybe<FiscalPeriod>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The first day. */
  startDate: Scalars['Date']['output'];
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A business problem that somebody has to act on: a process could not do its work for one entity. At most one is open per process and subject. */
export type ProcessException = {
  __typename?: 'ProcessException';
  /** How long it has stood, in seconds; until it ended, if it ended. */
  age: Scalars['Int']['output'];
  /** How often the process tried. */
  attempts: Scalars['Int']['output'];
  /** What could be done with it now, and what stands against it. */
  availableActions: Array<AvailableAction>;
  /** Why, as a code; the runbook says what to do about each. */
  code: ErrorCode;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** Why it was dismissed; null when it was not. */
  dismissalReason?: Maybe<Scalars['String']['output']>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** When it was resolved or dismissed; null while it stands. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The expense behind it, when the subject is an expense. */
  expense?: Maybe<ExpenseItem>;
  /** The fact that the process reacted to; null when it acted on its own. */
  factId?: Maybe<Scalars['ID']['output']>;
  /** When the process first met it. */
  firstSeenAt: Scalars['DateTime']['output'];
  /** The hours that hang on it; null when none do. */
  hours?: Maybe<Scalars['Decimal']['output']>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The invoice behind it, when the subject is an invoice. */
  invoice?: Maybe<Invoice>;
  /** When the process last met it. */
  lastSeenAt: Scalars['DateTime']['output'];
  /** Why, as a sentence for the owner. */
  message: Scalars['String']['output'];
  /** The money that hangs on it, where it is known. */
  moneyAtRisk?: Maybe<Money>;
  /** The role or person that has to act. */
  owner: Scalars['String']['output'];
  /** The process that could not go on, such as approvedTimeToBilling. */
  process: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Where the exception is in its lifecycle. */
  status: ProcessExceptionStatus;
  /** What the process worked on: the entity's id. */
  subjectId: Scalars['ID']['output'];
  /** What the process worked on: the entity type. */
  subjectType: Scalars['String']['output'];
  /** The time behind it, when the subject is a timesheet entry. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** Rises by one with each change. */
  version: Scalars['Int']['output'];
};

/** Which exception an action is for. */
export type ProcessExceptionActionInput = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which exception. */
  id: Scalars['ID']['input'];
  /** Makes a retry of the call safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer of an action on an exception. */
export type ProcessExceptionActionPayload = {
  __typename?: 'ProcessExceptionActionPayload';
  /** The exception; null when it was refused. */
  exception?: Maybe<ProcessException>;
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** Why nothing changed; empty when it did. */
  userErrors: Array<UserError>;
};

/** A page of exceptions. */
export type ProcessExceptionConnection = {
  __typename?: 'ProcessExceptionConnection';
  /** The rows with their cursors. */
  edges: Array<ProcessExceptionEdge>;
  /** The rows. */
  nodes: Array<ProcessException>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many exceptions meet the filter; counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An exception and its place in the list. */
export type ProcessExceptionEdge = {
  __typename?: 'ProcessExceptionEdge';
  /** The row's cursor. */
  cursor: Scalars['Cursor']['output'];
  /** The row. */
  node: ProcessException;
};

/** Which exceptions; all conditions must be met. */
export type ProcessExceptionFilter = {
  /** Only these codes. */
  code?: InputMaybe<Array<ErrorCode>>;
  /** Only those of this business transaction. */
  correlationId?: InputMaybe<Scalars['String']['input']>;
  /** Only these customers'. */
  customerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these employees'. */
  employeeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these owners. */
  owner?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these processes. */
  process?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these projects'. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only these states. */
  status?: InputMaybe<Array<ProcessExceptionStatus>>;
  /** Only these subjects. */
  subjectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** The order of exceptions. */
export type ProcessExceptionOrder = {
  /** Which way. */
  direction: SortDirection;
  /** By what. */
  field: ProcessExceptionOrderField;
};

/** What exceptions can be ordered by. */
export type ProcessExceptionOrderField =
  /** By code. */
  | 'CODE'
  /** By when the process first met them: the age. */
  | 'FIRST_SEEN_AT'
  /** By when the process last met them. */
  | 'LAST_SEEN_AT';

/** The lifecycle of a business exception. */
export type ProcessExceptionStatus =
  /** The firm lives with it; the reason is kept. */
  | 'DISMISSED'
  /** Waits for its owner. */
  | 'OPEN'
  /** The work was done after all. */
  | 'RESOLVED'
  /** The process tries again. */
  | 'RETRYING';

/** A project; engagements knows it. */
export type Project = {
  __typename?: 'Project';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A project was created. */
export type ProjectCreated = BusinessEvent & {
  __typename?: 'ProjectCreated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A project moved on in its lifecycle. */
export type ProjectStatusChanged = BusinessEvent & {
  __typename?: 'ProjectStatusChanged';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** Its state before. */
  previousStatus: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

export type Query = {
  __typename?: 'Query';
  /** What happens between and behind the systems: exceptions, deliveries, consumers, the log. For staff and integrations; client portals see none of it. */
  operations: Operations;
};

/** A rate card; finance knows it. */
export type RateCard = {
  __typename?: 'RateCard';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A rate card version was published and prices work from its effective date on. */
export type RateCardPublished = BusinessEvent & {
  __typename?: 'RateCardPublished';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The currency it counts in. */
  currency: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The first day that it applies to. */
  effectiveFrom: Scalars['Date']['output'];
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** Its kind. */
  kind: Scalars['String']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The rate card, as it is now. */
  rateCard?: Maybe<RateCard>;
  /** The rate card version, as it is now. */
  rateCardVersion?: Maybe<RateCardVersion>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** A rate card version; finance knows it. */
export type RateCardVersion = {
  __typename?: 'RateCardVersion';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** An assignment was confirmed. */
export type ResourceAssigned = BusinessEvent & {
  __typename?: 'ResourceAssigned';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The assignment, as it is now. */
  assignment?: Maybe<Assignment>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The first day. */
  from: Scalars['Date']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The task, as it is now. */
  task?: Maybe<Task>;
  /** The last day. */
  to: Scalars['Date']['output'];
  /** What happened. */
  type: BusinessEventType;
  /** Hours in a week. */
  weeklyHours: Scalars['Decimal']['output'];
};

/** An exception to try again. */
export type RetryExceptionItem = {
  /** The version that the caller read. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Which exception. */
  id: Scalars['ID']['input'];
};

/** Exceptions to try again. */
export type RetryExceptionsInput = {
  /** Makes a retry of the call safe. */
  idempotencyKey: Scalars['ID']['input'];
  /** 1 to 500 exceptions. */
  items: Array<RetryExceptionItem>;
};

/** The answer of retryExceptions. */
export type RetryExceptionsPayload = {
  __typename?: 'RetryExceptionsPayload';
  /** How many items were refused. */
  failed: Scalars['Int']['output'];
  /** True when this is the first answer again. */
  replayed: Scalars['Boolean']['output'];
  /** One result per item, in their order; empty when the whole call was refused. */
  results: Array<RetryExceptionsResult>;
  /** How many items were carried out. */
  succeeded: Scalars['Int']['output'];
  /** Why the whole call was refused; empty when the results tell. */
  userErrors: Array<UserError>;
};

/** What became of one item. */
export type RetryExceptionsResult = {
  __typename?: 'RetryExceptionsResult';
  /** The exception; null when the item was refused. */
  exception?: Maybe<ProcessException>;
  /** The item's place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** Why the item was refused; empty when it was not. */
  userErrors: Array<UserError>;
};

/** A revenue event; finance knows it. */
export type RevenueEvent = {
  __typename?: 'RevenueEvent';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** Revenue was recognized. */
export type RevenueRecognized = BusinessEvent & {
  __typename?: 'RevenueRecognized';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The amount; null where only holders of a permission may know it. */
  amount: Money;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The contract, as it is now. */
  contract?: Maybe<Contract>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** How it was measured. */
  method: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** The day that it counts for. */
  recognizedOn: Scalars['Date']['output'];
  /** The revenue event, as it is now. */
  revenueEvent?: Maybe<RevenueEvent>;
  /** What it happened to. */
  subject: EventSubject;
  /** What happened. */
  type: BusinessEventType;
};

/** Which delivery is given up, and why. */
export type SkipDeliveryInput = {
  /** Which delivery. */
  id: Scalars['ID']['input'];
  /** Makes a retry of the call safe. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Why it is given up; 1 to 1,000 characters. */
  reason: Scalars['String']['input'];
};

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type Subscription = {
  __typename?: 'Subscription';
  /** A line was added to the ledger of actuals. */
  actualPosted: ActualPosted;
  /** An actual was taken back by an opposite one. */
  actualReversed: ActualReversed;
  /** An assignment was proposed, changed, ended or given up. */
  assignmentChanged: AssignmentChanged;
  /** All business events that this actor may see, or the types asked for, in the order of the log. */
  businessEvents: BusinessEvent;
  /** A contract was settled, or lost before it came about. */
  contractClosed: ContractClosed;
  /** A contract came into force. */
  contractConfirmed: ContractConfirmed;
  /** A contract was drafted, its content changed, or it moved on in its lifecycle. */
  contractUpdated: ContractUpdated;
  /** A customer was created. */
  customerCreated: CustomerCreated;
  /** A customer or its status changed. */
  customerUpdated: CustomerUpdated;
  /** Somebody was hired or rehired. */
  employeeHired: EmployeeHired;
  /** An employment ended. */
  employeeTerminated: EmployeeTerminated;
  /** An employee or the employment changed. */
  employeeUpdated: EmployeeUpdated;
  /** An engagement was created. */
  engagementCreated: EngagementCreated;
  /** An engagement moved on in its lifecycle. */
  engagementStatusChanged: EngagementStatusChanged;
  /** The firm lives with an exception, for the reason given. */
  exceptionDismissed: ExceptionDismissed;
  /** A process could not do its work for an entity, for the first time or once more after a retry. */
  exceptionOpened: ExceptionOpened;
  /** The work behind an exception was done after all. */
  exceptionResolved: ExceptionResolved;
  /** Somebody asked for a new attempt; the process that raised the exception makes it. */
  exceptionRetryRequested: ExceptionRetryRequested;
  /** An expense was approved. */
  expenseApproved: ExpenseApproved;
  /** The employee got the money of an expense. */
  expenseReimbursed: ExpenseReimbursed;
  /** An expense was sent back with a reason. */
  expenseRejected: ExpenseRejected;
  /** An expense was submitted for approval. */
  expenseSubmitted: ExpenseSubmitted;
  /** An invoice was cancelled before it was posted; its actuals are ready again. */
  invoiceCancelled: InvoiceCancelled;
  /** A posted invoice was ended by a credit note. */
  invoiceCredited: InvoiceCredited;
  /** An invoice was drafted from actuals that are ready. */
  invoiceDrafted: InvoiceDrafted;
  /** Nothing is owed on an invoice any more. */
  invoicePaid: InvoicePaid;
  /** An invoice got its number and its journal entry. */
  invoicePosted: InvoicePosted;
  /** An invoice could not be posted, since its tax could not be determined. */
  invoiceTaxFailed: InvoiceTaxFailed;
  /** A balanced journal entry was posted. */
  journalPosted: JournalPosted;
  /** The customer accepted a milestone: it may be billed. */
  milestoneAccepted: MilestoneAccepted;
  /** The firm says that a milestone is reached. */
  milestoneReached: MilestoneReached;
  /** A payment, or a part of it, was applied to an invoice. */
  paymentApplied: PaymentApplied;
  /** A payment of a customer came in. */
  paymentReceived: PaymentReceived;
  /** A payment was taken back; the invoices that it paid are open again. */
  paymentReversed: PaymentReversed;
  /** A fiscal period was closed: nothing is posted into it any more. */
  periodClosed: PeriodClosed;
  /** A project was created. */
  projectCreated: ProjectCreated;
  /** A project moved on in its lifecycle. */
  projectStatusChanged: ProjectStatusChanged;
  /** A rate card version was published and prices work from its effective date on. */
  rateCardPublished: RateCardPublished;
  /** An assignment was confirmed. */
  resourceAssigned: ResourceAssigned;
  /** Revenue was recognized. */
  revenueRecognized: RevenueRecognized;
  /** A task was created. */
  taskCreated: TaskCreated;
  /** A task moved on in its lifecycle. */
  taskStatusChanged: TaskStatusChanged;
  /** Submitted or approved time is a draft again. */
  timeEntryRecalled: TimeEntryRecalled;
  /** Entries of a timesheet were approved; one fact per approval. */
  timesheetApproved: TimesheetApproved;
  /** Entries of a timesheet were sent back with a reason. */
  timesheetRejected: TimesheetRejected;
  /** Entries of a timesheet were submitted for approval. */
  timesheetSubmitted: TimesheetSubmitted;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionActualPostedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionActualReversedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionAssignmentChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionBusinessEventsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
  types?: InputMaybe<Array<BusinessEventType>>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionContractClosedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionContractConfirmedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionContractUpdatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionCustomerCreatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionCustomerUpdatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionEmployeeHiredArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionEmployeeTerminatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionEmployeeUpdatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionEngagementCreatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionEngagementStatusChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExceptionDismissedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExceptionOpenedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExceptionResolvedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExceptionRetryRequestedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExpenseApprovedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExpenseReimbursedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExpenseRejectedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionExpenseSubmittedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoiceCancelledArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoiceCreditedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoiceDraftedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoicePaidArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoicePostedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionInvoiceTaxFailedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionJournalPostedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionMilestoneAcceptedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionMilestoneReachedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionPaymentAppliedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionPaymentReceivedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionPaymentReversedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionPeriodClosedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionProjectCreatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionProjectStatusChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionRateCardPublishedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionResourceAssignedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionRevenueRecognizedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTaskCreatedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTaskStatusChangedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTimeEntryRecalledArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTimesheetApprovedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTimesheetRejectedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** The event contract: one field per business event, and one for all of them. Over WebSocket (graphql-transport-ws) or SSE. */
export type SubscriptionTimesheetSubmittedArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  employeeId?: InputMaybe<Scalars['ID']['input']>;
  engagementId?: InputMaybe<Scalars['ID']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};

/** A task; engagements knows it. */
export type Task = {
  __typename?: 'Task';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** A task was created. */
export type TaskCreated = BusinessEvent & {
  __typename?: 'TaskCreated';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The task, as it is now. */
  task?: Maybe<Task>;
  /** What happened. */
  type: BusinessEventType;
};

/** A task moved on in its lifecycle. */
export type TaskStatusChanged = BusinessEvent & {
  __typename?: 'TaskStatusChanged';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** Its name then. */
  name: Scalars['String']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** Its state before. */
  previousStatus: Scalars['String']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Its state then. */
  status: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The task, as it is now. */
  task?: Maybe<Task>;
  /** What happened. */
  type: BusinessEventType;
};

/** Submitted or approved time is a draft again. */
export type TimeEntryRecalled = BusinessEvent & {
  __typename?: 'TimeEntryRecalled';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The version of the entry then. */
  entryVersion: Scalars['Int']['output'];
  /** The hours, exact. */
  hours: Scalars['Decimal']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** The time entry, as it is now. */
  timeEntry?: Maybe<TimesheetEntry>;
  /** The timesheet, as it is now. */
  timesheet?: Maybe<Timesheet>;
  /** What happened. */
  type: BusinessEventType;
  /** True when it had been approved. */
  wasApproved: Scalars['Boolean']['output'];
  /** True when it had been posted to the ledger. */
  wasPosted: Scalars['Boolean']['output'];
  /** The day on which the work was done. */
  workDate: Scalars['Date']['output'];
};

/** A timesheet; time knows it. */
export type Timesheet = {
  __typename?: 'Timesheet';
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};

/** Entries of a timesheet were approved; one fact per approval. */
export type TimesheetApproved = BusinessEvent & {
  __typename?: 'TimesheetApproved';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The approver, as it is now. */
  approver?: Maybe<Employee>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** True when no entry of the timesheet waits for a decision any more. */
  complete: Scalars['Boolean']['output'];
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The ones concerned. */
  entries: Array<Maybe<TimesheetEntry>>;
  /** The hours, exact. */
  hours: Scalars['Decimal']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The last day of the timesheet. */
  periodEnd: Scalars['Date']['output'];
  /** The first day of the timesheet. */
  periodStart: Scalars['Date']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** The timesheet, as it is now. */
  timesheet?: Maybe<Timesheet>;
  /** What happened. */
  type: BusinessEventType;
};

/** Time; time knows it. */
export type TimesheetEntry = {
  __typename?: 'TimesheetEntry';
  /** What processes could not do with this time, the latest first. */
  exceptions: ProcessExceptionConnection;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
};


/** Time; time knows it. */
export type TimesheetEntryExceptionsArgs = {
  after?: InputMaybe<Scalars['Cursor']['input']>;
  before?: InputMaybe<Scalars['Cursor']['input']>;
  filter?: InputMaybe<ProcessExceptionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProcessExceptionOrder>;
};

/** Entries of a timesheet were sent back with a reason. */
export type TimesheetRejected = BusinessEvent & {
  __typename?: 'TimesheetRejected';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The approver, as it is now. */
  approver?: Maybe<Employee>;
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The ones concerned. */
  entries: Array<Maybe<TimesheetEntry>>;
  /** The hours, exact. */
  hours: Scalars['Decimal']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The last day of the timesheet. */
  periodEnd: Scalars['Date']['output'];
  /** The first day of the timesheet. */
  periodStart: Scalars['Date']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** Why, in the words of whoever did it. */
  reason: Scalars['String']['output'];
  /** What it happened to. */
  subject: EventSubject;
  /** The timesheet, as it is now. */
  timesheet?: Maybe<Timesheet>;
  /** What happened. */
  type: BusinessEventType;
};

/** Entries of a timesheet were submitted for approval. */
export type TimesheetSubmitted = BusinessEvent & {
  __typename?: 'TimesheetSubmitted';
  /** Who caused it; outside the firm only the kind of actor is told. */
  actorId: Scalars['String']['output'];
  /** What kind of actor caused it. */
  actorKind: Scalars['String']['output'];
  /** The fact that a process reacted to when it did this; null when it was asked for from outside. */
  causationId?: Maybe<Scalars['ID']['output']>;
  /** The business transaction that it belongs to. */
  correlationId: Scalars['String']['output'];
  /** The event's place in the log: give it as after to get what follows. */
  cursor: Scalars['Cursor']['output'];
  /** The customer concerned, if one is. */
  customer?: Maybe<Customer>;
  /** The employee concerned, if one is. */
  employee?: Maybe<Employee>;
  /** The engagement concerned, if one is. */
  engagement?: Maybe<Engagement>;
  /** The ones concerned. */
  entries: Array<Maybe<TimesheetEntry>>;
  /** The hours, exact. */
  hours: Scalars['Decimal']['output'];
  /** The fact's id: the same for every receiver, so that a repeat can be recognised. */
  id: Scalars['ID']['output'];
  /** The legal entity of the firm concerned, if one is. */
  legalEntity?: Maybe<LegalEntity>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The last day of the timesheet. */
  periodEnd: Scalars['Date']['output'];
  /** The first day of the timesheet. */
  periodStart: Scalars['Date']['output'];
  /** The place in the log, a whole number; positions are contiguous. */
  position: Scalars['Decimal']['output'];
  /** The project concerned, if one is. */
  project?: Maybe<Project>;
  /** What it happened to. */
  subject: EventSubject;
  /** The timesheet, as it is now. */
  timesheet?: Maybe<Timesheet>;
  /** What happened. */
  type: BusinessEventType;
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
  ActualPosted: ActualPosted;
  ActualReversed: ActualReversed;
  AssignmentChanged: AssignmentChanged;
  ContractClosed: ContractClosed;
  ContractConfirmed: ContractConfirmed;
  ContractUpdated: ContractUpdated;
  CustomerCreated: CustomerCreated;
  CustomerUpdated: CustomerUpdated;
  EmployeeHired: EmployeeHired;
  EmployeeTerminated: EmployeeTerminated;
  EmployeeUpdated: EmployeeUpdated;
  EngagementCreated: EngagementCreated;
  EngagementStatusChanged: EngagementStatusChanged;
  ExceptionDismissed: ExceptionDismissed;
  ExceptionOpened: ExceptionOpened;
  ExceptionResolved: ExceptionResolved;
  ExceptionRetryRequested: ExceptionRetryRequested;
  ExpenseApproved: ExpenseApproved;
  ExpenseItem: ExpenseItem;
  ExpenseReimbursed: ExpenseReimbursed;
  ExpenseRejected: ExpenseRejected;
  ExpenseSubmitted: ExpenseSubmitted;
  Invoice: Invoice;
  InvoiceCancelled: InvoiceCancelled;
  InvoiceCredited: InvoiceCredited;
  InvoiceDrafted: InvoiceDrafted;
  InvoicePaid: InvoicePaid;
  InvoicePosted: InvoicePosted;
  InvoiceTaxFailed: InvoiceTaxFailed;
  JournalPosted: JournalPosted;
  MilestoneAccepted: MilestoneAccepted;
  MilestoneReached: MilestoneReached;
  PaymentApplied: PaymentApplied;
  PaymentReceived: PaymentReceived;
  PaymentReversed: PaymentReversed;
  PeriodClosed: PeriodClosed;
  ProcessException: ProcessException;
  ProjectCreated: ProjectCreated;
  ProjectStatusChanged: ProjectStatusChanged;
  RateCardPublished: RateCardPublished;
  ResourceAssigned: ResourceAssigned;
  RevenueRecognized: RevenueRecognized;
  TaskCreated: TaskCreated;
  TaskStatusChanged: TaskStatusChanged;
  TimeEntryRecalled: TimeEntryRecalled;
  TimesheetApproved: TimesheetApproved;
  TimesheetEntry: TimesheetEntry;
  TimesheetRejected: TimesheetRejected;
  TimesheetSubmitted: TimesheetSubmitted;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ActualPosted:
    ( { __typename: 'ActualPosted' }
    & GraphQLRecursivePick<FederationTypes['ActualPosted'], {"id":true}> );
  ActualReversed:
    ( { __typename: 'ActualReversed' }
    & GraphQLRecursivePick<FederationTypes['ActualReversed'], {"id":true}> );
  AssignmentChanged:
    ( { __typename: 'AssignmentChanged' }
    & GraphQLRecursivePick<FederationTypes['AssignmentChanged'], {"id":true}> );
  ContractClosed:
    ( { __typename: 'ContractClosed' }
    & GraphQLRecursivePick<FederationTypes['ContractClosed'], {"id":true}> );
  ContractConfirmed:
    ( { __typename: 'ContractConfirmed' }
    & GraphQLRecursivePick<FederationTypes['ContractConfirmed'], {"id":true}> );
  ContractUpdated:
    ( { __typename: 'ContractUpdated' }
    & GraphQLRecursivePick<FederationTypes['ContractUpdated'], {"id":true}> );
  CustomerCreated:
    ( { __typename: 'CustomerCreated' }
    & GraphQLRecursivePick<FederationTypes['CustomerCreated'], {"id":true}> );
  CustomerUpdated:
    ( { __typename: 'CustomerUpdated' }
    & GraphQLRecursivePick<FederationTypes['CustomerUpdated'], {"id":true}> );
  EmployeeHired:
    ( { __typename: 'EmployeeHired' }
    & GraphQLRecursivePick<FederationTypes['EmployeeHired'], {"id":true}> );
  EmployeeTerminated:
    ( { __typename: 'EmployeeTerminated' }
    & GraphQLRecursivePick<FederationTypes['EmployeeTerminated'], {"id":true}> );
  EmployeeUpdated:
    ( { __typename: 'EmployeeUpdated' }
    & GraphQLRecursivePick<FederationTypes['EmployeeUpdated'], {"id":true}> );
  EngagementCreated:
    ( { __typename: 'EngagementCreated' }
    & GraphQLRecursivePick<FederationTypes['EngagementCreated'], {"id":true}> );
  EngagementStatusChanged:
    ( { __typename: 'EngagementStatusChanged' }
    & GraphQLRecursivePick<FederationTypes['EngagementStatusChanged'], {"id":true}> );
  ExceptionDismissed:
    ( { __typename: 'ExceptionDismissed' }
    & GraphQLRecursivePick<FederationTypes['ExceptionDismissed'], {"id":true}> );
  ExceptionOpened:
    ( { __typename: 'ExceptionOpened' }
    & GraphQLRecursivePick<FederationTypes['ExceptionOpened'], {"id":true}> );
  ExceptionResolved:
    ( { __typename: 'ExceptionResolved' }
    & GraphQLRecursivePick<FederationTypes['ExceptionResolved'], {"id":true}> );
  ExceptionRetryRequested:
    ( { __typename: 'ExceptionRetryRequested' }
    & GraphQLRecursivePick<FederationTypes['ExceptionRetryRequested'], {"id":true}> );
  ExpenseApproved:
    ( { __typename: 'ExpenseApproved' }
    & GraphQLRecursivePick<FederationTypes['ExpenseApproved'], {"id":true}> );
  ExpenseItem:
    ( { __typename: 'ExpenseItem' }
    & GraphQLRecursivePick<FederationTypes['ExpenseItem'], {"id":true}> );
  ExpenseReimbursed:
    ( { __typename: 'ExpenseReimbursed' }
    & GraphQLRecursivePick<FederationTypes['ExpenseReimbursed'], {"id":true}> );
  ExpenseRejected:
    ( { __typename: 'ExpenseRejected' }
    & GraphQLRecursivePick<FederationTypes['ExpenseRejected'], {"id":true}> );
  ExpenseSubmitted:
    ( { __typename: 'ExpenseSubmitted' }
    & GraphQLRecursivePick<FederationTypes['ExpenseSubmitted'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  InvoiceCancelled:
    ( { __typename: 'InvoiceCancelled' }
    & GraphQLRecursivePick<FederationTypes['InvoiceCancelled'], {"id":true}> );
  InvoiceCredited:
    ( { __typename: 'InvoiceCredited' }
    & GraphQLRecursivePick<FederationTypes['InvoiceCredited'], {"id":true}> );
  InvoiceDrafted:
    ( { __typename: 'InvoiceDrafted' }
    & GraphQLRecursivePick<FederationTypes['InvoiceDrafted'], {"id":true}> );
  InvoicePaid:
    ( { __typename: 'InvoicePaid' }
    & GraphQLRecursivePick<FederationTypes['InvoicePaid'], {"id":true}> );
  InvoicePosted:
    ( { __typename: 'InvoicePosted' }
    & GraphQLRecursivePick<FederationTypes['InvoicePosted'], {"id":true}> );
  InvoiceTaxFailed:
    ( { __typename: 'InvoiceTaxFailed' }
    & GraphQLRecursivePick<FederationTypes['InvoiceTaxFailed'], {"id":true}> );
  JournalPosted:
    ( { __typename: 'JournalPosted' }
    & GraphQLRecursivePick<FederationTypes['JournalPosted'], {"id":true}> );
  MilestoneAccepted:
    ( { __typename: 'MilestoneAccepted' }
    & GraphQLRecursivePick<FederationTypes['MilestoneAccepted'], {"id":true}> );
  MilestoneReached:
    ( { __typename: 'MilestoneReached' }
    & GraphQLRecursivePick<FederationTypes['MilestoneReached'], {"id":true}> );
  PaymentApplied:
    ( { __typename: 'PaymentApplied' }
    & GraphQLRecursivePick<FederationTypes['PaymentApplied'], {"id":true}> );
  PaymentReceived:
    ( { __typename: 'PaymentReceived' }
    & GraphQLRecursivePick<FederationTypes['PaymentReceived'], {"id":true}> );
  PaymentReversed:
    ( { __typename: 'PaymentReversed' }
    & GraphQLRecursivePick<FederationTypes['PaymentReversed'], {"id":true}> );
  PeriodClosed:
    ( { __typename: 'PeriodClosed' }
    & GraphQLRecursivePick<FederationTypes['PeriodClosed'], {"id":true}> );
  ProcessException:
    ( { __typename: 'ProcessException' }
    & GraphQLRecursivePick<FederationTypes['ProcessException'], {"id":true}> );
  ProjectCreated:
    ( { __typename: 'ProjectCreated' }
    & GraphQLRecursivePick<FederationTypes['ProjectCreated'], {"id":true}> );
  ProjectStatusChanged:
    ( { __typename: 'ProjectStatusChanged' }
    & GraphQLRecursivePick<FederationTypes['ProjectStatusChanged'], {"id":true}> );
  RateCardPublished:
    ( { __typename: 'RateCardPublished' }
    & GraphQLRecursivePick<FederationTypes['RateCardPublished'], {"id":true}> );
  ResourceAssigned:
    ( { __typename: 'ResourceAssigned' }
    & GraphQLRecursivePick<FederationTypes['ResourceAssigned'], {"id":true}> );
  RevenueRecognized:
    ( { __typename: 'RevenueRecognized' }
    & GraphQLRecursivePick<FederationTypes['RevenueRecognized'], {"id":true}> );
  TaskCreated:
    ( { __typename: 'TaskCreated' }
    & GraphQLRecursivePick<FederationTypes['TaskCreated'], {"id":true}> );
  TaskStatusChanged:
    ( { __typename: 'TaskStatusChanged' }
    & GraphQLRecursivePick<FederationTypes['TaskStatusChanged'], {"id":true}> );
  TimeEntryRecalled:
    ( { __typename: 'TimeEntryRecalled' }
    & GraphQLRecursivePick<FederationTypes['TimeEntryRecalled'], {"id":true}> );
  TimesheetApproved:
    ( { __typename: 'TimesheetApproved' }
    & GraphQLRecursivePick<FederationTypes['TimesheetApproved'], {"id":true}> );
  TimesheetEntry:
    ( { __typename: 'TimesheetEntry' }
    & GraphQLRecursivePick<FederationTypes['TimesheetEntry'], {"id":true}> );
  TimesheetRejected:
    ( { __typename: 'TimesheetRejected' }
    & GraphQLRecursivePick<FederationTypes['TimesheetRejected'], {"id":true}> );
  TimesheetSubmitted:
    ( { __typename: 'TimesheetSubmitted' }
    & GraphQLRecursivePick<FederationTypes['TimesheetSubmitted'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actual: ResolverTypeWrapper<Actual>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActualPosted: ResolverTypeWrapper<ActualPosted>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ActualReversed: ResolverTypeWrapper<ActualReversed>;
  AssignExceptionInput: AssignExceptionInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Assignment: ResolverTypeWrapper<Assignment>;
  AssignmentChanged: ResolverTypeWrapper<AssignmentChanged>;
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  BusinessEvent: ResolverTypeWrapper<BusinessEventRow>;
  BusinessEventType: BusinessEventType;
  BusinessTrace: ResolverTypeWrapper<Omit<BusinessTrace, 'entries'> & { entries: Array<ResolversTypes['BusinessTraceEntry']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BusinessTraceEntry: ResolverTypeWrapper<BusinessTraceEntryRow>;
  Consumer: ResolverTypeWrapper<Consumer>;
  Contract: ResolverTypeWrapper<Contract>;
  ContractClosed: ResolverTypeWrapper<ContractClosed>;
  ContractConfirmed: ResolverTypeWrapper<ContractConfirmed>;
  ContractUpdated: ResolverTypeWrapper<ContractUpdated>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<Customer>;
  CustomerCreated: ResolverTypeWrapper<CustomerCreated>;
  CustomerUpdated: ResolverTypeWrapper<CustomerUpdated>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Delivery: ResolverTypeWrapper<DeliveryRow>;
  DeliveryActionInput: DeliveryActionInput;
  DeliveryActionPayload: ResolverTypeWrapper<Omit<DeliveryActionPayload, 'delivery'> & { delivery?: Maybe<ResolversTypes['Delivery']> }>;
  DeliveryConnection: ResolverTypeWrapper<Connection<DeliveryRow>>;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  DeliveryFilter: DeliveryFilter;
  DeliveryStatus: DeliveryStatus;
  DismissExceptionInput: DismissExceptionInput;
  Employee: ResolverTypeWrapper<Employee>;
  EmployeeHired: ResolverTypeWrapper<EmployeeHired>;
  EmployeeTerminated: ResolverTypeWrapper<EmployeeTerminated>;
  EmployeeUpdated: ResolverTypeWrapper<EmployeeUpdated>;
  Engagement: ResolverTypeWrapper<Engagement>;
  EngagementCreated: ResolverTypeWrapper<EngagementCreated>;
  EngagementStatusChanged: ResolverTypeWrapper<EngagementStatusChanged>;
  EntityInput: EntityInput;
  ErrorCode: ErrorCode;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['EventEdge']>, nodes: Array<ResolversTypes['BusinessEvent']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['BusinessEvent'] }>;
  EventFilter: EventFilter;
  EventSubject: ResolverTypeWrapper<EventSubject>;
  ExceptionDismissed: ResolverTypeWrapper<Omit<ExceptionDismissed, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversTypes['ProcessException']>, expense?: Maybe<ResolversTypes['ExpenseItem']>, invoice?: Maybe<ResolversTypes['Invoice']>, timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  ExceptionGrouping: ExceptionGrouping;
  ExceptionOpened: ResolverTypeWrapper<Omit<ExceptionOpened, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversTypes['ProcessException']>, expense?: Maybe<ResolversTypes['ExpenseItem']>, invoice?: Maybe<ResolversTypes['Invoice']>, timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  ExceptionResolved: ResolverTypeWrapper<Omit<ExceptionResolved, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversTypes['ProcessException']>, expense?: Maybe<ResolversTypes['ExpenseItem']>, invoice?: Maybe<ResolversTypes['Invoice']>, timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  ExceptionRetryRequested: ResolverTypeWrapper<Omit<ExceptionRetryRequested, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversTypes['ProcessException']>, expense?: Maybe<ResolversTypes['ExpenseItem']>, invoice?: Maybe<ResolversTypes['Invoice']>, timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  ExceptionSummary: ResolverTypeWrapper<ExceptionSummary>;
  ExpenseApproved: ResolverTypeWrapper<Omit<ExpenseApproved, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExpenseItem: ResolverTypeWrapper<ExpenseItemRow>;
  ExpenseReimbursed: ResolverTypeWrapper<Omit<ExpenseReimbursed, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExpenseRejected: ResolverTypeWrapper<Omit<ExpenseRejected, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExpenseSubmitted: ResolverTypeWrapper<Omit<ExpenseSubmitted, 'expense'> & { expense?: Maybe<ResolversTypes['ExpenseItem']> }>;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  FactLog: ResolverTypeWrapper<FactLog>;
  FiscalPeriod: ResolverTypeWrapper<FiscalPeriod>;
  Invoice: ResolverTypeWrapper<InvoiceRow>;
  InvoiceCancelled: ResolverTypeWrapper<Omit<InvoiceCancelled, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoiceCredited: ResolverTypeWrapper<Omit<InvoiceCredited, 'creditNoteInvoice' | 'invoice'> & { creditNoteInvoice?: Maybe<ResolversTypes['Invoice']>, invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoiceDrafted: ResolverTypeWrapper<Omit<InvoiceDrafted, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoicePaid: ResolverTypeWrapper<Omit<InvoicePaid, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoicePosted: ResolverTypeWrapper<Omit<InvoicePosted, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  InvoiceTaxFailed: ResolverTypeWrapper<Omit<InvoiceTaxFailed, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  JournalEntry: ResolverTypeWrapper<JournalEntry>;
  JournalPosted: ResolverTypeWrapper<JournalPosted>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  Milestone: ResolverTypeWrapper<Milestone>;
  MilestoneAccepted: ResolverTypeWrapper<MilestoneAccepted>;
  MilestoneReached: ResolverTypeWrapper<MilestoneReached>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Operations: ResolverTypeWrapper<OperationsRow>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Payment: ResolverTypeWrapper<Payment>;
  PaymentApplied: ResolverTypeWrapper<Omit<PaymentApplied, 'invoice'> & { invoice?: Maybe<ResolversTypes['Invoice']> }>;
  PaymentReceived: ResolverTypeWrapper<PaymentReceived>;
  PaymentReversed: ResolverTypeWrapper<PaymentReversed>;
  PeriodClosed: ResolverTypeWrapper<PeriodClosed>;
  ProcessException: ResolverTypeWrapper<ProcessExceptionRow>;
  ProcessExceptionActionInput: ProcessExceptionActionInput;
  ProcessExceptionActionPayload: ResolverTypeWrapper<Omit<ProcessExceptionActionPayload, 'exception'> & { exception?: Maybe<ResolversTypes['ProcessException']> }>;
  ProcessExceptionConnection: ResolverTypeWrapper<Connection<ProcessExceptionRow>>;
  ProcessExceptionEdge: ResolverTypeWrapper<Omit<ProcessExceptionEdge, 'node'> & { node: ResolversTypes['ProcessException'] }>;
  ProcessExceptionFilter: ProcessExceptionFilter;
  ProcessExceptionOrder: ProcessExceptionOrder;
  ProcessExceptionOrderField: ProcessExceptionOrderField;
  ProcessExceptionStatus: ProcessExceptionStatus;
  Project: ResolverTypeWrapper<Project>;
  ProjectCreated: ResolverTypeWrapper<ProjectCreated>;
  ProjectStatusChanged: ResolverTypeWrapper<ProjectStatusChanged>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateCard: ResolverTypeWrapper<RateCard>;
  RateCardPublished: ResolverTypeWrapper<RateCardPublished>;
  RateCardVersion: ResolverTypeWrapper<RateCardVersion>;
  ResourceAssigned: ResolverTypeWrapper<ResourceAssigned>;
  RetryExceptionItem: RetryExceptionItem;
  RetryExceptionsInput: RetryExceptionsInput;
  RetryExceptionsPayload: ResolverTypeWrapper<Omit<RetryExceptionsPayload, 'results'> & { results: Array<ResolversTypes['RetryExceptionsResult']> }>;
  RetryExceptionsResult: ResolverTypeWrapper<Omit<RetryExceptionsResult, 'exception'> & { exception?: Maybe<ResolversTypes['ProcessException']> }>;
  RevenueEvent: ResolverTypeWrapper<RevenueEvent>;
  RevenueRecognized: ResolverTypeWrapper<RevenueRecognized>;
  SkipDeliveryInput: SkipDeliveryInput;
  SortDirection: SortDirection;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Task: ResolverTypeWrapper<Task>;
  TaskCreated: ResolverTypeWrapper<TaskCreated>;
  TaskStatusChanged: ResolverTypeWrapper<TaskStatusChanged>;
  TimeEntryRecalled: ResolverTypeWrapper<Omit<TimeEntryRecalled, 'timeEntry'> & { timeEntry?: Maybe<ResolversTypes['TimesheetEntry']> }>;
  Timesheet: ResolverTypeWrapper<Timesheet>;
  TimesheetApproved: ResolverTypeWrapper<Omit<TimesheetApproved, 'entries'> & { entries: Array<Maybe<ResolversTypes['TimesheetEntry']>> }>;
  TimesheetEntry: ResolverTypeWrapper<TimesheetEntryRow>;
  TimesheetRejected: ResolverTypeWrapper<Omit<TimesheetRejected, 'entries'> & { entries: Array<Maybe<ResolversTypes['TimesheetEntry']>> }>;
  TimesheetSubmitted: ResolverTypeWrapper<Omit<TimesheetSubmitted, 'entries'> & { entries: Array<Maybe<ResolversTypes['TimesheetEntry']>> }>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actual: Actual;
  ID: Scalars['ID']['output'];
  ActualPosted: ActualPosted | FederationReferenceTypes['ActualPosted'];
  String: Scalars['String']['output'];
  ActualReversed: ActualReversed | FederationReferenceTypes['ActualReversed'];
  AssignExceptionInput: AssignExceptionInput;
  Int: Scalars['Int']['output'];
  Assignment: Assignment;
  AssignmentChanged: AssignmentChanged | FederationReferenceTypes['AssignmentChanged'];
  AvailableAction: AvailableAction;
  BusinessEvent: BusinessEventRow;
  BusinessTrace: Omit<BusinessTrace, 'entries'> & { entries: Array<ResolversParentTypes['BusinessTraceEntry']> };
  Boolean: Scalars['Boolean']['output'];
  BusinessTraceEntry: BusinessTraceEntryRow;
  Consumer: Consumer;
  Contract: Contract;
  ContractClosed: ContractClosed | FederationReferenceTypes['ContractClosed'];
  ContractConfirmed: ContractConfirmed | FederationReferenceTypes['ContractConfirmed'];
  ContractUpdated: ContractUpdated | FederationReferenceTypes['ContractUpdated'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: Customer;
  CustomerCreated: CustomerCreated | FederationReferenceTypes['CustomerCreated'];
  CustomerUpdated: CustomerUpdated | FederationReferenceTypes['CustomerUpdated'];
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Delivery: DeliveryRow;
  DeliveryActionInput: DeliveryActionInput;
  DeliveryActionPayload: Omit<DeliveryActionPayload, 'delivery'> & { delivery?: Maybe<ResolversParentTypes['Delivery']> };
  DeliveryConnection: Connection<DeliveryRow>;
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  DeliveryFilter: DeliveryFilter;
  DismissExceptionInput: DismissExceptionInput;
  Employee: Employee;
  EmployeeHired: EmployeeHired | FederationReferenceTypes['EmployeeHired'];
  EmployeeTerminated: EmployeeTerminated | FederationReferenceTypes['EmployeeTerminated'];
  EmployeeUpdated: EmployeeUpdated | FederationReferenceTypes['EmployeeUpdated'];
  Engagement: Engagement;
  EngagementCreated: EngagementCreated | FederationReferenceTypes['EngagementCreated'];
  EngagementStatusChanged: EngagementStatusChanged | FederationReferenceTypes['EngagementStatusChanged'];
  EntityInput: EntityInput;
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['EventEdge']>, nodes: Array<ResolversParentTypes['BusinessEvent']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['BusinessEvent'] };
  EventFilter: EventFilter;
  EventSubject: EventSubject;
  ExceptionDismissed: Omit<ExceptionDismissed, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversParentTypes['ProcessException']>, expense?: Maybe<ResolversParentTypes['ExpenseItem']>, invoice?: Maybe<ResolversParentTypes['Invoice']>, timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> } | FederationReferenceTypes['ExceptionDismissed'];
  ExceptionOpened: Omit<ExceptionOpened, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversParentTypes['ProcessException']>, expense?: Maybe<ResolversParentTypes['ExpenseItem']>, invoice?: Maybe<ResolversParentTypes['Invoice']>, timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> } | FederationReferenceTypes['ExceptionOpened'];
  ExceptionResolved: Omit<ExceptionResolved, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversParentTypes['ProcessException']>, expense?: Maybe<ResolversParentTypes['ExpenseItem']>, invoice?: Maybe<ResolversParentTypes['Invoice']>, timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> } | FederationReferenceTypes['ExceptionResolved'];
  ExceptionRetryRequested: Omit<ExceptionRetryRequested, 'exception' | 'expense' | 'invoice' | 'timeEntry'> & { exception?: Maybe<ResolversParentTypes['ProcessException']>, expense?: Maybe<ResolversParentTypes['ExpenseItem']>, invoice?: Maybe<ResolversParentTypes['Invoice']>, timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> } | FederationReferenceTypes['ExceptionRetryRequested'];
  ExceptionSummary: ExceptionSummary;
  ExpenseApproved: Omit<ExpenseApproved, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> } | FederationReferenceTypes['ExpenseApproved'];
  ExpenseItem: ExpenseItemRow;
  ExpenseReimbursed: Omit<ExpenseReimbursed, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> } | FederationReferenceTypes['ExpenseReimbursed'];
  ExpenseRejected: Omit<ExpenseRejected, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> } | FederationReferenceTypes['ExpenseRejected'];
  ExpenseSubmitted: Omit<ExpenseSubmitted, 'expense'> & { expense?: Maybe<ResolversParentTypes['ExpenseItem']> } | FederationReferenceTypes['ExpenseSubmitted'];
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  FactLog: FactLog;
  FiscalPeriod: FiscalPeriod;
  Invoice: InvoiceRow;
  InvoiceCancelled: Omit<InvoiceCancelled, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoiceCancelled'];
  InvoiceCredited: Omit<InvoiceCredited, 'creditNoteInvoice' | 'invoice'> & { creditNoteInvoice?: Maybe<ResolversParentTypes['Invoice']>, invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoiceCredited'];
  InvoiceDrafted: Omit<InvoiceDrafted, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoiceDrafted'];
  InvoicePaid: Omit<InvoicePaid, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoicePaid'];
  InvoicePosted: Omit<InvoicePosted, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoicePosted'];
  InvoiceTaxFailed: Omit<InvoiceTaxFailed, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['InvoiceTaxFailed'];
  JournalEntry: JournalEntry;
  JournalPosted: JournalPosted | FederationReferenceTypes['JournalPosted'];
  LegalEntity: LegalEntity;
  Milestone: Milestone;
  MilestoneAccepted: MilestoneAccepted | FederationReferenceTypes['MilestoneAccepted'];
  MilestoneReached: MilestoneReached | FederationReferenceTypes['MilestoneReached'];
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Operations: OperationsRow;
  PageInfo: PageInfo;
  Payment: Payment;
  PaymentApplied: Omit<PaymentApplied, 'invoice'> & { invoice?: Maybe<ResolversParentTypes['Invoice']> } | FederationReferenceTypes['PaymentApplied'];
  PaymentReceived: PaymentReceived | FederationReferenceTypes['PaymentReceived'];
  PaymentReversed: PaymentReversed | FederationReferenceTypes['PaymentReversed'];
  PeriodClosed: PeriodClosed | FederationReferenceTypes['PeriodClosed'];
  ProcessException: ProcessExceptionRow;
  ProcessExceptionActionInput: ProcessExceptionActionInput;
  ProcessExceptionActionPayload: Omit<ProcessExceptionActionPayload, 'exception'> & { exception?: Maybe<ResolversParentTypes['ProcessException']> };
  ProcessExceptionConnection: Connection<ProcessExceptionRow>;
  ProcessExceptionEdge: Omit<ProcessExceptionEdge, 'node'> & { node: ResolversParentTypes['ProcessException'] };
  ProcessExceptionFilter: ProcessExceptionFilter;
  ProcessExceptionOrder: ProcessExceptionOrder;
  Project: Project;
  ProjectCreated: ProjectCreated | FederationReferenceTypes['ProjectCreated'];
  ProjectStatusChanged: ProjectStatusChanged | FederationReferenceTypes['ProjectStatusChanged'];
  Query: Record<PropertyKey, never>;
  RateCard: RateCard;
  RateCardPublished: RateCardPublished | FederationReferenceTypes['RateCardPublished'];
  RateCardVersion: RateCardVersion;
  ResourceAssigned: ResourceAssigned | FederationReferenceTypes['ResourceAssigned'];
  RetryExceptionItem: RetryExceptionItem;
  RetryExceptionsInput: RetryExceptionsInput;
  RetryExceptionsPayload: Omit<RetryExceptionsPayload, 'results'> & { results: Array<ResolversParentTypes['RetryExceptionsResult']> };
  RetryExceptionsResult: Omit<RetryExceptionsResult, 'exception'> & { exception?: Maybe<ResolversParentTypes['ProcessException']> };
  RevenueEvent: RevenueEvent;
  RevenueRecognized: RevenueRecognized | FederationReferenceTypes['RevenueRecognized'];
  SkipDeliveryInput: SkipDeliveryInput;
  Subscription: Record<PropertyKey, never>;
  Task: Task;
  TaskCreated: TaskCreated | FederationReferenceTypes['TaskCreated'];
  TaskStatusChanged: TaskStatusChanged | FederationReferenceTypes['TaskStatusChanged'];
  TimeEntryRecalled: Omit<TimeEntryRecalled, 'timeEntry'> & { timeEntry?: Maybe<ResolversParentTypes['TimesheetEntry']> } | FederationReferenceTypes['TimeEntryRecalled'];
  Timesheet: Timesheet;
  TimesheetApproved: Omit<TimesheetApproved, 'entries'> & { entries: Array<Maybe<ResolversParentTypes['TimesheetEntry']>> } | FederationReferenceTypes['TimesheetApproved'];
  TimesheetEntry: TimesheetEntryRow;
  TimesheetRejected: Omit<TimesheetRejected, 'entries'> & { entries: Array<Maybe<ResolversParentTypes['TimesheetEntry']>> } | FederationReferenceTypes['TimesheetRejected'];
  TimesheetSubmitted: Omit<TimesheetSubmitted, 'entries'> & { entries: Array<Maybe<ResolversParentTypes['TimesheetEntry']>> } | FederationReferenceTypes['TimesheetSubmitted'];
  UserError: UserError;
};

export type ActualResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Actual'] = ResolversParentTypes['Actual']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ActualPostedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActualPosted'] = ResolversParentTypes['ActualPosted'], FederationReferenceType extends FederationReferenceTypes['ActualPosted'] = FederationReferenceTypes['ActualPosted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ActualPosted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ActualReversedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActualReversed'] = ResolversParentTypes['ActualReversed'], FederationReferenceType extends FederationReferenceTypes['ActualReversed'] = FederationReferenceTypes['ActualReversed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ActualReversed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reversalActual?: Resolver<Maybe<ResolversTypes['Actual']>, ParentType, ContextType>;
  sourceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssignmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Assignment'] = ResolversParentTypes['Assignment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AssignmentChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignmentChanged'] = ResolversParentTypes['AssignmentChanged'], FederationReferenceType extends FederationReferenceTypes['AssignmentChanged'] = FederationReferenceTypes['AssignmentChanged']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AssignmentChanged']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  weeklyHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type BusinessEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessEvent'] = ResolversParentTypes['BusinessEvent']> = {
  __resolveType: TypeResolveFn<'ActualPosted' | 'ActualReversed' | 'AssignmentChanged' | 'ContractClosed' | 'ContractConfirmed' | 'ContractUpdated' | 'CustomerCreated' | 'CustomerUpdated' | 'EmployeeHired' | 'EmployeeTerminated' | 'EmployeeUpdated' | 'EngagementCreated' | 'EngagementStatusChanged' | 'ExceptionDismissed' | 'ExceptionOpened' | 'ExceptionResolved' | 'ExceptionRetryRequested' | 'ExpenseApproved' | 'ExpenseReimbursed' | 'ExpenseRejected' | 'ExpenseSubmitted' | 'InvoiceCancelled' | 'InvoiceCredited' | 'InvoiceDrafted' | 'InvoicePaid' | 'InvoicePosted' | 'InvoiceTaxFailed' | 'JournalPosted' | 'MilestoneAccepted' | 'MilestoneReached' | 'PaymentApplied' | 'PaymentReceived' | 'PaymentReversed' | 'PeriodClosed' | 'ProjectCreated' | 'ProjectStatusChanged' | 'RateCardPublished' | 'ResourceAssigned' | 'RevenueRecognized' | 'TaskCreated' | 'TaskStatusChanged' | 'TimeEntryRecalled' | 'TimesheetApproved' | 'TimesheetRejected' | 'TimesheetSubmitted', ParentType, ContextType>;
};

export type BusinessTraceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessTrace'] = ResolversParentTypes['BusinessTrace']> = {
  acknowledged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  correlationIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  entries?: Resolver<Array<ResolversTypes['BusinessTraceEntry']>, ParentType, ContextType>;
};

export type BusinessTraceEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BusinessTraceEntry'] = ResolversParentTypes['BusinessTraceEntry']> = {
  cause?: Resolver<Maybe<ResolversTypes['BusinessEvent']>, ParentType, ContextType>;
  deliveries?: Resolver<Array<ResolversTypes['Delivery']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['BusinessEvent'], ParentType, ContextType>;
};

export type ConsumerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Consumer'] = ResolversParentTypes['Consumer']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lag?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ContractClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractClosed'] = ResolversParentTypes['ContractClosed'], FederationReferenceType extends FederationReferenceTypes['ContractClosed'] = FederationReferenceTypes['ContractClosed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ContractClosed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractConfirmedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractConfirmed'] = ResolversParentTypes['ContractConfirmed'], FederationReferenceType extends FederationReferenceTypes['ContractConfirmed'] = FederationReferenceTypes['ContractConfirmed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ContractConfirmed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractUpdated'] = ResolversParentTypes['ContractUpdated'], FederationReferenceType extends FederationReferenceTypes['ContractUpdated'] = FederationReferenceTypes['ContractUpdated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ContractUpdated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  endDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface CursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Cursor'], any> {
  name: 'Cursor';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CustomerCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerCreated'] = ResolversParentTypes['CustomerCreated'], FederationReferenceType extends FederationReferenceTypes['CustomerCreated'] = FederationReferenceTypes['CustomerCreated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerCreated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerUpdated'] = ResolversParentTypes['CustomerUpdated'], FederationReferenceType extends FederationReferenceTypes['CustomerUpdated'] = FederationReferenceTypes['CustomerUpdated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerUpdated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type DeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consumer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['BusinessEvent']>, ParentType, ContextType>;
  factId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
};

export type DeliveryActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryActionPayload'] = ResolversParentTypes['DeliveryActionPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryConnection'] = ResolversParentTypes['DeliveryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Delivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryEdge'] = ResolversParentTypes['DeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
};

export type EmployeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Employee'] = ResolversParentTypes['Employee']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EmployeeHiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeHired'] = ResolversParentTypes['EmployeeHired'], FederationReferenceType extends FederationReferenceTypes['EmployeeHired'] = FederationReferenceTypes['EmployeeHired']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EmployeeHired']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  hiredOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  terminatedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmployeeTerminatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeTerminated'] = ResolversParentTypes['EmployeeTerminated'], FederationReferenceType extends FederationReferenceTypes['EmployeeTerminated'] = FederationReferenceTypes['EmployeeTerminated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EmployeeTerminated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  hiredOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  terminatedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmployeeUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmployeeUpdated'] = ResolversParentTypes['EmployeeUpdated'], FederationReferenceType extends FederationReferenceTypes['EmployeeUpdated'] = FederationReferenceTypes['EmployeeUpdated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EmployeeUpdated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  hiredOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  terminatedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EngagementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Engagement'] = ResolversParentTypes['Engagement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EngagementCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementCreated'] = ResolversParentTypes['EngagementCreated'], FederationReferenceType extends FederationReferenceTypes['EngagementCreated'] = FederationReferenceTypes['EngagementCreated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EngagementCreated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EngagementStatusChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EngagementStatusChanged'] = ResolversParentTypes['EngagementStatusChanged'], FederationReferenceType extends FederationReferenceTypes['EngagementStatusChanged'] = FederationReferenceTypes['EngagementStatusChanged']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EngagementStatusChanged']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  previousStatus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['BusinessEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BusinessEvent'], ParentType, ContextType>;
};

export type EventSubjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSubject'] = ResolversParentTypes['EventSubject']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExceptionDismissedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionDismissed'] = ResolversParentTypes['ExceptionDismissed'], FederationReferenceType extends FederationReferenceTypes['ExceptionDismissed'] = FederationReferenceTypes['ExceptionDismissed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExceptionDismissed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionOpenedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionOpened'] = ResolversParentTypes['ExceptionOpened'], FederationReferenceType extends FederationReferenceTypes['ExceptionOpened'] = FederationReferenceTypes['ExceptionOpened']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExceptionOpened']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionResolvedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionResolved'] = ResolversParentTypes['ExceptionResolved'], FederationReferenceType extends FederationReferenceTypes['ExceptionResolved'] = FederationReferenceTypes['ExceptionResolved']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExceptionResolved']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionRetryRequestedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionRetryRequested'] = ResolversParentTypes['ExceptionRetryRequested'], FederationReferenceType extends FederationReferenceTypes['ExceptionRetryRequested'] = FederationReferenceTypes['ExceptionRetryRequested']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExceptionRetryRequested']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionSummary'] = ResolversParentTypes['ExceptionSummary']> = {
  code?: Resolver<Maybe<ResolversTypes['ErrorCode']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ExpenseApprovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseApproved'] = ResolversParentTypes['ExpenseApproved'], FederationReferenceType extends FederationReferenceTypes['ExpenseApproved'] = FederationReferenceTypes['ExpenseApproved']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseApproved']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  approver?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  expenseVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExpenseItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseItem'] = ResolversParentTypes['ExpenseItem'], FederationReferenceType extends FederationReferenceTypes['ExpenseItem'] = FederationReferenceTypes['ExpenseItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  exceptions?: Resolver<ResolversTypes['ProcessExceptionConnection'], ParentType, ContextType, RequireFields<ExpenseItemExceptionsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ExpenseReimbursedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseReimbursed'] = ResolversParentTypes['ExpenseReimbursed'], FederationReferenceType extends FederationReferenceTypes['ExpenseReimbursed'] = FederationReferenceTypes['ExpenseReimbursed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseReimbursed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  expenseVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExpenseRejectedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseRejected'] = ResolversParentTypes['ExpenseRejected'], FederationReferenceType extends FederationReferenceTypes['ExpenseRejected'] = FederationReferenceTypes['ExpenseRejected']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseRejected']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  approver?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  expenseVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExpenseSubmittedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpenseSubmitted'] = ResolversParentTypes['ExpenseSubmitted'], FederationReferenceType extends FederationReferenceTypes['ExpenseSubmitted'] = FederationReferenceTypes['ExpenseSubmitted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExpenseSubmitted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  expenseVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FactLogResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FactLog'] = ResolversParentTypes['FactLog']> = {
  head?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  headCursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  tail?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  tailCursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
};

export type FiscalPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiscalPeriod'] = ResolversParentTypes['FiscalPeriod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  exceptions?: Resolver<ResolversTypes['ProcessExceptionConnection'], ParentType, ContextType, RequireFields<InvoiceExceptionsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type InvoiceCancelledResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceCancelled'] = ResolversParentTypes['InvoiceCancelled'], FederationReferenceType extends FederationReferenceTypes['InvoiceCancelled'] = FederationReferenceTypes['InvoiceCancelled']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoiceCancelled']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  projects?: Resolver<Array<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceCreditedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceCredited'] = ResolversParentTypes['InvoiceCredited'], FederationReferenceType extends FederationReferenceTypes['InvoiceCredited'] = FederationReferenceTypes['InvoiceCredited']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoiceCredited']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  creditNoteInvoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceDraftedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceDrafted'] = ResolversParentTypes['InvoiceDrafted'], FederationReferenceType extends FederationReferenceTypes['InvoiceDrafted'] = FederationReferenceTypes['InvoiceDrafted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoiceDrafted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoicePaidResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoicePaid'] = ResolversParentTypes['InvoicePaid'], FederationReferenceType extends FederationReferenceTypes['InvoicePaid'] = FederationReferenceTypes['InvoicePaid']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoicePaid']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoicePostedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoicePosted'] = ResolversParentTypes['InvoicePosted'], FederationReferenceType extends FederationReferenceTypes['InvoicePosted'] = FederationReferenceTypes['InvoicePosted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoicePosted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  gross?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceTaxFailedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceTaxFailed'] = ResolversParentTypes['InvoiceTaxFailed'], FederationReferenceType extends FederationReferenceTypes['InvoiceTaxFailed'] = FederationReferenceTypes['InvoiceTaxFailed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['InvoiceTaxFailed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JournalEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntry'] = ResolversParentTypes['JournalEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type JournalPostedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalPosted'] = ResolversParentTypes['JournalPosted'], FederationReferenceType extends FederationReferenceTypes['JournalPosted'] = FederationReferenceTypes['JournalPosted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JournalPosted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  postedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MilestoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Milestone'] = ResolversParentTypes['Milestone']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MilestoneAcceptedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MilestoneAccepted'] = ResolversParentTypes['MilestoneAccepted'], FederationReferenceType extends FederationReferenceTypes['MilestoneAccepted'] = FederationReferenceTypes['MilestoneAccepted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MilestoneAccepted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acceptedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reachedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MilestoneReachedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MilestoneReached'] = ResolversParentTypes['MilestoneReached'], FederationReferenceType extends FederationReferenceTypes['MilestoneReached'] = FederationReferenceTypes['MilestoneReached']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MilestoneReached']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acceptedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  milestone?: Resolver<Maybe<ResolversTypes['Milestone']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reachedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignException?: Resolver<ResolversTypes['ProcessExceptionActionPayload'], ParentType, ContextType, RequireFields<MutationAssignExceptionArgs, 'input'>>;
  dismissException?: Resolver<ResolversTypes['ProcessExceptionActionPayload'], ParentType, ContextType, RequireFields<MutationDismissExceptionArgs, 'input'>>;
  reopenException?: Resolver<ResolversTypes['ProcessExceptionActionPayload'], ParentType, ContextType, RequireFields<MutationReopenExceptionArgs, 'input'>>;
  resolveException?: Resolver<ResolversTypes['ProcessExceptionActionPayload'], ParentType, ContextType, RequireFields<MutationResolveExceptionArgs, 'input'>>;
  retryDelivery?: Resolver<ResolversTypes['DeliveryActionPayload'], ParentType, ContextType, RequireFields<MutationRetryDeliveryArgs, 'input'>>;
  retryException?: Resolver<ResolversTypes['ProcessExceptionActionPayload'], ParentType, ContextType, RequireFields<MutationRetryExceptionArgs, 'input'>>;
  retryExceptions?: Resolver<ResolversTypes['RetryExceptionsPayload'], ParentType, ContextType, RequireFields<MutationRetryExceptionsArgs, 'input'>>;
  skipDelivery?: Resolver<ResolversTypes['DeliveryActionPayload'], ParentType, ContextType, RequireFields<MutationSkipDeliveryArgs, 'input'>>;
};

export type OperationsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Operations'] = ResolversParentTypes['Operations']> = {
  businessTrace?: Resolver<ResolversTypes['BusinessTrace'], ParentType, ContextType, Partial<OperationsBusinessTraceArgs>>;
  consumers?: Resolver<Array<ResolversTypes['Consumer']>, ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['DeliveryConnection'], ParentType, ContextType, Partial<OperationsDeliveriesArgs>>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType, RequireFields<OperationsDeliveryArgs, 'id'>>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<OperationsEventsArgs, 'first'>>;
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType, RequireFields<OperationsExceptionArgs, 'id'>>;
  exceptionSummary?: Resolver<Array<ResolversTypes['ExceptionSummary']>, ParentType, ContextType, RequireFields<OperationsExceptionSummaryArgs, 'filter' | 'groupBy'>>;
  exceptions?: Resolver<ResolversTypes['ProcessExceptionConnection'], ParentType, ContextType, RequireFields<OperationsExceptionsArgs, 'orderBy'>>;
  log?: Resolver<ResolversTypes['FactLog'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PaymentAppliedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentApplied'] = ResolversParentTypes['PaymentApplied'], FederationReferenceType extends FederationReferenceTypes['PaymentApplied'] = FederationReferenceTypes['PaymentApplied']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PaymentApplied']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  applied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  receivedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  unapplied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentReceivedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentReceived'] = ResolversParentTypes['PaymentReceived'], FederationReferenceType extends FederationReferenceTypes['PaymentReceived'] = FederationReferenceTypes['PaymentReceived']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PaymentReceived']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  receivedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  unapplied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentReversedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentReversed'] = ResolversParentTypes['PaymentReversed'], FederationReferenceType extends FederationReferenceTypes['PaymentReversed'] = FederationReferenceTypes['PaymentReversed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PaymentReversed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  unapplied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PeriodClosedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodClosed'] = ResolversParentTypes['PeriodClosed'], FederationReferenceType extends FederationReferenceTypes['PeriodClosed'] = FederationReferenceTypes['PeriodClosed']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PeriodClosed']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  endDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  fiscalPeriod?: Resolver<Maybe<ResolversTypes['FiscalPeriod']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProcessExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessException'] = ResolversParentTypes['ProcessException'], FederationReferenceType extends FederationReferenceTypes['ProcessException'] = FederationReferenceTypes['ProcessException']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProcessException']> | FederationReferenceType, FederationReferenceType, ContextType>;
  age?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  dismissalReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  expense?: Resolver<Maybe<ResolversTypes['ExpenseItem']>, ParentType, ContextType>;
  factId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  firstSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hours?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  process?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProcessExceptionStatus'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subjectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProcessExceptionActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessExceptionActionPayload'] = ResolversParentTypes['ProcessExceptionActionPayload']> = {
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ProcessExceptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessExceptionConnection'] = ResolversParentTypes['ProcessExceptionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProcessExceptionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProcessExceptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessExceptionEdge'] = ResolversParentTypes['ProcessExceptionEdge']> = {
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ProcessException'], ParentType, ContextType>;
};

export type ProjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Project'] = ResolversParentTypes['Project']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ProjectCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectCreated'] = ResolversParentTypes['ProjectCreated'], FederationReferenceType extends FederationReferenceTypes['ProjectCreated'] = FederationReferenceTypes['ProjectCreated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProjectCreated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProjectStatusChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectStatusChanged'] = ResolversParentTypes['ProjectStatusChanged'], FederationReferenceType extends FederationReferenceTypes['ProjectStatusChanged'] = FederationReferenceTypes['ProjectStatusChanged']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProjectStatusChanged']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  previousStatus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  operations?: Resolver<ResolversTypes['Operations'], ParentType, ContextType>;
};

export type RateCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCard'] = ResolversParentTypes['RateCard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RateCardPublishedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardPublished'] = ResolversParentTypes['RateCardPublished'], FederationReferenceType extends FederationReferenceTypes['RateCardPublished'] = FederationReferenceTypes['RateCardPublished']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RateCardPublished']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  rateCard?: Resolver<Maybe<ResolversTypes['RateCard']>, ParentType, ContextType>;
  rateCardVersion?: Resolver<Maybe<ResolversTypes['RateCardVersion']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RateCardVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateCardVersion'] = ResolversParentTypes['RateCardVersion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ResourceAssignedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResourceAssigned'] = ResolversParentTypes['ResourceAssigned'], FederationReferenceType extends FederationReferenceTypes['ResourceAssigned'] = FederationReferenceTypes['ResourceAssigned']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ResourceAssigned']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  weeklyHours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RetryExceptionsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryExceptionsPayload'] = ResolversParentTypes['RetryExceptionsPayload']> = {
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['RetryExceptionsResult']>, ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetryExceptionsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryExceptionsResult'] = ResolversParentTypes['RetryExceptionsResult']> = {
  exception?: Resolver<Maybe<ResolversTypes['ProcessException']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevenueEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueEvent'] = ResolversParentTypes['RevenueEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RevenueRecognizedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueRecognized'] = ResolversParentTypes['RevenueRecognized'], FederationReferenceType extends FederationReferenceTypes['RevenueRecognized'] = FederationReferenceTypes['RevenueRecognized']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RevenueRecognized']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  recognizedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  revenueEvent?: Resolver<Maybe<ResolversTypes['RevenueEvent']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  actualPosted?: SubscriptionResolver<ResolversTypes['ActualPosted'], "actualPosted", ParentType, ContextType, Partial<SubscriptionActualPostedArgs>>;
  actualReversed?: SubscriptionResolver<ResolversTypes['ActualReversed'], "actualReversed", ParentType, ContextType, Partial<SubscriptionActualReversedArgs>>;
  assignmentChanged?: SubscriptionResolver<ResolversTypes['AssignmentChanged'], "assignmentChanged", ParentType, ContextType, Partial<SubscriptionAssignmentChangedArgs>>;
  businessEvents?: SubscriptionResolver<ResolversTypes['BusinessEvent'], "businessEvents", ParentType, ContextType, Partial<SubscriptionBusinessEventsArgs>>;
  contractClosed?: SubscriptionResolver<ResolversTypes['ContractClosed'], "contractClosed", ParentType, ContextType, Partial<SubscriptionContractClosedArgs>>;
  contractConfirmed?: SubscriptionResolver<ResolversTypes['ContractConfirmed'], "contractConfirmed", ParentType, ContextType, Partial<SubscriptionContractConfirmedArgs>>;
  contractUpdated?: SubscriptionResolver<ResolversTypes['ContractUpdated'], "contractUpdated", ParentType, ContextType, Partial<SubscriptionContractUpdatedArgs>>;
  customerCreated?: SubscriptionResolver<ResolversTypes['CustomerCreated'], "customerCreated", ParentType, ContextType, Partial<SubscriptionCustomerCreatedArgs>>;
  customerUpdated?: SubscriptionResolver<ResolversTypes['CustomerUpdated'], "customerUpdated", ParentType, ContextType, Partial<SubscriptionCustomerUpdatedArgs>>;
  employeeHired?: SubscriptionResolver<ResolversTypes['EmployeeHired'], "employeeHired", ParentType, ContextType, Partial<SubscriptionEmployeeHiredArgs>>;
  employeeTerminated?: SubscriptionResolver<ResolversTypes['EmployeeTerminated'], "employeeTerminated", ParentType, ContextType, Partial<SubscriptionEmployeeTerminatedArgs>>;
  employeeUpdated?: SubscriptionResolver<ResolversTypes['EmployeeUpdated'], "employeeUpdated", ParentType, ContextType, Partial<SubscriptionEmployeeUpdatedArgs>>;
  engagementCreated?: SubscriptionResolver<ResolversTypes['EngagementCreated'], "engagementCreated", ParentType, ContextType, Partial<SubscriptionEngagementCreatedArgs>>;
  engagementStatusChanged?: SubscriptionResolver<ResolversTypes['EngagementStatusChanged'], "engagementStatusChanged", ParentType, ContextType, Partial<SubscriptionEngagementStatusChangedArgs>>;
  exceptionDismissed?: SubscriptionResolver<ResolversTypes['ExceptionDismissed'], "exceptionDismissed", ParentType, ContextType, Partial<SubscriptionExceptionDismissedArgs>>;
  exceptionOpened?: SubscriptionResolver<ResolversTypes['ExceptionOpened'], "exceptionOpened", ParentType, ContextType, Partial<SubscriptionExceptionOpenedArgs>>;
  exceptionResolved?: SubscriptionResolver<ResolversTypes['ExceptionResolved'], "exceptionResolved", ParentType, ContextType, Partial<SubscriptionExceptionResolvedArgs>>;
  exceptionRetryRequested?: SubscriptionResolver<ResolversTypes['ExceptionRetryRequested'], "exceptionRetryRequested", ParentType, ContextType, Partial<SubscriptionExceptionRetryRequestedArgs>>;
  expenseApproved?: SubscriptionResolver<ResolversTypes['ExpenseApproved'], "expenseApproved", ParentType, ContextType, Partial<SubscriptionExpenseApprovedArgs>>;
  expenseReimbursed?: SubscriptionResolver<ResolversTypes['ExpenseReimbursed'], "expenseReimbursed", ParentType, ContextType, Partial<SubscriptionExpenseReimbursedArgs>>;
  expenseRejected?: SubscriptionResolver<ResolversTypes['ExpenseRejected'], "expenseRejected", ParentType, ContextType, Partial<SubscriptionExpenseRejectedArgs>>;
  expenseSubmitted?: SubscriptionResolver<ResolversTypes['ExpenseSubmitted'], "expenseSubmitted", ParentType, ContextType, Partial<SubscriptionExpenseSubmittedArgs>>;
  invoiceCancelled?: SubscriptionResolver<ResolversTypes['InvoiceCancelled'], "invoiceCancelled", ParentType, ContextType, Partial<SubscriptionInvoiceCancelledArgs>>;
  invoiceCredited?: SubscriptionResolver<ResolversTypes['InvoiceCredited'], "invoiceCredited", ParentType, ContextType, Partial<SubscriptionInvoiceCreditedArgs>>;
  invoiceDrafted?: SubscriptionResolver<ResolversTypes['InvoiceDrafted'], "invoiceDrafted", ParentType, ContextType, Partial<SubscriptionInvoiceDraftedArgs>>;
  invoicePaid?: SubscriptionResolver<ResolversTypes['InvoicePaid'], "invoicePaid", ParentType, ContextType, Partial<SubscriptionInvoicePaidArgs>>;
  invoicePosted?: SubscriptionResolver<ResolversTypes['InvoicePosted'], "invoicePosted", ParentType, ContextType, Partial<SubscriptionInvoicePostedArgs>>;
  invoiceTaxFailed?: SubscriptionResolver<ResolversTypes['InvoiceTaxFailed'], "invoiceTaxFailed", ParentType, ContextType, Partial<SubscriptionInvoiceTaxFailedArgs>>;
  journalPosted?: SubscriptionResolver<ResolversTypes['JournalPosted'], "journalPosted", ParentType, ContextType, Partial<SubscriptionJournalPostedArgs>>;
  milestoneAccepted?: SubscriptionResolver<ResolversTypes['MilestoneAccepted'], "milestoneAccepted", ParentType, ContextType, Partial<SubscriptionMilestoneAcceptedArgs>>;
  milestoneReached?: SubscriptionResolver<ResolversTypes['MilestoneReached'], "milestoneReached", ParentType, ContextType, Partial<SubscriptionMilestoneReachedArgs>>;
  paymentApplied?: SubscriptionResolver<ResolversTypes['PaymentApplied'], "paymentApplied", ParentType, ContextType, Partial<SubscriptionPaymentAppliedArgs>>;
  paymentReceived?: SubscriptionResolver<ResolversTypes['PaymentReceived'], "paymentReceived", ParentType, ContextType, Partial<SubscriptionPaymentReceivedArgs>>;
  paymentReversed?: SubscriptionResolver<ResolversTypes['PaymentReversed'], "paymentReversed", ParentType, ContextType, Partial<SubscriptionPaymentReversedArgs>>;
  periodClosed?: SubscriptionResolver<ResolversTypes['PeriodClosed'], "periodClosed", ParentType, ContextType, Partial<SubscriptionPeriodClosedArgs>>;
  projectCreated?: SubscriptionResolver<ResolversTypes['ProjectCreated'], "projectCreated", ParentType, ContextType, Partial<SubscriptionProjectCreatedArgs>>;
  projectStatusChanged?: SubscriptionResolver<ResolversTypes['ProjectStatusChanged'], "projectStatusChanged", ParentType, ContextType, Partial<SubscriptionProjectStatusChangedArgs>>;
  rateCardPublished?: SubscriptionResolver<ResolversTypes['RateCardPublished'], "rateCardPublished", ParentType, ContextType, Partial<SubscriptionRateCardPublishedArgs>>;
  resourceAssigned?: SubscriptionResolver<ResolversTypes['ResourceAssigned'], "resourceAssigned", ParentType, ContextType, Partial<SubscriptionResourceAssignedArgs>>;
  revenueRecognized?: SubscriptionResolver<ResolversTypes['RevenueRecognized'], "revenueRecognized", ParentType, ContextType, Partial<SubscriptionRevenueRecognizedArgs>>;
  taskCreated?: SubscriptionResolver<ResolversTypes['TaskCreated'], "taskCreated", ParentType, ContextType, Partial<SubscriptionTaskCreatedArgs>>;
  taskStatusChanged?: SubscriptionResolver<ResolversTypes['TaskStatusChanged'], "taskStatusChanged", ParentType, ContextType, Partial<SubscriptionTaskStatusChangedArgs>>;
  timeEntryRecalled?: SubscriptionResolver<ResolversTypes['TimeEntryRecalled'], "timeEntryRecalled", ParentType, ContextType, Partial<SubscriptionTimeEntryRecalledArgs>>;
  timesheetApproved?: SubscriptionResolver<ResolversTypes['TimesheetApproved'], "timesheetApproved", ParentType, ContextType, Partial<SubscriptionTimesheetApprovedArgs>>;
  timesheetRejected?: SubscriptionResolver<ResolversTypes['TimesheetRejected'], "timesheetRejected", ParentType, ContextType, Partial<SubscriptionTimesheetRejectedArgs>>;
  timesheetSubmitted?: SubscriptionResolver<ResolversTypes['TimesheetSubmitted'], "timesheetSubmitted", ParentType, ContextType, Partial<SubscriptionTimesheetSubmittedArgs>>;
};

export type TaskResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Task'] = ResolversParentTypes['Task']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TaskCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskCreated'] = ResolversParentTypes['TaskCreated'], FederationReferenceType extends FederationReferenceTypes['TaskCreated'] = FederationReferenceTypes['TaskCreated']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TaskCreated']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaskStatusChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskStatusChanged'] = ResolversParentTypes['TaskStatusChanged'], FederationReferenceType extends FederationReferenceTypes['TaskStatusChanged'] = FederationReferenceTypes['TaskStatusChanged']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TaskStatusChanged']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  previousStatus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  task?: Resolver<Maybe<ResolversTypes['Task']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimeEntryRecalledResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimeEntryRecalled'] = ResolversParentTypes['TimeEntryRecalled'], FederationReferenceType extends FederationReferenceTypes['TimeEntryRecalled'] = FederationReferenceTypes['TimeEntryRecalled']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimeEntryRecalled']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  entryVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  timeEntry?: Resolver<Maybe<ResolversTypes['TimesheetEntry']>, ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  wasApproved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  wasPosted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  workDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimesheetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Timesheet'] = ResolversParentTypes['Timesheet']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TimesheetApprovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetApproved'] = ResolversParentTypes['TimesheetApproved'], FederationReferenceType extends FederationReferenceTypes['TimesheetApproved'] = FederationReferenceTypes['TimesheetApproved']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetApproved']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  approver?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  entries?: Resolver<Array<Maybe<ResolversTypes['TimesheetEntry']>>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimesheetEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetEntry'] = ResolversParentTypes['TimesheetEntry'], FederationReferenceType extends FederationReferenceTypes['TimesheetEntry'] = FederationReferenceTypes['TimesheetEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  exceptions?: Resolver<ResolversTypes['ProcessExceptionConnection'], ParentType, ContextType, RequireFields<TimesheetEntryExceptionsArgs, 'orderBy'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TimesheetRejectedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetRejected'] = ResolversParentTypes['TimesheetRejected'], FederationReferenceType extends FederationReferenceTypes['TimesheetRejected'] = FederationReferenceTypes['TimesheetRejected']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetRejected']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  approver?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  entries?: Resolver<Array<Maybe<ResolversTypes['TimesheetEntry']>>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimesheetSubmittedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimesheetSubmitted'] = ResolversParentTypes['TimesheetSubmitted'], FederationReferenceType extends FederationReferenceTypes['TimesheetSubmitted'] = FederationReferenceTypes['TimesheetSubmitted']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TimesheetSubmitted']> | FederationReferenceType, FederationReferenceType, ContextType>;
  actorId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['Cursor'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  employee?: Resolver<Maybe<ResolversTypes['Employee']>, ParentType, ContextType>;
  engagement?: Resolver<Maybe<ResolversTypes['Engagement']>, ParentType, ContextType>;
  entries?: Resolver<Array<Maybe<ResolversTypes['TimesheetEntry']>>, ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  project?: Resolver<Maybe<ResolversTypes['Project']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  timesheet?: Resolver<Maybe<ResolversTypes['Timesheet']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['BusinessEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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
  Actual?: ActualResolvers<ContextType>;
  ActualPosted?: ActualPostedResolvers<ContextType>;
  ActualReversed?: ActualReversedResolvers<ContextType>;
  Assignment?: AssignmentResolvers<ContextType>;
  AssignmentChanged?: AssignmentChangedResolvers<ContextType>;
  AvailableAction?: AvailableActionResolvers<ContextType>;
  BusinessEvent?: BusinessEventResolvers<ContextType>;
  BusinessTrace?: BusinessTraceResolvers<ContextType>;
  BusinessTraceEntry?: BusinessTraceEntryResolvers<ContextType>;
  Consumer?: ConsumerResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractClosed?: ContractClosedResolvers<ContextType>;
  ContractConfirmed?: ContractConfirmedResolvers<ContextType>;
  ContractUpdated?: ContractUpdatedResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  CustomerCreated?: CustomerCreatedResolvers<ContextType>;
  CustomerUpdated?: CustomerUpdatedResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryActionPayload?: DeliveryActionPayloadResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  Employee?: EmployeeResolvers<ContextType>;
  EmployeeHired?: EmployeeHiredResolvers<ContextType>;
  EmployeeTerminated?: EmployeeTerminatedResolvers<ContextType>;
  EmployeeUpdated?: EmployeeUpdatedResolvers<ContextType>;
  Engagement?: EngagementResolvers<ContextType>;
  EngagementCreated?: EngagementCreatedResolvers<ContextType>;
  EngagementStatusChanged?: EngagementStatusChangedResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventSubject?: EventSubjectResolvers<ContextType>;
  ExceptionDismissed?: ExceptionDismissedResolvers<ContextType>;
  ExceptionOpened?: ExceptionOpenedResolvers<ContextType>;
  ExceptionResolved?: ExceptionResolvedResolvers<ContextType>;
  ExceptionRetryRequested?: ExceptionRetryRequestedResolvers<ContextType>;
  ExceptionSummary?: ExceptionSummaryResolvers<ContextType>;
  ExpenseApproved?: ExpenseApprovedResolvers<ContextType>;
  ExpenseItem?: ExpenseItemResolvers<ContextType>;
  ExpenseReimbursed?: ExpenseReimbursedResolvers<ContextType>;
  ExpenseRejected?: ExpenseRejectedResolvers<ContextType>;
  ExpenseSubmitted?: ExpenseSubmittedResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  FactLog?: FactLogResolvers<ContextType>;
  FiscalPeriod?: FiscalPeriodResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceCancelled?: InvoiceCancelledResolvers<ContextType>;
  InvoiceCredited?: InvoiceCreditedResolvers<ContextType>;
  InvoiceDrafted?: InvoiceDraftedResolvers<ContextType>;
  InvoicePaid?: InvoicePaidResolvers<ContextType>;
  InvoicePosted?: InvoicePostedResolvers<ContextType>;
  InvoiceTaxFailed?: InvoiceTaxFailedResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  JournalPosted?: JournalPostedResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  Milestone?: MilestoneResolvers<ContextType>;
  MilestoneAccepted?: MilestoneAcceptedResolvers<ContextType>;
  MilestoneReached?: MilestoneReachedResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Operations?: OperationsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentApplied?: PaymentAppliedResolvers<ContextType>;
  PaymentReceived?: PaymentReceivedResolvers<ContextType>;
  PaymentReversed?: PaymentReversedResolvers<ContextType>;
  PeriodClosed?: PeriodClosedResolvers<ContextType>;
  ProcessException?: ProcessExceptionResolvers<ContextType>;
  ProcessExceptionActionPayload?: ProcessExceptionActionPayloadResolvers<ContextType>;
  ProcessExceptionConnection?: ProcessExceptionConnectionResolvers<ContextType>;
  ProcessExceptionEdge?: ProcessExceptionEdgeResolvers<ContextType>;
  Project?: ProjectResolvers<ContextType>;
  ProjectCreated?: ProjectCreatedResolvers<ContextType>;
  ProjectStatusChanged?: ProjectStatusChangedResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateCard?: RateCardResolvers<ContextType>;
  RateCardPublished?: RateCardPublishedResolvers<ContextType>;
  RateCardVersion?: RateCardVersionResolvers<ContextType>;
  ResourceAssigned?: ResourceAssignedResolvers<ContextType>;
  RetryExceptionsPayload?: RetryExceptionsPayloadResolvers<ContextType>;
  RetryExceptionsResult?: RetryExceptionsResultResolvers<ContextType>;
  RevenueEvent?: RevenueEventResolvers<ContextType>;
  RevenueRecognized?: RevenueRecognizedResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Task?: TaskResolvers<ContextType>;
  TaskCreated?: TaskCreatedResolvers<ContextType>;
  TaskStatusChanged?: TaskStatusChangedResolvers<ContextType>;
  TimeEntryRecalled?: TimeEntryRecalledResolvers<ContextType>;
  Timesheet?: TimesheetResolvers<ContextType>;
  TimesheetApproved?: TimesheetApprovedResolvers<ContextType>;
  TimesheetEntry?: TimesheetEntryResolvers<ContextType>;
  TimesheetRejected?: TimesheetRejectedResolvers<ContextType>;
  TimesheetSubmitted?: TimesheetSubmittedResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

