import { type Bulk, type BulkReport, sendBulk } from './bulk.ts';
import { type Asked, carry, type Link, type Request } from './call.ts';
import { type AnyDocument, type Document, isRecord, keysOf, textOf, type Variables, withKeys } from './document.ts';
import { type AccordError, isPassing, orThrow, refusalOf, type UserError } from './errors.ts';
import { eventsDocument, type Wanted, withoutPrefixes } from './events.ts';
import { type Followed, follow, type LiveEvent } from './follow.ts';
import type { EventOf, EventType } from './generated/events.ts';
import { type Pages, pagesOf } from './pages.ts';
import { type TokenProvider, tokenSource } from './token.ts';
import { turns } from './waits.ts';

export type ClientOptions = {
  /** The gateway's GraphQL address. */
  url: string;
  token: TokenProvider;
  /** How the client calls itself; its use of the schema is counted under that name. */
  name?: string | undefined;
  /** Goes with every request: it ties all that they cause together. */
  correlationId?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Calls under way at most (default 8); others wait for their turn. */
  concurrency?: number | undefined;
  /** Milliseconds for one answer (default 60,000). */
  timeout?: number | undefined;
  /** Milliseconds for which a call that may succeed later is made again (default 60,000). */
  patience?: number | undefined;
  /** Ends everything that the client does. */
  signal?: AbortSignal | undefined;
  /** Told before a call is made again, or a subscription is opened again. */
  onRetry?: ((error: AccordError) => void) | undefined;
  /** The name of a trusted document; the text is not sent then. */
  documentIdOf?: ((document: AnyDocument) => string | undefined) | undefined;
  /** How live events come (default `sse`). */
  live?: 'sse' | 'websocket' | undefined;
  /** A WebSocket class where there is none, as in Node 20. */
  webSocketImpl?: unknown;
  fetch?: typeof fetch | undefined;
};

export type CallOptions = {
  documentId?: string | undefined;
  operationName?: string | undefined;
  signal?: AbortSignal | undefined;
  patience?: number | undefined;
};

export type MutateOptions = CallOptions & {
  /** The key of inputs that bring none (default: a new one). Keep it yourself where your program may be restarted in between. */
  idempotencyKey?: string | undefined;
  /** Throws the first of `userErrors` in place of giving them as data. */
  orThrow?: boolean | undefined;
};

/** Variables whose inputs need not bring an idempotency key: the client gives them one. */
export type Keyless<Given> = { [Name in keyof Given]: Given[Name] extends { idempotencyKey?: unknown } ? Unkeyed<Given[Name]> : Given[Name] };
type Unkeyed<Input> = Omit<Input, 'idempotencyKey'> & { idempotencyKey?: string | null | undefined };

/** Variables may be left out where none is needed. */
type Rest<Given, Options> = Record<never, never> extends Given ? [variables?: Given, options?: Options] : [variables: Given, options?: Options];

export type Client = {
  /** The data of a query. Throws AccordError for errors that no repetition cured. */
  query<Data, Given = Variables>(document: Document<Data, Given>, ...rest: Rest<Given, CallOptions>): Promise<Data>;
  /** The data of a mutation, which is carried out once however often it had to be sent. */
  mutate<Data, Given = Variables>(document: Document<Data, Given>, ...rest: Rest<Keyless<Given>, MutateOptions>): Promise<Data>;
  /** Live answers, through lost connections: no gap, no repeat. The document takes `$after: Cursor`. */
  subscribe<Data, Given = Variables>(document: Document<Data, Given>, ...rest: Rest<Given, Followed>): AsyncGenerator<LiveEvent<Data>, void, undefined>;
  /** Business events of these types with all that they say. */
  events<Type extends EventType>(wanted: Wanted<Type>, options?: Followed): AsyncGenerator<LiveEvent<EventOf<Type>>, void, undefined>;
  /** Sends many items in calls of at most 500. */
  bulk<Item, Result = Readonly<Record<string, unknown>>>(bulk: Bulk<Item>): Promise<BulkReport<Item, Result>>;
  /** The nodes of a connection, page after page. */
  pages<Data, Node, Given = Variables>(document: Document<Data, Given>, pages: Pages<Data, Node, Given>): AsyncGenerator<Node, void, undefined>;
};

