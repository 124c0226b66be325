import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A call as it came. */
export type Received = { path: string; headers: IncomingHttpHeaders; body: string; event: CloudEventBody };
type CloudEventBody = { id: string; type: string; source: string; subject: string; time: string; data: Record<string, unknown> };

/** What a receiver says to a call: a status, or whatever it does with the answer. */
export type Say = (call: Received, response: ServerResponse) => number | undefined;

export type Receiver = Awaited<ReturnType<typeof receiver>>;

/** Somebody's receiver of webhooks, on loopback. What it answers may be changed at any time. */
export async function receiver(say: Say = () => 204, port = 0) {
  const calls: Received[] = [];
  const state = { say };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const call: Received = { path: request.url ?? '', headers: request.headers, body, event: JSON.parse(body) };
      calls.push(call);
      const status = state.say(call, response);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const at = (server.address() as AddressInfo).port;
  return {
    port: at,
    url: `http://127.0.0.1:${at}/hook`,
    calls,
    /** The types of the events that came, in their order. */
    types: () => calls.map(({ event }) => event.type.replace(/^accord\.\w+\./, '')),
    say: (next: Say) => {
      state.say = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What the public library says of a call: its event, or it throws. */
export function verified(secret: string, { body, headers }: Pick<Received, 'body' | 'headers'>): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
