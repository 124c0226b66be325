import type { Sql } from 'postgres';

/**
 * Every table's content, a sum for each: equal before and after when nothing was written.
 * Without the keys of calls: bulk forms remember what they refused, so that a retry is told the same. Nor the audit: that a call was refused stands there.
 */
export async function contentOf(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql`select table_schema || '.' || table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('engagements', 'resources', 'time', 'finance', 'operations', 'log') and table_name <> 'idempotency' and table_name not like 'audit%'`;
  const sums = tables.map(({ name }) => `select '${name}' as name, md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as sum from ${name} row`);
  return Object.fromEntries((await sql.unsafe(sums.join(' union all '))).map(({ name, sum }) => [String(name), String(sum)]));
}
