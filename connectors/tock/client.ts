import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { isRecord } from './fields.ts';

/** One thing that the import cannot go on without did not work. The message is for people. */
export class ImportFailed extends Error {
  override name = 'ImportFailed';
}

export type ClientOptions = {
  /** The gateway's GraphQL address. */
  url: string;
  token: string;
  /** Goes with every request: it ties all that this run causes together. */
  correlationId: string;
  /** Requests under way at most (default 4). */
  concurrency?: number | undefined;
  /** Milliseconds for which a call that may succeed later is tried again (default 120,000). */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Told when a call is tried again. */
  onRetry?: ((why: string) => void) | undefined;
};

/** A call that may be made again as it is: the same variables, so the same idempotency key. */
export type Call<Data> = {
  document: string;
  variables?: Readonly<Record<string, unknown>>;
  /** Says why this answer asks for another attempt; undefined when it is final. */
  again?: (data: Data) => string | undefined;
};

export type Client = {
  /** The answer's data. Throws ImportFailed for errors that another attempt cannot cure. */
  call<Data>(call: Call<Data>): Promise<Data>;
};

type Outcome<Data> = { data: Data } | { retry: string; after?: number | undefined; fault?: boolean };

/** Milliseconds for which a fault of Accord's is tried again: a database that restarts looks like one, and so does a bug. */
const faultPatience = 30_000;

/** A GraphQL client over HTTP. Calls beyond the concurrency wait for their turn. */
export function createClient(options: ClientOptions): Client {
  const turn = pLimit(options.concurrency ?? 4);
  return { call: (call) => turn(() => persist(options, call)) };
}

async function persist<Data>(options: ClientOptions, call: Call<Data>): Promise<Data> {
  const begun = performance.now();
  const patience = options.patience ?? 120_000;
  const body = JSON.stringify({ query: call.document, variables: call.variables });
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(options, call, body);
    if ('data' in outcome) return outcome.data;
    const wait = outcome.after ?? backoff(attempt);
    const limit = outcome.fault ? Math.min(patience, faultPatience) : patience;
    if (performance.now() - begun + wait > limit) throw new ImportFailed(`Given up after ${attempt} attempts: ${outcome.retry}`);
    options.onRetry?.(outcome.retry);
    await pause(wait, undefined, { signal: options.signal });
  }
}

/** From 0.1 s to 3 s, with jitter. */
function backoff(attempt: number): number {
  return Math.min(3_000, 100 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
}

/** Milliseconds for one answer: longer than the gateway gives a subgraph. */
const answerPatience = 60_000;

async function attemptOnce<Data>({ url, token, correlationId, signal }: ClientOptions, call: Call<Data>, body: string): Promise<Outcome<Data>> {
  const late = AbortSignal.timeout(answerPatience);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json', 'x-correlation-id': correlationId };
  let status: number;
  let retryAfter: string | null;
  let text: string;
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: signal ? AbortSignal.any([signal, late]) : late });
    ({ status } = response);
    retryAfter = response.headers.get('retry-after');
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    return { retry: `${url} does not answer (${reasonOf(error)}). Is the graph started? --url names another address` };
  }
  return judge(call, { status, retryAfter, text, url });
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

type Reply = { status: number; retryAfter: string | null; text: string; url: string };

function judge<Data>(call: Call<Data>, { status, retryAfter, text, url }: Reply): Outcome<Data> {
  const body = jsonOf(text);
  const errors = isRecord(body) && Array.isArray(body.errors) ? body.errors.filter(isRecord).map(faultOf) : [];
  const after = errors.find((error) => error.after !== undefined)?.after ?? (retryAfter && Number(retryAfter) > 0 ? Number(retryAfter) * 1000 : undefined);
  if (errors.length > 0) {
    const told = errors.map((error) => error.told).join('; ');
    if (errors.every((error) => error.retryable)) return { retry: told, after, fault: errors.some((error) => error.code === 'INTERNAL') };
    const hints: Record<string, string> = {
      UNAUTHENTICATED: ` ${url} said so. Is that the Accord that the token is for? --url names another address.`,
      FORBIDDEN: ' connectors/tock/README.md names the permissions that the token needs.',
    };
    const hint = errors.map(({ code }) => hints[String(code)]).find((each) => each !== undefined);
    throw new ImportFailed(`${told}${hint ?? ''}`);
  }
  if (status === 429 || status >= 500) return { retry: `${url} answered ${status}`, after };
  if (!isRecord(body) || !isRecord(body.data))
    throw new ImportFailed(`${url} answered ${status} with something that is no GraphQL answer. Is that the gateway's address?`);
  // The shape of the data is what the document asked for.
  const data = body.data as Data;
  const why = call.again?.(data);
  return why === undefined ? { data } : { retry: why };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Fault = { code: unknown; told: string; retryable: boolean; after: number | undefined };

function faultOf(error: Readonly<Record<string, unknown>>): Fault {
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  const { code = 'no code', retryable, retryAfterMs, correlationId } = extensions;
  const quote = code === 'INTERNAL' && correlationId ? `, correlation id ${correlationId}` : '';
  return {
    code,
    told: `${error.message} (${code}${quote})`,
    retryable: retryable === true,
    after: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  };
}
