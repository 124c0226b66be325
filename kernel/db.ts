import postgres, { type Sql, type TransactionSql } from 'postgres';
import { drizzle, type ExtractTablesWithRelations, type PgColumn, type PgDatabase, type PgTable, type PostgresJsQueryResultHKT } from './sql.ts';

type NoSchema = Record<string, never>;

/** A pool, a session or a transaction: what reads run on. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>;
/** A transaction. It has the type of a Db; the name says what a function needs. */
export type Tx = Db;

export type OpenDb = {
  /** Each statement on whichever connection is free. */
  db: Db;
  /** The driver, for sessions that hold a connection. */
  client: Sql;
  /** The driver's own way to send a text: it is prepared if the caller says so. */
  unsafe: Sql['unsafe'];
  /** True for a text that came before and not long ago: it is worth preparing. */
  repeats: (text: string) => boolean;
  /** The query builder over another way to send statements. */
  over: (way: Pick<Sql, 'unsafe'>) => Db;
  close(): Promise<void>;
} & AsyncDisposable;

export type DbOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections at most (default 10). */
  max?: number;
  /** Milliseconds before the server gives a statement up (default 30,000). */
  statementTimeout?: number;
  /** For what serves no single reader, such as the sequencer and the processes: all its connections act as the role of commands. */
  scope?: 'command';
  /** Called for every statement: tests count with it. */
  onStatement?: (text: string, parameters: unknown[]) => void;
};

/**
 * Who writes, and judges all rows, whoever asked. A role and not a setting: the policy for it is `true`, which costs no plan anything, where the conditions
 * of readers took up to 50 ms to plan.
 */
export const commandRole = 'accord_command';

/** Seconds between two attempts to reach a server that does not answer. The driver's own pauses grow to 20 s, in which callers wait. */
const reconnectPause = 0.25;

/** Texts of which a pool remembers that they came. */
const remembered = 1_000;

/** One pool per purpose: drizzle overwrites the client's serializers, so a client is never shared. */
export function openDb(options: DbOptions): OpenDb {
  const client = postgres(options.scope ? withoutRole(options.url) : options.url, {
    max: options.max ?? 10,
    backoff: () => reconnectPause,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: `accord-${options.name}`,
      statement_timeout: options.statementTimeout ?? 30_000,
      TimeZone: 'UTC',
      // A text is planned once per connection. With a reader's conditions in it, planning took eight times as long as the statement, and the server did it anew each time.
      plan_cache_mode: 'force_generic_plan',
      // A plan made while a table was small must serve when it is large: it reads whole tables only where no index will do.
      enable_seqscan: 'off',
      // Until 17 what no index can do counts as so dear that the server would compile it first, for longer than it runs.
      jit: 'off',
      ...(options.scope ? { role: commandRole } : {}),
    },
  });
  const repeats = recentTexts(remembered);
  const { unsafe } = client;
  prepareRepeated(client, repeats);
  const { onStatement } = options;
  const config = onStatement ? { logger: { logQuery: (text: string, parameters: unknown[]) => onStatement(text, parameters) } } : {};
  const db = drizzle(client, config);
  const over = (way: Pick<Sql, 'unsafe'>): Db => drizzle({ options: client.options, ...way } as unknown as Sql, config);
  const close = () => client.end({ timeout: 5 });
  return { db, client, unsafe, repeats, over, close, [Symbol.asyncDispose]: close };
}

/**
 * drizzle has every statement parsed and planned anew; one that comes a second time is prepared instead, in transactions as well. A connection's plans go
 * with it, within the hour.
 */
function prepareRepeated<Way extends Sql | TransactionSql>(way: Way, repeats: (text: string) => boolean): Way {
  const { unsafe } = way;
  way.unsafe = (text, parameters, options) => unsafe(text, parameters, { ...options, prepare: repeats(text) });
  for (const name of ['begin', 'savepoint'] as const) {
    const open = (way as Partial<Record<typeof name, Open>>)[name];
    const prepared = (...args: unknown[]) =>
      open?.(...args.map((each) => (isScope(each) ? (inner: TransactionSql) => each(prepareRepeated(inner, repeats)) : each)));
    if (open) Object.assign(way, { [name]: prepared });
  }
  return way;
}

type Scope = (inner: TransactionSql) => unknown;
type Open = (...args: unknown[]) => unknown;

function isScope(value: unknown): value is Scope {
  return typeof value === 'function';
}

/** What an address says wins over what is asked for beside it. */
function withoutRole(address: string): string {
  const url = new URL(address);
  url.searchParams.delete('role');
  return url.href;
}

/** Tells whether a text is among the last so many different ones. */
function recentTexts(limit: number): (text: string) => boolean {
  const texts = new Set<string>();
  return (text) => {
    const known = texts.delete(text);
    texts.add(text);
    if (texts.size > limit) texts.delete(texts.values().next().value ?? '');
    return known;
  };
}

/** Every entity's table: an id, a version for optimistic concurrency, and when it changed. */
export type EntityTable = PgTable & { id: PgColumn; version: PgColumn; updatedAt: PgColumn };
