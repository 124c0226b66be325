import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { type Authenticate, bearerOf, type Identity } from './auth.ts';
import { RefusedRequest, readJson } from './body.ts';
import { addressOf, traceOf } from './exchange.ts';
import type { Graph } from './graph.ts';
import { type Graphiql, graphiqlFile, graphiqlPage, wantsPage } from './graphiql.ts';
import { type Check, readiness } from './health.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { createOperations, type Introspection, type Operations } from './operations.ts';
import { failureReply, jsonReply, type Reply, send } from './respond.ts';

/** Answers a client that reads `text/event-stream`, on its own: who it is and what it asked for (the JSON body of a POST). */
export type StreamHandler = (stream: { request: IncomingMessage; response: ServerResponse; identity: Identity; trace: Trace; body: unknown }) => Promise<void>;

export type DoorParts = {
  graph: Graph;
  authenticate: Authenticate;
  metrics: Metrics;
  log: Logger;
  limits: Limits;
  introspection: Introspection;
  /** Bytes of a request body at most. */
  bodyLimit: number;
  /** What /ready asks, by name. */
  checks: Readonly<Record<string, Check>>;
  graphiql?: Graphiql | undefined;
};

/** The door: an HTTP server that nobody listens on yet. */
export type Door = {
  server: Server;
  path: string;
  /** Says who answers requests for `text/event-stream`; until then they are answered once, as all others. */
  onEventStream(handler: StreamHandler): void;
  /** Runs queries and mutations that come in by other ways than HTTP. */
  operations: Pick<Operations, 'run'>;
  close(): Promise<void>;
};

/** Where operations come in, by HTTP, WebSocket and SSE alike. */
const graphqlPath = '/graphql';

type Visit = { request: IncomingMessage; response: ServerResponse; url: URL; trace: Trace };
type Inside = DoorParts & { operations: Operations; streams?: StreamHandler };

/** Builds the gateway's HTTP face over a graph. */
export async function createDoor(parts: DoorParts): Promise<Door> {
  const operations = await createOperations(parts);
  const inside: Inside = { ...parts, operations };
  const server = createServer((request, response) => void visit(inside, request, response));
  // Longer than usual load balancers keep idle connections, so that they close first.
  server.keepAliveTimeout = 65_000;
  const onEventStream = (handler: StreamHandler) => {
    inside.streams = handler;
  };
  return { server, path: graphqlPath, onEventStream, operations, close: () => operations.close() };
}

async function visit(door: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const trace = traceOf(request.headers);
  try {
    const url = addressOf(request);
    if (!url) throw new RefusedRequest(400, 'That is no address.');
    const reply = await route(door, { request, response, url, trace });
    if (reply) send(response, reply, trace);
  } catch (failure) {
    if (!(failure instanceof Refused)) door.log.error({ err: failure, correlationId: trace.correlationId }, 'the door failed');
    // What we did not read must not be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    send(response, failureReply(failure, trace), trace);
  }
}

async function route(door: Inside, visit: Visit): Promise<Reply | undefined> {
  const { request, url } = visit;
  if (url.pathname === graphqlPath)
    return door.graphiql && wantsPage(request, url) ? graphiqlPage(request, door.graphiql, graphqlPath) : operation(door, visit);
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new RefusedRequest(405, `Operations go to ${graphqlPath}.`);
  if (url.pathname === '/health') return jsonReply(200, { status: 'ok' });
  if (url.pathname === '/ready') return readiness(door.checks, door.log);
  if (url.pathname === '/metrics') return { status: 200, type: door.metrics.registry.contentType, text: await door.metrics.registry.metrics() };
  const file = door.graphiql && url.pathname.startsWith('/graphiql/') ? await graphiqlFile(url.pathname.slice('/graphiql/'.length)) : undefined;
  if (file) return file;
  throw new RefusedRequest(404, `There is nothing at ${url.pathname}. Operations go to ${graphqlPath}.`);
}

async function operation(door: Inside, visit: Visit): Promise<Reply | undefined> {
  const { request, response, url, trace } = visit;
  const identity = await door.authenticate(bearerOf(request.headers.authorization));
  const method = request.method ?? '';
  const body = method === 'POST' ? await readJson(request, door.bodyLimit) : undefined;
  const { accept } = request.headers;
  if (door.streams && accept?.includes('text/event-stream')) {
    await door.streams({ request, response, identity, trace, body });
    return undefined;
  }
  const gone = new AbortController();
  response.once('close', () => response.writableFinished || gone.abort());
  return door.operations.run({ method, search: url.search, accept, body, exchange: { actor: identity.actor, trace, signal: gone.signal } });
}
