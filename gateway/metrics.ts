import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const seconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The gateway's metrics, in a registry of its own so that two gateways can live in one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  // Event loop lag, heap, handles, CPU.
  collectDefaultMetrics({ register: registry, prefix: 'accord_' });
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'accord_request_seconds',
      help: 'Operations at the door, by type (query, mutation, none) and HTTP status.',
      labelNames: ['operation', 'status'],
      buckets: seconds,
      registers,
    }),
    fetchSeconds: new Histogram({
      name: 'accord_fetch_seconds',
      help: 'Fetches of query plans, by subgraph and outcome (ok, errors, failed).',
      labelNames: ['subgraph', 'outcome'],
      buckets: seconds,
      registers,
    }),
    subscriptions: new Gauge({
      name: 'accord_subscriptions',
      help: 'Subscriptions that are open, by protocol (ws, sse).',
      labelNames: ['protocol'],
      registers,
    }),
    reloads: new Counter({
      name: 'accord_registry_looks_total',
      help: 'Looks at the registry of subgraphs, by outcome (unchanged, taken, refused).',
      labelNames: ['outcome'],
      registers,
    }),
    /** Shows how many operations run and wait, when somebody looks. */
    watchOperations: (count: () => { running: number; waiting: number }) => {
      const gauge = new Gauge({
        name: 'accord_operations',
        help: 'Queries and mutations at the door, by state (running, waiting).',
        labelNames: ['state'],
        registers,
        collect: () => {
          for (const [state, number] of Object.entries(count())) gauge.set({ state }, number);
        },
      });
    },
  };
}

/** What waits for endpoints of webhooks, the seconds that the oldest of it has waited, and the attempts of the last five minutes by outcome. */
export type WebhookFigures = { pending: number; oldest: number; attempts: Readonly<Record<string, number>> };

/** Shows how webhooks fare, when somebody looks: all three gauges by one reading. Without an answer they show nothing. */
export function watchWebhooks({ registry }: Pick<Metrics, 'registry'>, read: () => Promise<WebhookFigures>): void {
  const registers = [registry];
  const reading: { now: Promise<WebhookFigures | undefined> | undefined } = { now: undefined };
  const look = () => {
    reading.now ??= read()
      .catch(() => undefined)
      .finally(() => (reading.now = undefined));
    return reading.now;
  };
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
