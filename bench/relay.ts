import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createAuthenticator, type Issuer } from '#gateway/auth.ts';
import { createGrants, type Grants } from '#gateway/transport/grants.ts';
import type { Actor } from '#kernel/actor.ts';
import { createGrantReader } from '#kernel/grant.ts';
import { seal } from '#kernel/signature.ts';
import { listen } from '../roles/listen.ts';

/** What a relay stands before, and whom it believes. */
export type RelayWish = { urls: Readonly<Record<string, string>>; signingKey: JsonWebKey; issuer: Issuer };

/** Requests go on to the subgraphs; their answers are kept as well; or answers that were kept are all that is given. */
export type RelayMode = 'pass' | 'record' | 'replay';

type Behind = { name: string; url: URL; grants: Grants };
type Relay = { mode: RelayMode; count: number; answers: Map<string, string>; actorOf: (request: IncomingMessage) => Promise<Actor> };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const clock = () => new Date();

/** Subgraphs answer sealed requests alone, which no other gateway sends: this seals what those send, for whoever their token names. */
export async function openRelay({ urls, signingKey, issuer }: RelayWish) {
  const authenticate = createAuthenticator({ issuers: [issuer], clock });
  const relay: Relay = { mode: 'pass', count: 0, answers: new Map(), actorOf: (asked) => actorOf(asked, authenticate) };
  const key = createPrivateKey({ key: signingKey, format: 'jwk' });
  const opened = Object.entries(urls).map(async ([name, address]) => {
    const url = new URL(address);
    const grants = createGrants({ signingKey: key, audience: name, peer: () => peerAt(url) });
    const { peer } = createGrantReader({ publicKeys: [], audience: name, clock });
    const server = createServer((asked, response) => {
      if (asked.url === '/key') return reply(response, JSON.stringify({ key: peer }));
      if (asked.method === 'GET') return reply(response, '{"status":"ok"}');
      answer(relay, { name, url, grants }, asked).then(
        (text) => reply(response, text),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
    server.keepAliveTimeout = 65_000;
    const { url: own } = await listen(server, { host: '127.0.0.1', port: 0 });
    return [name, `${own}${url.pathname === '/' ? '' : url.pathname}`] as const;
  });
  return { relay, urls: Object.fromEntries(await Promise.all(opened)) };
}

async function answer(relay: Relay, behind: Behind, asked: IncomingMessage): Promise<string> {
  relay.count += 1;
  const body = Buffer.concat(await asked.toArray()).toString();
  const who = asked.headers['x-accord-actor'] ?? asked.headers.authorization;
  const key = `${behind.name} ${who} ${body}`;
  if (relay.mode === 'replay') return relay.answers.get(key) ?? nothingKept(behind.name, body);
  const text = await forward(behind, body, await relay.actorOf(asked));
  if (relay.mode === 'record') relay.answers.set(key, text);
  return text;
}

function nothingKept(name: string, body: string): never {
  throw new Error(`${name} was not asked this before: ${body.slice(0, 300)}`);
}

/** Accord's own gateway says for whom it asks; others pass the client's token on. */
async function actorOf({ headers }: IncomingMessage, authenticate: ReturnType<typeof createAuthenticator>): Promise<Actor> {
  const told = headers['x-accord-actor'];
  if (typeof told === 'string') return JSON.parse(Buffer.from(told, 'base64url').toString());
  return (await authenticate(headers.authorization?.slice('Bearer '.length))).actor;
}

async function peerAt(url: URL): Promise<string> {
  const { key } = (await (await fetch(new URL('/key', url))).json()) as { key: string };
  return key;
}

async function forward({ url, grants }: Behind, body: string, actor: Actor): Promise<string> {
  const sealed = seal(await grants.current(), { method: 'POST', path: url.pathname, body, actor, trace: { correlationId: 'bench' } });
  const headers = { ...sealed, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers, timeout: 60_000 }, (response) => {
      response.toArray().then((chunks: Buffer[]) => resolve(Buffer.concat(chunks).toString()), reject);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', reject);
    asking.end(body);
  });
}

function reply(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

export type RelayOrder = { open: RelayWish } | { mode: RelayMode };

// As a process of its own it is told what to do, and each time says how often it was asked meanwhile. It ends with the bench.
if (process.send) {
  const opened = Promise.withResolvers<Awaited<ReturnType<typeof openRelay>>>();
  process.on('message', async (order: RelayOrder) => {
    if ('open' in order) opened.resolve(openRelay(order.open));
    const { relay, urls } = await opened.promise;
    if ('mode' in order) relay.mode = order.mode;
    process.send?.({ urls, count: relay.count });
    relay.count = 0;
  });
  process.on('disconnect', () => process.exit(0));
}
