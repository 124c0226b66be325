import type { ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import type { IncrementalForm } from '../incremental/payloads.ts';

/** How answers stand one after the other in a response that stays open. */
export type Framing = {
  type: string;
  /** Comes before the first of them. */
  begin: string;
  /** A sign of life, with the cursor to come back with. */
  beat(cursor: string | undefined): string;
  next(answer: unknown, cursor?: string): string;
  /** No more comes. */
  complete: string;
  /** The last that a client reads of a stream that it should open again. */
  broken(errors: readonly unknown[]): string;
};

const idOf = (cursor: string | undefined): string => (cursor === undefined ? '' : `id: ${cursor}\n`);

/** Server-sent events, as graphql-sse has them. A stream that ends without `complete` is opened again by its client, with the id that it read last. */
export const eventStream: Framing = {
  type: 'text/event-stream; charset=utf-8',
  begin: '',
  beat: (cursor) => `:\n${idOf(cursor)}\n`,
  next: (answer, cursor) => `event: next\n${idOf(cursor)}data: ${JSON.stringify(answer)}\n\n`,
  complete: 'event: complete\ndata:\n\n',
  broken: (errors) => `event: next\ndata: ${JSON.stringify({ errors })}\n\n`,
};

/** The same for all operations of a client on one stream: an event says which it is of. */
export const reserved: Framing = { ...eventStream, beat: () => ':\n\n', next: (event) => `event: next\ndata: ${JSON.stringify(event)}\n\n` };

/** No more comes of one of them. */
export const reservedComplete = (id: string): string => `event: complete\ndata: ${JSON.stringify({ id })}\n\n`;

const boundary = '\r\n--graphql';
const part = (content: unknown): string => `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}${boundary}`;

/** Parts of a multipart answer, as Apollo's clients subscribe where they have nothing but HTTP. Each is whole with the boundary behind it. */
export const multipart: Framing = {
  type: 'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"',
  begin: boundary,
  beat: () => part({}),
  next: (payload) => part({ payload }),
  complete: '--\r\n',
  broken: (errors) => `${part({ payload: null, errors })}--\r\n`,
};

/** Parts of the answer to one query or mutation, the first of which comes before what is deferred. */
export const incrementalParts = (form: IncrementalForm): Framing => ({
  ...multipart,
  type: `multipart/mixed; boundary="graphql"; ${form}`,
  next: (payload) => part(payload),
});

/** Begins a response that stays open. */
export function beginStream({ response, framing }: { response: ServerResponse; framing: Framing }, { correlationId }: Trace): void {
  response.writeHead(200, {
    'content-type': framing.type,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-correlation-id': correlationId,
  });
  response.flushHeaders();
  if (framing.begin !== '') response.write(framing.begin);
}
