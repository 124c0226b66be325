import type { IncomingHttpHeaders } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { Actor } from './actor.ts';
import type { Trace } from './context.ts';
import type { Reads, ToldReads } from './reads.ts';
import type { Workload } from './workload.ts';

/** One fetch of a plan: what a subgraph is asked, for whom, on behalf of which business transaction. */
export type TransportRequest = {
  text: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
  actor: Actor;
  trace: Trace;
  /** The client's, as it sent them, where there is one client: a subgraph gets those alone that it is to have. */
  headers?: IncomingHttpHeaders | undefined;
  /** The client's operation that the fetch belongs to: what its fetches share is released with it. */
  operation?: AsyncDisposableStack | undefined;
  signal?: AbortSignal | undefined;
  /** What kind of work the client's operation is: the gateway says so, and nobody else (default: interactive). */
  workload?: Workload | undefined;
  /** Where what the client's operation reads is noted, if its answer may be kept. */
  reads?: Reads | undefined;
};

export type TransportAnswer = {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly GraphQLFormattedError[] | undefined;
  /** What was read for it, where that was wanted. */
  reads?: ToldReads | undefined;
};

/** The way to one subgraph. It answers also when the subgraph is gone: with UPSTREAM_UNAVAILABLE. */
export type Transport = {
  execute(request: TransportRequest): Promise<TransportAnswer>;
  /** Opens a subscription of the subgraph's own; only the firm's own subgraphs have any. What ends it early is thrown, as Refused. */
  subscribe?(request: TransportRequest): AsyncGenerator<TransportAnswer, void, undefined>;
  /** Throws when the subgraph cannot answer. */
  check(): Promise<void>;
  close(): Promise<void>;
};
