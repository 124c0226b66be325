import { Readable } from 'node:stream';
import { createClient } from 'graphql-ws/client';
import { WebSocket } from 'ws';
import type { TransportAnswer } from '#kernel/transport.ts';
import { answerIn } from './answer.ts';
import { eventLimit, type Upstream } from './subscribe.ts';
import { defined } from './transport.ts';

/** Events that wait for a slow reader before the socket is read no further. */
const ahead = 64;
/** Milliseconds between two signs of life, and for their answer. */
const beat = 20_000;
const patience = 10_000;

/** graphql-transport-ws over a connection of its own, which carries who asks, and is read as fast as its events are taken. */
export async function* webSocketStream(upstream: Upstream): AsyncGenerator<TransportAnswer, void, undefined> {
  const { subgraph, signal } = upstream;
  const events = eventsOf(upstream);
  const stop = () => events.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const sent of events) {
      const answer = answerIn(subgraph, sent);
      if (answer) yield answer;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    events.destroy();
  }
}

function eventsOf({ subgraph, payload, headers, signal }: Upstream): Readable {
  let socket: WebSocket | undefined;
  let late: NodeJS.Timeout | undefined;
  const client = createClient({
    url: socketAddress(subgraph.subscriptions.url),
    webSocketImpl: socketWith({ ...defined(subgraph.tls), headers, maxPayload: eventLimit, handshakeTimeout: subgraph.timeout }),
    // Servers look for it in one place or the other.
    connectionParams: headers,
    connectionAckWaitTimeout: subgraph.timeout,
    retryAttempts: 0,
    keepAlive: beat,
    on: {
      connected: (opened) => {
        socket = opened instanceof WebSocket ? opened : undefined;
      },
      ping: (received) => {
        if (received) return;
        clearTimeout(late);
        // A socket that waits for its reader hears nothing.
        late = setTimeout(() => socket?.isPaused || socket?.terminate(), patience);
      },
      pong: () => clearTimeout(late),
      closed: () => clearTimeout(late),
    },
  });
  const events = new Readable({
    objectMode: true,
    highWaterMark: ahead,
    read: () => socket?.isPaused && socket.resume(),
    destroy: (error, done) => {
      clearTimeout(late);
      if (socket?.isPaused) socket.resume();
      void client.dispose();
      done(error);
    },
  });
  if (signal.aborted) return events.destroy();
  client.subscribe(
    { query: payload.query, variables: payload.variables ?? null, operationName: payload.operationName ?? null },
    {
      next: (result) => events.push(result) || socket?.pause(),
      error: (error) => {
        // Errors that the subgraph tells are its answer; all else is the way's.
        if (!Array.isArray(error)) return void events.destroy(error instanceof Error ? error : new Error(`the socket closed (${codeOf(error)})`));
        events.push({ errors: error });
        events.push(null);
      },
      complete: () => events.push(null),
    },
  );
  return events;
}

function socketAddress({ protocol, host, pathname, search }: URL): string {
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${pathname}${search}`;
}

type Options = ConstructorParameters<typeof WebSocket>[2];

/** The client makes its socket itself, and knows an address and a protocol only. */
function socketWith(options: Options) {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, options);
    }
  };
}

function codeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : 'no code';
}
