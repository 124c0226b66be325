import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { constants, createServer, type Http2Server, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** What a client of HTTP/2 sends first (RFC 9113). */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
/** Requests of one connection at the same time; more wait at the client. */
const streams = 100;
/** Milliseconds in which a connection must say what it speaks. */
const patience = 60_000;

const sessions = new WeakMap<Socket, ServerHttp2Session>();

/** The session of a connection that speaks HTTP/2. */
export const sessionOf = (socket: Socket): ServerHttp2Session | undefined => sessions.get(socket);

/** Has a server of HTTP/1.1 speak HTTP/2 too, on the same port: with a certificate as TLS agrees, in the clear to clients that begin with it. */
export function alsoHttp2(server: Server, isSecure: boolean): void {
  const event = isSecure ? 'secureConnection' : 'connection';
  const first = server.listeners(event);
  const second = createServer({ settings: { maxConcurrentStreams: streams } }, (request, response) => taken(server, request, response));
  // What breaks is told to whoever reads or writes; here it would end the process.
  second.on('sessionError', () => undefined);
  second.on('session', (session) => {
    session.setTimeout(server.keepAliveTimeout, () => session.close());
  });
  server.removeAllListeners(event);
  server.on(event, (socket: Socket & { alpnProtocol?: string | false }) => {
    socket.on('error', () => undefined);
    const takeFirst = () => {
      for (const listener of first) listener.call(server, socket);
    };
    const take = (speaksSecond: boolean) => (speaksSecond ? begin(second, socket) : takeFirst());
    const begun = isSecure ? Promise.resolve(socket.alpnProtocol === 'h2') : opening(socket);
    begun.then(take).catch(() => socket.destroy());
  });
}

function begin(second: Http2Server, socket: Socket): void {
  second.once('session', (session) => sessions.set(socket, session));
  second.emit('connection', socket);
}

/** True when a connection in the clear begins as HTTP/2 does. What was read of it is put back. */
function opening(socket: Socket): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  let head = Buffer.alloc(0);
  const late = () => reject(new Error('it does not say what it speaks'));
  const look = () => {
    head = Buffer.concat([head, (socket.read() as Buffer | null) ?? Buffer.alloc(0)]);
    const known = Math.min(head.length, preface.length);
    const fits = head.subarray(0, known).equals(preface.subarray(0, known));
    // It may come byte by byte.
    if (fits && known < preface.length) return;
    socket.off('readable', look).off('timeout', late).off('close', late).setTimeout(0);
    socket.unshift(head);
    resolve(fits);
  };
  socket.setTimeout(patience);
  socket.on('readable', look).once('timeout', late).once('close', late);
  return promise;
}

/** Gives a request to those who answer the others: what they use of both is the same. */
function taken(server: Server, request: Http2ServerRequest, response: Http2ServerResponse): void {
  const { stream } = request;
  stream.on('error', () => undefined);
  const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), server.requestTimeout).unref();
  request.once('end', () => clearTimeout(late));
  stream.once('close', () => clearTimeout(late));
  // What nobody read of a body is not waited for.
  stream.once('finish', () => request.complete || stream.close());
  server.emit('request', request as unknown as IncomingMessage, response as unknown as ServerResponse);
}

/** Breaks an answer off, so that its client cannot take what came for all of it. */
export function breakOff(response: ServerResponse): void {
  const { stream } = response as { stream?: Http2ServerResponse['stream'] };
  if (stream) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else response.destroy();
}
