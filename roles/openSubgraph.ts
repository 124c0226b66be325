import { readFile } from 'node:fs/promises';
import type { GraphQLSchema } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import { noting } from '#kernel/audit.ts';
import { type Clock, type Context, createContext, type Trace } from '#kernel/context.ts';
import type { Ownership } from '#kernel/ownership.ts';
import { type Reads, watchReads } from '#kernel/reads.ts';
import { readSdl } from '#kernel/sdl.ts';
import { type Session, sessionsOn } from '#kernel/session.ts';
import { sql } from '#kernel/sql.ts';
import { type Subgraph, subgraphDocument } from '#kernel/subgraph.ts';
import { type Reads as FieldReads, subgraphSchema } from '#kernel/subgraphSchema.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { TransportRequest } from '#kernel/transport.ts';
import { settingsOf } from '#kernel/visibility.ts';
import type { Wanted } from '#kernel/wanted.ts';
import type { Pools } from '#kernel/workload.ts';
import { accordSchemas } from './database/external.ts';

/** A subgraph with its database, ready to execute. */
export type OpenSubgraph = {
  name: string;
  schema: GraphQLSchema;
  /** Reads and writes of one operation; whoever opens it ends it. */
  session(actor: Actor, asked?: Pick<TransportRequest, 'reads' | 'workload'>): Session;
  /** One per request. */
  context(request: { actor: Actor; trace: Trace; session: Session; wanted?: Wanted | undefined }): Context;
  log: Logger;
  /** Throws when its database does not answer. */
  check(): Promise<void>;
};

export type SubgraphParts = {
  subgraph: Subgraph;
  /** Its pools, which subgraphs of one process share. They stay the caller's to close. */
  pools: Pools;
  log: Logger;
  clock: Clock;
  /** Which systems own what. */
  ownership: Ownership;
};

const schemaFolder = new URL('../schema/', import.meta.url);

/** What a subgraph executes: its SDL and its resolvers. */
export async function schemaOf({ name, resolvers }: Subgraph): Promise<GraphQLSchema> {
  const reads = JSON.parse(await readFile(new URL('reads.json', schemaFolder), 'utf8')) as Record<string, FieldReads>;
  const document = subgraphDocument(await readSdl(schemaFolder, 'kernel'), await readSdl(schemaFolder, name));
  return subgraphSchema(document, { ...resolvers, ...notingMutations(resolvers) }, reads[name]);
}

/** Mutations whose refusals are noted. */
function notingMutations({ Mutation }: Subgraph['resolvers']): Subgraph['resolvers'] {
  if (!Mutation) return {};
  const mutations = Object.entries(Mutation as Record<string, Parameters<typeof noting>[1]>);
  return { Mutation: Object.fromEntries(mutations.map(([name, resolve]) => [name, noting(name, resolve)])) };
}

/** Opens a subgraph on its pools. */
export async function openSubgraph({ subgraph, pools, log, clock, ownership }: SubgraphParts): Promise<OpenSubgraph> {
  const { name } = subgraph;
  const schema = subgraph.schema ?? (await schemaOf(subgraph));
  const watch = watchReads(accordSchemas);
  const sessions = {
    interactive: sessionsOn(pools.interactive, watch),
    analytical: sessionsOn(pools.analytical, watch),
    bulk: sessionsOn(pools.bulk, watch),
  };
  return {
    name,
    schema,
    session: (actor, { reads, workload = 'interactive' } = {}) => sessions[workload](settingsOf(actor), reads),
    context: (request) => createContext({ ...request, clock: watchedClock(clock, request.session.reads), log, ownership }),
    log,
    check: async () => void (await pools.interactive.db.execute(sql`select 1`)),
  };
}

/** What was made of the time is another thing a moment later. */
function watchedClock(clock: Clock, reads: Reads | undefined): Clock {
  if (!reads) return clock;
  return () => {
    reads.untold ??= 'the time';
    return clock();
  };
}
