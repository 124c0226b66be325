import type { Actor } from '#kernel/actor.ts';
import { balanceColumns, balanceIndexes, idPart } from '#kernel/balance.ts';
import type { Change } from '#kernel/change.ts';
import { count, entityColumns, instant, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import type { ErrorCode } from '#kernel/errors.ts';
import type { EventFilter } from '#kernel/event.ts';
import { boolean, index, integer, jsonb, pgSchema, sql, text, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type ExceptionStatus, exceptionMachine } from './exception/machine.ts';
import type { NodeType } from './node/nodeTypes.ts';
import type { ProposalRow } from './proposal/table.ts';
import type { revocations } from './revocation/table.ts';
import type { runs } from './run/table.ts';
import type { schemaUses } from './schemaUsage/table.ts';
import { type WebhookEndpointStatus, webhookEndpointMachine } from './webhook/machine.ts';
import type { webhookAttempts, webhookDeliveries } from './webhook/table.ts';

export * from './tables/reconciliation.ts';

export const operations = pgSchema('operations');

export const exceptions = operations.table(
  'exception',
  {
    ...entityColumns(),
    process: text('process').notNull(),
    code: text('code').$type<ErrorCode>().notNull(),
    message: text('message').notNull(),
    status: text('status').$type<ExceptionStatus>().notNull().default('OPEN'),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    customerId: uuid('customer_id'),
    engagementId: uuid('engagement_id'),
    projectId: uuid('project_id'),
    employeeId: uuid('employee_id'),
    legalEntityId: uuid('legal_entity_id'),
    owner: text('owner').notNull(),
    seconds: count('seconds'),
    amountMinor: count('amount_minor'),
    currency: text('currency'),
    attempts: integer('attempts').notNull().default(1),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    endedAt: instant('ended_at'),
    dismissalReason: text('dismissal_reason'),
    correlationId: text('correlation_id').notNull(),
    factId: uuid('fact_id'),
  },
  (table) => [
    oneOf('exception_status', table.status, exceptionMachine.states),
    uniqueIndex('exception_standing').on(table.process, table.subjectType, table.subjectId).where(sql`status in ('OPEN', 'RETRYING')`),
    index('exception_by_last').on(table.lastSeenAt, table.id),
    index('exception_by_first').on(table.firstSeenAt, table.id),
    index('exception_by_code').on(table.code, table.id),
    index('exception_open_by_code').on(table.code, table.id).where(sql`status = 'OPEN'`),
    index('exception_standing_by_first').on(table.firstSeenAt, table.id).where(sql`status in ('OPEN', 'RETRYING')`),
    index('exception_by_status').on(table.status, table.lastSeenAt, table.id),
    index('exception_by_customer').on(table.customerId, table.lastSeenAt, table.id),
    index('exception_by_project').on(table.projectId, table.lastSeenAt, table.id),
    index('exception_by_employee').on(table.employeeId, table.lastSeenAt, table.id),
    index('exception_by_subject').on(table.subjectId, table.lastSeenAt, table.id),
    index('exception_by_correlation').on(table.correlationId, table.lastSeenAt, table.id),
  ],
);
export type ProcessExceptionRow = typeof exceptions.$inferSelect;
export const exception = entity('ProcessException', exceptions);

/** A cause of exceptions that somebody mended: those of its code, and of its ids where it names some, are tried again behind `afterId`. */
export const repairs = operations.table(
  'repair',
  {
    ...entityColumns(),
    code: text('code').$type<ErrorCode>().notNull(),
    customerId: uuid('customer_id'),
    projectId: uuid('project_id'),
    legalEntityId: uuid('legal_entity_id'),
    mendedAt: instant('mended_at').notNull(),
    dueAt: instant('due_at').notNull(),
    /** The second and last look, at what was tried while the mend was being made. */
    last: boolean('last').notNull().default(false),
    afterId: uuid('after_id'),
    correlationId: text('correlation_id').notNull(),
    factId: uuid('fact_id').notNull(),
    traceparent: text('traceparent'),
  },
  (table) => [uniqueIndex('repair_of_fact').on(table.factId, table.code), index('repair_by_due').on(table.dueAt, table.id)],
);
export type RepairRow = typeof repairs.$inferSelect;
export const repair = entity('Repair', repairs);

/** Exceptions of all times, by what the desk groups by. */
export const exceptionBalances = operations.table(
  'exception_balance',
  {
    status: text('status').$type<ExceptionStatus>().notNull(),
    code: text('code').$type<ErrorCode>().notNull(),
    process: text('process').notNull(),
    owner: text('owner').notNull(),
    customerId: uuid('customer_id'),
    currency: text('currency'),
    exceptions: count('exceptions').notNull(),
    seconds: count('seconds').notNull(),
    amountMinor: count('amount_minor').notNull(),
    ...balanceColumns(['status', 'code', 'process', 'owner', idPart('customer_id'), 'currency']),
  },
  (table) => [...balanceIndexes('exception_balance', table), index('exception_balance_of_customer').on(table.customerId)],
);

/** Why an endpoint was disabled: somebody asked for it, it said that it is no more, or it took nothing for days. */
export type StopReason = 'ASKED' | 'GONE' | 'FAILING';
export type WebhookContract = 'PORTAL' | 'PARTNER' | 'PSA' | 'ANALYTICS';

/** Who is told of events by calls to an address. What signs them, the queue and the ledger are the log's. */
export const webhookEndpoints = operations.table(
  'webhook_endpoint',
  {
    ...entityColumns(),
    status: text('status').$type<WebhookEndpointStatus>().notNull().default('ACTIVE'),
    url: text('url').notNull(),
    description: text('description'),
    /** Whose contract shows what the events hold; null: the whole graph. */
    contract: text('contract').$type<WebhookContract>(),
    /** What events ask for, of what its maker held: it sees no more than they. */
    permissions: jsonb('permissions').$type<string[]>().notNull(),
    customerIds: jsonb('customer_ids').$type<string[]>(),
    legalEntityIds: jsonb('legal_entity_ids').$type<string[]>(),
    employeeIds: jsonb('employee_ids').$type<string[]>(),
    filter: jsonb('filter').$type<EventFilter>().notNull(),
    /** Facts behind this place of the log are sent. */
    startPosition: count('start_position').notNull(),
    stoppedPosition: count('stopped_position'),
    stoppedAt: instant('stopped_at'),
    stopReason: text('stop_reason').$type<StopReason>(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    oneOf('webhook_endpoint_status', table.status, webhookEndpointMachine.states),
    index('webhook_endpoint_by_time').on(table.createdAt, table.id),
    index('webhook_endpoint_by_status').on(table.status, table.createdAt, table.id),
  ],
);
export type WebhookEndpointRow = typeof webhookEndpoints.$inferSelect;
export const webhookEndpoint = entity('WebhookEndpoint', webhookEndpoints);
export type WebhookDeliveryRow = typeof webhookDeliveries.$inferSelect;
export type WebhookAttemptRow = typeof webhookAttempts.$inferSelect;

/** A row of the kernel's log.delivery. */
export type DeliveryRow = {
  id: string;
  consumer: string;
  factId: string;
  position: string;
  status: 'PENDING' | 'DELIVERED' | 'FAILED' | 'PARKED' | 'SKIPPED';
  attempts: number;
  nextAttemptAt: Date | null;
  acknowledgedAt: Date | null;
  reason: string | null;
  receipt: string | null;
};

/** An exception, a parked delivery, a run that gave up or a proposal that waits; `key` orders those of one instant. */
export type StuckItemRow = {
  key: string;
  id: string;
  kind: 'EXCEPTION' | 'DELIVERY' | 'PROCESS_RUN' | 'PROPOSAL';
  code: ErrorCode;
  message: string;
  stuckAt: Date;
  process: string;
  subjectType: string;
  subjectId: string;
  owner: string;
};

/** An entity that was written, once in a page: by its last note there. */
export type EntityChangeRow = Change & { type: NodeType; deleted: boolean };

/** A fact as the contract shows it; its fields depend on its type. */
export type BusinessEventRow = Record<string, unknown>;

export type OperationsRow = Record<string, never>;

export type OwnershipProposalRow = ProposalRow;
export type TokenRevocationRow = typeof revocations.$inferSelect;
export type SchemaUsageRow = typeof schemaUses.$inferSelect;
export type ViewerRow = Actor;

/** Entities of siblings that operations adds fields to. */
export type TimesheetEntryRow = { id: string };
export type ExpenseItemRow = { id: string };
export type InvoiceRow = { id: string };
export type OpportunityRow = { id: string };

export type BusinessTraceEntryRow = { event: BusinessEventRow; cause: BusinessEventRow | null; deliveries: DeliveryRow[] };

visible(exceptions, { customer: exceptions.customerId, legalEntity: exceptions.legalEntityId, client: false, partner: false });
visible(webhookEndpoints, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
visible(repairs, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
visible(exceptionBalances, { customer: exceptionBalances.customerId, legalEntity: 'firm', client: false, partner: false });
/** A row of the kernel's log.process_run. */
export type ProcessRunRow = typeof runs.$inferSelect;

/** A row of the kernel's log.process_step. */
export type ProcessRunStepRow = {
  number: number;
  name: string;
  state: 'OPEN' | 'DONE' | 'FAILED' | 'CANCELLED';
  compensates: number | null;
  attempts: number;
  dueAt: Date;
  deadlineAt: Date | null;
  endedAt: Date | null;
  reason: string | null;
};
