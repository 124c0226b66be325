import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { printSchema } from 'graphql';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type Certificate, openHttpServer } from '#kernel/httpServer.ts';
import { inSpan, noteSpan } from '#kernel/span.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import { incrementalForm, takesParts, takesStream } from './accept.ts';
import type { AdmissionLimits } from './admission.ts';
import { type Authenticate, bearerOf, type Identity } from './auth.ts';
import { methodNotAllowed, RefusedRequest, readJson } from './body.ts';
import { type Answers, type CacheSettings, createAnswers, type WriteSource } from './cache/answers.ts';
import { compressed } from './compression.ts';
import { type ContractName, type Contracts, createContracts } from './contracts.ts';
import type { Budget } from './cost/budget.ts';
import { documentQuestion, documentReply, documentsPath } from './documents.ts';
import { type Endpoint, endpointAt, graphqlPath, identityAt, mcpAt, schemaAt } from './endpoints.ts';
import { addressOf, callerOf, traceOf } from './exchange.ts';
import type { Graph } from './graph.ts';
import { type Graphiql, graphiqlFile, graphiqlPage, wantsPage } from './graphiql.ts';
import { type Check, readiness } from './health.ts';
import { answerInParts } from './incremental/respond.ts';
import type { Limits } from './limits.ts';
import type { McpEndpoint, McpSettings } from './mcp/endpoint.ts';
import { questions } from './mcp/questions.ts';
import { cacheMetrics, type Metrics, scrape } from './metrics.ts';
import { createOperations, type Operations } from './operations.ts';
import type { OriginRules } from './origins.ts';
import { searchParams } from './params.ts';
import { failureReply, jsonReply, type Reply, send } from './respond.ts';
import type { Revocations } from './revocations.ts';
import { demandSchema } from './schemaAccess.ts';
import type { ReservedVisit } from './subscriptions/reservations.ts';
import { type Kept, type TrustedDocuments, trustedDocuments } from './trusted.ts';
import { clientOf, type Usage } from './usage/usage.ts';

/** A request whose response stays open: who asks, and for what by which method; `inParts` for a multipart answer, an event stream else. */
export type StreamVisit = {
  inParts: boolean;
  request: IncomingMessage;
  response: ServerResponse;
  identity: Identity;
  trace: Trace;
  method: string;
  params: unknown;
};

/** Answers clients that read `text/event-stream`, or subscriptions in parts, on its own. */
export type Streams = {
  /** True for a subscription, which only a stream can answer. */
  isSubscription(params: unknown): boolean;
  answer(visit: StreamVisit): Promise<void>;
  /** Answers requests around one stream for all operations of a client. */
  answerReserved(visit: ReservedVisit): Promise<void>;
};

export type DoorParts = {
  graph: Graph;
  authenticate: Authenticate;
  metrics: Metrics;
  log: Logger;
  limits: Limits;
  /** What operations of one principal may cost together. */
  budget: Budget;
  /** How many operations are carried out at once, and how many wait. */
  admission?: Partial<AdmissionLimits> | undefined;
  /** Documents that are kept for clients. */
  documents?: Kept | undefined;
  /** How answers are kept, and where it is told what was written. */
  cache?: (CacheSettings & { source: WriteSource }) | undefined;
  /** With it agents find tools at /mcp. */
  mcp?: McpSettings | undefined;
  /** With it the door speaks TLS alone. */
  certificate?: Certificate | undefined;
  /** Counts who uses what. */
  usage: Usage;
  revocations: Revocations;
  /** Bytes of a request body at most. */
  bodyLimit: number;
  /** Which web pages may call. */
  origins: OriginRules;
  /** What /ready asks, by name. */
  checks: () => Readonly<Record<string, Check>>;
  graphiql?: Graphiql | undefined;
};

/** The door: an HTTP server that nobody listens on yet. */
export type Door = {
  server: Server;
  path: string;
  /** Says who answers requests for `text/event-stream`; until then they are answered once, as all others. */
  onEventStream(streams: Streams): void;
  /** Which web pages may call. */
  origins: OriginRules;
  /** Runs queries and mutations that come in by other ways than HTTP. */
  operations: Pick<Operations, 'run' | 'runInParts'>;
  /** What clients may ask for by name, by every way. */
  trusted: TrustedDocuments;
  close(): Promise<void>;
};

type Visit = { request: IncomingMessage; response: ServerResponse; url: URL; trace: Trace };
type Inside = DoorParts & { contracts: Contracts; trusted: TrustedDocuments; operations: Operations; agents?: McpEndpoint; streams?: Streams };

