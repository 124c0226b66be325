import { count, instant } from '#kernel/columns.ts';
import { integer, pgSchema, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import type { AttemptOutcome } from '#kernel/webhookClaim.ts';
import type { DeliveryStatus } from '#kernel/webhookQueue.ts';

const log = pgSchema('log');

/** The kernel's log.webhook_delivery as lists read it; only the kernel writes it. */
export const webhookDeliveries = log.table('webhook_delivery', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  endpointId: uuid('endpoint_id').notNull(),
  kind: text('kind').$type<'EVENT' | 'PING'>().notNull(),
  factId: uuid('fact_id'),
  position: count('position'),
  type: text('type').notNull(),
  status: text('status').$type<DeliveryStatus>().notNull(),
  attempts: integer('attempts').notNull(),
  dueAt: instant('due_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** The kernel's log.webhook_attempt as lists read it. */
export const webhookAttempts = log.table('webhook_attempt', {
  id: uuid('id').primaryKey(),
  version: integer('version').notNull(),
  deliveryId: uuid('delivery_id').notNull(),
  number: integer('number').notNull(),
  outcome: text('outcome').$type<AttemptOutcome>().notNull(),
  httpStatus: integer('http_status'),
  latencyMs: integer('latency_ms').notNull(),
  reason: text('reason'),
  response: text('response'),
  startedAt: instant('started_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

visible(webhookDeliveries, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
visible(webhookAttempts, { customer: 'firm', legalEntity: 'firm', client: false, partner: false });
