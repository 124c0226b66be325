import { roles } from '#gateway/roles.ts';
import { type Actor, serviceActor } from '#kernel/actor.ts';
import { createContext } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import type { Document } from '#kernel/published.ts';
import { type Entry, publish, published } from '#kernel/reference.ts';
import { sessionsOn } from '#kernel/session.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { settingsOf } from '#kernel/visibility.ts';
import { defaultOwnership } from '../../roles/ownership.ts';
import { cloneDatabase } from './database.ts';
import { executableOn, sharedSchema } from './schemas.ts';

export const allowed: Actor = { id: 'test', kind: 'STAFF', permissions: ['*'] };
export const portalOf = (...customerIds: string[]): Actor => ({ id: 'portal', ...roles.portal, customerIds });

type Answer = { data: Record<string, never> | null | undefined; errors: { message: string; code: unknown; path: unknown }[] };
type Call = { variables?: Record<string, unknown>; actor?: Actor; correlationId?: string };

/** A subgraph on a database of its own: documents in, data out, no gateway. */
export async function subgraphWorld(subgraph: Subgraph) {
  const schema = await sharedSchema(subgraph);
  const database = await cloneDatabase();
  const statements: string[] = [];
  const open = openDb({ url: database.appUrl, name: 'test', onStatement: (text) => statements.push(text) });
  const sessions = sessionsOn(open);
  const machinery = openDb({ url: database.appUrl, name: 'machinery', scope: 'command', onStatement: (text) => statements.push(text) });
  const time = { now: new Date('2026-03-02T09:00:00.000Z') };
  const log = createLogger({ level: 'silent' });

  const run = async (text: string, { variables, actor = allowed, correlationId = 'test-correlation' }: Call = {}): Promise<Answer> => {
    const executable = executableOn(schema, text);
    await using held = new AsyncDisposableStack();
    const session = held.adopt(sessions(settingsOf(actor)), (each) => each.end());
    const context = createContext({ session, actor, trace: { correlationId }, clock: () => time.now, log, ownership: defaultOwnership });
    const result = await executable.execute({ variables, context });
    const errors = (result.errors ?? []).map((error) => {
      const cause = error.originalError;
      return { message: error.message, path: error.path, code: cause && 'code' in cause ? cause.code : error.extensions.code, cause };
    });
    return { data: result.data as Answer['data'], errors };
  };

  return {
    run,
    /** Runs and expects no error: gives the data, loosely typed, as a client has it. */
    // biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
    ok: async (text: string, call: Call = {}): Promise<any> => {
      const { data, errors } = await run(text, call);
      if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
      return data;
    },
    schema,
    url: database.url,
    sql: database.sql,
    db: machinery.db,
    session: () => sessions(settingsOf(allowed)),
    time,
    statements,
    /** Types of the facts stated so far, in order. */
    facts: async (): Promise<string[]> => (await database.sql`select type from log.pending order by sequence`).map((row) => String(row.type)),
    /** Plays a sibling subgraph that publishes what it owns, by its own schema. */
    publish: <Data>(document: Document<Data>, entries: readonly (Omit<Entry<Data>, 'version'> & { version?: number })[]) =>
      publish(
        { tx: machinery.db, actor: serviceActor('test'), trace: { correlationId: 'test' }, now: time.now },
        entries.map((entry) => published(document, { version: 1, ...entry })),
      ),
    async [Symbol.asyncDispose]() {
      await open.close();
      await machinery.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
