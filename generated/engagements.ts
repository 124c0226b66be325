import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerRow } from '../subgraphs/engagements/tables.ts';
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

/** An action that a workflow state allows, and what stands against it for the present actor. */
export type AvailableAction = {
  __typename?: 'AvailableAction';
  /** The action's name, as in docs/lifecycles.md. */
  name: Scalars['String']['output'];
  /** Why it would be refused now, each as "guard: sentence"; empty when it is allowed. */
  refusals: Array<Scalars['String']['output']>;
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
  /** When the customer was created in Accord. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency that the customer is billed in unless a contract says otherwise; null until it is known. */
  currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** How other systems call the customer. */
  externalRefs: Array<ExternalRef>;
  /** The id that Accord gave; never reused. */
  id: Scalars['ID']['output'];
  /** The name that people use. */
  name: Scalars['String']['output'];
  /** The customer that this one belongs to, if it belongs to one. */
  parent?: Maybe<Customer>;
  /** Where the customer is in its lifecycle. */
  status: CustomerStatus;
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

/** The kinds of refusal. The same names stand in extensions.code of GraphQL errors. */
export type ErrorCode =
  /** The operation would cost too much. Ask for less. */
  | 'COST_LIMIT'
  /** Amounts of different currencies were mixed. */
  | 'CURRENCY_MISMATCH'
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
  /** PROSPECT or INACTIVE to ACTIVE. States CustomerUpdated. */
  activateCustomer: CustomerActionPayload;
  /** Creates a customer as PROSPECT. States CustomerCreated. */
  createCustomer: CreateCustomerPayload;
  /** ACTIVE to INACTIVE. States CustomerUpdated. */
  deactivateCustomer: CustomerActionPayload;
  /** Changes what a customer says of itself. States CustomerUpdated. */
  updateCustomer: UpdateCustomerPayload;
  /** Creates or changes up to 500 customers by external reference; each item has its own result. */
  upsertCustomers: UpsertCustomersPayload;
};


export type MutationActivateCustomerArgs = {
  input: CustomerActionInput;
};


export type MutationCreateCustomerArgs = {
  input: CreateCustomerInput;
};


export type MutationDeactivateCustomerArgs = {
  input: CustomerActionInput;
};


export type MutationUpdateCustomerArgs = {
  input: UpdateCustomerInput;
};


export type MutationUpsertCustomersArgs = {
  input: UpsertCustomersInput;
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

export type Query = {
  __typename?: 'Query';
  /** One customer; null when there is none that this actor may know of. */
  customer?: Maybe<Customer>;
  /** Customers by name, or in another order. */
  customers: CustomerConnection;
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

/** The way of an order. */
export type SortDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

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
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AvailableAction: ResolverTypeWrapper<AvailableAction>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CreateCustomerInput: CreateCustomerInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CreateCustomerPayload: ResolverTypeWrapper<Omit<CreateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Cursor: ResolverTypeWrapper<Scalars['Cursor']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
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
  ErrorCode: ErrorCode;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  ExternalRefInput: ExternalRefInput;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SortDirection: SortDirection;
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: ResolverTypeWrapper<Omit<UpdateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  UpsertCustomerItem: UpsertCustomerItem;
  UpsertCustomerResult: ResolverTypeWrapper<Omit<UpsertCustomerResult, 'customer'> & { customer?: Maybe<ResolversTypes['Customer']> }>;
  UpsertCustomersInput: UpsertCustomersInput;
  UpsertCustomersPayload: ResolverTypeWrapper<Omit<UpsertCustomersPayload, 'results'> & { results: Array<ResolversTypes['UpsertCustomerResult']> }>;
  UserError: ResolverTypeWrapper<UserError>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AvailableAction: AvailableAction;
  String: Scalars['String']['output'];
  CreateCustomerInput: CreateCustomerInput;
  ID: Scalars['ID']['output'];
  CreateCustomerPayload: Omit<CreateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  Boolean: Scalars['Boolean']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Cursor: Scalars['Cursor']['output'];
  Customer: CustomerRow;
  Int: Scalars['Int']['output'];
  CustomerActionInput: CustomerActionInput;
  CustomerActionPayload: Omit<CustomerActionPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  CustomerConnection: Connection<CustomerRow>;
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  CustomerFilter: CustomerFilter;
  CustomerOrder: CustomerOrder;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  ExternalRef: ExternalRef;
  ExternalRefInput: ExternalRefInput;
  Money: Money;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  UpdateCustomerInput: UpdateCustomerInput;
  UpdateCustomerPayload: Omit<UpdateCustomerPayload, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  UpsertCustomerItem: UpsertCustomerItem;
  UpsertCustomerResult: Omit<UpsertCustomerResult, 'customer'> & { customer?: Maybe<ResolversParentTypes['Customer']> };
  UpsertCustomersInput: UpsertCustomersInput;
  UpsertCustomersPayload: Omit<UpsertCustomersPayload, 'results'> & { results: Array<ResolversParentTypes['UpsertCustomerResult']> };
  UserError: UserError;
};

export type AvailableActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailableAction'] = ResolversParentTypes['AvailableAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refusals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreateCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateCustomerPayload'] = ResolversParentTypes['CreateCustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
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
  availableActions?: Resolver<Array<ResolversTypes['AvailableAction']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  billingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  children?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<CustomerChildrenArgs, 'orderBy'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  externalRefs?: Resolver<Array<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CustomerStatus'], ParentType, ContextType>;
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

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  syncedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activateCustomer?: Resolver<ResolversTypes['CustomerActionPayload'], ParentType, ContextType, RequireFields<MutationActivateCustomerArgs, 'input'>>;
  createCustomer?: Resolver<ResolversTypes['CreateCustomerPayload'], ParentType, ContextType, RequireFields<MutationCreateCustomerArgs, 'input'>>;
  deactivateCustomer?: Resolver<ResolversTypes['CustomerActionPayload'], ParentType, ContextType, RequireFields<MutationDeactivateCustomerArgs, 'input'>>;
  updateCustomer?: Resolver<ResolversTypes['UpdateCustomerPayload'], ParentType, ContextType, RequireFields<MutationUpdateCustomerArgs, 'input'>>;
  upsertCustomers?: Resolver<ResolversTypes['UpsertCustomersPayload'], ParentType, ContextType, RequireFields<MutationUpsertCustomersArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['Cursor']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<QueryCustomersArgs, 'orderBy'>>;
};

export type UpdateCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateCustomerPayload'] = ResolversParentTypes['UpdateCustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  CreateCustomerPayload?: CreateCustomerPayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Cursor?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  CustomerActionPayload?: CustomerActionPayloadResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  UpdateCustomerPayload?: UpdateCustomerPayloadResolvers<ContextType>;
  UpsertCustomerResult?: UpsertCustomerResultResolvers<ContextType>;
  UpsertCustomersPayload?: UpsertCustomersPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