/** Builds the gateway's HTTP face over a graph. */
export async function createDoor(parts: DoorParts): Promise<Door> {
  const contracts = createContracts(parts.graph);
  const kept = parts.documents ?? { documents: new Map(), required: false };
  const trusted = trustedDocuments(kept, [documentQuestion, ...(parts.mcp ? questions : [])]);
  const answers = answersOf(parts);
  const operations = await createOperations({ ...parts, contracts, trusted, answers });
  const inside: Inside = { ...parts, contracts, trusted, operations };
  if (parts.mcp) {
    // A start without them does not wait for their protocol.
    const { createMcpEndpoint } = await import('./mcp/endpoint.ts');
    inside.agents = createMcpEndpoint({ ...inside, settings: parts.mcp, documents: kept.documents });
  }
  const server = openHttpServer({
    certificate: parts.certificate,
    isForClients: true,
    answer: (request, response) => visit(inside, request, response),
    onFault: (error) => parts.log.error({ err: error }, 'an answer could not be given'),
  });
  // Longer than usual load balancers keep idle connections, so that they close first.
  server.keepAliveTimeout = 65_000;
  const onEventStream = (streams: Streams) => {
    inside.streams = streams;
  };
  const close = async () => {
    await answers?.close();
    await operations.close();
  };
  return { server, path: graphqlPath, origins: parts.origins, onEventStream, operations, trusted, close };
}

function answersOf({ cache, metrics, log }: DoorParts): Answers | undefined {
  return cache && createAnswers({ source: cache.source, settings: cache, metrics: cacheMetrics(metrics), log });
}

/** Bytes of a body that are passed over when nobody wants them, so that the connection can stay. */
const passedOver = 65_536;

async function visit(door: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const trace = traceOf(request.headers);
  const url = addressOf(request);
  const route = url && routeOf(url);
  if (!route) return answered(door, { request, response, url, trace });
  const method = knownMethods.includes(request.method ?? '') ? (request.method ?? '') : '_OTHER';
  const attributes = { 'http.request.method': method, 'http.route': route };
  return inSpan({ name: `${method} ${route}`, kind: 'SERVER', trace, parent: callerOf(request.headers), attributes }, async (inner) => {
    await answered(door, { request, response, url, trace: inner });
    noteSpan(inner, { 'http.response.status_code': response.statusCode });
  });
}

/** Others may be whatever a stranger writes. */
const knownMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

/** What stands in a trace: operations and documents, without ids; nobody traces probes. */
function routeOf(url: URL): string | undefined {
  const endpoint = endpointAt(url.pathname);
  if (endpoint) return endpoint.documentId === undefined ? endpoint.path : `${endpoint.path}/{document}`;
  return url.pathname.startsWith(documentsPath) ? `${documentsPath}{document}` : undefined;
}

async function answered(door: Inside, { request, response, url, trace }: Omit<Visit, 'url'> & { url: URL | undefined }): Promise<void> {
  try {
    if (!url) throw new RefusedRequest(400, 'That is no address.');
    const reply = await route(door, { request, response, url, trace });
    if (reply) send(response, await compressed(reply, request.headers['accept-encoding']), trace);
  } catch (failure) {
    if (failure instanceof Refused) door.metrics.refused.inc({ code: failure.code });
    if (!(failure instanceof Refused)) door.log.error({ err: failure, ...idsOf(trace) }, 'the door failed');
    // A little that was not read is passed over; what is much is not waited for, and must not be taken for the next request.
    if (!request.complete && request.httpVersionMajor < 2 && !(Number(request.headers['content-length']) <= passedOver))
      response.setHeader('connection', 'close');
    send(response, failureReply(failure, trace, request.headers), trace);
  }
}

async function route(door: Inside, visit: Visit): Promise<Reply | undefined> {
  const { request, url } = visit;
  const endpoint = endpointAt(url.pathname);
  if (endpoint) return door.graphiql && isForPeople(endpoint, visit) ? graphiqlPage(request, door.graphiql, endpoint.path) : operation(door, visit, endpoint);
  if (url.pathname.startsWith(documentsPath)) return document(door, visit);
  const agents = door.agents && mcpAt(url.pathname);
  if (door.agents && agents) return door.agents({ ...visit, contract: agents.contract, signal: goneOf(visit.response) });
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed('GET, HEAD', `Operations go to ${graphqlPath}.`);
  if (url.pathname === '/health') return jsonReply(200, { status: 'ok' });
  if (url.pathname === '/ready') return readiness(door.checks(), door.log);
  if (url.pathname === '/metrics') return scrape(door.metrics, request.headers.accept);
  if (url.pathname === '/') return root(door);
  const schema = schemaAt(url.pathname);
  if (schema) return schemaText(door, request, schema.contract);
  const file = door.graphiql && url.pathname.startsWith('/graphiql/') ? await graphiqlFile(url.pathname.slice('/graphiql/'.length)) : undefined;
  if (file) return file;
  throw new RefusedRequest(404, `There is nothing at ${url.pathname}. Operations go to ${graphqlPath}.`);
}

