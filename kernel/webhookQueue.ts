import type { Db, Tx } from './db.ts';
import { type Fact, toFact } from './facts.ts';
import { newId, partId } from './ids.ts';
import { takePartitions } from './partition.ts';
import { type SQL, sql } from './sql.ts';
import type { MadeKey, SignatureKind, SigningKey } from './webhookSignature.ts';

/** The name under which the log knows how far it has been read for endpoints. */
export const webhookReader = 'webhooks';

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED' | 'CANCELLED';

/** One fact for one endpoint. */
export type Queued = { endpointId: string; fact: Pick<Fact, 'id' | 'position' | 'type' | 'subjectId'> };

/** The webhook-id of a fact at an endpoint: the same whenever it is sent. */
export function deliveryIdOf(endpointId: string, factId: string): string {
  return partId(endpointId, factId);
}

/** Puts facts into the queues of endpoints, in this order. `again`: what has been delivered, or has failed, is sent once more. */
export async function queueDeliveries(tx: Tx, queued: readonly Queued[], { now, again = false }: { now: Date; again?: boolean }): Promise<number> {
  if (queued.length === 0) return 0;
  const rows = queued.map(({ endpointId, fact }) => ({
    id: deliveryIdOf(endpointId, fact.id),
    endpoint_id: endpointId,
    fact_id: fact.id,
    position: fact.position.toString(),
    type: fact.type,
    subject_id: fact.subjectId,
  }));
  const repeat = again ? sql`do update set ${once(now, sql`excluded.queued`)} where delivery.status <> 'PENDING'` : sql`do nothing`;
  const added = await tx.execute(sql`
    insert into log.webhook_delivery as delivery (id, endpoint_id, kind, fact_id, position, type, subject_id, status, due_at, created_at, updated_at)
    select id, endpoint_id, 'EVENT', fact_id, position, type, subject_id, 'PENDING', ${now.toISOString()}, ${now.toISOString()}, ${now.toISOString()}
    from jsonb_populate_recordset(null::log.webhook_delivery, ${JSON.stringify(rows)}::jsonb) with ordinality order by ordinality
    on conflict (id) ${repeat} returning 1`);
  return added.length;
}

/** Into the queue once more, at a place behind all that waits. */
function once(now: Date, place: SQL): SQL {
  const at = now.toISOString();
  return sql`status = 'PENDING', attempts = 0, queued = ${place}, due_at = ${at}, lease_until = null, updated_at = ${at}, version = delivery.version + 1`;
}

/** A message that tells of no fact, to see whether an endpoint hears. */
export async function queuePing(tx: Tx, { endpointId, now }: { endpointId: string; now: Date }): Promise<string> {
  const [id, at] = [newId(now.getTime()), now.toISOString()];
  await tx.execute(sql`
    insert into log.webhook_delivery (id, endpoint_id, kind, type, status, due_at, created_at, updated_at)
    values (${id}, ${endpointId}, 'PING', 'WebhookPing', 'PENDING', ${at}, ${at}, ${at})`);
  return id;
}

/** Named deliveries of an endpoint into the queue once more; gives how many there were. Those that wait are due at once. */
export async function repeatDeliveries(tx: Tx, { endpointId, ids, now }: { endpointId: string; ids: readonly string[]; now: Date }): Promise<number> {
  const rows = await tx.execute(sql`
    update log.webhook_delivery as delivery set ${once(now, sql`named.place`)} from (
      select id, nextval('log.webhook_queue') as place from (
        select id from log.webhook_delivery where endpoint_id = ${endpointId}::uuid and id = any(${sql.param([...ids])}::uuid[]) and lease_until is null
        order by queued for update) as waiting) as named
    where delivery.id = named.id returning 1`);
  return rows.length;
}

/** What an endpoint that is no more has in its queue goes to nobody. */
export async function cancelDeliveries(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await tx.execute(sql`delete from log.webhook_replay where endpoint_id = ${endpointId}::uuid`);
  await tx.execute(sql`
    update log.webhook_delivery set status = 'CANCELLED', due_at = null, lease_until = null, updated_at = ${now.toISOString()}, version = version + 1
    where endpoint_id = ${endpointId}::uuid and status = 'PENDING'`);
}

/** How far the log has been read, and that nobody reads on until the transaction ends: what comes behind is judged by what it writes. */
export async function holdReader(tx: Tx): Promise<bigint> {
  const [row] = await tx.execute(sql`select position from log.consumer where name = ${webhookReader} for update`);
  if (row) return BigInt(String(row.position));
  const [log] = await tx.execute(sql`select position from log.head`);
  return BigInt(String(log?.position ?? 0));
}

/** The reader's place, if nobody else holds it, and the end of the log. */
export async function takeReader(tx: Tx): Promise<{ position: bigint; head: bigint } | undefined> {
  const [own] = await takePartitions(tx, webhookReader, 1);
  if (!own) return undefined;
  const [log] = await tx.execute(sql`select position from log.head`);
  return { position: own.position, head: BigInt(String(log?.position ?? 0)) };
}

export async function moveReader(tx: Tx, { to, now }: { to: bigint; now: Date }): Promise<void> {
  await tx.execute(sql`
    update log.consumer set position = greatest(position, ${to.toString()}::bigint), moved_at = ${now.toISOString()} where name = ${webhookReader}`);
}

/** What is to be sent again: facts by position, or deliveries that failed until now. */
export type ReplayRange = { endpointId: string; requestedBy: string; now: Date } & ({ kind: 'RANGE'; after: bigint; upTo: bigint } | { kind: 'FAILED' });

