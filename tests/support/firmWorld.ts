import { afterAll } from 'vitest';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from './constellation.ts';
import { firmAt } from './firmAt.ts';
import { graphAt } from './graph.ts';

/** For the top of a test file: all subgraphs on a database of their own and a firm in them, gone after the last test. */
export async function firmWorld() {
  const world = await constellation({ subgraphs });
  afterAll(() => world[Symbol.asyncDispose]());
  const graph = graphAt({ url: world.url, token: world.issuer.token });
  return { sql: world.sql, graph, firm: await firmAt(graph) };
}
