import { Counter, collectDefaultMetrics, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import type { Trace } from '#kernel/context.ts';
import type { SinkStand } from '#kernel/sink.ts';
import { exemplarOf } from '#kernel/span.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { breachIn, type Health } from '#kernel/workflow.ts';
import { takesOpenMetrics } from './accept.ts';
import type { Counts } from './admission.ts';
import type { Reply } from './respond.ts';

export type Metrics = ReturnType<typeof createMetrics>;

const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** With exemplars: the library refuses them to a registry of the older format, which leaves them out. */
function requestHistogram() {
  return new Histogram<string>({
    name: 'accord_request_seconds',
    help: 'Operations at the door, by type (query, mutation, none) and HTTP status.',
    labelNames: ['operation', 'status'],
    buckets: seconds,
    enableExemplars: true,
    registers: [],
  });
}

const toolCounter = (registers: Registry[]) =>
  new Counter({
    name: 'accord_tool_calls_total',
    help: 'Calls of tools by agents (MCP), by tool and outcome (ok, refused, failed).',
    labelNames: ['tool', 'outcome'],
    registers,
  });

/** The gateway's metrics, in a registry of its own so that two gateways can live in one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const requestSeconds = requestHistogram();
  registry.registerMetric(requestSeconds);
  // Event loop lag, heap, handles, CPU.
  collectDefaultMetrics({ register: registry, prefix: 'accord_' });
  return {
    registry,
    requestSeconds,
    /** Starts to measure an operation; what it gives ends that, and says by which trace it can be looked at. */
    startRequest: () => startRequest(requestSeconds),
    fetchSeconds: new Histogram({
      name: 'accord_fetch_seconds',
      help: 'Fetches of query plans, by subgraph and outcome (ok, errors, failed).',
      labelNames: ['subgraph', 'outcome'],
      buckets: seconds,
      registers,
    }),
    refused: new Counter({
      name: 'accord_refused_total',
      help: 'Requests that were refused at the door before they were carried out, by error code; RATE_LIMITED are those that were shed.',
      labelNames: ['code'],
      registers,
    }),
    eventSeconds: new Histogram({
      name: 'accord_event_seconds',
      help: 'From the moment of an event until subscribers have its answer, without those who catch up on what is older than a minute.',
      buckets: seconds,
      registers,
    }),
    subscriptions: new Gauge({
      name: 'accord_subscriptions',
      help: 'Subscriptions that are open, by protocol (ws, sse).',
      labelNames: ['protocol'],
      registers,
    }),
    toolCalls: toolCounter(registers),
    reloads: new Counter({
      name: 'accord_registry_looks_total',
      help: 'Looks at the registry of subgraphs, by outcome (unchanged, taken, refused).',
      labelNames: ['outcome'],
      registers,
    }),
    /** Shows how many operations run and wait, when somebody looks. */
    watchOperations: (count: () => Counts) => {
      const gauge = new Gauge({
        name: 'accord_operations',
        help: 'Queries and mutations at the door, by workload (interactive, analytical, bulk) and state (running, waiting).',
        labelNames: ['workload', 'state'],
        registers,
        collect: () => {
          for (const [workload, states] of Object.entries(count()))
            for (const [state, number] of Object.entries(states)) gauge.set({ workload, state }, number);
        },
      });
    },
  };
}

export type BudgetMetrics = ReturnType<typeof budgetMetrics>;

/** Those of the budgets of clients. */
export function budgetMetrics({ registry }: Pick<Metrics, 'registry'>) {
  const registers = [registry];
  const labelNames = ['contract'];
  return {
    spent: new Counter({ name: 'accord_budget_spent_total', help: 'Cost that was spent of budgets, by contract.', labelNames, registers }),
    refused: new Counter({
      name: 'accord_budget_refused_total',
      help: 'Operations and events for which no budget was left, by contract.',
      labelNames,
      registers,
    }),
  };
}

