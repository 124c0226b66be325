import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import { subgraphNames } from '../../generate/names.ts';
import { composeSupergraph, readSubgraphs } from '../../generate/supergraph.ts';
import { readSupergraph } from '../../roles/supergraph.ts';

const root = new URL('../..', import.meta.url).pathname.replace(/\/$/, '');

const made = new Map<string, Promise<Planning>>();

/** Worlds of one process share what holds nothing of a world: to compose and load a supergraph for each would be half of what short files cost. */
export function sharedPlanning(key: string, make: () => Promise<Planning>): Promise<Planning> {
  const before = made.get(key) ?? make();
  made.set(key, before);
  return before;
}

/** The supergraph of some or all subgraphs. Of all of them it is the one that is kept and checked. */
export function supergraphOf(names: readonly string[]): Promise<Planning> {
  if (subgraphNames.every((name) => names.includes(name))) return sharedPlanning('all', readSupergraph);
  return sharedPlanning([...names].sort().join(' '), async () => loadSupergraph(composeSupergraph(await readSubgraphs(root, names))));
}
