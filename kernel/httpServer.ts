import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Parts = {
  options?: ServerOptions;
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Hears of what nobody else caught. */
  onFault: (error: unknown) => void;
};

/** An HTTP server that no stranger ends: whatever breaks on one of its sockets, or in an answer, ends that socket alone. */
export function openHttpServer({ options = {}, answer, onFault }: Parts): Server {
  const server = createServer(options);
  // A stranger may reset at any byte. Who reads or writes hears of it as a close; an error that nobody hears would end the process.
  server.on('connection', deaf);
  server.on('request', (request, response) => {
    deaf(request);
    deaf(response);
    answer(request, response).catch((error: unknown) => {
      onFault(error);
      response.destroy();
    });
  });
  return server;
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
