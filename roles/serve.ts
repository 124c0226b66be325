import type { AdmissionLimits } from '#gateway/admission.ts';
import { type Authenticate, createAuthenticator, type Issuer } from '#gateway/auth.ts';
import { type Budget, type BudgetSource, type Budgets, createBudget } from '#gateway/cost/budget.ts';
import { createGraph, type Graph } from '#gateway/graph.ts';
import type { Graphiql } from '#gateway/graphiql.ts';
import type { Check } from '#gateway/health.ts';
import { defaultLimits, type Limits } from '#gateway/limits.ts';
import type { McpSettings } from '#gateway/mcp/endpoint.ts';
import { budgetMetrics, createMetrics, type Metrics } from '#gateway/metrics.ts';
import { createOrigins, type Origins } from '#gateway/origins.ts';
import type { Planning } from '#gateway/planning.ts';
import { createRevocations, type Revocations } from '#gateway/revocations.ts';
import { createDoor, type Door, type DoorParts } from '#gateway/server.ts';
import { type Kept, unfitDocuments } from '#gateway/trusted.ts';
import { createUsage, type Usage } from '#gateway/usage/usage.ts';
import type { Clock } from '#kernel/context.ts';
import type { Certificate } from '#kernel/httpServer.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Transport } from '#kernel/transport.ts';
import { CannotStart } from './cannotStart.ts';
import { listen, type Place } from './listen.ts';

export type ServeOptions = Place & {
  /** The composed supergraph, loaded. */
  supergraph: Planning;
  /** The way to each subgraph of the supergraph, by name. They stay the caller's to close. */
  transports: Readonly<Record<string, Transport>>;
  /** The ways to the firm's own subgraphs; another reload may bring others. */
  foreign?: Readonly<Record<string, Transport>> | undefined;
  issuers: readonly Issuer[];
  log: Logger;
  clock?: Clock | undefined;
  limits?: Partial<Limits> | undefined;
  /** What operations of one principal may cost in a minute together (default: whatever they do). */
  budgets?: Budgets | undefined;
  /** Where budgets are counted (default: in this process). */
  budgetSource?: BudgetSource | undefined;
  /** How many operations are carried out at once, and how many wait. */
  admission?: Partial<AdmissionLimits> | undefined;
  /** Web pages that may call, by their origins (default: none but those of the gateway's own host). */
  origins?: Origins | undefined;
  /** Documents that are kept for clients; each has to fit the graph. */
  documents?: Kept | undefined;
  /** How answers are kept (default: not at all). */
  cache?: DoorParts['cache'];
  /** The secret behind confirmations and where calls are written down: with it agents find tools at /mcp (default: they do not). */
  mcp?: Omit<McpSettings, 'clock'> | undefined;
  /** With it the port speaks TLS alone. */
  certificate?: Certificate | undefined;
  /** Bytes of a request body (default 1 MiB). */
  bodyLimit?: number | undefined;
  /** What /ready asks besides the subgraphs: database, sequencer. */
  checks?: Readonly<Record<string, Check>> | undefined;
  graphiql?: Graphiql | undefined;
};

/** A gateway that listens. `url` is where operations go. */
export type Gateway = Pick<Door, 'server' | 'path' | 'origins' | 'onEventStream' | 'operations' | 'trusted'> & {
  url: string;
  port: number;
  graph: Graph;
  authenticate: Authenticate;
  limits: Limits;
  metrics: Metrics;
  usage: Usage;
  budget: Budget;
  revocations: Revocations;
  close(): Promise<void>;
};

const oneMebibyte = 1024 * 1024;

/** Composes the gateway over the given transports and opens its port. */
export async function serveGateway(options: ServeOptions): Promise<Gateway> {
  const { supergraph, transports, log, issuers, clock = () => new Date() } = options;
  if (issuers.length === 0)
    throw new CannotStart('No token issuer is configured: nobody could come in. Configure an OIDC issuer (its name, audience and JWKS address).');
  const metrics = createMetrics();
  const graph = createGraph({ planning: supergraph, transports, foreign: options.foreign, metrics, log });
  const usage = createUsage(clock);
  const revocations = createRevocations();
  const authenticate = createAuthenticator({ issuers, clock, revocations });
  const limits = { ...defaultLimits, ...options.limits };
  const unfit = unfitDocuments({ planning: supergraph, limits }, options.documents?.documents ?? new Map());
  if (unfit.length > 0) throw new CannotStart(`Documents that are to be kept do not fit:\n${unfit.map((each) => `  ${each}`).join('\n')}`);
  const budget = createBudget(options.budgets ?? {}, { source: options.budgetSource, metrics: budgetMetrics(metrics) });
  const door = await createDoor({
    graph,
    admission: options.admission,
    budget,
    documents: options.documents,
    cache: options.cache,
    authenticate,
    metrics,
    log,
    limits,
    certificate: options.certificate,
    mcp: options.mcp && { ...options.mcp, clock },
    usage,
    revocations,
    bodyLimit: options.bodyLimit ?? oneMebibyte,
    origins: createOrigins(options.origins ?? []),
    checks: () => ({ ...options.checks, ...subgraphChecks(graph.waysOf(graph.planning()).transports) }),
    graphiql: options.graphiql,
  });
  const { url, port, close } = await listen(door.server, options);
  return {
    url: `${url}${door.path}`,
    port,
    server: door.server,
    path: door.path,
    origins: door.origins,
    onEventStream: door.onEventStream,
    operations: door.operations,
    trusted: door.trusted,
    graph,
    authenticate,
    limits,
    metrics,
    usage,
    budget,
    revocations,
    close: async () => {
      await close();
      await door.close();
      await graph.close();
    },
  };
}

function subgraphChecks(transports: Readonly<Record<string, Transport>>): Record<string, Check> {
  return Object.fromEntries(Object.entries(transports).map(([name, transport]) => [`subgraph ${name}`, () => transport.check()]));
}
