import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { alsoHttp2, breakOff } from './http2.ts';

/** What a server shows to say who it is: a private key and its certificate, with those that vouch for it (PEM). */
export type Certificate = { key: string; cert: string };

type Parts = {
  options?: ServerOptions;
  /** Speaks TLS alone, and HTTP/2 as TLS agrees on it. */
  certificate?: Certificate | undefined;
  /** Speaks HTTP/2 beside HTTP/1.1. */
  isForClients?: boolean;
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Hears of what nobody else caught. */
  onFault: (error: unknown) => void;
};

/** An HTTP server that no stranger ends: whatever breaks on one of its sockets, or in an answer, ends that socket alone. */
export function openHttpServer({ options = {}, certificate, isForClients = false, answer, onFault }: Parts): Server {
  const server = certificate ? secureServer(options, certificate) : createServer(options);
  if (isForClients) alsoHttp2(server, certificate !== undefined);
  // A stranger may reset at any byte. Who reads or writes hears of it as a close; an error that nobody hears would end the process.
  server.on('connection', deaf);
  server.on('request', (request, response) => {
    deaf(request);
    deaf(response);
    answer(request, response).catch((error: unknown) => {
      onFault(error);
      breakOff(response);
    });
  });
  return server;
}

/** Throws unless the two are PEM and belong together. */
export function demandCertificate(certificate: Certificate): void {
  createSecureContext(certificate);
}

/** Both are used alike: what differs is how a connection begins. */
function secureServer(options: ServerOptions, certificate: Certificate): Server {
  return createSecureServer({ ...options, ...certificate, minVersion: 'TLSv1.2', ALPNProtocols: ['h2', 'http/1.1'] }) as unknown as Server;
}

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Takes a server's upgrades. What is thrown on the way ends that socket. */
export function takeUpgrades(server: Server, take: Upgrade, onFault: (error: unknown) => void): void {
  server.on('upgrade', (request, socket, head) => {
    deaf(socket);
    guarded(take, (error) => {
      onFault(error);
      socket.destroy();
    })(request, socket, head);
  });
}

/** A listener that cannot throw into the emitter that calls it, where an exception would end the process. */
export function guarded<Given extends unknown[]>(listener: (...given: Given) => void, onFault: (error: unknown) => void): (...given: Given) => void {
  return (...given) => {
    try {
      listener(...given);
    } catch (error) {
      onFault(error);
    }
  };
}

function deaf(stream: { on(event: 'error', listener: () => void): unknown }): void {
  stream.on('error', () => undefined);
}
