import { commandRole } from '#kernel/db.ts';
import { getTableConfig, getTableName, is, PgDialect, PgTable, type SQL } from '#kernel/sql.ts';
import { policyOf, visibilityOf } from '#kernel/visibility.ts';

/** Who may read each table's rows, by the table's name: the condition of its policy. */
export type Policies = Readonly<Record<string, string>>;

/** The policies of all tables as their sources say now; a table that declares nothing is a fault. */
export function policiesNow(tables: Readonly<Record<string, unknown>>): Policies {
  const found = [...new Set(Object.values(tables).filter((each): each is PgTable => is(each, PgTable)))].map(
    (table) => [nameOf(table), readingOf(table)] as const,
  );
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a migration has to say, so that policies become what they are to be. A table that is gone took its own along. */
export function policyStatements(before: Policies, now: Policies): string[] {
  return Object.entries(now).flatMap(([table, reading]) => {
    if (before[table] === undefined) return [[...secured(table), readingPolicy(table, reading)].join('\n')];
    return before[table] === reading ? [] : [[`DROP POLICY reading ON ${table};`, readingPolicy(table, reading)].join('\n')];
  });
}

function secured(table: string): string[] {
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
    `CREATE POLICY commanding ON ${table} TO ${commandRole} USING (true) WITH CHECK (true);`,
  ];
}

function readingPolicy(table: string, condition: string): string {
  return `CREATE POLICY reading ON ${table} FOR SELECT USING (${condition});`;
}

function nameOf(table: PgTable): string {
  const { schema, name } = getTableConfig(table);
  return `"${schema}"."${name}"`;
}

function readingOf(table: PgTable): string {
  const visibility = visibilityOf(table);
  if (!visibility) throw new Error(`${getTableName(table)} does not say who may see its rows: visible(...) beside the table`);
  return textOf(policyOf(visibility));
}

function textOf(condition: SQL): string {
  const { sql, params } = new PgDialect().sqlToQuery(condition.inlineParams());
  if (params.length > 0) throw new Error('a policy cannot have parameters');
  return sql;
}
