import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ConnectionInitMessage, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Trace } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { faultError, refusedError } from '#kernel/publicError.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import { type Authenticate, bearerOf } from '../auth.ts';
import type { ContractName } from '../contracts.ts';
import { identityAt } from '../endpoints.ts';
import { isStream, type PayloadStream } from '../incremental/payloadStream.ts';
import type { Params } from '../params.ts';
import type { Revocations } from '../revocations.ts';
import type { TrustedDocuments } from '../trusted.ts';
import type { Engine } from './engine.ts';
import { type Ending, openSession, type Session, subscriberOf } from './session.ts';
import type { EventStream } from './stream.ts';
import type { WireIds } from './wireIds.ts';

/** Close codes of our own: clients of graphql-ws connect again after all but 4403. */
export const closeCodes = { forbidden: 4403, slow: 4290, restart: 1012, tryAgain: 1013, tooMany: 4291 } as const;

/** One client's connection. */
export type Connection = {
  socket: WebSocket;
  request: IncomingMessage;
  /** At whose address it came in. */
  contract: ContractName | undefined;
  trace: Trace;
  /** Names of operations, as the client gave them and as we keep them. */
  ids: WireIds;
  streams: Map<string, EventStream>;
  session?: Session;
  /** Gives its place among its principal's connections back. */
  leave?: () => void;
  gone: AbortController;
};

/** Executes a query or mutation as the door does over HTTP; gives the whole result, or its parts where something is deferred. */
export type Operate = (operation: {
  params: Params;
  session: Session;
  trace: Trace;
  headers: IncomingHttpHeaders;
  signal: AbortSignal;
}) => Promise<FormattedExecutionResult | PayloadStream>;

export type SocketParts = {
  engine: Engine;
  authenticate: Authenticate;
  operate: Operate;
  trusted: Pick<TrustedDocuments, 'named'>;
  revocations: Pick<Revocations, 'isRevoked' | 'onChange'>;
  log: Logger;
  now: () => Date;
  /** Takes a place among a principal's connections; undefined when there is none left. */
  admit: (principal: string) => (() => void) | undefined;
  /** Subscriptions that one connection may hold. */
  subscriptions: number;
  /** Milliseconds that a client has to say who it is. */
  initWait: number;
};

/** The arguments that graphql-ws carries from one hook to the next; ours stand in contextValue. */
type Carried = { connection: Connection; session: Session; id: string; params: SubscribePayload };

/** The protocol graphql-transport-ws over our engine. */
export function socketServer(parts: SocketParts): Server<Connection> {
  return makeServer<ConnectionInitMessage['payload'], Connection>({
    connectionInitWaitTimeout: parts.initWait,
    onConnect: async ({ extra, connectionParams }) => {
      const session = await connect(parts, extra, connectionParams);
      return session ? { expiresAt: session.expiresAt().toISOString() } : false;
    },
    onSubscribe: ({ extra, subscriptions }, id, given) => {
      const { session } = extra;
      if (!session || session.expired()) return [asError(new Refused('UNAUTHENTICATED', 'The token has expired.'), parts, extra)];
      if (Object.keys(subscriptions).length > parts.subscriptions) {
        return [asError(new Refused('RATE_LIMITED', `A connection holds at most ${parts.subscriptions} operations at once.`), parts, extra)];
      }
      try {
        const params = parts.trusted.named(given) as SubscribePayload;
        const { document } = parts.engine.read(params);
        // The schema is never read: both executors are ours.
        return { document, operationName: params.operationName, contextValue: { connection: extra, session, id, params } } as unknown as ExecutionArgs;
      } catch (error) {
        return [asError(error, parts, extra)];
      }
    },
    subscribe: (args) => subscribe(parts, args.contextValue as Carried) as never,
    execute: (args) => execute(parts, args.contextValue as Carried) as never,
    onNext: (...[, , , , result]) => result as never,
    onError: (...[{ extra }, , , errors]) =>
      errors.flatMap((error) => (error.originalError instanceof NotExecuted ? error.originalError.errors : shown(error, parts, extra))),
    onComplete: ({ extra }, id) => void extra.streams.delete(id),
  });
}