/** A client of one graph. It opens nothing before it is asked, and needs not be closed. */
export function createClient(options: ClientOptions): Client {
  const link = linkOf(options);
  const turn = turns(options.concurrency ?? 8);
  const ask = <Data>(asked: Asked<Data>) => turn(() => carry(link, asked));
  const request = (document: AnyDocument, variables: Variables | undefined, given: CallOptions): Request => {
    const documentId = given.documentId ?? options.documentIdOf?.(document);
    return { ...(documentId === undefined ? { query: textOf(document) } : { documentId }), operationName: given.operationName, variables };
  };
  const query = <Data>(document: AnyDocument, variables: Variables | undefined, given: CallOptions = {}) =>
    ask<Data>({ request: request(document, variables, given), repeatable: true, ...given });
  const mutate = async <Data>(document: AnyDocument, variables: Variables = {}, given: MutateOptions = {}): Promise<Data> => {
    const keys = keysOf(textOf(document), given.operationName);
    const filled = withKeys(variables, keys, given.idempotencyKey ?? crypto.randomUUID());
    const data = await ask<Data>({ request: request(document, filled, given), repeatable: keys.complete, ...given, again: passingRefusal });
    if (given.orThrow) for (const { payload } of payloadsOf(data)) orThrow(payload);
    return data;
  };
  const subscribe = <Data>(document: AnyDocument, variables: Variables | undefined, followed: Followed = {}) =>
    follow<Data>(
      { ...link, live: options.live ?? 'sse', webSocketImpl: options.webSocketImpl },
      { request: request(document, variables, {}), text: textOf(document), followed },
    );
  return {
    query: (document, ...[variables, given]) => query(document, variables as Variables | undefined, given),
    mutate: (document, ...[variables, given]) => mutate(document, variables as Variables | undefined, given),
    subscribe: (document, ...[variables, followed]) => subscribe(document, variables as Variables | undefined, followed),
    events: (wanted, followed) => withoutPrefixes(subscribe(eventsDocument(wanted), wanted.filter, followed)),
    bulk: (bulk) => sendBulk((document, variables, given) => mutate(document, variables, given), bulk),
    pages: (document, pages) => pagesOf((variables) => query(document, variables, { signal: pages.signal }), pages),
  };
}

function linkOf(options: ClientOptions): Link {
  const { url, token, name, correlationId, headers, timeout = 60_000, patience = 60_000, signal, onRetry, fetch: own } = options;
  return {
    url,
    token: tokenSource(token),
    headers: { ...(name ? { 'graphql-client-name': name } : {}), ...(correlationId ? { 'x-correlation-id': correlationId } : {}), ...headers },
    // Taken when it is used, as browsers want it called.
    fetch: own ?? ((...asked) => globalThis.fetch(...asked)),
    timeout,
    patience,
    signal,
    onRetry: (error) => onRetry?.(error),
  };
}

type Payload = { readonly userErrors: readonly UserError[] };

/** What the fields of a mutation answered. */
function payloadsOf(data: unknown): { field: string; payload: Payload }[] {
  if (!isRecord(data)) return [];
  return Object.entries(data).flatMap(([field, payload]) =>
    isRecord(payload) && Array.isArray(payload.userErrors) ? [{ field, payload: payload as Payload }] : [],
  );
}

function passingRefusal(data: unknown): AccordError | undefined {
  const refused = payloadsOf(data).flatMap(({ payload }) => payload.userErrors);
  return refused.length > 0 && refused.every(isPassing)
    ? refusalOf(
        refused.map((each) => ({ ...each, retryable: true })),
        data,
      )
    : undefined;
}
