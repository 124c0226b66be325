import type { Db } from '#kernel/db.ts';
import type { Doorbell } from '#kernel/doorbell.ts';
import type { EventRules } from '#kernel/event.ts';
import { given } from '#kernel/input.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Authenticate } from '../auth.ts';
import type { Budget } from '../cost/budget.ts';
import type { Graph } from '../graph.ts';
import { isStream, streamOrReply } from '../incremental/payloadStream.ts';
import type { Limits } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import type { Operations } from '../operations.ts';
import type { Revocations } from '../revocations.ts';
import type { Door } from '../server.ts';
import type { TrustedDocuments } from '../trusted.ts';
import { clientOf, type Usage } from '../usage/usage.ts';
import { createEngine } from './engine.ts';
import { followLog } from './follower.ts';
import { createReservations } from './reservations.ts';
import type { Operate } from './socket.ts';
import { createSse } from './sse.ts';
import { type Backlog, defaultBacklog } from './stream.ts';
import { createSockets } from './upgrade.ts';

export type SubscriptionSettings = {
  backlog: Backlog;
  /** Milliseconds between two signs of life. */
  heartbeat: number;
  /** Milliseconds between two signs, at most one with each event, that a subscription is still in use. */
  useEvery: number;
  /** Milliseconds that a client has to send connection_init. */
  initWait: number;
  /** Operations that one connection may hold at once. */
  operationsPerConnection: number;
  /** WebSocket connections of this process at most. */
  connections: number;
  /** WebSocket connections of one principal at most. */
  connectionsPerPrincipal: number;
};

export const defaultSubscriptionSettings: SubscriptionSettings = {
  backlog: defaultBacklog,
  heartbeat: 15_000,
  useEvery: 60_000,
  initWait: 5_000,
  operationsPerConnection: 100,
  connections: 10_000,
  connectionsPerPrincipal: 500,
};

export type SubscriptionParts = {
  graph: Graph;
  authenticate: Authenticate;
  /** Ends open connections whose token is revoked. */
  revocations: Pick<Revocations, 'isRevoked' | 'onChange'>;
  /** Reads the log; a gateway apart from the subgraphs needs the database for this alone. */
  db: Db;
  doorbell: Doorbell;
  /** Who may see which events. */
  rules: EventRules;
  limits: Limits;
  /** What clients may ask for by name. */
  trusted: TrustedDocuments;
  metrics: Pick<Metrics, 'subscriptions' | 'eventSeconds'>;
  /** Counts who uses what. */
  usage: Pick<Usage, 'note'>;
  /** What clients may spend. */
  budget: Budget;
  log: Logger;
  now: () => Date;
  settings?: Partial<SubscriptionSettings> | undefined;
};

export type Subscriptions = {
  /** Takes the door's WebSocket connections and event streams; queries and mutations on them go through its operations. */
  attach(door: Pick<Door, 'server' | 'operations' | 'onEventStream' | 'origins'>): void;
  healthy(): boolean;
  /** What is open now. */
  count(): { sockets: number; streams: number; groups: number };
  /** Tells clients to resume elsewhere, over `spread` milliseconds, and stops reading the log. */
  close(spread?: number): Promise<void>;
};

/** Federated subscriptions over WebSocket and SSE, resumable by cursor. */
export async function createSubscriptions(parts: SubscriptionParts): Promise<Subscriptions> {
  const settings = { ...defaultSubscriptionSettings, ...parts.settings };
  const follower = await followLog(parts);
  const engine = createEngine({ ...parts, follower, backlog: settings.backlog, useEvery: settings.useEvery });
  let run: Pick<Operations, 'runInParts'> | undefined;
  const operate: Operate = async ({ params, session, trace, headers, signal }) => {
    if (!run) throw new Error('subscriptions are not attached to a door');
    const gone = new AbortController();
    const exchange = { actor: session.actor(), client: clientOf(session.identity(), headers), trace, headers, signal: AbortSignal.any([signal, gone.signal]) };
    const asked = { method: 'POST', search: '', accept: 'application/json', body: given({ ...params }), exchange };
    const { runInParts } = run;
    const answer = await streamOrReply(
      (tell) => runInParts(asked, { form: 'incrementalSpec=v0.2', tell }),
      () => gone.abort(),
    );
    return isStream(answer) ? answer : JSON.parse(answer.text);
  };
  const streaming = { ...parts, engine, operate, heartbeat: settings.heartbeat };
  const sse = createSse(streaming);
  const reservations = createReservations({ ...streaming, operations: settings.operationsPerConnection });
  let sockets: ReturnType<typeof createSockets> | undefined;
  return {
    attach: ({ server, operations, onEventStream, origins }) => {
      run = operations;
      sockets = createSockets({
        ...parts,
        ...settings,
        engine,
        operate,
        origins,
        subscriptions: settings.operationsPerConnection,
        perPrincipal: settings.connectionsPerPrincipal,
      });
      sockets.attach(server);
      onEventStream({ ...sse, answerReserved: reservations.answer });
    },
    healthy: () => follower.healthy(),
    count: () => ({ sockets: sockets?.size() ?? 0, streams: sse.size() + reservations.size(), groups: engine.groups() }),
    close: async (spread = 0) => {
      await Promise.all([sockets?.drain(spread), sse.drain(), reservations.drain()]);
      await follower.stop();
    },
  };
}
