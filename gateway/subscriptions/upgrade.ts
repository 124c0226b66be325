import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, stringifyMessage } from 'graphql-ws';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { Refused } from '#kernel/errors.ts';
import { guarded, takeUpgrades } from '#kernel/httpServer.ts';
import { endpointAt } from '../endpoints.ts';
import { addressOf, traceOf } from '../exchange.ts';
import type { OriginRules } from '../origins.ts';
import { type Connection, closeCodes, renewed, type SocketParts, socketServer, tellCursors } from './socket.ts';
import { createWireIds } from './wireIds.ts';

export type UpgradeParts = Omit<SocketParts, 'admit'> & {
  /** Connections of one principal at most. */
  perPrincipal: number;
  /** Which web pages may connect. */
  origins: Pick<OriginRules, 'mayConnect'>;
  /** Connections at most. */
  connections: number;
  /** Milliseconds between two looks whether a client is still there. */
  heartbeat: number;
};

export type Sockets = {
  attach(server: HttpServer): void;
  size(): number;
  /** Tells every client to come back, spread over `spread` milliseconds, so that they do not all come at once. */
  drain(spread: number): Promise<void>;
};

/** Counts the connections of each principal. */
function admission(most: number): SocketParts['admit'] {
  const held = new Map<string, number>();
  return (id) => {
    const count = held.get(id) ?? 0;
    if (count >= most) return undefined;
    held.set(id, count + 1);
    return () => {
      const left = (held.get(id) ?? 1) - 1;
      if (left > 0) held.set(id, left);
      else held.delete(id);
    };
  };
}

type Inside = UpgradeParts & { open: Set<Connection>; state: { draining: boolean } };

/** WebSocket connections on an HTTP server that somebody else listens with. */
export function createSockets(parts: UpgradeParts): Sockets {
  const inside: Inside = { ...parts, open: new Set(), state: { draining: false } };
  const protocol = socketServer({ ...parts, admit: admission(parts.perPrincipal) });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 1024 * 1024,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const beat = setInterval(heartbeats(inside.open), Math.max(1, parts.heartbeat / turns));
  beat.unref();
  return {
    attach: (server) => {
      const take = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const refusal = refusalOf(inside, request);
        if (refusal) return refuse(socket, refusal);
        sockets.handleUpgrade(request, socket, head, (client) => opened(inside, protocol, { client, request }));
      };
      takeUpgrades(server, take, (error) => parts.log.error({ err: error }, 'an upgrade failed'));
    },
    size: () => inside.open.size,
    drain: async (spread) => {
      inside.state.draining = true;
      clearInterval(beat);
      await drain(inside, spread);
      sockets.close();
    },
  };
}

const endpointOf = (request: IncomingMessage) => endpointAt(addressOf(request)?.pathname ?? '');

function refusalOf({ origins, connections, open, state }: Inside, request: IncomingMessage): string | undefined {
  const endpoint = endpointOf(request);
  if (!endpoint || endpoint.documentId !== undefined) return '404 Not Found';
  if (state.draining || open.size >= connections) return '503 Service Unavailable';
  return origins.mayConnect(request) ? undefined : '403 Forbidden';
}

