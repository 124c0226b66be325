import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { query: string; variables: Record<string, unknown>; headers: IncomingHttpHeaders };

/** What to answer: a body with a status, or `hangUp` to cut the connection. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'hangUp';

/** A gateway that answers as the test says, and remembers what it was asked. */
export async function gatewayDouble(answer: (asked: Asked, count: number) => Answer | Promise<Answer>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    asked.push({ ...body, headers: request.headers });
    const given = await answer({ ...body, headers: request.headers }, asked.length);
    if (given === 'hangUp') return void request.socket.destroy();
    response.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
    response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? { data: {} }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
