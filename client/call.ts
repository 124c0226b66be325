import { isRecord, type Variables } from './document.ts';
import { AccordError, errorOf, faultsIn } from './errors.ts';
import type { TokenSource } from './token.ts';
import { backoff, pause, retryAfter } from './waits.ts';

/** How a client reaches its graph. */
export type Link = {
  url: string;
  token: TokenSource;
  headers: Readonly<Record<string, string>>;
  fetch: typeof fetch;
  /** Milliseconds for one answer. */
  timeout: number;
  /** Milliseconds for which a call that may succeed later is made again. */
  patience: number;
  signal: AbortSignal | undefined;
  onRetry: (error: AccordError) => void;
};

/** A request as it goes over the wire, whatever the way. */
export type Request = { query?: string | undefined; documentId?: string | undefined; operationName?: string | undefined; variables?: Variables | undefined };

export type Asked<Data> = {
  request: Request;
  /** False where a second attempt could do it twice: a mutation without an idempotency key. */
  repeatable: boolean;
  signal?: AbortSignal | undefined;
  patience?: number | undefined;
  /** Says why this answer asks for another attempt; undefined when it is final. */
  again?: ((data: Data) => AccordError | undefined) | undefined;
};

/** Milliseconds for which a fault of Accord's own is tried again: a database that restarts looks like one, and so does a bug. */
const faultPatience = 30_000;

/** Makes a call until it has an answer, its error is one that no repetition cures, or patience ends. */
export async function carry<Data>(link: Link, asked: Asked<Data>): Promise<Data> {
  const begun = performance.now();
  const signal = joined(link.signal, asked.signal);
  const inTime = (error: AccordError, wait: number) => {
    const most = Math.min(asked.patience ?? link.patience, error.code === 'INTERNAL' ? faultPatience : Number.POSITIVE_INFINITY);
    return performance.now() - begun + wait <= most;
  };
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    const token = await link.token.get();
    const outcome = verdict(asked, await attemptOnce(link, asked, { token, signal }));
    if (!('error' in outcome)) return outcome.data;
    const { error } = outcome;
    error.attempts = attempt;
    if (error.code === 'UNAUTHENTICATED' && !renewed && (await link.token.renew(token))) {
      renewed = true;
      continue;
    }
    const wait = error.retryAfterMs ?? backoff(attempt);
    const again = error.retryable && (asked.repeatable || isUntouched(error)) && inTime(error, wait);
    if (!again && 'data' in outcome) return outcome.data;
    if (!again) throw error;
    link.onRetry(error);
    await pause(wait, signal);
  }
}

/** An answer that asks for another attempt is good enough when there is none. */
function verdict<Data>({ again }: Asked<Data>, outcome: Outcome<Data>): Outcome<Data> | { data: Data; error: AccordError } {
  const error = 'data' in outcome ? again?.(outcome.data) : undefined;
  return error ? { ...outcome, error } : outcome;
}

/** True when the door turned the request away before anything ran. */
function isUntouched({ code, status, data }: AccordError): boolean {
  return code === 'RATE_LIMITED' && status !== undefined && !isRecord(data);
}

export function joined(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((each) => each !== undefined);
  return given.length > 1 ? AbortSignal.any(given) : given[0];
}

type Outcome<Data> = { data: Data } | { error: AccordError };
type Attempt = { token: string; signal: AbortSignal | undefined };

async function attemptOnce<Data>(link: Link, { request }: Asked<Data>, { token, signal }: Attempt): Promise<Outcome<Data>> {
  const late = AbortSignal.timeout(link.timeout);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    ...link.headers,
    authorization: `Bearer ${token}`,
  };
  try {
    const response = await link.fetch(link.url, { method: 'POST', headers, body: JSON.stringify(request), signal: joined(signal, late) ?? late });
    return judge(await replyOf(response, link.url));
  } catch (cause) {
    signal?.throwIfAborted();
    return { error: unreachable(link.url, cause) };
  }
}

export function unreachable(url: string, cause: unknown): AccordError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message || inner.name : String(inner);
  return new AccordError('NETWORK', `${url} does not answer (${reason}).`, { retryable: true, cause });
}

export type Reply = { status: number; after: number | undefined; text: string; url: string };

export async function replyOf(response: Response, url: string): Promise<Reply> {
  return { status: response.status, after: retryAfter(response.headers.get('retry-after')), text: await response.text(), url };
}

/** What an answer says: its data, or why there is none. */
export function judge<Data>({ status, after, text, url }: Reply): Outcome<Data> {
  const body = jsonOf(text);
  const errors = isRecord(body) ? faultsIn(body.errors) : [];
  const data = isRecord(body) ? body.data : undefined;
  if (errors.length > 0) return { error: errorOf(errors, { data, status, retryAfterMs: after }) };
  // The shape of the data is what the document asked for.
  if (isRecord(data)) return { data: data as Data };
  if (status === 429) return { error: new AccordError('RATE_LIMITED', `${url} answered 429.`, { retryable: true, status, retryAfterMs: after }) };
  if (status >= 500) return { error: new AccordError('NETWORK', `${url} answered ${status}.`, { retryable: true, status, retryAfterMs: after }) };
  if (status === 401) return { error: new AccordError('UNAUTHENTICATED', `${url} answered 401.`, { status }) };
  return {
    error: new AccordError('PROTOCOL', `${url} answered ${status} with something that is no GraphQL answer. Is that the gateway's address?`, { status }),
  };
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
