import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Actor } from '#kernel/actor.ts';
import type { Trace } from '#kernel/context.ts';
import { extensionsOf, faultError, isErrorCode } from '#kernel/publicError.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import type { Exchange } from './exchange.ts';
import { withoutHints } from './schemaAccess.ts';

/** What Apollo calls requests that make no sense. */
const malformed = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** To whom an error is told; names are suggested to those who may know them all. */
type Told = { trace: Trace; hints: boolean };

/** An error as a caller sees it: a code of ours, no stack, no service names. */
export function doorError(error: GraphQLFormattedError, { trace, hints }: Told): GraphQLFormattedError {
  const { code } = error.extensions ?? {};
  const place = { ...(error.path ? { path: error.path } : {}), ...(error.locations ? { locations: error.locations } : {}) };
  if (code === 'SUBGRAPH_FAILED') return { message: error.message, ...place, extensions: ownWords(error.extensions?.passed, trace) };
  if (isErrorCode(code) && code !== 'INTERNAL') return { message: error.message, ...place, extensions: extensionsOf(code, trace, error.extensions) };
  if (malformed.has(String(code)))
    return { message: hints ? error.message : withoutHints(error.message), ...place, extensions: extensionsOf('VALIDATION_FAILED', trace) };
  return { ...faultError(undefined, trace), ...(error.path ? { path: error.path } : {}) };
}

/** What a subgraph of the firm's own said of its error, where that passes: its code, whether to try again, and the rest, with our correlation id. */
function ownWords(passed: unknown, trace: Trace): Record<string, unknown> {
  if (typeof passed !== 'object' || passed === null) return extensionsOf('SUBGRAPH_FAILED', trace);
  const { code, retryable, ...rest }: { code?: unknown; retryable?: unknown } = passed;
  const ours = extensionsOf('SUBGRAPH_FAILED', trace);
  return { ...rest, ...ours, retryable: retryable === true, code: typeof code === 'string' ? code : ours.code };
}

/** An answer, or a later part of one, as its subgraphs gave it; `faults` are places where they gave less than the schema promises. */
export type Untold = { data?: unknown; errors?: readonly GraphQLFormattedError[] | undefined; faults?: unknown; isLater?: boolean };
type Telling = Told & { log: Logger };

/** An answer as a caller sees it. */
export function toldAnswer(
  { data, errors, faults, isLater = false }: Untold,
  { trace, hints, log }: Telling,
): { data?: unknown; errors?: readonly GraphQLFormattedError[] } {
  const told = errors?.map((error) => doorError(error, { trace, hints })) ?? [];
  // A subgraph that did not answer has no place: then nobody knows what is lost, and what is late.
  const lost = lostErrors(faults, trace).filter(({ path = [] }) => !told.some((error) => !error.path || isWithin(error.path, path)));
  if (lost.length > 0) log.warn({ detail: faults, ...idsOf(trace) }, 'null where the schema has none');
  const [first] = lost;
  // A whole answer is never null for want of one entity: then it is ours to mend.
  const fault = { ...faultError(undefined, trace), ...(first?.path ? { path: first.path } : {}) };
  const all = faults && data === null && told.length === 0 && !isLater ? [fault] : [...told, ...lost];
  return all.length > 0 ? { errors: all, data } : { data };
}

/** Logs faults that no subgraph has logged. */
export function logFaults(errors: readonly unknown[], { trace, log }: Pick<Telling, 'trace' | 'log'>): void {
  for (const error of errors) {
    if (!isFault(error)) continue;
    const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    log.error({ err: cause, ...idsOf(trace) }, 'the gateway failed');
  }
}

/** The same for what Apollo Server answers. */
export function errorPlugin({ log, hints }: { log: Logger; hints(actor: Actor): boolean }): ApolloServerPlugin<Exchange> {
  return {
    requestDidStart: async ({ contextValue: { actor, trace } }) => ({
      didEncounterErrors: async ({ errors }) => logFaults(errors, { trace, log }),
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind !== 'single') return;
        const { errors, data, extensions } = body.singleResult;
        const { valueCompletion: faults, ...rest } = extensions ?? {};
        const told = toldAnswer({ errors, data, faults }, { trace, hints: hints(actor), log });
        body.singleResult = { ...told, ...(Object.keys(rest).length > 0 ? { extensions: rest } : {}) } as typeof body.singleResult;
      },
    }),
  };
}

/** What refers to something that is not there, or that its owner does not show to this reader, is null up to the nearest place that may be: once for each such place. */
function lostErrors(nulled: unknown, trace: Trace): GraphQLFormattedError[] {
  const places = new Map<string, readonly (string | number)[]>();
  for (const { path } of Array.isArray(nulled) ? (nulled as GraphQLFormattedError[]) : []) if (path) places.set(JSON.stringify(path.slice(0, -1)), path);
  const message = 'This refers to something that does not exist, or that you may not see.';
  return [...places.values()].map((path) => ({ message, path, extensions: extensionsOf('NOT_FOUND', trace) }));
}

/** True when one of the two places lies within the other, or they are the same. */
function isWithin(one: readonly unknown[], other: readonly unknown[]): boolean {
  const depth = Math.min(one.length, other.length);
  return depth > 0 && one.slice(0, depth).every((step, index) => step === other[index]);
}

function isFault(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return true;
  const { code, serviceName } = error.extensions;
  return serviceName === undefined && !isErrorCode(code) && !malformed.has(String(code));
}