/** Milliseconds for which one look at the journeys serves all metrics of a scrape. */
const sameScrape = 1_000;

/** Shows how the journeys of facts fare, by the database, when somebody looks: also while no worker is there to say so. */
export function watchWorkflows({ registry }: Pick<Metrics, 'registry'>, read: () => Promise<readonly Health[]>, log: Logger): void {
  let last: { at: number; health: Promise<readonly Health[]> } | undefined;
  const recent = (): Promise<readonly Health[]> => {
    if (!last || performance.now() - last.at > sameScrape) {
      const health = read().catch((error: unknown) => {
        log.warn({ err: error }, 'it is not known how journeys fare');
        return [];
      });
      last = { at: performance.now(), health };
    }
    return last.health;
  };
  const labelNames = ['journey'];
  const registers = [registry];
  const gauge = (name: string, help: string, of: (health: Health) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const health = await recent();
        this.reset();
        for (const each of health) this.set({ journey: each.journey }, of(each));
      },
    });
  const counter = (name: string, help: string, of: (health: Health) => number) =>
    new Counter({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const health = await recent();
        this.reset();
        for (const each of health) this.inc({ journey: each.journey }, of(each));
      },
    });
  gauge('accord_journey_backlog', 'What waits for a consumer, or for the sequencer.', ({ backlog }) => backlog);
  gauge('accord_journey_oldest_seconds', 'Seconds that the oldest of it has waited.', ({ oldestSince }) => secondsSince(oldestSince));
  gauge('accord_journey_objective_seconds', 'Seconds that it may wait.', ({ objective }) => objective);
  gauge('accord_journey_parked', 'Facts that a consumer gave up.', ({ parked }) => parked);
  gauge('accord_journey_breached', '1 while a journey does not keep its objective.', (health) => (breachIn(health, new Date()) ? 1 : 0));
  counter('accord_journey_handled_total', 'Facts that a consumer has handled.', ({ handled }) => handled);
  counter('accord_journey_failures_total', 'Handlings of facts that failed; most are tried again and succeed.', ({ failures }) => failures);
  new Gauge({
    name: 'accord_database_up',
    help: '1 while the database answers.',
    registers,
    async collect() {
      this.set((await recent()).length > 0 ? 1 : 0);
    },
  });
}

/** One reading for all who ask before it is there; a database that does not answer takes no other metric along. */
function readTogether<Found, Otherwise>(read: () => Promise<Found>, otherwise: Otherwise): () => Promise<Found | Otherwise> {
  let reading: Promise<Found | Otherwise> | undefined;
  return () => {
    reading ??= read()
      .catch(() => otherwise)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}

/** What waits for endpoints of webhooks, the seconds that the oldest of it has waited, and the attempts of the last five minutes by outcome. */
export type WebhookFigures = { pending: number; oldest: number; attempts: Readonly<Record<string, number>> };

/** Shows how webhooks fare, when somebody looks: all three gauges by one reading. Without an answer they show nothing. */
export function watchWebhooks({ registry }: Pick<Metrics, 'registry'>, read: () => Promise<WebhookFigures>): void {
  const registers = [registry];
  const look = readTogether(read, undefined);
  const gauge = (name: string, help: string, of: 'pending' | 'oldest') =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await look();
        if (found) this.set(found[of]);
        else this.reset();
      },
    });
  gauge('accord_webhook_pending', 'Deliveries that wait for endpoints of webhooks that are active.', 'pending');
  gauge('accord_webhook_oldest_seconds', 'Seconds since the oldest delivery was made that is due to an active endpoint.', 'oldest');
  new Gauge({
    name: 'accord_webhook_attempts',
    help: 'Calls to endpoints of webhooks in the last five minutes, by outcome.',
    labelNames: ['outcome'],
    registers,
    async collect() {
      const found = await look();
      this.reset();
      for (const [outcome, number] of Object.entries(found?.attempts ?? {})) this.set({ outcome }, number);
    },
  });
}