export async function queueReplay(tx: Tx, replay: ReplayRange): Promise<void> {
  const { endpointId, kind, requestedBy, now } = replay;
  const range =
    replay.kind === 'RANGE'
      ? sql`${replay.after.toString()}::bigint, ${replay.upTo.toString()}::bigint`
      : sql`0::bigint, (select coalesce(max(queued), 0) from log.webhook_delivery where endpoint_id = ${endpointId}::uuid and status = 'FAILED')`;
  await tx.execute(sql`
    insert into log.webhook_replay (id, endpoint_id, kind, after, up_to, requested_by, created_at)
    values (${newId(now.getTime())}, ${endpointId}, ${kind}, ${range}, ${requestedBy}, ${now.toISOString()})`);
}

export type Replay = { id: string; endpointId: string; kind: 'RANGE' | 'FAILED'; after: bigint; upTo: bigint };

/** A replay that nobody is at; the oldest first. */
export async function takeReplay(tx: Tx): Promise<Replay | undefined> {
  const [row] = await tx.execute(sql`select * from log.webhook_replay order by created_at, id limit 1 for update skip locked`);
  if (!row) return undefined;
  const kind = row.kind === 'RANGE' ? 'RANGE' : 'FAILED';
  return { id: String(row.id), endpointId: String(row.endpoint_id), kind, after: BigInt(String(row.after)), upTo: BigInt(String(row.up_to)) };
}

/** The next failed deliveries of a replay into the queue once more; the place up to which they are. */
export async function repeatFailed(tx: Tx, { endpointId, after, upTo }: Replay, { now, limit }: { now: Date; limit: number }): Promise<bigint> {
  const rows = await tx.execute(sql`
    with next as (
      select id, queued from log.webhook_delivery
      where endpoint_id = ${endpointId}::uuid and status = 'FAILED' and queued > ${after.toString()}::bigint and queued <= ${upTo.toString()}::bigint
      order by queued limit ${limit}::integer for update)
    update log.webhook_delivery as delivery set ${once(now, sql`failed.place`)} from (select id, queued, nextval('log.webhook_queue') as place from next) as failed
    where delivery.id = failed.id returning failed.queued`);
  if (rows.length < limit) return upTo;
  return rows.reduce((most, row) => (BigInt(String(row.queued)) > most ? BigInt(String(row.queued)) : most), after);
}

/** A replay goes on behind this place, or is done. */
export async function moveReplay(tx: Tx, { id, upTo }: Replay, to: bigint): Promise<void> {
  if (to >= upTo) await tx.execute(sql`delete from log.webhook_replay where id = ${id}::uuid`);
  else await tx.execute(sql`update log.webhook_replay set after = ${to.toString()}::bigint where id = ${id}::uuid`);
}

/** Says whether anything but pings goes to an endpoint; a fresh start forgets its failures. */
export async function setActive(tx: Tx, { endpointId, active }: { endpointId: string; active: boolean }): Promise<void> {
  await tx.execute(sql`
    insert into log.webhook_state (endpoint_id, active) values (${endpointId}, ${active})
    on conflict (endpoint_id) do update set active = excluded.active,
      failing_since = case when excluded.active then null else webhook_state.failing_since end,
      failures = case when excluded.active then 0 else webhook_state.failures end, not_before = null`);
}

/** A new key beside the present one, which signs until `overlap` is over. One that was ending is ended: two sign at most. */
export async function addKey(tx: Tx, { endpointId, made, now, until }: { endpointId: string; made: MadeKey; now: Date; until: Date }): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`delete from log.webhook_key where endpoint_id = ${endpointId}::uuid and (ends_at is not null or ${until.toISOString()} <= ${at})`);
  await tx.execute(sql`update log.webhook_key set ends_at = ${until.toISOString()} where endpoint_id = ${endpointId}::uuid`);
  const id = newId(now.getTime());
  await tx.execute(sql`
    insert into log.webhook_key (id, endpoint_id, kind, public_key, created_at) values (${id}, ${endpointId}, ${made.kind}, ${made.publicKey}, ${at})`);
  await tx.execute(sql`insert into log.webhook_secret (key_id, secret) values (${id}, ${made.secret})`);
}

export async function removeKeys(tx: Tx, endpointId: string): Promise<void> {
  await tx.execute(sql`delete from log.webhook_key where endpoint_id = ${endpointId}::uuid`);
}

/** What signs for endpoints now, the newest first, by endpoint. */
export async function signingKeys(db: Db, endpointIds: readonly string[], now: Date): Promise<Map<string, SigningKey[]>> {
  const rows = await db.execute(sql`
    select key.endpoint_id, key.kind, secret.secret from log.webhook_key key join log.webhook_secret secret on secret.key_id = key.id
    where key.endpoint_id = any(${sql.param([...endpointIds])}::uuid[]) and (key.ends_at is null or key.ends_at > ${now.toISOString()})
    order by key.created_at desc, key.id desc`);
  const found = new Map<string, SigningKey[]>();
  for (const row of rows) {
    const own = found.get(String(row.endpoint_id)) ?? [];
    found.set(String(row.endpoint_id), [...own, { kind: row.kind as SignatureKind, secret: String(row.secret) }]);
  }
  return found;
}

/** Facts of the log by id. */
export async function factsById(db: Db, ids: readonly string[]): Promise<Map<string, Fact>> {
  const rows = await db.execute(sql`select * from log.fact where id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(rows.map((row) => [String(row.id), toFact(row)]));
}
