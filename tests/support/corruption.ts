import type { Sql, TransactionSql } from 'postgres';

/**
 * Writes to a subgraph's tables as a bug or a hand on the database would, to see that the database refuses it, or that somebody notices.
 * A law lets no test write there in any other way but this and `plantVolume`.
 */
export function plantCorruption<Own extends Sql | TransactionSql>(sql: Own): Own {
  return sql;
}
