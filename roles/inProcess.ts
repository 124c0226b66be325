import type { Session } from '#kernel/session.ts';
import type { Transport, TransportRequest } from '#kernel/transport.ts';
import { answering } from './answering.ts';
import type { OpenSubgraph } from './openSubgraph.ts';

/** Subgraphs in this process: objects, no JSON, no HTTP, nothing parsed twice. All fetches of an operation read in one session: one snapshot. */
export function inProcessTransports(subgraphs: readonly OpenSubgraph[]): Record<string, Transport> {
  const sessions = new WeakMap<AsyncDisposableStack, Session>();
  return Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, transportTo(subgraph, sessions)]));
}

function transportTo(subgraph: OpenSubgraph, sessions: WeakMap<AsyncDisposableStack, Session>): Transport {
  const { answer, clear } = answering(subgraph, { validates: false });
  return {
    execute: async (request) => {
      if (request.operation) return answer({ ...request, session: sessionOf(sessions, subgraph, request) });
      const session = subgraph.session(request.actor, request);
      try {
        return await answer({ ...request, session });
      } finally {
        await session.end();
      }
    },
    check: () => subgraph.check(),
    close: async () => clear(),
  };
}

function sessionOf(sessions: WeakMap<AsyncDisposableStack, Session>, subgraph: OpenSubgraph, request: TransportRequest): Session {
  const { operation, actor, signal } = request;
  const shared = operation && sessions.get(operation);
  if (shared) return shared;
  const session = subgraph.session(actor, request);
  if (operation) sessions.set(operation, session);
  operation?.defer(() => void session.end());
  signal?.addEventListener('abort', () => void session.cancel(), { once: true });
  return session;
}
