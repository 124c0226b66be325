import { traceOfEffect } from './cause.ts';
import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { newId } from './ids.ts';
import type { Seal } from './logCursor.ts';
import { demandFit, type FactType } from './published.ts';
import { noteHappened } from './span.ts';
import { type SQL, sql } from './sql.ts';

/** The names of the ids by which readers filter the log. Each subgraph adds those of its entities: `declare module '#kernel/facts.ts'`. */
// biome-ignore lint/suspicious/noEmptyInterface: others declare its members
export interface Dimensions {}
export type Dimension = keyof Dimensions & string;

/** The ids under which readers find a fact: one, several or none of each name. */
export type FactKeys = { readonly [Name in Dimension]?: string | readonly string[] | null | undefined };

export type FactInput<Payload> = {
  subject: { id: string; version: number };
  keys?: FactKeys;
  payload: Payload;
  /** Where a process states it: the entities it stems from, so that the fact that spoke of them is its cause. Absent: the subject itself. */
  source?: string | readonly string[] | null | undefined;
};

/** A fact as it stands in the log. Positions are contiguous and start at 1. */
export type Fact<Payload = Record<string, unknown>> = {
  position: bigint;
  id: string;
  type: string;
  version: number;
  subgraph: string;
  subjectType: string;
  subjectId: string;
  subjectVersion: number;
  /** 0 to 255, by the subject: consumers share their work by it. */
  slot: number;
  keys: { readonly [Name in Dimension]?: readonly string[] };
  payload: Payload;
  occurredAt: Date;
  actorId: string;
  actorKind: string;
  correlationId: string;
  causationId: string | null;
  traceparent: string | null;
};

/** A fact and what is stated of it. */
type Stated = { fact: FactType<unknown>; input: FactInput<unknown> };

/** States facts of one type in the command's own transaction; the sequencer gives them positions once it has committed. */
export function record<Payload>(scope: Scope, type: FactType<Payload>, inputs: FactInput<Payload> | readonly FactInput<Payload>[]): Promise<void> {
  const list: readonly FactInput<Payload>[] = Array.isArray(inputs) ? inputs : [inputs as FactInput<Payload>];
  return recordAll(
    scope,
    list.map((input) => ({ fact: type as FactType<unknown>, input })),
  );
}

/** States facts of any types in their order: one statement. */
export async function recordAll(scope: Scope, stated: readonly Stated[]): Promise<void> {
  if (stated.length === 0) return;
  for (const { fact, input } of stated) demandFit(fact.type, fact.exact, input.payload);
  const rows = stated.map(({ fact, input }) => storedRow(scope, fact, input));
  for (const type of new Set(rows.map((row) => row.type))) noteHappened(scope.trace, type);
  await scope.tx.execute(sql`
    insert into log.pending (id, type, version, subgraph, subject_type, subject_id, subject_version, keys, key_ids, payload,
      occurred_at, actor_id, actor_kind, correlation_id, causation_id, traceparent)
    select id, type, version, subgraph, subject_type, subject_id, subject_version, keys, key_ids, payload,
      occurred_at, actor_id, actor_kind, correlation_id, causation_id, traceparent
    from jsonb_populate_recordset(null::log.pending, ${JSON.stringify(rows)}::jsonb) with ordinality
    order by ordinality`);
}

function storedRow<Payload>(scope: Scope, type: FactType<Payload>, { subject, keys, payload, source }: FactInput<Payload>) {
  const trace = traceOfEffect(scope, { source, subject: subject.id });
  return {
    id: newId(scope.now.getTime()),
    type: type.type,
    version: type.version,
    subgraph: type.subgraph,
    subject_type: type.subject,
    subject_id: subject.id,
    subject_version: subject.version,
    ...storedKeys(keys),
    payload,
    occurred_at: scope.now.toISOString(),
    actor_id: scope.actor.id,
    actor_kind: scope.actor.kind,
    correlation_id: trace.correlationId,
    causation_id: trace.causationId ?? null,
    traceparent: trace.traceparent ?? null,
  };
}