const secondsSince = (moment: Date | null): number => (moment ? Math.max(0, (Date.now() - moment.getTime()) / 1000) : 0);

/** The metrics in the format that who scrapes prefers: OpenMetrics has exemplars, by which a slow request leads to its trace. */
export async function scrape({ registry }: Pick<Metrics, 'registry'>, accept: string | undefined): Promise<Reply> {
  if (!takesOpenMetrics(accept)) return { status: 200, type: registry.contentType, text: await registry.metrics() };
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // The library renames counters as it writes this format, for good: what it renames is ours for this once.
  for (const metric of registry.getMetricsAsArray()) open.registerMetric(Object.create(metric));
  return { status: 200, type: open.contentType, text: await open.metrics() };
}

function startRequest(histogram: Histogram<string>) {
  const begun = performance.now();
  return (labels: { operation: string; status: number }, trace: Trace): void => {
    const exemplarLabels = exemplarOf(trace);
    histogram.observe({ labels, value: (performance.now() - begun) / 1000, ...(exemplarLabels ? { exemplarLabels } : {}) });
  };
}

export type CacheMetrics = ReturnType<typeof cacheMetrics>;

/** Those of the answers that are kept. */
export function cacheMetrics({ registry }: Pick<Metrics, 'registry'>) {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'accord_cache_requests_total',
      help: 'Queries that may be answered by a kept answer, by outcome (hit, miss).',
      labelNames: ['outcome'],
      registers,
    }),
    evictions: new Counter({ name: 'accord_cache_evictions_total', help: 'Kept answers that gave way to others.', registers }),
    invalidations: new Counter({ name: 'accord_cache_invalidations_total', help: 'Kept answers that something was written to.', registers }),
    /** Shows what is kept, and for how many seconds it has not been known what was written, when somebody looks. */
    watch: (count: () => { entries: number; bytes: number; lag: number }) => {
      const gauge = (name: string, help: string, of: 'entries' | 'bytes' | 'lag') =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(count()[of]);
          },
        });
      gauge('accord_cache_entries', 'Kept answers.', 'entries');
      gauge('accord_cache_bytes', 'Bytes of kept answers with their keys and tags.', 'bytes');
      gauge('accord_cache_lag_seconds', 'Seconds since the last look at what was written.', 'lag');
    },
  };
}

/** Those of the copies of the log outside. What workers have done stands in the database, so that any gateway shows it. */
export function watchSinks({ registry }: Pick<Metrics, 'registry'>, look: () => Promise<readonly SinkStand[]>): void {
  const stands = readTogether(look, []);
  const options = (name: string, help: string) => ({ name, help, labelNames: ['sink'], registers: [registry] });
  const gauge = (name: string, help: string, of: (stand: SinkStand) => number) =>
    new Gauge({
      ...options(name, help),
      async collect() {
        for (const stand of await stands()) this.set({ sink: stand.name }, of(stand));
      },
    });
  const counter = (name: string, help: string, of: (stand: SinkStand) => bigint) =>
    new Counter({
      ...options(name, help),
      async collect() {
        const now = await stands();
        this.reset();
        for (const stand of now) this.inc({ sink: stand.name }, Number(of(stand)));
      },
    });
  gauge('accord_sink_up', 'Whether a copy of the log outside is written (1) or waits (0), by sink.', ({ fault }) => (fault === null ? 1 : 0));
  gauge('accord_sink_lag', 'Facts that a copy of the log outside has yet to get, by sink.', ({ lag }) => Number(lag));
  counter('accord_sink_published_total', 'Facts that were written to a copy of the log outside, by sink.', ({ published }) => published);
  counter(
    'accord_sink_republished_total',
    'Of these, those that were written again because the copy had lost them, by sink.',
    ({ republished }) => republished,
  );
  counter('accord_sink_connections_total', 'Connections that were made to a copy of the log outside, by sink.', ({ connections }) => connections);
}
