import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Refused } from '#kernel/errors.ts';
import { refusedError } from '#kernel/publicError.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Authenticate } from '../auth.ts';
import { addressOf } from '../exchange.ts';
import { failureReply, send } from '../respond.ts';
import type { StreamHandler } from '../server.ts';
import type { Engine, Params } from './engine.ts';
import { openSession } from './session.ts';
import type { Operate } from './socket.ts';
import type { EventStream } from './stream.ts';

export type SseParts = { engine: Engine; authenticate: Authenticate; operate: Operate; log: Logger; now: () => Date; heartbeat: number };

export type Sse = { visit: StreamHandler; size(): number; drain(): Promise<void> };

type Open = { response: ServerResponse; stream: EventStream };

/** GraphQL over SSE, one operation per request ("distinct connections" of graphql-sse); `id:` carries the cursor for Last-Event-ID. */
export function createSse(parts: SseParts): Sse {
  const open = new Set<Open>();
  return {
    size: () => open.size,
    visit: (visit) => serve(parts, open, visit),
    drain: async () => {
      // Ended without `complete`: the client comes back with the id that it read last.
      await Promise.all([...open].map(({ stream, response }) => stream.return().then(() => response.end())));
    },
  };
}

type Visited = Parameters<StreamHandler>[0];

async function serve(parts: SseParts, open: Set<Open>, visit: Visited): Promise<void> {
  const { request, response, identity, trace } = visit;
  const session = openSession({ identity, authenticate: parts.authenticate, now: parts.now, onExpiry: () => response.end() });
  const gone = new AbortController();
  response.once('close', () => {
    session.end();
    gone.abort();
  });
  try {
    const params = paramsOf(visit);
    if (parts.engine.read(params).operation.operation !== 'subscription') {
      const result = await parts.operate({ params: { ...params, query: params.query }, session, trace, signal: gone.signal });
      start(response, trace.correlationId);
      response.end(`event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`);
      return;
    }
    const header = request.headers['last-event-id'];
    const resumeAfter = typeof header === 'string' && header !== '' ? header : undefined;
    const stream = await parts.engine.open(params, { protocol: 'sse', actor: session.actor, resumeAfter, onOverflow: () => response.destroy() });
    await pump(parts, open, { stream, response, correlationId: trace.correlationId });
  } catch (error) {
    if (response.headersSent) return finish(parts, response, { error, trace });
    send(response, failureReply(error, trace), trace);
    if (!(error instanceof Refused)) parts.log.error({ err: error, correlationId: trace.correlationId }, 'a subscription failed');
  }
}

async function pump({ heartbeat }: SseParts, open: Set<Open>, wanted: Open & { correlationId: string }): Promise<void> {
  const { stream, response } = wanted;
  start(response, wanted.correlationId);
  // The end of a token ends the response before its client has closed.
  const tell = () => response.writableEnded || response.write(`:\nid: ${stream.cursor()}\n\n`);
  tell();
  const beat = setInterval(tell, heartbeat);
  const entry = { stream, response };
  open.add(entry);
  const stop = () => void stream.return();
  response.once('close', stop);
  try {
    for await (const answer of stream) {
      if (response.destroyed || response.writableEnded) break;
      const { cursor } = answer.extensions;
      if (!response.write(`event: next\nid: ${cursor}\ndata: ${JSON.stringify(answer)}\n\n`)) await drained(response);
    }
  } finally {
    clearInterval(beat);
    open.delete(entry);
    await stream.return();
  }
}

async function drained(response: ServerResponse): Promise<void> {
  await Promise.race([once(response, 'drain'), once(response, 'close')]).catch(() => {});
}

function start(response: ServerResponse, correlationId: string): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-correlation-id': correlationId,
  });
  response.flushHeaders();
}

/** A subscription that breaks after it began: its reason is the last thing that the client reads. */
function finish({ log }: SseParts, response: ServerResponse, { error, trace }: { error: unknown; trace: Visited['trace'] }): void {
  if (!(error instanceof Refused)) {
    log.error({ err: error, correlationId: trace.correlationId }, 'a subscription failed');
    response.destroy();
    return;
  }
  response.end(`event: next\ndata: ${JSON.stringify({ errors: [refusedError(error, trace)] })}\n\nevent: complete\ndata:\n\n`);
}

function paramsOf({ request, body }: Visited): Params {
  const given = request.method === 'GET' ? fromUrl(request) : body;
  if (typeof given !== 'object' || given === null || !('query' in given) || typeof given.query !== 'string') {
    throw new Refused('VALIDATION_FAILED', 'Send { query, variables, operationName }.');
  }
  const { operationName, variables } = given as { operationName?: unknown; variables?: unknown };
  return {
    query: given.query,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : undefined,
  };
}

function fromUrl(request: Visited['request']): unknown {
  const search = addressOf(request)?.searchParams;
  const variables = search?.get('variables');
  try {
    return { query: search?.get('query'), operationName: search?.get('operationName') ?? undefined, variables: variables ? JSON.parse(variables) : undefined };
  } catch {
    throw new Refused('VALIDATION_FAILED', 'variables must be JSON.');
  }
}
