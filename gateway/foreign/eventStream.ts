import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { TransportAnswer } from '#kernel/transport.ts';
import { placeOf } from '../transport/wire.ts';
import { answerIn } from './answer.ts';
import { eventLimit, type Upstream } from './subscribe.ts';
import { defined, responseTo } from './transport.ts';

/** Server-sent events as graphql-sse has them, one operation a request. Who reads slowly is sent slowly: nothing is taken from the way before it is wanted. */
export async function* eventStream({ subgraph, payload, headers, signal }: Upstream): AsyncGenerator<TransportAnswer, void, undefined> {
  const { tls, subscriptions, timeout } = subgraph;
  const opening = new AbortController();
  const late = setTimeout(() => opening.abort(new Error(`no answer within ${timeout} ms`)), timeout);
  const options = {
    ...placeOf(subscriptions.url),
    ...defined(tls),
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    signal: AbortSignal.any([signal, opening.signal]),
  };
  const response = await responseTo(options, JSON.stringify(payload)).finally(() => clearTimeout(late));
  response.socket.setKeepAlive(true, 30_000);
  if (!response.headers['content-type']?.includes('event-stream')) {
    response.destroy();
    throw new Error(`no event stream, with status ${response.statusCode}`);
  }
  for await (const { event, data } of messagesIn(response.setEncoding('utf8'))) {
    if (event === 'complete') return;
    const answer = event === 'next' ? answerIn(subgraph, JSON.parse(data)) : undefined;
    if (answer) yield answer;
  }
  throw new Error('the stream ended without a word');
}

async function* messagesIn(chunks: AsyncIterable<string>): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  let fault: Error | undefined;
  const parser = createParser({
    maxBufferSize: eventLimit,
    onEvent: (event) => ready.push(event),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') fault = error;
    },
  });
  for await (const chunk of chunks) {
    parser.feed(chunk);
    yield* ready.splice(0);
    if (fault) throw fault;
  }
}
