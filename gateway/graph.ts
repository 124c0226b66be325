import { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway, type ServiceMap } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { TransportDataSource } from './dataSource.ts';
import { planStore } from './memory.ts';
import type { Metrics } from './metrics.ts';
import { checkScalars } from './scalars.ts';

/** One state of the graph: what subscriptions plan and execute with. It stays valid for those who hold it when the next one comes. */
export type Planning = {
  supergraphSdl: string;
  supergraph: Supergraph;
  planner: QueryPlanner;
  /** What clients see; validate against it. */
  apiSchema: GraphQLSchema;
};

export type Graph = {
  gateway: ApolloGateway;
  /** The subgraphs for `executeQueryPlan`. */
  services: ServiceMap;
  transports: Readonly<Record<string, Transport>>;
  /** The present state, once Apollo Server has started. It is another object after a reload. */
  planning(): Planning;
  /** Takes another supergraph without a restart. Throws, and keeps the present one, when it does not load. */
  reload(supergraphSdl: string): void;
  /** Called after each reload; gives the way to stop it. */
  onReload(listener: () => void): () => void;
};

type Parts = { supergraph: string; transports: Readonly<Record<string, Transport>>; metrics: Metrics; log: Logger };

/** The federated graph over its transports. Nothing here touches the network on its own. */
export function createGraph({ supergraph, transports, metrics, log }: Parts): Graph {
  const services: ServiceMap = Object.create(null);
  for (const [subgraph, transport] of Object.entries(transports)) services[subgraph] = new TransportDataSource({ subgraph, transport, metrics, log });
  const state = { sdl: supergraph, update: (_: string): void => undefined, listeners: new Set<() => void>() };
  const gateway = new ApolloGateway({
    logger: quiet(log),
    buildService: ({ name }) => services[name] ?? unreachable(name),
    supergraphSdl: async ({ update }) => {
      state.update = update;
      return { supergraphSdl: state.sdl };
    },
    __exposeQueryPlanExperimental: false,
    queryPlannerConfig: { cache: planStore() },
    // It was validated when it was composed; `reload` does so itself.
    validateSupergraph: false,
  });
  // Before Apollo Server hears of the schema: it validates with it.
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => checkScalars(apiSchema));
  const planning = memo((sdl: string) => planningOf(gateway, sdl));
  return {
    gateway,
    services,
    transports,
    planning: () => planning(state.sdl),
    reload: (sdl) => {
      // Apollo checks less, and half way through its update there is no way back.
      new QueryPlanner(Supergraph.build(sdl, { validateSupergraph: true }));
      state.update(sdl);
      state.sdl = sdl;
      for (const listener of state.listeners) listener();
    },
    onReload: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
  };
}

/** Makes a value anew when the key is another one than before. */
function memo<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { key: Key; value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

/** What is made of the present state of the graph, anew after each reload. */
export function perPlanning<Value>({ planning }: Pick<Graph, 'planning'>, make: (planning: Planning) => Value): () => Value {
  const made = memo(make);
  return () => made(planning());
}

/** Apollo's own planner, not a second one: it holds a query graph of some 40 MB. */
function planningOf(gateway: ApolloGateway, supergraphSdl: string): Planning {
  const { queryPlanner: planner } = gateway.__testing();
  if (!planner || !gateway.schema) throw new Error('The graph is not loaded yet.');
  return { supergraphSdl, supergraph: planner.supergraph, planner, apiSchema: gateway.schema };
}

function unreachable(name: string): never {
  throw new Error(`The supergraph names a subgraph ${name} for which there is no transport.`);
}

/** Apollo logs sentences only; a plain object keeps `this` out of it. */
function quiet(log: Logger) {
  return {
    debug: (message?: unknown) => log.debug(String(message)),
    info: (message?: unknown) => log.debug(String(message)),
    warn: (message?: unknown) => log.warn(String(message)),
    error: (message?: unknown) => log.error(String(message)),
  };
}
