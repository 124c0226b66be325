import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgColumn, PgDatabase, PgTable } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

type NoSchema = Record<string, never>;

/** A pool or a transaction: what reads run on. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>;
/** A transaction. It has the type of a Db; the name says what a function needs. */
export type Tx = Db;

export type OpenDb = { db: Db; close(): Promise<void> } & AsyncDisposable;

export type DbOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections at most (default 10). */
  max?: number;
  /** Milliseconds before the server gives a statement up (default 30,000). */
  statementTimeout?: number;
  /** Called for every statement: tests count with it. */
  onStatement?: (text: string) => void;
};

/** Seconds between two attempts to reach a server that does not answer. The driver's own pauses grow to 20 s, in which callers wait. */
const reconnectPause = 0.25;

/** One pool per purpose: drizzle overwrites the client's serializers, so a client is never shared. */
export function openDb(options: DbOptions): OpenDb {
  const client = postgres(options.url, {
    max: options.max ?? 10,
    backoff: () => reconnectPause,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: `accord-${options.name}`, statement_timeout: options.statementTimeout ?? 30_000, TimeZone: 'UTC' },
  });
  prepareRepeated(client);
  const { onStatement } = options;
  const db = drizzle(client, onStatement ? { logger: { logQuery: (text) => onStatement(text) } } : {});
  const close = () => client.end({ timeout: 5 });
  return { db, close, [Symbol.asyncDispose]: close };
}

/** Statements that a pool prepares at most: each connection keeps its plans, and the driver never lets one go. */
const preparedLimit = 100;

/** drizzle has every statement parsed and planned anew. Outside of transactions, one that comes a second time is prepared instead. */
function prepareRepeated(client: Sql): void {
  const { unsafe } = client;
  const seen = new Set<string>();
  const prepared = new Set<string>();
  client.unsafe = (text, parameters, options) => {
    if (!prepared.has(text) && prepared.size < preparedLimit) {
      if (seen.delete(text)) prepared.add(text);
      else if (seen.size < 10 * preparedLimit) seen.add(text);
      else seen.clear();
    }
    return unsafe(text, parameters, { ...options, prepare: prepared.has(text) });
  };
}

/** Every entity's table: an id, a version for optimistic concurrency, and when it changed. */
export type EntityTable = PgTable & { id: PgColumn; version: PgColumn; updatedAt: PgColumn };
