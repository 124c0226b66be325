import type { Revocations } from '#gateway/revocations.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { startLoop } from '#kernel/loop.ts';
import { revocationChannel, revocationsAt } from '#kernel/revocation.ts';
import type { Logger } from '#kernel/telemetry.ts';

/** Milliseconds between two looks when nobody rings. */
const idleWait = 5_000;

type Parts = { gateway: { revocations: Revocations }; databaseUrl: string; log: Logger };

/** Follows which tokens are revoked: at the start, when one is written, and by the clock where the ring was lost. */
export async function followRevocations({ gateway: { revocations }, databaseUrl, log }: Parts): Promise<{ stop(): Promise<void> }> {
  const open = openDb({ url: databaseUrl, name: 'revocations', max: 1, scope: 'command' });
  const doorbell = await openDoorbell(databaseUrl, revocationChannel);
  const wait = doorbell.waiter();
  let reading: Promise<unknown> = Promise.resolve();
  /** One after the other: what is read later is put in place later. */
  const look = (): Promise<void> => {
    const next = reading.then(async () => revocations.replace(await revocationsAt(open.db, new Date())));
    reading = next.catch(() => undefined);
    return next;
  };
  await look();
  revocations.from(look);
  const round = async () => {
    await look();
    return false;
  };
  const loop = startLoop({ name: 'revocations', log, round, idle: (signal) => wait(idleWait, signal) });
  return {
    stop: async () => {
      await loop.stop();
      await doorbell.close();
      await reading;
      await open.close();
    },
  };
}