async function connect(parts: SocketParts, connection: Connection, params: Record<string, unknown> | undefined): Promise<Session | undefined> {
  const { socket, request, contract } = connection;
  const authenticate: Authenticate = async (token) => identityAt(contract, await parts.authenticate(token));
  try {
    const identity = await authenticate(tokenOf(params) ?? bearerOf(request.headers.authorization));
    const leave = parts.admit(identity.actor.id);
    if (!leave) {
      socket.close(closeCodes.tooMany, 'Too many connections of one principal');
      return undefined;
    }
    connection.leave = leave;
    const onEnd = (why: Ending) => socket.close(closeCodes.forbidden, `Token ${why}`);
    connection.session = openSession({ identity, authenticate, revocations: parts.revocations, now: parts.now, onEnd });
    return connection.session;
  } catch (error) {
    if (error instanceof Refused && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) {
      socket.close(closeCodes.forbidden, error.message);
      return undefined;
    }
    // The issuer does not answer, or we are at fault: a client that tries again may come in.
    if (!(error instanceof Refused)) parts.log.error({ err: error, ...idsOf(connection.trace) }, 'a token could not be checked');
    socket.close(closeCodes.tryAgain, 'The token cannot be checked now; try again');
    return undefined;
  }
}

/** `{ token }`, or `{ Authorization: "Bearer ..." }` as many clients send it. */
function tokenOf(params: Record<string, unknown> | undefined): string | undefined {
  const { token, Authorization, authorization } = params ?? {};
  if (typeof token === 'string') return token;
  const header = Authorization ?? authorization;
  return typeof header === 'string' ? bearerOf(header) : undefined;
}

async function subscribe(parts: SocketParts, { connection, session, id, params }: Carried): Promise<unknown> {
  const { socket, trace, request } = connection;
  try {
    const onOverflow = (cursor: string) => {
      socket.close(closeCodes.slow, `Too slow; resume after ${cursor}`);
      void connection.streams.get(id)?.return();
    };
    const stream = await parts.engine.open(params, { protocol: 'ws', ...subscriberOf(session, request.headers), trace, onOverflow });
    connection.streams.set(id, stream);
    tellCursors(connection, [id]);
    return stream;
  } catch (error) {
    return failing(error);
  }
}

/** graphql-ws turns only what an iterator throws into an `error` message. */
function failing(error: unknown): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

async function execute(parts: SocketParts, { connection, session, params }: Carried): Promise<unknown> {
  try {
    const result = await parts.operate({ params, session, trace: connection.trace, headers: connection.request.headers, signal: connection.gone.signal });
    // Nothing was executed: the protocol has a message for that.
    return !isStream(result) && result.errors && !('data' in result) ? failing(new NotExecuted(result.errors)) : result;
  } catch (error) {
    return failing(error);
  }
}

/** Why an operation was not executed, as it goes to the client. */
class NotExecuted extends Error {
  readonly errors: readonly GraphQLFormattedError[];
  override name = 'NotExecuted';

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('not executed');
    this.errors = errors;
  }
}

/** Where each subscription stands, in a ping: a client that filters much can resume without reading on from long ago. */
export function tellCursors(connection: Connection, ids: Iterable<string> = connection.streams.keys()): void {
  const named = [...ids].flatMap((id) => {
    const wire = connection.ids.wireOf(id);
    const cursor = connection.streams.get(id)?.cursor();
    return wire === undefined || cursor === undefined ? [] : [[wire, cursor] as const];
  });
  const cursors = Object.fromEntries(named);
  if (connection.socket.readyState === WebSocket.OPEN) connection.socket.send(JSON.stringify({ type: 'ping', payload: { cursors } }));
}

function asError(error: unknown, parts: SocketParts, connection: Connection): GraphQLError {
  const { message, extensions } = shown(error, parts, connection);
  return new GraphQLError(message, { extensions });
}

/** An error as a client may see it: refusals by code, everything else masked and logged. */
function shown(error: unknown, { log }: SocketParts, { trace }: Connection): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (cause instanceof Refused) return refusedError(cause, trace);
  if (cause instanceof GraphQLError && typeof cause.extensions.code === 'string') return cause.toJSON();
  log.error({ err: cause, ...idsOf(trace) }, 'a subscription failed');
  return faultError(cause, trace);
}

/** A message that a client sent to renew its token: `{ "type": "ping", "payload": { "token": "..." } }`. */
export async function renewed(connection: Connection, payload: Record<string, unknown> | undefined): Promise<Record<string, unknown> | undefined> {
  if (!connection.session || typeof payload?.token !== 'string') return payload;
  await connection.session.renew(payload.token);
  for (const stream of connection.streams.values()) stream.look();
  return { expiresAt: connection.session.expiresAt().toISOString() };
}
