import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { serviceOf } from './execution/overTransport.ts';
import type { Services } from './execution/run.ts';
import type { Metrics } from './metrics.ts';
import { planningThread } from './planner/beside.ts';
import { loadBeside, type Planning } from './planning.ts';

export type Transports = Readonly<Record<string, Transport>>;

/** The subgraphs of one state of the graph: as plans ask them, and the ways that lead there. */
export type Ways = { services: Services; transports: Transports };

export type Graph = {
  /** The ways that belong to a state: an operation that began on it ends on it. */
  waysOf(planning: Planning): Ways;
  /** The present state. It is another object after a reload. */
  planning(): Planning;
  /**
   * Takes another supergraph without a restart, with other ways to the firm's own subgraphs where they are given: it is loaded, and made ready by those who
   * asked for that, while the present one serves. Throws, and keeps the present one, when it does not load. Several come one after the other.
   */
  reload(supergraphSdl: string, foreign?: Transports): Promise<void>;
  /** Called with the next state before anybody is served with it; gives the way to stop it. */
  onPrepare(listener: Preparing): () => void;
  /** Called after each reload; gives the way to stop it. */
  onReload(listener: () => void): () => void;
  close(): Promise<void>;
};

/** Makes the next state of the graph ready for what the present one is asked. */
export type Preparing = (next: Planning, present: Planning) => Promise<void>;

type Parts = {
  planning: Planning;
  transports: Transports;
  /** The ways to the firm's own subgraphs. */
  foreign?: Transports | undefined;
  metrics: Metrics;
  log: Logger;
};

/** The federated graph over its transports. Nothing here touches the network on its own. */
export function createGraph({ planning, transports: own, foreign = {}, metrics, log }: Parts): Graph {
  const ways = new WeakMap<Planning, Ways>();
  const waysOver = (next: Planning, transports: Transports): Ways => {
    demandWays(next, transports);
    const services = Object.entries(transports).map(([subgraph, transport]) => [subgraph, serviceOf({ subgraph, transport, metrics, log })] as const);
    return { services: Object.fromEntries(services), transports };
  };
  ways.set(planning, waysOver(planning, { ...own, ...foreign }));
  const state: State = { planning, foreign, last: Promise.resolve(), preparing: new Set(), listeners: new Set() };
  const thread = planningThread();
  const take = async (sdl: string, others = state.foreign) => {
    const isSame = sdl === state.planning.supergraphSdl && Object.keys(others).sort().join() === [...state.planning.foreign].sort().join();
    if (isSame) {
      ways.set(state.planning, waysOver(state.planning, { ...own, ...others }));
      state.foreign = others;
      return;
    }
    const next = await loadBeside(sdl, { thread, foreign: Object.keys(others) });
    ways.set(next, waysOver(next, { ...own, ...others }));
    for (const prepare of state.preparing) await prepare(next, state.planning);
    Object.assign(state, { planning: next, foreign: others });
    for (const listener of state.listeners) listener();
  };
  return {
    waysOf: (asked) => ways.get(asked) ?? waysOver(asked, { ...own, ...state.foreign }),
    planning: () => state.planning,
    reload: (supergraphSdl, others) => {
      const taken = state.last.then(() => take(supergraphSdl, others));
      state.last = taken.catch(() => undefined);
      return taken;
    },
    onPrepare: (listener) => listening(state.preparing, listener),
    onReload: (listener) => listening(state.listeners, listener),
    close: () => thread.close(),
  };
}

type State = { planning: Planning; foreign: Transports; last: Promise<void>; preparing: Set<Preparing>; listeners: Set<() => void> };

function listening<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function demandWays({ joins }: Planning, transports: Transports): void {
  for (const name of joins.subgraphs) if (!transports[name]) throw new Error(`The supergraph names a subgraph ${name} for which there is no transport.`);
}
