import { joined, type Link, type Request } from './call.ts';
import { AccordError, type Fault } from './errors.ts';
import { openEventStream } from './eventStream.ts';
import { openSocket } from './socket.ts';
import { backoff, pause } from './waits.ts';

/** What a subscription gives: an event, or what of it could not be told. */
export type LiveEvent<Data> = {
  data: Data | null;
  errors: readonly Fault[];
  /** Give it as `after` to get what follows; keep it once your work on the event is done. */
  cursor: string | undefined;
};

export type Followed = {
  /** Begins after this cursor; without it with what happens from now on. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Milliseconds for which a lost connection is opened again without a sign of life (default: for ever). */
  patience?: number | undefined;
  /** Milliseconds of silence after which a connection counts as lost (default 60,000; the gateway beats every 15 s). */
  silence?: number | undefined;
  /** Events of a WebSocket that wait in memory (default 1,000); beyond it the connection is left, and resumed when they are taken. */
  buffer?: number | undefined;
};

/** What a connection brings: an event, a sign of life with the place in the log, or the end. */
export type Tiding =
  | { kind: 'event'; data: unknown; errors: readonly Fault[]; cursor: string | undefined }
  | { kind: 'beat'; cursor: string | undefined }
  | { kind: 'complete' };

export type Live = Link & { live: 'sse' | 'websocket'; webSocketImpl: unknown };

/** One connection: what it is to ask, from where, and until when. */
export type Opening = { request: Request; after: string | undefined; token: string; buffer: number; signal: AbortSignal };

type Asked = { request: Request; text: string; followed: Followed };

/** Where a subscription stands. */
type Standing = { after: string | undefined; heard: boolean; failures: number; renewed: boolean; since: number };

/** Cursors by which a repeat is known. */
const remembered = 1_000;

/** Events through any number of connections: each goes on after the cursor that came last. */
export async function* follow<Data>(link: Live, { request, text, followed }: Asked): AsyncGenerator<LiveEvent<Data>, void, undefined> {
  if (request.query !== undefined && !/\$after\b/.test(text)) {
    throw new AccordError('PROTOCOL', 'The subscription cannot be resumed: let its document take $after: Cursor, and give it to the field as after.');
  }
  const at: Standing = { after: followed.after ?? startOf(request), heard: false, failures: 0, renewed: false, since: performance.now() };
  const seen = new Set<string>();
  const signal = joined(link.signal, followed.signal);
  for (;;) {
    signal?.throwIfAborted();
    const token = await link.token.get();
    try {
      for await (const tiding of connected(link, { request, followed, token, signal, at })) {
        Object.assign(at, { failures: 0, renewed: false, since: performance.now() });
        if (tiding.kind === 'complete') return;
        at.heard ||= tiding.kind === 'event';
        at.after = tiding.cursor ?? at.after;
        if (tiding.kind === 'event' && !isRepeat(seen, tiding.cursor)) yield eventOf<Data>(tiding);
      }
      throw new AccordError('NETWORK', `${link.url} ended the subscription.`, { retryable: true });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AccordError)) throw error;
      await resumable(link, { at, error, token, patience: followed.patience });
    }
    await pause(backoff(at.failures, 10_000), signal);
  }
}

function startOf({ variables }: Request): string | undefined {
  const after = variables?.after;
  return typeof after === 'string' ? after : undefined;
}

/** The shape of the data is what the document asked for. */
function eventOf<Data>({ data, errors, cursor }: Tiding & { kind: 'event' }): LiveEvent<Data> {
  return { data: data as Data | null, errors, cursor };
}

function isRepeat(seen: Set<string>, cursor: string | undefined): boolean {
  if (cursor === undefined) return false;
  if (seen.has(cursor)) return true;
  seen.add(cursor);
  const [oldest] = seen;
  if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
  return false;
}

/** Throws what no other connection cures. */
async function resumable(
  link: Live,
  { at, error, token, patience }: { at: Standing; error: AccordError; token: string; patience: number | undefined },
): Promise<void> {
  at.failures += 1;
  error.attempts = at.failures;
  const renews = error.code === 'UNAUTHENTICATED' && !at.renewed && (await link.token.renew(token));
  if (renews) at.renewed = true;
  else if (!error.retryable) throw error;
  if (at.heard && at.after === undefined) {
    throw new AccordError(
      'GAP',
      'The connection was lost, and these events have no cursor: what happened meanwhile is not told. Read the state, and subscribe again.',
      {
        cause: error,
      },
    );
  }
  if (performance.now() - at.since > (patience ?? Number.POSITIVE_INFINITY)) throw error;
  link.onRetry(error);
}

type Connection = { request: Request; followed: Followed; token: string; signal: AbortSignal | undefined; at: Standing };

/** The tidings of one connection, which is left when it is silent for too long. */
async function* connected(link: Live, { request, followed, token, signal, at }: Connection): AsyncGenerator<Tiding, void, undefined> {
  const left = new AbortController();
  const { silence = 60_000, buffer = 1_000 } = followed;
  const open = link.live === 'websocket' ? openSocket : openEventStream;
  const asked = { ...request, variables: { ...request.variables, after: at.after } };
  const tidings = open(link, { request: asked, after: at.after, token, buffer, signal: joined(signal, left.signal) ?? left.signal });
  try {
    for (;;) {
      const watch = setTimeout(() => left.abort(), silence);
      const next = await tidings.next().finally(() => clearTimeout(watch));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    left.abort();
    await tidings.return();
  }
}
