import type { ReadUse } from '#gateway/composition/used.ts';
import { foreignTransport } from '#gateway/foreign/transport.ts';
import { defaultLimits } from '#gateway/limits.ts';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Call } from '../command.ts';
import type { Gateway } from '../serve.ts';
import { readSupergraph } from '../supergraph.ts';
import { followRegistry } from './follow.ts';
import { judgeRegistry, objectionsTo, type Places, type Registry, readRegistry, registryPlaces } from './registry.ts';

/** The registry that a graph was made of, and where it is. */
export type Opened = { places: Places; registry: Registry; ways: WaysTo };

/** The graph that a gateway begins with. */
export type OpenedGraph = { supergraph: Planning; foreign: Readonly<Record<string, Transport>>; opened: Opened | undefined };

/** The graph of this release, or with the firm's own subgraphs where a registry names them. */
export async function openGraph(call: Pick<Call, 'flags' | 'env'>, log: Logger): Promise<OpenedGraph> {
  const places = registryPlaces(call);
  if (!places) return { supergraph: await readSupergraph(), foreign: {}, opened: undefined };
  const registry = await readRegistry(places);
  const verdict = await judgeRegistry(registry, { limits: defaultLimits });
  if ('errors' in verdict) throw new CannotStart(objectionsTo(verdict) ?? '');
  const ways = createWays(log);
  const foreign = ways.to(registry);
  return { supergraph: loaded(verdict.supergraphSdl, { registry, foreign }), foreign, opened: { places, registry, ways } };
}

type Following = {
  opened: Opened;
  gateway: Pick<Gateway, 'graph' | 'limits' | 'metrics'>;
  documents: ReadonlyMap<string, string> | undefined;
  /** Who used what. */
  use: ReadUse;
  log: Logger;
  say: (line: string) => void;
  stack: AsyncDisposableStack;
};

/** Follows the registry for as long as the gateway serves. */
export function followHere({ opened, gateway: { graph, limits, metrics }, documents, use, log, say, stack }: Following): void {
  const following = followRegistry({ ...opened, graph, limits, metrics, documents, use, log, say });
  stack.defer(() => following.stop());
}

type Loading = { registry: Registry; foreign: Readonly<Record<string, Transport>> };

function loaded(supergraphSdl: string, { registry, foreign }: Loading): Planning {
  try {
    return loadSupergraph(supergraphSdl, { validate: registry.supergraphSdl !== undefined, foreign: Object.keys(foreign) });
  } catch (error) {
    throw new CannotStart(`The supergraph does not load: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export type WaysTo = {
  /** A way to each registered subgraph; the one that there is where nothing about it changed. */
  to(registry: Registry): Readonly<Record<string, Transport>>;
  close(): Promise<void>;
};

/** Keeps the ways to the firm's own subgraphs over reloads. One that is left behind ends with what is under way on it. */
export function createWays(log: Logger): WaysTo {
  let present = new Map<string, { fingerprint: string; transport: Transport }>();
  return {
    to: ({ registered }) => {
      present = new Map(
        registered.map(({ subgraph, fingerprint }) => {
          const before = present.get(subgraph.name);
          return [subgraph.name, before?.fingerprint === fingerprint ? before : { fingerprint, transport: foreignTransport(subgraph, log) }];
        }),
      );
      return Object.fromEntries([...present].map(([name, { transport }]) => [name, transport]));
    },
    close: async () => {
      await Promise.all([...present.values()].map(({ transport }) => transport.close()));
    },
  };
}
