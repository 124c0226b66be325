import type { Clock } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { blockList, type Outbound } from '#kernel/outbound.ts';
import { openPartitions } from '#kernel/partition.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { webhookReader } from '#kernel/webhookQueue.ts';
import { readContracts } from '#operations/webhook/cloudEvent.ts';
import { replayOnce, routeOnce } from '#operations/webhook/router.ts';
import { type Flights, type SendParts, sendDue } from '#operations/webhook/sender.ts';
import { flowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';
import { root } from './house.ts';

export type WebhookWorld = Awaited<ReturnType<typeof webhookWorld>>;

/** Calls go to loopback, where receivers of tests are, and wait as long as a test says. */
export function loopback(timeout = 10_000): Outbound {
  return { networks: blockList(['127.0.0.0/8']), resolve: async () => [], timeout };
}

const secretFields = 'secret webhookEndpoint { id version status signingKeys { kind publicKey endsAt } }';

type Turned = { db: Db; clock: Clock; sequence: () => Promise<unknown>; outbound?: Outbound };

/** Webhooks as a hand turns them: what is due is routed and sent when a test says so. */
export async function handTurned({ db, clock, sequence, outbound = loopback() }: Turned) {
  const contracts = await readContracts(new URL('schema/', root));
  await openPartitions(db, { name: webhookReader, partitions: 1 });
  const parts: SendParts = { db, clock, log: createLogger({ level: 'silent' }), outbound, contracts, chance: () => 0 };
  const flights: Flights = new Map();
  const control = new AbortController();
  const take = () => sendDue(parts, flights, control.signal);
  const landed = () => Promise.all([...flights.values()].map(({ done }) => done));
  /** All facts so far, and replays, into the queues. */
  const route = async () => {
    await sequence();
    while (await routeOnce(parts));
    while (await replayOnce(parts));
  };
  /** Sends all that is due, and waits for the answers. */
  const send = async () => {
    while ((await take()) > 0) await landed();
  };
  return { parts, flights, take, landed, route, send };
}

/** The whole graph, and webhooks beside it. */
export async function webhookWorld() {
  const flow = await flowWorld();
  const turned = await handTurned({ db: flow.db, clock: () => flow.time.now, sequence: flow.sequence });
  const ok = async (name: string, input: Json, select: string): Promise<Json> => {
    const payload = await flow.graph.mutate(name, input, { select });
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
    return payload;
  };
  let made = 0;
  return {
    ...flow,
    ...turned,
    /** An endpoint of that address; gives its id and secret. */
    endpoint: async (url: string, more: Json = {}): Promise<{ id: string; secret: string; version: number; signingKeys: Json[] }> => {
      const { secret, webhookEndpoint } = await ok('createWebhookEndpoint', { url, ...more }, secretFields);
      return { secret, ...webhookEndpoint };
    },
    ok,
    /** A customer, whose making is an event. */
    customer: async (name?: string): Promise<string> => {
      made += 1;
      const { customer } = await ok('createCustomer', { name: name ?? `Customer ${made}` }, 'customer { id }');
      return customer.id;
    },
    rename: (id: string, name: string) => ok('updateCustomer', { id, name }, 'customer { id }'),
    /** The deliveries to an endpoint, the oldest first, with their attempts. */
    ledger: async (endpointId: string): Promise<Json[]> => {
      const { operations } = await flow.graph.ok(ledger, { filter: { endpointIds: [endpointId] } });
      return operations.webhookDeliveries.nodes;
    },
    read: async (id: string): Promise<Json> => (await flow.graph.ok(one, { id })).operations.webhookEndpoint,
    pass: (milliseconds: number) => {
      flow.time.now = new Date(flow.time.now.getTime() + milliseconds);
    },
  };
}

const ledger = `query ($filter: WebhookDeliveryFilter) { operations { webhookDeliveries(filter: $filter, orderBy: { field: CREATED_AT, direction: ASC }) { totalCount nodes {
  id kind type status attemptCount nextAttemptAt cursor event { id type } endpoint { id }
  attempts { nodes { number outcome httpStatus latencyMs reason response startedAt } } } } } }`;
const one = `query ($id: ID!) { operations { webhookEndpoint(id: $id) { id version status url description contract permissions customerIds legalEntityIds employeeIds
  filter { types customerIds projectIds } signingKeys { kind publicKey createdAt endsAt } firstFailedAt lastSuccessAt lastAttemptAt resumesAt disabledAt disabledReason missedAfter
  createdBy availableActions { name refusals } } } }`;
