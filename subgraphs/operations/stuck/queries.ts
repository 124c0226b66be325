import type { StuckFilter } from '#generated/operations.ts';
import { demand, may } from '#kernel/actor.ts';
import { type Connection, connection, countLimit, pageLimit } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { type ErrorCode, Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { isConfined, visibleTo } from '#kernel/visibility.ts';
import { exceptions, type StuckItemRow } from '../tables.ts';

type Args = { first?: number | null | undefined; after?: string | null | undefined; filter?: StuckFilter | null | undefined };

/** The order of what is stuck: the oldest first. */
const order = 'SINCE ASC';

/** What an operator has to see to, whoever owns the entity. */
const operator = 'operator';
/** Who decides about a proposal: whoever owns what it is about. */
const keeper = 'owner';

/** A page of all that is stuck. Each part reads an index of what stands, never the history. */
export async function stuckPage(context: Context, args: Args): Promise<Connection<StuckItemRow>> {
  demand(context.actor, 'exception:read');
  checkLists('filter', args.filter);
  const limit = args.first ?? 50;
  if (limit < 0 || limit > pageLimit) throw new Refused('VALIDATION_FAILED', `Ask for first, 0 to ${pageLimit}.`, { field: 'first' });
  const place = args.after ? readCursor(order, args.after) : undefined;
  const behind = place ? sql`and (since, key) > (${instantIn(place.value)}::timestamptz, ${place.id}::uuid)` : sql``;
  const stuck = parts(context, args.filter ?? {});
  const rows = await context.db.execute(sql`select * from (${stuck}) as stuck where true ${behind} order by since, key limit ${limit + 1}`);
  const cursorOf = ({ stuckAt, key }: StuckItemRow) => writeCursor(order, [stuckAt, key]);
  return connection(rows.map(toItem), { limit, backwards: false, continued: place !== undefined, cursorOf }, () => countOf(context, stuck));
}

async function countOf(context: Context, stuck: SQL): Promise<number> {
  const [row] = await context.db.execute(sql`select count(*) as n from (select from (${stuck}) as stuck limit ${countLimit + 1}) as counted`);
  return Number(row?.n ?? 0);
}

/** Deliveries and runs are the whole firm's: who sees a part of it, or may not read them, sees the exceptions of that part. */
function parts(context: Context, filter: StuckFilter): SQL {
  const { actor } = context;
  const wanted = filterOf(filter);
  const whole = !isConfined(actor) && may(actor, 'delivery:read');
  const standing = sql`
    select id as key, id::text as id, 'EXCEPTION' as kind, code, message, first_seen_at as since, process, subject_type, subject_id, owner
    from ${exceptions} where status in ('OPEN', 'RETRYING') and ${visibleTo(actor, exceptions) ?? sql`true`}`;
  const parked = sql`
    select delivery.fact_id, delivery.consumer || ':' || delivery.fact_id, 'DELIVERY', 'INTERNAL', coalesce(delivery.reason, ''),
      coalesce(fact.occurred_at, 'epoch'::timestamptz), delivery.consumer, delivery.subject_type, delivery.subject_id, ${operator}::text
    from log.delivery left join log.fact on fact.position = delivery.position where delivery.status = 'PARKED'`;
  // A step that is tried again has attempts; one that waits too long says so and has none.
  const failed = sql`
    select id, id::text, 'PROCESS_RUN', case state when 'FAILED' then 'INTERNAL' else 'UPSTREAM_UNAVAILABLE' end, coalesce(reason, ''), updated_at,
      process, subject_type, subject_id, ${operator}::text
    from log.process_run where state = 'FAILED' or (state = 'RUNNING' and reason is not null and exists (
      select from log.process_step where run_id = id and process_step.state = 'OPEN' and attempts = 0 and process_step.reason is not null))`;
  const proposed = sql`
    select id, id::text, 'PROPOSAL', 'OWNERSHIP_VIOLATION', coalesce(reason, message), created_at, system, entity_type, coalesce(entity_id, id), ${keeper}::text
    from log.proposal where status = 'OPEN'`;
  const firm = !isConfined(actor) && may(actor, 'proposal:read') ? sql`${standing} union all ${proposed}` : standing;
  const all = whole ? sql`${firm} union all ${parked} union all ${failed}` : firm;
  return sql`select * from (${all}) as each where ${wanted}`;
}

function filterOf({ kinds, codes, subjectIds, stuckBefore }: StuckFilter): SQL {
  const any = (column: string, values: readonly string[], type: 'text' | 'uuid') =>
    sql`${sql.identifier(column)} = any(${sql.param([...values])}::${sql.raw(type)}[])`;
  const conditions = [
    kinds ? any('kind', kinds, 'text') : undefined,
    codes ? any('code', codes, 'text') : undefined,
    subjectIds ? any('subject_id', subjectIds.filter(isId), 'uuid') : undefined,
    stuckBefore ? sql`since < ${new Date(stuckBefore).toISOString()}::timestamptz` : undefined,
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

/** A cursor that somebody made up names no instant; it then means the beginning. */
function instantIn(text: string): string {
  const instant = new Date(text);
  return (Number.isNaN(instant.getTime()) ? new Date(0) : instant).toISOString();
}

function toItem(row: Record<string, unknown>): StuckItemRow {
  return {
    key: String(row.key),
    id: String(row.id),
    kind: row.kind as StuckItemRow['kind'],
    code: row.code as ErrorCode,
    message: String(row.message),
    stuckAt: new Date(String(row.since)),
    process: String(row.process),
    subjectType: String(row.subject_type),
    subjectId: String(row.subject_id),
    owner: String(row.owner),
  };
}
