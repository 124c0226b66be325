import { setTimeout as pause } from 'node:timers/promises';
import { serviceActor } from '#kernel/actor.ts';
import { balanceName, foldBalances } from '#kernel/balance.ts';
import { type Consumer, startConsumer } from '#kernel/consume.ts';
import type { Clock, Scope } from '#kernel/context.ts';
import { openDb, type Tx } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { sweepIdempotency } from '#kernel/idempotency.ts';
import { type Loop, startLoop } from '#kernel/loop.ts';
import { dateOf } from '#kernel/period.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import { type Logger, newTraceparent } from '#kernel/telemetry.ts';
import { dueChanges } from '#processes/dueChanges.ts';
import { subgraphs } from './subgraphs.ts';

export type Worker = { healthy(): boolean; stop(): Promise<void> };

type WorkerParts = { url: string; consumers: readonly Consumer[]; clock: Clock; log: Logger };

/** Days that a first answer is kept for replays. */
const idempotencyRetention = 30;
/** Milliseconds between two looks for what is past its retention, or due by its date. */
const calmPause = 600_000;

/** The sequencer, all processes, what is due by its date, and the sweeper. Any number of workers may run at once. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { url, clock, log } = parts;
  const open = openDb({ url, name: 'worker', max: parts.consumers.length + 3, statementTimeout: 120_000, scope: 'command' });
  const doorbell = await openDoorbell(url);
  const loops: Loop[] = [
    startSequencer({ db: open.db, log }),
    ...parts.consumers.map((consumer) => startConsumer({ db: open.db, consumer, clock, log, doorbell })),
    calmLoop(log, 'idempotency-sweep', () => sweepIdempotency(open.db, new Date(clock().getTime() - idempotencyRetention * 86_400_000))),
    ...subgraphs.flatMap(({ balances = [] }) => balances.map(({ table }) => calmLoop(log, `fold ${balanceName(table)}`, () => foldBalances(open.db, table)))),
    ...dueChanges.map(({ name, run }) => calmLoop(log, name, () => open.db.transaction((tx) => run(dailyScope({ tx, name, now: clock() }))))),
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

/** Does a bounded bite of work at a time while there is some, then looks again after a while. */
function calmLoop(log: Logger, name: string, bite: () => Promise<number>): Loop {
  return startLoop({ name, log, round: async () => (await bite()) > 0, idle: (signal) => pause(calmPause, undefined, { signal }).catch(() => {}) });
}

function dailyScope({ tx, name, now }: { tx: Tx; name: string; now: Date }): Scope {
  return { tx, actor: serviceActor(name), trace: { correlationId: `${name}-${dateOf(now)}`, traceparent: newTraceparent() }, now };
}
