import { consumeOnce } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { consumers } from '#processes/wiring.ts';

/** Lets every process react to all that has happened, until nothing is left to do. */
export async function settleProcesses(url: string): Promise<void> {
  await using open = openDb({ url, name: 'settle', max: 2 });
  const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }) };
  for (let busy = true; busy; ) {
    busy = false;
    while ((await sequenceOnce(open.db)) > 0) busy = true;
    for (const consumer of consumers) while (await consumeOnce({ ...parts, consumer })) busy = true;
  }
}
