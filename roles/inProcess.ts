import { type DocumentNode, execute, parse } from 'graphql';
import { createMemory, type Memory } from '#gateway/memory.ts';
import { publicError } from '#kernel/publicError.ts';
import type { Session } from '#kernel/session.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import type { OpenSubgraph } from './openSubgraph.ts';

/** Characters of texts that are kept parsed; the texts are those of query plans, so they repeat. */
const remembered = 2_000_000;

/** Subgraphs in this process: documents and objects, no JSON, no HTTP, nothing parsed twice. All fetches of an operation read in one session: one snapshot. */
export function inProcessTransports(subgraphs: readonly OpenSubgraph[]): Record<string, Transport> {
  const sessions = new WeakMap<AsyncDisposableStack, Session>();
  return Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, transportTo(subgraph, sessions)]));
}

function transportTo(subgraph: OpenSubgraph, sessions: WeakMap<AsyncDisposableStack, Session>): Transport {
  const documents = createMemory<DocumentNode>(remembered);
  return {
    execute: async (request) => {
      const document = request.document ?? parsed(documents, request.text);
      if (request.operation) return answer(subgraph, { ...request, document, session: sessionOf(sessions, subgraph, request) });
      const session = subgraph.session(request.actor);
      try {
        return await answer(subgraph, { ...request, document, session });
      } finally {
        await session.end();
      }
    },
    check: () => subgraph.check(),
    close: async () => documents.clear(),
  };
}

function parsed(documents: Memory<DocumentNode>, text: string): DocumentNode {
  const before = documents.get(text);
  if (before) return before;
  const document = parse(text, { noLocation: true });
  documents.set(text, document);
  return document;
}

function sessionOf(sessions: WeakMap<AsyncDisposableStack, Session>, subgraph: OpenSubgraph, { operation, actor, signal }: TransportRequest): Session {
  const shared = operation && sessions.get(operation);
  if (shared) return shared;
  const session = subgraph.session(actor);
  if (operation) sessions.set(operation, session);
  operation?.defer(() => void session.end());
  signal?.addEventListener('abort', () => void session.cancel(), { once: true });
  return session;
}

type Asked = TransportRequest & { document: DocumentNode; session: Session };

async function answer({ schema, context, log }: OpenSubgraph, request: Asked): Promise<TransportAnswer> {
  const { document, variables: variableValues, operationName, actor, trace, session } = request;
  const { data, errors } = await execute({ schema, document, variableValues, operationName, contextValue: context({ actor, trace, session }) });
  return errors ? { data, errors: errors.map((error) => publicError(error, { trace, log })) } : { data };
}
