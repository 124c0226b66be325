import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { demandFree, listen } from '../../roles/listen.ts';

const here = { host: '127.0.0.1', port: 0 };
const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };

test('who wants a WebSocket before anybody takes them is told to come back, and does not wait for ever', async () => {
  const server = createServer();
  const listening = await listen(server, here);
  const early = get(listening.url, { headers: upgrade });
  const [response] = (await once(early, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(503);
  const served: Socket[] = [];
  server.on('upgrade', (_, socket: Socket) => {
    served.push(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  const later = get(listening.url, { headers: upgrade });
  const [taken, socket] = (await once(later, 'upgrade')) as [IncomingMessage, Socket];
  expect(taken.statusCode).toBe(101);
  for (const end of [socket, ...served]) end.destroy();
  await listening.close();
});

test('a taken port is told before it is needed', async () => {
  const server = createServer();
  const { port, close } = await listen(server, here);
  const refusal = await demandFree({ ...here, port }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CannotStart);
  expect((refusal as Error).message).toBe(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port: --port ${port + 100} (after npm start: -- --port ${port + 100}) or ACCORD_PORT.`,
  );
  await close();
  await demandFree({ ...here, port });
});

test('closing lets requests end and takes no new ones', async () => {
  const arrived = Promise.withResolvers<() => void>();
  const server = createServer((_, response) => arrived.resolve(() => response.end('done')));
  const listening = await listen(server, here);
  const answer = fetch(listening.url).then((response) => response.text());
  const finish = await arrived.promise;
  const closed = listening.close();
  await expect(fetch(listening.url)).rejects.toThrow();
  finish();
  expect(await answer).toBe('done');
  await closed;
});
