import type {
  WebhookDeliveryFilter,
  WebhookDeliveryOrderField,
  WebhookEndpointFilter,
  WebhookEndpointOrderField,
  WebhookSigningKey,
} from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { idIn, wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { type WebhookDeliveryRow, type WebhookEndpointRow, webhookEndpoints } from '../tables.ts';
import { webhookAttempts, webhookDeliveries } from './table.ts';

const what = 'What webhooks are sent';

/** Endpoints and what they are sent is the firm's own: no part of it. */
export function demandReader({ actor }: Context): void {
  demand(actor, 'webhook:read');
  demandWholeFirm(actor, what);
}

async function endpointsById(context: Context, ids: readonly string[]): Promise<Map<string, WebhookEndpointRow>> {
  demandReader(context);
  return rowsById(context.db, webhookEndpoints, ids);
}

/** An endpoint by its id. */
export function readEndpoint(context: Context, id: string): Promise<WebhookEndpointRow | undefined> {
  return context.load(endpointsById, id);
}

async function deliveriesById(context: Context, ids: readonly string[]): Promise<Map<string, WebhookDeliveryRow>> {
  demandReader(context);
  return rowsById(context.db, webhookDeliveries, ids);
}

/** A delivery by its id. */
export function readWebhookDelivery(context: Context, id: string): Promise<WebhookDeliveryRow | undefined> {
  return context.load(deliveriesById, id);
}

/** Endpoints, the newest first. */
export const endpointList: List<typeof webhookEndpoints, WebhookEndpointFilter, WebhookEndpointOrderField> = {
  table: webhookEndpoints,
  read: 'webhook:read',
  orders: { CREATED_AT: webhookEndpoints.createdAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: ({ statuses }) => [wordIn(webhookEndpoints.status, statuses)],
};

/** Deliveries, the newest first. */
export const deliveryList: List<typeof webhookDeliveries, WebhookDeliveryFilter, WebhookDeliveryOrderField> = {
  table: webhookDeliveries,
  read: 'webhook:read',
  orders: { CREATED_AT: webhookDeliveries.createdAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: ({ endpointIds, statuses, eventIds }) => [
    idIn(webhookDeliveries.endpointId, endpointIds),
    wordIn(webhookDeliveries.status, statuses),
    idIn(webhookDeliveries.factId, eventIds),
  ],
};

/** The attempts of a delivery, the first first. */
export const attemptsOfDelivery = childList<typeof webhookAttempts, never, 'STARTED_AT'>(
  {
    table: webhookAttempts,
    read: 'webhook:read',
    orders: { STARTED_AT: webhookAttempts.startedAt },
    defaultOrder: { field: 'STARTED_AT', direction: 'ASC' },
    filter: () => [],
  },
  webhookAttempts.deliveryId,
);

type Fares = { firstFailedAt: Date | null; lastSuccessAt: Date | null; lastAttemptAt: Date | null; resumesAt: Date | null };

const instantOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

/** Batch: how endpoints fare. */
export async function faresOf(context: Context, ids: readonly string[]): Promise<Map<string, Fares>> {
  const rows = await context.db.execute(sql`select * from log.webhook_state where endpoint_id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(
    rows.map((row) => [
      String(row.endpoint_id),
      {
        firstFailedAt: instantOf(row.failing_since),
        lastSuccessAt: instantOf(row.last_success_at),
        lastAttemptAt: instantOf(row.last_attempt_at),
        resumesAt: instantOf(row.not_before),
      },
    ]),
  );
}

/** Batch: the keys of endpoints that sign now, the newest first. */
export async function keysOf(context: Context, ids: readonly string[]): Promise<Map<string, WebhookSigningKey[]>> {
  const rows = await context.db.execute(sql`
    select * from log.webhook_key where endpoint_id = any(${sql.param([...ids])}::uuid[]) and (ends_at is null or ends_at > ${context.clock().toISOString()})
    order by created_at desc, id desc`);
  const found = new Map<string, WebhookSigningKey[]>(ids.map((id) => [id, []]));
  for (const row of rows) {
    found.get(String(row.endpoint_id))?.push({
      kind: row.kind === 'HMAC' ? 'HMAC' : 'ED25519',
      publicKey: row.public_key === null ? null : String(row.public_key),
      createdAt: new Date(String(row.created_at)),
      endsAt: instantOf(row.ends_at),
    });
  }
  return found;
}
