import { composeServices } from '@apollo/composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { foreignTags } from './claims.ts';
import { ownersDescriptions } from './descriptions.ts';

/** A subgraph's own SDL; `isForeign` where the firm and not Accord wrote it. */
export type SubgraphSdl = { name: string; sdl: string; isForeign?: boolean };

/** What composition remarks: it composes nevertheless. */
export type Hint = { code: string; message: string };

export type Composed = { supergraphSdl: string; hints: readonly Hint[] } | { errors: readonly string[] };

/** Composes subgraphs into one graph, or says all that keeps it from being one. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const read = subgraphs.map(({ name, sdl, isForeign = false }) => ({ name, isForeign, document: documentOf(name, sdl) }));
  const parsed = read.filter((each): each is typeof each & { document: DocumentNode } => typeof each.document !== 'string');
  const unread = read.flatMap(({ document }) => (typeof document === 'string' ? [document] : []));
  const claimed = foreignTags(
    parsed.filter(({ isForeign }) => !isForeign),
    parsed.filter(({ isForeign }) => isForeign),
  );
  if (unread.length > 0 || claimed.length > 0) return { errors: [...unread, ...claimed] };
  const documents = ownersDescriptions(parsed.map(({ document }) => document));
  const services = documents.map((typeDefs, index) => {
    const name = subgraphs[index]?.name ?? '';
    return { name, url: `http://${name}:4000/graphql`, typeDefs };
  });
  const result = composeServices(services);
  if (result.errors) return { errors: result.errors.map(({ message }) => message) };
  return { supergraphSdl: `${result.supergraphSdl}\n`, hints: result.hints.map(({ definition: { code }, message }) => ({ code, message })) };
}

/** What is no SDL is told with its place. */
function documentOf(name: string, sdl: string): DocumentNode | string {
  try {
    return parse(sdl);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [place] = error.locations ?? [];
    return `[${name}] ${error.message}${place ? ` (line ${place.line}, column ${place.column})` : ''}`;
  }
}
