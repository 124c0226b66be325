import { setTimeout as pause } from 'node:timers/promises';
import { type Consumer, startConsumer } from '#kernel/consume.ts';
import type { Clock } from '#kernel/context.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { sweepIdempotency } from '#kernel/idempotency.ts';
import { type Loop, startLoop } from '#kernel/loop.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import type { Logger } from '#kernel/telemetry.ts';

export type Worker = { healthy(): boolean; stop(): Promise<void> };

type WorkerParts = { url: string; consumers: readonly Consumer[]; clock: Clock; log: Logger };

/** Days that a first answer is kept for replays. */
const idempotencyRetention = 30;
/** Milliseconds between two looks for records past their retention. */
const sweepPause = 600_000;

/** The sequencer, all processes and the sweeper. Any number of workers may run at once. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { url, clock, log } = parts;
  const open = openDb({ url, name: 'worker', max: parts.consumers.length + 2, statementTimeout: 120_000 });
  const doorbell = await openDoorbell(url);
  const loops: Loop[] = [
    startSequencer({ db: open.db, log }),
    ...parts.consumers.map((consumer) => startConsumer({ db: open.db, consumer, clock, log, doorbell })),
    startLoop({
      name: 'idempotency-sweep',
      log,
      round: async () => (await sweepIdempotency(open.db, new Date(clock().getTime() - idempotencyRetention * 86_400_000))) > 0,
      idle: (signal) => pause(sweepPause, undefined, { signal }).catch(() => {}),
    }),
  ];
  return {
    healthy: () => loops.every((loop) => loop.healthy()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await doorbell.close();
      await open.close();
    },
  };
}
