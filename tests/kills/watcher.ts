import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Graph, Json } from '../support/graph.ts';

/** A subscriber of new customers that comes back after its last cursor. */
export type Watcher = {
  /** Positions of what it saw, in the order in which it came. */
  seen: number[];
  /** When it got the first event of a customer that was acknowledged after `since`. */
  after(since: number): Promise<number>;
  stop(): Promise<void>;
};

const query = 'subscription ($after: Cursor) { customerCreated(after: $after) { position cursor occurredAt } }';

export function watcher({ url, token }: Graph, from: string): Watcher {
  const seen: number[] = [];
  const waiting = new Set<{ since: number; done: (at: number) => void }>();
  const stopping = new AbortController();
  let after = from;

  const connectOnce = async (): Promise<void> => {
    let socket: WebSocket | undefined;
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ token: await token({ role: 'admin' }) }),
      on: {
        opened: (opened) => {
          // What webSocketImpl makes.
          socket = opened as WebSocket;
          if (stopping.signal.aborted) socket.terminate();
        },
      },
    });
    const cut = () => socket?.terminate();
    stopping.signal.addEventListener('abort', cut);
    try {
      for await (const { data, errors } of client.iterate<Json>({ query, variables: { after } })) {
        if (errors || !data) throw new Error(JSON.stringify(errors));
        const { position, cursor, occurredAt } = data.customerCreated;
        seen.push(Number(position));
        after = cursor;
        const happened = Date.parse(occurredAt) - performance.timeOrigin;
        for (const each of [...waiting]) if (happened >= each.since) each.done(performance.now());
      }
    } finally {
      stopping.signal.removeEventListener('abort', cut);
      await client.dispose();
    }
  };

  const running = (async () => {
    while (!stopping.signal.aborted) {
      await connectOnce().catch(() => undefined);
      // Whoever lost its server comes back, like any client.
      await new Promise((again) => setTimeout(again, 50));
    }
  })();
  return {
    seen,
    after: (since) =>
      new Promise((resolve) => {
        const entry = { since, done: resolve };
        entry.done = (at) => {
          waiting.delete(entry);
          resolve(at);
        };
        waiting.add(entry);
      }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
