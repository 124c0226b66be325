import postgres from 'postgres';

/** The channel that the sequencer rings once per batch, with the new head of the log and the types of the facts that it moved. */
export const doorbellChannel = 'accord_log';

/** Waits for new facts. A lost ring costs latency only: every wait also ends by itself. */
export type Doorbell = {
  wait: Wait;
  /**
   * The waits of one reader: one is over at once when it has rung since the last was. With types, rings that tell of none of these do not count, or count
   * so many milliseconds later.
   */
  waiter(types?: readonly string[], later?: number): Wait;
  onRing(heard: () => void): () => void;
  close(): Promise<void>;
};

export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Called with the types that a ring tells of; without any, it may be anything. */
type Heard = (types: readonly string[]) => void;

/** Listens on a connection of its own, to the log or to another channel; postgres.js listens again after a lost connection. */
export async function openDoorbell(url: string, channel = doorbellChannel): Promise<Doorbell> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'accord-doorbell' } });
  const heard = new Set<Heard>();
  const tell = (payload: string) => {
    const [, ...types] = payload.split(' ');
    for (const listener of [...heard]) listener(types);
  };
  // Whenever it listens, also after a lost connection: who knows what it did not hear.
  await client.listen(channel, tell, () => tell(''));
  return {
    onRing(listener) {
      const hear = () => listener();
      heard.add(hear);
      return () => heard.delete(hear);
    },
    wait: (milliseconds, signal) => waitFor(heard, milliseconds, signal),
    waiter: (types, later) => waiterOf(heard, types, later),
    close: () => client.end({ timeout: 2 }),
  };
}

function waiterOf(heard: Set<Heard>, wanted: readonly string[] | undefined, later: number | undefined): Wait {
  const rung: { since: boolean; later: NodeJS.Timeout | undefined } = { since: false, later: undefined };
  const own = new Set<Heard>();
  const concerned = wanted && new Set(wanted);
  const ring = () => {
    clearTimeout(rung.later);
    rung.later = undefined;
    rung.since = true;
    for (const listener of [...own]) listener([]);
  };
  heard.add((types) => {
    if (!concerned || types.length === 0 || types.some((type) => concerned.has(type))) ring();
    else if (later !== undefined) rung.later ??= setTimeout(ring, later).unref();
  });
  return async (milliseconds, signal) => {
    if (!rung.since) await waitFor(own, milliseconds, signal);
    rung.since = false;
  };
}

function waitFor(heard: Set<Heard>, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
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
