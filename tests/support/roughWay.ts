import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** What becomes of a request on its way: it passes; it or its answer is lost; somebody in between answers; or the answer comes once the test lets it. */
export type Fate = 'pass' | 'loseRequest' | 'loseAnswer' | { status: number; headers?: Record<string, string>; body?: string } | { hold: Promise<void> };

/** A way to a gateway on which things happen, as the test says for each request by its number. */
export async function roughWay(target: string, fateOf: (count: number, body: string) => Fate) {
  const passed: { body: string; fate: Fate; token: string }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const fate = fateOf(passed.length + 1, body);
    passed.push({ body, fate, token: String(incoming.headers.authorization) });
    if (fate === 'loseRequest') return void incoming.socket.destroy();
    if (typeof fate === 'object' && 'status' in fate) return void outgoing.writeHead(fate.status, fate.headers).end(fate.body ?? 'busy');
    const answer = await forwarded(target, incoming, body);
    if (fate === 'loseAnswer') return void incoming.socket.destroy();
    if (typeof fate === 'object') await fate.hold;
    await copied(answer, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    /** Every request that came, with what became of it. */
    passed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function forwarded(target: string, incoming: IncomingMessage, body: string): Promise<{ message: IncomingMessage; text: Buffer }> {
  const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
  const asked = request(target, { method: incoming.method ?? 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
  asked.end(body);
  const [message] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { message, text: Buffer.concat(chunks) };
}

async function copied({ message, text }: Awaited<ReturnType<typeof forwarded>>, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(message.statusCode ?? 500, message.headers);
  outgoing.end(text);
}

/** A line of bytes to a gateway, for whatever protocol, that can be cut and put up again. */
export async function frailLine(target: string) {
  const { hostname, port: to } = new URL(target);
  const open = new Set<Socket>();
  const state = { down: false, connections: 0 };
  const server = createTcpServer((near) => {
    if (state.down) return void near.destroy();
    state.connections += 1;
    const far = connect(Number(to), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    connections: () => state.connections,
    /** Cuts what is connected; who comes next is let in. */
    cut,
    /** Cuts what is connected and lets nobody in until it is up again. */
    down: () => {
      state.down = true;
      cut();
    },
    up: () => {
      state.down = false;
    },
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
