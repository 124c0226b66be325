import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Revocations } from '#gateway/revocations.ts';
import { openDb } from '#kernel/db.ts';
import { startLoop } from '#kernel/loop.ts';
import { revocationChannel, revocationsAt } from '#kernel/revocation.ts';
import type { Logger } from '#kernel/telemetry.ts';

/** Milliseconds between two looks when nobody rings. */
const idleWait = 5_000;

type Parts = { gateway: { revocations: Revocations }; databaseUrl: string; log: Logger };

/** Follows which tokens are revoked: at the start, when one is written, and by the clock where the ring was lost. */
export async function followRevocations({ gateway: { revocations }, databaseUrl, log }: Parts): Promise<{ stop(): Promise<void> }> {
  const open = openDb({ url: databaseUrl, name: 'revocations', max: 1, scope: 'command' });
  const bell = postgres(databaseUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'accord-revocations' } });
  let reading: Promise<unknown> = Promise.resolve();
  /** One after the other: what is read later is put in place later. */
  const look = (): Promise<void> => {
    const next = reading.then(async () => revocations.replace(await revocationsAt(open.db, new Date())));
    reading = next.catch(() => undefined);
    return next;
  };
  const rung = () => void look().catch((error: unknown) => log.error({ err: error }, 'revoked tokens could not be read'));
  await bell.listen(revocationChannel, rung);
  await look();
  revocations.from(look);
  const round = async () => {
    await look();
    return false;
  };
  const idle = (signal: AbortSignal) => pause(idleWait, undefined, { signal }).catch(() => {});
  const loop = startLoop({ name: 'revocations', log, round, idle });
  return {
    stop: async () => {
      await loop.stop();
      await bell.end({ timeout: 2 });
      await reading;
      await open.close();
    },
  };
}
