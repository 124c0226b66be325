import type { Db } from './db.ts';
import { newId } from './ids.ts';
import { sql } from './sql.ts';

/** How often a client used a place of the schema, by a contract or (empty) on the whole graph, and when first and last. */
export type SchemaUse = { client: string; contract: string; coordinate: string; requests: number; first: Date; last: Date };

/** Who used a place, whatever the contract. */
export type SchemaUser = { client: string; coordinate: string; requests: number; last: Date };

/** What is known of the use of some types: since when it is recorded at all, and by whom they were used. */
export type KnownUse = { recordedSince: Date | undefined; users: SchemaUser[] };

/** Clients that are told apart: a client that makes up names must not fill the database. */
const namedClients = 1_000;
/** As whom the others are counted. */
export const otherClients = '(others)';
/** Rows of one statement. */
const batch = 2_000;
/** Days after which what nobody used is forgotten. */
const kept = 400;

/** The type of a schema coordinate. */
export function typeOf(coordinate: string): string {
  return /^\w+/.exec(coordinate)?.[0] ?? '';
}

/** Adds uses to what is recorded; `deprecated` are the places that are deprecated now. */
export async function recordUses(db: Db, uses: readonly SchemaUse[], deprecated: ReadonlySet<string>): Promise<void> {
  if (uses.length === 0) return;
  const known = await clientsOf(db);
  const named = uses.map((use) => {
    if (!known.has(use.client) && known.size >= namedClients) return { ...use, client: otherClients };
    known.add(use.client);
    return use;
  });
  // In one order, so that two gateways wait for each other and never both.
  const rows = merged(named).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (let from = 0; from < rows.length; from += batch) await add(db, rows.slice(from, from + batch), deprecated);
}

async function add(db: Db, rows: readonly SchemaUse[], deprecated: ReadonlySet<string>): Promise<void> {
  const column = (of: (row: SchemaUse) => unknown, type: string) => sql`${sql.param(rows.map(of))}::${sql.raw(type)}[]`;
  await db.execute(sql`
    insert into log.schema_usage as known (id, client, contract, coordinate, type_name, deprecated, requests, first_seen_at, updated_at)
    select id, client, contract, coordinate, type_name, deprecated::boolean, requests, first::timestamptz, last::timestamptz from unnest(
      ${column(() => newId(), 'uuid')}, ${column(({ client }) => client, 'text')}, ${column(({ contract }) => contract, 'text')},
      ${column(({ coordinate }) => coordinate, 'text')}, ${column(({ coordinate }) => typeOf(coordinate), 'text')},
      ${column(({ coordinate }) => String(deprecated.has(coordinate)), 'text')}, ${column(({ requests }) => String(requests), 'bigint')},
      ${column(({ first }) => first.toISOString(), 'text')}, ${column(({ last }) => last.toISOString(), 'text')}) as given (id, client, contract, coordinate, type_name, deprecated, requests, first, last)
    on conflict (client, contract, coordinate) do update set
      requests = known.requests + excluded.requests, deprecated = excluded.deprecated,
      first_seen_at = least(known.first_seen_at, excluded.first_seen_at), updated_at = greatest(known.updated_at, excluded.updated_at)`);
}

const keyOf = ({ client, contract, coordinate }: SchemaUse): string => `${client}\n${contract}\n${coordinate}`;

/** One row for each place: a statement meets none twice. */
export function merged(uses: Iterable<SchemaUse>): SchemaUse[] {
  const found = new Map<string, SchemaUse>();
  for (const use of uses) {
    const before = found.get(keyOf(use));
    if (!before) found.set(keyOf(use), { ...use });
    else {
      before.requests += use.requests;
      if (use.first < before.first) before.first = use.first;
      if (use.last > before.last) before.last = use.last;
    }
  }
  return [...found.values()];
}

/** The clients that are told apart, each by one look into the index. */
async function clientsOf(db: Db): Promise<Set<string>> {
  const rows = await db.execute(sql`
    with recursive each as (
      (select client from log.schema_usage order by client limit 1)
      union all
      select (select client from log.schema_usage where client > each.client order by client limit 1) from each where each.client is not null
    )
    select client from each where client is not null limit ${namedClients + 1}`);
  return new Set(rows.map(({ client }) => String(client)));
}

/** Marks what is deprecated now, also where nobody has used it since. */
export async function markDeprecated(db: Db, deprecated: ReadonlySet<string>): Promise<void> {
  const list = sql`${sql.param([...deprecated].sort())}::text[]`;
  await db.execute(sql`
    update log.schema_usage set deprecated = not deprecated
    where (deprecated and not coordinate = any(${list})) or (not deprecated and coordinate = any(${list}))`);
}

/** Who used something of these types since a moment. */
export async function usersOfTypes(db: Db, types: readonly string[], since: Date): Promise<KnownUse> {
  const rows = await db.execute(sql`
    select client, coordinate, sum(requests) as requests, max(updated_at) as last from log.schema_usage
    where type_name = any(${sql.param([...types])}::text[]) and updated_at >= ${since.toISOString()}::timestamptz group by client, coordinate order by client, coordinate`);
  const users = rows.map(({ client, coordinate, requests, last }) => ({
    ...{ client: String(client), coordinate: String(coordinate) },
    ...{ requests: Number(requests), last: new Date(String(last)) },
  }));
  return { recordedSince: await usesRecordedSince(db), users };
}

/** Since when it is recorded who uses what; undefined while nobody has used anything. */
export async function usesRecordedSince(db: Db): Promise<Date | undefined> {
  const [row] = await db.execute(sql`select first_seen_at from log.schema_usage order by first_seen_at limit 1`);
  return row && new Date(String(row.first_seen_at));
}

/** Forgets what nobody has used for long; how many rows. */
export async function forgetUses(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - kept * 86_400_000).toISOString();
  return (await db.execute(sql`delete from log.schema_usage where updated_at < ${before}::timestamptz returning 1`)).length;
}
