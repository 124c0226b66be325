import { pageSize } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { eventFor, newest, seesEvent, seesType } from '#kernel/event.ts';
import { toFact } from '#kernel/facts.ts';
import { isId } from '#kernel/ids.ts';
import { readLogCursor, sealFor } from '#kernel/logCursor.ts';
import { sql } from '#kernel/sql.ts';
import { eventRules } from '../event/rules.ts';
import { sealOf } from '../event/seal.ts';

type Args = { first: number; after?: string | null | undefined };

/** What happened to one entity, the latest first, as far as the actor may see it: a page off the index of its facts. */
export async function timelineOf(context: Context, subjectId: string, { first, after }: Args) {
  const { limit } = pageSize({ first });
  const { actor } = context;
  const types = Object.keys(eventRules).filter((type) => seesType(actor, eventRules, type));
  const seal = await sealOf(context);
  const behind = after ? sql`and position < ${readLogCursor(after, sealFor(actor, seal))}` : sql``;
  const rows = isId(subjectId)
    ? await context.db.execute(sql`
        select * from log.fact where subject_id = ${subjectId} and type = any(${sql.param(types)}::text[]) ${behind} order by position desc limit ${limit + 1}`)
    : [];
  const facts = rows.slice(0, limit).map((row) => newest(eventRules, toFact(row)));
  const nodes = facts.filter((fact) => seesEvent(actor, eventRules, fact)).map((fact) => eventFor({ actor, rules: eventRules, seal }, fact));
  const edges = nodes.map((node) => ({ node, cursor: String(node.cursor) }));
  const ends = { startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null };
  return { edges, nodes, pageInfo: { hasNextPage: rows.length > limit, hasPreviousPage: Boolean(after), ...ends } };
}