function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function opened(inside: Inside, protocol: ReturnType<typeof socketServer>, { client, request }: { client: WebSocket; request: IncomingMessage }): void {
  const ids = createWireIds();
  const { contract } = endpointOf(request) ?? {};
  const connection: Connection = { socket: client, request, contract, ids, trace: traceOf(request.headers), streams: new Map(), gone: new AbortController() };
  inside.open.add(connection);
  alive(client);
  const closed = protocol.opened(
    {
      protocol: client.protocol,
      send: async (text) => {
        const told = ids.outgoing(text);
        if (told !== undefined) await send(client, told);
      },
      close: (code, reason) => client.close(code, reasonOf(reason)),
      onMessage: (receive) => {
        const broken = (error: unknown) => failed(inside, client, error);
        const hear = (data: RawData) => {
          const heard = ids.incoming(textOf(data));
          if (!heard) return;
          if ('close' in heard) client.close(heard.close.code, reasonOf(heard.close.reason));
          else void receive(heard.text).catch(broken);
        };
        client.on('message', guarded(hear, broken));
      },
      onPing: async (payload) => send(client, stringifyMessage(pong(await renewed(connection, payload)))),
    },
    connection,
  );
  client.on('error', (error) => inside.log.debug({ err: error }, 'a socket broke'));
  client.once('close', (code, reason) => {
    inside.open.delete(connection);
    connection.session?.end();
    connection.leave?.();
    connection.gone.abort();
    void closed(code, reason.toString()).catch((error: unknown) => inside.log.error({ err: error }, 'a socket could not be tidied up'));
  });
}

function pong(payload: Record<string, unknown> | undefined) {
  return payload ? ({ type: MessageType.Pong, payload } as const) : ({ type: MessageType.Pong } as const);
}

/** Resolves when the operating system has the message: this is what holds a stream back for a slow client. */
function send(client: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (client.readyState !== WebSocket.OPEN) return resolve();
    // What the network says comes as a close, too: a client that went away is no fault.
    client.send(text, (error) => (error && !('syscall' in error) && client.readyState === WebSocket.OPEN ? reject(error) : resolve()));
  });
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data as ArrayBuffer).toString('utf8');
}

/** As much of a reason as a close frame takes: 123 bytes. Words of a client stand in it, and a longer one would throw. */
function reasonOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).subarray(0, 120).toString('utf8');
}

function failed({ log }: Inside, client: WebSocket, error: unknown): void {
  if (client.readyState !== WebSocket.OPEN) return;
  if (error instanceof Refused) {
    client.close(closeCodes.forbidden, reasonOf(error.message));
    return;
  }
  log.error({ err: error }, 'a socket message failed');
  client.close(CloseCode.InternalServerError, 'Internal error');
}

const misses = Symbol('beats without a sign of life');
type Watched = WebSocket & { [misses]?: number };

/** Beats that a client may miss: it also answers late when much stands before the beat. */
const patience = 3;

function alive(client: Watched): void {
  const heard = () => {
    client[misses] = 0;
  };
  client.on('pong', heard);
  client.on(
    'message',
    guarded(heard, () => undefined),
  );
}

/** Turns in which one beat goes round: so many clients at once, and their answers, would hold up everything else. */
const turns = 20;

/** Each call is a turn of the beat. Who comes while it goes round is in it. */
function heartbeats(open: ReadonlySet<Connection>): () => void {
  const round = { turn: 0, left: open.values() };
  return () => {
    if (round.turn === turns) Object.assign(round, { turn: 0, left: open.values() });
    round.turn += 1;
    // The last turn takes all that is left: meanwhile others may have gone.
    const share = round.turn === turns ? Number.POSITIVE_INFINITY : Math.ceil(open.size / turns);
    for (const connection of round.left.take(share)) heartbeat(connection);
  };
}

/** A client that answers no beat is gone. The others learn where their subscriptions stand. */
function heartbeat(connection: Connection): void {
  const client: Watched = connection.socket;
  const missed = client[misses] ?? 0;
  if (missed >= patience) {
    client.terminate();
    return;
  }
  client[misses] = missed + 1;
  client.ping();
  if (connection.streams.size > 0) tellCursors(connection);
}

async function drain({ open }: Inside, spread: number): Promise<void> {
  const all = [...open];
  for (const connection of all) {
    connection.socket.close(closeCodes.restart, 'Restarting; resume after your last cursor');
    if (spread > 0) await pause(spread / all.length);
  }
  for (let waited = 0; open.size > 0 && waited < 2_000; waited += 20) await pause(20);
  for (const connection of [...open]) connection.socket.terminate();
}