/** A document of an entity, for who may read it in the graph. */
async function document({ authenticate, origins, operations }: Inside, { request, response, url, trace }: Visit): Promise<Reply | undefined> {
  if (origins.apply(request, response)) return undefined;
  const { actor } = await authenticate(bearerOf(request.headers.authorization));
  return documentReply({ request, path: url.pathname, operations, exchange: { actor, trace, signal: goneOf(response) } });
}

/** Where a newcomer who knows the address alone goes on: to the page where there is one, else to what there is. */
function root({ graphiql }: Inside): Reply {
  if (graphiql) return { status: 302, type: 'text/plain; charset=utf-8', text: `${graphqlPath}\n`, headers: { location: graphqlPath } };
  return jsonReply(200, { graphql: graphqlPath, schema: '/schema.graphql', health: '/health', ready: '/ready', metrics: '/metrics' });
}

/** The schema that the caller works on, as text for generators. */
async function schemaText(door: Inside, request: IncomingMessage, contract: ContractName | undefined): Promise<Reply> {
  const { actor } = identityAt(contract, await door.authenticate(bearerOf(request.headers.authorization)));
  demandSchema(door, actor);
  return { status: 200, type: 'text/plain; charset=utf-8', text: `${printSchema(door.contracts.schemaOf(actor))}\n` };
}

function isForPeople({ documentId }: Endpoint, { request, url }: Visit): boolean {
  return documentId === undefined && wantsPage(request, url);
}

async function operation(door: Inside, visit: Visit, { contract, documentId }: Endpoint): Promise<Reply | undefined> {
  const { request, response, url, trace } = visit;
  if (door.origins.apply(request, response)) return undefined;
  const identity = identityAt(contract, await door.authenticate(bearerOf(request.headers.authorization)));
  // What HEAD is answered with is what GET would be, without the body.
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const { accept } = request.headers;
  const stream = takesStream(accept);
  const ticket = ticketOf(request, url);
  if (door.streams && (method === 'PUT' || method === 'DELETE' || (ticket !== undefined && (method === 'POST' || stream !== 'never')))) {
    const { body } = method === 'POST' ? door.trusted.namedBy({ method, url, body: await readJson(request, door.bodyLimit), documentId }) : { body: undefined };
    await door.streams.answerReserved({ request, response, identity, trace, ticket, operationId: url.searchParams.get('operationId') ?? undefined, body });
    return undefined;
  }
  if (method !== 'GET' && method !== 'POST') throw methodNotAllowed('GET, HEAD, POST, OPTIONS', 'Operations come by POST, queries also by GET.');
  const inParts = stream === 'never' && takesParts(accept);
  // Who will be refused for want of room costs no more than its headers. What can be nothing but a stream asks for no turn.
  if (stream !== 'only' && !inParts) door.operations.demandTurn(identity.actor.id);
  const given = method === 'POST' ? await readJson(request, door.bodyLimit) : undefined;
  const { search, body } = door.trusted.namedBy({ method, url, body: given, documentId });
  if (door.streams && (stream !== 'never' || inParts)) {
    const params = method === 'GET' ? searchParams(new URLSearchParams(search)) : body;
    // One answer is what a query is for, unless its client takes nothing but a stream.
    if (stream === 'only' || door.streams.isSubscription(params)) {
      await door.streams.answer({ request, response, identity, trace, method, params, inParts });
      return undefined;
    }
  }
  const asked = {
    method,
    search,
    accept,
    body,
    ifNoneMatch: request.headers['if-none-match'],
    exchange: {
      actor: { ...identity.actor, expiresAt: identity.expiresAt.toISOString() },
      client: clientOf(identity, request.headers),
      trace,
      headers: request.headers,
      signal: goneOf(response),
    },
  };
  const form = incrementalForm(accept);
  return form ? answerInParts({ ...door, response, trace, form }, asked) : door.operations.run(asked);
}

/** The token of a reservation of graphql-sse. */
function ticketOf({ headers }: IncomingMessage, url: URL): string | undefined {
  const told = headers['x-graphql-event-stream-token'];
  return (typeof told === 'string' ? told : url.searchParams.get('token')) || undefined;
}

/** Aborts when the client hangs up before it was answered. */
function goneOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => response.writableFinished || gone.abort());
  return gone.signal;
}
