import type { Broker } from '#connectors/nats/stream.ts';
import { balanceName, foldBalances } from '#kernel/balance.ts';
import { forgetBudgets } from '#kernel/budget.ts';
import { type Consumer, startConsumer } from '#kernel/consume.ts';
import type { Clock } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { sweepIdempotency } from '#kernel/idempotency.ts';
import type { Loop } from '#kernel/loop.ts';
import type { Process } from '#kernel/process.ts';
import { defaultRetention, type Retention, retain } from '#kernel/retention.ts';
import { startRunner } from '#kernel/run.ts';
import { type Schedule, startSchedules } from '#kernel/schedule.ts';
import { forgetUses } from '#kernel/schemaUsage.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { eraseTouches } from '#kernel/touch.ts';
import { processes, type Rules, schedules } from '#processes/wiring.ts';
import type { Settings } from './settings.ts';
import { subgraphs } from './subgraphs.ts';
import { defaultWebhooks, startWebhooks, type WebhookSettings, webhooksForgotten } from './webhooks.ts';

export type Worker = { healthy(): boolean; stop(): Promise<void> };

type WorkerParts = {
  url: string;
  consumers: readonly Consumer[];
  /** As wired by default, where nothing else is said. */
  processes?: readonly Process[];
  clock: Clock;
  log: Logger;
  /** How long the log is kept, and how much of it is dropped at a time. */
  retention?: Retention;
  partition?: number;
  /** Where the log is copied to (default: nowhere). */
  broker?: Broker | undefined;
  /** Where webhooks may go, and how long what was sent is kept. */
  webhooks?: WebhookSettings;
};

/** Days that a first answer is kept for replays. */
const idempotencyRetention = 30;
/** Seconds between two looks for what is past its retention, or has new parts. */
const calmly = 600;

/** The sequencer, all processes with their runs, what is due by its time, the sweeper, and the copy of the log outside where one is wanted. Any number of workers may run at once. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { url, clock, log, retention = defaultRetention, partition, broker, webhooks = defaultWebhooks } = parts;
  const open = openDb({ url, name: 'worker', max: parts.consumers.length + 5, statementTimeout: 120_000, scope: 'command' });
  const doorbell = await openDoorbell(url);
  const loops: Loop[] = [
    startSequencer({ db: open.db, log, partition }),
    ...parts.consumers.map((consumer) => startConsumer({ db: open.db, consumer, clock, log, doorbell })),
    startRunner({ db: open.db, processes: parts.processes ?? processes, clock, log, doorbell }),
    startSchedules({ db: open.db, schedules: [...regular, logRetention(retention, log), webhooksForgotten(webhooks)], clock, log }),
    await startWebhooks({ url, clock, log, doorbell, settings: webhooks }),
  ];
  if (broker) {
    const { startNatsSink } = await import('#connectors/nats/sink.ts');
    loops.push(startNatsSink({ db: open.db, broker, clock, log, doorbell }));
  }
  return {
    healthy: () => loops.every((loop) => loop.healthy()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await doorbell.close();
      await open.close();
    },
  };
}

const idempotencySweep: Schedule = {
  name: 'idempotency-sweep',
  every: calmly,
  run: ({ tx, now }) => sweepIdempotency(tx, new Date(now.getTime() - idempotencyRetention * 86_400_000)),
};

const balanceFolds: readonly Schedule[] = subgraphs.flatMap(({ balances = [] }) =>
  balances.map(({ table }) => ({ name: `fold ${balanceName(table)}`, every: calmly, run: ({ tx }) => foldBalances(tx, table) })),
);

const usesForgotten: Schedule = { name: 'uses-forgotten', every: 3_600, run: ({ tx, now }) => forgetUses(tx, now) };

const budgetsForgotten: Schedule = { name: 'budgets-forgotten', every: 3_600, run: ({ tx }) => forgetBudgets(tx) };

const touchesErased: Schedule = { name: 'touches-erased', every: calmly, run: ({ tx, now }) => eraseTouches(tx, now) };

const regular: readonly Schedule[] = [...schedules, idempotencySweep, touchesErased, usesForgotten, budgetsForgotten, ...balanceFolds];
const retentionName = 'log-retention';

/** All that a worker does because a time came. */
export const scheduleNames: readonly string[] = [...regular.map(({ name }) => name), retentionName, webhooksForgotten(defaultWebhooks).name];

/** Seconds between two looks for what the log may forget. */
const retainEvery = 60;

function logRetention(retention: Retention, log: Logger): Schedule {
  return { name: retentionName, every: retainEvery, run: ({ tx, now }) => retain(tx, { retention, now, log }) };
}

/** How the settings say that the log is kept, and what is sent of it. */
export function logKept({ logRetention: days, logPartition, webhooks }: Settings): Required<Pick<WorkerParts, 'retention' | 'partition' | 'webhooks'>> {
  return { retention: { ...defaultRetention, age: days * 86_400_000 }, partition: logPartition, webhooks };
}

/** What the settings say about the stories between subgraphs. */
export function rulesOf({ provisioning: systems, provisioningWithin }: Settings): Rules {
  return { provisioning: { systems, within: provisioningWithin * 3_600_000 } };
}
