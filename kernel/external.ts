import type { externalRefTable } from './columns.ts';
import type { Context, Scope } from './context.ts';
import { Refused } from './errors.ts';
import { checkText } from './input.ts';
import { among, rowsWhere } from './read.ts';
import { demandNotOlder } from './sourceVersion.ts';
import { and, eq, type PgColumn, type SQL, sql } from './sql.ts';

export type ExternalRefTable = ReturnType<typeof externalRefTable>;
export type ExternalRefInput = { system: string; externalId: string; version?: string | null | undefined };
export type ExternalRef = { system: string; externalId: string; version: string | null; syncedAt: Date };

/** Batch for `externalRefs` of one entity type: all of a page's in one statement. */
export function externalRefsOf(table: ExternalRefTable, entityType: string) {
  return async (context: Context, ids: readonly string[]): Promise<Map<string, ExternalRef[]>> => {
    const rows = await rowsWhere(context.db, table, and(eq(table.entityType, entityType), among(table.entityId, ids)));
    const found = new Map<string, ExternalRef[]>(ids.map((id) => [id, []]));
    for (const row of rows)
      found.get(row.entityId)?.push({ system: row.system, externalId: row.externalId, version: row.externalVersion, syncedAt: row.syncedAt });
    return found;
  };
}

/** The entity ids behind external ids of one system; unknown ones are absent. */
export async function findByExternalRefs(
  scope: { tx: Scope['tx'] },
  table: ExternalRefTable,
  wanted: { entityType: string; refs: readonly ExternalRefInput[] },
): Promise<Map<string, string>> {
  if (wanted.refs.length === 0) return new Map();
  const pairs = sql.join(
    wanted.refs.map((ref) => sql`(${ref.system}, ${ref.externalId})`),
    sql`, `,
  );
  const rows = await scope.tx
    .select()
    .from(table)
    .where(and(eq(table.entityType, wanted.entityType), sql`(${table.system}, ${table.externalId}) in (${pairs})`));
  return new Map(rows.map((row) => [externalKey(row), row.entityId]));
}

type Asked = { entityType: string; given: readonly ExternalRefInput[] };

/** The source's version of what was taken last, by reference; nothing is asked where no delivery tells a version. */
export async function takenVersions(scope: { tx: Scope['tx'] }, table: ExternalRefTable, { entityType, given }: Asked): Promise<Map<string, string | null>> {
  const told = given.filter(({ version }) => typeof version === 'string');
  if (told.length === 0) return new Map();
  const wanted = JSON.stringify(told.map(({ system, externalId }) => ({ system, id: externalId })));
  const rows = await scope.tx.execute(sql`
    select ref.system, ref.external_id, ref.external_version from ${table} ref
    join jsonb_to_recordset(${wanted}::jsonb) as wanted(system text, id text) on ref.system = wanted.system and ref.external_id = wanted.id
    where ref.entity_type = ${entityType}`);
  return new Map(
    rows.map((row) => [
      externalKey({ system: String(row.system), externalId: String(row.external_id) }),
      row.external_version === null ? null : String(row.external_version),
    ]),
  );
}

/** The map key of an external reference: spaces of the system are marked, so that no two references share a key. */
export function externalKey(ref: { system: string; externalId: string }): string {
  return `${ref.system.replace(/[\\ ]/g, '\\$&')} ${ref.externalId}`;
}

/** `delivered`: the system itself says what the entity is like, in this version or in one that it does not tell. */
type Link = { entityId: string; refs: readonly ExternalRefInput[]; delivered?: boolean | undefined };
type Links = { entityType: string; links: readonly Link[] };

