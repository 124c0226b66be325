import { once } from 'node:events';
import { request as ask, type Server } from 'node:http';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { request as askSecurely } from 'node:https';
import { type AddressInfo, connect as connectPlain, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readText } from '#gateway/body.ts';
import { openHttpServer } from '#kernel/httpServer.ts';
import { listen } from '../../roles/listen.ts';
import { certificate } from '../support/scoring.ts';

const here = { host: '127.0.0.1', port: 0 };

/** Says back which HTTP it was asked by, and the body; `/large` is refused unread, `/hangs` after it began. */
async function echo(isSecure = false) {
  const made = isSecure ? await certificate() : undefined;
  const held: (() => void)[] = [];
  const server = openHttpServer({
    isForClients: true,
    certificate: made && { key: made.private, cert: made.cert },
    answer: async (request, response) => {
      if (request.url === '/broken') throw new Error('broken');
      if (request.url === '/waits') await new Promise<void>((resolve) => held.push(resolve));
      const body = request.url === '/large' ? await readText(request, 10).catch((error: Error) => error.message) : await readText(request, 1_000);
      response.writeHead(200, { 'x-method': request.method ?? '' });
      response.end(`${request.httpVersion} ${body}`);
    },
    onFault: () => undefined,
  });
  const listening = await listen(server, here);
  return { ...listening, ca: made?.cert, held, server, [Symbol.asyncDispose]: () => listening.close() };
}

type Asked = { path?: string; method?: string; body?: string };

async function exchange(session: ClientHttp2Session, { path = '/', method = 'POST', body = 'hello' }: Asked = {}) {
  const stream = session.request({ ':method': method, ':path': path }, { endStream: method === 'GET' });
  if (method !== 'GET') stream.end(body);
  const [headers, said] = await Promise.all([once(stream, 'response') as Promise<[IncomingHttpHeaders]>, text(stream)]);
  return { status: headers[0][':status'], said };
}

async function asked(url: string, ca?: string): Promise<string> {
  const request = (ca ? askSecurely : ask)(url, { method: 'POST', ...(ca ? { ca } : {}), agent: false });
  request.end('hello');
  const [response] = await once(request, 'response');
  return text(response);
}

test.each(['in the clear', 'by TLS'])('one port answers HTTP/1.1 and HTTP/2 %s', async (way) => {
  await using place = await echo(way === 'by TLS');
  expect(place.url).toMatch(way === 'by TLS' ? /^https:/ : /^http:/);
  expect(await asked(place.url, place.ca)).toBe('1.1 hello');
  const session = connect(place.url, place.ca ? { ca: place.ca } : {});
  expect(await exchange(session)).toEqual({ status: 200, said: '2.0 hello' });
  expect(await exchange(session, { method: 'GET', body: '' })).toEqual({ status: 200, said: '2.0 ' });
  const many = await Promise.all(Array.from({ length: 150 }, (_, index) => exchange(session, { body: `${index}` })));
  expect(many.map(({ said }) => said)).toEqual(Array.from({ length: 150 }, (_, index) => `2.0 ${index}`));
  session.close();
});

test('an answer that breaks ends its stream alone, and a body that is refused is not waited for', async () => {
  await using place = await echo();
  const session = connect(place.url);
  await expect(exchange(session, { path: '/broken' })).rejects.toThrow();
  const large = session.request({ ':method': 'POST', ':path': '/large' });
  const said: Buffer[] = [];
  large.on('data', (chunk: Buffer) => said.push(chunk));
  large.write('x'.repeat(100));
  // Its client never ends it: the server does, without calling that a fault.
  await once(large, 'close');
  expect(large.rstCode).toBe(0);
  expect(Buffer.concat(said).toString()).toContain('The body has more than 10 bytes');
  expect(await exchange(session)).toEqual({ status: 200, said: '2.0 hello' });
  session.close();
});

test('closing lets requests of an HTTP/2 connection end, and takes no new ones', async () => {
  const place = await echo();
  const session = connect(place.url);
  const begun = exchange(session, { path: '/waits' });
  while (place.held.length === 0) await new Promise(setImmediate);
  const gone = once(session, 'goaway');
  const closed = place.close();
  await gone;
  for (const go of place.held) go();
  expect(await begun).toEqual({ status: 200, said: '2.0 hello' });
  await closed;
  await expect(asked(place.url)).rejects.toThrow();
});

/** Sends pieces, each when the one before has been taken. */
async function sendingTo(server: Server, pieces: readonly string[]): Promise<Socket> {
  const socket = connectPlain((server.address() as AddressInfo).port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  return socket;
}

const whole = 'PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi';

test.each([
  ['in one piece', [whole], /^HTTP\/1\.1 200 OK[\s\S]*1\.1 hi/],
  ['byte by byte', [...whole], /^HTTP\/1\.1 200 OK[\s\S]*1\.1 hi/],
  ['where it begins as HTTP/2 does', ['P', 'RI / HTTP/1.1\r\nhost: x\r\n\r\n'], /^HTTP\/1\.1 400 /],
])('HTTP/1.1 is understood %s', async (_, pieces, answer) => {
  await using place = await echo();
  const socket = await sendingTo(place.server, pieces);
  expect(await text(socket)).toMatch(answer);
});

test('who connects and says nothing, or leaves in the middle of the first word, ends nothing', async () => {
  await using place = await echo();
  const silent = await sendingTo(place.server, []);
  const undecided = await sendingTo(place.server, ['PRI * HT']);
  undecided.resetAndDestroy();
  expect(await asked(place.url)).toBe('1.1 hello');
  silent.destroy();
  expect(await asked(place.url)).toBe('1.1 hello');
});
