import type { Db, Tx } from './db.ts';
import { getTableConfig, type PgTable, type SQL, sql } from './sql.ts';
import { visibilityOf } from './visibility.ts';

/** That rows of a table were written: whose they were and are, or anybody's. */
export type Touch = { relation: string; customers: readonly string[] | undefined };

/** What was written between two looks at the database; `lost` when nobody can say any more. */
export type Touches = { snapshot: string; touches: readonly Touch[] | 'lost' };

/** Touches of one look at most: whoever has missed more begins anew. */
const most = 10_000;

/** All that was committed since the look that gave `after`, whenever it began. Without it, only where to begin. */
export async function touchesSince(db: Db, after: string | undefined): Promise<Touches> {
  if (after === undefined) {
    const [row] = await db.execute(sql`select pg_current_snapshot()::text as snapshot`);
    return { snapshot: String(row?.snapshot), touches: 'lost' };
  }
  const rows = await db.execute(sql`
    select at.snapshot, at.lost, touch.relation, touch.customers from (
      select pg_current_snapshot()::text as snapshot,
        coalesce(pg_snapshot_xmax(erased) >= pg_snapshot_xmax(${after}::pg_snapshot) and erased::text <> ${after}, false) as lost from log.touch_erased
    ) as at left join (
      select relation, customers from log.touch where xid >= pg_snapshot_xmin(${after}::pg_snapshot) and xid < pg_snapshot_xmax(pg_current_snapshot())
        and not pg_visible_in_snapshot(xid, ${after}::pg_snapshot) limit ${most + 1}
    ) as touch on true`);
  const [first] = rows;
  const found = rows.flatMap(({ relation, customers }) => (relation === null ? [] : [{ relation: String(relation), customers: idsOf(customers) }]));
  return { snapshot: String(first?.snapshot), touches: first?.lost !== false || found.length > most ? 'lost' : found };
}

function idsOf(customers: unknown): string[] | undefined {
  return Array.isArray(customers) ? customers.map(String) : undefined;
}

/** Milliseconds after which no reader needs a touch: whoever has not looked for so long begins anew. */
export const touchesKept = 600_000;

/** A snapshot that lies ahead is of a database that was restored from another server: the present one is as good. */
const notAhead = (snapshot: SQL) =>
  sql`case when pg_snapshot_xmax(${snapshot}) > pg_snapshot_xmax(pg_current_snapshot()) then pg_current_snapshot() else ${snapshot} end`;

/** Deletes touches that were visible to every look of the last ten minutes. Gives how many. */
export async function eraseTouches(tx: Tx, now: Date): Promise<number> {
  const [row] = await tx.execute(sql`
    select next is null as first, next_at > ${new Date(now.getTime() - touchesKept).toISOString()} as early from log.touch_erased for update`);
  if (row?.early === true) return 0;
  const gone =
    row?.first === true
      ? []
      : await tx.execute(sql`
        delete from log.touch using log.touch_erased
        where xid >= pg_snapshot_xmax(pg_current_snapshot()) or xid < pg_snapshot_xmax(next) and pg_visible_in_snapshot(xid, next) returning 1`);
  const erased = gone.length > 0 ? sql`next` : sql`erased`;
  await tx.execute(sql`
    update log.touch_erased set erased = ${notAhead(erased)}, next = pg_current_snapshot(), next_at = ${now.toISOString()}`);
  return gone.length;
}

/** How touches say whose rows of a table were written: by its own id, by its column, or not at all. */
type TouchKind = 'id' | 'customer_id' | 'anybody' | 'reference';

/** By what its policy is, a table's rows are seen by whom this column names alone. */
export function touchKindOf(table: PgTable): TouchKind {
  const visibility = visibilityOf(table);
  if (!visibility || 'follows' in visibility || typeof visibility.customer !== 'object') return 'anybody';
  const { name, table: own } = visibility.customer;
  if (own !== table) return 'anybody';
  return name === 'id' || name === 'customer_id' ? name : 'anybody';
}

/** Has writes noted, and tells by its name on which others each table depends: those that its policy asks. */
export async function noteWrites(db: Db, tables: readonly PgTable[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const kinds = new Map<string, TouchKind>([['log.reference', 'reference']]);
  for (const table of tables) {
    const { schema, name } = getTableConfig(table);
    kinds.set(`${schema}.${name}`, touchKindOf(table));
  }
  // Each in a transaction of its own: it waits for writers, who must not wait for it with another table.
  for (const [name, kind] of kinds) await db.execute(sql`select log.note_writes(${name}::regclass, ${kind})`);
  const asked = await askedByPolicies(db);
  const all = [...kinds.keys()].map((name) => [name, closure(asked, name)] as const);
  // What depends on anything else is not told: nobody notes how that changes.
  return new Map(all.filter(([, names]) => names.every((each) => kinds.has(each))));
}

/** The tables that the policies of a table ask, one step. */
async function askedByPolicies(db: Db): Promise<Map<string, readonly string[]>> {
  const rows = await db.execute(sql`
    select concat(own_schema.nspname, '.', own.relname) as name, array_agg(distinct concat(schema.nspname, '.', other.relname)) as names
    from pg_policy as policy
      join pg_class as own on own.oid = policy.polrelid
      join pg_namespace as own_schema on own_schema.oid = own.relnamespace
      join pg_depend as link on link.classid = 'pg_policy'::regclass and link.objid = policy.oid and link.refclassid = 'pg_class'::regclass
      join pg_class as other on other.oid = link.refobjid and other.oid <> own.oid
      join pg_namespace as schema on schema.oid = other.relnamespace
    group by 1`);
  return new Map(rows.map(({ name, names }) => [String(name), names as string[]]));
}

function closure(asked: ReadonlyMap<string, readonly string[]>, name: string): string[] {
  const all = new Set<string>();
  const visit = (each: string): void => {
    if (all.has(each)) return;
    all.add(each);
    for (const next of asked.get(each) ?? []) visit(next);
  };
  visit(name);
  return [...all];
}
