import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { faultError, refusedError } from '#kernel/publicError.ts';
import type { Logger } from '#kernel/telemetry.ts';
import type { Authenticate } from '../auth.ts';
import { methodNotAllowed, RefusedRequest } from '../body.ts';
import { readParams } from '../params.ts';
import { failureReply, send } from '../respond.ts';
import type { Streams, StreamVisit } from '../server.ts';
import type { Engine } from './engine.ts';
import { openSession } from './session.ts';
import type { Operate } from './socket.ts';
import type { EventStream } from './stream.ts';

export type SseParts = { engine: Engine; authenticate: Authenticate; operate: Operate; log: Logger; now: () => Date; heartbeat: number };

export type Sse = Streams & { size(): number; drain(): Promise<void> };

type Open = { response: ServerResponse; stream: EventStream };

/** GraphQL over SSE, one operation per request ("distinct connections" of graphql-sse); `id:` carries the cursor for Last-Event-ID. */
export function createSse(parts: SseParts): Sse {
  const open = new Set<Open>();
  return {
    size: () => open.size,
    isSubscription: (params) => isSubscription(parts, params),
    answer: (visit) => serve(parts, open, visit),
    drain: async () => {
      // Ended without `complete`: the client comes back with the id that it read last.
      await Promise.all([...open].map(({ stream, response }) => stream.return().then(() => response.end())));
    },
  };
}

/** What is no operation is none: the way that answers it says what is wrong with it. */
function isSubscription({ engine }: SseParts, params: unknown): boolean {
  try {
    const asked = readParams(params);
    // Clients that take streams beside answers send every query here: most need not be parsed to tell.
    return asked.query.includes('subscription') && engine.read(asked).operation.operation === 'subscription';
  } catch {
    return false;
  }
}

async function serve(parts: SseParts, open: Set<Open>, visit: StreamVisit): Promise<void> {
  const { request, response, identity, trace } = visit;
  const session = openSession({ identity, authenticate: parts.authenticate, now: parts.now, onExpiry: () => expired(response, trace) });
  const gone = new AbortController();
  response.once('close', () => {
    session.end();
    gone.abort();
  });
  try {
    const params = readParams(visit.params);
    const { operation } = parts.engine.read(params).operation;
    if (operation === 'mutation' && visit.method !== 'POST') throw methodNotAllowed('POST', 'Mutations come by POST.');
    if (operation !== 'subscription') {
      const result = await parts.operate({ params, session, trace, headers: request.headers, signal: gone.signal });
      start(response, trace.correlationId);
      end(response, result);
      return;
    }
    const header = request.headers['last-event-id'];
    const resumeAfter = typeof header === 'string' && header !== '' ? header : undefined;
    const stream = await parts.engine.open(params, {
      protocol: 'sse',
      actor: session.actor,
      trace,
      headers: request.headers,
      resumeAfter,
      onOverflow: () => response.destroy(),
    });
    await pump(parts, open, { stream, response, correlationId: trace.correlationId });
  } catch (error) {
    finish(parts, response, { error, trace });
  }
}

async function pump({ heartbeat }: SseParts, open: Set<Open>, wanted: Open & { correlationId: string }): Promise<void> {
  const { stream, response } = wanted;
  start(response, wanted.correlationId);
  // The end of a token ends the response before its client has closed.
  const tell = () => response.writableEnded || response.write(`:\n${idOf(stream.cursor())}\n`);
  tell();
  const beat = setInterval(tell, heartbeat);
  const entry = { stream, response };
  open.add(entry);
  const stop = () => void stream.return();
  response.once('close', stop);
  try {
    for await (const answer of stream) {
      if (response.destroyed || response.writableEnded) break;
      if (!response.write(`event: next\n${idOf(answer.extensions?.cursor)}data: ${JSON.stringify(answer)}\n\n`)) await drained(response);
    }
    if (stream.completed() && !response.writableEnded) response.end('event: complete\ndata:\n\n');
  } finally {
    clearInterval(beat);
    open.delete(entry);
    await stream.return();
  }
}

function idOf(cursor: string | undefined): string {
  return cursor === undefined ? '' : `id: ${cursor}\n`;
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

/** An operation that is refused or breaks: its reason is the last thing that the client reads. A request that is none never becomes a stream. */
function finish({ log }: SseParts, response: ServerResponse, { error, trace }: { error: unknown; trace: Trace }): void {
  if (error instanceof RefusedRequest) {
    send(response, failureReply(error, trace, {}), trace);
    return;
  }
  if (!(error instanceof Refused)) log.error({ err: error, correlationId: trace.correlationId }, 'a subscription failed');
  if (!response.headersSent) start(response, trace.correlationId);
  end(response, { errors: [error instanceof Refused ? refusedError(error, trace) : faultError(error, trace)] });
}

/** Without `complete`, so that a client comes back with a fresh token and the id that it read last. */
function expired(response: ServerResponse, trace: Trace): void {
  const error = refusedError(new Refused('UNAUTHENTICATED', 'The token has expired. Subscribe again with a fresh one, after the last id.'), trace);
  if (response.headersSent && !response.writableEnded) response.end(`event: next\ndata: ${JSON.stringify({ errors: [error] })}\n\n`);
}

function end(response: ServerResponse, result: unknown): void {
  if (!response.writableEnded) response.end(`event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`);
}
