import { type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Executable, executable } from '#gateway/execution/subgraph/execute.ts';
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

const executables = new WeakMap<GraphQLSchema, LRUCache<string, Executable>>();

/** A document that fits a schema, ready to execute; what does not fit is thrown. */
export function executableOn(schema: GraphQLSchema, text: string): Executable {
  const known = executables.get(schema) ?? new LRUCache<string, Executable>({ max: 1_000 });
  executables.set(schema, known);
  const before = known.get(text);
  if (before) return before;
  const document = parse(text);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new Error(invalid.map((error) => error.message).join('\n'));
  const made = executable(schema, document);
  known.set(text, made);
  return made;
}
