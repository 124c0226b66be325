import type { OpenDb } from './db.ts';

/** A connection of the pool, held for one transaction: what is sent goes out at once, without waiting for answers. */
export type Held = {
  /** The transaction has begun. */
  begun: Promise<unknown>;
  /** Rejects with Unsent when the connection has gone before. */
  send(text: string, parameters: readonly unknown[], values?: boolean): Promise<unknown>;
  /** Commits, which gives the connection back. Never throws. */
  end(): Promise<void>;
  /** Has the server give up what runs, because nobody waits for it any more. The connection ends with it: a late cancellation must meet nobody else. */
  cancel(): Promise<void>;
};

/** The statement never left: to ask again is safe. */
export class Unsent extends Error {
  readonly code = 'CONNECTION_CLOSED';
}

/** Distinct statements that a connection keeps plans of; then it makes room for a fresh one. */
const plansOfConnection = 500;

/** What we use of postgres.js 3.4.9 that its types do not show. */
type Query = Promise<unknown> & { executed: boolean; active: boolean; values(): Query; reject(error: unknown): void; cancel(): Promise<void> | null };
type Connection = {
  /** Whoever holds the connection; called when all that was sent is answered. The end of the transaction clears it and frees the connection. */
  reserved: (() => void) | null;
  onclose: ((error: unknown) => void) | null;
  /** False when nothing more should be sent for now. */
  execute(query: Query): unknown;
  end(): Promise<void>;
};

type Hold = { open: OpenDb; connection: Connection | undefined; answered: () => void; full: boolean; waiting: Query[]; sent: Set<Query>; over: boolean };

/** Plans by connection: they live and die together. */
const plans = new WeakMap<Connection, Set<string>>();

/**
 * As the driver's own `begin` does it, but statements follow without waiting for its answer. The driver's `reserve` loses waiting callers when a
 * connection closes; this way they wait as ordinary statements.
 */
export function hold(open: OpenDb, begin: string): Held {
  const hold: Hold = { open, connection: undefined, answered: () => answered(hold), full: false, waiting: [], sent: new Set(), over: false };
  const onexecute = (connection: Connection) => take(hold, connection);
  const begun = open.client.unsafe(begin, [], { onexecute } as object);
  begun.catch((error: unknown) => fail(hold, error));
  return { begun, send: (text, parameters, values = false) => send(hold, { text, parameters, values }), end: () => end(hold), cancel: () => cancel(hold) };
}

/** Called by the driver when it has sent `begin`. */
function take(hold: Hold, connection: Connection): void {
  hold.connection = connection;
  connection.reserved = hold.answered;
  connection.onclose = (error) => fail(hold, error);
  if (!plans.has(connection)) plans.set(connection, new Set());
  answered(hold);
}

/** Sends what waited. */
function answered(hold: Hold): void {
  hold.full = false;
  while (!hold.full) {
    const next = hold.waiting.shift();
    if (!next) return;
    hold.full = !hold.connection?.execute(next);
  }
}

function fail(hold: Hold, error: unknown): void {
  hold.over = true;
  if (hold.connection) plans.delete(hold.connection);
  for (const query of hold.waiting.splice(0)) query.reject(error);
}

function send(hold: Hold, { text, parameters, values }: { text: string; parameters: readonly unknown[]; values: boolean }): Promise<unknown> {
  const { open, connection } = hold;
  if (hold.over || (connection && connection.reserved !== hold.answered)) return Promise.reject(new Unsent('the connection went away'));
  const prepare = open.repeats(text);
  if (prepare && connection) plans.get(connection)?.add(text);
  const query = open.unsafe(text, parameters as never[], { prepare }) as unknown as Query;
  // It is ours to send; the driver would send it on any connection.
  query.executed = true;
  if (values) query.values();
  hold.sent.add(query);
  const answeredNow = () => hold.sent.delete(query);
  query.then(answeredNow, answeredNow);
  if (!connection || hold.full) hold.waiting.push(query);
  else hold.full = !connection.execute(query);
  return query;
}

async function end(hold: Hold): Promise<void> {
  try {
    const committed = send(hold, { text: 'commit', parameters: [], values: false });
    hold.over = true;
    if (hold.connection && (plans.get(hold.connection)?.size ?? 0) > plansOfConnection) void hold.connection.end();
    await committed;
  } catch {
    // The connection went away, and the transaction with it.
  }
}

async function cancel(hold: Hold): Promise<void> {
  if (hold.over) return end(hold);
  for (const query of hold.waiting.splice(0)) query.reject(new Unsent('nobody waits for it'));
  // Who still waits for a connection asks nothing on it when it comes.
  if (!hold.connection) return end(hold);
  const running = [...hold.sent].find((query) => query.active);
  // What it asks for over a connection of its own is best effort: the statement has its own limit.
  await running?.cancel()?.catch(() => undefined);
  if (running && !hold.over) void hold.connection.end();
  await end(hold);
}
