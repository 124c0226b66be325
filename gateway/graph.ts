import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { serviceOf } from './execution/overTransport.ts';
import type { Services } from './execution/run.ts';
import type { Metrics } from './metrics.ts';
import { loadSupergraph, type Planning } from './planning.ts';

export type Graph = {
  /** The subgraphs as plans ask them. */
  services: Services;
  transports: Readonly<Record<string, Transport>>;
  /** The present state. It is another object after a reload. */
  planning(): Planning;
  /** Takes another supergraph without a restart. Throws, and keeps the present one, when it does not load. */
  reload(supergraphSdl: string): void;
  /** Called after each reload; gives the way to stop it. */
  onReload(listener: () => void): () => void;
};

type Parts = { planning: Planning; transports: Readonly<Record<string, Transport>>; metrics: Metrics; log: Logger };

/** The federated graph over its transports. Nothing here touches the network on its own. */
export function createGraph({ planning, transports, metrics, log }: Parts): Graph {
  const services = Object.fromEntries(Object.entries(transports).map(([subgraph, transport]) => [subgraph, serviceOf({ subgraph, transport, metrics, log })]));
  demandWays(planning, transports);
  const state = { planning, listeners: new Set<() => void>() };
  return {
    services,
    transports,
    planning: () => state.planning,
    reload: (sdl) => {
      const next = loadSupergraph(sdl, { validate: true });
      demandWays(next, transports);
      state.planning = next;
      for (const listener of state.listeners) listener();
    },
    onReload: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
  };
}

function demandWays({ supergraph }: Planning, transports: Parts['transports']): void {
  for (const { name } of supergraph.subgraphsMetadata())
    if (!transports[name]) throw new Error(`The supergraph names a subgraph ${name} for which there is no transport.`);
}
