import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { breakOff } from '#kernel/http2.ts';
import { faultError, refusedError } from '#kernel/publicError.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Authenticate } from '../auth.ts';
import { methodNotAllowed, RefusedRequest } from '../body.ts';
import { isStream, type PayloadStream } from '../incremental/payloadStream.ts';
import { readParams } from '../params.ts';
import { failureReply, send } from '../respond.ts';
import type { Revocations } from '../revocations.ts';
import type { Streams, StreamVisit } from '../server.ts';
import type { Engine } from './engine.ts';
import { beginStream, eventStream, type Framing, multipart } from './framing.ts';
import { type Ending, openSession, subscriberOf, tokenOver } from './session.ts';
import type { Operate } from './socket.ts';
import type { EventStream } from './stream.ts';

export type SseParts = {
  engine: Engine;
  authenticate: Authenticate;
  revocations: Pick<Revocations, 'isRevoked' | 'onChange'>;
  operate: Operate;
  log: Logger;
  now: () => Date;
  heartbeat: number;
};

export type Sse = Omit<Streams, 'answerReserved'> & { size(): number; drain(): Promise<void> };

type Open = { response: ServerResponse; stream: EventStream };

/**
 * One operation per request whose response stays open: GraphQL over SSE ("distinct connections" of graphql-sse), where `id:` carries the cursor for
 * Last-Event-ID; and subscriptions in parts.
 */
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
  const framing = visit.inParts ? multipart : eventStream;
  const framed = { response, framing };
  const session = openSession({ identity, ...parts, onEnd: (why) => ended(framed, trace, why) });
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
      beginStream(framed, trace);
      if (isStream(result)) await tellParts(framed, result);
      else end(framed, result);
      return;
    }
    const header = request.headers['last-event-id'];
    const resumeAfter = typeof header === 'string' && header !== '' ? header : undefined;
    const stream = await parts.engine.open(params, {
      protocol: 'sse',
      ...subscriberOf(session, request.headers),
      trace,
      resumeAfter,
      onOverflow: () => breakOff(response),
    });
    await pump(parts, open, { ...framed, stream, trace });
  } catch (error) {
    finish(parts, framed, { error, trace });
  }
}

/** Parts of an answer wait in memory for a client that reads slowly. */
async function tellParts({ response, framing }: Framed, payloads: PayloadStream): Promise<void> {
  for await (const payload of payloads) if (!response.writableEnded) response.write(framing.next(payload));
  if (!response.writableEnded) response.end(framing.complete);
}

type Framed = { response: ServerResponse; framing: Framing };

async function pump({ heartbeat }: SseParts, open: Set<Open>, wanted: Framed & { stream: EventStream; trace: Trace }): Promise<void> {
  const { stream, response, framing } = wanted;
  beginStream(wanted, wanted.trace);
  // The end of a token ends the response before its client has closed.
  const tell = () => response.writableEnded || response.write(framing.beat(stream.cursor()));
  tell();
  const beat = setInterval(tell, heartbeat);
  const entry = { stream, response };
  open.add(entry);
  const stop = () => void stream.return();
  response.once('close', stop);
  try {
    for await (const answer of stream) {
      if (response.destroyed || response.writableEnded) break;
      if (!response.write(framing.next(answer, answer.extensions?.cursor))) await drained(response);
    }
    if (stream.completed() && !response.writableEnded) response.end(framing.complete);
  } finally {
    clearInterval(beat);
    open.delete(entry);
    await stream.return();
  }
}

/** Resolves when there is room to write again, or nobody to write to. */
export async function drained(response: ServerResponse): Promise<void> {
  await Promise.race([once(response, 'drain'), once(response, 'close')]).catch(() => {});
}

/** An operation that is refused or breaks: its reason is the last thing that the client reads. A request that is none never becomes a stream. */
function finish({ log }: SseParts, framed: Framed, { error, trace }: { error: unknown; trace: Trace }): void {
  const { response } = framed;
  if (error instanceof RefusedRequest) {
    send(response, failureReply(error, trace, {}), trace);
    return;
  }
  if (!(error instanceof Refused)) log.error({ err: error, ...idsOf(trace) }, 'a subscription failed');
  if (!response.headersSent) beginStream(framed, trace);
  end(framed, { errors: [error instanceof Refused ? refusedError(error, trace) : faultError(error, trace)] });
}

/** Without `complete`, so that a client comes back with a fresh token and the id that it read last. */
function ended({ response, framing }: Framed, trace: Trace, why: Ending): void {
  const error = refusedError(tokenOver(why, 'Subscribe again with a fresh one, after the last id.'), trace);
  if (response.headersSent && !response.writableEnded) response.end(framing.broken([error]));
}

function end({ response, framing }: Framed, result: unknown): void {
  if (!response.writableEnded) response.end(`${framing.next(result)}${framing.complete}`);
}
