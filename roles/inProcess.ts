import { type DocumentNode, execute, parse } from 'graphql';
import { memorableLength } from '#gateway/limits.ts';
import { publicError } from '#kernel/publicError.ts';
import type { Transport, TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import type { OpenSubgraph } from './openSubgraph.ts';

/** Parsed texts kept at most; the texts are those of query plans, so they repeat. */
const remembered = 2_000;

/** A subgraph in this process: documents and objects, no JSON, no HTTP, nothing parsed twice. */
export function inProcessTransport(subgraph: OpenSubgraph): Transport {
  const documents = new Map<string, DocumentNode>();
  return {
    execute: (request) => answer(subgraph, request, request.document ?? parsed(documents, request.text)),
    check: () => subgraph.check(),
    close: async () => documents.clear(),
  };
}

function parsed(documents: Map<string, DocumentNode>, text: string): DocumentNode {
  const known = documents.get(text);
  if (known) return known;
  const document = parse(text, { noLocation: true });
  if (text.length > memorableLength) return document;
  if (documents.size >= remembered) documents.delete(documents.keys().next().value ?? '');
  documents.set(text, document);
  return document;
}

async function answer({ schema, context, log }: OpenSubgraph, request: TransportRequest, document: DocumentNode): Promise<TransportAnswer> {
  const { variables: variableValues, operationName, actor, trace } = request;
  const { data, errors } = await execute({ schema, document, variableValues, operationName, contextValue: context(actor, trace) });
  return errors ? { data, errors: errors.map((error) => publicError(error, { trace, log })) } : { data };
}
