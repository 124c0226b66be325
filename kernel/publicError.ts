import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Trace } from './context.ts';
import { databaseError, type ErrorCode, errorCodes, isDatabaseLost, isTimedOut, Refused } from './errors.ts';
import { idsOf, type Logger } from './telemetry.ts';

/** What strangers read of a fault of ours. The log has the rest under the same correlation id. */
const masked = 'Accord failed here. Quote the correlation id to support.';
const databaseSilent = "Accord's database does not answer. Retry.";

const timedOut =
  'The database gave up what took longer than it may; nothing was changed. Ask for less at once (narrower filters, smaller pages, fewer items), or again when less is going on. Reads of much get more time at /analytics/graphql.';

type Telling = { trace: Trace; log: Logger };

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}

/** The extensions of every error that leaves Accord. */
export function extensionsOf(
  code: ErrorCode,
  trace: Trace,
  detail: { field?: unknown; guard?: unknown; retryAfterMs?: unknown } = {},
): Record<string, unknown> {
  const { field, guard, retryAfterMs } = detail;
  return {
    code,
    retryable: errorCodes[code].retryable,
    correlationId: trace.correlationId,
    ...(typeof field === 'string' ? { field } : {}),
    ...(typeof guard === 'string' ? { guard } : {}),
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
  };
}

/** A subgraph's error as the caller may see it: refusals by code, requests that make no sense by sentence, the rest logged and masked. */
export function publicError(error: GraphQLError, { trace, log }: Telling): GraphQLFormattedError {
  const cause = rootCause(error);
  const place = error.path ? { path: error.path } : {};
  if (cause instanceof Refused) return { message: cause.message, ...place, extensions: extensionsOf(cause.code, trace, cause) };
  const { code } = error.extensions;
  if (isErrorCode(code) && code !== 'INTERNAL') return { message: error.message, ...place, extensions: extensionsOf(code, trace, error.extensions) };
  // Without a path nothing ran yet: the text or the variables do not fit the schema.
  if (!error.path && (cause === undefined || cause instanceof GraphQLError)) {
    return { message: error.message, extensions: extensionsOf('VALIDATION_FAILED', trace) };
  }
  if (['22021', '22P05'].includes(databaseError(cause)?.code ?? '')) {
    return { message: 'Text must not contain the character U+0000.', ...place, extensions: extensionsOf('VALIDATION_FAILED', trace) };
  }
  if (isTimedOut(cause)) {
    log.warn({ err: cause, path: error.path, correlationId: trace.correlationId }, 'a statement took longer than it may');
    return { message: timedOut, ...place, extensions: extensionsOf('TIMED_OUT', trace) };
  }
  if (isDatabaseLost(cause)) {
    log.error({ err: cause, path: error.path, ...idsOf(trace) }, 'the database does not answer');
    return { message: databaseSilent, ...place, extensions: extensionsOf('UPSTREAM_UNAVAILABLE', trace) };
  }
  log.error({ err: cause ?? error, path: error.path, ...idsOf(trace) }, 'a resolver failed');
  return { message: masked, ...place, extensions: extensionsOf('INTERNAL', trace) };
}

/** The code of a fault outside any resolver: a lost database is worth a retry, all else is ours. */
export function faultCode(fault: unknown): 'UPSTREAM_UNAVAILABLE' | 'INTERNAL' {
  return isDatabaseLost(fault) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL';
}

/** The same fault for callers, masked. */
export function faultError(fault: unknown, trace: Trace): GraphQLFormattedError {
  const code = faultCode(fault);
  return { message: code === 'INTERNAL' ? masked : databaseSilent, extensions: extensionsOf(code, trace) };
}

/** A refusal as an error of the whole request. */
export function refusedError(refused: Refused, trace: Trace): GraphQLFormattedError {
  return { message: refused.message, extensions: extensionsOf(refused.code, trace, refused) };
}

function rootCause(error: GraphQLError): Error | undefined {
  let cause = error.originalError ?? undefined;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
