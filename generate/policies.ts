import { getTableName, is, type SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect, PgTable } from 'drizzle-orm/pg-core';
import { commandRole } from '#kernel/db.ts';
import { policyOf, visibilityOf } from '#kernel/visibility.ts';
import { allTables } from './migrations.ts';
import type { Output } from './output.ts';

const heading = '-- Written by generate from what each table declares of its visibility. Edit the declaration, not this.\n';

/** Row-level security for every table of every subgraph; a table that declares nothing is a fault. */
export async function policies(root: string): Promise<Output> {
  const tables = [...new Set(Object.values(await allTables(root)).filter((each): each is PgTable => is(each, PgTable)))];
  const texts = tables.map((table) => ({ name: nameOf(table), text: policiesOf(table) }));
  const sorted = texts.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }) => text);
  return { path: 'drizzle/0005_policies.sql', content: `${heading}${sorted.join('\n--> statement-breakpoint\n')}\n` };
}

function nameOf(table: PgTable): string {
  const { schema, name } = getTableConfig(table);
  return `"${schema}"."${name}"`;
}

function policiesOf(table: PgTable): string {
  const visibility = visibilityOf(table);
  if (!visibility) throw new Error(`${getTableName(table)} does not say who may see its rows: visible(...) beside the table`);
  const name = nameOf(table);
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
    `CREATE POLICY reading ON ${name} FOR SELECT USING (${textOf(policyOf(visibility))});`,
    `CREATE POLICY commanding ON ${name} TO ${commandRole} USING (true) WITH CHECK (true);`,
  ].join('\n');
}

function textOf(condition: SQL): string {
  const { sql, params } = new PgDialect().sqlToQuery(condition.inlineParams());
  if (params.length > 0) throw new Error('a policy cannot have parameters');
  return sql;
}
