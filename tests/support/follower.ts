import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Json, Place } from './graph.ts';

/** A subscriber of TimesheetApproved that loses its connection again and again, and resumes after the last cursor it saw. */
export type Follower = AsyncDisposable & {
  /** What it saw, in the order in which it came. */
  seen: { position: number; entries: number }[];
  /** What it was last seen doing: for the sentence that says why a test failed. */
  doing: () => string;
  /** How often it lost its connection. */
  losses: () => number;
  stop: () => Promise<void>;
};

const query = 'subscription ($after: Cursor) { timesheetApproved(after: $after) { position cursor entries { id } } }';

/** Cuts its own socket after so many events (pseudo-random, up to 241), without saying goodbye; and outlives a gateway that dies. */
export function followApprovals({ url, token }: Place, from: string): Follower {
  const seen: Follower['seen'] = [];
  const stopping = new AbortController();
  let after = from;
  let losses = 0;
  let chance = 1;
  let doing = '';
  let failure = 'none';

  const connectOnce = async (): Promise<void> => {
    doing = 'connecting';
    chance = (chance * 48_271) % 2_147_483_647;
    let left = 1 + (chance % 7) * 40;
    let socket: WebSocket | undefined;
    const cut = () => socket?.terminate();
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ token: await token({ role: 'admin' }) }),
      on: {
        opened: (opened) => {
          doing = 'opened';
          // What webSocketImpl makes.
          socket = opened as WebSocket;
          if (stopping.signal.aborted) cut();
        },
        connected: () => {
          doing = 'connected';
        },
      },
    });
    stopping.signal.addEventListener('abort', cut);
    try {
      for await (const { data, errors } of client.iterate<Json>({ query, variables: { after } })) {
        if (errors || !data) throw new Error(JSON.stringify(errors));
        const { position, cursor, entries } = data.timesheetApproved;
        doing = 'event';
        seen.push({ position: Number(position), entries: entries.length });
        after = cursor;
        left -= 1;
        if (left <= 0) return cut();
      }
    } finally {
      doing = 'closing';
      stopping.signal.removeEventListener('abort', cut);
      await client.dispose();
    }
  };

  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await connectOnce();
      } catch (error) {
        failure = error instanceof Error ? error.message : String(Object(error).reason ?? error);
        // The gateway or what stands behind it is away: come back, like any client.
        await new Promise((again) => setTimeout(again, 100));
      }
      losses += 1;
    }
  })();
  const stop = async () => {
    stopping.abort();
    await running;
  };
  return { seen, doing: () => `${doing} after ${losses} losses, last ${failure}`, losses: () => losses, stop, [Symbol.asyncDispose]: stop };
}
