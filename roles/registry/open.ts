import { foreignTransport } from '#gateway/foreign/transport.ts';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Call } from '../command.ts';
import { readSupergraph } from '../supergraph.ts';
import { judgeRegistry, type Places, type Registry, readRegistry, registryPlaces } from './registry.ts';

/** The graph that a gateway begins with, and where its registry is, if there is one. */
export type OpenedGraph = { supergraph: Planning; foreign: Record<string, Transport>; places: Places | undefined; registry: Registry | undefined };

/** The graph of this release, or with the firm's own subgraphs where a registry names them. */
export async function openGraph(call: Pick<Call, 'flags' | 'env'>, log: Logger): Promise<OpenedGraph> {
  const places = registryPlaces(call);
  if (!places) return { supergraph: await readSupergraph(), foreign: {}, places, registry: undefined };
  const registry = await readRegistry(places);
  const verdict = await judgeRegistry(registry, undefined);
  if ('errors' in verdict) throw new CannotStart(`The subgraphs do not compose:\n${verdict.errors.map((each) => `  ${each}`).join('\n')}`);
  const foreign = waysTo(registry, log);
  const supergraph = loadSupergraph(verdict.supergraphSdl, { validate: registry.supergraphSdl !== undefined, foreign: Object.keys(foreign) });
  return { supergraph, foreign, places, registry };
}

/** A way to each subgraph of the firm's own. */
export function waysTo({ registered }: Registry, log: Logger): Record<string, Transport> {
  return Object.fromEntries(registered.map(({ subgraph }) => [subgraph.name, foreignTransport(subgraph, log)]));
}
