import type { EntityInput } from '#generated/operations.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { eventFor, newest, seesEvent } from '#kernel/event.ts';
import { type Fact, toFact } from '#kernel/facts.ts';
import { isId } from '#kernel/ids.ts';
import { sql } from '#kernel/sql.ts';
import { deliveriesOfFacts } from '../delivery/queries.ts';
import { eventRules } from '../event/rules.ts';
import { sealOf } from '../event/seal.ts';
import type { BusinessTraceEntryRow } from '../tables.ts';

/** Facts that a trace shows at most. */
const traceLimit = 1000;

type Wanted = { correlationId?: string | null | undefined; entity?: EntityInput | null | undefined };

/** What happened in a business transaction, or in all that touched an entity, with what became of each fact. */
export async function businessTrace(context: Context, wanted: Wanted) {
  demand(context.actor, 'delivery:read');
  const correlationIds = await correlationIdsOf(context, wanted);
  const rows = await context.db.execute(sql`
    select * from log.fact where correlation_id = any(${sql.param(correlationIds)}::text[]) order by position limit ${traceLimit + 1}`);
  const complete = rows.length <= traceLimit;
  const facts = rows
    .slice(0, traceLimit)
    .map((row) => newest(eventRules, toFact(row)))
    .filter((fact) => seesEvent(context.actor, eventRules, fact));
  const entries = await entriesOf(context, facts);
  const acknowledged = entries.every((entry) => entry.deliveries.every((delivery) => delivery.status === 'DELIVERED' || delivery.status === 'SKIPPED'));
  return { correlationIds, entries, complete, acknowledged };
}

async function correlationIdsOf(context: Context, { correlationId, entity }: Wanted): Promise<string[]> {
  if (correlationId && !entity) return [correlationId];
  if (!entity || correlationId || !isId(entity.id)) {
    throw new Refused('VALIDATION_FAILED', 'Ask for a correlationId or for an entity by type and id, not for both.', { field: 'entity' });
  }
  const rows = await context.db.execute(sql`
    select correlation_id from log.fact where subject_type = ${entity.type} and subject_id = ${entity.id} group by correlation_id order by min(position) limit 100`);
  return rows.map((row) => String(row.correlation_id));
}

async function entriesOf(context: Context, facts: readonly Fact[]): Promise<BusinessTraceEntryRow[]> {
  if (facts.length === 0) return [];
  const deliveries = await deliveriesOfFacts(
    context,
    facts.map((fact) => fact.id),
  );
  const seal = await sealOf(context);
  const events = new Map(facts.map((fact) => [fact.id, eventFor({ actor: context.actor, rules: eventRules, seal }, fact)]));
  return facts.map((fact) => ({
    event: events.get(fact.id) ?? {},
    cause: (fact.causationId && events.get(fact.causationId)) || null,
    deliveries: deliveries.get(fact.id) ?? [],
  }));
}
