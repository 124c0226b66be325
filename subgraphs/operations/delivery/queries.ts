import type { DeliveryFilter } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import { type Connection, connection, countLimit, pageLimit } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import type { DeliveryRow } from '../tables.ts';

/** A delivery's id: its consumer and its fact. */
export function deliveryId(consumer: string, factId: string): string {
  return `${consumer}:${factId}`;
}

/** Consumer and fact of a delivery's id; undefined when it is none. */
export function readDeliveryId(id: string): { consumer: string; factId: string } | undefined {
  const cut = id.lastIndexOf(':');
  const factId = id.slice(cut + 1);
  return cut > 0 && isId(factId) ? { consumer: id.slice(0, cut), factId } : undefined;
}

async function deliveriesById(context: Context, ids: readonly string[]): Promise<Map<string, DeliveryRow>> {
  demand(context.actor, 'delivery:read');
  demandWholeFirm(context.actor, 'A delivery');
  const wanted = ids.flatMap((id) => readDeliveryId(id) ?? []);
  if (wanted.length === 0) return new Map();
  const pairs = sql.join(
    wanted.map((each) => sql`(${each.consumer}, ${each.factId}::uuid)`),
    sql`, `,
  );
  const rows = await select(context.db, { where: sql`(delivery.consumer, delivery.fact_id) in (${pairs})` });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A delivery by its id. */
export function readDelivery(context: Context, id: string): Promise<DeliveryRow | undefined> {
  return context.load(deliveriesById, id);
}

/** Batch: the deliveries of facts, by fact id. */
export async function deliveriesOfFacts(context: Context, factIds: readonly string[]): Promise<Map<string, DeliveryRow[]>> {
  demand(context.actor, 'delivery:read');
  const rows = await select(context.db, { where: sql`fact_id = any(${sql.param([...factIds])}::uuid[])`, order: sql`order by consumer` });
  const found = new Map<string, DeliveryRow[]>(factIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.factId)?.push(row);
  return found;
}

type Args = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: DeliveryFilter | null | undefined;
};

/** The order of deliveries: the latest fact first, then the consumer. */
const order = 'POSITION DESC';

/** A page of deliveries, read off the index on positions. */
export async function deliveryPage(context: Context, args: Args): Promise<Connection<DeliveryRow>> {
  demand(context.actor, 'delivery:read');
  demandWholeFirm(context.actor, 'The list of deliveries');
  checkLists('filter', args.filter);
  const backwards = typeof args.last === 'number';
  const limit = (backwards ? args.last : args.first) ?? 50;
  if (limit < 0 || limit > pageLimit || (backwards && typeof args.first === 'number')) {
    throw new Refused('VALIDATION_FAILED', `Ask for first or last, 0 to ${pageLimit}.`, { field: backwards ? 'last' : 'first' });
  }
  const conditions = where(args.filter ?? {});
  const bounds = [args.after ? sql`and ${placeOf(args.after, '<')}` : sql``, args.before ? sql`and ${placeOf(args.before, '>')}` : sql``];
  const way = sql.raw(backwards ? 'asc' : 'desc');
  const rows = await select(context.db, {
    where: sql`${conditions} ${sql.join(bounds, sql` `)}`,
    order: sql`order by position ${way}, consumer ${way} limit ${limit + 1}`,
  });
  const continued = Boolean(backwards ? args.before : args.after);
  const cursorOf = (row: DeliveryRow) => writeCursor(order, [`${row.position} ${row.consumer}`, row.factId]);
  return connection(rows, { limit, backwards, continued, cursorOf }, () => countOf(context.db, conditions));
}

async function countOf(db: Db, conditions: SQL): Promise<number> {
  const [row] = await db.execute(sql`select count(*) as n from (select from log.delivery where ${conditions} limit ${countLimit + 1}) as counted`);
  return Number(row?.n ?? 0);
}

function placeOf(cursor: string, compare: '<' | '>'): SQL {
  const [position = '0', ...consumer] = readCursor(order, cursor).value.split(' ');
  return sql`(position, consumer) ${sql.raw(compare)} (${/^\d{1,18}$/.test(position) ? position : '0'}::bigint, ${consumer.join(' ')})`;
}

function where(filter: DeliveryFilter): SQL {
  const any = (column: string, values: readonly string[], type: 'text' | 'uuid') =>
    sql`${sql.identifier(column)} = any(${sql.param([...values])}::${sql.raw(type)}[])`;
  const conditions = [
    filter.statuses ? any('status', filter.statuses, 'text') : undefined,
    filter.consumers ? any('consumer', filter.consumers, 'text') : undefined,
    filter.factIds ? any('fact_id', filter.factIds.filter(isId), 'uuid') : undefined,
    filter.subjectIds ? any('subject_id', filter.subjectIds.filter(isId), 'uuid') : undefined,
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

async function select(db: Db, wanted: { where: SQL; order?: SQL }): Promise<DeliveryRow[]> {
  const rows = await db.execute(sql`select * from log.delivery where ${wanted.where} ${wanted.order ?? sql``}`);
  return rows.map(toDelivery);
}

const instantOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

/** The database's CHECK holds the status to the contract's values. */
function toDelivery(row: Record<string, unknown>): DeliveryRow {
  return {
    id: deliveryId(String(row.consumer), String(row.fact_id)),
    consumer: String(row.consumer),
    factId: String(row.fact_id),
    position: String(row.position),
    status: row.status as DeliveryRow['status'],
    attempts: Number(row.attempts),
    nextAttemptAt: instantOf(row.next_attempt_at),
    acknowledgedAt: instantOf(row.acknowledged_at),
    reason: row.reason === null ? null : String(row.reason),
    receipt: row.receipt === null ? null : JSON.stringify(row.receipt),
  };
}

/** Who reads the log, how far behind the slowest partition of each is, and what waits for it. */
export async function readConsumers(context: Context) {
  demand(context.actor, 'delivery:read');
  demandWholeFirm(context.actor, 'How far consumers have read');
  const rows = await context.db.execute(sql`
    select consumer.name, consumer.position, head.position - consumer.position as lag,
      coalesce(open.failed, 0) as failed, coalesce(open.parked, 0) as parked
    from log.head cross join (select name, min(position) as position from log.consumer group by name) consumer left join (
      select consumer, count(*) filter (where status = 'FAILED') as failed, count(*) filter (where status = 'PARKED') as parked
      from log.delivery where status in ('PENDING', 'FAILED', 'PARKED') group by consumer
    ) open on open.consumer = consumer.name order by consumer.name`);
  return rows.map((row) => ({
    name: String(row.name),
    position: String(row.position),
    lag: String(row.lag),
    failed: Number(row.failed),
    parked: Number(row.parked),
  }));
}
