import type { Clock } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import type { Doorbell } from '#kernel/doorbell.ts';
import { type Loop, startLoop } from '#kernel/loop.ts';
import { blockList, type Outbound, resolveName } from '#kernel/outbound.ts';
import { openPartitions } from '#kernel/partition.ts';
import type { Schedule } from '#kernel/schedule.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { forgetDeliveries } from '#kernel/webhookClaim.ts';
import { webhookReader } from '#kernel/webhookQueue.ts';
import { readContracts } from '#operations/webhook/cloudEvent.ts';
import { replayOnce, routeOnce } from '#operations/webhook/router.ts';
import { type Flights, type SendParts, sendDue } from '#operations/webhook/sender.ts';
import { callLimit } from '#operations/webhook/verdict.ts';

/** What a firm says about its webhooks. */
export type WebhookSettings = {
  /** Private networks into which endpoints may lead, such as 10.1.0.0/16. */
  networks: readonly string[];
  /** Days that what was sent, or given up, is kept. */
  retention: number;
};

export const defaultWebhooks: WebhookSettings = { networks: [], retention: 30 };

type Parts = { url: string; clock: Clock; log: Logger; doorbell: Doorbell; settings: WebhookSettings; outbound?: Outbound };

const schemaFolder = new URL('../schema/', import.meta.url);

/** Milliseconds between two looks when nobody rings. */
const idleWait = 500;
/** Milliseconds that calls under way get to end by themselves when we stop. */
const farewell = 3_000;

/** Puts facts into the queues of endpoints and sends what is due. Any number of workers may; each delivery is in the hands of one. */
export async function startWebhooks({ url, clock, log, doorbell, settings, outbound }: Parts): Promise<Loop> {
  const open = openDb({ url, name: 'webhooks', max: 6, scope: 'command' });
  const contracts = await readContracts(schemaFolder);
  const way: Outbound = outbound ?? { networks: blockList(settings.networks), resolve: resolveName, timeout: callLimit };
  const parts: SendParts = { db: open.db, clock, log, outbound: way, contracts };
  await openPartitions(open.db, { name: webhookReader, partitions: 1 });
  const routing = doorbell.waiter();
  const loops = [
    startLoop({
      name: 'webhook-router',
      log,
      round: async () => (await routeOnce(parts)) || (await replayOnce(parts)),
      idle: (signal) => routing(idleWait, signal),
    }),
    sendingLoop(parts, doorbell),
  ];
  return {
    healthy: () => loops.every((loop) => loop.healthy()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await open.close();
    },
  };
}

/** Sends what is due. What is under way when it stops is broken off after a while, and sent again by whoever comes next. */
function sendingLoop(parts: SendParts, doorbell: Doorbell): Loop {
  const flights: Flights = new Map();
  const control = new AbortController();
  const wait = doorbell.waiter();
  const idle = async (signal: AbortSignal) => {
    const landed = [...flights.values()].map(({ done }) => done);
    await Promise.race([wait(flights.size > 0 ? idleWait / 4 : idleWait, signal), ...landed]);
  };
  const loop = startLoop({ name: 'webhook-sender', log: parts.log, round: async () => (await sendDue(parts, flights, control.signal)) > 0, idle });
  return {
    healthy: loop.healthy,
    stop: async () => {
      const timer = setTimeout(() => control.abort(), farewell);
      await loop.stop();
      await Promise.all([...flights.values()].map(({ done }) => done));
      clearTimeout(timer);
    },
  };
}

/** Forgets what was done long ago. */
export function webhooksForgotten({ retention }: WebhookSettings): Schedule {
  return {
    name: 'webhooks-forgotten',
    every: 600,
    run: ({ tx, now }) => forgetDeliveries(tx, { before: new Date(now.getTime() - retention * 86_400_000), now }),
  };
}
