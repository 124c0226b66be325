import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TransactionSql } from 'postgres';
import { getTableColumns, getTableConfig, type PgColumn, type PgTable } from '#kernel/sql.ts';

/** Rows by property name, as drizzle infers them. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** Rows for a table; what `instead` says holds for every row. */
type Load = { table: PgTable; rows: Iterable<AnyRow>; instead?: AnyRow };

/** Loads rows by COPY, the quickest way in; gives how many. */
export async function copyRows(tx: TransactionSql, { table, rows, instead = {} }: Load): Promise<number> {
  const columns = Object.entries(getTableColumns(table));
  return copyText(tx, { into: nameOf(table), columns: columns.map(([, column]) => column.name), lines: linesOf(columns, rows, instead) });
}

type Settling = { table: PgTable; rows: readonly AnyRow[]; properties: readonly string[] };

/** Moves rows that were loaded in an early state on to the state that they are in. */
export async function settleRows(tx: TransactionSql, { table, rows, properties }: Settling): Promise<void> {
  const all = getTableColumns(table);
  const columns = ['id', ...properties].map((name) => [name, all[name] as PgColumn] as [string, PgColumn]);
  const names = columns.map(([, column]) => `"${column.name}"`);
  await tx.unsafe(`create temp table settled on commit drop as select ${names.join(', ')} from ${nameOf(table)} with no data`);
  await copyText(tx, { into: 'settled', columns: columns.map(([, column]) => column.name), lines: linesOf(columns, rows, {}) });
  await tx.unsafe(
    `update ${nameOf(table)} as own set ${names
      .slice(1)
      .map((name) => `${name} = settled.${name}`)
      .join(', ')} from settled where own.id = settled.id`,
  );
  await tx.unsafe('drop table settled');
}

type Text = { into: string; columns: readonly string[]; lines: Iterable<string> };

/** COPY of text lines into a table; gives how many. */
export async function copyText(tx: TransactionSql, { into, columns, lines }: Text): Promise<number> {
  let count = 0;
  const counted = function* () {
    let chunk = '';
    for (const line of lines) {
      count += 1;
      chunk += line;
      if (chunk.length < 65_536) continue;
      yield chunk;
      chunk = '';
    }
    if (chunk) yield chunk;
  };
  const copying = tx.unsafe(`copy ${into} (${columns.map((name) => `"${name}"`).join(', ')}) from stdin`);
  const refused = refusalOf(copying);
  const target = await Promise.race([copying.writable(), refused]);
  await Promise.race([pipeline(Readable.from(counted()), target), refused]);
  return count;
}

/** Rejects when the server refuses the rows. What it says after the last one the driver tells the query only, whose promise is long kept: the stream never ends. */
function refusalOf(copying: object): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  Object.assign(copying, { reject });
  return promise;
}

function nameOf(table: PgTable): string {
  const { schema, name } = getTableConfig(table);
  return `"${schema ?? 'public'}"."${name}"`;
}

function* linesOf(columns: readonly [string, PgColumn][], rows: Iterable<AnyRow>, instead: AnyRow): Iterable<string> {
  for (const row of rows) {
    let line = '';
    for (const [name, column] of columns) line += `${line === '' ? '' : '\t'}${field(name in instead ? instead[name] : row[name], column)}`;
    yield `${line}\n`;
  }
}

function field(value: unknown, column: PgColumn): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && column.dataType === 'array') return escaped(`{${value.map((item) => `"${String(item)}"`).join(',')}}`);
  return escaped(JSON.stringify(value));
}

/** COPY's text format sets four characters apart. */
export function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ?? '')
    : text;
}
