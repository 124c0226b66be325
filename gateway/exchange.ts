import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Actor } from '#kernel/actor.ts';
import type { Trace } from '#kernel/context.ts';
import type { Reads } from '#kernel/reads.ts';
import { continueTraceparent, isCorrelationId } from '#kernel/telemetry.ts';
import type { Workload } from '#kernel/workload.ts';
import type { Place } from './admission.ts';
import type { Standing } from './cost/budget.ts';

/** What travels with one operation through the gateway. It is Apollo's contextValue. */
export type Exchange = {
  actor: Actor;
  /** By which name the client is counted; nobody counts what the gateway asks itself. */
  client?: string | undefined;
  trace: Trace;
  /** The client's headers, for subgraphs that are to have some of them. */
  headers?: IncomingHttpHeaders | undefined;
  /** What its fetches hold together, released when it is answered. */
  operation?: AsyncDisposableStack | undefined;
  signal?: AbortSignal | undefined;
  /** Its place among the operations of this process. */
  place?: Pick<Place, 'become'> | undefined;
  /** Called with what is left of the budget that it spent of. */
  onSpent?: ((standing: Standing) => void) | undefined;
  /** What kind of work it is, once that is known. */
  workload?: Workload | undefined;
  /** Where what it reads is noted, if its answer may be kept. */
  reads?: Reads | undefined;
};

/** The caller's correlation id and trace where they are well-formed, else new ones. */
export function traceOf(headers: IncomingHttpHeaders): Trace {
  const given = headers['x-correlation-id'];
  return {
    correlationId: isCorrelationId(given) ? given : randomUUID(),
    traceparent: continueTraceparent(callerOf(headers)),
  };
}

/** The caller's own traceparent, if it sent one: spans of this process stand below it. */
export function callerOf(headers: IncomingHttpHeaders): string | undefined {
  const told = headers.traceparent;
  return typeof told === 'string' ? told : undefined;
}

/** What a request asks for; undefined when its target is no address, as a stranger's may be. */
export function addressOf({ url }: Pick<IncomingMessage, 'url'>): URL | undefined {
  return URL.parse(url ?? '/', 'http://door') ?? undefined;
}
