import { jsonOf, judge, replyOf, unreachable } from './call.ts';
import { isRecord } from './document.ts';
import { AccordError, errorOf, faultsIn } from './errors.ts';
import type { Live, Opening, Tiding } from './follow.ts';

/** A subscription over server-sent events. It ends where the connection does. */
export async function* openEventStream(link: Live, { request, after, token, signal }: Opening): AsyncGenerator<Tiding, void, undefined> {
  const headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream',
    ...link.headers,
    ...(after === undefined ? {} : { 'last-event-id': after }),
    authorization: `Bearer ${token}`,
  };
  const asked = { method: 'POST', headers, body: JSON.stringify(request), signal };
  const response = await link.fetch(link.url, asked).catch((cause: unknown) => Promise.reject(unreachable(link.url, cause)));
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) throw await refused(response, link.url);
  for await (const event of serverEvents(response.body, link.url)) {
    if (event.name === 'complete') yield { kind: 'complete' };
    else if (event.name === 'next') yield tidingOf(event);
    else yield { kind: 'beat', cursor: event.id };
  }
}

async function refused(response: Response, url: string): Promise<AccordError> {
  const outcome = judge(await replyOf(response, url));
  return 'error' in outcome ? outcome.error : new AccordError('PROTOCOL', `${url} answered with something that is no event stream.`);
}

function tidingOf({ data, id }: ServerEvent): Tiding {
  const answer = jsonOf(data);
  if (!isRecord(answer)) throw new AccordError('PROTOCOL', 'An event of the stream is no JSON.');
  const errors = faultsIn(answer.errors);
  // A refusal, or why the stream ends.
  if (!('data' in answer)) throw errorOf(errors);
  return { kind: 'event', data: answer.data, errors, cursor: id ?? cursorOf(answer.extensions) };
}

export function cursorOf(extensions: unknown): string | undefined {
  return isRecord(extensions) && typeof extensions.cursor === 'string' ? extensions.cursor : undefined;
}

type ServerEvent = { name: string; data: string; id: string | undefined };

/** Characters of one event at most: what is longer comes from somebody else than a gateway. */
const longest = 32_000_000;

/** What stands between empty lines, comments too: they are signs of life. */
export async function* serverEvents(body: ReadableStream<Uint8Array>, url: string): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => Promise.reject(unreachable(url, cause)));
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop() ?? '';
      if (rest.length > longest) throw new AccordError('PROTOCOL', `${url} sends an event without end.`);
      for (const block of blocks) yield readEvent(block);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readEvent(block: string): ServerEvent {
  const event: ServerEvent = { name: '', data: '', id: undefined };
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event.name = value;
    else if (name === 'id') event.id = value;
    else if (name === 'data') data.push(value);
  }
  return { ...event, data: data.join('\n') };
}
