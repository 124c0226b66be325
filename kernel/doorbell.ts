import postgres from 'postgres';

/** The channel that the sequencer rings once per batch, with the new head of the log. */
export const doorbellChannel = 'accord_log';

/** Waits for new facts. A lost ring costs latency only: every wait also ends by itself. */
export type Doorbell = { wait(milliseconds: number, signal?: AbortSignal): Promise<void>; onRing(heard: () => void): () => void; close(): Promise<void> };

/** Listens on a connection of its own; postgres.js listens again after a lost connection. */
export async function openDoorbell(url: string): Promise<Doorbell> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'accord-doorbell' } });
  const heard = new Set<() => void>();
  const ring = () => {
    for (const listener of [...heard]) listener();
  };
  await client.listen(doorbellChannel, ring);
  return {
    onRing(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    wait: (milliseconds, signal) => waitFor(heard, milliseconds, signal),
    close: () => client.end({ timeout: 2 }),
  };
}

function waitFor(heard: Set<() => void>, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      heard.delete(done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (signal?.aborted) return done();
    heard.add(done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
