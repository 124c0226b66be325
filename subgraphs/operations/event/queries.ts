import type { EventFilter } from '#generated/operations.ts';
import { pageSize } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { eventFor, newest, readFilter, seesEvent } from '#kernel/event.ts';
import { logBounds, toFact } from '#kernel/facts.ts';
import { isId } from '#kernel/ids.ts';
import { readLogCursor, sealFor, writeLogCursor } from '#kernel/logCursor.ts';
import { scanEvents } from '#kernel/scan.ts';
import { sql } from '#kernel/sql.ts';
import type { BusinessEventRow } from '../tables.ts';
import { eventRules } from './rules.ts';
import { sealOf } from './seal.ts';

/** Windows of the log that one page looks through at most; then it ends early, with a cursor to go on from. */
const patience = 20;

/** A page of the log, oldest first, as far as the actor may see it. An empty page with hasNextPage means: go on from endCursor. */
export async function eventPage(context: Context, args: { first: number; after?: string | null | undefined; filter?: EventFilter | null | undefined }) {
  const { limit } = pageSize(args);
  const filter = readFilter(args.filter ?? {});
  const { actor } = context;
  const { tail, seal } = await logBounds(context.db);
  const own = sealFor(actor, seal);
  const start = args.after ? readLogCursor(args.after, own) : tail - 1n;
  const events: BusinessEventRow[] = [];
  let [to, head] = [start, start + 1n];
  for (let window = 0; window < patience && events.length < limit && to < head; window += 1) {
    const found = await scanEvents(context.db, {
      actor,
      rules: eventRules,
      filter,
      after: to,
      limit: limit - events.length,
    });
    events.push(...found.facts.map((fact) => eventFor({ actor, rules: eventRules, seal }, fact)));
    ({ to, head } = found);
  }
  const edges = events.map((node) => ({ node, cursor: String(node.cursor) }));
  const pageInfo = { hasNextPage: to < head, hasPreviousPage: start >= tail, startCursor: edges[0]?.cursor ?? null, endCursor: writeLogCursor(to, own) };
  return { edges, nodes: events, pageInfo };
}

/** Facts by id, as far as the actor may see them, as events. */
export async function eventsById(context: Context, ids: readonly string[]): Promise<Map<string, BusinessEventRow>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await context.db.execute(sql`select * from log.fact where id = any(${sql.param(wanted)}::uuid[])`);
  const facts = rows.map((row) => newest(eventRules, toFact(row))).filter((fact) => seesEvent(context.actor, eventRules, fact));
  const seal = await sealOf(context);
  return new Map(facts.map((fact) => [fact.id, eventFor({ actor: context.actor, rules: eventRules, seal }, fact)]));
}
