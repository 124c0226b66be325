import type { Sql } from 'postgres';

/** What every table of these schemas holds, as a digest each: two that are equal mean that nothing was written in between. That somebody was refused is noted. */
export async function footprint(sql: Sql, schemas: readonly string[], { except = [] }: { except?: readonly string[] } = {}): Promise<Record<string, string>> {
  const tables = await sql`select relnamespace::regnamespace::text || '.' || quote_ident(relname) as name from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text = any(${[...schemas]}::text[]) order by 1`;
  const names = tables.map(({ name }) => String(name)).filter((name) => !except.includes(name) && !name.startsWith('log.audit'));
  const digests = names.map((name) => `select '${name}' as name, md5(coalesce(string_agg(row::text, ',' order by row::text), '')) as digest from ${name} row`);
  const rows = await sql.unsafe(digests.join(' union all '));
  return Object.fromEntries(rows.map(({ name, digest }) => [String(name), String(digest)]));
}

type Refusal = { code: string; field: string | null; guard: string | null };

/** A refusal in a line: its code, and the guard or the field that it points at. */
export function lineOf({ code, field, guard }: Refusal): string {
  return [code, guard ?? field].filter(Boolean).join(' ');
}
