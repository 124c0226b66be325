import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import type { Subgraph } from '#kernel/subgraph.ts';
import { subgraphNames } from '../../generate/names.ts';
import { composeSupergraph, readSubgraphs } from '../../generate/supergraph.ts';
import { schemaOf } from '../../roles/openSubgraph.ts';
import { readSupergraph } from '../../roles/supergraph.ts';

// Worlds of one process share what holds nothing of a world: to make it anew for each was half of what short files cost.

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

const plannings = new Map<string, Promise<Planning>>();

export function sharedPlanning(key: string, make: () => Promise<Planning>): Promise<Planning> {
  const made = plannings.get(key) ?? make();
  plannings.set(key, made);
  return made;
}

/** The supergraph of some or all subgraphs. Of all of them it is the one that is kept and checked. */
export function supergraphOf(names: readonly string[]): Promise<Planning> {
  if (subgraphNames.every((name) => names.includes(name))) return sharedPlanning('all', readSupergraph);
  return sharedPlanning([...names].sort().join(' '), async () => loadSupergraph(composeSupergraph(await readSubgraphs(root, names))));
}

const schemas = new WeakMap<Subgraph, Promise<GraphQLSchema>>();

export function sharedSchema(subgraph: Subgraph): Promise<GraphQLSchema> {
  const made = schemas.get(subgraph) ?? schemaOf(subgraph);
  schemas.set(subgraph, made);
  return made;
}

const documents = new WeakMap<GraphQLSchema, LRUCache<string, DocumentNode>>();

/** A document that fits a schema; what does not is thrown. */
export function documentOn(schema: GraphQLSchema, text: string): DocumentNode {
  const known = documents.get(schema) ?? new LRUCache<string, DocumentNode>({ max: 1_000 });
  documents.set(schema, known);
  const document = known.get(text) ?? parse(text);
  if (known.has(text)) return document;
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new Error(invalid.map((error) => error.message).join('\n'));
  known.set(text, document);
  return document;
}
