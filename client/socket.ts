import { createClient, type SubscribePayload } from 'graphql-ws';
import { unreachable } from './call.ts';
import { isRecord } from './document.ts';
import { AccordError, errorOf, faultsIn } from './errors.ts';
import { cursorOf } from './eventStream.ts';
import type { Live, Opening, Tiding } from './follow.ts';

/** A subscription over a WebSocket of its own (graphql-transport-ws). It ends where the connection does. */
export async function* openSocket(link: Live, { request, token, buffer, signal }: Opening): AsyncGenerator<Tiding, void, undefined> {
  const waiting = waitingLine(buffer);
  const at = { opened: false, left: false };
  const client = createClient({
    url: link.url.replace(/^http/, 'ws'),
    ...(link.webSocketImpl === undefined ? {} : { webSocketImpl: link.webSocketImpl }),
    retryAttempts: 0,
    connectionParams: { token, ...link.headers },
    on: {
      opened: () => {
        at.opened = true;
        if (at.left) client.terminate();
      },
      ping: (received, payload) => {
        if (received) waiting.add({ kind: 'beat', cursor: placeIn(payload) });
      },
    },
  });
  const stop = client.subscribe(payloadOf(request), {
    next: ({ data, errors, extensions }) => waiting.add({ kind: 'event', data, errors: faultsIn(errors), cursor: cursorOf(extensions) }),
    error: (error) => waiting.end(failureOf(link.url, error)),
    complete: () => waiting.end(undefined, { kind: 'complete' }),
  });
  // A socket that is closed while it is being opened throws where nobody catches.
  const terminate = () => {
    at.left = true;
    if (at.opened) client.terminate();
  };
  const leave = () => {
    waiting.end(new AccordError('NETWORK', `${link.url} says nothing any more.`, { retryable: true }));
    terminate();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    yield* waiting.taken(terminate);
  } finally {
    signal.removeEventListener('abort', leave);
    stop();
    terminate();
  }
}

function payloadOf({ query = '', documentId, operationName, variables }: Opening['request']): SubscribePayload {
  // A trusted document is named beside an empty text.
  return { query, ...(documentId === undefined ? {} : { documentId }), ...(operationName === undefined ? {} : { operationName }), variables: { ...variables } };
}

/** The one subscription's place, as the server's pings tell it. */
function placeIn(payload: unknown): string | undefined {
  const [cursor] = isRecord(payload) && isRecord(payload.cursors) ? Object.values(payload.cursors) : [];
  return typeof cursor === 'string' ? cursor : undefined;
}

/** Close codes that no other connection cures (gateway/subscriptions/README.md). */
const final = new Set([4400, 4401, 4406, 4409, 4429]);

function failureOf(url: string, error: unknown): AccordError {
  if (Array.isArray(error)) return errorOf(faultsIn(error));
  if (!isClosing(error)) return unreachable(url, error);
  const said = `${url} closed the socket: ${error.code} ${error.reason}`;
  if (error.code === 4403) return new AccordError('UNAUTHENTICATED', said);
  return final.has(error.code) ? new AccordError('PROTOCOL', said) : new AccordError('NETWORK', said, { retryable: true });
}

function isClosing(error: unknown): error is { code: number; reason: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' && 'reason' in error;
}

type Line = {
  add(tiding: Tiding): void;
  /** What comes after the end is not taken any more. */
  end(failure: AccordError | undefined, last?: Tiding): void;
  taken(onFull: () => void): AsyncGenerator<Tiding, void, undefined>;
};

/** Tidings in their order, at most so many. Beyond it nothing is added: what is missing comes again after the last cursor that stands here. */
function waitingLine(most: number): Line {
  const line: Tiding[] = [];
  const state: { ended: boolean; full: boolean; failure?: AccordError | undefined; wake: () => void } = { ended: false, full: false, wake: () => undefined };
  return {
    add: (tiding) => {
      if (state.ended || state.full) return;
      const last = line.at(-1);
      if (tiding.kind === 'beat' && last?.kind === 'beat') line[line.length - 1] = { kind: 'beat', cursor: tiding.cursor ?? last.cursor };
      else if (line.length < most) line.push(tiding);
      else state.full = true;
      state.wake();
    },
    end: (failure, last) => {
      if (state.ended || state.full) return;
      if (last) line.push(last);
      Object.assign(state, { ended: true, failure });
      state.wake();
    },
    async *taken(onFull) {
      for (;;) {
        if (state.full) onFull();
        const next = line.shift();
        if (next) yield next;
        else if (state.full) throw new AccordError('BUFFER', 'The events came faster than they were taken.', { retryable: true });
        else if (state.ended && state.failure) throw state.failure;
        else if (state.ended) return;
        else await new Promise<void>((wake) => Object.assign(state, { wake }));
      }
    },
  };
}
