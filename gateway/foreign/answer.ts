import type { GraphQLFormattedError } from 'graphql';
import type { TransportAnswer } from '#kernel/transport.ts';
import { isRow } from '../execution/row.ts';
import type { ForeignSubgraph } from './settings.ts';

/** What it says of how it is made is nobody's affair. */
const inner = new Set(['stacktrace', 'exception', 'serviceName']);

/** What a subgraph of the firm's own sent, taken apart with care; undefined for what is no answer of GraphQL. */
export function answerIn(subgraph: ForeignSubgraph, sent: unknown): TransportAnswer | undefined {
  if (!isRow(sent) || !('data' in sent || Array.isArray(sent.errors))) return undefined;
  const errors = Array.isArray(sent.errors) ? sent.errors.map((error) => errorIn(subgraph, error)) : [];
  return { data: isRow(sent.data) ? sent.data : null, ...(errors.length > 0 ? { errors } : {}) };
}

/** An error as it travels through the gateway: under our code, with what it says beside it where that is to pass. */
export function errorIn({ name, errors }: Pick<ForeignSubgraph, 'name' | 'errors'>, sent: unknown): GraphQLFormattedError {
  const { message, path, extensions } = isRow(sent) ? sent : {};
  const place = isPath(path) ? { path } : {};
  if (errors === 'masked' || typeof message !== 'string')
    return { message: `The ${name} subgraph failed here. Quote the correlation id to support.`, ...place, extensions: { code: 'SUBGRAPH_FAILED' } };
  const passed = isRow(extensions) ? Object.fromEntries(Object.entries(extensions).filter(([key]) => !inner.has(key))) : {};
  return { message, ...place, extensions: { code: 'SUBGRAPH_FAILED', passed } };
}

function isPath(path: unknown): path is readonly (string | number)[] {
  return Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');
}

/** Codes of what a subgraph sent, for the log: its words may hold what is its clients' alone. */
export function codesIn(sent: unknown): string[] {
  const errors = isRow(sent) && Array.isArray(sent.errors) ? sent.errors : [];
  return errors.map((error) => (isRow(error) && isRow(error.extensions) ? String(error.extensions.code ?? 'none').slice(0, 100) : 'none'));
}
