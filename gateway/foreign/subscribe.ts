import { Refused } from '#kernel/errors.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import { callerHeaders } from './caller.ts';
import { eventStream } from './eventStream.ts';
import type { ForeignSubgraph } from './settings.ts';
import { webSocketStream } from './webSocketStream.ts';

/** A subscription at a subgraph of the firm's own: what is asked, as whom, until when. */
export type Upstream = { subgraph: ForeignSubgraph; payload: Payload; headers: Record<string, string>; signal: AbortSignal };
type Payload = { query: string; variables?: Record<string, unknown> | undefined; operationName?: string | undefined };

/** Subscriptions that are open at one subgraph at most: each holds a connection. */
const most = 1_000;

/** Bytes, or characters, of one event at most. */
export const eventLimit = 4 * 1024 * 1024;

/** Opens subscriptions at one subgraph. Each ends when the subgraph ends it, breaks, or the request's signal says so. */
export function subscriber(subgraph: ForeignSubgraph, log: Logger): (request: TransportRequest) => AsyncGenerator<TransportAnswer, void, undefined> {
  let open = 0;
  return async function* subscribed(request) {
    const { name } = subgraph;
    if (open >= most) throw new Refused('RATE_LIMITED', `As many subscriptions are open at the ${name} subgraph as it gets. Try again later.`);
    open += 1;
    const ended = new AbortController();
    const signal = request.signal ? AbortSignal.any([request.signal, ended.signal]) : ended.signal;
    try {
      const payload = { query: request.text, variables: request.variables, operationName: request.operationName };
      const upstream: Upstream = { subgraph, payload, headers: await callerHeaders(subgraph, request), signal };
      yield* subgraph.subscriptions.protocol === 'ws' ? webSocketStream(upstream) : eventStream(upstream);
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error, subgraph: name, ...idsOf(request.trace) }, 'a subscription at a subgraph broke');
      throw new Refused('UPSTREAM_UNAVAILABLE', `The ${name} subgraph broke the subscription off. Subscribe again.`);
    } finally {
      open -= 1;
      ended.abort();
    }
  };
}
