import type { Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { sessionOf } from '#kernel/http2.ts';
import { openHttpServer } from '#kernel/httpServer.ts';
import { CannotStart } from './cannotStart.ts';

export type Place = { host: string; port: number };
export type Listening = { url: string; port: number; close(): Promise<void> };

/** Milliseconds that requests in flight get to end when the server closes. */
const grace = 10_000;
/** Connections that wait to be accepted, as far as the system lets them (`net.core.somaxconn`): those beyond are tried again by TCP after seconds, or reset. */
const backlog = 4_096;

/** Opens a server's port, or says in a sentence why not. Port 0 takes any free one. */
export async function listen(server: Server, { host, port }: Place): Promise<Listening> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port, backlog }, resolve);
  try {
    await promise;
  } catch (error) {
    throw whyNot(error, { host, port });
  }
  server.off('error', reject);
  const taken = (server.address() as AddressInfo).port;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return { url: `${isSecure(server) ? 'https' : 'http'}://${name}:${taken}`, port: taken, close: drain(server) };
}

const isSecure = (server: Server): boolean => (server as unknown) instanceof SecureServer;

/** Says in a sentence why a port cannot be opened, before anything long is begun that needs it in the end. */
export async function demandFree(place: Place): Promise<void> {
  const nobody = openHttpServer({ answer: async (_, response) => void response.end(), onFault: () => undefined });
  await (await listen(nobody, place)).close();
}

function whyNot(error: unknown, { host, port }: Place): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new CannotStart(
      `Port ${port} on ${host} is taken by another program. Stop that program, or choose another port: --port ${port + 100} (after npm start: -- --port ${port + 100}) or ACCORD_PORT.`,
    );
  if (code === 'EACCES') return new CannotStart(`Port ${port} needs rights that this user lacks. Choose a port above 1023.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new CannotStart(`This machine has no address ${host} to listen on.`);
  return error;
}

/** Takes no new connections, lets requests end, then cuts what is left. Upgraded sockets count as busy: who took them ends them. */
function drain(server: Server): () => Promise<void> {
  const sockets = new Map<Socket, { busy: boolean }>();
  const all = new Set<Socket>();
  let closing: Promise<void> | undefined;
  // With TLS a connection is not the socket of its requests, and may never become one.
  server.on('connection', (socket) => {
    all.add(socket);
    socket.once('close', () => all.delete(socket));
  });
  server.on(isSecure(server) ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.set(socket, { busy: false });
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', ({ socket }) => {
    // Ours is the only listener until somebody takes upgrades: a client that comes earlier must not wait for ever.
    if (server.listenerCount('upgrade') === 1) socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else sockets.set(socket, { busy: true });
  });
  server.on('request', ({ socket }, response) => {
    const state = sockets.get(socket);
    if (!state) return;
    state.busy = true;
    response.once('close', () => {
      state.busy = false;
      if (closing) socket.destroySoon();
    });
  });
  return () => {
    closing ??= close(server, { sockets, all });
    return closing;
  };
}

type Open = { sockets: ReadonlyMap<Socket, { busy: boolean }>; all: ReadonlySet<Socket> };

async function close(server: Server, { sockets, all }: Open): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  for (const [socket, { busy }] of sockets) {
    const session = sessionOf(socket);
    // It takes no more requests, and ends with the last that it has.
    if (session) session.close();
    else if (!busy) socket.destroy();
  }
  const cut = setTimeout(() => {
    for (const socket of all) socket.destroy();
  }, grace);
  await promise;
  clearTimeout(cut);
}
