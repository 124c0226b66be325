import type { TokenWish } from '../../roles/tokens.ts';
import type { EventWorld } from './eventWorld.ts';

export type StreamWish = { wish?: TokenWish; headers?: Record<string, string>; method?: string };

/** A block of an event stream as `{ event, id, data }`. */
export type Block = Record<string, string>;

/** A client of an event stream without a library: its answer, block by block. */
export async function requestStream({ url: door, tokenFor }: Pick<EventWorld, 'url' | 'tokenFor'>, body: unknown, options: StreamWish = {}) {
  const headers = {
    accept: 'text/event-stream',
    authorization: `Bearer ${await tokenFor(options.wish)}`,
    'content-type': 'application/json',
    ...options.headers,
  };
  const control = new AbortController();
  const url = options.method === 'GET' ? `${door}?${new URLSearchParams(body as Record<string, string>)}` : door;
  const response = await fetch(url, {
    method: options.method ?? 'POST',
    headers,
    signal: control.signal,
    ...(options.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { response, lines: linesOf(response), stop: () => control.abort() };
}

/** The blocks of an event stream as `{ event, id, data }`. */
async function* linesOf(response: Response): AsyncGenerator<Block> {
  let buffer = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const block = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      yield Object.fromEntries(
        block
          .split('\n')
          .filter((line) => !line.startsWith(':'))
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
    }
  }
}

/** The next block of that event. */
export async function nextOf(lines: AsyncGenerator<Block>, event = 'next'): Promise<Block> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error('the stream ended');
    if (value.event === event) return value;
  }
}
