import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { guarded, openHttpServer, takeUpgrades } from '#kernel/httpServer.ts';

async function listening(server: Server) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close().closeAllConnections() };
}

async function sending(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

const upgrade = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n';

test('an answer that breaks ends its own socket, and the server goes on', async () => {
  const faults: unknown[] = [];
  const answer = async ({ url }: { url?: string | undefined }, response: { end(text: string): void }) => {
    if (url === '/broken') throw new Error('broken');
    response.end('fine');
  };
  const server = openHttpServer({ answer, onFault: (error) => faults.push(error) });
  await using place = await listening(server);
  await expect(fetch(`${place.url}/broken`)).rejects.toThrow();
  expect(await (await fetch(place.url)).text()).toBe('fine');
  expect(faults).toEqual([new Error('broken')]);
});

test('an upgrade whose taker throws ends its own socket, and the server goes on', async () => {
  const faults: unknown[] = [];
  const server = openHttpServer({ answer: async (_, response) => void response.end('fine'), onFault: () => undefined });
  takeUpgrades(
    server,
    () => {
      throw new Error('no address');
    },
    (error) => faults.push(error),
  );
  await using place = await listening(server);
  const socket = await sending(place.port, upgrade);
  await once(socket, 'close');
  expect(faults).toEqual([new Error('no address')]);
  expect(await (await fetch(place.url)).text()).toBe('fine');
});

test('sockets that are reset while they are written to end nothing', async () => {
  const server = openHttpServer({ answer: async (_, response) => void response.end('x'.repeat(1_000_000)), onFault: () => undefined });
  takeUpgrades(
    server,
    (_, socket) => {
      socket.end(`HTTP/1.1 404 Not Found\r\n\r\n${'x'.repeat(1_000_000)}`);
    },
    () => undefined,
  );
  await using place = await listening(server);
  for (let n = 0; n < 20; n += 1) for (const text of [upgrade, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n']) (await sending(place.port, text)).resetAndDestroy();
  expect((await (await fetch(place.url)).text()).length).toBe(1_000_000);
});

test('a guarded listener gives what is thrown to whoever hears of it', () => {
  const faults: unknown[] = [];
  const listener = guarded(
    (a: number, b: number) => {
      if (a > b) throw new RangeError(`${a} > ${b}`);
    },
    (error) => faults.push(error),
  );
  listener(1, 2);
  listener(2, 1);
  expect(faults).toEqual([new RangeError('2 > 1')]);
});
