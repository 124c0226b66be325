import type { Db, Tx } from './db.ts';
import { bigint, boolean, getTableColumns, getTableConfig, index, type PgColumn, type PgTable, type SQL, sql } from './sql.ts';

/** A balance table, and the table whose rows it sums. */
export type Balance = { table: BalanceTable; rows: PgTable };

/**
 * Sums by key beside the rows they are sums of. Triggers add rows of differences, so that nobody waits; folding makes one row of a key's many.
 * `<table>_due` is the view that says from the rows what the balances must be.
 */
type BalanceTable = PgTable;

/** The columns of every balance beside its key's and its sums: `parts` are the key's columns as texts. */
export function balanceColumns(parts: readonly string[]) {
  const text = sql.raw(parts.map((part) => `coalesce(${part}, '')`).join(` || '|' || `));
  return {
    /** Which rows may be folded together; equal keys have equal hashes. */
    key: bigint('key', { mode: 'bigint' }).notNull().generatedAlwaysAs(sql`hashtextextended(${text}, 0)`),
    folded: boolean('folded').notNull().default(false),
  };
}

/** A part of a balance's key that is an id. */
export function idPart(name: string): string {
  return `${name}::text`;
}

/** The part of a balance's key that is its month. A date as a text depends on settings; a number of days does not. */
export const monthPart = `(month - '2000-01-01'::date)::text`;

/** How folding finds what is new, and the rows of a key. */
export function balanceIndexes(name: string, { key }: { key: PgColumn }) {
  return [index(`${name}_key`).on(key), index(`${name}_loose`).on(key).where(sql`not folded`)];
}

/** As people call it. */
export function balanceName(table: BalanceTable): string {
  return shapeOf(table).name;
}

type Shape = { name: string; due: SQL; keys: SQL; sums: SQL; totals: SQL; nonzero: SQL };

function shapeOf(table: BalanceTable): Shape {
  const { schema, name } = getTableConfig(table);
  const columns = Object.values(getTableColumns(table)).filter((column) => column.name !== 'key' && column.name !== 'folded');
  const named = (summed: boolean, write: (name: string) => string, by = ', ') =>
    sql.raw(
      columns
        .filter((column) => (column.getSQLType() === 'bigint') === summed)
        .map(({ name }) => write(`"${name}"`))
        .join(by),
    );
  return {
    name: `${schema}.${name}`,
    due: sql.raw(`${schema}.${name}_due`),
    keys: named(false, (column) => column),
    sums: named(true, (column) => column),
    totals: named(true, (column) => `sum(${column})::bigint as ${column}`),
    nonzero: named(true, (column) => `sum(${column}) <> 0`, ' or '),
  };
}

/** Makes one row of each key's rows, for up to `bite` keys that have new ones; gives how many keys it was when there may be more. Writers go on meanwhile. */
export async function foldBalances(db: Db, table: BalanceTable, bite = 2_000): Promise<number> {
  const { name, keys, sums, totals, nonzero } = shapeOf(table);
  return db.transaction(async (tx) => {
    const [turn] = await tx.execute(sql`select pg_try_advisory_xact_lock(hashtextextended(${`fold ${name}`}, 0)) as mine`);
    if (!turn?.mine) return 0;
    const [fresh] = await tx.execute(sql`
      with fresh as materialized (select distinct key from ${table} where not folded limit ${bite}),
        gone as (delete from ${table} where key in (select key from fresh) returning ${keys}, ${sums}),
        kept as (insert into ${table} (${keys}, folded, ${sums}) select ${keys}, true, ${totals} from gone group by ${keys} having ${nonzero})
      select count(*)::int as n from fresh`);
    const n = Number(fresh?.n);
    return n === bite ? n : 0;
  });
}

/** How many keys a balance table has wrong: none, unless somebody wrote past the triggers. */
export async function wrongBalances(db: Db, table: BalanceTable): Promise<number> {
  const { keys, sums, totals, nonzero, due } = shapeOf(table);
  const [row] = await db.execute(sql`
    with held as (select ${keys}, ${totals} from ${table} group by ${keys} having ${nonzero}), due as (select ${keys}, ${sums} from ${due}),
      wrong as ((table held except all table due) union all (table due except all table held))
    select count(*)::int as n from (select distinct ${keys} from wrong) as each`);
  return Number(row?.n);
}

/** Makes a balance table anew from the rows. Writers of them wait until the transaction ends. */
export async function rebuildBalances(tx: Tx, { table, rows }: Balance): Promise<void> {
  const { keys, sums, due } = shapeOf(table);
  await tx.execute(sql`lock table ${rows} in share row exclusive mode`);
  await tx.execute(sql`delete from ${table}`);
  await tx.execute(sql`insert into ${table} (${keys}, folded, ${sums}) select ${keys}, true, ${sums} from ${due}`);
}
