import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { GraphQLSchema } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { type Clock, type Context, createContext, type Trace } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { type Subgraph, subgraphDocument, subgraphSchema } from '#kernel/subgraph.ts';
import type { Logger } from '#kernel/telemetry.ts';

/** A subgraph with its database, ready to execute. */
export type OpenSubgraph = {
  name: string;
  schema: GraphQLSchema;
  /** One per operation. */
  context(actor: Actor, trace: Trace): Context;
  log: Logger;
  /** Throws when its database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
};

export type SubgraphParts = {
  subgraph: Subgraph;
  databaseUrl: string;
  log: Logger;
  clock: Clock;
  connections?: number | undefined;
  /** Called for every SQL statement: tests count with it. */
  onStatement?: ((text: string) => void) | undefined;
};

const schemaFolder = new URL('../schema/', import.meta.url);

/** The hand-written SDL of a subgraph, or of the kernel. */
function readSdl(name: string): Promise<string> {
  return readFile(new URL(`${name}.graphql`, schemaFolder), 'utf8');
}

/** Opens a subgraph on a pool of its own. */
export async function openSubgraph({ subgraph, databaseUrl, log, clock, connections = 10, onStatement }: SubgraphParts): Promise<OpenSubgraph> {
  const { name, resolvers } = subgraph;
  const schema = subgraphSchema(subgraphDocument(await readSdl('kernel'), await readSdl(name)), resolvers);
  const { db, close } = openDb({ url: databaseUrl, name, max: connections, ...(onStatement ? { onStatement } : {}) });
  return {
    name,
    schema,
    context: (actor, trace) => createContext({ db, actor, trace, clock, log }),
    log,
    check: async () => void (await db.execute(sql`select 1`)),
    close,
  };
}
