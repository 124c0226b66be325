import type { Db } from './db.ts';
import { isId } from './ids.ts';
import { getTableColumns, type InferSelectModel, type PgColumn, type PgTable, type SQL, sql } from './sql.ts';

/** The columns of a table as SQL, and a raw row as drizzle would give it. drizzle works both out anew for each statement and field. */
export type Reader<Row> = { columns: SQL; row: (raw: Readonly<Record<string, unknown>>) => Row };

/** What is known of a table never changes. */
const readers = new WeakMap<PgTable, Reader<unknown>>();

/** The reader of a table, made once. */
export function readerOf<T extends PgTable>(table: T): Reader<InferSelectModel<T>> {
  const reader = readers.get(table) ?? makeReader(columnsIn(table), () => ({}));
  readers.set(table, reader);
  return reader as Reader<InferSelectModel<T>>;
}

/** The same for some columns, by their names in code. Whoever asks its rows for another one is told so: it is not null, it was not read. */
export function narrowReader<T extends PgTable>(table: T, names: readonly string[] | undefined): Reader<InferSelectModel<T>> {
  if (!names) return readerOf(table);
  const known = narrowReaders.get(table) ?? new Map<string, Reader<unknown>>();
  narrowReaders.set(table, known);
  const key = names.join(' ');
  const before = known.get(key);
  if (before) return before as Reader<InferSelectModel<T>>;
  const [read, left] = [columnsIn(table).filter(([name]) => names.includes(name)), columnsIn(table).filter(([name]) => !names.includes(name))];
  const made = makeReader(read, rowsWithout(left.map(([name]) => name)));
  known.set(key, made);
  return made as Reader<InferSelectModel<T>>;
}

const narrowReaders = new WeakMap<PgTable, Map<string, Reader<unknown>>>();

const columnsIn = (table: PgTable): [string, PgColumn][] => Object.entries(getTableColumns(table) as Record<string, PgColumn>);

function rowsWithout(names: readonly string[]): () => Record<string, unknown> {
  const notRead = (name: string) => ({
    get: () => {
      throw new Error(`${name} was not read, because nothing in the document was known to need it`);
    },
  });
  const ground = Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, notRead(name)])));
  return () => Object.create(ground);
}

function makeReader(columns: readonly [string, PgColumn][], empty: () => Record<string, unknown>): Reader<Record<string, unknown>> {
  return {
    columns: sql.raw(columns.map(([, { name }]) => `"${name}"`).join(', ')),
    row: (raw) => {
      const row = empty();
      for (const [property, column] of columns) {
        const value = raw[column.name];
        row[property] = value === null ? null : column.mapFromDriverValue(value);
      }
      return row;
    },
  };
}

/** Whole rows that meet a condition. */
export async function rowsWhere<T extends PgTable>(db: Db, table: T, condition: SQL | undefined): Promise<InferSelectModel<T>[]> {
  const { columns, row } = readerOf(table);
  const found = await db.execute(condition ? sql`select ${columns} from ${table} where ${condition}` : sql`select ${columns} from ${table}`);
  return found.map(row);
}

/**
 * Rows that hold one of these words, which are those of a closed set (a status, a kind). They stand in the text and not beside it: a plan for whatever may be
 * asked could use no index that holds rare words alone.
 */
export function wordIn(column: PgColumn | SQL, words: readonly string[] | null | undefined): SQL | undefined {
  if (!words) return undefined;
  if (words.length === 0) return sql`false`;
  const strange = words.find((word) => !/^[A-Z][A-Z0-9_]*$/.test(word));
  if (strange !== undefined) throw new Error(`${strange} is no word of a closed set`);
  const texts = [...new Set(words)].sort().map((word) => `'${word}'`);
  return texts.length === 1 ? sql`${column} = ${sql.raw(texts[0] ?? '')}` : sql`${column} in (${sql.raw(texts.join(', '))})`;
}

/** The column holds the id, or one of the ids, that a caller gave. Without any it is no condition; what is no id matches nothing. */
export function idIn(column: PgColumn, ids: string | readonly string[] | null | undefined): SQL | undefined {
  if (ids === null || ids === undefined) return undefined;
  return among(column, [ids].flat().filter(isId));
}

/** `column in (values)` with one text for every number of values, so that the statement is prepared once for all. */
export function among(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::${sql.raw(column.getSQLType())}[])`;
}

/** Rows that changed at an instant or later; a filter that went through JSON has it as text. */
export function changedSince({ updatedAt }: { updatedAt: PgColumn }, since: Date | string | null | undefined): SQL | undefined {
  return since ? sql`${updatedAt} >= ${new Date(since).toISOString()}::timestamptz` : undefined;
}
