import { readFile } from 'node:fs/promises';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';

/** The graph that this release was composed with. */
export async function readSupergraph(): Promise<Planning> {
  return loadSupergraph(await readFile(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'));
}