/** Links entities to their external ids; the same id for another entity is DUPLICATE_EXTERNAL_REF. */
export async function linkExternalRefs(scope: Scope, table: ExternalRefTable, { entityType, links }: Links): Promise<void> {
  const given = links.flatMap((link) =>
    link.refs.map((ref) => {
      checkRef(ref, 'externalRefs');
      const { system, externalId, version = null } = ref;
      return {
        delivered: link.delivered ?? false,
        row: { system, entityType, externalId, entityId: link.entityId, externalVersion: version, syncedAt: scope.now },
      };
    }),
  );
  // One statement may touch a row once: what stands twice is one, as the later one says it.
  const kept = new Map(given.map((each) => [externalKey(each.row), each]));
  const torn = given.find(({ row }) => kept.get(externalKey(row))?.row.entityId !== row.entityId);
  if (torn) throw taken(torn.row, entityType);
  const of = (delivered: boolean): Row[] => [...kept.values()].flatMap((each) => (each.delivered === delivered ? [each.row] : []));
  const mentioned = of(false);
  await demandNoneOlder(scope, table, { entityType, rows: mentioned });
  await putRefs(scope, table, { rows: of(true), version: sql`excluded.external_version` });
  await putRefs(scope, table, { rows: mentioned, version: sql`coalesce(excluded.external_version, ${table.externalVersion})` });
}

type Row = ExternalRefTable['$inferInsert'];

/** What is only mentioned beside a change may not turn the version back either; deliveries were judged before. */
async function demandNoneOlder(scope: Scope, table: ExternalRefTable, { entityType, rows }: { entityType: string; rows: readonly Row[] }): Promise<void> {
  const given = rows.map(({ system, externalId, externalVersion }) => ({ system, externalId, version: externalVersion }));
  const versions = await takenVersions(scope, table, { entityType, given });
  for (const ref of given) demandNotOlder(ref, versions.get(externalKey(ref)));
}

async function putRefs(scope: Scope, table: ExternalRefTable, { rows, version }: { rows: readonly Row[]; version: SQL }): Promise<void> {
  if (rows.length === 0) return;
  const linked = await scope.tx
    .insert(table)
    .values([...rows])
    .onConflictDoUpdate({
      target: [table.system, table.entityType, table.externalId],
      set: { externalVersion: version, syncedAt: scope.now },
      setWhere: eq(table.entityId, sql`excluded.entity_id`),
    })
    .returning({ system: table.system, externalId: table.externalId });
  if (linked.length === rows.length) return;
  const kept = new Set(linked.map(externalKey));
  const lost = rows.find((row) => !kept.has(externalKey(row)));
  if (lost) throw taken(lost, lost.entityType);
}

/** Says of a reference no more than that it is taken: of what, the actor may not know. */
export function takenElsewhere(): Refused {
  return new Refused('DUPLICATE_EXTERNAL_REF', 'Another entity already has this external reference.', { field: 'externalRef' });
}

function taken({ system, externalId }: { system: string; externalId: string }, entityType: string): Refused {
  return new Refused('DUPLICATE_EXTERNAL_REF', `${system} ${externalId} already refers to another ${entityType}.`, { field: 'externalRefs' });
}

/** Refuses a reference that no system can have: at the write it would send the whole call the slow way. */
export function checkRef({ system, externalId, version }: ExternalRefInput, field = 'externalRef'): void {
  checkText(`${field}.system`, system);
  checkText(`${field}.externalId`, externalId);
  if (version) checkText(`${field}.version`, version);
}

/** A list condition: the row has one of these external references. */
export function externalRefFilter(
  { table, entityType, id }: { table: ExternalRefTable; entityType: string; id: PgColumn },
  refs: readonly ExternalRefInput[] | null | undefined,
): SQL | undefined {
  if (!refs) return undefined;
  if (refs.length === 0) return sql`false`;
  const pairs = sql.join(
    refs.map((ref) => sql`(${ref.system}, ${ref.externalId})`),
    sql`, `,
  );
  return sql`${id} in (select ${table.entityId} from ${table} where ${table.entityType} = ${entityType} and (${table.system}, ${table.externalId}) in (${pairs}))`;
}