/** Keys as they are stored: lists of ids in the database's spelling, and all of them once. */
export function storedKeys(keys: FactKeys = {}): { keys: Record<string, readonly string[]>; key_ids: readonly string[] } {
  const lists = Object.entries<FactKeys[Dimension]>(keys).flatMap(([name, given]) => {
    const ids = [...new Set([given ?? []].flat().map((id) => id.toLowerCase()))];
    return ids.length > 0 ? [[name, ids] as const] : [];
  });
  return { keys: Object.fromEntries(lists), key_ids: [...new Set(lists.flatMap(([, ids]) => ids))] };
}

/** The id of that name, when it is the only one. */
export function soleKey(keys: FactKeys, name: Dimension): string | null {
  const ids = [keys[name] ?? []].flat();
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

export type LogSlice = {
  /** Facts after this position. */
  after: bigint;
  /** Facts up to this position; absent means to the end. */
  upTo?: bigint | undefined;
  /** At most so many (and at most 5,000). */
  limit: number;
  types?: readonly string[] | undefined;
  /** Only facts that have, for each of these names, at least one of the ids. */
  keys?: readonly KeyCondition[] | undefined;
};

/** Facts that the sequencer places at once at most: so far does a row of log.fact_key reach. */
export const sequencerBatch = 2_000;

export type KeyCondition = { name: string; ids: readonly string[] };

/** Reads the log in order of position. */
export async function readFacts(db: Db, slice: LogSlice): Promise<Fact[]> {
  const types = slice.types ? sql`and type = any(${sql.param([...slice.types])}::text[])` : sql``;
  const upTo = slice.upTo === undefined ? sql`` : sql`and position <= ${slice.upTo.toString()}::bigint`;
  const within = sql`position > ${slice.after.toString()}::bigint ${upTo}`;
  const keys = (slice.keys ?? []).map((condition) => keyed(condition, slice));
  const rows = await db.execute(sql`
    select * from log.fact where ${within} ${types} ${sql.join(keys, sql` `)}
    order by position limit ${Math.min(slice.limit, 5000)}`);
  return rows.map(toFact);
}

/** The index finds the id under any name; the fact itself says whether it is this one. */
function keyed({ name, ids }: KeyCondition, { after, upTo }: LogSlice): SQL {
  const list = sql.param([...ids]);
  const end = upTo === undefined ? sql`` : sql`and first <= ${upTo.toString()}::bigint`;
  const stretch = sql`first > ${(after - BigInt(sequencerBatch)).toString()}::bigint ${end}`;
  return sql`and position in (
      select first + step from log.fact_key cross join lateral unnest(offsets) as step where id = any(${list}::uuid[]) and ${stretch}
    ) and keys -> ${name}::text ?| ${list}::text[]`;
}

/** The last position given, the first one still kept, and what closes cursors. */
export async function logBounds(db: Db): Promise<{ head: bigint; tail: bigint; seal: Seal }> {
  const [row] = await db.execute(sql`select position, oldest, seal from log.head`);
  return { head: BigInt(String(row?.position ?? 0)), tail: BigInt(String(row?.oldest ?? 1)), seal: String(row?.seal) };
}

export function toFact(row: Record<string, unknown>): Fact {
  const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  return {
    position: BigInt(String(row.position)),
    id: String(row.id),
    type: String(row.type),
    version: Number(row.version),
    subgraph: String(row.subgraph),
    subjectType: String(row.subject_type),
    subjectId: String(row.subject_id),
    subjectVersion: Number(row.subject_version),
    slot: Number(row.slot),
    keys: row.keys as Fact['keys'],
    payload: row.payload as Record<string, unknown>,
    occurredAt: new Date(String(row.occurred_at)),
    actorId: String(row.actor_id),
    actorKind: String(row.actor_kind),
    correlationId: String(row.correlation_id),
    causationId: text(row.causation_id),
    traceparent: text(row.traceparent),
  };
}
