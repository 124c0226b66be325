import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { exactSchemaOf } from './fields.ts';
import { type AnyDocument, type Document, demandFit } from './published.ts';
import { type PgColumn, type SQL, sql } from './sql.ts';

/** An entity's document at a version. */
export type Entry<Data> = { id: string; version: number; data: Data };

declare const checked: unique symbol;
/** A document that was checked by its schema: only `published` makes one. */
export type Published = { type: string; id: string; version: number; data: unknown; readonly [checked]: true };

/** An entity's document by its schema: nobody reads what was never declared. */
export function published<Data>(document: Document<Data>, { id, version, data }: Entry<Data>): Published {
  demandFit(document.type, document.exact, data);
  return { type: document.type, id, version, data } as Published;
}

/** Publishes the present state of entities to the siblings, in the owner's transaction; the newest version stays. */
export async function publish(scope: Scope, entries: readonly Published[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ entity_type: entry.type, entity_id: entry.id, version: entry.version, data: entry.data }));
  await scope.tx.execute(sql`
    insert into log.reference as known (entity_type, entity_id, version, data)
    select entity_type, entity_id, version, data from jsonb_populate_recordset(null::log.reference, ${JSON.stringify(rows)}::jsonb)
    on conflict (entity_type, entity_id) do update set version = excluded.version, data = excluded.data
    where known.version <= excluded.version`);
}

/** What changes in the documents of all rows below a parent. */
export type Amendment = { document: AnyDocument; parent: PgColumn; id: string; data: Readonly<Record<string, unknown>> };

/** Changes fields of the documents of rows that the owner's table names: a statement per kind of document, and no row in memory. Their versions stay. */
export async function amend(scope: Scope, amendments: readonly Amendment[]): Promise<void> {
  for (const [parent, own] of Map.groupBy(amendments, (each) => each.parent)) {
    for (const { document, data } of own) demandPart(document, data);
    // One statement may touch a document once: the last one is what the call leaves.
    const last = new Map(own.map(({ id, data }) => [id, data]));
    const given = JSON.stringify([...last].map(([id, data]) => ({ id, data })));
    await scope.tx.execute(sql`
      update log.reference as known set data = known.data || given.data
      from jsonb_to_recordset(${given}::jsonb) as given(id uuid, data jsonb) join ${parent.table} on ${parent} = given.id
      where known.entity_type = ${own[0]?.document.type} and known.entity_id = ${parent.table}.id`);
  }
}

function demandPart({ type, fields }: AnyDocument, data: Readonly<Record<string, unknown>>): void {
  const part = Object.fromEntries(Object.keys(data).flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : [])));
  demandFit(type, exactSchemaOf(part), data);
}

/** For documents that several workers make anew: keeps the others off until the transaction ends, and gives the version that each comes to have. */
export async function nextVersions(scope: Scope, { type }: Pick<Document, 'type'>, ids: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(ids)].sort();
  if (wanted.length === 0) return new Map();
  await scope.tx.execute(sql`
    insert into log.reference (entity_type, entity_id, version, data)
    select ${type}, id, 0, '{}' from unnest(${sql.param(wanted)}::uuid[]) as id order by id on conflict do nothing`);
  const rows = await scope.tx.execute(sql`
    select entity_id, version from log.reference where entity_type = ${type} and entity_id = any(${sql.param(wanted)}::uuid[]) order by entity_id for update`);
  return new Map(rows.map((row) => [String(row.entity_id), Number(row.version) + 1]));
}

/** Reads what the owner published of `ids`: it was checked when it was written. */
export async function references<Data>(db: Db, document: Document<Data>, ids: readonly string[]): Promise<Map<string, Data>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.execute(sql`
    select entity_id, data from log.reference where entity_type = ${document.type} and entity_id = any(${sql.param(wanted)}::uuid[])`);
  return new Map(rows.map((row) => [String(row.entity_id), row.data as Data]));
}

/** The same, kept from changing until the caller's transaction ends: for guards that must not race the owner. */
export async function lockReferences<Data>(scope: Scope, document: Document<Data>, ids: readonly string[]): Promise<Map<string, Data>> {
  const wanted = [...new Set(ids)].sort();
  if (wanted.length === 0) return new Map();
  const rows = await scope.tx.execute(sql`
    select entity_id, data from log.reference where entity_type = ${document.type} and entity_id = any(${sql.param(wanted)}::uuid[])
    order by entity_id for share`);
  return new Map(rows.map((row) => [String(row.entity_id), row.data as Data]));
}

type Names<Data> = { readonly [Name in keyof Data & string]?: readonly string[] | undefined };

/** What documents say: one of some values; that or nothing; none of some; more than a text. */
export type Said<Data> = {
  ids?: readonly string[] | undefined;
  any?: Names<Data>;
  anyOrNull?: Names<Data>;
  none?: Names<Data>;
  above?: { readonly [Name in keyof Data & string]?: string };
};

/** The literal type lets the partial indexes on what documents say answer. */
function conditionsOf<Data>({ type }: Document<Data>, { ids, any = {}, anyOrNull = {}, none = {}, above = {} }: Said<Data>): SQL {
  const each = <Value>(named: object, condition: (field: SQL, value: Value) => SQL) =>
    Object.entries<Value | undefined>(named as Record<string, Value | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [condition(sql.raw(`(data->>'${name}')`), value)],
    );
  const texts = (values: readonly string[]) => sql`${sql.param([...values])}::text[]`;
  const conditions = [
    sql`entity_type = ${sql.raw(`'${type}'`)}`,
    ...(ids ? [sql`entity_id = any(${sql.param([...ids])}::uuid[])`] : []),
    ...each<readonly string[]>(any, (field, values) => sql`${field} = any(${texts(values)})`),
    ...each<readonly string[]>(anyOrNull, (field, values) => sql`(${field} is null or ${field} = any(${texts(values)}))`),
    ...each<readonly string[]>(none, (field, values) => sql`${field} <> all(${texts(values)})`),
    ...each<string>(above, (field, value) => sql`${field} > ${value}`),
  ];
  return sql.join(conditions, sql` and `);
}

/** Documents by what they say, in the order of ids: all of them, or a page behind one. */
export async function referencesWhere<Data>(
  db: Db,
  document: Document<Data>,
  { after, limit, ...said }: Said<Data> & { after?: string | undefined; limit?: number },
): Promise<Map<string, Data>> {
  const behind = after ? sql` and entity_id > ${after}::uuid` : sql``;
  const most = limit === undefined ? sql`` : sql` limit ${limit}`;
  const rows = await db.execute(sql`select entity_id, data from log.reference where ${conditionsOf(document, said)}${behind} order by entity_id${most}`);
  return new Map(rows.map((row) => [String(row.entity_id), row.data as Data]));
}

/** How many documents there are by what they say, by one of its fields; no more than `limit` of them are counted. */
export async function countReferences<Data>(
  db: Db,
  document: Document<Data>,
  { by, limit, ...said }: Said<Data> & { by: keyof Data & string; limit?: number },
): Promise<Map<string, number>> {
  const most = limit === undefined ? sql`` : sql` limit ${limit}`;
  const rows = await db.execute(sql`
    select key, count(*)::int as n from (select data->>${sql.raw(`'${by}'`)} as key from log.reference where ${conditionsOf(document, said)}${most}) as found
    group by 1`);
  return new Map(rows.map((row) => [String(row.key), Number(row.n)]));
}
