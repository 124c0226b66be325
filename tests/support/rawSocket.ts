import { once } from 'node:events';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TokenWish } from '../../roles/tokens.ts';
import type { EventWorld } from './eventWorld.ts';

// biome-ignore lint/suspicious/noExplicitAny: a protocol message
export type Message = any;

export type RawSocket = Awaited<ReturnType<typeof rawSocket>>;

type Wish = { headers?: Record<string, string> /** Subprotocols that the client offers. */; protocol?: string | string[] };

/** A socket without a library on it: what it gets, and how it ends. */
export async function rawSocket(world: Pick<EventWorld, 'url' | 'tokenFor'>, { headers, protocol = GRAPHQL_TRANSPORT_WS_PROTOCOL }: Wish = {}) {
  const socket = new WebSocket(world.url.replace('http', 'ws'), protocol, { headers });
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let end: { code: number; reason: string } | undefined;
  const wakeAll = () => {
    for (const wake of [...waiting]) wake();
  };
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    wakeAll();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => {
      end = { code, reason: String(reason) };
      resolve(end);
      wakeAll();
    }),
  );
  await Promise.race([once(socket, 'open'), once(socket, 'error').then(([error]) => Promise.reject(error))]);
  /** The first message that is wanted, also of those that have come already. */
  const until = (wanted: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = messages.find(wanted);
        if (!found && !end) return;
        waiting.delete(look);
        if (found) resolve(found);
        else reject(new Error(`closed with ${end?.code} ${end?.reason} after ${JSON.stringify(messages)}`));
      };
      waiting.add(look);
      look();
    });
  const send = (message: Message) => socket.send(JSON.stringify(message));
  const init = async (wish: TokenWish = { role: 'admin' }) => {
    send({ type: 'connection_init', payload: { token: await world.tokenFor(wish) } });
    return until((message) => message.type === 'connection_ack');
  };
  /** All that the server had to say before it answered this. */
  const settled = async () => {
    const mark = crypto.randomUUID();
    send({ type: 'ping', payload: { mark } });
    await until((message) => message.type === 'pong' && message.payload?.mark === mark);
  };
  return { socket, messages, closed, until, send, init, settled };
}

/** What a row of a protocol's rules does with a client. */
export type Step = (client: RawSocket) => Promise<void> | void;

/** Sends these, one after the other: text as it is, else as JSON. */
export const say =
  (...sent: unknown[]): Step =>
  ({ socket }) => {
    for (const each of sent) socket.send(typeof each === 'string' ? each : JSON.stringify(each));
  };

export const subscribing = (payload: unknown, id: unknown = 'a') => ({ type: 'subscribe', id, payload });

/** The types of the messages that an operation was answered with. */
export const typesOf = (client: RawSocket, id: string): string[] => client.messages.filter((message) => message.id === id).map((message) => message.type);

/** Until so many messages of a type have come. */
export const count = (client: RawSocket, type: string, wanted: number): Promise<Message> =>
  client.until(() => client.messages.filter((message) => message.type === type).length >= wanted);

/** Until the server has said where each of these subscriptions begins. */
export const standing = (client: RawSocket, ...ids: string[]): Promise<Message> =>
  client.until(() => ids.every((id) => client.messages.some((message) => message.type === 'ping' && message.payload?.cursors?.[id])));
